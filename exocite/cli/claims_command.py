"""exocite claims."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from exocite.claims import segment
from exocite.cli import options
from exocite.cli.claim_json import cited_parts, claims_json, judge_json
from exocite.cli.terminal import Terminal
from exocite.cli.words import STATES, count
from exocite.model import BlockKind, ClaimState
from exocite.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exocite.claims.detect import Explained
    from exocite.model import CitedItem, Claim, Sentence
    from exocite.project.explaining import Explanation
    from exocite.project.reading import Reading
    from exocite.states import Standing, Standings


@click.command(
    name="claims", epilog="Examples: exocite claims article.md; exocite claims a.md --explain 12"
)
@options.article
@click.option("--in-text", is_flag=True, help="Show the article's text with its claims marked.")
@click.option(
    "--explain",
    "line",
    type=int,
    metavar="LINE",
    help="Say why each sentence on this line is a claim or not.",
)
@options.mode
@options.encoding
@options.as_json
def command(
    article: str,
    in_text: bool,
    line: int | None,
    mode: str | None,
    encoding: str,
    as_json: bool,
) -> None:
    """Show which sentences of an article need a source, and why.

    With --json each claim carries its citations and the passages that are suggested for it.
    """
    from exocite.project.explaining import explain
    from exocite.project.judging import readings, suggestions
    from exocite.project.reading import article as article_of
    from exocite.project.reading import read

    terminal = options.terminal()
    project = options.project(mode=mode)
    text = article_of(project, article, encoding=encoding)
    if line is not None:
        _explain(terminal, explain(project, text, line), as_json=as_json)
        return
    reading = read(project, text)
    if as_json:
        every = reading.claims
        with terminal.progress(every, length=len(every), label="comparing") as claims:
            linkings = suggestions(project, reading, claims=claims)
        options.unread(terminal, project)
        told = claims_json(reading, linkings, readings(project, reading, linkings))
        terminal.json("exocite.claims/1", told | {"judge": judge_json(project)})
        options.leave(project)
    elif in_text:
        _print_text(terminal, reading)
        _print_counts(terminal, reading)
    else:
        _print(terminal, reading)
        _print_counts(terminal, reading)


def _explain(terminal: Terminal, found: tuple[Explanation, ...], *, as_json: bool) -> None:
    if as_json:
        told = [
            {
                "text": one.sentence.text,
                "start": one.sentence.span.start,
                "end": one.sentence.span.end,
                "is_claim": one.is_claim,
                "score": round(one.assessment.score, 4),
                "least": explanation.least,
                "kind": one.assessment.kind,
                "reason": _why(one, explanation.least),
            }
            for explanation in found
            for one in explanation.sentences
        ]
        blocks = [explanation.block.kind for explanation in found]
        genres = {explanation.genre for explanation in found}
        article = [{"research": genre.research, "why": genre.why} for genre in genres]
        terminal.json(
            "exocite.claims.explain/1",
            {"article": article[0] if article else None, "blocks": blocks, "sentences": told},
        )
        return
    if not found:
        terminal.echo("nothing of the article stands on this line")
    for explanation in found:
        if not explanation.block.kind.is_prose:
            terminal.wrapped(explanation.block.text[:500])
            terminal.wrapped(f"not looked at: this is a {explanation.block.kind}", indent=4)
        for one in explanation.sentences:
            terminal.wrapped(one.sentence.text)
            role = "good" if one.is_claim else "dim"
            word = "a claim" if one.is_claim else "no claim"
            terminal.wrapped(f"{word}: {_why(one, explanation.least)}", indent=4, role=role)
    for genre in {explanation.genre for explanation in found}:
        terminal.wrapped(f"the article is {genre.why}", role="dim")


def _why(one: Explained, least: float) -> str:
    """Reason, kind and score of a sentence in words."""
    assessed = one.assessment
    score = f"score {assessed.score:.2f}, a claim has {least:.2f} or more"
    if one.by_citation:
        return f"its author cites a source for it ({score})"
    return f"{assessed.reason.removeprefix('no claim: ')} ({assessed.kind}; {score})"


_GLYPHS = {
    ClaimState.UNCITED: "\u25cb",
    ClaimState.CITED: "\u25d0",
    ClaimState.REVIEWED: "\u25cf",
    ClaimState.EXEMPT: "\u2013",
    ClaimState.STALE: "\u25cc",
}


def _print_text(terminal: Terminal, reading: Reading) -> None:
    """The article as it reads; each claim begins with the glyph of its state and its id."""
    claims = {claim.span: claim for claim in reading.claims}
    by_block: dict[int, list[Sentence]] = {}
    for sentence in segment.sentences(reading.article):
        by_block.setdefault(sentence.block, []).append(sentence)
    for number, block in enumerate(reading.article.blocks):
        if not block.kind.is_prose:
            role = "strong" if block.kind is BlockKind.HEADING else "dim"
            terminal.wrapped(block.text[:2000], role=role)
        for sentence in by_block.get(number, ()) if block.kind.is_prose else ():
            claim = claims.get(sentence.span)
            if claim is None:
                terminal.wrapped(sentence.text, indent=2, role="dim")
                continue
            state = reading.standings.of[claim.id].state
            terminal.wrapped(f"{_GLYPHS[state]} {sentence.text}", indent=2, role=STATES[state][0])
            kind = f", {claim.kind}" if claim.kind else ""
            terminal.wrapped(f"{STATES[state][1]}{kind}, {claim.id}", indent=4, role="dim")
        terminal.echo()
    terminal.echo("  ".join(f"{glyph} {STATES[state][1]}" for state, glyph in _GLYPHS.items()))


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


def _print_counts(terminal: Terminal, reading: Reading) -> None:
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
