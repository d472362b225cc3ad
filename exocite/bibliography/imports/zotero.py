"""Items of Zotero as entries: what its RDF and Better BibTeX's JSON have in common.

Both give an item type, creators with their roles, and fields under Zotero's own names. Source:
https://www.zotero.org/support/kb/item_types_and_fields and Zotero's schema 32; "extra" holds lines
such as "Citation Key: ku2023" and "PMID: 1".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from exocite.bibliography.imports import values
from exocite.bibliography.imports.record import Draft, Imported
from exocite.identifiers import first
from exocite.model import Name
from exocite.references.names import SUFFIXES
from exocite.text import collapsed

TYPES = {
    "artwork": "artwork", "audioRecording": "audio", "bill": "legislation", "blogPost": "online",
    "book": "book", "bookSection": "incollection", "case": "jurisdiction",
    "computerProgram": "software", "conferencePaper": "inproceedings", "dataset": "dataset",
    "dictionaryEntry": "inreference", "document": "misc", "email": "letter",
    "encyclopediaArticle": "inreference", "film": "movie", "forumPost": "online",
    "hearing": "misc", "instantMessage": "letter", "interview": "misc", "journalArticle": "article",
    "letter": "letter", "magazineArticle": "article", "manuscript": "unpublished", "map": "misc",
    "newspaperArticle": "article", "patent": "patent", "podcast": "audio", "preprint": "misc",
    "presentation": "misc", "radioBroadcast": "audio", "report": "techreport",
    "standard": "standard", "statute": "legislation", "thesis": "phdthesis",
    "tvBroadcast": "video", "videoRecording": "video", "webpage": "online",
}  # fmt: skip
"""Zotero's item type: entry type."""
_WHOLE = {
    "artwork", "audioRecording", "book", "bookSection", "case", "computerProgram",
    "conferencePaper", "dataset", "document", "film", "journalArticle", "letter", "manuscript",
    "patent", "report", "standard", "statute", "thesis", "videoRecording", "webpage",
}  # fmt: skip
"""The types that the entry type says whole; the others are kept beside it."""
_SUBTYPES = {"magazineArticle": "magazine", "newspaperArticle": "newspaper"}
_ROLES = {
    "author": "author", "editor": "editor", "translator": "translator", "bookAuthor": "bookauthor",
    "director": "director", "artist": "author", "performer": "author", "sponsor": "author",
    "programmer": "author", "presenter": "author", "interviewee": "author", "inventor": "author",
    "podcaster": "author", "cartographer": "author",
}  # fmt: skip
_PLAIN = {
    "title": "title", "caseName": "title", "nameOfAct": "title", "subject": "title",
    "abstractNote": "abstract", "bookTitle": "booktitle", "proceedingsTitle": "booktitle",
    "encyclopediaTitle": "booktitle", "dictionaryTitle": "booktitle",
    "journalAbbreviation": "shortjournal", "volume": "volume", "codeVolume": "volume",
    "reporterVolume": "volume", "series": "series", "seriesTitle": "series", "edition": "edition",
    "versionNumber": "version", "numberOfVolumes": "volumes", "numPages": "pagetotal",
    "place": "address", "url": "url", "shortTitle": "shorttitle", "conferenceName": "eventtitle",
    "meetingName": "eventtitle", "language": "language", "code": "series", "reporter": "series",
}  # fmt: skip
_CONTAINERS = frozenset(
    {"publicationTitle", "blogTitle", "websiteTitle", "forumTitle", "programTitle"}
)
_PUBLISHERS = frozenset(
    {
        "publisher", "institution", "university", "company", "studio", "label", "distributor",
        "network", "repository", "organization",
    }
)  # fmt: skip
_KINDS = frozenset(
    {
        "genre", "type", "thesisType", "reportType", "letterType", "manuscriptType", "mapType",
        "websiteType", "presentationType", "postType", "audioRecordingFormat", "audioFileType",
    }
)  # fmt: skip
_NUMBERS = frozenset(
    {
        "number", "reportNumber", "patentNumber", "billNumber", "docketNumber", "publicLawNumber",
        "documentNumber", "episodeNumber", "archiveID",
    }
)  # fmt: skip
_DATES = frozenset({"date", "dateEnacted", "dateDecided", "issueDate"})
_LEFT = frozenset(
    {
        "key", "version", "itemID", "itemKey", "uri", "select", "dateAdded",
        "dateModified", "libraryCatalog", "relations", "collections", "libraryID", "citekey",
        "autoJournalAbbreviation", "seeAlso", "inPublications",
    }
)  # fmt: skip
_IN_SERIES = frozenset({"book", "incollection", "inproceedings"})
_EXTRA = re.compile(r"\s*([A-Za-z][\w. -]{1,30}?)\s*:\s*(\S.*)")
_KEY_LINE = re.compile(r"\s*(?:citation[ -]?key|bibtex)\s*:\s*(\S+)\s*", re.IGNORECASE)
_SCHEMES = {"pmid": "PMID ", "pmcid": "", "arxiv": "arXiv:"}


