from pathlib import Path

import pytest

from exocite import cache


def test_it_is_there_whole_and_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "a.bin"
    cache.put(path, [b"one ", b"two"])
    cache.put(path, [b"three"])
    assert path.read_bytes() == b"three"
    assert [one.name for one in path.parent.iterdir()] == ["a.bin"]


def test_what_fails_half_way_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    cache.put(path, [b"old"])

    def broken():
        yield b"new"
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        cache.put(path, broken())
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["a.bin"]
