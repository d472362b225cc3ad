"""Typst: its markup, its functions, and the keys that are no labels of the file."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite import readers
from exocite.claims import citations, segment
from exocite.model import Article, CitationKind

Shape = Callable[[Article], list[tuple[str, str, str]]]

PAPER = """\
#import "@preview/x:0.1": article
#show: article.with(
  title: [Skin and _age_],
  authors: ((name: "A. B", email: "a@b.c"),),
  abstract: [Skin ages @ku2020[p. 3].],
  bibliography: bibliography("refs.bib"),
)
// a comment @no
/* long /* nested @no */ comment @no */
#let note(body) = [*Note:* #body]

= Introduction <intro>
Skin _ages_ fast @ku2020. It is *old*
and wrapped --- they say @ito2019[pp. 3--5]. See @intro and @fig-one, a\\@b.c and $x^2 @no$.
Mail me@example.com. #cite(<smith>, supplement: [p. 9]) #cite(label("doe"), form: "prose")

- item one
  goes on
  - sub item
+ numbered
3. explicit
/ Term: Meaning.

#quote(block: true, attribution: [Me])[A quoted text.]

#figure(
  image("x.png", width: 80%),
  caption: [A caption with @cap2020.],
) <fig-one>

#figure(table(columns: 2, [A], [B]), caption: "Solids") <tab>

#theorem[
  Squares are not negative.
]
```python
x = "@no"
```
Text `raw @no` and #emph[so] on.#footnote[A note @note1.] Next.#footnote[Ito, K. (2019). Sun and \
skin. J Derm, 3(4), 5–9.] See #link("https://doi.org/10.1000/abc")[the study].

