"""exocite claims."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from exocite.cli import options
from exocite.cli.claim_json import claims_json
from exocite.cli.terminal import Terminal
from exocite.cli.words import STATES, count
from exocite.text import printable

if TYPE_CHECKING:
    from exocite.project.reading import Reading


@click.command(name="claims", epilog="Example: exocite claims article.md --json")
@options.article
@options.encoding
@options.as_json
def command(article: str, encoding: str, as_json: bool) -> None:
    """Show which sentences of an article need a source, and why.

    With --json each claim carries its citations and the passages that are suggested for it.
    """
    from exocite.project.judging import suggestions
    from exocite.project.reading import article as article_of
    from exocite.project.reading import read

    terminal = options.terminal()
    project = options.project()
    reading = read(project, article_of(project, article, encoding=encoding))
    if as_json:
        linkings = suggestions(project, reading)
        terminal.json("exocite.claims/1", claims_json(reading, linkings))
    else:
        _print(terminal, reading)


def _print(terminal: Terminal, reading: Reading) -> None:
    lines = reading.lines
    section = None
    for claim in reading.claims:
        if claim.section != section:
            section = claim.section
            if section:
                terminal.echo(f"\n{terminal.paint('strong', terminal.cut(section, 80))}")
        line, column = lines.position(claim.span.start)
        role, word = STATES[reading.standings.of[claim.id].state]
        place = f"{printable(reading.article.path)}:{line}:{column}"
        terminal.echo(
            f"{terminal.paint('path', place)}  {terminal.paint(role, word)}  "
            f"{terminal.paint('dim', f'{claim.id}  {claim.score:.2f}  {claim.reason}')}"
        )
        terminal.wrapped(claim.text, indent=4)
        for verdict in reading.standings.of[claim.id].verdicts:
            about = f" on {verdict.key}" if verdict.key else ""
            terminal.wrapped(f"{verdict.judgement} by {verdict.by}{about}", indent=4, role="key")
    states = Counter(standing.state for standing in reading.standings.of.values())
    parts = [f"{states[state]} {word}" for state, (_, word) in STATES.items() if states[state]]
    tail = f": {', '.join(parts)}" if parts else ""
    terminal.echo(
        f"\n{count(len(reading.claims), 'claim')} in {count(reading.sentences, 'sentence')}{tail}"
    )
