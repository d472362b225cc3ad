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


def test_what_is_no_regular_file_of_a_fair_size_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.bin"
    cache.put(path, [b"four"])
    (tmp_path / "link").symlink_to(path)
    assert cache.get(path) == b"four"
    assert cache.get(tmp_path / "link") is None
    assert cache.get(tmp_path) is None
    assert cache.get(tmp_path / "gone") is None
    monkeypatch.setattr(cache, "_LARGEST", 3)
    assert cache.get(path) is None


@pytest.mark.parametrize("body", [b"one", b"\n\n", bytes(range(256))])
def test_what_was_sealed_is_known_to_be_whole(body: bytes) -> None:
    data = cache.sealed(body)
    assert cache.unsealed(data) == body
    assert cache.unsealed(data + b" ") is None
    assert cache.unsealed(data[:-1]) is None
    assert cache.unsealed(b"x" + data) is None
    assert cache.unsealed(body) is None
    assert cache.unsealed(None) is None
