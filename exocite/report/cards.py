"""The card of each claim: verdicts, passages in their surroundings, works, suggestions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property

from exocite.formats.text import REACHES
from exocite.linking.attribution import attributed
from exocite.linking.conflicts import differences
from exocite.linking.statement import Statement, statement
from exocite.model import Citation, Claim, Evidence, Linking, Passage, Suggestion, Verdict
from exocite.project import Project
from exocite.project.judging import surroundings
from exocite.project.reading import Reading
from exocite.project.recorded import recorded
from exocite.report import marks
from exocite.report.data import Card, Change, Cited, Pin, Quoted, Said
from exocite.sources.basis import basis
from exocite.states import StaleVerdict, Standing, claim_hash, passage_hash
from exocite.text import collapsed

LONGEST = 2_000
"""Characters of a passage that are printed; of a longer one the beginning is, and how much more."""
_LONGEST_AROUND = 400
_LONGEST_COMPARED = 2_000

_FIELDS = {"annote": "a note", "annotation": "a note", "note": "a note", "file": "attached text"}


@dataclass(frozen=True)
class Known:
    """What cards are made from. `works` are the anchors of works by citekey."""

    project: Project
    reading: Reading
    works: Mapping[str, str]

    @cached_property
    def _chosen(self) -> Mapping[tuple[str, str], Sequence[Evidence]]:
        """The passages that people chose in this article, by citekey and hash."""
        found: dict[tuple[str, str], list[Evidence]] = {}
        for link in recorded(self.project, self.reading.article, self.reading.claims).evidence:
            found.setdefault((link.key, passage_hash(link.passage.text)), []).append(link)
        return found

    @cached_property
    def _around(self) -> dict[Passage, tuple[str, str]]:
        return {}

    def around(self, passage: Passage) -> tuple[str, str]:
        """The sentences before and after the passage, looked for once."""
        if passage not in self._around:
            self._around[passage] = surroundings(self.project, passage)
        return self._around[passage]

    @cached_property
    def _statements(self) -> dict[str, Statement]:
        return {}

    def statement(self, text: str) -> Statement:
        """The words of a claim or passage, read once: a passage may stand for several claims."""
        if text not in self._statements:
            self._statements[text] = statement(text)
        return self._statements[text]

    def passage(self, verdict: Verdict) -> Evidence | None:
        """The passage that a verdict rests on, None where it rests on none or that is lost."""
        for link in self._chosen.get((verdict.key, verdict.passage_hash), ()):
            if link.claim == verdict.claim or link.anchor.exact == verdict.anchor.exact:
                return link
        return None


def card(known: Known, claim: Claim, pin: Pin, linking: Linking | None) -> Card:
    """The card of a claim; without a linking it has no suggestions."""
    standing = known.reading.standings.of[claim.id]
    passages = tuple(_chosen(known, claim, standing))
    taken = {(passage.key, passage.text) for passage in passages}
    offered = linking.suggestions if linking else ()
    return Card(
        pin=pin,
        id=claim.id,
        state=str(standing.state),
        text=claim.text,
        before=claim.before,
        place=known.reading.where(claim.span.start),
        section=claim.section,
        why=claim.reason,
        score=round(claim.score, 2),
        verdicts=tuple(_said(known, verdict) for verdict in standing.verdicts),
        stale=tuple(_was_said(known, claim, old) for old in standing.stale),
        passages=passages,
        moved=(
            *(
                replace(_linked(known, claim, old.link), reason=old.reason)
                for old in standing.stale_links
            ),
            *_resting(known, claim, [old.verdict for old in standing.stale], ()),
        ),
        cited=tuple(_cited(known, claim)),
        covered=f"cited by {REACHES[claim.cover.reach]}" if claim.cover else "",
        exemption=_exemption(standing),
        suggestions=tuple(
            _suggested(known, one) for one in offered if (one.key, one.passage.text) not in taken
        ),
        none=linking.reason if linking and not offered else "",
    )


# --------------------------------------------------------------------------- verdicts


def _said(known: Known, verdict: Verdict) -> Said:
    return Said(
        mark=marks.JUDGEMENTS[verdict.judgement],
        by=verdict.by,
        initials=marks.initials(verdict.by),
        at=verdict.at,
        work=known.works.get(verdict.key, ""),
        key=verdict.key,
        note=verdict.note,
    )


def _was_said(known: Known, claim: Claim, old: StaleVerdict) -> Said:
    said = replace(_said(known, old.verdict), reason=old.reason)
    if old.verdict.claim_hash == claim_hash(claim.statement):
        return said
    # Imported where words differ: a format's reader comes with it.
    from exocite.claims.excerpt import seen

    then = seen(old.verdict.anchor.exact, known.reading.article.format)
    return replace(said, then=compared(then, collapsed(claim.statement)))


def compared(then: str, now: str) -> tuple[Change, ...]:
    """What of the words of then is gone and what is new, word by word; () for the same words."""
    ours, theirs = then[:_LONGEST_COMPARED].split(), now[:_LONGEST_COMPARED].split()
    found: list[Change] = []
    for kind, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Change("same", " ".join(ours[a:b])))
            continue
        if a < b:
            found.append(Change("gone", " ".join(ours[a:b])))
        if c < d:
            found.append(Change("new", " ".join(theirs[c:d])))
    return tuple(found) if any(one.kind != "same" for one in found) else ()


def _exemption(standing: Standing) -> str:
    spared = standing.exemption
    if spared is None:
        return ""
    by = f" by {spared.by}" if spared.by else ""
    until = f", until {spared.until}" if spared.until else ""
    return f"exempt{by}{until}: {spared.reason or 'no reason given'}"


# --------------------------------------------------------------------------- passages


def _chosen(known: Known, claim: Claim, standing: Standing) -> Iterator[Quoted]:
    """The accepted passages, and those that verdicts rest on which do not speak for the claim."""
    for link in standing.accepted:
        yield _linked(known, claim, link)
    yield from _resting(known, claim, standing.verdicts, standing.accepted)


def _resting(
    known: Known, claim: Claim, verdicts: Sequence[Verdict], shown: Sequence[Evidence]
) -> Iterator[Quoted]:
    links = [known.passage(verdict) for verdict in verdicts]
    for link in dict.fromkeys(link for link in links if link and link not in shown):
        yield _linked(known, claim, link, accepted=False)


def _linked(known: Known, claim: Claim, link: Evidence, *, accepted: bool = True) -> Quoted:
    passage = link.passage.text[:_LONGEST_COMPARED]
    ours, theirs = known.statement(claim.statement), known.statement(passage)
    differing = differences(claim.statement, passage, ours, theirs)
    said = [one.said for one in differing]
    relation = str(link.relation)
    return _quoted(known, link.passage, relation, link.origin, said, accepted=accepted)


def _suggested(known: Known, one: Suggestion) -> Quoted:
    quoted = _quoted(known, one.passage, str(one.relation), "suggested", one.conflicts, alone=True)
    return replace(quoted, confidence=round(one.confidence, 2))


def _quoted(
    known: Known,
    passage: Passage,
    relation: str,
    origin: str,
    differing: Sequence[str] = (),
    *,
    alone: bool = False,
    accepted: bool = True,
) -> Quoted:
    before, after = ("", "") if alone else known.around(passage)
    return Quoted(
        work=known.works.get(passage.key, ""),
        key=passage.key,
        before=collapsed(before)[-_LONGEST_AROUND:],
        text=passage.text[:LONGEST],
        after=collapsed(after)[:_LONGEST_AROUND],
        locator=passage.locator,
        basis=_basis(known.project, passage),
        relation=relation,
        origin=origin,
        conflicts=tuple(differing),
        cut=max(0, len(passage.text) - LONGEST),
        accepted=accepted,
    )


def _basis(project: Project, passage: Passage) -> str:
    """What the passage stands in: "abstract only" where the work has no fuller text here."""
    if passage.field == "abstract":
        held = basis(project.texts.get(passage.key, ()))
        return str(held) if str(held) == "abstract only" else "abstract"
    return _FIELDS.get(passage.field, passage.field)


# --------------------------------------------------------------------------- citations


def _cited(known: Known, claim: Claim) -> list[Cited]:
    covering = claim.cover.citations if claim.cover else ()
    found = [
        Cited(
            item.label if len(item.keys) != 1 else item.keys[0],
            known.works.get(item.keys[0], "") if len(item.keys) == 1 else "",
            item.locator,
            part,
        )
        for citation, part in [
            *zip(claim.citations, _parts(claim), strict=True),
            *((citation, "") for citation in covering),
        ]
        for item in citation.items
    ]
    return list(dict.fromkeys(found))


def _parts(claim: Claim) -> list[str]:
    """The part of the statement that each marker answers for, "" for the whole."""
    marked: Sequence[Citation] = claim.citations
    if len(marked) < 2 or len(marked) != len(claim.behind):
        return [""] * len(marked)
    works = [len(citation.items) for citation in marked]
    told = [
        attributed(claim.statement, claim.behind, works, number) for number in range(len(works))
    ]
    return [one.stretch if one.others and one.stretch != claim.statement else "" for one in told]
