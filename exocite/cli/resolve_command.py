"""exocite resolve."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING

import click

from exocite.cli import CLEAN, FINDINGS, NOT_CHECKED, options
from exocite.cli.terminal import Terminal
from exocite.cli.words import OUTCOMES, count
from exocite.model import Outcome
from exocite.text import printable

if TYPE_CHECKING:
    from exocite.project.resolving import Resolved


@click.command(name="resolve", epilog="Example: EXOCITE_MAILTO=you@example.org exocite resolve")
@click.argument("keys", nargs=-1, metavar="[KEY]...")
@click.option("--dry-run", is_flag=True, help="Ask, but write nothing.")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=4,
    show_default=True,
    help="Look-ups at once; Crossref's own limits are kept whatever this says.",
)
@click.option("--snapshot", default=None, metavar="FILE", help="Ask this file first.")
@options.registry
@options.as_json
@click.pass_context
def command(
    context: click.Context,
    keys: tuple[str, ...],
    dry_run: bool,
    workers: int,
    snapshot: str | None,
    crossref_url: str | None,
    mailto: str | None,
    timeout: float | None,
    refresh: bool,
    offline: bool,
    as_json: bool,
) -> None:
    """Ask Crossref which works the references are, and remember the answer in works.jsonl.

    A reference with a DOI is looked up and compared; one without is searched for. A clear match
    gives the reference its DOI; in doubt nothing is chosen. When Crossref cannot be reached the
    reference is not checked, which says nothing about it. Without KEY all references are resolved.

    Answers are kept in .exocite and stand for new ones for a day; the records tell their date.
    --refresh asks again, --offline asks nobody: what is not kept is then not checked. A snapshot
    (`exocite snapshot`) is asked first; what it confirms Crossref is not asked for.

    Exit codes: 0 all matched; 1 some did not match or are retracted; 3 some were not checked.
    """
    from exocite.project.resolving import resolve

    terminal = options.terminal()
    project = options.project(
        crossref_url=crossref_url, mailto=mailto, timeout=timeout, snapshot=snapshot
    )
    wanted = project.references(keys)
    results: list[Resolved] = []
    crossref = options.crossref(project, refresh=refresh, offline=offline)
    asked = resolve(
        project,
        wanted,
        crossref,
        snapshot=options.snapshot(project),
        workers=workers,
        write=not dry_run,
    )
    with (
        closing(asked) as steps,
        terminal.progress(steps, length=len(wanted), label="resolving") as bar,
    ):
        for result in bar:
            results.append(result)
            if not as_json:
                _print(terminal, result)
    for note in crossref.notes:
        terminal.note(f"note: {note}")
    if as_json:
        terminal.json("exocite.resolve/1", {"references": [_as_json(r) for r in results]})
    else:
        _summary(terminal, results)
    context.exit(_exit_code(results))


def _print(terminal: Terminal, result: Resolved) -> None:
    resolution = result.resolution
    role, word = OUTCOMES[resolution.outcome]
    doi = f"  {resolution.work.doi}" if resolution.work else ""
    key = terminal.paint("key", printable(result.reference.key))
    terminal.echo(f"{key}: {terminal.paint(role, word)}{printable(doi)}")
    terminal.echo(f"    {printable(resolution.reason)}")
    if result.written:
        terminal.echo(f"    its DOI goes into the bibliography: {printable(result.written)}")
    if result.kept:
        terminal.echo(f"    what was learned on {result.kept} is kept: {result.record.outcome}")
    if resolution.outcome is Outcome.AMBIGUOUS:
        for candidate in resolution.candidates[:3]:
            terminal.echo(
                f"    candidate {printable(candidate.work.doi)}: "
                f"{terminal.cut(candidate.work.title, 70)}"
            )


def _summary(terminal: Terminal, results: list[Resolved]) -> None:
    if not results:
        terminal.echo("the bibliography is empty: `exocite add` fills it")
        return
    counts = Counter(result.resolution.outcome for result in results)
    parts = [
        f"{counts[outcome]} {terminal.paint(role, word)}"
        for outcome, (role, word) in OUTCOMES.items()
        if counts[outcome]
    ]
    terminal.echo(f"{count(len(results), 'reference')}: {', '.join(parts)}")
    if counts[Outcome.NOT_CHECKED]:
        terminal.echo("what was not checked is neither confirmed nor doubted; try again later")


def _exit_code(results: list[Resolved]) -> int:
    outcomes = {result.resolution.outcome for result in results}
    if outcomes - {Outcome.MATCHED, Outcome.NOT_CHECKED}:
        return FINDINGS
    return NOT_CHECKED if Outcome.NOT_CHECKED in outcomes else CLEAN


def _as_json(result: Resolved) -> dict[str, object]:
    resolution = result.resolution
    return {
        "key": result.reference.key,
        "outcome": resolution.outcome,
        "reason": resolution.reason,
        "doi": resolution.work.doi if resolution.work else "",
        "title": resolution.work.title if resolution.work else "",
        "date": result.record.date,
        "registry": result.record.registry,
        "retraction": result.record.retraction,
        "kept": result.kept,
        "written": result.written,
        "candidates": [
            {
                "doi": candidate.work.doi,
                "title": candidate.work.title,
                "score": candidate.score,
                "reason": candidate.reason,
            }
            for candidate in resolution.candidates[:5]
        ],
    }
