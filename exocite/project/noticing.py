"""Notices about works (retractions, corrections, concerns) out of all sources, put together."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from exocite.matching.notices import merged, retracted_by, retraction_of
from exocite.model import Outcome, Resolution, Update, Work
from exocite.registries.retraction_watch import NAME, Notices
from exocite.text import digest

_RETRACTION_WATCH = frozenset({"retraction watch", "retraction-watch"})


@dataclass(frozen=True, slots=True)
class Noticed:
    """What is known of the notices about a reference's work.

    `reasons` are Retraction Watch's words for why, by its notice.
    """

    notices: tuple[Update, ...] = ()
    reasons: tuple[tuple[Update, str], ...] = ()

    @property
    def retraction(self) -> str:
        """The DOI of the notice that took the work back, or the word for it; "" for none."""
        note = retraction_of(self.notices)
        return (note.doi or note.type) if note else ""

    def hash_of(self, work: Work) -> str:
        """The hash of the work's record, another one where others tell of notices besides.

        So a verdict becomes stale whoever tells of the retraction.
        """
        told = {(note.type, note.doi) for note in work.updated_by}
        besides = sorted({(note.type, note.doi) for note in self.notices} - told)
        words = "\n".join(f"{kind} {doi}" for kind, doi in besides)
        return digest(f"{work.hash}\n{words}") if besides else work.hash


def noticed(
    resolution: Resolution,
    doi: str,
    pmid: str,
    told: Sequence[Update],
    compared: Sequence[Work],
    database: Notices | None,
) -> Noticed:
    """The notices about the work of a resolution, or of the printed DOI and PMID without one.

    `told` is what the registry's list of notices says of the DOI; among the works `compared` there
    may be notices as well.
    """
    work = resolution.work
    named = (work.doi if work else "") or doi
    own = work.updated_by if work else ()
    beside = [
        replace(update, doi=other.doi)
        for other in compared
        for update in other.updates
        if named and update.doi == named and other.doi != named
    ]
    held = database.of(named, pmid) if database is not None else ()
    words = [(one, database.reason(one, named, pmid)) for one in held] if database else []
    reasons = tuple((one, why) for one, why in words if why)
    return Noticed(merged(own, told, beside, held), reasons)


def unasked_since(
    resolution: Resolution, day: str, asked: Container[str], database: Notices | None
) -> str:
    """Why nobody was asked for notices about a work that a snapshot of that day told of; else "".

    A snapshot knows of no retraction that is younger. `asked` are the DOIs, in lower case, whose
    notices were asked for; Retraction Watch's file answers for all others.
    """
    work = resolution.work
    if work is None or not work.doi or work.doi.lower() in asked or database is not None:
        return ""
    return (
        f"works that were found in the snapshot of {day[:10]} may have been retracted since: run "
        "the command again, or give --retractions FILE, which needs no network"
    )


def with_retraction(resolution: Resolution, known: Noticed) -> Resolution:
    """The resolution with what the notices say of a retraction: in its reason, and as its outcome.

    A match becomes *retracted*. *Not checked* stays so, and so do details that differ: whether it
    is the work that is meant is another question.
    """
    note = retraction_of(known.notices)
    if note is None:
        return resolution
    outcome = resolution.outcome
    if outcome is Outcome.MATCHED:
        outcome = Outcome.RETRACTED
    own = retracted_by(resolution.work) if resolution.work else ""
    reason = resolution.reason.removesuffix(f"; it was retracted ({own})")
    reason = f"{reason}; {in_words(known)}"
    return replace(resolution, outcome=outcome, reason=reason)


def in_words(known: Noticed) -> str:
    """The retraction with its date, source and reasons: "it was retracted on 2023-04-05 (…)"."""
    retractions = [note for note in known.notices if retraction_of((note,)) is not None]
    dated = next((note.date for note in retractions if note.date), "")
    sources = dict.fromkeys(_source(note) for note in retractions if note.source)
    why = next((words for note, words in known.reasons if retraction_of((note,))), "")
    doi = known.retraction if known.retraction.startswith("10.") else ""
    said = "; ".join(filter(None, (doi, ", ".join(sources), why)))
    return f"it was retracted{f' on {dated}' if dated else ''}{f' ({said})' if said else ''}"


def _source(note: Update) -> str:
    """Whose word a notice is, as people write it."""
    return NAME if note.source.lower() in _RETRACTION_WATCH else note.source
