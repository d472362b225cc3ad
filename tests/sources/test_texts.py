from __future__ import annotations

from pathlib import Path

import pytest

from exocite.model import Outcome, Reference, WorkRecord
from exocite.sources import files, is_prose
from exocite.sources.parsed import MAX_TEXT
from exocite.text import digest
from tests.sources.held import texts


def reference(**fields: str) -> Reference:
    return Reference("ku2023", "article", {"title": "A title", **fields})


def record(abstract: str) -> WorkRecord:
    return WorkRecord("ku2023", Outcome.MATCHED, "", "2024-01-01", "Crossref", abstract=abstract)


def found(*args: object) -> list[tuple[str, str, str]]:
    return [(text.field, text.text, text.locator) for text in texts(*args)]


def test_a_reference_without_any_text_gives_nothing() -> None:
    assert texts(reference(), None, None) == ()
    assert texts(reference(abstract="  \n"), record(""), None) == ()


def test_the_registry_s_abstract_comes_before_the_entry_s() -> None:
    entry = reference(abstract="From the entry.")
    assert found(entry, record("From the registry."), None) == [
        ("abstract", "From the registry.", "")
    ]
    assert found(entry, record(""), None) == [("abstract", "From the entry.", "")]
    assert found(entry, None, None) == [("abstract", "From the entry.", "")]


def test_every_text_bears_its_key_and_hash() -> None:
    (text,) = texts(reference(abstract=" Ünï. "), None, None)
    assert text.key == "ku2023"
    assert text.text == "Ünï."
    assert text.hash == digest("Ünï.")


def test_notes_of_the_user() -> None:
    entry = reference(annote="Reviews twenty trials.", annotation="Says little of dosage.")
    assert found(entry, None, None) == [
        ("annote", "Reviews twenty trials.", ""),
        ("annotation", "Says little of dosage.", ""),
    ]


def test_the_same_note_twice_is_one() -> None:
    entry = reference(annote="Reviews twenty trials.", annotation="Reviews  twenty trials.")
    assert [text.field for text in texts(entry, None, None)] == ["annote"]


@pytest.mark.parametrize(
    ("note", "prose"),
    [
        ("The authors report on page 4 that most samples were too old to use.", True),
        ("Accessed 12 May 2023.", False),
        ("PMID: 12345", False),
        ("Available at https://example.org/a/very/long/path/that/goes/on/and/on.html.", False),
        ("in press, to appear in the proceedings of the ninth workshop on bees", False),
        ("", False),
    ],
)
def test_note_counts_only_where_it_reads_like_prose(note: str, prose: bool) -> None:
    assert is_prose(note) is prose
    assert [text.field for text in texts(reference(note=note), None, None)] == ["note"] * prose


def test_attached_files_are_found_by_the_citekey(tmp_path: Path) -> None:
    for name in (
        *("ku2023.txt", "ku2023.methods.txt", "ku2023.md", "ku2023.p. 4.md"),
        *("ku2023a.txt", "ku2023.pdf", "other.txt", "ku2023txt", "KU2023.txt.bak"),
    ):
        (tmp_path / name).write_text(f"Text of {name}.", encoding="utf-8")
    (tmp_path / "ku2023.folder.txt").mkdir()
    assert found(reference(), None, tmp_path) == [
        ("file", f"Text of {name}.", name)
        for name in ("ku2023.md", "ku2023.methods.txt", "ku2023.p. 4.md", "ku2023.txt")
    ]


def test_a_citekey_is_no_pattern_and_no_path(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "secret.txt").write_text("Secret.", encoding="utf-8")
    (tmp_path / "sources" / "ku2023.txt").write_text("Open.", encoding="utf-8")
    for key in ("../secret", "*", "ku20[0-9]*", ""):
        assert texts(Reference(key, "misc", {}), None, tmp_path / "sources") == ()


def test_a_missing_folder_is_no_error(tmp_path: Path) -> None:
    assert texts(reference(), None, tmp_path / "nothing") == ()


def test_line_ends_and_byte_order_mark_do_not_count(tmp_path: Path) -> None:
    (tmp_path / "ku2023.txt").write_bytes("\ufeffOne.\r\nTwo.\rThree.\n".encode())
    assert found(reference(), None, tmp_path) == [("file", "One.\nTwo.\nThree.\n", "ku2023.txt")]


def test_an_empty_file_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "ku2023.txt").write_bytes(b" \n")
    assert texts(reference(), None, tmp_path) == ()


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    (tmp_path / "ku2023.txt").write_bytes("A line.\nCafé".encode("latin-1"))
    (file,) = files("ku2023", tmp_path, ())
    assert file.problem is not None
    assert file.problem.message.endswith("ku2023.txt:2: is not UTF-8: byte 0xe9 cannot be read")
    assert "UTF-8" in file.problem.hint
    assert texts(reference(note="A note of mine on what this very long work says."), None, tmp_path)


def test_a_file_that_is_too_large_is_named(tmp_path: Path) -> None:
    with (tmp_path / "ku2023.txt").open("wb") as file:
        file.truncate(MAX_TEXT + 1)
    (found_file,) = files("ku2023", tmp_path, ())
    assert found_file.problem is not None
    assert "larger than 20 MB" in found_file.problem.message
