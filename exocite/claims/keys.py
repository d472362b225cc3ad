"""What each citation names: citekeys, found by key, by number, or by author and year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from exocite.claims.markers.repeats import IBID, OP_CIT
from exocite.frozen import dataclass
from exocite.identifiers import normalise_doi
from exocite.model import Citation, CitationKind, CitedItem, ListedReference, Reference
from exocite.patterns import regex
from exocite.text import folded

_WORD = regex(r"[^\W_]+")
_YEAR = regex(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)(?P<suffix>[a-h](?![\w]))?")
_LABEL = regex(
    r"(?P<authors>.*),\s(?P<year>(?:1[5-9]|20)\d\d|[^\d,]{3,20}?)(?P<suffix>(?<=\d)[a-h])?$"
)
_ET_AL = regex(
    r",?\s+(?:et\.?|and|&)\s+(?:al(?:ii)?\b\.?|others|colleagues|co-?workers).*$", re.IGNORECASE
)
_BETWEEN = regex(r",?\s+(?:and|&|und|et|y)\s+|,\s+", re.IGNORECASE)
_INITIALS = regex(r"(?:\b[^\W\d_]\.[\s-]?)+|\b(?:Jr|Sr)\.?")
_NEXT_AUTHOR = regex(r"[,;&]|\s(?:and|und|et|y)\s|(?<=[^\W\d_]{2})\s[A-Z]{1,3}\s(?=[^\W\d_]{3})")
_INITIAL = regex(
    r"(?P<before>[^\W\d_])\.[\s-]|[^\W\d_][\w’'-]{1,40}(?:\s[^\W\d_][\w’'-]{1,40})?,\s(?P<behind>[^\W\d_])\."
)
_TITLED = regex(r"(?P<authors>[^“”]{2,80}), “(?P<title>[^“”]{1,200})”")
_ARTICLE = regex(r"^(?:the|an?)\s")
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to", "de", "du", "des", "la"})
_HANDLE = regex(r"[A-Za-z][A-Za-z_-]{0,40}")
_LONGEST_ACRONYM = 8


@dataclass(frozen=True, slots=True)
class _Cited:
    """A label by author and year taken apart.

    `whole` is all names, for a body with "and" in it; `initial` is that of the first author, where
    the label prints one.
    """

    names: tuple[str, ...]
    whole: str
    et_al: bool
    year: str
    suffix: str
    initial: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A reference as an author-year label sees it."""

    key: str
    authors: tuple[frozenset[str], ...]
    others: bool
    year: str
    suffix: str
    title: str
    initial: str


class Known:
    """A bibliography as citations see it, looked through once for many articles."""

    def __init__(self, references: Sequence[Reference]) -> None:
        self.references = references

    @cached_property
    def keys(self) -> frozenset[str]:
        """The citekeys."""
        return frozenset(reference.key for reference in self.references)

    @cached_property
    def by_doi(self) -> Mapping[str, Sequence[str]]:
        """The citekeys of each DOI."""
        found: dict[str, list[str]] = defaultdict(list)
        for reference in self.references:
            doi = normalise_doi(reference.get("doi")) or normalise_doi(reference.get("url"))
            if doi:
                found[doi].append(reference.key)
        return dict(found)

    @cached_property
    def by_name(self) -> Mapping[str, Sequence[_Entry]]:
        """The references by each last word of their first author's name."""
        found: dict[str, list[_Entry]] = defaultdict(list)
        for reference in self.references:
            entry = _entry(reference)
            for last in _last_words(entry):
                found[last].append(entry)
        return dict(found)


def resolve(
    citations: Sequence[Citation],
    references: Sequence[Reference] | Known,
    listed: Sequence[ListedReference],
    keys_of_listed: Mapping[str, tuple[str, ...]],
) -> tuple[Citation, ...]:
    """The citations with the citekeys that each item can mean: none, one, or several.

    Several means that the label fits them equally: two works by the same author in the same year
    are told apart by what else the label says, or not at all. A bare `@name` that is no key of the
    bibliography and looks like a person's handle is no citation.
    """
    known = references if isinstance(references, Known) else Known(references)
    resolver = _Resolver(citations, known, listed, keys_of_listed)
    resolved = (resolver.citation(citation) for citation in citations)
    return tuple(citation for citation in resolved if citation.items)


