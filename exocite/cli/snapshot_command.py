"""exocite snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exocite.cli import NOT_CHECKED, options
from exocite.cli.words import count
from exocite.errors import UsageError
from exocite.text import printable

if TYPE_CHECKING:
    from exocite.cli.terminal import Terminal
    from exocite.project.snapshotting import Build
    from exocite.registries.snapshot.building import Progress, Said
    from exocite.registries.snapshot.database import Facts

_MARKS = 200
"""Steps of the progress bar."""

_FILE = "exocite.snapshot"


@click.group(name="snapshot", epilog="A snapshot is asked with: exocite resolve --snapshot FILE")
def command() -> None:
    """Make and show snapshots: works of a registry in a file, for rooms without a network."""


@command.command(
    name="build",
    epilog="Example: exocite snapshot build crossref.tar --year 2000-2026 -o crossref.snapshot",
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "-o", "--output", default=_FILE, show_default=True, metavar="FILE", help="The snapshot."
)
@click.option(
    "--engine",
    type=click.Choice(["fts5", "tantivy"]),
    default="fts5",
    show_default=True,
    help="What searches it; tantivy needs the extra snapshot.",
)
@click.option(
    "--journal", "journals", multiple=True, metavar="NAME", help="Only this ISSN or title."
)
@click.option("--year", "years", default="", metavar="A-B", help="Only works of these years.")
@click.option("--dois", default=None, metavar="FILE", help="Only the DOIs of this list.")
@click.option("--date", "day", default="", metavar="DATE", help="The day of the data.")
@options.as_json
@click.pass_context
def _build(
    context: click.Context,
    files: tuple[str, ...],
    output: str,
    engine: str,
    journals: tuple[str, ...],
    years: str,
    dois: str | None,
    day: str,
    as_json: bool,
) -> None:
    """Index Crossref's public data file, or any records, so that they can be asked offline.

    FILEs are .json and .jsonl files (also .gz), .bib files, .tar archives, and folders of them.
    What is in the snapshot already is not read again, so a build that was cut short goes on.

    Exit codes: 0 all is indexed; 3 some files or records could not be read.
    """
    from exocite.project import snapshotting
    from exocite.registries.snapshot.registry import Snapshot

    terminal = options.terminal()
    build = snapshotting.build(
        Path(output),
        [Path(file) for file in files],
        engine=engine,
        journals=journals,
        years=years,
        dois=Path(dois) if dois else None,
        day=day,
    )
    with terminal.progress(_marks(build), length=_MARKS, label="indexing") as bar:
        progress = list(bar)[-1]
    with Snapshot(Path(output)) as snapshot:
        if as_json:
            said = {"file": output, **_as_json(snapshot.facts), "build": _counts(progress)}
            terminal.json("exocite.snapshot/1", said)
        else:
            _tell(terminal, progress)
            _show(terminal, output, snapshot.facts)
    if progress.unread or progress.bad:
        context.exit(NOT_CHECKED)


def _marks(build: Build) -> Iterator[Progress]:
    """One step for every mark of the bar, as far as the bytes that were read allow."""
    passed = 0
    progress = None
    for progress in build.steps:
        while passed < _MARKS - 1 and progress.done * _MARKS >= (passed + 1) * max(1, build.total):
            passed += 1
            yield progress
    if progress is None:
        raise UsageError("these files hold nothing to index")
    yield progress


def _tell(terminal: Terminal, progress: Progress) -> None:
    """What was not indexed, each with its place and reason, on standard error."""
    for said in progress.said:
        terminal.note(f"not indexed: {_place(said)}: {said.reason}")
    if progress.bad > len(progress.said):
        terminal.note(f"not indexed: {count(progress.bad - len(progress.said), 'more record')}")
    for said in progress.unread:
        terminal.note(f"not indexed: {said.name}: {said.reason}")
    if progress.without_doi:
        terminal.note(f"left out: {count(progress.without_doi, 'record')} without a DOI")
    if progress.other:
        were = "was" if progress.other == 1 else "were"
        terminal.note(f"left out: {count(progress.other, 'record')} that {were} not asked for")
    if progress.known:
        terminal.note(f"indexed before: {count(progress.known, 'file')}")
    if progress.unread or progress.bad:
        terminal.note("what was not indexed is not in the snapshot; the rest of it can be used")


def _place(said: Said) -> str:
    return f"{said.name}:{said.line}" if said.line else said.name


def _counts(progress: Progress) -> dict[str, object]:
    return {
        "works": progress.works,
        "files": progress.parts,
        "files_indexed_before": progress.known,
        "bad_records": progress.bad,
        "without_doi": progress.without_doi,
        "not_asked_for": progress.other,
        "not_indexed": [
            {"name": said.name, "line": said.line, "reason": said.reason}
            for said in (*progress.said, *progress.unread)
        ],
    }


@command.command(name="show", epilog="Example: exocite snapshot show crossref.snapshot")
@click.argument("file", metavar="FILE")
@options.as_json
def _show_command(file: str, as_json: bool) -> None:
    """Show what a snapshot holds: how many works, of which day, of what selection."""
    from exocite.registries.snapshot.registry import Snapshot

    terminal = options.terminal()
    with Snapshot(Path(file)) as snapshot:
        if as_json:
            terminal.json("exocite.snapshot/1", {"file": file, **_as_json(snapshot.facts)})
        else:
            _show(terminal, file, snapshot.facts)


def _show(terminal: Terminal, file: str, facts: Facts) -> None:
    """The facts of a snapshot, the most important last."""
    day = facts.given_date or facts.data_date
    rows: list[tuple[str, str]] = [
        ("searched by", facts.engine),
        ("built", facts.built),
        ("files", str(facts.parts)),
        ("selection", facts.selection or "every record of the files"),
        ("data of", day or "an unknown day (say it with --date)"),
    ]
    rows += [("not indexed", f"{name}: {reason}") for name, reason in facts.unread.items()]
    if facts.bad:
        rows.append(("not indexed", count(facts.bad, "bad record")))
    _table(terminal, rows)
    terminal.echo(f"{printable(file)}: {facts.works:,} work{'' if facts.works == 1 else 's'}")


def _table(terminal: Terminal, rows: Iterable[tuple[str, str]]) -> None:
    terminal.table([(name, printable(value)) for name, value in rows], roles=("dim",))


def _as_json(facts: Facts) -> dict[str, object]:
    return {
        "works": facts.works,
        "engine": facts.engine,
        "selection": facts.selection,
        "data_date": facts.given_date or facts.data_date,
        "built": facts.built,
        "files": facts.parts,
        "bad_records": facts.bad,
        "without_doi": facts.without_doi,
        "unread": dict(facts.unread),
    }
