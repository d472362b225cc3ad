"""Displayed mathematics: which paragraphs are one sentence with it."""

from __future__ import annotations

from exocite.model import BlockKind, Span
from exocite.readers.displayed import woven
from exocite.readers.raw import RawBlock, finished
from exocite.text import VisibleText


def block(
    source: str, text: str, kind: BlockKind = BlockKind.PARAGRAPH, level: int = 0
) -> RawBlock:
    start = source.index(text)
    visible = VisibleText()
    visible.copy(source, start, start + len(text))
    made = finished(kind, visible, level=level)
    assert made is not None
    return made


def texts(source: str, *kinds: BlockKind) -> list[str]:
    """The paragraphs of a source whose formulas are in dollars, after weaving."""
    blocks, formulas = [], {}
    for index, piece in enumerate(source.split("|")):
        one = block(source, piece.strip(), kinds[index] if kinds else BlockKind.PARAGRAPH)
        blocks.append(one)
        if piece.strip().startswith("$"):
            formulas[one.span] = piece.strip().strip("$")
    plain = source.replace("|", " ")
    return [one.text for one in woven(plain, blocks, formulas)]


def test_a_sentence_goes_on_below_a_formula() -> None:
    assert texts("The sum is|$x$|where x is.|The end") == ["The sum is x where x is.", "The end"]
    assert texts("A is:|$x,$|$y$|and b") == ["A is: x, y and b"]


def test_a_sentence_ends_with_a_formula() -> None:
    assert texts("The sum is|$x.$|where x is") == ["The sum is x.", "where x is"]
    assert texts("The sum is|$x$|Where x is") == ["The sum is x", "Where x is"]


def test_what_stands_alone() -> None:
    assert texts("It ends.|$x$|It begins") == ["It ends.", "$x$", "It begins"]
    assert texts("It ends.[1]|$x$|It begins") == ["It ends.[1]", "$x$", "It begins"]
    kinds = (BlockKind.HEADING, BlockKind.CODE, BlockKind.PARAGRAPH)
    assert texts("A title|$x$|It begins", *kinds) == ["A title", "$x$", "It begins"]


def test_nothing_else_stands_between() -> None:
    source = "The sum is image $x$ image where"
    first, formula, last = (block(source, text) for text in ("The sum is", "$x$", "where"))
    found = woven(source, [last, first, formula], {formula.span: "x"})
    assert [one.text for one in found] == ["The sum is", "$x$", "where"]


def test_runs_lead_back() -> None:
    source = "The sum is\n$$x+y$$\nwhere x"
    first, formula, last = (block(source, text) for text in ("The sum is", "$$x+y$$", "where x"))
    (found,) = woven(source, [first, formula, last], {formula.span: "x, y, z"})
    assert found.text == "The sum is x, y, z where x"
    assert found.span == Span(0, len(source))
    ends = [run.source_start + run.source_length for run in found.runs]
    assert ends == sorted(ends)
    assert all(
        run.text_length != run.source_length
        for run in found.runs
        if 11 < run.text_start < 18 and run.text_length > 1
    )
