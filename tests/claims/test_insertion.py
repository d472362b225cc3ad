"""Where a citation goes and how it reads, without a file: places, styles, refusals."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite import readers, weights
from exocite.claims import citations, detect, insertion, segment
from exocite.claims.insertion import Insertion, Page, Wanted
from exocite.claims.manners import manners
from exocite.model import Citation, Claim, Reference

REFERENCES = (
    Reference("ku2023", "article", {"author": "Ku, Ying and Lee, Ann and Orr, Bo", "year": "2023"}),
    Reference("marsh2019", "article", {"author": "Marsh, Peter and Lee, Ann", "date": "2019-02"}),
    Reference("who2020", "report", {"author": "{World Health Organization}", "year": "2020"}),
    Reference("vries2001", "book", {"editor": "de Vries, Jan", "year": "2001a"}),
    Reference("nobody", "misc", {"title": "A page"}),
    Reference("a/b:c", "misc", {"author": "Ku, Y.", "year": "2001"}),
    Reference("a.", "misc", {"author": "Ku, Y.", "year": "2001"}),
)
CLAIM = "Exosomes carry RNA between 12 cells"
MODEL = weights.claim_model()


def read(path: str, text: str) -> tuple[Page, tuple[Citation, ...], tuple[Claim, ...]]:
    article = readers.read(path, text.encode())
    listed = {
        entry.label: (REFERENCES[int(entry.label) - 1].key,)
        for entry in article.references
        if entry.label.isdigit()
    }
    found = citations.resolve(citations.find(article), REFERENCES, article.references, listed)
    claims = detect.claims(article, segment.sentences(article), found, MODEL, 0.1)
    return insertion.page(article, REFERENCES, listed), found, claims


def written(path: str, text: str, *works: tuple[str, str]) -> str:
    """The text with the works cited at its first claim in the article's first manner."""
    page, found, claims = read(path, text)
    manner = manners(page.article, found)[0]
    made = insertion.insertion(page, Wanted(claims[0], works), manner)
    assert isinstance(made, Insertion), made
    return insertion.applied(page.article.source, [made])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{CLAIM}.\n", f"{CLAIM} [@ku2023].\n"),
        (f"- {CLAIM} in mice\n- A\n", f"- {CLAIM} in mice [@ku2023]\n- A\n"),
        (f"{CLAIM}!?\n", f"{CLAIM} [@ku2023]!?\n"),
        (f"{CLAIM} …\n", f"{CLAIM} [@ku2023] …\n"),
        (f"**{CLAIM}.** More of it.\n", f"**{CLAIM} [@ku2023].** More of it.\n"),
        (f"{CLAIM} *today*.\n", f"{CLAIM} *today* [@ku2023].\n"),
        (f"{CLAIM} (in mice).\n", f"{CLAIM} (in mice) [@ku2023].\n"),
        (f"They say “{CLAIM}.”\n", f"They say “{CLAIM}.” [@ku2023]\n"),
        (f"{CLAIM} in the U.S.\n", f"{CLAIM} in the U.S. [@ku2023]\n"),
        (f"{CLAIM}, lipids etc.\n", f"{CLAIM}, lipids etc. [@ku2023]\n"),
        (f"{CLAIM}, says vitamin D.\n", f"{CLAIM}, says vitamin D [@ku2023].\n"),
        (f"{CLAIM} [@marsh2019].\n", f"{CLAIM} [@marsh2019; @ku2023].\n"),
        (f"{CLAIM}. [see @marsh2019, p. 3]\n", f"{CLAIM}. [see @marsh2019, p. 3; @ku2023]\n"),
        (f"@marsh2019 says: {CLAIM}.\n", f"@marsh2019 says: {CLAIM} [@ku2023].\n"),
        (f"[@marsh2019] {CLAIM}.\r\n\r\nA.\r\n", f"[@marsh2019] {CLAIM} [@ku2023].\r\n\r\nA.\r\n"),
        (
            f"{CLAIM}.[^1]\n\n[^1]: A remark of 2018.\n",
            f"{CLAIM} [@ku2023].[^1]\n\n[^1]: A remark of 2018.\n",
        ),
    ],
)
def test_markdown(before: str, after: str) -> None:
    assert written("a.md", before, ("ku2023", "")) == after


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("a.adoc", "{}.footnote:[Read late.] B.\n", "{} cite:[ku2023].footnote:[Read late.] B.\n"),
        ("a.org", "{}.[fn:: In 3 mice.]\n", "{} [cite:@ku2023].[fn:: In 3 mice.]\n"),
        (
            "a.org",
            "{}.[fn:1]\n\n[fn:1] A remark.\n",
            "{} [cite:@ku2023].[fn:1]\n\n[fn:1] A remark.\n",
        ),
    ],
)
def test_nothing_is_put_into_a_note_behind_the_sentence(path: str, before: str, after: str) -> None:
    assert written(path, before.format(CLAIM), ("ku2023", "")) == after.format(CLAIM)


