"""Look-ups and searches of Crossref against a real local server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import exocite
from exocite.errors import AnswerError
from exocite.registries import Endpoint, Registry
from exocite.registries.crossref import Crossref
from exocite.registries.crossref_calls import ALIAS
from tests.fakes.crossref import FakeCrossref
from tests.fakes.faults import Fault
from tests.fakes.works import read_works
from tests.registries.conftest import ODD_DOIS, Connect, record


def test_a_work_is_found_by_its_doi_in_any_case(connect: Connect) -> None:
    bench = connect()
    work = bench.crossref.work(" 10.5555/EXOSOMES ")
    assert work is not None
    assert (work.doi, work.title, work.year) == (
        "10.5555/exosomes",
        "Exosomes in the healing of skin",
        "2021",
    )


def test_a_doi_that_crossref_does_not_hold_is_none(connect: Connect) -> None:
    assert connect().crossref.work("10.5555/nothing") is None


@pytest.mark.parametrize("doi", ODD_DOIS)
def test_every_character_of_a_doi_reaches_the_server(connect: Connect, doi: str) -> None:
    bench = connect()
    work = bench.crossref.work(doi)
    assert [request.doi for request in bench.fake.requests] == [doi]
    assert bench.fake.requests[0].path.count("/") == 2
    assert work is not None
    assert work.doi == doi.lower()


@pytest.mark.parametrize(
    "doi",
    ["", "..", "10.1000", "11.1000/x", "10./x", "10.1000/ x", "10.1/\ud800", "10.1/" + "x" * 4000],
)
def test_what_is_no_doi_is_not_asked(connect: Connect, doi: str) -> None:
    bench = connect()
    with pytest.raises(AnswerError, match="was not asked"):
        bench.crossref.work(doi)
    assert bench.fake.requests == []


def test_we_say_who_we_are_and_never_in_the_url(connect: Connect) -> None:
    bench = connect(mailto="desk@example.org")
    bench.crossref.work("10.5555/loom")
    request = bench.fake.requests[0]
    agent = request.headers["user-agent"]
    assert f"exocite/{exocite.__version__}" in agent
    assert "habanero/2.9" in agent
    assert agent.count("mailto:desk@example.org") == 1
    assert "example.org" not in request.target + bench.crossref.url


def test_without_a_mail_address_none_is_sent(connect: Connect) -> None:
    bench = connect()
    bench.crossref.work("10.5555/loom")
    assert "mailto" not in bench.fake.requests[0].headers["user-agent"]


# --------------------------------------------------------------------------- aliases


def test_a_record_that_names_the_asked_doi_is_an_alias(connect: Connect) -> None:
    tied = {**record("10.5555/old"), "alternative-id": ["X", "10.5555/OLD"]}
    bench = connect(Fault("wrong-doi", value="10.5555/prime"), records=[tied])
    work = bench.crossref.work("10.5555/Old")
    assert work is not None
    assert work.doi == "10.5555/prime"
    assert work.relations[ALIAS] == ("10.5555/old",)


def test_a_redirect_to_the_prime_doi_is_an_alias(connect: Connect) -> None:
    bench = connect(Fault("redirect", value="/works/10.5555%2Fexosomes"))
    work = bench.crossref.work("10.5555/loom")
    assert work is not None
    assert work.doi == "10.5555/exosomes"
    assert work.relations[ALIAS] == ("10.5555/loom",)


def test_any_other_record_is_refused(connect: Connect) -> None:
    with pytest.raises(AnswerError, match="the record of another DOI"):
        connect(Fault("wrong-doi")).crossref.work("10.5555/loom")


# --------------------------------------------------------------------------- search


def test_a_search_gives_works_best_first(connect: Connect) -> None:
    bench = connect()
    found = bench.crossref.search("Lovelace A. Exosomes in the healing\nof skin.\x00 2021", rows=3)
    assert found[0].doi == "10.5555/exosomes"
    assert len(found) == 3
    asked = bench.fake.requests[0].parameters
    assert asked["query.bibliographic"] == "Lovelace A. Exosomes in the healing of skin. 2021"
    assert asked["rows"] == "3"
    assert "abstract" in asked["select"].split(",")


def test_nothing_that_fits_is_an_answer(connect: Connect) -> None:
    assert connect().crossref.search("zzyzx") == ()


@pytest.mark.parametrize("query", ["", " \n", "…!?", "\x00\x1b"])
def test_an_empty_search_is_not_sent(connect: Connect, query: str) -> None:
    bench = connect()
    assert bench.crossref.search(query) == ()
    assert bench.fake.requests == []


@pytest.mark.parametrize(
    "query", ["word " * 5000, "x" * 50_000, "漢字 " * 5000, "loom \udcff &a=b#c"]
)
def test_any_text_can_be_searched_for(connect: Connect, query: str) -> None:
    bench = connect()
    bench.crossref.search(query)
    assert len(bench.fake.requests[0].target) < 5000


@pytest.mark.parametrize(("rows", "sent"), [(0, "1"), (-5, "1"), (1000, "1000"), (5000, "1000")])
def test_the_number_of_rows_stays_within_the_limits_of_the_api(
    connect: Connect, rows: int, sent: str
) -> None:
    bench = connect()
    bench.crossref.search("loom", rows=rows)
    assert bench.fake.requests[0].parameters["rows"] == sent


def test_a_work_has_the_same_hash_looked_up_and_searched(connect: Connect) -> None:
    bench = connect()
    (found,) = bench.crossref.search("exosomes healing skin", rows=1)
    assert found == bench.crossref.work("10.5555/exosomes")


def test_records_without_a_doi_are_left_out(connect: Connect) -> None:
    bench = connect(records=[record("10.5555/loom", "loom"), record("", "loom loom")])
    assert [work.doi for work in bench.crossref.search("loom")] == ["10.5555/loom"]


# --------------------------------------------------------------------------- the whole


def test_it_is_a_registry() -> None:
    registry: Registry = Crossref(Endpoint("https://api.example.org/v1/"))
    assert (registry.name, registry.url) == ("Crossref", "https://api.example.org/v1")


@pytest.mark.slow
def test_every_shared_work_comes_back_under_its_doi(shared: Path) -> None:
    works = read_works(shared / "data/matching/works.jsonl")
    lines = (shared / "data/crossref/works.jsonl").read_text(encoding="utf-8").splitlines()
    works += [json.loads(line)["message"] for line in lines]
    with FakeCrossref(works) as fake, Crossref(Endpoint(fake.url)) as crossref:
        for given in works:
            work = crossref.work(str(given["DOI"]))
            assert work is not None
            assert work.doi == str(given["DOI"]).lower()


def test_the_articles_references_are_among_the_first_found(shared: Path) -> None:
    works: list[Any] = read_works(shared / "data/matching/works.jsonl")
    queries = {
        "10.1097/gox.0000000000005051": "Ku Potential Role of Exosomes in Aesthetic Surgery 2023",
        "10.2217/rme-2022-0134": "exosomes aesthetic medicine Regenerative Medicine 2023",
    }
    with FakeCrossref(works) as fake, Crossref(Endpoint(fake.url)) as crossref:
        for doi, query in queries.items():
            assert doi in [work.doi for work in crossref.search(query)]
