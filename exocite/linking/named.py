"""Works that a sentence names in its words: "In 2023, Ku and colleagues found …"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from exocite.model import Reference
from exocite.references.names import bibtex_names

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")

People = Mapping[str, Sequence[tuple[str, str]]]
"""By year: the family name of a reference's first author, and its citekey."""


def people(references: Iterable[Reference]) -> People:
    """The first authors of the references that have a year."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for reference in references:
        year = _YEAR.search(reference.get("year") or reference.get("date"))
        names = bibtex_names(reference.get("author"))
        first = names[0].family or names[0].literal if names else ""
        if year and first:
            found[year[0]].append((first, reference.key))
    return found


def named(statement: str, known: People) -> tuple[str, ...]:
    """The citekeys of the works whose first author and year both stand in the sentence.

    The name as it is written, a word of its own: "may" is not May.
    """
    keys = [
        key
        for year in _YEAR.findall(statement)
        for family, key in known.get(year, ())
        if re.search(rf"(?<!\w){re.escape(family)}(?!\w)", statement)
    ]
    return tuple(dict.fromkeys(keys))
