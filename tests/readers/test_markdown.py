"""Markdown: blocks by markdown-it, inline content with every offset exact."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from exocite import readers
from exocite.model import Article, CitationKind
from exocite.readers.markdown import MarkdownReader

Shape = Callable[[Article], list[tuple[str, str, str]]]

ARTICLE = """---
title: 'Why skin ages'
author: Ana Ruiz
---

# Introduction {#sec:intro}

Skin loses **collagen** every
year [see @ruiz2019, p. 3; -@ito_2020].  A `list[1]` and
$x_1 = [2]$ are no citations, and \\[3\\] is not.

> Wear a *hat*,
> always[^sun].

1. First [link](http://a.b/c "title").
2. Second

   with more.

- a &amp; b <!-- gone -->
\t- nested <b>item</b> ^2^

| Age | Share \\| part |
|-----|------:|
| 30  | 1 %   |

![A face in the sun.](face.png){width=50%}

::: {.callout-note}
A remark.
:::

```{r}
x <- a[1]
```

$$
- y = 2
$$

<div><p>Inside <em>HTML</em>.</p></div>

Term [text]{.smallcaps} <https://a.b> H~2~O ~~old~~

[^sun]: Ruiz A. Sun and skin. J Skin 2020;3:4.
[^own]: A remark of my own.
"""


def read(text: str) -> Article:
    return readers.read("a.md", text.encode())


def test_an_article(shape: Shape, exact: Callable[[Article], None]) -> None:
    article = read(ARTICLE)
    exact(article)
    assert shape(article)[1:] == [
        ("2:9", "title", "Why skin ages"),
        ("6:3", "heading", "Introduction"),
        (
            "8:1",
            "paragraph",
            (
                "Skin loses collagen every year [see @ruiz2019, p. 3; -@ito_2020].  A list[1] and"
                " x_1 = [2] are no citations, and [3] is not."
            ),
        ),
        ("12:3", "quotation", "Wear a hat, always[^sun]."),
        ("15:4", "list item", "First link."),
        ("16:4", "list item", "Second"),
        ("18:4", "list item", "with more."),
        ("20:3", "list item", "a & b"),
        ("21:4", "list item", "nested item 2"),
        ("23:3", "table", "Age | Share | part"),
        ("25:3", "table", "30 | 1 %"),
        ("27:3", "caption", "A face in the sun."),
        ("30:1", "paragraph", "A remark."),
        ("33:1", "code", "```{r}\nx <- a[1]\n```"),
        ("37:1", "code", "- y = 2"),
        ("41:9", "paragraph", "Inside HTML."),
        ("43:1", "paragraph", "Term text https://a.b H2O old"),
        ("45:9", "reference", "Ruiz A. Sun and skin. J Skin 2020;3:4."),
        ("46:9", "paragraph", "A remark of my own."),
    ]
    assert [(r.label, r.text[:4]) for r in article.references] == [("^sun", "Ruiz")]


def test_front_matter_that_never_ends_is_no_front_matter() -> None:
    article = read("---\ntitle: x\n\nSkin ages.\n")
    assert article.blocks[-1].text == "Skin ages."


@pytest.mark.parametrize(
    ("text", "visible"),
    [
        ("a *b* c", "a b c"),
        ("a **b *c* d** e", "a b c d e"),
        ("***a***", "a"),
        ("a_b_c _d_", "a_b_c d"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("**a", "**a"),
        ("*a **b*", "*a *b"),
        ("``a ` b``", "a ` b"),
        ("`a", "`a"),
        ("\\*a\\* \\@b \\\\", "*a* @b \\"),
        ("a\\\nb", "a b"),
        ("a  \nb", "a b"),
        ("[a](b)", "a"),
        ("[a](<b c> 'd')", "a"),
        ("[a](b(c)d)", "a"),
        ("[a] (b)", "[a] (b)"),
        ("[a](b", "[a](b"),
        ("[a [b](c) d](e)", "[a b d](e)"),
        ("[*a*][r]\n\n[r]: /x", "a"),
        ("[R] and [none]\n\n[r]: /x", "R and [none]"),
        ("a ![b](c) d", "a  d"),
        ("[a]{.x}", "a"),
        ("<b>a</b><br/>c<!-- d -->", "a c"),
        ("a < b > c <3", "a < b > c <3"),
        ("<a@b.org>", "a@b.org"),
        ("&copy; &#65; &nosuch; AT&T", "© A &nosuch; AT&T"),
        ("$a_b$ costs 5$ or $6", "a_b costs 5$ or $6"),
        ("$20,000 and USD$30,000", "$20,000 and USD$30,000"),
        ("x \\begin{align}a&b\\end{align} y", "x a b y"),
        ("As in \\ref{fig:x} and \\cite{a,b}.", "As in  and [a,b]."),
        ("{{ name }} {% if %}a", "a"),
        ("{cite}`a` and {ref}`text <target>`", "[a] and text"),
        ("A {cite:p}`{see}a{p. 3}`.{cite:empty}`b`", "A [{see}a{p. 3}]."),
        ("a^b^ c~d~", "ab cd"),
        ("10^6^ 5 cm<sup>2</sup> s^−1^ Ca^2+^ 1^st^", "10⁶ 5 cm² s⁻¹ Ca²⁺ 1st"),
        ("10<sup>&minus;6</sup> [10^6^](#a) 10<sup>[6](#n)</sup>", "10⁻⁶ 10⁶ 106"),
        ("$10^6$ $$x^2$$ \\begin{equation}\\frac{1}{2}\\end{equation}", "10⁶ x² 1/2"),
        ("10{sup}`6` and {math}`10^7`", "10⁶ and 10⁷"),
        ("As @fig:a, @tbl-b and [@sec-c] say", "As [ref], [ref] and [[ref]] say"),
        ("@ch-a {numref}`fig-a` {eq}`b`", "[ref] [ref] [ref]"),
        ("{numref}`Figure %s <fig-a>` shows", "Figure [ref] shows"),
        ("[@a_b_c; @d_e] _f_", "[@a_b_c; @d_e] f"),
        ("[@a] @b\\_c", "[@a] @b_c"),
        ("[@user](https://x.org/user) said", "@user said"),
        ("a[^1]", "a[^1]"),
    ],
)
def test_visible_text(text: str, visible: str, exact: Callable[[Article], None]) -> None:
    article = read(text)
    exact(article)
    assert article.blocks[0].text == visible


@pytest.mark.parametrize(
    ("text", "kind", "labels", "written"),
    [
        ("A[^n].", CitationKind.FOOTNOTE, ["^n"], "[^n]"),
        ("A {cite:p}`x,y`.", CitationKind.PANDOC, ["x", "y"], "{cite:p}`x,y`"),
        ("A {footcite:ps}`x`.", CitationKind.PANDOC, ["x"], "{footcite:ps}`x`"),
        ("{cite:ct}`x` and", CitationKind.PANDOC, ["x"], "{cite:ct}`x`"),
        ("A \\citep[p. 3]{x}.", CitationKind.LATEX, ["x"], "\\citep[p. 3]{x}"),
        (
            "A [b](https://doi.org/10.1000/Xy).",
            CitationKind.LINK,
            ["10.1000/xy"],
            "](https://doi.org/10.1000/Xy)",
        ),
        ("A [b][r].\n\n[r]: doi:10.1000/xy", CitationKind.LINK, ["10.1000/xy"], "][r]"),
        ("A.[1](#r1) B", CitationKind.SUPERSCRIPT, ["1"], "[1](#r1)"),
        ("A.<sup>[3](#r3)</sup> B", CitationKind.SUPERSCRIPT, ["3"], "<sup>[3](#r3)</sup>"),
        ("[@k]: doi:10.1000/x\n\nA [@k].", CitationKind.PANDOC, ["k"], "[@k]"),
    ],
)
def test_the_formats_own_citations(
    text: str, kind: CitationKind, labels: list[str], written: str
) -> None:
    article = read(text)
    citation = article.citations[0]
    assert (citation.kind, [item.label for item in citation.items]) == (kind, labels)
    assert article.source[citation.span.start : citation.span.end] == written


def test_raised_digits_count_where_a_list_has_them() -> None:
    text = "Skin ages.^1^ Hair^2,3^ too, on 5 m^2^.\n\n## References\n\n" + "\n".join(
        f"{n}. Ruiz A. Title {n}. J Skin 2019;{n}:1." for n in (1, 2, 3)
    )
    labels = [[item.label for item in citation.items] for citation in read(text).citations]
    assert labels == [["1"], ["2", "3"]]


def test_numbered_link_definitions_are_the_list() -> None:
    article = read("Skin ages [1].\n\n[1]: https://doi.org/10.1000/xy 'Ruiz'\n")
    assert [(r.label, r.text) for r in article.references] == [
        ("1", "https://doi.org/10.1000/xy 'Ruiz'")
    ]
    assert article.blocks[0].text == "Skin ages [1]."


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("prefix", ["", "> ", "- ", "1. ", "> > ", "- > ", "[^1]: ", "\t", " "])
def test_lines_with_a_prefix(prefix: str, end: str, exact: Callable[[Article], None]) -> None:
    again = re.sub(r"[^>\s]", " ", prefix)
    text = f"Start.{end}{end}{prefix}One *two*{end}{again}three [@x].{end}"
    article = MarkdownReader().read(text, "a.md", "utf-8")
    exact(article)
    if prefix != "\t":
        assert article.blocks[-1].text == "One two three [@x]."
        assert text[article.blocks[-1].span.start :].startswith("One *two*")


# --------------------------------------------------------------------------- against markdown-it

_ORACLE = MarkdownIt("commonmark")
_CHARACTERS = "ab1 *_`[]()!<>\\\n#-.&;\"'é"


def _oracle(text: str) -> list[str]:
    """The visible text of each paragraph and heading by markdown-it's own inline parser."""
    tokens = _ORACLE.parse(text)
    assume(not any(token.type in ("code_block", "fence", "html_block") for token in tokens))
    shown = (_plain(token.children or []) for token in tokens if token.type == "inline")
    return [" ".join(words.split()) for words in shown if words.strip()]


def _plain(tokens: Sequence[Token]) -> str:
    pieces = []
    for token in tokens:
        if token.type in ("text", "text_special"):
            pieces.append(token.content)
        elif token.type == "code_inline":
            pieces.append(" ".join(token.content.split()))
        elif token.type in ("softbreak", "hardbreak"):
            pieces.append("\n")
    return "".join(pieces)


@given(text=st.text(alphabet=_CHARACTERS, max_size=40))
def test_inline_content_reads_as_markdown_it_reads_it(text: str) -> None:
    assume("[^" not in text and "![" not in text)
    theirs = _oracle(text)
    article = MarkdownReader().read(text, "a.md", "utf-8")
    assert [" ".join(block.text.split()) for block in article.blocks] == theirs


@pytest.mark.parametrize(
    ("role", "items"),
    [
        ("{cite:p}`{see}key{p. 3}`", [("key", "p. 3")]),
        ("{cite:t}`{see} a{fig.\n2}, b`", [("a", "fig. 2"), ("b", "")]),
        ("{footcite:t}`a , b{pp. 3,\n4}`", [("a", ""), ("b", "pp. 3, 4")]),
        ("{cite:empty}`a,b`", []),
        ("{cite:p}` `", []),
        ("{cites}`a`", []),
    ],
)
def test_what_a_role_cites(
    role: str, items: list[tuple[str, str]], exact: Callable[[Article], None]
) -> None:
    article = read(f"Skin ages {role}.")
    exact(article)
    found = [item for citation in article.citations for item in citation.items]
    assert [(item.label, item.locator) for item in found] == items
    assert [article.source[i.span.start : i.span.end] for i in found] == [i.label for i in found]
    assert len(article.citations) == bool(items)


_PIECES = (
    "a b 1 é 😀 א * ** _ ` `` [ ] ( ) ![ ](b) [@a_b;@c] @d [^1] [^1]: > - 1. # | |-| $ $$ ^ ~ ~~ < "
    "<b> </b> <sup> </sup> <!-- --> &amp; &nbsp; \\ \\* {.x} {cite}`a` ::: ``` --- === : http://a.b"
).split(" ")


@pytest.mark.parametrize(
    "text",
    [
        "a<sup>1 ![b</sup>c](d) e",
        "![a<sup>1](d)</sup> e",
        "a <sup> \n 1</sup>",
        "![a^1^](b)^2^",
        "[a ![^1] [b](#c)](d)",
    ],
)
def test_marks_across_images_and_lines(text: str, exact: Callable[[Article], None]) -> None:
    exact(read(text))


@given(pieces=st.lists(st.sampled_from([*_PIECES, "\n", "\n\n", " ", "\t", "\r\n"]), max_size=40))
def test_positions_are_exact_whatever_the_text(
    pieces: list[str], exact: Callable[[Article], None]
) -> None:
    exact(MarkdownReader().read("".join(pieces), "a.md", "utf-8"))
