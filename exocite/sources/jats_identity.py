"""Which work a JATS file says that it is: the identifiers in its own front matter, and no others.

Those of references, related articles and reviews inside it are not its own.
Source: ANSI/NISO Z39.96 (JATS 1.3), elements article-id and body.
"""

from __future__ import annotations

from xml.parsers import expat

from exocite.errors import ReadError
from exocite.frozen import dataclass
from exocite.sources.jats import characters

_META = ["article", "front", "article-meta"]
_LONGEST = 2048
_RESOLVERS = ("https://", "http://", "dx.", "doi.org/", "doi:")
_SCHEMES = {"doi": "doi", "pmid": "pmid", "pmc": "pmcid", "pmcid": "pmcid"}


@dataclass(frozen=True, slots=True)
class Identity:
    """The identifiers of an article by scheme (doi, pmid, pmcid), and whether it has a body."""

    identifiers: frozenset[tuple[str, str]]
    has_body: bool

    def of(self, scheme: str) -> tuple[str, ...]:
        """Its identifiers of this scheme, in lower case, sorted."""
        return tuple(sorted(value for name, value in self.identifiers if name == scheme))


def identity(data: bytes, path: str) -> Identity:
    """What the article says of itself. Raises ReadError for what is no well-formed XML."""
    reader = _Reader()
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    parser.EntityDeclHandler = reader.entity
    try:
        parser.Parse(characters(data, path), True)
    except expat.ExpatError as error:
        raise ReadError(f"{path}:{error.lineno}: is not well-formed XML") from None
    except _EntityError:
        raise ReadError(f"{path}: declares an entity of its own") from None
    return Identity(frozenset(reader.found), reader.has_body)


class _EntityError(Exception):
    """The file declares an entity; such XML can expand without end."""


class _Reader:
    """Follows the tags from the first `article` on; what stands around it does not count."""

    def __init__(self) -> None:
        self.found: set[tuple[str, str]] = set()
        self.has_body = False
        self._open: list[str] = []
        self._scheme = ""
        self._text = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if self._open or name == "article":
            self._open.append(name)
        if self._open == ["article", "body"]:
            self.has_body = True
        if self._open == [*_META, "article-id"]:
            self._scheme = _SCHEMES.get(attributes.get("pub-id-type", ""), "")
            self._text = ""

    def end(self, _tag: str) -> None:
        if self._scheme and self._open == [*_META, "article-id"]:
            value = _bare(self._scheme, self._text)
            if value:
                self.found.add((self._scheme, value))
            self._scheme = ""
        if self._open:
            self._open.pop()

    def characters(self, text: str) -> None:
        if self._scheme and len(self._text) <= _LONGEST:
            self._text += text

    def entity(self, *_: object) -> None:
        raise _EntityError


def _bare(scheme: str, text: str) -> str:
    """The identifier in lower case, a DOI without its resolver's address, a PMCID with its PMC."""
    value = text.strip().lower()
    if len(value) > _LONGEST:
        return ""
    if scheme == "doi":
        for lead in _RESOLVERS:
            value = value.removeprefix(lead)
    if scheme == "pmcid" and value.isdigit():
        value = f"pmc{value}"
    return value.strip()
