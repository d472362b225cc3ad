"""DataCite, doi.org, OpenAlex, arXiv and Europe PMC's records: works, no works, and every fault."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any

import pytest

from exocite.errors import AnswerError, ConfigurationError, RegistryError, UnreachableError
from exocite.matching.notices import published_as, retracted_by
from exocite.model import Name, Work
from exocite.registries import Endpoint, Mode
from exocite.registries.answers import Answers
from exocite.registries.arxiv import Arxiv
from exocite.registries.datacite import DataCite
from exocite.registries.doi_agency import DoiAgency
from exocite.registries.europepmc import EuropePmc
from exocite.registries.http import Transport
from exocite.registries.openalex import OpenAlex
from tests.fakes.arxiv import FakeArxiv, Preprint, feed
from tests.fakes.datacite import FakeDataCite
from tests.fakes.doi_agency import FakeDoiAgency
from tests.fakes.europepmc import FakeEuropePmc, Held
from tests.fakes.faults import Answer, Fault
from tests.fakes.openalex import FakeOpenAlex
from tests.fakes.registry import as_json
from tests.registries.conftest import Time
from tests.registries.outcomes import OUTCOMES, PASSING, assert_outcome, lasting, patience

_CERTIFICATES = ssl.create_default_context()
_KEY = "key-1"

DATASET: dict[str, Any] = {
    "doi": "10.5281/zenodo.77",
    "titles": [{"title": "Lamps of the harbour"}, {"title": "A year", "titleType": "Subtitle"}],
    "creators": [
        {"name": "Lovelace, Ada", "givenName": "Ada", "familyName": "Lovelace"},
        {"name": "The Weavers", "nameType": "Organizational"},
    ],
    "publisher": {"name": "Zenodo"},
    "publicationYear": 2021,
    "dates": [{"date": "2020-12-24", "dateType": "Issued"}],
    "types": {"resourceTypeGeneral": "Dataset"},
    "container": {"title": "Harbour data", "volume": "7", "firstPage": "1", "lastPage": "9"},
    "descriptions": [{"description": "<p>Lamps.</p>", "descriptionType": "Abstract"}],
    "relatedIdentifiers": [
        {
            "relationType": "IsVersionOf",
            "relatedIdentifier": "10.5281/ZENODO.76",
            "relatedIdentifierType": "DOI",
        },
    ],
}
WORK: dict[str, Any] = {
    "doi": "https://doi.org/10.5555/lamps",
    "ids": {
        "doi": "https://doi.org/10.5555/lamps",
        "pmid": "https://pubmed.ncbi.nlm.nih.gov/7001",
        "pmcid": "https://www.ncbi.nlm.nih.gov/pmc/articles/100",
    },
    "title": "Lamps of the harbour",
    "publication_year": 2021,
    "type": "article",
    "authorships": [{"author": {"display_name": "Ada van Lovelace"}}],
    "primary_location": {"source": {"display_name": "Journal of Lamps", "issn": ["1234-5679"]}},
    "biblio": {"volume": "7", "issue": "2", "first_page": "1", "last_page": "9"},
    "is_retracted": True,
    "abstract_inverted_index": {"Lamps": [0, 2], "and": [1]},
}
RECORD: dict[str, object] = {
    "title": "Lamps of the harbour.",
    "pubYear": "2021",
    "journalInfo": {"volume": "7", "issue": "2", "journal": {"title": "Journal of Lamps"}},
    "authorList": {"author": [{"lastName": "Lovelace", "firstName": "Ada"}]},
    "pageInfo": "1-9",
    "abstractText": "<h4>Aim</h4>Lamps were watched.",
    "commentCorrectionList": {
        "commentCorrection": [{"id": "9", "source": "MED", "type": "Retraction in"}]
    },
}
PREPRINT = Preprint("2101.00001", "Lamps of the\n harbour", doi="10.5555/lamps")
OLD = Preprint("hep-th/9901001", "Old lamps", comment="This paper has been withdrawn by X")

Look = Callable[[Any], Work | str | None]
# Each registry: its fake, its client, a look-up that finds, one that does not, and a search.
REGISTRIES: dict[str, tuple[Callable[..., Any], Callable[..., Any], Look, Look]] = {
    "datacite": (
        lambda faults: FakeDataCite([DATASET], faults=faults),
        DataCite,
        lambda one: one.work("10.5281/ZENODO.77"),
        lambda one: one.work("10.5281/zenodo.1"),
    ),
    "doi.org": (
        lambda faults: FakeDoiAgency({"10.5281": "DataCite"}, faults=faults),
        DoiAgency,
        lambda one: one.agency("10.5281/zenodo.77") or None,
        lambda one: one.agency("10.9999/none") or None,
    ),
    "openalex": (
        lambda faults: FakeOpenAlex([WORK], faults=faults),
        lambda endpoint, **more: OpenAlex(endpoint, _KEY, **more),
        lambda one: one.work("10.5555/lamps"),
        lambda one: one.work("10.5555/none"),
    ),
    "arxiv": (
        lambda faults: FakeArxiv([PREPRINT, OLD], faults=faults),
        Arxiv,
        lambda one: one.identified("arxiv", "2101.00001v1"),
        lambda one: one.identified("arxiv", "2101.09999"),
    ),
    "europepmc": (
        lambda faults: FakeEuropePmc(
            [Held("10.5555/lamps", "PMC100", "7001", more=RECORD)], faults=faults
        ),
        EuropePmc,
        lambda one: one.identified("pmid", "7001"),
        lambda one: one.identified("pmid", "1"),
    ),
}
SEARCHED = [name for name in REGISTRIES if name != "doi.org"]
Connect = Callable[..., tuple[Any, Any]]


@pytest.fixture
def connect() -> Iterator[Connect]:
    """Start a registry's fake with faults, and a client whose waiting costs nothing."""
    with ExitStack() as stack:

        def connected(
            name: str,
            *faults: Fault,
            folder: Path | None = None,
            mode: Mode = Mode.ONLINE,
            fake: Any = None,
            **settings: Any,
        ) -> tuple[Any, Any]:
            make_fake, make, _, _ = REGISTRIES[name]
            server = fake if fake is not None else stack.enter_context(make_fake(faults))
            time = Time()
            endpoint = Endpoint(server.url, **settings)
            transport = Transport(
                endpoint,
                "Registry",
                answers=Answers(folder) if folder else None,
                mode=mode,
                clock=time.clock,
                now=time.now,
                sleep=time.sleep,
                rng=Random(1),
                ssl_context=_CERTIFICATES,
            )
            return stack.enter_context(make(endpoint, transport=transport)), server

        yield connected


