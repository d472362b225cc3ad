"""Citations of EndNote: the XML behind `ADDIN EN.CITE`, in the instruction or in the field's data.

Source: the field codes that EndNote's Cite While You Write leaves, and EndNote's XML format.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import field

from exocite.frozen import dataclass
from exocite.patterns import regex
from exocite.readers.docx.field_item import FieldItem
from exocite.readers.xml_tokens import ENTITY, Part, character, tokens
from exocite.text import collapsed

_BEGIN, _END = "<EndNote>", "</EndNote>"
_NAMES = {
    "title": "title", "secondary-title": "container-title", "volume": "volume",
    "number": "issue", "pages": "page", "publisher": "publisher", "electronic-resource-num": "DOI",
    "year": "year",
}  # fmt: skip
_OWN = {"author": "literal", "year": "own year", "recnum": "id", "pages": "place"}
_MOST_AUTHORS = 200
_PLACE = regex(r"\d")


@dataclass(slots=True)
class _Cite:
    values: dict[str, str] = field(default_factory=dict)
    authors: list[str] = field(default_factory=list)


def items(code: str, data: str) -> Iterator[FieldItem]:
    """The works of a citation; what cannot be read cites nothing."""
    start = code.find(_BEGIN)
    written = code[start:] if start >= 0 else _unpacked(data)
    for cite in _cites(written.partition(_END)[0]):
        item = _item(cite)
        if item is not None:
            yield item


def _unpacked(data: str) -> str:
    packed = "".join(data.split())
    try:
        written = b64decode(packed + "=" * (-len(packed) % 4)).decode("utf-8")
    except ValueError:
        return ""
    return written if written.startswith(_BEGIN) else ""


def _cites(written: str) -> Iterator[_Cite]:
    cite: _Cite | None = None
    inside: list[str] = []
    text: list[str] = []
    for token in tokens(written):
        if token.part in (Part.TEXT, Part.DATA):
            piece = written[token.start : token.end]
            text.append(ENTITY.sub(lambda m: character(m[0]), piece))
        elif token.part is Part.OPEN and not token.empty:
            inside.append(token.name)
            if token.name == "cite":
                cite = _Cite()
            if token.name != "style":
                text.clear()
        elif token.part is Part.CLOSE and inside:
            inside.pop()
            if cite is not None and token.name == "cite":
                yield cite
                cite = None
            elif cite is not None and token.name != "style":
                _keep(cite, inside, token.name, collapsed("".join(text)))
                text.clear()


def _keep(cite: _Cite, inside: list[str], name: str, text: str) -> None:
    """A value of the citation itself, or of the record that travels with it."""
    if not text:
        return
    if "record" not in inside:
        if name in _OWN:
            cite.values.setdefault(_OWN[name], text)
    elif name == "author" and "authors" in inside and len(cite.authors) < _MOST_AUTHORS:
        cite.authors.append(text)
    elif name in _NAMES:
        cite.values.setdefault(_NAMES[name], text)
    elif name == "rec-number":
        cite.values.setdefault("id", text)


def _item(cite: _Cite) -> FieldItem | None:
    values = cite.values
    literal, year = values.pop("literal", ""), values.pop("own year", "")
    name = values.pop("id", "") or " ".join(filter(None, (literal, year)))
    if not name:
        return None
    place = values.pop("place", "")
    if _PLACE.match(place):
        place = f"{'pp.' if re.search('[-–,]', place) else 'p.'} {place}"
    people = [_person(author) for author in cite.authors] or [{"literal": literal}]
    issued = {"raw": values.pop("year", "") or year}
    return FieldItem(name, "", place, {**values, "author": people, "issued": issued})


def _person(author: str) -> dict[str, str]:
    family, comma, given = author.partition(",")
    return {"family": family.strip(), "given": given.strip()} if comma else {"literal": author}
