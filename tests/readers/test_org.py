"""Org: elements by line and indentation, Org's and org-ref's citations, every offset exact."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite import readers
from exocite.claims import citations
from exocite.model import Article, CitationKind
from exocite.readers.org import OrgReader

Shape = Callable[[Article], list[tuple[str, str, str]]]

ARTICLE = """\
#+TITLE: Why skin ages
#+AUTHOR: Ana Ruiz
#+DATE: 2020
:PROPERTIES:
:ID: [cite:@hidden]
:END:

* TODO [#A] Introduction    :skin:
SCHEDULED: <2020-01-01 Wed>
Skin loses *collagen* every
year [cite:see @ruiz2019 p. 3; @ito]. A =[cite:@code]= and \\(x_1\\)
are none[fn:1], and/or say [cite/t:@ito] more[fn:: A remark, see [cite:@ito].] so.
Also cite:ito and [[cite:key][p. 4]] of [[#sec][the section]].

# a comment cite:x
#+begin_src python
cite:x
#+end_src
#+begin_quote
Skin is an organ.

- really
#+end_quote

- First item
  continues.
  - [ ] nested

    its second paragraph
- Telomere :: the end of a chromosome
1. One

#+CAPTION: A face cite:ito
[[file:face.png]]

| Age | Share    |
|-----+----------|
| 30  | cite:ito |

: fixed width

\\begin{equation}
x
\\end{equation}

** COMMENT Not shown
cite:x
* References
#+print_bibliography:
* Footnotes
[fn:1] Ruiz A. Sun and skin. J Skin 2020;3:4.
[fn:2] Another
goes on.
"""


def read(text: str) -> Article:
    return readers.read("a.org", text.encode())


def test_an_article(shape: Shape, exact: Callable[[Article], None]) -> None:
    article = read(ARTICLE)
    exact(article)
    assert shape(article) == [
        ("1:10", "title", "Why skin ages"),
        ("2:11", "byline", "Ana Ruiz"),
        ("3:1", "metadata", "#+DATE: 2020"),
        ("8:13", "heading", "Introduction"),
        (
            "10:1",
            "paragraph",
            (
                "Skin loses collagen every year [@ruiz2019; @ito]. A [cite:@code] and x_1 are"
                " none[^1], and/or say @ito more[^1] so. Also [@ito] and [@key] of the section."
            ),
        ),
        ("12:52", "paragraph", "A remark, see [@ito]."),
        ("16:1", "code", "#+begin_src python\ncite:x\n#+end_src"),
        ("20:1", "quotation", "Skin is an organ."),
        ("22:3", "list item", "really"),
        ("25:3", "list item", "First item continues."),
        ("27:9", "list item", "nested"),
        ("29:5", "list item", "its second paragraph"),
        ("30:3", "list item", "Telomere"),
        ("30:15", "list item", "the end of a chromosome"),
        ("31:4", "list item", "One"),
        ("33:12", "caption", "A face [@ito]"),
        ("36:3", "table", "Age | Share"),
        ("38:3", "table", "30 | [@ito]"),
        ("40:1", "code", ": fixed width"),
        ("42:1", "code", "\\begin{equation}\nx\n\\end{equation}"),
        ("48:3", "heading", "References"),
        ("50:3", "heading", "Footnotes"),
        ("51:8", "reference", "Ruiz A. Sun and skin. J Skin 2020;3:4."),
        ("52:8", "paragraph", "Another goes on."),
    ]
    assert [reference.label for reference in article.references] == ["^1"]


@pytest.mark.parametrize(
    ("text", "visible"),
    [
        ("a *b* /c/ _d_ +e+ =f= ~g~ h", "a b c d e f g h"),
        ("a */b/* c", "a b c"),
        ("and/or 2*3*4 a_b_c 5 * 6 * 7", "and/or 2*3*4 a_b_c 5 * 6 * 7"),
        ("a *b", "a *b"),
        ("a =b *c*= d", "a b *c* d"),
        ("a [[b][c /d/]] e [[https://a.b/c_d]]", "a c d e https://a.b/c_d"),
        ("a [[file:b.png]] c", "a  c"),
        ("a <<target>>b <<<radio>>> <https://a.b>", "a b radio https://a.b"),
        ("H_{2}O and 10^{3} and 10^-3", "H2O and 10³ and 10⁻³"),
        (r"a \alpha{} b \\" + "\nc", "a α b  c"),
        ("a $x$ b \\[y\\] $5 and $6", "a x b y $5 and $6"),
        ("a @@html:<b>@@ c {{{macro(1)}}}", "a  c {{{macro(1)}}}"),
        ("a https://a.b/c/d/ e", "a https://a.b/c/d/ e"),
        ("a [1/2] b", "a [1/2] b"),
        ("a [[fig:1]] [[#b]] [[*C]] [[id:d]] ref:e \\eqref{f} [[ref:g]]", "a" + 7 * " [ref]"),
        ("a [[fig:1][the figure]] [[file:b.org][c]]", "a the figure c"),
        (r"5\nbsp{}% of \LaTeX{} \textbf{b} 5\% \(\alpha\)", "5\u00a0% of LaTeX b 5% α"),
        ("CO_2 x_1 a_b_c snake_2_case", "CO2 x1 a_b_c snake_2_case"),
        ("$5 and $6, $x$, $7", "$5 and $6, x, $7"),
        ("a src_R{mean(x)} {{{results(=5=)}}} src_R{x}", "a  5 src_R{x}"),
        ("a {{{b}}} {{{c(1,2\\,3)}}}\n#+MACRO: b *x*\n#+macro: c $2 of $1", "a x 2,3 of 1"),
        ("a {{{b}}}\n#+MACRO: b (eval (+ 1 2))", "a {{{b}}}"),
        ("a {{{b}}}\n#+MACRO: b {{{b}}}", "a {{{b}}}"),
    ],
)
def test_inline(text: str, visible: str, exact: Callable[[Article], None]) -> None:
    article = read(text)
    exact(article)
    (block,) = (block for block in article.blocks if block.kind.value != "metadata")
    assert block.text == visible


@pytest.mark.parametrize(
    ("text", "written", "items"),
    [
        ("A [cite:@ku].", "[cite:@ku]", [("ku", "")]),
        ("A [cite:@a; @b].", "[cite:@a; @b]", [("a", ""), ("b", "")]),
        (
            "A [cite/t/c:prefix; see @a p. 3; cf. @b, fig. 4 ; suffix].",
            "[cite/t/c:prefix; see @a p. 3; cf. @b, fig. 4 ; suffix]",
            [("a", "p. 3"), ("b", "fig. 4")],
        ),
        ("A [cite:@a and more].", "[cite:@a and more]", [("a", "")]),
        ("A [cite:@doi:10.1000/x].", "[cite:@doi:10.1000/x]", [("doi:10.1000/x", "")]),
        ("A [cite:@a;\n@b].", "[cite:@a;\n@b]", [("a", ""), ("b", "")]),
        ("A cite:a.", "cite:a", [("a", "")]),
        ("A citep:a,b-c:d, and", "citep:a,b-c:d", [("a", ""), ("b-c:d", "")]),
        ("A cite:&a;&b.", "cite:&a;&b", [("a", ""), ("b", "")]),
        ("A parencite:a_b.", "parencite:a_b", [("a_b", "")]),
        ("A [[cite:a,b]].", "[[cite:a,b]]", [("a", ""), ("b", "")]),
        ("A [[cite:a][p. 3]].", "[[cite:a][p. 3]]", [("a", "p. 3")]),
        ("A [[citet:a][see::fig. 4]].", "[[citet:a][see::fig. 4]]", [("a", "fig. 4")]),
        ("A [[citep:see &a p. 3; &b]].", "[[citep:see &a p. 3; &b]]", [("a", "p. 3"), ("b", "")]),
        ("| a | [cite:@b] |", "[cite:@b]", [("b", "")]),
    ],
)
def test_citations(
    text: str, written: str, items: list[tuple[str, str]], exact: Callable[[Article], None]
) -> None:
    article = read(text)
    exact(article)
    (citation,) = article.citations
    assert citation.kind is CitationKind.MARKUP
    assert text[citation.span.start : citation.span.end] == written
    assert [(item.label, item.locator) for item in citation.items] == items
    assert all(text[i.span.start : i.span.end] == i.label for i in citation.items)


def test_latex_and_links() -> None:
    article = read("A \\citep[p. 3]{a, b} and [[https://doi.org/10.1000/x][c]].")
    latex, link = article.citations
    assert (latex.kind, [(i.label, i.locator) for i in latex.items]) == (
        CitationKind.LATEX,
        [("a", ""), ("b", "p. 3")],
    )
    assert (link.kind, link.items[0].label) == (CitationKind.LINK, "10.1000/x")


@pytest.mark.parametrize(
    "text",
    [
        "See [[#sec]], [[*Heading]], [[fig:1]] and ref:fig-1.",
        "=[cite:@a]= ~cite:a~ \\(cite:a\\)",
        "[cite/n:@a] nocite:a \\nocite{a}",
        "recite:a and cite: a",
        "#+begin_example\ncite:a\n#+end_example",
        "#+BEGIN_COMMENT\ncite:a\n#+END_COMMENT",
        ": cite:a",
        "# cite:a",
        ":LOGBOOK:\ncite:a\n:END:",
        "* COMMENT a\ncite:a\n** b\ncite:a",
        "* a :noexport:\ncite:a",
        "\\begin{align}\ncite:a\n\\end{align}",
        "#+bibliography: cite:a",
    ],
)
def test_what_cites_nothing(text: str) -> None:
    assert citations.find(read(text)) == ()


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("A[fn:1].\n\n[fn:1] Remark.", []),
        ("A[fn:1].\n\n[fn:1] See [cite:@a].", [["a"]]),
        ("A[fn:n: See cite:a.] B[fn:n].", [["a"], ["a"]]),
        ("A[fn:: Remark.] B[fn::cite:b]", [["b"]]),
        ("A[fn:1].\n\n[fn:1] Ku Y. Skin. J Skin 2019;3:4.", [["^1"]]),
    ],
)
def test_notes_stand_for_what_they_cite(
    text: str, labels: list[list[str]], exact: Callable[[Article], None]
) -> None:
    article = read(text)
    exact(article)
    marks = [mark for mark in citations.find(article) if mark.kind is CitationKind.FOOTNOTE]
    assert [[item.label for item in mark.items] for mark in marks] == labels


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a\n\n  b\nc", [
            ("1", "list item", "a"), ("3", "list item", "b"), ("4", "paragraph", "c"),
        ]),
        ("- a\n\n\n  b", [("1", "list item", "a"), ("4", "paragraph", "b")]),
        ("a\n- b\n * c", [
            ("1", "paragraph", "a"), ("2", "list item", "b"), ("3", "list item", "c"),
        ]),
        ("*bold* text", [("1", "paragraph", "bold text")]),
        ("#+begin_src\nnever closed", [("2", "paragraph", "never closed")]),
        ("#+begin_center\na\n#+end_center\nb", [("2", "paragraph", "a"), ("4", "paragraph", "b")]),
        ("#+begin_verse\na\n#+begin_src\nb\n#+end_src\n#+end_verse", [
            ("2", "quotation", "a"), ("3", "code", "#+begin_src\nb\n#+end_src"),
        ]),
        (":not a drawer:", [("1", "paragraph", ":not a drawer:")]),
        ("a\n-----\nb", [("1", "paragraph", "a"), ("3", "paragraph", "b")]),
        ("* a\n** b\nc", [("1", "title", "a"), ("2", "heading", "b"), ("3", "paragraph", "c")]),
        ("- [@3] a", [("1", "list item", "a")]),
        (":NOTES:\na\n:END:\nb", [("2", "paragraph", "a"), ("4", "paragraph", "b")]),
        ("#+CAPTION: a\n#+CAPTION: b\n#+NAME: c\n| d |", [
            ("1", "caption", "a b"), ("4", "table", "d"),
        ]),
        ("a is\n#+NAME: e\n\\begin{equation}\nx,\n\\end{equation}\nwhere b", [
            ("1", "paragraph", "a is x, where b"),
        ]),
        ("a is\n\n\\[ x \\]\n\nwhere b\n\n$$y$$\n\nC", [
            ("1", "paragraph", "a is x where b y"), ("9", "paragraph", "C"),
        ]),
        ("It.\n\n\\[ x \\]\n\nB", [
            ("1", "paragraph", "It."), ("3", "code", "\\[ x \\]"), ("5", "paragraph", "B"),
        ]),
        ("\\[ open\n\nb", [("1", "paragraph", "\\[ open"), ("3", "paragraph", "b")]),
        ("%%(diary)\na", [("2", "paragraph", "a")]),
        ("a\r\nb\r\n\r\nc", [("1", "paragraph", "a b"), ("4", "paragraph", "c")]),
    ],
)  # fmt: skip
def test_blocks(text: str, expected: list[tuple[str, str, str]], shape: Shape) -> None:
    found = [(place.split(":")[0], kind, text) for place, kind, text in shape(read(text))]
    assert found == expected


@pytest.mark.parametrize(
    ("head", "text", "visible"),
    [
        ("#+TODO: OPEN(o) | SHUT", "* OPEN a\n* SHUT b\n* TODO c", ["a", "b", "c"]),
        ("#+EXCLUDE_TAGS: x y", "* a :x:\nb\n* c :noexport:\nd", ["c", "d"]),
        ("#+OPTIONS: toc:nil d:nil", ":A:\na\n:END:\nb", ["b"]),
        ('#+OPTIONS: d:(not "A")', ":A:\na\n:END:\n:B:\nb\n:END:", ["b"]),
        ('#+OPTIONS: d:("A")', ":A:\na\n:END:\n:B:\nb\n:END:", ["a"]),
        ("", "* a\n:PROPERTIES:\n:B: c\n:END:\n:LOGBOOK:\nd\n:END:\ne", ["a", "e"]),
        ("", "* COMMENT a\nb\n** c\nd\n* e", ["e"]),
        ("", "* a\n** b :noexport:\nc\n*** d\n** e", ["a", "e"]),
    ],
)
def test_what_is_exported(head: str, text: str, visible: list[str]) -> None:
    blocks = read(f"{head}\n{text}").blocks
    assert [block.text for block in blocks if block.kind.value != "metadata"] == visible


def test_a_macro_that_cites() -> None:
    text = "#+MACRO: ku Ku [cite:@ku]\nA {{{ku}}}."
    (citation,) = citations.find(read(text))
    assert text[citation.span.start : citation.span.end] == "{{{ku}}}"
    assert [item.label for item in citation.items] == ["ku"]


PIECES = st.sampled_from(
    [
        "a word", "\n", "\n\n", "  ", "- ", "1. ", "* ", "#+begin_quote\n", "#+end_quote\n",
        "[cite:@a;",
        "]", "cite:a,b", "[fn::", "[fn:1]", "[[cite:a]", "[b]]", "*", "/", "=", "$",
        "\\(", "\\)", "^{1}",
        ":x:\n", ":end:\n", "| a |", "#+title: ", "a :: ", "\\cite{a}", "@@a:",
    ]
)  # fmt: skip


@given(
    st.one_of(
        st.text(alphabet="ab1 \n\t.:*`_|[]#=-\\<>{}()@~&,;+^$/😀", max_size=200),
        st.lists(PIECES, max_size=40).map("".join),
    )
)
def test_any_text_keeps_its_places(exact: Callable[[Article], None], text: str) -> None:
    article = OrgReader().read(text, "a.org", "utf-8")
    exact(article)
    for citation in citations.find(article):
        assert 0 <= citation.span.start < citation.span.end <= len(text)
        assert all(citation.span.contains(item.span) for item in citation.items)