# --------------------------------------------------------------------------- what is held


@pytest.mark.parametrize("name", REGISTRIES)
def test_a_work_is_found_or_there_is_none(connect: Connect, name: str) -> None:
    client, fake = connect(name, mailto="desk@example.org")
    _, _, found, absent = REGISTRIES[name]
    assert found(client)
    assert absent(client) is None
    assert len(fake.requests) == 2
    for asked in fake.requests:
        assert asked.headers["user-agent"].endswith("(mailto:desk@example.org)")


def test_a_data_set_of_datacite(connect: Connect) -> None:
    work = connect("datacite")[0].work("10.5281/zenodo.77")
    assert (work.doi, work.type, work.title) == (
        "10.5281/zenodo.77",
        "dataset",
        "Lamps of the harbour",
    )
    assert work.authors == (Name(family="Lovelace", given="Ada"), Name(literal="The Weavers"))
    assert (work.year, work.years, work.publisher) == ("2021", ("2020", "2021"), "Zenodo")
    assert (work.volume, work.pages, work.abstract) == ("7", "1-9", "Lamps.")
    assert work.relations == {"is-version-of": ("10.5281/zenodo.76",)}
    assert published_as(work) == ""


def test_a_preprint_of_datacite_names_its_published_version(connect: Connect) -> None:
    record = {**DATASET, "types": {"resourceTypeGeneral": "Preprint"}}
    with FakeDataCite([record]) as fake:
        work = connect("datacite", fake=fake)[0].work("10.5281/zenodo.77")
    assert (work.type, published_as(work)) == ("posted-content", "10.5281/zenodo.76")


def test_a_work_of_openalex(connect: Connect) -> None:
    client, fake = connect("openalex")
    work = client.identified("pmcid", "PMC100")
    assert work == client.identified("pmid", "7001") == client.work("10.5555/LAMPS")
    assert work.authors == (Name(family="van Lovelace", given="Ada"),)
    assert (work.container, work.volume, work.pages) == ("Journal of Lamps", "7", "1-9")
    assert (work.abstract, retracted_by(work)) == ("Lamps and Lamps", "retraction")
    assert all(asked.parameters["api_key"] == _KEY for asked in fake.requests)


