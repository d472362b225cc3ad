"""The bytes of a .bib file as text, without loss in either direction."""

from __future__ import annotations

import codecs

from exocite.frozen import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a file's text is written: its codec, and the byte order mark in front of it."""

    name: str = "utf-8"
    mark: bytes = b""

    def encoded(self, text: str) -> bytes:
        """The bytes of the text. Raises UnicodeEncodeError for what the codec lacks."""
        return self.mark + text.encode(self.name)

    def fits(self, text: str) -> bool:
        """Whether the codec has every character of the text."""
        try:
            text.encode(self.name)
        except UnicodeEncodeError:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, how it is written, and the line of the first byte that is not UTF-8.

    `bad_line` is 0 where every byte is. `encoding.encoded(text)` gives the file's bytes again.
    """

    text: str
    encoding: Encoding
    bad_line: int = 0


def decode(data: bytes) -> Decoded:
    """The text of the bytes: by their mark, else UTF-8, else Windows-1252 or Latin-1.

    The last has a character for each byte, so that nothing fails and nothing is lost.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                text = data[len(mark) :].decode(name)
            except UnicodeDecodeError:
                break
            return Decoded(text, Encoding(name, mark))
    try:
        return Decoded(data.decode("utf-8"), Encoding())
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = 1 + before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n")
    try:
        return Decoded(data.decode("cp1252"), Encoding("cp1252"), line)
    except UnicodeDecodeError:
        return Decoded(data.decode("latin-1"), Encoding("latin-1"), line)
