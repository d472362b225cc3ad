"""exocite list."""

from __future__ import annotations

import click

from exocite.cli import options
from exocite.cli.words import OUTCOMES, count
from exocite.text import printable


@click.command(name="list", epilog="Example: exocite list --json")
@options.as_json
def command(as_json: bool) -> None:
    """Show the references: key, year, first author, outcome, DOI and title.

    The outcome is that of the last `exocite resolve`; nothing is asked of the network here.
    """
    from exocite.project.exporting import listing

    terminal = options.terminal()
    project = options.project()
    listed = listing(project)
    if as_json:
        terminal.json(
            "exocite.list/1",
            {
                "bibliography": project.document.path,
                "references": [
                    {
                        "key": one.reference.key,
                        "type": one.reference.type,
                        "author": one.author,
                        "year": one.year,
                        "title": one.reference.get("title"),
                        "doi": one.doi,
                        "outcome": one.record.outcome if one.record else "",
                        "date": one.record.date if one.record else "",
                        "texts": list(one.texts),
                        "line": one.reference.line,
                    }
                    for one in listed
                ],
            },
        )
        return
    terminal.table(
        [
            (
                printable(one.reference.key),
                printable(one.year),
                terminal.cut(one.author, 24),
                OUTCOMES[one.record.outcome][1] if one.record else "never resolved",
                printable(one.doi) or "no DOI",
                ", ".join(one.texts) or "no text",
                one.reference.get("title"),
            )
            for one in listed
        ],
        roles=("key", "", "", "strong", "", "dim"),
    )
    for problem in project.document.problems:
        terminal.note(f"{project.document.path}:{problem.line}: {problem.message}")
    terminal.echo(f"{count(len(listed), 'reference')} in {project.document.path}")
