"""Resolving side by side: the same order and bytes, and nothing that was done is lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from exocite.config import load
from exocite.errors import AnswerError, UnreachableError
from exocite.model import Outcome, Work
from exocite.project import Project, side_by_side
from exocite.project.resolving import resolve
from exocite.registries import asked
from exocite.registries.crossref import Crossref
from exocite.registries.http import Endpoint, Transport
from tests.fakes.crossref import FakeCrossref
from tests.fakes.faults import Fault

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
THEN = datetime(2025, 12, 24, 18, 0, 0, tzinfo=UTC)
KEYS = [f"k{number}" for number in range(24)]


def title(number: int) -> str:
    words = ["loom", "steam", "lamp", "harbour", "wheel", "bridge", "canal"]
    return f"On the {words[number % 7]} and the {words[(number * 3 + 1) % 7]} of year {number}"


def record(number: int) -> dict[str, Any]:
    return {
        "DOI": f"10.5555/w{number}",
        "type": "journal-article",
        "title": [title(number)],
        "author": [{"given": "Ada", "family": f"Person{number}"}],
        "container-title": ["Journal of Works"],
        "volume": str(number + 1),
        "page": f"{number + 10}-{number + 20}",
        "issued": {"date-parts": [[2000 + number]]},
    }


def entry(number: int) -> str:
    """Every third has no DOI, and one in six a DOI that is not there."""
    doi = f"10.5555/w{number}" if number % 6 else f"10.5555/gone{number}"
    line = f" doi = {{{doi}}},\n" if number % 3 != 1 else ""
    return (
        f"@article{{k{number},\n title = {{{title(number)}}}, author = {{Person{number}, Ada}},\n"
        f"{line} journal = {{Journal of Works}}, year = {2000 + number}, volume = {number + 1},\n"
        f" pages = {{{number + 10}--{number + 20}}}\n}}\n"
    )


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return made(tmp_path)


def made(folder: Path) -> Project:
    bib = folder / "bib"
    bib.mkdir(parents=True)
    text = "".join(entry(number) for number in range(len(KEYS)))
    (bib / "references.bib").write_text(text, encoding="utf-8", newline="\n")
    return Project(load(folder, {}), clock=lambda: NOW)


@pytest.fixture
def fake() -> Iterator[FakeCrossref]:
    with FakeCrossref([record(number) for number in range(len(KEYS))]) as server:
        yield server


def files(folder: Path) -> dict[str, bytes]:
    return {
        name: (folder / "bib" / name).read_bytes() for name in ("references.bib", "works.jsonl")
    }


def test_any_number_of_workers_gives_the_same_order_and_bytes(
    tmp_path: Path, fake: FakeCrossref
) -> None:
    written = []
    for workers in (1, 3, 16):
        folder = tmp_path / str(workers)
        here = made(folder)
        with Crossref(Endpoint(fake.url)) as crossref:
            results = list(resolve(here, here.references(), crossref, workers=workers))
        assert [result.reference.key for result in results] == KEYS
        written.append((files(folder), [result.resolution.outcome for result in results]))
    assert written[0] == written[1] == written[2]
    outcomes = written[0][1]
    assert outcomes.count(Outcome.MATCHED) == 20
    assert outcomes.count(Outcome.METADATA_MISMATCH) == 4


def test_dois_are_asked_for_together_and_what_is_missing_singly(
    project: Project, fake: FakeCrossref
) -> None:
    with Crossref(Endpoint(fake.url)) as crossref:
        list(resolve(project, project.references(), crossref, workers=4))
    lists = [request.parameters.get("filter", "") for request in fake.requests]
    filters = [asked for asked in lists if asked.startswith("doi:")]
    updates = [asked.split(",") for asked in lists if asked.startswith("updates:")]
    asked_of = [one for group in updates for one in group]
    # Those printed together; those found by a search once each, as many together as there are.
    assert len(updates[0]) == 16
    assert sorted(asked_of) == sorted(set(asked_of))
    assert len(asked_of) == 16 + 12
    singly = sorted(request.doi for request in fake.requests if request.doi)
    assert len(filters) == 1
    assert singly == sorted(f"10.5555/gone{number}" for number in (0, 6, 12, 18))


def test_a_list_that_fails_costs_no_look_up(project: Project) -> None:
    works = [record(number) for number in range(len(KEYS))]
    refused = Fault("status-400", times=None, path="filter=")
    with FakeCrossref(works, faults=[refused]) as fake, Crossref(Endpoint(fake.url)) as crossref:
        results = list(resolve(project, project.references(), crossref, workers=4))
    assert [one.resolution.outcome for one in results].count(Outcome.NOT_CHECKED) == 0


def test_an_outage_half_way_keeps_what_was_done(project: Project) -> None:
    works = [record(number) for number in range(len(KEYS))]
    outage = Fault("status-503", times=None, path="query", after=3)
    with FakeCrossref(works, faults=[outage]) as fake:
        endpoint = Endpoint(fake.url, retries=0)
        with Crossref(endpoint, transport=Transport(endpoint, "Crossref")) as crossref:
            results = list(resolve(project, project.references(), crossref))
    outcomes = {one.reference.key: one.resolution.outcome for one in results}
    assert list(outcomes.values()).count(Outcome.NOT_CHECKED) >= 4
    assert Outcome.NOT_FOUND not in outcomes.values()
    records = {one.key: one.outcome for one in project.store.works().items}
    assert records == outcomes


# --------------------------------------------------------------------------- without a server


class Slow:
    """A registry whose look-ups wait until they are let go; some raise."""

    name, url = "Slow", "http://slow.invalid"

    def __init__(self, errors: Mapping[str, BaseException] | None = None) -> None:
        self.errors = errors or {}
        self.reached = threading.Event()

    def batches(self, dois: Sequence[str]) -> tuple[tuple[str, ...], ...]:
        return ()

    def works(self, dois: Sequence[str]) -> Mapping[str, Work]:
        raise AnswerError("never asked")

    def work(self, doi: str) -> Work | None:
        if doi in self.errors:
            self.reached.set()
            raise self.errors[doi]
        number = int(doi.removeprefix("10.5555/w").removeprefix("10.5555/gone"))
        if number == 2:
            self.reached.wait(10)
        if number == 3:
            asked.note(THEN)
        return Work(doi=doi, title=title(number), year=str(2000 + number))

    def search(self, query: str, *, rows: int = 20) -> tuple[Work, ...]:
        return ()


def test_ctrl_c_keeps_what_was_done_also_out_of_turn(project: Project) -> None:
    registry = Slow({"10.5555/w9": UnreachableError("Slow could not be reached")})
    steps = resolve(project, project.references(), registry, workers=4)
    with closing(steps):
        assert next(steps).reference.key == "k0"
        assert registry.reached.wait(10)
    kept = {one.key for one in project.store.works().items}
    assert {"k0", "k1", "k3", "k4"} <= kept


def test_an_interruption_of_a_look_up_is_none_of_a_reference(project: Project) -> None:
    registry = Slow({"10.5555/w5": KeyboardInterrupt()})
    registry.reached.set()
    with pytest.raises(KeyboardInterrupt):
        list(resolve(project, project.references(), registry, workers=1))
    kept = {one.key for one in project.store.works().items}
    assert {"k0", "k1", "k2", "k3", "k4"} <= kept
    assert "k5" not in kept


def test_what_is_begun_whole_is_ended_before_an_interruption_is_heard(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done = []
    real = side_by_side.wait

    def interrupted(*_: object, **__: object) -> None:
        monkeypatch.setattr(side_by_side, "wait", real)
        raise KeyboardInterrupt

    def slow() -> None:
        time.sleep(0.05)
        done.append(1)

    monkeypatch.setattr(side_by_side, "wait", interrupted)
    with pytest.raises(KeyboardInterrupt):
        side_by_side.whole(slow)
    assert done == [1]


def test_a_record_is_as_old_as_its_answer(project: Project) -> None:
    registry = Slow()
    registry.reached.set()
    list(resolve(project, project.references(["k2", "k3"]), registry, workers=2))
    dates = {one.key: one.date for one in project.store.works().items}
    assert dates == {"k2": "2026-01-02T03:04:05Z", "k3": "2025-12-24T18:00:00Z"}
