"""Labelled references of AnyStyle and GROBID, read and brought to one set of labels.

AnyStyle's marks cover everything, its volume holds the issue; GROBID's leave out words between
fields. Here each piece (`exocite.references.tokens`) has one label of
`exocite.references.tagging.LABELS`: an issue is told from its volume, "pp." belongs to the pages
behind it.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from exocite.references.features import fold_word
from exocite.references.tokens import Token, tokens

ANYSTYLE: Mapping[str, str] = {
    "author": "author", "title": "title", "journal": "container", "container-title": "container",
    "collection-title": "series", "date": "year", "volume": "volume", "pages": "pages",
    "publisher": "publisher", "location": "place", "editor": "editor", "translator": "editor",
    "director": "editor", "producer": "editor", "url": "link", "doi": "link",
    "citation-number": "label",
}  # fmt: skip
GROBID: Mapping[str, str] = {
    "author": "author", "title": "title", "journal": "container", "book-title": "container",
    "date": "year", "volume": "volume", "issue": "issue", "pages": "pages",
    "publisher": "publisher", "publishe": "publisher", "location": "place", "editor": "editor",
    "doi": "link", "url": "link", "organization": "body", "collaboration": "body",
    "series": "series",
}  # fmt: skip

_FOLLOWED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("in",), ("container", "editor", "title")),
    **dict.fromkeys(("vol", "volume", "v"), ("volume",)),
    **dict.fromkeys(("no", "nr", "n", "issue"), ("issue",)),
    **dict.fromkeys(("pp", "p", "pages", "page", "s"), ("pages",)),
    **dict.fromkeys(("ed", "eds", "edited", "by"), ("editor",)),
}
_DATED = re.compile(r"\(?(?:1[4-9]|20)\d\d;")
_ISSUE_WORD = re.compile(r"(?:nos?|nr|issue|number|n°|nº|num|heft|iss|n)\b\.?")
_ISSUE_GLUED = re.compile(r"n[°º]?\.?\s?\d.*")
_ROMAN = re.compile(r"[IVXLC]+[.,:]?")


@dataclass(frozen=True, slots=True)
class Row:
    """A printed reference, the spans of its fields, and the set that it comes from."""

    raw: str
    spans: tuple[tuple[int, int, str], ...]
    origin: str


def anystyle(path: Path) -> Iterator[Row]:
    """The sequences of an AnyStyle training file; the texts of its marks, one blank between."""
    for sequence in ET.parse(path).getroot():
        raw = ""
        spans: list[tuple[int, int, str]] = []
        for mark in sequence:
            text = " ".join((mark.text or "").split())
            if text:
                raw += " " if raw else ""
                spans.append((len(raw), len(raw) + len(text), ANYSTYLE.get(mark.tag, "note")))
                raw += text
        if raw:
            yield Row(raw, tuple(spans), "anystyle")


def grobid(path: Path) -> Iterator[Row]:
    """The rows of GROBID's citations; a book's title is a title where nothing else is."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            titled = any(label == "title" for _, _, label in row["spans"])
            spans = []
            for start, end, label in row["spans"]:
                name = GROBID.get(label, "note")
                spans.append(
                    (start, end, "title" if label == "book-title" and not titled else name)
                )
            if row["raw"].strip():
                yield Row(row["raw"], tuple(spans), "grobid")


def pieces(row: Row) -> tuple[tuple[Token, ...], list[str]]:
    """The pieces of a row and the label of each."""
    found = tokens(row.raw)
    marks: list[str | None] = [None] * len(row.raw)
    for start, end, label in row.spans:
        marks[start:end] = [label] * (end - start)
    labels = [_majority(row.raw, marks, token) for token in found]
    for index in range(len(found) - 1, -1, -1):
        if labels[index] is None:
            labels[index] = _between(found, labels, index)
    sure: list[str] = []
    for index, token in enumerate(found):
        silent = not any(c.isalnum() for c in token.text)
        sure.append(labels[index] or (sure[-1] if silent and sure else "note"))
    if row.origin == "anystyle":
        _tell_issues(found, sure)
    return found, sure


def _majority(raw: str, marks: Sequence[str | None], token: Token) -> str | None:
    span = range(token.span.start, token.span.end)
    counts = Counter(marks[at] for at in span if marks[at] and raw[at].isalnum())
    counts = counts or Counter(marks[at] for at in span if marks[at])
    return counts.most_common(1)[0][0] if counts else None


def _between(found: Sequence[Token], labels: Sequence[str | None], index: int) -> str | None:
    """The label of a piece outside all marks, from those beside it."""
    word = re.sub(r"\W", "", found[index].text.lower())
    before = labels[index - 1] if index else None
    after = labels[index + 1] if index + 1 < len(labels) else None
    if after and after in _FOLLOWED.get(word, ()):
        return after
    if before and (before == after or not word):
        return before
    return before if before == "author" and word in {"et", "al", "and"} else None


def _tell_issues(found: Sequence[Token], labels: list[str]) -> None:
    """AnyStyle marks "2010;11(2):34-45" as volume: here year, volume, issue and pages."""
    state, numbered = "volume", False
    for index, token in enumerate(found):
        if labels[index] != "volume":
            state, numbered = "volume", False
            continue
        low = token.text.lower().strip(".,:;() ")
        if _DATED.fullmatch(token.text):
            labels[index] = "year"
            continue
        if (
            _ISSUE_WORD.fullmatch(low)
            or _ISSUE_GLUED.fullmatch(low)
            or (token.text.startswith("(") and numbered)
        ):
            state = "issue"
        elif numbered and re.search(r"\d", token.text):
            if state == "volume":
                state = "pages" if re.search(r"\d[-–]\d", token.text) else "issue"
            elif found[index - 1].text.endswith(":"):
                state = "pages"
        labels[index] = state
        numbered = numbered or bool(
            state == "volume" and (re.search(r"\d", token.text) or _ROMAN.fullmatch(token.text))
        )


_NAMED = {"container": "j", "publisher": "p", "place": "l"}
_LONGEST = 8


def phrases(found: Sequence[Token], labels: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What a row says names a journal (j), a publisher (p) or a place (l), folded."""
    start = 0
    for index in range(1, len(found) + 1):
        if index < len(found) and labels[index] == labels[start]:
            continue
        name = _NAMED.get(labels[start])
        if name:
            words = [w for token in found[start:index] if (w := fold_word(token.text))]
            if len(words) > 1 and words[0] == "in":
                words = words[1:]
            if 0 < len(words) <= _LONGEST and any(word != "9" for word in words):
                yield " ".join(words), name
        start = index
