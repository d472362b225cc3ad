"""The article as it reads: nothing is lost or said twice, claims stand where they stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from exocite import readers
from exocite.model import (
    Article,
    Block,
    BlockKind,
    Citation,
    CitationKind,
    CitedItem,
    Claim,
    Run,
    Span,
)
from exocite.report import layout
from exocite.report.data import Pin
from exocite.report.marks import STATES

MARK = next(iter(STATES.values()))


def claim(start: int, end: int) -> Claim:
    return Claim(f"c{start}", Span(start, end), "", "", 1.0, "")


def pinned(*spans: tuple[int, int]) -> list[tuple[Claim, Pin]]:
    return [(claim(*span), Pin(f"c{n}", n, MARK)) for n, span in enumerate(spans, 1)]


def plain(text: str, *, kind: BlockKind = BlockKind.PARAGRAPH) -> Article:
    block = Block(kind, Span(0, len(text)), text, (Run(0, len(text), 0, len(text)),))
    return Article("a.txt", "plain", "utf-8", text, (block,))


def cites(start: int, end: int, *keys: str) -> Citation:
    span = Span(start, end)
    return Citation(CitationKind.PANDOC, span, (CitedItem("x", span, keys=keys),))


spans = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: (min(pair), max(pair)))


@given(st.text(max_size=30), st.lists(spans, max_size=6), st.lists(spans, max_size=6))
def test_the_text_stays_whole_wherever_claims_and_citations_stand(
    text: str, claims: list[tuple[int, int]], marked: list[tuple[int, int]]
) -> None:
    found = layout.layout(
        plain(text), pinned(*claims), [cites(*span, "k") for span in marked], {"k": "w1"}
    )
    (group,) = found
    assert group.lines[0].text == text
    pins = [stretch.pin for stretch in group.lines[0].stretches if stretch.pin]
    assert len(pins) == len(set(pins))


def test_claims_and_citations_are_cut_out() -> None:
    text = "Tea helps [@a; @b]. Well. It does [@c]."
    at = text.index("[@a"), text.index("; @b") + 1
    marks = [cites(at[0], at[1], "a"), cites(at[1], at[1] + 3, "b", "c"), cites(34, 38, "c")]
    (group,) = layout.layout(
        plain(text), pinned((0, 19), (26, len(text))), marks, {"a": "w1", "c": "w2"}
    )
    told = [(stretch.text, bool(stretch.pin)) for stretch in group.lines[0].stretches]
    assert told == [("Tea helps [@a; @b].", True), (" Well. ", False), ("It does [@c].", True)]
    linked = [
        (part.text, part.work)
        for stretch in group.lines[0].stretches
        for part in stretch.parts
        if part.work
    ]
    assert linked == [("[@a;", "w1"), ("[@c]", "w2")]


def test_of_two_claims_that_overlap_the_first_is_marked() -> None:
    (group,) = layout.layout(plain("Tea helps all."), pinned((0, 10), (4, 14)), (), {})
    assert [s.pin.number for s in group.lines[0].stretches if s.pin] == [1]
    assert group.lines[0].text == "Tea helps all."


def test_a_claim_behind_an_inner_block_is_marked_in_the_outer_one() -> None:
    text = "Outer. Inner. Tail of outer."
    blocks = tuple(
        Block(BlockKind.LIST_ITEM, Span(*span), told, (Run(0, len(told), start, len(told)),))
        for span, told, start in (
            ((0, len(text)), text, 0),
            ((7, 13), text[7:13], 7),
        )
    )
    article = Article("a.md", "markdown", "utf-8", text, blocks)
    (group,) = layout.layout(article, pinned((7, 13), (14, len(text))), (), {})
    assert [[s.pin.number for s in line.stretches if s.pin] for line in group.lines] == [[2], [1]]


def test_blocks_that_belong_together_stand_together() -> None:
    text = b"# T\n\nOne.\n\n- a\n  - b\n- c\n\n| x | y |\n| - | - |\n| 1 | 2 |\n\n> q\n"
    article = readers.read("a.md", text)
    found = layout.layout(article, (), (), {})
    assert [(str(group.kind), len(group.lines)) for group in found] == [
        ("heading" if found[0].kind is BlockKind.HEADING else "title", 1),
        ("paragraph", 1),
        ("list item", 3),
        ("table", 2),
        ("quotation", 1),
    ]
    assert [line.level for line in found[2].lines] == [1, 2, 1]
    assert [line.cells for line in found[3].lines] == [("x", "y"), ("1", "2")]
    assert layout.title(article) == "T"


def test_headings_are_counted_without_a_gap() -> None:
    article = readers.read(
        "a.html", b"<h2>a</h2><h4>b</h4><h6>c</h6><h4>d</h4><h2>e</h2><h1>f</h1>"
    )
    levels = [group.lines[0].level for group in layout.layout(article, (), (), {})]
    assert levels == [1, 2, 3, 2, 1, 1]


def test_what_is_not_shown_is_said() -> None:
    page = b"<nav>Home</nav><nav>More</nav><p>Tea helps.</p>"
    article = readers.read("a.html", page)
    assert "navigation" in layout.left_out(article)
    shown = layout.layout(article, (), (), {})
    assert [line.text for group in shown for line in group.lines] == ["Tea helps."]
    assert layout.left_out(plain("Tea.")) == ""
    assert layout.title(plain("Tea.")) == "a.txt"
