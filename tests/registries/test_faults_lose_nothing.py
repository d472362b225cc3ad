"""A fault in the middle of a run: one reference is not checked, and nothing known is lost."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from exocite.config import load
from exocite.model import Outcome
from exocite.project import Project
from exocite.project.resolving import Resolved, resolve
from exocite.registries import Endpoint
from exocite.registries.answers import Answers
from exocite.registries.crossref import Crossref
from exocite.registries.http import Transport
from tests.fakes.crossref import FakeCrossref
from tests.fakes.faults import Fault
from tests.registries.conftest import _CERTIFICATES, client, record
from tests.registries.outcomes import OUTCOMES, patience

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
LATER = datetime(2026, 6, 7, 8, 9, 10, tzinfo=UTC)
TITLES = ("Lamps of the harbour", "The wheel and the canal", "Bridges in the fog")
RECORDS = [record(f"10.5555/w{n}", title, volume=str(n + 3)) for n, title in enumerate(TITLES)]
BIB = "".join(
    f"@article{{k{n}, author = {{Lovelace, Ada}}, title = {{{title}}}, year = 2021,\n"
    f"  journal = {{Journal of Works}}, volume = {n + 3}, pages = {{1--9}},\n"
    f"  doi = {{10.5555/w{n}}}}}\n"
    for n, title in enumerate(TITLES)
)
LASTING = [*OUTCOMES, "drip", "wrong-doi", "null-doi", "redirect"]


def project(folder: Path, now: datetime = NOW) -> Project:
    (folder / "bib").mkdir(exist_ok=True)
    path = folder / "bib" / "references.bib"
    if not path.exists():
        path.write_text(BIB, encoding="utf-8", newline="\n")
    return Project(load(folder, {}), clock=lambda: now)


def resolved(here: Project, *faults: Fault, **settings: Any) -> list[Resolved]:
    with FakeCrossref(RECORDS, faults=faults) as fake:
        crossref, _ = client(fake.url, **settings)
        with crossref:
            return list(resolve(here, here.references(), crossref))


def fault(name: str) -> Fault:
    values = {"redirect": "https://evil.example/", "drip": "0.001"}
    # Lists and the second work's own record are struck, the records of the others are not.
    return Fault(name, times=None, path=r"/works\?|w1$", value=values.get(name, ""))


@pytest.mark.parametrize("name", LASTING)
def test_what_was_known_stays(tmp_path: Path, name: str) -> None:
    resolved(project(tmp_path))
    known = project(tmp_path).records
    assert {one.outcome for one in known.values()} == {Outcome.MATCHED}
    tick = 1.0 if name == "drip" else 0.0
    results = resolved(project(tmp_path, LATER), fault(name), tick=tick, **patience(name))
    assert results[1].resolution.outcome is Outcome.NOT_CHECKED
    assert results[1].kept == known["k1"].date
    assert {one.resolution.outcome for one in results} <= {Outcome.MATCHED, Outcome.NOT_CHECKED}
    after = project(tmp_path).records
    assert after["k1"] == known["k1"]
    assert {one.outcome for one in after.values()} == {Outcome.MATCHED}
    assert (tmp_path / "bib" / "references.bib").read_text("utf-8") == BIB


@pytest.mark.parametrize("name", LASTING)
def test_what_was_learned_before_it_is_written(tmp_path: Path, name: str) -> None:
    strikes = fault(name)
    strikes.path = "w1$|w2$"
    tick = 1.0 if name == "drip" else 0.0
    resolved(project(tmp_path), strikes, tick=tick, **patience(name))
    outcomes = {key: one.outcome for key, one in project(tmp_path).records.items()}
    # The three were asked for in one list, which nothing struck.
    assert outcomes == dict.fromkeys(("k0", "k1", "k2"), Outcome.MATCHED)


# --------------------------------------------------------------------------- the cache


@pytest.fixture
def fake() -> Iterator[FakeCrossref]:
    with FakeCrossref(RECORDS) as server:
        yield server


def keeping(fake: FakeCrossref, folder: Path) -> Crossref:
    endpoint = Endpoint(fake.url)
    answers = Answers(folder)
    return Crossref(
        endpoint,
        transport=Transport(endpoint, "Crossref", answers=answers, ssl_context=_CERTIFICATES),
    )


def _damage(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-3] + b"xyz")


def _replace_by_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _lock(path: Path) -> None:
    path.chmod(0)


def _never_written(path: Path) -> None:
    path.unlink()
    path.parent.chmod(0o500)


@pytest.mark.parametrize("harm", [_damage, _replace_by_a_folder, _lock, _never_written])
def test_a_cache_that_is_harmed_is_asked_past(
    fake: FakeCrossref, tmp_path: Path, harm: Any
) -> None:
    with keeping(fake, tmp_path) as crossref:
        work = crossref.work("10.5555/w1")
        (path,) = tmp_path.glob("??/*")
        harm(path)
        try:
            assert crossref.work("10.5555/w1") == work
        finally:
            path.parent.chmod(0o700)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    forbidden = harm in (_lock, _never_written)
    assert len(fake.requests) == (1 if harm is _lock and root else 2) or forbidden


def test_an_answer_that_is_read_while_it_is_written(tmp_path: Path, fake: FakeCrossref) -> None:
    """Threads write one answer over and over; a reader sees all of it or nothing."""
    with keeping(fake, tmp_path) as crossref:
        work = crossref.work("10.5555/w1")
    answers = Answers(tmp_path)
    (path,) = tmp_path.glob("??/*")
    url = f"{fake.url}/works/10.5555%2Fw1"
    kept = answers.get(url)
    assert kept is not None
    ended = threading.Event()

    def write() -> None:
        own = Answers(tmp_path)
        while not ended.is_set():
            own.put(url, kept)

    threads = [threading.Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    seen = [answers.get(url) for _ in range(300)]
    ended.set()
    for thread in threads:
        thread.join()
    assert all(one in (None, kept) for one in seen)
    answers.put(url, kept)
    with keeping(fake, tmp_path) as crossref:
        assert crossref.work("10.5555/w1") == work
    assert len(fake.requests) == 1
    assert path.exists()