@pytest.mark.parametrize(
    ("works", "marker"),
    [
        ([("ku2023", "p. 3")], "[@ku2023, p. 3]"),
        ([("ku2023", " fig. 2b ")], "[@ku2023, fig. 2b]"),
        ([("ku2023", "ku2023.txt")], "[@ku2023]"),
        ([("ku2023", "Results")], "[@ku2023]"),
        ([("ku2023", "p. 3]; evil [")], "[@ku2023]"),
        ([("ku2023", "p. 3"), ("ku2023", "p. 5")], "[@ku2023, p. 3; @ku2023, p. 5]"),
        ([("ku2023", ""), ("who2020", "")], "[@ku2023; @who2020]"),
        ([("a/b:c", "")], "[@a/b:c]"),
        ([("a.", "")], "[@{a.}]"),
    ],
)  # fmt: skip
def test_pandoc_markers(works: Sequence[tuple[str, str]], marker: str) -> None:
    assert written("a.md", f"{CLAIM}.\n", *works) == f"{CLAIM} {marker}.\n"


LIST = (
    "\n\nReferences\n\n1. Ku Y, Lee A, Orr B. On cells. 2023.\n2. Marsh P, Lee A. On tea. 2019.\n"
)
OL = "<h2>References</h2><ol><li>Ku Y. On cells. 2023.</li><li>Marsh P. On tea. 2019.</li></ol>"
BULLETS = LIST.replace("1. ", "- ").replace("2. ", "- ")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{CLAIM}.{LIST}", f"{CLAIM} [2].{LIST}"),
        (f"{CLAIM}.{BULLETS}", f"{CLAIM} (Marsh & Lee, 2019).{BULLETS}"),
        (f"{CLAIM} [1].{LIST}", f"{CLAIM} [1, 2].{LIST}"),
        (f"{CLAIM}. Tea soothes 9 % [1].{LIST}", f"{CLAIM} [2]. Tea soothes 9 % [1].{LIST}"),
        (f"{CLAIM}. Tea soothes.[1] It does.{LIST}", f"{CLAIM}.[2] Tea soothes.[1] It does.{LIST}"),
        (f"{CLAIM}. Tea soothes.¹ It does.{LIST}", f"{CLAIM}.² Tea soothes.¹ It does.{LIST}"),
        (f"{CLAIM} [3]. It does.{LIST}", f"{CLAIM} [2, 3]. It does.{LIST}"),
        (f"{CLAIM}.\n", f"{CLAIM} (Marsh & Lee, 2019).\n"),
        (
            f"{CLAIM} (Ku et al., 2023).\n",
            f"{CLAIM} (Ku et al., 2023; Marsh & Lee, 2019).\n",
        ),
        (
            f"{CLAIM}. Tea soothes 9 % (Ku and Orr 2023).\n",
            f"{CLAIM} (Marsh and Lee 2019). Tea soothes 9 % (Ku and Orr 2023).\n",
        ),
        (f"{CLAIM} [@ku2023].\n", f"{CLAIM} [@ku2023; @marsh2019].\n"),
    ],
)
def test_plain_text_follows_the_article(before: str, after: str) -> None:
    assert written("a.txt", before, ("marsh2019", "")) == after


