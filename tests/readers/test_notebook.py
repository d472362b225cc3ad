"""Notebooks: Markdown cells as one article, each cell a place of its own."""

from __future__ import annotations

import contextlib
import json
import re
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exocite import readers
from exocite.claims import citations
from exocite.errors import ExociteError, ReadError
from exocite.model import Article, Place
from exocite.text import Lines
from tests.documents import notebook
from tests.timing import assert_linear

CELLS = (
    ("markdown", "# Why skin ages\n\nBy Ana Ruiz"),
    ("code", "x = '[@ku2023]'\nprint(x)"),
    ("markdown", "Smoke ages\r\nthe *skin* by 20 % [@ku2023, p. 3].\n\nSee [it](https://doi.org/10.1000/a)."),
    ("raw", "[@ito2020]"),
    ("markdown", ""),
    ("markdown", "## References\n\n1. Ruiz A. J Skin 2019;4:11.\n2. Ito K. Derm 2020;8:1."),
)  # fmt: skip


def read(*cells: tuple[str, str]) -> Article:
    return readers.read("a.ipynb", notebook(*cells))


def shape(article: Article) -> list[tuple[str, str, str]]:
    lines = Lines(article.source, article.places)
    return [
        (
            "{}:{}:{}".format(lines.place(b.span.start), *lines.position(b.span.start)),
            b.kind.value,
            b.text,
        )
        for b in article.blocks
    ]


def test_a_notebook(exact: Callable[[Article], None]) -> None:
    article = read(*CELLS)
    exact(article)
    assert article.format == "jupyter"
    assert shape(article) == [
        ("cell 0:1:3", "title", "Why skin ages"),
        ("cell 0:3:1", "byline", "By Ana Ruiz"),
        ("cell 1:1:1", "code", "x = '[@ku2023]'\nprint(x)"),
        ("cell 2:1:1", "paragraph", "Smoke ages the skin by 20 % [@ku2023, p. 3]."),
        ("cell 2:4:1", "paragraph", "See it."),
        ("cell 3:1:1", "metadata", "[@ito2020]"),
        ("cell 5:1:4", "heading", "References"),
        ("cell 5:3:4", "reference", "Ruiz A. J Skin 2019;4:11."),
        ("cell 5:4:4", "reference", "Ito K. Derm 2020;8:1."),
    ]
    assert [place.name for place in article.places] == [f"cell {n}" for n in range(6)]
    assert [one.label for one in article.references] == ["1", "2"]
    lines = Lines(article.source, article.places)
    found = citations.find(article)
    assert [(c.kind.value, c.items[0].label, c.items[0].locator) for c in found] == [
        ("pandoc", "ku2023", "p. 3"),
        ("link", "10.1000/a", ""),
    ]
    first, link = (one.items[0].span for one in found)
    assert (lines.place(first.start), *lines.position(first.start)) == ("cell 2", 2, 22)
    assert (lines.place(link.start), *lines.position(link.start)) == ("cell 2", 4, 26)
    assert "output" not in article.source


def test_a_definition_of_a_link_holds_in_its_cell() -> None:
    article = read(
        ("markdown", "A [study] of skin.\n\n[study]: https://doi.org/10.1000/here"),
        ("markdown", "A [study] of hair."),
    )
    assert [c.items[0].label for c in article.citations] == ["10.1000/here"]
    assert shape(article)[-1] == ("cell 1:1:1", "paragraph", "A [study] of hair.")


def test_a_note_is_its_own_cells() -> None:
    article = read(
        ("markdown", "Smoke ages skin.[^1]\n\n[^1]: Ruiz A. Collagen. J Skin 2019;4:11."),
        ("markdown", "Sun ages skin.[^1]\n\n[^1]: Ito K. Sun. Derm 2020;8:1."),
        ("markdown", "Salt ages skin.[^1]\n\n[^1]: So says [@mo2021]."),
    )
    assert {one.label: one.text[:3] for one in article.references} == {
        "^1": "Rui",
        "^1 (cell 1)": "Ito",
    }
    found = [(c.kind.value, c.items[0].label) for c in citations.find(article)]
    assert found == [
        ("footnote", "^1"),
        ("footnote", "^1 (cell 1)"),
        ("footnote", "^1 (cell 2)"),
        ("pandoc", "mo2021"),
    ]


