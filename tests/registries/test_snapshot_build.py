"""Building a snapshot: everything once, resumable, and nothing half-written is trusted."""

from __future__ import annotations

import gzip
import json
import sqlite3
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from exocite.errors import AnswerError, ExociteError, LockedError, ReadError, StoreError, UsageError
from exocite.registries.snapshot import building, database
from exocite.registries.snapshot.building import Progress, build
from exocite.registries.snapshot.registry import Snapshot
from exocite.registries.snapshot.selection import Selection, listed_dois, year_span
from exocite.registries.snapshot.tantivy_index import folder_of

NOW = "2026-03-02T00:00:00Z"
ENGINES = [
    "fts5",
    pytest.param(
        "tantivy", marks=pytest.mark.skipif(not find_spec("tantivy"), reason="not installed")
    ),
]


def record(number: int, title: str = "", **more: Any) -> dict[str, Any]:
    return {
        "DOI": f"10.5555/w{number}",
        "type": "journal-article",
        "title": [title or f"Observations of harbour lamps number {number}"],
        "author": [{"family": f"Ode{number}", "given": "A."}],
        "container-title": ["Journal of Lamps"],
        "ISSN": ["0378-5955"],
        "issued": {"date-parts": [[2000 + number % 20]]},
        "indexed": {"date-time": f"2026-02-{10 + number % 10}T01:02:03Z"},
        **more,
    }


def put(path: Path, *records: Any) -> Path:
    data = json.dumps({"items": list(records)}).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def built(path: Path, *files: Path, engine: str = "fts5", **selected: Any) -> Progress:
    steps = build(path, files, Selection(**selected), engine=engine, date="", now=NOW)
    return list(steps)[-1]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.snapshot"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_snapshot_holds_what_its_files_hold(tmp_path: Path, path: Path, engine: str) -> None:
    file = put(tmp_path / "1.json.gz", *map(record, range(30)), {"title": ["no DOI"]})
    progress = built(path, file, engine=engine)
    assert (progress.works, progress.without_doi, progress.bad) == (30, 1, 0)
    with Snapshot(path) as snapshot:
        assert snapshot.work("10.5555/W7").title == "Observations of harbour lamps number 7"
        found = snapshot.search("Ode7 A. Observations of harbour lamps number 7. 2007", rows=5)
        assert (len(found), found[0].doi) == (5, "10.5555/w7")
        facts = snapshot.facts
    assert (facts.works, facts.data_date, facts.built) == (30, "2026-02-19", NOW)
    assert (facts.whole, facts.parts, facts.engine) == (True, 1, engine)
    beside = {"a.snapshot", "1.json.gz", *([folder_of(path).name] if engine == "tantivy" else [])}
    assert {one.name for one in tmp_path.iterdir()} == beside


@pytest.mark.parametrize("engine", ENGINES)
def test_of_a_doi_the_last_record_counts_and_stays_after_more(
    tmp_path: Path, path: Path, engine: str
) -> None:
    first = put(tmp_path / "1.json", record(1), record(2), record(1, "Lamps anew"))
    built(path, first, engine=engine)
    second = put(tmp_path / "2.json", record(2, "Lamps of another year"), record(3))
    progress = built(path, first, second, engine=engine)
    assert (progress.known, progress.works) == (1, 2)
    with Snapshot(path) as snapshot:
        assert snapshot.facts.works == 3
        assert snapshot.work("10.5555/w1").title == "Lamps anew"
        found = snapshot.search("lamps of another year", rows=10)
        assert sorted(work.doi for work in found) == ["10.5555/w1", "10.5555/w2", "10.5555/w3"]
        assert found[0].title == "Lamps of another year"


def test_a_file_that_changed_is_read_again(tmp_path: Path, path: Path) -> None:
    file = put(tmp_path / "1.json", record(1))
    built(path, file)
    assert built(path, file).known == 1
    put(file, record(1, "Observations of harbour lamps number 9"))  # as long as before
    assert built(path, file).known == 0
    with Snapshot(path) as snapshot:
        assert snapshot.work("10.5555/w1").title.endswith("9")


