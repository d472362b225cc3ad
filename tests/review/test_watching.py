"""Files that somebody else changes are noticed."""

from __future__ import annotations

import os
from pathlib import Path

from exocite.review.watching import Watch


def test_a_file_that_is_written_made_or_removed(tmp_path: Path) -> None:
    path = tmp_path / "a"
    watch = Watch({"a": path, "folder": tmp_path / "folder"})
    watch.changed()
    assert watch.changed() == set()
    path.write_text("one")
    assert watch.changed() == {"a"}
    assert watch.changed() == set()
    (tmp_path / "folder").mkdir()
    assert watch.changed() == set()
    (tmp_path / "folder" / "text").write_text("x")
    assert watch.changed() == {"folder"}
    path.unlink()
    assert watch.changed() == {"a"}


def test_a_change_within_one_tick_of_the_clock_is_seen_by_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("one")
    watch = Watch({"a": path})
    watch.changed()
    info = path.stat()
    path.write_text("two")
    os.utime(path, ns=(info.st_atime_ns, info.st_mtime_ns))
    assert watch.changed() == set()
    assert watch.changed(thorough=True) == {"a"}
    assert watch.changed(thorough=True) == set()


def test_what_we_wrote_ourselves_is_no_change(tmp_path: Path) -> None:
    path = tmp_path / "a"
    watch = Watch({"a": path})
    watch.changed()
    path.write_text("ours")
    watch.read("a")
    assert watch.changed(thorough=True) == set()
