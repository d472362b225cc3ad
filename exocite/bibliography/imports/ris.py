"""RIS, as EndNote, Zotero, Mendeley and publishers' sites write it.

Source: "RIS Format Specifications" (Research Information Systems, 2001 and 2011), and what Zotero
writes. Tags mean different things in different types; docs/import.md has the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from exocite.bibliography.imports import values
from exocite.bibliography.imports.record import Broken, Draft, Format, Imported, Record, lines

_TAG = re.compile(r"\ufeff?([A-Z][A-Z0-9]) {1,2}-(?: (.*))?$")
_START = re.compile(r"\s*\ufeff?\s*TY {1,2}- ?\S")
TYPES = {
    "ABST": "misc", "ADVS": "misc", "AGGR": "dataset", "ANCIENT": "misc", "ART": "artwork",
    "BILL": "legislation", "BLOG": "online", "BOOK": "book", "CASE": "jurisdiction",
    "CHAP": "incollection", "CHART": "image", "CLSWK": "book", "COMP": "software",
    "CONF": "proceedings", "CPAPER": "inproceedings", "CTLG": "misc", "DATA": "dataset",
    "DBASE": "dataset", "DICT": "inreference", "EBOOK": "book", "ECHAP": "incollection",
    "EDBOOK": "book", "EJOUR": "article", "ELEC": "online", "ENCYC": "inreference", "EQUA": "misc",
    "FIGURE": "image", "GEN": "misc", "GOVDOC": "techreport", "GRANT": "misc", "HEAR": "misc",
    "ICOMM": "letter", "INPR": "article", "JFULL": "periodical", "JOUR": "article",
    "LEGAL": "legislation", "MANSCPT": "unpublished", "MAP": "misc", "MGZN": "article",
    "MPCT": "movie", "MULTI": "online", "MUSIC": "music", "NEWS": "article", "PAMP": "booklet",
    "PAT": "patent", "PCOMM": "letter", "RPRT": "techreport", "SER": "book", "SLIDE": "misc",
    "SOUND": "audio", "STAND": "standard", "STAT": "legislation", "STD": "standard",
    "THES": "phdthesis", "UNBILL": "legislation", "UNPB": "unpublished", "VIDEO": "video",
    "WEB": "online",
}  # fmt: skip
"""RIS type: entry type."""
_WHOLE = {
    "JOUR", "BOOK", "CHAP", "CPAPER", "CONF", "RPRT", "THES", "DATA", "PAT", "ELEC", "UNPB", "GEN",
    "VIDEO", "COMP", "MUSIC", "SOUND", "STAND", "JFULL", "ICOMM", "CASE", "ENCYC", "PAMP", "ART",
}  # fmt: skip
"""The types that the entry type says whole; the others are kept beside it."""
_SUBTYPES = {"MGZN": "magazine", "NEWS": "newspaper"}
_IN_BOOKS = frozenset({"incollection", "inproceedings", "inreference"})

_PLAIN = {
    "TI": "title", "T1": "title", "ST": "shorttitle", "J2": "shortjournal", "JA": "shortjournal",
    "VL": "volume", "VO": "volume", "IS": "number", "CP": "number", "AB": "abstract",
    "N2": "abstract", "PB": "publisher", "CY": "address", "PP": "address", "ET": "edition",
    "LA": "language", "NV": "volumes", "C7": "eid", "OP": "origdate",
}  # fmt: skip
_LISTS = {"KW": ", ", "N1": "; ", "L1": "; ", "L4": "; "}
_LIST_FIELDS = {"KW": "keywords", "N1": "note", "L1": "file", "L4": "file"}
_PEOPLE = {"AU": "author", "A1": "author", "ED": "editor", "TA": "translator"}
_CONTAINERS = ("JO", "JF", "T2", "BT")


Tag = tuple[str, list[str], int]
"""A tag, the lines of its value, and the line that it stands on."""


def _looks(text: str) -> bool:
    return _START.match(text) is not None


def read(text: str) -> Iterator[Record]:
    """The records of the text; lines outside of any are broken."""
    tags: list[Tag] = []
    stray = 0
    for number, line in lines(text):
        # Nearly every line is of this form: no expression is asked for it.
        plain = line[2:6] == "  - " and line[:2] in _COMMON
        match = None if plain else _TAG.match(line)
        tag = line[:2] if plain else match[1] if match else ""
        value = line[6:] if plain else (match[2] or "") if match else ""
        if not tag:
            if tags and line.strip():
                tags[-1][1].append(line.strip())
            elif line.strip() and not stray:
                stray = number
                yield Broken(number, "this line stands outside of any record")
        elif tag == "TY":
            if tags:
                yield _unended(tags)
                yield _record(tags)
            tags, stray = [(tag, [value.strip()], number)], 0
        elif tag == "ER":
            if tags:
                yield _record(tags)
            tags, stray = [], 0
        elif tags:
            tags.append((tag, [value.strip()], number))
        elif not stray:
            stray = number
            yield Broken(number, f"{tag} stands outside of any record: TY begins one")
    if tags:
        yield _unended(tags)
        yield _record(tags)


def _unended(tags: list[Tag]) -> Broken:
    return Broken(tags[0][2], "this record does not end with ER; it was read up to the next one")


def _record(tags: list[Tag]) -> Imported:
    named = " ".join(tags[0][1])
    written = named.upper()
    type_ = TYPES.get(written, "misc")
    draft = Draft("ris", tags[0][2])
    draft.put("entrysubtype", _SUBTYPES.get(written, ""), "TY")
    draft.keep("TY", "" if written in _WHOLE | _SUBTYPES.keys() else named)
    found: dict[str, list[str]] = {}
    for tag, parts, _ in tags[1:]:
        if value := " ".join(filter(None, parts)):
            found.setdefault(tag, []).append(value)
    key = ""
    for one in found.get("ID", ())[:1]:
        key = values.own_key(draft, one, "ID")
    for tag, several in found.items():
        if tag in _PLAIN:
            _plain(draft, type_, tag, several)
        for one in several:
            if tag in _PEOPLE:
                values.person(draft, _PEOPLE[tag], one)
            elif tag in _LISTS:
                draft.more(_LIST_FIELDS[tag], one, _LISTS[tag])
            elif tag not in _KNOWN:
                draft.keep(tag, one)
    type_ = _thesis(draft, type_, found)
    _others(draft, type_, found)
    _dates(draft, found)
    _pages(draft, found)
    _links(draft, found)
    return draft.record(type_, key)


def _plain(draft: Draft, type_: str, tag: str, several: list[str]) -> None:
    name = _PLAIN[tag]
    if name == "publisher":
        name = values.PUBLISHER_FIELD.get(type_, name)
    for one in several:
        draft.put(name, one, tag)


def _thesis(draft: Draft, type_: str, found: dict[str, list[str]]) -> str:
    """The entry type; M3 is the kind of work, which tells a master's thesis."""
    kinds = found.get("M3", [])
    if type_ == "phdthesis" and any("master" in kind.lower() for kind in kinds):
        type_ = "mastersthesis"
    for kind in kinds:
        draft.put("type", kind, "M3")
    return type_


