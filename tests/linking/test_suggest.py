from __future__ import annotations

import dataclasses
import time
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exocite.linking import link
from exocite.linking.relation import Pair, Reading
from exocite.model import (
    Citation,
    CitationKind,
    CitedItem,
    Claim,
    Reference,
    Relation,
    SourceText,
    Span,
)
from exocite.policy import Policy
from exocite.text import digest
from tests.timing import assert_linear

BEES = (
    "Honeybees tell each other where food is. "
    "The waggle dance gives the direction of a feeding place relative to the sun. "
    "Its duration grows with the distance of the flight. "
    "Colonies that were kept in darkness danced less precisely."
)
TIDES = (
    "Tides follow the moon and, more weakly, the sun. "
    "In the Bay of Fundy the tidal range exceeds 16 m. "
    "Resonance of the basin explains most of that height."
)
GLASS = (
    "Window glass does not flow at room temperature. Old panes are thicker below by manufacture."
)


def text(key: str, words: str, field: str = "abstract") -> SourceText:
    return SourceText(key, field, words, "", digest(words))


REFERENCES = [
    Reference("frisch1967", "book", {"title": "The dance language of bees", "doi": "10.1000/bees"}),
    Reference("garrett1972", "article", {"title": "Tidal resonance in a large bay"}),
    Reference("zanotto1998", "article", {"title": "Do cathedral glasses flow?"}),
    Reference("nobody2000", "article", {"title": "The waggle dance of bees shows the direction"}),
]
TEXTS = [text("frisch1967", BEES), text("garrett1972", TIDES), text("zanotto1998", GLASS)]


def claim(statement: str, *cited: str, before: str = "", section: str = "") -> Claim:
    items = tuple(CitedItem(key, Span(0, 1), keys=(key,)) for key in cited)
    marks = (Citation(CitationKind.PANDOC, Span(0, 1), items),) if cited else ()
    return Claim(
        "c1", Span(0, 1), statement, statement, 1.0, "", "", section, before, citations=marks
    )


def one(statement: str, *cited: str, before: str = "", **options: Any):
    (found,) = link(
        [claim(statement, *cited, before=before)], TEXTS, REFERENCES, Policy(), **options
    )
    return found


def test_another_judge_can_stand_in_for_the_rules():
    asked: list[Pair] = []

    def doubting(pairs: Sequence[Pair]) -> list[Reading]:
        asked.extend(pairs)
        return [Reading(Relation.REFUTES, 0.1, 0.8, ("doubted",)) for _ in pairs]

    (best, *_) = one("The waggle dance of bees shows the direction.", judge=doubting).suggestions
    assert (best.relation, best.conflicts) == (Relation.REFUTES, ("doubted",))
    assert best.passage.text in [pair.passage for pair in asked]


def test_what_is_more_likely_not_the_source_never_supports() -> None:
    def agreeing(pairs: Sequence[Pair]) -> list[Reading]:
        return [Reading(Relation.SUPPORTS, 0.9, 0.0, ()) for _ in pairs]

    near = "The waggle dance of bees shows the direction of a feeding place."
    far = "The dance of cranes is long and loud."
    found = [
        *one(near, judge=agreeing).suggestions,
        *one(far, least=0.0, judge=agreeing).suggestions,
    ]
    told = {suggestion.confidence >= 0.5: suggestion.relation for suggestion in found}
    assert told == {True: Relation.SUPPORTS, False: Relation.MENTIONS}
    (cited,) = one(far, "frisch1967", judge=agreeing).suggestions
    assert cited.confidence < 0.5
    assert cited.relation is Relation.SUPPORTS, "its author says that it is the source"


def test_a_verifier_reads_what_is_suggested_and_the_judge_the_rest() -> None:
    read: list[str] = []
    left: list[str] = []

    def verifier(pairs: Sequence[Pair]) -> list[Reading]:
        assert [pair.similarity for pair in pairs] == [None]
        read.extend(pair.passage for pair in pairs)
        return [Reading(Relation.MENTIONS, 0.1, 0.1, (), "verifier") for _ in pairs]

    def judging(pairs: Sequence[Pair]) -> list[Reading]:
        assert [pair.similarity for pair in pairs] == [0.5]
        left.extend(pair.passage for pair in pairs)
        return [Reading(Relation.SUPPORTS, 0.9, 0.0, ()) for _ in pairs]

    def alike(claim: str, sentences: Sequence[str], /) -> list[float]:
        return [0.5 for _ in sentences]

    models = {"similarity": alike, "judge": judging, "verifier": verifier}
    told = "The waggle dance of bees shows the direction of a feeding place."
    found = one(told, least=0.01, **models)
    assert read == [suggestion.passage.text for suggestion in found.suggestions]
    assert {suggestion.relation for suggestion in found.suggestions} == {Relation.MENTIONS}
    assert left == []
    weak = found.suggestions[0].confidence + 0.01
    read.clear()
    nearest = one(told, least=weak, **models).nearest
    assert nearest is not None
    assert (nearest.relation, left, read) == (Relation.SUPPORTS, [nearest.passage.text], [])


