"""Text as it travels through citeproc-py: words that keep their case, marks that are no letters.

Formatting stands in the text as private-use characters, see `exocite.export.citeproc_engine`.
"""
# The library is untyped, so its classes are Any to the type checker.
# mypy: disallow-subclassing-any=False

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from citeproc import model
from citeproc.source.json import CiteProcJSON
from citeproc.string import MixedString, NoCase, String

from exocite.export.citeproc_work import Shape, Work

KEEP, KEPT = "\ue100", "\ue101"
"""The marks before and after words whose case no style changes."""

_KEPT_WORDS = re.compile(f"{KEEP}([^{KEPT}]*){KEPT}")
_BEFORE_LETTERS = frozenset(map(chr, range(0xE000, 0xE100))) | frozenset("\"'“‘«([")


class Words(String):
    """Text in which marks of formatting, quotes and brackets may stand before a letter."""

    def capitalize_first(self) -> Words:
        """The text with its first letter, behind whatever may stand before it, as a capital."""
        at = next((at for at, c in enumerate(self) if c not in _BEFORE_LETTERS), len(self))
        return Words(self[:at] + self[at : at + 1].upper() + self[at + 1 :])


_LIBRARY = CiteProcJSON(())


def parsed(value: Any) -> Any:
    """A value that is no text as the library's names, or its date.

    Which it is, is told by its form: the library's lists of both are of an older CSL, without
    directors for one.
    """
    return _LIBRARY.parse_names(value) if isinstance(value, list) else _LIBRARY.parse_date(value)


class Source(CiteProcJSON):
    """CSL-JSON items whose texts hold marks, and words that keep their case in KEEP and KEPT.

    Names and dates are `parsed` already.
    """

    def __init__(self, items: Iterable[Mapping[str, Any]]) -> None:
        shapes: dict[tuple[str, frozenset[str], str], Shape] = {}
        for item in items:
            variables = {
                name.replace("-", "_"): self.parse_string(value)
                if isinstance(value, str)
                else value
                for name, value in item.items()
                if name not in {"id", "type"}
            }
            alike = (item["type"], frozenset(variables), str(item.get("language", "")))
            shape = shapes.setdefault(alike, Shape())
            self.add(Work(item["id"], item["type"], variables, shape))

    def parse_string(self, string: Any) -> Any:
        """A text as the library's pieces."""
        if KEEP not in string:
            return MixedString([Words(string)] if string else ())
        pieces = _KEPT_WORDS.split(str(string))
        return MixedString(
            NoCase(piece) if at % 2 else Words(piece) for at, piece in enumerate(pieces) if piece
        )


class Cased(model.TextCased):
    """Changes of case on whatever the library hands about: its own strings and Python's."""

    # Source: CSL specification 1.0.2, "Title Case Conversion"; the last are of law and science.
    _stop_words = (
        "a", "an", "and", "as", "at", "but", "by", "down", "for", "from", "in", "into", "nor", "of",
        "on", "onto", "or", "over", "so", "the", "till", "to", "up", "via", "with", "yet",
        "v", "v.", "vs", "vs.",
    )  # fmt: skip

    def case(self, text: Any, language: str | None = None) -> Any:
        """The text in the case that the style asks for."""
        return super().case(_words(text), language)


def _words(text: Any) -> Any:
    """What the library hands about, plain Python strings and pieces included, as Words."""
    if isinstance(text, MixedString):
        return MixedString(_words(piece) for piece in text)
    return text if isinstance(text, String) else Words(text or "")
