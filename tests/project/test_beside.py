"""What several runs over one project learned at the same time: nothing of it is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from exocite.config import load
from exocite.errors import ChangedError, UnreachableError
from exocite.model import Name, Outcome, Work
from exocite.project import Project
from exocite.project.resolving import Resolved, resolve

TEA = "@article{tea, title = {Theanine and sleep}, author = {Okafor, N.}, year = {2021}}\n"
RICE = "@article{rice, title = {Rice in the north}, author = {Marsh, P.}, year = {2019}}\n"


def held(doi: str, title: str, name: str, year: str) -> Work:
    return Work(doi, title=title, authors=(Name(family=name),), year=year, years=(year,))


TEA_WORK = held("10.5555/tea", "Theanine and sleep", "Okafor", "2021")
RICE_WORK = held("10.5555/rice", "Rice in the north", "Marsh", "2019")


class Knows:
    """A registry that finds the works of both entries."""

    name = "Knows"
    url = "http://knows.invalid"

    def work(self, doi: str) -> Work | None:
        return None

    def search(self, query: str, *, rows: int = 20) -> tuple[Work, ...]:
        return (TEA_WORK,) if "Theanine" in query else (RICE_WORK,)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bib").mkdir()
    write(tmp_path, TEA + RICE)
    return tmp_path


def write(folder: Path, text: str) -> None:
    (folder / "bib" / "references.bib").write_text(text, encoding="utf-8", newline="\n")


def read(folder: Path) -> str:
    return (folder / "bib" / "references.bib").read_text("utf-8")


class Down(Knows):
    """One that cannot be reached."""

    def search(self, query: str, *, rows: int = 20) -> tuple[Work, ...]:
        raise UnreachableError("it could not be reached")


Steps = Iterator[Resolved]


def begun(folder: Path, key: str, registry: Knows | None = None) -> tuple[Project, Steps]:
    """A run that has read the project and learned of one reference, and written nothing yet."""
    project = Project(load(folder, {}))
    steps = resolve(project, project.references([key]), registry or Knows())
    assert next(steps).reference.key == key
    return project, steps


def ended(steps: Steps) -> None:
    assert list(steps) == []


def test_two_runs_at_once_lose_nothing_of_each_other(folder: Path) -> None:
    _, first = begun(folder, "tea")
    project, second = begun(folder, "rice")
    ended(first)
    ended(second)
    assert {one.key for one in project.store.works().items} == {"tea", "rice"}
    assert read(folder).count("doi = {10.5555/") == 2


def test_the_same_reference_twice_at_once_is_written_once(folder: Path) -> None:
    _, first = begun(folder, "tea")
    _, second = begun(folder, "tea")
    ended(first)
    written = read(folder)
    ended(second)
    assert read(folder) == written


def test_an_entry_added_meanwhile_stays(folder: Path) -> None:
    _, steps = begun(folder, "tea")
    more = "@book{new, title = {Newcomers}}\n"
    write(folder, more + TEA + RICE)
    ended(steps)
    assert read(folder).startswith(more)
    assert "doi = {10.5555/tea}" in read(folder)


@pytest.mark.parametrize("changed", [TEA.replace("Theanine", "Thiamine"), ""])
def test_an_entry_that_became_another_work_is_not_given_the_doi(folder: Path, changed: str) -> None:
    project, steps = begun(folder, "tea")
    write(folder, changed + RICE)
    with pytest.raises(ChangedError, match=r"tea.*not written"):
        ended(steps)
    assert read(folder) == changed + RICE
    assert {one.key for one in project.store.works().items} == {"tea"}


def test_what_one_learned_another_s_outage_does_not_undo(folder: Path) -> None:
    project, failing = begun(folder, "tea", Down())
    _, first = begun(folder, "tea")
    ended(first)
    written = read(folder)
    ended(failing)
    (record,) = project.store.works().items
    assert (record.outcome, read(folder)) == (Outcome.MATCHED, written)