def test_of_a_work_that_is_named_a_verifier_reads_one_sentence_more() -> None:
    read: list[str] = []

    def verifier(pairs: Sequence[Pair]) -> list[Reading]:
        read.extend(pair.passage for pair in pairs)
        return [Reading(Relation.MENTIONS, 0.1, 0.1, (), "verifier") for _ in pairs]

    found = one("The waggle dance shows a direction.", "frisch1967", verifier=verifier)
    assert len(read) == len(set(read)) == 2
    assert found.suggestions[0].passage.text == read[0]


def test_the_work_and_its_sentence_are_found_with_exact_offsets() -> None:
    found = one("The waggle dance of bees shows the direction of a feeding place.")
    best = found.suggestions[0]
    assert best.key == "frisch1967"
    assert best.doi == "10.1000/bees"
    assert "gives the direction of a feeding place" in best.passage.text
    assert BEES[best.passage.start : best.passage.end] == best.passage.text
    assert best.passage.source_hash == digest(BEES)
    assert best.passage.field == "abstract"
    assert best.relation is Relation.SUPPORTS
    assert best.confidence > 0.5
    assert found.reason == ""


def test_works_without_text_are_named_and_never_suggested() -> None:
    found = one("The waggle dance of bees shows the direction of a feeding place.")
    assert found.not_compared == ("nobody2000",)
    assert "nobody2000" not in {suggestion.key for suggestion in found.suggestions}


@pytest.mark.parametrize(
    "statement",
    ["The price of copper doubled in March.", "Parliament voted for the new tax.", "Xyzzy plugh."],
)
def test_none_of_these_is_an_answer(statement: str) -> None:
    found = one(statement)
    assert found.suggestions == ()
    assert found.reason == (
        "no passage of frisch1967, garrett1972, zanotto1998 is close enough to this claim; "
        "nobody2000 has no text to compare with"
    )


def test_a_cited_work_is_listed_even_when_weak() -> None:
    found = one("The price of copper doubled in March.", "garrett1972", "frisch1967")
    assert {suggestion.key for suggestion in found.suggestions} == {"garrett1972", "frisch1967"}
    assert found.reason == (
        "no passage of the cited garrett1972, frisch1967 is close enough to this claim"
    )
    assert all(suggestion.relation is Relation.MENTIONS for suggestion in found.suggestions)


def test_a_cited_work_excludes_others_that_fit_better() -> None:
    found = one("The waggle dance gives the direction of a feeding place.", "garrett1972")
    assert [suggestion.key for suggestion in found.suggestions] == ["garrett1972"]
    assert found.not_compared == ()


def test_a_cited_work_without_text_is_said_to_be_so() -> None:
    found = one("Bees dance.", "nobody2000")
    assert found.suggestions == ()
    assert found.reason == "the cited work has no text to compare with: nobody2000"
    assert found.not_compared == ("nobody2000",)


def test_a_citation_of_an_unknown_key_leaves_all_works_as_candidates() -> None:
    found = one("The waggle dance of bees shows the direction of a feeding place.", "unknown1")
    assert found.suggestions[0].key == "frisch1967"
    none = one("The museum of glass opens on Mondays.", "unknown1")
    assert none.reason.startswith("what it cites is not in the bibliography; no passage of")


def test_no_work_has_a_text() -> None:
    (found,) = link([claim("Bees dance.")], [], REFERENCES, Policy())
    keys = "frisch1967, garrett1972, zanotto1998, nobody2000"
    assert found.reason == f"none of the 4 works has a text to compare with: {keys}"
    assert found.not_compared == tuple(keys.split(", "))


def test_many_works_without_text_are_not_all_spelled_out() -> None:
    references = [Reference(f"k{number}", "book", {}) for number in range(9)]
    (found,) = link([claim("Bees dance.")], [], references, Policy())
    assert found.reason.endswith("k0, k1, k2, k3, k4 and 4 more")
    assert len(found.not_compared) == 9


