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
_PLAIN_REMARK = re.compile(
    r"\d+\s+refs?\.?|review|abstract|provisional abstract|(?:article )?in \w+"
)
_LANGUAGE = re.compile(
    r"in (?:english|german|french|spanish|italian|portuguese|dutch|danish|swedish|norwegian|finnish"
    r"|polish|czech|slovak|hungarian|romanian|bulgarian|russian|ukrainian|serbian|croatian|greek"
    r"|turkish|arabic|hebrew|persian|chinese|japanese|korean)"
)
_WRAPPED = re.compile(r"\[([^\[\]]{8,})\]\.?")
# A word that a line's end cut: "adhe- sives", but not "pre- and postwar".
_CUT = re.compile(
    r"(?<=[a-z]{2})-\s+(?!(?:and|or|to|but|und|oder|bis|et|ou|y|o|e|en|of)\b)(?=[a-z]{2})"
)
# Figures that a scanner read for letters, inside of a word: "tribuna1s", "react0rs".
_MISREAD = re.compile(r"(?<=[a-z])[01]{1,3}(?=[a-z])")
_PARALLEL = re.compile(r"(?<=[^\W\d_]{3})\s=\s(?=[^\W\d_]{2,}\W+[^\W\d_])")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|nbsp);", re.IGNORECASE)
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
    title = tuple(words(_legible(_without_remarks(whole[:LONGEST_TITLE])).translate(_GREEK)))
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
        text = html.unescape(_ENTITY.sub(lambda match: match[0].lower(), text))
    if "<" in text:
        text = _TAG.sub("", text)
    if "{" in text or "}" in text:
        text = text.replace("{", "").replace("}", "")
    return text.strip()


def _without_remarks(title: str) -> str:
    """The title without a database's remarks behind it: "[Review] [45 refs]", "[in Russian]"."""
    while (match := _REMARK.search(title)) and match.start():
        remark = match[0].strip(" .[]()").lower()
        known = _PLAIN_REMARK.fullmatch(remark)
        if not known or (remark.startswith("in ") and not _LANGUAGE.fullmatch(remark)):
            break
        title = title[: match.start()]
    return title


def _legible(title: str) -> str:
    """The title with what a scanner or a line's end did to it undone, and in one language."""
    if "=" in title and (match := _PARALLEL.search(title)):
        title = title[: match.start()] if title[: match.start()].count(" ") > 1 else title
    if title[:1] == "[" and (wrapped := _WRAPPED.fullmatch(title.strip())):
        title = wrapped[1]  # Databases put titles that they translated into brackets.
    if "- " in title:
        title = _CUT.sub("", title)
    if "0" in title or "1" in title:
        title = " ".join(map(_letters, title.split(" ")))
    return title


def _letters(word: str) -> str:
    """A word with the letters that a scanner read as figures, where it is long enough to tell."""
    if not ("0" in word or "1" in word) or sum(map(str.isalpha, word)) < _LEAST_LETTERS:
        return word
    return _MISREAD.sub(lambda match: match[0].translate(_FIGURES), word.lower())


_LEAST_LETTERS = 5
_FIGURES = str.maketrans("01", "ol")


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
