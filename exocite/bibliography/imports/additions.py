"""Many entries put at the end of a bibliography at once, each checked, nothing else touched.

`Document.add` reads the whole file's blocks again for each entry, which is right for one and slow
for 50,000. Here the entries are laid out one by one, the file is read once, and it must read as it
did with the new entries behind it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from exocite.bibliography import edits
from exocite.bibliography.blocks import BlockKind
from exocite.bibliography.document import Document
from exocite.bibliography.style import Style
from exocite.errors import BibliographyError
from exocite.text import collapsed

_NOCASE, _END = '<span class="nocase">', "</span>"
_TITLES = frozenset({"title", "booktitle", "journal", "maintitle", "series", "shorttitle"})
_LINE_END = re.compile(r"\r\n|\r|\n")

# What is nothing but itself in LaTeX: no command, no brace, no ligature.
_PLAIN = re.compile(r"(?:[A-Za-z0-9 .,;:()/+*!?=@\[\]À-ÖØ-öø-ɏ]++|(?<!-)-(?!-)|'(?!'))*+")

# A date of biblatex: its tilde says "about" and is no blank.
_EDTF = re.compile(r"[\d/.~-]++", re.ASCII)

Content = tuple[str, str, tuple[str, ...], tuple[str, ...]]
"""What a new entry must mean when it is read: type, key, names and values as written."""


@dataclass(slots=True)
class _Pending:
    """Entries as written, the hashes of what each must mean, and their keys."""

    text: list[str] = field(default_factory=list)
    contents: list[int] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)

    def taken(self) -> str:
        """The whole text, which is not held here any longer."""
        text = "".join(self.text)
        self.text.clear()
        return text


class Additions:
    """Entries to be added to a document; `document` gives the one that has them."""

    def __init__(self, document: Document) -> None:
        self._before = document
        self._pending = _Pending()

    def add(self, type_: str, key: str, fields: Mapping[str, str]) -> tuple[str, ...]:
        """Add an entry as `Document.add` does, and give the names of fields that cannot be written.

        CSL's `nocase` spans in titles become braces. Raises BibliographyError for a key that is
        taken or cannot be one.
        """
        edits.checked_type(type_)
        self._check_key(key)
        written: list[tuple[str, str]] = []
        refused = []
        for name, value in fields.items():
            try:
                latex = _latex(name, value, self._fits)
            except BibliographyError:
                refused.append(name)
                continue
            if latex:
                written.append((edits.checked_name(name), latex))
        style = self._style
        names = tuple(style.case(name) for name, _ in written)
        values = tuple(style.delimited(latex) for _, latex in written)
        self._append(style.entry(type_, key, written), (type_.lower(), key, names, values))
        return tuple(refused)

    def append(self, source: str) -> None:
        """Add an entry as it is written in another file, `Document.standalone` of it."""
        blocks = Document.parse(source.encode("utf-8", "surrogatepass")).blocks
        if (
            len(blocks) != 1
            or blocks[0].block.kind is not BlockKind.ENTRY
            or blocks[0].block.reason
        ):
            raise BibliographyError("this is not one whole entry, so it was not added")
        block = blocks[0].block
        self._check_key(block.key)
        if not self._fits(source):
            raise BibliographyError("the encoding of the bibliography has not all its characters")
        values = tuple(self._lines(value) for value in block.values)
        written = self._lines(blocks[0].source)
        self._append(written, (block.type, block.key, block.names, values))

    @property
    def document(self) -> Document:
        """The document with the entries behind its own, each read again.

        Raises BibliographyError where it would not read as it did before.
        """
        if not self._pending.text:
            return self._before
        before, pending = self._before, self._pending
        self._pending = _Pending()
        after = before.extended(pending.taken())
        old = len(before.blocks)
        same = (
            len(after.blocks) == old + len(pending.contents)
            and all(
                one.block is other.block or one.block == other.block
                for one, other in zip(before.blocks, after.blocks, strict=False)
            )
            and all(
                (block.kind, block.reason) == (BlockKind.ENTRY, "")
                and hash((block.type, block.key, tuple(block.names), tuple(block.values)))
                == content
                for block, content in zip(
                    (located.block for located in after.blocks[old:]),
                    pending.contents,
                    strict=True,
                )
            )
        )
        if not same:
            raise BibliographyError(
                f"{before.path}: adding would change more than it should, so nothing was changed",
                hint="look for an unclosed brace at the end of the file",
            )
        self._before = after
        self.__dict__.pop("_keys", None)
        return after

    def _check_key(self, key: str) -> None:
        edits.checked_key(key)
        if key in self._keys or key in self._pending.keys:
            raise BibliographyError(f"{key} is already the key of an entry")

    def _append(self, entry: str, content: Content) -> None:
        pending = self._pending
        if pending.text:
            pending.text.append(self._newline + entry + self._newline)
        else:
            before = self._before
            splice = edits.new_entry(before.text, before.blocks, self._newline, entry)
            pending.text.append(splice.text)
        pending.contents.append(hash(content))
        pending.keys.add(content[1])

    def _lines(self, text: str) -> str:
        return _LINE_END.sub(lambda _: self._newline, text)

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(located.block.key for located in self._before.blocks)

    @cached_property
    def _newline(self) -> str:
        match = _LINE_END.search(self._before.text)
        return match[0] if match else "\n"

    @cached_property
    def _style(self) -> Style:
        return edits.style_near(self._before.blocks, self._newline)

    @cached_property
    def _fits(self) -> Callable[[str], bool]:
        return self._before.encoding.fits


def _latex(name: str, value: str, fits: Callable[[str], bool]) -> str:
    """The value as LaTeX; in a title what keeps its capitals stands in braces."""
    value = collapsed(value)
    if _PLAIN.fullmatch(value) and fits(value):
        return value
    if name.endswith("date") and _EDTF.fullmatch(value):
        return value
    if name not in _TITLES or "<span" not in value:
        return edits.latex_of(name, value, fits)
    latex = ""
    for place, part in enumerate(_parted(value)):
        ends = (part[: len(part) - len(part.lstrip())], part[len(part.rstrip()) :])
        inner = edits.latex_of(name, part, fits) if part.strip() else ""
        whole = f"{ends[0]}{inner}{ends[1] if inner else ''}"
        latex += "{" + whole + "}" if place % 2 else whole
    return edits.checked_latex(name, latex)


def _parted(title: str) -> list[str]:
    """The title cut at its `nocase` spans: every second part stood in one."""
    parts, at = [], 0
    while (start := title.find(_NOCASE, at)) >= 0:
        end = title.find(_END, start)
        if end < 0:
            break
        parts += [title[at:start], title[start + len(_NOCASE) : end]]
        at = end + len(_END)
    return [*parts, title[at:]]
