"""PDFs: the text in the order of reading, every offset in its page, and no file that hangs."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exocite import readers
from exocite.claims import citations
from exocite.claims.segment import sentences
from exocite.errors import ReadError
from exocite.model import Article, BlockKind
from exocite.readers.pdf import drawing
from exocite.readers.pdf.cleaning import cleaned
from exocite.readers.pdf.direction import logical
from exocite.text import Lines
from tests.fakes.pdf import pdf
from tests.fakes.pdf_pages import Drawn, Layout, Part, drawn, file_of, typeset
from tests.timing import assert_linear

pytest.importorskip("pypdf")

Exact = Callable[[Article], None]
WORDS = "Bees that sleep in the dark hive at night are rested and find more flowers in summer. "
LIST = [
    Part("References", 12, bold=True, gap=12),
    Part("1. Ku Y. Sleep of bees. J Bees. 2019;4:12-19.", 9, hang=12),
    Part("2. Dorn C, Farr E. Light at night and the honey bee. Hives. 2020;5:1-9.", 9, hang=12),
    Part("3. Ito K. Dark rooms. J Bees. 2021;6:3-4.", 9, hang=12),
]


def read(data: bytes) -> Article:
    return readers.read("a.pdf", data)


def lay(*parts: Part, layout: Layout | None = None, **more: object) -> Article:
    return read(typeset((layout or Layout()).pages(parts), **more))  # type: ignore[arg-type]


def at(article: Article, offset: int) -> str:
    lines = Lines(article.source, article.places)
    return "{}:{}:{}".format(lines.place(offset), *lines.position(offset))


def kinds(article: Article) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in article.blocks]


def prose(article: Article) -> list[str]:
    return [block.text for block in article.blocks if block.kind is BlockKind.PARAGRAPH]


def cited(article: Article) -> list[tuple[str, str, str]]:
    return [
        (at(article, one.span.start), one.kind.value, article.source[one.span.start : one.span.end])
        for one in citations.find(article)
    ]


# --------------------------------------------------------------------------- order of reading


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_columns_under_a_title_are_read_one_after_the_other(columns: int, exact: Exact) -> None:
    texts = [f"Part {n}. " + WORDS * 6 for n in range(30)]
    layout = Layout(columns, across=[Part("Sleep of honey bees in dark hives", 18, bold=True)])
    article = lay(*(Part(text, indent=12) for text in texts), layout=layout)
    exact(article)
    assert kinds(article)[0] == ("title", "Sleep of honey bees in dark hives")
    assert prose(article) == [text.strip() for text in texts]
    assert [place.name for place in article.places] == [
        f"page {number + 1}" for number in range(len(article.places))
    ]
    assert len(article.places) > 2


def test_words_drawn_in_any_order_are_read_in_that_of_the_page(exact: Exact) -> None:
    texts = [f"Part {n}. " + WORDS * 6 for n in range(12)]
    pages = Layout().pages(Part(text, indent=12) for text in texts)
    words = [
        [
            Drawn(line.x + before * 5, line.y, word)
            for line in page
            for before, word in _words(line.text)
        ]
        for page in pages
    ]
    for page in words:
        page.sort(key=lambda one: (one.text, one.x))
    article = read(typeset(words))
    exact(article)
    assert [text for text in prose(article) if text.startswith("Part")] == [
        text.strip() for text in texts
    ]


def _words(text: str) -> list[tuple[int, str]]:
    found, before = [], 0
    for word in text.split(" "):
        found.append((before, word))
        before += len(word) + 1
    return found


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(rotate: int) -> None:
    matrix = {
        0: "1 0 0 1 0 0",
        90: "0 1 -1 0 595 0",
        180: "-1 0 0 -1 595 842",
        270: "0 -1 1 0 0 842",
    }[rotate]
    lines = [Drawn(60, 700 - 12 * n, f"Line {n} of the text.") for n in range(4)]
    content = f"{matrix} cm " + "\n".join(map(drawn, lines))
    text = " ".join(block.text for block in read(file_of([content], rotate=rotate)).blocks)
    assert text == " ".join(line.text for line in lines)


def test_text_on_its_side_is_left_out() -> None:
    aside = "BT 0 1 -1 0 20 300 Tm /F1 20 Tf (arXiv:2001.00001v1 [cs] 1 Jan 2020) Tj ET"
    pages = Layout(1).pages([Part(WORDS * 8)])
    assert prose(read(typeset(pages, extra=aside))) == [(WORDS * 8).strip()]


# --------------------------------------------------------------------------- words and lines


def test_words_cut_at_line_ends_are_whole_again() -> None:
    lines = [
        "The efficiency of well-",
        "known and small bees was mea-",
        "sured in COVID-",
        "19 rooms; a well-known room of 12-",
        "14 bees, https://doi.org/10.1000/",
        "abc.",
    ]
    page = [Drawn(60, 700 - 12 * n, line) for n, line in enumerate(lines)]
    whole = (
        "The efficiency of well-known and small bees was measured in COVID-19 rooms; a well-known "
        "room of 12-14 bees, https://doi.org/10.1000/abc."
    )
    assert prose(read(typeset([page]))) == [whole]


def test_spaces_are_told_by_position() -> None:
    array = "[(Bees) -300 (sl) 20 (eep) -250 (well) -280 (at) -600 (night.)]"
    article = read(file_of([f"BT /F1 10 Tf 1 0 0 1 60 700 Tm {array} TJ ET"]))
    assert prose(article) == ["Bees sleep well at night."]


def test_positions_count_lines_of_the_page(exact: Exact) -> None:
    article = lay(Part(WORDS * 90), layout=Layout(1))
    exact(article)
    second = article.places[1].start
    assert at(article, second) == "page 2:1:1"
    assert at(article, article.blocks[0].span.start) == "page 1:1:1"
    assert article.blocks[0].span.end > second
    assert article.source[second:].split(" ")[0] in WORDS


# --------------------------------------------------------------------------- around the text


def test_heads_feet_and_page_numbers_are_no_text() -> None:
    article = lay(Part(WORDS * 200), layout=Layout(1, foot="Page {page} of 4"))
    assert prose(article) == [(WORDS * 200).strip()]
    assert "Journal" not in article.source
    assert "Page" not in article.source


def test_line_numbers_of_a_manuscript_are_no_text() -> None:
    layout = Layout(1)
    pages = layout.pages([Part(WORDS * 60, lead=2.0)])
    for page in pages:
        lines = [one for one in page if 60 < one.y < 780]
        page.extend(Drawn(30, one.y, str(n), 8) for n, one in enumerate(lines, 1))
    assert prose(read(typeset(pages))) == [(WORDS * 60).strip()]


def test_numbers_in_the_text_are_kept() -> None:
    text = "In that year 1200 bees slept. " * 60
    assert prose(lay(Part(text), layout=Layout(1))) == [text.strip()]


# --------------------------------------------------------------------------- kinds


def test_what_blocks_are_for(exact: Exact) -> None:
    parts = [
        Part("1 Introduction", 12, bold=True, gap=10),
        Part(WORDS * 4, gap=4),
        Part("1.1 Earlier work", 10, bold=True, gap=10),
        Part(WORDS * 3, gap=4),
        Part("\u2022 Rooms were dark for all of the twelve weeks of the study.", hang=10, gap=4),
        Part("\u2022 Rooms were lit.", hang=10, gap=2),
        Part("~Figure 1.~ Bees slept longer in the dark.", 8, gap=20),
        Part(WORDS * 40, gap=20),
    ]
    layout = Layout(
        across=[
            Part("Sleep of honey bees", 18, bold=True),
            Part("Anna Ku^1^, Carl Dorn^2^", 11, gap=8),
            Part("^1^Department of Bees, University of Somewhere", 8, gap=4),
            Part("Abstract", 11, bold=True, gap=10),
            Part(WORDS * 3, gap=4),
        ]
    )
    article = lay(*parts, layout=layout)
    exact(article)
    found = [(kind, text[:24]) for kind, text in kinds(article)]
    assert found == [
        ("title", "Sleep of honey bees"),
        ("byline", "Anna Ku1, Carl Dorn2"),
        ("byline", "1Department of Bees, Uni"),
        ("heading", "Abstract"),
        ("paragraph", WORDS[:24]),
        ("heading", "1 Introduction"),
        ("paragraph", WORDS[:24]),
        ("heading", "1.1 Earlier work"),
        ("paragraph", WORDS[:24]),
        ("list item", "Rooms were dark for all "),
        ("list item", "Rooms were lit."),
        ("paragraph", WORDS[:24]),
        ("caption", "Figure 1. Bees slept lon"),
    ]
    assert article.blocks[7].level == 3
    assert cited(article) == []


def test_tables_formulas_code_and_drawings_are_not_run_into_prose(exact: Exact) -> None:
    page = [Drawn(60, 700 - 12 * n, WORDS * 1) for n in range(6)]
    for row, cells in enumerate([("Room", "Sleep", "Bees"), ("Dark", "7.2", "120")]):
        page += [Drawn(60 + 90 * n, 600 - 12 * row, cell, 9) for n, cell in enumerate(cells)]
    page += [Drawn(60, 560, "Table 1. Sleep in both rooms.", 9)]
    page += [Drawn(160, 530, "E = mc + 2n"), Drawn(60, 500, "sleep(dark)", mono=True)]
    page += [Drawn(60, 470 - 12 * n, WORDS) for n in range(6)]
    content = "\n".join(map(drawn, page)) + " /X0 Do"
    article = read(file_of([content], forms=[drawn(Drawn(300, 300, "Hours of sleep", 7))]))
    exact(article)
    found = kinds(article)
    assert ("table", "Room | Sleep | Bees | Dark | 7.2 | 120") in found
    assert ("caption", "Table 1. Sleep in both rooms.") in found
    assert ("code", "E = mc + 2n") in found
    assert ("code", "sleep(dark)") in found
    assert ("metadata", "Hours of sleep") in found
    assert all("Room" not in text and "Hours" not in text for text in prose(article))


def test_a_page_inside_a_drawing_is_a_page() -> None:
    page = "\n".join(map(drawn, Layout(1).pages([Part(WORDS * 8)])[0]))
    assert prose(read(file_of(["/X0 Do"], forms=[page])))[-1].endswith("in summer.")


def test_a_paragraph_goes_on_behind_a_figure_and_over_the_page() -> None:
    parts = [
        Part("Bees " + "sleep and " * 300 + "rest", indent=12),
        Part("~Figure 1.~ Bees in the dark.", 8, gap=30),
        Part("and wake. " + WORDS * 60, gap=30),
    ]
    article = lay(*parts)
    assert [text[:5] for text in prose(article)] == ["Bees "]
    assert "rest and wake." in prose(article)[0]


# --------------------------------------------------------------------------- citations


def test_raised_numbers_cite_and_powers_do_not(exact: Exact) -> None:
    text = "Bees sleep.^1^ They rest in the dark,^2,3^ in rooms of 10 m^2^ with 10^6^ cells. "
    article = lay(Part(text + WORDS * 20 + "This was found elsewhere.^1-3^ It holds."), *LIST)
    exact(article)
    assert [(kind, text) for _, kind, text in cited(article)] == [
        ("superscript", "1"),
        ("superscript", "2,3"),
        ("superscript", "1-3"),
    ]
    assert cited(article)[0][0] == "page 1:1:12"
    assert "10 m² with 10⁶ cells" in prose(article)[0]
    assert [(one.label, one.text[:12]) for one in article.references] == [
        ("1", "Ku Y. Sleep "),
        ("2", "Dorn C, Farr"),
        ("3", "Ito K. Dark "),
    ]


def test_notes_stand_apart_and_those_that_print_references_cite(exact: Exact) -> None:
    notes = {
        1: [
            Part("^1^Measured twice in every hive.", 8),
            Part("^2^Ku Y. Sleep of bees. J Bees. 2019;4:12-19.", 8),
        ]
    }
    text = "The hives^1^ are dark. Bees sleep.^2^ "
    article = lay(Part(text + WORDS * 90), layout=Layout(notes=notes))
    exact(article)
    assert prose(article)[0] == "The hives1 are dark. Bees sleep.2 " + (WORDS * 90).strip()
    assert "Measured twice in every hive." in prose(article)
    assert [one.label for one in article.references] == ["^2"]
    assert [one[1:] for one in cited(article)] == [("footnote", "2")]


@pytest.mark.parametrize("style", ["bracketed", "hanging", "gaps"])
def test_entries_of_a_list_over_columns_and_pages(style: str, exact: Exact) -> None:
    names = ["Ku", "Dorn", "Farr", "Ito", "Abel", "Moss"]
    entries = [
        f"{name} Y, Ames K. Sleep of bees number {n} in hives that are dark. J Bees. 2019;4:12-19."
        for n, name in enumerate(names * 15)
    ]
    parts = [Part(WORDS * 20), Part("References", 12, bold=True, gap=12)]
    for n, entry in enumerate(entries, 1):
        if style == "bracketed":
            parts.append(Part(f"[{n}] {entry}", 9))
        elif style == "hanging":
            parts.append(Part(entry, 9, hang=12))
        else:
            parts.append(Part(entry, 9, gap=6))
    article = lay(*parts)
    exact(article)
    assert [one.text for one in article.references] == entries


# --------------------------------------------------------------------------- promises


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.text(st.characters(codec="cp1252"), min_size=1, max_size=90), min_size=1, max_size=6
    ),
    st.integers(1, 3),
)
def test_every_run_is_in_the_source_and_sentences_rejoin(texts: list[str], columns: int) -> None:
    parts = [Part(text, indent=12) for text in texts if text.split()]
    try:
        article = lay(*parts, layout=Layout(columns))
    except ReadError:
        return
    for block in article.blocks:
        end = 0
        for run in block.runs:
            assert run.text_start == end
            end += run.text_length
            assert 0 <= run.source_start <= run.source_start + run.source_length
            assert run.source_start + run.source_length <= len(article.source)
        assert end == len(block.text)
    joined: dict[int, str] = {}
    for sentence in sentences(article):
        assert article.blocks[sentence.block].span.contains(sentence.span)
        joined[sentence.block] = joined.get(sentence.block, "") + sentence.text
    for index, text in joined.items():
        assert "".join(text.split()) == "".join(article.blocks[index].text.split())


def test_same_bytes_same_article() -> None:
    data = typeset(Layout().pages([Part(WORDS * 50), *LIST]))
    assert read(data) == read(data)


def test_thirty_pages_of_two_columns_take_under_three_seconds() -> None:
    data = typeset(Layout().pages(Part(WORDS * 8, indent=12) for _ in range(210)), packed=True)
    assert len(Layout().pages(Part(WORDS * 8, indent=12) for _ in range(210))) >= 28
    assert any(_cost(data) < 3 for _ in range(4))


def _cost(data: bytes) -> float:
    start = time.process_time()
    read(data)
    return time.process_time() - start


# --------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("data", "said", "next_step"),
    [
        (pdf([[]]), "no text layer", "OCR"),
        (pdf([]), "has no pages", "check"),
        (b"%PDF-1.7\n%rubbish", "is damaged", "viewer"),
        (pdf([["Bees sleep."]])[:300], "is damaged", "viewer"),
        (b"GIF89a", "is no PDF", "check"),
        (b"", "is no PDF", "check"),
        (file_of(["BT ET " + " " * 41_000_000], packed=True), "unpacks to far more", "not read"),
    ],
)
def test_what_is_refused(data: bytes, said: str, next_step: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(data)
    assert caught.value.message.startswith("a.pdf: ")
    assert said in caught.value.message
    assert next_step in caught.value.hint


def test_without_the_extra_the_message_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(ReadError, match="an extra that is not installed") as caught:
        read(pdf([["Bees sleep."]]))
    assert "pip install 'exocite[pdf]'" in caught.value.hint


def test_limits_of_a_whole_file(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf([["Bees sleep."]] * 5)
    monkeypatch.setattr(drawing, "MAX_PIECES", 3)
    with pytest.raises(ReadError, match="strings"):
        read(data)
    monkeypatch.setattr(drawing, "MAX_CONTENT", 20_000)
    with pytest.raises(ReadError, match="draw far more"):
        read(data)


LINE = drawn(Drawn(60, 700, "Bees sleep in the dark hive.")) + "\n"


@pytest.mark.parametrize(
    "content",
    [
        LINE + "(" * 50_000,
        LINE + "[" * 50_000,
        LINE + "<" * 50_000,
        LINE + "<<" * 50_000,
        LINE + "BI ID x " * 20_000,
        "q " * 50_000 + LINE,
        "Q " * 50_000 + LINE,
        LINE + "1 " * 50_000,
        "%" * 50_000 + "\n" + LINE,
        LINE + "BT /F1 nan Tf 1 0 0 1 inf 7 Tm (x) Tj /F1 1e400 Tf (x) Tj /F9 3 Tf (x) Tj Tf Td cm",
        LINE + "/X0 Do /X9 Do Do",
        "\0".join(LINE.split(" ")),
    ],
)
def test_broken_content_still_shows_its_text(content: str) -> None:
    forms = ["/X0 Do " * 2 + "/X1 Do " * 9, "/X0 Do " * 9]
    other = drawn(Drawn(60, 500, "Another page."))
    texts = [block.text for block in read(file_of([content, other], forms=forms)).blocks]
    assert texts[0].startswith("Bees sleep in the dark hive.")


def test_a_page_tree_that_loops_ends() -> None:
    data = pdf([["Bees sleep."]]).replace(b"/Type /Page /Parent 2 0 R", b"/Kids [2 0 R] /Count 1  ")
    with pytest.raises(ReadError):
        read(data)


def test_text_from_right_to_left_is_put_in_the_order_of_reading() -> None:
    shown = "שלום עולם 42"[::-1].replace("24", "42")
    assert cleaned("ef\ufb01cient\0 bees") == "efficient bees"
    assert logical(shown) == "שלום עולם 42"
    assert logical("Bees (sleep) 42") == "Bees (sleep) 42"


@settings(max_examples=60, deadline=None)
@given(st.data(), st.integers(1, 30), st.binary(max_size=30))
def test_a_damaged_file_ends_in_text_or_in_a_message(
    data: st.DataObject, length: int, junk: bytes
) -> None:
    good = typeset(Layout().pages([Part(WORDS * 4)]))
    place = data.draw(st.integers(0, len(good) - 1))
    message = "a.pdf: "
    try:
        read(good[:place] + junk + good[place + length :])
    except ReadError as error:
        message = error.message
    assert message.startswith("a.pdf: ")


@pytest.mark.parametrize(
    "unit",
    ["(", "[", "BI ID ", "1 ", "q ", LINE, "BT /F1 9 Tf 7 7 Td [(a) -300 (b)] TJ ET\n"],
)
def test_twice_the_content_takes_twice_the_time(unit: str) -> None:
    def cost(size: int) -> float:
        return _cost(file_of([LINE + unit * (size // len(unit))], packed=True))

    assert_linear(cost, 40_000, factor=2)
