"""exocite duplicates."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import click

from exocite.cli import CLEAN, FINDINGS, NOT_CHECKED, options
from exocite.cli.words import count
from exocite.errors import UsageError
from exocite.text import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exocite.bibliography import Document
    from exocite.bibliography.duplicates import Found, Pair
    from exocite.cli.terminal import Terminal
    from exocite.model import Reference
    from exocite.project import Project
    from exocite.project.merging import Plan

_TITLES = {
    "same": ("error", "same work"),
    "perhaps": ("warning", "perhaps"),
    "version": ("info", "another version"),
}


@click.command(
    name="duplicates",
    epilog="""\b
Examples:
  exocite duplicates
  exocite duplicates --merge ku2023 Ku2023a --diff
  exocite duplicates --merge ku2023 Ku2023a article.md
""",
)
@options.articles
@click.option(
    "--merge",
    "merge",
    nargs=2,
    metavar="KEY KEY",
    default=None,
    help="Make these two entries one.",
)
@click.option(
    "--keep", metavar="KEY", default="", help="The key that stays, if not the one with a DOI."
)
@click.option(
    "--take",
    multiple=True,
    metavar="FIELD",
    help="Take this field from the entry that goes; several with commas or one by one.",
)
@click.option("--diff", is_flag=True, help="With --merge: show what would change, write nothing.")
@options.encoding
@options.as_json
@click.pass_context
def command(
    context: click.Context,
    articles: tuple[str, ...],
    merge: tuple[str, str] | None,
    keep: str,
    take: tuple[str, ...],
    diff: bool,
    encoding: str,
    as_json: bool,
) -> None:
    """Find entries of the same work, say why, and merge two of them.

    Same work: all that is told agrees. Perhaps: the evidence points both ways. Another version: a
    preprint and its article, a conference paper and its journal version; these stay apart.

    --merge keeps the entry with a DOI, else the fuller one. Fields that only the other has are
    taken over, and what differs is shown. Citations in ARTICLE (or the setting `articles`) and in
    works.jsonl, evidence.jsonl and verdicts.jsonl name the entry that stays. Exit code 1 where
    there are duplicates.
    """
    terminal = options.terminal()
    project = options.project()
    if merge is None:
        if articles or keep or take or diff:
            raise UsageError(
                "articles, --keep, --take and --diff go with --merge", hint="--merge KEY KEY"
            )
        from exocite.project.merging import duplicates

        entries, found = duplicates(project)
        if as_json:
            terminal.json("exocite.duplicates/1", _found_json(project, entries, found))
        else:
            _print_found(terminal, project, entries, found)
        unread = options.unread_entries(terminal, project, "compared")
        if any(pair.answer != "version" for pair in found.pairs):
            context.exit(FINDINGS)
        context.exit(NOT_CHECKED if unread else CLEAN)
    from exocite.project import merging, relabelling

    before = project.document
    planned = merging.plan(
        project,
        _ordered(project, merge, keep),
        articles or relabelling.configured(project),
        take=[name for one in take for part in one.split(",") if (name := part.strip())],
        encoding=encoding,
    )
    if not diff:
        merging.write(project, planned)
    for note in planned.notes:
        terminal.note(f"note: {note}")
    if as_json:
        terminal.json("exocite.merge/1", _merge_json(project, planned, written=not diff))
        return
    if diff:
        _print_diffs(terminal, project, before, planned)
    _print_merge(terminal, project, planned, written=not diff)


def _ordered(project: Project, merge: tuple[str, str], keep: str) -> tuple[str, str]:
    from exocite.bibliography.merging import preferred

    if keep and keep not in merge:
        raise UsageError(f"--keep {keep} is none of the two entries", hint="name one of them")
    project.references(merge)
    if keep:
        return keep, merge[1] if keep == merge[0] else merge[0]
    return preferred(project.document, *merge)


# --------------------------------------------------------------------------- finding


def _print_found(
    terminal: Terminal, project: Project, entries: Sequence[Reference], found: Found
) -> None:
    path = project.document.path
    for pair in found.pairs:
        one, other = entries[pair.left], entries[pair.right]
        role, said = _TITLES[pair.answer]
        keys = " and ".join(
            f"{terminal.paint('key', printable(e.key) or '(no citekey)')} ({path}:{e.line})"
            for e in (one, other)
        )
        terminal.echo(f"{terminal.paint(role, said)}: {keys}")
        terminal.wrapped(one.get("title"), indent=2)
        terminal.wrapped(pair.reason, indent=2, role="dim")
    groups, pairs = len(found.groups), [pair.answer for pair in found.pairs]
    if groups:
        more = sum(map(len, found.groups)) - groups
        terminal.echo(
            f"help: exocite duplicates --merge {_example(entries, found.pairs[0])} --diff"
        )
        terminal.echo(f"{count(groups, 'work')} with more than one entry, {more} too many")
    perhaps = sum(answer == "perhaps" for answer in pairs)
    versions = sum(answer == "version" for answer in pairs)
    terminal.echo(
        f"{len(entries)} entries compared: {count(groups, 'duplicate work')}, "
        f"{perhaps} perhaps, {count(versions, 'other version')}"
    )


def _example(entries: Sequence[Reference], pair: Pair) -> str:
    return printable(f"{entries[pair.left].key} {entries[pair.right].key}")


def _found_json(project: Project, entries: Sequence[Reference], found: Found) -> dict[str, object]:
    def shown(number: int) -> dict[str, object]:
        return {"key": entries[number].key, "line": entries[number].line}

    return {
        "bibliography": project.document.path,
        "entries": len(entries),
        "groups": [[shown(number) for number in group] for group in found.groups],
        "pairs": [
            {
                "answer": pair.answer,
                "left": shown(pair.left),
                "right": shown(pair.right),
                "score": pair.score,
                "reason": pair.reason,
            }
            for pair in found.pairs
        ],
    }


# --------------------------------------------------------------------------- merging


def _merge_json(project: Project, planned: Plan, *, written: bool) -> dict[str, object]:
    return {
        "kept": planned.keep,
        "gone": planned.drop,
        "written": written,
        "fields": [
            {
                "field": choice.field,
                "kept": choice.kept,
                "other": choice.lost,
                "taken": choice.taken,
                "differs": choice.differs,
            }
            for choice in planned.choices
        ],
        "files": [
            {"path": project.shown(change.path), "places": change.places}
            for change in (*planned.articles, *planned.logs)
        ],
        "notes": list(planned.notes),
    }


def _print_merge(terminal: Terminal, project: Project, planned: Plan, *, written: bool) -> None:
    _print_choices(terminal, planned)
    for change in (*planned.articles, *planned.logs):
        terminal.echo(f"{printable(project.shown(change.path))}: {count(change.places, 'place')}")
    word = "merged" if written else "would be merged"
    said = f"{printable(planned.drop)} {word} into {terminal.paint('key', printable(planned.keep))}"
    terminal.echo(said if written else f"{said}; nothing was written")


def _print_diffs(terminal: Terminal, project: Project, before: Document, planned: Plan) -> None:
    _print_diff(terminal, before.path, before.text, planned.document.text)
    for change in (*planned.articles, *planned.logs):
        texts = [data.decode("utf-8", "replace") for data in (change.before, change.after)]
        _print_diff(terminal, project.shown(change.path), texts[0], texts[1])


def _print_choices(terminal: Terminal, planned: Plan) -> None:
    for choice in planned.choices:
        if choice.differs:
            terminal.wrapped(f"{choice.field}: {choice.kept}")
            terminal.wrapped(f"not taken: {choice.lost}", indent=2, role="dim")
        elif choice.taken and not choice.lost:
            terminal.wrapped(f"{choice.field}: {choice.kept} (from {planned.drop})")


def _print_diff(terminal: Terminal, path: str, before: str, after: str) -> None:
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), path, path, lineterm="", n=1
    )
    roles = {"+": "good", "-": "error", "@": "dim"}
    for line in lines:
        terminal.echo(terminal.paint(roles.get(line[:1], ""), printable(line)))
