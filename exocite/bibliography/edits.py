"""Edits of a .bib file as splices of its text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container, Mapping, Sequence

from exocite.bibliography.blocks import BlockKind
from exocite.bibliography.latex import (
    NAME_FIELDS,
    decoded,
    is_balanced,
    printable_value,
    to_latex,
)
from exocite.bibliography.located import Located, opener, parts
from exocite.bibliography.meaning import Macros
from exocite.bibliography.scan import EntryScan, Failure, pieces
from exocite.bibliography.style import Style, delimited, insertion, removal, style_of
from exocite.bibliography.symbols import STANDARD_MACROS
from exocite.errors import BibliographyError
from exocite.frozen import dataclass

_KEY = re.compile(r"[^\s\"#%'(),={}\\~@\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_NAME = re.compile(r"[A-Za-z][\w+.:/-]*", re.ASCII)
_TYPE = re.compile(r"[A-Za-z][\w-]*", re.ASCII)
_NOT_ENTRIES = frozenset({"comment", "string", "preamble"})

KEY_FIELDS = frozenset({"crossref", "xref", "xdata", "entryset", "related"})
"""Fields that name other entries by their citekeys, parted by commas."""


@dataclass(frozen=True, slots=True, order=True)
class Splice:
    """Text to put in place of a stretch of the file: offsets of code points, end exclusive."""

    start: int
    end: int
    text: str


def spliced(text: str, splices: Sequence[Splice]) -> str:
    """The text with the splices made; they must not overlap."""
    kept, at = [], 0
    for splice in sorted(splices):
        kept += [text[at : splice.start], splice.text]
        at = splice.end
    return "".join([*kept, text[at:]])


# --------------------------------------------------------------------------- checks


def checked_key(key: str) -> str:
    """The citekey, if a .bib file can hold it."""
    if not _KEY.fullmatch(key):
        raise BibliographyError(
            f"{key!r} cannot be a citekey",
            hint="use letters, digits and - _ : . + / only",
        )
    return key


def checked_type(type_: str) -> str:
    """The entry type, if it is one."""
    if not _TYPE.fullmatch(type_) or type_.lower() in _NOT_ENTRIES:
        raise BibliographyError(f"{type_!r} cannot be an entry type", hint="article, book, misc …")
    return type_


def checked_name(name: str) -> str:
    """The field name, if it is one."""
    if not _NAME.fullmatch(name):
        raise BibliographyError(
            f"{name!r} cannot be a field name",
            hint="begin with a letter; use letters, digits and - only",
        )
    return name


def checked_latex(name: str, latex: str) -> str:
    """LaTeX that can stand between delimiters: braces balanced, no backslash before the last."""
    latex = printable_value(latex)
    if not is_balanced(latex) or (len(latex) - len(latex.rstrip("\\"))) % 2:
        raise BibliographyError(
            f"the value of {name} would break its entry: its braces do not balance",
            hint="give every brace its partner",
        )
    return latex


def latex_of(name: str, value: str, fits: Callable[[str], bool]) -> str:
    """The text as LaTeX for a field, checked to mean that text when it is read again."""
    field = checked_name(name).lower()
    try:
        latex = checked_latex(name, to_latex(field, value, fits))
    except ValueError as error:
        raise BibliographyError(
            f"{name} holds {str(error)!r}, which the encoding of this file has not",
            hint="save the file as UTF-8 first",
        ) from None
    if field != "url" and _bare(field, decoded(field, latex)) != _bare(field, value):
        raise BibliographyError(
            f"the value of {name} cannot be written so that it reads the same: {value[:80]!r}"
        )
    return latex


def _bare(field: str, text: str) -> str:
    """The text for comparison: what a name field keeps together with braces does not count."""
    text = unicodedata.normalize("NFC", printable_value(text))
    return printable_value(re.sub(r"[{}]", " ", text)) if field in NAME_FIELDS else text


# --------------------------------------------------------------------------- splices


def parts_of(item: Located, path: str) -> EntryScan:
    """The places inside an entry. Raises BibliographyError where they cannot be told."""
    scan = parts(item)
    if isinstance(scan, Failure):
        raise BibliographyError(
            f"{path}:{item.line}: {item.block.key} cannot be edited: {scan.reason}",
            hint="correct the entry by hand first",
        )
    return scan


def style_near(located: Sequence[Located], newline: str, before: int | None = None) -> Style:
    """The style of the nearest entry with fields, looking back from `before`, then ahead."""
    entries = [item for item in located if item.block.kind is BlockKind.ENTRY and item.block.names]
    at = len(entries) if before is None else sum(item.start <= before for item in entries)
    for item in [*reversed(entries[:at][-_NEIGHBOURS:]), *entries[at:][:_NEIGHBOURS]]:
        scan = parts(item)
        if isinstance(scan, EntryScan) and not scan.note:
            return _style(item, scan, newline)
    return Style(first=f",{newline}  ", between=f",{newline}  ", tail=newline)


_NEIGHBOURS = 20


def _style(item: Located, scan: EntryScan, newline: str) -> Style:
    at = opener(item)
    written = item.chunk[item.block.start + 1 : at].strip()
    return style_of(item.chunk, scan, written, at, newline)


def new_entry(text: str, located: Sequence[Located], newline: str, entry: str) -> Splice:
    """The splice that appends an entry, as far from the last block as blocks are apart."""
    gap = newline * 2
    if len(located) > 1:
        between = text[located[-2].end : located[-1].start]
        if between and not between.strip() and between[0] in "\r\n":
            gap = between.rstrip(" \t")
    if not text.strip():
        gap = ""
    blank = text[len(text.rstrip("\r\n")) :]
    lead = gap[len(blank) :] if gap.startswith(blank) else ""
    if not blank and not lead and text:
        lead = newline
    return Splice(len(text), len(text), lead + entry + newline)


def without_macros(value: str, macros: Macros, place: int) -> str:
    """The value as written, as one text in braces where a macro of the file stands in it."""
    operands = pieces(value)
    if isinstance(operands, Failure):
        return value
    own = [o for o in operands if o.is_macro and o.text.lower() not in STANDARD_MACROS]
    return "{" + macros.latex(value, place)[0] + "}" if own else value


def written_value(item: Located, style: Style, name: str, latex: str) -> str:
    """The value with delimiters: those of the value that it replaces, else its neighbours'."""
    index = index_of(item, name)
    if index < 0:
        return style.delimited(latex)
    old = item.block.values[index]
    if old.isdigit() and latex.isascii() and latex.isdigit():
        return latex
    return delimited(latex, old[0] if old[0] in '{"' else style.quote)


