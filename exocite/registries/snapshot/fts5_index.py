"""Search by SQLite's FTS5, which every Python brings along.

The table holds no text and no positions, so a search counts which rows hold which words. A word of
half the works costs half the index to look up and tells nothing, so the rarest words of a reference
are looked up, as many as a fixed number of rows allows, and the rows that they share are weighted
with BM25's idf; `registry` then compares what is left with every word of the query.
Source: sqlite.org/fts5.html, 4.4 (contentless tables), 4.6 (detail), fts5vocab.
"""

from __future__ import annotations

import contextlib
import math
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest
from itertools import combinations

from exocite.registries.snapshot.compact import RefusedError, restored, terms
from exocite.registries.snapshot.database import Facts

COMMON = 1000
"""From so many works on a word's number of works is stored; below it is counted when asked."""

_ROWS = 8_000
_MOST_WORDS = 40
_PAIRED = 5
_COMPARED = 80


class Fts5Writer:
    """The table `term` in the database of the snapshot; it lives in its transactions."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS term USING fts5(words, content='', columnsize=0, "
            "detail=none, tokenize='unicode61 remove_diacritics 0')"
        )
        connection.execute("DROP TABLE IF EXISTS common")

    def add(self, records: Iterable[tuple[int, str]]) -> None:
        """Index records, each by its row, under its folded words with a space between them."""
        self._connection.executemany("INSERT INTO term (rowid, words) VALUES (?, ?)", records)

    def commit(self) -> None:
        """Nothing: the database's transaction holds the table too."""

    def finish(self) -> None:
        """Store which words are common."""
        execute = self._connection.execute
        execute("CREATE TABLE common (word TEXT PRIMARY KEY, works INTEGER) WITHOUT ROWID")
        execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, term, row)")
        execute(
            "INSERT INTO common SELECT term, doc FROM temp.vocabulary WHERE doc >= ?", (COMMON,)
        )
        execute("DROP TABLE temp.vocabulary")

    def close(self) -> None:
        """Nothing: the database is closed by whoever opened it."""


class Fts5Searcher:
    """The table `term`, read."""

    def __init__(self, connection: sqlite3.Connection, facts: Facts) -> None:
        self._connection = connection
        self._works = max(1, facts.works)
        self._words = max(1.0, facts.words)

    def search(self, words: Sequence[str], most: int) -> Sequence[int]:
        """The rows that hold the rarest of the words, compared with all of them by BM25."""
        counts = dict(self._common(words))
        ordered = sorted(dict.fromkeys(words), key=lambda word: (counts.get(word, 0), -len(word)))
        scores: dict[int, float] = defaultdict(float)
        left = _ROWS
        frequent = []
        for word in ordered[:_MOST_WORDS]:
            if counts.get(word, 0) > left:
                frequent.append(word)
                continue
            rows = self._rows((word,), counts.get(word, COMMON))
            counts[word] = len(rows)
            left -= len(rows)
            weight = self._weight(len(rows))
            for row in rows:
                scores[row] += weight
        for one, other in combinations(frequent[:_PAIRED], 2):
            weight = self._weight(counts[one]) + self._weight(counts[other])
            for row in self._rows((one, other), COMMON):
                scores[row] = max(scores[row], weight)
        best = nsmallest(max(_COMPARED, most), ((-score, row) for row, score in scores.items()))
        weights = {word: self._weight(counts.get(word, COMMON)) for word in ordered}
        return self._compared([row for _, row in best], weights)[:most]

    def _compared(self, rows: Sequence[int], weights: Mapping[str, float]) -> list[int]:
        """The rows by BM25 (k1 1.2, b 0.75) over every word that is asked for, best first."""
        ranked = []
        for row in rows:
            found = self._connection.execute("SELECT record FROM work WHERE row = ?", (row,))
            for (data,) in found:
                with contextlib.suppress(RefusedError):
                    held = terms(restored(data))
                    length = 0.25 + 0.75 * len(held) / self._words
                    score = sum(
                        weights[word] * 2.2 * count / (count + 1.2 * length)
                        for word, count in Counter(held).items()
                        if word in weights
                    )
                    ranked.append((-score, row))
        return [row for _, row in sorted(ranked)]

    def _common(self, words: Sequence[str]) -> Mapping[str, int]:
        """How many works hold each word, of the common ones among the words."""
        asked = list(dict.fromkeys(words))[:500]
        marks = ", ".join("?" * len(asked))
        query = f"SELECT word, works FROM common WHERE word IN ({marks})"  # noqa: S608
        return {str(word): int(works) for word, works in self._connection.execute(query, asked)}

    def _rows(self, words: Sequence[str], most: int) -> list[int]:
        # Quoted, a word is a word whatever it holds; words come folded and hold no quotation mark.
        asked = " AND ".join(f'"{word}"' for word in words)
        rows = self._connection.execute(
            "SELECT rowid FROM term WHERE term MATCH ? LIMIT ?", (asked, most)
        )
        return [int(row) for (row,) in rows]

    def _weight(self, works: int) -> float:
        return math.log(1 + (self._works - works + 0.5) / (works + 0.5))
