"""Snapshots in the pipeline: building one, and what its answer is worth for a reference.

A snapshot never holds all that there is. What it holds can confirm a reference; what it does not
hold, or what fits in part, says nothing: *not checked*, never *not found*.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from exocite import matching
from exocite.errors import RegistryError, UsageError
from exocite.model import Outcome, ParsedReference, Resolution
from exocite.registries.snapshot import inputs
from exocite.registries.snapshot.building import Progress
from exocite.registries.snapshot.building import build as built
from exocite.registries.snapshot.registry import Snapshot, dated
from exocite.registries.snapshot.selection import Selection, listed_dois, year_span
from exocite.store import MAX_BYTES, Store

SETTLED = frozenset({Outcome.MATCHED, Outcome.RETRACTED})
"""Outcomes after which nobody else need be asked."""

_SURE = SETTLED | {Outcome.AMBIGUOUS}
_NAME = "the snapshot"


@dataclass(frozen=True, slots=True)
class Build:
    """A build that is ready to run: how many bytes it has to read, and its steps."""

    total: int
    steps: Iterator[Progress]


def build(
    path: Path,
    files: Sequence[Path],
    *,
    engine: str,
    journals: Sequence[str] = (),
    years: str = "",
    dois: Path | None = None,
    day: str = "",
    now: datetime | None = None,
) -> Build:
    """A snapshot at `path` made of files; nothing happens before its steps are taken.

    `years` is "2010-2020", `dois` a text with a DOI a line, `day` the date of the data. Raises
    UsageError for what cannot be, ReadError for a list that cannot be read; the steps raise
    LockedError, ReadError and StoreError.
    """
    first, last = year_span(years) if years else (0, 0)
    selection = Selection(tuple(journals), first, last, _listed(dois) if dois else None)
    moment = (now or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    total = inputs.total(files)
    if path.resolve() in {file.resolve() for file in files}:
        raise UsageError(f"{path}: the snapshot cannot be one of its own files")
    steps = built(path, files, selection, engine=engine, date=_given(day), now=moment)
    return Build(total, steps)


def _listed(path: Path) -> frozenset[str]:
    text = Store(path.parent).read(path, limit=MAX_BYTES).decode("utf-8-sig", "replace")
    found = listed_dois(text.splitlines())
    if not found:
        raise UsageError(f"{path}: this file holds no DOI", hint="give one DOI a line")
    return found


def _given(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise UsageError(f"--date is {text!r}", hint="it looks like 2026-03-31") from None


# --------------------------------------------------------------------------- asking


def ask(parsed: ParsedReference, snapshot: Snapshot) -> Resolution:
    """What a snapshot alone can say of a reference: confirmed, contradicted, or not checked.

    A DOI that the snapshot holds is compared with its record. Without a DOI the works that a
    search finds are compared; only a clear match, or several, count, because a better one may be
    where the snapshot does not reach.
    """
    query = matching.query(parsed)
    if not parsed.doi and not any(c.isalnum() for c in query):
        return Resolution(Outcome.NOT_CHECKED, "the reference has nothing to search by")
    try:
        if parsed.doi:
            found = matching.confirm(parsed, snapshot.work(parsed.doi), registry=_NAME)
            return replace(found, reason=f"{found.reason} ({dated(snapshot.facts)})")
        found = matching.decide(parsed, snapshot.search(query), registry=_NAME)
    except RegistryError as error:
        return Resolution(Outcome.NOT_CHECKED, error.message)
    if found.outcome in _SURE:
        return replace(found, reason=f"{found.reason} ({dated(snapshot.facts)})")
    reason = f"the snapshot ({dated(snapshot.facts)}) cannot say: {found.reason}"
    return Resolution(Outcome.NOT_CHECKED, reason, None, found.candidates)


def day(snapshot: Snapshot) -> str:
    """When a snapshot's records said what they say, ISO 8601: of no later day than its building."""
    facts = snapshot.facts
    known = facts.given_date or facts.data_date
    return f"{known}T00:00:00Z" if known else facts.built
