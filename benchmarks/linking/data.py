"""The sets of the linking benchmark: rows, works as documents, and the claims that are scored."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from exocite.linking.collection import Collection
from exocite.linking.compare import Match, Query, match, query
from exocite.linking.documents import Document, document
from exocite.linking.likeness import Similarity, liked
from exocite.linking.scoring import Ranked, quoted, ranked, sentence_scores
from exocite.linking.terms import Analyser
from exocite.model import Reference, SourceText

Row = dict[str, Any]
"""A line of a set."""

COMPARED = 12
"""Works that are compared with a claim, the nearest by words: as many as `link` takes."""

SCORED_FOLD = 0


class DataError(Exception):
    """A set that cannot be read; says file, line and why."""


def present(path: Path) -> bool:
    """Whether the file is there, plain or gzipped."""
    return path.exists() or _packed(path).exists()


def rows(path: Path) -> Iterator[Row]:
    """The JSON objects of a file of lines, plain or gzipped.

    Lines end with a line feed alone: other signs that end lines may stand in a text.
    """
    where = path if path.exists() else _packed(path)
    try:
        data = where.read_bytes()
        text = (gzip.decompress(data) if where.suffix == ".gz" else data).decode("utf-8-sig")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise DataError(f"{where}: {error}") from error
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                row = json.loads(line)
            except ValueError as error:
                raise DataError(f"{where}:{number}: not JSON: {error}") from error
            if not isinstance(row, dict):
                raise DataError(f"{where}:{number}: not a JSON object")
            yield row


def scored(claims: Iterable[Row]) -> list[Row]:
    """The claims that no weight was fitted on: fold 0, or all where there are no folds."""
    return [claim for claim in claims if claim.get("fold", SCORED_FOLD) == SCORED_FOLD]


def gold_of(claim: Row) -> set[str]:
    """The sources that hold evidence for the claim."""
    return {gold["source"] for gold in claim["gold"]}


def union_of(gold: Row) -> set[int]:
    """The sentences of a gold source that stand in any of its rationales."""
    return {number for way in gold["sentences"] for number in way}


def group_of(claim: Row) -> str:
    """What a claim is resampled with: its first source."""
    sources = sorted(gold_of(claim)) or sorted(claim["decoys"])
    return sources[0] if sources else claim["id"]


def document_of(source: Row, field: str, analyser: Analyser) -> Document:
    """A source of a set as linking sees it, cut into the set's own sentences."""
    spans, at = [], 0
    for sentence in source["sentences"]:
        spans.append((at, at + len(sentence)))
        at += len(sentence) + 1
    key = source["id"]
    text = SourceText(key, field, " ".join(source["sentences"]))
    reference = Reference(key, "article", {"title": source.get("title", "")})
    return document(reference, [text], analyser, lambda _: spans)


class Corpus:
    """One set: its sources as documents, its claims, and those of them that are scored.

    With a `similarity` works are compared as in the mode semantic. Raises DataError for a claim
    whose source is not there.
    """

    def __init__(self, folder: Path, field: str, similarity: Similarity | None = None) -> None:
        self.similarity = similarity
        self.analyser = Analyser()
        self.sources = {source["id"]: source for source in rows(folder / "sources.jsonl")}
        self.documents = {
            key: document_of(source, field, self.analyser) for key, source in self.sources.items()
        }
        self.claims = list(rows(folder / "claims.jsonl"))
        self.scored = scored(self.claims)
        for claim in self.claims:
            for key in (*gold_of(claim), *claim["decoys"]):
                if key not in self.documents:
                    raise DataError(f"{folder}: claim {claim['id']}: there is no source {key}")

    def stems(self, claim: Row) -> list[str]:
        """The claim's terms."""
        return self.analyser.stems(claim["claim"])

    def rank(self, collection: Collection, claim: Row) -> list[Ranked]:
        """The collection's nearest works for the claim, best first."""
        asked = query(collection, self.stems(claim))
        near = collection.nearest(asked.concepts.values(), COMPARED)
        return ranked([self._match(collection, asked, claim, one) for one in near])

    def whole(self, collection: Collection, claim: Row, key: str) -> tuple[Query, Match]:
        """The claim against one work, however long."""
        asked = query(collection, self.stems(claim))
        return asked, self._match(collection, asked, claim, self.documents[key])

    def part(self, collection: Collection, claim: Row, key: str) -> tuple[Query, Match]:
        """The claim against the nearest part of one work, as `link` has it for a cited work."""
        asked = query(collection, self.stems(claim))
        one = collection.part(key, asked.concepts.values())
        return asked, self._match(collection, asked, claim, one)

    def sentences(self, collection: Collection, claim: Row, key: str) -> list[float]:
        """The scores of one work's sentences for the claim."""
        return sentence_scores(*self.whole(collection, claim, key))

    def quotation(self, collection: Collection, claim: Row, key: str) -> range:
        """The numbers of the sentences of a work that `link` quotes where the claim cites it."""
        asked, found = self.part(collection, claim, key)
        first, last = quoted(asked, found)
        units = found.document.units
        starts = {unit.start: number for number, unit in enumerate(self.documents[key].units)}
        return range(starts[units[first].start], starts[units[last].start] + 1)

    def _match(self, collection: Collection, asked: Query, claim: Row, one: Document) -> Match:
        found = match(asked, one, collection.damping(one))
        if self.similarity is None:
            return found
        return liked(asked, found, claim["claim"], self.similarity)


def _packed(path: Path) -> Path:
    return path.with_name(path.name + ".gz")
