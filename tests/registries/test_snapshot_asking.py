"""A snapshot asked: what it holds can confirm, what it does not hold is not checked."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import Any

import pytest

from exocite.errors import AnswerError
from exocite.model import Outcome
from exocite.project.snapshotting import ask
from exocite.references.parse import parse
from exocite.registries import Registry
from exocite.registries.snapshot.building import build
from exocite.registries.snapshot.database import address
from exocite.registries.snapshot.registry import Snapshot
from exocite.registries.snapshot.selection import Selection

WORK = {
    "DOI": "10.5555/theanine",
    "type": "journal-article",
    "title": ["Theanine and sleep: a trial"],
    "author": [{"given": "Ngozi", "family": "Okafor"}, {"given": "Lena", "family": "Brandt"}],
    "container-title": ["Sleep Trials"],
    "volume": "12",
    "issue": "3",
    "page": "101-110",
    "issued": {"date-parts": [[2021, 5]]},
    "indexed": {"date-time": "2026-02-03T01:02:03Z"},
}
TAKEN_BACK = {
    **WORK,
    "DOI": "10.5555/back",
    "title": ["Lamps of the northern harbours"],
    "volume": "13",
    "updated-by": [{"DOI": "10.5555/notice", "type": "retraction"}],
}
PRINTED = 'Okafor, Ngozi, and Lena Brandt. "{}." Sleep Trials {}.3 (2021): 101-110.'

ENGINES = ["fts5", *(["tantivy"] if find_spec("tantivy") else [])]


@pytest.fixture(scope="module", params=ENGINES)
def snapshot(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Any:
    folder = tmp_path_factory.mktemp("snapshot")
    more = [{**WORK, "DOI": f"10.5555/n{n}", "title": [f"Tea {n}"]} for n in range(1500)]
    data = {"items": [WORK, TAKEN_BACK, *more]}
    (folder / "w.json").write_text(json.dumps(data), encoding="utf-8")
    path = folder / "tea.snapshot"
    for _ in build(
        path, [folder / "w.json"], Selection(), engine=request.param, date="", now="2026"
    ):
        pass
    with Snapshot(path) as opened:
        yield opened


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PurePosixPath("/home/ü/a b?.db"), "file:///home/%C3%BC/a%20b%3F.db"),
        (PureWindowsPath(r"C:\works\a#b.db"), "file:///C:/works/a%23b.db"),
        (PureWindowsPath(r"\\server\share\a.db"), "file:////server/share/a.db"),
    ],
)
def test_a_path_becomes_an_address_that_sqlite_reads(path: PurePath, uri: str) -> None:
    assert address(path) == uri


def test_a_snapshot_opens_whatever_its_folder_is_called(tmp_path: Path) -> None:
    folder = tmp_path / "a ü %41 #b"
    folder.mkdir()
    (folder / "w.json").write_text(json.dumps({"items": [WORK]}), encoding="utf-8")
    for _ in build(
        folder / "s", [folder / "w.json"], Selection(), engine="fts5", date="", now="2026"
    ):
        pass
    with Snapshot(folder / "s") as opened:
        assert opened.holds("10.5555/theanine")


def test_it_is_a_registry(snapshot: Snapshot) -> None:
    registry: Registry = snapshot
    assert registry.name == "snapshot"
    assert registry.url == "tea.snapshot, data of 2026-02-03, 1,502 works"


@pytest.mark.parametrize(
    ("printed", "outcome", "doi"),
    [
        (PRINTED.format("Theanine and sleep: a trial", 12), Outcome.MATCHED, "10.5555/theanine"),
        (
            PRINTED.format("Theanine and sleep: a trial", 12) + " doi:10.5555/theanine",
            Outcome.MATCHED,
            "10.5555/theanine",
        ),
        (
            PRINTED.format("Lamps of the northern harbours", 13),
            Outcome.RETRACTED,
            "10.5555/back",
        ),
        (
            'Marsh, P. "Another work." Lamps 2 (1999): 4. doi:10.5555/theanine',
            Outcome.METADATA_MISMATCH,
            "10.5555/theanine",
        ),
        # What a subset does not hold, or holds something near to, says nothing.
        (PRINTED.format("Theanine and sleep: a trial", 55), Outcome.NOT_CHECKED, ""),
        ('Marsh, P. "Another work." Lamps 2 (1999): 4.', Outcome.NOT_CHECKED, ""),
        ('Marsh, P. "Another work." doi:10.5555/elsewhere', Outcome.NOT_CHECKED, ""),
        ("?!", Outcome.NOT_CHECKED, ""),
    ],
)
def test_a_snapshot_confirms_or_does_not_say(
    snapshot: Snapshot, printed: str, outcome: Outcome, doi: str
) -> None:
    answer = ask(parse(printed), snapshot)
    assert answer.outcome is outcome, answer.reason
    assert (answer.work.doi if answer.work else "") == doi
    assert "not found" not in answer.reason
    if printed != "?!":
        assert "2026-02-03" in answer.reason


def test_a_doi_that_it_does_not_hold_is_no_answer(snapshot: Snapshot) -> None:
    for doi in ("10.5555/none", "", "nonsense", "10.5555/\udcff", "10.5555/' OR 1=1 --"):
        with pytest.raises(AnswerError, match="says nothing about it"):
            snapshot.work(doi)


@pytest.mark.parametrize(
    "query",
    [
        '"theanine',
        "theanine NEAR(sleep, trial)",
        "theanine* OR sleep^trial AND -trial",
        "words:theanine AND {words}: sleep",
        "theanine' ; DROP TABLE work; --",
        "theanine \0 \udcff sleep",
        "THÉANINE & sleep",
        "theanine " + "filler " * 5000,
        " ".join(f"w{n}" for n in range(900)) + " theanine",
    ],
)
def test_signs_of_a_query_language_are_words_or_nothing(snapshot: Snapshot, query: str) -> None:
    found = snapshot.search(query)
    if len(query) < 2000:
        assert found[0].doi == "10.5555/theanine"


def test_a_search_gives_no_more_than_is_asked_for(snapshot: Snapshot) -> None:
    assert snapshot.search("... !?") == snapshot.search("") == ()
    assert len(snapshot.search("okafor brandt sleep trials 12", rows=7)) == 7
    assert len(snapshot.search("tea okafor", rows=-4)) == 1
    assert len({work.doi for work in snapshot.search("tea", rows=10**6)}) == 1000


def test_words_that_every_work_holds_find_them_too(snapshot: Snapshot) -> None:
    assert len(snapshot.search("sleep trials okafor")) == 20


def test_the_same_question_has_the_same_answer(snapshot: Snapshot) -> None:
    first = snapshot.search("okafor tea 700 sleep trials")
    assert first == snapshot.search("okafor tea 700 sleep trials")
    assert first[0].title == "Tea 700"
