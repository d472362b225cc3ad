"""exocite sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from exocite.cli import CLEAN, NOT_CHECKED, options
from exocite.cli.fetched_text import fetched_counts, fetched_json, fetched_summary, one_fetched
from exocite.cli.sources_text import brief, detailed, one_file, reference_json
from exocite.cli.words import BASES, count
from exocite.errors import UsageError
from exocite.text import printable

if TYPE_CHECKING:
    from exocite.cli.terminal import Terminal
    from exocite.model import Reference
    from exocite.project import Project
    from exocite.project.attaching import Attached, Detached, Held
    from exocite.project.fetching import Fetched
    from exocite.registries import FullTexts


@click.command(
    name="sources",
    epilog="""\b
Examples:
  exocite sources
  exocite sources ku2023 --attach paper.pdf
  exocite sources okafor2024 --attach interview.vtt --date 2024-05-31 --note "by phone"
  exocite sources ku2023 --detach ku2023.paper.pdf
  exocite sources --fetch
  exocite sources ku2023 lee2021 --fetch --update
""",
)
@click.argument("keys", nargs=-1, metavar="[KEY]...")
@click.option("--attach", "path", metavar="FILE", help="Copy this file into bib/sources/.")
@click.option("--locator", metavar="TEXT", default="", help="Which part of the work it is.")
@click.option("--date", metavar="DATE", default="", help="The date of the evidence: 2024-05-31.")
@click.option("--note", metavar="TEXT", default="", help="A remark that is kept beside it.")
@click.option("--replace", is_flag=True, help="Let --attach replace another file of its name.")
@click.option("--detach", "name", metavar="NAME", help="Remove this file and what is kept of it.")
@click.option("--fetch", is_flag=True, help="Get open full texts from Europe PMC.")
@click.option("--update", is_flag=True, help="Let --fetch replace what it fetched before.")
@click.option("--europepmc-url", default=None, metavar="URL", help="Address of Europe PMC's API.")
@click.option("--mailto", default=None, metavar="ADDRESS", help="Identifies you.")
@click.option("--timeout", type=float, default=None, help="Seconds to wait for an answer.")
@options.as_json
@click.pass_context
def command(
    context: click.Context,
    keys: tuple[str, ...],
    path: str | None,
    locator: str,
    date: str,
    note: str,
    replace: bool,
    name: str | None,
    fetch: bool,
    update: bool,
    europepmc_url: str | None,
    mailto: str | None,
    timeout: float | None,
    as_json: bool,
) -> None:
    """Show what each work can be compared with; attach or fetch a text of one, or take it away.

    A text is a file in .txt .md .html .xml (JATS) .pdf .vtt or .srt. It is copied into bib/sources/
    with its hash and the date; a file that changes afterwards is told.

    --fetch asks Europe PMC for open full texts by DOI, PMCID or PMID: of each KEY, or of every
    reference that has no full text yet. Nothing else here asks the network.

    Exit codes: 0; 3 where a file is not here or could not be read, so that nothing is compared
    with it, or where Europe PMC could not be asked.
    """
    network = {"europepmc_url": europepmc_url, "mailto": mailto, "timeout": timeout}
    _usage(keys, path, name, fetch=fetch, given=bool(locator or date or note or replace))
    if not fetch and (update or any(value is not None for value in network.values())):
        raise UsageError(
            "--update, --europepmc-url, --mailto and --timeout speak of what is fetched",
            hint="add --fetch",
        )
    from exocite.project import attaching
    from exocite.project.project import is_unread

    terminal = options.terminal()
    project = options.project(**network)
    if fetch:
        context.exit(_fetch(terminal, project, keys, update=update, as_json=as_json))
    done: dict[str, object] = {}
    if path is not None:
        attached = attaching.attach(
            project,
            keys[0],
            path,
            locator=locator,
            date=date,
            note=note,
            replace=replace,
            watch=lambda steps: _watched(terminal, steps),
        )
        done = {"attached": attached.file.name, "new": attached.new, "replaced": attached.replaced}
        if not as_json:
            _say_attached(terminal, attached)
            return
    elif name is not None:
        detached = attaching.detach(project, keys[0], name)
        done = {"detached": detached.name, "evidence": detached.evidence}
        if not as_json:
            _say_detached(terminal, detached)
            return
    wanted = project.references(list(dict.fromkeys(keys))) if keys else project.of_works()
    shown = _shown(terminal, project, wanted)
    _report(terminal, project, shown, bool(keys), done if as_json else None)
    unread = any(is_unread(file) for one in shown for file in one.files)
    context.exit(NOT_CHECKED if unread else CLEAN)


def _usage(
    keys: tuple[str, ...], path: str | None, name: str | None, *, fetch: bool, given: bool
) -> None:
    given_options = (
        ("--attach", path is not None),
        ("--detach", name is not None),
        ("--fetch", fetch),
    )
    asked = [option for option, is_given in given_options if is_given]
    if len(asked) > 1:
        raise UsageError(f"{' and '.join(asked)} are {len(asked)} commands", hint="give one")
    if (path is not None or name is not None) and len(keys) != 1:
        what = "--attach" if path is not None else "--detach"
        raise UsageError(
            f"{what} needs the citekey of one reference", hint=f"exocite sources KEY {what} FILE"
        )
    if given and path is None:
        raise UsageError(
            "--locator, --date, --note and --replace speak of a file that is attached",
            hint="name it with --attach FILE",
        )


def _fetch(
    terminal: Terminal, project: Project, keys: tuple[str, ...], *, update: bool, as_json: bool
) -> int:
    """Fetch what is wanted, say how each ended, and give the exit code."""
    from exocite.project import fetching

    wanted = fetching.wanted(project, keys, update=update)
    results: list[Fetched] = []
    if wanted.references:
        steps = fetching.fetch(project, wanted.references, _archive(project), update=update)
        try:
            with terminal.progress(steps, length=len(wanted.references), label="fetching") as bar:
                for result in bar:
                    results.append(result)
                    if not as_json:
                        one_fetched(terminal, result)
        except KeyboardInterrupt:
            terminal.note(f"done before the interrupt: {fetched_counts(results)}")
            raise
    if as_json:
        shown = _shown(terminal, project, wanted.references)
        _report(terminal, project, shown, True, fetched_json(wanted, results))
    else:
        fetched_summary(terminal, wanted, results)
    unasked = any(result.outcome is fetching.Outcome.NOT_CHECKED for result in results)
    return NOT_CHECKED if unasked else CLEAN


def _archive(project: Project) -> FullTexts:
    """Europe PMC as the project's settings describe it; closed when the command ends."""
    from exocite.registries import Endpoint
    from exocite.registries.europepmc import EuropePmc

    settings = project.settings
    archive = EuropePmc(
        Endpoint(
            settings["europepmc_url"],
            mailto=settings["mailto"],
            timeout=settings["timeout"],
            deadline=settings["deadline"],
        )
    )
    click.get_current_context().call_on_close(archive.close)
    return archive


