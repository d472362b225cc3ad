"""Notices of several sources put together: what they make of an outcome, and of its reason."""

from __future__ import annotations

import pytest

from exocite.matching.notices import merged
from exocite.model import Outcome, Resolution, Update, Work
from exocite.project.noticing import noticed, unasked_since, with_retraction
from exocite.registries.retraction_watch import NAME, Notices

DOI = "10.5555/tea"
PUBLISHER = Update("retraction", "10.5555/n", "2023-04-05", "publisher")
WATCH = Update("retraction", "10.5555/n", "2023-04-05", NAME)
CONCERN = Update("expression_of_concern", "10.5555/e", "2022-01-01", "publisher")
REASONS = {(DOI, WATCH): "error in data"}
DATABASE = Notices({DOI: (WATCH,)}, {"7001": (WATCH,)}, 1, "2023-04-05", REASONS)


def work(*notices: Update) -> Work:
    return Work(DOI, title="Tea", updated_by=notices, hash="h")


def test_sources_are_kept_apart_and_nothing_counts_twice() -> None:
    undated = Update("retraction", "10.5555/n", "", "retraction-watch")
    found = merged([undated, CONCERN], [PUBLISHER, WATCH], [PUBLISHER])
    assert found == (CONCERN, WATCH, PUBLISHER)


@pytest.mark.parametrize(
    ("outcome", "after"),
    [
        (Outcome.MATCHED, Outcome.RETRACTED),
        (Outcome.RETRACTED, Outcome.RETRACTED),
        (Outcome.METADATA_MISMATCH, Outcome.METADATA_MISMATCH),
        (Outcome.NOT_CHECKED, Outcome.NOT_CHECKED),
    ],
)
def test_only_a_match_becomes_retracted(outcome: Outcome, after: Outcome) -> None:
    found = None if outcome is Outcome.NOT_CHECKED else work()
    resolution = Resolution(outcome, "because", found)
    known = noticed(resolution, DOI, "", (), (), DATABASE)
    said = with_retraction(resolution, known)
    words = f"it was retracted on 2023-04-05 (10.5555/n; {NAME}; error in data)"
    assert (said.outcome, said.reason) == (after, f"because; {words}")
    assert known.retraction == "10.5555/n"


def test_a_concern_takes_nothing_back() -> None:
    resolution = Resolution(Outcome.MATCHED, "because", work(CONCERN))
    known = noticed(resolution, DOI, "", (), (), None)
    assert with_retraction(resolution, known) == resolution
    assert (known.retraction, known.notices) == ("", (CONCERN,))


def test_the_reason_of_the_decision_is_not_said_twice() -> None:
    reason = "title agrees; it was retracted (10.5555/n)"
    resolution = Resolution(Outcome.RETRACTED, reason, work(PUBLISHER))
    said = with_retraction(resolution, noticed(resolution, DOI, "", (), (), None)).reason
    assert said == "title agrees; it was retracted on 2023-04-05 (10.5555/n; publisher)"


def test_a_pmid_is_enough() -> None:
    resolution = Resolution(Outcome.NOT_CHECKED, "nobody answered")
    assert noticed(resolution, "", "7001", (), (), DATABASE).notices == (WATCH,)


def test_the_hash_changes_with_notices_that_the_record_does_not_name() -> None:
    bare = Resolution(Outcome.MATCHED, "", work())
    assert noticed(bare, DOI, "", (), (), None).hash_of(work()) == "h"
    assert noticed(bare, DOI, "", (), (), DATABASE).hash_of(work()) != "h"
    named = Resolution(Outcome.MATCHED, "", work(PUBLISHER))
    assert noticed(named, DOI, "", (), (), DATABASE).hash_of(work(PUBLISHER)) == "h"


@pytest.mark.parametrize(
    ("found", "asked", "database", "said"),
    [
        (work(), frozenset(), None, True),
        (work(), frozenset({DOI}), None, False),
        (work(), frozenset(), DATABASE, False),
        (Work("", title="Tea"), frozenset(), None, False),
        (None, frozenset(), None, False),
    ],
)
def test_what_a_snapshot_alone_told_of_may_have_been_retracted_since(
    found: Work | None, asked: frozenset[str], database: Notices | None, said: bool
) -> None:
    why = unasked_since(
        Resolution(Outcome.MATCHED, "", found), "2026-02-01T00:00:00Z", asked, database
    )
    assert ("snapshot of 2026-02-01 may have been retracted since" in why) is said
