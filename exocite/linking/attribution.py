"""How a claim cites a work: the words that its marker stands behind, and what is cited beside it.

In "A rises [1], B falls [2, 3] and C stays" the first work answers for "A rises" alone, and the
second shares "B falls" with a third. What is cited alone, at the end of its own words, is more
often said by the work than what several works are cited for together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from exocite.model import Claim

_WORD = re.compile(r"\w+")
_LEAST_WORDS = 6
"""A marker behind fewer words, as in "Ku et al. [1] found that …", answers for the whole claim."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """What of a claim is put on one work.

    `stretch` is the part of the statement that its marker stands behind; `shared` whether other
    works are cited at the same place; `others` counts the other places of the claim where works are
    cited; `after` is the share of the claim's words that follow the marker, 0 to 1.
    """

    stretch: str
    shared: bool
    others: int
    after: float


def attribution(claim: Claim, key: str) -> Attribution | None:
    """How the claim cites the work; None where no marker of it names the work."""
    for number, citation in enumerate(claim.citations[: len(claim.behind)]):
        if any(key in item.keys for item in citation.items):
            works = [len(citation.items) for citation in claim.citations]
            return attributed(claim.statement, claim.behind, works, number)
    return None


def attributed(
    statement: str, behind: Sequence[int], works: Sequence[int], number: int
) -> Attribution:
    """What is put on a work of marker `number`.

    `behind` tells for each marker, in the order of the text, how many characters of the statement
    stand before it; `works` how many works it names. Markers with no word between them are at one
    place.
    """
    places: list[list[int]] = []
    for mark, at in enumerate(behind):
        if places and not _WORD.search(statement, behind[places[-1][-1]], at):
            places[-1].append(mark)
        else:
            places.append([mark])
    own = next(index for index, marks in enumerate(places) if number in marks)
    here = behind[number]
    stretch = statement[behind[places[own - 1][-1]] if own else 0 : here]
    if len(_WORD.findall(stretch)) < _LEAST_WORDS:
        stretch = statement
    total, before = len(_WORD.findall(statement)), len(_WORD.findall(statement, 0, here))
    return Attribution(
        stretch.strip(" ,;"),
        sum(works[mark] for mark in places[own]) > 1,
        len(places) - 1,
        1.0 - before / total if total else 0.0,
    )
