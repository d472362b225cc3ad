"""exocite add."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from exocite.cli import options
from exocite.cli.words import count
from exocite.errors import UsageError
from exocite.text import printable

if TYPE_CHECKING:
    from exocite.project.adding import Added


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
def command(
    references: tuple[str, ...],
    article: str | None,
    encoding: str,
    crossref_url: str | None,
    mailto: str | None,
    timeout: float | None,
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
    if article:
        listed = reading.article(project, article, encoding=encoding)
        added.extend(adding.from_article(project, listed))
    for reference in references:
        if reference.lower().endswith((".bib", ".bibtex")) or Path(reference).is_file():
            added.extend(adding.from_file(project, reference))
        else:
            added.append(adding.from_doi(project, reference, options.crossref(project)))
    if as_json:
        terminal.json(
            "exocite.add/1",
            {"added": [{"key": a.key, "title": a.title, "new": a.new} for a in added]},
        )
        return
    for one in added:
        word = terminal.paint("good", "added") if one.new else "there already"
        terminal.echo(f"{word}: {terminal.paint('key', one.key)}  {printable(one.title)}")
    new = sum(one.new for one in added)
    terminal.echo(f"{count(new, 'reference')} added to {project.document.path}")
