"""An entry as the checks see it: its fields, and the text in their delimiters with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from exocite.bibliography.doctor.finding import Finding, Fix
from exocite.bibliography.edits import Splice
from exocite.bibliography.located import Located, parts
from exocite.bibliography.scan import (
    EntryScan,
    closing_brace,
    closing_quote,
    skipped,
)
from exocite.model import Severity

_BARE = re.compile(r"[^\s\"#%,={}()\\]++")


@dataclass(frozen=True, slots=True)
class Literal:
    """Text in braces or quotation marks, or a bare number, and where it begins in the file.

    `quote` is the opening delimiter, "" for a number.
    """

    text: str
    start: int
    quote: str

    @property
    def end(self) -> int:
        """Offset past the text."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its name in lower case, its value as written and where that begins in the file.

    `literals` are the operands that are texts; `macros` the names among them.
    """

    key: str
    name: str
    written: str
    start: int
    literals: tuple[Literal, ...]
    macros: tuple[str, ...]

    @property
    def single(self) -> Literal | None:
        """The text of a value that is one text and nothing else."""
        return self.literals[0] if len(self.literals) == 1 and not self.macros else None

    def finding(
        self,
        start: int,
        end: int,
        code: str,
        severity: Severity,
        message: str,
        *texts: tuple[int, int, str],
    ) -> Finding:
        """A finding from offset to offset of the file; `texts` are the splices of its fix."""
        fix = self._fix(texts) if texts else None
        return Finding(start, end, code, severity, message, self.key, self.name, fix)

    def _fix(self, texts: tuple[tuple[int, int, str], ...]) -> Fix:
        splices = tuple(Splice(*text) for text in sorted(texts))
        begin, end = splices[0].start, splices[-1].end
        # A word or two around it: what is cut out by itself often says nothing.
        left = max(0, begin - self.start - _AROUND)
        right = min(len(self.written), end - self.start + _AROUND)
        return Fix(splices, self.written[left:right], self._after(splices, left, right))

    def _after(self, splices: tuple[Splice, ...], left: int, right: int) -> str:
        kept, at = [], left
        for splice in splices:
            kept += [self.written[at : splice.start - self.start], splice.text]
            at = splice.end - self.start
        return "".join([*kept, self.written[at:right]])


_AROUND = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: type in lower case, key, and its fields; `meaning` has each as it reads.

    Where the parts of an entry cannot be told apart, `fields` is empty and `whole` is false.
    """

    type: str
    key: str
    start: int
    end: int
    fields: tuple[Field, ...]
    names: frozenset[str]
    whole: bool
    meaning: Mapping[str, str]

    def field(self, name: str) -> Field | None:
        """The first field of that name."""
        return next((field for field in self.fields if field.name == name), None)

    def finding(self, code: str, severity: Severity, message: str) -> Finding:
        """A finding about the whole entry."""
        return Finding(self.start, self.start + 1, code, severity, message, self.key)


@dataclass(frozen=True, slots=True)
class Library:
    """What an entry's neighbours say: data model, keys and strings in lower case, encoding.

    `uses` counts in how many entries a field name stands; `parents` are the fields that an entry
    inherits, by the key, in lower case, that crossref or xdata name. `utf8` is false where some
    byte is not.
    """

    model: str
    keys: frozenset[str]
    macros: frozenset[str]
    uses: Mapping[str, int]
    parents: Mapping[str, Mapping[str, str]]
    utf8: bool
    fits: Callable[[str], bool]


def entry_of(item: Located, meaning: Mapping[str, str]) -> Entry:
    """The view of an entry's block."""
    block = item.block
    scan = parts(item)
    names = frozenset(name.lower() for name in block.names)
    fields: tuple[Field, ...] = ()
    if isinstance(scan, EntryScan):
        fields = tuple(
            _field(block.key, name, value, item.offset + span.value_start)
            for name, value, span in zip(block.names, block.values, scan.fields, strict=True)
        )
    whole = isinstance(scan, EntryScan)
    return Entry(block.type, block.key, item.start, item.end, fields, names, whole, meaning)


def _field(key: str, name: str, written: str, start: int) -> Field:
    literals: list[Literal] = []
    macros: list[str] = []
    if written.startswith("{") and written.find("}") == len(written) - 1:
        return Field(
            key, name.lower(), written, start, (Literal(written[1:-1], start + 1, "{"),), ()
        )
    for text, at, quote in _operands(written):
        if quote or text[:1].isdigit():
            literals.append(Literal(text, start + at, quote))
        else:
            macros.append(text)
    return Field(key, name.lower(), written, start, tuple(literals), tuple(macros))


def _operands(value: str) -> Iterator[tuple[str, int, str]]:
    """The operands of `#` with their offsets and delimiters."""
    # BibTeX counts every brace; bibtexparser leaves out those after a backslash.
    for escapes in (False, True):
        found = _operands_read(value, escapes=escapes)
        if found is not None:
            yield from found
            return


def _operands_read(value: str, *, escapes: bool) -> list[tuple[str, int, str]] | None:
    found: list[tuple[str, int, str]] = []
    at, limit = skipped(value, 0, len(value)), len(value)
    while at < limit:
        opener = value[at]
        if opener in '{"':
            closing = closing_brace if opener == "{" else closing_quote
            end = closing(value, at, limit, escapes=escapes)
            if end < 0:
                return None
            found.append((value[at + 1 : end], at + 1, opener))
            at = end + 1
        elif bare := _BARE.match(value, at):
            found.append((bare[0], at, ""))
            at = bare.end()
        else:
            return None
        at = skipped(value, at, limit)
        if at < limit:
            if value[at] != "#":
                return None
            at = skipped(value, at + 1, limit)
    return found
