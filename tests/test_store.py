"""Files on disk: wholly old or wholly new, one writer at a time, nothing foreign lost."""

import errno
import os
import signal
import stat
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest
from filelock import FileLock

from exocite.errors import ChangedError, LockedError, ReadError, StoreError
from exocite.model import (
    Anchor,
    Evidence,
    Judgement,
    Outcome,
    Passage,
    Relation,
    Verdict,
    WorkRecord,
)
from exocite.store import Store, files
from tests.links import link_to

REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "bib", timeout=0.2)


def work(key: str, **more: str) -> WorkRecord:
    return WorkRecord(key, Outcome.MATCHED, "same DOI", "2026-01-31", "crossref", **more)


def link(article: str, start: int, key: str = "ku2023") -> Evidence:
    passage = Passage(key, "abstract", "They carry RNA.", 0, 15)
    anchor = Anchor("Exosomes.", "", "", start, start + 9)
    return Evidence(article, "c1", anchor, key, "", passage, Relation.MENTIONS, 0.25, "ann")


def verdict(note: str = "") -> Verdict:
    anchor = Anchor("Exosomes.", "", "", 0, 9)
    return Verdict("a.md", "c1", anchor, Judgement.SUPPORTED, "ann", "2026-01-31", note=note)


def left_over(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.name.endswith(".tmp")]


# --------------------------------------------------------------------------- reading


