"""Public .bib files that parsers trip over: nothing is altered, nothing lost without a word."""

from pathlib import Path

import pytest

from benchmarks.bibtex import diff_lines, library, silent_losses
from exocite.bibliography import Document
from exocite.errors import BibliographyError


def bib_files(shared: Path) -> list[Path]:
    folder = shared / "data" / "bibtex"
    return [path for path in sorted(folder.glob("*/*")) if path.suffix != ".tsv"]


def test_every_file_comes_back_and_loses_nothing(shared: Path) -> None:
    paths = bib_files(shared)
    assert len(paths) > 100
    for path in paths:
        data = path.read_bytes()
        document = Document.parse(data, path.name)
        assert document.data == data, path.name
        assert silent_losses(document) == [], path.name
        for reference in document.entries:
            assert all(isinstance(value, str) for value in reference.fields.values())


def test_every_file_can_be_edited_and_keeps_the_rest(shared: Path) -> None:
    refused = []
    for path in bib_files(shared):
        document = Document.parse(path.read_bytes(), path.name)
        for reference in document.references[:3]:
            try:
                edited = document.set_field(reference.key, "exocite", "Ünïcode & more")
                back = edited.remove_field(reference.key, "exocite")
            except BibliographyError as error:
                refused.append(f"{path.name}: {error.message}")
                continue
            assert diff_lines(document.data, edited.data) <= 2, path.name
            assert diff_lines(document.data, back.data) <= 1, path.name
            assert len(edited.blocks) == len(document.blocks)
    # The rest are keys that two entries bear.
    assert all("is the key of" in words for words in refused), refused


def test_a_generated_library_is_read_without_a_problem() -> None:
    data = library(150).encode()
    document = Document.parse(data)
    assert document.data == data
    assert document.problems == ()
    assert len(document.references) == 150
    assert silent_losses(document) == []
    edited = document.set_field("key75", "title", "Another title")
    assert diff_lines(data, edited.data) == 1


@pytest.mark.parametrize("text", ["x\n@article\n{a, b={c}}", "@foo-bar{a}", "@a{b"])
def test_the_measure_of_losses_can_fail(text: str) -> None:
    document = Document.parse(text.encode())
    assert silent_losses(document) == []
    document.__dict__["blocks"] = ()
    assert silent_losses(document) != []