def set_field(item: Located, scan: EntryScan, style: Style, name: str, value: str) -> Splice:
    """The splice that gives a field a value: in its old one's place, or after the last field."""
    index = index_of(item, name)
    if index < 0:
        at, text = insertion(item.chunk, scan, style, style.assignment(name, value))
        return Splice(item.offset + at, item.offset + at, text)
    field = scan.fields[index]
    return Splice(item.offset + field.value_start, item.offset + field.value_end, value)


def remove_field(item: Located, scan: EntryScan, name: str) -> Splice:
    """The splice that takes a field out with one comma."""
    start, end = removal(item.chunk, scan, index_of(item, name))
    return Splice(item.offset + start, item.offset + end, "")


def index_of(item: Located, name: str) -> int:
    """The number of the first field of that name, in any case; -1 without one."""
    names = [other.lower() for other in item.block.names]
    return names.index(name.lower()) if name.lower() in names else -1


def remove_entry(text: str, item: Located) -> Splice:
    """The splice that takes an entry out with the blank lines after it, or before the last.

    One that stands behind another on its line leaves the line's end: what follows begins a line.
    """
    start, end = item.start, item.end
    after = re.compile(r"[ \t]*+(?:\r\n|\r|\n|$)(?:[ \t]*+(?:\r\n|\r|\n))*+").match(text, end)
    if after is None:
        return Splice(start, end, "")
    if after.end() == len(text):
        kept = text[:start].rstrip()
        line_end = re.compile(r"[ \t]*+(?:\r\n|\r|\n)").match(text, len(kept))
        return Splice(min(line_end.end(), start) if line_end else len(kept), len(text), "")
    line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    alone = not text[line:start].strip(" \t\ufeff")
    return Splice(start, after.end() if alone else end, "")


def rename_entry(item: Located, scan: EntryScan, new: str) -> Splice:
    """The splice that gives an entry another citekey."""
    return Splice(item.offset + scan.key_start, item.offset + scan.key_end, new)


class Renamed:
    """Old keys and their new ones, found as BibTeX finds a parent: by case only where it must."""

    def __init__(self, keys: Mapping[str, str], known: Container[str]) -> None:
        """Takes the keys, old to new, and all that the file has."""
        self._keys = keys
        self._known = known
        self._folded = {old.casefold(): new for old, new in keys.items()}

    def __call__(self, key: str) -> str:
        """The new key for one that a field names, "" where it stays."""
        if key in self._keys or key in self._known:
            return self._keys.get(key, "")
        return self._folded.get(key.casefold(), "")


def rename_in_fields(item: Located, path: str, renamed: Renamed) -> dict[int, Splice]:
    """The splices, by number of the field, that rename citekeys in crossref, xdata, related.

    Raises BibliographyError where a name stands in pieces that `#` joins.
    """
    found: dict[int, Splice] = {}
    if item.block.kind is not BlockKind.ENTRY:
        return found
    for index, (name, value) in enumerate(zip(item.block.names, item.block.values, strict=True)):
        if name.lower() not in KEY_FIELDS:
            continue
        operands = pieces(value)
        if isinstance(operands, Failure):
            continue
        keys = "".join(operand.text for operand in operands).split(",")
        new = {key: other for key in keys if (other := renamed(key.strip()))}
        if not new:
            continue
        if len(operands) != 1 or operands[0].is_macro:
            raise BibliographyError(
                f"{path}:{item.line}: {name} of {item.block.key} is put together of pieces, so "
                f"{next(iter(new)).strip()} cannot be renamed there",
                hint="write the citekeys in braces first",
            )
        field = parts_of(item, path).fields[index]
        text = ",".join(key.replace(key.strip(), new[key]) if key in new else key for key in keys)
        written = value.replace(operands[0].text, text, 1)
        found[index] = Splice(
            item.offset + field.value_start, item.offset + field.value_end, written
        )
    return found
