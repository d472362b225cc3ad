"""Adding what other programs wrote: RIS, NBIB, EndNote XML, CSL-JSON, lists of identifiers.

The bibliography is written once, at the end. What is there already is not added again: the same
DOI, PMID or arXiv identifier, the same citekey where no DOI speaks against it, or for a record
without any of them the same authors, title, year, volume, number and pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from exocite import identifiers, weights
from exocite.bibliography.document import Document
from exocite.bibliography.encodings import decode
from exocite.bibliography.imports import (
    FORMATS,
    Broken,
    Format,
    Imported,
    Printed,
    Record,
    Wanted,
    Written,
    detect,
)
from exocite.bibliography.imports.additions import Additions
from exocite.bibliography.imports.identifier_list import IDENTIFIERS
from exocite.bibliography.imports.mixed import TEXT, is_mixed
from exocite.errors import BibliographyError, RegistryError, UsageError
from exocite.model import Reference, Work
from exocite.project.adding import Added
from exocite.project.doi_holders import Others, work_of
from exocite.project.project import Project
from exocite.readers.reference_list import looks_like_reference
from exocite.references import citekeys, entries, parse
from exocite.references.names import bibtex_names
from exocite.registries import Identifying, Registry

BIBTEX = "bibtex"
"""The format that is no import: its entries are taken over letter by letter."""
NAMES = (BIBTEX, *(one.name for one in FORMATS))
"""What `--from` takes."""
SUFFIXES = (".bib", ".bibtex", *(suffix for one in FORMATS for suffix in one.suffixes))
_BIBTEX = re.compile(r"^[ \t]*@[A-Za-z]+\s*[{(]", re.MULTILINE)
_ENTRY = re.compile(r"^[ \t]*@", re.MULTILINE)
_SAMPLE = 100_000
_LABELS = {"pmid": "PMID ", "pmcid": "", "arxiv": "arXiv:"}


@dataclass(frozen=True, slots=True)
class Listing:
    """A text of references: `format` is None for BibTeX. `path` is how messages name it."""

    path: str
    text: str
    format: Format | None
    note: str = ""

    @property
    def length(self) -> int:
        """About how many records there are."""
        return self.text.count(self.format.mark) if self.format else len(_ENTRY.findall(self.text))


def recognised(data: bytes, path: str, name: str = "") -> Listing:
    """The text of a file or of the clipboard in the format of this name, or that it looks like.

    Raises UsageError where it looks like none.
    """
    file = decode(data)
    if not file.text.strip() and not name:
        raise UsageError(
            f"{path}: there is nothing in it", hint="copy or name the references first"
        )
    note = f"{path}:{file.bad_line}: this is not UTF-8; read as {file.encoding.name}"
    chosen: Format | None = None
    if name and name != BIBTEX:
        chosen = next(one for one in FORMATS if one.name == name)
    elif not name and not path.lower().endswith((".bib", ".bibtex")):
        chosen = detect(file.text)
        bibtex = chosen is None and _BIBTEX.search(file.text[:_SAMPLE])
        known = chosen is IDENTIFIERS or bibtex
        mixed = is_mixed if known else _holds_references
        if (known or chosen is None) and mixed(file.text[:_SAMPLE]):
            chosen = TEXT
        elif chosen is None and not bibtex:
            raise UsageError(
                f"{path}: it does not look like references in a format that exocite reads",
                hint=f"name the format with --from: {', '.join(NAMES)}",
            )
    return Listing(path, file.text, chosen, note if file.bad_line else "")


def names_a_work(text: str) -> bool:
    """Whether a word of the command line is an identifier that can be looked up."""
    return IDENTIFIERS.looks(text)


def _holds_references(text: str) -> bool:
    return any(
        isinstance(one, (Wanted, Written))
        or (isinstance(one, Printed) and looks_like_reference(one.text))
        for one in TEXT.read(text)
    )


@dataclass(slots=True)
class Lookups:
    """Who is asked for works by their identifiers; each is made when it is first needed."""

    registry: Callable[[], Registry]
    others: Callable[[], Others]

    def work(self, wanted: Wanted) -> Work | None:
        """The work, None where nobody holds a record. Raises RegistryError, UsageError."""
        if wanted.scheme == "doi":
            return work_of(wanted.value, self.registry(), self.others())
        known: list[Identifying] = list(self.others().archives)
        registry = self.registry()
        if isinstance(registry, Identifying):
            known.append(registry)
        archives = [one for one in known if wanted.scheme in one.schemes]
        if not archives:
            raise RegistryError("no registry that is set up here knows works by it")
        for archive in archives:
            if work := archive.identified(wanted.scheme, wanted.value):
                return work
        return None


@dataclass(slots=True)
class Import:
    """What became of a listing, as far as it has come.

    `problems` are what could not be read or taken over, with path and line; `unchecked` what could
    not be looked up. `kept` counts the fields that BibTeX has no name for, under the names that
    they are kept by; `left` those that were left out; `passed` are lines of text, and how they
    begin, that are no reference.
    """

    problems: list[str] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)
    kept: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    passed: list[tuple[int, str]] = field(default_factory=list)


def take(
    project: Project, path: str, records: Iterable[Record], lookups: Lookups, said: Import
) -> Iterator[Added]:
    """Add the records one by one, and write the bibliography when the last is taken.

    `records` are those of the listing of that path, perhaps with a progress bar around them.
    """
    additions = Additions(project.document)
    known = _Known(project.document.references)
    for record in records:
        where = f"{path}:{record.line}: "
        if isinstance(record, Broken):
            said.problems.append(where + record.reason)
        elif isinstance(record, Wanted):
            yield from _wanted(project, additions, known, record, lookups, said, where)
        elif isinstance(record, Written):
            yield from _written(additions, known, record, said, where)
        elif isinstance(record, Printed):
            read = _read(record)
            if read is not None:
                yield from _imported(project, additions, known, read, said, where)
                continue
            said.passed += [] if record.wanted else [(record.line, record.text)]
            for wanted in record.wanted:
                yield from _wanted(project, additions, known, wanted, lookups, said, where)
        else:
            yield from _imported(project, additions, known, record, said, where)
    del known  # What it holds would stand beside the bibliography that is read again.
    project.document = additions.document
    project.save()


def _read(record: Printed) -> Imported | None:
    """The printed reference as an entry, None for what is none."""
    if not looks_like_reference(record.text):
        return None
    parsed = parse.parse(record.text, weights.reference_model())
    if not (parsed.authors and parsed.title and parsed.year):
        return None
    type_, fields = entries.from_parsed(parsed)
    return Imported(record.line, type_, fields)


def _written(
    additions: Additions, known: _Known, record: Written, said: Import, where: str
) -> Iterator[Added]:
    """Take over an entry of BibTeX letter by letter."""
    (entry,) = Document.parse(record.source.encode("utf-8", "surrogatepass")).entries
    named = _identifiers(entry.fields)
    there = known.same(Imported(record.line, entry.type, entry.fields, entry.key), named)
    if there:
        yield Added(*there, new=False)
        return
    try:
        additions.append(record.source)
    except BibliographyError as error:
        said.problems.append(f"{where}{entry.key} was not added: {error.message}")
        return
    known.note(entry.key, entry.fields, named)
    yield Added(entry.key, entry.get("title"), new=True)


def _wanted(
    project: Project,
    additions: Additions,
    known: _Known,
    wanted: Wanted,
    lookups: Lookups,
    said: Import,
    where: str,
) -> Iterator[Added]:
    there = known.by_identifier(wanted.scheme, wanted.value)
    if there:
        yield Added(*there, new=False)
        return
    name = f"{wanted.scheme} {wanted.value}"
    try:
        work = lookups.work(wanted)
    except RegistryError as error:
        said.unchecked.append(f"{where}{name} was not looked up: {error.message}")
        return
    if work is None:
        said.problems.append(f"{where}{name}: the registries that were asked hold no record of it")
        return
    type_, fields = entries.from_work(work)
    if wanted.scheme in {"pmid", "pmcid"}:
        fields[wanted.scheme] = wanted.value
    elif wanted.scheme == "arxiv":
        fields |= {"eprint": wanted.value, "eprinttype": "arxiv"}
    yield from _imported(
        project, additions, known, Imported(wanted.line, type_, fields), said, where
    )


def _imported(
    project: Project,
    additions: Additions,
    known: _Known,
    record: Imported,
    said: Import,
    where: str,
) -> Iterator[Added]:
    title = record.fields.get("title", "")
    named = _identifiers(record.fields)
    there = known.same(record, named)
    if there:
        yield Added(*there, new=False)
        return
    fields = dict(record.fields)
    key = record.key
    if key and known.takes(key):
        fields["source-key"] = key
        key = ""
    key = key or known.free_key(record, citekeys.pattern(project.settings["citekey"]))
    if not fields:
        said.problems.append(f"{where}this record is empty")
        return
    try:
        refused = additions.add(record.type, key, fields)
    except BibliographyError as error:
        said.problems.append(f"{where}this record was not added: {error.message}")
        return
    said.problems.extend(
        f"{where}{key} was added without its {name}, which cannot be written into this .bib file"
        for name in refused
    )
    said.kept.update(name for name in record.fields if name.partition("-")[0] in _PREFIXES)
    said.left.update(record.left)
    known.note(key, record.fields, named)
    yield Added(key, title, new=True)


Named = Sequence[tuple[str, str]]
"""The identifiers of a work: scheme and normal form."""
_PREFIXES = frozenset({"ris", "nbib", "endnote", "csl", "zotero"})


class _Known:
    """The works that are there, by what they can be known again by."""

    def __init__(self, references: Iterable[Reference]) -> None:
        self._by_identifier: dict[tuple[str, str], tuple[str, str]] = {}
        # By hash: the values of all fields would be as large as the file.
        self._words: dict[int, tuple[str, str]] = {}
        self._titles: dict[str, tuple[str, str, str]] = {}
        self._taken = citekeys.Taken()
        for reference in references:
            self.note(reference.key, reference.fields, _identifiers(reference.fields))

    def note(self, key: str, fields: Mapping[str, str], named: Named) -> None:
        """Know a work from now on; `named` are its identifiers."""
        title = fields.get("title", "")
        for one in named:
            self._by_identifier.setdefault(one, (key, title))
        if title:
            self._words.setdefault(hash(_words(fields)), (key, title))
        self._titles.setdefault(key.casefold(), (key, title, dict(named).get("doi", "")))
        self._taken.add(key)

    def by_identifier(self, scheme: str, value: str) -> tuple[str, str] | None:
        """Key and title of the work with this identifier."""
        return self._by_identifier.get((scheme, value))

    def same(self, record: Imported, named: Named) -> tuple[str, str] | None:
        """Key and title of the work that the record is of; None where none is there."""
        for one in named:
            if one in self._by_identifier:
                return self._by_identifier[one]
        doi = dict(named).get("doi", "")
        there = self._titles.get(record.key.casefold()) if record.key else None
        if there is None:
            return None if doi else self._words.get(hash(_words(record.fields)))
        return None if doi and there[2] and doi != there[2] else there[:2]

    def takes(self, key: str) -> bool:
        """Whether another work has this key."""
        return key in self._taken

    def free_key(self, record: Imported, made: citekeys.Pattern) -> str:
        """A key after the pattern that no other work has."""
        fields = record.fields
        people = bibtex_names(fields.get("author", "") or fields.get("editor", ""))
        year, title = fields.get("year", "") or fields.get("date", ""), fields.get("title", "")
        journal = fields.get("journal", "") or fields.get("booktitle", "")
        stem = citekeys.stem_of(people, year, title, made=made, journal=journal)
        return self._taken.free(stem)


def _identifiers(fields: Mapping[str, str]) -> Named:
    """DOI, PMID, PMCID and arXiv identifier of an entry, in their normal forms."""
    found = []
    doi = fields.get("doi", "")
    if doi and (_PLAIN_DOI.fullmatch(doi) or (doi := identifiers.normalise_doi(doi))):
        found.append(("doi", doi))
    for scheme, name in (("pmid", "pmid"), ("pmcid", "pmcid"), ("arxiv", "eprint")):
        value = fields.get(name, "")
        if value and (name != "eprint" or _is_arxiv(fields)):
            normal = identifiers.first(value, scheme) or identifiers.first(
                _LABELS[scheme] + value, scheme
            )
            if normal:
                found.append((scheme, normal))
    return found


def _words(fields: Mapping[str, str]) -> tuple[str, ...]:
    """What a record without identifiers is known again by: all of it must be the same."""
    title = _TAG.sub("", fields.get("title", ""))
    return (title, *(fields.get(name, "") for name in _TELLING))


_PLAIN_DOI = re.compile(r"10\.\d{4,9}/[a-z0-9.-]*[a-z0-9]", re.ASCII)
"""A DOI that is in its normal form already."""
_TAG = re.compile(r"<[^<>]{0,80}>")
_TELLING = ("author", "year", "date", "volume", "number", "pages")


def _is_arxiv(fields: Mapping[str, str]) -> bool:
    kind = fields.get("eprinttype", "") or fields.get("archiveprefix", "")
    return kind.lower() == "arxiv"
