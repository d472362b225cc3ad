"""The Retraction Watch database as a file: notices about works, without a network.

Source: https://gitlab.com/crossref/retraction-watch-data (retraction_watch.csv, new every working
day). One line a notice; a later reinstatement takes a retraction back.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from exocite.errors import ReadError
from exocite.identifiers import normalise_doi
from exocite.model import Update

NAME = "Retraction Watch"

_NEEDED = ("OriginalPaperDOI", "OriginalPaperPubMedID", "RetractionDOI", "RetractionDate")
_NATURE = "RetractionNature"
_REASON = "Reason"
_LONGEST_REASON = 300
_KINDS = {
    "retraction": "retraction",
    "correction": "correction",
    "expression of concern": "expression_of_concern",
    "reinstatement": "reinstatement",
}
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\b")
_LONGEST_FIELD = 1_000_000


@dataclass(frozen=True, slots=True)
class Notices:
    """The notices that the file holds about the works asked for, by DOI and by PMID.

    `lines` is how many notices the file has in all, `newest` the day of the latest, ISO 8601.
    `reasons` are the database's words for why, by DOI or PMID of the work and notice.
    """

    by_doi: Mapping[str, tuple[Update, ...]]
    by_pmid: Mapping[str, tuple[Update, ...]]
    lines: int
    newest: str
    reasons: Mapping[tuple[str, Update], str] = field(default_factory=dict)

    def of(self, doi: str, pmid: str = "") -> tuple[Update, ...]:
        """The notices that still hold about a work, in the order of their dates."""
        found = (*self.by_doi.get(doi.lower(), ()), *self.by_pmid.get(pmid, ()))
        return _holding(sorted(set(found), key=lambda one: (one.date, one.type, one.doi)))

    def reason(self, notice: Update, doi: str, pmid: str = "") -> str:
        """Why a work was retracted, in the database's words: "data issues, error in data"."""
        return self.reasons.get((doi.lower(), notice)) or self.reasons.get((pmid, notice), "")


def read(path: Path, dois: Collection[str] | None, pmids: Collection[str] | None = ()) -> Notices:
    """The notices about these works; the file is read once, line by line.

    DOIs in lower case; None stands for all. Raises ReadError for a file that cannot be read or is
    not the database: what it does not say then is not "not retracted".
    """
    wanted = None if dois is None else frozenset(dois)
    numbers = None if pmids is None else frozenset(pmids)
    reasons: dict[tuple[str, Update], str] = {}
    by_doi: dict[str, list[Update]] = {}
    by_pmid: dict[str, list[Update]] = {}
    count, newest = 0, ""
    for row in _rows(path):
        kind = _KINDS.get(row[_NATURE].strip().lower())
        if kind is None:
            continue
        count += 1
        day = _day(row["RetractionDate"])
        newest = max(newest, day)
        notice = Update(kind, normalise_doi(row["RetractionDOI"]), day, NAME)
        doi = normalise_doi(row["OriginalPaperDOI"])
        why = _words(row[_REASON])
        if doi and (wanted is None or doi in wanted):
            by_doi.setdefault(doi, []).append(notice)
            reasons[doi, notice] = why
        pmid = row["OriginalPaperPubMedID"].strip()
        if pmid.strip("0") and (numbers is None or pmid in numbers):
            by_pmid.setdefault(pmid, []).append(notice)
            reasons[pmid, notice] = why
    if not count:
        raise ReadError(
            f"{path}: this file holds no notice of Retraction Watch",
            hint="take retraction_watch.csv from Crossref's copy of the database",
        )
    return Notices(
        {key: tuple(found) for key, found in by_doi.items()},
        {key: tuple(found) for key, found in by_pmid.items()},
        count,
        newest,
        reasons,
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows with all columns that are needed, as texts."""
    limit = csv.field_size_limit(_LONGEST_FIELD)
    try:
        if path.exists() and not path.is_file():
            raise ReadError(f"{path}: this is no regular file", hint="name the database's file")
        with path.open("rb") as raw:
            encoding = _encoding(raw.read(1 << 20))
            raw.seek(0)
            text = io.TextIOWrapper(raw, encoding, errors="replace", newline="")
            reader = csv.DictReader(text)
            lacking = [
                name for name in (*_NEEDED, _NATURE) if name not in (reader.fieldnames or ())
            ]
            if lacking:
                raise ReadError(
                    f"{path}: this is not the database of Retraction Watch: no column {lacking[0]}",
                    hint="take retraction_watch.csv from Crossref's copy of the database",
                )
            for row in reader:
                yield {name: row.get(name) or "" for name in (*_NEEDED, _NATURE, _REASON)}
    except OSError as error:
        raise ReadError(
            f"{path}: {error.strerror or error}", hint="check the name and its rights"
        ) from None
    except csv.Error as error:
        raise ReadError(
            f"{path}: this is no CSV: {error}", hint="take the file from its source again"
        ) from None
    finally:
        csv.field_size_limit(limit)


def _encoding(head: bytes) -> str:
    """UTF-8, or Latin-1 as older copies of the database have it."""
    try:
        head[: head.rfind(b"\n") + 1].decode("utf-8-sig")
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8-sig"


def _words(text: str) -> str:
    """The reasons of "+Error in Data;+Duplication of Image;" as words for a sentence."""
    parts = (part.strip(" +\t\r\n") for part in text.split(";"))
    plain = (" ".join(map(_lowered, part.split())) for part in parts if part)
    return ", ".join(plain)[:_LONGEST_REASON]


def _lowered(word: str) -> str:
    return word if word.isupper() else word.lower()


def _day(text: str) -> str:
    """A date as the database writes it, month first, in ISO 8601; "" for none."""
    match = _DATE.match(text.strip())
    if match is None:
        return ""
    month, day, year = (int(part) for part in match.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _holding(notices: list[Update]) -> tuple[Update, ...]:
    """The notices without the retractions that a reinstatement took back."""
    kept: list[Update] = []
    for one in notices:
        if one.type == "reinstatement":
            kept = [other for other in kept if other.type != "retraction"]
        else:
            kept.append(one)
    return tuple(kept)
