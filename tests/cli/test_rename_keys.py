"""exocite doctor --rename-keys: keys after the pattern, wherever a project names them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from exocite.errors import StoreError
from exocite.project import relabelling
from exocite.references import citekeys
from exocite.store import Store
from tests.cli.conftest import Run, judged, project_of

BIB = """\
% kept as it is: oldkey
@article{oldkey, author={Ku, Ying and Lee, Ann}, title={Vesicles of cells}, year={2023},
  abstract={Exosomes carry RNA between cells. They are small.}}
@Article{ku2023, author = {Ku, Bo}, title={Another work}, year={2023}}
@inbook{Part, title={A part}, author={Brandt, B}, crossref={OLDBOOK}, related={oldkey, ku2023}}
@book{oldbook, editor={Marsh, Peter}, title={The whole}, year={2019}}
@misc{twice, author={Novak, A}, year={2001}}
@misc{twice, author={Novak, B}, year={2002}}
@comment{jabref-meta: grouping: 1 StaticGroup:mine\\;0\\;oldkey\\;}
"""
TEXT = (
    "# Cells\r\n\r\nExosomes carry RNA between cells [see @oldkey, p. 3; @ku2023]. Write "
    "`@oldkey` for it.\r\n"
)
CARRY = "Exosomes carry RNA between cells."


@pytest.fixture
def project(folder: Path) -> Path:
    return project_of(folder, BIB, TEXT)


def files(folder: Path) -> dict[str, bytes]:
    """All files but the lock and caches."""
    found = (path for path in folder.rglob("*") if path.is_file() and ".exocite" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_shown_and_nothing_written(run: Run, project: Path) -> None:
    before = files(project)
    result = run("doctor", "--rename-keys", "--article", "a.md", "--diff")
    assert result.code == 1, result.text
    assert "oldkey → ku2023a" in result.out
    assert "Part → brandt2019" in result.out  # The year is that of the book.
    assert "oldbook → marsh2019" in result.out
    assert "+Exosomes carry RNA between cells [see @ku2023a, p. 3; @ku2023]." in result.out
    assert result.out.splitlines()[-1] == "3 citekeys would change; nothing was written"
    assert "twice is the key of several entries: it stays" in result.err
    assert files(project) == before


def test_written_wherever_it_is_named(run: Run, project: Path) -> None:
    judged(run, "oldkey", CARRY)
    result = run("doctor", "--rename-keys", "--article", "a.md", "--fix")
    assert result.code == 0, result.text
    assert (project / "a.md").read_bytes() == TEXT.encode().replace(
        b"[see @oldkey", b"[see @ku2023a"
    )
    bib = (project / "bib" / "references.bib").read_text(encoding="utf-8")
    expected = BIB.replace("@article{oldkey", "@article{ku2023a").replace(
        "@inbook{Part", "@inbook{brandt2019"
    )
    expected = expected.replace("@book{oldbook", "@book{marsh2019").replace(
        "{OLDBOOK}", "{marsh2019}"
    )
    assert bib == expected.replace("related={oldkey,", "related={ku2023a,")
    for name in ("evidence.jsonl", "verdicts.jsonl"):
        lines = (project / "bib" / name).read_text(encoding="utf-8").splitlines()
        assert [json.loads(line)["key"] for line in lines] == ["ku2023a"]
    assert "a.md:3:72: oldkey stands here and is no citation: it was left" in result.err
    assert "references.bib:9: oldkey in a comment: it was left" in result.err
    shown = json.loads(run("claims", "a.md", "--json").out)["claims"]
    assert [c["state"] for c in shown if "Exosomes" in c["text"]] == ["reviewed"]
    assert run("doctor", "--rename-keys", "--article", "a.md").code == 0
    assert not [*project.rglob("renaming.json")]


def test_only_the_keys_that_are_named(run: Run, project: Path) -> None:
    result = run("doctor", "Part", "--rename-keys", "--article", "a.md", "--fix", "--json")
    said = json.loads(result.out)
    assert said["citekeys"] == [{"key": "Part", "proposed": "brandt2019"}]
    assert (said["written"], said["files"]) == (True, [])


def test_a_key_of_a_log_or_of_a_citation_is_never_given_again(run: Run, project: Path) -> None:
    (project / "bib" / "verdicts.jsonl").write_text('{"key": "ku2023a"}\n', encoding="utf-8")
    assert "oldkey → ku2023b" in run("doctor", "--rename-keys", "--article", "a.md").out
    (project / "a.md").write_text("Cells are small [@ku2023b].\n", encoding="utf-8")
    refused = run("doctor", "--rename-keys", "--article", "a.md", "--fix")
    assert refused.code == 2
    assert "a.md: it cites ku2023b, which no entry has" in refused.err


@pytest.mark.parametrize("failing", ["a.md", "evidence.jsonl", "references.bib"])
@pytest.mark.parametrize("error", [KeyboardInterrupt(), StoreError("the disk is full")])
def test_all_or_nothing(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch, failing: str, error: BaseException
) -> None:
    judged(run, "oldkey", CARRY)
    before = files(project)
    write = Store.write

    def broken(self: Store, path: Path, data: bytes, *, expected: bytes | None) -> None:
        if path.name == failing and data not in before.values():
            if isinstance(error, KeyboardInterrupt):
                write(self, path, data, expected=expected)  # It comes just after.
            raise error
        write(self, path, data, expected=expected)

    monkeypatch.setattr(Store, "write", broken)
    result = run("doctor", "--rename-keys", "--article", "a.md", "--fix")
    assert result.code == (130 if isinstance(error, KeyboardInterrupt) else 2)
    assert files(project) == before


@pytest.mark.parametrize("written", [1, 2, 3])
def test_a_run_that_was_killed_is_taken_up(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    judged(run, "oldkey", CARRY)
    write, remove, left = Store.write, Store.remove, [written + 1]

    def dying(self: Store, path: Path, data: bytes, *, expected: bytes | None) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise SystemExit(9)  # Nothing after it is done, as after kill -9.
        write(self, path, data, expected=expected)

    monkeypatch.setattr(Store, "write", dying)
    monkeypatch.setattr(Store, "remove", lambda *_: None)
    monkeypatch.setattr(relabelling, "_take_back", lambda *_: None)
    assert run("doctor", "--rename-keys", "--article", "a.md", "--fix").code != 0
    monkeypatch.setattr(Store, "write", write)
    monkeypatch.setattr(Store, "remove", remove)
    result = run("doctor", "--rename-keys", "--article", "a.md", "--fix")
    assert result.code == 0, result.text
    assert "an earlier renaming was cut short" in result.err
    assert b"[see @ku2023a, p. 3; @ku2023]" in (project / "a.md").read_bytes()
    (verdict,) = (project / "bib" / "verdicts.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(verdict)["key"] == "ku2023a"
    assert not [*project.rglob("renaming.json")]


def test_a_list_that_a_repository_brought_along_is_not_believed(run: Run, project: Path) -> None:
    told = json.dumps({"schema": "exocite.renaming/1", "keys": {"oldkey": "chosen"}})
    for name in ("renaming.json", "0123456789abcdef0123456789abcdef/renaming.json"):
        path = project / ".exocite" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(told, encoding="utf-8")
    result = run("doctor", "oldkey", "--rename-keys", "--article", "a.md", "--fix")
    assert result.code == 0, result.text
    assert "oldkey → ku2023a" in result.out
    assert "cut short" not in result.err
    assert "chosen" not in (project / "bib" / "references.bib").read_text(encoding="utf-8")
    assert (project / ".exocite" / "renaming.json").read_text(encoding="utf-8") == told


def test_where_no_list_can_be_kept_it_is_said(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exocite.project.project.private_folder", lambda _: None)
    result = run("doctor", "--rename-keys", "--article", "a.md", "--fix")
    assert (result.code, "take the files back from git" in result.err) == (0, True)
    assert b"[see @ku2023a, p. 3; @ku2023]" in (project / "a.md").read_bytes()
    assert not [*project.rglob("renaming.json")]


def outside(run: Run, project: Path, how: str) -> Path:
    """An article beside the project that its own files name, not the person."""
    place = project.parent / "not of the project.md"
    place.write_bytes(TEXT.encode())
    if how == "setting":
        (project / "exocite.toml").write_text('articles = ["../*.md"]\n', encoding="utf-8")
    elif how == "link":
        (project / "exocite.toml").write_text('articles = ["*.md"]\n', encoding="utf-8")
        try:
            (project / "b.md").symlink_to(place)
        except OSError:
            pytest.skip("links cannot be made here")
    else:
        judged(run, "oldkey", CARRY)
        path = project / "bib" / "evidence.jsonl"
        line = json.loads(path.read_text(encoding="utf-8")) | {"article": f"../{place.name}"}
        path.write_text(json.dumps(line) + "\n", encoding="utf-8")
    return place


@pytest.mark.parametrize("how", ["setting", "link", "evidence"])
@pytest.mark.parametrize(
    "command",
    [
        ("doctor", "--rename-keys", "--fix"),
        ("duplicates", "--merge", "ku2023", "oldkey", "--keep", "ku2023"),
    ],
)
def test_no_file_of_the_project_has_others_outside_it_written(
    run: Run, project: Path, how: str, command: tuple[str, ...]
) -> None:
    place = outside(run, project, how)
    before = files(project)
    result = run(*command)
    assert result.code == 2, result.text
    assert "it lies outside the project's folder" in result.err
    assert (files(project), place.read_bytes()) == (before, TEXT.encode())
    named = ("--article", str(place)) if command[0] == "doctor" else (str(place),)
    assert run(*command, *named).code == 0
    assert b"[see @ku2023" in place.read_bytes()


def test_evidence_of_an_article_whose_name_no_file_can_have(run: Run, project: Path) -> None:
    judged(run, "oldkey", CARRY)
    path = project / "bib" / "evidence.jsonl"
    for name in ("x" * 5000, "a\0b", "../" * 2000):
        line = json.loads(path.read_text(encoding="utf-8")) | {"article": name}
        path.write_text(json.dumps(line) + "\n", encoding="utf-8")
        assert run("doctor", "oldkey", "--rename-keys", "--article", "a.md").code == 1


def test_a_pattern_of_letters_costs_no_more_with_more_entries_of_one_name(
    run: Run, project: Path
) -> None:
    (project / "exocite.toml").write_text('citekey = "{author}"\n', encoding="utf-8")
    entries = (
        f"@misc{{k{n}, author={{Ku, A}}, title={{T}}, year={{2001}}}}\n" for n in range(3000)
    )
    (project / "bib" / "references.bib").write_text("".join(entries), encoding="utf-8")
    tried = 0
    counted = citekeys._numbered

    def counting(stem: str, number: int) -> str:
        nonlocal tried
        tried += 1
        return counted(stem, number)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(citekeys, "_numbered", counting)
        result = run("doctor", "--rename-keys", "--json")
    made = [one["proposed"] for one in json.loads(result.out)["citekeys"]]
    assert made[:3] == ["ku", "ku-a", "ku-b"]
    assert len(set(made)) == 3000
    assert tried < 7000
