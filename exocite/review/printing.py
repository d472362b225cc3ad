"""How the page's templates print what is foreign: as words, never as markup or commands."""

from __future__ import annotations

from typing import Any

from flask import Flask
from jinja2 import StrictUndefined
from markupsafe import Markup, escape

from exocite.report.data import Printed
from exocite.report.page import safe

_TAGS = {"i": "i", "b": "b", "u": "u", "sup": "sup", "sub": "sub", "sc": "small"}


def prepare(app: Flask) -> None:
    """Have the application's templates escape all that they are given, and know every name."""
    app.jinja_options = {
        "autoescape": True,
        "undefined": StrictUndefined,
        "finalize": _finalized,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    app.jinja_env.globals["printed"] = _printed


def _finalized(value: Any) -> Any:
    return safe(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _printed(runs: tuple[Printed, ...]) -> Markup:
    """A reference as its style prints it, its addresses as links."""
    shown = Markup()
    for run in runs:
        piece = escape(safe(run.text))
        for mark in run.marks:
            if mark in _TAGS:
                piece = Markup("<{0}>{1}</{0}>").format(Markup(_TAGS[mark]), piece)  # noqa: S704
        if run.link:
            piece = Markup('<a href="{}" rel="noreferrer noopener" target="_blank">{}</a>').format(
                run.link, piece
            )
        shown += piece
    return shown
