"""A small project with an abstract, an attached text and three claims, open for review."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from exocite import config, weights
from exocite.claims.detect import ClaimModel
from exocite.review.guard import HEADER, Guard
from exocite.review.session import Session
from exocite.review.web import app

PORT = 8517
BASE = f"http://127.0.0.1:{PORT}"

BIB = """\
@article{marsh2019, author={Marsh, Peter}, title={Tea and iron <script>alert(1)</script>},
  journal={Meals}, year={2019}, doi={10.5555/marsh},
  abstract={Tea lowers the uptake of iron by 60 % in adults. Coffee does so too.}}
@article{okafor2021, author={Okafor, Ngozi}, title={Theanine and sleep}, year={2021}}
"""
ARTICLE = """\
# Tea

Tea lowers the uptake of iron by 60 % in adults [@marsh2019]. Theanine shortens the time to fall
asleep by 12 minutes [@okafor2021].

In 2019, 300 million people drank tea every day.
"""
ATTACHED = (
    "Thirty adults took part. Theanine shortened the time to fall asleep by 12 minutes. So far."
)


@pytest.fixture(scope="session")
def detector() -> ClaimModel:
    return weights.claim_model()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, detector: ClaimModel) -> Path:
    """The project's folder, which is the current one."""
    monkeypatch.setattr(weights, "claim_model", lambda: detector)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bib" / "sources").mkdir(parents=True)
    (tmp_path / "bib" / "references.bib").write_text(BIB, encoding="utf-8")
    (tmp_path / "bib" / "sources" / "okafor2021.txt").write_text(ATTACHED, encoding="utf-8")
    (tmp_path / "tea.md").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


Opened = Callable[..., Session]


@pytest.fixture
def opened(folder: Path) -> Iterator[Opened]:
    """Open a review of tea.md, everything compared; flags are settings."""
    sessions: list[Session] = []

    def opening(**flags: object) -> Session:
        session = Session(config.load(folder, {}, flags), "tea.md")
        sessions.append(session)
        assert session.comparer.wait(20)
        return session

    yield opening
    for session in sessions:
        session.comparer.stop()
        session.comparer.wait(20)


@pytest.fixture
def session(opened: Opened) -> Session:
    return opened()


class Browser:
    """Asks as the page's script does."""

    def __init__(self, session: Session, by: str = "", guard: Guard | None = None) -> None:
        self.guard = guard or Guard(PORT)
        self.client: FlaskClient = app(session, self.guard, by).test_client()
        self.headers = {HEADER: self.guard.token}
        self.enter()

    def enter(self) -> Any:
        return self.client.get("/", base_url=BASE, query_string={"token": self.guard.entrance})

    def get(self, path: str, **values: object) -> Any:
        return self.client.get(path, base_url=BASE, headers=self.headers, query_string=values)

    def post(self, path: str, **values: object) -> Any:
        return self.client.post(path, base_url=BASE, headers=self.headers, data=values)

    def form(self, path: str, **values: object) -> Any:
        """A form that is sent without script."""
        return self.client.post(path, base_url=BASE, data={"token": self.guard.token, **values})

    def card(self, anchor: str) -> dict[str, Any]:
        answer = self.get("/claim", claim=anchor)
        assert answer.status_code == 200, answer.text
        return dict(answer.json)

    def judge(self, anchor: str, verdict: str, *, choose: int = -1, **values: object) -> Any:
        """A verdict on a claim as it is shown; `choose` is the place of the passage."""
        card = self.card(anchor)
        if choose >= 0:
            values["offer"] = offered(card["html"])[choose]
        return self.post("/verdict", claim=anchor, hash=card["hash"], verdict=verdict, **values)


def offered(html: str) -> list[str]:
    """The names of the passages that a card offers."""
    return re.findall(r'name="offer" value="([0-9a-f]{16})"', html)


def said(folder: Path) -> list[tuple[str, str, str]]:
    """The verdicts on disk: judgement, work, who."""
    path = folder / "bib" / "verdicts.jsonl"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return [(one["judgement"], one.get("key", ""), one["by"]) for one in map(json.loads, lines)]


@pytest.fixture
def browser(session: Session) -> Browser:
    """A browser of Ada's that was given the address."""
    return Browser(session, "Ada Example")


@pytest.fixture
def anchors(session: Session) -> list[str]:
    """The names of the three claims."""
    found = [entry.pin.anchor for entry in session.entries]
    assert len(found) == 3
    return found
