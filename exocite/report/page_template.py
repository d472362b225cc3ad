"""The template of the page, ready to print.

Jinja takes longer to make code of the template than to print a report of a thousand claims. Its
code is therefore made beforehand (`exocite.report.page_code`) and taken where it was made of this
very template by this very Jinja; otherwise Jinja makes it anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib import resources

import jinja2
from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

_NAME = "report.html"
_ELEMENTS = {"i": "i", "b": "b", "u": "u", "sup": "sup", "sub": "sub", "sc": "small"}
_HEAD = '''"""What Jinja makes of templates/report.html; tests/report/test_page.py writes it."""

# fmt: off
# ruff: noqa: ARG001, C901, D103, E402, E501, E701, F401, F821, F841, I001, N806, PIE790, UP034
# mypy: ignore-errors

JINJA = "{jinja}"
TEMPLATE = "{hash_}"

'''
_JINJA = str(vars(jinja2).get("__version__"))


@cache
def template() -> Template:
    """The template of the page."""
    from exocite.report import page_code

    environment, text = _environment(), part(_NAME)
    if (_JINJA, _hash(text)) != (page_code.JINJA, page_code.TEMPLATE):
        return environment.from_string(text)
    return Template.from_module_dict(environment, vars(page_code), environment.make_globals(None))


def code() -> str:
    """What `exocite.report.page_code` is to hold."""
    text = part(_NAME)
    made = _environment().compile(text, name=_NAME, raw=True, defer_init=True)
    return f"{_HEAD.format(jinja=_JINJA, hash_=_hash(text))}{made}\n"


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


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
