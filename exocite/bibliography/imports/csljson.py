"""CSL-JSON, as Zotero, pandoc and citation engines write it.

The array is read item by item, so that a broken item names its line. Sources: CSL-JSON schema
1.0.2; the mapping is that of `exocite.export.csl`, the other way round.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice

from exocite.bibliography.imports import values
from exocite.bibliography.imports.record import Broken, Draft, Format, Imported, Record
from exocite.model import Name

_START = re.compile(r"\s*\ufeff?\s*(?:\[\s*(?:\{|\])|\{\s*\")")
_SPACE = re.compile(r"[ \t\r\n\ufeff]*")
_BETWEEN = re.compile(r"[ \t\r\n]*,?[ \t\r\n]*")
_ITEM = re.compile(r"[,\]}\n]\s{0,200}(\{)")
_MOST_TRIES = 200
_MARKS = frozenset({"type", "title", "id", "DOI"})
_DECODER = json.JSONDecoder(parse_constant=str)
TYPES = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "article": "misc", "bill": "legislation", "book": "book", "chapter": "incollection",
    "dataset": "dataset", "document": "misc", "entry-dictionary": "inreference",
    "entry-encyclopedia": "inreference", "graphic": "image", "legal_case": "jurisdiction",
    "legislation": "legislation", "manuscript": "unpublished", "motion_picture": "movie",
    "pamphlet": "booklet", "paper-conference": "inproceedings", "patent": "patent",
    "performance": "performance", "periodical": "periodical", "personal_communication": "letter",
    "post": "online", "post-weblog": "online", "report": "techreport", "review": "review",
    "software": "software", "song": "audio", "standard": "standard", "thesis": "thesis",
    "webpage": "online",
}  # fmt: skip
"""CSL type: entry type."""
_SUBTYPES = {"article-magazine": "magazine", "article-newspaper": "newspaper"}
_NOT_WHOLE = frozenset({"article", "bill", "entry-dictionary", "post", "post-weblog"})
_THESES = {"phd thesis": "phdthesis", "master’s thesis": "mastersthesis"}
_NAMES = {
    "author": "author", "editor": "editor", "translator": "translator", "director": "director",
    "container-author": "bookauthor", "original-author": "origauthor",
}  # fmt: skip
_PLAIN = {
    "title": "title", "abstract": "abstract", "chapter-number": "chapter",
    "collection-title": "series", "edition": "edition", "event-title": "eventtitle",
    "event": "eventtitle", "event-place": "venue", "ISBN": "isbn", "ISSN": "issn",
    "keyword": "keywords", "note": "note", "number-of-pages": "pagetotal",
    "number-of-volumes": "volumes", "original-publisher": "origpublisher",
    "original-publisher-place": "origlocation", "PMCID": "pmcid", "PMID": "pmid",
    "publisher-place": "address", "status": "pubstate", "title-short": "shorttitle",
    "shortTitle": "shorttitle", "container-title-short": "shortjournal",
    "journalAbbreviation": "shortjournal", "version": "version", "volume": "volume", "URL": "url",
}  # fmt: skip
_DATES = {"accessed": "url", "original-date": "orig", "event-date": "event"}
_LANGUAGES = {
    "en-US": "american", "en-AU": "australian", "en-GB": "british", "en-CA": "canadian",
    "zh": "chinese", "da": "danish", "nl": "dutch", "en": "english", "fi": "finnish",
    "fr": "french", "de": "german", "el": "greek", "it": "italian", "ja": "japanese",
    "ko": "korean", "la": "latin", "nb": "norwegian", "pl": "polish", "pt": "portuguese",
    "ru": "russian", "es": "spanish", "sv": "swedish", "tr": "turkish",
}  # fmt: skip
_FIRST_SEASON = 21
_NUMBER_IN_SERIES = frozenset({"book", "incollection", "inproceedings"})
_ET_AL = frozenset({"et al.", "et al", "others"})


def _looks(text: str) -> bool:
    return _START.match(text) is not None


def read(text: str) -> Iterator[Record]:
    """The items of the array, or the one item that the text is."""
    at = _behind(_SPACE, text, 0)
    alone = text[at : at + 1] == "{"
    if not alone:
        at = _behind(_SPACE, text, at + 1)
    line, counted, broken, tries = 1, 0, False, _MOST_TRIES
    while at < len(text) and text[at] != "]":
        line += text.count("\n", counted, at)
        counted = at
        try:
            item, end = _DECODER.raw_decode(text, at)
        except json.JSONDecodeError as error:
            yield Broken(error.lineno, f"this is no JSON: {error.msg}; the item was left out")
            broken = True
            at, tries = _next(text, max(error.pos, at + 1), tries)
            if at >= len(text):
                yield Broken(line, "no item that can be read was found behind it")
            continue
        except (RecursionError, ValueError):  # A number of more digits than Python reads.
            yield Broken(line, "this item cannot be read; nothing after it was read")
            return
        yield _record(item, line)
        if alone:
            return
        at = _behind(_BETWEEN, text, end)
    if at >= len(text) and not alone and not broken:
        yield Broken(line + text.count("\n", counted), "the array is not closed: the file is cut")


def _behind(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where what the pattern matches ends."""
    match = pattern.match(text, at)
    return match.end() if match else at


