"""What the generator of false claims changes, and what it must leave alone."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training import flip_words, flips

DOCUMENT = [
    "Here we show that loss of Abc1 increases the growth of roots in dry soil (Figure 2).",
    "Plants were grown for 12 weeks in 40 pots under white light.",
    "In contrast, shoots did not respond to the same treatment.",
    "All seedlings that lacked Abc1 survived more than 3 days without water.",
    "Root length was higher in mutants than in wild types throughout the experiment.",
]


def draws(count=40):
    return (random.Random(seed) for seed in range(count))


@pytest.mark.parametrize(
    ("change", "text", "allowed"),
    [
        (
            flips.direction,
            "The drug hastens recovery.",
            {
                "The drug delays recovery.",
                "The drug slows recovery.",
                "The drug decelerates recovery.",
            },
        ),
        (flips.negated, "Cells were alive.", {"Cells were not alive.", "Cells were never alive."}),
        (flips.affirmed, "The drug did not increase appetite.", {"The drug increased appetite."}),
        (flips.affirmed, "It failed to activate the gene.", {"It activated the gene."}),
        (flips.affirmed, "The cells cannot divide.", {"The cells can divide."}),
        (flips.comparator, "More than 30 fish died.", {"Less than 30 fish died."}),
        (
            flips.unit,
            "They ate 5 mg daily",
            {
                "They ate 5 ng daily",
                "They ate 5 µg daily",
                "They ate 5 g daily",
                "They ate 5 kg daily",
                "They ate 5 mg weekly",
                "They ate 5 mg monthly",
            },
        ),
        (flips.quantifier, "Birds always return.", {"Birds never return.", "Birds rarely return."}),
        (
            flips.sides,
            "Rates were higher in towns than in villages.",
            {"Rates were higher in villages than in towns."},
        ),
        (
            flips.sides,
            "Old trees were taller than young trees.",
            {None},
        ),
        (
            flips.sides,
            "Old trees were larger than young trees.",
            {"Young trees were larger than old trees."},
        ),
        (
            flips.twice,
            "Smoke aggravates coughs in children.",
            {
                f"Smoke does not {verb} coughs in children."
                for verb in ("alleviate", "relieve", "mitigate")
            },
        ),
        (flips.rewritten, "It cost 2.5 kg of salt", {"It cost 2500 g of salt", None}),
    ],
)
def test_change(change, text, allowed):
    found = {change(text, draw) for draw in draws()}
    assert found <= allowed
    assert found != {None} or allowed == {None}


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (flips.negated, "The drug did not increase appetite."),
        (flips.affirmed, "It was neither cold nor without wind, not at all."),
        (flips.affirmed, "The drug increased appetite."),
        (flips.direction, "More recently a table was found."),
        (flips.number, "Strain X17 and figure 3a were used."),
        (flips.unit, "The mg of it"),
        (flips.comparator, "Rates differed (p < 0.05)."),
        (flips.twice, "The drug did not increase appetite."),
        (flips.hedged, "The drug may increase appetite."),
    ],
)
def test_left_alone(change, text):
    assert {change(text, draw) for draw in draws()} == {None}


@pytest.mark.parametrize(
    "text",
    ["In 1999 a dam broke.", "Half of 64 people, 31.5 % of them women", "It took 1,250 steps."],
)
def test_a_number_is_clearly_another(text):
    for draw in draws():
        other = flips.number(text, draw)
        assert other is not None
        before, after = (
            [n.replace(",", "") for n in re.findall(r"[\d.,]*\d", t)] for t in (text, other)
        )
        changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
        assert len(changed) == 1
        old, new = map(float, changed[0])
        assert abs(old - new) > 0.2 * min(old, new) or 1900 < old < 2030


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        ("Here we show that Abc1 binds (see Table 1) the promoter.", "Abc1 binds the promoter."),
        ("CONCLUSIONS: These results suggest that sleep helps.", "Sleep helps."),
        ("However, sleep helps.", "Sleep helps."),
        ("Theory helps.", "Theory helps."),
    ],
)
def test_bare(sentence, claim):
    assert flips.bare(sentence) == claim


def test_article_follows_the_new_word():
    found = {flips.direction("A rise was seen.", draw) for draw in draws()}
    assert found <= {f"A {word} was seen." for word in ("fall", "drop", "decline")}
    match = re.search("rise", "A rise")
    assert flips.swapped("A rise", match, "increase") == "An increase"


def test_same_seed_same_pairs():
    one, two = (list(flips.pairs([DOCUMENT] * 3, 60, random.Random(5))) for _ in range(2))
    assert one == two
    assert len(one) == 60


def test_pairs_hold_by_construction():
    made = list(flips.pairs([DOCUMENT] * 4, 400, random.Random(1)))
    labels = {flip.label for flip in made}
    assert labels == {"supports", "refutes", "neutral"}
    for flip in made:
        assert flip.hypothesis
        assert flip.premise
        if flip.label == "refutes":
            # something that makes it false must stand in the claim or in the passage
            assert flip.hypothesis.rstrip(".") not in flip.premise
        if flip.kind.endswith("both"):
            assert flip.label == "supports"
    refuted = sum(flip.label == "refutes" for flip in made)
    assert 0.25 < refuted / len(made) < 0.55


def test_a_claim_word_alone_does_not_tell():
    made = list(flips.pairs([DOCUMENT] * 4, 600, random.Random(2)))
    negated = [flip for flip in made if flip_words.NEGATOR.search(flip.hypothesis)]
    assert {"supports", "refutes"} <= {flip.label for flip in negated}


def test_documents_that_are_too_short_give_nothing():
    assert list(flips.pairs([["Too short."], []], 10, random.Random(1))) == []


@given(st.text(max_size=120))
def test_any_text_is_survived(text):
    draw = random.Random(0)
    for change, _ in flips.FALSE.values():
        change(text, draw)
    flips.reworded(flips.bare(text), draw)


def test_verb_forms():
    assert flip_words.forms("carry") == ("carry", "carries", "carried", "carrying")
    assert flip_words.forms("suppress")[1] == "suppresses"
    assert flip_words.forms("reduce")[3] == "reducing"
    assert flip_words.forms("rise")[2] == "rose"
    for word, others in flip_words.OPPOSITES.items():
        assert word not in others
