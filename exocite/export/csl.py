"""References as CSL-JSON items.

Sources: CSL-JSON schema 1.0.2; the mapping of entry types and fields follows the biblatex manual
(sections 2.1 and 2.2) and appendices III and IV of the CSL specification.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from exocite.bibliography.inherit import NOT_WORKS, inherited
from exocite.bibliography.meaning import Fields
from exocite.export import dates, titles
from exocite.export.markup import from_latex
from exocite.identifiers import normalise_doi
from exocite.model import Name, Reference
from exocite.references.names import bibtex_names, has_others, useprefix
from exocite.text import collapsed

Item = dict[str, object]
MORE: Mapping[str, str] = {"literal": "et al."}
"""The last name of a list that is known not to be whole."""

# Entry type: CSL type, and what kind of it ("genre") where the type alone would lose that.
_TYPES: Mapping[str, tuple[str, str]] = {
    "article": ("article-journal", ""),
    "artwork": ("graphic", ""),
    "audio": ("song", ""),
    "book": ("book", ""),
    "bookinbook": ("chapter", ""),
    "booklet": ("pamphlet", ""),
    "chapter": ("chapter", ""),
    "collection": ("book", ""),
    "conference": ("paper-conference", ""),
    "dataset": ("dataset", ""),
    "electronic": ("webpage", ""),
    "image": ("graphic", ""),
    "inbook": ("chapter", ""),
    "incollection": ("chapter", ""),
    "inproceedings": ("paper-conference", ""),
    "inreference": ("entry-encyclopedia", ""),
    "jurisdiction": ("legal_case", ""),
    "legislation": ("legislation", ""),
    "letter": ("personal_communication", ""),
    "manual": ("book", ""),
    "mastersthesis": ("thesis", "Master’s thesis"),
    "movie": ("motion_picture", ""),
    "music": ("song", ""),
    "mvbook": ("book", ""),
    "mvcollection": ("book", ""),
    "mvproceedings": ("book", ""),
    "mvreference": ("book", ""),
    "online": ("webpage", ""),
    "patent": ("patent", ""),
    "performance": ("performance", ""),
    "periodical": ("periodical", ""),
    "phdthesis": ("thesis", "PhD thesis"),
    "proceedings": ("book", ""),
    "reference": ("book", ""),
    "report": ("report", ""),
    "review": ("review", ""),
    "software": ("software", ""),
    "standard": ("standard", ""),
    "suppbook": ("chapter", ""),
    "suppcollection": ("chapter", ""),
    "suppperiodical": ("article-journal", ""),
    "techreport": ("report", ""),
    "thesis": ("thesis", ""),
    "unpublished": ("manuscript", ""),
    "video": ("motion_picture", ""),
    "webpage": ("webpage", ""),
    "www": ("webpage", ""),
}
_SUBTYPES = {"magazine": "article-magazine", "newspaper": "article-newspaper"}
_GENRES = {
    "phdthesis": "PhD thesis",
    "mathesis": "Master’s thesis",
    "mastersthesis": "Master’s thesis",
    "bathesis": "Bachelor’s thesis",
    "candthesis": "Candidate thesis",
    "techreport": "Technical report",
    "resreport": "Research report",
}

_NAMES: Mapping[str, str] = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "bookauthor": "container-author",
    "director": "director",
    "origauthor": "original-author",
}
# CSL variable: the fields that fill it, the first that is there.
_PLAIN: Mapping[str, tuple[str, ...]] = {
    "abstract": ("abstract",),
    "chapter-number": ("chapter",),
    "collection-title": ("series",),
    "edition": ("edition",),
    "event-title": ("eventtitle",),
    "event-place": ("venue",),
    "ISBN": ("isbn",),
    "ISSN": ("issn",),
    "keyword": ("keywords",),
    "note": ("note",),
    "number-of-pages": ("pagetotal",),
    "number-of-volumes": ("volumes",),
    "original-publisher": ("origpublisher",),
    "original-publisher-place": ("origlocation",),
    "PMCID": ("pmcid",),
    "PMID": ("pmid",),
    "publisher": ("publisher", "school", "institution", "organization"),
    "publisher-place": ("location", "address"),
    "status": ("pubstate",),
    "title-short": ("shorttitle",),
    "version": ("version",),
    "volume": ("volume",),
}
_CONTAINER = (
    ("journaltitle", "journalsubtitle"),
    ("journal", ""),
    ("booktitle", "booksubtitle"),
    ("maintitle", "mainsubtitle"),
)
_TITLES = frozenset(
    {
        "title", "subtitle", "titleaddon", "shorttitle", "booktitle", "booksubtitle", "maintitle",
        "mainsubtitle", "journal", "journaltitle", "journalsubtitle", "shortjournal", "series",
    }
)  # fmt: skip
_EPRINTS = {
    "arxiv": "https://arxiv.org/abs/",
    "pubmed": "https://pubmed.ncbi.nlm.nih.gov/",
    "pmc": "https://www.ncbi.nlm.nih.gov/pmc/articles/",
    "hdl": "https://hdl.handle.net/",
    "jstor": "https://www.jstor.org/stable/",
    "googlebooks": "https://books.google.com/books?id=",
}
_LANGUAGES = {
    "american": "en-US",
    "australian": "en-AU",
    "british": "en-GB",
    "canadian": "en-CA",
    "chinese": "zh",
    "danish": "da",
    "dutch": "nl",
    "english": "en",
    "finnish": "fi",
    "french": "fr",
    "german": "de",
    "greek": "el",
    "italian": "it",
    "japanese": "ja",
    "korean": "ko",
    "latin": "la",
    "ngerman": "de",
    "norwegian": "nb",
    "polish": "pl",
    "portuguese": "pt",
    "russian": "ru",
    "spanish": "es",
    "swedish": "sv",
    "turkish": "tr",
    "ukenglish": "en-GB",
    "usenglish": "en-US",
}
_RANGE = re.compile(r"\s?(?:-{1,3}|[‐‑‒–—])\s?")
_LANGUAGE_CODE = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8}){0,2}", re.ASCII)
_ADDRESS = re.compile(r"https?://[^\s<>\"{}]{1,2000}")
_ET_AL = re.compile(r"(?<=\S)(?:,|\sand)?\set\.?\sal\.?$", re.IGNORECASE)
_USEPREFIX = re.compile(r"(?:^|,)\s*useprefix\s*(?:=\s*([a-z]*)\s*)?(?=,|$)", re.IGNORECASE)


def items(
    references: Sequence[Reference], library: Sequence[Reference] | None = None
) -> list[Item]:
    """One CSL-JSON item for each reference, in their order; its id is the citekey.

    Parents named by `crossref` and `xdata` are looked for in the library, by default the
    references themselves. Entries that stand for no work (`@xdata`) give no item.
    """
    works = [entry for entry in references if entry.type not in NOT_WORKS]
    return [_item(entry) for entry in inherited(works, library or references, _fields)]


def _fields(reference: Reference) -> dict[str, str]:
    """The fields of an entry; where the file's LaTeX is known, titles with their formatting."""
    fields = reference.fields
    if not isinstance(fields, Fields):
        return {name: _clean(value) for name, value in fields.items()}
    return {name: _clean(_READERS.get(name, Fields.__getitem__)(fields, name)) for name in fields}


