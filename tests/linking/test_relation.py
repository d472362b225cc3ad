from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.linking.relation import conflicts, relation
from exocite.model import Relation


@pytest.mark.parametrize(
    ("claim", "passage", "said"),
    [
        (
            "Scars shrank by 12 % in treated patients.",
            "In treated patients scars shrank by 21 %.",
            "claim: 12 %, passage: 21 %",
        ),
        (
            "The serum increased collagen synthesis in old skin.",
            "The serum reduced collagen synthesis in old skin.",
            "opposite directions: claim “increased”, passage “reduced”",
        ),
        (
            "Drug use was up-regulated in lung tissue.",
            "In lung tissue drug use was down-regulated.",
            "opposite directions: claim “up”, passage “down”",
        ),
        (
            "The cream does not improve skin elasticity in adults.",
            "The cream improves skin elasticity in adults.",
            "the claim says “not”, the passage does not",
        ),
        (
            "The cream improves skin elasticity in adults.",
            "The cream doesn't improve skin elasticity in adults.",
            "the passage says “doesn't”, the claim does not",
        ),
    ],
)
def test_a_conflict_is_named(claim: str, passage: str, said: str) -> None:
    assert conflicts(claim, passage) == (said,)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Vesicles measure 30 to 150 nm.", "Vesicles measure 40–100 nm in most samples."),
        ("Scars shrank by 12 %.", "Scars shrank by 12.4 % (95 % interval 8 % to 16 %)."),
        ("Scars shrank by 12 %.", "The trial lasted 21 weeks."),
        ("Scars shrank by 12 %.", "In group A 12 % shrank, in group B 21 %."),
        ("The serum increased collagen.", "Wounds without serum had reduced perfusion."),
        ("The serum increased collagen.", "Nothing is known of the price; it was not disclosed."),
        ("The cream does not help.", "The lotion was never tested."),
        ("The serum raised collagen and lowered pain.", "The serum lowered pain."),
        ("The serum increased collagen.", "The serum increased collagen."),
        ("", ""),
    ],
)
def test_no_false_alarm(claim: str, passage: str) -> None:
    assert conflicts(claim, passage) == ()


def test_refutes_needs_much_in_common_and_a_conflict() -> None:
    assert relation(0.9, ("differs",)) is Relation.REFUTES
    assert relation(0.3, ("differs",)) is Relation.MENTIONS
    assert relation(1.0, ()) is Relation.MENTIONS


@given(st.text(max_size=120))
def test_a_text_never_conflicts_with_itself(text: str) -> None:
    assert conflicts(text, text) == ()
