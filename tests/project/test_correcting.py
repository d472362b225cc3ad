"""Which fields of an entry a record may correct, and when it may correct none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exocite import matching
from exocite.model import Name, Outcome, Reference, Resolution, Work
from exocite.project.correcting import Change, confirmed, corrections
from exocite.references import entries

WORK = Work(
    "10.5555/lamps",
    type="journal-article",
    title="Lamps of the harbour in winter",
    authors=(Name(family="Lovelace", given="Ada"),),
    container="Journal of Lamps",
    year="2021",
    years=("2021",),
    volume="7",
    issue="2",
    pages="101-109",
)
FIELDS = {
    "title": "Lamps of the harbour in winter",
    "author": "Lovelace, Ada",
    "journal": "Journal of Lamps",
    "year": "2021",
    "volume": "7",
    "number": "2",
    "pages": "101--109",
    "doi": "10.5555/lamps",
}


def entry(kind: str = "article", /, **more: str) -> Reference:
    fields = {name: value for name, value in {**FIELDS, **more}.items() if value}
    return Reference("k", kind, fields)


def resolved(reference: Reference, work: Work = WORK) -> Resolution:
    return matching.confirm(entries.to_parsed(reference), work)


@pytest.mark.parametrize(
    ("reference", "changes"),
    [
        (entry(), ()),
        (entry(doi=""), (Change("doi", "", "10.5555/lamps"),)),
        (entry(year="2018"), (Change("year", "2018", "2021"),)),
        (entry(year="", date="2018"), (Change("date", "2018", "2021"),)),
        (entry(number="", issue="9"), (Change("issue", "9", "2"),)),
        (entry(volume=""), (Change("volume", "", "7"),)),
        (entry(volume="", crossref="other"), ()),
        (entry(pages="", eid=""), (Change("pages", "", "101–109"),)),
        (entry(journal=""), (Change("journal", "", "Journal of Lamps"),)),
        (entry("misc", journal=""), ()),
        (entry(title="Lamps of the harbor in winter"), ()),
        (entry(author="Lovelace, A."), ()),
        # It may be another work: nothing is written.
        (entry(title="On bridges", year="2018"), ()),
        (entry(author="Babbage, Charles", year="2018"), ()),
        (entry(title="Lamps of the harbour in winter, part II", volume="8", pages="3--9"), ()),
        (entry(title="Correction: Lamps of the harbour in winter", year="2022", pages="8"), ()),
    ],
)
def test_what_conflicts_or_lacks(reference: Reference, changes: tuple[Change, ...]) -> None:
    assert corrections(reference, resolved(reference)) == changes


def test_a_preprint_does_not_overwrite_the_published_version() -> None:
    preprint = replace(WORK, type="posted-content", container="bioRxiv", volume="", pages="")
    reference = entry(year="2022")
    found = resolved(reference, preprint)
    assert found.outcome is Outcome.METADATA_MISMATCH
    assert corrections(reference, found) == ()


@pytest.mark.parametrize("outcome", [Outcome.NOT_FOUND, Outcome.AMBIGUOUS, Outcome.NOT_CHECKED])
def test_without_a_work_nothing_is_corrected(outcome: Outcome) -> None:
    assert corrections(entry(year="2018"), Resolution(outcome, "")) == ()


def test_a_corrected_reference_is_confirmed() -> None:
    wrong = resolved(entry(year="2018"))
    assert wrong.outcome is Outcome.METADATA_MISMATCH
    now = confirmed(entry(), wrong, "Crossref")
    assert (now.outcome, now.reason.startswith("its fields were corrected; ")) == (
        Outcome.MATCHED,
        True,
    )
    assert confirmed(entry(year="2018"), wrong, "Crossref") == wrong
