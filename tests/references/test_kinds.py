"""What the shipped model and the rules after it read of works that exist, style by style.

kinds.txt holds them: "# name" begins a style or a kind, a line a reference, and an indented line a
field of it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from exocite.model import Name, ParsedReference
from exocite.references.parse import parse
from exocite.references.tagging import ReferenceModel
from exocite.weights import reference_model

Wanted = dict[str, str]


def _table() -> dict[str, list[tuple[str, Wanted]]]:
    found: dict[str, list[tuple[str, Wanted]]] = {}
    text = Path(__file__).with_name("kinds.txt").read_text(encoding="utf-8")
    for part in text.split("\n# ")[1:]:
        name, *lines = part.rstrip().split("\n")
        rows = found.setdefault(name, [])
        for line in lines:
            if line.startswith("    "):
                field, _, value = line.strip().partition(":")
                rows[-1][1][field] = value.strip()
            elif line:
                rows.append((line, {}))
    return found


TABLE = _table()
STYLES = ("MLA", "APA", "AMA", "Vancouver", "IEEE", "Chicago", "Harvard", "Nature", "ACS")
KINDS = ("book", "chapter", "thesis", "report", "web page", "dataset")
# A body without a telling word, and a repository behind a title, are taken for parts of the title.
MISREAD = {"dataset 1", "dataset 3"}
ROWS = [
    pytest.param(
        raw,
        wanted,
        id=(id_ := f"{name} {number}"),
        marks=[pytest.mark.xfail(strict=True)] if id_ in MISREAD else [],
    )
    for name, rows in TABLE.items()
    for number, (raw, wanted) in enumerate(rows, 1)
]


@cache
def _model() -> ReferenceModel:
    return reference_model()


def _shown(name: Name) -> str:
    return name.literal or " ".join(filter(None, (name.particle, name.family)))


def _value(read: ParsedReference, field: str) -> str:
    if field == "authors":
        return "|".join(map(_shown, read.authors))
    return str(getattr(read, field))


@pytest.mark.parametrize(("raw", "wanted"), ROWS)
def test_fields(raw: str, wanted: Wanted) -> None:
    read = parse(raw, _model())
    assert {field: _value(read, field) for field in wanted} == wanted


def test_four_of_each() -> None:
    assert set(TABLE) == {*STYLES, *KINDS}
    assert min(map(len, TABLE.values())) >= 4


@pytest.mark.parametrize("name", STYLES)
def test_wrapped_over_lines(name: str) -> None:
    for raw, _ in TABLE[name]:
        words = raw.split(" ")
        wrapped = "".join(
            word + ("\n    " if number % 7 == 6 else " ") for number, word in enumerate(words)
        ).strip()
        before, after = parse(raw, _model()), parse(wrapped, _model())
        assert (before.title, before.container, before.pages) == (
            after.title,
            after.container,
            after.pages,
        )
