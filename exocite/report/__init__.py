"""The report that one reads: an article with every claim marked, its source beside it, initialled.

`gathering` builds the data of `data` from what a project knows; each format is one file that prints
it, registered here.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from exocite.frozen import dataclass
from exocite.report.data import Report

SIGN = "exocite report"
"""Stands near the beginning of every report, so that one is known when it is to be replaced."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format of the report by its name; `binary` cannot be printed on a terminal."""

    name: str
    render: Callable[[Report], bytes]
    binary: bool = False


def _by(module: str) -> Callable[[Report], bytes]:
    """What a module of this package renders; it is imported when it is asked."""

    def render(report: Report) -> bytes:
        rendered: bytes = import_module(f"exocite.report.{module}").render(report)
        return rendered

    return render


FORMATS: tuple[Format, ...] = (
    Format("html", _by("page")),
    Format("md", _by("markdown")),
    Format("docx", _by("word"), binary=True),
    Format("json", _by("json")),
)
