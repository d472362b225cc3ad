"""The rules that speak only where the policy asks, and those on notices, places and verdicts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exocite.check import check
from exocite.model import (
    CitationKind,
    Cover,
    Finding,
    Judgement,
    NotChecked,
    Outcome,
    Reach,
    Severity,
    Update,
    WorkRecord,
)
from exocite.policy import Policy
from exocite.rules import RULES, View
from exocite.rules.sketch import (
    ARTICLE,
    accepted,
    exempted,
    full_text,
    record,
    reference,
    sketch,
    verdict,
)

BY_CODE = {rule.code: rule for rule in RULES}
WORDS = "Exosomes carry RNA between cells."
KU = reference("ku2023", doi="10.5555/1")


def found(code: str, view: View) -> list[Finding]:
    return list(BY_CODE[code].check(view))


POLICED = ("EXO104", "EXO208", "EXO209", "EXO411", "EXO413")


@pytest.mark.parametrize("code", POLICED)
def test_what_nobody_asked_for_is_not_reported(code: str) -> None:
    rule = BY_CODE[code]
    assert list(rule.check(replace(rule.failing, policy=Policy()))) == []


@pytest.mark.parametrize("code", [code for code in POLICED if code != "EXO209"])
@pytest.mark.parametrize(("pattern", "reported"), [("drafts/*", False), ("*.md", True)])
def test_what_is_asked_of_some_articles(code: str, pattern: str, reported: bool) -> None:
    failing = BY_CODE[code].failing
    names = ("cited", "supported", "reviewers", "full_text", "self_citation")
    asked = tuple((name, getattr(failing.policy, name)) for name in names)
    policy = Policy(select=(code,), by_path=((pattern, asked),))
    assert bool(check(failing, policy).findings) is reported


def test_severities_and_codes_of_some_articles() -> None:
    view = sketch(WORDS)
    mild = ("*.md", (("severities", (("EXO101", Severity.INFO),)),))
    (finding,) = check(
        view, Policy(severities=(("EXO101", Severity.WARNING),), by_path=(mild,))
    ).findings
    assert finding.severity is Severity.INFO
    quiet = ("*.md", (("ignore", ("EXO1",)),))
    assert check(view, Policy(by_path=(mild, quiet))).findings == ()
    assert check(view, Policy(by_path=(quiet,)), name=lambda _: "a.txt").findings


# --------------------------------------------------------------------------- coverage, placeholders


@pytest.mark.parametrize(
    ("marker", "kind", "cited"),
    [
        ("ku2023", CitationKind.PANDOC, 1),
        ("ku2032", CitationKind.PANDOC, 0),
        ("7", CitationKind.NUMERIC, 0),
        ("https://example.org", CitationKind.LINK, 1),
        ("a note", CitationKind.FOOTNOTE, 1),
    ],
)
def test_a_marker_that_names_nothing_cites_nothing(
    marker: str, kind: CitationKind, cited: int
) -> None:
    view = sketch(f"A rises [@{marker}].", references=[KU], meant={"ku2023": ["ku2023"]})
    (article,) = view.articles
    (claim,) = article.claims
    marks = tuple(replace(mark, kind=kind) for mark in claim.citations)
    bare = replace(article, claims=(replace(claim, citations=marks),))
    assert bare.coverage.cited == cited
    cover = Cover(Reach.PARAGRAPH, marks)
    covered = replace(article, claims=(replace(claim, citations=(), cover=cover),))
    assert covered.coverage.cited == cited


@pytest.mark.parametrize(
    ("policy", "messages"),
    [
        (Policy(cited=50), []),
        (Policy(cited=50.1), ["50.0 % of 2 claims are cited; 50.1 % are asked for"]),
        (
            Policy(cited=100, supported=1),
            [
                "50.0 % of 2 claims are cited; 100 % are asked for",
                "0.0 % of 2 claims are supported; 1 % are asked for",
            ],
        ),
    ],
)
def test_low_coverage(policy: Policy, messages: list[str]) -> None:
    view = sketch("A rises [@ku2023].", "B falls.", references=[KU], policy=policy)
    assert [one.message for one in found("EXO104", view)] == messages


def test_an_article_without_claims_lacks_nothing() -> None:
    assert found("EXO104", sketch(policy=Policy(cited=100, supported=100))) == []


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("A rises [citation needed].", True),
        ("A rises (source?).", True),
        ("A rises [?].", True),
        ("A rises [??].", True),
        ("A rises [ref missing].", True),
        ("A rises (add reference).", True),
        ("A rises [TODO: cite].", True),
        ("A rises [TK].", True),
        ("A rises [who?].", True),
        ("A rises (add a source).", True),
        ("Thymidine kinase (TK) rises.", False),
        ("Tyrosine kinase [tk] rises.", False),
        ("She was born in 1432 (?) in Bruges.", False),
        ("The at sign (@) came later.", False),
        ("Who said so (who?)", False),
        ("A rises (see the source).", False),
        ("A rises [sic].", False),
        ("Is it so (or not?).", False),
        ("The reference [1] is needed.", False),
        ("Add a source to the water (a tap).", False),
    ],
)
def test_placeholders(text: str, reported: bool) -> None:
    assert bool(found("EXO105", sketch(text))) is reported


# --------------------------------------------------------------------------- the bibliography


@pytest.mark.parametrize(
    ("one", "two", "reported"),
    [
        ({"doi": "10.5555/1"}, {"doi": "https://doi.org/10.5555/1"}, True),
        ({"doi": "10.5555/A"}, {"doi": "10.5555/a"}, True),
        ({"doi": "10.5555/1"}, {"doi": "10.5555/2"}, False),
        ({"pmid": "123"}, {"pmid": "PMID: 123"}, True),
        ({"pmcid": "PMC9"}, {"pmcid": "9"}, True),
        ({}, {}, False),
        (
            {"doi": "10.5555/1", "pages": "1--9", "title": "One"},
            {"doi": "10.5555/1", "pages": "10--20", "title": "Two"},
            False,
        ),
        ({"doi": "10.5555/1", "crossref": "book"}, {"doi": "10.5555/1"}, False),
        ({"doi": "10.5555/1", "version": "1.0"}, {"doi": "10.5555/1", "version": "2.0"}, False),
        (
            {"doi": "10.5555/1", "chapter": "1", "title": "One"},
            {"doi": "10.5555/1", "chapter": "2", "title": "Two"},
            False,
        ),
        (
            {"doi": "10.5555/1", "pages": "1--9", "title": "One  Word"},
            {"doi": "10.5555/1", "pages": "1-9", "title": "One word."},
            True,
        ),
    ],
)
def test_duplicates(one: dict[str, str], two: dict[str, str], reported: bool) -> None:
    view = sketch(references=[reference("a", **one), reference("b", **two)])
    findings = found("EXO207", view)
    assert bool(findings) is reported
    assert all(finding.message.startswith("b is the work of a, too") for finding in findings)


@pytest.mark.parametrize(
    ("byline", "author", "reported"),
    [
        ("By Ada Ku", "Ku, Ada", True),
        ("Ada B. Ku, MD", "Ku, A. B.", True),
        ("By Ben Ku", "Ku, Ada", False),
        ("By Ada Lee", "Ku, Ada", False),
        ("By José García Pérez", "García Pérez, J.", True),
        ("", "Ku, Ada", False),
    ],
)
def test_self_citation(byline: str, author: str, reported: bool) -> None:
    view = sketch(
        "A rises [@ku2023].",
        references=[reference("ku2023", author=author)],
        byline=byline,
        policy=Policy(self_citation=50),
    )
    assert bool(found("EXO208", view)) is reported


@pytest.mark.parametrize(
    ("fields", "reported"),
    [
        ({"year": "2016"}, False),
        ({"year": "2015"}, True),
        ({"date": "2015-03"}, True),
        ({"year": "in press"}, False),
        ({}, False),
    ],
)
def test_old_sources(fields: dict[str, str], reported: bool) -> None:
    view = sketch(references=[reference("a", **fields)], policy=Policy(oldest_source=10))
    assert bool(found("EXO209", view)) is reported


# --------------------------------------------------------------------------- notices


def noticed(*types: str) -> WorkRecord:
    notices = tuple(
        Update(kind, f"10.5555/n{n}", f"2024-0{n + 1}-01") for n, kind in enumerate(types)
    )
    return record("ku2023", Outcome.MATCHED, "the same work", notices=notices)


@pytest.mark.parametrize(
    ("types", "codes"),
    [
        ((), set()),
        (("correction",), {"EXO305"}),
        (("erratum",), {"EXO305"}),
        (("expression_of_concern",), {"EXO306"}),
        (("correction", "expression_of_concern"), {"EXO305", "EXO306"}),
        (("new_version",), set()),
    ],
)
def test_notices_are_kept_apart(types: tuple[str, ...], codes: set[str]) -> None:
    view = sketch(references=[KU], records=[noticed(*types)])
    assert {c for c in ("EXO304", "EXO305", "EXO306") if found(c, view)} == codes


def test_a_notice_counts_where_no_registry_could_be_asked() -> None:
    down = replace(
        noticed("expression_of_concern"), outcome=Outcome.NOT_CHECKED, retraction="10.5555/9"
    )
    view = sketch(references=[KU], records=[down])
    assert found("EXO304", view)
    assert found("EXO306", view)
    report = check(view, Policy())
    assert [one.subject for one in report.not_checked] == ["ku2023"]


@pytest.mark.parametrize(("doi", "reported"), [("10.5555/1", True), ("10.5555/2", False)])
def test_an_edited_entry_keeps_the_notices_of_its_doi(doi: str, reported: bool) -> None:
    told = replace(noticed("erratum"), outcome=Outcome.RETRACTED, retraction="R", doi="10.5555/1")
    view = sketch(references=[reference("ku2023", doi=doi)], records=[told])
    view = replace(view, changed=frozenset({"ku2023"}))
    assert bool(found("EXO304", view)) is reported
    assert bool(found("EXO305", view)) is reported


def test_the_newest_notice_is_named() -> None:
    (one,) = found("EXO305", sketch(references=[KU], records=[noticed("erratum", "correction")]))
    assert "10.5555/n1 of 2024-02-01" in one.message


def test_a_preprint_whose_article_is_cited_too_is_not_reported() -> None:
    known = record("ku2023", Outcome.MATCHED, "the same", published_as="10.5555/2")
    both = [KU, reference("ku2024", doi="10.5555/2")]
    assert found("EXO307", sketch(references=[KU], records=[known]))
    assert not found("EXO307", sketch(references=both, records=[known]))


# --------------------------------------------------------------------------- places and quotations


@pytest.mark.parametrize(
    ("pages", "locator", "reported"),
    [
        ("101--110", "p. 101", False),
        ("101--110", "pp. 105-110", False),
        ("101--110", "p. 111", True),
        ("101--110", "pp. 108-111", True),
        ("101--110", "p. 3", False),
        ("101--110", "p. 50", True),
        ("101--10", "p. 105", False),
        ("101--10", "pp. 105-9", False),
        ("e1234", "p. 3", False),
        ("", "p. 3", False),
        ("101--110", "fig. 400", False),
        ("110--101", "p. 4", False),
    ],
)
def test_pages(pages: str, locator: str, reported: bool) -> None:
    text = f"A rises [@ku2023, {locator}]."
    view = sketch(text, references=[reference("ku2023", pages=pages)])
    assert bool(found("EXO408", view)) is reported


SOURCE = (
    "Introduction. We show that exosomes carry RNA be-\ntween distant cells, in mice as in men."
)


@pytest.mark.parametrize(
    ("quotation", "reported"),
    [
        ("exosomes carry RNA between distant cells", False),
        ("Exosomes carry ‘RNA’ between distant cells", False),
        ("exosomes carry RNA […] in mice as in men", False),
        ("exosomes carry RNA … in mice as in men", False),
        ("in mice as in men … exosomes carry RNA", True),
        ("exosomes carry [the] RNA between distant cells", False),
        ("exosomes carry proteins between distant cells", True),
        ("exosomes carry proteins", False),
        ("exosomes carry RNA betw een distant cells", False),
        ("exosomes do not carry RNA between distant cells", True),
        ("in mice as in men and women", True),
    ],
)
def test_quotations(quotation: str, reported: bool) -> None:
    view = sketch(
        f"Ku says “{quotation}” [@ku2023].",
        references=[KU],
        texts={"ku2023": [full_text("ku2023", SOURCE)]},
    )
    assert bool(found("EXO409", view)) is reported


@pytest.mark.parametrize(
    ("quotation", "reported"),
    [
        ("carry RNA between distant cells, in mice as in men", False),
        ("carry RNA between near cells, in mice as in men", True),
        ("carry RNA between distant cells, in rats as in men", True),
    ],
)
def test_a_quotation_over_a_page_break(quotation: str, reported: bool) -> None:
    pages = (
        "Results. Exosomes carry RNA between distant\n\n1. A note.",
        "Ku and others 7\n\ncells, in mice as in men.",
    )
    view = sketch(
        f"Ku says “{quotation}” [@ku2023].",
        references=[KU],
        texts={"ku2023": [full_text("ku2023", page) for page in pages]},
    )
    assert bool(found("EXO409", view)) is reported


def test_parts_of_one_book_with_its_identifier_are_two() -> None:
    one, two = (
        replace(reference(key, doi="10.5555/1", title=key), type="incollection") for key in "ab"
    )
    assert not found("EXO207", sketch(references=[one, two]))
    assert found("EXO207", sketch(references=[one, replace(one, key="c")]))
    book = reference("book", doi="10.5555/1", title="A book")
    assert not found("EXO207", sketch(references=[book, one]))


def test_a_quotation_of_a_work_without_its_text_is_not_compared() -> None:
    quoted = "Ku says “exosomes carry proteins between distant cells” [@ku2023; @lee2022]."
    both = [KU, reference("lee2022")]
    text = full_text("ku2023", SOURCE)
    assert not found("EXO409", sketch(quoted, references=both, texts={"ku2023": [text]}))
    abstract = replace(text, field="abstract")
    alone = quoted.replace("; @lee2022", "")
    view = sketch(alone, references=[KU], texts={"ku2023": [text]})
    assert found("EXO409", view)
    assert not found("EXO409", replace(view, unread=(NotChecked("ku2023", "it is not here"),)))
    assert not found("EXO409", sketch(alone, references=[KU], texts={"ku2023": [abstract]}))


# --------------------------------------------------------------------------- verdicts


def test_verdicts_on_different_works_do_not_differ() -> None:
    said = [
        verdict(Judgement.SUPPORTED, WORDS, "a"),
        verdict(Judgement.UNSUPPORTED, WORDS, "b", by="ben"),
    ]
    assert not found("EXO410", sketch(WORDS, verdicts=said))


def test_one_person_under_two_spellings_is_one() -> None:
    said = [
        verdict(Judgement.SUPPORTED, WORDS),
        verdict(Judgement.SUPPORTED, WORDS, by="ADA"),
    ]
    assert found("EXO411", sketch(WORDS, verdicts=said, policy=Policy(reviewers=2)))
    said[1] = replace(said[1], judgement=Judgement.PARTIAL)
    assert not found("EXO410", sketch(WORDS, verdicts=said))


def test_a_person_alone_is_named_once() -> None:
    said = [
        verdict(Judgement.SUPPORTED, WORDS, "a"),
        verdict(Judgement.SUPPORTED, WORDS, "b", by="ADA"),
    ]
    (one,) = found("EXO411", sketch(WORDS, verdicts=said, policy=Policy(reviewers=2)))
    assert one.message == "judged by ADA alone; 2 people are asked for"


@pytest.mark.parametrize(
    ("field", "locator", "reported"),
    [
        ("abstract", "", False),
        ("annote", "", False),
        ("file", "", True),
        ("file", "p. 3", False),
    ],
)
def test_support_says_where(field: str, locator: str, reported: bool) -> None:
    view = sketch(
        WORDS,
        verdicts=[verdict(Judgement.SUPPORTED, WORDS, "a")],
        links=[accepted(WORDS, "a", field, locator)],
    )
    assert bool(found("EXO412", view)) is reported


# --------------------------------------------------------------------------- exemptions


def codes(view: View) -> set[str]:
    return {finding.code for finding in check(view, view.policy).findings}


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (sketch(WORDS), {"EXO101"}),
        (sketch(WORDS, exemptions=[exempted(WORDS, reason="known")]), set()),
        (sketch(WORDS, exemptions=[exempted(WORDS)]), {"EXO901"}),
        (
            sketch(WORDS, exemptions=[exempted(WORDS, reason="known", until="2025-01-01")]),
            {"EXO101", "EXO902"},
        ),
        (
            sketch("A [@ku2023].", exemptions=[exempted("A [@ku2023].", reason="known")]),
            {"EXO102", "EXO903"},
        ),
    ],
)
def test_exemptions(view: View, expected: set[str]) -> None:
    assert codes(view) == expected


def test_an_exemption_from_another_code_leaves_that_out() -> None:
    one = replace(exempted("A [@ku2032].", reason="in print"), codes=("EXO102",))
    view = sketch("A [@ku2032].", references=[KU], exemptions=[one])
    assert codes(view) == {"EXO201"} | ({"EXO201"} & codes(view))
    assert "EXO102" not in codes(view)


# --------------------------------------------------------------------------- severities and paths


def test_severities_and_paths() -> None:
    policy = Policy(
        severities=(("EXO1", Severity.INFO), ("EXO101", Severity.WARNING)),
        per_path=(("drafts/*", ("EXO101",)),),
    )
    (one,) = check(sketch(WORDS), policy).findings
    assert one.severity is Severity.WARNING
    assert not check(sketch(WORDS), policy, name=lambda path: f"drafts/{path}").findings


@pytest.mark.parametrize(
    ("name", "pattern", "fits"),
    [
        ("drafts/a.md", "*.md", True),
        ("drafts/a.md", "a.md", True),
        ("drafts/a.md", "drafts/*", True),
        ("drafts/a.md", "other/*", False),
        ("a.md", "drafts/*", False),
        ("A.md", "a.md", False),
    ],
)
def test_patterns(name: str, pattern: str, fits: bool) -> None:
    assert Policy(per_path=((pattern, ("EXO1",)),)).wants_in(name, "EXO101") is not fits


def test_a_record_that_is_too_old_was_not_checked() -> None:
    view = sketch(references=[KU], records=[record("ku2023", Outcome.MATCHED, "the same work")])
    assert not check(view, Policy(resolution_days=1)).not_checked
    (one,) = check(replace(view, today="2026-02-02"), Policy(resolution_days=1)).not_checked
    assert one.reason == "it was last resolved 2 days ago, on 2026-01-31"
    assert one.kind == "reference"
    undated = replace(view, records={"ku2023": replace(view.records["ku2023"], date="")})
    (one,) = check(undated, Policy(resolution_days=1)).not_checked
    assert one.reason == "its record does not say when it was last resolved"
    assert not check(undated, Policy()).not_checked


def test_sections_add_up() -> None:
    report = check(sketch(WORDS, "B falls."), Policy())
    (article,) = report.articles
    assert article.path == ARTICLE
    assert sum(coverage.claims for _, coverage in article.sections) == article.coverage.claims


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("texts/ä-1.md", "texts/ä-1.md"),
        ("C:\\texts\\a.md", "C:\\texts\\a.md"),
        ("two words.md", "'two words.md'"),
        ("$(x).md", "'$(x).md'"),
        ("it's.md", "'it'\"'\"'s.md'"),
    ],
)
def test_commands_of_help_can_be_pasted(path: str, shown: str) -> None:
    view = sketch(WORDS)
    (one,) = view.articles
    view = replace(view, articles=(replace(one, article=replace(one.article, path=path)),))
    (finding,) = found("EXO101", view)
    assert f"`exocite link {shown} --claim " in finding.help
