"""What `check` is quiet about: a baseline, a revision, what is not staged. And what it writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Result, Run
from tests.test_revisions import git

OLD = "Retinol halves wrinkles in 80 % of patients."
NEW = "Vitamin C doubles collagen in 12 weeks."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bib").mkdir()
    (tmp_path / "bib" / "references.bib").write_text("")
    (tmp_path / "exocite.toml").write_text('articles = ["*.md"]\n')
    (tmp_path / "a.md").write_text(f"# Skin\n\n{OLD}\n")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "first")
    return tmp_path


def reported(result: Result) -> list[int]:
    return [finding["line"] for finding in json.loads(result.out)["findings"]]


def test_a_baseline_is_quiet_about_the_old_and_moves_with_the_text(folder: Path, run: Run) -> None:
    assert run("check").code == 1
    written = run("check", "--write-baseline")
    assert (written.code, written.out) == (0, "bib/baseline.json: 1 finding kept as old\n")
    assert run("check").code == 0
    (folder / "a.md").write_text(f"# Skin\n\n## More of it\n\n{NEW}\n\n{OLD}\n")
    result = run("check", "--json")
    assert (result.code, reported(result)) == (1, [5])
    assert reported(run("check", "--json", "--no-baseline")) == [5, 7]


def test_what_is_gone_from_a_baseline_is_told(folder: Path, run: Run) -> None:
    run("check", "--write-baseline")
    (folder / "a.md").write_text("# Skin\n")
    result = run("check")
    assert result.code == 0
    assert "1 finding of the baseline no longer there" in result.out
    assert run("check", "--write-baseline").code == 0
    assert "no longer there" not in run("check").out


def test_coverage_is_compared_with_that_of_the_baseline(folder: Path, run: Run) -> None:
    run("check", "--write-baseline")
    (folder / "bib" / "references.bib").write_text("@misc{a, doi = {10.5555/1}}\n")
    (folder / "a.md").write_text(f"# Skin\n\n{OLD[:-1]} [@a].\n")
    assert "since the baseline cited +100.0 points" in run("check").out


def test_a_broken_baseline_hides_nothing(folder: Path, run: Run) -> None:
    (folder / "bib" / "baseline.json").write_text("{")
    result = run("check")
    assert result.code == 2
    assert "EXO101" in result.out
    assert "not checked: bib/baseline.json: this is no baseline" in result.out
    assert "bib/baseline.json: this is no baseline" in result.err
    assert reported(run("check", "--json")) == [3]
    (folder / "bib" / "baseline.json").unlink()
    (folder / "bib" / "baseline.json").mkdir()
    assert "EXO101" in run("check").out
    assert run("check").code == 2


def test_a_broken_baseline_can_be_written_anew(folder: Path, run: Run) -> None:
    (folder / "bib" / "baseline.json").write_text("{")
    assert run("check", "--write-baseline").code == 0
    assert run("check").code == 0


def test_diff_reports_what_is_new_since_a_revision(folder: Path, run: Run) -> None:
    assert run("check", "--diff", "HEAD").code == 0
    (folder / "a.md").write_text(f"# Skin\n\n{NEW}\n\n{OLD}\n")
    result = run("check", "--diff", "HEAD", "--json")
    assert (result.code, reported(result)) == (1, [3])


def test_diff_with_a_file_that_is_new(folder: Path, run: Run) -> None:
    (folder / "b.md").write_text(f"{NEW}\n")
    result = run("check", "--diff", "HEAD", "--json")
    assert (result.code, reported(result)) == (1, [1])


def test_what_was_not_checked_before_either_is_named_and_fails_nothing(
    folder: Path, run: Run
) -> None:
    entry = "@misc{%s, title = {Tea}, doi = {10.5555/%s}}\n"
    bib = folder / "bib" / "references.bib"
    bib.write_text(entry % ("old", "1"))
    (folder / "a.md").write_text("# Skin\n\nTea [@old].\n")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "second")
    assert run("check").code == 3
    (folder / "a.md").write_text("# Skin and tea\n\nTea [@old].\n")
    git(folder, "add", "-A")
    for mode in (("--diff", "HEAD"), ("--staged",)):
        result = run("check", *mode)
        assert (result.code, "old: it was never resolved (as before the change)" in result.out) == (
            0,
            True,
        ), result.text
    bib.write_text(entry % ("old", "1") + entry % ("new", "2"))
    (folder / "a.md").write_text("# Skin and tea\n\nTea [@old; @new].\n")
    git(folder, "add", "-A")
    for mode in (("--diff", "HEAD"), ("--staged",)):
        result = run("check", *mode)
        assert (result.code, "new: it was never resolved\n" in result.out) == (3, True), result.text


def test_diff_with_no_such_revision(folder: Path, run: Run) -> None:
    result = run("check", "--diff", "nowhere")
    assert result.code == 2
    assert "git knows no revision 'nowhere'" in result.err


def test_staged_looks_at_what_is_staged_alone(folder: Path, run: Run) -> None:
    (folder / "a.md").write_text(f"# Skin\n\n{NEW}\n\n{OLD}\n")
    assert run("check", "--staged").code == 0
    git(folder, "add", "-A")
    (folder / "a.md").write_text("# Skin\n")
    result = run("check", "--staged", "--json")
    assert (result.code, reported(result)) == (1, [3])


def test_staged_before_the_first_commit(
    run: Run, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path_factory.mktemp("new")
    monkeypatch.chdir(place)
    (place / "bib").mkdir()
    (place / "bib" / "references.bib").write_text("")
    (place / "a.md").write_text(f"{OLD}\n")
    git(place, "init", "-q")
    git(place, "add", "-A")
    assert run("check", "a.md", "--staged").code == 1


@pytest.mark.parametrize(
    "words",
    [
        ("--diff", "HEAD", "--staged"),
        ("--write-baseline", "--diff", "HEAD"),
        ("--write-baseline", "a.md"),
        ("--format", "nothing"),
        ("--format", "json="),
        ("--format", "json", "--format", "text"),
    ],
)
def test_what_excludes_each_other(folder: Path, run: Run, words: tuple[str, ...]) -> None:
    result = run("check", *words)
    assert result.code == 2
    assert "Traceback" not in result.text


def test_several_outputs_at_once(folder: Path, run: Run) -> None:
    result = run("check", "--format", "json=out/found.json", "--format", "text")
    assert result.code == 1
    assert "EXO101 error" in result.out
    document = json.loads((folder / "out" / "found.json").read_text())
    assert [finding["code"] for finding in document["findings"]] == ["EXO101"]


def test_an_exemption_in_the_text(folder: Path, run: Run) -> None:
    comment = '<!-- exocite: exempt reason="known" by=ada until=2999-01-01 -->'
    (folder / "a.md").write_text(f"# Skin\n\n{OLD} {comment}\n")
    result = run("check")
    assert result.code == 0
    assert "1 exempt" in result.out
    (folder / "a.md").write_text(f"# Skin\n\n{OLD} {comment.replace('2999', '2020')}\n")
    codes = [f["code"] for f in json.loads(run("check", "--json").out)["findings"]]
    assert codes == ["EXO101", "EXO902"]


def test_config_says_where_each_value_is_from(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "exocite.toml").write_text(
        'articles = ["*.md"]\ncited = 80\nper_path_ignore = {"drafts/*" = ["EXO101"]}\n'
        'severities = {EXO1 = "info"}\n'
    )
    monkeypatch.setenv("EXOCITE_REVIEWERS", "2")
    told = {row["name"]: row for row in json.loads(run("config", "--json").out)["settings"]}
    assert (told["cited"]["value"], told["cited"]["origin"]) == (80.0, "exocite.toml")
    assert (told["reviewers"]["value"], told["reviewers"]["origin"]) == (2, "EXOCITE_REVIEWERS")
    assert told["style"]["origin"] == "default"
    shown = run("config", "--show").out
    assert "drafts/* = EXO101" in shown
    assert run("config").out.count("\n") == len(told)


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("citd = 80", "did you mean cited?"),
        ("cited = 101", "it must be a number from 0 to 100"),
        ("reviewers = 3", "it must be 1 or 2"),
        ('severities = {EXO1 = "loud"}', "it must be codes, each with one of error"),
        ("per_path_ignore = 3", "it must be a table"),
    ],
)
def test_a_setting_that_cannot_be(folder: Path, run: Run, line: str, hint: str) -> None:
    (folder / "exocite.toml").write_text(line + "\n")
    result = run("config", "--show")
    assert result.code == 2
    assert hint in result.err


def test_a_key_is_not_shown(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXOCITE_OPENALEX_KEY", "hush-hush")
    for words in (("--show",), ("--json",)):
        out = run("config", *words).out
        assert "hush" not in out
        assert "(set)" in out


def test_tables_in_setup_cfg(folder: Path, run: Run) -> None:
    (folder / "exocite.toml").unlink()
    (folder / "setup.cfg").write_text(
        "[exocite]\narticles = *.md\nseverities =\n    EXO101 = info\n"
        "per_path_ignore =\n    drafts/*.md = EXO101, EXO2\n"
    )
    result = run("check")
    assert (result.code, "EXO101 info" in result.out) == (0, True)