def _next(text: str, at: int, tries: int) -> tuple[int, int]:
    """Where the next item begins that can be read, and how many tries are left.

    The end of the text where there is none, or where the tries are used up. An object inside of an
    item, such as a name, looks like no item.
    """
    for match in islice(_ITEM.finditer(text, at), tries):
        tries -= 1
        try:
            item, _ = _DECODER.raw_decode(text, match.start(1))
        except (RecursionError, ValueError):
            continue
        if isinstance(item, dict) and _MARKS & item.keys():
            return match.start(1), tries
    return len(text), tries


def _record(item: object, line: int) -> Imported | Broken:
    if not isinstance(item, dict) or not _MARKS & item.keys():
        return Broken(line, "this is no CSL item: it has neither a type nor a title")
    written = _text(item.get("type"))
    type_ = TYPES.get(written, "misc")
    draft = Draft("csl", line)
    if written in _SUBTYPES:
        draft.put("entrysubtype", _SUBTYPES[written], "type")
    elif written in _NOT_WHOLE or written not in TYPES:
        draft.keep("type", written)
    key = ""
    genre = _text(item.get("genre"))
    if type_ == "thesis" and genre.lower() in _THESES:
        type_ = _THESES[genre.lower()]
    else:
        draft.put("type", genre, "genre")
    for name, value in item.items():
        if name in _NAMES:
            _people(draft, name, value)
        elif name == "issued":
            _date(draft, name, "", value)
        elif name in _DATES:
            _date(draft, name, _DATES[name], value)
        elif name in ("id", "citation-key"):
            key = values.own_key(draft, _text(value), name) or key
        elif name not in ("type", "genre"):
            _variable(draft, type_, name, value)
    _numbers(draft, type_, item)
    return draft.record(type_, key)


def _variable(draft: Draft, type_: str, name: str, value: object) -> None:
    text = _text(value)
    if name in _PLAIN:
        draft.put(_PLAIN[name], text, name)
    elif name == "container-title":
        draft.put(_container(type_), text, name)
    elif name == "publisher":
        draft.put(values.PUBLISHER_FIELD.get(type_, "publisher"), text, name)
    elif name == "DOI":
        values.doi(draft, text, name)
    elif name == "page":
        draft.put("pages", values.pages(text), name)
    elif name == "language":
        known = _LANGUAGES.get(text)
        draft.put("langid" if known else "language", known or text, name)
    elif name not in _NUMBERS:
        draft.keep(name, text)


def _container(type_: str) -> str:
    return "booktitle" if type_ == "book" else values.CONTAINER_FIELD.get(type_, "booktitle")


_NUMBERS = frozenset({"issue", "number", "collection-number"})


