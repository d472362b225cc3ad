"""Renders a report as one HTML file that needs nothing else: style and script stand in it."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from jinja2.runtime import Macro
from markupsafe import Markup

from exocite import __version__
from exocite.report import marks
from exocite.report.data import Mark, Report
from exocite.report.page_template import part, template
from exocite.report.words import NOT_SUGGESTED, left_out
from exocite.text import printable

_KEPT_MARKS = re.compile("[^\u061c\u200e\u200f]+")


def render(report: Report) -> bytes:
    """The report as HTML. All text in it that comes from outside is escaped, none is markup."""
    style, script = part("report.css"), part("report.js")
    text = template().render(
        report=report,
        works={work.anchor: work for work in report.works},
        marks=_in_order(report),
        version=__version__,
        policy=_policy(style, script),
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        once=_once(),
        not_suggested=NOT_SUGGESTED,
        left_out=left_out(report),
    )
    return safe(text).encode("utf-8")


def safe(text: str) -> str:
    """The text without anything that could command a screen or turn its neighbours round.

    Marks of direction that open nothing stay: text from right to left needs them.
    """
    if text.isprintable():
        return text
    return _KEPT_MARKS.sub(lambda found: printable(found[0]), text)


def _once() -> Callable[..., str]:
    """Calls a macro once for each name, and gives the same markup again where it recurs."""
    known: dict[tuple[str, str], str] = {}

    def once(macro: Macro, *asked: Any, name: str) -> str:
        key = (macro.name, name)
        if key not in known:
            known[key] = macro(*asked)
        return known[key]

    return once


def _policy(style: str, script: str) -> str:
    """A Content-Security-Policy that lets nothing in but this very style and script."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")


def _in_order(report: Report) -> list[tuple[Mark, int]]:
    return sorted(report.marks, key=lambda pair: marks.ORDER.index(pair[0]))