# --------------------------------------------------------------------------- cut short


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("how", ["closed", "interrupted"])
def test_a_build_that_is_cut_short_goes_on(
    tmp_path: Path, path: Path, engine: str, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "_STEP", 1)
    monkeypatch.setattr(building, "_CHECKPOINT", 1)
    files = [put(tmp_path / f"{n}.json", record(n), record(n + 10)) for n in range(3)]
    steps = build(path, files, Selection(), engine=engine, date="", now=NOW)
    while next(steps).works < 2:
        pass
    next(steps)  # within the second file
    if how == "closed":
        steps.close()  # type: ignore[attr-defined]
    else:
        with pytest.raises(KeyboardInterrupt):
            steps.throw(KeyboardInterrupt)  # type: ignore[attr-defined]
    with pytest.raises(ReadError, match="not built to its end"):
        Snapshot(path)
    progress = built(path, *files, engine=engine)
    assert (progress.known, progress.works) == (1, 4)
    with Snapshot(path) as snapshot:
        assert snapshot.facts.works == 6
        found = snapshot.search("observations of harbour lamps", rows=20)
        assert len({work.doi for work in found}) == len(found) == 6


@pytest.mark.parametrize("engine", ENGINES)
def test_a_killed_build_goes_on(tmp_path: Path, path: Path, engine: str) -> None:
    files = [put(tmp_path / f"{n}.json", record(n)) for n in range(4)]
    script = f"""
import os
from pathlib import Path
from exocite.registries.snapshot import building
from exocite.registries.snapshot.selection import Selection
building._CHECKPOINT = 2
files = [Path(p) for p in {[str(file) for file in files]!r}]
for step in building.build(
    Path({str(path)!r}), files, Selection(), engine={engine!r}, date="", now=""
):
    if step.works == 3:
        os._exit(9)
"""
    ended = subprocess.run([sys.executable, "-c", script], check=False)
    assert ended.returncode == 9
    with pytest.raises(ReadError, match="not built to its end"):
        Snapshot(path)
    progress = built(path, *files, engine=engine)
    assert progress.known == 2
    with Snapshot(path) as snapshot:
        assert snapshot.facts.works == 4
        assert len(snapshot.search("harbour lamps", rows=20)) == 4


def test_a_broken_file_leaves_nothing_and_is_read_when_it_is_whole(
    tmp_path: Path, path: Path
) -> None:
    good = put(tmp_path / "1.json.gz", record(1))
    bad = put(tmp_path / "2.json.gz", *map(record, range(10, 60)))
    whole = bad.read_bytes()
    bad.write_bytes(whole[:-9])
    progress = built(path, good, bad)
    assert [(said.name, "gzip" in said.reason) for said in progress.unread] == [("2.json.gz", True)]
    with Snapshot(path) as snapshot:
        assert snapshot.facts.works == 1
        assert list(snapshot.facts.unread) == ["2.json.gz"]
    bad.write_bytes(whole)
    assert not built(path, good, bad).unread
    with Snapshot(path) as snapshot:
        assert (snapshot.facts.works, snapshot.facts.unread) == (51, {})


def test_bad_records_are_told_and_end_nothing(tmp_path: Path, path: Path) -> None:
    file = tmp_path / "a.jsonl"
    lines = [json.dumps(record(n)) for n in range(3)]
    lines[1:1] = ["nonsense", '{"DOI": "10.5555/x", "title": "\udcff"}', '{"cut": "']
    lines += [json.dumps(record(9, "x" * 2_000_000)), *["7"] * 20]
    file.write_bytes("\n".join(lines).encode("utf-8", "surrogateescape"))
    progress = built(path, file)
    assert (progress.works, progress.bad) == (3, 24)
    assert (progress.said[0].line, progress.said[0].name) == (2, "a.jsonl")
    assert len(progress.said) == building.TOLD
    assert any("UTF-8" in said.reason for said in progress.said)


