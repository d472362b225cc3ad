"""exocite add."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exocite.cli import FINDINGS, NOT_CHECKED, options
from exocite.cli.words import count
from exocite.errors import ReadError, RegistryError, UsageError
from exocite.text import printable

if TYPE_CHECKING:
    from exocite.cli.terminal import Terminal
    from exocite.project import Project
    from exocite.project.adding import Added
    from exocite.project.doi_holders import Others
    from exocite.project.importing import Import
    from exocite.registries.crossref import Crossref


@click.command(
    name="add",
    epilog="Examples: exocite add --from-article article.txt; exocite add refs.ris; "
    "exocite add 10.2217/rme-2022-0134",
)
@click.argument("references", nargs=-1, metavar="[DOI|URL|ID|FILE|-]...")
@click.option(
    "--from-article", "article", metavar="FILE", help="Add what the article lists at its end."
)
@click.option(
    "--from",
    "format_",
    metavar="FORMAT",
    default="",
    help="The files' format: bibtex, ris, nbib, endnote, zotero-rdf, better-bibtex, csl-json, ids "
    "or text; by content if not given.",
)
@options.encoding
@options.registry
@options.as_json
@click.pass_context
def command(
    context: click.Context,
    references: tuple[str, ...],
    article: str | None,
    format_: str,
    encoding: str,
    crossref_url: str | None,
    mailto: str | None,
    timeout: float | None,
    refresh: bool,
    offline: bool,
    as_json: bool,
) -> None:
    """Add references to the bibliography; one that is there already is not added again.

    A DOI, PMID or arXiv identifier, or a URL that holds one, is looked up. Files may be BibTeX,
    RIS, NBIB, EndNote XML, Zotero RDF, Better BibTeX JSON, CSL-JSON, a list of identifiers or text
    in which references stand; - is standard input. The entries of a .bib file are taken over letter
    by letter. The rest of the bibliography keeps every byte.
    """
    if not references and not article:
        raise UsageError(
            "nothing to add", hint="name a DOI, a URL, a file, - or --from-article FILE"
        )
    from exocite.project import adding, importing, reading

    if format_ and format_ not in importing.NAMES:
        raise UsageError(
            f"{format_} is no format of references", hint=f"one of {', '.join(importing.NAMES)}"
        )
    project = options.project(crossref_url=crossref_url, mailto=mailto, timeout=timeout)
    run = _Run(options.terminal(), project, refresh, offline, as_json, len(references) == 1)
    if article:
        listed = reading.article(project, article, encoding=encoding)
        run.note(adding.from_article(project, listed))
    for reference in references:
        run.take(reference, format_)
    run.end(context)


_MOST_LINES = 8


@dataclass
class _Run:
    """One call of the command: what was added so far, and who was asked.

    `single`: one reference was named, and nothing else is left to do where it cannot be had.
    """

    terminal: Terminal
    project: Project
    refresh: bool
    offline: bool
    as_json: bool
    single: bool
    added: list[Added] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @cached_property
    def said(self) -> Import:
        from exocite.project.importing import Import

        return Import()

    @cached_property
    def crossref(self) -> Crossref:
        return options.crossref(self.project, refresh=self.refresh, offline=self.offline)

    @cached_property
    def others(self) -> Others:
        from exocite.cli.other_registries import others

        return others(self.project, refresh=self.refresh, offline=self.offline)

    def note(self, more: Iterable[Added]) -> None:
        """Remember what was added, and say it."""
        for one in more:
            self.added.append(one)
            if not self.as_json:
                _print(self.terminal, one)

    def take(self, reference: str, format_: str) -> None:
        """Add what a word of the command line names: a file, standard input or a work."""
        from exocite.identifiers import normalise_doi
        from exocite.project import importing

        if reference == "-":
            self._listing(_standard_input(), "standard input", format_)
        elif reference.lower().endswith(importing.SUFFIXES) or Path(reference).is_file():
            if normalise_doi(reference) and not Path(reference).is_file():
                self._work(reference)
            else:
                self._listing(self.project.store.read(Path(reference)), reference, format_)
        elif not normalise_doi(reference) and importing.names_a_work(reference):
            self._listing(reference.encode(), "command line", "ids")
        else:
            self._work(reference)

    def _work(self, text: str) -> None:
        """Add the work of a DOI; of several one that cannot be had does not end the command."""
        from exocite.project import adding

        try:
            self.note([adding.from_doi(self.project, text, self.crossref, self.others)])
        except RegistryError as error:
            if self.single:
                raise
            self.said.unchecked.append(f"{text} was not looked up: {error.message}")
        except UsageError as error:
            if self.single:
                raise
            self.said.problems.append(f"{text} was not added: {error.message}")

    def _listing(self, data: bytes, path: str, format_: str) -> None:
        from exocite.project import adding, importing

        listing = importing.recognised(data, path, format_)
        self.notes += [listing.note] if listing.note else []
        if listing.format is None:
            taken, problems = adding.from_bibtex(self.project, data, path)
            self.note(taken)
            self.said.problems += problems
            return
        del data  # Of a large file the text is enough.
        lookups = importing.Lookups(lambda: self.crossref, lambda: self.others)
        found, length = listing.format.read(listing.text), listing.length
        del listing  # The text goes with its last record, before the bibliography is read again.
        with self.terminal.progress(found, length=length, label=f"adding from {path}") as records:
            self.note(importing.take(self.project, path, records, lookups, self.said))

    def end(self, context: click.Context) -> None:
        """Say what was not added or not asked, and end the command."""
        said, terminal = self.said, self.terminal
        for problem in (*said.problems, *said.unchecked):
            terminal.note(problem)
        if said.passed:
            lines = ", ".join(str(line) for line, _ in said.passed[:_MOST_LINES])
            more = " …" if len(said.passed) > _MOST_LINES else ""
            what = "line" if len(said.passed) == 1 else "lines"
            self.notes.append(f"passed over, no reference: {what} {lines}{more}")
        for name, fields in (("kept as", said.kept), ("left out", said.left)):
            if fields:
                listed = ", ".join(f"{one} ({fields[one]})" for one in sorted(fields))
                self.notes.append(f"fields that BibTeX has no name for, {name}: {listed}")
        if "crossref" in self.__dict__:
            self.notes += self.crossref.notes
        for remark in self.notes:
            terminal.note(f"note: {remark}")
        if self.as_json:
            rows = [{"key": a.key, "title": a.title, "new": a.new} for a in self.added]
            terminal.json(
                "exocite.add/1",
                {
                    "added": rows,
                    "problems": said.problems,
                    "not_checked": said.unchecked,
                    "kept": dict(sorted(said.kept.items())),
                    "left_out": dict(sorted(said.left.items())),
                    "passed_over": [{"line": line, "text": text} for line, text in said.passed],
                },
            )
        else:
            new = sum(one.new for one in self.added)
            terminal.echo(
                f"{count(new, 'reference')} added to {printable(self.project.document.path)}"
            )
        if said.problems or not all(one.key for one in self.added):
            context.exit(FINDINGS)
        if said.unchecked:
            context.exit(NOT_CHECKED)


def _standard_input() -> bytes:
    """What is typed or piped. Raises ReadError for more than a file may hold."""
    from exocite.store import MAX_BYTES

    data = sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin else b""
    if len(data) > MAX_BYTES:
        raise ReadError("standard input: this is too large", hint="add it in parts")
    return data


def _print(terminal: Terminal, one: Added) -> None:
    if not one.key:
        terminal.echo(f"not added, it cannot be read as a reference: {printable(one.title)}")
        return
    word = terminal.paint("good", "added") if one.new else "there already"
    terminal.echo(f"{word}: {terminal.paint('key', printable(one.key))}  {printable(one.title)}")
