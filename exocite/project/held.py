"""What an article was found to hold, as bytes and back: nothing of it depends on other files.

A line with the SHA-256 of the rest, a line of JSON with one table of texts, and behind it the
numbers of all columns, four bytes each, little endian: JSON names the column by where it begins and
ends among them. Whatever does not fit what the dataclasses promise is refused, so that no rule
meets it: a folder of somebody else's may hold anything under this name.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from operator import le
from typing import Any, Protocol

from exocite.cache import sealed, unsealed
from exocite.frozen import dataclass
from exocite.model import (
    Article,
    Block,
    BlockKind,
    Citation,
    CitationKind,
    CitedItem,
    Claim,
    Cover,
    Exemption,
    ListedReference,
    Place,
    Reach,
    Run,
    Span,
)

_BLOCKS = {str(kind): kind for kind in BlockKind}
_CITATIONS = {str(kind): kind for kind in CitationKind}
_REACHES = {str(reach): reach for reach in Reach}

Keys = list[list[Any]]
"""The resolved citations of an article: start, end, and for each item the citekeys it can mean."""


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims that were found in an article, and what else that rested on.

    They hold for these citekeys and this threshold only; `sentences` is how many were looked at.
    `bibliography` is the hash of the one that the citekeys were resolved in.
    """

    keys: Keys
    bibliography: str
    threshold: float | str | None
    sentences: int
    claims: tuple[Claim, ...]
    exemptions: tuple[Exemption, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """An article, the citations found in it as yet unresolved, and its claims if they are known."""

    article: Article
    found: tuple[Citation, ...]
    claims: Claims | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """The same with its citations resolved; it is these that the claims refer to."""

    held: Held
    citations: tuple[Citation, ...]


class Bibliography(Protocol):
    """What resolves citations; the hash changes with anything that it rests on."""

    @property
    def hash(self) -> str:
        """Two of one hash resolve all citations alike."""
        ...

    def resolve(self, article: Article, found: tuple[Citation, ...]) -> tuple[Citation, ...]:
        """An article's citations with their citekeys."""
        ...


def keys_of(resolved: Iterable[Citation]) -> Keys:
    """What resolving made of citations, comparable with what it made of them before."""
    return [
        [one.span.start, one.span.end, [list(item.keys) for item in one.items]] for one in resolved
    ]


# --------------------------------------------------------------------------- writing


def to_bytes(read: Resolved) -> bytes:
    """The bytes that are kept. Raises ValueError for texts that UTF-8 cannot hold."""
    texts, numbers = _Texts(), _Numbers()
    held = read.held
    article = held.article
    value: dict[str, Any] = {
        "format": article.format,
        "encoding": article.encoding,
        "source": article.source,
        "blocks": numbers.columns(
            (
                (
                    *map(texts, (b.kind, b.text, b.section)),
                    *(b.span.start, b.span.end, b.level, len(b.runs)),
                )
                for b in article.blocks
            ),
            7,
        ),
        "runs": numbers.columns(
            (
                (r.text_start, r.text_length, r.source_start, r.source_length)
                for b in article.blocks
                for r in b.runs
            ),
            4,
        ),
        "references": numbers.columns(
            ((texts(r.label), texts(r.text), r.span.start, r.span.end) for r in article.references),
            4,
        ),
        "places": numbers.columns(((p.start, texts(p.name)) for p in article.places), 2),
        "own": _citations(article.citations, texts, numbers),
        "found": _citations(held.found, texts, numbers),
        "claims": None,
    }
    if held.claims is not None:
        value["claims"] = _claims(held.claims, read.citations, texts, numbers)
        # Kept citekeys find their citation by its place: of two at one place resolving must tell.
        if len({citation.span for citation in held.found}) < len(held.found):
            value["claims"]["bibliography"] = ""
    value["texts"] = texts.all
    told = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    body = told + b"\n" + numbers.packed
    return sealed(body)


class _Texts:
    """A table of texts, each once, with the number that it is known by."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        return self._numbers.setdefault(str(text), len(self._numbers))

    @property
    def all(self) -> list[str]:
        return list(self._numbers)


class _Numbers:
    """The numbers of all columns one after the other."""

    def __init__(self) -> None:
        self._all: list[int] = []

    def columns(self, rows: Iterable[tuple[int, ...]], width: int) -> list[list[int]]:
        """Takes in a table of so many columns; where each begins and ends."""
        found = []
        for column in [*zip(*rows, strict=True)] or [()] * width:
            begin = len(self._all)
            self._all.extend(column)
            found.append([begin, len(self._all)])
        return found

    @property
    def packed(self) -> bytes:
        """All of them as bytes."""
        try:
            return struct.pack(f"<{len(self._all)}I", *self._all)
        except struct.error as error:
            raise ValueError(error) from None


def _citations(
    citations: Sequence[Citation], texts: _Texts, numbers: _Numbers
) -> list[list[list[int]]]:
    marks = ((texts(c.kind), c.span.start, c.span.end, len(c.items)) for c in citations)
    items = (
        (texts(i.label), i.span.start, i.span.end, texts(i.locator))
        for c in citations
        for i in c.items
    )
    return [numbers.columns(marks, 4), numbers.columns(items, 4)]


def _claims(
    claims: Claims, resolved: Sequence[Citation], texts: _Texts, numbers: _Numbers
) -> dict[str, Any]:
    known = {id(citation): number for number, citation in enumerate(resolved)}
    columns = numbers.columns(
        (
            (
                *map(texts, (c.id, c.text, c.statement, c.reason, c.kind, c.section, c.before)),
                *(c.span.start, c.span.end),
            )
            for c in claims.claims
        ),
        9,
    )
    # Most claims have neither markers nor covers: those that have are named.
    cited = (
        (place, known[id(citation)], behind)
        for place, c in enumerate(claims.claims)
        for citation, behind in zip(c.citations, c.behind, strict=True)
    )
    covers = [
        [place, str(c.cover.reach), [known[id(citation)] for citation in c.cover.citations]]
        for place, c in enumerate(claims.claims)
        if c.cover is not None
    ]
    return {
        "keys": claims.keys,
        "bibliography": claims.bibliography,
        "threshold": claims.threshold,
        "sentences": claims.sentences,
        "claims": columns,
        "scores": [c.score for c in claims.claims],
        "cited": numbers.columns(cited, 3),
        "covers": covers,
        "exemptions": [
            [
                *(e.span.start, e.span.end, _ends(e.covers), list(e.codes)),
                *(e.reason, e.by, e.until, e.problem),
            ]
            for e in claims.exemptions
        ],
    }


def _ends(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


# --------------------------------------------------------------------------- reading


class _UnfitError(ValueError):
    """The bytes do not hold what they should."""


def from_bytes(data: bytes, path: str, resolved_in: Bibliography) -> Resolved | None:
    """What was kept, of the file at `path`; None where it is damaged or holds anything else.

    Its citations have their citekeys as they are today. Claims that rest on other citekeys are left
    out.
    """
    body = unsealed(data)
    if body is None:
        return None
    told, _, numbers = body.partition(b"\n")
    try:
        return _held(json.loads(told), _unpacked(numbers), path, resolved_in)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _unpacked(numbers: bytes) -> tuple[int, ...]:
    try:
        return struct.unpack(f"<{len(numbers) // 4}I", numbers)
    except struct.error as error:
        raise _UnfitError from error


def _held(value: Any, numbers: tuple[int, ...], path: str, bibliography: Bibliography) -> Resolved:
    source, texts = value["source"], value["texts"]
    if not {type(source), type(value["format"]), type(value["encoding"])} <= {str}:
        raise _UnfitError
    if type(texts) is not list or not set(map(type, texts)) <= {str}:
        raise _UnfitError
    # Lone surrogates, which no decoder gives, cannot be written anywhere.
    "".join((source, value["format"], value["encoding"], *texts)).encode()
    page = _Page(texts, numbers, len(source))
    article = Article(
        path,
        value["format"],
        value["encoding"],
        source,
        tuple(page.blocks(value["blocks"], value["runs"])),
        tuple(page.references(value["references"])),
        tuple(page.citations(*value["own"])),
        tuple(page.places(value["places"])),
    )
    found = tuple(page.citations(*value["found"]))
    held = value["claims"]
    if held is not None and held["bibliography"] == bibliography.hash:
        resolved = tuple(_with_keys(found, held["keys"]))
    else:
        resolved = bibliography.resolve(article, found)
        if held is None or held["keys"] != keys_of(resolved):
            return Resolved(Held(article, found), resolved)
    threshold, sentences = held["threshold"], held["sentences"]
    if type(sentences) is not int or not isinstance(threshold, float | str | None):
        raise _UnfitError
    claims = Claims(
        held["keys"],
        bibliography.hash,
        threshold,
        sentences,
        tuple(page.claims(held, resolved)),
        tuple(map(page.exemption, held["exemptions"])),
    )
    return Resolved(Held(article, found, claims), resolved)


def _with_keys(found: Iterable[Citation], keys: Any) -> Iterator[Citation]:
    """The citations that resolving kept, with the citekeys that it found for their items."""
    rows = iter(keys)
    row = next(rows, None)
    for one in found:
        if row is None or row[0] != one.span.start or row[1] != one.span.end:
            continue
        if not set(map(type, chain.from_iterable(row[2]))) <= {str}:
            raise _UnfitError
        items = [
            CitedItem(item.label, item.span, item.locator, tuple(of_item))
            for item, of_item in zip(one.items, row[2], strict=True)
        ]
        yield Citation(one.kind, one.span, tuple(items))
        row = next(rows, None)
    if row is not None:
        raise _UnfitError


class _Page:
    """Reads the columns of one article: numbers of texts, and places in its source."""

    def __init__(self, texts: list[str], numbers: tuple[int, ...], length: int) -> None:
        self._texts = texts
        self._numbers = numbers
        self._length = length

    def blocks(self, columns: Any, runs: Any) -> Iterator[Block]:
        """The blocks; one with a text has runs."""
        kinds, texts, sections, starts, ends, levels, counts = self._table(columns, 7)
        pieces = [*map(Run, *map(self._places, self._table(runs, 4)))]
        at = 0
        for kind, span, text, level, section, count in zip(
            self._named(kinds, _BLOCKS),
            self._spans(starts, ends),
            self._of(texts),
            _at_most(levels, self._length + 10),
            self._of(sections),
            _at_most(counts, len(pieces)),
            strict=True,
        ):
            own = tuple(pieces[at : at + count])
            at += count
            if text and not own:
                raise _UnfitError
            yield Block(kind, span, text, own, level, section)
        if at != len(pieces):
            raise _UnfitError

    def references(self, columns: Any) -> Iterator[ListedReference]:
        """The entries of the article's own list."""
        labels, texts, starts, ends = self._table(columns, 4)
        spans = self._spans(starts, ends)
        return map(ListedReference, self._of(labels), self._of(texts), spans)

    def places(self, columns: Any) -> Iterator[Place]:
        """The places of the file, in order."""
        starts, names = self._table(columns, 2)
        if not all(one <= other for one, other in pairwise(self._places(starts))):
            raise _UnfitError
        return map(Place, starts, self._of(names))

    def citations(self, marks: Any, items: Any) -> Iterator[Citation]:
        """Citations, each with at least one item."""
        kinds, starts, ends, counts = self._table(marks, 4)
        labels, begins, stops, locators = self._table(items, 4)
        spans = self._spans(begins, stops)
        works = [*map(CitedItem, self._of(labels), spans, self._of(locators))]
        at = 0
        for kind, span, count in zip(
            self._named(kinds, _CITATIONS),
            self._spans(starts, ends),
            _at_most(counts, len(works)),
            strict=True,
        ):
            if not count:
                raise _UnfitError
            yield Citation(kind, span, tuple(works[at : at + count]))
            at += count
        if at != len(works):
            raise _UnfitError

    def claims(self, held: Any, resolved: Sequence[Citation]) -> Iterator[Claim]:
        """The claims, with their citations taken from these."""
        *told, starts, ends = self._table(held["claims"], 9)
        names, shown, statements, reasons, kinds, sections, before = map(self._of, told)
        scores = held["scores"]
        if not set(map(type, scores)) <= {float} or len(scores) != len(names):
            raise _UnfitError
        if scores and not (min(scores) >= 0 and max(scores) <= 1):
            raise _UnfitError
        marks: list[tuple[Citation, ...]] = [()] * len(names)
        behind: list[tuple[int, ...]] = [()] * len(names)
        rows, numbers, places = self._table(held["cited"], 3)
        for row, citation, place in zip(
            _at_most(rows, len(names) - 1),
            map(resolved.__getitem__, numbers),
            self._places(places),
            strict=True,
        ):
            marks[row] += (citation,)
            behind[row] += (place,)
        over: list[Cover | None] = [None] * len(names)
        for row, reach, covering in held["covers"]:
            over[_whole([row], len(names) - 1)[0]] = _covering(resolved, reach, covering)
        return map(
            Claim,
            names,
            self._spans(starts, ends),
            shown,
            statements,
            scores,
            reasons,
            kinds,
            sections,
            before,
            marks,
            behind,
            over,
        )

    def exemption(self, row: Any) -> Exemption:
        """One exemption of the author's comments."""
        start, end, covers, codes, *told = row
        if len(told) != 4 or not {*map(type, told), *map(type, codes)} <= {str}:
            raise _UnfitError
        "".join((*told, *codes)).encode()
        (span,) = self._spans(_whole([start], end), _whole([end], self._length))
        over = None
        if covers is not None:
            begin, stop = _whole(covers, self._length)
            (over,) = self._spans([begin], [stop])
        return Exemption(span, over, tuple(codes), *told)

    def _table(self, columns: Any, width: int) -> list[tuple[int, ...]]:
        """So many columns of one length."""
        told = [begin_end for column in columns for begin_end in _whole(column, len(self._numbers))]
        found = [self._numbers[at:end] for at, end in zip(told[::2], told[1::2], strict=True)]
        if len(found) != width or len({*map(len, found)}) > 1:
            raise _UnfitError
        return found

    def _of(self, numbers: Sequence[int]) -> list[str]:
        return [*map(self._texts.__getitem__, numbers)]

    def _named(self, numbers: Sequence[int], kinds: dict[str, Any]) -> list[Any]:
        return [*map(kinds.__getitem__, self._of(numbers))]

    def _places(self, numbers: Sequence[int]) -> Sequence[int]:
        return _at_most(numbers, self._length)

    def _spans(self, starts: Sequence[int], ends: Sequence[int]) -> list[Span]:
        if not all(map(le, starts, self._places(ends))):
            raise _UnfitError
        return [*map(Span, starts, ends)]


def _at_most(numbers: Sequence[int], most: int) -> Sequence[int]:
    """These numbers of the columns, where none is greater."""
    if numbers and max(numbers) > most:
        raise _UnfitError
    return numbers


def _whole(numbers: Any, most: int) -> list[int]:
    """Whole numbers from 0 to `most`, of what JSON told."""
    if type(numbers) is not list or not set(map(type, numbers)) <= {int}:
        raise _UnfitError
    if numbers and not (min(numbers) >= 0 and max(numbers) <= most):
        raise _UnfitError
    return numbers


def _chosen(resolved: Sequence[Citation], numbers: Any) -> tuple[Citation, ...]:
    return tuple([resolved[number] for number in _whole(numbers, len(resolved) - 1)])


def _covering(resolved: Sequence[Citation], reach: Any, numbers: Any) -> Cover:
    citations = _chosen(resolved, numbers)
    if not citations:
        raise _UnfitError
    return Cover(_REACHES[reach], citations)
