"""From files to a snapshot: every part once, and what was finished is kept whatever happens.

A part's records go into the snapshot together or not at all. Parts that are in it are known by
name, size and hash and are not read again, so a build that was cut short goes on where it stopped.
"""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from exocite.errors import ReadError
from exocite.registries.snapshot import database
from exocite.registries.snapshot.compact import RefusedError, compact, terms
from exocite.registries.snapshot.database import Facts, told
from exocite.registries.snapshot.engine import Writer, require, writer
from exocite.registries.snapshot.inputs import Part, Reading, Unread, digest, parts
from exocite.registries.snapshot.json_stream import Bad
from exocite.registries.snapshot.selection import Selection, Sieve
from exocite.text import printable

TOLD = 5
"""Bad records of one part that are told; the others are counted."""

_CHECKPOINT = 100_000
_SESSION = 32  # bits of a row number below the session's


@dataclass(frozen=True, slots=True)
class Said:
    """Something that a person should know: a part or record that was not indexed, and why."""

    name: str
    reason: str
    line: int = 0


@dataclass
class Progress:
    """How far a build is; it grows while the build runs.

    `done` counts bytes of the input; `known` are parts that were in the snapshot before.
    """

    done: int = 0
    parts: int = 0
    known: int = 0
    works: int = 0
    other: int = 0
    bad: int = 0
    without_doi: int = 0
    said: list[Said] = field(default_factory=list)
    unread: list[Said] = field(default_factory=list)


def build(
    path: Path,
    inputs: Sequence[Path],
    selection: Selection,
    *,
    engine: str,
    date: str,
    now: str,
) -> Iterator[Progress]:
    """Build the snapshot at `path`, or go on with it; one step a part, and some within large ones.

    `date` is the day of the data where it is known better than by the records themselves; `now`
    is noted as the time of building. Raises UsageError, ReadError, LockedError and StoreError.
    """
    require(engine)
    asked = Facts(
        token=database.new_token(),
        engine=engine,
        selection=selection.name,
        selection_key=selection.key,
    )
    connection, facts = database.begin(path, asked)
    with contextlib.closing(connection), told(path):
        facts = replace(facts, given_date=date or facts.given_date)
        builder = _Builder(path, connection, facts)
        try:
            yield from builder.run(inputs, selection.sieve())
            builder.finish(now)
        finally:
            builder.close()


@dataclass
class _Tally:
    """What one part adds to the snapshot."""

    works: int = 0
    words: int = 0
    bad: int = 0
    without_doi: int = 0
    other: int = 0
    newest: str = ""
    said: list[Said] = field(default_factory=list)
    rows: list[tuple[int, str, bytes]] = field(default_factory=list)
    words_of: list[tuple[int, str]] = field(default_factory=list)


