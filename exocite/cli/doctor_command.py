"""exocite doctor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from exocite.cli import CLEAN, FAILED, FINDINGS, options
from exocite.cli.words import count
from exocite.errors import UsageError
from exocite.model import Severity
from exocite.text import printable

if TYPE_CHECKING:
    from exocite.bibliography import Document
    from exocite.cli.terminal import Terminal
    from exocite.project import Project
    from exocite.project.citekeys import Renaming
    from exocite.project.doctoring import Placed, Round


def _parted(_context: click.Context, _option: click.Parameter, value: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in value.split(","))))


@click.command(
    name="doctor",
    epilog="""\b
Examples:
  exocite doctor
  exocite doctor --select pages,html --diff
  exocite doctor ku2023 --fix
  exocite doctor --tidy sort,align
  exocite doctor --rename-keys --article article.md --diff
""",
)
@click.argument("keys", nargs=-1, metavar="[KEY]...")
@click.option("--fix", is_flag=True, help="Make the fixes that findings carry, and no others.")
@click.option("--diff", is_flag=True, help="Show what the fixes change, as a unified diff.")
@click.option(
    "--select",
    default="",
    callback=_parted,
    metavar="CODES",
    help="Only these codes, or all that begin so; parted by commas.",
)
@click.option(
    "--tidy",
    default="",
    callback=_parted,
    metavar="STEPS",
    help="Change the layout: sort, align, order, wrap, drop:FIELD. Shows a diff; --fix writes.",
)
@click.option(
    "--rename-keys",
    is_flag=True,
    help="Show the keys that the setting citekey makes; --fix writes them wherever they stand.",
)
@click.option(
    "--article",
    "articles",
    multiple=True,
    metavar="FILE",
    help="With --rename-keys: an article that cites them; the setting articles without.",
)
@click.option("--data-model", default=None, metavar="NAME", help="bibtex or biblatex.")
@options.as_json
@click.pass_context
def command(
    context: click.Context,
    keys: tuple[str, ...],
    fix: bool,
    diff: bool,
    select: tuple[str, ...],
    tidy: tuple[str, ...],
    rename_keys: bool,
    articles: tuple[str, ...],
    data_model: str | None,
    as_json: bool,
) -> None:
    """Examine the bibliography, and fix what can be fixed without a person's judgement.

    Without --fix nothing is written. With it only the stretches that findings name change, each
    entry is read again first, and a file that somebody else changed meanwhile is not overwritten.
    Exit code 0 where nothing is amiss, 1 where findings are left, 2 where a part of the file
    cannot be read. Notes (info) alone end with 0, unless --select asks for them. docs/doctor.md
    lists the codes.
    """
    if (tidy and (select or keys or rename_keys)) or (rename_keys and select):
        raise UsageError(
            "--tidy and --rename-keys stand by themselves",
            hint="run them one after the other, without --select; --tidy takes no KEY",
        )
    if articles and not rename_keys:
        raise UsageError("--article goes with --rename-keys", hint="it names who cites the keys")
    terminal = options.terminal()
    project = options.project(data_model=data_model)
    if tidy:
        context.exit(_tidy(terminal, project, tidy, fix=fix, as_json=as_json))
    if rename_keys:
        context.exit(
            _rename(terminal, project, keys, articles, fix=fix, diff=diff, as_json=as_json)
        )
    from exocite.project import doctoring

    seen = doctoring.examined(project, keys, select)
    if fix:
        doctoring.save(project, seen.cured)
    if as_json:
        terminal.json("exocite.doctor/1", _json(seen, written=fix and seen.fixed > 0))
    else:
        if diff:
            _print_diff(terminal, doctoring.diff(seen.document, seen.cured))
        _print(terminal, seen, fix=fix, brief=diff)
    left = seen.left if fix else seen.found
    broken = any(one.finding.code in doctoring.UNREADABLE for one in left)
    failing = left if select else [one for one in left if one.finding.severity is not Severity.INFO]
    context.exit(FAILED if broken else FINDINGS if failing else CLEAN)


def _print(terminal: Terminal, seen: Round, *, fix: bool, brief: bool) -> None:
    path = printable(seen.document.path)
    shown = seen.left if fix else seen.found
    if not brief:
        for one in shown:
            _print_finding(terminal, path, one)
    if fix:
        said = f"{count(seen.fixed, 'fix').replace('fixs', 'fixes')} made in {path}; "
        terminal.echo(f"{said}{count(len(seen.left), 'finding')} left")
        return
    can = sum(one.finding.fix is not None for one in seen.found)
    hint = f", {can} of which --fix puts right (--diff shows how)" if can else ""
    terminal.echo(f"{count(len(seen.found), 'finding')} in {path}{hint}")


def _print_finding(terminal: Terminal, path: str, one: Placed) -> None:
    finding = one.finding
    place = terminal.paint("path", f"{path}:{one.line}:{one.column}")
    severity = terminal.paint(str(finding.severity), str(finding.severity))
    code = terminal.paint("code", finding.code)
    of = " ".join(filter(None, (finding.key, finding.field)))
    key = terminal.paint("key", printable(of)) + " " if of else ""
    terminal.echo(f"{place} {severity} {code} {key}{printable(finding.message)}")
    if finding.fix:
        before, after = (terminal.cut(t, 60) for t in (finding.fix.before, finding.fix.after))
        terminal.echo(f"  {terminal.paint('help', 'fix:')} {before} → {after}")


def _print_diff(terminal: Terminal, lines: Sequence[str]) -> None:
    roles = {"+": "good", "-": "error", "@": "help"}
    for line in lines:
        role = roles.get(line[:1], "")
        safe = printable(line)
        terminal.echo(terminal.paint(role, safe) if role else safe)


def _json(seen: Round, *, written: bool) -> dict[str, object]:
    return {
        "bibliography": seen.document.path,
        "model": seen.model,
        "written": written,
        "fixed": seen.fixed if written else 0,
        "findings": [
            {
                "line": one.line,
                "column": one.column,
                "code": one.finding.code,
                "severity": str(one.finding.severity),
                "key": one.finding.key,
                "field": one.finding.field,
                "message": one.finding.message,
                "fix": {"before": one.finding.fix.before, "after": one.finding.fix.after}
                if one.finding.fix
                else None,
            }
            for one in (seen.left if written else seen.found)
        ],
    }


def _tidy(
    terminal: Terminal, project: Project, steps: tuple[str, ...], *, fix: bool, as_json: bool
) -> int:
    """Show the layout as it would be, or write it: 1 where it is not yet so."""
    from exocite.project import doctoring

    before: Document = project.document
    after = doctoring.tidy(project, steps)
    lines = doctoring.diff(before, after)
    if fix:
        doctoring.save(project, after)
    path = printable(before.path)
    if as_json:
        terminal.json(
            "exocite.tidy/1",
            {"bibliography": before.path, "written": fix and bool(lines), "diff": list(lines)},
        )
    else:
        _print_diff(terminal, () if fix else lines)
        done = "tidied" if fix else "would be tidied; nothing was written"
        terminal.echo(f"{path}: {done}" if lines else f"{path} is tidy already")
    return CLEAN if fix or not lines else FINDINGS


def _rename(
    terminal: Terminal,
    project: Project,
    keys: tuple[str, ...],
    articles: tuple[str, ...],
    *,
    fix: bool,
    diff: bool,
    as_json: bool,
) -> int:
    """Show the keys that the pattern of the settings gives, or write them: 1 where one differs."""
    from exocite.project import citekeys, doctoring, relabelling

    before: Document = project.document
    planned = citekeys.plan(project, keys, articles or relabelling.configured(project))
    if fix and planned.keys:
        citekeys.write(project, planned)
    for note in planned.notes:
        terminal.note(f"note: {note}")
    if as_json:
        terminal.json("exocite.citekeys/1", _renaming_json(project, planned, written=fix))
    else:
        if diff and planned.keys:
            _print_diff(terminal, doctoring.diff(before, planned.document))
            for one in planned.files:
                texts = [data.decode("utf-8", "replace") for data in (one.before, one.after)]
                _print_diff(terminal, doctoring.changed(project.shown(one.path), *texts))
        for old, new in planned.keys.items():
            terminal.echo(f"{terminal.paint('key', printable(old))} → {new}")
        for one in planned.files:
            terminal.echo(f"{printable(project.shown(one.path))}: {count(one.places, 'place')}")
        number = count(len(planned.keys), "citekey")
        done = "renamed" if fix else "would change; nothing was written"
        terminal.echo(f"{number} {done}" if planned.keys else "no citekey differs")
    return FINDINGS if planned.keys and not fix else CLEAN


def _renaming_json(project: Project, planned: Renaming, *, written: bool) -> dict[str, object]:
    return {
        "written": written and bool(planned.keys),
        "citekeys": [{"key": old, "proposed": new} for old, new in planned.keys.items()],
        "files": [{"path": project.shown(one.path), "places": one.places} for one in planned.files],
        "notes": list(planned.notes),
    }
