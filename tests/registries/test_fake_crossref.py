"""The fake registry answers as the real one was recorded to answer."""

from __future__ import annotations

import gzip
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.fakes.crossref import FakeCrossref, Limits
from tests.fakes.faults import Fault
from tests.fakes.works import read_works
from tests.registries.conftest import record

WORKS = [
    record("10.5555/a", "The loom and the engine", ISSN=["1234-5678"]),
    record("10.5555/b", "The engine", issued={"date-parts": [[2019]]}, type="book"),
    record("10.5555/c", "Correction: The engine", **{"update-to": [{"DOI": "10.5555/B"}]}),
    record("10.1175/1520(1974)102<0736:wacoj>2.0.co;2", "Weather", issued={"date-parts": [[None]]}),
]


class Client:
    def __init__(self, fake: FakeCrossref) -> None:
        self.fake = fake
        self._client = httpx2.Client(verify=False)

    def get(self, path: str, **headers: str) -> httpx2.Response:
        return self._client.get(self.fake.url + path, headers=headers)

    def dois(self, query: str) -> list[str]:
        items = self.get(f"/works?{query}").json()["message"]["items"]
        return [item["DOI"].removeprefix("10.5555/") for item in items]


@pytest.fixture(scope="module")
def api() -> Iterator[Client]:
    with FakeCrossref(WORKS) as fake:
        client = Client(fake)
        yield client
        client._client.close()


@pytest.mark.parametrize("path", ["/works/10.5555/a", "/works/10.5555%2FA", "/v1/works/10.5555/A"])
def test_a_work(api: Client, path: str) -> None:
    answer = api.get(path)
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["message-type"] == "work"
    message = answer.json()["message"]
    assert message["DOI"] == "10.5555/a"
    assert "_secret" not in message


@pytest.mark.parametrize("path", ["/works/10.5555/none", "/members/98", "/", "/works?cursor=wrong"])
def test_no_such_thing(api: Client, path: str) -> None:
    answer = api.get(path)
    assert (answer.status_code, answer.text) == (404, "Resource not found.")
    assert answer.headers["content-type"].startswith("application/json")


def test_an_agency(api: Client) -> None:
    answer = api.get("/works/10.5555/a/agency").json()
    assert answer["message-type"] == "work-agency"
    assert answer["message"] == {
        "DOI": "10.5555/a",
        "agency": {"id": "crossref", "label": "Crossref"},
    }


@pytest.mark.parametrize(
    ("query", "dois"),
    [
        ("query.bibliographic=loom+engine", ["a", "b", "c"]),
        ("query.title=engine", ["b", "c", "a"]),
        ("query=weather&select=DOI", ["10.1175/1520(1974)102<0736:wacoj>2.0.co;2"]),
        ("query.author=lovelace&query.title=loom", ["a"]),
        ("query=nothing", []),
        ("filter=type:book", ["b"]),
        ("filter=doi:10.5555/A,doi:10.5555/c", ["a", "c"]),
        ("filter=updates:10.5555/b", ["c"]),
        ("filter=issn:1234-5678", ["a"]),
        ("filter=from-pub-date:2020,type:journal-article", ["a", "c"]),
        ("filter=until-pub-date:2019-12", ["b"]),
        ("rows=2", ["a", "b"]),
        ("rows=0", []),
        ("rows=1&offset=2", ["c"]),
        ("sort=issued&order=asc&filter=from-pub-date:1900", ["b", "a", "c"]),
    ],
)
def test_lists(api: Client, query: str, dois: list[str]) -> None:
    assert api.dois(query) == dois


def test_a_list_has_scores_that_fall(api: Client) -> None:
    message = api.get("/works?query=the+engine").json()["message"]
    scores = [item["score"] for item in message["items"]]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[-1] > 0
    assert message["total-results"] == 3
    assert message["items-per-page"] == 20
    assert message["query"] == {"start-index": 0, "search-terms": "the engine"}


def test_select_leaves_the_rest_out(api: Client) -> None:
    item = api.get("/works?query=engine&select=DOI,title").json()["message"]["items"][0]
    assert set(item) == {"DOI", "title"}


def test_a_cursor_pages_to_the_end(api: Client) -> None:
    cursor, seen = "*", []
    for _ in range(3):
        message = api.get(f"/works?rows=2&cursor={cursor}").json()["message"]
        seen.append(len(message["items"]))
        cursor = message["next-cursor"]
    assert seen == [2, 2, 0]


