"""exocite check."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exocite.cli import CLEAN, FAILED, options
from exocite.cli.words import count
from exocite.errors import ExociteError, StoreError, UsageError
from exocite.text import printable

if TYPE_CHECKING:
    from exocite.cli.terminal import Terminal
    from exocite.formats import Format
    from exocite.project import Project
    from exocite.project.checking import Checked

_CHECKOUTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
"""Where GitHub and GitLab say that the repository was checked out."""

_EXAMPLES = (
    "Examples: exocite check article.md; exocite check --diff main; "
    "exocite check --format sarif=out.sarif --format text"
)


@click.command(name="check", epilog=_EXAMPLES)
@options.articles
@options.encoding
@click.option(
    "--format",
    "asked",
    multiple=True,
    metavar="NAME[=FILE]",
    help="How to print the findings, or to write them to FILE; may be given several times. "
    "`--format help` lists the names.",
)
@options.as_json
@click.option(
    "--select", default=None, metavar="CODES", help="Report only these, e.g. EXO1,EXO304."
)
@click.option("--ignore", default=None, metavar="CODES", help="Leave these out.")
@click.option("--diff", "since", default="", metavar="REF", help="Report what is new since REF.")
@click.option("--staged", is_flag=True, help="Check what is staged; report what is new since HEAD.")
@click.option("--no-baseline", is_flag=True, help="Report what the baseline holds, too.")
@click.option("--write-baseline", is_flag=True, help="Accept all findings as old, and end with 0.")
@click.pass_context
def command(
    context: click.Context,
    articles: tuple[str, ...],
    encoding: str,
    asked: tuple[str, ...],
    as_json: bool,
    select: str | None,
    ignore: str | None,
    since: str,
    staged: bool,
    no_baseline: bool,
    write_baseline: bool,
) -> None:
    """Check articles and their bibliography, offline: same input, same output.

    Without ARTICLE the files of the setting `articles` are read. What a registry said is taken
    from works.jsonl as `exocite resolve` left it. Findings in bib/baseline.json are old and are
    not reported.

    Exit codes: 0 clean; 1 findings; 2 a file could not be read; 3 something was not checked.
    """
    from exocite.project.checking import Quiet, run

    terminal = options.terminal()
    if "help" in asked:
        from exocite.formats import FORMATS

        terminal.table([(one.name, one.meaning) for one in FORMATS], roles=("key",))
        context.exit(CLEAN)
    outputs = _outputs(("json",) if as_json else asked or ("text",))
    if since and staged:
        raise click.UsageError("--diff and --staged exclude each other: both say what is old")
    if write_baseline and (since or staged or articles or select or ignore):
        raise click.UsageError(
            "--write-baseline takes all findings of the project: leave out articles, --diff, "
            "--staged, --select and --ignore"
        )
    project = options.project(select=select, ignore=ignore)
    _spare_inputs(project, articles, [file for _, file in outputs if file])
    quiet = Quiet(baseline=not (no_baseline or write_baseline), since=since, staged=staged)
    articles = tuple(article.replace(os.sep, "/") for article in articles)
    checked = run(project, articles, encoding=encoding, quiet=quiet)
    if write_baseline:
        context.exit(_write_baseline(terminal, project, checked))
    failed = [
        error
        for format_, file in outputs
        if (error := _print(terminal, checked, format_, file)) is not None
    ]
    _unread(terminal, checked)
    _tell(terminal, failed)
    context.exit(FAILED if failed else checked.exit_code)


def _outputs(asked: tuple[str, ...]) -> list[tuple[Format, str]]:
    """The formats that were asked for, each with the file that it goes to, "" for the terminal."""
    from exocite.formats import FORMATS

    by_name = {one.name: one for one in FORMATS}
    found = []
    for text in asked:
        name, given, file = text.partition("=")
        if name not in by_name or (given and not file):
            raise click.BadParameter(
                f"{printable(text)!r}; the formats are {', '.join(by_name)}, each alone or with "
                "=FILE behind it",
                param_hint="--format",
            )
        found.append((by_name[name], file))
    if sum(not file for _, file in found) > 1:
        raise click.BadParameter(
            "only one format can be printed; give the others a file, as in sarif=out.sarif",
            param_hint="--format",
        )
    return found


def _spare_inputs(project: Project, articles: Sequence[str], files: Sequence[str]) -> None:
    """Refuse an output that would take the place of another, or of what is checked."""
    from exocite.store import ATTACHED, BASELINE, EVIDENCE, VERDICTS, WORKS

    if not files:
        return
    logs = (WORKS, EVIDENCE, VERDICTS, BASELINE, ATTACHED)
    own = [project.settings.bibliography, *(project.store.root / name for name in logs)]
    named = articles or [
        str(path) for pattern in project.settings["articles"] for path in project.matching(pattern)
    ]
    read = (*map(str, own), *named)
    taken = {os.path.realpath(path): "the check reads it" for path in read}
    for file in files:
        place = os.path.realpath(file)
        if place in taken:
            raise UsageError(
                f"{file}: no output can go there: {taken[place]}",
                hint="give each output a file of its own",
            )
        taken[place] = "another format goes there"


def _print(terminal: Terminal, checked: Checked, format_: Format, file: str) -> ExociteError | None:
    """Print a format or write it to a file; what kept it from being written."""
    from exocite.formats import plain
    from exocite.formats.rooted import below
    from exocite.store import put

    report = below(checked.report, _from_root()) if format_.rooted else checked.report
    if not file:
        terminal.echo(format_.render(report, checked.sources, terminal.paint).rstrip("\n"))
        return None
    text = format_.render(report, checked.sources, plain)
    try:
        put(Path(file), text.encode("utf-8", "backslashreplace"))
    except StoreError as error:  # The other formats are written all the same.
        return error
    return None


def _from_root() -> str:
    """The current folder as the CI server's checkout names it, "" for its root or without one."""
    for name in _CHECKOUTS:
        if root := os.environ.get(name):
            with contextlib.suppress(ValueError, OSError, RuntimeError):
                within = Path.cwd().resolve().relative_to(Path(root).resolve()).as_posix()
                return "" if within == "." else within
    return ""


def _write_baseline(terminal: Terminal, project: Project, checked: Checked) -> int:
    from exocite.project.checking import keep

    _unread(terminal, checked)
    if checked.unread:
        terminal.note("the baseline was not written: it would lack the findings of these files")
        return FAILED
    path = project.shown(keep(project, checked.report))
    terminal.echo(
        f"{printable(path)}: {count(len(checked.report.findings), 'finding')} kept as old"
    )
    return CLEAN


def _unread(terminal: Terminal, checked: Checked) -> None:
    _tell(terminal, checked.unread)


def _tell(terminal: Terminal, errors: Iterable[ExociteError]) -> None:
    for error in errors:
        terminal.note(f"error: {error.message}")
        if error.hint:
            terminal.note(f"help: {error.hint}")
