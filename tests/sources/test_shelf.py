"""Which files belong to a reference, and how they stand to what was recorded."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from exocite.model import Attachment, Reference
from exocite.sources import Basis, File, FileState, basis, every, files
from exocite.sources.shelf import names, strays
from tests.fakes.pdf import pdf
from tests.links import link_to
from tests.sources.held import texts

TEXT = b"Bees sleep.\nFive hours.\n"


def attachment(file: str, data: bytes = TEXT, *, key: str = "ku2023", **more: str) -> Attachment:
    kinds = {".txt": "text", ".md": "Markdown", ".pdf": "PDF", ".html": "HTML", ".xml": "JATS"}
    kind = kinds[Path(file).suffix]
    return Attachment(key, file, sha256(data).hexdigest(), "2024-05-01T00:00:00Z", kind, **more)


def put(folder: Path, name: str, data: bytes = TEXT) -> None:
    (folder / name).write_bytes(data)


def one(folder: Path, *attachments: Attachment) -> File:
    (file,) = files("ku2023", folder, attachments)
    return file


def test_an_attached_file_belongs_to_its_reference_alone(tmp_path: Path) -> None:
    put(tmp_path, "ku2023.a.txt")
    recorded = [attachment("ku2023.a.txt", key="ku2023.a")]
    assert files("ku2023", tmp_path, recorded) == ()
    assert [file.name for file in files("ku2023.a", tmp_path, recorded)] == ["ku2023.a.txt"]


@pytest.mark.parametrize(
    ("data", "state"),
    [
        (TEXT, FileState.SAME),
        (TEXT.replace(b"\n", b"\r\n"), FileState.SAME),
        (TEXT.replace(b"Five", b"Nine"), FileState.CHANGED),
        (b"", FileState.CHANGED),
    ],
)
def test_a_file_that_changed_is_told_and_still_read(
    tmp_path: Path, data: bytes, state: FileState
) -> None:
    put(tmp_path, "ku2023.txt", data)
    file = one(tmp_path, attachment("ku2023.txt"))
    assert file.state is state
    assert file.sha256 == sha256(data).hexdigest()
    assert bool(file.texts) is bool(data)


def test_line_ends_that_were_attached_with_cr_and_came_back_without(tmp_path: Path) -> None:
    put(tmp_path, "ku2023.txt", TEXT)
    recorded = attachment("ku2023.txt", TEXT.replace(b"\n", b"\r\n"))
    assert one(tmp_path, recorded).state is FileState.SAME


def test_in_a_pdf_line_ends_count(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    data = pdf([["Bees sleep."]])
    put(tmp_path, "ku2023.pdf", data + b"\r\n")
    recorded = attachment("ku2023.pdf", data + b"\n")
    assert one(tmp_path, recorded).state is FileState.CHANGED


def test_a_missing_file_is_told_and_is_no_text(tmp_path: Path) -> None:
    file = one(tmp_path, attachment("ku2023.txt"))
    assert (file.state, file.texts, file.problem) == (FileState.MISSING, (), None)
    assert texts(Reference("ku2023", "misc", {}), None, tmp_path, [attachment("ku2023.txt")]) == ()


def test_a_file_of_two_keys_belongs_to_the_longer_one(tmp_path: Path) -> None:
    put(tmp_path, "aa.b.txt")
    put(tmp_path, "aa.c.txt")
    keys = ["aa", "aa.b"]
    assert names("aa", tmp_path, (), keys) == ("aa.c.txt",)
    assert names("aa.b", tmp_path, (), keys) == ("aa.b.txt",)


def test_all_references_at_once_have_what_each_has_alone(tmp_path: Path) -> None:
    for name in ("aa.txt", "aa.b.txt", "aa.c.txt", "aa.b.c.md", "b.txt", "other.exe", "aa.b.exe"):
        put(tmp_path, name)
    keys = ["aa", "aa.b", "b", "c"]
    recorded = [attachment("b.txt"), replace(attachment("gone.txt"), key="c")]
    alone = {key: files(key, tmp_path, recorded, keys=keys) for key in keys}
    assert every(keys, tmp_path, recorded) == alone
    assert [file.name for file in alone["aa.b"]] == ["aa.b.c.md", "aa.b.txt"]
    assert [file.state for file in alone["c"]] == [FileState.MISSING]


def test_what_cannot_be_read_is_told_and_has_no_text(tmp_path: Path) -> None:
    put(tmp_path, "ku2023.txt", b"\xff\x00")
    file = one(tmp_path)
    assert file.problem is not None
    assert "ku2023.txt" in file.problem.message
    assert texts(Reference("ku2023", "misc", {}), None, tmp_path) == ()
    assert basis((), unread=True) is Basis.NOT_READ


def test_a_kind_of_a_later_version(tmp_path: Path) -> None:
    put(tmp_path, "ku2023.epub")
    later = Attachment("ku2023", "ku2023.epub", "", "", "EPUB")
    problem = one(tmp_path, later).problem
    assert problem is not None
    assert "this version does not know" in problem.message


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    put(tmp_path, "secret.txt", b"Secret.")
    put(folder, "other.txt")
    link_to(folder / "ku2023.txt", "../secret.txt")
    problem = one(folder).problem
    assert problem is not None
    assert "leads out of" in problem.message
    (folder / "ku2023.txt").unlink()
    link_to(folder / "ku2023.txt", "other.txt")
    assert one(folder).texts[0].text == TEXT.decode()
    (folder / "ku2023.txt").unlink()
    link_to(folder / "ku2023.txt", "ku2023.txt")
    assert one(folder).problem is not None


def test_places_name_the_file_only_where_they_must(tmp_path: Path) -> None:
    put(tmp_path, "ku2023.md", b"Bees.\n\n# Results\n\nThey sleep.\n")
    assert [text.locator for text in one(tmp_path).texts] == ["ku2023.md", "Results"]
    said = attachment("ku2023.md", locator="chapter 3")
    assert [text.locator for text in one(tmp_path, said).texts] == [
        "chapter 3",
        "chapter 3, Results",
    ]
    put(tmp_path, "ku2023.notes.txt")
    found = [text for file in files("ku2023", tmp_path, ()) for text in file.texts]
    assert [text.locator for text in found] == [
        "ku2023.md",
        "ku2023.md, Results",
        "ku2023.notes.txt",
    ]
    assert [text.file for text in found] == ["ku2023.md", "ku2023.md", "ku2023.notes.txt"]
    assert {text.key for text in found} == {"ku2023"}


def test_an_abstract_that_is_known_is_not_told_twice(tmp_path: Path) -> None:
    data = (
        b"<article><front><article-meta><abstract><p>Bees  SLEEP.</p></abstract></article-meta>"
        b"</front><body><p>All of them.</p></body></article>"
    )
    put(tmp_path, "ku2023.xml", data)
    recorded = [attachment("ku2023.xml", data)]
    known = Reference("ku2023", "misc", {"abstract": "Bees sleep."})
    assert [text.text for text in texts(known, None, tmp_path, recorded)] == [
        "Bees sleep.",
        "All of them.",
    ]
    other = Reference("ku2023", "misc", {})
    found = texts(other, None, tmp_path, recorded)
    assert [(text.field, text.locator) for text in found] == [
        ("abstract", "abstract"),
        ("file", "body"),
    ]
    assert basis(found) is Basis.FULL_TEXT


@pytest.mark.parametrize(
    ("fields", "has_file", "expected"),
    [
        ({}, False, Basis.NO_TEXT),
        ({"annote": "Says little."}, False, Basis.NOTES_ONLY),
        ({"abstract": "Bees sleep."}, False, Basis.ABSTRACT_ONLY),
        ({"abstract": "Bees sleep.", "annote": "Says little."}, False, Basis.ABSTRACT_ONLY),
        ({"abstract": "Bees sleep."}, True, Basis.FULL_TEXT),
        ({}, True, Basis.FULL_TEXT),
    ],
)
def test_what_a_work_can_be_checked_against(
    tmp_path: Path, fields: dict[str, str], has_file: bool, expected: Basis
) -> None:
    if has_file:
        put(tmp_path, "ku2023.txt")
    assert basis(texts(Reference("ku2023", "misc", fields), None, tmp_path)) is expected


def test_files_of_no_reference(tmp_path: Path) -> None:
    for name in ("ku2023.txt", "ku2023.pdf", "gone.txt", "sources.jsonl", ".ku.x.tmp"):
        put(tmp_path, name)
    recorded = [attachment("gone.txt", key="gone2020")]
    found = dict(strays(tmp_path, ["ku2023"], recorded))
    assert set(found) == {"ku2023.pdf", "gone.txt"}
    assert "gone2020" in found["gone.txt"]
