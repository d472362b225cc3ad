"""Which asterisks and underscores are emphasis and which are text.

Source: CommonMark 0.31, "An algorithm for parsing nested emphasis and links" (linear: a search for
an opener that failed is not repeated below the place where it failed).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from exocite.frozen import dataclass


@dataclass(slots=True)
class Run:
    """A run of one delimiter character from `start` to `end`, and how much of it emphasis used.

    An opener is used up from its right, a closer from its left.
    """

    character: str
    start: int
    end: int
    opens: bool
    closes: bool
    used_left: int = 0
    used_right: int = 0

    @property
    def length(self) -> int:
        """How many characters are left."""
        return self.end - self.start - self.used_left - self.used_right


def delimiter_run(text: str, start: int, end: int) -> Run:
    """The run of equal characters that begins at `start`, and whether it can open and close."""
    character = text[start]
    stop = start
    while stop < end and text[stop] == character:
        stop += 1
    before = text[start - 1] if start else " "
    after = text[stop] if stop < end else " "
    left = not after.isspace() and (
        not _punctuation(after) or before.isspace() or _punctuation(before)
    )
    right = not before.isspace() and (
        not _punctuation(before) or after.isspace() or _punctuation(after)
    )
    if character == "_":
        return Run(
            character,
            start,
            stop,
            left and (not right or _punctuation(before)),
            right and (not left or _punctuation(after)),
        )
    return Run(character, start, stop, left, right)


def _punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def match(runs: Sequence[Run]) -> None:
    """Pair openers and closers among these runs, marking what of each is used."""
    before = list(range(-1, len(runs) - 1))
    bottoms: dict[tuple[str, bool, int], int] = {}
    current = 0
    while current < len(runs):
        closer = runs[current]
        if not closer.closes or closer.length <= 0:
            current += 1
            continue
        size = closer.end - closer.start
        kind = (closer.character, closer.opens, size % 3)
        opener_at = _opener(runs, before, before[current], closer, bottoms.get(kind, -1))
        if opener_at < 0:
            bottoms[kind] = before[current]
            current += 1
            continue
        opener = runs[opener_at]
        used = 2 if opener.length >= 2 and closer.length >= 2 else 1
        if closer.character == "~":
            used = 2
        opener.used_right += used
        closer.used_left += used
        before[current] = opener_at if opener.length > 0 else before[opener_at]


def _opener(runs: Sequence[Run], before: list[int], at: int, closer: Run, bottom: int) -> int:
    while at > bottom:
        run = runs[at]
        if run.character == closer.character and run.opens and run.length > 0:
            size, other = run.end - run.start, closer.end - closer.start
            odd = (run.closes or closer.opens) and (size + other) % 3 == 0
            if not odd or (size % 3 == 0 and other % 3 == 0):
                return at
        at = before[at]
    return -1