def _formatted(fields: Fields, name: str) -> str:
    return from_latex(fields.latex(name))


def _as_written(fields: Fields, name: str) -> str:
    """A date as written: its tilde says "about" and is no blank."""
    return titles.plain(fields.latex(name))


_READERS: Mapping[str, Callable[[Fields, str], str]] = dict.fromkeys(_TITLES, _formatted) | (
    dict.fromkeys(("date", "urldate", "origdate", "eventdate"), _as_written)
)


def _item(reference: Reference) -> Item:
    fields = reference.fields
    language = _language(fields)
    kind, genre = _type(reference.type, fields)
    found: Item = {"id": reference.key, "type": kind}
    said = _USEPREFIX.findall(fields.get("options", ""))
    dropped = bool(said) and said[-1].lower() == "false"
    for name, variable in _NAMES.items():
        if people := names(fields.get(name, ""), dropped=dropped):
            found[variable] = people
    english = language.startswith("en") or not language
    # The name of an act is a name: "Human Rights Act 1998".
    found |= _titles(fields, lowered=english and kind not in _NAMED)
    for prefix, variable in (
        ("", "issued"),
        ("url", "accessed"),
        ("orig", "original-date"),
        ("event", "event-date"),
    ):
        if date := dates.csl_date(fields, prefix):
            found[variable] = date
    found |= {
        variable: titles.plain(value)
        for variable, sources in _PLAIN.items()
        if (value := _first(fields, sources))
    }
    found |= _numbers(kind, fields)
    found |= _links(fields)
    named = titles.plain(fields.get("type", ""))
    genre = _GENRES.get(named.lower(), named) or genre
    if genre:
        found["genre"] = genre
    if language:
        found["language"] = language
    return found


def names(field: str, *, dropped: bool = False) -> list[dict[str, str]]:
    """A BibTeX name field as CSL names; a list that ends in "and others" ends in MORE.

    `dropped` says that particles go where the family name stands alone ("Goethe, 1809"), as
    biblatex has it with `useprefix=false`; a name may say otherwise for itself. Where nothing is
    said they stay ("van der Berg, 2020"): so do the standard styles of BibTeX, and pandoc for files
    of BibTeX; for those of biblatex pandoc drops them, but one file may serve both.

    CSL-JSON has no word for a list that is not whole. Dropping "and others" would misstate who
    wrote the work, so it is carried as a last literal name, as pandoc does. Pandoc writes "others"
    there, which it reads again as "et al."; every other reader prints the name as it stands, and
    "others" would then pass for a person. "et al." says to all of them, and to people, what it is.
    `exocite.export.citeproc_names` reads both.
    """
    whole = _ET_AL.sub("", field)
    found = []
    for person, said in zip(bibtex_names(whole), useprefix(whole), strict=True):
        if name := _csl_name(person, dropped=said == "false" if said else dropped):
            found.append(name)
    return [*found, dict(MORE)] if found and (whole != field or has_others(field)) else found


