"""Where a record was printed: year, volume, issue and pages in one form."""

from __future__ import annotations

import re
from dataclasses import dataclass

from exocite.matching.words import distance, roman, words

_YEAR = re.compile(r"(?<!\d)(?<!^-)(1[4-9]\d\d|20\d\d)(?!\d)")
_DASH = re.compile(r"\s*(?:-+|[–—−‐‑,+;]|\bto\b|/)\s*")
_LABEL = re.compile(r"^(?:vol(?:ume)?|bd|band|no|nr|number|issue|pp?|pages?|art(?:icle)?)\b\.?\s*")
_BOTH = re.compile(r"^\s*(\w+)\s*[(:]\s*([\w\s-]+)\)?\s*$")
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Place:
    """Year (0 where unknown), volume, issue, first and last page in comparable form, else ""."""

    year: int = 0
    volume: str = ""
    issue: str = ""
    first: str = ""
    last: str = ""


def place(year: str, volume: str, issue: str, pages: str) -> Place:
    """The place as its fields tell it; a volume such as "12(3)" holds the issue too."""
    both = _BOTH.match(volume[:_LONGEST])
    if both:
        volume, issue = both[1], issue or both[2]
    found = _YEAR.search(year[:_LONGEST])
    first, last = _pages(pages[:_LONGEST])
    return Place(
        int(found[0]) if found else 0,
        number(volume[:_LONGEST]),
        number(issue[:_LONGEST]),
        first,
        last,
    )


def number(text: str) -> str:
    """A volume or issue: Arabic, without label or leading zeros; a supplement keeps its word."""
    plain = _LABEL.sub("", text.strip().lower())
    found = words(plain)
    if not found:
        return ""
    head = str(roman(found[0])) if roman(found[0]) else found[0].lstrip("0") or found[0]
    rest = [word for word in found[1:] if not word.isdecimal()]
    return head + ("s" if any(word.startswith("s") for word in rest) else "")


def _pages(text: str) -> tuple[str, str]:
    plain = _LABEL.sub("", text.strip().lower())
    parts = [part for part in _DASH.split(plain) if part.strip()]
    if not parts:
        return "", ""
    first = page(parts[0])
    last = page(parts[1]) if len(parts) > 1 else ""
    if last.isdecimal() and first.isdecimal() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return first, last


def page(text: str) -> str:
    """A page without leading zeros; the "e" of an article number is dropped."""
    plain = "".join(words(text))
    if re.fullmatch(r"e\d+", plain):
        plain = plain[1:]
    return plain.lstrip("0") or plain


def near_page(left: str, right: str) -> bool:
    """Whether two pages are one but for swapped, lost or doubled digits or a supplement's S.

    One digit for another is no slip that can be told: page 12 and page 13 are two.
    """
    if min(len(left), len(right)) < 2:
        return False
    if left.lstrip("s") == right.lstrip("s"):
        return True
    if len(left) == len(right):
        return sorted(left) == sorted(right) and distance(left, right, 1) <= 1
    return min(len(left), len(right)) > 2 and distance(left, right, 1) <= 1


def near_volume(left: str, right: str) -> bool:
    """Whether two volumes or issues are a number and its supplement."""
    return left.rstrip("s") == right.rstrip("s")
