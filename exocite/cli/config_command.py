"""exocite config."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exocite.cli import options
from exocite.text import printable

if TYPE_CHECKING:
    from exocite.config import Value


@click.command(name="config", epilog="Example: exocite config --show")
@click.option(
    "--show", is_flag=True, help="Show the values that count here and where they are from."
)
@options.as_json
def command(show: bool, as_json: bool) -> None:
    """Show the settings: what each is for, or with --show its value and where that came from.

    A flag counts before an environment variable (EXOCITE_NAME), that before the file, that before
    the default. The file is the first of exocite.toml, pyproject.toml with [tool.exocite] and
    setup.cfg with [exocite], in this folder or the nearest above.
    """
    from exocite.config import SETTINGS, load

    terminal = options.terminal()
    settings = load(Path.cwd(), os.environ)
    if as_json:
        rows = [
            {
                "name": one.name,
                "value": _SET if one.name in _HIDDEN and settings[one.name] else settings[one.name],
                "origin": settings.values[one.name].origin,
                "meaning": one.meaning,
            }
            for one in SETTINGS
        ]
        terminal.json("exocite.config/1", {"root": str(settings.root), "settings": rows})
    elif show:
        terminal.table(
            [
                (s.name, _shown(s.name, settings.values[s.name]), settings.values[s.name].origin)
                for s in SETTINGS
            ],
            roles=("key",),
        )
        terminal.echo(f"relative paths start at {printable(str(settings.root))}")
    else:
        terminal.table([(s.name, s.meaning) for s in SETTINGS], roles=("key",))


_HIDDEN = frozenset({"openalex_key"})
_SET = "(set)"


def _shown(name: str, value: Value) -> str:
    """The value as a person would write it; of a secret, that there is one."""
    held = value.value
    if name in _HIDDEN and held:
        return _SET
    if held is None or held in ((), ""):
        return "-"
    if isinstance(held, bool):
        return "yes" if held else "no"
    if isinstance(held, tuple):
        return printable(", ".join(_part(part) for part in held))
    return printable(str(held))


def _part(part: object) -> str:
    if not isinstance(part, tuple):
        return str(part)
    name, what = part
    if not isinstance(what, tuple):
        return f"{name} = {what}"
    inner = [_part(one) for one in what]
    nested = any(isinstance(one, tuple) for one in what)
    return f"{name} = {{ {', '.join(inner)} }}" if nested else f"{name} = {' '.join(inner)}"
