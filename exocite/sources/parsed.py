"""What every format gives: the parts of a file, each with its place in the work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from exocite.frozen import dataclass

MAX_TEXT = 20_000_000
"""Bytes of the largest text, and characters of the longest."""

Watch = Callable[[Sequence[int]], Iterable[int]]
"""Given the steps of a long job, gives the same steps while it shows how far they have come."""


def unwatched(steps: Sequence[int]) -> Iterable[int]:
    """The steps, and nothing shown."""
    return steps


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a file's text and where in the work it stands; "" where that is not known.

    `field` is "abstract" for the work's own abstract, else "file".
    """

    text: str
    locator: str = ""
    field: str = "file"


@dataclass(frozen=True, slots=True)
class Parsed:
    """The parts of a file in their order, and what a reader of them ought to know."""

    parts: tuple[Part, ...]
    notes: tuple[str, ...] = ()


class Format(Protocol):
    """Reads one format. It keeps no state and takes every byte for hostile."""

    @property
    def name(self) -> str:
        """The name of the format, as manifests and listings give it."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """File suffixes in lower case, with their dot; the first is given to attached files."""

    @property
    def is_text(self) -> bool:
        """Whether line ends may be changed on the way (by git) without changing the file."""

    @property
    def most(self) -> int:
        """Bytes of the largest file that is read; what is larger is refused, never cut."""

    def parse(self, data: bytes, path: str, watch: Watch, /) -> Parsed:
        """The text of a file. Raises ReadError with path and line for what cannot be read."""