def _numbers(draft: Draft, type_: str, item: Mapping[str, object]) -> None:
    """Issue and number, which are one field of an article, and a book's number in its series."""
    issue, number, in_series = (
        _text(item.get(name)) for name in ("issue", "number", "collection-number")
    )
    draft.put("number" if type_ == "article" else "issue", issue, "issue")
    if type_ in _NUMBER_IN_SERIES:
        draft.put("number", in_series, "collection-number")
    else:
        draft.keep("collection-number", in_series)
    draft.put("number", number, "number")


def _people(draft: Draft, role: str, people: object) -> None:
    for one in people if isinstance(people, list) else [people]:
        if not isinstance(one, dict):
            draft.keep(role, _text(one))
            continue
        parts = {name: _text(value) for name, value in one.items()}
        literal = parts.get("literal", "")
        if literal.lower() in _ET_AL:
            draft.others.add(_NAMES[role])
        elif literal or not parts.get("family"):
            draft.person(_NAMES[role], Name(literal=literal or parts.get("given", "")))
        else:
            given = " ".join(
                filter(None, (parts.get("given", ""), parts.get("dropping-particle", "")))
            )
            particle = parts.get("non-dropping-particle", "")
            name = Name(parts["family"], given, particle, parts.get("suffix", ""))
            draft.person(_NAMES[role], name)


def _date(draft: Draft, name: str, prefix: str, value: object) -> None:
    """A date; one that is not in parts is kept as it is written."""
    if not isinstance(value, dict):
        draft.keep(name, _text(value))
        return
    written = _text(value.get("raw")) or _text(value.get("literal"))
    parts = value.get("date-parts")
    dates = [_parts(date) for date in parts] if isinstance(parts, list) else []
    if not dates or not all(dates) or len(dates) > 2:
        iso = re.fullmatch(r"-?\d{4}(?:-\d\d(?:-\d\d)?)?", written, re.ASCII)
        whole = prefix or (iso and len(written) > len("2020"))
        draft.put(f"{prefix}date" if whole else "year", written, name)
        if dates and not written:
            draft.keep(name, json.dumps(value, ensure_ascii=False, sort_keys=True))
        return
    season = _text(value.get("season"))
    circa = value.get("circa") not in (None, False, 0, "", "0", "false")
    plain = len(dates) == 1 and not prefix and not circa and 0 < dates[0][0] <= 9999
    if plain and not season and dates[0][0] >= 1000:
        year, month, day = ([str(part) for part in dates[0]] + ["", ""])[:3]
        values.date(draft, year, month, day, tag=name)
        return
    if re.fullmatch(r"[1-4]", season) and len(dates) == 1 and len(dates[0]) == 1:
        dates = [[dates[0][0], _FIRST_SEASON - 1 + int(season)]]
    elif season:
        draft.keep(name, season)
    text = "/".join(map(_edtf, dates))
    draft.put(f"{prefix}date", text + ("~" if circa else ""), name)


def _parts(date: object) -> list[int]:
    """Year, month, day; empty where it is no such list. Numbers may be written as text."""
    if not isinstance(date, list) or not 1 <= len(date) <= 3:
        return []
    found: list[int] = []
    for part in date:
        if part == "" and found:
            break
        if isinstance(part, bool) or not re.fullmatch(r"-?\d{1,6}", str(part), re.ASCII):
            return []
        found.append(int(part))
    return found


def _edtf(parts: list[int]) -> str:
    """The date as biblatex writes it; year 0 alone is an open end, and -1 is 1 BC, ISO's 0."""
    if parts == [0]:
        return ""
    year = parts[0] if parts[0] > 0 else parts[0] + 1
    sign = "-" if year < 0 else ""
    return "-".join([f"{sign}{abs(year):04d}", *(f"{part:02d}" for part in parts[1:])])


def _text(value: object) -> str:
    """A value as text: what is neither text nor number as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


CSL_JSON = Format("csl-json", "CSL-JSON", _looks, read, '"type"', (".json",))
