"""The references of a wiki page: `ref` elements and short citations, each with its label."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field, replace

from exocite.frozen import dataclass
from exocite.model import Citation, CitationKind, CitedItem, ListedReference, Span
from exocite.patterns import regex
from exocite.readers.mediawiki.templates import Short
from exocite.readers.nested_citations import outermost
from exocite.text import collapsed

_ATTRIBUTE = regex(
    r"(?P<attribute>name|group|follow|extends)\s*=\s*"
    r"(?:\"(?P<double>[^\"<>]{0,300})\"|'(?P<single>[^'<>]{0,300})'|(?P<bare>[^\s\"'<>]{1,300}))",
    re.IGNORECASE,
)
_PRINTED_SHORT = regex(
    r"(?P<family>[^\W\d_a-z][\w’'-]{1,40})(?:,? \(?(?P<year>(?:1[5-9]|20)\d\d[a-z]?)\)?)?,? "
    r"(?P<place>(?:pp?|pgs?)\.? ?\d[\d ,–-]{0,30})\.?"
)
_PUNCTUATION = regex(r"[\W_]*")

Key = tuple[str, str]
"""A group and a name; the name of a nameless reference is its offset."""


@dataclass(frozen=True, slots=True)
class Attributes:
    """The name and the group of a `ref`, "" for none, and where its name is written."""

    name: str = ""
    group: str = ""
    place: Span | None = None


def attributes(text: str, offset: int) -> Attributes:
    """The attributes of a `ref` whose attributes begin at this offset of the source."""
    found: dict[str, str] = {}
    place = None
    for match in _ATTRIBUTE.finditer(text):
        group = next(name for name in ("double", "single", "bare") if match[name] is not None)
        kind = match["attribute"].lower()
        found.setdefault(kind, collapsed(match[group]))
        if kind == "name" and place is None and match[group].strip():
            place = Span(offset + match.start(group), offset + match.end(group))
    return Attributes(found.get("name", ""), found.get("group", ""), place)


@dataclass(slots=True)
class _Reference:
    number: int
    text: str = ""
    span: Span | None = None
    shorts: tuple[Short, ...] = ()
    nameless: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    span: Span
    keys: tuple[tuple[Key, Span], ...] = ()
    shorts: tuple[Short, ...] = ()
    inline: bool = False
    locator: str = ""


@dataclass(slots=True)
class Notes:
    """The references and the markers that point to them, as they are found from top to bottom."""

    references: dict[Key, _Reference] = field(default_factory=dict)
    marks: list[_Mark] = field(default_factory=list)
    links: list[Citation] = field(default_factory=list)
    anchors: dict[str, tuple[Span, str]] = field(default_factory=dict)
    _named: set[str] = field(default_factory=set)

    def number(self, key: Key, *, nameless: bool = False) -> int:
        """The number that a reader of the page sees: that of the reference's first marker."""
        found = self.references.get(key)
        if found is None:
            found = _Reference(len(self.references) + 1, nameless=nameless)
            self.references[key] = found
        return found.number

    def define(self, key: Key, text: str, span: Span, shorts: Sequence[Short]) -> None:
        """The text of a reference; of two with one name the first holds."""
        reference = self.references[key]
        if reference.span is None and text:
            reference.text, reference.span = text, span
            rest = text
            for short in shorts:
                rest = rest.replace(printed_short(short), "", 1)
            if shorts and _PUNCTUATION.fullmatch(rest):
                reference.shorts = tuple(shorts)

    def mark(self, span: Span, keys: Sequence[tuple[Key, Span]]) -> None:
        """A marker that names these references."""
        self.marks.append(_Mark(span, tuple(keys)))

    def mark_shorts(self, span: Span, shorts: Sequence[Short], *, inline: bool) -> None:
        """A short citation that is a marker of its own."""
        self.marks.append(_Mark(span, (), tuple(shorts), inline))

    def locate(self, before: int, locator: str, gap: str) -> None:
        """A page behind a marker is its locator."""
        if self.marks and self.marks[-1].span.end + len(gap) == before:
            self.marks[-1] = replace(self.marks[-1], locator=locator)

    def last_end(self) -> int:
        """Where the last marker ends, -1 for none."""
        return self.marks[-1].span.end if self.marks else -1

    # ---------------------------------------------------------------- the result

    def listed(
        self, others: Sequence[ListedReference]
    ) -> tuple[list[ListedReference], list[Citation]]:
        """All references with labels of their own, and the citations, in the order of the source.

        `others` are the entries of printed lists: where a number is taken they get the next free.
        """
        labels = self._labels()
        number = len(self.references)
        printed = []
        for entry in others:
            number += bool(self.references)
            label = _free(str(number), labels.values()) if self.references else entry.label
            printed.append(replace(entry, label=label))
        own = {
            key: ListedReference(labels[key], reference.text, reference.span)
            for key, reference in self.references.items()
            if reference.span is not None
        }
        works = dict(self._anchored([*own.values(), *printed]))
        for name, (span, text) in self.anchors.items():
            if name not in works and self._is_named(name):
                number += 1
                works[name] = _free(str(number), labels.values())
                printed.append(ListedReference(works[name], text, span))
        for reference in self.references.values():
            reference.shorts = _resolved(reference, works, printed)
        out = [
            *printed,
            *(one for key, one in own.items() if not self.references[key].shorts),
        ]
        citations = [*self.links, *(self._citation(mark, labels, works) for mark in self.marks)]
        out.sort(key=lambda reference: reference.span)
        return out, outermost(citations)

    def _is_named(self, name: str) -> bool:
        """Whether a short citation names the work."""
        if not self._named:
            named = [
                *(one.shorts for one in self.marks),
                *(one.shorts for one in self.references.values()),
            ]
            self._named = {"", *(short.anchor for shorts in named for short in shorts)}
        return name in self._named

    def _labels(self) -> dict[Key, str]:
        labels: dict[Key, str] = {}
        used: set[str] = set()
        named = [key for key, one in self.references.items() if not one.nameless]
        for group, name in named:
            label = name if name not in used else f"{group} {name}".strip()
            while label in used:
                label += "'"
            used.add(label)
            labels[group, name] = label
        for key, one in self.references.items():
            if one.nameless:
                label = str(one.number)
                while label in used:
                    label = f"ref {label}"
                used.add(label)
                labels[key] = label
        return labels

    def _anchored(self, listed: Sequence[ListedReference]) -> Iterator[tuple[str, str]]:
        ordered = sorted(listed, key=lambda reference: reference.span)
        at = 0
        for name, (place, _) in sorted(self.anchors.items(), key=lambda pair: pair[1]):
            while at + 1 < len(ordered) and ordered[at + 1].span.start <= place.start:
                at += 1
            if ordered and ordered[at].span.contains(place):
                yield name, ordered[at].label

    def _citation(
        self, mark: _Mark, labels: Mapping[Key, str], works: Mapping[str, str]
    ) -> Citation:
        items: list[CitedItem] = []
        shorts = [(short, mark.span) for short in mark.shorts]
        for key, place in mark.keys:
            reference = self.references[key]
            shorts.extend((short, place) for short in reference.shorts)
            if not reference.shorts:
                items.append(CitedItem(labels[key], place, mark.locator))
        for short, place in shorts:
            label = short.label if mark.inline else works.get(short.anchor, short.label)
            items.append(CitedItem(label, place, short.locator or mark.locator))
        kind = CitationKind.AUTHOR_YEAR if mark.inline else CitationKind.SUPERSCRIPT
        return Citation(kind, mark.span, tuple(items))


