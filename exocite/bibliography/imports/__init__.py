"""Reading references from other programs' files: one file a format, registered here.

`record` says what an import gives, `values` reads what several formats write alike, `xml_tree`
cuts XML into records, `zotero` turns Zotero's items into entries, `additions` writes many entries
into a bibliography at once. A new format is a file and a line. BibTeX is no import: its entries are
taken over letter by letter.
"""

from __future__ import annotations

from exocite.bibliography.imports.better_bibtex import BETTER_BIBTEX
from exocite.bibliography.imports.csljson import CSL_JSON
from exocite.bibliography.imports.endnote import ENDNOTE
from exocite.bibliography.imports.identifier_list import IDENTIFIERS
from exocite.bibliography.imports.mixed import TEXT
from exocite.bibliography.imports.nbib import NBIB
from exocite.bibliography.imports.record import (
    Broken,
    Format,
    Imported,
    Printed,
    Record,
    Wanted,
    Written,
)
from exocite.bibliography.imports.ris import RIS
from exocite.bibliography.imports.zotero_rdf import ZOTERO_RDF

__all__ = [
    "FORMATS",
    "Broken",
    "Format",
    "Imported",
    "Printed",
    "Record",
    "Wanted",
    "Written",
    "detect",
]

FORMATS: tuple[Format, ...] = (
    RIS,
    NBIB,
    ENDNOTE,
    ZOTERO_RDF,
    BETTER_BIBTEX,
    CSL_JSON,
    IDENTIFIERS,
    TEXT,
)
"""Every format, those that are known by a surer sign first; text only where it is asked for."""


def detect(text: str) -> Format | None:
    """The format that the text looks like, None where it looks like none.

    What people wrote among other words is none of them: see `mixed`.
    """
    return next((one for one in FORMATS if one is not TEXT and one.looks(text)), None)
