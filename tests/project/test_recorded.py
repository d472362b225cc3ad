"""What people decided of an article follows it to the name that it has now."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from exocite import config
from exocite.model import ClaimState, Judgement
from exocite.project import Project, checking, judging
from exocite.project.reading import Reading, article, read

BIB = """\
@article{marsh2019, author={Marsh, Peter}, title={Tea and iron}, year={2019},
  abstract={Tea lowers the uptake of iron in adults. Green tea had no effect on sleep in 40 men.}}
"""
FIRST = "Tea lowers the uptake of iron in 9 of 10 adults."
SECOND = "Green tea had no effect on the sleep of 40 men."
THIRD = "Black tea raised the blood pressure of 12 women by 5 percent."


def _project(root: Path) -> Project:
    return Project(config.load(root, {}))


def _read(project: Project, name: str) -> Reading:
    return read(project, article(project, str(project.settings.root / name)))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project whose old.md has a verdict on each of two claims."""
    (tmp_path / "bib").mkdir()
    (tmp_path / "bib" / "references.bib").write_text(BIB, encoding="utf-8")
    (tmp_path / "exocite.toml").write_text('articles = ["*.md"]\n', encoding="utf-8")
    (tmp_path / "old.md").write_text(f"{FIRST}\n\n{SECOND}\n", encoding="utf-8")
    project = _project(tmp_path)
    reading = _read(project, "old.md")
    first, second = reading.claims
    found = judging.quotation(project, first, "marsh2019", "Tea lowers the uptake of iron")
    judging.judge(
        project, reading, first, Judgement.SUPPORTED, by="Ann", key="marsh2019", suggestion=found
    )
    judging.judge(project, reading, second, Judgement.DISPUTED, by="Bo", key="marsh2019")
    return tmp_path


def _states(project: Project, name: str) -> list[ClaimState]:
    reading = _read(project, name)
    return [reading.standings.of[claim.id].state for claim in reading.claims]


def _codes(project: Project) -> list[str]:
    findings = checking.run(project, ()).report.findings
    return [finding.code for finding in findings if finding.code.startswith("EXO4")]


def test_a_renamed_article_keeps_its_verdicts(root: Path) -> None:
    before = _states(_project(root), "old.md")
    (root / "text").mkdir()
    (root / "old.md").rename(root / "text" / "new.md")
    (root / "exocite.toml").write_text('articles = ["**/*.md"]\n', encoding="utf-8")
    assert _states(_project(root), "text/new.md") == before == [ClaimState.REVIEWED] * 2
    assert "EXO414" not in _codes(_project(root))


def test_renamed_and_edited_at_once_makes_stale_what_was_edited(root: Path) -> None:
    changed = SECOND.replace("40 men", "80 men")
    (root / "old.md").unlink()
    (root / "new.md").write_text(f"{FIRST}\n\n{changed}\n", encoding="utf-8")
    assert _states(_project(root), "new.md") == [ClaimState.REVIEWED, ClaimState.STALE]


def test_a_copy_takes_nothing_while_the_file_is_there(root: Path) -> None:
    (root / "copy.md").write_text((root / "old.md").read_text("utf-8"), encoding="utf-8")
    assert _states(_project(root), "copy.md") == [ClaimState.UNCITED] * 2


def test_an_article_that_shares_one_sentence_of_many_is_another(root: Path) -> None:
    project = _project(root)
    (root / "old.md").write_text(f"{FIRST}\n\n{SECOND}\n\n{THIRD}\n", encoding="utf-8")
    reading = _read(project, "old.md")
    judging.judge(project, reading, reading.claims[2], Judgement.UNSUPPORTED, by="Ann")
    (root / "old.md").unlink()
    (root / "other.md").write_text(f"Coffee is dear.\n\n{THIRD}\n", encoding="utf-8")
    assert ClaimState.REVIEWED not in _states(_project(root), "other.md")
    (found,) = [
        one for one in checking.run(_project(root), ()).report.findings if one.code == "EXO414"
    ]
    assert found.path.endswith("verdicts.jsonl")
    assert found.line == 1
    assert "3 verdicts and 1 accepted passage of “old.md”" in found.message


def test_a_text_spread_over_files_keeps_each_verdict_in_its_place(root: Path) -> None:
    whole = [f"Tea number {n} lowered the pulse of {n + 20} men by {n} percent." for n in range(9)]
    (root / "long.md").write_text("\n\n".join(whole), encoding="utf-8")
    project = _project(root)
    reading = _read(project, "long.md")
    for claim in reading.claims:
        judging.judge(project, reading, claim, Judgement.UNSUPPORTED, by="Ann")
    (root / "long.md").unlink()
    for number in range(3):
        part = "\n\n".join(whole[3 * number : 3 * number + 3])
        (root / f"part{number}.md").write_text(part + "\n", encoding="utf-8")
        (root / f"alone{number}.md").write_text(f"Tea. {whole[number]} Tea.\n", encoding="utf-8")
    for number in range(3):
        assert _states(_project(root), f"part{number}.md") == [ClaimState.REVIEWED] * 3
        assert ClaimState.REVIEWED not in _states(_project(root), f"alone{number}.md")


def test_what_is_taken_back_and_added_under_the_new_name_counts(root: Path) -> None:
    (root / "old.md").rename(root / "new.md")
    project = _project(root)
    reading = _read(project, "new.md")
    first, second = reading.claims
    judging.judge(project, reading, second, Judgement.WITHDRAWN, by="Bo")
    assert _states(_project(root), "new.md") == [ClaimState.REVIEWED, ClaimState.UNCITED]
    found = judging.quotation(project, first, "marsh2019", "Tea lowers the uptake of iron")
    judging.judge(
        project, reading, first, Judgement.PARTIAL, by="Cy", key="marsh2019", suggestion=found
    )
    links = (root / "bib" / "evidence.jsonl").read_text("utf-8")
    assert links.count("\n") == 1
    assert "old.md" not in links
    assert "new.md" in links


def test_a_revision_before_the_renaming_has_its_verdicts_too(root: Path) -> None:
    def git(*words: str) -> None:
        who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        subprocess.run(["git", *who, *words], cwd=root, check=True, capture_output=True)

    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "one")
    git("mv", "old.md", "new.md")
    project = _project(root)
    before = project.at("HEAD")
    reading = read(before, article(before, str(root / "new.md")))
    assert [reading.standings.of[c.id].state for c in reading.claims] == [ClaimState.REVIEWED] * 2
    assert checking.run(project, (), quiet=checking.Quiet(since="HEAD")).report.findings == ()
