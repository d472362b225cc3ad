"""What `resolve` prints of a reference, as text and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exocite.cli.terminal import Terminal
from exocite.cli.words import OUTCOMES
from exocite.model import Candidate, Outcome, Update
from exocite.text import printable

if TYPE_CHECKING:
    from exocite.project.resolving import Resolved

_SHOWN = 3
_SHOWN_JSON = 5
_WIDTH = 60
_MARKS = {"agree": "=", "conflict": "≠", "missing": "·"}
_ROLES = {"agree": "good", "conflict": "warning", "missing": "dim"}


def show(terminal: Terminal, result: Resolved, *, explain: bool, dry_run: bool) -> None:
    """The outcome of a reference, why, and what follows; with `explain` all candidates."""
    resolution = result.resolution
    role, word = OUTCOMES[resolution.outcome]
    doi = f"  {resolution.work.doi}" if resolution.work and resolution.work.doi else ""
    key = terminal.paint("key", printable(result.reference.key))
    terminal.echo(f"{key}: {terminal.paint(role, word)}{printable(doi)}")
    terminal.echo(f"    {printable(resolution.reason)}")
    _show_notices(terminal, result)
    _show_changes(terminal, result, dry_run)
    if result.kept:
        terminal.echo(f"    what was learned on {result.kept} is kept: {result.record.outcome}")
    if explain:
        _explain(terminal, result)
    elif resolution.outcome is Outcome.AMBIGUOUS:
        for candidate in resolution.candidates[:_SHOWN]:
            terminal.echo(
                f"    candidate {printable(candidate.work.doi)}: "
                f"{terminal.cut(candidate.work.title, 70)}"
            )


def _show_notices(terminal: Terminal, result: Resolved) -> None:
    record = result.record
    for notice in record.notices:
        where = ", ".join(filter(None, (notice.doi, notice.date, notice.source)))
        words = notice.type.replace("_", " ")
        terminal.echo(f"    notice: {printable(f'{words}, {where}' if where else words)}")
    if record.published_as:
        published = printable(record.published_as)
        terminal.echo(f"    this preprint was published as {published}: see what that says")
        terminal.echo(f"    `exocite add {published}` takes it into the bibliography")


def _show_changes(terminal: Terminal, result: Resolved, dry_run: bool) -> None:
    goes = "would go" if dry_run else "goes"
    for change in result.changes:
        if change.field == "doi" and not change.before:
            terminal.echo(f"    its DOI {goes} into the bibliography: {printable(change.after)}")
            continue
        before = terminal.cut(change.before, _WIDTH) if change.before else "nothing"
        after = terminal.cut(change.after, _WIDTH)
        terminal.echo(f"    {printable(change.field)}: {before} → {after}")


def _explain(terminal: Terminal, result: Resolved) -> None:
    """Every work that was compared, field by field, with both values."""
    candidates = result.resolution.candidates
    if not candidates:
        terminal.echo("    no work was compared")
        return
    chosen = result.resolution.work
    for number, candidate in enumerate(candidates, 1):
        name = printable(candidate.work.doi) or "a work without a DOI"
        taken = "  (this one)" if chosen is not None and candidate.work.doi == chosen.doi else ""
        terminal.echo(f"    {number}. {name}  score {candidate.score:.2f}{taken}")
        for one in candidate.comparisons:
            mark = terminal.paint(_ROLES[one.result], f"{_MARKS[one.result]} {one.result:<8}")
            ours = terminal.cut(one.ours, _WIDTH) if one.ours else "not printed"
            theirs = terminal.cut(one.theirs, _WIDTH) if one.theirs else "not in the record"
            terminal.echo(f"       {mark} {one.field:<9} {ours} | {theirs}")
        terminal.echo(f"       {printable(candidate.reason)}")


def as_json(result: Resolved, *, explain: bool) -> dict[str, object]:
    """The same for programs."""
    resolution, record = result.resolution, result.record
    shown = resolution.candidates if explain else resolution.candidates[:_SHOWN_JSON]
    return {
        "key": result.reference.key,
        "outcome": resolution.outcome,
        "reason": resolution.reason,
        "doi": resolution.work.doi if resolution.work else "",
        "title": resolution.work.title if resolution.work else "",
        "date": record.date,
        "registry": record.registry,
        "retraction": record.retraction,
        "notices": [_notice(one) for one in record.notices],
        "unasked": result.unasked,
        "published_as": record.published_as,
        "kept": result.kept,
        "written": result.written,
        "changes": [
            {"field": one.field, "before": one.before, "after": one.after} for one in result.changes
        ],
        "candidates": [_candidate(one) for one in shown],
    }


def _notice(notice: Update) -> dict[str, str]:
    return {
        "type": notice.type,
        "doi": notice.doi,
        "date": notice.date,
        "source": notice.source,
    }


def _candidate(candidate: Candidate) -> dict[str, object]:
    return {
        "doi": candidate.work.doi,
        "title": candidate.work.title,
        "score": candidate.score,
        "reason": candidate.reason,
        "fields": [
            {"field": one.field, "result": one.result, "ours": one.ours, "theirs": one.theirs}
            for one in candidate.comparisons
        ],
    }