@pytest.mark.parametrize(
    ("key", "locator", "marker"),
    [
        ("ku2023", "", "(Ku et al., 2023)"),
        ("who2020", "", "(World Health Organization, 2020)"),
        ("vries2001", "p. 9", "(de Vries, 2001a, p. 9)"),
    ],
)
def test_author_and_year(key: str, locator: str, marker: str) -> None:
    assert written("a.txt", f"{CLAIM}.\n", (key, locator)) == f"{CLAIM} {marker}.\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"<p>{CLAIM}.</p>", f"<p>{CLAIM} (Marsh &amp; Lee, 2019).</p>"),
        (f"<p>{CLAIM}<b>.</b></p>", f"<p>{CLAIM}<b> (Marsh &amp; Lee, 2019).</b></p>"),
        (f"<p>{CLAIM}&hellip;</p>", f"<p>{CLAIM} (Marsh &amp; Lee, 2019)&hellip;</p>"),
        (f"<p>{CLAIM}.<sup>1</sup> More.</p>{OL}", f"<p>{CLAIM}.<sup>1,2</sup> More.</p>{OL}"),
        (
            f"<p>{CLAIM}. More.<sup><a href='#r1'>1</a></sup></p>{OL}",
            f"<p>{CLAIM}.<sup>2</sup> More.<sup><a href='#r1'>1</a></sup></p>{OL}",
        ),
        (f"<p>{CLAIM}.</p>{OL}", f"<p>{CLAIM} [2].</p>{OL}"),
    ],
)
def test_html(before: str, after: str) -> None:
    assert written("a.html", before, ("marsh2019", "")) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{CLAIM}.\n", f"{CLAIM}~\\cite{{ku2023}}.\n"),
        (f"{CLAIM} \\citep{{marsh2019}}.", f"{CLAIM} \\citep{{marsh2019, ku2023}}."),
        (
            f"{CLAIM} \\autocite[p. 3]{{marsh2019}}.",
            f"{CLAIM} \\autocite[p. 3]{{marsh2019}} \\autocite{{ku2023}}.",
        ),
        (
            f"\\citet{{marsh2019}} says: {CLAIM}.",
            f"\\citet{{marsh2019}} says: {CLAIM}~\\citep{{ku2023}}.",
        ),
        (
            f"\\textcite{{marsh2019}} says: {CLAIM}.",
            f"\\textcite{{marsh2019}} says: {CLAIM}~\\parencite{{ku2023}}.",
        ),
        (f"\\emph{{{CLAIM}.}} More.", f"\\emph{{{CLAIM}~\\cite{{ku2023}}.}} More."),
        (f"``{CLAIM}.''", f"``{CLAIM}.''~\\cite{{ku2023}}"),
        (f"{CLAIM}. % why\n\nA.", f"{CLAIM}~\\cite{{ku2023}}. % why\n\nA."),
    ],
)
def test_latex(before: str, after: str) -> None:
    assert written("a.tex", before, ("ku2023", "")) == after


def test_locators_in_latex() -> None:
    works = ("ku2023", "pp. 3–5"), ("who2020", ""), ("marsh2019", "p. A1_2"), ("vries2001", "")
    assert written("a.tex", f"{CLAIM}.", *works) == (
        f"{CLAIM}~\\cite[pp.~3--5]{{ku2023}} \\cite[p.~A1\\_2]{{marsh2019}}"
        " \\cite{who2020, vries2001}."
    )


@pytest.mark.parametrize(
    ("path", "key", "reason"),
    [
        ("a.txt", "nobody", "nobody has no author or no year"),
        ("a.md", "b]c", "cannot be written as a citation"),
        ("a.md", "b c", "cannot be written as a citation"),
        ("a.tex", "b%c", "cannot be written as a citation"),
    ],
)
def test_what_cannot_be_written_says_why(path: str, key: str, reason: str) -> None:
    page, found, claims = read(path, f"{CLAIM}.\n")
    wanted = Wanted(claims[0], ((key, ""),))
    said = insertion.insertion(page, wanted, manners(page.article, found)[0])
    assert isinstance(said, str)
    assert reason in said


def test_a_work_that_the_list_lacks_has_no_number() -> None:
    page, found, claims = read("a.txt", f"{CLAIM} [1].{LIST}")
    wanted = Wanted(claims[0], (("who2020", ""),))
    ways = manners(page.article, found)
    assert "no number" in str(insertion.insertion(page, wanted, ways[0]))
    last = insertion.insertion(page, wanted, ways[-2])
    assert isinstance(last, Insertion)
    assert last.text == " (World Health Organization, 2020)"


