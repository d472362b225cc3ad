"""What is wrong in a .bib file, each with its place, in words for the person who keeps it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from exocite.bibliography.blocks import BlockKind
from exocite.bibliography.located import Located, parts
from exocite.bibliography.meaning import Macros
from exocite.bibliography.scan import EntryScan, Failure
from exocite.frozen import dataclass
from exocite.patterns import regex
from exocite.text import Lines, printable


class ProblemKind(StrEnum):
    """What kind of problem it is."""

    BROKEN = "broken"
    DUPLICATE = "duplicate"
    FIELD = "field"
    KEY = "key"
    MACRO = "macro"
    ENCODING = "encoding"
    BINARY = "binary"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the file that could not be read, or that can be read in more ways than one.

    Line and column count from 1. `message` says what was met, without the place; `key` is the
    citekey concerned, "" where there is none.
    """

    line: int
    column: int
    kind: ProblemKind
    message: str
    key: str = ""


_FORBIDDEN_IN_KEY = regex(r"[\s\"#%'(),={}\\]")


class Inspection:
    """One pass over the blocks of a file that gathers their problems."""

    def __init__(self, located: Sequence[Located], macros: Macros, text: str) -> None:
        self._located = located
        self._macros = macros
        self._lines = Lines(text)
        # Entries of one layout share their names; what is doubled in them is found once.
        self._doubled_in: dict[tuple[str, ...], list[tuple[int, int]]] = {}
        self._scanned: tuple[Located, EntryScan | Failure] | None = None

    def problems(self) -> Iterator[Problem]:
        """The problems, those of one block together."""
        first: dict[str, Located] = {}
        for item in self._located:
            block = item.block
            if block.reason:
                yield self._broken(item)
            if block.kind is BlockKind.ENTRY:
                yield from self._of_key(item, first)
                yield from self._double_fields(item)
                yield from self._unbalanced(item)
            if block.kind in (BlockKind.ENTRY, BlockKind.STRING):
                yield from self._unknown_macros(item)

    def _at(self, item: Located, at: int, kind: ProblemKind, message: str) -> Problem:
        line, column = self._lines.position(item.offset + at)
        return Problem(line, column, kind, printable(message), item.block.key)

    def _broken(self, item: Located) -> Problem:
        block = item.block
        what = f"@{block.type}" + (f" {block.key}" if block.key else "")
        place, _ = self._lines.position(item.offset + block.reason_at)
        since = f" that begins on line {item.line}" if place != item.line else ""
        message = f"in {what}{since}: {block.reason}"
        return self._at(item, block.reason_at, ProblemKind.BROKEN, message)

    def _of_key(self, item: Located, first: dict[str, Located]) -> Iterator[Problem]:
        block = item.block
        if not block.key:
            message = f"@{block.type} has no citekey, so it cannot be cited"
            yield self._at(item, block.start, ProblemKind.KEY, message)
            return
        if odd := _FORBIDDEN_IN_KEY.search(block.key):
            message = f"the citekey {block.key} holds {odd[0]!r}, which BibTeX forbids"
            yield self._at(item, block.start, ProblemKind.KEY, message)
        known = first.setdefault(block.key, item)
        if known is not item:
            message = (
                f"{block.key} on line {item.line} is already the key of the entry on line "
                f"{known.line}, which is the one that counts"
            )
            yield self._at(item, block.start, ProblemKind.DUPLICATE, message)

    def _double_fields(self, item: Located) -> Iterator[Problem]:
        names = item.block.names
        known = self._doubled_in.get(names)
        if known is None:
            known = self._doubled_in[names] = _doubled(names)
        for index, first in known:
            one, other = self._field(item, first), self._field(item, index)
            line = self._lines.position(item.offset + one)[0]
            message = (
                f"{item.block.key} has {names[index].lower()} already on line {line}; "
                "the first counts"
            )
            yield self._at(item, other, ProblemKind.FIELD, message)

    def _unbalanced(self, item: Located) -> Iterator[Problem]:
        block = item.block
        opened = item.chunk.count("{", block.start, block.end)
        closed = item.chunk.count("}", block.start, block.end)
        if opened != closed and not block.reason and _opened(item.source):
            message = (
                f"the braces of {item.block.key} do not balance: BibTeX itself would not end it"
            )
            yield self._at(item, item.block.start, ProblemKind.BROKEN, message)

    def _unknown_macros(self, item: Located) -> Iterator[Problem]:
        for index, value in enumerate(item.block.values):
            if value[:1] in ("{", '"') and "#" not in value:
                continue
            for name in self._macros.latex(value, item.start)[1]:
                message = f"{name} is not defined: no @string gives it a value"
                if self._macros.lookup(name, item.start) is not None:
                    message = f"{name} stands for too long a text here and is not filled in"
                at = self._field(item, index, value=True)
                yield self._at(item, at, ProblemKind.MACRO, message)

    def _field(self, item: Located, index: int, *, value: bool = False) -> int:
        """Offset of a field's name or value, or that of the block where it cannot be told."""
        if item.block.kind is not BlockKind.ENTRY:
            return item.block.start
        # One entry may hold many problems; it is scanned once.
        if self._scanned is None or self._scanned[0] is not item:
            self._scanned = (item, parts(item))
        scan = self._scanned[1]
        if isinstance(scan, Failure):
            return item.block.start
        field = scan.fields[index]
        return field.value_start if value else field.name_start


def _doubled(names: Sequence[str]) -> list[tuple[int, int]]:
    """The index of every field whose name, in any case, was there before; and the first's."""
    seen: dict[str, int] = {}
    firsts = [seen.setdefault(name.lower(), index) for index, name in enumerate(names)]
    return [(index, first) for index, first in enumerate(firsts) if first != index]


def _opened(source: str) -> int:
    """How many more braces are opened than closed, leaving out those after a backslash."""
    braces = _UNESCAPED_BRACE.findall(source)
    return braces.count("{") - braces.count("}")


_UNESCAPED_BRACE = regex(r"(?<!\\)[{}]")
