"""A small project with verdicts, and a report made by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from exocite import config, weights
from exocite.claims.detect import ClaimModel
from exocite.project import Project
from exocite.report import revision

NOW = datetime(2026, 1, 31, 12, 0, 0, tzinfo=UTC)

BIB = """\
@article{okafor2021, author={Okafor, Ngozi and Brandt, Lena}, title={Theanine and sleep},
  journal={Sleep Trials}, year={2021}, doi={10.5555/theanine},
  abstract={Thirty adults took theanine. Theanine shortened the time to fall asleep by 12 minutes.
  Mood did not change.}}
@article{marsh2019, author={Marsh, Peter}, title={Evening caffeine <script>alert(1)</script>},
  year={2019}, url={javascript:alert(1)}}
"""
ARTICLE = """\
# Tea & sleep

Theanine shortened the time to fall asleep by 12 minutes in 2021 [@okafor2021]. Who would not like
to sleep better?

## Risks

- Caffeine reduced deep sleep by 20 % in 2019 [@marsh2019].
- Tea lowers the uptake of iron by 60 % in adults.

| drink | caffeine |
| --- | --- |
| tea | 40 mg |
"""


@pytest.fixture(scope="session")
def detector() -> ClaimModel:
    """The shipped model, loaded once."""
    return weights.claim_model()


@pytest.fixture
def project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, detector: ClaimModel
) -> Callable[[], Project]:
    """Makes the project in the current folder as it is on disk, at one fixed time."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(weights, "claim_model", lambda: detector)
    monkeypatch.setattr(revision, "current", lambda _root: "abc1234")
    (tmp_path / "bib").mkdir()
    (tmp_path / "bib" / "references.bib").write_text(BIB, encoding="utf-8")
    (tmp_path / "tea.md").write_text(ARTICLE, encoding="utf-8")
    return lambda: Project(config.load(tmp_path, {}), lambda: NOW)
