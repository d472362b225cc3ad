"""exocite resolve: other registries, retractions of every source, --explain and --update."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import CAFFEINE, THEANINE, Run
from tests.fakes.crossref import FakeCrossref
from tests.fakes.datacite import FakeDataCite
from tests.fakes.doi_agency import FakeDoiAgency
from tests.fakes.faults import Fault

CLOSED = "http://127.0.0.1:9"
TEA = """\
@article{tea, author = {Okafor, Ngozi and Brandt, Lena}, title = {Theanine and sleep: a trial},
  journal = {Sleep Trials}, volume = {12}, number = {3}, pages = {101--110}, year = {2021},
  doi = {10.5555/theanine}, note = {keep  me}}
"""
CSV = """\
Record ID,Title,Reason,RetractionDate,RetractionDOI,RetractionPubMedID,OriginalPaperDate,\
OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature
1,Theanine,+Concerns/Issues About Data;+Error in Data;,4/5/2023 0:00,10.5555/notice,0,\
1/1/2021 0:00,10.5555/theanine,7001,Retraction
2,Caffeine,+Error in Text;,2/1/2022 0:00,10.5555/erratum,0,1/1/2019 0:00,10.5555/caffeine,0,\
Correction
"""
NOTICE = {
    **THEANINE,
    "DOI": "10.5555/notice",
    "title": ["Retraction: Theanine and sleep: a trial"],
    "update-to": [
        {
            "DOI": "10.5555/theanine",
            "type": "retraction",
            "source": "publisher",
            "updated": {"date-parts": [[2023, 4, 5]]},
        }
    ],
}


@pytest.fixture
def bib(folder: Path) -> Callable[[str], None]:
    """Write the bibliography."""

    def wrote(text: str) -> None:
        (folder / "bib").mkdir(exist_ok=True)
        (folder / "bib" / "references.bib").write_text(text, encoding="utf-8", newline="\n")

    return wrote


def record(folder: Path, key: str = "tea") -> dict[str, Any]:
    lines = (folder / "bib" / "works.jsonl").read_text("utf-8").splitlines()
    found: dict[str, Any] = {one["key"]: one for one in map(json.loads, lines)}[key]
    return found


Bib = Callable[[str], None]


def test_an_entry_that_cannot_be_read_was_not_resolved(run: Run, bib: Bib) -> None:
    bib("@article{lee, title = {Sun, year = 2020}\n")
    done = run("resolve", "--offline")
    assert (done.code, "empty" in done.text) == (3, False)
    assert "not resolved: bib/references.bib:1:9: in @article lee" in done.err
    bib("@article{lee, title = {Sun, year = 2020}\n" + TEA)
    assert "not exported: bib/references.bib:1:9" in run("export").err
    assert "not exported" not in run("export", "tea").err
    bib("")
    assert run("resolve", "--offline").out.startswith("the bibliography is empty")


# --------------------------------------------------------------------------- other registries


def test_a_doi_of_datacite(run: Run, folder: Path, bib: Bib, monkeypatch: Any) -> None:
    bib(TEA.replace("10.5555/theanine", "10.5281/zenodo.77"))
    held = {
        "doi": "10.5281/zenodo.77",
        "titles": [{"title": "Theanine and sleep: a trial"}],
        "creators": [{"familyName": "Okafor", "givenName": "Ngozi"}],
        "publicationYear": 2021,
        "types": {"resourceTypeGeneral": "JournalArticle"},
        "container": {"title": "Sleep Trials", "volume": "12", "firstPage": "101"},
    }
    with (
        FakeCrossref([CAFFEINE]) as crossref,
        FakeDataCite([held]) as datacite,
        FakeDoiAgency({"10.5281": "DataCite"}) as agency,
    ):
        monkeypatch.setenv("EXOCITE_DATACITE_URL", datacite.url)
        monkeypatch.setenv("EXOCITE_DOI_URL", agency.url)
        result = run("resolve", "--crossref-url", crossref.url)
        assert result.code == 0, result.text
        assert "tea: matched  10.5281/zenodo.77" in result.out
        assert record(folder)["registry"] == f"DataCite ({datacite.url})"
        offline = run("resolve", "--crossref-url", crossref.url, "--offline")
        assert (offline.code, len(datacite.requests)) == (0, 1)


# --------------------------------------------------------------------------- retractions


def test_a_notice_that_the_work_does_not_name(run: Run, folder: Path, bib: Bib) -> None:
    bib(TEA)
    with FakeCrossref([THEANINE, NOTICE]) as crossref:
        result = run("resolve", "--crossref-url", crossref.url)
    assert result.code == 1
    assert "it was retracted on 2023-04-05 (10.5555/notice; publisher)" in result.out
    known = record(folder)
    assert (known["outcome"], known["retraction"]) == ("retracted", "10.5555/notice")
    assert known["notices"] == [
        {
            "type": "retraction",
            "doi": "10.5555/notice",
            "date": "2023-04-05",
            "source": "publisher",
        }
    ]


def test_a_notice_among_what_a_search_found(run: Run, folder: Path, bib: Bib) -> None:
    bib(TEA.replace("doi = {10.5555/theanine},", ""))
    with FakeCrossref([THEANINE, NOTICE]) as crossref:
        assert run("resolve", "--crossref-url", crossref.url).code == 1
    assert record(folder)["retraction"] == "10.5555/notice"


def test_notices_of_a_work_found_by_a_search_are_asked_for_at_once(
    run: Run, folder: Path, bib: Bib
) -> None:
    bib(TEA.replace("doi = {10.5555/theanine},", ""))
    hidden = {"DOI": "10.5555/notice", "title": ["Editorial"], "update-to": NOTICE["update-to"]}
    with FakeCrossref([THEANINE, hidden]) as crossref:
        result = run("resolve", "--crossref-url", crossref.url)
    assert (result.code, record(folder)["outcome"]) == (1, "retracted"), result.text
    assert "it was retracted on 2023-04-05 (10.5555/notice; publisher)" in result.out


def test_notices_that_a_found_work_could_not_be_asked_for_are_told(
    run: Run, folder: Path, bib: Bib
) -> None:
    bib(TEA.replace("doi = {10.5555/theanine},", ""))
    refused = Fault("status-400", times=None, path="updates")
    with FakeCrossref([THEANINE], faults=[refused]) as crossref:
        result = run("resolve", "--crossref-url", crossref.url)
    assert (result.code, record(folder)["outcome"]) == (0, "matched"), result.text
    assert "notices of retractions and corrections were not asked for" in result.err


def test_retraction_watch_without_a_network(run: Run, folder: Path, bib: Bib) -> None:
    bib(TEA)
    (folder / "rw.csv").write_text(CSV, encoding="utf-8")
    with FakeCrossref([THEANINE]) as crossref:
        options = ("--crossref-url", crossref.url, "--retractions", "rw.csv")
        result = run("resolve", *options)
        said = "retracted on 2023-04-05 (10.5555/notice; Retraction Watch; concerns/issues about"
        assert (result.code, said in result.out) == (1, True), result.text
        again = run("resolve", "--offline", *options)
        assert (again.code, record(folder)["outcome"]) == (1, "retracted")


def test_retraction_watch_where_crossref_is_down(run: Run, folder: Path, bib: Bib) -> None:
    bib(TEA)
    (folder / "rw.csv").write_text(CSV, encoding="utf-8")
    down = run("resolve", "--offline", "--crossref-url", CLOSED, "--retractions", "rw.csv")
    assert down.code == 1
    assert "tea: not checked" in down.out
    assert "error in data" in down.out
    known = record(folder)
    assert (known["outcome"], known["retraction"]) == ("not_checked", "10.5555/notice")


def test_what_was_matched_before_is_kept_with_its_retraction(
    run: Run, folder: Path, bib: Bib
) -> None:
    bib(TEA)
    (folder / "rw.csv").write_text(CSV, encoding="utf-8")
    with FakeCrossref([THEANINE]) as crossref:
        assert run("resolve", "--crossref-url", crossref.url).code == 0
    with FakeCrossref([], faults=[Fault("status-403", times=None)]) as crossref:
        options = ("--crossref-url", crossref.url, "--retractions", "rw.csv", "--refresh")
        assert run("resolve", *options).code == 1
    known = record(folder)
    assert (known["outcome"], known["retraction"]) == ("matched", "10.5555/notice")


def test_a_retraction_once_known_is_not_forgotten(run: Run, folder: Path, bib: Bib) -> None:
    bib(TEA)
    (folder / "rw.csv").write_text(CSV, encoding="utf-8")
    with FakeCrossref([THEANINE]) as crossref:
        options = ("--crossref-url", crossref.url)
        run("resolve", *options)
        plain = record(folder)
        run("resolve", "--retractions", "rw.csv", *options)
        told = record(folder)
        assert run("resolve", *options).code == 1
    assert record(folder)["retraction"] == told["retraction"] == "10.5555/notice"
    assert plain["hash"] != told["hash"] == record(folder)["hash"]


def test_corrections_and_published_versions_are_shown(run: Run, folder: Path, bib: Bib) -> None:
    bib(TEA)
    erratum = {"DOI": "10.5555/erratum", "type": "erratum", "source": "publisher"}
    tied = {"is-preprint-of": [{"id-type": "doi", "id": "10.5555/final"}]}
    with FakeCrossref([{**THEANINE, "updated-by": [erratum], "relation": tied}]) as crossref:
        result = run("resolve", "--crossref-url", crossref.url)
    assert result.code == 0
    assert "notice: erratum, 10.5555/erratum, publisher" in result.out
    assert "published as 10.5555/final" in result.out
    known = record(folder)
    assert known["published_as"] == "10.5555/final"
    assert [one["type"] for one in known["notices"]] == ["erratum"]


def test_notices_that_could_not_be_asked_for_are_said_once(run: Run, bib: Bib) -> None:
    bib(TEA + TEA.replace("{tea", "{tea2"))
    refused = Fault("status-400", times=None, path="updates")
    with FakeCrossref([THEANINE], faults=[refused]) as crossref:
        result = run("resolve", "--crossref-url", crossref.url)
    assert result.code == 0
    assert result.err.count("notices of retractions and corrections were not asked for") == 1


@pytest.mark.parametrize(("name", "data"), [("none.csv", None), ("x.csv", "a,b\n1,2\n")])
def test_a_file_that_is_not_retraction_watchs_ends_with_2(
    run: Run, folder: Path, bib: Bib, name: str, data: str | None
) -> None:
    bib(TEA)
    if data:
        (folder / name).write_text(data, encoding="utf-8")
    assert run("resolve", "--offline", "--retractions", name).code == 2
    assert not (folder / "bib" / "works.jsonl").exists()


# --------------------------------------------------------------------------- explain


def test_explain_shows_every_candidate_by_field(run: Run, bib: Bib) -> None:
    bib(TEA.replace("doi = {10.5555/theanine},", "").replace("2021", "2019"))
    more = [{**THEANINE, "DOI": f"10.5555/t{n}", "volume": str(20 + n)} for n in range(7)]
    with FakeCrossref([THEANINE, *more]) as crossref:
        result = run("resolve", "--explain", "tea", "--crossref-url", crossref.url)
        told = run("resolve", "--explain", "tea", "--json", "--crossref-url", crossref.url)
    assert "1. 10.5555/theanine  score 0." in result.out
    assert "8. " in result.out
    assert "≠ conflict year      2019 | 2021" in result.out
    assert "= agree    title     Theanine and sleep: a trial | Theanine and sleep: a" in result.out
    (found,) = json.loads(told.out)["references"]
    assert len(found["candidates"]) == 8
    years = [one for one in found["candidates"][0]["fields"] if one["field"] == "year"]
    assert years == [{"field": "year", "result": "conflict", "ours": "2019", "theirs": "2021"}]


# --------------------------------------------------------------------------- update


def test_update_writes_what_conflicts_or_lacks_and_nothing_else(
    run: Run, folder: Path, bib: Bib
) -> None:
    wrong = TEA.replace("2021", "2019").replace(" volume = {12},", "")
    bib(wrong)
    path = folder / "bib" / "references.bib"
    with FakeCrossref([THEANINE]) as crossref:
        plain = run("resolve", "--crossref-url", crossref.url)
        assert (plain.code, path.read_text("utf-8")) == (1, wrong)
        dry = run("resolve", "--update", "--dry-run", "--crossref-url", crossref.url)
        assert path.read_text("utf-8") == wrong
        assert "year: 2019 → 2021" in dry.out
        result = run("resolve", "--update", "--crossref-url", crossref.url)
        assert result.code == 0, result.text
        again = run("resolve", "--update", "--crossref-url", crossref.url)
    text = path.read_text("utf-8")
    assert "year: 2019 → 2021" in result.out
    assert "volume: nothing → 12" in result.out
    assert "year = {2021}" in text
    assert "volume = {12}" in text
    assert "note = {keep  me}" in text
    assert "pages = {101--110}" in text
    assert (record(folder)["outcome"], "→" in again.out) == ("matched", False)


def test_update_never_makes_a_reference_into_another_work(run: Run, folder: Path, bib: Bib) -> None:
    bib(TEA.replace("10.5555/theanine", "10.5555/caffeine"))
    before = (folder / "bib" / "references.bib").read_bytes()
    with FakeCrossref([THEANINE, CAFFEINE]) as crossref:
        result = run("resolve", "--update", "--crossref-url", crossref.url)
    assert (result.code, "details differ" in result.out) == (1, True)
    assert (folder / "bib" / "references.bib").read_bytes() == before


# --------------------------------------------------------------------------- add


ZENODO = {
    "doi": "10.5281/zenodo.77",
    "titles": [{"title": "Sleep of thirty adults: data"}],
    "creators": [{"familyName": "Okafor", "givenName": "Ngozi"}],
    "publicationYear": 2021,
    "types": {"resourceTypeGeneral": "Dataset"},
}


@pytest.fixture
def all_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeCrossref]:
    """Crossref, DataCite and doi.org, which knows a short DOI and an agency that nobody can ask."""
    agencies = {"10.5281": "DataCite", "10.1393": "mEDRA"}
    shorts = {"10/gqb5kj": "10.5555/theanine"}
    with (
        FakeCrossref([THEANINE]) as crossref,
        FakeDataCite([ZENODO]) as datacite,
        FakeDoiAgency(agencies, shorts=shorts) as agency,
    ):
        monkeypatch.setenv("EXOCITE_CROSSREF_URL", crossref.url)
        monkeypatch.setenv("EXOCITE_DATACITE_URL", datacite.url)
        monkeypatch.setenv("EXOCITE_DOI_URL", agency.url)
        yield crossref


@pytest.mark.parametrize(
    ("name", "stdin", "code", "said"),
    [
        ("10.5281/zenodo.77", "", 0, "Sleep of thirty adults"),
        ("-", "10.5281/zenodo.77\n", 0, "Sleep of thirty adults"),
        ("10/gqb5kj", "", 0, "Theanine and sleep"),
        ("https://doi.org/gqb5kj", "", 0, "Theanine and sleep"),
        ("10/zzzz9", "", 2, "knows no such short DOI"),
        ("10.1393/x", "", 3, "registered with mEDRA"),
        ("10.5555/none", "", 2, "holds no record under the DOI 10.5555/none"),
    ],
)
def test_add_asks_whoever_holds_the_doi(
    run: Run,
    folder: Path,
    all_up: FakeCrossref,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    stdin: str,
    code: int,
    said: str,
) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(stdin.encode())))
    result = run("add", name)
    assert (result.code, said in result.text) == (code, True), result.text


def test_one_that_cannot_be_looked_up_keeps_no_other_from_being_added(
    run: Run, folder: Path, all_up: FakeCrossref
) -> None:
    result = run("add", "10.1393/x", "10.5555/none", "10.5555/theanine")
    assert result.code == 1
    assert "10.1393/x was not looked up" in result.err
    assert "10.5555/none was not added: " in result.err
    assert "added: okafor2021" in result.out
    only = run("add", "10.1393/x", "10.5555/theanine")
    assert (only.code, "there already" in only.out) == (3, True)
