"""Everything that can go wrong on the way to an answer: one typed outcome each, no real waiting."""

from __future__ import annotations

import socket

import pytest

from exocite.errors import AnswerError, LimitedError, RegistryError, UnreachableError
from tests.fakes.faults import FAULTS, Fault
from tests.registries.conftest import Connect, client

DOI = "10.5555/exosomes"

# A fault that stays, and the outcome of a look-up.
OUTCOMES: dict[str, tuple[type[RegistryError], str]] = {
    "status-400": (AnswerError, "did not accept what it was asked (status 400)"),
    "status-403": (AnswerError, "(status 403)"),
    "status-204": (AnswerError, "(status 204)"),
    "status-404-page": (AnswerError, "(status 404)"),
    "status-404-empty": (AnswerError, "(status 404)"),
    "status-429": (LimitedError, "asked us to slow down"),
    "status-429-date": (LimitedError, "asked us to slow down"),
    "status-500": (UnreachableError, "cannot answer at the moment (status 500)"),
    "status-502": (UnreachableError, "(status 502)"),
    "status-503": (UnreachableError, "(status 503)"),
    "status-504": (UnreachableError, "(status 504)"),
    "html": (AnswerError, "something else than JSON"),
    "html-as-json": (AnswerError, "no valid JSON"),
    "text-as-kind": (AnswerError, "something else than JSON"),
    "no-kind": (AnswerError, "something else than JSON"),
    "half-json": (AnswerError, "no valid JSON"),
    "empty": (AnswerError, "no valid JSON"),
    "json-list": (AnswerError, "of an unknown form"),
    "json-null": (AnswerError, "of an unknown form"),
    "deep-json": (AnswerError, "no valid JSON"),
    "not-utf-8": (AnswerError, "no valid JSON"),
    "bomb": (AnswerError, "more than 20 megabytes"),
    "broken-gzip": (AnswerError, "cannot be decoded"),
    "cut-gzip": (AnswerError, "cannot be decoded"),
    "unasked-coding": (AnswerError, "cannot be decoded"),
    "wrong-doi": (AnswerError, "the record of another DOI"),
    "null-doi": (AnswerError, "the record of another DOI"),
    "slow-headers": (UnreachableError, "fell silent for too long"),
    "hang-in-body": (UnreachableError, "fell silent"),
    "drop": (UnreachableError, "broke the connection off"),
    "reset": (UnreachableError, "broke the connection off"),
    "truncated": (UnreachableError, "broke the connection off"),
    "no-http": (UnreachableError, "broke the connection off"),
}
# Faults that a look-up survives, or whose outcome needs more than a name (tested below).
OTHERS = {"status-404", "redirect", "null-titles", "wrong-types", "drip"}


def _short(name: str, seconds: float = 0.15) -> dict[str, float]:
    """Little patience where a fault is one of silence."""
    return {"timeout": seconds} if name in ("slow-headers", "hang-in-body") else {}


def test_every_fault_of_the_fake_has_an_outcome() -> None:
    assert set(OUTCOMES) | OTHERS == FAULTS


@pytest.mark.parametrize("name", OUTCOMES)
def test_a_lasting_fault_ends_in_its_error(connect: Connect, name: str) -> None:
    kind, said = OUTCOMES[name]
    bench = connect(Fault(name, times=None), mailto="desk@example.org", **_short(name))
    with pytest.raises(RegistryError) as caught:
        bench.crossref.work(DOI)
    error = caught.value
    assert type(error) is kind
    assert said in error.message
    assert f"Crossref ({bench.fake.url.removeprefix('http://')})" in error.message
    text = f"{error.message} {error.hint}".lower()
    assert not any(word in text for word in ("not found", "example.org", "http", "fake", "exist"))


@pytest.mark.parametrize("name", OUTCOMES)
def test_a_lasting_fault_ends_a_search_in_the_same_kind(connect: Connect, name: str) -> None:
    bench = connect(Fault(name, times=None), **_short(name))
    if name == "wrong-doi":
        assert {work.doi for work in bench.crossref.search("exosomes")} == {"10.5555/another"}
        return
    with pytest.raises(OUTCOMES[name][0]):
        bench.crossref.search("exosomes")


