"""Whether year, volume, issue and pages of a printed reference are those of a work.

A number is read from the parsed fields first and from the words around the title where parsing
failed; numbers in the title are no evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from exocite.matching.fields import Field, Seen
from exocite.matching.words import roman, word_set, words
from exocite.model import ParsedReference, Work

_DIGITS = str.maketrans("lio", "110")
_INNER = re.compile(r"[sb](?=\d)")
_MONTHS = word_set(
    """
    jan january feb february mar march apr april may jun june jul july aug august sep sept september
    oct october nov november dec december
    """
)
_VOLUME_LABELS = frozenset({"vol", "volume", "v", "bd"})
_RANGE = re.compile(r"[-–—]")


def numbers_of(around: Sequence[str]) -> frozenset[str]:
    """The words that hold a digit or are Roman numerals."""
    return frozenset(word for word in around if any(c.isdigit() for c in word) or roman(word))


def same_year(parsed: ParsedReference, work: Work, numbers: frozenset[str]) -> Seen:
    """The year against all years of the work, print and online; one off is near."""
    theirs = tuple(dict.fromkeys(filter(None, (work.year, *work.years))))
    shown = parsed.year, work.year or (theirs[0] if theirs else "")
    if not theirs:
        return Seen(Field.UNRECORDED if parsed.year else Field.UNPRINTED, *shown)
    if not parsed.year:
        return Seen(Field.AGREE if numbers & set(theirs) else Field.UNPRINTED, *shown)
    if parsed.year in theirs:
        return Seen(Field.AGREE, *shown)
    near = parsed.year in set(_neighbours(theirs))
    return Seen(Field.NEAR if near else Field.CONFLICT, *shown)


def _neighbours(years: Sequence[str]) -> Iterator[str]:
    return (str(int(year) + step) for year in years if year.isdecimal() for step in (-1, 1))


def same_volume(parsed: ParsedReference, work: Work, numbers: frozenset[str]) -> Seen:
    """The volume, Roman or Arabic; where none was read, a lone number outside the title."""
    shown = parsed.volume, work.volume
    theirs = _number(work.volume)
    if not theirs:
        return Seen(Field.UNRECORDED if parsed.volume else Field.UNPRINTED, *shown)
    if not parsed.volume:
        named = theirs in numbers and theirs not in work.years and theirs != _number(parsed.issue)
        return Seen(Field.AGREE if named and not parsed.pages else Field.UNPRINTED, *shown)
    if _number(parsed.volume) == theirs:
        return Seen(Field.AGREE, *shown)
    return Seen(Field.CONFLICT, *shown)


def same_issue(parsed: ParsedReference, work: Work) -> Seen:
    """The issue; a double issue is also cited by its first number."""
    shown = parsed.issue, work.issue
    if not parsed.issue or not work.issue:
        return Seen(Field.UNRECORDED if parsed.issue else Field.UNPRINTED, *shown)
    ours = [_number(word) for word in words(parsed.issue)]
    theirs = [_number(word) for word in words(work.issue)]
    agree = ours == theirs or (ours[:1] == theirs[:1] and "suppl" not in {*ours, *theirs})
    return Seen(Field.AGREE if agree else Field.CONFLICT, *shown)


def same_page(parsed: ParsedReference, work: Work, numbers: frozenset[str]) -> Seen:
    """The first page or the article number; only the last page agreeing is near."""
    ours = _page_form(_RANGE.split(parsed.pages)[0])
    shown = parsed.pages, work.pages or work.article_number
    known = {page for page in map(_page_form, (_first_page(work), work.article_number)) if page}
    if ours and _in_doi(ours, work.doi):
        return Seen(Field.AGREE, *shown)
    if not known:
        return Seen(Field.UNRECORDED if ours else Field.UNPRINTED, *shown)
    if not ours:
        named = any(len(page) > 2 and page in numbers and page not in work.years for page in known)
        return Seen(Field.AGREE if named else Field.UNPRINTED, *shown)
    if any(_same_number(ours, page) for page in known):
        return Seen(Field.AGREE, *shown)
    last = _last_page(parsed.pages)
    return Seen(Field.NEAR if last and last == _last_page(work.pages) else Field.CONFLICT, *shown)


def strange_numbers(around: Sequence[str], work: Work) -> list[str]:
    """Numbers outside the title that nothing in the work's record accounts for.

    A year one off, a day beside a month and a shortened last page are accounted for.
    """
    known = _recorded(work)
    first, last = _first_page(work), _last_page(work.pages)
    pages = [_page_form(first), _page_form(work.article_number)]
    strange = []
    for place, word in enumerate(around):
        if not (word[0].isdigit() or word[-1].isdigit()):
            continue
        plain = _page_form(word)
        shortened = last.endswith(plain) and len(plain) < len(last)
        day = len(word) < 3 and bool(_MONTHS & set(around[max(0, place - 1) : place + 2]))
        if plain in known or shortened or day or _in_doi(plain, work.doi):
            continue
        if not any(page and _same_number(plain, page) for page in pages):
            strange.append(word)
    return strange


def _recorded(work: Work) -> set[str]:
    """The numbers that the record holds anywhere, and the years beside its own."""
    years = (*work.years, work.year)
    texts = (work.volume, work.issue, work.pages, work.article_number, work.title, *work.isbn)
    names = (work.container, work.container_short, work.publisher)
    known = {_page_form(word) for text in (*texts, *names) for word in words(text)}
    return known | {_number(work.volume), *years, *_neighbours(years)}


def _last_page(pages: str) -> str:
    first, found, last = pages.partition("-")
    return _page_form(last) if found and last != first else ""


def _in_doi(page: str, doi: str) -> bool:
    """An article number of five digits and more is often the end of the DOI."""
    digits = page.removeprefix("e").lstrip("0")
    if len(digits) < 5 or not digits.isdecimal() or not doi.endswith(digits):
        return False
    return not doi[: -len(digits)].rstrip("0")[-1:].isdecimal()


def _same_number(ours: str, theirs: str) -> bool:
    """Whether two pages are one: e123 and 123, 12 and 12b; S12 and 12 are two."""
    if ours == theirs:
        return True
    if ours.isdecimal() and theirs[:-1] == ours and theirs[-1:].isalpha():
        return True
    bare = [re.sub(r"^e0*(?=\d)", "", page) for page in (ours, theirs)]
    return bare[0] == bare[1]


def _first_page(work: Work) -> str:
    return _RANGE.split(work.pages)[0]


def _page_form(page: str) -> str:
    """A page in one form: lower case, no leading zeros, a scanner's letters made digits."""
    if page.isdecimal():
        return page.lstrip("0") or page
    plain = "".join(words(page))
    return _misread_number(plain).lstrip("0") or plain


def _number(text: str) -> str:
    """A volume in one form: Arabic, without leading zeros or label."""
    found = words(text)
    plain = "".join(word for word in found if word not in _VOLUME_LABELS) or "".join(found)
    value = roman(plain)
    if value:
        return str(value)
    return _misread_number(plain).lstrip("0") or plain


def _misread_number(plain: str) -> str:
    """Letters that a scanner makes of digits, made digits where at least half are digits."""
    if plain.isdecimal():
        return plain
    digits = sum(c.isdigit() for c in plain)
    if digits and digits * 2 >= len(plain):
        rest = _INNER.sub(lambda match: "5" if match[0] == "s" else "8", plain[1:])
        return plain[0] + rest.translate(_DIGITS)
    return plain