def test_numbered_definitions_and_raised_numbers() -> None:
    article = read(
        ("markdown", "Smoke ages skin.<sup>1</sup> Sun too.<sup>2</sup>"),
        ("markdown", "[1]: https://a.example/smoke\n[2]: https://a.example/sun"),
        ("markdown", "[1]: https://b.example/other"),
    )
    assert [c.items[0].label for c in article.citations] == ["1", "2"]
    assert [one.text for one in article.references] == [
        "https://a.example/smoke",
        "https://a.example/sun",
    ]


def test_what_would_hurt_a_terminal_or_a_file_is_replaced() -> None:
    cell = {"cell_type": "markdown", "source": "A\0 b \ud800 c."}
    data = json.dumps({"nbformat": 4, "cells": [cell]}).encode()
    assert readers.read("a.ipynb", data).source == "A\ufffd b \ufffd c."


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{", "a.ipynb:1:2: is no notebook: it is not JSON"),
        (b'{"cells": [\n<<<<<<< HEAD\n', "a.ipynb:2:1: is no notebook: it is not JSON"),
        (b"[" * 100_000, "a.ipynb: is no Jupyter notebook"),
        (b"[1]", "its JSON holds no object"),
        (b'{"a": ' + b"1" * 5000 + b"}", "a.ipynb: is no Jupyter notebook"),
        (b"{}", "it lacks `nbformat` or `cells`"),
        (b'{"nbformat": 4, "cells": 3}', "it lacks `nbformat` or `cells`"),
        (b'{"nbformat": 3, "worksheets": []}', "is a notebook of format 3, and format 4 is read"),
        (b'{"nbformat": 4, "cells": [1]}', "its cell 0 is none"),
        (b'{"nbformat": 4, "cells": [{"cell_type": "markdown", "source": [1]}]}', "has no text"),
        (notebook(("markdown", " \n")), "a.ipynb: is empty"),
        (b"", "a.ipynb: is empty"),
        (b"\x89PNG\r\n", "is a PNG image"),
    ],
)
def test_what_is_no_notebook(data: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=re.escape(said)) as caught:
        readers.read("a.ipynb", data)
    assert caught.value.hint
    assert "\n" not in caught.value.message


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.just(4),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["nbformat", "cells", "cell_type", "source", "x"]), inner, max_size=5
        )
    ),
    max_leaves=20,
)
TEXTS = st.lists(
    st.tuples(
        st.sampled_from(["markdown", "code", "raw", "other"]),
        st.text("ab \n\r#*[]^:@1.<>`$\t\0", max_size=60),
    ),
    max_size=5,
)


@settings(max_examples=60)
@given(JSON)
def test_any_json_is_read_or_refused(document: object) -> None:
    with contextlib.suppress(ReadError):
        readers.read("a.ipynb", json.dumps(document).encode())


@settings(max_examples=60)
@given(TEXTS)
def test_every_offset_is_one_of_its_cell(cells: list[tuple[str, str]]) -> None:
    try:
        article = read(*cells)
    except ExociteError:
        assert not "".join(text for _, text in cells).strip()
        return
    lines = Lines(article.source, article.places)
    for block in article.blocks:
        line, column = lines.position(block.span.start)
        number = int(lines.place(block.span.start).removeprefix("cell "))
        text = cells[number][1].replace("\0", "\ufffd")
        start = Lines(text).offset(line, column)
        assert text[start] == article.source[block.span.start]


def test_many_cells_take_linear_time() -> None:
    def cost(size: int) -> float:
        cells = [("markdown", "Smoke ages [@ku2023] skin.[^1]\n\n[^1]: A.")] * size
        data = notebook(*cells)
        begun = time.process_time()
        citations.find(readers.read("a.ipynb", data))
        return time.process_time() - begun

    assert_linear(cost, 60)


def test_places_of_a_text() -> None:
    lines = Lines("ab\nc\n\nde\rf", (Place(0, "one"), Place(4, "two"), Place(6, "three")))
    found = [(lines.place(at), *lines.position(at)) for at in range(10)]
    assert found == [
        ("one", 1, 1),
        ("one", 1, 2),
        ("one", 1, 3),
        ("one", 2, 1),
        ("two", 1, 1),
        ("two", 2, 1),
        ("three", 1, 1),
        ("three", 1, 2),
        ("three", 1, 3),
        ("three", 2, 1),
    ]