class _Resolver:
    """Resolves citations one after the other, in the order of the text."""

    def __init__(
        self,
        citations: Sequence[Citation],
        known: Known,
        listed: Sequence[ListedReference],
        keys_of_listed: Mapping[str, tuple[str, ...]],
    ) -> None:
        self._known = known
        self._printed = _printed_years(listed)
        self._keys_of_listed = keys_of_listed
        self._suffixes = _suffixes_used(citations)
        self._earlier: dict[str, None] = {}
        self._last: dict[bool, tuple[str, ...]] = {}
        self._of_label: dict[str, tuple[str, ...]] = {}

    def citation(self, citation: Citation) -> Citation:
        """The citation resolved; without items where it turns out to be a handle."""
        if self._is_handle(citation):
            return Citation(citation.kind, citation.span, ())
        items = tuple(
            CitedItem(item.label, item.span, item.locator, self._of(citation.kind, item))
            for item in citation.items
        )
        keys = dict.fromkeys(key for item in items for key in item.keys)
        self._earlier.update(keys)
        self._last[citation.kind is CitationKind.FOOTNOTE] = tuple(keys)
        return Citation(citation.kind, citation.span, items)

    def _is_handle(self, citation: Citation) -> bool:
        if citation.kind is not CitationKind.PANDOC or len(citation.items) != 1:
            return False
        item = citation.items[0]
        bare = citation.span.start >= item.span.start - 1 and citation.span.end == item.span.end
        return (
            bare
            and item.label not in self._known.keys
            and _HANDLE.fullmatch(item.label) is not None
        )

    def _of(self, kind: CitationKind, item: CitedItem) -> tuple[str, ...]:
        if kind is CitationKind.LINK:
            return tuple(self._known.by_doi.get(item.label, ()))
        if kind in (CitationKind.NUMERIC, CitationKind.SUPERSCRIPT):
            return self._keys_of_listed.get(item.label) or self._by_authors(item.label)
        if kind not in (CitationKind.AUTHOR_YEAR, CitationKind.FOOTNOTE):
            return self._by_key(item.label)
        if item.label in (IBID, OP_CIT):
            return self._last.get(kind is CitationKind.FOOTNOTE, ())
        if item.label.endswith(OP_CIT):
            return self._by_name_alone(item.label.removesuffix(OP_CIT).rstrip(" ,"), cited=True)
        title = _TITLED.fullmatch(item.label)
        if title is not None:
            return self._by_name_alone(title["authors"], cited=False, title=title["title"])
        known = self._by_key(item.label) if kind is CitationKind.FOOTNOTE else ()
        return known or self._by_authors(item.label)

    def _by_key(self, label: str) -> tuple[str, ...]:
        """A key, a note's label, or an identifier in place of a key (`doi:10.…`)."""
        if label in self._known.keys:
            return (label,)
        if label in self._keys_of_listed:
            return self._keys_of_listed[label]
        doi = normalise_doi(label)
        return tuple(self._known.by_doi.get(doi, ())) if doi else ()

    def _by_first(self, cited: _Cited) -> list[_Entry]:
        """The entries whose first author is the label's first name."""
        lasts = {name.rpartition(" ")[2] for name in (cited.names[0], cited.whole)}
        found = {
            entry.key: entry
            for last in sorted(lasts)
            for entry in self._known.by_name.get(last, ())
            if _is_first(cited, entry.authors) and _may_be(cited.initial, entry.initial)
        }
        exact = [
            e for e in found.values() if " " in cited.names[0] and cited.names[0] in e.authors[0]
        ]
        return exact or list(found.values())

    def _by_name_alone(self, authors: str, *, cited: bool, title: str = "") -> tuple[str, ...]:
        """The works by these authors: of those `cited` before, or of those of this title."""
        named = _named(authors)
        if named is None:
            return ()
        words = _plain(_ARTICLE.sub("", folded(title)))
        entries = [
            entry
            for entry in self._by_first(named)
            if (not cited or entry.key in self._earlier)
            and f" {entry.title} ".startswith(f" {words} " if words else "")
        ]
        return tuple(entry.key for entry in _fitting(named, entries)) if entries else ()

    def _by_authors(self, label: str) -> tuple[str, ...]:
        if label not in self._of_label:
            self._of_label[label] = self._found_by_authors(label)
        return self._of_label[label]

    def _found_by_authors(self, label: str) -> tuple[str, ...]:
        cited = _cited(label)
        if cited is None:
            return ()
        entries = [entry for entry in self._by_first(cited) if entry.year == cited.year]
        if not entries:
            return self._by_list(cited)
        fitting = _fitting(cited, entries)
        keys = tuple(entry.key for entry in fitting)
        if cited.suffix:
            letters = self._suffixes.get((cited.names[0], cited.year), frozenset())
            told = self._by_suffix(cited, fitting) if max(len(letters), len(keys)) > 1 else keys
            # Of two works that the article tells apart, the one that is known may be either.
            return told or (keys if len(keys) > 1 else ())
        if len(keys) > 1:
            printed = tuple(key for key in self._by_list(cited) if key in keys)
            return printed or keys
        return keys

    def _by_suffix(self, cited: _Cited, entries: Sequence[_Entry]) -> tuple[str, ...]:
        """The one that the letter after the year means, where that can be known.

        The bibliography may write it ("2020a"), the article's own list may print it; else letters
        follow the order of titles (APA, 9.47), if the article uses as many as there are works.
        """
        written = tuple(entry.key for entry in entries if entry.suffix == cited.suffix)
        if written:
            return written
        printed = self._by_list(cited)
        if printed:
            return printed
        used = self._suffixes.get((cited.names[0], cited.year), frozenset())
        letters = frozenset("abcdefgh"[: len(entries)])
        if used == letters and len(letters) > 1:
            ordered = sorted(entries, key=lambda entry: (entry.title, entry.key))
            return (ordered["abcdefgh".index(cited.suffix)].key,)
        return ()

    def _by_list(self, cited: _Cited) -> tuple[str, ...]:
        """The entries of the article's list that begin with this author and print this year."""
        found: list[str] = []
        for label, start in self._printed.get(cited.year + cited.suffix, ()):
            if f" {cited.names[0]} " in f" {start} "[: 40 + len(cited.names[0])]:
                found.extend(self._keys_of_listed.get(label, ()))
        return tuple(dict.fromkeys(found))


