"""Lends habanero a transport of ours, for the length of a `with` block and one thread.

habanero 2.9 builds and checks the queries of Crossref's API, but sends each by the module-level
`httpx2.get`, without a client, a retry or a cap. Here the name `httpx2` in its two modules that
send is replaced, while at least one block is open, by a stand-in whose `get` goes to the transport
of the block; everything else, and the `get` of any code outside a block, is httpx2's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from importlib import import_module
from threading import Lock
from types import ModuleType

import httpx2

MODULES = ("habanero.request", "habanero.request_class")

Send = Callable[[str, Mapping[str, str], Mapping[str, str]], httpx2.Response]

_current: ContextVar[Send | None] = ContextVar("exocite_habanero_transport", default=None)


class _StandIn:
    """httpx2 as habanero sees it: `get` is ours inside a block, the rest passes through."""

    def __init__(self, real: ModuleType) -> None:
        self._real = real

    def __getattr__(self, name: str) -> object:
        return getattr(self._real, name)

    def get(
        self,
        url: str,
        *,
        params: Mapping[str, str],
        headers: Mapping[str, str],
        timeout: float | None,
    ) -> httpx2.Response:
        """Send by the transport of this block; its timeouts are its own."""
        send = _current.get()
        if send is None:
            return httpx2.get(url, params=params, headers=headers, timeout=timeout)
        return send(url, params, headers)


class _Loan:
    """Counts the open blocks: the first replaces the names, the last puts them back."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._open = 0
        self._replaced: list[tuple[ModuleType, ModuleType]] = []

    def begin(self) -> None:
        """Replace the names unless they are."""
        with self._lock:
            self._open += 1
            if self._open == 1:
                modules = [import_module(name) for name in MODULES]
                self._replaced = [(module, module.httpx2) for module in modules]
                for module, real in self._replaced:
                    module.__dict__["httpx2"] = _StandIn(real)

    def end(self) -> None:
        """Put the names back when nobody needs them."""
        with self._lock:
            self._open -= 1
            if self._open == 0:
                for module, real in self._replaced:
                    module.__dict__["httpx2"] = real


_loan = _Loan()


@contextmanager
def lent(send: Send) -> Iterator[None]:
    """Within this block and thread, whatever habanero sends is sent by `send`."""
    token = _current.set(send)
    _loan.begin()
    try:
        yield
    finally:
        _loan.end()
        _current.reset(token)