@pytest.mark.parametrize(
    ("statement", "reason"),
    [("", "the claim has no words to look for"), ("It is so.", "the claim has no words")],
)
def test_a_claim_without_content(statement: str, reason: str) -> None:
    assert one(statement).reason.startswith(reason)


def test_no_reference_at_all() -> None:
    (found,) = link([claim("Bees dance.")], TEXTS, [], Policy())
    assert found.reason == "there is no reference to compare with"


def test_a_conflict_is_said_beside_the_passage() -> None:
    found = one("In the Bay of Fundy the tidal range exceeds 25 m.")
    best = found.suggestions[0]
    assert best.key == "garrett1972"
    assert best.conflicts == ("claim: 25 m, passage: 16 m",)
    assert best.relation is Relation.REFUTES


def test_the_sentence_before_helps_a_pronoun() -> None:
    statement = "These grow with the distance of the flight."
    alone = one(statement, least=0.0)
    helped = one(statement, before="The waggle dances of honeybees have a duration.", least=0.0)
    rivals = {s.key: s.score for s in helped.suggestions}
    assert helped.suggestions[0].key == "frisch1967"
    assert helped.suggestions[0].score - rivals.get("garrett1972", 0.0) > alone.suggestions[
        0
    ].score - {s.key: s.score for s in alone.suggestions}.get("garrett1972", 0.0)


def test_the_sentence_before_does_not_count_without_a_pronoun() -> None:
    statement = "Duration grows with the distance of the flight."
    assert one(statement, before="Tides follow the moon.") == one(statement)


def test_least_zero_lists_whatever_shares_a_word() -> None:
    assert one("The sun was red.").suggestions == ()
    assert one("The sun was red.", least=0.0).suggestions != ()


def test_policy_bounds_the_suggestions() -> None:
    policy = Policy(suggestions=1)
    (found,) = link([claim("The sun follows the moon.")], TEXTS, REFERENCES, policy, least=0.0)
    assert len(found.suggestions) == 1


def test_the_answer_does_not_depend_on_the_order_of_the_bibliography() -> None:
    claims = [claim("The tidal range follows the moon and the sun."), claim("Glass does not flow.")]
    forwards = link(claims, TEXTS, REFERENCES, Policy())
    backwards = link(claims, TEXTS[::-1], REFERENCES[::-1], Policy())
    assert forwards == backwards


def test_linkings_come_in_the_order_of_the_claims() -> None:
    claims = [dataclasses.replace(claim("Bees dance."), id=name) for name in ("b", "a", "c")]
    assert [one.claim for one in link(claims, TEXTS, REFERENCES, Policy())] == ["b", "a", "c"]


def test_a_note_is_quoted_from_the_note() -> None:
    note = "Says on p. 4 that queens leave the hive in May."
    texts = [*TEXTS, text("nobody2000", note, "annote")]
    (found,) = link([claim("Queens leave the hive in May.")], texts, REFERENCES, Policy())
    assert found.suggestions[0].key == "nobody2000"
    assert found.suggestions[0].passage.field == "annote"
    assert found.not_compared == ()


def test_passages_never_span_two_texts() -> None:
    texts = [text("frisch1967", "Bees dance in May."), text("frisch1967", "Bees dance.", "annote")]
    (found,) = link([claim("Bees dance in May.", "frisch1967")], texts, REFERENCES, Policy())
    passage = found.suggestions[0].passage
    assert passage.text == "Bees dance in May."
    assert passage.field == "abstract"


def test_wording_never_says_verified() -> None:
    everything = [one(words) for words in ("Bees dance.", "", "Copper.")]
    assert not any("verif" in found.reason for found in everything)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.text(max_size=200), st.text(max_size=30))
def test_any_text_gives_bounded_numbers_and_true_quotes(
    statement: str, words: str, title: str
) -> None:
    references = [Reference("a", "misc", {"title": title}), *REFERENCES]
    texts = [text("a", words), *TEXTS]
    (found,) = link([claim(statement)], texts, references, Policy(), least=0.0)
    of_key = {item.key: item.text for item in texts}
    assert found.suggestions or found.reason
    for suggestion in found.suggestions:
        passage = suggestion.passage
        assert 0.0 <= suggestion.confidence <= 1.0
        assert 0.0 <= suggestion.score <= 1.0 + 1e-6
        assert of_key[suggestion.key][passage.start : passage.end] == passage.text