def _printed_years(listed: Sequence[ListedReference]) -> dict[str, list[tuple[str, str]]]:
    """Label and first author of the printed entries by each year in them, with its letter.

    Where no comma ends the author, other words follow the name.
    """
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for reference in listed:
        first = _NEXT_AUTHOR.split(reference.text[:150], maxsplit=1)[0]
        start = " ".join(_WORD.findall(folded(first)))
        years = {match[0]: None for match in _YEAR.finditer(reference.text[:600])}
        for year in years:
            found[year].append((reference.label, start))
    return found


def _last_words(entry: _Entry) -> set[str]:
    """The last word of each form of the first author's name."""
    forms = entry.authors[0] if entry.authors else ()
    return {form.rpartition(" ")[2] for form in forms}


def _suffixes_used(citations: Sequence[Citation]) -> dict[tuple[str, str], frozenset[str]]:
    used: dict[tuple[str, str], set[str]] = defaultdict(set)
    for citation in citations:
        if citation.kind is CitationKind.AUTHOR_YEAR:
            for item in citation.items:
                cited = _cited(item.label)
                if cited and cited.suffix:
                    used[cited.names[0], cited.year].add(cited.suffix)
    return {place: frozenset(letters) for place, letters in used.items()}


def _cited(label: str) -> _Cited | None:
    match = _LABEL.fullmatch(label)
    named = _named(match["authors"]) if match else None
    if match is None or named is None:
        return None
    year = match["year"] if match["year"][0].isdigit() else ""
    return replace(named, year=year, suffix=match["suffix"] or "")


