"""Every rule against its own examples, and each rule's table of what it reports."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

import pytest

from exocite.model import (
    CitationKind,
    ClaimState,
    Finding,
    Judgement,
    NotChecked,
    Outcome,
    Reference,
    Severity,
    Verdict,
    WorkRecord,
)
from exocite.rules import RULES, Problem, Rule, View
from exocite.rules.sketch import LEAST, accepted, compared, record, reference, sketch, verdict
from exocite.states import StaleLink, StaleVerdict

BY_CODE = {rule.code: rule for rule in RULES}
ACCUSING = re.compile(
    r"fake|fraud|invent|fabricat|hallucinat|bogus|does not exist|lie\b", re.IGNORECASE
)
WORDS = "Exosomes carry RNA between cells."


def found(code: str, view: View) -> list[Finding]:
    return list(BY_CODE[code].check(view))


def messages(findings: Iterable[Finding]) -> list[str]:
    return [finding.message for finding in findings]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_examples(rule: Rule) -> None:
    assert not list(rule.check(rule.passing))
    reported = list(rule.check(rule.failing))
    assert reported
    for finding in reported:
        assert finding.code == rule.code
        assert finding.severity is rule.severity
        assert finding.path
        assert finding.line >= 1
        assert finding.column >= 1
        assert (finding.end_line, finding.end_column) >= (finding.line, finding.column)
        assert finding.message[-1] not in ".:"
        assert finding.help


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_explains_itself(rule: Rule) -> None:
    for text in (rule.title, rule.what, rule.why, rule.fix):
        assert text
        assert not ACCUSING.search(text)
    assert all(text.endswith(".") for text in (rule.what, rule.why, rule.fix))
    for finding in rule.check(rule.failing):
        assert not ACCUSING.search(finding.message + finding.help)


def test_codes_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert all(re.fullmatch(r"EXO[12349]\d\d", code) for code in codes)
    slugs = [rule.slug for rule in RULES]
    assert len(slugs) == len(set(slugs))


def test_no_view_no_findings() -> None:
    assert [finding for rule in RULES for finding in rule.check(View())] == []


# --------------------------------------------------------------------------- claims and citations


@pytest.mark.parametrize(
    ("state", "reported"),
    [
        (ClaimState.UNCITED, True),
        (ClaimState.CITED, False),
        (ClaimState.REVIEWED, False),
        (ClaimState.STALE, False),
        (ClaimState.EXEMPT, False),
    ],
)
def test_uncited_claim_by_state(state: ClaimState, reported: bool) -> None:
    assert bool(found("EXO101", sketch(WORDS, states={WORDS: state}))) is reported


def test_uncited_claim_has_the_span_of_its_sentence() -> None:
    (finding,) = found("EXO101", sketch("A fact [@a].", WORDS, references=[reference("a")]))
    assert (finding.line, finding.column) == (1, 14)
    assert finding.end_column == 14 + len(WORDS)


@pytest.mark.parametrize(
    ("label", "help_"),
    [
        ("ku2032", "did you mean ku2023? Else add the reference with `exocite add`"),
        ("KU2023", "did you mean ku2023? Else add the reference with `exocite add`"),
        ("entirely-else", "add the reference with `exocite add`"),
        ("x" * 79, "add the reference with `exocite add`"),
    ],
)
def test_unknown_key_proposes_the_nearest(label: str, help_: str) -> None:
    (finding,) = found("EXO102", sketch(f"A fact [@{label}].", references=[reference("ku2023")]))
    assert finding.help == help_
    assert finding.column == 9


def test_the_nearest_of_a_wrong_bibliography_is_not_sought_for_ever() -> None:
    labels = [f"ku20{number}" for number in range(100, 250)]
    view = sketch(*(f"A fact [@{label}]." for label in labels), references=[reference("ku2023")])
    near = [finding.help.startswith("did you mean") for finding in found("EXO102", view)]
    assert near == [True] * 100 + [False] * 50


@pytest.mark.parametrize(
    ("kind", "reported"),
    [
        (CitationKind.PANDOC, True),
        (CitationKind.LATEX, True),
        (CitationKind.MARKUP, True),
        (CitationKind.NUMERIC, True),
        (CitationKind.SUPERSCRIPT, True),
        (CitationKind.AUTHOR_YEAR, True),
        (CitationKind.LINK, False),
        (CitationKind.FOOTNOTE, False),
    ],
)
def test_unknown_key_by_kind_of_citation(kind: CitationKind, reported: bool) -> None:
    view = sketch("A fact [@7].")
    (article,) = view.articles
    marks = tuple(replace(mark, kind=kind) for mark in article.citations)
    view = replace(view, articles=(replace(article, citations=marks),))
    assert bool(found("EXO102", view)) is reported


def test_the_keys_of_a_word_document_are_added_from_it() -> None:
    view = sketch("A fact [@ku2022].", references=[reference("ku2023")])
    (article,) = view.articles
    held = replace(article, article=replace(article.article, format="docx"))
    (finding,) = found("EXO102", replace(view, articles=(held,)))
    assert "exocite add --from-article" in finding.help


def test_a_key_that_is_in_no_bibliography_is_unknown_though_resolved() -> None:
    view = sketch("A fact [@gone].", meant={"gone": ["gone"]})
    assert messages(found("EXO102", view)) == ["“@gone” names no entry of the bibliography"]


def test_ambiguous_citation_names_a_few() -> None:
    keys = [f"k{number}" for number in range(8)]
    (finding,) = found("EXO103", sketch("A fact [@Ku 2023].", meant={"Ku 2023": keys}))
    assert finding.message == ("“@Ku 2023” can mean 8 references: k0, k1, k2, k3, k4 and 3 more")


def test_labels_are_safe_to_print() -> None:
    (finding,) = found("EXO102", sketch("A fact [@a\x1b[31m\u202eb c]."))
    assert "\x1b" not in finding.message
    assert "\u202e" not in finding.message


# --------------------------------------------------------------------------- the bibliography


def test_uncited_reference_counts_accepted_and_ambiguous_as_cited() -> None:
    references = [reference("a"), reference("b"), reference("c")]
    view = sketch("A fact [@x].", references=references, meant={"x": ["a", "b"]})
    assert messages(found("EXO201", view)) == ["c is never cited"]


def test_without_an_article_nothing_is_uncited() -> None:
    assert found("EXO201", View(references=(reference("a"),))) == []


@pytest.mark.parametrize(
    ("fields", "reported"),
    [
        ({"doi": "10.5555/12345678"}, False),
        ({"isbn": "9783161484100"}, False),
        ({"url": "https://example.org"}, False),
        ({"eprint": "2101.00001"}, False),
        ({"pmid": "12345"}, False),
        ({"howpublished": r"at https://example.org/page"}, False),
        ({"note": "see http://example.org"}, False),
        ({"note": "a note"}, True),
        ({"issn": "1234-5679"}, True),
        ({"doi": "  "}, True),
        ({}, True),
    ],
)
def test_no_identifier(fields: dict[str, str], reported: bool) -> None:
    view = View(references=(Reference("a", "book", fields, "r.bib", 3),))
    assert bool(found("EXO202", view)) is reported


def test_data_entries_are_no_works() -> None:
    view = sketch("Text.", references=[reference("x", "xdata", publisher="P")])
    assert found("EXO201", view) == found("EXO202", view) == []


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("broken", "EXO203"),
        ("key", "EXO203"),
        ("encoding", "EXO203"),
        ("duplicate", "EXO204"),
        ("macro", "EXO205"),
        ("field", "EXO206"),
    ],
)
def test_each_kind_of_problem_is_reported_once(kind: str, code: str) -> None:
    view = View(problems=(Problem("r.bib", 7, 3, kind, "what was met"),))
    (finding,) = [finding for rule in RULES for finding in rule.check(view)]
    assert (finding.code, finding.line, finding.column) == (code, 7, 3)
    assert finding.message == "what was met"


# --------------------------------------------------------------------------- works


def resolved(outcome: Outcome, **more: str) -> tuple[Reference, WorkRecord]:
    return reference("a", title="T"), record("a", outcome, "because", **more)


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (Outcome.NOT_FOUND, "EXO301"),
        (Outcome.AMBIGUOUS, "EXO302"),
        (Outcome.METADATA_MISMATCH, "EXO303"),
        (Outcome.RETRACTED, "EXO304"),
        (Outcome.MATCHED, ""),
        (Outcome.NOT_CHECKED, ""),
    ],
)
def test_outcomes(outcome: Outcome, code: str) -> None:
    entry, known = resolved(outcome)
    view = View(references=(entry,), records={"a": known})
    codes = [f.code for rule in RULES for f in rule.check(view) if f.code.startswith("EXO3")]
    assert codes == ([code] if code else [])


def test_a_record_of_other_fields_says_nothing() -> None:
    entry, known = resolved(Outcome.RETRACTED)
    view = View(references=(entry,), records={"a": known}, changed=frozenset({"a"}))
    assert found("EXO304", view) == []


def test_retracted_beside_another_outcome() -> None:
    entry, known = resolved(Outcome.METADATA_MISMATCH, retraction="10.5555/1")
    view = View(references=(entry,), records={"a": known})
    assert found("EXO303", view)
    assert found("EXO304", view)


def test_retracted_says_where_it_is_cited() -> None:
    entry, known = resolved(Outcome.RETRACTED)
    (finding,) = found("EXO304", sketch("A fact [@a].", references=[entry], records=[known]))
    assert finding.help.endswith("It is cited at article.md:1:8.")


def test_no_record_is_worded_neutrally() -> None:
    entry, known = resolved(Outcome.NOT_FOUND)
    (finding,) = found("EXO301", View(references=(entry,), records={"a": known}))
    assert finding.message == "no record at Crossref fits a: because"
    assert finding.severity is Severity.WARNING


# --------------------------------------------------------------------------- verdicts


@pytest.mark.parametrize(
    ("judgement", "reported"),
    [
        (Judgement.CONTRADICTED, True),
        (Judgement.UNSUPPORTED, True),
        (Judgement.DISPUTED, True),
        (Judgement.SUPPORTED, False),
        (Judgement.PARTIAL, False),
        (Judgement.EXEMPT, False),
    ],
)
def test_adverse_verdicts(judgement: Judgement, reported: bool) -> None:
    assert bool(found("EXO403", sketch(WORDS, verdicts=[verdict(judgement, WORDS)]))) is reported


def test_a_stale_verdict_is_not_adverse_any_more() -> None:
    old = StaleVerdict(verdict(Judgement.CONTRADICTED, WORDS), "the claim was reworded")
    view = sketch(WORDS, stale=[old])
    assert found("EXO403", view) == []
    assert messages(found("EXO401", view)) == [
        "the verdict “contradicted” by ada is stale: the claim was reworded"
    ]


def test_an_orphan_beyond_the_end_is_reported_at_the_end() -> None:
    gone = verdict(Judgement.SUPPORTED, "Gone.")
    gone = replace(gone, anchor=replace(gone.anchor, start=9999, end=10_004))
    (finding,) = found("EXO402", sketch("Short.", orphaned=[gone]))
    assert (finding.line, finding.column) == (2, 1)


# --------------------------------------------------------------------------- cited passages

CITING = "Swelling fell by 12 % [@a]."
NEAR = "Swelling fell by 21 %."


@pytest.mark.parametrize(
    ("confidence", "conflicts", "codes"),
    [
        (LEAST, (), []),
        (LEAST - 0.01, (), ["EXO406"]),
        (LEAST - 0.01, ("claim: 12 %, passage: 21 %",), ["EXO406"]),
        (LEAST, ("claim: 12 %, passage: 21 %",), ["EXO407"]),
    ],
)
@pytest.mark.parametrize(
    ("said", "silent"),
    [
        (None, False),
        (verdict(Judgement.SUPPORTED, CITING, "a"), True),
        (verdict(Judgement.PARTIAL, CITING, "a"), True),
        (verdict(Judgement.CONTRADICTED, CITING, "a"), True),
        (verdict(Judgement.EXEMPT, CITING), True),
        (verdict(Judgement.SUPPORTED, CITING, "b"), False),
    ],
)
def test_cited_passages(
    confidence: float,
    conflicts: tuple[str, ...],
    codes: list[str],
    said: Verdict | None,
    silent: bool,
) -> None:
    view = sketch(
        CITING,
        references=[reference("a"), reference("b")],
        linkings=[compared(CITING, "a", NEAR, confidence, conflicts)],
        verdicts=[said] if said else [],
    )
    seen = [f.code for code in ("EXO406", "EXO407") for f in found(code, view)]
    assert seen == ([] if silent else codes)


def test_a_stale_verdict_silences_no_comparison() -> None:
    old = StaleVerdict(verdict(Judgement.SUPPORTED, CITING, "a"), "the claim was reworded")
    linking = compared(CITING, "a", NEAR, 0.1)
    assert found(
        "EXO406", sketch(CITING, references=[reference("a")], stale=[old], linkings=[linking])
    )


def test_a_work_without_text_leaves_the_question_open() -> None:
    linking = replace(compared(CITING, "a", NEAR, 0.1), not_compared=("b",))
    assert found("EXO406", sketch(CITING, references=[reference("a")], linkings=[linking])) == []


def test_a_work_of_which_a_file_was_not_read_may_say_it_there() -> None:
    linking = compared(CITING, "a", NEAR, 0.1)
    view = sketch(CITING, references=[reference("a")], linkings=[linking])
    assert found("EXO406", replace(view, unread=(NotChecked("b", "it is not here"),)))
    assert not found("EXO406", replace(view, unread=(NotChecked("a", "it is not here"),)))
    assert found("EXO406", replace(view, unread=(NotChecked("a", "no such part", kind="part"),)))


def test_passages_are_safe_to_print() -> None:
    linking = compared(CITING, "a", "red \x1b[31m\u202e text", 0.9, ("claim: 1, passage: 2",))
    view = sketch(CITING, references=[reference("a")], linkings=[linking])
    (finding,) = found("EXO407", view)
    assert "\x1b" not in finding.message
    assert "\u202e" not in finding.message


def test_stale_and_orphaned_links_are_reported_where_they_stood() -> None:
    view = sketch(WORDS, orphaned_links=[accepted("Gone.", "ku2023")])
    (article,) = view.articles
    of = article.standings.of
    moved = replace(of[WORDS], stale_links=(StaleLink(accepted(WORDS, "ku2023"), "it moved"),))
    standings = replace(article.standings, of={WORDS: moved})
    view = replace(view, articles=(replace(article, standings=standings),))
    assert messages(found("EXO401", view)) == ["the accepted passage of ku2023 is stale: it moved"]
    assert messages(found("EXO405", view)) == [
        "the sentence that a passage of ku2023 was accepted for is gone: “Gone.”"
    ]