def test_a_preprint_of_arxiv(connect: Connect) -> None:
    client, _ = connect("arxiv")
    work = client.work("10.48550/arXiv.2101.00001")
    assert (work.doi, work.title) == ("10.48550/arxiv.2101.00001", "Lamps of the harbour")
    assert (work.year, work.years, work.type) == ("2021", ("2021", "2022"), "posted-content")
    assert work.authors == (Name(family="Lovelace", given="Ada"),)
    assert (published_as(work), retracted_by(work)) == ("10.5555/lamps", "")
    old = client.identified("arxiv", "hep-th/9901001")
    assert (old.doi, retracted_by(old)) == ("10.48550/arxiv.hep-th/9901001", "withdrawal")


def test_a_work_of_europe_pmc(connect: Connect) -> None:
    client, _ = connect("europepmc")
    work = client.identified("pmcid", "PMC100")
    assert (work.doi, work.title, work.type) == (
        "10.5555/lamps",
        "Lamps of the harbour",
        "journal-article",
    )
    assert (work.container, work.volume, work.issue, work.pages) == (
        "Journal of Lamps",
        "7",
        "2",
        "1-9",
    )
    assert work.authors == (Name(family="Lovelace", given="Ada"),)
    assert "Lamps were watched." in work.abstract
    assert retracted_by(work) == "retraction"


def test_doi_org_knows_agencies_and_short_dois(connect: Connect) -> None:
    with FakeDoiAgency({"10.5281": "DataCite"}, shorts={"10/abc1": "10.5281/ZENODO.77"}) as fake:
        client, _ = connect("doi.org", fake=fake)
        assert client.agency("10.5281/x,y#z") == "DataCite"
        assert client.long("10/ABC1") == "10.5281/zenodo.77"
        assert client.long("10/abc2") == ""


@pytest.mark.parametrize("name", [name for name in SEARCHED if name != "europepmc"])
def test_a_search(connect: Connect, name: str) -> None:
    client, _ = connect(name)
    assert [work.title for work in client.search("Lovelace: Lamps, 2021")][:1] == [
        "Lamps of the harbour"
    ]
    assert client.search("nothing like that") == ()
    assert client.search("…") == ()


# --------------------------------------------------------------------------- what is no answer


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("datacite", ""), ("datacite", "lamps"), ("datacite", "10.5281/\ud800"),
        ("doi.org", "10.5281/"), ("openalex", "10.5555/a,b"), ("openalex", "10.5555/a|b"),
        ("arxiv", "10.5555/lamps"), ("arxiv", "10.48550/arxiv.../x"),
    ],
)  # fmt: skip
def test_what_is_no_identifier_is_not_asked(connect: Connect, name: str, value: str) -> None:
    client, fake = connect(name)
    with pytest.raises(AnswerError, match="was not asked"):
        (client.agency if name == "doi.org" else client.work)(value)
    assert fake.requests == []


_XML = {
    "html": "something else than Atom",
    "html-as-json": "something else than Atom",
    "text-as-kind": "something else than Atom",
    "no-kind": "something else than Atom",
    **dict.fromkeys(
        ["half-json", "empty", "json-list", "json-null", "deep-json", "not-utf-8"], "no valid XML"
    ),
}
_NO_PAGE = (AnswerError, "(status 404)")
_NO_SEARCH = (AnswerError, "does not offer Europe PMC's search")


def outcomes(name: str) -> dict[str, tuple[type[RegistryError], str]]:
    """The table of faults as it ends here: no 404 but a registry's own says that there is none."""
    table: dict[str, tuple[type[RegistryError], str]] = {**OUTCOMES, "status-404": _NO_PAGE}
    if name == "europepmc":
        return table | dict.fromkeys(
            ["status-404", "status-404-page", "status-404-empty"], _NO_SEARCH
        )
    if name == "arxiv":
        return table | {fault: (AnswerError, said) for fault, said in _XML.items()}
    return table


@pytest.mark.parametrize("fault", [*OUTCOMES, "status-404"])
@pytest.mark.parametrize("name", REGISTRIES)
def test_a_fault_ends_in_its_error(connect: Connect, name: str, fault: str) -> None:
    client, fake = connect(name, lasting(fault), **patience(fault))
    host = fake.url.split("/")[2]
    assert_outcome(lambda: REGISTRIES[name][2](client), fault, host, outcomes(name))


@pytest.mark.parametrize("fault", sorted(PASSING))
@pytest.mark.parametrize("name", REGISTRIES)
def test_a_passing_fault_costs_one_more_try(connect: Connect, name: str, fault: str) -> None:
    client, fake = connect(name, Fault(fault, times=1), **patience(fault, 0.6))
    assert REGISTRIES[name][2](client)
    assert len(fake.requests) == 2


