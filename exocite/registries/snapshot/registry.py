"""A snapshot as a registry: works by DOI and by a search, out of a file and without a network.

A snapshot is never said to be complete: what it does not hold is not checked.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from exocite.errors import AnswerError, ReadError
from exocite.identifiers import normalise_doi
from exocite.matching.words import words
from exocite.model import Work
from exocite.registries.crossref_record import bare_doi, work_from_record
from exocite.registries.snapshot import database
from exocite.registries.snapshot.compact import RefusedError, restored
from exocite.registries.snapshot.database import Facts, told
from exocite.registries.snapshot.engine import searcher

_MOST_ROWS = 1000
_LONGEST_QUERY = 2000


class Snapshot:
    """The works of one file. A `Registry`, safe to share between threads; `close` it.

    `facts` are what the file says of itself. Raises ReadError, UsageError or LockedError where the
    file is no whole snapshot that can be read.
    """

    name = "snapshot"

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._connection, self.facts = database.opened(path)
        try:
            if not self.facts.whole:
                raise ReadError(
                    f"{path}: this snapshot was not built to its end",
                    hint="run the same `exocite snapshot build` again: it goes on from there",
                )
            with told(path):
                self._index = searcher(path, self._connection, self.facts)
        except BaseException:
            self._connection.close()
            raise

    @property
    def url(self) -> str:
        """The file, the day of its data and what it holds, for people and for the record."""
        return f"{self._path.name}, {dated(self.facts)}, {held(self.facts)}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def work(self, doi: str) -> Work:
        """The work of this DOI. Raises AnswerError where the snapshot does not hold it.

        That it does not says nothing of the DOI.
        """
        asked = bare_doi(doi) or normalise_doi(doi)
        row = self._row("SELECT record FROM work WHERE doi = ?", asked)
        if row is None:
            raise AnswerError(
                f"the snapshot {self._path.name} ({dated(self.facts)}) does not hold "
                f"{asked or doi}, which says nothing about it",
                hint="ask Crossref, or build a snapshot that holds more",
            )
        return work_from_record(self._record(row[0]))

    def holds(self, doi: str) -> bool:
        """Whether a record of this DOI is here and the file can be read."""
        try:
            return self._row("SELECT 1 FROM work WHERE doi = ?", bare_doi(doi)) is not None
        except AnswerError:
            return False

    def _row(self, query: str, doi: str) -> tuple[object, ...] | None:
        plain = doi.encode("utf-8", "replace").decode()
        with self._lock, self._reading():
            row: tuple[object, ...] | None = self._connection.execute(query, (plain,)).fetchone()
        return row

    def search(self, query: str, *, rows: int = 20) -> tuple[Work, ...]:
        """The works that best fit a printed reference by BM25 over their words, best first."""
        rows = max(1, min(rows, _MOST_ROWS))
        asked = words(query[:_LONGEST_QUERY])
        if not asked:
            return ()
        with self._lock, self._reading():
            found = self._index.search(asked, 2 * rows)
            records = [
                self._record(record)
                for row in found
                for (record,) in self._connection.execute(
                    "SELECT record FROM work WHERE row = ?", (row,)
                )
            ]
        return tuple(map(work_from_record, records[:rows]))

    @contextlib.contextmanager
    def _reading(self) -> Iterator[None]:
        """What fails while a snapshot is asked leaves the reference not checked."""
        try:
            yield
        except sqlite3.Error as error:
            told = database.spoken(self._path, error)
            raise AnswerError(told.message, hint=told.hint) from error

    def _record(self, data: object) -> dict[str, object]:
        try:
            return restored(data)
        except RefusedError:
            raise AnswerError(
                f"{self._path}: this snapshot is damaged",
                hint="delete it and build it again from its files",
            ) from None


def dated(facts: Facts) -> str:
    """The day of a snapshot's data in words."""
    day = facts.given_date or facts.data_date
    return f"data of {day}" if day else "data of an unknown day"


def held(facts: Facts) -> str:
    """What a snapshot holds, in words: never all that there is."""
    works = f"{facts.works:,} work{'' if facts.works == 1 else 's'}"
    return f"{works} ({facts.selection})" if facts.selection else works
