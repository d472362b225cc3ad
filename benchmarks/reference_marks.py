"""Spans of fields brought to what the corpora of references mark: stretches between blanks.

The gold values of parsing.jsonl are made of marks that cover whole stretches between blanks. Of
"1993;24:88-92", printed without one, GROBID's rows have the field with most characters, pages, and
their value is "24-88"; AnyStyle's have volume, and no pages. A reader that tells the four apart
cannot say either, so what it found is brought to the same stretches, by the same two rules, and
read by the same normalising. The sets' README does not say so: `benchmarks.references` prints the
figures without it beside these, and says why.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from exocite.model import ParsedReference
from exocite.references.locations import full_pages

Plain = Callable[[str], str]

_CHUNK = re.compile(r"\S+")
BETWEEN_NAMES = frozenset(("and", "et", "al", "y"))
_YEAR = re.compile(r"(?:1[4-9]|20)\d\d")
_NUMBER = re.compile(r"\d+(?:[-–/]\d+)?[a-z]?")
_ROMAN = re.compile(r"(?<!\w)[ivxlc]+(?!\w)")
_ISSUE = re.compile(
    r"(?<!\w)(?:nos?|nr|n|issue|number|heft|iss)\b\.?\s*[°º]?\s*([a-z]?\d+(?:[-–/]\d+)?)"
    r"|n[°º]\s*(\d+)"
)
_ISSUE_WORD = re.compile(r"^(?:nos?|nr|n|issue|number|iss|heft|num)\s+")
_PAGE = re.compile(r"[A-Za-z]?\d+")


def marked(read: ParsedReference, origin: str, plain: Plain) -> dict[str, str]:
    """The values of our spans under the corpus's marks, normalised by `plain`."""
    return _values(_stretches(_chunks(read, origin)), plain)


def _values(
    stretches: Sequence[tuple[str, str]], plain: Plain, *, split: bool = True
) -> dict[str, str]:
    first = {label: next(t for name, t in stretches if name == label) for label, _ in stretches}

    def joined(label: str) -> str:
        return " ".join(text for name, text in stretches if name == label)

    words = (word for word in plain(joined("author")).split() if word not in BETWEEN_NAMES)
    volume, issue = _numbers(joined("volume"), plain)
    issue = issue if split else ""
    if joined("issue"):
        issue = _ISSUE_WORD.sub("", plain(joined("issue")))
    years = (_YEAR.search(text) for name, text in stretches if name == "year")
    return {
        "author": " ".join(sorted(words)),
        "title": _without_in(plain(first.get("title", ""))),
        "container": _without_in(plain(first.get("container", ""))),
        "year": next((year[0] for year in years if year), ""),
        "volume": volume,
        "issue": issue,
        "pages": full_pages("-".join(_PAGE.findall(first.get("pages", ""))[:2]).lower()),
        "publisher": plain(first.get("publisher", "")),
    }


_FIELD_OF: dict[str, str] = {
    "journal": "container", "container-title": "container", "book-title": "container",
    "date": "year",
}  # fmt: skip


def marked_up(segments: Sequence[Sequence[str]], origin: str, plain: Plain) -> dict[str, str]:
    """The values of a set's own marks, each mark read for itself.

    A book's title is a title where nothing else is; AnyStyle's volume holds the issue.
    """
    titled = any(label == "title" for label, _ in segments)
    stretches = [
        ("title" if label == "book-title" and not titled else _FIELD_OF.get(label, label), text)
        for label, text in segments
    ]
    return _values(_stretches(stretches), plain, split=origin == "anystyle-gold")


def _chunks(read: ParsedReference, origin: str) -> list[tuple[str, str]]:
    """Each stretch between blanks with the one label that the corpus would give it."""
    labels: list[str] = [""] * len(read.raw)
    for field in read.spans:
        length = field.span.end - field.span.start
        labels[field.span.start : field.span.end] = [field.name] * length
    found: list[tuple[str, str]] = []
    for chunk in _CHUNK.finditer(read.raw):
        counts = Counter(
            labels[at] for at in range(*chunk.span()) if labels[at] and read.raw[at].isalnum()
        )
        if origin == "anystyle-gold" and counts["issue"]:
            counts["volume"] += counts.pop("issue")
        if not counts:
            found.append((found[-1][0] if found else "", chunk[0]))
        elif origin == "anystyle-gold" and counts["volume"]:
            found.append(("volume", chunk[0]))
        else:
            found.append((counts.most_common(1)[0][0], chunk[0]))
    return found


def _stretches(chunks: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for label, text in chunks:
        if found and found[-1][0] == label:
            found[-1] = (label, f"{found[-1][1]} {text}")
        else:
            found.append((label, text))
    return found


def _numbers(text: str, plain: Plain) -> tuple[str, str]:
    low = text.lower()
    labelled = _ISSUE.search(low)
    issue = ""
    if labelled:
        issue = labelled[1] or labelled[2]
        low = low[: labelled.start()]
    numbers = _NUMBER.findall(low) or [
        roman for roman in _ROMAN.findall(low) if roman != "v" or len(low) < 4
    ]
    if not issue and len(numbers) > 1:
        issue = numbers[1]
    return plain(numbers[0]) if numbers else "", plain(issue)


def _without_in(text: str) -> str:
    return re.sub(r"^(?:in )+", "", text)
