"""A project in an empty folder, the command line run in this process, and a small registry."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from exocite import cli, weights
from exocite.claims.scoring import ClaimModel
from tests.fakes.crossref import FakeCrossref


@dataclass(frozen=True)
class Result:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        return self.out + self.err


Run = Callable[..., Result]

ARTICLE = """\
Green tea and sleep

By Ada Example

Green tea holds caffeine and an amino acid called theanine. In a trial of 30 adults, theanine
shortened the time to fall asleep by 12 minutes. Who would not like to sleep better?

Risks

Caffeine after 6 p.m. reduces the length of deep sleep by 20 %. Tea also lowers the uptake of iron.

References:

  • Okafor, Ngozi, and Lena Brandt. "Theanine and sleep: a trial." Sleep
    Trials 12.3 (2021): 101-110.
  • Marsh, Peter, et al. "Evening caffeine and deep sleep." Nightly Medicine 8 (2019): 44-52.
"""

THEANINE = {
    "DOI": "10.5555/theanine",
    "type": "journal-article",
    "title": ["Theanine and sleep: a trial"],
    "author": [
        {"given": "Ngozi", "family": "Okafor", "sequence": "first"},
        {"given": "Lena", "family": "Brandt", "sequence": "additional"},
    ],
    "container-title": ["Sleep Trials"],
    "volume": "12",
    "issue": "3",
    "page": "101-110",
    "issued": {"date-parts": [[2021, 5]]},
    "abstract": "<jats:p>Thirty adults took theanine or a placebo for four weeks. Theanine "
    "shortened the time to fall asleep by 12 minutes. Mood did not change.</jats:p>",
}
CAFFEINE = {
    "DOI": "10.5555/caffeine",
    "type": "journal-article",
    "title": ["Evening caffeine and deep sleep"],
    "author": [{"given": "Peter", "family": "Marsh", "sequence": "first"}],
    "container-title": ["Nightly Medicine"],
    "volume": "8",
    "page": "44-52",
    "issued": {"date-parts": [[2019]]},
}
COMMENT = {
    **CAFFEINE,
    "DOI": "10.5555/comment",
    "title": ["Comment on “Evening caffeine and deep sleep”"],
    "page": "53",
}


def project_of(folder: Path, bibliography: str, article: str) -> Path:
    """The folder with this bibliography and the article a.md in it."""
    (folder / "bib").mkdir()
    (folder / "bib" / "references.bib").write_text(bibliography, encoding="utf-8")
    (folder / "a.md").write_bytes(article.encode())
    return folder


def judged(run: Run, key: str, quotation: str) -> str:
    """The claim of a.md with the first word of a passage of the work, judged supported by that."""
    shown = json.loads(run("claims", "a.md", "--json").out)["claims"]
    first = quotation.partition(" ")[0]
    claim = next(str(one["id"]) for one in shown if first in one["text"])
    about = ("--claim", claim, "--by", "Ada", "--verdict", "supported", "--key", key)
    assert run("link", "a.md", *about, "--quote", quotation).code == 0
    return claim


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def detector() -> ClaimModel:
    """The shipped model, loaded once for all commands of the suite."""
    return weights.claim_model()


@pytest.fixture
def run(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    detector: ClaimModel,
) -> Run:
    """Run `exocite ARGUMENTS` in the folder."""
    monkeypatch.setattr(weights, "claim_model", lambda: detector)

    def ran(*arguments: str) -> Result:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main(list(arguments))
        said = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        assert "Traceback" not in said.err
        return Result(ended.value.code, said.out, said.err)

    return ran


@pytest.fixture
def article(folder: Path) -> Path:
    """An article that lists two references and cites neither."""
    path = folder / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def works() -> list[dict[str, Any]]:
    """What the fake registry holds."""
    return [THEANINE, CAFFEINE, COMMENT]


@pytest.fixture
def registry(works: list[dict[str, Any]]) -> Iterator[FakeCrossref]:
    """The fake registry, running."""
    with FakeCrossref(works) as fake:
        yield fake
