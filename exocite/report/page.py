"""Renders a report as one HTML file that needs nothing else: style and script stand in it."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from exocite import __version__
from exocite.report import marks
from exocite.report.data import Mark, Report
from exocite.report.words import NOT_SUGGESTED, left_out
from exocite.text import printable

_KEPT_MARKS = re.compile("[^\u061c\u200e\u200f]+")
_ELEMENTS = {"i": "i", "b": "b", "u": "u", "sup": "sup", "sub": "sub", "sc": "small"}


def render(report: Report) -> bytes:
    """The report as HTML. All text in it that comes from outside is escaped, none is markup."""
    style, script = _part("report.css"), _part("report.js")
    text = (
        _environment()
        .get_template("report.html")
        .render(
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
    )
    return safe(text).encode("utf-8")


def safe(text: str) -> str:
    """The text without anything that could command a screen or turn its neighbours round.

    Marks of direction that open nothing stay: text from right to left needs them.
    """
    if text.isprintable():
        return text
    return _KEPT_MARKS.sub(lambda found: printable(found[0]), text)


def _once() -> Callable[..., Markup]:
    """Calls a macro once for each name, and gives the same markup again where it recurs."""
    known: dict[tuple[str, ...], Markup] = {}

    def once(macro: Callable[..., Markup], *asked: Any, name: str) -> Markup:
        key = (macro.name, name)  # type: ignore[attr-defined]
        if key not in known:
            known[key] = macro(*asked)
        return known[key]

    return once


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=DictLoader({"report.html": _part("report.html")}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["OPEN"] = _tags("<{}>")
    environment.globals["CLOSE"] = _tags("</{}>")
    return environment


def _tags(form: str) -> Mapping[str, Markup]:
    return {mark: Markup(form.format(name)) for mark, name in _ELEMENTS.items()}  # noqa: S704


def _part(name: str) -> str:
    folder = resources.files("exocite.report").joinpath("templates")
    return folder.joinpath(name).read_text("utf-8").replace("\r\n", "\n")


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
