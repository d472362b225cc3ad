"""Whether year, volume, issue and pages of a printed reference are those of a work.

A number is read from the parsed fields first and from the words around the title where parsing
failed; numbers in the title are no evidence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from exocite.matching.fields import Field, Seen
from exocite.matching.words import roman, words
from exocite.model import ParsedReference, Work

_DIGITS = str.maketrans("lioOsSbB|", "110055881")
_MONTHS = frozenset(
    "jan january feb february mar march apr april may jun june jul july aug august sep sept september oct october "
    "nov november dec december".split()
)


def strange_numbers(around: Sequence[str], work: Work) -> list[str]:
    """Numbers outside the title that nothing in the work's record accounts for.

    A year one off, a day beside a month and the shortened last page are accounted for.
    """
    known = {
        _number(work.volume),
        _page_form(work.article_number),
        *words(work.volume),
        *work.years,
        work.year,
    }
    known |= {
        str(int(year) + step)
        for year in (*work.years, work.year)
        if year.isdecimal()
        for step in (-1, 1)
    }
    for part in (
        work.issue,
        work.pages,
        work.container,
        work.container_short,
        work.publisher,
        work.title,
        *work.isbn,
    ):
        known.update(map(_page_form, words(part)))
    first, _, last = work.pages.partition("-")
    strange = []
    for place, word in enumerate(around):
        plain = _page_form(word)
        if not word[-1].isdigit() and not word[0].isdigit() or plain in known:
            continue
        if (
            last
            and last.strip().endswith(plain)
            and first[:1] == last.strip()[:1]
            or _in_doi(plain, work.doi)
        ):
            continue
        if (
            plain.isdecimal()
            and int(plain[:9]) <= 31
            and _MONTHS & set(around[max(0, place - 1) : place + 2])
        ):
            continue
        if any(_same_number(plain, _page_form(page)) for page in (first, work.article_number)):
            continue
        strange.append(word)
    return strange


def numbers_of(around: Sequence[str]) -> frozenset[str]:
    return frozenset(word for word in around if any(c.isdigit() for c in word) or roman(word))


def same_year(parsed: ParsedReference, work: Work, numbers: frozenset[str]) -> Seen:
    theirs = tuple(dict.fromkeys(filter(None, (work.year, *work.years))))
    shown = parsed.year, work.year or (theirs[0] if theirs else "")
    if not theirs:
        return Seen(Field.UNRECORDED if parsed.year else Field.UNPRINTED, *shown)
    if not parsed.year:
        return Seen(Field.AGREE if numbers & set(theirs) else Field.UNPRINTED, *shown)
    if parsed.year in theirs:
        return Seen(Field.AGREE, *shown)
    apart = min(
        abs(int(parsed.year) - int(year))
        for year in theirs
        if year.isdecimal() and parsed.year.isdecimal()
    )
    return Seen(Field.NEAR if apart <= 1 else Field.CONFLICT, *shown)


def same_volume(parsed: ParsedReference, work: Work, numbers: frozenset[str]) -> Seen:
    shown = parsed.volume, work.volume
    theirs = _number(work.volume)
    if not theirs:
        return Seen(Field.UNRECORDED if parsed.volume else Field.UNPRINTED, *shown)
    if not parsed.volume:
        named = theirs in numbers and theirs not in work.years and not _ends_page(parsed, theirs)
        return Seen(Field.AGREE if named and not parsed.pages else Field.UNPRINTED, *shown)
    if _number(parsed.volume) == theirs:
        return Seen(Field.AGREE, *shown)
    if theirs in numbers and _first_page(work) in numbers and parsed.issue == work.volume:
        return Seen(Field.AGREE, *shown)
    return Seen(Field.CONFLICT, *shown)


def _ends_page(parsed: ParsedReference, number: str) -> bool:
    return number in {_number(part) for part in re.split(r"[-–]", parsed.pages)} | {
        _number(parsed.issue)
    }


def same_issue(parsed: ParsedReference, work: Work) -> Seen:
    shown = parsed.issue, work.issue
    if not parsed.issue or not work.issue:
        return Seen(Field.UNRECORDED if parsed.issue else Field.UNPRINTED, *shown)
    ours, theirs = words(parsed.issue), words(work.issue)
    if (
        ours == theirs
        or set(map(_number, ours)) & set(map(_number, theirs))
        and len(ours) == len(theirs) == 1
    ):
        return Seen(Field.AGREE, *shown)
    # Double issues: "7-8" is also cited as "7".
    if ours and theirs and ours[0] == theirs[0] and "suppl" not in {*ours, *theirs}:
        return Seen(Field.AGREE, *shown)
    return Seen(Field.CONFLICT, *shown)


def same_page(parsed: ParsedReference, work: Work, numbers: frozenset[str]) -> Seen:
    ours = _page_form(re.split(r"[-–—]", parsed.pages)[0])
    theirs = _first_page(work)
    article = _page_form(work.article_number)
    shown = parsed.pages, work.pages or work.article_number
    known = {page for page in (theirs, article) if page}
    if ours and _in_doi(ours, work.doi):
        return Seen(Field.AGREE, *shown)
    if not known:
        return Seen(Field.UNRECORDED if ours else Field.UNPRINTED, *shown)
    if not ours:
        named = any(len(page) > 2 and page in numbers and page not in work.years for page in known)
        return Seen(Field.AGREE if named else Field.UNPRINTED, *shown)
    if ours in known or any(_same_number(ours, page) for page in known):
        return Seen(Field.AGREE, *shown)
    last = _last_page(parsed.pages)
    return Seen(Field.NEAR if last and last == _last_page(work.pages) else Field.CONFLICT, *shown)


def _last_page(pages: str) -> str:
    first, found, last = pages.partition("-")
    return _page_form(last) if found and last != first else ""


def _in_doi(page: str, doi: str) -> bool:
    """An article number of five digits and more is often the end of the DOI."""
    digits = page.lstrip("e")
    return (
        len(digits) >= 5 and digits.isdigit() and re.search(rf"(?<!\d)0*{digits}$", doi) is not None
    )


def _same_number(ours: str, theirs: str) -> bool:
    """ "e123" and "123" are one article number, "12" and "12b" one page; "S12" and "12" are two."""
    if ours.isdecimal() and re.fullmatch(rf"{ours}[a-z]", theirs):
        return True
    if re.sub(r"^e0*", "", ours) == re.sub(r"^e0*", "", theirs):
        return ours[:1] == "e" or theirs[:1] == "e" or ours.lstrip("0") == theirs.lstrip("0")
    return False


def _first_page(work: Work) -> str:
    return _page_form(re.split(r"[-–—]", work.pages)[0])


def _page_form(page: str) -> str:
    if page.isdecimal():
        return page.lstrip("0") or page
    plain = "".join(words(page))
    return _misread_number(plain).lstrip("0") or plain


def _number(text: str) -> str:
    """A volume in one form: Arabic, without leading zeros or label."""
    plain = "".join(
        word for word in words(text) if word not in {"vol", "volume", "v", "bd"}
    ) or "".join(words(text))
    value = roman(plain)
    if value:
        return str(value)
    return _misread_number(plain).lstrip("0") or plain


def _misread_number(plain: str) -> str:
    """Letters that a scanner makes of digits, where more digits than letters are left."""
    if plain.isdecimal():
        return plain
    digits = sum(c.isdigit() for c in plain)
    inner = plain[1:]
    if digits and digits * 2 >= len(plain) and any(c in "lios" for c in inner):
        return plain[0] + inner.translate(_DIGITS)
    return plain
