"""Recording a verdict: what is left behind when half of it cannot be written."""

from __future__ import annotations

from pathlib import Path

import pytest

from exocite import config
from exocite.errors import StoreError
from exocite.model import Judgement
from exocite.project import Project, judging
from exocite.project.reading import article, read

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
