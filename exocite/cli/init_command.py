"""exocite init."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import click

from exocite.cli import options


@click.command(
    name="init", epilog="Example: exocite init && exocite add --from-article article.txt"
)
def command() -> None:
    """Make a project in this folder: bib/references.bib, and .exocite/ in .gitignore.

    What is already there stays as it is.
    """
    from exocite.config import load
    from exocite.project import Project

    terminal = options.terminal()
    made = Project(replace(load(Path.cwd(), os.environ), root=Path.cwd())).init()
    for path in made:
        terminal.echo(f"wrote {path.relative_to(Path.cwd()).as_posix()}")
    if not made:
        terminal.echo("nothing to do: the project is here already")
    terminal.echo("next: exocite add --from-article ARTICLE")