@given(
    source=st.text(max_size=80),
    cuts=st.lists(st.tuples(st.integers(0, 80), st.text("[@k];, 1", min_size=1)), max_size=6),
)
def test_taking_the_insertions_out_gives_the_source(
    source: str, cuts: list[tuple[int, str]]
) -> None:
    made = sorted(
        (Insertion("c", (), min(at, len(source)), text) for at, text in cuts),
        key=lambda one: one.at,
    )
    result = insertion.applied(source, made)
    assert len(result) == len(source) + sum(len(one.text) for one in made)
    shift = sum(len(one.text) for one in made)
    for one in reversed(made):
        shift -= len(one.text)
        at = one.at + shift
        result = result[:at] + result[at + len(one.text) :]
    assert result == source


ROLE = ":footcite:`who2020`"
ENTRY = "\n\n* [[[marsh2019]]] Marsh P. On tea. 2019.\n"
LISTED = "\n\n.. [marsh2019] Marsh P, Lee A. On tea. 2019.\n"


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("a.rst", f"{CLAIM}.\n", f"{CLAIM} :cite:`marsh2019{{p. 3}}`.\n"),
        ("a.rst", f"{CLAIM} :cite:p:`ku2023`.\n", f"{CLAIM} :cite:p:`ku2023,marsh2019{{p. 3}}`.\n"),
        (
            "a.rst",
            f":cite:t:`ku2023` says: {CLAIM}.\n\nTea, 9 % {ROLE}.\n",
            f":cite:t:`ku2023` says: {CLAIM} :footcite:`marsh2019{{p. 3}}`.\n\nTea, 9 % {ROLE}.\n",
        ),
        (
            "a.rst",
            f"{CLAIM}. Tea, 9 % [marsh2019]_.{LISTED}",
            f"{CLAIM} [marsh2019]_. Tea, 9 % [marsh2019]_.{LISTED}",
        ),
        ("a.adoc", f"{CLAIM}.\n", f"{CLAIM} cite:[marsh2019(3)].\n"),
        ("a.adoc", f"* {CLAIM} cite:[ku2023].\n", f"* {CLAIM} cite:[ku2023, marsh2019(3)].\n"),
        (
            "a.adoc",
            f"{CLAIM}.\n\nTea <<marsh2019>>.{ENTRY}",
            f"{CLAIM} <<marsh2019>>.\n\nTea <<marsh2019>>.{ENTRY}",
        ),
        ("a.typ", f"{CLAIM}.\n", f"{CLAIM} @marsh2019[p. 3].\n"),
        ("a.typ", f"{CLAIM} @ku2023[p. 1].\n", f"{CLAIM} @ku2023[p. 1] @marsh2019[p. 3].\n"),
        ("a.org", f"{CLAIM}.\n", f"{CLAIM} [cite:@marsh2019 p. 3].\n"),
        (
            "a.org",
            f"{CLAIM} [cite:see @ku2023].\n",
            f"{CLAIM} [cite:see @ku2023; @marsh2019 p. 3].\n",
        ),
        (
            "a.org",
            f"{CLAIM}. Tea, cite:ku2023.\n",
            f"{CLAIM} [[cite:marsh2019]]. Tea, cite:ku2023.\n",
        ),
    ],
)
def test_markup(path: str, before: str, after: str) -> None:
    assert written(path, before, ("marsh2019", "p. 3")) == after


@pytest.mark.parametrize(
    ("path", "text", "key", "reason"),
    [
        ("a.rst", f"{CLAIM} [marsh2019]_.{LISTED}", "ku2023", "own list of references"),
        ("a.adoc", f"{CLAIM}.\n", "a]b", "cannot be written"),
        ("a.org", f"{CLAIM}.\n", "a;b", "cannot be written"),
        ("a.wiki", f"{CLAIM}.<ref>Ku 2023.</ref>\n", "ku2023", "into wikitext"),
        ("a.xml", f"<article><body><p>{CLAIM}.</p></body></article>", "ku2023", "into XML"),
    ],
)
def test_what_markup_cannot_say(path: str, text: str, key: str, reason: str) -> None:
    page, found, claims = read(path, text)
    manner = manners(page.article, found)[0]
    refused = insertion.insertion(page, Wanted(claims[0], ((key, ""),)), manner)
    assert isinstance(refused, str)
    assert reason in refused
