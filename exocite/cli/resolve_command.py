"""exocite resolve."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING

import click

from exocite.cli import CLEAN, FINDINGS, NOT_CHECKED, options, resolving_text
from exocite.cli.terminal import Terminal
from exocite.cli.words import OUTCOMES, count
from exocite.model import Outcome

if TYPE_CHECKING:
    from exocite.project.resolving import Resolved


@click.command(name="resolve", epilog="Example: EXOCITE_MAILTO=you@example.org exocite resolve")
@click.argument("keys", nargs=-1, metavar="[KEY]...")
@click.option("--dry-run", is_flag=True, help="Ask, but write nothing.")
@click.option("--explain", is_flag=True, help="Show every work that was compared, by field.")
@click.option("--update", is_flag=True, help="Write the fields that differ or lack, too.")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=4,
    show_default=True,
    help="Look-ups at once; Crossref's own limits are kept whatever this says.",
)
@click.option("--retractions", default=None, metavar="CSV", help="Retraction Watch's file.")
@click.option("--snapshot", default=None, metavar="FILE", help="Ask this file first.")
@options.registry
@options.as_json
@click.pass_context
def command(
    context: click.Context,
    keys: tuple[str, ...],
    dry_run: bool,
    explain: bool,
    update: bool,
    workers: int,
    retractions: str | None,
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

    A DOI that Crossref does not hold is asked for where doi.org says that it was registered; a
    PMID, PMCID or arXiv identifier goes to Europe PMC and arXiv. Retractions, corrections and
    concerns are remembered, also those of --retractions, which needs no network. --update writes
    the fields of the record that conflict or lack, and no others; --explain KEY shows what was
    compared.

    Answers are kept in .exocite and stand for new ones for a day; the records tell their date.
    --refresh asks again, --offline asks nobody: what is not kept is then not checked. A snapshot
    (`exocite snapshot`) is asked first; what it confirms Crossref is not asked for.

    Exit codes: 0 all matched; 1 some did not match or are retracted; 3 some were not checked, or
    an entry could not be read.
    """
    from exocite.cli import other_registries
    from exocite.project.resolving import resolve

    terminal = options.terminal()
    project = options.project(
        crossref_url=crossref_url,
        mailto=mailto,
        timeout=timeout,
        snapshot=snapshot,
        retractions=retractions,
    )
    wanted = project.of_works(keys)
    results: list[Resolved] = []
    crossref = options.crossref(project, refresh=refresh, offline=offline)
    asked = resolve(
        project,
        wanted,
        crossref,
        others=other_registries.others(project, refresh=refresh, offline=offline),
        snapshot=options.snapshot(project),
        retractions=other_registries.retractions(project),
        workers=workers,
        write=not dry_run,
        explain=explain,
        update=update,
    )
    with (
        closing(asked) as steps,
        terminal.progress(steps, length=len(wanted), label="resolving") as bar,
    ):
        for result in bar:
            results.append(result)
            if not as_json:
                resolving_text.show(terminal, result, explain=explain, dry_run=dry_run)
    for note in crossref.notes:
        terminal.note(f"note: {note}")
    unasked = (one.unasked for one in results if one.resolution.outcome is not Outcome.NOT_CHECKED)
    for reason in dict.fromkeys(filter(None, unasked)):
        terminal.note(f"note: notices of retractions and corrections were not asked for: {reason}")
    if as_json:
        terminal.json(
            "exocite.resolve/1",
            {"references": [resolving_text.as_json(one, explain=explain) for one in results]},
        )
    else:
        _summary(terminal, results)
    unread = not keys and options.unread_entries(terminal, project, "resolved")
    if not (results or unread or as_json):
        terminal.echo("the bibliography is empty: `exocite add` fills it")
    context.exit(_exit_code(results) or (NOT_CHECKED if unread else CLEAN))


def _summary(terminal: Terminal, results: list[Resolved]) -> None:
    if not results:
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
    if any(result.record.retraction for result in results):
        return FINDINGS
    return NOT_CHECKED if Outcome.NOT_CHECKED in outcomes else CLEAN
