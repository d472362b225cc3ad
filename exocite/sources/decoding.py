"""Bytes of an attached text to its characters, line ends made LF."""

from __future__ import annotations

from exocite.errors import ReadError
from exocite.readers.decode import decode

_HINT = "save it as UTF-8 text and attach that"


def decoded(data: bytes, path: str, declared: str = "") -> str:
    """The text of a file by its byte order mark, by what it declares, or as UTF-8.

    Raises ReadError for a file that is empty, binary, too large, or not in that encoding.
    """
    try:
        text, _ = decode(data, path, declared=declared)
    except ReadError as error:
        large = len(data) > 1_000_000 and "too large" in error.message
        hint = "attach the part that the article rests on" if large else _HINT
        raise ReadError(error.message, hint=hint) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