PASSING = [
    "status-429", "status-429-date", "status-500", "status-502", "status-503", "status-504",
    "slow-headers", "hang-in-body", "drop", "reset", "truncated", "no-http",
]  # fmt: skip


@pytest.mark.parametrize("name", PASSING)
def test_a_passing_fault_costs_one_more_try(connect: Connect, name: str) -> None:
    bench = connect(Fault(name, times=1), **_short(name, 0.6))
    work = bench.crossref.work(DOI)
    assert work is not None
    assert work.doi == DOI
    assert len(bench.fake.requests) == 2
    assert len(bench.time.slept) == 1


@pytest.mark.parametrize("name", sorted(set(OUTCOMES) - set(PASSING)))
def test_an_answer_that_would_come_again_is_not_asked_for_again(
    connect: Connect, name: str
) -> None:
    bench = connect(Fault(name, times=1))
    with pytest.raises(AnswerError):
        bench.crossref.work(DOI)
    assert len(bench.fake.requests) == 1


def test_a_drip_ends_with_the_deadline(connect: Connect) -> None:
    bench = connect(Fault("drip", times=None, value="0.001"), tick=1.0)
    with pytest.raises(UnreachableError, match="did not finish its answer in time"):
        bench.crossref.work(DOI)


def test_only_crossrefs_own_404_says_that_there_is_no_record(connect: Connect) -> None:
    assert connect(Fault("status-404")).crossref.work(DOI) is None
    with pytest.raises(AnswerError):
        connect(Fault("status-404")).crossref.search("exosomes")


@pytest.mark.parametrize("name", ["null-titles", "wrong-types"])
def test_damaged_fields_are_absent_fields(connect: Connect, name: str) -> None:
    bench = connect(Fault(name, times=None))
    work = bench.crossref.work(DOI)
    assert work is not None
    assert (work.doi, work.title, work.authors) == (DOI, "", ())
    assert bench.crossref.search("exosomes")[0].doi == DOI


# --------------------------------------------------------------------------- redirects


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("https://evil.example/works/x?mailto=desk@example.org", "another place (evil.example)"),
        ("//evil.example/", "another place (evil.example)"),
        ("http://127.0.0.1:1/works/x", "another place (127.0.0.1)"),
        ("/works/10.5555%2Fexosomes", "in circles"),
    ],
)
def test_a_redirect_stays_here_and_ends(connect: Connect, location: str, said: str) -> None:
    bench = connect(Fault("redirect", times=None, value=location))
    with pytest.raises(AnswerError) as caught:
        bench.crossref.work(DOI)
    assert said in caught.value.message
    assert "example.org" not in caught.value.message
    assert len(bench.fake.requests) <= 4


# --------------------------------------------------------------------------- no server at all


def _closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_a_closed_port_is_a_refused_connection() -> None:
    crossref, _ = client(f"http://127.0.0.1:{_closed_port()}")
    with crossref, pytest.raises(UnreachableError, match="the connection was refused"):
        crossref.work(DOI)


def test_a_name_that_does_not_resolve(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fails)
    crossref, _ = client("http://localhost:9")
    with (
        crossref,
        pytest.raises(UnreachableError, match="address of its host could not be looked up"),
    ):
        crossref.work(DOI)


def test_https_to_a_server_without_it(connect: Connect) -> None:
    port = connect().fake.url.rpartition(":")[2]
    crossref, _ = client(f"https://127.0.0.1:{port}")
    with crossref, pytest.raises(UnreachableError, match="no secure connection"):
        crossref.work(DOI)


def test_a_proxy_that_refuses(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{_closed_port()}")
    crossref, _ = client("https://api.example.org")
    with crossref, pytest.raises(UnreachableError, match="could not be reached"):
        crossref.work(DOI)
