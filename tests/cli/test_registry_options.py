"""`--offline`, `--refresh`, `--workers`, and what is said of the pool."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.fakes.crossref import FakeCrossref
from tests.fakes.faults import Fault


@pytest.fixture
def resolved(run: Run, article: Path, registry: FakeCrossref) -> tuple[str, ...]:
    run("add", "--from-article", article.name)
    options = ("--crossref-url", registry.url)
    assert run("resolve", *options).code == 0
    return options


def test_offline_answers_from_the_cache_alone(
    run: Run,
    resolved: tuple[str, ...],
    registry: FakeCrossref,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert run("resolve", *resolved).code == 0  # The DOIs that were found are asked for now.
    asked = len(registry.requests)

    def forbidden(*_: object, **__: object) -> socket.socket:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", forbidden)
    result = run("resolve", "--offline", *resolved)
    assert (result.code, len(registry.requests)) == (0, asked)
    added = run("add", "--offline", "10.5555/comment", *resolved)
    assert (added.code, "--offline" in added.err) == (3, True)


def test_offline_with_nothing_kept_is_not_checked(run: Run, article: Path) -> None:
    run("add", "--from-article", article.name)
    result = run("resolve", "--offline")
    assert result.code == 3
    assert "not found" not in result.text.lower()
    assert result.out.count("not checked") >= 2
    assert "run the command without --offline" not in result.out


@pytest.mark.parametrize(
    ("file", "environment", "code"),
    [
        ("", {"KEY": "secret"}, 3),
        ("openalex_url", {"KEY": "secret"}, 2),
        ("openalex_url", {"KEY": "secret", "URL": "http://127.0.0.1:9"}, 3),
        ("openalex_key", {}, 3),
        ("openalex_url", {}, 3),
    ],
)
def test_a_key_of_the_environment_goes_to_no_address_of_the_project_alone(
    run: Run,
    article: Path,
    monkeypatch: pytest.MonkeyPatch,
    file: str,
    environment: dict[str, str],
    code: int,
) -> None:
    run("add", "--from-article", article.name)
    values = {"openalex_url": "http://127.0.0.1:9", "openalex_key": "own"}
    text = f'{file} = "{values[file]}"\n' if file else ""
    (article.parent / "exocite.toml").write_text(text, encoding="utf-8")
    for name, value in environment.items():
        monkeypatch.setenv(f"EXOCITE_OPENALEX_{name}", value)
    result = run("resolve", "--offline")
    assert result.code == code, result.text
    assert ("your key is not sent there" in result.err) is (code == 2)
    assert "secret" not in result.text


def test_refresh_asks_again(run: Run, resolved: tuple[str, ...], registry: FakeCrossref) -> None:
    run("resolve", *resolved)
    asked = len(registry.requests)
    run("resolve", *resolved)
    assert len(registry.requests) == asked
    run("resolve", "--refresh", *resolved)
    assert len(registry.requests) > asked


@pytest.mark.parametrize("command", [["resolve"], ["add", "10.5555/theanine"]])
def test_refresh_and_offline_cannot_both_be(run: Run, article: Path, command: list[str]) -> None:
    run("add", "--from-article", article.name)
    result = run(*command, "--refresh", "--offline")
    assert (result.code, "leave one of them out" in result.err) == (2, True)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_ends_at_once_and_keeps_what_was_done(
    run: Run, article: Path, works: list[dict[str, Any]]
) -> None:
    run("add", "--from-article", article.name)
    hangs = Fault("slow-headers", times=None, path="query.*caffeine", value="60")
    with FakeCrossref(works, faults=[hangs]) as fake:
        command = [sys.executable, "-m", "exocite", "resolve", "--workers", "1"]
        command += ["--crossref-url", fake.url]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout
            assert b"okafor2021" in process.stdout.readline()
            end = time.monotonic() + 10
            while len(fake.requests) < 2 and time.monotonic() < end:
                time.sleep(0.01)
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert b"Traceback" not in said
    assert '"okafor2021"' in Path("bib/works.jsonl").read_text("utf-8")
    assert "10.5555/theanine" in Path("bib/references.bib").read_text("utf-8")


@pytest.mark.parametrize("workers", ["0", "65", "many"])
def test_numbers_of_workers_that_cannot_be(run: Run, article: Path, workers: str) -> None:
    run("add", "--from-article", article.name)
    assert run("resolve", "--workers", workers).code == 2


def test_a_cache_that_cannot_be_used_changes_nothing(
    run: Run, article: Path, registry: FakeCrossref
) -> None:
    run("add", "--from-article", article.name)
    shutil.rmtree(".exocite", ignore_errors=True)
    Path(".exocite").write_bytes(b"a file in its place")
    assert run("resolve", "--crossref-url", registry.url).code == 0
    assert run("resolve", "--crossref-url", registry.url, "--offline").code == 3


def test_an_identity_that_was_not_accepted_is_said_once(
    run: Run, article: Path, works: list[dict[str, Any]]
) -> None:
    run("add", "--from-article", article.name)
    public = Fault("pool", times=None, value="public")
    with FakeCrossref(works, faults=[public]) as fake:
        options = ("--crossref-url", fake.url, "--mailto", "desk@example.org")
        result = run("resolve", *options)
        assert result.err.count("did not accept the mail address") == 1
        assert "example.org" not in result.err
        assert "did not accept" in run("add", "10.5555/comment", *options).err
