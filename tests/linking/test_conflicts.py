from __future__ import annotations

import pytest

from exocite.linking.conflicts import Conflict, differences
from exocite.linking.relation import conflicts
from exocite.linking.statement import statement

NAMED = [
    (
        "number",
        "Scars shrank by 12 % in treated patients.",
        "In treated patients scars shrank by 21 %.",
        "claim: 12 %, passage: 21 %",
    ),
    (
        "number",
        "Each dose held 5 mg of the active salt.",
        "Each dose held 5 µg of the active salt.",
        "claim: 5 mg, passage: 5 µg",
    ),
    (
        "number",
        "Vesicles of this size measure 30–60 nm in plasma.",
        "Vesicles of this size measure 0.1–0.2 µm in plasma.",
        "claim: 30–60 nm, passage: 0.1–0.2 µm",
    ),
    (
        "number",
        "The dose doubled collagen output in skin cultures.",
        "The dose raised collagen output fivefold in skin cultures.",
        "claim: doubled, passage: fivefold",
    ),
    (
        "number",
        "The trial in Lyon began in 2011 with weekly visits.",
        "The trial in Lyon began in 2014 with weekly visits.",
        "claim: 2011, passage: 2014",
    ),
    (
        "number",
        "The screen found three genes linked to skin ageing.",
        "The screen found eight genes linked to skin ageing.",
        "claim: three, passage: eight",
    ),
    (
        "opposite",
        "The serum increased collagen synthesis in old skin.",
        "The serum reduced collagen synthesis in old skin.",
        "opposite directions: claim “increased”, passage “reduced”",
    ),
    (
        "opposite",
        "Drug use was up-regulated in lung tissue.",
        "In lung tissue drug use was down-regulated.",
        "opposite directions: claim “upregulated”, passage “downregulated”",
    ),
    (
        "opposite",
        "The cream reduces the inhibition of skin repair by cortisol.",
        "The cream reduces skin repair by cortisol.",
        "opposite directions: claim “reduces”, passage “reduces”",
    ),
    (
        "opposite",
        "The kinase Fob3 is essential for spore germination.",
        "The kinase Fob3 is dispensable for spore germination.",
        "opposite directions: claim “essential”, passage “dispensable”",
    ),
    (
        "opposite",
        "Strain K9 is sensitive to copper salts.",
        "Strain K9 is resistant to copper salts.",
        "opposite directions: claim “sensitive”, passage “resistant”",
    ),
    (
        "negation",
        "The cream does not improve skin elasticity in adults.",
        "The cream improves skin elasticity in adults.",
        "the claim says “not”, the passage does not",
    ),
    (
        "negation",
        "The cream improves skin elasticity in adults.",
        "The cream doesn't improve skin elasticity in adults.",
        "the passage says “doesn't”, the claim does not",
    ),
    (
        "negation",
        "Treated plots failed to yield ripe barley grain.",
        "Treated plots yield ripe barley grain.",
        "the claim says “failed”, the passage does not",
    ),
    (
        "comparison",
        "Steel wire is stronger than copper wire.",
        "Copper wire is stronger than steel wire.",
        "the comparison is the other way round: “stronger” of the other one",
    ),
    (
        "quantifier",
        "All patients in the northern ward recovered quickly.",
        "Some patients in the northern ward recovered quickly.",
        "claim “All”, passage “some”",
    ),
    (
        "certainty",
        "Green tea proves that catechins slow skin ageing in adults.",
        "Green tea catechins may slow skin ageing in adults.",
        "the passage says “may”, the claim says “proves”",
    ),
    (
        "population",
        "The serum closed wounds in patients.",
        "The serum closed wounds in mice.",
        "the claim is about patients, the passage about mice",
    ),
]

SILENT = [
    ("Vesicles measure 30 to 150 nm.", "Vesicles measure 40–100 nm in most samples."),
    ("Vesicles measure 150 nm.", "Vesicles measure 0.15 µm."),
    ("The visit took 2 hours.", "The visit took 120 minutes."),
    ("Scars shrank by 12 %.", "Scars shrank by 12.4 % (95 % interval 8 % to 16 %)."),
    ("Scars shrank by 12 %.", "The trial lasted 21 weeks."),
    ("Scars shrank by 12 %.", "In group A 12 % shrank, in group B 21 %."),
    ("Scars shrank in old patients (p = 0.01).", "Scars shrank in old patients (p = 0.04)."),
    ("The serum increased collagen.", "Wounds without serum had reduced perfusion."),
    ("The serum increased collagen.", "Nothing is known of the price; it was not disclosed."),
    ("The cream does not help.", "The lotion was never tested."),
    ("The serum raised collagen and lowered pain.", "The serum lowered pain."),
    ("The serum increased collagen.", "The serum increased collagen."),
    (
        "The serum did not lower collagen in old skin.",
        "The serum increased collagen in old skin.",
    ),
    (
        "Steel wire is stronger than copper wire.",
        "Copper wire is weaker than steel wire.",
    ),
    (
        "Not only adults used the cream on dry skin.",
        "Adults used the cream on dry skin.",
    ),
    (
        "The enzyme restores skin repair in old mice.",
        "Loss of the enzyme impairs skin repair in old mice.",
    ),
    ("", ""),
    ("12 %", ""),
    ("", "not increased"),
]


def found(claim: str, passage: str) -> tuple[Conflict, ...]:
    return differences(claim, passage, statement(claim), statement(passage))


@pytest.mark.parametrize(("kind", "claim", "passage", "said"), NAMED)
def test_a_conflict_is_named(kind: str, claim: str, passage: str, said: str) -> None:
    assert (kind, said.casefold()) in {
        (one.kind, one.said.casefold()) for one in found(claim, passage)
    }


@pytest.mark.parametrize(("claim", "passage"), SILENT)
def test_no_false_alarm(claim: str, passage: str) -> None:
    assert found(claim, passage) == ()


@pytest.mark.parametrize("kind", ["certainty", "population"])
def test_what_can_be_true_together_is_not_grave(kind: str) -> None:
    claim, passage = next((row[1], row[2]) for row in NAMED if row[0] == kind)
    assert not any(one.grave for one in found(claim, passage))


def test_the_sentence_itself_never_conflicts() -> None:
    for _, claim, passage, _ in NAMED:
        assert found(claim, claim) == ()
        assert found(passage, passage) == ()


DOSE = "Vesicles were used at a dose of {} particles per ml in the water."


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("106", "10^6"), ("106", "10⁶"), ("10^6", "106"), ("10^6", "10"), ("1012", "10")],
)
def test_a_power_that_lost_its_raised_digits_is_no_other_number(ours: str, theirs: str) -> None:
    assert conflicts(DOSE.format(ours), DOSE.format(theirs)) == ()


def test_numbers_that_are_no_powers_still_differ() -> None:
    assert conflicts(DOSE.format("106"), DOSE.format("110")) == ("claim: 106, passage: 110",)
