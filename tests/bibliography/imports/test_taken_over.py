"""BibTeX of other programs is taken over letter by letter, its macros filled in."""

from __future__ import annotations

from pathlib import Path

import pytest

from exocite.bibliography.document import Document
from exocite.bibliography.imports.additions import Additions

FOLDER = Path(__file__).parent / "taken_over"
BEFORE = b"% mine\r\n@book{mine, title = {Mine}}\r\n"


def taken(path: Path) -> str:
    """The library with the entries of the file behind its own; its line ends are CRLF."""
    other, additions = (
        Document.parse(path.read_bytes(), path.name),
        Additions(Document.parse(BEFORE)),
    )
    assert other.problems == ()
    for reference in other.references:
        additions.append(other.standalone(reference.key))
    after = additions.document.data
    assert after.startswith(BEFORE)
    assert after.count(b"\n") == after.count(b"\r\n")
    return after.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("name", ["biblatex.bib", "better.bib"])
def test_a_file_becomes_this_bibliography(name: str) -> None:
    assert taken(FOLDER / name) == (FOLDER / f"{name}.expected").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["biblatex.bib", "better.bib"])
def test_every_entry_means_what_it_meant(name: str) -> None:
    before = Document.parse((FOLDER / name).read_bytes())
    after = {one.key: one for one in Document.parse(taken(FOLDER / name).encode()).references}
    for one in before.references:
        assert dict(after[one.key].fields) == dict(one.fields)
        assert dict(after[one.key].inherited) == dict(one.inherited)
