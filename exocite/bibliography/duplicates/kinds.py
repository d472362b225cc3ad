"""What a record is: article, conference paper, preprint, thesis, book or chapter."""

from __future__ import annotations

import re

from exocite.matching.words import words

PREPRINT, CONFERENCE = "preprint", "conference paper"
_TYPES = {
    "inproceedings": CONFERENCE,
    "conference": CONFERENCE,
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
    "book": "book",
    "mvbook": "book",
    "collection": "book",
    "proceedings": "proceedings",
    "incollection": "chapter",
    "inbook": "chapter",
    "techreport": "report",
    "report": "report",
    "patent": "patent",
    "software": "software",
    "dataset": "data set",
}
_SERVERS = frozenset(
    """
    arxiv biorxiv medrxiv chemrxiv psyarxiv techrxiv engrxiv socarxiv eartharxiv edarxiv preprint
    preprints ssrn authorea corr
    """.split()
)
_SERVER_DOI = re.compile(
    r"10\.(?:1101/(?!gr\.|gad\.|lm\.|sqb|cshperspect|pdb\.|rna)|48550/|21203/|2139/ssrn|31234/"
    r"|26434/|20944/preprints|36227/|22541/|31219/|31235/|1149[0-9]/|64898/)"
)
_MEETINGS = frozenset(
    """
    proceedings proc conference conf symposium symp workshop congress meeting tagung colloquium
    """.split()
)
_JOURNALS = frozenset("journal transactions letters annals bulletin review reviews".split())


def kind_of(entry_type: str, container: str, doi: str, *, placed: bool) -> str:
    """The kind in words, "" where nothing tells it; `placed` says that it has volume or issue."""
    said = words(container)
    telling = set(said)
    if telling & _SERVERS or {"research", "square"} == telling or _SERVER_DOI.match(doi):
        return PREPRINT
    kind = _TYPES.get(entry_type, "")
    if kind:
        return kind
    if container and telling & _MEETINGS and not telling & _JOURNALS and not placed:
        return CONFERENCE
    if entry_type == "article" or (container and entry_type in {"", "periodical"}):
        return "article"
    return ""
