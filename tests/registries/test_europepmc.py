"""Europe PMC: what is open, what is not, and every fault with one typed outcome."""

from __future__ import annotations

import ssl
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from exocite.errors import AnswerError
from exocite.registries import Endpoint, FullText
from exocite.registries.europepmc import EuropePmc
from exocite.registries.http import Transport
from tests.fakes.europepmc import FakeEuropePmc, Held, article
from tests.fakes.faults import Fault
from tests.registries.conftest import Time
from tests.registries.outcomes import OUTCOMES, assert_outcome, lasting, patience

DOI = "10.5555/lamps"
OPEN = Held(DOI, "PMC100", "7001", xml=article(DOI, pmcid="PMC100", pmid="7001"))
CLOSED = Held("10.5555/closed", "PMC200", "7002", is_open=False)
ODD = '10.5555/a"b\\c(1)<d>+&;e'
WORKS = [OPEN, CLOSED, Held("10.5555/abstract", pmid="7003", is_open=False), Held(ODD, pmid="7004")]
_CERTIFICATES = ssl.create_default_context()

Connect = Callable[..., tuple[EuropePmc, FakeEuropePmc]]


@pytest.fixture
def connect() -> Iterator[Connect]:
    """Start a fake Europe PMC and a client whose waiting costs nothing."""
    with ExitStack() as stack:

        def connected(
            *faults: Fault, works: list[Held] = WORKS, **settings: Any
        ) -> tuple[EuropePmc, FakeEuropePmc]:
            fake = stack.enter_context(FakeEuropePmc(works, faults=faults))
            time = Time()
            endpoint = Endpoint(fake.url, **settings)
            transport = Transport(
                endpoint, "Europe PMC", clock=time.clock, now=time.now, sleep=time.sleep,
                rng=Random(1), ssl_context=_CERTIFICATES,
            )  # fmt: skip
            return stack.enter_context(EuropePmc(endpoint, transport=transport)), fake

        yield connected


@pytest.mark.parametrize(
    ("scheme", "value"),
    [("doi", DOI), ("doi", DOI.upper()), ("pmid", "7001"), ("pmcid", "PMC100")],
)
def test_an_open_full_text_comes_with_its_address_and_licence(
    connect: Connect, scheme: str, value: str
) -> None:
    archive, fake = connect()
    url = f"{fake.url}/PMC100/fullTextXML"
    assert archive.full_text(scheme, value) == FullText(True, "PMC100", url, "cc by", OPEN.xml)
    assert [asked.path for asked in fake.requests] == ["/search", "/PMC100/fullTextXML"]


@pytest.mark.parametrize(
    ("doi", "said"),
    [
        ("10.5555/closed", FullText(True, "PMC200")),
        ("10.5555/abstract", FullText(True, "PMID 7003")),
        (ODD, FullText(True, "PMID 7004")),
        ("10.5555/elsewhere", FullText(False)),
    ],
)
def test_what_is_not_open_and_what_is_not_held(connect: Connect, doi: str, said: FullText) -> None:
    archive, fake = connect()
    assert archive.full_text("doi", doi) == said
    assert len(fake.requests) == 1


def test_a_work_that_is_called_open_without_a_full_text_is_not_open(connect: Connect) -> None:
    archive, _ = connect(works=[replace(OPEN, xml=b"")])
    assert archive.full_text("doi", DOI) == FullText(True, "PMC100")


def test_of_several_records_the_open_one_counts(connect: Connect) -> None:
    preprint = Held(DOI, pmid="9", is_open=False)
    archive, _ = connect(works=[preprint, OPEN])
    assert archive.full_text("doi", DOI).data == OPEN.xml


def test_a_record_of_another_work_does_not_count(connect: Connect) -> None:
    # The search is by words: what it finds may hold the DOI without being the work.
    supplement = replace(OPEN, more={"doi": f"{DOI}.s001"})
    archive, _ = connect(works=[supplement])
    assert archive.full_text("doi", DOI) == FullText(False)


def test_it_says_who_asks(connect: Connect) -> None:
    archive, fake = connect(mailto="desk@example.org")
    archive.full_text("doi", DOI)
    for asked in fake.requests:
        assert asked.headers["user-agent"].startswith("exocite/")
        assert asked.headers["user-agent"].endswith("(mailto:desk@example.org)")
    assert [asked.headers["accept"] for asked in fake.requests] == [
        "application/json", "application/xml",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("scheme", "value"),
    [
        ("doi", ""), ("doi", "lamps"), ("doi", "10.5555/"), ("doi", "10.5555/a b"),
        ("doi", "10.5555/\x00"), ("doi", "10.5555/\udc80"), ("doi", "10.5555/" + "ä" * 900),
        ("pmid", "7001 OR 1"), ("pmid", "٣"), ("pmcid", "PMC1/../PMC2"), ("pmcid", "100"),
    ],
)  # fmt: skip
def test_what_is_no_identifier_is_not_asked(connect: Connect, scheme: str, value: str) -> None:
    archive, fake = connect()
    with pytest.raises(AnswerError, match="was not asked"):
        archive.full_text(scheme, value)
    assert fake.requests == []


