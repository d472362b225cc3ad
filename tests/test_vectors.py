from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite import vectors
from exocite.vectors import Vectors

ONE, TWO = b"\x00\x01" * 4, b"\x02\x03" * 4


def kept(path: Path) -> Vectors:
    held = Vectors(path)
    held.put("one", ONE)
    held.put("two", TWO)
    held.save()
    return held


def test_found_again_in_the_next_run(tmp_path):
    kept(tmp_path / "deep" / "v.bin")
    again = Vectors(tmp_path / "deep" / "v.bin")
    assert (again.get("one"), again.get("two"), again.get("three")) == (ONE, TWO, None)
    assert again.problem == ""
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["v.bin"]


def test_without_a_path_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    held = Vectors(None)
    held.put("one", ONE)
    held.save()
    assert held.get("one") == ONE
    assert not list(tmp_path.iterdir())


def test_nothing_new_is_not_written_again(tmp_path):
    path = tmp_path / "v.bin"
    kept(path)
    before = path.stat().st_mtime_ns
    again = Vectors(path)
    again.save()
    assert path.stat().st_mtime_ns == before


@given(place=st.integers(0, 10_000), value=st.integers(0, 255))
def test_a_changed_byte_never_gives_another_vector(tmp_path_factory, place, value):
    path = tmp_path_factory.mktemp("cache") / "v.bin"
    kept(path)
    data = bytearray(path.read_bytes())
    data[place % len(data)] = value
    path.write_bytes(data)
    again = Vectors(path)
    assert again.get("one") in {ONE, None}
    assert again.get("two") in {TWO, None}


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda data: data[:-3], "1 record is damaged"),
        (lambda data: data[:-1] + b"\x99", "1 record is damaged"),
        (lambda data: b"other" + data, "not a file of vectors"),
        (lambda _: b"", "not a file of vectors"),
    ],
)
def test_damage_is_said_and_the_rest_is_used(tmp_path, damage, said):
    path = tmp_path / "v.bin"
    kept(path)
    path.write_bytes(damage(path.read_bytes()))
    again = Vectors(path)
    assert said in again.problem
    assert again.get("two") is None
    again.put("two", TWO)
    again.save()
    assert Vectors(path).get("two") == TWO


def test_one_of_another_width_is_refused(tmp_path):
    with pytest.raises(ValueError, match="length"):
        kept(tmp_path / "v.bin").put("three", ONE + ONE)


def test_a_wrong_width_in_the_head_gives_no_vectors(tmp_path):
    path = tmp_path / "v.bin"
    kept(path)
    data = bytearray(path.read_bytes())
    data[len(vectors.MAGIC)] += 1
    path.write_bytes(data)
    held = Vectors(path)
    assert held.get("one") is None
    assert "damaged" in held.problem
    held.put("one", ONE)


def test_a_folder_in_its_place_is_said(tmp_path):
    (tmp_path / "v.bin").mkdir()
    held = Vectors(tmp_path / "v.bin")
    assert "cannot be read" in held.problem
    held.put("one", ONE)
    held.save()
    assert "not kept" in held.problem
    assert [path.name for path in tmp_path.iterdir()] == ["v.bin"]


def test_one_too_large_is_begun_anew(tmp_path, monkeypatch):
    kept(tmp_path / "v.bin")
    monkeypatch.setattr(vectors, "MAX_BYTES", 10)
    assert "begun anew" in Vectors(tmp_path / "v.bin").problem