def _watched(terminal: Terminal, steps: Sequence[int]) -> Iterable[int]:
    with terminal.progress(steps, length=len(steps), label="reading pages") as bar:
        yield from bar


def _shown(terminal: Terminal, project: Project, wanted: Sequence[Reference]) -> list[Held]:
    from exocite.project import attaching

    steps = attaching.held(project, wanted)
    with terminal.progress(steps, length=len(wanted), label="reading texts") as bar:
        return list(bar)


def _report(
    terminal: Terminal,
    project: Project,
    shown: Sequence[Held],
    named: bool,
    done: dict[str, object] | None,
) -> None:
    """Print the references; `named` says that the command line chose them."""
    from exocite.project import attaching

    counts = Counter(str(one.basis) for one in shown)
    said = attaching.problems(project)
    left = () if named else attaching.unclaimed(project)
    if done is not None:
        terminal.json(
            "exocite.sources/1",
            {
                "bibliography": project.document.path,
                **done,
                "references": [reference_json(one) for one in shown],
                "counts": {kind: counts[kind] for kind in BASES},
                "unclaimed": [{"file": name, "reason": reason} for name, reason in left],
                "problems": list(said),
            },
        )
        return
    for one in shown:
        (detailed if named else brief)(terminal, one)
    for name, reason in left:
        terminal.note(f"bib/sources/{name}: {reason}")
    broken = project.document.problems
    for problem in (
        *said,
        *(f"{project.document.path}:{one.line}: {one.message}" for one in broken),
    ):
        terminal.note(problem)
    parts = [
        f"{counts[kind]} {terminal.paint(BASES[kind], kind)}" for kind in BASES if counts[kind]
    ]
    if not named:
        listed = f": {', '.join(parts)}" if parts else ""
        terminal.echo(f"{count(len(shown), 'reference')}{listed}")


def _say_attached(terminal: Terminal, attached: Attached) -> None:
    said = "replaced" if attached.replaced else "attached" if attached.new else "attached already"
    terminal.echo(f"{terminal.paint('good', said)}: bib/sources/{printable(attached.file.name)}")
    one_file(terminal, attached.file, parts=False)


def _say_detached(terminal: Terminal, detached: Detached) -> None:
    gone = "removed" if detached.removed else "it was gone; its line was removed"
    terminal.echo(f"{gone}: bib/sources/{printable(detached.name)}")
    if detached.evidence:
        terminal.wrapped(
            f"{count(detached.evidence, 'accepted passage')} stood in it; what rests on that can "
            "no longer be compared with it",
            indent=4,
            role="warning",
        )