#bibliography("refs.bib")
"""


def read(text: str) -> Article:
    return readers.read("a.typ", text.encode())


def test_a_paper(shape: Shape, exact: Callable[[Article], None]) -> None:
    article = read(PAPER)
    exact(article)
    assert shape(article) == [
        ("3:11", "title", "Skin and age"),
        ("5:14", "paragraph", "Skin ages [@ku2020]."),
        ("12:3", "heading", "Introduction"),
        (
            "13:1",
            "paragraph",
            (
                "Skin ages fast [@ku2020]. It is old and wrapped — they say [@ito2019]. See "
                "[ref] and [ref], a@b.c and x^2 @no. Mail me@example.com. [@smith] @doe"
            ),
        ),
        ("17:3", "list item", "item one goes on"),
        ("19:5", "list item", "sub item"),
        ("20:3", "list item", "numbered"),
        ("21:4", "list item", "explicit"),
        ("22:3", "list item", "Term: Meaning."),
        ("24:40", "quotation", "A quoted text."),
        ("28:13", "caption", "A caption with [@cap2020]."),
        ("31:28", "table", "A"),
        ("31:33", "table", "B"),
        ("31:48", "caption", "Solids"),
        ("34:3", "paragraph", "Squares are not negative."),
        ("37:1", "code", 'x = "@no"'),
        ("39:1", "paragraph", "Text raw @no and so on. Next.[^1] See the study."),
        ("39:43", "paragraph", "A note [@note1]."),
        ("39:74", "reference", "Ito, K. (2019). Sun and skin. J Derm, 3(4), 5–9."),
    ]
    levels = [block.level for block in article.blocks if block.kind.value == "list item"]
    assert levels == [1, 2, 1, 1, 1]


def test_its_citations() -> None:
    article = read(PAPER)
    found = [
        (article.source[c.span.start : c.span.end], c.items[0].label, c.items[0].locator)
        for c in article.citations
        if c.kind is CitationKind.MARKUP
    ]
    assert found == [
        ("@ku2020[p. 3]", "ku2020", "p. 3"),
        ("@ku2020", "ku2020", ""),
        ("@ito2019[pp. 3--5]", "ito2019", "pp. 3–5"),
        ("#cite(<smith>, supplement: [p. 9])", "smith", "p. 9"),
        ('#cite(label("doe"), form: "prose")', "doe", ""),
        ("@cap2020", "cap2020", ""),
        ("@note1", "note1", ""),
    ]
    for citation in article.citations:
        if citation.kind is CitationKind.MARKUP:
            (item,) = citation.items
            assert article.source[item.span.start : item.span.end] == item.label
    others = [(c.kind.value, c.items[0].label) for c in article.citations if len(c.kind) > 6]
    assert others == [("footnote", "^1")]
    assert [reference.label for reference in article.references] == ["^1"]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("A @a:b.c. B", ["a:b.c"]),
        ("A @a @b", ["a", "b"]),
        ("A @a<a> B", []),
        ("A @fig:x and @tbl-y and @sec.z", []),
        ("`@a` ```@b``` $@c$ // @d", []),
        ("a@b \\@c", []),
        ("#cite(<a>)#cite(<b>, form: none)", ["a"]),
        ("#ref(<a>)", ["a"]),
        ("#emph[@a] *@b* @c_", ["a", "b", "c_"]),
        ("#let x = [@a]\n@b", ["a", "b"]),
        ("@a[see @b]", ["a"]),
        ('#raw("@a") #f("@b", x: 1)', []),
        ("@a[open", ["a"]),
        ("#let x = [@a]\nB #x", ["a", "a"]),
        ("#quote(block: true, attribution: <a>)[B]", ["a"]),
    ],
)
def test_keys(text: str, keys: list[str], exact: Callable[[Article], None]) -> None:
    article = read(text)
    exact(article)
    assert [item.label for c in citations.find(article) for item in c.items] == keys


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("= A\nb", [("title", "A"), ("paragraph", "b")]),
        ("a\n\nb\nc", [("paragraph", "a"), ("paragraph", "b c")]),
        ("a ~ \\\nb \\u{e9} \\# -- [c]", [("paragraph", "a \u00a0 b é # – [c]")]),
        ("#text(fill: red)[a] #h(1em) #x.y b", [("paragraph", "a b")]),
        ("#if x [a] else [b] c", [("paragraph", "a b c")]),
        ("#for i in (1, 2) { [a] }\nb #context [c] d", [("paragraph", "a b c d")]),
        ("snake_case and 2*3", [("paragraph", "snake_case and 2*3")]),
        ('#set document(title: "T")\na', [("title", "T"), ("paragraph", "a")]),
        ("$ x = 1 $", [("code", "x = 1")]),
        ("a #footnote[b", [("paragraph", "a"), ("paragraph", "b")]),
        ('A. #cite(<b>, form: "prose") says. C', [("paragraph", "A. @b says. C")]),
        ("A. @b says @c.", [("paragraph", "A. @b says [@c].")]),
        (
            "A @fig-a, @fig-b[Fig.] #ref(<c>) @c\n= D <c>",
            [
                ("paragraph", "A [ref], Fig. [ref] [ref] [ref]"),
                ("heading", "D"),
            ],
        ),
        ("#let n = 5\n#n of #m; b", [("paragraph", "5 of b")]),
        (
            '#let a = "x"\n#let b = [*y* z]\n#let c = 12%\n#let d = -3\nIs #a;#b #c #d',
            [
                ("paragraph", "Is xy z 12% −3"),
            ],
        ),
        ('#let a = (b: 1, c: "d", e: [f])\n#a.b #a.c #a.e #a.g', [("paragraph", "1 d f #a.g")]),
        ('#let a = b + 1\n#import "c.typ": d\n#a and #d', [("paragraph", "#a and #d")]),
        ("#let a = 1\n#let a = 2\n#a", [("paragraph", "#a")]),
        ("// #let a = 1\nb #a", [("paragraph", "b")]),
        (
            '#let f(x) = [the #x (y)]\n#f[*z*] #f("a") #f(3)',
            [
                ("paragraph", "the z (y) the a (y) the 3 (y)"),
            ],
        ),
        ("#let f(a, b: 1) = [#a/#b]\nA #f(2) #f(3, b: 4)", [("paragraph", "A 2/1 3/4")]),
        ("#let f(x) = text(red, x)\n#f[z]", [("paragraph", "z")]),
        (
            'Is #qty("5", "kg") #num(3) #numrange("1", "2") #sym.plus.minus #sym.alpha',
            [
                ("paragraph", "Is 5 kg 3 1–2 ± α"),
            ],
        ),
        (
            '10#super[6] m#super("-2") skin#super[1] #emph("b") H#sub[2]O',
            [
                ("paragraph", "10⁶ m⁻² skin¹ b H2O"),
            ],
        ),
        (
            "A #quote[b] c #quote(block: true)[D] #quote(block: false)[e]",
            [
                ("paragraph", "A “b” c"),
                ("quotation", "D"),
                ("paragraph", "“e”"),
            ],
        ),
        (
            'See #link("https://a.b") #link("https://a.b")[c] #link("https://a.b", "d")',
            [
                ("paragraph", "See https://a.b c d"),
            ],
        ),
        ("Is #(n + 1), #calc.round(2.5) b", [("paragraph", "Is #(n + 1), #calc.round(2.5) b")]),
        ("A is\n\n$ x $ <e>\n\nwhere b", [("paragraph", "A is x where b")]),
        ("A.\n\n$ x $\n\nB", [("paragraph", "A."), ("code", "x"), ("paragraph", "B")]),
    ],
)
def test_what_a_reader_sees(text: str, rows: list[tuple[str, str]], shape: Shape) -> None:
    assert [row[1:] for row in shape(read(text))] == rows


def test_a_text_that_bears_a_name_is_read_where_it_stands(shape: Shape) -> None:
    long = "Skin ages fast. " * 7
    text = f"#let abstract = [\n  {long}\n\n  So says @ku.\n]\n#show: f.with(abstract)\n= A"
    assert [row[:2] for row in shape(read(text))] == [
        ("2:3", "paragraph"), ("4:3", "paragraph"), ("7:3", "heading"),
    ]  # fmt: skip


PIECES = st.sampled_from(
    ["#", "@a", "@a[p. 3]", "@b[", "[", "]", "(", ")", "{", "}", "\n", "\n\n", "= ", "- ", "1. ",
     "`", "```", "$", "//", "/*", "*/", "\\", '"', "<a>", "#cite(", "label(", "supplement: [",
     "#let x = ", "#show: a.with(", "title: [", "#figure(", "caption: [", "#footnote[", "*", "_",
     "#table(", "#quote(block: true)[", "--", "~", "a b. ", "Ku 2019 J", "https://a.b", ",", ";",
     '#link("https://doi.org/10.1000/a")[', "😀", "\r\n", "#{", "#(", "#let x = [",
     "#let f(y) = [a #y", "#x", "#f[", "#f(", "#super[", '#super("6")', "form: ", "$ x $"]
)  # fmt: skip


@given(text=st.lists(PIECES, min_size=1, max_size=40).map("".join))
def test_never_fails(text: str, exact: Callable[[Article], None]) -> None:
    article = read("x" + text)
    exact(article)
    for citation in citations.find(article):
        assert 0 <= citation.span.start < citation.span.end <= len(article.source)
    segment.sentences(article)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str, shape: Shape) -> None:
    text = (
        "It is so.\n#let price = [almost 5]\n\n```py\nprint(1)\n```\n\nIt costs #price US dollars."
    )
    article = readers.read("a.typ", text.replace("\n", end).encode())
    assert [line[1:] for line in shape(article)] == [
        ("paragraph", "It is so."),
        ("code", "print(1)"),
        ("paragraph", "It costs almost 5 US dollars."),
    ]


def test_what_an_argument_holds_is_not_read_again() -> None:
    text = '#let f(a, b) = [#a and #b]\n\nIt is #f("#b", "old").'
    article = readers.read("a.typ", text.encode())
    assert "old and old" not in article.blocks[-1].text
