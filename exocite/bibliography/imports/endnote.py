"""EndNote XML, as EndNote and Zotero export it.

Source: what EndNote X7 to 21 write (Clarivate publishes a DTD without a description). Where the
database keeps a record (its name, number, keys) is named and left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from exocite.bibliography.imports import values
from exocite.bibliography.imports.record import Broken, Draft, Format, Imported, Record
from exocite.bibliography.imports.xml_tree import Element, Reader

_START = re.compile(r"\s*\ufeff?\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:xml|records)\b", re.IGNORECASE)
TYPES = {
    "Ancient Text": "misc", "Artwork": "artwork", "Bill": "legislation", "Blog": "online",
    "Book": "book", "Book Section": "incollection", "Case": "jurisdiction",
    "Computer Program": "software", "Conference Paper": "inproceedings",
    "Conference Proceedings": "inproceedings", "Dataset": "dataset", "Dictionary": "inreference",
    "Edited Book": "book", "Electronic Article": "article", "Electronic Book": "book",
    "Electronic Book Section": "incollection", "Encyclopedia": "inreference", "Film": "movie",
    "Film or Broadcast": "movie", "Generic": "misc", "Government Document": "techreport",
    "Journal Article": "article", "Legal Rule or Regulation": "legislation",
    "Magazine Article": "article", "Manuscript": "unpublished", "Music": "music",
    "Newspaper Article": "article", "Online Database": "dataset", "Pamphlet": "booklet",
    "Patent": "patent", "Personal Communication": "letter", "Report": "techreport",
    "Serial": "periodical", "Standard": "standard", "Statute": "legislation", "Thesis": "phdthesis",
    "Unpublished Work": "unpublished", "Web Page": "online",
}  # fmt: skip
"""EndNote's name of the type: entry type."""
_SUBTYPES = {"Magazine Article": "magazine", "Newspaper Article": "newspaper"}
_WHOLE = {
    "Journal Article", "Book", "Book Section", "Conference Paper", "Dataset", "Report", "Thesis",
    "Web Page", "Patent", "Computer Program", "Standard", "Generic", "Music", "Artwork", "Case",
    "Conference Proceedings", "Encyclopedia", "Pamphlet", "Personal Communication",
}  # fmt: skip
_INLINE = frozenset({"style"})
_LEFT = frozenset({"database", "source-app", "rec-number", "foreign-keys/key"})
_PEOPLE = {
    "contributors/authors/author": "author",
    "contributors/translated-authors/author": "translator",
}
_PLAIN = {
    "titles/title": "title", "titles/short-title": "shorttitle", "volume": "volume",
    "number": "number", "edition": "edition", "abstract": "abstract", "language": "language",
    "pub-location": "address", "num-vols": "volumes", "titles/tertiary-title": "series",
    "work-type": "type", "titles/alt-title": "shortjournal",
    "alt-periodical/full-title": "shortjournal", "periodical/abbr-1": "shortjournal",
    "alt-periodical/abbr-1": "shortjournal",
}  # fmt: skip
_LISTS = {
    "keywords/keyword": ("keywords", ", "),
    "notes": ("note", "; "),
    "urls/pdf-urls/url": ("file", "; "),
}
_CONTAINERS = frozenset({"titles/secondary-title", "periodical/full-title"})
_URLS = frozenset({"urls/related-urls/url", "urls/web-urls/url"})
_IN_BOOKS = frozenset({"incollection", "inproceedings", "inreference"})
_SECONDARY = "contributors/secondary-authors/author"
_DAY = re.compile(r"(?:(\d{4})[-/ ])?\s*([A-Za-z]{3,9}|\d{1,2})\.?(?:[-/ ]\s*(\d{1,2}))?", re.ASCII)


def _looks(text: str) -> bool:
    return _START.match(text) is not None and "<record" in text[:100_000]


def read(text: str) -> Iterator[Record]:
    """The records of the file; after XML that is not well-formed nothing is read."""
    for element in Reader("record", _INLINE).read(text):
        yield element if isinstance(element, Broken) else _record(element)


def _record(element: Element) -> Imported:
    written = element.attributes.get("ref-type@name", "")
    number = next((text for path, text in element.leaves if path == "ref-type"), "")
    type_ = TYPES.get(written, "misc")
    draft = Draft("endnote", element.line)
    if written in _SUBTYPES:
        draft.put("entrysubtype", _SUBTYPES[written], "ref-type")
    elif written not in _WHOLE:
        draft.keep("ref-type", written or number)
    if type_ == "phdthesis" and any(
        path == "work-type" and "master" in text.lower() for path, text in element.leaves
    ):
        type_ = "mastersthesis"
    key = ""
    for path, text in element.leaves:
        if path == "label":
            key = values.own_key(draft, text, "label")
        elif path in _LEFT:
            draft.leave(path)
        elif path in _PLAIN:
            draft.put(_PLAIN[path], text, path.rpartition("/")[2])
        elif path in _LISTS:
            draft.more(_LISTS[path][0], text, _LISTS[path][1])
        elif path not in _LATER and not _known(draft, type_, path, text):
            draft.keep(path.replace("/", "-"), text)
    _container(draft, type_, element)
    _published(draft, element)
    return draft.record(type_, key)


def _known(draft: Draft, type_: str, path: str, text: str) -> bool:
    """Put what depends on the type, or has a form of its own; False where it is not known."""
    name = path.rpartition("/")[2]
    if path in _PEOPLE:
        values.person(draft, _PEOPLE[path], text)
    elif path == _SECONDARY and type_ in _IN_BOOKS | {"book"}:
        values.person(draft, "editor", text)
    elif path in _URLS:
        draft.put("url", text, "url")
    elif path == "publisher":
        draft.put(values.PUBLISHER_FIELD.get(type_, "publisher"), text, name)
    elif path == "pages":
        draft.put("pages", values.pages(text), name)
    elif path == "isbn":
        for one in re.split(r"[\r\n;]+", text):
            values.serial(draft, one.strip(), name)
    elif path == "electronic-resource-num":
        values.doi(draft, text, name)
    elif path == "access-date" and re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        draft.put("urldate", text, name)
    else:
        return False
    return True


_LATER = _CONTAINERS | {"ref-type", "dates/year", "dates/pub-dates/date"}


def _container(draft: Draft, type_: str, element: Element) -> None:
    """The longest of the titles is the journal's or book's, a shorter one its short form."""
    titles = [text for path, text in element.leaves if path in _CONTAINERS]
    whole = max(titles, key=len, default="")
    draft.put(values.CONTAINER_FIELD.get(type_, "booktitle"), whole, "secondary-title")
    for one in titles:
        if one != whole:
            draft.put("shortjournal", one, "secondary-title")


def _published(draft: Draft, element: Element) -> None:
    year = next((text for path, text in element.leaves if path == "dates/year"), "")
    whole = next((text for path, text in element.leaves if path == "dates/pub-dates/date"), "")
    match = _DAY.fullmatch(whole.strip())
    if match and year and (match[1] or year) == year:
        values.date(draft, year, match[2], match[3] or "", tag="pub-dates")
    else:
        draft.put("year", year, "year")
        draft.keep("pub-dates", whole)


ENDNOTE = Format("endnote", "EndNote XML", _looks, read, "<record>", (".xml",))