@pytest.mark.parametrize(
    ("text", "reason"), [("<html>\nsign in</html>", "no record"), ("", "it is empty")]
)
def test_a_file_without_any_record_is_not_indexed(
    tmp_path: Path, path: Path, text: str, reason: str
) -> None:
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    progress = built(path, tmp_path / "a.json", put(tmp_path / "b.json", record(1)))
    assert reason in progress.unread[0].reason
    assert progress.works == 1


# --------------------------------------------------------------------------- selections


@pytest.mark.parametrize(
    ("selected", "expected"),
    [
        ({"first": 2003, "last": 2004}, {3, 4, 23, 24}),
        ({"journals": ("03785955",)}, set(range(30))),
        ({"journals": ("journal OF lamps!",), "first": 2019, "last": 2019}, {19}),
        ({"journals": ("Lamps",)}, set()),
        ({"dois": frozenset({"10.5555/w5", "10.5555/none"})}, {5}),
    ],
)
def test_a_selection_takes_what_it_names(
    tmp_path: Path, path: Path, selected: dict[str, Any], expected: set[int]
) -> None:
    file = put(tmp_path / "1.json", *map(record, range(30)))
    progress = built(path, file, **selected)
    assert (progress.works, progress.other) == (len(expected), 30 - len(expected))
    with Snapshot(path) as snapshot:
        assert snapshot.facts.selection
        for number in expected:
            assert snapshot.work(f"10.5555/w{number}")


def test_years_and_lists_are_read_as_people_write_them() -> None:
    assert (year_span("2010-2012"), year_span(" 2015 ")) == ((2010, 2012), (2015, 2015))
    for wrong in ("", "15", "2012-2010", "2010-", "-2010", "2010-11", "abcd-efgh"):
        with pytest.raises(UsageError):
            year_span(wrong)
    lines = ["https://doi.org/10.5555/A", "", "no doi", "doi:10.5555/b  a note"]
    assert listed_dois(lines) == {"10.5555/a", "10.5555/b"}


def test_another_selection_or_engine_is_refused(tmp_path: Path, path: Path) -> None:
    file = put(tmp_path / "1.json", record(1))
    built(path, file)
    with pytest.raises(UsageError, match="another selection"):
        built(path, file, first=2001, last=2002)
    with pytest.raises(UsageError, match="searched by fts5"):
        built(path, file, engine="tantivy")
    assert Snapshot(path).facts.works == 1


# --------------------------------------------------------------------------- bad files


def spoilt(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("statement", "error", "said"),
    [
        ("PRAGMA user_version = 99", ReadError, "newer exocite"),
        ("PRAGMA user_version = 0", ReadError, "older exocite"),
        ("PRAGMA application_id = 0", UsageError, "no snapshot"),
        ("UPDATE fact SET value = '[' WHERE name = 'works'", ReadError, "damaged"),
        ("UPDATE fact SET value = '\"x\"' WHERE name = 'works'", ReadError, "damaged"),
        ("DELETE FROM fact", ReadError, "damaged"),
        ("DROP TABLE part", ReadError, "damaged"),
    ],
)
def test_a_file_that_is_no_snapshot_of_ours_is_told(
    tmp_path: Path, path: Path, statement: str, error: type[ExociteError], said: str
) -> None:
    file = put(tmp_path / "1.json", record(1))
    built(path, file)
    spoilt(path, statement)
    with pytest.raises(error, match=said):
        Snapshot(path)
    with pytest.raises(error, match=said):
        built(path, file)


