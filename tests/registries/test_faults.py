"""Everything that can go wrong on the way to an answer: one typed outcome each, no real waiting."""

from __future__ import annotations

import socket
import ssl
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread

import pytest

from exocite.errors import AnswerError, RegistryError, UnreachableError
from tests.fakes.faults import FAULTS, Fault
from tests.registries.conftest import Connect, client
from tests.registries.outcomes import (
    OF_RECORDS,
    OUTCOMES,
    PASSING,
    assert_outcome,
    lasting,
    patience,
)

DOI = "10.5555/exosomes"

# Records of another DOI are no answer to a look-up, whatever the way was like.
RECORDS: dict[str, tuple[type[RegistryError], str]] = {
    "wrong-doi": (AnswerError, "the record of another DOI"),
    "null-doi": (AnswerError, "the record of another DOI"),
}
ALL = OUTCOMES | RECORDS
# Fields that are damaged or strange are read as well as they can be: title and year of the work.
READ = {
    "null-titles": ("", "2021"),
    "wrong-types": ("", ""),
    "empty-lists": ("", "2021"),
    "empty-dates": ("Exosomes in the healing of skin", ""),
    "long-abstract": ("Exosomes in the healing of skin", "2021"),
    "entities": ("Steam &amp; fire é–&unknown;", "2021"),
    "tricks": ("Steam [31mfire é � end", "2021"),
}


def test_every_fault_of_the_fake_has_an_outcome() -> None:
    assert set(RECORDS) | set(READ) == OF_RECORDS
    assert len(FAULTS) > 40


@pytest.mark.parametrize("name", ALL)
def test_a_lasting_fault_ends_in_its_error(connect: Connect, name: str) -> None:
    bench = connect(lasting(name), mailto="desk@example.org", **patience(name))
    host = f"Crossref ({bench.fake.url.removeprefix('http://')})"
    assert_outcome(lambda: bench.crossref.work(DOI), name, host, ALL)


@pytest.mark.parametrize("name", ALL)
def test_a_lasting_fault_ends_a_search_in_the_same_kind(connect: Connect, name: str) -> None:
    bench = connect(lasting(name), **patience(name))
    if name == "wrong-doi":
        assert {work.doi for work in bench.crossref.search("exosomes")} == {"10.5555/another"}
        return
    with pytest.raises(ALL[name][0]):
        bench.crossref.search("exosomes")


@pytest.mark.parametrize("name", sorted(PASSING))
def test_a_passing_fault_costs_one_more_try(connect: Connect, name: str) -> None:
    bench = connect(Fault(name, times=1), **patience(name, 0.6))
    work = bench.crossref.work(DOI)
    assert work is not None
    assert work.doi == DOI
    assert len(bench.fake.requests) == 2
    assert len(bench.time.slept) == 1


@pytest.mark.parametrize("name", sorted(set(ALL) - PASSING))
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


@pytest.mark.parametrize("name", READ)
def test_damaged_and_strange_fields_are_read_as_well_as_they_can_be(
    connect: Connect, name: str
) -> None:
    bench = connect(lasting(name))
    work = bench.crossref.work(DOI)
    assert work is not None
    assert (work.doi, work.title, work.year) == (DOI, *READ[name])
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Cf") for c in work.title)
    assert DOI in {found.doi for found in bench.crossref.search("exosomes")}


def test_an_abstract_of_ten_megabytes_is_read(connect: Connect) -> None:
    work = connect(Fault("long-abstract", value="10")).crossref.work(DOI)
    assert work is not None
    assert len(work.abstract) > 10_000_000


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


def test_a_certificate_that_nobody_vouches_for(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object, **__: object) -> None:
        raise ssl.SSLCertVerificationError(1, "certificate verify failed: self-signed")

    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", refuses)
    port = connect().fake.url.rpartition(":")[2]
    crossref, time = client(f"https://127.0.0.1:{port}")
    with crossref, pytest.raises(UnreachableError, match="certificate could not be verified"):
        crossref.work(DOI)
    assert time.slept == []  # Another try would meet the same certificate.


@contextmanager
def _proxy(answer: bytes) -> Iterator[str]:
    """A proxy that says this to everybody."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    with connection:
                        connection.recv(65536)
                        connection.sendall(answer)

        Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize("status", ["403 Forbidden", "407 Proxy Authentication Required", "502 No"])
def test_a_proxy_that_says_no(status: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with _proxy(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode()) as url:
        monkeypatch.setenv("HTTPS_PROXY", url)
        crossref, _ = client("https://api.example.org")
        with crossref, pytest.raises(UnreachableError, match="the proxy refused"):
            crossref.work(DOI)


def test_a_proxy_that_wants_a_log_in(monkeypatch: pytest.MonkeyPatch) -> None:
    page = b"<!DOCTYPE html><html><form>Log in</form></html>"
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(page)}\r\n\r\n"
    with _proxy(head.encode() + page) as url:
        monkeypatch.setenv("HTTP_PROXY", url)
        crossref, _ = client("http://api.example.org")
        with crossref, pytest.raises(AnswerError, match="something else than JSON"):
            crossref.work(DOI)


def test_a_proxy_that_refuses(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{_closed_port()}")
    crossref, _ = client("https://api.example.org")
    with crossref, pytest.raises(UnreachableError, match="could not be reached"):
        crossref.work(DOI)
