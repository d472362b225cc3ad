"""exocite link."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from exocite.cli import options
from exocite.cli.claim_json import claims_json
from exocite.cli.terminal import Terminal
from exocite.cli.words import STATES, count
from exocite.errors import UsageError
from exocite.model import ClaimState, Judgement
from exocite.text import Lines, printable

if TYPE_CHECKING:
    from exocite.model import Claim, Linking, Suggestion
    from exocite.project import Project
    from exocite.project.reading import Reading

_KEYS = {
    "s": Judgement.SUPPORTED,
    "p": Judgement.PARTIAL,
    "c": Judgement.CONTRADICTED,
    "n": Judgement.UNSUPPORTED,
    "d": Judgement.DISPUTED,
    "x": Judgement.EXEMPT,
    "u": Judgement.WITHDRAWN,
}
_HELP = (
    "s supported  p partial  c contradicted  n no support found  d disputed  x exempt  "
    "u undo  k next claim  q quit"
)
_FIELDS = {
    "abstract": "abstract only",
    "annote": "a note of yours",
    "note": "a note of yours",
    "annotation": "a note of yours",
    "file": "attached text",
}


@click.command(
    name="link",
    epilog="Examples: exocite link article.md --no-input; "
    "exocite link article.md --claim c1a2b3c4d5 --key ku2023 --verdict supported --by 'A. Checker'",
)
@options.article
@click.option("--claim", "claim_id", metavar="ID", default="", help="Only this claim.")
@click.option("--key", metavar="KEY", default="", help="The reference that the verdict speaks of.")
@click.option(
    "--verdict",
    type=click.Choice([judgement.value for judgement in Judgement]),
    help="Record this verdict on --claim.",
)
@click.option("--quote", metavar="TEXT", default="", help="The passage, if not the best one.")
@click.option("--by", metavar="NAME", default="", help="Who judges.")
@click.option("--note", metavar="TEXT", default="", help="Why.")
@click.option("--all", "everything", is_flag=True, help="Also claims that are reviewed or exempt.")
@options.encoding
@options.no_input
@options.as_json
def command(
    article: str,
    claim_id: str,
    key: str,
    verdict: str | None,
    quote: str,
    by: str,
    note: str,
    everything: bool,
    encoding: str,
    no_input: bool,
    as_json: bool,
) -> None:
    """Suggest for each claim the passages that may support it, or say that there is none.

    A suggestion is linked, not verified. On a terminal each claim is shown and your verdict is
    asked for; with --no-input or elsewhere they are only listed. A verdict goes to
    bib/verdicts.jsonl, the passage that it accepts to bib/evidence.jsonl.
    """
    from exocite.project.judging import suggestions
    from exocite.project.reading import article as article_of
    from exocite.project.reading import read

    terminal = options.terminal()
    project = options.project()
    reading = read(project, article_of(project, article, encoding=encoding))
    if verdict:
        _record(terminal, project, reading, claim_id, key, Judgement(verdict), quote, by, note)
        return
    only = reading.claim(claim_id).id if claim_id else ""
    linkings = [one for one in suggestions(project, reading) if not only or one.claim == only]
    if not everything and not only:
        done = {ClaimState.REVIEWED, ClaimState.EXEMPT}
        linkings = [one for one in linkings if reading.standings.of[one.claim].state not in done]
    if as_json:
        terminal.json("exocite.link/1", claims_json(reading, linkings))
    elif no_input or not terminal.interactive:
        _list(terminal, reading, linkings)
    else:
        _ask(terminal, project, reading, linkings, by)


def _record(
    terminal: Terminal,
    project: Project,
    reading: Reading,
    claim_id: str,
    key: str,
    judgement: Judgement,
    quote: str,
    by: str,
    note: str,
) -> None:
    if quote and not key:
        raise UsageError("a quotation is of one work", hint="name it with --key")
    if not claim_id or not by:
        raise UsageError(
            "a verdict needs to say on which claim and by whom",
            hint="give --claim ID and --by NAME",
        )
    from exocite.project import judging

    claim = reading.claim(claim_id)
    suggestion = None
    if quote:
        suggestion = judging.quotation(project, claim, key, quote)
    elif key:
        suggestion = judging.suggestion(project, claim, key)
    judging.judge(
        project, reading, claim, judgement, by=by, note=note, key=key, suggestion=suggestion
    )
    what = f" on the passage of {key}" if suggestion else (f" on {key}" if key else "")
    terminal.echo(f"{claim.id}: {terminal.paint('good', judgement)} by {printable(by)}{what}")
    if suggestion:
        terminal.echo(f"    “{printable(' '.join(suggestion.passage.text.split()))}”")


# --------------------------------------------------------------------------- listing


def _list(terminal: Terminal, reading: Reading, linkings: list[Linking]) -> None:
    lines = Lines(reading.article.source)
    for linking in linkings:
        _show(terminal, reading, linking, lines)
        terminal.echo()
    linked = sum(bool(linking.suggestions) for linking in linkings)
    silent = sorted({key for linking in linkings for key in linking.not_compared})
    if silent:
        terminal.echo(
            f"not compared, for want of any text: {', '.join(printable(key) for key in silent)}; "
            "`exocite resolve` fetches abstracts, bib/sources/KEY.txt holds your own"
        )
    terminal.echo(
        f"{count(len(linkings), 'claim')}: {linked} with a suggested passage, "
        f"{len(linkings) - linked} with none; suggestions are linked, not verified"
    )


def _show(terminal: Terminal, reading: Reading, linking: Linking, lines: Lines) -> None:
    claim = reading.claim(linking.claim)
    line, column = lines.position(claim.span.start)
    role, word = STATES[reading.standings.of[claim.id].state]
    place = terminal.paint("path", f"{reading.article.path}:{line}:{column}")
    terminal.echo(f"{place}  {terminal.paint(role, word)}  {terminal.paint('dim', claim.id)}")
    terminal.echo(f"  {terminal.paint('strong', printable(claim.text))}")
    for number, suggestion in enumerate(linking.suggestions, 1):
        _suggestion(terminal, number, suggestion)
    if not linking.suggestions:
        terminal.echo(f"  none of these: {printable(linking.reason)}")
    if linking.nearest:
        terminal.echo("  nearest, too weak to be suggested:")
        _suggestion(terminal, 0, linking.nearest)


def _suggestion(terminal: Terminal, number: int, suggestion: Suggestion) -> None:
    passage = suggestion.passage
    where = ", ".join(filter(None, (_FIELDS.get(passage.field, passage.field), passage.locator)))
    label = f"{number}." if number else "  "
    terminal.echo(
        f"  {label} {terminal.paint('key', suggestion.key)}  {suggestion.relation}, "
        f"confidence {suggestion.confidence:.2f}  ({printable(where)})"
    )
    terminal.echo(f"     “{printable(' '.join(passage.text.split()))}”")
    for conflict in suggestion.conflicts:
        terminal.echo(f"     {terminal.paint('warning', 'conflict')}: {printable(conflict)}")


# --------------------------------------------------------------------------- asking


def _ask(
    terminal: Terminal, project: Project, reading: Reading, linkings: list[Linking], by: str
) -> None:
    if not linkings:
        terminal.echo("every claim has its verdict; --all shows them again")
        return
    by = by or click.prompt("who is reviewing?").strip()
    lines = Lines(reading.article.source)
    given = 0
    for position, linking in enumerate(linkings, 1):
        terminal.echo(f"\n[{position}/{len(linkings)}]")
        _show(terminal, reading, linking, lines)
        judgement = _choice(terminal)
        if judgement == "q":
            break
        if judgement == "k":
            continue
        _judge(terminal, project, reading, linking, Judgement(judgement), by)
        given += 1
    terminal.echo(f"{count(given, 'verdict')} by {printable(by)} in bib/verdicts.jsonl")


def _choice(terminal: Terminal) -> str:
    terminal.echo(f"  {terminal.paint('help', _HELP)}")
    while True:
        key = click.prompt("  your verdict", prompt_suffix=" > ").strip().lower()
        if key in _KEYS:
            return _KEYS[key].value
        if key in {"k", "q"}:
            return str(key)
        terminal.echo(f"  {_HELP}")


def _judge(
    terminal: Terminal,
    project: Project,
    reading: Reading,
    linking: Linking,
    judgement: Judgement,
    by: str,
) -> None:
    from exocite.project.judging import judge

    claim: Claim = reading.claim(linking.claim)
    suggestion = None
    if linking.suggestions and judgement not in {Judgement.EXEMPT, Judgement.UNSUPPORTED}:
        numbers = [str(number) for number in range(1, len(linking.suggestions) + 1)]
        which = click.prompt("  on which passage?", type=click.Choice(numbers))
        suggestion = linking.suggestions[int(which) - 1]
    note = click.prompt("  note", default="", show_default=False).strip()
    try:
        key = suggestion.key if suggestion else ""
        judge(project, reading, claim, judgement, by=by, note=note, key=key, suggestion=suggestion)
    except UsageError as error:
        terminal.note(f"  {error.message}; {error.hint}")