def test_reading_gives_the_bytes(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    path.write_bytes(b"\xef\xbb\xbf@misc{a}\r\n")
    assert store.read(path) == b"\xef\xbb\xbf@misc{a}\r\n"
    assert not (tmp_path / "bib").exists()


def test_what_cannot_be_read_says_why_and_what_to_do(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    path.write_bytes(b"x" * 100)
    cases = [(tmp_path, "folder"), (tmp_path / "none.bib", "no such file"), (path / "x", "a.bib")]
    for place, words in cases:
        with pytest.raises(ReadError, match=words) as caught:
            store.read(place)
        assert str(place) in caught.value.message
        assert caught.value.hint
    with pytest.raises(ReadError, match="more than can be read"):
        store.read(path, limit=99)
    assert store.read(path, limit=100) == b"x" * 100


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(store: Store, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ReadError, match="not a regular file"):
        store.read(tmp_path / "pipe")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may do anything")
def test_rights_are_respected(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "bib" / "a.bib"
    store.write(path, b"old", expected=None)
    path.chmod(0)
    with pytest.raises(ReadError, match="rights"):
        store.read(path)
    path.chmod(0o400)
    with pytest.raises(StoreError, match="read-only"):
        store.write(path, b"new", expected=b"old")
    path.parent.chmod(0o500)
    try:
        with pytest.raises(StoreError):
            Store(path.parent / "deeper").write(path, b"new", expected=None)
    finally:
        path.parent.chmod(0o700)


# --------------------------------------------------------------------------- writing


def test_writing_makes_the_folder_and_leaves_nothing_else(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "bib" / "references.bib"
    store.write(path, b"one", expected=b"")
    store.write(path, b"two", expected=b"one")
    assert path.read_bytes() == b"two"
    assert sorted(p.name for p in path.parent.iterdir()) == [".exocite", "references.bib"]
    assert left_over(tmp_path) == []


@pytest.mark.parametrize("expected", [b"", b"other"])
def test_somebody_elses_change_is_not_overwritten(
    store: Store, tmp_path: Path, expected: bytes
) -> None:
    path = tmp_path / "references.bib"
    path.write_bytes(b"theirs")
    with pytest.raises(ChangedError, match="somebody else"):
        store.write(path, b"ours", expected=expected)
    assert path.read_bytes() == b"theirs"
    assert left_over(tmp_path) == []
    store.write(path, b"ours", expected=None)
    assert path.read_bytes() == b"ours"


def test_a_file_that_was_removed_counts_as_changed(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ChangedError):
        store.write(tmp_path / "references.bib", b"ours", expected=b"what was read")


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such modes")
def test_mode_and_link_stay(store: Store, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target = tmp_path / "real" / "library.bib"
    target.write_bytes(b"old")
    target.chmod(0o640)
    path = tmp_path / "references.bib"
    link_to(path, target)
    store.write(path, b"new", expected=b"old")
    assert path.is_symlink()
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no owners of this kind")
@pytest.mark.parametrize("error", [PermissionError(), OSError(errno.EINVAL, "unknown owner")])
def test_an_owner_that_cannot_be_kept_is_no_reason_to_lose_the_text(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    def refusing(*_: object) -> None:
        raise error

    path = tmp_path / "references.bib"
    path.write_bytes(b"old")
    path.chmod(0o604)
    stat_of = Path.stat

    def of_another(self: Path, **more: bool) -> os.stat_result:
        info = list(stat_of(self, **more))
        return os.stat_result([*info[:4], info[4] + (self == path), *info[5:]])

    monkeypatch.setattr(Path, "stat", of_another)
    monkeypatch.setattr(os, "chown", refusing)
    store.write(path, b"new", expected=b"old")
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"new", 0o604)


@pytest.mark.parametrize(("refused", "written"), [(2, b"new"), (3, b"old")])
def test_a_file_that_another_holds_open_for_a_moment_is_waited_for(
    store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    refused: int,
    written: bytes,
) -> None:
    path = tmp_path / "references.bib"
    path.write_bytes(b"old")
    replace, left = Path.replace, [refused]

    def held(self: Path, target: Path) -> Path:
        left[0] -= 1
        if left[0] >= 0:
            raise PermissionError(13, "Access is denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr("exocite.store.files._PAUSES", (0.001, 0.001))
    if written == b"new":
        store.write(path, b"new", expected=b"old")
    else:
        with pytest.raises(StoreError, match="Access is denied"):
            store.write(path, b"new", expected=b"old")
    assert path.read_bytes() == written
    assert left_over(tmp_path) == []


def test_a_file_system_without_locks_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise NotImplementedError

    monkeypatch.setattr(FileLock, "acquire", unknown)
    with pytest.raises(StoreError, match="knows no locks"):
        store.append_verdict(verdict())


def test_only_a_regular_file_is_replaced(store: Store, tmp_path: Path) -> None:
    devices = [Path(os.devnull)] if os.name != "nt" else []
    for place in (tmp_path, *devices):
        with pytest.raises(StoreError, match="no regular file"):
            store.write(place, b"new", expected=None)
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("step", ["fsync", "chmod", "replace", "open"])
def test_a_failure_at_any_step_leaves_the_old_file(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "references.bib"
    path.write_bytes(b"old")
    with store.locked():
        pass

    def full(*args: object, **kwargs: object) -> int:
        raise OSError(28, "No space left on device")

    with store.locked(), monkeypatch.context() as patch:
        if step in ("chmod", "replace"):
            patch.setattr(Path, step, full)
        else:
            patch.setattr(files.os, step, full)
        with pytest.raises(StoreError, match="No space left"):
            files.replace(path, b"new", None)
    assert path.read_bytes() == b"old"
    assert left_over(tmp_path) == []


def test_an_interrupt_leaves_the_old_file(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "references.bib"
    path.write_bytes(b"old")
    store.append_verdict(verdict("first"))
    before = (tmp_path / "bib" / "verdicts.jsonl").read_bytes()

    def interrupt(*args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(files.os, "fsync", interrupt)
        with pytest.raises(KeyboardInterrupt):
            store.write(path, b"new", expected=b"old")
        with pytest.raises(KeyboardInterrupt):
            store.append_verdict(verdict("second"))
    assert path.read_bytes() == b"old"
    assert (tmp_path / "bib" / "verdicts.jsonl").read_bytes() == before
    assert left_over(tmp_path) == []
    store.write(path, b"new", expected=b"old")


def test_what_a_killed_writer_left_is_swept_up(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "references.bib"
    (tmp_path / ".references.bib.0123.tmp").write_bytes(b"half")
    (tmp_path / ".other.bib.0123.tmp").write_bytes(b"not ours")
    store.write(path, b"new", expected=None)
    assert left_over(tmp_path) == [".other.bib.0123.tmp"]


# --------------------------------------------------------------------------- the lock


def test_another_writer_is_named_and_waited_for(store: Store, tmp_path: Path) -> None:
    held, release = threading.Event(), threading.Event()
    other = Store(tmp_path / "bib")

    def hold() -> None:
        with other.locked():
            held.set()
            release.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    try:
        assert held.wait(10)
        with pytest.raises(LockedError, match=f"process {os.getpid()} on ") as caught:
            store.write(tmp_path / "bib" / "a", b"x", expected=None)
        assert "0.2 s" in caught.value.hint
    finally:
        release.set()
        thread.join()
    store.write(tmp_path / "bib" / "a", b"x", expected=None)


@pytest.mark.parametrize("note", ["[", "[" * 90_000], ids=len)
def test_a_lock_without_a_note_is_a_lock(store: Store, tmp_path: Path, note: str) -> None:
    (tmp_path / "bib" / ".exocite").mkdir(parents=True)
    (tmp_path / "bib" / ".exocite" / "owner").write_text(note, encoding="utf-8")
    lock = FileLock(tmp_path / "bib" / ".exocite" / "lock")
    thread = threading.Thread(target=lambda: (lock.acquire(), time.sleep(0.6), lock.release()))
    thread.start()
    time.sleep(0.1)
    with pytest.raises(LockedError, match=r"another process is writing here$"):
        store.append_verdict(verdict())
    thread.join()
    store.append_verdict(verdict())


def test_the_lock_can_be_taken_again_inside(store: Store, tmp_path: Path) -> None:
    with store.locked():
        store.write(tmp_path / "bib" / "a", b"x", expected=None)
        assert (tmp_path / "bib" / ".exocite" / "owner").exists()
    assert not (tmp_path / "bib" / ".exocite" / "owner").exists()


# --------------------------------------------------------------------------- logs


def test_works_are_sorted_one_a_line_and_read_again(store: Store, tmp_path: Path) -> None:
    assert store.works().items == ()
    store.write_works([work("zhang2022"), work("ku2023", title="Größe\u2028 \ud800")])
    data = (tmp_path / "bib" / "works.jsonl").read_bytes()
    assert data.count(b"\n") == 2
    assert data.endswith(b"}\n")
    assert b"\r" not in data
    assert "Größe".encode() in data
    log = store.works()
    assert [record.key for record in log.items] == ["ku2023", "zhang2022"]
    assert log.items[0].title == "Größe\u2028 \ud800"
    assert log.problems == ()
    store.write_works(reversed(log.items))
    assert (tmp_path / "bib" / "works.jsonl").read_bytes() == data


def test_what_is_foreign_in_a_log_is_reported_and_kept(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "bib" / "works.jsonl"
    path.parent.mkdir()
    later = '{"key": "b", "outcome": "matched", "reason": "", "date": "", "registry": "", "new": 1}'
    path.write_text(
        f'<<<<<<< HEAD\n{later}\n\n{{"key": "c", "outcome": "wonderful"}}\n', encoding="utf-8"
    )
    log = store.works()
    assert [record.key for record in log.items] == ["b"]
    assert [(p.line, p.path) for p in log.problems] == [(1, str(path)), (4, str(path))]
    store.write_works([*log.items, work("a")])
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith('{"key": "a"')
    assert lines[1].endswith('"new": 1}')
    assert lines[2:] == ["<<<<<<< HEAD", '{"key": "c", "outcome": "wonderful"}']


def test_of_two_lines_of_one_work_the_last_counts(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "bib" / "works.jsonl"
    path.parent.mkdir()
    line = '{"key": "a", "outcome": "%s"}\n'
    path.write_text(line % "not_found" + line % "matched", encoding="utf-8")
    assert [record.outcome for record in store.works().items] == [Outcome.MATCHED]


def test_a_log_that_somebody_changed_is_not_overwritten(store: Store, tmp_path: Path) -> None:
    other = Store(tmp_path / "bib")
    store.works()
    other.works()
    other.write_works([work("a")])
    with pytest.raises(ChangedError):
        store.write_works([work("b")])
    assert [record.key for record in store.works().items] == ["a"]
    store.write_works([work("a"), work("b")])
    with pytest.raises(ChangedError):
        Store(tmp_path / "bib").write_works([])


def test_evidence_is_sorted_by_article_and_place(store: Store) -> None:
    links = [link("b.md", 3), link("a.md", 30), link("a.md", 4, "z"), link("a.md", 4, "b")]
    store.write_evidence(links)
    found = store.evidence().items
    assert [(e.article, e.anchor.start, e.key) for e in found] == [
        ("a.md", 4, "b"),
        ("a.md", 4, "z"),
        ("a.md", 30, "ku2023"),
        ("b.md", 3, "ku2023"),
    ]


def test_verdicts_grow_at_the_end_only(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "bib" / "verdicts.jsonl"
    store.append_verdict(verdict("one"))
    first = path.read_bytes()
    store.append_verdict(verdict("two\nlines"))
    assert path.read_bytes().startswith(first)
    assert [v.note for v in store.verdicts().items] == ["one", "two\nlines"]


@pytest.mark.parametrize(
    ("tail", "kept", "problems"),
    [
        (b'{"article": "a.md", "cl', b"", 1),
        (b'{"article": "\xc3', b"", 1),
        (b"a note by hand", b"a note by hand\n", 1),
        (b'{"foreign": true}', b'{"foreign": true}\n', 1),
        (b'{"broken\n', b'{"broken\n', 1),
        (b'{"article": "a.md", "note": "a slip of the pen",}', None, 1),
    ],
)
def test_a_torn_last_line_is_repaired_and_what_is_foreign_stays(
    store: Store, tmp_path: Path, tail: bytes, kept: bytes | None, problems: int
) -> None:
    kept = tail + b"\n" if kept is None else kept
    path = tmp_path / "bib" / "verdicts.jsonl"
    store.append_verdict(verdict("one"))
    first = path.read_bytes()
    path.write_bytes(first + tail)
    log = store.verdicts()
    assert [v.note for v in log.items] == ["one"]
    assert [p.line for p in log.problems] == [2] * problems
    assert path.read_bytes() == first + tail
    store.append_verdict(verdict("two"))
    assert path.read_bytes().startswith(first + kept + b'{"article"')
    assert [v.note for v in store.verdicts().items] == ["one", "two"]


def test_a_whole_verdict_without_its_line_end_is_kept(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "bib" / "verdicts.jsonl"
    store.append_verdict(verdict("one"))
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    assert store.verdicts().problems == ()
    store.append_verdict(verdict("two"))
    assert [v.note for v in store.verdicts().items] == ["one", "two"]


# --------------------------------------------------------------------------- processes

WRITER = """
import sys
from pathlib import Path
from exocite.model import Anchor, Judgement, Verdict
from exocite.store import Store
root, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
store = Store(root, timeout=60)
path = root / "references.bib"
anchor = Anchor("x", "", "", 0, 1)
print("ready", flush=True)
for number in range(count):
    with store.locked():
        before = store.read(path)
        store.write(path, before + f"{name}{number}\\n".encode(), expected=before)
    store.append_verdict(
        Verdict("a.md", "c", anchor, Judgement.SUPPORTED, name, "", note=f"{name}{number}")
    )
    print(f"{name}{number}", flush=True)
"""


def writer(root: Path, name: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", textwrap.dedent(WRITER), str(root), name, str(count)]
    return subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)


def test_two_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    (tmp_path / "references.bib").write_bytes(b"")
    running = [writer(tmp_path, name, 15) for name in "ab"]
    for process in running:
        process.communicate(timeout=120)
        assert process.returncode == 0
    lines = (tmp_path / "references.bib").read_text(encoding="utf-8").split()
    assert sorted(lines) == sorted(f"{name}{i}" for name in "ab" for i in range(15))
    notes = [v.note for v in Store(tmp_path).verdicts().items]
    assert sorted(notes) == sorted(lines)


def kill_while_saving(root: Path, rounds: int) -> None:
    """Kill a writer at some moment, again and again; whatever it reported as saved is there."""
    path = root / "references.bib"
    path.write_bytes(b"")
    saved: list[str] = []
    for number in range(rounds):
        process = writer(root, f"r{number}n", 100_000)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        if number % 2:  # On a busy machine a writer may be killed before it saved anything.
            saved.append(process.stdout.readline().strip())
        time.sleep(0.003 + (number * 7 % 23) / 1000)
        process.send_signal(signal.SIGKILL)
        saved += process.communicate(timeout=60)[0].split()
        lines = path.read_text(encoding="utf-8").split("\n")
        assert lines[-1] == ""
        assert set(saved) <= set(lines)
        assert {v.note for v in Store(root).verdicts().items} >= set(saved)
    Store(root).append_verdict(verdict("after"))
    log = Store(root).verdicts()
    assert log.problems == ()
    assert log.items[-1].note == "after"
    assert saved


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_a_killed_writer_leaves_whole_files(tmp_path: Path) -> None:
    kill_while_saving(tmp_path, 6)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_a_thousand_kills_leave_whole_files(tmp_path: Path) -> None:
    kill_while_saving(tmp_path, 1000)


def test_a_link_in_place_of_the_owners_note_is_not_written_through(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine", encoding="utf-8")
    private = tmp_path / "bib" / ".exocite"
    private.mkdir(parents=True)
    link_to(private / "owner", victim)
    with Store(tmp_path / "bib").locked():
        assert not (private / "owner").is_symlink()
    assert victim.read_text(encoding="utf-8") == "mine"


def test_behind_a_link_in_place_of_the_lock_nothing_is_touched(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.mkdir()
    (victim / "owner").write_text("mine", encoding="utf-8")
    (tmp_path / "bib").mkdir()
    link_to(tmp_path / "bib" / ".exocite", victim)
    with pytest.raises(StoreError, match="this is a link"):
        Store(tmp_path / "bib").write(tmp_path / "bib" / "a", b"x", expected=None)
    assert [path.name for path in victim.iterdir()] == ["owner"]
