"""exocite add."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exocite.cli import FINDINGS, options
from exocite.cli.words import count
from exocite.errors import UsageError
from exocite.text import printable

if TYPE_CHECKING:
    from exocite.cli.terminal import Terminal
    from exocite.project.adding import Added
    from exocite.registries.crossref import Crossref


@click.command(
    name="add",
    epilog="Examples: exocite add --from-article article.txt; exocite add 10.2217/rme-2022-0134",
)
@click.argument("references", nargs=-1, metavar="[DOI|URL|FILE.bib]...")
@click.option(
    "--from-article", "article", metavar="FILE", help="Add what the article lists at its end."
)
@options.encoding
@options.registry
@options.as_json
@click.pass_context
def command(
    context: click.Context,
    references: tuple[str, ...],
    article: str | None,
    encoding: str,
    crossref_url: str | None,
    mailto: str | None,
    timeout: float | None,
    refresh: bool,
    offline: bool,
    as_json: bool,
) -> None:
    """Add references to the bibliography; one that is there already is not added again.

    A DOI, or a URL that holds one, is looked up at Crossref. The entries of a .bib file are taken
    over letter by letter. The rest of the bibliography keeps every byte.
    """
    if not references and not article:
        raise UsageError(
            "nothing to add", hint="name a DOI, a URL, a .bib file, or --from-article FILE"
        )
    from exocite.project import adding, reading

    terminal = options.terminal()
    project = options.project(crossref_url=crossref_url, mailto=mailto, timeout=timeout)
    added: list[Added] = []
    problems: list[str] = []
    crossref: Crossref | None = None

    def note(more: Iterable[Added]) -> None:
        for one in more:
            added.append(one)
            if not as_json:
                _print(terminal, one)

    if article:
        listed = reading.article(project, article, encoding=encoding)
        note(adding.from_article(project, listed))
    for reference in references:
        if reference.lower().endswith((".bib", ".bibtex")) or Path(reference).is_file():
            taken, said = adding.from_file(project, reference)
            note(taken)
            problems.extend(said)
        else:
            crossref = crossref or options.crossref(project, refresh=refresh, offline=offline)
            note([adding.from_doi(project, reference, crossref)])
    for problem in problems:
        terminal.note(problem)
    for remark in crossref.notes if crossref else ():
        terminal.note(f"note: {remark}")
    if as_json:
        rows = [{"key": a.key, "title": a.title, "new": a.new} for a in added]
        terminal.json("exocite.add/1", {"added": rows, "problems": problems})
    else:
        new = sum(one.new for one in added)
        terminal.echo(f"{count(new, 'reference')} added to {project.document.path}")
    if problems or not all(one.key for one in added):
        context.exit(FINDINGS)


def _print(terminal: Terminal, one: Added) -> None:
    if not one.key:
        terminal.echo(f"not added, it cannot be read as a reference: {printable(one.title)}")
        return
    word = terminal.paint("good", "added") if one.new else "there already"
    terminal.echo(f"{word}: {terminal.paint('key', printable(one.key))}  {printable(one.title)}")
