"""Words that a reference prints beside a work's title and that make another title of it.

"Highlights of …", "In response to: …", "… Part Two": the whole title of the work stands in such a
reference, so that it is found says little. What else stands in the title that was read, or between
the title and the journal, decides; where such words come from does not have to be known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from exocite.matching.around import unexplained_words
from exocite.matching.containers import same_container
from exocite.matching.notices import tells_apart
from exocite.matching.titles import SMALL, found_in
from exocite.matching.words import word_set, words
from exocite.model import ParsedReference, Work

_DENIALS = word_set("no not non nor without neither never against")
_LONGEST_TAIL = 3


def words_beside(
    parsed: ParsedReference, title: Sequence[str], work: Work, form: Sequence[str]
) -> tuple[str, ...]:
    """The words of a printed title around a work's, () where nothing in them tells.

    `title` and `form` are the folded words of both titles. Names and journal account for words
    that were read as part of the title, the journal only where it was not read by itself.
    """
    start, end = found_in(title, form)
    if start < 0:
        return ()
    before, behind = tuple(title[:start]), tuple(title[end:])
    left = _left(parsed, work, (*before, *behind))
    # A number alone before a title may be that of the list.
    part = any(len(word) > 1 and word.isalpha() for word in before) and _apart(before)
    if left or part or _DENIALS.intersection(before[:1]) or _apart(behind):
        return (*before, *behind)
    return ()


def _left(parsed: ParsedReference, work: Work, around: Sequence[str]) -> list[str]:
    names = (work.container, work.container_short)
    if any(name and same_container(parsed.container, name) for name in names):
        unplaced = replace(work, container="", container_short="", publisher="")
        return unexplained_words(around, unplaced)
    return unexplained_words(around, work)


def words_behind(after: Sequence[str], work: Work) -> tuple[str, ...]:
    """The words between the title and the journal, () unless they tell a part or kind apart.

    `after` are the folded words that follow the title. The year may stand there, and in some
    styles the volume.
    """
    begun = {found[0] for name in (work.container, work.container_short) if (found := words(name))}
    place = next((n for n, word in enumerate(after[: _LONGEST_TAIL + 1]) if word in begun), 0)
    tail = tuple(after[:place])
    if set(tail) <= {work.volume, work.year, *work.years}:
        return ()
    return tail if _apart(tail) else ()


def _apart(tail: Sequence[str]) -> bool:
    return any(word not in SMALL for word in tail) and tells_apart(tail)
