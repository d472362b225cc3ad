"""JATS XML: articles as PubMed Central and publishers keep them, every offset one of the file.

Source: ANSI/NISO Z39.96 (JATS 1.3). Entities that a document type declares are shown as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from exocite.errors import ReadError
from exocite.model import Article, Citation, CitationKind, CitedItem, Span
from exocite.patterns import regex
from exocite.readers import structure
from exocite.readers.jats.page import Page, Xref, read_page
from exocite.readers.nested_citations import outermost
from exocite.readers.xml_tokens import tokens
from exocite.text import Lines, collapsed, printable

_DECLARED = regex(
    rb"<\?xml[^>]{0,100}?encoding\s{0,5}=\s{0,5}[\"']([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE
)
_HEAD = 200
_TAG = regex(r"<[^<>]{0,500}>")
_JOINT = regex(
    r"(?:[\s,;\[\]‐‑‒–—−-]|\band\b|&(?:amp|#x?[0-9a-fA-F]{2,5});"
    r"|</?(?:sup|sub|italic|bold|styled-content|named-content)(?:\s[^<>]{0,100})?>){0,40}+"
)
_DASH = regex(r"[‐‑‒–—−-]|&#(?:x201[0-5]|821[0-3]);")
_NUMBERS = regex(r"\s*\[?(\d{1,4})(?:\s*[‐‑‒–—−-]\s*(\d{1,4}))?\]?\s*")
_AUTHORS = regex(r"(?P<names>[^\W\d_].*?),?\s\(?(?P<year>(?:1[5-9]|20)\d\d[a-z]?)\)?", re.DOTALL)
_LOCATOR = regex(
    r"[,:]\s?(?P<place>(?:pp?\.|pages?|figs?\.|figures?|chap\.|chapters?|sec\.|sections?|tables?|§)"
    r"\s?[\w.–-]{1,30}|\d{1,5}(?:[–-]\d{1,5})?)(?=[)\]])"
)
_BRACKETS = {"[": "]", "(": ")"}
_RAISED = regex(r"<sup(?:\s[^<>]{0,100})?>$")
_WIDEST_RANGE = 200


class JatsReader:
    """An article in the Journal Article Tag Suite."""

    name = "jats"
    suffixes: tuple[str, ...] = (".jats", ".nxml", ".xml")

    def declared_encoding(self, data: bytes, /) -> str:
        """The encoding of the XML declaration; one that can be read as ASCII is not UTF-16."""
        match = _DECLARED.search(data[:_HEAD])
        name = match[1].decode("ascii").lower() if match else ""
        return "" if name.startswith(("utf-16", "utf-32", "ucs")) else name

    def read(self, source: str, path: str, encoding: str) -> Article:
        """The article in a JATS file. Raises ReadError for XML that is no JATS."""
        page = read_page(tokens(source), source)
        if not page.is_article:
            raise _refusal(page, source, path)
        found = structure.article(path, self.name, encoding, source, page.blocks)
        citations = outermost([*page.links, *_citations(page, source)])
        return replace(found, citations=tuple(citations))


def _refusal(page: Page, source: str, path: str) -> ReadError:
    if page.first is None:
        return ReadError(
            f"{path}: is no JATS article: it holds no element",
            hint="a JATS file holds <article> with <front> and <body>; is it the right file?",
        )
    line, _ = Lines(source).position(page.first.start)
    name = printable(page.first.name)[:40]
    return ReadError(
        f"{path}:{line}: is no JATS article: its first element is <{name}>",
        hint="of XML only JATS is read (<article> with <front> or <body>): save the text as HTML, "
        "Markdown or plain text",
    )


# --------------------------------------------------------------------------- citations


def _citations(page: Page, source: str) -> Iterator[Citation]:
    """One citation for each group of cross-references that stand together."""
    group: list[Xref] = []
    for xref in page.xrefs:
        if group and not _joined(group[-1], xref, source):
            yield _citation(group, page, source)
            group = []
        group.append(xref)
    if group:
        yield _citation(group, page, source)


def _joined(one: Xref, other: Xref, source: str) -> bool:
    """Whether nothing but punctuation stands between two; "and" joins numbers alone."""
    between = _JOINT.match(source, one.span.end, other.span.start)
    if between is None or between.end() != other.span.start:
        return False
    if "and" in between[0]:
        return all(_NUMBERS.fullmatch(_printed(xref, source)) for xref in (one, other))
    return True


def _printed(xref: Xref, source: str) -> str:
    return collapsed(_TAG.sub("", source[xref.inside.start : xref.inside.end]))


def _citation(group: Sequence[Xref], page: Page, source: str) -> Citation:
    items: list[CitedItem] = []
    for at, xref in enumerate(group):
        found = _items(xref, page, source)
        if at and items and found:
            before = source[group[at - 1].span.end : xref.span.start]
            if _DASH.search(_TAG.sub("", before)):
                span = Span(group[at - 1].span.start, xref.span.end)
                items.extend(_between(items[-1].label, found[0].label, page, span))
        items.extend(found)
    span, raised, locator = _whole(Span(group[0].span.start, group[-1].span.end), source)
    if locator:
        items[-1] = replace(items[-1], locator=locator)
    narrative = not source.startswith(("(", "["), span.start) and not raised
    named = [_AUTHORS.fullmatch(_printed(xref, source)) for xref in group]
    if narrative and all(named):
        authors = [
            CitedItem(f"{match['names']}, {match['year']}", xref.span, item.locator)
            for match, xref, item in zip(named, group, items, strict=False)
            if match
        ]
        return Citation(CitationKind.AUTHOR_YEAR, span, tuple(authors))
    kind = CitationKind.SUPERSCRIPT if raised else CitationKind.NUMERIC
    return Citation(kind, span, tuple(items))


def _items(xref: Xref, page: Page, source: str) -> list[CitedItem]:
    """The entries that it names; what names none stands as it is printed."""
    printed = _printed(xref, source)
    labels = [page.labels[rid] for rid in xref.rids if rid in page.labels]
    numbers = _NUMBERS.fullmatch(printed)
    if numbers and numbers[2] and len(labels) < 2:
        first, last = numbers[1], numbers[2]
        labels = [first, *(one.label for one in _between(first, last, page, xref.span)), last]
    return [CitedItem(label, xref.span) for label in labels or [printed or "?"]]


def _between(first: str, last: str, page: Page, span: Span) -> list[CitedItem]:
    """The entries that a range leaves out, in the order of the list."""
    begin, end = page.places.get(first, -1), page.places.get(last, -1)
    if begin < 0 or not begin < end <= begin + _WIDEST_RANGE:
        return []
    return [CitedItem(label, span) for label in page.order[begin + 1 : end]]


def _whole(span: Span, source: str) -> tuple[Span, bool, str]:
    """The span with the brackets and the `sup` around it; whether it is raised; a locator."""
    start, end = span.start, span.end
    raised, locator = False, ""
    place = _LOCATOR.match(source, end, end + 60)
    if place:
        end, locator = place.end(), place["place"]
    for _ in range(3):
        closing = _BRACKETS.get(source[start - 1 : start] if start else "")
        opening = _RAISED.search(source, max(0, start - 120), start)
        if closing and source.startswith(closing, end):
            start, end = start - 1, end + 1
        elif opening and source.startswith("</sup>", end):
            start, end, raised = opening.start(), end + len("</sup>"), True
        else:
            break
    return Span(start, end), raised, locator
