"""exocite claims."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from exocite.cli import options
from exocite.cli.claim_json import cited_parts, claims_json, judge_json
from exocite.cli.terminal import Terminal
from exocite.cli.words import STATES, count
from exocite.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exocite.model import CitedItem, Claim
    from exocite.project.reading import Reading
    from exocite.states import Standing, Standings


@click.command(name="claims", epilog="Example: exocite claims article.md --json")
@options.article
@options.mode
@options.encoding
@options.as_json
def command(article: str, mode: str | None, encoding: str, as_json: bool) -> None:
    """Show which sentences of an article need a source, and why.

    With --json each claim carries its citations and the passages that are suggested for it.
    """
    from exocite.project.judging import readings, suggestions
    from exocite.project.reading import article as article_of
    from exocite.project.reading import read

    terminal = options.terminal()
    project = options.project(mode=mode)
    reading = read(project, article_of(project, article, encoding=encoding))
    if as_json:
        every = reading.claims
        with terminal.progress(every, length=len(every), label="comparing") as claims:
            linkings = suggestions(project, reading, claims=claims)
        options.unread(terminal, project)
        told = claims_json(reading, linkings, readings(project, reading, linkings))
        terminal.json("exocite.claims/1", told | {"judge": judge_json(project)})
        options.leave(project)
    else:
        _print(terminal, reading)


def _print(terminal: Terminal, reading: Reading) -> None:
    section = None
    for claim in reading.claims:
        if claim.section != section:
            section = claim.section
            if section:
                terminal.echo(f"\n{terminal.paint('strong', terminal.cut(section, 80))}")
        role, word = STATES[reading.standings.of[claim.id].state]
        place = printable(reading.where(claim.span.start))
        terminal.echo(
            f"{terminal.paint('path', place)}  {terminal.paint(role, word)}  "
            f"{terminal.paint('dim', f'{claim.id}  {claim.score:.2f}  {claim.reason}')}"
        )
        terminal.wrapped(claim.text, indent=4)
        for line in _citing(claim):
            terminal.wrapped(line, indent=4, role="dim")
        for verdict in reading.standings.of[claim.id].verdicts:
            about = f" on {verdict.key}" if verdict.key else ""
            terminal.wrapped(f"{verdict.judgement} by {verdict.by}{about}", indent=4, role="key")
        for reason in _stale(reading.standings.of[claim.id]):
            terminal.wrapped(reason, indent=4, role="warning")
    _orphans(terminal, reading.standings)
    states = Counter(standing.state for standing in reading.standings.of.values())
    parts = [f"{states[state]} {word}" for state, (_, word) in STATES.items() if states[state]]
    tail = f": {', '.join(parts)}" if parts else ""
    terminal.echo(
        f"\n{count(len(reading.claims), 'claim')} in {count(reading.sentences, 'sentence')}{tail}"
    )


def _citing(claim: Claim) -> Iterator[str]:
    """What a marker cites for, where that is not just its own sentence."""
    from exocite.formats.text import REACHES

    for citation, part in zip(claim.citations, cited_parts(claim), strict=True):
        if part:
            yield f"{', '.join(map(_named, citation.items))} is cited for “{part}”"
    if claim.cover is not None:
        named = ", ".join(_named(item) for one in claim.cover.citations for item in one.items)
        yield f"cited by {REACHES[claim.cover.reach]}: {named}"


def _named(item: CitedItem) -> str:
    return item.keys[0] if len(item.keys) == 1 else item.label


def _stale(standing: Standing) -> Iterator[str]:
    """What no longer holds of a claim, and what moved."""
    for old in standing.stale:
        yield f"stale: {old.verdict.judgement} by {old.verdict.by}; {old.reason}"
    for moved in standing.stale_links:
        yield f"stale: the accepted passage of {moved.link.key}; {moved.reason}"


def _orphans(terminal: Terminal, standings: Standings) -> None:
    """The verdicts and accepted passages whose sentence is gone."""
    gone = [(f"{v.judgement} by {v.by}", v.anchor.exact) for v in standings.orphaned]
    gone += [(f"a passage of {link.key}", link.anchor.exact) for link in standings.orphaned_links]
    if gone:
        terminal.echo()
    for what, words in gone:
        terminal.wrapped(f"orphaned, its sentence is gone: {what}: “{words}”", role="warning")
