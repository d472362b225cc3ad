"""A work as linking sees it: its texts cut into sentences, and where each term stands in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from exocite.linking.abbreviations import definitions
from exocite.linking.sections import asides
from exocite.linking.terms import Analyser
from exocite.model import Reference, SourceText

ABSTRACT = "abstract"
Boundaries = Callable[[str], Sequence[tuple[int, int]]]
"""Cuts a text into sentences: start and end of each, in order."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence of a work: which of its texts holds it, from where to where, and its terms.

    An aside tells what was to be done or how it was done, not what was found.
    """

    text: int
    start: int
    end: int
    stems: tuple[str, ...]
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A reference with its texts, ready to be compared.

    `units` are the sentences of all texts in order, `ranges` the first and the end of those of each
    text. `places` maps a stem to the sentences that hold it, rising; `counts` to how often it
    stands in title and texts together, `length` being the sum of those. A document without units
    has nothing to compare with; a part of a longer one has the range of its own text alone.
    """

    key: str
    doi: str
    texts: tuple[SourceText, ...]
    title: tuple[str, ...]
    units: tuple[Unit, ...]
    ranges: Mapping[int, tuple[int, int]]
    places: dict[str, list[int]]
    counts: dict[str, int]
    length: int
    abbreviations: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def sentence(self, number: int) -> str:
        """The text of a sentence."""
        unit = self.units[number]
        return self.texts[unit.text].text[unit.start : unit.end]


def document(
    reference: Reference, texts: Iterable[SourceText], analyser: Analyser, boundaries: Boundaries
) -> Document:
    """The reference and those of the texts that bear its key, analysed."""
    own = tuple(text for text in texts if text.key == reference.key)
    title = tuple(analyser.stems(reference.get("title")))
    units: list[Unit] = []
    ranges: dict[int, tuple[int, int]] = {}
    places: dict[str, list[int]] = {}
    counts: dict[str, int] = {}
    for stem in title:
        counts[stem] = counts.get(stem, 0) + 1
    for number, text in enumerate(own):
        first = len(units)
        spans = boundaries(text.text)
        told = asides([text.text[a:b] for a, b in spans], labelled=text.field == ABSTRACT)
        for (start, end), aside in zip(spans, told, strict=True):
            stems = tuple(analyser.stems(text.text[start:end]))
            for stem in stems:
                counts[stem] = counts.get(stem, 0) + 1
                held = places.setdefault(stem, [])
                if not held or held[-1] != len(units):
                    held.append(len(units))
            units.append(Unit(number, start, end, stems, aside))
        ranges[number] = first, len(units)
    short_forms = {
        (short_stems[0], tuple(analyser.stems(long)))
        for text in own
        for short, long in definitions(text.text)
        if len(short_stems := analyser.stems(short)) == 1
    }
    length = len(title) + sum(len(unit.stems) for unit in units)
    return Document(
        reference.key,
        reference.get("doi"),
        own,
        title,
        tuple(units),
        ranges,
        places,
        counts,
        length,
        tuple(sorted(one for one in short_forms if one[1] and one[0] not in one[1])),
    )


WHOLE = 1500
"""Terms up to which a work is compared as a whole."""

PART = 600
"""Terms from which a part of a longer work ends with its sentence."""


def parts(whole: Document) -> Iterator[Document]:
    """The document itself, or stretches of PART terms of one that is longer than WHOLE.

    A part keeps title, key and texts, and has sentences of one text only.
    """
    if whole.length <= WHOLE:
        yield whole
        return
    first = length = 0
    for number, unit in enumerate(whole.units):
        length += len(unit.stems)
        last = number + 1 == len(whole.units)
        if last or length >= PART or whole.units[number + 1].text != unit.text:
            yield _part(whole, first, number + 1)
            first, length = number + 1, 0


def _part(whole: Document, first: int, end: int) -> Document:
    units = whole.units[first:end]
    counts: dict[str, int] = {}
    places: dict[str, list[int]] = {}
    for stem in whole.title:
        counts[stem] = counts.get(stem, 0) + 1
    for number, unit in enumerate(units):
        for stem in unit.stems:
            counts[stem] = counts.get(stem, 0) + 1
            held = places.setdefault(stem, [])
            if not held or held[-1] != number:
                held.append(number)
    length = len(whole.title) + sum(len(unit.stems) for unit in units)
    ranges = {units[0].text: (0, len(units))}
    return replace(whole, units=units, ranges=ranges, places=places, counts=counts, length=length)
