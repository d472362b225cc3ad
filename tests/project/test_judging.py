"""Recording a verdict: what half of one leaves behind, and what a withdrawal takes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from exocite import config
from exocite.errors import StoreError, UsageError
from exocite.model import ClaimState, Judgement
from exocite.project import Project, judging
from exocite.project.reading import Reading, article, read

BIB = """\
@article{marsh2019, author={Marsh, Peter}, title={Tea and iron}, year={2019},
  abstract={Tea lowers the uptake of iron in adults.}}
"""


def test_a_passage_that_cannot_be_kept_leaves_no_accepted_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bib").mkdir()
    (tmp_path / "bib" / "references.bib").write_text(BIB, encoding="utf-8")
    (tmp_path / "a.md").write_text("Tea lowers the uptake of iron in 9 of 10 adults.\n", "utf-8")
    project = Project(config.load(tmp_path, {}))
    reading = read(project, article(project, str(tmp_path / "a.md")))
    (claim,) = reading.claims
    found = judging.quotation(project, claim, "marsh2019", "Tea lowers the uptake of iron")

    def full(*_: object) -> None:
        raise StoreError("evidence.jsonl: cannot be written: no space left on device")

    monkeypatch.setattr(project.store, "write_evidence", full)
    with pytest.raises(StoreError):
        judging.judge(
            project, reading, claim, Judgement.CONTRADICTED, by="Ann", key="marsh2019",
            suggestion=found,
        )  # fmt: skip
    again = Project(config.load(tmp_path, {}))
    standing = read(again, article(again, str(tmp_path / "a.md"))).standings.of[claim.id]
    assert standing.accepted == ()
    assert "no longer linked" in standing.stale[0].reason


# --------------------------------------------------------------------------- withdrawals

WAS = "Tea lowers the uptake of iron in 9 of 10 adults."
IS = "Tea lowers the uptake of iron in 8 of 10 adults."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project whose article makes one claim, not judged yet."""
    (tmp_path / "bib").mkdir()
    (tmp_path / "bib" / "references.bib").write_text(BIB, encoding="utf-8")
    (tmp_path / "a.md").write_text(f"{WAS}\n", "utf-8")
    return tmp_path


def opened(folder: Path) -> tuple[Project, Reading]:
    project = Project(config.load(folder, {}))
    return project, read(project, article(project, str(folder / "a.md")))


def judge(folder: Path, judgement: Judgement, by: str = "Ada", key: str = "") -> None:
    project, reading = opened(folder)
    (claim,) = reading.claims
    judging.judge(project, reading, claim, judgement, by=by, key=key)


def words(folder: Path) -> list[tuple[str, str]]:
    """The lines of the log: the verdict and whose it is."""
    return [(one.judgement.value, one.by) for one in opened(folder)[0].verdicts.items]


def state(folder: Path) -> ClaimState:
    _, reading = opened(folder)
    (standing,) = reading.standings.of.values()
    return standing.state


@pytest.mark.parametrize("by_id", ["of_now", "of_then"])
def test_a_verdict_on_other_words_is_taken_back(folder: Path, by_id: str) -> None:
    judge(folder, Judgement.CONTRADICTED)
    then = opened(folder)[1].claims[0].id
    (folder / "a.md").write_text(f"{IS}\n", "utf-8")
    project, reading = opened(folder)
    (claim,) = reading.claims
    assert (claim.id != then, state(folder)) == (True, ClaimState.STALE)
    if by_id == "of_now":
        judging.judge(project, reading, claim, Judgement.WITHDRAWN, by="Ada")
    else:
        assert judging.former_claims(reading) == {then}
        judging.withdraw_orphan(project, reading, then, by="Ada")
    assert state(folder) is ClaimState.UNCITED
    (folder / "a.md").write_text(f"{WAS}\n", "utf-8")
    assert state(folder) is ClaimState.UNCITED


def test_only_ones_own_verdict_on_other_words_is_taken_back(folder: Path) -> None:
    judge(folder, Judgement.CONTRADICTED, key="marsh2019")
    (folder / "a.md").write_text(f"{IS}\n", "utf-8")
    for whose in ({"by": "Bea"}, {"by": "Ada", "key": "other"}):
        project, reading = opened(folder)
        with pytest.raises(UsageError, match="there is no verdict by"):
            judging.judge(project, reading, reading.claims[0], Judgement.WITHDRAWN, **whose)
    assert state(folder) is ClaimState.STALE


def test_the_last_verdict_goes_first_whichever_words_it_was_on(folder: Path) -> None:
    judge(folder, Judgement.CONTRADICTED)
    (folder / "a.md").write_text(f"{IS}\n", "utf-8")
    judge(folder, Judgement.DISPUTED)
    (folder / "a.md").write_text(f"{WAS}\n", "utf-8")
    assert state(folder) is ClaimState.STALE
    judge(folder, Judgement.WITHDRAWN)
    assert state(folder) is ClaimState.REVIEWED
    judge(folder, Judgement.WITHDRAWN)
    assert state(folder) is ClaimState.UNCITED


def test_a_name_in_another_case_is_the_same_person(folder: Path) -> None:
    judge(folder, Judgement.CONTRADICTED, by="Ada")
    judge(folder, Judgement.WITHDRAWN, by="ada")
    assert state(folder) is ClaimState.UNCITED
    assert words(folder) == [("contradicted", "Ada"), ("withdrawn", "ada")]
