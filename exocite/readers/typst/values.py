"""What stands for a name in Typst's text: a value, what a function prints, a sign."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping

from exocite.frozen import dataclass
from exocite.patterns import regex
from exocite.readers.typst.definitions import STRING, Definitions, Template, unescaped
from exocite.text import collapsed

_ARGUMENTS = regex(r"\(([^()\[\]{}]{0,500})\)(?!\[)")
_ARGUMENT = regex(
    r"\s*(?:(?P<name>[A-Za-z_][\w-]{0,60})\s*:\s*)?"
    r"(?P<value>\"(?:[^\"\\]|\\.){0,300}\"|[-+]?\d[\w.%]{0,30})\s*(?:,|$)"
)
_PARAMETER = regex(r"#(?P<name>[A-Za-z_][\w-]{0,60})(?![\w(\[-])(?:;(?=\w))?")
_QUANTITIES = frozenset({"num", "qty", "unit", "numrange", "qtyrange"})
_RANGES = frozenset({"numrange", "qtyrange"})
_SIGNS = {
    "plus.minus": "±", "minus.plus": "∓", "times": "×", "dot": "⋅", "dot.op": "⋅", "degree": "°",
    "approx": "≈", "lt.eq": "≤", "gt.eq": "≥", "eq.not": "≠", "arrow.r": "→", "arrow": "→",
    "arrow.l": "←", "arrow.t": "↑", "arrow.b": "↓", "dash.en": "–", "dash.em": "—",
    "percent": "%", "permille": "‰", "minus": "−", "plus": "+", "lt": "<", "gt": ">", "tilde": "∼",
    "prime": "′", "prime.double": "″", "micro": "µ", "infinity": "∞", "ohm": "Ω",
    "angstrom": "Å", "space.nobreak": "\u00a0", "space.nobr": "\u00a0", "copyright": "©",
    "euro": "€", "pound": "£", "section": "§", "amp": "&", "at": "@", "hash": "#",
    "dots.h": "…", "ellipsis": "…", "quote.double": '"',
}  # fmt: skip
_PLACE = "\ue000"


@dataclass(frozen=True, slots=True)
class Printed:
    """What markup shows in one paragraph, and the keys that it cites."""

    text: str
    keys: tuple[str, ...] = ()


Render = Callable[[str], Printed | None]
"""Reads markup apart; None for what makes more than one block."""


class Values:
    """What names stand for, by a document's definitions; each markup is read once."""

    def __init__(self, definitions: Definitions, render: Render) -> None:
        self._definitions = definitions
        self._render = render
        self._known: dict[str, Printed | None] = {}

    def of_name(self, name: str) -> Printed | None:
        """What `#name` shows, as written for a value not known here; None for what is no value."""
        value = self._definitions.values.get(name)
        if value is not None:
            return self._printed(value.text) if value.is_markup else Printed(value.text)
        root = name.partition(".")[0]
        if name in self._definitions.unknown or root in self._definitions.unknown:
            return Printed(f"#{name}")
        return Printed(sign(name)) if root == "sym" else None

    def of_call(self, name: str, source: str, at: int) -> tuple[Printed, int] | None:
        """What `#name(…)` shows whose bracket opens at `at`, and where it ends.

        None where its arguments are no texts and numbers or the function is not known.
        """
        template = self._definitions.templates.get(name)
        if template is None and name not in _QUANTITIES:
            return None
        written = _ARGUMENTS.match(source, at)
        arguments = _arguments(written[1]) if written else None
        if written is None or arguments is None:
            return None
        if template is None:
            between = "–" if name in _RANGES else " "
            shown = [value for key, value in arguments if not key]
            if name == "qtyrange" and len(shown) > 1:
                shown = [f"{shown[0]}–{shown[1]}", *shown[2:]]
                between = " "
            return Printed(between.join(shown)), written.end()
        printed = self._printed(_filled(template, arguments))
        return (printed, written.end()) if printed else None

    def around(self, name: str) -> tuple[str, str] | None:
        """What a function of one content argument shows before and behind it."""
        template = self._definitions.templates.get(name)
        if template is None or len(template.parameters) != 1:
            return None
        markup = _put(template.markup, {template.parameters[0][0]: _PLACE})
        printed = self._printed(markup) if markup.count(_PLACE) == 1 else None
        if printed is None or printed.keys or printed.text.count(_PLACE) != 1:
            return None
        before, _, behind = printed.text.partition(_PLACE)
        return before, behind

    def _printed(self, markup: str) -> Printed | None:
        if markup not in self._known:
            self._known[markup] = self._render(markup)
        return self._known[markup]


def sign(name: str) -> str:
    """The character of `sym.name`: its Greek letter, or "" for what is not known."""
    short = name.partition(".")[2]
    if short in _SIGNS:
        return _SIGNS[short]
    letter = short.partition(".")[0]
    case = "CAPITAL" if letter[:1].isupper() else "SMALL"
    spelled = {"lambda": "LAMDA"}.get(letter.lower(), letter.upper())
    try:
        return unicodedata.lookup(f"GREEK {case} LETTER {spelled}")
    except KeyError:
        return ""


def _arguments(written: str) -> list[tuple[str, str]] | None:
    found: list[tuple[str, str]] = []
    at = 0
    while written[at:].strip():
        match = _ARGUMENT.match(written, at)
        if match is None:
            return None
        value = match["value"]
        if STRING.fullmatch(value):
            value = collapsed(unescaped(value[1:-1]))
        found.append((match["name"] or "", value))
        at = match.end()
    return found


def _filled(template: Template, arguments: list[tuple[str, str]]) -> str:
    """The markup of a body with its arguments put in; what an argument holds is not read again."""
    named = {key: value for key, value in arguments if key}
    given = iter([value for key, value in arguments if not key])
    return _put(
        template.markup,
        {
            parameter: named[parameter] if parameter in named else next(given, default)
            for parameter, default in template.parameters
        },
    )


def _put(markup: str, texts: Mapping[str, str]) -> str:
    return _PARAMETER.sub(lambda match: texts.get(match["name"], match[0]), markup)
