"""What an import gives: records with their fields, identifiers to look up, and what is broken."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from exocite.model import Name
from exocite.references.names import bibtex_field, initials_apart
from exocite.text import collapsed


@dataclass(frozen=True, slots=True)
class Imported:
    """A record as an entry: `fields` by BibTeX's names, values in Unicode as printed.

    Titles may hold the markup of CSL (`<i>`, `<span class="nocase">`). `key` is the record's own,
    "" without one. `kept` are the names of its fields that no field of BibTeX fits: each stands in
    `fields` under the format's name and its own, "ris-cn". `left` are those that say how the
    database keeps the record and are left out.
    """

    line: int
    type: str
    fields: Mapping[str, str]
    key: str = ""
    kept: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """An identifier of a work that has to be looked up: its scheme and its normal form."""

    line: int
    scheme: str
    value: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A stretch that begins on this line and cannot be read, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Written:
    """An entry of BibTeX as it is written, macros filled in."""

    line: int
    source: str


@dataclass(frozen=True, slots=True)
class Printed:
    """Text that may be a printed reference, and the works that it names by their identifiers."""

    line: int
    text: str
    wanted: tuple[Wanted, ...] = ()


Record = Imported | Wanted | Broken | Written | Printed


@dataclass(frozen=True, slots=True)
class Format:
    """A format of references: its name for `--from`, what people call it, and how it is read.

    `looks` says whether a text is in it; it need only look at the beginning. `read` never fails:
    what is broken is a record of its own. `mark` begins most records: how often it stands in a text
    is about how many there are. `suffixes` are those of its files.
    """

    name: str
    title: str
    looks: Callable[[str], bool]
    read: Callable[[str], Iterator[Record]]
    mark: str
    suffixes: tuple[str, ...]


def lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text as `str.splitlines` cuts it, each with the number of its line, from 1.

    Numbers count as `text.Lines` does, by LF, CRLF and CR: what other signs cut stands on one line.
    """
    at, number = 0, 1
    while at < len(text):
        # Behind a line feed nothing can belong to the line before.
        end = text.find("\n", at + _PIECE) + 1 or len(text)
        piece = text[at:end]
        if not _OTHER_CUT.search(piece):
            cut = piece.splitlines()
            yield from enumerate(cut, number)
            number += len(cut)
        else:
            ends = (line.endswith(("\n", "\r")) for line in piece.splitlines(keepends=True))
            for line, ended in zip(piece.splitlines(), ends, strict=True):
                yield number, line
                number += ended
        at = end


_PIECE = 1 << 16
_OTHER_CUT = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""What `str.splitlines` cuts at and no editor counts as the end of a line."""

_ORDER = {
    name: place
    for place, name in enumerate(
        """
        author editor translator bookauthor title subtitle journal booktitle maintitle series
        edition publisher school institution address year month date volume number issue pages eid
        doi pmid pmcid eprint eprinttype isbn issn url urldate language langid abstract keywords
        note file
        """.split()
    )
}
_LAST = len(_ORDER)


@dataclass(slots=True)
class Draft:
    """A record in the making; `format` is the name that fields without a place are kept under."""

    format: str
    line: int
    fields: dict[str, str] = field(default_factory=dict)
    people: dict[str, list[Name]] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)
    listed: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    kept: dict[str, list[str]] = field(default_factory=dict)
    left: dict[str, None] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """The value of a field so far, "" without one."""
        return self.fields.get(name, "")

    def put(self, name: str, value: str, tag: str) -> None:
        """Give a field its value; a second one that differs is kept under the format's own name."""
        value = collapsed(value)
        if value and self.fields.setdefault(name, value) != value:
            self.keep(tag, value)

    def more(self, name: str, value: str, joint: str = ", ") -> None:
        """Put a value behind those that the field has."""
        value = collapsed(value)
        if value:
            self.listed.setdefault(name, (joint, []))[1].append(value)

    def person(self, role: str, name: Name) -> None:
        """Name one more author, editor or translator."""
        if name.literal or name.family or name.given:
            self.people.setdefault(role, []).append(initials_apart(name))

    def keep(self, tag: str, value: str) -> None:
        """Keep what no field of BibTeX fits."""
        value = collapsed(value)
        if value:
            self.kept.setdefault(tag, []).append(value)

    def leave(self, tag: str) -> None:
        """Leave out a field that is the database's own affair; it is named."""
        self.left[tag] = None

    def record(self, type_: str, key: str = "") -> Imported:
        """The record as it stands, its fields in the order in which people write them."""
        found = dict(self.fields)
        for name, (joint, values) in self.listed.items():
            found[name] = joint.join(filter(None, [found.get(name, ""), *values]))
        for role, people in self.people.items():
            found[role] = bibtex_field(people, others=role in self.others)
        ordered = dict(sorted(found.items(), key=lambda pair: _ORDER.get(pair[0], _LAST)))
        for tag, values in self.kept.items():
            ordered[f"{self.format}-{tag.lower()}"] = "; ".join(values)
        return Imported(self.line, type_, ordered, key, tuple(self.kept), tuple(self.left))