def _others(draft: Draft, type_: str, found: dict[str, list[str]]) -> None:
    """Secondary people and titles, M1 and SN, whose meaning the type decides."""
    editors = "editor" if type_ in _IN_BOOKS | {"book", "proceedings"} else ""
    for tag, role in (("A2", editors), ("A3", "editor" if type_ in _IN_BOOKS else "")):
        for one in found.get(tag, ()):
            if role and not (tag == "A3" and "A2" in found):
                values.person(draft, role, one)
            else:
                draft.keep(tag, one)
    for one in found.get("A4", ()):
        values.person(draft, "translator", one)
    _container(draft, type_, found)
    for one in found.get("T3", ()):
        draft.put("series", one, "T3")
    for one in found.get("M1", ()):
        if draft.get("number"):
            draft.keep("M1", one)
        else:
            draft.put("number", one, "M1")
    for one in found.get("SN", ()):
        values.serial(draft, one, "SN")


def _container(draft: Draft, type_: str, found: dict[str, list[str]]) -> None:
    """The longest of the titles is the journal's or book's, a shorter JO or JF its short form."""
    titles = [(tag, one) for tag in _CONTAINERS for one in found.get(tag, ())]
    whole = max((one for _, one in titles), key=len, default="")
    draft.put(values.CONTAINER_FIELD.get(type_, "booktitle"), whole, "T2")
    for tag, one in titles:
        if one != whole and tag in {"JO", "JF"}:
            draft.put("shortjournal", one, tag)
        elif one != whole:
            draft.keep(tag, one)