class _Builder:
    """The state of one build, within a transaction that ends with every checkpoint."""

    def __init__(self, path: Path, connection: sqlite3.Connection, facts: Facts) -> None:
        self._path = path
        self._connection = connection
        self._facts = replace(facts, session=facts.session + 1)
        self._row = self._facts.session << _SESSION
        self._since = 0
        self._words = facts.words * facts.works
        self._index: Writer | None = None
        self.progress = Progress()
        connection.execute("DELETE FROM unread")
        if not facts.whole:
            self._opened()

    def _opened(self) -> Writer:
        """The index; from here to the end of the build nobody takes the snapshot for whole."""
        if self._index is None:
            self._facts = replace(self._facts, whole=False)
            database.write_facts(self._connection, self._facts)
            self._connection.execute("DROP INDEX IF EXISTS work_doi")
            self._connection.execute("COMMIT")
            self._connection.execute("BEGIN")
            self._index = writer(self._path, self._connection, self._facts)
        return self._index

    def run(self, inputs: Sequence[Path], sieve: Sieve) -> Iterator[Progress]:
        """Index every part that is not in the snapshot yet."""
        progress = self.progress
        for part in parts(inputs):
            before = progress.done
            try:
                if isinstance(part, Unread):
                    raise ReadError(part.reason)
                progress.parts += 1
                if self._knows(part):
                    progress.known += 1
                else:
                    for consumed in self._taken(part, sieve):
                        progress.done = before + min(consumed, part.size)
                        yield progress
            except ReadError as error:
                progress.unread.append(Said(part.name, error.message))
                row = (printable(part.name), printable(error.message))
                self._connection.execute("INSERT OR REPLACE INTO unread VALUES (?, ?)", row)
            progress.done = before + part.size
            if self._since >= _CHECKPOINT:
                self._commit()
                self._connection.execute("BEGIN")
            yield progress

    def _knows(self, part: Part) -> bool:
        rows = self._connection.execute(
            "SELECT digest FROM part WHERE name = ? AND size = ?", (_stored(part), part.size)
        )
        digests = {digest for (digest,) in rows}
        return bool(digests) and digest(part) in digests

    def _taken(self, part: Part, sieve: Sieve) -> Iterator[int]:
        """Index one part, or nothing of it; gives from time to time how many bytes were read."""
        if not part.size:
            raise ReadError("it is empty: the file was not copied or fetched whole")
        index = self._opened()
        reading = Reading(part)
        tally = _Tally()
        self._connection.execute("SAVEPOINT part")
        try:
            for number, record in enumerate(reading.records()):
                if isinstance(record, Bad):
                    tally.bad += 1
                    if len(tally.said) < TOLD:
                        tally.said.append(Said(part.name, record.reason, record.line))
                else:
                    self._add(record, part, sieve, tally)
                if number % _STEP == _STEP - 1:
                    self._put(index, tally)
                    yield reading.consumed
            self._put(index, tally)
            if tally.bad and not (tally.works or tally.without_doi or tally.other):
                raise ReadError(f"it holds no record: {tally.said[0].reason}")
        except BaseException:
            # An error of the disk may have ended the whole transaction before.
            with contextlib.suppress(sqlite3.OperationalError):
                self._connection.execute("ROLLBACK TO part")
                self._connection.execute("RELEASE part")
            raise
        self._connection.execute(
            "INSERT OR REPLACE INTO part VALUES (?, ?, ?, ?, ?, ?)",
            (_stored(part), part.size, reading.digest, tally.works, tally.bad, tally.without_doi),
        )
        self._connection.execute("RELEASE part")
        self._note(tally)

    def _add(
        self,
        record: dict[str, object],
        part: Part,
        sieve: Sieve,
        tally: _Tally,
    ) -> None:
        if not sieve(record):
            tally.other += 1
            return
        try:
            doi, kept = compact(record)
            words = terms(record)
        except RefusedError as error:
            tally.bad += 1
            if len(tally.said) < TOLD:
                tally.said.append(Said(part.name, f"{_shown(record)}: {error}"))
            return
        if not doi:
            tally.without_doi += 1
            return
        self._row += 1
        tally.rows.append((self._row, doi, kept))
        tally.words_of.append((self._row, " ".join(words)))
        tally.works += 1
        tally.words += len(words)
        indexed = record.get("indexed")
        stamp = indexed.get("date-time") if isinstance(indexed, dict) else None
        if isinstance(stamp, str) and stamp > tally.newest and _DAY.match(stamp):
            tally.newest = stamp[:10]

    def _put(self, index: Writer, tally: _Tally) -> None:
        """Put down what was gathered of a part since the last time."""
        self._connection.executemany("INSERT INTO work VALUES (?, ?, ?)", tally.rows)
        index.add(tally.words_of)
        tally.rows.clear()
        tally.words_of.clear()

    def _note(self, tally: _Tally) -> None:
        progress = self.progress
        progress.works += tally.works
        progress.bad += tally.bad
        progress.without_doi += tally.without_doi
        progress.other += tally.other
        progress.said += tally.said
        self._words += tally.words
        self._since += tally.works
        facts = self._facts
        works = facts.works + tally.works
        newest = max(facts.data_date, tally.newest)
        mean = self._words / works if works else 0.0
        self._facts = replace(facts, works=works, words=mean, data_date=newest)

    def _commit(self) -> None:
        """Make what was finished last. The index first: rows that it alone has mean nothing."""
        if self._index is not None:
            self._index.commit()
        database.write_facts(self._connection, self._facts)
        self._connection.execute("COMMIT")
        self._since = 0

    def finish(self, now: str) -> None:
        """Make the snapshot whole: of each DOI the last record, and ready for searches."""
        execute = self._connection.execute
        if self._index is not None:
            execute("CREATE INDEX work_doi ON work (doi)")
            execute(
                "CREATE TEMP TABLE twice AS "
                "SELECT doi, max(row) AS last FROM work GROUP BY doi HAVING count(*) > 1"
            )
            execute(
                "DELETE FROM work WHERE row IN (SELECT work.row FROM temp.twice "
                "JOIN main.work ON work.doi = twice.doi WHERE work.row < twice.last)"
            )
            execute("DROP TABLE temp.twice")
            works = int(execute("SELECT count(*) FROM work").fetchone()[0])
            self._facts = replace(self._facts, works=works, built=now, whole=True)
            self._index.finish()
        database.write_facts(self._connection, self._facts)
        execute("COMMIT")

    def close(self) -> None:
        """Keep what was finished; nothing where it is kept already, or cannot be."""
        with contextlib.suppress(sqlite3.Error):
            if self._connection.in_transaction:
                self._commit()
        if self._index is not None:
            self._index.close()


_STEP = 1000
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _stored(part: Part) -> str:
    """A name of the system's may hold what is no text."""
    return printable(part.name)


def _shown(record: dict[str, object]) -> str:
    doi = record.get("DOI")
    return doi[:200] if isinstance(doi, str) else "a record"
