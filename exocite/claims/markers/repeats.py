"""What was cited before, named in short: "ibid.", "Ku, op. cit., p. 4", "Ku, “Skin,” 12–14".

Which work is meant depends on the citations before it: `exocite.claims.keys` finds that out by the
labels made here, IBID, "Ku, op. cit." and "Ku, “Skin”".
"""

from __future__ import annotations

import re

from exocite.claims.markers.authors import authors_before
from exocite.claims.markers.locators import locator
from exocite.claims.markers.prose import Prose
from exocite.model import CitedItem
from exocite.patterns import regex

IBID = "ibid."
OP_CIT = "op. cit."

_SIGNAL = r"(?:(?:but\s)?(?:see(?:\salso)?|cf\.?|e\.g\.,?|also)\s)?"
SIGN = regex(
    r"(?<![\w.])(?P<same>ibid(?:em)?(?!\w)\.?|idem(?!\w)|loc\.?\s?cit(?!\w)\.?)"
    r"|(?<![\w.])(?P<earlier>op\.?\s?cit(?!\w)\.?)",
    re.IGNORECASE,
)
_SHORT = regex(
    rf"{_SIGNAL}(?P<authors>[^“”\"‘;()\d]{{2,80}}?),?\s[“\"‘](?P<title>[^”\"]{{4,200}}?)[,.]?[”\"’],?"
    r"(?P<rest>\s[^;]{1,60})?",
    re.IGNORECASE,
)
_BEFORE = regex(_SIGNAL, re.IGNORECASE)
_LONGEST_NOTE = 300
_REACH = 120


def read(prose: Prose, start: int, end: int) -> CitedItem | None:
    """The work that a part of a bracket or a note names as cited before, None for other text."""
    view = prose.view
    sign = SIGN.search(view, start, end)
    if sign is None:
        return None
    opening = _BEFORE.match(view, start + _blanks(view, start, end), sign.start())
    first = opening.end() if opening else start
    place = _place(view[sign.end() : end])
    names = view[first : sign.start()].strip(" ,")
    if place is None:
        return None
    if not names:
        label = IBID if sign["same"] else OP_CIT
        return CitedItem(label, prose.place(*sign.span()), place)
    authors = authors_before(view, first, sign.start())
    if authors is None or view[first : authors.start].strip(" ,"):
        return None
    if not (sign["earlier"] or sign["same"].lower().startswith("loc")):
        return None
    label = f"{authors.text}, {OP_CIT}"
    return CitedItem(label, prose.place(authors.start, sign.end()), place)


def named_before(prose: Prose, at: int) -> tuple[int, str] | None:
    """The authors whom "op. cit." in brackets at `at` follows: where they begin, and the label."""
    authors = authors_before(prose.view, max(0, at - _REACH), at)
    if authors is None or at - authors.end > 1:
        return None
    return authors.start, f"{authors.text}, {OP_CIT}"


def short_title(text: str) -> tuple[str, str] | None:
    """Label and locator of a note that names a work by author and title alone, or None."""
    if len(text) > _LONGEST_NOTE:
        return None
    match = _SHORT.fullmatch(text.strip().rstrip("."))
    if match is None:
        return None
    place = _place(match["rest"] or "")
    if place is None:
        return None
    return f"{match['authors'].strip(' ,')}, “{match['title'].strip(' ,.')}”", place


def _place(text: str) -> str | None:
    """The locator that the rest of a part is, "" for none, None where it says something else."""
    rest = text.strip(" ,.:")
    if not rest:
        return ""
    rest = re.sub(r"^at\s(?=\d)", "", rest)
    return locator(rest) or None


def _blanks(view: str, start: int, end: int) -> int:
    return len(view[start:end]) - len(view[start:end].lstrip())
