"""Where claims stand: fresh, stale and orphaned verdicts, withdrawals, and what moved."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite import anchors, readers
from exocite.claims import segment
from exocite.claims.excerpt import seen
from exocite.model import (
    Article,
    Block,
    BlockKind,
    Citation,
    CitationKind,
    CitedItem,
    Claim,
    ClaimState,
    Evidence,
    Judgement,
    Outcome,
    Passage,
    Relation,
    Run,
    SourceText,
    Span,
    Verdict,
    WorkRecord,
)
from exocite.states import (
    Ground,
    Standings,
    claim_hash,
    passage_hash,
    person,
    standing,
    standings,
)
from tests.timing import assert_linear

FIRST = "The vesicles measure 30 to 150 nm."
SECOND = "They carry proteins and RNA to other cells."
QUOTE = "Vesicles of 30 to 150 nm were seen."
RECORD = WorkRecord("ku2023", Outcome.MATCHED, "", "2026-01-01", "Crossref", hash="h1")


def article(source: str) -> Article:
    block = Block(
        BlockKind.PARAGRAPH, Span(0, len(source)), source, (Run(0, len(source), 0, len(source)),)
    )
    return Article("a.txt", "text", "utf-8", source, (block,))


def claim(source: str, text: str, *, cited: bool = False) -> Claim:
    start = source.index(text)
    span = Span(start, start + len(text))
    mark = Citation(CitationKind.PANDOC, span, (CitedItem("ku2023", span, keys=("ku2023",)),))
    return Claim(
        id="c" + claim_hash(text)[:10],
        span=span,
        text=text,
        statement=text.replace("*", ""),
        score=0.9,
        reason="",
        citations=(mark,) if cited else (),
    )


SOURCE = f"{FIRST} {SECOND}"
CLAIM = claim(SOURCE, FIRST)
VERDICT = Verdict(
    article="a.txt",
    claim=CLAIM.id,
    anchor=anchors.make(SOURCE, CLAIM.span),
    judgement=Judgement.SUPPORTED,
    by="Ada",
    at="2026-01-02T00:00:00Z",
    key="ku2023",
    claim_hash=claim_hash(FIRST),
    passage_hash=passage_hash(QUOTE),
    work_hash="h1",
)
LINK = Evidence(
    article="a.txt",
    claim=CLAIM.id,
    anchor=VERDICT.anchor,
    key="ku2023",
    doi="10.1/x",
    passage=Passage("ku2023", "abstract", QUOTE, 0, len(QUOTE)),
    relation=Relation.MENTIONS,
    score=1.0,
    origin="accepted by Ada",
)
GROUND = Ground({"ku2023": [SourceText("ku2023", "abstract", QUOTE)]}, {"ku2023": RECORD})


def states(
    source: str = SOURCE,
    verdicts: Sequence[Verdict] = (VERDICT,),
    evidence: Sequence[Evidence] = (LINK,),
    ground: Ground = GROUND,
    claims: Sequence[Claim] | None = None,
) -> Standings:
    found = claims if claims is not None else [claim(source, s) for s in _sentences(source)]
    return standings(article(source), found, evidence, verdicts, ground)


def _sentences(source: str) -> list[str]:
    return [f"{part}." for part in source.rstrip(".").split(". ")] if source else []


def test_a_verdict_holds_while_nothing_moves() -> None:
    found = states()
    assert found.of[CLAIM.id].state is ClaimState.REVIEWED
    assert found.of[CLAIM.id].supported
    assert found.of[CLAIM.id].accepted == (LINK,)
    assert found.orphaned == ()


def test_a_sentence_that_only_moved_keeps_its_verdict() -> None:
    found = states(f"A new first sentence stands here. {SECOND} {FIRST}")
    assert found.of[CLAIM.id].state is ClaimState.REVIEWED


@pytest.mark.parametrize(
    ("new", "why"),
    [
        (FIRST.replace("30", "40"), "30"),
        (FIRST.replace("nm", "µm"), "reworded"),
        (FIRST.replace("measure", "do not measure"), "reworded"),
    ],
)
def test_a_changed_sentence_is_stale_and_says_why(new: str, why: str) -> None:
    source = f"{new} {SECOND}"
    found = states(source)
    changed = found.of[claim(source, new).id]
    assert changed.state is ClaimState.STALE
    assert why in changed.stale[0].reason
    assert not changed.supported


def test_a_sentence_that_is_gone_leaves_an_orphan() -> None:
    found = states("Nothing of the kind is said in this text at all.")
    assert found.orphaned == (VERDICT,)
    assert all(s.state is ClaimState.UNCITED for s in found.of.values())


@pytest.mark.parametrize(
    ("ground", "why"),
    [
        (replace(GROUND, records={"ku2023": replace(RECORD, hash="h2")}), "record"),
        (
            replace(
                GROUND,
                records={"ku2023": replace(RECORD, hash="h2", outcome=Outcome.RETRACTED)},
            ),
            "retracted",
        ),
        (
            replace(GROUND, texts={"ku2023": [SourceText("ku2023", "abstract", "Other words.")]}),
            "no longer in the text",
        ),
    ],
)
def test_ground_that_moved_makes_the_claim_stale(ground: Ground, why: str) -> None:
    found = states(ground=ground).of[CLAIM.id]
    assert found.state is ClaimState.STALE
    assert why in found.stale[0].reason


def test_a_work_without_any_text_here_does_not_make_it_stale() -> None:
    assert states(ground=replace(GROUND, texts={})).of[CLAIM.id].state is ClaimState.REVIEWED


@pytest.mark.parametrize(
    ("field", "texts", "unread", "stale"),
    [
        ("file", [], False, True),
        ("file", [], True, False),
        ("file", [SourceText("ku2023", "abstract", "Other words.")], True, False),
        ("file", [SourceText("ku2023", "abstract", "Other words.")], False, True),
        ("note", [], False, True),
        ("note", [SourceText("ku2023", "abstract", "Other words.")], False, True),
    ],
)
def test_a_passage_is_gone_only_where_every_text_was_read(
    field: str, texts: list[SourceText], unread: bool, stale: bool
) -> None:
    link = replace(LINK, passage=replace(LINK.passage, field=field))
    ground = Ground({"ku2023": texts}, {"ku2023": RECORD}, frozenset({"ku2023"} if unread else ()))
    for said in ([VERDICT], []):
        found = states(verdicts=said, evidence=[link], ground=ground).of[CLAIM.id]
        assert (found.state is ClaimState.STALE) is stale


def test_evidence_that_was_removed_makes_the_verdict_stale() -> None:
    assert states(evidence=()).of[CLAIM.id].state is ClaimState.STALE


def test_a_claim_is_cited_by_a_marker_or_by_an_accepted_link() -> None:
    marked = claim(SOURCE, FIRST, cited=True)
    assert states(verdicts=(), evidence=(), claims=[marked]).of[CLAIM.id].state is ClaimState.CITED
    assert states(verdicts=()).of[CLAIM.id].state is ClaimState.CITED
    assert states(verdicts=(), evidence=()).of[CLAIM.id].state is ClaimState.UNCITED


@pytest.mark.parametrize(
    "judgement", [Judgement.CONTRADICTED, Judgement.UNSUPPORTED, Judgement.WITHDRAWN]
)
def test_a_link_that_a_person_turned_down_cites_nothing(judgement: Judgement) -> None:
    last = replace(VERDICT, judgement=judgement)
    found = states(verdicts=(VERDICT, last)).of[CLAIM.id]
    assert found.accepted == ()
    assert (found.state is ClaimState.UNCITED) is (judgement is Judgement.WITHDRAWN)


def test_a_new_verdict_takes_the_place_of_stale_ones() -> None:
    new = FIRST.replace("30", "40")
    source = f"{new} {SECOND}"
    again = replace(
        VERDICT,
        claim=claim(source, new).id,
        anchor=anchors.make(source, claim(source, new).span),
        by="Bo",
        claim_hash=claim_hash(new),
        passage_hash="",
    )
    found = states(source, verdicts=(VERDICT, again)).of[again.claim]
    assert (found.state, found.stale) == (ClaimState.REVIEWED, ())


def test_an_exempt_claim_is_exempt_whatever_else_is_stale() -> None:
    exempt = replace(
        VERDICT, judgement=Judgement.EXEMPT, by="Bo", key="", passage_hash="", work_hash=""
    )
    found = states(verdicts=(VERDICT, exempt), evidence=())
    assert found.of[CLAIM.id].state is ClaimState.EXEMPT


def test_the_last_word_of_each_person_counts() -> None:
    doubt = replace(VERDICT, judgement=Judgement.DISPUTED)
    other = replace(VERDICT, by="Bo")
    assert standing([VERDICT, other, doubt]) == (other, doubt)


@pytest.mark.parametrize("name", ["ada", "ADA", " Ada "])
def test_a_name_in_another_case_is_the_same_person(name: str) -> None:
    other = replace(VERDICT, by=name, judgement=Judgement.DISPUTED)
    assert standing([VERDICT, other]) == (other,)
    assert standing([VERDICT, replace(other, judgement=Judgement.WITHDRAWN)]) == ()
    assert person("Zoe\u0308  Example") == person("Zo\u00eb example") != person("Zoe Example")


def test_a_withdrawal_brings_the_word_before_back() -> None:
    doubt = replace(VERDICT, judgement=Judgement.DISPUTED)
    back = replace(VERDICT, judgement=Judgement.WITHDRAWN)
    assert standing([VERDICT, doubt, back]) == (VERDICT,)
    assert standing([VERDICT, back, back]) == ()
    assert standing([VERDICT, replace(back, key="")]) == ()
    assert standing([VERDICT, replace(back, key="other")]) == (VERDICT,)
    assert standing([VERDICT, replace(back, by="Bo")]) == (VERDICT,)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([Judgement.SUPPORTED, Judgement.PARTIAL, Judgement.WITHDRAWN]),
            st.sampled_from(["", "a", "b"]),
            st.sampled_from(["Ada", "Bo"]),
        )
    )
)
def test_each_withdrawal_takes_one_word_back(said: list[tuple[Judgement, str, str]]) -> None:
    log = [replace(VERDICT, judgement=what, key=key, by=by) for what, key, by in said]
    words: dict[str, list[Verdict]] = {"Ada": [], "Bo": []}
    for one in log:
        if one.judgement is not Judgement.WITHDRAWN:
            words[one.by].append(one)
            continue
        fitting = [word for word in words[one.by] if one.key in {"", word.key}]
        last = fitting[-1] if fitting else None
        words[one.by] = [word for word in words[one.by] if word is not last]
    held = {
        id({w.key: w for w in own}[key]) for own in words.values() for key in {w.key for w in own}
    }
    assert list(map(id, standing(log))) == [id(one) for one in log if id(one) in held]


def _rewritten(size: int) -> float:
    """Seconds for an article of so many sentences of which as many others were judged."""
    source = " ".join(f"In trial {n} the cells of mice grew by a tenth." for n in range(size))
    gone = " ".join(f"Ship {n} left its harbour before every storm." for n in range(size))
    verdicts = [
        replace(VERDICT, claim=one.id, anchor=anchors.make(gone, one.span), passage_hash="")
        for one in map(claim, [gone] * size, _sentences(gone))
    ]
    claims = [claim(source, sentence) for sentence in _sentences(source)]
    started = time.process_time()
    assert len(states(source, verdicts, (), claims=claims).orphaned) == size
    return time.process_time() - started


def _judged(size: int) -> float:
    """Seconds for so many claims judged by as many passages of one work."""
    source = " ".join(f"In trial {n} the cells of mice grew by a tenth." for n in range(size))
    claims = [claim(source, sentence) for sentence in _sentences(source)]
    links = [
        replace(LINK, claim=one.id, passage=replace(LINK.passage, text=one.text)) for one in claims
    ]
    verdicts = [
        replace(VERDICT, claim=one.id, claim_hash="", passage_hash=passage_hash(one.text))
        for one in claims
    ]
    ground = Ground({"ku2023": [SourceText("ku2023", "file", one.text) for one in claims[:40]]}, {})
    started = time.process_time()
    states(source, verdicts, links, ground, claims)
    return time.process_time() - started


def _withdrawn(size: int) -> float:
    """Seconds for so many words on one claim, and as many withdrawals of another work."""
    words = [replace(VERDICT, key=f"k{n}") for n in range(size)]
    back = [replace(VERDICT, key="other", judgement=Judgement.WITHDRAWN)] * size
    started = time.process_time()
    assert len(standing([*words, *back])) == size
    return time.process_time() - started


@pytest.mark.parametrize(("cost", "size"), [(_rewritten, 100), (_judged, 400), (_withdrawn, 2_000)])
def test_time_is_linear_in_what_was_judged(cost: Callable[[int], float], size: int) -> None:
    assert_linear(cost, size)


def test_two_people_who_disagree_do_not_make_it_supported() -> None:
    found = states(verdicts=(VERDICT, replace(VERDICT, by="Bo", judgement=Judgement.PARTIAL)))
    assert not found.of[CLAIM.id].supported
    assert found.of[CLAIM.id].state is ClaimState.REVIEWED


# --------------------------------------------------------------------------- found again

TYPED = 'The vesicles - they aren\'t "cells" - measure 30-150 nm.'
SET = "The vesicles – they aren’t “cells” – measure 30–150 nm."


def entries(words: str) -> tuple[Verdict, Evidence]:
    old = claim(words, words)
    anchor = anchors.make(words, old.span)
    return (
        replace(VERDICT, claim=old.id, anchor=anchor, claim_hash=claim_hash(words)),
        replace(LINK, claim=old.id, anchor=anchor, claim_hash=claim_hash(words)),
    )


@pytest.mark.parametrize(
    ("old", "new", "holds"),
    [
        ("The laser gives 5 mW in 300 rooms.", "The laser gives 5 MW in 300 rooms.", False),
        ("Doses <5 mg and ages >60 did it.", "Doses <9 mg and ages >60 did it.", False),
        ("Doses <5 mg and ages >60 did it.", "Doses <5 mg and not ages >60 did it.", False),
        ("A dose of 10⁶ cells helped.", "A dose of 106 cells helped.", False),
        ("About ~5 mg helped them.", "About 5 mg helped them.", False),
        ("Values of 2*3 mg helped them.", "Values of 23 mg helped them.", False),
        ("The interval [12, 15] held.", "The interval [12, 19] held.", False),
        ("It helped 1½ of 300 adults.", "It helped 11⁄2 of 300 adults.", False),
        ("The pH of the lakes was 5_6.", "The pH of the lakes was 56.", False),
        ("It helped 30 adults in May.", "it helped 30 Adults in may.", True),
        ("It helped 30 adults with IL-6.", "It helped 30 adults with IL‑6.", True),
    ],
)
def test_a_change_of_meaning_is_never_taken_for_typography(old: str, new: str, holds: bool) -> None:
    before, now = claim(old, old), replace(claim(new, new), statement=new)
    anchor = anchors.make(old, before.span)
    given = replace(VERDICT, claim=before.id, anchor=anchor, claim_hash=claim_hash(old))
    # The id forgives more than a verdict does: case and raised digits.
    for known in (now, replace(now, id=before.id)):
        (found,) = states(new, [given], [LINK], claims=[known]).of.values()
        assert (found.state is ClaimState.REVIEWED) is holds


def test_a_verdict_on_another_work_does_not_hide_a_stale_one() -> None:
    other = replace(VERDICT, key="marsh2019", passage_hash="")
    retracted = replace(GROUND, records={"ku2023": replace(RECORD, hash="x")})
    found = states(verdicts=(VERDICT, other), ground=retracted).of[CLAIM.id]
    assert found.state is ClaimState.STALE
    again = replace(VERDICT, work_hash="x")
    assert not states(verdicts=(VERDICT, other, again), ground=retracted).of[CLAIM.id].stale


@pytest.mark.parametrize(
    "word",
    [
        {"judgement": Judgement.UNSUPPORTED, "key": ""},
        {"judgement": Judgement.EXEMPT, "key": ""},
        {"judgement": Judgement.CONTRADICTED, "by": "Bo"},
    ],
)
def test_a_link_that_somebody_speaks_against_is_not_accepted(word: dict) -> None:
    assert states(verdicts=(VERDICT, replace(VERDICT, **word))).of[CLAIM.id].accepted == ()


@pytest.mark.parametrize(
    ("new", "holds"),
    [
        (SET, True),
        (SET.replace("aren’t", "*aren't*"), True),
        (SET.replace("30–150", "30–50"), False),
        (SET.replace("aren’t", "are"), False),
        (SET.replace("vesicles", "small vesicles"), False),
    ],
)
def test_typography_alone_moves_neither_verdict_nor_link(new: str, holds: bool) -> None:
    given, link = entries(TYPED)
    found = states(new, [given], [link], claims=[claim(new, new)])
    (now,) = found.of.values()
    assert found.orphaned == found.orphaned_links == ()
    assert (now.state is ClaimState.REVIEWED) is holds
    assert bool(now.accepted) is holds
    assert bool(now.stale) is not holds
    (alone,) = states(new, [], [link], claims=[claim(new, new)]).of.values()
    assert (alone.state is ClaimState.CITED) is holds
    assert bool(alone.stale_links) is not holds


def test_a_new_verdict_counts_after_one_that_followed_its_claim() -> None:
    given, link = entries(TYPED)
    now = claim(SET, SET)
    again = replace(given, claim=now.id, judgement=Judgement.DISPUTED)
    (found,) = states(SET, [given, again], [link], claims=[now]).of.values()
    assert [v.judgement for v in found.verdicts] == [Judgement.DISPUTED]
    back = replace(again, judgement=Judgement.WITHDRAWN)
    (found,) = states(SET, [given, again, back, back], [link], claims=[now]).of.values()
    assert found.verdicts == ()


def test_a_link_without_its_sentence_is_kept_apart() -> None:
    found = states("Nothing of the kind is said in this text at all.", verdicts=())
    assert found.orphaned_links == (LINK,)
    with_verdict = states("Nothing of the kind is said in this text at all.")
    assert (with_verdict.orphaned, with_verdict.orphaned_links) == ((VERDICT,), ())


def test_a_link_nobody_judged_whose_passage_is_gone_is_stale() -> None:
    ground = replace(GROUND, texts={"ku2023": [SourceText("ku2023", "abstract", "Other words.")]})
    found = states(verdicts=(), ground=ground).of[CLAIM.id]
    assert (found.state, found.accepted) == (ClaimState.STALE, ())
    assert "no longer in the text of ku2023" in found.stale_links[0].reason


@pytest.mark.parametrize(
    ("field", "hash_", "stale"),
    [("abstract", "new", True), ("abstract", "old", False), ("file", "new", False)],
)
def test_an_abstract_published_anew_makes_it_stale(field: str, hash_: str, stale: bool) -> None:
    passage = replace(LINK.passage, field=field, source_hash="old")
    texts = [SourceText("ku2023", field, f"{QUOTE} More.", hash=hash_)]
    ground = replace(GROUND, texts={"ku2023": texts})
    found = states(evidence=[replace(LINK, passage=passage)], ground=ground).of[CLAIM.id]
    assert (found.state is ClaimState.STALE) is stale


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        (
            "a.md",
            "Cells **grow** to 10^6^ in *water* [@ku2023].",
            "Cells grow to 10^7^ in water.",
            "“to 10⁶ in” → “to 10⁷ in”",
        ),
        (
            "a.html",
            "<p>Cells <b>grow</b> by 5&nbsp;% in water.</p>",
            "<p>Cells grow by <b>6</b> % in water.</p>",
            "“by 5 %” → “by 6 %”",
        ),
        (
            "a.tex",
            r"Cells \emph{grow} to $10^6$ in water \cite{ku}.",
            r"Cells grow to $10^{7}$ in water.",
            "“to 10⁶ in” → “to 10⁷ in”",
        ),
    ],
)
def test_the_reason_compares_what_a_reader_sees(path: str, old: str, new: str, said: str) -> None:
    def read(source: str) -> tuple[Article, Claim]:
        found = readers.read(path, source.encode())
        (sentence,) = segment.sentences(found)
        (block,) = found.blocks
        made = claim(found.source, found.source[slice(block.span.start, block.span.end)])
        return found, replace(made, statement=seen(source, found.format), text=sentence.text)

    before, first = read(old)
    after, second = read(new)
    verdict = replace(
        VERDICT,
        claim=first.id,
        anchor=anchors.make(before.source, first.span),
        claim_hash=claim_hash(first.statement),
    )
    found = standings(after, [second], [], [verdict], GROUND)
    assert found.of[second.id].stale[0].reason == f"the claim was reworded: {said}"