def test_a_very_long_claim_and_a_very_long_text_take_bounded_time() -> None:
    long_text = " ".join(f"Sentence {number} speaks of bees and tides." for number in range(4000))
    statement = " ".join(f"word{number} bees dance" for number in range(700))
    started = time.process_time()
    (found,) = link(
        [claim(statement)], [text("frisch1967", long_text)], REFERENCES, Policy(), least=0.0
    )
    assert found.suggestions
    assert time.process_time() - started < 15


DUST = (
    "Grains of dust are found everywhere. Dust grains have a diameter of 30 to 150 nm in air. "
    "Prices of filters range from $30 to $150 by maker."
)


def test_a_size_finds_the_size_and_not_the_price() -> None:
    texts = [text("zanotto1998", DUST)]
    statement = "Dust grains, ranging from 30 to 150 nanometers, are found in air."
    (found,) = link([claim(statement)], texts, REFERENCES, Policy())
    assert found.suggestions[0].passage.text.endswith("diameter of 30 to 150 nm in air.")
    assert found.suggestions[0].conflicts == ()


def test_a_number_that_the_passage_lacks_lowers_the_confidence() -> None:
    statement = "The waggle dance gives the direction of a feeding place to {}."
    plain = one(statement.format("bees"), least=0.0).suggestions[0]
    number = one(statement.format("bees within 90 nm"), least=0.0).suggestions[0]
    assert number.key == plain.key == "frisch1967"
    assert number.confidence < plain.confidence
    assert number.conflicts == ()


def test_a_neighbour_that_adds_nothing_is_not_quoted() -> None:
    words = "Bees live in hives. Bees dance to show the direction of food. Bees sleep at night."
    (found,) = link(
        [claim("Bees dance to show the direction of food.")],
        [text("frisch1967", words)],
        REFERENCES,
        Policy(),
    )
    assert found.suggestions[0].passage.text == "Bees dance to show the direction of food."


def test_the_plan_of_a_review_is_no_passage_where_a_finding_says_as_much() -> None:
    words = "Bees dance to show where food is. In this review, we discuss why bees dance for food."
    (found,) = link(
        [claim("Bees dance for food.", "frisch1967")],
        [text("frisch1967", words)],
        REFERENCES,
        Policy(),
    )
    assert found.suggestions[0].passage.text == "Bees dance to show where food is."


def test_a_claim_that_points_back_is_looked_for_with_its_subject() -> None:
    before = "Tides are a daily sight in every bay of this coast."
    found = one("They follow the sun.", before=before, least=0.0)
    assert found.suggestions[0].key == "garrett1972"


def test_an_aside_is_never_quoted_where_the_work_says_anything_else() -> None:
    words = "Hives are warm. In this review, we discuss why bees dance for food in May."
    (found,) = link(
        [claim("Bees dance for food in May.", "frisch1967")],
        [text("frisch1967", words)],
        REFERENCES,
        Policy(),
    )
    assert found.suggestions[0].passage.text == "Hives are warm."


def test_a_book_neither_attracts_every_claim_nor_vanishes() -> None:
    pages = " ".join(
        f"The colony of year {n} had a queen, a hive and {n} workers in the sun."
        for n in range(900)
    )
    book = text("nobody2000", f"{pages} Drones leave the hive at noon. {pages}", "file")
    texts = [*TEXTS, book]
    claims = [
        claim("Resonance of the basin explains most of the height of the tides."),
        claim("The waggle dance gives the direction of a feeding place."),
        claim("Drones leave the hive at noon."),
    ]
    found = link(claims, texts, REFERENCES, Policy(), least=0.0)
    assert [one.suggestions[0].key for one in found] == ["garrett1972", "frisch1967", "nobody2000"]
    passage = found[2].suggestions[0].passage
    assert "Drones leave the hive at noon." in passage.text
    assert book.text[passage.start : passage.end] == passage.text


def test_the_cost_grows_with_the_length_of_claim_and_text_alone() -> None:
    def cost(size: int) -> float:
        long_text = " ".join(f"Sentence w{n % 997} speaks of bees and tides." for n in range(size))
        statement = " ".join(f"w{n % 997} bees dance" for n in range(size // 10))
        started = time.process_time()
        link([claim(statement)], [text("frisch1967", long_text)], REFERENCES, Policy(), least=0.0)
        return time.process_time() - started

    assert_linear(cost, 1000, 4)
