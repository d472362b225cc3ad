"""The parts of one entry and where each stands, read by BibTeX's own rules.

bibtexparser gives values without their places, and gives up where BibTeX or biber read on: a
quotation mark inside braces inside quotes, a `%` comment between fields, a brace on the line after
the type. This reader gives the places, and a second opinion where bibtexparser fails.

Source: O. Patashnik, Designing BibTeX styles, and bibtex.web, sections on scanning.
"""

from __future__ import annotations

from exocite.frozen import dataclass
from exocite.patterns import regex

_SKIP = regex(r"(?:\s++|%[^\r\n]*+)*+")
_NAME = regex(r"[^\s\"#%'(),={}\\@]++")
_KEY = regex(r"[^,={}\"%\r\n]*+")
_BARE = regex(r"[^\s\"#%,={}()\\]++")
_BRACES = {True: regex(r"(?<!\\)[{}]"), False: regex(r"[{}]")}
_BRACES_AND_QUOTES = {True: regex(r"(?<!\\)[{}\"]"), False: regex(r"[{}\"]")}
_CLOSERS = {"{": "}", "(": ")"}


@dataclass(frozen=True, slots=True)
class Failure:
    """Where reading stopped, and why."""

    at: int
    reason: str


@dataclass(frozen=True, slots=True)
class FieldSpan:
    """Offsets of a field's name and of its value with its delimiters."""

    name_start: int
    name_end: int
    value_start: int
    value_end: int


@dataclass(frozen=True, slots=True)
class EntryScan:
    """Offsets of an entry's parts. `close` is that of its last delimiter, `end` is past it.

    `note` says what was amiss and read over, at `note_at`; "" where nothing was.
    """

    key_start: int
    key_end: int
    fields: tuple[FieldSpan, ...]
    close: int
    end: int
    note: str = ""
    note_at: int = 0


def closing_brace(text: str, at: int, limit: int, *, escapes: bool) -> int:
    """Offset of the partner of the brace at `at`, -1 without one before `limit`.

    With `escapes` a backslash before a brace hides it, as bibtexparser has it; BibTeX does not.
    """
    depth = 0
    for match in _BRACES[escapes].finditer(text, at, limit):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.start()
    return -1


def closing_quote(text: str, at: int, limit: int, *, escapes: bool) -> int:
    """Offset of the quotation mark that ends the value begun at `at`; those in braces do not."""
    depth = 0
    for match in _BRACES_AND_QUOTES[escapes].finditer(text, at + 1, limit):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth -= 1
        elif depth <= 0:
            return match.start()
    return -1


def value_end(text: str, at: int, limit: int, *, escapes: bool) -> int | Failure:
    """Where the value that begins at `at` ends: pieces in braces, quotes or bare, joined by `#`."""
    while True:
        opener = text[at : at + 1] if at < limit else ""
        if opener == "{":
            end = closing_brace(text, at, limit, escapes=escapes)
        elif opener == '"':
            end = closing_quote(text, at, limit, escapes=escapes)
        else:
            bare = _BARE.match(text, at, limit)
            if bare is None:
                return Failure(at, "a value is missing after the equals sign")
            end = bare.end() - 1
        if end < 0:
            kind = "brace" if opener == "{" else "quotation mark"
            return Failure(at, f"the {kind} that opens this value is never closed")
        after = skipped(text, end + 1, limit)
        if text[after : after + 1] != "#" or after >= limit:
            return end + 1
        at = skipped(text, after + 1, limit)


def skipped(text: str, at: int, limit: int) -> int:
    """The next offset that is neither white space nor part of a `%` comment."""
    match = _SKIP.match(text, at, limit)
    return match.end() if match else at


