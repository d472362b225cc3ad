"""exocite sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from exocite.cli import CLEAN, NOT_CHECKED, options
from exocite.cli.sources_text import brief, detailed, one_file, reference_json
from exocite.cli.words import BASES, count
from exocite.errors import UsageError
from exocite.text import printable

if TYPE_CHECKING:
    from exocite.cli.terminal import Terminal
    from exocite.project import Project
    from exocite.project.attaching import Attached, Detached, Held


@click.command(
    name="sources",
    epilog="""\b
Examples:
  exocite sources
  exocite sources ku2023 --attach paper.pdf
  exocite sources okafor2024 --attach interview.vtt --date 2024-05-31 --note "by phone"
  exocite sources ku2023 --detach ku2023.paper.pdf
""",
)
@click.argument("key", required=False, default="", metavar="[KEY]")
@click.option("--attach", "path", metavar="FILE", help="Copy this file into bib/sources/.")
@click.option("--locator", metavar="TEXT", default="", help="Which part of the work it is.")
@click.option("--date", metavar="DATE", default="", help="The date of the evidence: 2024-05-31.")
@click.option("--note", metavar="TEXT", default="", help="A remark that is kept beside it.")
@click.option("--replace", is_flag=True, help="Let --attach replace another file of its name.")
@click.option("--detach", "name", metavar="NAME", help="Remove this file and what is kept of it.")
@options.as_json
@click.pass_context
def command(
    context: click.Context,
    key: str,
    path: str | None,
    locator: str,
    date: str,
    note: str,
    replace: bool,
    name: str | None,
    as_json: bool,
) -> None:
    """Show what each work can be compared with; attach a text to one, or take it away.

    A text is a file in .txt .md .html .xml (JATS) .pdf .vtt or .srt. It is copied into bib/sources/
    with its hash and the date; a file that changes afterwards is told. Nothing is asked of the
    network.

    Exit codes: 0; 3 where a file could not be read, so that nothing is compared with it.
    """
    _usage(key, path, name, given=bool(locator or date or note or replace))
    from exocite.project import attaching

    terminal = options.terminal()
    project = options.project()
    done: dict[str, object] = {}
    if path is not None:
        attached = attaching.attach(
            project,
            key,
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
        detached = attaching.detach(project, key, name)
        done = {"detached": detached.name, "evidence": detached.evidence}
        if not as_json:
            _say_detached(terminal, detached)
            return
    shown = _shown(terminal, project, key)
    _report(terminal, project, shown, key, done if as_json else None)
    unread = any(file.problem for one in shown for file in one.files)
    context.exit(NOT_CHECKED if unread else CLEAN)


def _usage(key: str, path: str | None, name: str | None, *, given: bool) -> None:
    if path is not None and name is not None:
        raise UsageError("--attach and --detach are two commands", hint="give one of them")
    if (path is not None or name is not None) and not key:
        what = "--attach" if path is not None else "--detach"
        raise UsageError(
            f"{what} needs the citekey of the reference", hint=f"exocite sources KEY {what} FILE"
        )
    if given and path is None:
        raise UsageError(
            "--locator, --date, --note and --replace speak of a file that is attached",
            hint="name it with --attach FILE",
        )


def _watched(terminal: Terminal, steps: Sequence[int]) -> Iterable[int]:
    with terminal.progress(steps, length=len(steps), label="reading pages") as bar:
        yield from bar


def _shown(terminal: Terminal, project: Project, key: str) -> list[Held]:
    from exocite.project import attaching

    wanted = project.references([key] if key else ())
    steps = attaching.held(project, wanted)
    with terminal.progress(steps, length=len(wanted), label="reading texts") as bar:
        return list(bar)


def _report(
    terminal: Terminal,
    project: Project,
    shown: Sequence[Held],
    key: str,
    done: dict[str, object] | None,
) -> None:
    from exocite.project import attaching

    counts = Counter(str(one.basis) for one in shown)
    said = attaching.problems(project)
    left = () if key else attaching.unclaimed(project)
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
        (detailed if key else brief)(terminal, one)
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
    if not key:
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
