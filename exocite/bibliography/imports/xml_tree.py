"""XML read record by record: texts by the path of their element, and nothing else.

expat reads it without a tree; a file that declares entities is refused, nothing is fetched, and
depth is bounded. Source: the `xml.parsers.expat` module.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from exocite.bibliography.imports.record import Broken

MAX_DEPTH = 50
"""Elements inside one another; real files have a tenth of it."""
_STEP = 1 << 16
_INSIDE = 2


@dataclass(slots=True)
class Element:
    """A record: what its leaves say in their order, by path below it; `line` is that of its tag.

    A path is "contributors/authors/author"; `attributes` are those of elements that have any, by
    path and name, "ref-type@name"; those of the record itself begin with "@". `tag` is its name.
    """

    line: int
    tag: str = ""
    leaves: list[tuple[str, str]] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)


class Reader:
    """Cuts an XML text into its records.

    `record` is the name of the element that each stands in, "" for all that stand in the root;
    `inline` those of formatting, whose text belongs to the element around them; `begun` those that
    give a leaf without text where they begin; `links` attributes that give a leaf with their value.
    """

    def __init__(
        self,
        record: str,
        inline: frozenset[str] = frozenset(),
        *,
        begun: frozenset[str] = frozenset(),
        links: frozenset[str] = frozenset(),
    ) -> None:
        self._record = record
        self._inline = inline
        self._begun = begun
        self._links = links
        self._path: list[str] = []
        self._depth = 0
        self._texts: list[str] = []
        self._leaf = False
        self._element: Element | None = None
        self._done: list[Element] = []
        self._refused = ""
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.EntityDeclHandler = self._entity
        self._parser = parser

    def read(self, text: str) -> Iterator[Element | Broken]:
        """The records in their order; what stands before broken XML is given first."""
        for start in range(0, len(text) or 1, _STEP):
            broken = self._fed(text[start : start + _STEP], last=start + _STEP >= len(text))
            yield from self._done
            self._done.clear()
            if broken:
                yield broken
                return

    def _fed(self, piece: str, *, last: bool) -> Broken | None:
        try:
            # A lone surrogate is no character of XML.
            self._parser.Parse(piece.encode("utf-8", "replace"), last)
        except expat.ExpatError as error:
            reason = expat.errors.messages.get(error.code, "")
            return Broken(error.lineno, f"this is not well-formed XML: {reason}")
        except _RefusedError:
            return Broken(self._parser.CurrentLineNumber, self._refused)
        return None

    def _refuse(self, reason: str) -> None:
        self._refused = f"{reason}; nothing after it was read"
        raise _RefusedError

    def _entity(self, *_: object) -> None:
        self._refuse("this file declares entities, which can expand without end")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self._refuse(f"more than {MAX_DEPTH} elements stand inside one another")
        name = tag.rpartition(":")[2]
        if self._element is None:
            if name == self._record or (not self._record and self._depth == _INSIDE):
                self._element = Element(self._parser.CurrentLineNumber, name)
                self._element.attributes.update((f"@{key}", v) for key, v in attributes.items())
                self._path.clear()
            return
        if name in self._inline:
            return
        self._path.append(name)
        self._texts.clear()
        self._leaf = True
        path = "/".join(self._path)
        if name in self._begun:
            self._element.leaves.append((path, ""))
        for key, value in attributes.items():
            self._element.attributes.setdefault(f"{path}@{key}", value)
            if key in self._links:
                self._element.leaves.append((f"{path}@{key}", value))

    def _characters(self, text: str) -> None:
        if self._leaf:
            self._texts.append(text)

    def _end(self, tag: str) -> None:
        self._depth -= 1
        name = tag.rpartition(":")[2]
        if self._element is None or name in self._inline:
            return
        if not self._path:
            self._done.append(self._element)
            self._element = None
            return
        if self._leaf and (text := "".join(self._texts).strip()):
            self._element.leaves.append(("/".join(self._path), text))
        self._leaf = False
        self._path.pop()


class _RefusedError(Exception):
    """The handler stops the parser."""
