"""What can search a snapshot, and the two that there are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from exocite.errors import UsageError
from exocite.registries.snapshot.database import Facts

ENGINES = ("fts5", "tantivy")
"""The names of the engines, the default first."""


class Writer(Protocol):
    """An index in the making."""

    def add(self, records: Iterable[tuple[int, str]]) -> None:
        """Index records, each by its row, under its folded words with a space between them."""

    def commit(self) -> None:
        """Make what was added last; called before the database does the same."""

    def finish(self) -> None:
        """Make the index ready for searches."""

    def close(self) -> None:
        """Let go of it. What was not committed is dropped."""


class Searcher(Protocol):
    """A finished index."""

    def search(self, words: Sequence[str], most: int) -> Sequence[int]:
        """The rows that fit the words best, at most `most`, best first; rows may be gone."""


def require(engine: str) -> None:
    """Raise UsageError where this engine is not to be had here."""
    if engine not in ENGINES:
        raise UsageError(f"there is no engine {engine!r}", hint=f"one of {', '.join(ENGINES)}")
    if engine == "tantivy":
        from exocite.registries.snapshot import tantivy_index

        tantivy_index.library()


def writer(path: Path, connection: sqlite3.Connection, facts: Facts) -> Writer:
    """The index of the snapshot's engine, beside or in the database. Raises StoreError."""
    if facts.engine == "tantivy":
        from exocite.registries.snapshot.tantivy_index import TantivyWriter

        return TantivyWriter(path, facts.token)
    from exocite.registries.snapshot.fts5_index import Fts5Writer

    return Fts5Writer(connection)


def searcher(path: Path, connection: sqlite3.Connection, facts: Facts) -> Searcher:
    """The index that the snapshot was made with. Raises ReadError, UsageError."""
    if facts.engine == "tantivy":
        from exocite.registries.snapshot.tantivy_index import TantivySearcher

        return TantivySearcher(path, facts.token)
    from exocite.registries.snapshot.fts5_index import Fts5Searcher

    return Fts5Searcher(connection, facts)