def _free(label: str, taken: Collection[str]) -> str:
    while label in taken:
        label += "'"
    return label


def _resolved(
    reference: _Reference, works: dict[str, str], printed: Sequence[ListedReference]
) -> tuple[Short, ...]:
    """The works that a reference is short for, none where one of them is not listed.

    A reference that reads "Ku, p. 3" is short for the one entry of the printed list that begins
    with that name and holds that year, if any.
    """
    if reference.shorts:
        return reference.shorts if all(one.anchor in works for one in reference.shorts) else ()
    match = _PRINTED_SHORT.fullmatch(reference.text)
    if match is None:
        return ()
    year = match["year"] or ""
    fitting = [
        entry
        for entry in printed
        if entry.text.startswith(match["family"])
        and not entry.text[len(match["family"]) :][:1].isalnum()
        and year in entry.text
    ]
    if len(fitting) != 1:
        return ()
    short = Short((match["family"],), year or fitting[0].label, match["place"])
    works.setdefault(short.anchor, fitting[0].label)
    return (short,) if works[short.anchor] == fitting[0].label else ()


def printed_short(short: Short) -> str:
    """A short citation as the page prints it: "Ku & Lee 2023, p. 4"."""
    names = " & ".join(short.families[:2]) + (" et al." if len(short.families) > 2 else "")
    return ", ".join(filter(None, (f"{names} {short.year}".strip(), short.locator)))
