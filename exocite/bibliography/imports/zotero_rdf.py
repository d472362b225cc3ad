"""Zotero RDF, which Zotero exports and imports.

Journals and books may stand beside the items that name them, so the file is read whole before its
first item is given. Source: the translator "Zotero RDF" and what Zotero 4 to 7 write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from exocite.bibliography.imports import zotero
from exocite.bibliography.imports.record import Broken, Format, Record
from exocite.bibliography.imports.xml_tree import Element, Reader
from exocite.bibliography.imports.zotero import Item
from exocite.model import Name

_START = re.compile(r"\s*\ufeff?\s*(?:<\?xml[^>]{0,200}>\s*)?<rdf:RDF\b")
_NAMESPACE = "http://www.zotero.org/namespaces/export#"
_RESOURCE = "rdf:resource"
_ABOUT = "@rdf:about"
_BEGUN = frozenset({"li"})
_LINKS = frozenset({_RESOURCE})
_DEEPEST = 3
_MOST_PARENTS = 3
_NO_ITEMS = frozenset({"attachment", "note", "annotation"})
_BESIDE = {"Attachment", "Memo", "Collection"}
_PART_OF = "isPartOf"
_OWN = {
    "title": "title", "abstract": "abstractNote", "description": "extra", "date": "date",
    "dateSubmitted": "accessDate", "issued": "issueDate", "pages": "pages", "rights": "rights",
    "coverage": "archiveLocation", "medium": "medium", "type": "type", "edition": "edition",
    "volume": "volume", "number": "number", "alternative": "journalAbbreviation",
    "presentedAt/Conference/title": "conferenceName", "identifier/URI/value": "url",
    "subject/LCC/value": "callNumber", "publisher/Organization/name": "publisher",
    "publisher/Organization/adr/Address/locality": "place",
}  # fmt: skip
_TAGS = frozenset({"subject", "subject/AutomaticTag/value"})
_IN_CONTAINER = {
    "title": "publicationTitle", "volume": "volume", "number": "issue",
    "alternative": "journalAbbreviation",
}  # fmt: skip
_IN_SERIES = {
    "title": "series", "alternative": "seriesTitle", "description": "seriesText",
    "identifier": "seriesNumber",
}  # fmt: skip
_LABELLED = re.compile(r"(ISBN|ISSN|DOI)[:\s]\s*(\S.*)")
_CREATORS = re.compile(r"([A-Za-z]+)s/Seq/li(?:/(Person|Organization)/(\w+))?")
_WITH_NUMBER = frozenset({"journalArticle", "magazineArticle", "newspaperArticle"})


def _looks(text: str) -> bool:
    return _START.match(text) is not None and _NAMESPACE in text[:100_000]


def read(text: str) -> Iterator[Record]:
    """The items of the file; after XML that is not well-formed nothing is read."""
    found = list(Reader("", begun=_BEGUN, links=_LINKS).read(text))
    elements = [one for one in found if isinstance(one, Element)]
    beside = {about: one for one in elements if (about := one.attributes.get(_ABOUT))}
    for element in elements:
        kind = next((text for path, text in element.leaves if path == "itemType"), "")
        if kind and kind not in _NO_ITEMS and element.tag not in _BESIDE:
            yield zotero.record(_item(element, kind, beside))
    yield from (one for one in found if isinstance(one, Broken))


def _item(element: Element, kind: str, beside: Mapping[str, Element]) -> Item:
    item = Item(element.line, kind)
    person: dict[str, str] = {}
    role = ""
    for path, text in [*_whole(element, beside), ("", "")]:
        creator = _CREATORS.fullmatch(path)
        if person and (creator is None or creator[3] is None):
            item.creators.append((role, _person(person)))
            person = {}
        if creator:
            role = creator[1]
            if creator[3]:
                person[creator[3].lower()] = text
        elif path in _TAGS:
            item.tags.append(text)
        elif path == f"link@{_RESOURCE}":
            item.files += _files(beside.get(text))
        elif path == f"isReferencedBy@{_RESOURCE}":
            note = beside.get(text)
            item.notes += [said for at, said in note.leaves if at == "value"] if note else []
        elif path and path.rpartition("/")[2] != "itemType":
            _field(item, path, text)
    return item


def _whole(
    element: Element, beside: Mapping[str, Element], above: tuple[str, ...] = ()
) -> Iterator[tuple[str, str]]:
    """The leaves of an item, with those of its journal or book where they stand beside it."""
    followed = 0
    for path, text in element.leaves:
        parent = beside.get(text) if path.endswith(f"{_PART_OF}@{_RESOURCE}") else None
        if parent is None or text in above or len(above) > _DEEPEST or followed == _MOST_PARENTS:
            yield path, text
            continue
        followed += 1
        start = f"{path.removesuffix(f'@{_RESOURCE}')}/{parent.tag}/"
        for inner, said in _whole(parent, beside, (*above, text)):
            yield start + inner, said


def _person(parts: Mapping[str, str]) -> Name:
    family = parts.get("surname") or parts.get("name", "")
    return zotero.creator(family, parts.get("givenname", ""))


def _files(attachment: Element | None) -> list[str]:
    """Where an attached file lies; a link without one is not named."""
    if attachment is None:
        return []
    return [text for path, text in attachment.leaves if path == f"resource@{_RESOURCE}"]


def _field(item: Item, path: str, text: str) -> None:
    container, _, name = path.rpartition("/")
    if name == "identifier":
        match = _LABELLED.fullmatch(text)
        if match:
            item.fields.append((match[1], match[2]))
        else:
            series = container.endswith("/Series")
            item.fields.append(("seriesNumber" if series else "accessionNumber", text))
    elif container.endswith("/Series") and name in _IN_SERIES:
        item.fields.append((_IN_SERIES[name], text))
    elif container.endswith("/Part"):
        item.fields.append(("section" if name == "title" else name, text))
    elif container.startswith(_PART_OF) and name in _IN_CONTAINER:
        known = _IN_CONTAINER[name]
        if known == "issue" and item.type not in _WITH_NUMBER:
            known = "number"
        item.fields.append((known, text))
    elif path in _OWN or (container.startswith(_PART_OF) and name in _OWN):
        known = _OWN.get(path) or _OWN[name]
        if known == "edition" and item.type == "computerProgram":
            known = "versionNumber"
        item.fields.append((known, text))
    elif not path.endswith(f"@{_RESOURCE}"):
        item.fields.append((path.replace("/", "-"), text))


ZOTERO_RDF = Format("zotero-rdf", "Zotero RDF", _looks, read, "<z:itemType>", (".rdf",))
