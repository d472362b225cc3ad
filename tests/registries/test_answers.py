"""Kept answers: only what was validated, never trusted, never a reason to fail."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from exocite.errors import AnswerError, RegistryError, UnreachableError
from exocite.registries import Endpoint, Mode
from exocite.registries.answers import Answers, Kept
from exocite.registries.asked import noted
from exocite.registries.crossref import Crossref
from exocite.registries.http import Transport
from tests.fakes.crossref import FakeCrossref
from tests.fakes.faults import Fault
from tests.registries.conftest import _CERTIFICATES, Time
from tests.registries.outcomes import OUTCOMES, lasting, patience

DOI = "10.5555/exosomes"
NOW = datetime(2026, 1, 1, 12, 0, 0, tzinfo=UTC)
KEPT = Kept("http://a/x", 200, "application/json", b'{"a": 1}', NOW, '"tag"', "yesterday")

Ask = Callable[..., Crossref]


class Desk:
    """A fake, a folder for answers, and clients that share both and a clock."""

    def __init__(self, fake: FakeCrossref, folder: Path, stack: ExitStack) -> None:
        self.fake, self.folder, self._stack = fake, folder, stack
        self.time = Time()

    def client(self, mode: Mode = Mode.ONLINE, url: str = "", **settings: Any) -> Crossref:
        endpoint = Endpoint(url or self.fake.url, **settings)
        transport = Transport(
            endpoint, "Crossref", answers=Answers(self.folder), mode=mode,
            clock=self.time.clock, now=self.time.now, sleep=self.time.sleep, rng=Random(1),
            ssl_context=_CERTIFICATES,
        )  # fmt: skip
        return self._stack.enter_context(Crossref(endpoint, transport=transport))

    @property
    def asked(self) -> int:
        return len(self.fake.requests)

    def files(self) -> list[Path]:
        return [path for path in self.folder.glob("??/*") if path.is_file()]

    def pass_by(self, **time: float) -> None:
        self.time.seconds += timedelta(**time).total_seconds()


@pytest.fixture
def desk(works: list[dict[str, Any]], tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    with ExitStack() as stack:

        def made(*faults: Fault, **settings: Any) -> Desk:
            fake = stack.enter_context(FakeCrossref(works, faults=faults, **settings))
            return Desk(fake, tmp_path / "answers", stack)

        yield made


# --------------------------------------------------------------------------- the files


def test_an_answer_comes_back_as_it_was(tmp_path: Path) -> None:
    answers = Answers(tmp_path)
    assert answers.get("http://a/x") is None
    answers.put("http://a/x", KEPT)
    assert answers.get("http://a/x") == KEPT
    assert answers.get("http://a/y") is None


@pytest.mark.parametrize("tag", ['"é"', '"a"\r\n b', '"\x00"', f'"{"x" * 2000}"'])
def test_what_no_header_can_carry_asks_for_the_answer_anew(tag: str) -> None:
    assert replace(KEPT, etag=tag, modified=tag).again == {}
    assert replace(KEPT, etag=tag).again == {"If-Modified-Since": "yesterday"}


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b"200", b"404"),
        lambda data: data.replace(b'"a": 1', b'"a": 2'),
        lambda data: b"\x00" * len(data),
        lambda data: data + b"more",
    ],
)
def test_a_damaged_file_is_no_answer(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    answers = Answers(tmp_path)
    answers.put("http://a/x", KEPT)
    (path,) = tmp_path.glob("*/*")
    path.write_bytes(damage(path.read_bytes()))
    assert answers.get("http://a/x") is None


def test_a_file_of_another_address_is_no_answer(tmp_path: Path) -> None:
    answers = Answers(tmp_path)
    for name in "xy":
        answers.put(f"http://a/{name}", KEPT)
    first, second = sorted(tmp_path.glob("*/*"))
    first.write_bytes(second.read_bytes())
    assert [answers.get(f"http://a/{name}") for name in "xy"].count(None) == 1


@pytest.mark.parametrize(
    ("status", "age", "fresh"),
    [
        (200, timedelta(hours=23), True), (200, timedelta(hours=25), False),
        (404, timedelta(minutes=50), True), (404, timedelta(minutes=70), False),
        (200, timedelta(minutes=-2), True), (200, timedelta(minutes=-20), False),
    ],
)  # fmt: skip
def test_how_long_an_answer_stands_for_a_new_one(status: int, age: timedelta, fresh: bool) -> None:
    kept = Kept("http://a/x", status, "", b"", NOW - age)
    assert kept.is_fresh(NOW) is fresh


def test_a_folder_that_cannot_be_used_keeps_nothing(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"")
    answers = Answers(file / "below")
    answers.put("http://a/x", KEPT)
    answers.tidy()
    assert answers.get("http://a/x") is None


def test_what_is_old_is_removed(tmp_path: Path) -> None:
    answers = Answers(tmp_path)
    for name in "xy":
        answers.put(f"http://a/{name}", KEPT)
    old, new = sorted(tmp_path.glob("*/*"))
    os.utime(old, (1, 1))
    answers.tidy()
    assert (old.exists(), new.exists()) == (False, True)


# --------------------------------------------------------------------------- through Crossref


def test_what_was_asked_is_not_asked_again_for_a_day(desk: Callable[..., Desk]) -> None:
    at = desk()
    first = at.client().work(DOI)
    found = at.client().search("exosomes healing")
    with noted() as asked:
        assert at.client().work(DOI) == first
        assert at.client().search("exosomes healing") == found
    assert asked.oldest == at.time.now()
    assert at.asked == 2
    at.pass_by(hours=25)
    with noted() as asked:
        assert at.client().work(DOI) == first
    assert (at.asked, asked.date) == (3, "")


def test_an_alias_is_kept_with_its_tie(desk: Callable[..., Desk]) -> None:
    at = desk(Fault("redirect", value="/works/10.5555%2Fexosomes"))
    work = at.client().work("10.5555/loom")
    assert at.client().work("10.5555/loom") == work
    assert at.asked == 2  # the redirect is one


@pytest.mark.parametrize("name", [*OUTCOMES, "wrong-doi", "null-doi"])
@pytest.mark.parametrize("search", [False, True])
def test_what_is_no_answer_is_not_kept(desk: Callable[..., Desk], name: str, search: bool) -> None:
    at = desk(lasting(name))
    client = at.client(**patience(name))
    if search and name == "wrong-doi":
        return  # A search for words has no wrong records.
    with pytest.raises(RegistryError):
        client.search("exosomes") if search else client.work(DOI)
    assert at.files() == []


def test_no_record_is_kept_for_an_hour_once_the_registry_is_proven(
    desk: Callable[..., Desk],
) -> None:
    at = desk()
    assert at.client().work("10.5555/none") is None
    assert at.asked == 2
    at.pass_by(minutes=50)
    assert at.client().work("10.5555/none") is None
    assert at.asked == 2
    at.pass_by(minutes=20)
    assert at.client().work("10.5555/none") is None
    assert at.asked == 4


def test_a_404_of_something_else_is_neither_kept_nor_proven_by_what_is(
    desk: Callable[..., Desk],
) -> None:
    at = desk(Fault("status-404", times=6, after=1))
    assert at.client().work(DOI) is not None
    for _ in range(2):
        with pytest.raises(AnswerError, match="list of works"):
            at.client().work("10.5555/loom")
    assert len(at.files()) == 1


def test_what_is_asked_again_is_asked_by_its_tag(desk: Callable[..., Desk]) -> None:
    at = desk(tagged=True)
    work = at.client().work(DOI)
    at.pass_by(days=3)
    assert at.client().work(DOI) == work
    assert "if-none-match" in at.fake.requests[-1].headers
    at.pass_by(hours=20)
    assert at.client().work(DOI) == work
    assert at.asked == 2


def test_refresh_asks_again_and_keeps(desk: Callable[..., Desk]) -> None:
    at = desk()
    for _ in range(2):
        at.client(Mode.REFRESH).work(DOI)
    assert at.asked == 2
    assert "if-none-match" not in at.fake.requests[-1].headers
    at.client().work(DOI)
    assert at.asked == 2


def test_offline_opens_no_socket(
    desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    at = desk()
    work = at.client().work(DOI)
    found = at.client().search("exosomes healing")
    assert at.client().work("10.5555/none") is None
    at.pass_by(days=400)

    def forbidden(*_: object, **__: object) -> socket.socket:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", forbidden)
    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    offline = at.client(Mode.OFFLINE)
    with noted() as asked:
        assert offline.work(DOI) == work
        assert offline.search("exosomes healing") == found
    assert at.time.now() - asked.oldest == timedelta(days=400)
    for doi in ("10.5555/loom", "10.5555/none"):
        with pytest.raises(UnreachableError, match="was not asked, as --offline says"):
            offline.work(doi)
    assert offline.batches(["10.5555/a", "10.5555/b", "10.5555/c", "10.5555/d"]) == ()


def test_offline_trusts_no_damaged_answer(desk: Callable[..., Desk]) -> None:
    at = desk()
    at.client().work(DOI)
    (path,) = at.files()
    path.write_bytes(path.read_bytes().replace(b"healing", b"stealing"))
    with pytest.raises(UnreachableError):
        at.client(Mode.OFFLINE).work(DOI)
    assert at.client().work(DOI).title == "Exosomes in the healing of skin"


def test_what_is_kept_is_judged_again(desk: Callable[..., Desk]) -> None:
    at = desk()
    address = f"{at.fake.url}/works/10.5555%2Fexosomes"
    page = Kept(address, 200, "text/html", b"<html>log in</html>", at.time.now())
    Answers(at.folder).put(address, page)
    assert at.client().work(DOI) is not None
    assert at.asked == 1


def test_the_mail_address_is_in_no_file(desk: Callable[..., Desk]) -> None:
    at = desk()
    at.client(mailto="desk@example.org").search("loom")
    at.client(mailto="desk@example.org").work(DOI)
    assert at.files()
    assert not any(b"example.org" in path.read_bytes() for path in at.files())
    at.client(mailto="other@example.org").work(DOI)
    assert at.asked == 2


# --------------------------------------------------------------------------- many at once


MANY = [f"10.5555/m{number}" for number in range(120)]


def _held(doi: str) -> dict[str, Any]:
    return {"DOI": doi, "type": "journal-article", "title": [f"Work {doi}"]}


def test_many_dois_go_in_few_requests(desk: Callable[..., Desk]) -> None:
    at = desk()
    at.fake.api = type(at.fake.api)(type(at.fake.api._works)([_held(doi) for doi in MANY]))
    client = at.client(mailto="desk@example.org")
    groups = client.batches([*MANY, *MANY[:5], MANY[3].upper()])
    assert [doi for group in groups for doi in group] == MANY
    found: dict[str, Any] = {}
    for group in groups:
        found |= client.works(group)
    assert sorted(found) == sorted(MANY)
    assert at.asked == len(groups) == 3
    for request in at.fake.requests:
        assert len(request.target) < 5000
        assert "abstract" in request.parameters["select"]
        assert int(request.parameters["rows"]) <= 50
    assert client.work(MANY[7]) == found[MANY[7]]
    assert client.batches(MANY) == ()
    assert at.client(Mode.OFFLINE).work(MANY[8]) == found[MANY[8]]
    assert at.asked == 3


def test_odd_dois_and_few_go_singly(desk: Callable[..., Desk]) -> None:
    client = desk().client()
    odd = ["10.5555/a,b", "10.5555/a:b", "10.1002/x<1::aid>3", "10.5555/ä", "", "none", "10.5/ x"]
    assert client.batches([*odd, "10.5555/a", "10.5555/b"]) == ()
    long = [f"10.5555/{'x' * 180}{number}" for number in range(60)]
    assert max(sum(map(len, group)) for group in client.batches(long)) < 3000


def test_what_a_list_leaves_out_is_no_answer(desk: Callable[..., Desk]) -> None:
    at = desk()
    found = at.client().works([DOI, "10.5555/none", "10.5555/loom"])
    assert sorted(found) == [DOI, "10.5555/loom"]


def test_records_that_nobody_asked_for_are_left_out(desk: Callable[..., Desk]) -> None:
    at = desk(Fault("wrong-doi", value="10.5555/another"))
    assert at.client().works([DOI, "10.5555/loom", "10.5555/steam"]) == {}
    assert at.files() == []


# --------------------------------------------------------------------------- who we are


@pytest.mark.parametrize(
    ("mailto", "pool", "said"),
    [
        ("desk@example.org", "public", "did not accept the mail address"),
        ("", "polite", "takes us for somebody else"),
        ("desk@example.org", "polite", ""), ("", "public", ""), ("", "odd\x1b", ""),
    ],
)  # fmt: skip
def test_the_pool_that_answered_is_checked(
    desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch, mailto: str, pool: str, said: str
) -> None:
    at = desk(Fault("pool", times=None, value=pool))
    client = at.client(mailto=mailto)
    for doi in (DOI, "10.5555/loom"):
        client.work(doi)
    assert len(client.notes) == bool(said)
    assert all(said in note and "example.org" not in note for note in client.notes)


def test_the_state_of_the_cache_is_plain_json(desk: Callable[..., Desk]) -> None:
    at = desk()
    at.client().work(DOI)
    (path,) = at.files()
    _, head, body = path.read_bytes().split(b"\n", 2)
    assert json.loads(head)["asked"].endswith("/works/10.5555%2Fexosomes")
    assert json.loads(body)["message"]["DOI"] == DOI
