"""exocite check."""

from __future__ import annotations

import click

from exocite.cli import options


@click.command(name="check", epilog="Examples: exocite check article.md; exocite check --json")
@options.articles
@options.encoding
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print the findings.",
)
@options.as_json
@click.option(
    "--select", default=None, metavar="CODES", help="Report only these, e.g. EXO1,EXO304."
)
@click.option("--ignore", default=None, metavar="CODES", help="Leave these out.")
@click.pass_context
def command(
    context: click.Context,
    articles: tuple[str, ...],
    encoding: str,
    format_: str,
    as_json: bool,
    select: str | None,
    ignore: str | None,
) -> None:
    """Check articles and their bibliography, offline: same input, same output.

    Without ARTICLE the files of the setting `articles` are read. What a registry said is taken
    from works.jsonl as `exocite resolve` left it.

    Exit codes: 0 clean; 1 findings; 2 a file could not be read; 3 something was not checked.
    """
    from exocite.formats import FORMATS
    from exocite.project.checking import run

    terminal = options.terminal()
    project = options.project(select=select, ignore=ignore)
    outcome = run(project, articles, encoding=encoding)
    if outcome.report.articles:
        render = {one.name: one.render for one in FORMATS}["json" if as_json else format_]
        terminal.echo(render(outcome.report, outcome.sources, terminal.paint).rstrip("\n"))
    for error in outcome.unread:
        terminal.note(f"error: {error.message}")
        if error.hint:
            terminal.note(f"help: {error.hint}")
    context.exit(outcome.exit_code)
