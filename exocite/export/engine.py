"""What a citation engine is asked and what it answers, so that one can replace another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from exocite.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """A CSL style: its name, the XML of an independent style, and the locale, "" for its own."""

    name: str
    xml: bytes
    locale: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a formatted entry and its marks, a subset of i, b, u, sup, sub and sc."""

    text: str
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Formatted:
    """A bibliography entry as the style prints it."""

    key: str
    runs: tuple[Run, ...]


class Engine(Protocol):
    """Formats CSL-JSON items as the bibliography of a style."""

    def bibliography(
        self, items: Sequence[Mapping[str, object]], style: Style
    ) -> tuple[Formatted, ...]:
        """The entries in the order of the style; `items` come in the order of their citation.

        Raises StyleError where the style has no bibliography or cannot be read.
        """
        ...