@pytest.mark.parametrize(
    ("query", "kind", "value"),
    [
        ("rows=1001", "integer-not-valid", "1001"),
        ("rows=things", "integer-not-valid", "things"),
        ("offset=10001", "integer-not-valid", "10001"),
        ("filter=bogus:1", "filter-not-available", "bogus"),
        ("select=DOI,language", "select-not-available", "language"),
        ("sort=things", "sort-not-available", "things"),
        ("query.things=x", "field-query-not-available", "query.things"),
        ("things=x", "parameter-not-allowed", "things"),
    ],
)
def test_what_the_api_refuses(api: Client, query: str, kind: str, value: str) -> None:
    answer = api.get(f"/works?{query}")
    assert answer.status_code == 400
    document = answer.json()
    assert (document["status"], document["message-type"]) == ("failed", "validation-failure")
    (said,) = document["message"]
    assert (said["type"], said["value"]) == (kind, value)


def test_field_queries_are_for_lists(api: Client) -> None:
    assert api.get("/works/10.5555/a?query.author=x").status_code == 400


@pytest.mark.parametrize(
    ("path", "agent", "pool", "limits"),
    [
        ("/works/10.5555/a", "x", "public", ("5", "1")),
        ("/works?rows=1", "x", "public", ("1", "1")),
        ("/works/10.5555/a?mailto=a@b.c", "x", "polite", ("10", "3")),
        ("/works/10.5555/a", "x (mailto:a@b.c)", "polite", ("10", "3")),
        ("/works?rows=1", "x (mailto:a@b.c)", "polite", ("3", "3")),
    ],
)
def test_pools(path: str, agent: str, pool: str, limits: tuple[str, str]) -> None:
    with FakeCrossref(WORKS, limits=Limits()) as fake:
        client = Client(fake)
        headers = client.get(path, **{"User-Agent": agent}).headers
        client._client.close()
    assert headers["x-api-pool"] == pool
    assert (headers["x-rate-limit-limit"], headers["x-concurrency-limit"]) == limits
    assert headers["x-rate-limit-interval"] == "1s"


def test_limits_are_enforced_when_asked() -> None:
    with FakeCrossref(WORKS, limits=Limits(enforced=True)) as fake:
        client = Client(fake)
        codes = [client.get("/works/10.5555/a").status_code for _ in range(7)]
        lists = [client.get("/works?mailto=a@b.c").status_code for _ in range(5)]
        limited = client.get("/works/10.5555/a")
        client._client.close()
    assert codes == [200] * 5 + [429] * 2
    assert lists == [200] * 3 + [429] * 2
    assert limited.headers["retry-after"] == "1"


def test_faults_strike_as_often_and_where_they_should() -> None:
    faults = [Fault("status-503", times=2, path="a$", after=1), Fault("html", times=1, path="/b")]
    with FakeCrossref(WORKS, faults=faults) as fake:
        client = Client(fake)
        codes = [client.get("/works/10.5555/a").status_code for _ in range(4)]
        pages = [client.get("/works/10.5555/b").headers["content-type"] for _ in range(2)]
        client._client.close()
    assert codes == [200, 503, 503, 200]
    assert pages == ["text/html", "application/json"]


def test_an_unknown_fault_is_refused() -> None:
    with pytest.raises(ValueError, match="no fault is called"):
        Fault("bad luck")


# --------------------------------------------------------------------------- run by hand


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz"])
def test_it_runs_by_hand_and_stops_quietly(tmp_path: Path, suffix: str) -> None:
    lines = "".join(json.dumps(work) + "\n" for work in WORKS).encode()
    file = tmp_path / f"works{suffix}"
    file.write_bytes(gzip.compress(lines) if suffix.endswith("gz") else lines)
    port = _free_port()
    command = [sys.executable, "-m", "tests.fakes.crossref", "--works", str(file)]
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        [*command, "--port", str(port)], cwd=root, stderr=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stderr is not None
        url = process.stderr.readline().decode().strip()
        assert url == f"http://127.0.0.1:{port}"
        with httpx2.Client(verify=False) as client:
            message: Any = client.get(f"{url}/works/10.5555/a").json()["message"]
        assert not [key for key in message if key.startswith("_")]
        process.terminate()
        out, err = process.communicate(timeout=10)
    # Windows has no SIGTERM to be told of: the process just ends.
    assert process.returncode == (1 if os.name == "nt" else 0)
    assert (out, err) == (b"", b"")


def test_the_shared_works_are_ready_soon(shared: Path) -> None:
    start = time.process_time()
    with FakeCrossref(read_works(shared / "data/matching/works.jsonl")) as fake:
        client = Client(fake)
        assert len(client.dois("query.bibliographic=exosomes+in+aesthetic+medicine&rows=20")) == 20
        client._client.close()
    assert time.process_time() - start < 10