def _named(text: str) -> _Cited | None:
    """Authors as a label writes them, without a year."""
    authors, replaced = _ET_AL.subn("", text)
    names = tuple(filter(None, (_plain(part) for part in _BETWEEN.split(authors))))
    initial = _INITIAL.match(text)
    letter = folded(initial["before"] or initial["behind"]) if initial else ""
    return _Cited(names, _plain(authors), replaced > 0, "", "", letter) if names else None


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(folded(_INITIALS.sub(" ", text))))


def _entry(reference: Reference) -> _Entry:
    from exocite.references.names import bibtex_names  # Citekeys and numbers need no names.

    field = reference.get("author") or reference.get("editor")
    names = bibtex_names(field)
    authors = []
    for name in names:
        forms = {
            _plain(name.literal),
            _plain(name.family),
            _plain(f"{name.particle} {name.family}"),
            _plain(f"{name.given} {name.particle} {name.family}"),
            # A body whose braces were lost reads as a person's name.
            " ".join(_WORD.findall(folded(f"{name.given} {name.particle} {name.family}"))),
            _acronym(name.literal),
        }
        authors.append(frozenset(forms - {""}))
    if not authors:
        title = _plain(reference.get("title"))
        organisation = _plain(reference.get("organization") or reference.get("publisher"))
        short = _plain(re.split(r"[:.?]\s", reference.get("title"))[0])
        authors.append(frozenset({title, short, organisation} - {""}))
    match = _YEAR.search(reference.get("year") or reference.get("date"))
    year = match[0][:4] if match else ""
    suffix = (match["suffix"] or "") if match else ""
    title = _plain(_ARTICLE.sub("", folded(reference.get("title"))))
    others = folded(field).endswith(" and others")
    initial = folded(names[0].given)[:1] if names else ""
    return _Entry(reference.key, tuple(filter(None, authors)), others, year, suffix, title, initial)


def _acronym(body: str) -> str:
    """The folded initials of a body's name, "who" of "World Health Organization", or ""."""
    words = [word for word in _WORD.findall(body) if word.lower() not in _SMALL]
    return folded("".join(word[0] for word in words)) if 2 < len(words) < _LONGEST_ACRONYM else ""


def _may_be(initial: str, other: str) -> bool:
    """Whether two first initials can be those of one person; "" is not known."""
    return not (initial and other) or initial == other


def _is_first(cited: _Cited, authors: Sequence[frozenset[str]]) -> bool:
    """Whether the label's first name is the reference's first author."""
    first = cited.names[0]
    return (
        first in authors[0]
        or cited.whole in authors[0]
        or any(first.endswith(" " + form) and len(form) > 2 for form in authors[0])
    )


def _fitting(cited: _Cited, entries: Sequence[_Entry]) -> Sequence[_Entry]:
    """Those that the rest of the label fits too, or all where it fits none."""
    if any(cited.whole in entry.authors[0] for entry in entries) and len(cited.names) > 1:
        return [entry for entry in entries if cited.whole in entry.authors[0]]
    fitting = [
        entry
        for entry in entries
        if all(
            name in author or any(name.endswith(" " + form) for form in author)
            for name, author in zip(cited.names, entry.authors, strict=False)
        )
        and len(cited.names) <= len(entry.authors)
        and (
            len(entry.authors) > len(cited.names) or entry.others
            if cited.et_al
            else len(entry.authors) == len(cited.names)
        )
    ]
    # "et al." stands for two authors or more (APA, Chicago, Vancouver): a pair is the last choice.
    many = [entry for entry in fitting if len(entry.authors) > 2 or entry.others]
    return (many if cited.et_al else ()) or fitting or entries
