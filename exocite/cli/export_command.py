"""exocite export."""

from __future__ import annotations

from pathlib import Path

import click

from exocite.cli import options
from exocite.errors import UsageError
from exocite.text import printable


@click.command(
    name="export",
    epilog="Examples: exocite export --style apa; exocite export --format bibtex --cited text.md",
)
@click.argument("keys", nargs=-1, metavar="[KEY]...")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "html", "bibtex", "csl-json"]),
    default="text",
    show_default=True,
    help="What to print.",
)
@click.option(
    "--style", default=None, metavar="NAME", help="A CSL style: apa, mla, vancouver, nature, …"
)
@click.option("--cited", metavar="ARTICLE", multiple=True, help="Only what this article cites.")
@click.option("--output", "-o", metavar="FILE", default="", help="Write to a new file.")
@click.option("--force", is_flag=True, help="Let --output replace a file that is there.")
@options.encoding
def command(
    keys: tuple[str, ...],
    format_: str,
    style: str | None,
    cited: tuple[str, ...],
    output: str,
    force: bool,
    encoding: str,
) -> None:
    """Print the bibliography: in any citation style, as BibTeX or as CSL-JSON.

    Without KEY and --cited all references are printed. An entry that cannot be read is told.
    """
    from exocite.project.exporting import export

    terminal = options.terminal()
    project = options.project(style=style)
    if not project.document.references:
        raise UsageError(
            f"{project.document.path}: there is nothing to export",
            hint="`exocite add` fills the bibliography",
        )
    text = export(project, format_, keys=keys, cited=cited, encoding=encoding)
    if output:
        options.refuse_ours(project, output, map(Path, cited))
        if Path(output).exists() and not force:
            raise UsageError(f"{output}: there is such a file", hint="--force replaces it")
        project.store.write(Path(output), text.encode("utf-8"), expected=None)
        terminal.note(f"wrote {output}")
    else:
        # A file gets every character as it is; a screen must not be commanded by one.
        terminal.echo((printable(text) if terminal.shown else text).rstrip("\n"))
    if not (keys or cited):
        options.unread_entries(terminal, project, "exported")