# --------------------------------------------------------------------------- hostile records


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"doi": 5}, "a record whose doi is no text"),
        ({"pmcid": ["PMC100"]}, "a record whose pmcid is no text"),
        ({"pmcid": "PMC100/../../secret"}, "named a PMCID that is none"),
        ({"pmcid": "../PMC100"}, "named a PMCID that is none"),
        ({"pmcid": "PMC100\n"}, ""),
        ({"isOpenAccess": True}, "a record whose isOpenAccess is no text"),
        ({"license": {"a": 1}}, "a record whose license is no text"),
    ],
)
def test_a_field_of_the_wrong_kind(connect: Connect, more: dict[str, object], said: str) -> None:
    archive, fake = connect(works=[replace(OPEN, more=more)])
    if not said:
        assert archive.full_text("doi", DOI).identifier == "PMC100"
        return
    with pytest.raises(AnswerError) as caught:
        archive.full_text("doi", DOI)
    assert said in caught.value.message
    assert [asked.path for asked in fake.requests] == ["/search"]


@pytest.mark.parametrize("name", ["doi", "pmcid", "pmid", "isOpenAccess", "license"])
def test_a_field_that_is_null_is_not_there(connect: Connect, name: str) -> None:
    archive, _ = connect(works=[replace(OPEN, more={name: None})])
    found = archive.full_text("doi", DOI)
    assert found.held is (name != "doi")
    assert bool(found.data) is (name in ("pmid", "license"))


def test_a_long_licence_is_cut_and_stands_in_one_line(connect: Connect) -> None:
    archive, _ = connect(works=[replace(OPEN, licence="cc\n" * 500)])
    licence = archive.full_text("doi", DOI).licence
    assert (len(licence), "\n" in licence) == (200, False)


# --------------------------------------------------------------------------- faults

_NO_SEARCH = (AnswerError, "does not offer Europe PMC's search")
SEARCH = OUTCOMES | dict.fromkeys(("status-404", "status-404-page", "status-404-empty"), _NO_SEARCH)
# Where the full text is struck, these end in other words than the search.
TEXT = {
    "status-404": "", "status-404-page": "", "status-404-empty": "",
    "html": "a web page instead of a full text",
    "html-as-json": "a web page instead of a full text",
    "empty": "sent an empty full text",
}  # fmt: skip
# A body that is no XML goes to whoever reads it: see tests/cli/test_fetch.py.
PASSED_ON = {
    "text-as-kind", "no-kind", "half-json", "json-list", "json-null", "deep-json", "not-utf-8",
}  # fmt: skip


@pytest.mark.parametrize("name", SEARCH)
def test_a_fault_of_the_search(connect: Connect, name: str) -> None:
    archive, fake = connect(lasting(name), mailto="desk@example.org", **patience(name))
    host = fake.url.removeprefix("http://").removesuffix("/rest")
    assert_outcome(lambda: archive.full_text("doi", DOI), name, host, SEARCH)


@pytest.mark.parametrize("name", SEARCH)
def test_a_fault_of_the_full_text(connect: Connect, name: str) -> None:
    kind, said = SEARCH[name]
    said = TEXT.get(name, said)
    archive, _ = connect(Fault(name, times=None, path="fullText"), **patience(name))
    if name in PASSED_ON:
        assert archive.full_text("doi", DOI).data
    elif not said:
        assert archive.full_text("doi", DOI) == FullText(True, "PMC100")
    else:
        with pytest.raises(kind) as caught:
            archive.full_text("doi", DOI)
        assert said in caught.value.message


@pytest.mark.parametrize("path", ["search", "fullText"])
def test_a_redirect_to_another_host_is_not_followed(connect: Connect, path: str) -> None:
    with FakeEuropePmc([OPEN]) as other:
        elsewhere = other.url.replace("127.0.0.1", "localhost") + "/PMC100/fullTextXML"
        archive, _ = connect(Fault("redirect", times=None, path=path, value=elsewhere))
        with pytest.raises(AnswerError, match="sent us on to another place"):
            archive.full_text("doi", DOI)
        assert other.requests == []


@pytest.mark.parametrize("name", ["status-503", "drop", "truncated", "status-429"])
@pytest.mark.parametrize("path", ["search", "fullText"])
def test_a_passing_fault_costs_one_more_try(connect: Connect, name: str, path: str) -> None:
    archive, fake = connect(Fault(name, times=1, path=path))
    assert archive.full_text("doi", DOI).data == OPEN.xml
    assert len(fake.requests) == 3


def test_a_bomb_costs_no_more_than_its_cap(connect: Connect) -> None:
    archive, _ = connect(Fault("bomb", times=None, path="fullText", value="60"))
    with pytest.raises(AnswerError):
        archive.full_text("doi", DOI)  # The fake makes its bomb now, in this process too.
    tracemalloc.start()
    try:
        with pytest.raises(AnswerError, match="swells beyond measure"):
            archive.full_text("doi", DOI)
        assert tracemalloc.get_traced_memory()[1] < 50 * 2**20
    finally:
        tracemalloc.stop()