def _csl_name(name: Name, *, dropped: bool) -> dict[str, str]:
    if name.literal or not name.family:
        literal = titles.plain(name.literal or name.given)
        return {"literal": literal} if literal else {}
    parts = {
        "family": name.family,
        "given": name.given,
        "dropping-particle" if dropped else "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: plain for part, value in parts.items() if (plain := titles.plain(value))}


def _clean(value: str) -> str:
    """The value on one line in NFC, without characters that print nothing or turn the text."""
    if value.isascii() and value.isprintable():
        return collapsed(value)
    kept = (c for c in value if unicodedata.category(c) not in {"Cs", "Co"} and not _control(c))
    return collapsed(unicodedata.normalize("NFC", "".join(kept)))


def _control(character: str) -> bool:
    return (
        unicodedata.category(character) == "Cc" and character not in "\t\n\r"
    ) or unicodedata.bidirectional(character) in {
        "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI",
    }  # fmt: skip


def _first(fields: Mapping[str, str], names_: Sequence[str]) -> str:
    return next((fields[name] for name in names_ if fields.get(name)), "")


def _type(entry_type: str, fields: Mapping[str, str]) -> tuple[str, str]:
    if entry_type == "article" and fields.get("entrysubtype", "") in _SUBTYPES:
        return _SUBTYPES[fields["entrysubtype"]], ""
    if entry_type in _TYPES:
        return _TYPES[entry_type]
    has_page = fields.get("url") or "://" in fields.get("howpublished", "")
    return ("webpage" if has_page and not fields.get("publisher") else "document"), ""


_NAMED = frozenset(("legislation", "legal_case", "bill", "treaty"))


def _titles(fields: Mapping[str, str], *, lowered: bool) -> Item:
    found: Item = {}
    title = _joined(fields.get("title", ""), fields.get("subtitle", ""))
    addon = fields.get("titleaddon", "")
    title = f"{title}. {addon}" if title and addon else title or addon
    if title:
        found["title"] = titles.rich(title, sentence_case=lowered)
    container = next(
        (
            _joined(fields[name], fields.get(sub, ""))
            for name, sub in _CONTAINER
            if fields.get(name)
        ),
        "",
    )
    if container:
        found["container-title"] = titles.rich(container)
    if fields.get("shortjournal"):
        found["container-title-short"] = titles.rich(fields["shortjournal"])
    return found


def _joined(title: str, subtitle: str) -> str:
    if not title or not subtitle:
        return title or subtitle
    return f"{title}{' ' if title.endswith((':', '?', '!')) else ': '}{subtitle}"


def _numbers(kind: str, fields: Mapping[str, str]) -> Item:
    """Pages, issue and number, which mean different things in different types."""
    found: Item = {}
    pages = _first(fields, ("pages", "eid", "articleno"))
    if pages:
        found["page"] = _RANGE.sub("-", titles.plain(pages)).replace(";", ",")
    issue, number = fields.get("issue", ""), fields.get("number", "")
    if kind.startswith("article"):
        issue, number = issue or number, ""
    if issue:
        found["issue"] = _RANGE.sub("-", titles.plain(issue))
    if number:
        in_series = fields.get("series") and kind in {"book", "chapter", "paper-conference"}
        found["collection-number" if in_series else "number"] = titles.plain(number)
    return found


def _links(fields: Mapping[str, str]) -> Item:
    found: Item = {}
    if doi := fields.get("doi", ""):
        found["DOI"] = normalise_doi(doi) or doi
    url = fields.get("url", "")
    if not url:
        address = _ADDRESS.search(fields.get("howpublished", ""))
        url = address[0].rstrip(".,;") if address else _eprint(fields)
    if url:
        found["URL"] = url
    return found


def _eprint(fields: Mapping[str, str]) -> str:
    kind = _first(fields, ("eprinttype", "archiveprefix")).lower()
    eprint = fields.get("eprint", "")
    return _EPRINTS[kind] + eprint if eprint and kind in _EPRINTS else ""


def _language(fields: Mapping[str, str]) -> str:
    """The language as a BCP 47 tag, "" where it is not given or not known."""
    written = _first(fields, ("langid", "hyphenation", "language")).lower()
    if written in _LANGUAGES:
        return _LANGUAGES[written]
    if len(written.split("-")[0]) in {2, 3} and _LANGUAGE_CODE.fullmatch(written):
        return written
    return ""
