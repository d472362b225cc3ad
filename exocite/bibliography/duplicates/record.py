"""A bibliographic record made ready for comparison once."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from exocite.bibliography.duplicates.kinds import kind_of
from exocite.bibliography.duplicates.people import People, people
from exocite.bibliography.duplicates.places import Place, place
from exocite.bibliography.latex import decoded
from exocite.identifiers import isbn_13, normalise_doi
from exocite.matching.notices import notices
from exocite.matching.titles import SMALL
from exocite.matching.words import words
from exocite.text import digest

LONGEST_TITLE = 1000
"""Characters of a title that are compared; of a longer one the rest must be the same."""

_TAG = re.compile(r"</?[A-Za-z][\w:-]{0,20}(?:\s[^<>]{0,200})?/?>")
_REMARK = re.compile(r"\s*[\[(][^\[\]()]{0,80}[\])]\s*\.?\s*$")
_PLAIN_REMARK = re.compile(r"\d+\s+refs?\.?|review|abstract|provisional abstract|article in \w+")
_LETTERS = (
    "α=alpha β=beta γ=gamma δ=delta ε=epsilon κ=kappa λ=lambda μ=mu π=pi σ=sigma τ=tau ω=omega"
)
_NAMES = dict(pair.split("=") for pair in _LETTERS.split())
_GREEK = str.maketrans({**_NAMES, **{letter.upper(): name for letter, name in _NAMES.items()}})
_BARE_DOI = re.compile(r"10\.\d{4,9}/[\w.()-]*[^\W_]", re.ASCII)
_ARXIV = re.compile(r"(?<![\d.])(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?![\d.])")
_CONTAINERS = ("journal", "journaltitle", "booktitle", "container")
_PUBLISHERS = ("school", "institution", "howpublished", "publisher")


@dataclass(frozen=True, slots=True)
class Record:
    """What is compared of a record. Words are folded; "" or empty where a field is missing.

    `telling` counts the words of the title that say something, `bag` holds them all. `rest` is the
    hash of a title that is longer than what is compared, "" for all others. `shown` are the values
    as they are told.
    """

    title: tuple[str, ...]
    bag: frozenset[str]
    joined: str
    rest: str
    telling: int
    notices: frozenset[str]
    people: People
    place: Place
    container: str
    kind: str
    doi: str
    isbn: str
    edition: str
    translator: str
    shown: Mapping[str, str] = field(compare=False, hash=False)

    @property
    def order(self) -> tuple[object, ...]:
        """What records are sorted by, so that nothing depends on their order in a file."""
        found = self.place
        place = (found.year, found.volume, found.issue, found.first, found.last)
        names = (self.people.families, self.people.initial, tuple(sorted(self.people.words)))
        more = (self.container, self.kind, self.isbn, self.edition, self.translator, self.rest)
        return (self.title, self.doi, *names, *place, *more)


def prepare(fields: Mapping[str, str], entry_type: str = "") -> Record:
    """The record of these fields, named as in BibTeX or biblatex, values as printed or LaTeX."""
    raw = _first(fields, "title")
    whole = _plain(raw)
    subtitle = _plain(fields.get("subtitle", ""))
    if subtitle:
        whole = f"{whole}: {subtitle}"
    title = tuple(words(_without_remarks(whole[:LONGEST_TITLE]).translate(_GREEK)))
    author = _plain(_first(fields, "author", "editor"))
    container = _plain(_first(fields, *_CONTAINERS))[:300]
    pages = _plain(_first(fields, "pages", "eid", "articleno"))
    found = place(
        _plain(_first(fields, "year", "date")),
        _plain(fields.get("volume", "")),
        _plain(_first(fields, "number", "issue")),
        pages,
    )
    doi = _doi(fields)
    return Record(
        title=title,
        bag=frozenset(title),
        joined="".join(title),
        rest=digest(raw) if len(raw) > LONGEST_TITLE else "",
        telling=_telling(title),
        notices=notices(whole[:LONGEST_TITLE]),
        people=people(author),
        place=found,
        container=container,
        kind=kind_of(
            entry_type,
            container or _plain(_first(fields, *_PUBLISHERS))[:300],
            doi,
            placed=bool(found.volume or found.issue),
        ),
        doi=doi,
        isbn=isbn_13(re.sub(r"[\s-]", "", fields.get("isbn", "")).upper()),
        edition=" ".join(words(fields.get("edition", "")[:100])),
        translator=" ".join(people(_plain(fields.get("translator", ""))).families),
        shown={
            "title": whole[:200],
            "author": author[:200],
            "year": _first(fields, "year", "date")[:40],
            "container": container,
            "volume": fields.get("volume", "")[:40],
            "issue": _first(fields, "number", "issue")[:40],
            "pages": pages[:40],
            "doi": doi,
        },
    )


def _first(fields: Mapping[str, str], *names: str) -> str:
    return next((value for name in names if (value := fields.get(name, "").strip())), "")


def _plain(text: str) -> str:
    """The text without markup of HTML and LaTeX."""
    text = text[: 4 * LONGEST_TITLE]
    if "\\" in text or "$" in text:
        text = decoded("title", text)
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub("", text)
    if "{" in text or "}" in text:
        text = text.replace("{", "").replace("}", "")
    return text.strip()


def _without_remarks(title: str) -> str:
    """The title without a database's remarks behind it: "[Review] [45 refs]"."""
    while (match := _REMARK.search(title)) and match.start():
        if not _PLAIN_REMARK.fullmatch(match[0].strip(" .[]()").lower()):
            return title
        title = title[: match.start()]
    return title


def _telling(title: tuple[str, ...]) -> int:
    """Words that say something; of a script without blanks every two characters count as one."""
    count = 0
    for word in title:
        if not word.isascii() and len(word) > 5:
            count += len(word) // 2
        elif word not in SMALL:
            count += 1
    return count


def _doi(fields: Mapping[str, str]) -> str:
    """The DOI; that of arXiv's for a record that only tells its number there."""
    for name in ("doi", "url"):
        value = fields.get(name, "")
        if _BARE_DOI.fullmatch(value):
            return value.lower()
        if "10." in value and (doi := normalise_doi(value[:2000])):
            return doi
    told = " ".join(fields.get(name, "")[:300] for name in ("eprint", "journal", "url", "note"))
    archive = f"{fields.get('archiveprefix', '')}{fields.get('eprinttype', '')}".lower()
    if "arxiv" in told.lower() or "arxiv" in archive:
        found = _ARXIV.search(told)
        return f"10.48550/arxiv.{found[1].lower()}" if found else ""
    return ""
