"""A list of DOIs, PMIDs, arXiv identifiers and ISBNs, one or more a line, to be looked up.

A bare number is a PMID, a number with a valid check digit of its length an ISBN; a line that
begins with `#` or `%` is a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from exocite import identifiers
from exocite.bibliography.imports.record import Broken, Format, Record, Wanted, lines

SCHEMES = ("doi", "pmid", "pmcid", "arxiv", "isbn")
_BARE_PMID = re.compile(r"[1-9]\d{0,8}", re.ASCII)
_BARE_ARXIV = re.compile(r"\d{4}\.\d{4,5}(?:v\d{1,3})?|[a-z-]{2,15}(?:\.[A-Z]{2})?/\d{7}", re.ASCII)
_BARE_ISBN = re.compile(r"(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx]", re.ASCII)
_PART = re.compile(r"[\s,;]+")
_COMMENT = ("#", "%")
_SAMPLE = 20
_LONGEST_LINE = 4_000


def _looks(text: str) -> bool:
    sample = [line for line in text[:_LONGEST_LINE].splitlines() if line.strip()][:_SAMPLE]
    sample = [line for line in sample if not line.lstrip().startswith(_COMMENT)]
    return bool(sample) and any(_wanted(line, 1) for line in sample)


def read(text: str) -> Iterator[Record]:
    """What each line names; a line that names nothing is broken. Nothing is given twice."""
    seen: set[tuple[str, str]] = set()
    for number, line in lines(text):
        bare = line.strip().lstrip("\ufeff")
        if not bare or bare.startswith(_COMMENT):
            continue
        if len(bare) > _LONGEST_LINE:
            yield Broken(number, f"this line is longer than {_LONGEST_LINE} characters")
            continue
        found = _wanted(bare, number)
        if not found:
            yield Broken(number, "no DOI, PMID, arXiv identifier or ISBN stands in this line")
        for one in found:
            if (one.scheme, one.value) not in seen:
                seen.add((one.scheme, one.value))
                yield one


def works_in(line: str, number: int) -> list[Wanted]:
    """The works that a line names by their identifiers."""
    return _wanted(line.strip().lstrip("\ufeff"), number) if len(line) <= _LONGEST_LINE else []


def names_works(line: str) -> bool:
    """Whether a line names a work by its identifier."""
    return bool(works_in(line, 1))


def _wanted(line: str, number: int) -> list[Wanted]:
    labelled = [
        Wanted(number, found.scheme, found.value)
        for found in identifiers.find(line)
        if found.scheme in SCHEMES
    ]
    if labelled:
        # A DOI of arXiv is both: the DOI is asked for.
        dois = {one.value for one in labelled if one.scheme == "doi"}
        return [
            one
            for one in labelled
            if not (one.scheme == "arxiv" and f"10.48550/arxiv.{one.value}" in dois)
        ]
    if whole := _bare(line):
        return [Wanted(number, *whole)]
    parts = [_bare(part) for part in _PART.split(line) if part]
    return [Wanted(number, *part) for part in parts if part] if all(parts) else []


def _bare(text: str) -> tuple[str, str] | None:
    """Scheme and normal form of an identifier without a label, None for what is none."""
    if _BARE_ISBN.fullmatch(text) and (isbn := identifiers.first(f"ISBN {text}", "isbn")):
        return "isbn", isbn
    if _BARE_PMID.fullmatch(text):
        return "pmid", text
    if _BARE_ARXIV.fullmatch(text):
        return "arxiv", identifiers.first(f"arXiv:{text}", "arxiv")
    return None


IDENTIFIERS = Format(
    "ids", "a list of DOIs, PMIDs, arXiv identifiers or ISBNs", _looks, read, "\n", (".txt",)
)