@pytest.mark.parametrize("name", SEARCHED)
def test_a_search_that_fails_is_an_error(connect: Connect, name: str) -> None:
    client, _ = connect(name, lasting("status-503"))
    with pytest.raises(UnreachableError):
        client.search("lamps")


OTHER: dict[str, Answer] = {
    "datacite": as_json({"data": {"attributes": {**DATASET, "doi": "10.5281/other"}}}),
    "doi.org": as_json([{"DOI": "10.5281/other", "RA": "DataCite"}]),
    "openalex": as_json({"meta": {"count": 1}, "results": [{"doi": "10.5555/other"}]}),
    "arxiv": Answer(
        200, feed(Preprint("2101.00002", "Other").xml), {"Content-Type": "application/atom+xml"}
    ),
}
DAMAGED: dict[str, list[object]] = {
    "datacite": [{}, {"data": None}, {"data": {"attributes": 1}}, {"data": []}],
    "doi.org": [[], {}, [1], [{"DOI": "10.5281/zenodo.77"}], [{"DOI": 1, "RA": 2}]],
    "openalex": [{}, {"meta": {"count": 1}, "results": []}, {"results": [1], "meta": {"count": 1}}],
    "arxiv": ["<x/>", "<!DOCTYPE feed [<!ENTITY a 'b'>]><feed/>", "<feed>" + "<a>" * 99, "<feed>"],
}


@pytest.mark.parametrize("name", OTHER)
def test_the_record_of_another_is_no_answer(
    connect: Connect, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, fake = connect(name)
    monkeypatch.setattr(fake, "answer", lambda _: OTHER[name])
    with pytest.raises(AnswerError):
        REGISTRIES[name][2](client)


@pytest.mark.parametrize("name", DAMAGED)
def test_an_answer_of_another_form_is_none(
    connect: Connect, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, fake = connect(name)
    for body in DAMAGED[name]:
        answer = as_json(body)
        if isinstance(body, str):
            answer = Answer(200, body.encode(), {"Content-Type": "application/atom+xml"})
        monkeypatch.setattr(fake, "answer", lambda _, answer=answer: answer)
        with pytest.raises(AnswerError):
            REGISTRIES[name][2](client)


def test_fields_of_the_wrong_type_are_left_out(connect: Connect) -> None:
    wrong: dict[str, Any] = dict.fromkeys(DATASET, 5) | {"doi": DATASET["doi"]}
    strange = {**wrong, "titles": [{"title": [None]}], "creators": [None, {"name": 3}]}
    for record in (wrong, strange):
        with FakeDataCite([record]) as fake:
            work = connect("datacite", fake=fake)[0].work("10.5281/zenodo.77")
            assert (work.doi, work.title, work.authors) == ("10.5281/zenodo.77", "", ())
    empty: dict[str, Any] = {"doi": WORK["doi"], "ids": WORK["ids"], "title": None}
    empty |= {"authorships": "x", "biblio": [], "abstract_inverted_index": {"a": "b", "c": [None]}}
    with FakeOpenAlex([empty]) as fake_index:
        work = connect("openalex", fake=fake_index)[0].work("10.5555/lamps")
        assert (work.title, work.abstract, retracted_by(work)) == ("", "", "")


# --------------------------------------------------------------------------- kept answers


@pytest.mark.parametrize("name", REGISTRIES)
def test_answers_are_kept_and_offline_asks_nobody(
    connect: Connect, name: str, tmp_path: Path
) -> None:
    _, _, found, absent = REGISTRIES[name]
    client, fake = connect(name, folder=tmp_path)
    first = found(client)
    again, _ = connect(name, folder=tmp_path, fake=fake)
    assert found(again) == first
    assert len(fake.requests) == 1
    offline, _ = connect(name, folder=tmp_path, fake=fake, mode=Mode.OFFLINE)
    assert found(offline) == first
    with pytest.raises(UnreachableError, match="--offline"):
        absent(offline)
    assert len(fake.requests) == 1


def test_the_key_is_not_kept(connect: Connect, tmp_path: Path) -> None:
    client, _ = connect("openalex", folder=tmp_path)
    client.work("10.5555/lamps")
    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert kept
    assert not any(_KEY.encode() in data for data in kept)


@pytest.mark.parametrize("key", ["", "a b", "k&x=1", "ä"])
def test_a_key_that_cannot_be(key: str) -> None:
    with pytest.raises(ConfigurationError):
        OpenAlex(Endpoint("http://127.0.0.1:9"), key, mode=Mode.OFFLINE)
