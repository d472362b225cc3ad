"""Field names that no model has, and fields that the entry's type does not print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from exocite.bibliography.doctor.check import Check
from exocite.bibliography.doctor.data_models import KNOWN_FIELDS, NAMED_BY_A_MODEL
from exocite.bibliography.doctor.entry import Entry, Field, Library
from exocite.bibliography.doctor.finding import Finding
from exocite.model import Severity

_OF_PROGRAMS = re.compile(r"bdsk-|opt|x-|msbib-|.*\+an(?::|$)")
_MEANT = 5
"""A name in so many entries of a file is that file's own custom."""
_CANDIDATES = sorted(name for name in NAMED_BY_A_MODEL if len(name) > 3)
_INSTEAD = {
    ("inproceedings", "journal"): "booktitle",
    ("conference", "journal"): "booktitle",
    ("incollection", "journal"): "booktitle",
    ("article", "booktitle"): "journal",
    ("techreport", "school"): "institution",
    ("phdthesis", "institution"): "school",
    ("mastersthesis", "institution"): "school",
}
"""By type: a field that it leaves unprinted, and the one that it asks for in its stead."""


def _run(entry: Entry, library: Library) -> Iterator[Finding]:
    for field in entry.fields:
        own = library.uses.get(field.name, 0) >= _MEANT
        if not (own or field.name in KNOWN_FIELDS or _OF_PROGRAMS.match(field.name)):
            yield _unknown(field)
        wanted = _INSTEAD.get((entry.type, field.name))
        if wanted and wanted not in entry.names and "crossref" not in entry.names:
            if library.model == "biblatex" and wanted in ("school", "institution"):
                continue
            message = f"@{entry.type} does not print {field.name}: it asks for {wanted} instead"
            end = field.start + len(field.written)
            yield field.finding(field.start, end, "misplaced-field", Severity.WARNING, message)


def _unknown(field: Field) -> Finding:
    near = get_close_matches(field.name, _CANDIDATES, n=1, cutoff=0.85)
    hint = f"; did you mean {near[0]}?" if near else ""
    message = f"{field.name} is a field of neither BibTeX nor biblatex{hint}"
    severity = Severity.WARNING if near else Severity.INFO
    end = field.start + len(field.written)
    code = "misspelt-field" if near else "unknown-field"
    return field.finding(field.start, end, code, severity, message)


CHECK = Check(
    (
        ("misspelt-field", "a field's name is nearly that of a known one"),
        ("unknown-field", "a field's name is in neither model and no program's"),
        (
            "misplaced-field",
            "a field that this entry type does not print, for another that it does",
        ),
    ),
    _run,
)