@dataclass(slots=True)
class Item:
    """What an export says of an item: fields by Zotero's names, in the order of the file."""

    line: int
    type: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    creators: list[tuple[str, Name]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def creator(last: str, given: str = "") -> Name:
    """The person of a family and a given name; without a given name it is that of a body.

    Quotation marks around a family name say nothing here; "Martin Luther, Jr." has a suffix.
    """
    last, given = collapsed(last), collapsed(given)
    if not given:
        return Name(literal=last.strip('"'))
    first_names, comma, rest = given.rpartition(",")
    suffix = rest.strip(" !")
    if comma and (suffix.lower() in SUFFIXES or re.fullmatch(r"[IVX]{2,4}\.?", suffix)):
        given = first_names.rstrip(" ,!")
    else:
        suffix = ""
    return Name(last.strip('"'), given, suffix=suffix)


def record(item: Item) -> Imported:
    """The item as an entry."""
    type_ = TYPES.get(item.type, "misc")
    draft = Draft("zotero", item.line)
    draft.put("entrysubtype", _SUBTYPES.get(item.type, ""), "itemType")
    if item.type not in _WHOLE and item.type not in _SUBTYPES:
        draft.keep("itemType", item.type)
    for role, person in item.creators:
        if role in _ROLES:
            draft.person(_ROLES[role], person)
        else:
            draft.keep(role, person.literal or f"{person.family}, {person.given}")
    key = _fields(draft, type_, item)
    if type_ == "phdthesis" and "master" in draft.get("type").lower():
        type_ = "mastersthesis"
    for tag in item.tags:
        draft.more("keywords", tag)
    for path in item.files:
        draft.more("file", path, "; ")
    for note in item.notes:
        draft.keep("note", note)
    return draft.record(type_, key)


def _fields(draft: Draft, type_: str, item: Item) -> str:
    """Take the fields, and give the item's own citekey."""
    key = ""
    for name, value in item.fields:
        if name == "citationKey":
            key = values.own_key(draft, value, name)
        elif name == "extra":
            key = _extra(draft, value) or key
        elif name in _LEFT:
            draft.leave(name)
        elif place := _place(type_, name):
            draft.put(place, value, name)
        elif value.strip():
            _formed(draft, name, value)
    return key


def _place(type_: str, name: str) -> str:
    """The field that holds a value as it is, "" where there is none."""
    if name in _CONTAINERS:
        return values.CONTAINER_FIELD.get(type_, "booktitle")
    if name in _PUBLISHERS:
        return values.PUBLISHER_FIELD.get(type_, "publisher")
    if name in _KINDS:
        return "type"
    if name in _NUMBERS or (name == "seriesNumber" and type_ in _IN_SERIES):
        return "number"
    if name == "issue":
        return "number" if type_ == "article" else "issue"
    return _PLAIN.get(name, "")


def _formed(draft: Draft, name: str, value: str) -> None:
    """Take a value that has a form of its own, or keep what no field fits."""
    if name in _DATES:
        values.free_date(draft, value, name)
    elif name == "pages":
        draft.put("pages", values.pages(value), name)
    elif name in {"ISBN", "ISSN"}:
        for one in re.split(r"[\r\n;,]+|\s+(?=97[89])", value):
            values.serial(draft, one.strip(), name)
    elif name == "DOI":
        values.doi(draft, value, name)
    elif name == "accessDate":
        _seen(draft, value)
    else:
        draft.keep(name, value)


def _seen(draft: Draft, value: str) -> None:
    """The day on which a page was seen; the hour is left out."""
    match = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?", value.strip(), re.ASCII)
    if match:
        draft.put("urldate", match[1], "accessDate")
    else:
        draft.keep("accessDate", value)


def _extra(draft: Draft, text: str) -> str:
    """Take the lines of "extra": identifiers, the citekey, and the rest as a note."""
    key = ""
    for line in text.splitlines():
        if match := _KEY_LINE.fullmatch(line):
            key = values.own_key(draft, match[1], "extra")
            continue
        match = _EXTRA.fullmatch(line)
        name = match[1].lower() if match else ""
        if match and name == "doi" and not draft.get("doi"):
            values.doi(draft, match[2], "extra")
        elif match and name in _SCHEMES and (found := first(_SCHEMES[name] + match[2], name)):
            draft.put("eprint" if name == "arxiv" else name, found, "extra")
            if name == "arxiv":
                draft.put("eprinttype", "arxiv", "extra")
        elif line.strip():
            draft.more("note", line, "; ")
    return key
