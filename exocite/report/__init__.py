"""The report that one reads: an article with every claim marked, its source beside it, initialled.

`gathering` builds the data of `data` from what a project knows; each format is one file that prints
it, registered here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from exocite.report import json, markdown, word
from exocite.report.data import Report

SIGN = "exocite report"
"""Stands near the beginning of every report, so that one is known when it is to be replaced."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format of the report by its name; `binary` cannot be printed on a terminal."""

    name: str
    render: Callable[[Report], bytes]
    binary: bool = False


def _html(report: Report) -> bytes:
    from exocite.report import page

    return page.render(report)


FORMATS: tuple[Format, ...] = (
    Format("html", _html),
    Format("md", markdown.render),
    Format("docx", word.render, binary=True),
    Format("json", json.render),
)
