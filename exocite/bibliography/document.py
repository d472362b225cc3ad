"""A .bib file as it is and as it means, and edits that change nothing else.

The bytes are the truth: what an edit does not touch stays, and every edit is parsed again and
compared before it is given back. What cannot be read is kept and reported as a problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from exocite.bibliography import edits
from exocite.bibliography.blocks import Block, BlockKind, Chunk
from exocite.bibliography.chunked import (
    blocks_of,
    chunks_again,
    chunks_of,
    parted,
    spliced,
    text_of,
)
from exocite.bibliography.edits import Splice
from exocite.bibliography.encodings import Encoding, decode
from exocite.bibliography.inherit import PARENTS, Family, Inherited
from exocite.bibliography.kept import Kept, kept
from exocite.bibliography.located import Located, locate
from exocite.bibliography.meaning import Fields, Macros
from exocite.bibliography.problems import Inspection, Problem, ProblemKind
from exocite.errors import BibliographyError
from exocite.model import Reference
from exocite.text import Lines

__all__ = ["Document", "Problem", "ProblemKind"]


class Document:
    """A .bib file. It never changes: an edit gives a new document.

    `path` is used in messages and in the references only; nothing is read from it.
    """

    def __init__(
        self, path: str, encoding: Encoding, chunks: Sequence[Chunk], bad_line: int = 0
    ) -> None:
        self.path = path
        self._encoding = encoding
        self._chunks = tuple(chunks)
        self._bad_line = bad_line

    @classmethod
    def parse(cls, data: bytes, path: str = "", known: Kept | None = None) -> Document:
        """The document of a file's bytes. It never fails: see `problems`.

        `known` is what was kept of the file when it was read before: only what is new in it is
        read again.
        """
        file = decode(data)
        chunks = chunks_again(data, file.text, known) if known else chunks_of(file.text)
        return cls(path, file.encoding, chunks, file.bad_line)

    def kept(self) -> Iterator[bytes]:
        """What is worth keeping for the next `parse`, in parts that belong together."""
        return kept(self.data, self._chunks)

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        return self._encoding.encoded(self.text)

    @cached_property
    def text(self) -> str:
        """The text of the file, without its byte order mark, line ends as they are."""
        return text_of(self._chunks)

    @cached_property
    def blocks(self) -> tuple[Located, ...]:
        """Entries, strings, preambles, comments and broken parts, with their places."""
        return tuple(locate(self._chunks))

    # ----------------------------------------------------------------------- meaning

    @cached_property
    def entries(self) -> tuple[Reference, ...]:
        """Every entry that can be read, in the order of the file, also without a citekey."""
        items = [item for item in self.blocks if item.block.kind is BlockKind.ENTRY]
        family = Family()
        names: set[str] = set().union(*(item.block.names for item in items))
        naming = {name for name in names if name.lower() in PARENTS}
        found = []
        for item in items:
            entry = Reference(
                key=item.block.key,
                type=item.block.type,
                fields=self._fields(item),
                path=self.path,
                line=item.line,
            )
            if naming and not naming.isdisjoint(item.block.names):
                entry = replace(entry, inherited=Inherited(family, entry))
            found.append(entry)
        if naming:
            family.settle(found)
        return tuple(found)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """The entries with a citekey, the first of each key, as they mean.

        Values are decoded when they are first read.
        """
        by_key: dict[str, Reference] = {}
        for entry in self.entries:
            if entry.key:
                by_key.setdefault(entry.key, entry)
        return tuple(by_key.values())

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be read, or can be read in more than one way, by line and column."""
        found = [*Inspection(self.blocks, self._macros, self.text).problems()]
        if self._bad_line:
            message = f"this is not UTF-8; the file is read as {_SPOKEN[self._encoding.name]}"
            found.append(Problem(self._bad_line, 1, ProblemKind.ENCODING, message))
        if (zero := self.text.find("\0")) >= 0:
            message = "a zero byte stands here: this does not look like a text file"
            place = Lines(self.text).position(zero)
            found.append(Problem(*place, ProblemKind.BINARY, message))
        return tuple(sorted(found, key=lambda p: (p.line, p.column, p.kind, p.message)))

    def raw(self, key: str) -> str:
        """The entry as it is written, from its `@` to its last brace."""
        return self._find(key).source

    def standalone(self, key: str) -> str:
        """The entry as it is written, with the macros of this file's `@string`s filled in."""
        item = self._find(key)
        fields = [
            (index, edits.without_macros(value, self._macros, item.start))
            for index, value in enumerate(item.block.values)
        ]
        changed = [(index, value) for index, value in fields if value != item.block.values[index]]
        if not changed:
            return item.source
        scan = edits.parts_of(item, self.path)
        splices = [
            Splice(scan.fields[index].value_start, scan.fields[index].value_end, value)
            for index, value in changed
        ]
        start, end = item.block.start, item.block.end
        text = edits.spliced(item.chunk[:end], splices)
        return text[start:]

    def latex(self, key: str) -> dict[str, str]:
        """The fields of an entry as LaTeX: macros and `#` resolved, delimiters taken off."""
        fields = self._fields(self._find(key))
        return {name: fields.latex(name) for name in fields}

    # ----------------------------------------------------------------------- edits

    def add(self, entry_type: str, key: str, fields: Mapping[str, str]) -> Document:
        """The document with an entry more at its end, laid out like its neighbours.

        Values are Unicode as printed; empty ones are left out. In name fields balanced braces keep
        words together. Raises BibliographyError for a key that is taken or a value that cannot be.
        """
        latex = {
            name: edits.latex_of(name, value, self._encoding.fits)
            for name, value in fields.items()
            if value.strip()
        }
        return self.add_latex(entry_type, key, latex)

    def add_latex(self, entry_type: str, key: str, fields: Mapping[str, str]) -> Document:
        """The same for values that are LaTeX already, such as `latex` of another document."""
        edits.checked_type(entry_type)
        self._checked_new(key)
        values = [
            (edits.checked_name(name), edits.checked_latex(name, latex))
            for name, latex in fields.items()
        ]
        style = edits.style_near(self.blocks, self._newline)
        entry = style.entry(entry_type, key, values)
        splice = edits.new_entry(self.text, self.blocks, self._newline, entry)
        names = tuple(style.case(name) for name, _ in values)
        written = tuple(style.delimited(latex) for _, latex in values)
        block = Block(BlockKind.ENTRY, 0, 0, entry_type.lower(), key, names, written)
        return self._edited([splice], [*blocks_of(self._chunks), block])

    def append(self, source: str) -> Document:
        """The document with an entry more at its end, as it is written in another file.

        Take `standalone` of the other document, so that no macro is left behind undefined.
        """
        blocks = blocks_of(chunks_of(source))
        if len(blocks) != 1 or blocks[0].kind is not BlockKind.ENTRY or blocks[0].reason:
            raise BibliographyError("this is not one whole entry, so it was not added")
        (block,) = blocks
        self._checked_new(block.key)
        written = _LINE_END.sub(lambda _: self._newline, source[block.start : block.end])
        splice = edits.new_entry(self.text, self.blocks, self._newline, written)
        values = tuple(_LINE_END.sub(lambda _: self._newline, value) for value in block.values)
        return self._edited([splice], [*blocks_of(self._chunks), replace(block, values=values)])

    def extended(self, text: str) -> Document:
        """The document with a text behind its own; what that means is not looked at here."""
        kept, last = parted(self._chunks)
        # The text may be as large as memory allows: nothing else holds on to it here.
        text = text_of(last) + text
        chunks = [*kept, *chunks_of(text, last)]
        return Document(self.path, self._encoding, chunks, self._bad_line)

    @property
    def encoding(self) -> Encoding:
        """How the file is written."""
        return self._encoding

    def set_field(self, key: str, name: str, value: str) -> Document:
        """The document with the field set to a value, Unicode as printed."""
        return self.set_latex(key, name, edits.latex_of(name, value, self._encoding.fits))

    def set_latex(self, key: str, name: str, latex: str) -> Document:
        """The same for a value that is LaTeX already."""
        latex = edits.checked_latex(edits.checked_name(name), latex)
        item = self._find(key)
        near = [item] if item.block.names else self.blocks
        style = edits.style_near(near, self._newline, item.start)
        value = edits.written_value(item, style, name, latex)
        splice = edits.set_field(item, edits.parts_of(item, self.path), style, name, value)
        names, values = list(item.block.names), list(item.block.values)
        index = edits.index_of(item, name)
        if index < 0:
            names.append(style.case(name))
            values.append(value)
        else:
            values[index] = value
        return self._edited([splice], self._with(item, names, values))

    def remove_field(self, key: str, name: str) -> Document:
        """The document without the field."""
        item = self._find(key)
        index = edits.index_of(item, name)
        if index < 0:
            raise BibliographyError(f"{self.path}:{item.line}: {key} has no field {name}")
        splice = edits.remove_field(item, edits.parts_of(item, self.path), name)
        names, values = list(item.block.names), list(item.block.values)
        del names[index], values[index]
        return self._edited([splice], self._with(item, names, values))

    def remove(self, key: str) -> Document:
        """The document without the entry and the blank lines after it."""
        item = self._find(key)
        kept = [block for block in blocks_of(self._chunks) if block is not item.block]
        return self._edited([edits.remove_entry(self.text, item)], kept)

    def rename(self, old: str, new: str) -> Document:
        """The document with another citekey for an entry, also where crossref or xdata name it."""
        return self.rename_all({old: new})

    def rename_all(self, keys: Mapping[str, str]) -> Document:
        """The document with other citekeys, old to new, also where crossref or xdata name them.

        No new key may be one of the file's, be it one that goes. Raises BibliographyError for one
        that is, and for a key that no entry or more than one has.
        """
        if len(set(keys.values())) < len(keys):
            raise BibliographyError(f"{self.path}: two entries would have one citekey")
        items = {id(self._find(old)): new for old, new in keys.items()}
        for new in keys.values():
            self._checked_new(new)
        if not keys:
            return self
        names = edits.Renamed(keys, self._by_key)
        splices, expected = [], []
        for other in self.blocks:
            block, key = other.block, items.get(id(other), "")
            if key:
                splices.append(edits.rename_entry(other, edits.parts_of(other, self.path), key))
                block = replace(block, key=key)
            renamed = edits.rename_in_fields(other, self.path, names)
            splices += renamed.values()
            values = list(block.values)
            for index, splice in renamed.items():
                values[index] = splice.text
            expected.append(replace(block, values=tuple(values)) if renamed else block)
        return self._edited(splices, expected)

    # ----------------------------------------------------------------------- inside

    @cached_property
    def _macros(self) -> Macros:
        return Macros(
            (item.start, item.block.key, item.block.values[0])
            for item in self.blocks
            if item.block.kind is BlockKind.STRING
        )

    @cached_property
    def _by_key(self) -> Mapping[str, list[Located]]:
        found: dict[str, list[Located]] = {}
        for item in self.blocks:
            if item.block.kind is BlockKind.ENTRY and item.block.key:
                found.setdefault(item.block.key, []).append(item)
        return found

    @cached_property
    def _newline(self) -> str:
        """The line end that the file begins with; LF in a file of one line."""
        match = _LINE_END.search(self.text)
        return match[0] if match else "\n"

    def _fields(self, item: Located) -> Fields:
        return Fields(item.block.names, item.block.values, self._macros, item.start)

    def _find(self, key: str) -> Located:
        items = self._by_key.get(key, [])
        if len(items) == 1:
            return items[0]
        if not items:
            from difflib import get_close_matches

            near = get_close_matches(key, self._by_key, n=1)
            hint = f"did you mean {near[0]}?" if near else ""
            raise BibliographyError(f"{self.path}: there is no entry {key!r}", hint=hint)
        lines = ", ".join(str(item.line) for item in items)
        raise BibliographyError(
            f"{self.path}: {key} is the key of {len(items)} entries, on lines {lines}",
            hint="give each a key of its own by hand first",
        )

    def _checked_new(self, key: str) -> None:
        edits.checked_key(key)
        if items := self._by_key.get(key):
            raise BibliographyError(
                f"{self.path}:{items[0].line}: {key} is already the key of an entry",
                hint="choose another key",
            )

    def _with(self, item: Located, names: Sequence[str], values: Sequence[str]) -> list[Block]:
        block = replace(item.block, names=tuple(names), values=tuple(values))
        return [block if other is item.block else other for other in blocks_of(self._chunks)]

    def _edited(self, splices: Sequence[Splice], expected: Sequence[Block]) -> Document:
        """The document after the splices, once it reads as expected and nothing else changed."""
        edited = Document(self.path, self._encoding, spliced(self._chunks, splices), self._bad_line)
        found = blocks_of(edited._chunks)
        same = len(found) == len(expected) and all(map(_same, found, expected))
        if not same or not all(self._encoding.fits(splice.text) for splice in splices):
            raise BibliographyError(
                f"{self.path}: the edit would change more than it should, so nothing was changed",
                hint="look for an unclosed brace near the entry",
            )
        return edited


_LINE_END = re.compile(r"\r\n|\r|\n")
_SPOKEN = {"cp1252": "Windows-1252", "latin-1": "Latin-1"}


def _same(found: Block, expected: Block) -> bool:
    return found is expected or _content(found) == _content(expected)


def _content(block: Block) -> tuple[object, ...]:
    return (block.kind, block.type, block.key, block.names, block.values, block.reason)
