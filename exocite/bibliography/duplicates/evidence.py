"""What agrees and what differs between two records, field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from exocite.bibliography.duplicates.people import People, same_family, shared
from exocite.bibliography.duplicates.places import near_page, near_volume
from exocite.bibliography.duplicates.record import Record
from exocite.bibliography.duplicates.titles import Likeness, likeness
from exocite.matching.containers import same_container
from exocite.matching.titles import SMALL
from exocite.matching.words import distance, words

_LETTERS_A_SLIP = 8


class Agreement(StrEnum):
    """How a field of one record compares with the other's; MISSING: one of them has none."""

    AGREE = "agree"
    NEAR = "near"
    CONFLICT = "conflict"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The fields compared. `kinds`: the records are of two kinds, such as preprint and article.

    `telling` counts the words of the shorter title that say something, `coauthors` the shared
    names.
    """

    title: Likeness
    telling: int
    author: Agreement
    coauthors: int
    year: Agreement
    container: Agreement
    volume: Agreement
    issue: Agreement
    page: Agreement
    doi: Agreement
    isbn: Agreement
    edition: Agreement
    translator: Agreement
    kinds: bool


def gather(left: Record, right: Record, vocabulary: Mapping[str, int]) -> Evidence | None:
    """The evidence for and against one work; None where titles differ and nothing else is one."""
    doi = _equal(left.doi, right.doi)
    closely = doi is Agreement.AGREE or _near(left, right)
    if not closely and left.joined != right.joined and _strangers(left.people, right.people):
        return None
    title = likeness(left, right, vocabulary, closely=closely)
    if title <= Likeness.CONTINUED and not closely:
        return None
    author, names = _author(left.people, right.people)
    return Evidence(
        title=title,
        telling=min(left.telling, right.telling),
        author=author,
        coauthors=names,
        year=_year(left.place.year, right.place.year),
        container=_container(left.container, right.container),
        volume=_number(left.place.volume, right.place.volume),
        issue=_number(left.place.issue, right.place.issue),
        page=_page(left, right),
        doi=doi,
        isbn=_equal(left.isbn, right.isbn),
        edition=_equal(left.edition, right.edition),
        translator=_translator(left.translator, right.translator),
        kinds=bool(left.kind and right.kind and left.kind != right.kind),
    )


def _near(left: Record, right: Record) -> bool:
    """Whether place or people make a closer look at two different titles worth the time."""
    ours, theirs = left.place, right.place
    if ours.first and (ours.first == theirs.first or ours.last == theirs.last != ""):
        return True
    if ours.volume and ours.volume == theirs.volume and ours.year == theirs.year:
        return left.people.families[:1] == right.people.families[:1]
    return False


def _strangers(left: People, right: People) -> bool:
    """Whether two lists of people share no name: then titles that differ are not compared."""
    if not left.families or not right.families or not left.words.isdisjoint(right.words):
        return False
    return not same_family(left.families[0], right.families[0])


def _equal(left: str, right: str) -> Agreement:
    if not left or not right:
        return Agreement.MISSING
    return Agreement.AGREE if left == right else Agreement.CONFLICT


def _translator(left: str, right: str) -> Agreement:
    """Two translations are two works; whether one is meant where none is named is open."""
    if left and right:
        return Agreement.AGREE if left == right else Agreement.CONFLICT
    return Agreement.NEAR if left or right else Agreement.MISSING


def _author(left: People, right: People) -> tuple[Agreement, int]:
    ours, theirs = left.families, right.families
    if not ours or not theirs:
        return Agreement.MISSING, 0
    if ours == theirs:
        if len(ours) == 1 and left.initial and right.initial and left.initial != right.initial:
            return Agreement.NEAR, 1
        return Agreement.AGREE, len(ours)
    if len(left.words) > 1 and left.words == right.words:
        return Agreement.AGREE, max(len(ours), len(theirs))  # In one another's fields.
    count = shared(ours, theirs)
    first = same_family(ours[0], theirs[0])
    fewer = min(len(ours), len(theirs))
    if first and count * 2 >= fewer:
        alone = fewer == 1 and left.initial and right.initial and left.initial != right.initial
        return (Agreement.NEAR if alone else Agreement.AGREE), count
    if count * 3 >= fewer * 2 and fewer > 1:
        return Agreement.AGREE, count
    if count or first or left.words & right.words:
        return Agreement.NEAR, count
    return Agreement.CONFLICT, 0


def _year(left: int, right: int) -> Agreement:
    if not left or not right:
        return Agreement.MISSING
    if left == right:
        return Agreement.AGREE
    return Agreement.NEAR if abs(left - right) == 1 else Agreement.CONFLICT


def _container(left: str, right: str) -> Agreement:
    if not left or not right:
        return Agreement.MISSING
    if left == right or same_container(left, right):
        return Agreement.AGREE
    if _abbreviated(*sorted((words(left), words(right)), key=lambda one: sum(map(len, one)))):
        return Agreement.AGREE
    ours, theirs = "".join(words(left)), "".join(words(right))
    limit = min(len(ours), len(theirs)) // _LETTERS_A_SLIP
    near = limit and distance(ours, theirs, limit) <= limit
    return Agreement.NEAR if near else Agreement.CONFLICT


def _abbreviated(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether each word of one name begins one of the other, in order: "mater des"."""
    ours, theirs = ([word for word in one if word not in SMALL] for one in (short, full))
    return len(ours) == len(theirs) > 1 and all(
        word.startswith(cut) for cut, word in zip(ours, theirs, strict=True)
    )


def _number(left: str, right: str) -> Agreement:
    if not left or not right:
        return Agreement.MISSING
    if left == right:
        return Agreement.AGREE
    return Agreement.NEAR if near_volume(left, right) else Agreement.CONFLICT


def _page(left: Record, right: Record) -> Agreement:
    ours, theirs = left.place, right.place
    if not ours.first or not theirs.first:
        return Agreement.MISSING
    if ours.first == theirs.first:
        return Agreement.AGREE
    if ours.last and ours.last == theirs.last:
        return Agreement.NEAR
    return Agreement.NEAR if near_page(ours.first, theirs.first) else Agreement.CONFLICT
