"""Bytes of a file to its text: the encoding is declared, plain to see, or asked for, not guessed.

In order: the encoding that the user names, a byte order mark, what the file itself declares
(HTML's `meta charset`), and strict UTF-8. Anything else is an error that says where and what to do.
"""

from __future__ import annotations

import codecs

from exocite.errors import ReadError
from exocite.text import Lines

MAX_BYTES = 20_000_000
"""The largest file that is read, in bytes. Articles are far smaller; a larger file is a mistake."""

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAVE_AS_TEXT = "save it as plain text, Markdown or HTML, and read that"
_ZIP = f"a DOCX is read where its name ends in .docx; else {_SAVE_AS_TEXT}"
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF", "a PDF is read where its name ends in .pdf"),
    (b"PK\x03\x04", "a ZIP archive (DOCX, ODT and EPUB are such)", _ZIP),
    (b"\xd0\xcf\x11\xe0", "an old Office document", _SAVE_AS_TEXT),
    (b"{\\rtf", "an RTF document", _SAVE_AS_TEXT),
    (b"\x89PNG", "a PNG image", "exocite reads text"),
    (b"\xff\xd8\xff", "a JPEG image", "exocite reads text"),
    (b"GIF8", "a GIF image", "exocite reads text"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"\x7fELF", "a program", "exocite reads text"),
)
# Codecs that are no character sets, that take quadratic time, or that give lone surrogates (UTF-7,
# which browsers refuse as well).
_NOT_CHARSETS = frozenset(
    {"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "utf_7"}
)
_SAMPLE = 4096


def decode(data: bytes, path: str, encoding: str = "", *, declared: str = "") -> tuple[str, str]:
    """The text of a file, without its byte order mark, and the name of its encoding.

    `encoding` is the user's and wins; `declared` is what the file says of itself. Line ends stay as
    they are. Raises ReadError for a file that is empty, binary, too large, or not in that encoding.
    """
    refuse_size(data, path)
    if not encoding:
        _refuse_binary(data, path)
    mark, marked = next(((m, name) for m, name in _MARKS if data.startswith(m)), (b"", ""))
    if encoding or (declared and not marked):
        name = _known(encoding or declared, path, asked=bool(encoding))
        text = _decoded(data, path, name).removeprefix("\ufeff")
    else:
        name = marked or "utf-8"
        if not marked:
            _refuse_unmarked(data, path)
        text = _decoded(data[len(mark) :], path, name)
    if "\0" in text:
        raise ReadError(
            f"{path}:{_line(text, text.index(chr(0)))}: is not a text file: it holds NUL",
            hint=_utf16_hint(data) or _READABLE,
        )
    if not text.strip():
        raise ReadError(f"{path}: is empty", hint="there is nothing to check in it")
    return text, name


def refuse_size(data: bytes, path: str) -> None:
    """Raise ReadError for a file that is larger than any article."""
    if len(data) > MAX_BYTES:
        size, limit = len(data) / 1e6, MAX_BYTES // 1_000_000
        raise ReadError(
            f"{path}: is too large: {size:.1f} MB, and files of up to {limit} MB are read",
            hint="split the file, or name the article itself",
        )


_READABLE = "exocite reads text: Markdown, HTML, LaTeX and the other formats of docs/guide.md"


def _refuse_binary(data: bytes, path: str) -> None:
    for magic, what, hint in _MAGIC:
        if data.startswith(magic):
            raise ReadError(f"{path}: is not a text file: it is {what}", hint=hint)


def _refuse_unmarked(data: bytes, path: str) -> None:
    """A file without a mark that holds NUL bytes is binary, or UTF-16 that does not say so."""
    at = data.find(b"\0")
    if at < 0:
        return
    line = _line(data[:at].decode("latin-1"), at)
    raise ReadError(
        f"{path}:{line}: is not a text file: it holds NUL bytes",
        hint=_utf16_hint(data) or _READABLE,
    )


def _utf16_hint(data: bytes) -> str:
    """Where nearly every second byte is NUL, the file is UTF-16 without a mark."""
    sample = data[:_SAMPLE]
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = sample[offset::2]
        if half and half.count(0) > 0.4 * len(half):
            return f"it looks like UTF-16 without a byte order mark: pass --encoding {name}"
    return ""


def _known(name: str, path: str, *, asked: bool) -> str:
    try:
        known = codecs.lookup(name.strip()).name.replace("-", "_")
    except (LookupError, ValueError):
        known = ""
    if not known or known in _NOT_CHARSETS:
        source = "asked for" if asked else "that the file declares"
        raise ReadError(
            f"{path}: the encoding {name[:40]!r} {source} is not known",
            hint="pass --encoding with a name such as utf-8, windows-1252 or latin-1",
        )
    return known.replace("_", "-")


def _decoded(data: bytes, path: str, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(name, "replace")
        line = _line(before, len(before))
        byte = data[error.start]
        raise ReadError(
            f"{path}:{line}: is not {name.upper()}: byte 0x{byte:02x} cannot be read",
            hint="pass --encoding with the encoding that the file was saved in, such as "
            "windows-1252, latin-1 or utf-16-le",
        ) from None
    except (LookupError, ValueError):
        raise ReadError(
            f"{path}: {name!r} is not an encoding of text",
            hint="pass --encoding with a name such as utf-8, windows-1252 or latin-1",
        ) from None


def _line(text: str, offset: int) -> int:
    line, _ = Lines(text).position(offset)
    return line
