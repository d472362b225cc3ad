"""Listing and exporting the bibliography, or the part of it that an article cites."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from exocite import sources
from exocite.bibliography.inherit import NOT_WORKS
from exocite.errors import UsageError
from exocite.export import EXPORTS, Request
from exocite.identifiers import normalise_doi
from exocite.model import Reference, WorkRecord
from exocite.project.project import Project
from exocite.project.reading import Reading, article, read
from exocite.references import entries, names


class Listed:
    """A reference as `list` shows it, each part worked out when it is first asked for."""

    def __init__(self, project: Project, reference: Reference) -> None:
        self._project = project
        self.reference = reference
        self.record: WorkRecord | None = project.records.get(reference.key)

    @cached_property
    def author(self) -> str:
        """The first author, with "et al." where there are more."""
        return _first_author(self.reference)

    @cached_property
    def year(self) -> str:
        """As people write it, "" without: "2019", "800", "45 BC"."""
        return entries.year_shown(self.reference)

    @property
    def is_work(self) -> bool:
        """Whether the entry stands for a work, which can be resolved."""
        return self.reference.type not in NOT_WORKS

    @cached_property
    def doi(self) -> str:
        """The DOI in its normal form."""
        return normalise_doi(self.reference.get("doi"))

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The fields that claims can be compared with."""
        project, key = self._project, self.reference.key
        found = sources.texts(self.reference, self.record, project.attached[key])
        return tuple(dict.fromkeys(text.field for text in found))


def listing(project: Project) -> tuple[Listed, ...]:
    """Every reference with what is known of it."""
    return tuple(Listed(project, reference) for reference in project.document.references)


def export(
    project: Project,
    name: str,
    *,
    keys: Sequence[str] = (),
    cited: Sequence[str] = (),
    encoding: str = "",
) -> str:
    """The bibliography, or the part of it that is named or cited, in the format of this name."""
    wanted = list(keys)
    for path in cited:
        reading = read(project, article(project, path, encoding=encoding))
        wanted.extend(_cited(reading))
        if not wanted:
            raise UsageError(
                f"{path}: it cites no reference of the bibliography",
                hint="without --cited the whole bibliography is exported",
            )
    references = project.references(tuple(dict.fromkeys(wanted)))
    request = Request(
        references,
        [project.document.raw(reference.key) for reference in references]
        if name == "bibtex"
        else (),
        project.document.references,
        project.settings["style"],
    )
    render = {export.name: export.render for export in EXPORTS}[name]
    return render(request)


def _cited(reading: Reading) -> Iterator[str]:
    """The citekeys in the order of the text, those of accepted links among them."""
    marks = [(mark.span.start, key) for mark in reading.citations for key in mark.keys]
    links = [
        (claim.span.start, link.key)
        for claim in reading.claims
        for link in reading.standings.of[claim.id].accepted
    ]
    return (key for _, key in sorted([*marks, *links], key=lambda pair: pair[0]))


def _first_author(reference: Reference) -> str:
    authors = entries.authors(reference)
    if not authors:
        return ""
    first = authors[0].literal or f"{authors[0].particle} {authors[0].family}".strip()
    alone = len(authors) == 1 and not names.has_others(reference.get("author"))
    return first if alone else f"{first} et al."