def scan_entry(text: str, opener: int, limit: int, *, escapes: bool) -> EntryScan | Failure:
    """The parts of the entry whose delimiter opens at `opener`; reads no further than `limit`.

    A missing key is empty, a missing comma between fields is noted and read over.
    """
    closer = _CLOSERS[text[opener]]
    key_start = skipped(text, opener + 1, limit)
    key = _KEY.match(text, key_start, limit)
    key_end = key_start + len(key[0].rstrip() if key else "")
    at = skipped(text, key_end, limit)
    if text[at : at + 1] == "=" and at < limit:
        key_end = at = key_start
    elif closer == ")" and text[key_start:key_end].endswith(")") and text[at : at + 1] != ",":
        at = key_end = key_end - 1
    note, note_at = "", 0
    fields: list[FieldSpan] = []
    comma = at == key_end == key_start
    while True:
        at = skipped(text, at, limit)
        character = text[at : at + 1] if at < limit else ""
        if character == closer:
            return EntryScan(key_start, key_end, tuple(fields), at, at + 1, note, note_at)
        if character == ",":
            comma, at = True, at + 1
            continue
        if not character:
            return Failure(opener, "the entry is never closed")
        field = _scan_field(text, at, limit, escapes=escapes)
        if isinstance(field, Failure):
            return field
        if not comma and not note:
            name = text[field.name_start : field.name_end]
            note, note_at = f"a comma is missing before {name}", field.name_start
        fields.append(field)
        comma, at = False, field.value_end


def scan_string(text: str, opener: int, limit: int) -> EntryScan | Failure:
    """The one name and value of the `@string` whose delimiter opens at `opener`."""
    start = skipped(text, opener + 1, limit)
    field = _scan_field(text, start, limit, escapes=True)
    if isinstance(field, Failure):
        again = _scan_field(text, start, limit, escapes=False)
        if isinstance(again, Failure):
            return field
        field = again
    at = skipped(text, field.value_end, limit)
    if text[at : at + 1] == ",":
        at = skipped(text, at + 1, limit)
    if at >= limit or text[at] != _CLOSERS[text[opener]]:
        return Failure(min(at, limit), "the end of @string is expected after its value")
    return EntryScan(start, start, (field,), at, at + 1)


def _scan_field(text: str, at: int, limit: int, *, escapes: bool) -> FieldSpan | Failure:
    name = _NAME.match(text, at, limit)
    if name is None and at >= limit:
        return Failure(at, "a name and a value are expected here")
    if name is None:
        return Failure(at, f"a field or the end of the entry is expected before {text[at]!r}")
    equals = skipped(text, name.end(), limit)
    if equals >= limit or text[equals] != "=":
        return Failure(name.end(), f"an equals sign is missing after {name[0][:60]!r}")
    start = skipped(text, equals + 1, limit)
    end = value_end(text, start, limit, escapes=escapes)
    if isinstance(end, Failure):
        return end
    return FieldSpan(at, name.end(), start, end)


@dataclass(frozen=True, slots=True)
class Piece:
    """One operand of `#`: the LaTeX inside delimiters or of a number, or the name of a macro."""

    text: str
    is_macro: bool


def pieces(value: str) -> tuple[Piece, ...] | Failure:
    """The operands of a value as written."""
    if value.startswith("{") and value.find("}") == len(value) - 1:
        return (Piece(value[1:-1], False),)
    found = _pieces(value, escapes=True)
    return found if not isinstance(found, Failure) else _pieces(value, escapes=False)


def _pieces(value: str, *, escapes: bool) -> tuple[Piece, ...] | Failure:
    found, at, limit = [], skipped(value, 0, len(value)), len(value)
    while True:
        opener = value[at : at + 1]
        if opener in ("{", '"'):
            closing = closing_brace if opener == "{" else closing_quote
            end = closing(value, at, limit, escapes=escapes)
            if end < 0:
                return Failure(at, "a delimiter is never closed")
            found.append(Piece(value[at + 1 : end], False))
            at = end + 1
        else:
            bare = _BARE.match(value, at)
            if bare is None:
                return Failure(at, "a value is missing")
            found.append(Piece(bare[0], not bare[0][0].isdigit()))
            at = bare.end()
        at = skipped(value, at, limit)
        if at == limit:
            return tuple(found)
        if value[at] != "#":
            return Failure(at, "text stands after the end of the value")
        at = skipped(value, at + 1, limit)
