"""What an article was found to hold, as bytes and back: nothing of it depends on other files.

Columns of numbers and one table of texts in JSON, behind a line with their SHA-256. Whatever does
not fit what the dataclasses promise is refused, so that no rule meets it: a folder of somebody
else's may hold anything under this name.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import pairwise
from operator import le
from typing import Any

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
    """

    keys: Keys
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


def keys_of(resolved: Iterable[Citation]) -> Keys:
    """What resolving made of citations, comparable with what it made of them before."""
    return [
        [one.span.start, one.span.end, [list(item.keys) for item in one.items]] for one in resolved
    ]


# --------------------------------------------------------------------------- writing


def to_bytes(held: Held, resolved: Sequence[Citation]) -> bytes:
    """The bytes that are kept. `resolved` are the citations that the claims refer to.

    Raises ValueError for texts that UTF-8 cannot hold.
    """
    texts = _Texts()
    article = held.article
    value: dict[str, Any] = {
        "format": article.format,
        "encoding": article.encoding,
        "source": article.source,
        "blocks": _columns(
            (
                (
                    *map(texts, (b.kind, b.text, b.section)),
                    *(b.span.start, b.span.end, b.level, len(b.runs)),
                )
                for b in article.blocks
            ),
            7,
        ),
        "runs": _columns(
            (
                (r.text_start, r.text_length, r.source_start, r.source_length)
                for b in article.blocks
                for r in b.runs
            ),
            4,
        ),
        "references": _columns(
            ((texts(r.label), texts(r.text), r.span.start, r.span.end) for r in article.references),
            4,
        ),
        "places": _columns(((p.start, texts(p.name)) for p in article.places), 2),
        "own": _citations(article.citations, texts),
        "found": _citations(held.found, texts),
        "claims": None,
    }
    if held.claims is not None:
        value["claims"] = _claims(held.claims, resolved, texts)
    value["texts"] = texts.all
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return sha256(body).hexdigest().encode("ascii") + b"\n" + body


