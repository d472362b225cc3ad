"""What habanero is lent, and that it is given back."""

from __future__ import annotations

import ast
import importlib
import importlib.metadata
import inspect
import pkgutil
import subprocess
import sys
import threading
from collections.abc import Mapping

import habanero
import httpx2
import pytest

from exocite.registries.habanero_transport import MODULES, lent


def _answer(url: str, _: Mapping[str, str], __: Mapping[str, str]) -> httpx2.Response:
    body = {"status": "ok", "message": {"asked": url}}
    return httpx2.Response(200, json=body, request=httpx2.Request("GET", url))


def _modules() -> dict[str, str]:
    """Every module of habanero with its source."""
    names = [m.name for m in pkgutil.walk_packages(habanero.__path__, "habanero.")]
    return {name: inspect.getsource(importlib.import_module(name)) for name in names}


def _uses(source: str) -> set[str]:
    """The attributes of the name httpx2 that a source uses."""
    return {
        node.attr
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "httpx2"
    }


def test_habanero_is_the_version_that_this_was_written_for() -> None:
    assert importlib.metadata.version("habanero").startswith("2.9.")


def test_habanero_uses_no_more_of_httpx2_than_we_lend() -> None:
    assert {name: _uses(source) for name, source in _modules().items() if _uses(source)} == {
        "habanero.request": {"get", "HTTPStatusError", "HTTPError"},
        "habanero.request_class": {"get", "HTTPStatusError", "HTTPError", "ConnectTimeout"},
        "habanero.habanero_utils": {"__version__"},
        "habanero.cnrequest": {"get"},
        "habanero.cn.styles": {"get"},
        "habanero.counts.counts": {"get"},
    }


def test_habanero_sends_by_get_with_these_arguments_alone() -> None:
    sources = _modules()
    calls = [
        node
        for name in MODULES
        for node in ast.walk(ast.parse(sources[name]))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "httpx2.get"
    ]
    assert len(calls) == 3
    for call in calls:
        assert len(call.args) == 1
        assert {keyword.arg for keyword in call.keywords} == {"params", "headers", "timeout"}


def test_inside_the_block_habanero_sends_by_our_transport() -> None:
    with lent(_answer):
        answer = habanero.Crossref(base_url="http://x.invalid").works(ids=["10.5555%2Fa"])
    assert answer["message"]["asked"] == "http://x.invalid/works/10.5555%2Fa"


def test_exceptions_of_ours_pass_through_habanero() -> None:
    def fails(*_: object) -> httpx2.Response:
        raise LookupError("ours")

    for query in ({"ids": ["x"]}, {"query": "x"}):
        with lent(fails), pytest.raises(LookupError, match="ours"):
            habanero.Crossref(base_url="http://x.invalid").works(**query)


def test_the_names_are_put_back_even_after_an_error() -> None:
    with pytest.raises(LookupError), lent(_answer), lent(_answer):
        raise LookupError
    for name in MODULES:
        assert importlib.import_module(name).httpx2 is httpx2


def test_other_threads_keep_their_own_habanero(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def own(url: str, **_: object) -> httpx2.Response:
        asked.append(url)
        return _answer(url, {}, {})

    monkeypatch.setattr(httpx2, "get", own)
    with lent(_answer):
        thread = threading.Thread(
            target=lambda: habanero.Crossref(base_url="http://own.invalid").works(ids=["x"])
        )
        thread.start()
        thread.join()
    assert asked == ["http://own.invalid/works/x"]


def test_nothing_heavy_is_imported_before_a_registry_is_made() -> None:
    code = (
        "import sys, exocite.registries, exocite.registries.crossref\n"
        "print(sorted({'httpx2', 'habanero', 'ssl', 'tqdm'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
