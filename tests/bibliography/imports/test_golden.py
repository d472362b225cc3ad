"""Each format: a file as other programs write it, and the .bib file that comes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from exocite.bibliography.document import Document
from exocite.bibliography.imports import Broken, Imported, detect
from exocite.bibliography.imports.additions import Additions

GOLDEN = Path(__file__).parent / "golden"
FILES = sorted(path for path in GOLDEN.iterdir() if path.suffix != ".bib")
FORMATS = {
    "journal.ris": "ris",
    "books.ris": "ris",
    "article.nbib": "nbib",
    "records.xml": "endnote",
    "library.rdf": "zotero-rdf",
    "zotero.json": "better-bibtex",
    "items.json": "csl-json",
    "list.txt": "ids",
}


def imported(text: str) -> str:
    """The entries as BibTeX, and below them what else was found, as comments."""
    format_ = detect(text)
    assert format_ is not None
    additions, said = Additions(Document.parse(b"")), []
    for number, record in enumerate(format_.read(text), 1):
        if isinstance(record, Imported):
            refused = additions.add(record.type, record.key or f"made{number}", record.fields)
            assert not refused
            said += [f"% {record.line}: left {', '.join(record.left)}"] if record.left else []
        elif isinstance(record, Broken):
            said.append(f"% {record.line}: broken: {record.reason}")
        else:
            said.append(f"% {record.line}: wanted: {record.scheme} {record.value}")
    return additions.document.text + "".join(f"{line}\n" for line in said)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_becomes_this_bibliography(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    expected = Path(f"{path}.bib").read_text(encoding="utf-8")
    assert imported(text) == expected


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_format_is_known_by_its_content(path: Path) -> None:
    format_ = detect("\ufeff\n" + path.read_text(encoding="utf-8") if path.suffix != ".xml" else
                     path.read_text(encoding="utf-8"))  # fmt: skip
    assert format_ is not None
    assert (format_.name, path.suffix in format_.suffixes) == (FORMATS[path.name], True)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_line_ends_of_other_systems_make_no_difference(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert imported(text.replace("\n", "\r\n")) == imported(text)