def _dates(draft: Draft, found: dict[str, list[str]]) -> None:
    """PY and Y1 as "2020/05/12/spring"; DA where it is the more exact; Y2 is when it was seen."""
    written = [(tag, one) for tag in ("DA", "PY", "Y1") for one in found.get(tag, ())]
    best = max(written, key=lambda pair: _exactness(pair[1]), default=None)
    if best is not None:
        year, month, day, rest = _date_parts(best[1])
        values.date(draft, year, month or rest, day, tag=best[0])
        if month:
            draft.keep(best[0], rest)
        for tag, one in written:
            parts = _date_parts(one)
            if parts[0] != year or parts[3] not in ("", rest):
                draft.keep(tag, one)
    for one in found.get("Y2", ()):
        year, month, day, rest = _date_parts(one)
        if year.isdecimal():
            seen = values.iso(year, month, day)
            draft.put("urldate", seen, "Y2")
            read = seen.count("-") == bool(month) + bool(day)
            draft.keep("Y2", rest if read else one)
        else:
            draft.keep("Y2", one)


def _exactness(text: str) -> int:
    year, *more = _date_parts(text)
    return (4 if year.isdecimal() else 0) + sum(part.isdecimal() for part in more)


def _date_parts(text: str) -> tuple[str, str, str, str]:
    """Year, month, day and the rest."""
    iso = re.fullmatch(r"(\d{4})-(\d\d?)(?:-(\d\d?))?(?:T.*)?", text.strip(), re.ASCII)
    if iso:
        return iso[1], iso[2], iso[3] or "", ""
    year, month, day, rest = ([part.strip() for part in text.split("/", 3)] + [""] * 3)[:4]
    return year, month, day, rest


def _pages(draft: Draft, found: dict[str, list[str]]) -> None:
    first, last = (found.get(tag, [""])[0] for tag in ("SP", "EP"))
    # Some programs put the whole range into SP.
    whole = f"{first}-{last}" if first and last and last != first and "-" not in first else first
    draft.put("pages", values.pages(whole or last), "SP")
    if first and last and last not in whole:
        draft.keep("EP", last)
    for tag in ("SP", "EP"):
        for one in found.get(tag, [])[1:]:
            draft.keep(tag, one)


def _links(draft: Draft, found: dict[str, list[str]]) -> None:
    for one in found.get("DO", ()):
        values.doi(draft, one, "DO")
    for one in found.get("UR", ()):
        draft.put("url", one, "UR")


_KNOWN = {
    *_PLAIN, *_LISTS, *_PEOPLE, *_CONTAINERS, "ID", "M3", "A2", "A3", "A4", "T3", "M1", "SN", "DA",
    "PY", "Y1", "Y2", "SP", "EP", "DO", "UR",
}  # fmt: skip

_COMMON = frozenset(_KNOWN - {"ID"} | {"KW", "C1", "N1", "L1", "DB", "DP"})

RIS = Format("ris", "RIS", _looks, read, "\nER  -", (".ris",))
