"""exocite report."""

from __future__ import annotations

from pathlib import Path

import click

from exocite.cli import FAILED, options
from exocite.cli.words import count
from exocite.errors import UsageError
from exocite.text import printable

_HEAD = 2_000
"""Bytes of a file in which a report says that it is one."""


@click.command(
    name="report",
    epilog="Examples: exocite report article.md -o report.html; "
    "exocite report article.md --format docx -o copy.docx",
)
@options.articles
@click.option("--output", "-o", metavar="FILE", default="", help="Write to this file.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["html", "md", "docx", "json"]),
    default="html",
    show_default=True,
    help="What to write.",
)
@click.option(
    "--suggestions/--no-suggestions",
    "suggest",
    default=None,
    help="Compare the claims that nobody has judged with the works, or compare nothing; by "
    "default they are compared unless there are very many.",
)
@click.option("--style", default=None, metavar="NAME", help="The CSL style of the references.")
@click.option("--force", is_flag=True, help="Let --output replace a file that is no report.")
@options.mode
@options.encoding
@click.pass_context
def command(
    context: click.Context,
    articles: tuple[str, ...],
    output: str,
    format_: str,
    suggest: bool | None,
    style: str | None,
    force: bool,
    mode: str | None,
    encoding: str,
) -> None:
    """Write the annotated copy: each claim marked, its source beside it, initialled.

    Without ARTICLE the files of the setting `articles` are read. The HTML is one file that needs
    nothing else, works from disk and prints with the claims as endnotes.

    Exit codes: 0 written; 2 an article could not be read; 3 an attached file is not here
    or could not be read.
    """
    from exocite.report import FORMATS
    from exocite.report.gathering import gather

    terminal = options.terminal()
    chosen = next(one for one in FORMATS if one.name == format_)
    project = options.project(style=style, mode=mode)
    if output:
        _may_replace(Path(output), force=force)
    elif chosen.binary:
        raise UsageError(
            f"a report in {format_} is no text that can be printed",
            hint=f"name a file: -o report.{format_}",
        )
    gathered = gather(project, articles, encoding=encoding, suggest=suggest)
    if output:
        options.refuse_ours(project, output, (Path(page.path) for page in gathered.report.pages))
    data = chosen.render(gathered.report)
    if output:
        project.store.write(Path(output), data, expected=None)
        terminal.note(f"wrote {output}: {count(len(tuple(gathered.report.cards)), 'claim')}")
    else:
        text = data.decode("utf-8")
        # A file gets every character as it is; a screen must not be commanded by one.
        terminal.echo((printable(text) if terminal.shown else text).rstrip("\n"))
    options.unread(terminal, project)
    for error in gathered.unread:
        terminal.note(f"error: {error.message}")
        if error.hint:
            terminal.note(f"help: {error.hint}")
    if gathered.unread:
        context.exit(FAILED)
    options.leave(project)


def _may_replace(path: Path, *, force: bool) -> None:
    """Refuse to replace anything but a report without force."""
    from exocite.report import SIGN

    if force or not path.is_file():
        return
    with path.open("rb") as file:
        held = file.read(_HEAD)
    if held and SIGN.encode() not in held:
        raise UsageError(f"{path}: there is such a file", hint="--force replaces it")
