"""Resolving references: ask a registry, decide, remember what was learned and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from exocite import matching
from exocite.errors import RegistryError
from exocite.matching.notices import retracted_by
from exocite.model import Outcome, ParsedReference, Reference, Resolution, WorkRecord
from exocite.project.project import Project
from exocite.references import entries
from exocite.registries import Registry
from exocite.text import digest

_IDENTITY = (
    *("doi", "title", "author", "year", "date", "journal", "journaltitle", "booktitle"),
    *("volume", "number", "pages", "eid"),
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A reference, how its resolution ended, and the record that is kept of it.

    `kept` is the date of an earlier record that stays because this time nothing was learned.
    `written` is the DOI that was written into the .bib file, "" for none.
    """

    reference: Reference
    resolution: Resolution
    record: WorkRecord
    kept: str = ""
    written: str = ""


def resolve(
    project: Project, references: Sequence[Reference], registry: Registry, *, write: bool = True
) -> Iterator[Resolved]:
    """Resolve each reference in turn; what was learned is kept when it is cut short."""
    records = dict(project.records)
    try:
        for reference in references:
            resolved = _resolve(project, reference, registry, records.get(reference.key))
            records[reference.key] = resolved.record
            yield resolved
    finally:
        if write:
            # What was learned is kept even when somebody edited the bibliography meanwhile.
            try:
                project.store.write_works(records.values())
            finally:
                project.save()


def _resolve(
    project: Project, reference: Reference, registry: Registry, before: WorkRecord | None
) -> Resolved:
    parsed = entries.to_parsed(reference)
    try:
        resolution = _ask(parsed, registry)
    except RegistryError as error:
        resolution = Resolution(Outcome.NOT_CHECKED, error.message)
    unchanged = before is not None and before.reference_hash == identity(reference)
    if resolution.outcome is Outcome.NOT_CHECKED:
        if before is not None and unchanged and before.outcome is not Outcome.NOT_CHECKED:
            return Resolved(reference, resolution, before, kept=before.date)
        return Resolved(reference, resolution, _record(project, reference, resolution, registry))
    written = ""
    work = resolution.work
    found = {Outcome.MATCHED, Outcome.RETRACTED}
    if work is not None and resolution.outcome in found and not parsed.doi:
        project.document = project.document.set_field(reference.key, "doi", work.doi)
        reference = replace(reference, fields={**reference.fields, "doi": work.doi})
        written = work.doi
    record = _record(project, reference, resolution, registry)
    return Resolved(reference, resolution, record, written=written)


def _record(
    project: Project, reference: Reference, resolution: Resolution, registry: Registry
) -> WorkRecord:
    work = resolution.work
    retraction = retracted_by(work) if work else ""
    keep = project.settings["abstracts"]
    return WorkRecord(
        key=reference.key,
        outcome=resolution.outcome,
        reason=resolution.reason,
        date=project.now(),
        registry=f"{registry.name} ({registry.url})",
        doi=work.doi if work else "",
        title=work.title if work else "",
        retraction=retraction,
        hash=work.hash if work else "",
        reference_hash=identity(reference),
        abstract=work.abstract if work and keep else "",
        abstract_hash=digest(work.abstract) if work and work.abstract else "",
    )


def identity(reference: Reference) -> str:
    """The hash of the fields that say which work a reference is; a record speaks of these."""
    return digest("\n".join(f"{name}={reference.get(name)}" for name in _IDENTITY))


def _ask(parsed: ParsedReference, registry: Registry) -> Resolution:
    """Look the DOI up, or search where there is none or the registry does not hold it."""
    work = registry.work(parsed.doi) if parsed.doi else None
    if work is not None:
        return matching.confirm(parsed, work)
    said = f"{registry.name} holds no record under the DOI {parsed.doi}"
    query = matching.query(parsed)
    if not any(c.isalnum() for c in query):
        if parsed.doi:
            return Resolution(Outcome.NOT_FOUND, said)
        return Resolution(Outcome.NOT_CHECKED, "the reference has nothing to search by")
    found = matching.decide(parsed, registry.search(query))
    if not parsed.doi:
        return found
    if found.work is None:
        return replace(found, reason=f"{said}; a search by its details: {found.reason}")
    return Resolution(
        Outcome.METADATA_MISMATCH,
        f"{said}, but its details fit {found.work.doi}: {found.reason}",
        found.work,
        found.candidates,
    )