class _Texts:
    """A table of texts, each once, with the number that it is known by."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        return self._numbers.setdefault(str(text), len(self._numbers))

    @property
    def all(self) -> list[str]:
        return list(self._numbers)


def _columns(rows: Iterable[tuple[Any, ...]], width: int) -> list[list[Any]]:
    columns = [list(column) for column in zip(*rows, strict=True)]
    return columns or [[] for _ in range(width)]


def _citations(citations: Sequence[Citation], texts: _Texts) -> list[list[list[Any]]]:
    marks = ((texts(c.kind), c.span.start, c.span.end, len(c.items)) for c in citations)
    items = (
        (texts(i.label), i.span.start, i.span.end, texts(i.locator))
        for c in citations
        for i in c.items
    )
    return [_columns(marks, 4), _columns(items, 4)]


def _claims(claims: Claims, resolved: Sequence[Citation], texts: _Texts) -> dict[str, Any]:
    numbers = {id(citation): number for number, citation in enumerate(resolved)}
    columns = _columns(
        (
            (
                *map(texts, (c.id, c.text, c.statement, c.reason, c.kind, c.section, c.before)),
                *(c.span.start, c.span.end, c.score),
            )
            for c in claims.claims
        ),
        10,
    )
    # Most claims have neither markers nor covers: those that have are named.
    cited = (
        (place, numbers[id(citation)], behind)
        for place, c in enumerate(claims.claims)
        for citation, behind in zip(c.citations, c.behind, strict=True)
    )
    covers = [
        [place, str(c.cover.reach), [numbers[id(citation)] for citation in c.cover.citations]]
        for place, c in enumerate(claims.claims)
        if c.cover is not None
    ]
    return {
        "keys": claims.keys,
        "threshold": claims.threshold,
        "sentences": claims.sentences,
        "claims": columns,
        "cited": _columns(cited, 3),
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


def from_bytes(
    data: bytes, path: str, resolve: Callable[[Article, tuple[Citation, ...]], Sequence[Citation]]
) -> Held | None:
    """What was kept, of the file at `path`; None where it is damaged or holds anything else.

    `resolve` gives an article's citations with their citekeys as they are today. Claims that rest
    on other citekeys are left out.
    """
    known, _, body = data.partition(b"\n")
    if sha256(body).hexdigest().encode("ascii") != known:
        return None
    try:
        return _held(json.loads(body), path, resolve)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _held(
    value: Any, path: str, resolve: Callable[[Article, tuple[Citation, ...]], Sequence[Citation]]
) -> Held:
    source, texts = value["source"], value["texts"]
    if not {type(source), type(value["format"]), type(value["encoding"])} <= {str}:
        raise _UnfitError
    if type(texts) is not list or not set(map(type, texts)) <= {str}:
        raise _UnfitError
    # Lone surrogates, which no decoder gives, cannot be written anywhere.
    "".join((source, value["format"], value["encoding"], *texts)).encode()
    page = _Page(texts, len(source))
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
    resolved = resolve(article, found)
    if held is None or held["keys"] != keys_of(resolved):
        return Held(article, found)
    threshold, sentences = held["threshold"], held["sentences"]
    if type(sentences) is not int or not isinstance(threshold, float | str | None):
        raise _UnfitError
    claims = tuple(page.claims(held["claims"], held["cited"], held["covers"], resolved))
    exempt = tuple(map(page.exemption, held["exemptions"]))
    return Held(article, found, Claims(held["keys"], threshold, sentences, claims, exempt))


class _Page:
    """Reads the columns of one article: numbers of texts, and places in its source."""

    def __init__(self, texts: list[str], length: int) -> None:
        self._texts = texts
        self._length = length

    def blocks(self, columns: Any, runs: Any) -> Iterator[Block]:
        """The blocks; one with a text has runs."""
        kinds, texts, sections, starts, ends, levels, counts = _table(columns, 7)
        pieces = [*map(Run, *map(self._places, _table(runs, 4)))]
        at = 0
        for kind, span, text, level, section, count in zip(
            self._named(kinds, _BLOCKS),
            self._spans(starts, ends),
            self._of(texts),
            _whole(levels, self._length + 10),
            self._of(sections),
            _whole(counts, len(pieces)),
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
        labels, texts, starts, ends = _table(columns, 4)
        spans = self._spans(starts, ends)
        return map(ListedReference, self._of(labels), self._of(texts), spans)

    def places(self, columns: Any) -> Iterator[Place]:
        """The places of the file, in order."""
        starts, names = _table(columns, 2)
        if not all(one <= other for one, other in pairwise(self._places(starts))):
            raise _UnfitError
        return map(Place, starts, self._of(names))

    def citations(self, marks: Any, items: Any) -> Iterator[Citation]:
        """Citations, each with at least one item."""
        kinds, starts, ends, counts = _table(marks, 4)
        labels, begins, stops, locators = _table(items, 4)
        spans = self._spans(begins, stops)
        works = [*map(CitedItem, self._of(labels), spans, self._of(locators))]
        at = 0
        for kind, span, count in zip(
            self._named(kinds, _CITATIONS),
            self._spans(starts, ends),
            _whole(counts, len(works)),
            strict=True,
        ):
            if not count:
                raise _UnfitError
            yield Citation(kind, span, tuple(works[at : at + count]))
            at += count
        if at != len(works):
            raise _UnfitError

    def claims(
        self, columns: Any, cited: Any, covers: Any, resolved: Sequence[Citation]
    ) -> Iterator[Claim]:
        """The claims, with their citations taken from these."""
        *told, starts, ends, scores = _table(columns, 10)
        names, shown, statements, reasons, kinds, sections, before = map(self._of, told)
        if not set(map(type, scores)) <= {float} or not all(0 <= score <= 1 for score in scores):
            raise _UnfitError
        marks: list[tuple[Citation, ...]] = [()] * len(names)
        behind: list[tuple[int, ...]] = [()] * len(names)
        rows, numbers, places = _table(cited, 3)
        for row, citation, place in zip(
            _whole(rows, len(names) - 1),
            _chosen(resolved, numbers),
            self._places(places),
            strict=True,
        ):
            marks[row] += (citation,)
            behind[row] += (place,)
        over: list[Cover | None] = [None] * len(names)
        for row, reach, numbers in covers:
            over[_whole([row], len(names) - 1)[0]] = _covering(resolved, reach, numbers)
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
        (span,) = self._spans([start], [end])
        over = None if covers is None else self._spans(covers[:1], covers[1:])[0]
        return Exemption(span, over, tuple(codes), *told)

    def _of(self, numbers: Any) -> list[str]:
        return [*map(self._texts.__getitem__, _whole(numbers, len(self._texts) - 1))]

    def _named(self, numbers: Any, kinds: dict[str, Any]) -> list[Any]:
        return [*map(kinds.__getitem__, self._of(numbers))]

    def _places(self, numbers: Any) -> list[int]:
        return _whole(numbers, self._length)

    def _spans(self, starts: Any, ends: Any) -> list[Span]:
        if not all(map(le, self._places(starts), self._places(ends))):
            raise _UnfitError
        return [*map(Span, starts, ends)]


def _table(columns: Any, width: int) -> list[list[Any]]:
    """So many columns of one length."""
    if type(columns) is not list or len(columns) != width:
        raise _UnfitError
    if not set(map(type, columns)) <= {list} or len({*map(len, columns)}) > 1:
        raise _UnfitError
    return columns


def _whole(numbers: Any, most: int) -> list[int]:
    """Whole numbers from 0 to `most`."""
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
