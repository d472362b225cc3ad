"""bib/sources/sources.jsonl: one line a file, in order, and foreign lines kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from exocite.model import Attachment
from exocite.records import RecordError, attachment, object_of, to_line
from exocite.store import ATTACHED, Store

ONE = Attachment("ku2023", "ku2023.txt", "ab12", "2024-05-01T00:00:00Z", "text", note="by phone")
TWO = Attachment("ada2020", "ada2020.paper.pdf", "cd34", "2024-05-02T00:00:00Z", "PDF")


def test_a_line_survives() -> None:
    assert to_line(ONE) == (
        '{"key": "ku2023", "file": "ku2023.txt", "sha256": "ab12", '
        '"attached": "2024-05-01T00:00:00Z", "kind": "text", "note": "by phone"}'
    )
    assert attachment(object_of(to_line(ONE))) == ONE


def test_where_a_fetched_text_comes_from_is_kept() -> None:
    fetched = replace(ONE, origin="https://archive.example/PMC1/fullTextXML", licence="cc by")
    line = to_line(fetched)
    assert '"origin": "https://archive.example/PMC1/fullTextXML", "licence": "cc by"}' in line
    assert attachment(object_of(line)) == fetched
    with pytest.raises(RecordError, match="licence is not a text"):
        attachment(object_of(line) | {"licence": ["cc by"]})


@pytest.mark.parametrize(
    "file", ["../x.txt", "a/b.txt", "a\\b.txt", "C:x.txt", "..", ".", "x\n.txt", " x.txt", "x.txt."]
)
def test_a_path_is_no_file_of_the_folder(file: str) -> None:
    line = object_of(to_line(ONE)) | {"file": file}
    with pytest.raises(RecordError, match="file is"):
        attachment(line)


@pytest.mark.parametrize("missing", ["key", "file", "kind"])
def test_what_a_line_must_say(missing: str) -> None:
    line = object_of(to_line(ONE))
    del line[missing]
    with pytest.raises(RecordError, match=f"{missing} is missing"):
        attachment(line)


def test_the_file_is_sorted_and_keeps_what_it_does_not_know(tmp_path: Path) -> None:
    store = Store(tmp_path)
    path = tmp_path / ATTACHED
    path.parent.mkdir()
    later = to_line(ONE)[:-1] + ', "shelf": "B 12"}'
    path.write_text(f"{later}\nno JSON\n", encoding="utf-8")
    log = store.attachments()
    assert log.items == (ONE,)
    assert [problem.line for problem in log.problems] == [2]
    store.write_attachments([*log.items, TWO])
    assert path.read_text("utf-8") == f"{to_line(TWO)}\n{later}\nno JSON\n"


def test_removing_a_file_that_is_gone_is_no_error(tmp_path: Path) -> None:
    store = Store(tmp_path)
    (tmp_path / "x.txt").write_bytes(b"x")
    store.remove(tmp_path / "x.txt")
    store.remove(tmp_path / "x.txt")
    assert not (tmp_path / "x.txt").exists()
