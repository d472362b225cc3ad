"""A large bibliography is read with what the last run kept of it, and is the same without."""

from pathlib import Path

import pytest

from benchmarks.bibtex import library as generated
from exocite.bibliography.document import Document
from exocite.project import library

DATA = generated(500).encode()


def read(folder: Path, data: bytes = DATA) -> Document:
    document = library.read(data, "refs.bib", folder)
    anew = Document.parse(data, "refs.bib")
    assert document.data == data
    assert document._chunks == anew._chunks
    return document


def test_a_large_one_is_kept_and_a_small_one_is_not(tmp_path: Path) -> None:
    read(tmp_path, b"@misc{a, x = {1}}\n")
    assert not [*tmp_path.iterdir()]
    read(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [library.FILE]


def test_it_is_written_again_only_where_much_is_new(tmp_path: Path) -> None:
    document = read(tmp_path)
    before = (tmp_path / library.FILE).read_bytes()
    read(tmp_path)
    read(tmp_path, document.set_field("key7", "title", "Another").data)
    assert (tmp_path / library.FILE).read_bytes() == before
    read(tmp_path, generated(500, seed=1).encode())
    assert (tmp_path / library.FILE).read_bytes() != before


@pytest.mark.parametrize("content", [b"", b"nonsense", b"exocite blocks 1\n" + b"\0" * 100])
def test_a_damaged_one_is_not_trusted_and_replaced(tmp_path: Path, content: bytes) -> None:
    read(tmp_path)
    path = tmp_path / library.FILE
    whole = path.read_bytes()
    for damaged in (content, whole[:-1], whole.replace(b"\x01", b"\x02", 1)):
        path.write_bytes(damaged)
        read(tmp_path)
        assert path.read_bytes() == whole


def test_a_folder_that_cannot_be_written_is_no_matter(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    read(tmp_path / "file")
    (tmp_path / library.FILE).mkdir()
    read(tmp_path)
    assert (tmp_path / library.FILE).is_dir()
