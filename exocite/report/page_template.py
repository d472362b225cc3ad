"""The template of the page, and the other files that it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

_ELEMENTS = {"i": "i", "b": "b", "u": "u", "sup": "sup", "sub": "sub", "sc": "small"}


@cache
def template() -> Template:
    """The template of the page."""
    return _environment().from_string(part("report.html"))


def part(name: str) -> str:
    """The text of a file of the page."""
    folder = resources.files("exocite.report").joinpath("templates")
    return folder.joinpath(name).read_text("utf-8").replace("\r\n", "\n")


def _environment() -> Environment:
    environment = Environment(
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
