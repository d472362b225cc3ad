"""exocite snapshot: what is said, and the codes that it ends with."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import CAFFEINE, THEANINE, Run


def put(folder: Path, name: str, *records: Any) -> str:
    data = json.dumps({"items": records}).encode()
    (folder / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return name


def test_a_snapshot_is_built_and_shown(run: Run, folder: Path) -> None:
    put(folder, "1.json.gz", THEANINE, CAFFEINE)
    result = run("snapshot", "build", "1.json.gz", "--date", "2026-03-01", "--year", "2020-2022")
    assert result.code == 0, result.text
    assert result.out.splitlines()[-1] == "exocite.snapshot: 1 work"
    assert "left out: 1 record that was not asked for" in result.err
    shown = run("snapshot", "show", "exocite.snapshot")
    assert (shown.code, shown.err) == (0, "")
    assert "2026-03-01" in shown.out
    assert "years 2020-2022" in shown.out
    said = json.loads(run("snapshot", "show", "exocite.snapshot", "--json").out)
    assert said["schema"] == "exocite.snapshot/1"
    assert (said["works"], said["engine"], said["data_date"]) == (1, "fts5", "2026-03-01")
    assert said["selection"] == "years 2020-2022"


def test_what_is_not_indexed_is_told_and_ends_with_3(run: Run, folder: Path) -> None:
    put(folder, "1.json", THEANINE, "\x1b[31mno record", {"title": "without"})
    name = put(folder, "2.json.gz", CAFFEINE)
    (folder / name).write_bytes((folder / name).read_bytes()[:-4])
    result = run("snapshot", "build", "1.json", name, "-o", "a.snapshot")
    assert result.code == 3
    assert "not indexed: 1.json:1: this is no JSON object" in result.err
    assert "not indexed: 2.json.gz: its gzip ends too early" in result.err
    assert "left out: 1 record without a DOI" in result.err
    assert "a.snapshot: 1 work" in result.out
    assert "\x1b" not in result.text
    again = run("snapshot", "build", "1.json", "-o", "a.snapshot", "--json")
    said = json.loads(again.out)
    assert said["build"]["files_indexed_before"] == 1
    assert said["bad_records"] == 1


def test_a_list_of_dois_is_a_selection(run: Run, folder: Path) -> None:
    put(folder, "1.json", THEANINE, CAFFEINE)
    (folder / "dois.txt").write_text("https://doi.org/10.5555/CAFFEINE\n", encoding="utf-8")
    result = run(
        "snapshot", "build", "1.json", "--dois", "dois.txt", "--journal", "Nightly Medicine"
    )
    assert result.code == 0, result.text
    assert "journals Nightly Medicine; 1 DOIs" in result.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["build"], "Missing argument"),
        (["build", "missing.json"], "missing.json: there is no such file"),
        (["build", "notes.txt"], "no file that a snapshot is made of"),
        (["build", "1.json", "--year", "20"], "--year is '20'"),
        (["build", "1.json", "--date", "soon"], "--date is 'soon'"),
        (["build", "1.json", "--dois", "notes.txt"], "holds no DOI"),
        (["build", "1.json", "--dois", "none.txt"], "none.txt"),
        (["build", "1.json", "-o", "1.json"], "cannot be one of its own files"),
        (["build", "1.json", "-o", "notes.txt"], "no snapshot of exocite"),
        (["build", "1.json", "--engine", "solr"], "'solr'"),
        (["show", "missing"], "there is no such snapshot"),
        (["show", "notes.txt"], "no snapshot of exocite"),
        (["show", "."], "no such snapshot"),
    ],
)
def test_what_cannot_be_ends_with_2(
    run: Run, folder: Path, arguments: list[str], said: str
) -> None:
    put(folder, "1.json", THEANINE)
    (folder / "notes.txt").write_text("notes", encoding="utf-8")
    result = run("snapshot", *arguments)
    assert result.code == 2
    assert said in result.err
    assert (folder / "notes.txt").read_text("utf-8") == "notes"


def test_without_tantivy_the_engine_is_told(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "tantivy", None)
    result = run("snapshot", "build", put(folder, "1.json", THEANINE), "--engine", "tantivy")
    assert result.code == 2
    assert "pip install 'exocite[snapshot]'" in result.err
    assert [file.name for file in folder.iterdir()] == ["1.json"]


def test_an_interrupted_build_says_so_and_goes_on(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from exocite.registries.snapshot import building

    files = [put(folder, "1.json", THEANINE), put(folder, "2.json", CAFFEINE)]
    compact = building.compact

    def interrupting(record: Any) -> Any:
        if record["DOI"] == CAFFEINE["DOI"]:
            raise KeyboardInterrupt
        return compact(record)

    monkeypatch.setattr(building, "compact", interrupting)
    result = run("snapshot", "build", *files)
    assert result.code == 130
    assert "what was finished is kept" in result.err
    assert "not built to its end" in run("snapshot", "show", "exocite.snapshot").err
    monkeypatch.setattr(building, "compact", compact)
    result = run("snapshot", "build", *files)
    assert result.code == 0
    assert "indexed before: 1 file" in result.err
    assert "exocite.snapshot: 2 works" in result.out
