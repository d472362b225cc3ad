"""What the terminal can do: colour, width, tables and progress."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any, TextIO

import click

from exocite.text import escaped, printable

# The role of a piece of text and how a terminal shows it.
_STYLES: Mapping[str, Mapping[str, Any]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "info": {"fg": "blue", "bold": True},
    "good": {"fg": "green"},
    "path": {"bold": True},
    "code": {"fg": "magenta", "bold": True},
    "key": {"fg": "cyan"},
    "help": {"fg": "cyan"},
    "underline": {"fg": "red", "bold": True},
    "dim": {"dim": True},
    "strong": {"bold": True},
}


class Terminal:
    """Results go to standard output, progress and notes to standard error."""

    def __init__(self, color: str = "auto") -> None:
        self.shown = _is_terminal(sys.stdout)
        self.interactive = _is_terminal(sys.stdin) and _is_terminal(sys.stdout)
        dumb = os.environ.get("TERM") == "dumb" or bool(os.environ.get("NO_COLOR"))
        self._color = color == "always" or (
            color == "auto" and _is_terminal(sys.stdout) and not dumb
        )
        self._bar = False

    @cached_property
    def width(self) -> int:
        """Columns that tables and paragraphs may take."""
        import shutil

        return max(40, min(shutil.get_terminal_size((100, 24)).columns, 120))

    def paint(self, role: str, text: str) -> str:
        """The text in the colours of its role, or as it is."""
        style = _STYLES.get(role) if self._color else None
        return click.style(text, **style) if style else text

    def echo(self, text: str = "") -> None:
        """Print a result. What may come from outside must have gone through `printable`."""
        if self._bar:
            click.echo("\r\x1b[K", nl=False, err=True)
        click.echo(text, color=self._color)

    def note(self, text: str) -> None:
        """Say something beside the results, on standard error."""
        click.echo(printable(text), err=True)

    def json(self, schema: str, content: Mapping[str, object]) -> None:
        """Print one JSON object with its schema first."""
        text = json.dumps({"schema": schema, **content}, ensure_ascii=False, indent=2)
        click.echo(escaped(text))

    def cut(self, text: str, width: int) -> str:
        """The text safe for a terminal and no longer than `width`."""
        safe = printable(" ".join(text.split()))
        return safe if len(safe) <= width else safe[: max(width - 1, 1)].rstrip() + "…"

    def wrapped(self, text: str, *, indent: int = 0, role: str = "") -> None:
        """Print a text of any origin in lines that fit, white space collapsed."""
        import textwrap

        margin = " " * indent
        safe = printable(" ".join(text.split()))
        lines = textwrap.wrap(safe, self.width - indent, break_on_hyphens=False) or [""]
        for line in lines:
            self.echo(margin + (self.paint(role, line) if role else line))

    def table(self, rows: Sequence[Sequence[str]], roles: Sequence[str] = ()) -> None:
        """Print rows in aligned columns; the last column may run to the edge and is cut there."""
        if not rows:
            return
        widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
        room = max(20, self.width - sum(widths[:-1]) - 2 * (len(widths) - 1))
        for row in rows:
            cells = [
                cell.ljust(width) for cell, width in zip(row[:-1], widths[:-1], strict=True)
            ] + [self.cut(row[-1], room)]
            painted = [
                self.paint(roles[i], cell) if i < len(roles) and roles[i] else cell
                for i, cell in enumerate(cells)
            ]
            self.echo("  ".join(painted).rstrip())

    @contextmanager
    def progress(
        self, items: Iterable[Any], *, length: int, label: str, least: int = 0
    ) -> Iterator[Iterable[Any]]:
        """Show how far a long job is, on standard error and only on a terminal.

        With fewer items than `least` nothing is shown.
        """
        if not _is_terminal(sys.stderr) or length < least:
            yield items
            return
        with click.progressbar(items, length=length, label=label, file=sys.stderr) as bar:
            self._bar = True
            try:
                yield bar
            finally:
                self._bar = False


def _is_terminal(stream: TextIO | None) -> bool:
    """Whether the stream is a terminal; one that was closed before the start is None."""
    return stream is not None and stream.isatty()
