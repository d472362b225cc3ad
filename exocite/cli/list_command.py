"""exocite list."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from exocite.cli import options
from exocite.cli.words import OUTCOMES, count
from exocite.text import printable

if TYPE_CHECKING:
    from exocite.cli.terminal import Terminal
    from exocite.project.exporting import Listed


class _Asking(click.Command):
    """A command whose words may begin with one hyphen, which denies them; -h alone is help."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put a blank before such words, so that they are no options."""
        denied = [word[:1] == "-" and word[:2] != "--" and word not in {"-", "-h"} for word in args]
        words = [f" {word}" if no else word for word, no in zip(args, denied, strict=True)]
        return super().parse_args(ctx, words)


@click.command(
    name="list",
    epilog="Examples: exocite list --json; exocite list year:2015-2020 has:doi -retracted",
    cls=_Asking,
)
@click.argument("words", nargs=-1, metavar="[QUERY]...")
@click.option(
    "--article",
    "articles",
    multiple=True,
    metavar="FILE",
    help="The article that cited and uncited are asked of; can be given again.",
)
@options.encoding
@options.as_json
def command(
    words: tuple[str, ...], articles: tuple[str, ...], encoding: str, as_json: bool
) -> None:
    """Show the references: key, year, first author, outcome, DOI and title.

    A query shows those that it means: words, field:value, year:2015-2020, has:doi, retracted,
    cited, uncited; - in front denies, OR joins two. The outcome is that of the last `exocite
    resolve`; nothing is asked of the network here.
    """
    from exocite.project.selecting import selection

    terminal = options.terminal()
    project = options.project()
    text = " ".join(map(_quoted, words)) if len(words) > 1 else "".join(words).strip()
    chosen = selection(project, text, articles=articles, encoding=encoding)
    references = project.document.references
    with terminal.progress(
        references, length=len(references), label="listing", least=_WORTH_SHOWING
    ) as seen:
        told: list[dict[str, object]] = []
        rows: list[tuple[str, ...]] = []
        for one in chosen.among(seen):
            if as_json:
                told.append(_json(one))
            else:
                rows.append(_row(terminal, one))
    if as_json:
        terminal.json("exocite.list/1", {"bibliography": project.document.path, "references": told})
        return
    terminal.table(rows, roles=("key", "", "", "strong", "", "dim"))
    for problem in project.document.problems:
        terminal.note(f"{project.document.path}:{problem.line}: {problem.message}")
    for unread in project.works.problems:
        terminal.note(f"{project.shown(Path(unread.path))}:{unread.line}: {unread.message}")
    of = f" of {len(references)}" if text.strip() else ""
    terminal.echo(f"{count(len(rows), 'reference')}{of} in {printable(project.document.path)}")


_WORTH_SHOWING = 2000
"""With fewer references the list is there before a person could read a bar."""


def _row(terminal: Terminal, one: Listed) -> tuple[str, ...]:
    return (
        printable(one.reference.key),
        printable(one.year),
        terminal.cut(one.author, 24),
        _outcome(one),
        printable(one.doi) or ("no DOI" if one.is_work else ""),
        ", ".join(one.texts) or ("no text" if one.is_work else ""),
        one.reference.known("title"),
    )


def _outcome(one: Listed) -> str:
    if not one.is_work:
        return "no work"
    return OUTCOMES[one.record.outcome][1] if one.record else "never resolved"


def _json(one: Listed) -> dict[str, object]:
    return {
        "key": one.reference.key,
        "type": one.reference.type,
        "author": one.author,
        "year": one.year,
        "title": one.reference.known("title"),
        "doi": one.doi,
        "is_work": one.is_work,
        "outcome": one.record.outcome if one.record else "",
        "date": one.record.date if one.record else "",
        "texts": list(one.texts),
        "line": one.reference.line,
    }


def _quoted(word: str) -> str:
    """A word that the shell took out of its quotation marks is one phrase again."""
    bare = word.strip()
    if '"' in bare or not any(c.isspace() for c in bare):
        return bare
    head, colon, value = bare.partition(":")
    name = bool(colon) and not any(c.isspace() for c in head)
    return f'{head}:"{value}"' if name else f'"{bare}"'
