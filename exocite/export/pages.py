"""Page ranges as a style shortens them.

Source: CSL specification 1.0.2, appendix V, "Page Range Formats"; The Chicago Manual of Style 16,
9.60 (there 9.58 in the 15th edition).
"""

from __future__ import annotations

import re
from collections.abc import Callable

_PAGE = r"([A-Za-z]{0,3})(\d{1,9})"
_RANGE = re.compile(rf"(?<![\w.-]){_PAGE}\s?[-–]\s?{_PAGE}(?![\w.-])")


def abbreviated(pages: str, page_format: str) -> str:
    """The pages with the last page of each range written as the format wants.

    Formats are those of `page-range-format`: expanded, minimal, minimal-two, chicago (also -15 and
    -16); any other leaves the pages as they are. Ranges such as S1-S9 keep their letters.
    """
    if page_format not in _LAST_PAGE:
        return pages

    def written(match: re.Match[str]) -> str:
        prefix, first, last_prefix, last = match.groups()
        if last_prefix not in {"", prefix}:
            return match[0]
        whole = first[: len(first) - len(last)] + last if len(last) < len(first) else last
        if len(whole) != len(first) or int(whole) < int(first):
            return f"{prefix}{first}-{prefix}{whole}"
        shown = _LAST_PAGE[page_format](first, whole)
        return f"{prefix}{first}-{prefix if len(shown) == len(whole) else ''}{shown}"

    return _RANGE.sub(written, pages)


def _expanded(_first: str, last: str) -> str:
    return last


def _minimal(first: str, last: str, least: int = 1) -> str:
    shared = next((i for i, (a, b) in enumerate(zip(first, last, strict=True)) if a != b), 0)
    return last[max(0, min(shared, len(last) - least)) :]


def _minimal_two(first: str, last: str) -> str:
    return _minimal(first, last, 2)


def _chicago_15(first: str, last: str) -> str:
    return _chicago(first, last, oldest=True)


def _chicago(first: str, last: str, *, oldest: bool = False) -> str:
    number = int(first)
    if number < 100 or number % 100 == 0:
        return last
    if oldest and len(first) == 4 and sum(a != b for a, b in zip(first, last, strict=True)) >= 3:
        return last
    return _minimal(first, last) if number % 100 < 10 else _minimal_two(first, last)


_LAST_PAGE: dict[str, Callable[[str, str], str]] = {
    "expanded": _expanded,
    "minimal": _minimal,
    "minimal-two": _minimal_two,
    "chicago": _chicago_15,
    "chicago-15": _chicago_15,
    "chicago-16": _chicago,
}
