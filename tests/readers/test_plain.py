"""Plain text: paragraphs, wrapped lines, bullets, headings told by their shape."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite import readers
from exocite.model import Article, BlockKind
from exocite.readers.plain import PlainReader

Shape = Callable[[Article], list[tuple[str, str, str]]]

ARTICLE = """\
Blog

WHY SKIN AGES

Why skin ages

By Ana Ruiz and Tom O'Neil, MD

Published on 3 May 2021 · 6 min read

Skin loses about one per cent of its
collagen every year after thirty.  It
also dries out.

What helps

- Sunscreen, every day,
  even in winter.
- Sleep.

1. First, wash.
2) Then rest.

Results
-------

Smoke harms skin, as "he" said.

> Quoted words
> of somebody.

References:

[1] Ruiz A, Smith B. Collagen and age. J Skin. 2019;4(2):11-19.
[2] World Health Organization. Tobacco and skin. Geneva; 2020.

Disclaimer

This page is not a substitute for professional advice.
"""


def read(text: str) -> Article:
    return readers.read("a.txt", text.encode())


def test_an_article(shape: Shape, exact: Callable[[Article], None]) -> None:
    article = read(ARTICLE)
    exact(article)
    assert shape(article) == [
        ("1:1", "navigation", "Blog"),
        ("3:1", "title", "WHY SKIN AGES"),
        ("5:1", "title", "Why skin ages"),
        ("7:1", "byline", "By Ana Ruiz and Tom O'Neil, MD"),
        ("9:1", "byline", "Published on 3 May 2021 · 6 min read"),
        (
            "11:1",
            "paragraph",
            (
                "Skin loses about one per cent of its collagen every year after thirty.  It also"
                " dries out."
            ),
        ),
        ("15:1", "heading", "What helps"),
        ("17:3", "list item", "Sunscreen, every day, even in winter."),
        ("19:3", "list item", "Sleep."),
        ("21:4", "list item", "First, wash."),
        ("22:4", "list item", "Then rest."),
        ("24:1", "heading", "Results"),
        ("27:1", "paragraph", 'Smoke harms skin, as "he" said.'),
        ("29:3", "quotation", "Quoted words of somebody."),
        ("32:1", "heading", "References:"),
        (
            "34:1",
            "reference",
            "[1] Ruiz A, Smith B. Collagen and age. J Skin. 2019;4(2):11-19.",
        ),
        (
            "35:1",
            "reference",
            "[2] World Health Organization. Tobacco and skin. Geneva; 2020.",
        ),
        ("37:1", "boilerplate", "Disclaimer"),
        ("39:1", "boilerplate", "This page is not a substitute for professional advice."),
    ]
    assert [(r.label, r.text[:7]) for r in article.references] == [
        ("1", "Ruiz A,"),
        ("2", "World H"),
    ]
    assert article.source[article.references[1].span.start :].startswith("World Health")
    sections = {block.text: block.section for block in article.blocks}
    assert sections["Sleep."] == "What helps"
    assert sections["What helps"] == ""


@pytest.mark.parametrize(
    "bullet", ["•", "-", "*", "–", "◦", "▪", "·", "+", "1.", "1)", "(1)", "a)", "‣", "●"]
)
def test_bullets_are_no_part_of_the_text(bullet: str) -> None:
    article = read(f"Some opening words here.\n\n  {bullet} Skin ages.\n  {bullet} Hair too.\n")
    items = [block for block in article.blocks if block.kind is BlockKind.LIST_ITEM]
    assert [item.text for item in items] == ["Skin ages.", "Hair too."]


@pytest.mark.parametrize(
    "text",
    [
        "A. Smith found that skin ages.",
        "Temperatures fell to\n- 4 degrees in the north.",
        "The pH was between 3\nand 4.",
    ],
)
def test_what_is_no_list(text: str) -> None:
    blocks = read(text + "\n").blocks
    assert [block.kind for block in blocks] == [BlockKind.PARAGRAPH]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Understanding Skin", BlockKind.HEADING),
        ("2.1 Methods", BlockKind.HEADING),
        ("WHAT WE KNOW", BlockKind.HEADING),
        ("What do we know?", BlockKind.PARAGRAPH),
        ("Skin ages.", BlockKind.PARAGRAPH),
        ("and so it goes", BlockKind.PARAGRAPH),
        ("Skin; hair; nails;", BlockKind.PARAGRAPH),
        ("A line that goes on " * 5, BlockKind.PARAGRAPH),
        ("1234 5678", BlockKind.PARAGRAPH),
    ],
)
def test_headings_by_shape(line: str, kind: BlockKind) -> None:
    blocks = read(f"A title here\n\nSome prose stands first.\n\n{line}\n\nMore prose.\n").blocks
    assert blocks[2].kind is kind


def test_a_lone_line_is_prose_not_a_heading() -> None:
    assert read("Exosomes cure baldness").blocks[0].kind is BlockKind.PARAGRAPH


def test_long_lines_are_paragraphs_of_their_own() -> None:
    long = "Skin ages because cells divide less often than before, and so on and on. " * 3
    blocks = read(f"Ageing\n{long}\n{long}\n").blocks
    assert [block.kind for block in blocks] == [
        BlockKind.TITLE,
        BlockKind.PARAGRAPH,
        BlockKind.PARAGRAPH,
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str, shape: Shape) -> None:
    text = f"Some words{end}go on.{end}{end}More \u202bשלום\u202c 😀 words."
    assert shape(read(text)) == [
        ("1:1", "paragraph", "Some words go on."),
        ("4:1", "paragraph", "More \u202bשלום\u202c 😀 words."),
    ]


@given(text=st.text(alphabet="ab1.- •>#=:[]()\n\r\t\u00a0é😀א", min_size=1).filter(str.strip))
def test_positions_are_exact_whatever_the_text(text: str, exact: Callable[[Article], None]) -> None:
    article = PlainReader().read(text, "a.txt", "utf-8")
    exact(article)
    # Letters may only be lost as a bullet: "a)".
    shown = sum(sum(map(str.isalpha, block.text)) for block in article.blocks)
    assert shown <= sum(map(str.isalpha, text)) <= shown + text.count(")") + text.count(".")


def test_the_real_article(shared: Path, exact: Callable[[Article], None]) -> None:
    path = shared / "articles" / "exosomes-in-aesthetics.txt"
    article = readers.read(path.name, path.read_bytes())
    exact(article)
    kinds = [block.kind for block in article.blocks]
    assert kinds[:4] == [BlockKind.NAVIGATION, BlockKind.TITLE, BlockKind.TITLE, BlockKind.BYLINE]
    assert kinds[-5:] == [BlockKind.REFERENCE] * 4 + [BlockKind.BOILERPLATE]
    assert [reference.label for reference in article.references] == ["1", "2", "3", "4"]
    items = [block.text[:25] for block in article.blocks if block.kind is BlockKind.LIST_ITEM]
    assert items[0] == "Non-Invasive Approach: Un"
    assert len(items) == 4
    assert kinds.count(BlockKind.HEADING) == 20
