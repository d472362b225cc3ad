"""Options that several commands share, and the project and registry that they describe."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from exocite.cli.terminal import Terminal
from exocite.errors import UsageError

if TYPE_CHECKING:
    from exocite.project import Project
    from exocite.registries.crossref import Crossref
    from exocite.registries.snapshot.registry import Snapshot

Command = Callable[..., Any]

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
no_input = click.option("--no-input", is_flag=True, help="Never ask anything.")
encoding = click.option(
    "--encoding", default="", metavar="NAME", help="The article's encoding; UTF-8 if not given."
)
_ARTICLES = "exocite.articles"


def _noted(context: click.Context, _parameter: click.Parameter, value: Any) -> Any:
    """Keep the articles in mind: they say which project is meant."""
    context.meta[_ARTICLES] = (value,) if isinstance(value, str) else value
    return value


articles = click.argument("articles", nargs=-1, metavar="[ARTICLE]...", callback=_noted)
article = click.argument("article", metavar="ARTICLE", callback=_noted)

mode = click.option(
    "--mode",
    default=None,
    metavar="MODE",
    help="core compares words; semantic compares meanings too (needs the extra semantic).",
)


def registry(command: Command) -> Command:
    """Add the options of commands that ask Crossref."""
    for option in (
        click.option("--offline", is_flag=True, help="Ask nobody; use kept answers alone."),
        click.option("--refresh", is_flag=True, help="Ask again, whatever answers are kept."),
        click.option("--timeout", type=float, default=None, help="Seconds to wait for an answer."),
        click.option("--mailto", default=None, metavar="ADDRESS", help="Identifies you."),
        click.option("--crossref-url", default=None, metavar="URL", help="Address of the API."),
    ):
        command = option(command)
    return command


def project(**flags: object) -> Project:
    """The project of the command's articles, else of the current folder.

    Flags that are None were not given.
    """
    from exocite.config import load
    from exocite.project import Project

    named = click.get_current_context().meta.get(_ARTICLES, ())
    return Project(load(Path.cwd(), os.environ, flags, named))


def crossref(project: Project, *, refresh: bool = False, offline: bool = False) -> Crossref:
    """Crossref as the project's settings describe it; closed when the command ends.

    Raises UsageError where it is to be asked again and not at all.
    """
    from exocite.registries import Endpoint, Mode
    from exocite.registries.answers import Answers
    from exocite.registries.crossref import Crossref

    if refresh and offline:
        raise UsageError(
            "--refresh asks again what --offline does not ask at all", hint="leave one of them out"
        )
    settings = project.settings
    registry = Crossref(
        Endpoint(
            settings["crossref_url"],
            mailto=settings["mailto"],
            timeout=settings["timeout"],
            deadline=settings["deadline"],
        ),
        answers=Answers(project.cache / "registries") if project.cache else None,
        mode=Mode.OFFLINE if offline else Mode.REFRESH if refresh else Mode.ONLINE,
    )
    click.get_current_context().call_on_close(registry.close)
    return registry


def snapshot(project: Project) -> Snapshot | None:
    """The snapshot that the settings name, None without one; closed when the command ends.

    A path on the command line starts here, one in a file of settings at the project's root.
    """
    name = project.settings["snapshot"]
    if not name:
        return None
    from exocite.registries.snapshot.registry import Snapshot

    here = project.settings.values["snapshot"].origin == "flag"
    found = Snapshot(Path(name) if here else project.settings.root / name)
    click.get_current_context().call_on_close(found.close)
    return found


def unread(terminal: Terminal, project: Project) -> None:
    """Say what could not be read: attached files, which were not compared, and what was kept."""
    for key, error in project.unread:
        terminal.note(f"not compared: {key}: {error.message}")
        if error.hint:
            terminal.note(f"help: {error.hint}")
    problems = (
        project.embedder.vectors.problem if project.embedder else "",
        project.verifier.kept.problem if project.verifier else "",
    )
    for problem in filter(None, problems):
        terminal.note(f"note: {problem}")


def unread_entries(terminal: Terminal, project: Project, what: str) -> bool:
    """Say which entries could not be read and were not, say, compared; whether there are any."""
    from exocite.bibliography.problems import ProblemKind

    document = project.document
    unread = [p for p in document.problems if p.kind in {ProblemKind.BROKEN, ProblemKind.BINARY}]
    for one in unread:
        terminal.note(f"not {what}: {document.path}:{one.line}:{one.column}: {one.message}")
    return bool(unread)


def refuse_ours(project: Project, output: str, also: Iterable[Path] = ()) -> None:
    """Refuse an output in place of the bibliography, a log or what else is read, forced or not."""
    from exocite.store import ATTACHED, BASELINE, EVIDENCE, VERDICTS, WORKS

    logs = (WORKS, EVIDENCE, VERDICTS, BASELINE, ATTACHED)
    ours = (project.settings.bibliography, *(project.store.root / name for name in logs), *also)
    if os.path.realpath(output) in set(map(os.path.realpath, ours)):
        raise UsageError(
            f"{output}: no output can go there: this file belongs to the project",
            hint="name another file",
        )


def leave(project: Project) -> None:
    """End the command: with 3 where attached files are not here or unreadable, else with 0."""
    from exocite.cli import CLEAN, NOT_CHECKED

    click.get_current_context().exit(NOT_CHECKED if project.unread else CLEAN)


def terminal() -> Terminal:
    """The terminal as --color asks for it."""
    color = click.get_current_context().find_root().obj
    return Terminal(color if isinstance(color, str) else "auto")
