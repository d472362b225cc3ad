"""The command as a process of its own: two tabs at once, a killed server, a port that is taken."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlencode

import pytest

from exocite import cli
from exocite.review import serving
from exocite.store import Store

Start = Callable[..., "Server"]


class Server:
    """`exocite review`, and a browser's requests to it."""

    def __init__(self, folder: Path, *options: str) -> None:
        command = [sys.executable, "-m", "exocite", "review", "tea.md", "--no-browser", *options]
        self.process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip()
        if not self.address:
            return
        self.port = int(self.address.split(":")[2].split("/")[0])
        self.headers: dict[str, str] = {}
        status, text, cookie = self.ask("GET", self.address.partition(str(self.port))[2])
        assert status == 200
        token = re.search(r'data-token="([^"]+)"', text)
        assert token is not None
        self.headers = {"Cookie": cookie.partition(";")[0], "X-Exocite-Token": token[1]}
        self.claims = re.findall(r'<li><a href="[^"]*" data-claim="([^"]+)"', text)

    def ask(self, method: str, path: str, **values: str) -> tuple[int, str, str]:
        """Status, body and cookie; every request is a connection of its own, as from a tab."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = dict(self.headers)
        body = urlencode(values) if method == "POST" else None
        if method == "GET" and values:
            path = f"{path}?{urlencode(values)}"
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = f"http://127.0.0.1:{self.port}"
        with contextlib.closing(connection):
            connection.request(method, path, body, headers)
            with connection.getresponse() as answer:
                cookie = answer.headers.get("Set-Cookie", "")
                return answer.status, answer.read().decode(), cookie

    def judge(self, claim: str, verdict: str, note: str = "") -> int:
        """The status of the answer to a verdict."""
        card = json.loads(self.ask("GET", "/claim", claim=claim)[1])
        values = {"claim": claim, "hash": card["hash"], "verdict": verdict, "note": note}
        return self.ask("POST", "/verdict", **values)[0]

    def end(self) -> str:
        """What it said after it was interrupted as Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)
        return "".join(self.process.communicate(timeout=20))


@pytest.fixture
def start(folder: Path) -> Iterator[Start]:
    """Start the command in the project's folder; what still runs at the end is killed."""
    servers: list[Server] = []

    def starting(*options: str) -> Server:
        servers.append(Server(folder, *options))
        return servers[-1]

    yield starting
    for server in servers:
        server.process.kill()
        server.process.communicate()


def test_a_server_killed_in_the_middle_loses_no_verdict(start: Start, folder: Path) -> None:
    server = start("--port", "0", "--by", "Ada")
    answered: list[str] = []
    stopped = Event()

    def judging() -> None:
        with contextlib.suppress(OSError, HTTPException):
            for number in range(10_000):
                claim = server.claims[number % len(server.claims)]
                if server.judge(claim, "disputed", str(number)) == 200:
                    answered.append(str(number))
        stopped.set()

    Thread(target=judging, daemon=True).start()
    while len(answered) < 4 and not stopped.is_set():
        time.sleep(0.01)
    server.process.kill()
    assert stopped.wait(20)
    found = Store(folder / "bib").verdicts()
    assert len(answered) >= 4
    assert [verdict.note for verdict in found.items][: len(answered)] == answered


def test_two_tabs_at_once_and_a_clean_end(start: Start, folder: Path) -> None:
    server = start("--port", "0", "--by", "Ada")
    jobs = [(claim, str(n)) for n in range(4) for claim in server.claims]
    with ThreadPoolExecutor(4) as pool:
        answers = pool.map(lambda job: server.judge(job[0], "disputed", job[1]), jobs)
        assert list(answers) == [200] * 12
    lines = (folder / "bib" / "verdicts.jsonl").read_text("utf-8").splitlines()
    assert sorted(json.loads(line)["note"] for line in lines) == sorted("0123" * 3)
    cookie = {**server.headers, "Host": f"evil.example:{server.port}"}
    server.headers, own = cookie, server.headers
    assert server.ask("GET", "/")[0] == 403
    server.headers = own
    if os.name != "nt":
        text = server.end()
        assert "12 verdicts written to bib/verdicts.jsonl" in text
        assert "12 by Ada" in text
        assert "Traceback" not in text
        assert server.process.returncode == 0


def test_a_port_that_is_taken_is_left() -> None:
    with serving.listen(0) as taken, serving.listen(taken.getsockname()[1]) as other:
        assert other.getsockname()[1] != taken.getsockname()[1]


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["none.md"], "no such file"),
        (["tea.md", "--by", "\x1b[31m"], "holds control characters"),
        (["tea.md", "--port", "70000"], "--port"),
    ],
)
def test_what_cannot_be_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str], options: list[str], problem: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["review", "--no-browser", *options])
    told = capsys.readouterr()
    assert (ended.value.code, told.out) == (2, "")
    assert problem in told.err
    assert "\x1b" not in told.err


def test_the_page_listens_on_the_loopback_alone() -> None:
    with serving.listen(0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"


@pytest.mark.parametrize(
    ("environment", "screen"),
    [({}, False), ({"DISPLAY": ":0"}, True), ({"WAYLAND_DISPLAY": "wayland-0"}, True)],
)
@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there is always a screen there")
def test_no_browser_of_a_terminal_is_opened(environment: dict[str, str], screen: bool) -> None:
    assert serving.has_screen(environment) is screen
