"""Fields that entries take from their crossref and xdata parents.

Source: biblatex manual 3.20, section 2.4.1 and appendix B (which field becomes which); BibTeX's
own crossref copies fields of the same name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from exocite.model import Reference

PARENTS = frozenset({"crossref", "xdata"})
"""Fields that name the entries of which others take theirs."""

NOT_WORKS = frozenset({"xdata", "set", "bibnote", "control"})
"""Entry types that hold data for other entries and stand for no work of their own."""

_DEPTH = 8
_MOST = 64
"""Parents that are read for one entry: where each names all the others, the ways are endless."""

_NEVER = frozenset(
    {
        "ids", "crossref", "xref", "xdata", "entryset", "entrysubtype", "execute", "label",
        "options", "presort", "related", "relatedoptions", "relatedstring", "relatedtype",
        "shorthand", "sortkey", "sorttitle", "shorttitle",
    }
)  # fmt: skip
_DATES = ("date", "year")

_TITLE = ("title", "subtitle", "titleaddon")
_AS_MAIN = dict(zip(_TITLE, ("maintitle", "mainsubtitle", "maintitleaddon"), strict=True))
_AS_BOOK = dict(zip(_TITLE, ("booktitle", "booksubtitle", "booktitleaddon"), strict=True))
_AS_JOURNAL = dict(zip(_TITLE, ("journaltitle", "journalsubtitle", ""), strict=True))

_BOOKS = frozenset({"book", "collection", "proceedings", "reference"})
_VOLUMES = frozenset({"mvbook", "mvcollection", "mvproceedings", "mvreference"})
_PARTS = frozenset(
    {
        "inbook", "incollection", "inproceedings", "inreference", "bookinbook", "suppbook",
        "suppcollection", "conference", "chapter",
    }
)  # fmt: skip


Read = Callable[[Reference], Mapping[str, str]]


def inherited(
    references: Sequence[Reference], library: Sequence[Reference], read: Read
) -> list[Reference]:
    """The references with what they inherit from parents of the library, nearest first.

    `read` gives the fields of an entry. A field of the entry's own always stands. A parent that is
    not there gives nothing; parents in a circle give what they hold and end there, and no more than
    64 are read for one entry.
    """
    by_key: dict[str, Reference] = {}
    for entry in library:
        by_key.setdefault(entry.key.casefold(), entry)
    return [_whole(reference, by_key, read) for reference in references]


class Family:
    """The entries of a file, and what each child of them inherits, worked out when it is asked."""

    def __init__(self) -> None:
        self._by_key: dict[str, Reference] = {}

    def settle(self, library: Iterable[Reference]) -> None:
        """Name the entries that may be parents, in the order of the file."""
        for entry in library:
            if entry.key:
                self._by_key.setdefault(entry.key.casefold(), entry)

    def inherited(self, child: Reference) -> Mapping[str, str]:
        """The fields that a child has from its parents and not itself."""
        whole = _whole(child, self._by_key, lambda entry: entry.fields)
        return {name: value for name, value in whole.fields.items() if not child.fields.get(name)}


class Inherited(Mapping[str, str]):
    """What a child inherits, read when it is first asked for."""

    __slots__ = ("_child", "_family", "_fields")

    def __init__(self, family: Family, child: Reference) -> None:
        self._family = family
        self._child = child
        self._fields: Mapping[str, str] | None = None

    def _read(self) -> Mapping[str, str]:
        if self._fields is None:
            self._fields = self._family.inherited(self._child)
        return self._fields

    def __getitem__(self, name: str) -> str:
        return self._read()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())


def _whole(reference: Reference, by_key: Mapping[str, Reference], read: Read) -> Reference:
    return _complete(reference, by_key, read, (), iter(range(_MOST)))


def _complete(
    reference: Reference,
    by_key: Mapping[str, Reference],
    read: Read,
    above: tuple[str, ...],
    left: Iterator[int],
) -> Reference:
    """The reference with what its parents hold; each that is read takes one from what is left."""
    fields = dict(read(reference))
    if len(above) < _DEPTH:
        for key, role in _parents(reference):
            parent = by_key.get(key.casefold())
            if parent is None or parent.key in (*above, reference.key):
                continue
            if next(left, None) is not None:
                whole = _complete(parent, by_key, read, (*above, reference.key), left)
                for name, value in _given(whole, reference, role):
                    if not (name in _DATES and any(date in reference.fields for date in _DATES)):
                        fields.setdefault(name, value)
    return replace(reference, fields=fields)


def _parents(reference: Reference) -> Iterator[tuple[str, str]]:
    for name in ("xdata", "crossref"):
        for key in reference.get(name).split(","):
            if key.strip():
                yield key.strip(), name


def _given(parent: Reference, child: Reference, role: str) -> Iterator[tuple[str, str]]:
    renamed = _renamed(parent.type, child.type) if role == "crossref" else {}
    for name, value in parent.fields.items():
        if name in _NEVER:
            continue
        if name == "author" and child.type in _PARTS and role == "crossref":
            yield "bookauthor", value
            if child.type not in {"inbook", "bookinbook", "suppbook"}:
                continue
        target = renamed.get(name, name)
        if target:
            yield target, value


def _renamed(parent: str, child: str) -> Mapping[str, str]:
    if parent in _VOLUMES:
        return _AS_MAIN if child in _BOOKS or child in _PARTS else {}
    if parent in _BOOKS and child in _PARTS:
        return _AS_BOOK
    if parent == "periodical" and child in {"article", "suppperiodical"}:
        return _AS_JOURNAL
    return {}
