"""Resolving references: ask the registries, decide, remember what was learned and why."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass, field, replace
from typing import TypeVar

from exocite import matching
from exocite.errors import RegistryError
from exocite.matching.notices import merged, published_as
from exocite.model import Outcome, Reference, Resolution, Update, Work, WorkRecord
from exocite.project import asking, beside
from exocite.project.correcting import Change, applied, confirmed, corrections
from exocite.project.doi_holders import Named, Others, short_doi
from exocite.project.identity import identity
from exocite.project.noticing import Noticed, noticed, unasked_since, with_retraction
from exocite.project.project import Project
from exocite.project.side_by_side import Starter, whole
from exocite.project.snapshotting import SETTLED, day
from exocite.project.snapshotting import ask as ask_snapshot
from exocite.references import entries
from exocite.registries import ManyWorks, NoticesOfMany, Registry
from exocite.registries.asked import noted
from exocite.registries.retraction_watch import NAME as RETRACTION_WATCH
from exocite.registries.retraction_watch import Notices
from exocite.registries.snapshot.registry import Snapshot
from exocite.text import digest

_FOUND = frozenset({Outcome.MATCHED, Outcome.RETRACTED})
_NO_OTHERS = Others()
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A reference, how its resolution ended, and the record that is kept of it.

    `kept` is the date of an earlier record that stays because this time nothing was learned.
    `written` is the DOI that was written into the .bib file, "" for none; `changes` are all fields
    that were. `unasked` says why nobody could be asked for notices about the work, "" where
    somebody was, or where there was nothing to ask with.
    """

    reference: Reference
    resolution: Resolution
    record: WorkRecord
    kept: str = ""
    written: str = ""
    changes: tuple[Change, ...] = ()
    unasked: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who is asked beside the main registry, and what is wanted.

    `retractions` are Retraction Watch's. With `explain` every work that was compared becomes a
    candidate, with `update` fields are corrected.
    """

    others: Others = _NO_OTHERS
    snapshot: Snapshot | None = None
    retractions: Notices | None = None
    explain: bool = False
    update: bool = False


@dataclass(frozen=True, slots=True)
class _Learned:
    """What a registry and the decision made of a reference.

    `date` is when the registry said so, "" for now; `source` is who said it in the main registry's
    place. `doi` is the printed one, `works` were compared, `notices` were told of the DOI.
    """

    resolution: Resolution
    date: str = ""
    source: Named | None = None
    doi: str = ""
    works: tuple[Work, ...] = ()
    notices: tuple[Update, ...] = ()
    unasked: str = ""


@dataclass(slots=True)
class _Lists:
    """What is asked for many at once: futures of works and of notices by DOI."""

    works: dict[str, Future[Mapping[str, Work]]] = field(default_factory=dict)
    notices: dict[str, Future[Mapping[str, tuple[Update, ...]]]] = field(default_factory=dict)

    def work(self, doi: str) -> Work | None:
        future = self.works.get(doi.lower())
        return future.result().get(doi.lower()) if future is not None else None

    def told(self, doi: str) -> tuple[tuple[Update, ...], str]:
        """The notices about a work, and why there is no word of any."""
        future = self.notices.get(doi.lower())
        if future is None:
            return (), ""
        try:
            return future.result().get(doi.lower(), ()), ""
        except RegistryError as error:
            return (), error.message


def resolve(
    project: Project,
    references: Sequence[Reference],
    registry: Registry,
    *,
    others: Others = _NO_OTHERS,
    snapshot: Snapshot | None = None,
    retractions: Notices | None = None,
    workers: int = 1,
    write: bool = True,
    explain: bool = False,
    update: bool = False,
) -> Generator[Resolved, None, None]:
    """Resolve the references, `workers` at once, and give them in their order.

    What was learned is kept when it is cut short, also of references whose turn had not come. A
    snapshot is asked before the registry, which is not asked for what that confirms; `others` are
    asked for what the registry does not know. With `explain` all that was compared is a candidate;
    with `update` fields that conflict with the record, or lack, are written.
    """
    run = _Run(project, registry, Asking(others, snapshot, retractions, explain, update))
    waiting = deque(zip(references, run.begin(references, workers), strict=True))
    try:
        while waiting:
            learned = _result(waiting[0][1])
            run.ask_notices([learned, *_done(future for _, future in waiting)])
            learned = run.told(learned)
            reference, _ = waiting.popleft()
            yield run.keep(reference, learned)
    finally:
        for reference, future in waiting:
            if not future.cancel() and future.done() and future.exception() is None:
                run.keep(reference, future.result())
        if write:
            whole(lambda: beside.write(project, run.learned, run.edits))


def _result(future: Future[_T]) -> _T:
    _ended(future)
    return future.result()


def _ended(future: Future[_T]) -> None:
    # Windows lets nobody interrupt a wait that has no end.
    while not future.done():
        wait([future], timeout=0.5)


def _done(futures: Iterable[Future[_Learned]]) -> list[_Learned]:
    return [one.result() for one in futures if one.done() and one.exception() is None]


class _Run:
    """One run over some references: the records that were learned, and the edits to be written."""

    def __init__(self, project: Project, registry: Registry, asked: Asking) -> None:
        self.project = project
        self.registry = registry
        self.asked = asked
        self.before = project.records
        self.lists = _Lists()
        self.later = Starter(1)
        self.learned: dict[str, WorkRecord] = {}
        self.edits: list[beside.Edit] = []

    # ----------------------------------------------------------------------- asking

    def begin(self, references: Sequence[Reference], workers: int) -> tuple[Future[_Learned], ...]:
        """A future for each reference, behind those of the lists that several wait for."""
        start = Starter(workers)
        dois = [doi for one in references if (doi := entries.to_parsed(one).doi)]
        lists = self.lists
        snapshot = self.asked.snapshot
        if isinstance(self.registry, ManyWorks):
            wanted = [doi for doi in dois if snapshot is None or not snapshot.holds(doi)]
            for group in self.registry.batches(wanted):
                works = start.job(_many(self.registry, group))
                lists.works |= dict.fromkeys(group, works)
        if isinstance(self.registry, NoticesOfMany):
            for group in self.registry.notice_batches(dois):
                notices = start.job(_notices(self.registry, group))
                lists.notices |= dict.fromkeys(group, notices)

        def job(reference: Reference) -> Callable[[], _Learned]:
            return lambda: self._learn(reference)

        return tuple(start.job(job(one)) for one in references)

    def _learn(self, reference: Reference) -> _Learned:
        """What the snapshot confirms; else what registries say; else what the snapshot says."""
        parsed = entries.to_parsed(reference)
        told, unasked = self.lists.told(parsed.doi)
        snapshot = self.asked.snapshot
        known = None
        if snapshot is not None:
            said = ask_snapshot(parsed, snapshot)
            dated = day(snapshot)
            why = unasked or unasked_since(said, dated, self.lists.notices, self.asked.retractions)
            known = _Learned(said, dated, snapshot, parsed.doi, (), told, why)
            if said.outcome in SETTLED:
                return known
        learned = replace(self._asked(reference), notices=told, unasked=unasked)
        if known is None or learned.resolution.outcome is not Outcome.NOT_CHECKED:
            return learned
        if known.resolution.outcome is not Outcome.NOT_CHECKED:
            return known
        reason = f"{known.resolution.reason}; {learned.resolution.reason}"
        both = replace(known.resolution, reason=reason)
        return replace(learned, resolution=both, date="", source=None)

    def _asked(self, reference: Reference) -> _Learned:
        with noted() as kept:
            work = self.lists.work(entries.to_parsed(reference).doi)
            answer = asking.ask(reference, self.registry, self.asked.others, known=work)
            source, parsed = answer.source, answer.parsed
            resolution = answer.resolution
            if self.asked.explain and answer.works:
                name = (source or self.registry).name
                seen = {one.work.doi: one for one in resolution.candidates}
                every = [
                    seen.get(one.doi) or matching.compare(parsed, one, registry=name)
                    for one in answer.works
                ]
                every.sort(key=lambda one: (-one.score, one.work.doi))
                resolution = replace(resolution, candidates=tuple(every))
            return _Learned(resolution, kept.date, source, parsed.doi, answer.works)

    # ----------------------------------------------------------------------- notices

    def ask_notices(self, learned: Iterable[_Learned]) -> None:
        """Begin to ask for the notices about works whose DOI no list was asked for yet.

        These were found by a search or under another identifier. While a list waits its turn more
        are found, and go into the next one together.
        """
        if not isinstance(self.registry, NoticesOfMany):
            return
        found = dict.fromkeys(_found_doi(one) for one in learned)
        wanted = [doi for doi in found if doi and doi not in self.lists.notices]
        for group in self.registry.notice_batches(wanted):
            notices = self.later.job(_notices(self.registry, group))
            self.lists.notices |= dict.fromkeys(group, notices)

    def told(self, learned: _Learned) -> _Learned:
        """With the notices about the work that was found under another DOI, or under none."""
        doi = _found_doi(learned)
        future = self.lists.notices.get(doi)
        if future is None or doi == learned.doi.lower():
            return learned
        _ended(future)
        notices, unasked = self.lists.told(doi)
        if unasked and isinstance(learned.source, Snapshot):
            unasked = learned.unasked  # It says more, and knows whether another file answers.
        return replace(learned, notices=(*learned.notices, *notices), unasked=unasked)

    # ----------------------------------------------------------------------- keeping

    def keep(self, reference: Reference, learned: _Learned) -> Resolved:
        """Put what was learned of a reference among the records."""
        pmid = dict(asking.identified(reference)).get("pmid", "")
        before = self.before.get(reference.key)
        known = noticed(
            learned.resolution,
            learned.doi,
            pmid,
            (*learned.notices, *self._remembered(reference, learned, before)),
            learned.works,
            self.asked.retractions,
        )
        if learned.resolution.outcome is Outcome.NOT_CHECKED:
            resolved = self._unchecked(reference, learned, known, before)
        else:
            resolved = self._found(reference, learned, known)
        self.learned[reference.key] = resolved.record
        return replace(resolved, unasked=learned.unasked)

    def _remembered(
        self, reference: Reference, learned: _Learned, before: WorkRecord | None
    ) -> tuple[Update, ...]:
        """The notices known from before of those who were not asked this time."""
        if before is None or before.reference_hash != identity(reference):
            return ()
        if learned.unasked:
            return before.notices
        if self.asked.retractions is None:
            return tuple(note for note in before.notices if note.source == RETRACTION_WATCH)
        return ()

    def _unchecked(
        self, reference: Reference, learned: _Learned, known: Noticed, before: WorkRecord | None
    ) -> Resolved:
        resolution = with_retraction(learned.resolution, known)
        unchanged = before is not None and before.reference_hash == identity(reference)
        if before is None or not unchanged or before.outcome is Outcome.NOT_CHECKED:
            record = self._record(reference, replace(learned, resolution=resolution), known)
            return Resolved(reference, resolution, record)
        kept = replace(
            before,
            notices=merged(before.notices, known.notices),
            retraction=before.retraction or known.retraction,
        )
        return Resolved(reference, resolution, kept, kept=before.date)

    def _found(self, reference: Reference, learned: _Learned, known: Noticed) -> Resolved:
        resolution, work = learned.resolution, learned.resolution.work
        changes: tuple[Change, ...] = ()
        if self.asked.update:
            changes = corrections(reference, resolution)
        elif (
            work is not None
            and work.doi
            and resolution.outcome in _FOUND
            and not entries.to_parsed(reference).doi
            and not short_doi(reference)
        ):
            changes = (Change("doi", reference.get("doi"), work.doi),)
        if changes:
            self.edits.append((reference, changes))
            self.project.document = applied(self.project.document, reference.key, changes)
            values = {change.field: change.after for change in changes}
            reference = replace(reference, fields={**reference.fields, **values})
            if any(change.field != "doi" for change in changes):
                # As it will be read: a value may come back in other characters.
                (reference,) = self.project.references([reference.key])
                named = learned.source or self.registry
                resolution = confirmed(reference, resolution, named.name)
        resolution = with_retraction(resolution, known)
        record = self._record(reference, replace(learned, resolution=resolution), known)
        written = next((change.after for change in changes if change.field == "doi"), "")
        return Resolved(reference, resolution, record, written=written, changes=changes)

    def _record(self, reference: Reference, learned: _Learned, known: Noticed) -> WorkRecord:
        resolution = learned.resolution
        source = learned.source or self.registry
        work = resolution.work
        keep = self.project.settings["abstracts"]
        return WorkRecord(
            key=reference.key,
            outcome=resolution.outcome,
            reason=resolution.reason,
            date=learned.date or self.project.now(),
            registry=f"{source.name} ({source.url})",
            doi=work.doi if work else "",
            title=work.title if work else "",
            retraction=known.retraction,
            hash=known.hash_of(work) if work else "",
            reference_hash=identity(reference),
            abstract=work.abstract if work and keep else "",
            abstract_hash=digest(work.abstract) if work and work.abstract else "",
            notices=known.notices,
            published_as=published_as(work) if work and resolution.outcome in _FOUND else "",
        )


def _found_doi(learned: _Learned) -> str:
    work = learned.resolution.work
    return work.doi.lower() if work else ""


def _many(registry: ManyWorks, dois: Sequence[str]) -> Callable[[], Mapping[str, Work]]:
    def job() -> Mapping[str, Work]:
        """The works of a list; none where it could not be had: they are asked for singly."""
        try:
            return registry.works(dois)
        except RegistryError:
            return {}

    return job


def _notices(
    registry: NoticesOfMany, dois: Sequence[str]
) -> Callable[[], Mapping[str, tuple[Update, ...]]]:
    return lambda: registry.notices(dois)
