"""Listing and exporting the bibliography, or the part of it that an article cites."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exocite.export import EXPORTS, Request
from exocite.identifiers import normalise_doi
from exocite.model import Reference, WorkRecord
from exocite.project.project import Project
from exocite.project.reading import article, read
from exocite.references import entries


@dataclass(frozen=True, slots=True)
class Listed:
    """A reference as `list` shows it: `texts` are the fields that claims can be compared with."""

    reference: Reference
    record: WorkRecord | None
    author: str
    year: str
    doi: str
    texts: tuple[str, ...]


def listing(project: Project) -> tuple[Listed, ...]:
    """Every reference with what is known of it."""
    return tuple(
        Listed(
            reference,
            project.records.get(reference.key),
            _first_author(reference),
            entries.to_parsed(reference).year,
            normalise_doi(reference.get("doi")),
            tuple(dict.fromkeys(text.field for text in project.texts[reference.key])),
        )
        for reference in project.document.references
    )


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
        wanted.extend(key for mark in reading.citations for key in mark.keys)
    none = bool(cited) and not wanted
    references = () if none else project.references(tuple(dict.fromkeys(wanted)))
    request = Request(
        references,
        [project.document.raw(reference.key) for reference in references],
        project.document.references,
        project.settings["style"],
    )
    render = {export.name: export.render for export in EXPORTS}[name]
    return render(request)


def _first_author(reference: Reference) -> str:
    names = entries.authors(reference)
    if not names:
        return ""
    first = names[0].literal or f"{names[0].particle} {names[0].family}".strip()
    return first if len(names) == 1 else f"{first} et al."
