"""The XML of a part, followed without a tree: no depth is too deep, nothing in it is expanded.

A part that declares a document type is refused, as ECMA-376 asks (part 2, 8.2.1): entities could
grow without end or lead outside. Names come with the usual prefix of their namespace, whatever the
file calls it, and strict documents look like transitional ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol
from xml.parsers import expat

from exocite.errors import ReadError

_OPEN = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_PREFIXES = {
    f"{_OPEN}wordprocessingml/2006/main": "w",
    f"{_STRICT}wordprocessingml/main": "w",
    f"{_OPEN}officeDocument/2006/math": "m",
    f"{_STRICT}officeDocument/math": "m",
    f"{_OPEN}officeDocument/2006/relationships": "r",
    f"{_STRICT}officeDocument/relationships": "r",
    f"{_OPEN}officeDocument/2006/bibliography": "b",
    f"{_STRICT}officeDocument/bibliography": "b",
    f"{_OPEN}package/2006/relationships": "rel",
    f"{_OPEN}markup-compatibility/2006": "mc",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
_DEEPEST = 20_000


class Handler(Protocol):
    """What is told of each element and text, in order."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """A text, whole up to the next tag."""


def walk(data: bytes, where: str, handler: Handler) -> None:
    """Tell the handler all that the part holds. Raises ReadError for what is no sound XML."""
    follower = _Follower(where, handler)
    follower.run(data)


class _Follower:
    def __init__(self, where: str, handler: Handler) -> None:
        self._where = where
        self._handler = handler
        self._names: dict[str, str] = {}
        self._depth = 0
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.buffer_size = 1 << 16
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = handler.text
        parser.StartDoctypeDeclHandler = self._doctype
        self._parser = parser

    def run(self, data: bytes) -> None:
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:
            reason = expat.errors.messages.get(error.code, "")
            raise ReadError(
                f"{self._where}:{error.lineno}:{error.offset + 1}: is not sound XML: {reason}",
                hint="save it once more from the word processor, as DOCX",
            ) from None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ReadError(
                f"{self._where}: holds more than {_DEEPEST:,} elements inside one another",
                hint="no word processor writes such a file",
            )
        known = self._names
        self._handler.start(
            known.get(name) or self._known(name),
            {known.get(key) or self._known(key): value for key, value in attributes.items()},
        )

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._handler.end(self._names[name])

    def _known(self, name: str) -> str:
        """The name with its usual prefix; one of another namespace begins with a colon."""
        space, blank, local = name.rpartition(" ")
        known = f"{_PREFIXES.get(space, '')}:{local}" if blank else local
        self._names[name] = known
        return known

    def _doctype(self, *_: object) -> None:
        raise ReadError(
            f"{self._where}: declares a document type, and such XML is not read",
            hint="no word processor writes such a file",
        )
