"""exocite link --write: what is put into the article, shown and, where it is asked, confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from exocite.cli import options
from exocite.cli.words import count
from exocite.text import Lines, printable

if TYPE_CHECKING:
    from exocite.claims.insertion import Insertion
    from exocite.cli.terminal import Terminal
    from exocite.project.writing import Plan


def run(
    article: str, encoding: str, only: str, *, dry_run: bool, no_input: bool, as_json: bool
) -> None:
    """Write the accepted links of the article; on a terminal, show them first and ask.

    Ends with exit code 1 where a link is left out.
    """
    from exocite.project.writing import plan, write

    terminal = options.terminal()
    project = options.project()
    planned = plan(project, article, encoding=encoding, only=only)
    asks = terminal.interactive and not (no_input or dry_run or as_json)
    if asks and planned.insertions:
        _show(terminal, planned, written=False)
        number = count(len(planned.insertions), "citation")
        if not click.confirm(f"write {number} into {printable(article)}?", default=False):
            terminal.echo("nothing was written")
            return
    if not dry_run:
        write(project, planned)
    if as_json:
        terminal.json("exocite.write/1", _json(planned, written=not dry_run))
    else:
        _show(terminal, planned, written=not dry_run)
        _left_out(terminal, planned)
        _summary(terminal, planned, dry_run=dry_run)
    if planned.left_out:
        click.get_current_context().exit(1)


def _places(planned: Plan, *, written: bool) -> list[tuple[int, int, Insertion]]:
    """Line and column of each insertion, in the file as it is when the command ends."""
    lines = Lines(planned.reading.article.source)
    found = []
    shift = {0: 0}
    for one in planned.insertions:
        line, column = lines.position(one.at)
        moved = shift.get(line, 0) if written else 0
        found.append((line, column + moved, one))
        shift[line] = moved + len(one.text)
    return found


def _show(terminal: Terminal, planned: Plan, *, written: bool) -> None:
    for line, column, one in _places(planned, written=written):
        marker = one.text.lstrip()
        at = column + len(one.text) - len(marker)
        place = terminal.paint("path", f"{printable(planned.path)}:{line}:{at}")
        terminal.echo(f"{place}  {terminal.paint('key', printable(marker))}")


def _left_out(terminal: Terminal, planned: Plan) -> None:
    lines = planned.reading.lines
    for one in planned.left_out:
        line, column = lines.position(planned.reading.claim(one.claim).span.start)
        terminal.wrapped(
            f"{planned.path}:{line}:{column}  left out: {', '.join(one.keys)}: {one.reason}",
            role="warning",
        )


def _summary(terminal: Terminal, planned: Plan, *, dry_run: bool) -> None:
    number = len(planned.insertions)
    if not number and not planned.left_out:
        terminal.echo("every accepted link is cited already; nothing was written")
        return
    did = "would be put in; nothing was written" if dry_run else "put in"
    rest = f"; {count(len(planned.left_out), 'link')} left out" if planned.left_out else ""
    terminal.echo(f"{count(number, 'citation')} {did}{rest}")


def _json(planned: Plan, *, written: bool) -> dict[str, object]:
    return {
        "article": planned.path,
        "written": written and bool(planned.insertions),
        "insertions": [
            {
                "claim": one.claim,
                "keys": list(one.keys),
                "line": line,
                "column": column,
                "start": one.at,
                "text": one.text,
            }
            for line, column, one in _places(planned, written=written)
        ],
        "left_out": [
            {"claim": one.claim, "keys": list(one.keys), "reason": one.reason}
            for one in planned.left_out
        ],
    }
