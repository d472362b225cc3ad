"""Lines of the logs: what is written is read again, and what is not a record says why."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.model import (
    Anchor,
    Evidence,
    Judgement,
    Outcome,
    Passage,
    Relation,
    Verdict,
    WorkRecord,
)
from exocite.records import (
    RecordError,
    attachment,
    evidence,
    identity,
    object_of,
    to_line,
    verdict,
    work_record,
)

ANCHOR = Anchor("Exosomes carry RNA.", "before ", " after", 7, 26)
PASSAGE = Passage("ku2023", "abstract", "They carry RNA.", 0, 15, "p. 3", "ab12")
WORK = WorkRecord("ku2023", Outcome.MATCHED, "same DOI", "2026-01-31T12:00:00Z", "crossref")
LINK = Evidence("a.md", "c1", ANCHOR, "ku2023", "10.1/x", PASSAGE, Relation.SUPPORTS, 0.5, "by me")
VERDICT = Verdict("a.md", "c1", ANCHOR, Judgement.SUPPORTED, "ann", "2026-01-31T12:00:00Z")

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
READERS = {WorkRecord: work_record, Evidence: evidence, Verdict: verdict}


@pytest.mark.parametrize("record", [WORK, LINK, VERDICT])
def test_a_record_survives(record: WorkRecord | Evidence | Verdict) -> None:
    line = to_line(record)
    assert "\n" not in line
    assert READERS[type(record)](object_of(line)) == record


@given(st.builds(WorkRecord, key=TEXT.filter(bool), reason=TEXT, title=TEXT, abstract=TEXT))
def test_any_text_survives(record: WorkRecord) -> None:
    line = to_line(record)
    assert "\n" not in line
    assert work_record(object_of(line)) == record


def test_keys_stand_in_the_order_of_the_class_and_empty_ones_are_left_out() -> None:
    assert to_line(WORK) == (
        '{"key": "ku2023", "outcome": "matched", "reason": "same DOI", '
        '"date": "2026-01-31T12:00:00Z", "registry": "crossref"}'
    )


def test_unknown_keys_are_passed_over_and_can_be_kept() -> None:
    later = {**json.loads(to_line(WORK)), "doi": "10.1/old", "rank": [1]}
    assert work_record(later).doi == "10.1/old"
    kept = json.loads(to_line(WORK, later))
    assert kept["rank"] == [1]
    assert "doi" not in kept


BAD = [
    (work_record, "[]", "not a JSON object"),
    (work_record, "{", "not JSON"),
    (work_record, "[" * 100_000, "not JSON"),
    (work_record, '{"outcome": "matched"}', "key is missing"),
    (work_record, '{"key": 3, "outcome": "matched"}', "key is not a text"),
    (work_record, '{"key": "a", "outcome": "splendid"}', "does not know"),
    (work_record, '{"key": "a", "outcome": "matched", "doi": null}', "doi is not a text"),
    (verdict, '{"article": "a", "claim": "c"}', "anchor is missing"),
    (verdict, to_line(VERDICT).replace(": 7", ": -7"), "start is not a whole number"),
    (verdict, to_line(VERDICT).replace(": 7", ": true"), "start is not a whole number"),
    (verdict, to_line(VERDICT).replace(": 7", ": 7" + "0" * 400), "start is larger"),
    (evidence, to_line(LINK).replace("0.5", "5" + "0" * 400), "score is not a number"),
    (evidence, to_line(LINK).replace("0.5", "NaN"), "not JSON"),  # JSON has no such numbers.
    (evidence, to_line(LINK).replace("0.5", "1e999"), "not JSON"),
    (evidence, to_line(LINK).replace("0.5", '"0.5"'), "score is not a number"),
    (attachment, '{"key": "a", "file": "../b.txt", "kind": "text"}', "file is a path"),
    (attachment, '{"key": "a", "file": "Sources.jsonl", "kind": "text"}', "the list of files"),
    (evidence, to_line(LINK).replace('"passage"', '"passages"'), "passage is missing"),
]


@pytest.mark.parametrize(("reader", "line", "words"), BAD)
def test_what_is_no_record_says_why(reader: object, line: str, words: str) -> None:
    assert callable(reader)
    with pytest.raises(RecordError, match=words):
        reader(object_of(line))


def test_identity_reaches_into_parts() -> None:
    value = json.loads(to_line(LINK))
    assert identity(value, ("key", "passage.start", "none.such")) == ('"ku2023"', "0", "null")
