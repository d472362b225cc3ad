"""Resolving references: ask a registry, decide, remember what was learned and why."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass, replace

from exocite import matching
from exocite.errors import RegistryError
from exocite.matching.notices import retracted_by
from exocite.model import Outcome, ParsedReference, Reference, Resolution, Work, WorkRecord
from exocite.project.project import Project
from exocite.project.side_by_side import Starter, whole
from exocite.project.snapshotting import SETTLED, ask, day
from exocite.references import entries
from exocite.registries import ManyWorks, Registry
from exocite.registries.asked import noted
from exocite.registries.snapshot.registry import Snapshot
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


@dataclass(frozen=True, slots=True)
class _Learned:
    """What a registry and the decision made of a reference.

    `date` is when the registry said so, "" for now; `source` is the snapshot that said it in the
    registry's place.
    """

    resolution: Resolution
    date: str = ""
    source: Snapshot | None = None


def resolve(
    project: Project,
    references: Sequence[Reference],
    registry: Registry,
    *,
    snapshot: Snapshot | None = None,
    workers: int = 1,
    write: bool = True,
) -> Generator[Resolved, None, None]:
    """Resolve the references, `workers` at once, and give them in their order.

    What was learned is kept when it is cut short, also of references whose turn had not come. A
    snapshot is asked before the registry, which is not asked for what that confirms.
    """
    records = dict(project.records)
    waiting = deque(zip(references, _begin(references, registry, snapshot, workers), strict=True))
    try:
        while waiting:
            learned = _result(waiting[0][1])
            reference, _ = waiting.popleft()
            yield _keep(project, reference, registry, records, learned)
    finally:
        for reference, future in waiting:
            if not future.cancel() and future.done() and future.exception() is None:
                _keep(project, reference, registry, records, future.result())
        if write:
            whole(lambda: _write(project, records))


def _write(project: Project, records: Mapping[str, WorkRecord]) -> None:
    # What was learned is kept even when somebody edited the bibliography meanwhile.
    try:
        project.store.write_works(records.values())
    finally:
        project.save()


def _result(future: Future[_Learned]) -> _Learned:
    # Windows lets nobody interrupt a wait that has no end.
    while not future.done():
        wait([future], timeout=0.5)
    return future.result()


def _begin(
    references: Sequence[Reference], registry: Registry, snapshot: Snapshot | None, workers: int
) -> tuple[Future[_Learned], ...]:
    """A future for each reference, behind those of the DOIs that are asked for together."""
    parsed = [entries.to_parsed(reference) for reference in references]
    groups: tuple[tuple[str, ...], ...] = ()
    if isinstance(registry, ManyWorks):
        asked = [one.doi for one in parsed if one.doi]
        groups = registry.batches(
            [doi for doi in asked if snapshot is None or not snapshot.holds(doi)]
        )
    together: dict[str, Future[Mapping[str, Work]]] = {}

    def group_job(dois: tuple[str, ...]) -> Callable[[], Mapping[str, Work]]:
        return lambda: _many(registry, dois)

    def job(one: ParsedReference) -> Callable[[], _Learned]:
        return lambda: _learn(one, registry, snapshot, together.get(one.doi.lower()))

    start = Starter(workers)
    for dois in groups:
        future = start.job(group_job(dois))
        together |= dict.fromkeys(dois, future)
    return tuple(start.job(job(one)) for one in parsed)


def _many(registry: Registry, dois: Sequence[str]) -> Mapping[str, Work]:
    """The works that a list holds; none where it could not be had: they are asked for singly."""
    try:
        return registry.works(dois) if isinstance(registry, ManyWorks) else {}
    except RegistryError:
        return {}


def _learn(
    parsed: ParsedReference,
    registry: Registry,
    snapshot: Snapshot | None,
    together: Future[Mapping[str, Work]] | None,
) -> _Learned:
    """What the snapshot confirms; else what the registry says; else what the snapshot says."""
    if snapshot is None:
        return _asked(parsed, registry, together)
    known = _Learned(ask(parsed, snapshot), day(snapshot), snapshot)
    if known.resolution.outcome in SETTLED:
        return known
    learned = _asked(parsed, registry, together)
    if learned.resolution.outcome is not Outcome.NOT_CHECKED:
        return learned
    if known.resolution.outcome is not Outcome.NOT_CHECKED:
        return known
    reason = f"{known.resolution.reason}; {learned.resolution.reason}"
    return _Learned(replace(known.resolution, reason=reason))


def _asked(
    parsed: ParsedReference, registry: Registry, together: Future[Mapping[str, Work]] | None
) -> _Learned:
    work = together.result().get(parsed.doi.lower()) if together is not None else None
    with noted() as asked:
        try:
            return _Learned(_ask(parsed, registry, work), asked.date)
        except RegistryError as error:
            return _Learned(Resolution(Outcome.NOT_CHECKED, error.message))


def _keep(
    project: Project,
    reference: Reference,
    registry: Registry,
    records: dict[str, WorkRecord],
    learned: _Learned,
) -> Resolved:
    """Put what was learned of a reference among the records."""
    resolved = _resolved(project, reference, registry, learned, records.get(reference.key))
    records[reference.key] = resolved.record
    return resolved


def _resolved(
    project: Project,
    reference: Reference,
    registry: Registry,
    learned: _Learned,
    before: WorkRecord | None,
) -> Resolved:
    resolution = learned.resolution
    unchanged = before is not None and before.reference_hash == identity(reference)
    if resolution.outcome is Outcome.NOT_CHECKED:
        if before is not None and unchanged and before.outcome is not Outcome.NOT_CHECKED:
            return Resolved(reference, resolution, before, kept=before.date)
        return Resolved(reference, resolution, _record(project, reference, registry, learned))
    written = ""
    work = resolution.work
    found = {Outcome.MATCHED, Outcome.RETRACTED}
    if work is not None and resolution.outcome in found and not entries.to_parsed(reference).doi:
        project.document = project.document.set_field(reference.key, "doi", work.doi)
        reference = replace(reference, fields={**reference.fields, "doi": work.doi})
        written = work.doi
    record = _record(project, reference, registry, learned)
    return Resolved(reference, resolution, record, written=written)


def _record(
    project: Project, reference: Reference, registry: Registry, learned: _Learned
) -> WorkRecord:
    resolution = learned.resolution
    source = learned.source or registry
    work = resolution.work
    retraction = retracted_by(work) if work else ""
    keep = project.settings["abstracts"]
    return WorkRecord(
        key=reference.key,
        outcome=resolution.outcome,
        reason=resolution.reason,
        date=learned.date or project.now(),
        registry=f"{source.name} ({source.url})",
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


def _ask(parsed: ParsedReference, registry: Registry, work: Work | None) -> Resolution:
    """Look the DOI up, or search where there is none or the registry does not hold it.

    `work` is that of the DOI where it is known already.
    """
    if work is None and parsed.doi:
        work = registry.work(parsed.doi)
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
