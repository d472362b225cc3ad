"""What the fields of an entry mean: macros filled in, pieces joined, LaTeX decoded on demand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from exocite.bibliography.latex import decoded
from exocite.bibliography.scan import Failure, pieces
from exocite.bibliography.symbols import STANDARD_MACROS
from exocite.text import collapsed

_LONGEST = 10_000
"""Characters that macros may add to one value: definitions can double one another."""

_MOST = 1_000_000
"""Characters that all definitions together may add to what is written."""


class Macros:
    """The macros of a file by place: a definition holds for what follows it until the next one.

    Where only a later definition exists that one is taken, as bibtexparser does. Names know no
    case. Places are numbers that grow through the file.
    """

    def __init__(self, strings: Iterable[tuple[int, str, str]]) -> None:
        """Takes place, name and value as written, in the order of the file."""
        self._places: dict[str, list[int]] = {}
        self._values: dict[str, list[str]] = {}
        left = _MOST
        for place, name, value in strings:
            latex, _ = self.latex(value, place)
            grown = max(0, len(latex) - len(value))
            # Thousands of small ones could name one large one each.
            latex, left = (latex, left - grown) if grown <= left else (value, left)
            self._places.setdefault(name.lower(), []).append(place)
            self._values.setdefault(name.lower(), []).append(latex)

    def lookup(self, name: str, place: int) -> str | None:
        """The LaTeX that a macro stands for at a place, None for an unknown one."""
        values = self._values.get(name.lower())
        if values is None:
            return STANDARD_MACROS.get(name.lower())
        return values[max(0, bisect_left(self._places[name.lower()], place) - 1)]

    def latex(self, value: str, place: int) -> tuple[str, tuple[str, ...]]:
        """The LaTeX of a value as written, and the names in it that no macro bears.

        An unknown name stands for itself, so that nothing is lost to the reader; so does one that
        would make the value too long.
        """
        if value.startswith("{") and value.find("}") == len(value) - 1:
            return value[1:-1], ()
        operands = pieces(value)
        if isinstance(operands, Failure):
            return value, ()
        texts, unknown, length = [], [], 0
        for operand in operands:
            known = self.lookup(operand.text, place) if operand.is_macro else operand.text
            if operand.is_macro and known is not None:
                fits = length + len(known) <= _LONGEST
                length, known = (length + len(known), known) if fits else (length, None)
            if known is None:
                unknown.append(operand.text)
            texts.append(operand.text if known is None else known)
        return "".join(texts), tuple(unknown)


class Fields(Mapping[str, str]):
    """The fields of one entry by name in lower case, each decoded when it is first asked for.

    Of two fields of one name the first counts, as in BibTeX.
    """

    __slots__ = ("_decoded", "_macros", "_names", "_place", "_values", "_written")

    def __init__(
        self, names: Sequence[str], values: Sequence[str], macros: Macros, place: int
    ) -> None:
        self._names = names
        self._values = values
        self._macros = macros
        self._place = place
        # Made when they are first asked for: of most entries of a file nothing is.
        self._written: dict[str, str] | None = None
        self._decoded: dict[str, str] | None = None

    def _by_name(self) -> dict[str, str]:
        known = self._written
        if known is None:
            known = self._written = {}
            for name, value in zip(self._names, self._values, strict=True):
                known.setdefault(name.lower(), value)
        return known

    def __getitem__(self, name: str) -> str:
        if self._decoded is None:
            self._decoded = {}
        known = self._decoded.get(name)
        if known is None:
            known = self._decoded[name] = decoded(name, self._latex(self._by_name()[name]))
        return known

    def get(self, name: str, default: Any = None, /) -> Any:
        """The value, else `default`."""
        return self[name] if name in (self._written or self._by_name()) else default

    def __contains__(self, name: object) -> bool:
        return name in self._by_name()

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name())

    def __len__(self) -> int:
        return len(self._by_name())

    def __repr__(self) -> str:
        return repr(dict(self))

    def written(self, name: str) -> str:
        """The value as it stands in the file, with its delimiters."""
        return self._by_name()[name]

    def latex(self, name: str) -> str:
        """The value as LaTeX: macros and `#` resolved, no delimiters, white space collapsed."""
        return self._latex(self._by_name()[name])

    def _latex(self, value: str) -> str:
        return collapsed(self._macros.latex(value, self._place)[0])
