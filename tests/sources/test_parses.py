import json
from hashlib import sha256
from pathlib import Path

import pytest

from exocite.sources import files, parses, shelf
from exocite.sources.parsed import Parsed, Part
from exocite.sources.parses import Parses

CONTENT = "ab" * 32
HELD = Parsed((Part("Bees sleep.", "p. 1"), Part("\ud800 …", "p. 2", "abstract")), ("a note",))


def kept(folder: Path) -> Parses:
    held = Parses(folder)
    held.put(CONTENT, "PDF", HELD)
    return held


def test_what_was_put_is_found_and_nothing_else(tmp_path):
    held = kept(tmp_path)
    assert held.get(CONTENT, "PDF") == HELD
    assert held.get(CONTENT, "HTML") is None
    assert held.get("cd" * 32, "PDF") is None
    assert len(list((tmp_path / "texts").iterdir())) == 1


def test_without_a_folder_nothing_is_kept(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert kept(None).get(CONTENT, "PDF") is None
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("place", [0, 40, 70, 90, -1])
def test_a_changed_byte_is_never_trusted(tmp_path, place):
    held = kept(tmp_path)
    (path,) = (tmp_path / "texts").iterdir()
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    assert held.get(CONTENT, "PDF") is None


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"[" * 100_000, b'{"version": 1}', b"\xff"])
def test_what_has_the_right_sum_and_is_no_parse_is_read_anew(tmp_path, body):
    held = kept(tmp_path)
    (path,) = (tmp_path / "texts").iterdir()
    path.write_bytes(sha256(body).hexdigest().encode() + b"\n" + body)
    assert held.get(CONTENT, "PDF") is None


def test_another_version_is_read_anew(tmp_path, monkeypatch):
    kept(tmp_path)
    monkeypatch.setattr(parses, "VERSION", "other")
    assert Parses(tmp_path).get(CONTENT, "PDF") is None


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path):
    (tmp_path / "texts").write_text("in the way", encoding="utf-8")
    assert kept(tmp_path).get(CONTENT, "PDF") is None


def test_a_file_is_parsed_once_and_again_when_it_changes(tmp_path, monkeypatch):
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "ku.md").write_text("Bees sleep five hours.", encoding="utf-8")
    calls = []
    real = shelf.parse
    monkeypatch.setattr(shelf, "parse", lambda *given: calls.append(given) or real(*given))
    first = files("ku", folder, (), Parses(tmp_path))
    assert files("ku", folder, (), Parses(tmp_path)) == first
    assert len(calls) == 1
    (folder / "ku.md").write_text("Bees sleep six hours.", encoding="utf-8")
    (changed,) = files("ku", folder, (), Parses(tmp_path))
    assert "six" in changed.texts[0].text
    assert len(calls) == 2


def test_it_is_json_that_a_person_can_look_at(tmp_path):
    kept(tmp_path)
    (path,) = (tmp_path / "texts").iterdir()
    assert json.loads(path.read_text(encoding="ascii").partition("\n")[2])["notes"] == ["a note"]
