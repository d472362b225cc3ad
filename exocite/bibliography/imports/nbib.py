"""NBIB, the MEDLINE format of PubMed.

Source: "MEDLINE/PubMed Data Element (Field) Descriptions", US National Library of Medicine. Tags
that say how PubMed keeps the record (owner, status, dates of entry) are named and left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from exocite.bibliography.imports import values
from exocite.bibliography.imports.record import Broken, Draft, Format, Imported, Record, lines
from exocite.model import Name
from exocite.references.locations import full_pages

_TAG = re.compile(r"\ufeff?([A-Z]{2,4}) {0,2}- ?(.*)$")
_START = re.compile(r"\s*\ufeff?\s*PMID ?- ?\d")
_HOUSEKEEPING = frozenset(
    """
    OWN STAT DA DCOM LR EDAT MHDA CRDT PHST SB JID PMCR RF SO
    """.split()
)
TYPES = {
    "journal article": "article",
    "review": "article",
    "preprint": "misc",
    "book": "book",
    "book chapter": "incollection",
    "dataset": "dataset",
    "technical report": "techreport",
    "academic dissertation": "phdthesis",
}
"""Publication type in lower case: entry type; everything else is an article."""
_PLAIN = {
    "TI": "title", "BTI": "booktitle", "CTI": "series", "VI": "volume", "IP": "number",
    "AB": "abstract", "LA": "language", "PL": "address", "PB": "publisher", "EN": "edition",
    "PMID": "pmid", "PMC": "pmcid", "TA": "shortjournal",
}  # fmt: skip
_AUTHORS = {"AU": ("FAU", "author"), "ED": ("FED", "editor")}
_IDENTIFIER = re.compile(r"(.*?)\s*\[(doi|pii|bookaccession)\]$")
_DATE = re.compile(r"(\d{4})(?:\s+([A-Za-z]{3,9})(?:\s+(\d{1,2}))?)?$", re.ASCII)


Tag = tuple[str, list[str]]
"""A tag and the lines of its value."""


def _looks(text: str) -> bool:
    return _START.match(text) is not None


def read(text: str) -> Iterator[Record]:
    """The records of the text, each beginning with its PMID."""
    tags: list[Tag] = []
    begun = stray = 0
    for number, line in lines(text):
        match = _TAG.match(line)
        if match and match[1] == "PMID":
            if tags:
                yield _record(tags, begun)
            tags, begun, stray = [("PMID", [match[2].strip()])], number, 0
        elif match and tags:
            tags.append((match[1], [match[2].strip()]))
        elif tags and line.strip():
            tags[-1][1].append(line.strip())
        elif line.strip() and not stray:
            stray = number
            yield Broken(number, "this line stands outside of any record: PMID begins one")
    if tags:
        yield _record(tags, begun)


def _record(tags: list[Tag], line: int) -> Imported:
    found: dict[str, list[str]] = {}
    for tag, parts in tags:
        if value := " ".join(filter(None, parts)):
            found.setdefault(tag, []).append(value)
    draft = Draft("nbib", line)
    kinds = found.pop("PT", [])
    types = [TYPES[kind.lower()] for kind in kinds if kind.lower() in TYPES]
    type_ = types[0] if types else "incollection" if "BTI" in found and "TI" in found else "article"
    if "BTI" in found and "TI" not in found:
        type_ = "book"
        found["TI"] = found.pop("BTI")
    for kind in kinds:
        if kind.lower() not in {"journal article", "book", "book chapter"}:
            draft.keep("PT", kind)
    _people(draft, found)
    for tag, several in found.items():
        _field(draft, tag, several)
    if not draft.get("journal") and draft.get("shortjournal"):
        draft.fields["journal"] = draft.fields.pop("shortjournal")
    return draft.record(type_)


def _people(draft: Draft, found: dict[str, list[str]]) -> None:
    """The full names, or the short ones where there are none; bodies after the people."""
    for short, (full, role) in _AUTHORS.items():
        names, briefs = found.pop(full, []), found.pop(short, [])
        for one in names:
            values.person(draft, role, one)
        if not names:
            for one in briefs:
                family, _, initials = one.rpartition(" ")
                draft.person(role, Name(family, initials) if family else Name(literal=initials))
    for one in found.pop("CN", []):
        draft.person("author", Name(literal=one))


def _field(draft: Draft, tag: str, several: list[str]) -> None:
    if tag in _HOUSEKEEPING:
        draft.leave(tag)
    elif tag in _READ:
        for one in several:
            _READ[tag](draft, one, tag)
    else:
        for one in several:
            draft.keep(tag, one)


def _plain(draft: Draft, value: str, tag: str) -> None:
    draft.put(_PLAIN[tag], value.rstrip(".") if tag in {"TI", "BTI"} else value, tag)


def _keyword(draft: Draft, value: str, tag: str) -> None:
    """A heading of MeSH keeps its qualifier; the star of a main topic goes."""
    draft.more("keywords", value.replace("*", "") if tag == "MH" else value.lstrip("*"), "; ")


def _identifier(draft: Draft, value: str, tag: str) -> None:
    match = _IDENTIFIER.match(value)
    if match and match[2] == "doi":
        values.doi(draft, match[1], tag)
    else:
        draft.keep(tag, value)


def _published(draft: Draft, value: str, tag: str) -> None:
    match = _DATE.match(value)
    if match:
        values.date(draft, match[1], match[2] or "", match[3] or "", tag=tag)
    else:
        year = re.match(r"\d{4}", value, re.ASCII)
        draft.put("year", year[0] if year else value, tag)
        if year:
            draft.keep(tag, value)


def _pages(draft: Draft, value: str, tag: str) -> None:
    draft.put("pages", values.pages(full_pages(value)), tag)


def _serial(draft: Draft, value: str, tag: str) -> None:
    number, _, kind = value.partition(" (")
    if kind == "Linking)":
        draft.keep(tag, value)
    else:
        values.serial(draft, number, tag)


def _journal(draft: Draft, value: str, tag: str) -> None:
    draft.put("journal", value, tag)


def _note(draft: Draft, value: str, _tag: str) -> None:
    draft.more("note", value, "; ")


_READ = (
    dict.fromkeys(_PLAIN, _plain)
    | dict.fromkeys(("MH", "OT"), _keyword)
    | dict.fromkeys(("LID", "AID"), _identifier)
    | dict.fromkeys(("IS", "ISBN"), _serial)
    | {"DP": _published, "PG": _pages, "JT": _journal, "GN": _note}
)

NBIB = Format("nbib", "NBIB (MEDLINE, PubMed)", _looks, read, "PMID-", (".nbib", ".medline"))
