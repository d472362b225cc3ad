"""exocite link."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from exocite.cli import options
from exocite.cli.claim_json import claims_json, judge_json, verdict_json
from exocite.cli.linking_text import read_by, show, summary
from exocite.cli.words import count
from exocite.errors import UsageError
from exocite.model import ClaimState, Judgement
from exocite.text import printable

if TYPE_CHECKING:
    from exocite.cli.terminal import Terminal
    from exocite.model import Claim, Suggestion, Verdict
    from exocite.project import Project
    from exocite.project.reading import Reading

_DONE = frozenset({ClaimState.REVIEWED, ClaimState.EXEMPT})


@click.command(
    name="link",
    epilog="""\b
Verdicts:
  supported     the passage says what the claim says
  partial       it says part of it
  contradicted  it says otherwise
  unsupported   no support was found (in the work of --key, or at all)
  disputed      the sources disagree
  exempt        the claim needs no source
  withdrawn     takes your last verdict on the claim back, also a stale one

\b
Examples:
  exocite link article.md --no-input
  exocite link article.md --write
  exocite link article.md --claim c1a2b3c4d5 --key ku2023 --verdict supported --by Ada
""",
)
@options.article
@click.option("--claim", "claim_id", metavar="ID", default="", help="Only this claim.")
@click.option("--key", metavar="KEY", default="", help="The reference that the verdict speaks of.")
@click.option(
    "--verdict",
    type=click.Choice([judgement.value for judgement in Judgement]),
    help="Record this verdict on --claim.",
)
@click.option("--quote", metavar="TEXT", default="", help="The passage, if not the one shown.")
@click.option("--locator", metavar="PLACE", default="", help="Where in the work it stands: p. 3.")
@click.option("--by", metavar="NAME", default="", help="Who judges.")
@click.option("--note", metavar="TEXT", default="", help="Why.")
@click.option("--all", "everything", is_flag=True, help="Also claims that are reviewed or exempt.")
@click.option(
    "--at",
    "--operating-point",
    "at",
    metavar="POINT",
    default=None,
    help="How sure a suggestion must be: 0.50, 0.70, 0.80, 0.90 or 0.95 of them right.",
)
@options.mode
@click.option(
    "--verify/--no-verify",
    "verify",
    default=None,
    help="Have the verifier read what is suggested (extra verify), or the rules alone.",
)
@click.option(
    "--write", "writes", is_flag=True, help="Put accepted links into the article as citations."
)
@click.option("--dry-run", is_flag=True, help="With --write: show what would be put in.")
@options.encoding
@options.no_input
@options.as_json
def command(
    article: str,
    claim_id: str,
    key: str,
    verdict: str | None,
    quote: str,
    locator: str,
    by: str,
    note: str,
    everything: bool,
    at: str | None,
    mode: str | None,
    verify: bool | None,
    writes: bool,
    dry_run: bool,
    encoding: str,
    no_input: bool,
    as_json: bool,
) -> None:
    """Suggest for each claim the passages that may support it, or say that there is none.

    A suggestion is linked, not verified. On a terminal each claim is shown and your verdict is
    asked for; with --no-input or elsewhere they are only listed. A verdict goes to
    bib/verdicts.jsonl, the passage that it rests on to bib/evidence.jsonl.

    --write puts the accepted links that the article does not cite yet into it, in its own style:
    [@key] in Markdown, else numbers of its list, raised numbers, or author and year. Nothing else
    is changed. Exit code 1 where a link could not be put in.
    """
    if writes:
        if verdict or quote or locator or everything or at:
            raise UsageError(
                "--write does nothing but write", hint="give the verdict first, then run --write"
            )
        from exocite.cli.write_text import run

        run(article, encoding, claim_id, dry_run=dry_run, no_input=no_input, as_json=as_json)
        return
    if dry_run:
        raise UsageError("--dry-run goes with --write", hint="without --write nothing is written")
    if by:
        from exocite.project.judging import signature

        by = signature(by)
    from exocite.project.judging import suggestions
    from exocite.project.reading import article as article_of
    from exocite.project.reading import read

    terminal = options.terminal()
    project = options.project(operating_point=at, mode=mode, verify=verify)
    reading = read(project, article_of(project, article, encoding=encoding))
    if verdict:
        given = _record(
            project, reading, claim_id, key, Judgement(verdict), quote, locator, by, note
        )
        if as_json:
            terminal.json("exocite.verdict/1", verdict_json(given))
        else:
            _confirm(terminal, project, given)
        return
    only = reading.claim(claim_id).id if claim_id else ""
    asked = [
        claim
        for claim in reading.claims
        if (claim.id == only if only else everything or _open(reading, claim))
    ]
    with terminal.progress(asked, length=len(asked), label="comparing") as claims:
        linkings = suggestions(project, reading, claims=claims)
    options.unread(terminal, project)
    if as_json:
        from exocite.project.judging import readings

        told = claims_json(reading, linkings, readings(project, reading, linkings))
        more = {"operating_point": _point(project), "judge": judge_json(project)}
        terminal.json("exocite.link/1", told | more)
    elif no_input or not terminal.interactive:
        for linking in linkings:
            show(terminal, reading, linking, project.texts, project.records)
            terminal.echo()
        _notes(terminal, project, reading)
        summary(terminal, linkings, project)
    elif linkings:
        from exocite.cli.review import Review

        read_by(terminal, project)
        Review(terminal, project, reading, linkings, by).run()
    else:
        terminal.echo("every claim has its verdict; --all shows them again")
    options.leave(project)


def _open(reading: Reading, claim: Claim) -> bool:
    return reading.standings.of[claim.id].state not in _DONE


def _point(project: Project) -> dict[str, object]:
    """The operating point in force and the least confidence that it stands for."""
    return {"name": project.settings.policy.operating_point, "least": project.least}


def _notes(terminal: Terminal, project: Project, reading: Reading) -> None:
    """From where on passages are suggested, who read them, which accepted links are not cited."""
    from exocite.project.writing import lacking

    point = _point(project)
    terminal.wrapped(
        f"suggested from confidence {point['least']:.2f} on (operating point {point['name']}: "
        f"where it was measured, {round(100 * float(str(point['name'])))} of 100 such works held "
        "the source); confidence is in the work, not in what it says of the claim"
    )
    read_by(terminal, project)
    open_ = sum(len({key for key, _ in lacking(reading, claim)}) for claim in reading.claims)
    if open_:
        terminal.wrapped(
            f"{count(open_, 'accepted link')} without a citation in the text: `exocite link "
            f"{reading.article.path} --write` puts {'it' if open_ == 1 else 'them'} in"
        )


def _record(
    project: Project,
    reading: Reading,
    claim_id: str,
    key: str,
    judgement: Judgement,
    quote: str,
    locator: str,
    by: str,
    note: str,
) -> Verdict:
    from exocite.project import judging

    if quote and not key:
        raise UsageError("a quotation is of one work", hint="name it with --key")
    if locator and not key:
        raise UsageError("a place is one in a work", hint="name the work with --key")
    if not claim_id or not by:
        raise UsageError(
            "a verdict is on one claim and by somebody", hint="give --claim ID and --by NAME"
        )
    if judgement is Judgement.WITHDRAWN and claim_id in judging.former_claims(reading):
        return judging.withdraw_orphan(project, reading, claim_id, by=by, key=key, note=note)
    claim = reading.claim(claim_id)
    suggestion: Suggestion | None = None
    if quote:
        suggestion = judging.quotation(project, claim, key, quote)
    elif key:
        suggestion = judging.suggestion(project, reading, claim, key)
    if suggestion and locator.strip():
        suggestion = judging.placed(suggestion, locator)
    return judging.judge(
        project, reading, claim, judgement, by=by, note=note, key=key, suggestion=suggestion
    )


def _confirm(terminal: Terminal, project: Project, given: Verdict) -> None:
    about = f" on {printable(given.key)}" if given.key else ""
    terminal.echo(
        f"{given.claim}: {terminal.paint('good', given.judgement)} by {printable(given.by)}{about}"
    )
    if given.judgement is Judgement.WITHDRAWN or not given.passage_hash:
        return
    for link in project.evidence.items:
        if (link.article, link.claim, link.key) == (given.article, given.claim, given.key):
            terminal.wrapped(f"“{link.passage.text}”", indent=4)