def test_other_files_are_never_written_over(tmp_path: Path, path: Path) -> None:
    file = put(tmp_path / "1.json", record(1))
    path.write_text("my thesis", encoding="utf-8")
    with pytest.raises(UsageError, match="no snapshot"):
        built(path, file)
    assert path.read_text("utf-8") == "my thesis"
    with pytest.raises(ReadError, match="no such snapshot"):
        Snapshot(tmp_path / "missing")
    with pytest.raises(ExociteError):
        Snapshot(tmp_path)
    with pytest.raises(StoreError):
        built(tmp_path / "no" / "folder.snapshot", file)


def test_a_damaged_snapshot_leaves_references_not_checked(tmp_path: Path, path: Path) -> None:
    built(path, put(tmp_path / "1.json", *map(record, range(300))))
    data = bytearray(path.read_bytes())
    data[8192:] = b"\xa5" * (len(data) - 8192)
    path.write_bytes(data)
    with pytest.raises((AnswerError, ReadError), match="damaged"):
        Snapshot(path).work("10.5555/w1")
    with pytest.raises((AnswerError, ReadError), match="damaged"):
        Snapshot(path).search("harbour lamps")


def test_a_record_that_is_damaged_leaves_its_reference_not_checked(
    tmp_path: Path, path: Path
) -> None:
    built(path, put(tmp_path / "1.json", record(1)))
    spoilt(path, "UPDATE work SET record = 'x'")
    with pytest.raises(AnswerError, match="damaged"):
        Snapshot(path).work("10.5555/w1")
    assert Snapshot(path).search("harbour lamps") == ()


def test_two_builds_at_once_do_not_meet(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_WAIT", 0.05)
    file = put(tmp_path / "1.json", record(1))
    steps = build(path, [file], Selection(), engine="fts5", date="", now=NOW)
    next(steps)
    with pytest.raises(LockedError, match="another process"):
        built(path, file)
    with pytest.raises(LockedError, match="another process"):
        Snapshot(path)
    list(steps)
    assert Snapshot(path).facts.works == 1


def test_a_full_disk_is_told_and_loses_nothing(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "_CHECKPOINT", 1)
    first = put(tmp_path / "1.json", record(1))
    large = put(tmp_path / "2.json", *(record(n, "lamp " * 400) for n in range(2, 500)))
    begin = database.begin

    def small(*arguments: Any) -> Any:
        connection, facts = begin(*arguments)
        connection.execute("PRAGMA max_page_count = 60")
        return connection, facts

    monkeypatch.setattr(database, "begin", small)
    with pytest.raises(StoreError, match="disk is full"):
        built(path, first, large)
    monkeypatch.setattr(database, "begin", begin)
    assert built(path, first, large).known == 1
    assert Snapshot(path).facts.works == 499


@pytest.mark.skipif(not find_spec("tantivy"), reason="not installed")
def test_an_index_that_does_not_belong_is_not_trusted(tmp_path: Path, path: Path) -> None:
    file = put(tmp_path / "1.json", *map(record, range(9)))
    built(path, file, engine="tantivy")
    folder = folder_of(path)
    (segment,) = folder.glob("*.store")
    kept = segment.read_bytes()
    segment.write_bytes(kept[:-3])
    with pytest.raises(ReadError, match="damaged or not whole"):
        Snapshot(path)
    segment.write_bytes(kept)
    other = tmp_path / "b.snapshot"
    built(other, file, engine="tantivy")
    folder.rename(tmp_path / "away")
    with pytest.raises(ReadError, match="is not there"):
        Snapshot(path)
    folder_of(other).rename(folder)
    with pytest.raises(ReadError, match="not that of the snapshot"):
        Snapshot(path)


def test_a_folder_of_somebody_else_is_not_cleared(tmp_path: Path, path: Path) -> None:
    pytest.importorskip("tantivy")
    folder_of(path).mkdir()
    (folder_of(path) / "diary.txt").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match="in the way"):
        built(path, put(tmp_path / "1.json", record(1)), engine="tantivy")
    assert [file.name for file in folder_of(path).iterdir()] == ["diary.txt"]
