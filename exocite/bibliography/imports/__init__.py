"""Reading references from other programs' files: one file a format, registered here.

`record` says what an import gives, `values` reads what several formats write alike, `xml_tree`
cuts XML into records, `additions` writes many entries into a bibliography at once. A new format is
a file and a line. BibTeX is no import: its entries are taken over letter by letter.
"""

from __future__ import annotations

from exocite.bibliography.imports.csljson import CSL_JSON
from exocite.bibliography.imports.endnote import ENDNOTE
from exocite.bibliography.imports.identifier_list import IDENTIFIERS
from exocite.bibliography.imports.nbib import NBIB
from exocite.bibliography.imports.record import Broken, Format, Imported, Record, Wanted
from exocite.bibliography.imports.ris import RIS

__all__ = ["FORMATS", "Broken", "Format", "Imported", "Record", "Wanted", "detect"]

FORMATS: tuple[Format, ...] = (RIS, NBIB, ENDNOTE, CSL_JSON, IDENTIFIERS)
"""Every format, those that are known by a surer sign first."""


def detect(text: str) -> Format | None:
    """The format that the text looks like, None where it looks like none."""
    return next((one for one in FORMATS if one.looks(text)), None)
