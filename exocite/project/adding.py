"""Adding references: from an article's own list, from a DOI, from another .bib file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from exocite import weights
from exocite.bibliography.document import Document
from exocite.bibliography.imports.additions import Additions
from exocite.claims import citations as markers
from exocite.errors import BibliographyError, ReadError, UsageError
from exocite.identifiers import normalise_doi
from exocite.model import Article, Name
from exocite.project.doi_holders import Others, long_doi, short_in, work_of
from exocite.project.project import Project
from exocite.references import citekeys, entries, parse
from exocite.registries import Registry


@dataclass(frozen=True, slots=True)
class Added:
    """A reference that was added, or the one that was there already (`new` is false).

    `key` is "" for a printed entry that cannot be read as a reference; `title` is then its text.
    """

    key: str
    title: str
    new: bool


def from_article(project: Project, article: Article) -> tuple[Added, ...]:
    """Add the references that the article lists at its end; those already there stay."""
    if not article.references:
        raise ReadError(
            f"{article.path}: no list of references was found at its end",
            hint="a list stands under a heading such as References, Sources or Bibliography",
        )
    known = markers.match_listed(article.references, project.document.references)
    model = weights.reference_model()
    added = []
    for listed in article.references:
        if keys := known.get(listed.label, ()):
            added.append(Added(keys[0], listed.text, new=False))
            continue
        parsed = parse.parse(listed.text, model)
        if not (parsed.doi or parsed.url or (parsed.authors and (parsed.title or parsed.year))):
            added.append(Added("", listed.text, new=False))
            continue
        type_, fields = entries.from_parsed(parsed)
        added.append(_add(project, parsed.authors, parse.printed_year(parsed), type_, fields))
    project.save()
    return tuple(added)


def from_doi(project: Project, text: str, registry: Registry, others: Others) -> Added:
    """Look up a DOI, short or not, or a URL that holds one, and add the work's reference.

    Raises UsageError where there is no DOI in the text or no registry holds a record of it,
    RegistryError where one could not answer.
    """
    doi = normalise_doi(text) or long_doi(text, others)
    if not doi and (short := short_in(text)) and others.agencies is not None:
        raise UsageError(
            f"{others.agencies.name} knows no such short DOI: {short}", hint="check the DOI"
        )
    if not doi:
        raise UsageError(
            f"{text}: neither a DOI, a URL that holds one, nor a .bib file",
            hint="a DOI looks like 10.1000/xyz123",
        )
    for reference in project.document.references:
        if normalise_doi(reference.get("doi")) == doi:
            return Added(reference.key, reference.get("title"), new=False)
    work = work_of(doi, registry, others)
    if work is None:
        raise UsageError(
            f"{registry.name} holds no record under the DOI {doi}",
            hint="check the DOI; datasets and theses are often registered elsewhere",
        )
    type_, fields = entries.from_work(work)
    added = _add(project, work.authors, work.year, type_, fields)
    project.save()
    return added


def from_file(project: Project, path: str) -> tuple[tuple[Added, ...], tuple[str, ...]]:
    """Take over the entries of another .bib file; see `from_bibtex`."""
    return from_bibtex(project, project.store.read(Path(path)), path)


def from_bibtex(
    project: Project, data: bytes, path: str
) -> tuple[tuple[Added, ...], tuple[str, ...]]:
    """Take over the entries of a .bib file letter by letter; what is here already stays.

    Gives what was added and, with path and line, what could not be read or taken over. Raises
    UsageError for a file that holds no entry at all.
    """
    other = Document.parse(data, path)
    said = [f"{path}:{problem.line}: {problem.message}" for problem in other.problems]
    if not other.references and not said:
        raise UsageError(f"{path}: this file holds no BibTeX entry", hint="name a .bib file")
    known = {normalise_doi(r.get("doi")): r for r in project.document.references}
    keys = {r.key: r for r in project.document.references}
    additions = Additions(project.document)
    added = []
    for reference in other.references:
        doi = normalise_doi(reference.get("doi"))
        there = known.get(doi) if doi else keys.get(reference.key)
        if there is not None:
            added.append(Added(there.key, there.get("title"), new=False))
            continue
        try:
            additions.append(other.standalone(reference.key))
        except BibliographyError as error:
            said.append(f"{path}:{reference.line}: {reference.key} was not added: {error.message}")
            continue
        known[doi] = keys[reference.key] = reference
        added.append(Added(reference.key, reference.get("title"), new=True))
    project.document = additions.document
    project.save()
    return tuple(added), tuple(said)


def _add(
    project: Project, authors: Sequence[Name], year: str, type_: str, fields: Mapping[str, str]
) -> Added:
    title = fields.get("title", "")
    taken = {reference.key for reference in project.document.references}
    made = citekeys.pattern(project.settings["citekey"])
    journal = fields.get("journal", "") or fields.get("booktitle", "")
    key = citekeys.citekey(authors, year, title, taken, made=made, journal=journal)
    project.document = project.document.add(type_, key, fields)
    return Added(key, title, new=True)
