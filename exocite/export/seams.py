"""The places in a formatted entry where pieces meet: doubled punctuation, blanks and quotes.

Source: CSL specification 1.0.2 ("punctuation-in-quote"; affixes that repeat punctuation) and the
table of citeproc-js for punctuation that meets across formatting.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter, itemgetter

from exocite.export.engine import Run

# What stands already, and what is left out behind it.
_SWALLOWED = {
    ".": ".",
    "?": ".:",
    "!": ".:",
    "…": ".",
    ",": ",.",
    ";": ";.:",
    ":": ":.",
}
_CLOSING_QUOTES = frozenset("”’»")
_MOVED = frozenset(".,")
# Where any of that can happen: of every other pair of characters both stay as they are.
_MEETING = re.compile(
    r" [ .,]|[\t\r\n]|[”’»][.,]|"
    + "|".join(f"{re.escape(first)}[{again}]" for first, again in _SWALLOWED.items())
)
_ELLIPSIS = re.compile(r"\.{3,}|\.(?: \.){2,}")

_BLANKS = str.maketrans("\t\r\n", "   ")
_Character = tuple[str, frozenset[str]]


def cleaned(runs: Sequence[Run], *, punctuation_in_quote: bool) -> tuple[Run, ...]:
    """The runs without doubled punctuation and blanks where they meet.

    With `punctuation_in_quote` a full stop or comma behind a closing quote is put before it, as
    American typography has it. Three full stops in a row are an ellipsis and stay.
    """
    text = "".join(run.text for run in runs)
    if text and not (text[0].isspace() or text[-1].isspace() or _MEETING.search(text)):
        return _merged(runs)
    characters = [
        (" " if character in "\t\r\n" else character, run.marks)
        for run in runs
        for character in run.text
    ]
    ellipses = _ellipses(text.translate(_BLANKS))
    out: list[_Character] = []
    for place, new in enumerate(characters):
        _add(out, new, ellipsis=new[0] == "." and place in ellipses, moved=punctuation_in_quote)
    return _joined(_stripped(out))


def _ellipses(text: str) -> frozenset[int]:
    """The places of full stops that belong to an ellipsis or stand close to one."""
    return frozenset(
        place
        for match in _ELLIPSIS.finditer(text)
        for place in range(match.start() - 2, match.end() + 2)
    )


def _add(out: list[_Character], new: _Character, *, ellipsis: bool, moved: bool) -> None:
    """Append the next character, or leave it out, or put it before the quote or the blank."""
    character = new[0]
    last = out[-1][0] if out else ""
    if character == " " and last in {"", " "}:
        return
    if character in _MOVED and last == " " and len(out) > 1 and not ellipsis:
        out.pop()
        last = out[-1][0]
    if last in _CLOSING_QUOTES and character in _MOVED and len(out) > 1:
        inner = out[-2][0]
        if character in _SWALLOWED.get(inner, "") and (moved or character == "."):
            return
        if moved:
            out.insert(len(out) - 1, (character, out[-2][1]))
            return
    if not ellipsis and character in _SWALLOWED.get(last, ""):
        return
    out.append(new)


def _stripped(characters: list[_Character]) -> list[_Character]:
    start, end = 0, len(characters)
    while start < end and characters[start][0].isspace():
        start += 1
    while end > start and characters[end - 1][0].isspace():
        end -= 1
    return characters[start:end]


def _merged(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs, neighbours with the same marks as one."""
    same = groupby((run for run in runs if run.text), key=attrgetter("marks"))
    return tuple(Run("".join(run.text for run in alike), marks) for marks, alike in same)


def _joined(characters: list[_Character]) -> tuple[Run, ...]:
    return tuple(
        Run("".join(character for character, _ in same), marks)
        for marks, same in groupby(characters, key=itemgetter(1))
    )
