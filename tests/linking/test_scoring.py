from __future__ import annotations

import random

import pytest

from exocite.linking.background import SENTENCES, frequencies
from exocite.linking.coefficients import CORE, MODES
from exocite.linking.collection import Collection
from exocite.linking.compare import SENTENCE_FEATURES, WORK_FEATURES, match, query
from exocite.linking.documents import document, parts
from exocite.linking.likeness import LIKENESS_FEATURES
from exocite.linking.scoring import confidence_features, evidence, ranked, score
from exocite.linking.terms import Analyser
from exocite.model import Reference, SourceText

ANALYSER = Analyser()


def made(key: str, *sentences: str, title: str = ""):
    words = " ".join(sentences)
    spans, at = [], 0
    for sentence in sentences:
        spans.append((at, at + len(sentence)))
        at += len(sentence) + 1
    reference = Reference(key, "article", {"title": title})
    texts = [SourceText(key, "abstract", words)]
    return document(reference, texts, ANALYSER, lambda _: spans)


WORKS = Collection(
    [
        made(
            "a", "Exosomes are vesicles.", "They carry microRNA to fibroblasts.", title="Exosomes"
        ),
        made("b", "Fibroblasts make collagen.", "Collagen makes skin firm."),
        made("c", "Inflammatory signals spread."),
    ]
)


def compared(claim: str):
    asked = query(WORKS, ANALYSER.stems(claim))
    return {d.key: match(asked, d, WORKS.damping(d)) for d in WORKS.documents}


@pytest.mark.parametrize(("mode", "more"), [("core", ()), ("semantic", LIKENESS_FEATURES)])
def test_the_coefficients_fit_the_features(mode, more) -> None:
    weights = MODES[mode]
    assert len(weights.work) == len((*WORK_FEATURES, *more))
    assert min(weights.work) >= 0
    assert len(weights.sentence) == len(SENTENCE_FEATURES)
    found = compared("Exosomes carry microRNA.")["a"]
    assert len(weights.confidence) == len(confidence_features(found, 0, [0.5]))
    assert all(weight >= 0 for weight in weights.confidence[1:])


@pytest.mark.parametrize("weights", MODES.values(), ids=MODES)
def test_operating_points_rise_with_their_precision(weights) -> None:
    points = weights.operating_points
    assert list(points) == list(CORE.operating_points)
    assert [points[name] for name in sorted(points)] == sorted(points.values())


def test_every_feature_is_a_share() -> None:
    for found in compared("Exosomes carry 12 microRNA to fibroblasts of the skin.").values():
        assert all(0.0 <= value <= 1.0 for value in found.features)
        assert 0.0 <= score(found) <= 1.0


def test_what_is_said_word_for_word_scores_higher_than_what_shares_one_word() -> None:
    found = compared("They carry microRNA to fibroblasts.")
    assert score(found["a"]) > score(found["b"]) > score(found["c"])


def test_confidence_falls_with_a_rival_and_rises_with_the_score() -> None:
    alone = ranked([compared("Exosomes carry microRNA to fibroblasts.")["a"]])[0]
    clear, *_ = ranked(list(compared("Exosomes carry microRNA to fibroblasts.").values()))
    vague, *_ = ranked(list(compared("Cars carry copper to Spain and Peru in May.").values()))
    assert clear.match.document.key == "a"
    assert clear.confidence > vague.confidence
    assert 0 < alone.confidence < 1


def test_a_relative_of_a_term_counts_in_part() -> None:
    found = compared("Inflammation spreads.")["c"]
    exact = compared("Inflammatory spreads.")["c"]
    assert 0 < found.coverage < exact.coverage


@pytest.mark.parametrize(("one", "other"), [("transcript", "transplant"), ("cell", "cellar")])
def test_words_that_only_begin_alike_are_no_relatives(one: str, other: str) -> None:
    assert other not in Collection([made("x", f"{other} {one}.")]).concept(one).credits


@pytest.mark.parametrize(
    ("scores", "chosen"),
    [
        ([], ()),
        ([1.0], (0,)),
        ([0.0, 9.0, 0.0], (1,)),
        ([5.0, 5.0, 5.0, 5.0], (0, 1, 2)),
        ([4.9, 5.0, -9.0], (1, 0)),
    ],
)
def test_evidence_is_one_to_three_sentences_best_first(
    scores: list[float], chosen: tuple[int, ...]
) -> None:
    assert evidence(scores, 0.15) == chosen


def test_a_rare_word_weighs_more_than_a_common_one_even_among_few_works() -> None:
    assert WORKS.concept("exosom").weight > WORKS.concept("studi").weight
    known = frequencies()
    assert known["cell"] > known["skin"] > 0
    assert max(known.values()) < SENTENCES


def test_nearest_orders_ties_by_place() -> None:
    twins = Collection([made("z", "Bees dance."), made("a", "Bees dance.")])
    near = twins.nearest([twins.concept("danc")], 5)
    assert [one.key for one in near] == ["z", "a"]


def test_a_collection_of_nothing() -> None:
    empty = Collection([made("x")])
    assert empty.documents == ()
    assert empty.nearest([empty.concept("bee")], 5) == []


def test_an_abbreviation_and_its_long_form_stand_for_each_other() -> None:
    works = Collection(
        [
            made("a", "Antiretroviral therapy (ART) helps."),
            made("b", "ART was given."),
            made("c", "Antiretroviral therapy was given."),
            made("d", "Painting was given."),
        ]
    )

    def coverage(claim: str) -> dict[str, float]:
        asked = query(works, ANALYSER.stems(claim))
        return {d.key: match(asked, d, works.damping(d)).coverage for d in works.documents}

    short, long = coverage("ART was given."), coverage("Antiretroviral therapy was given.")
    assert short["b"] > short["c"] > short["d"] > 0
    assert long["c"] > long["b"] > long["d"] > 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("hiv", "hiv1", True),
        ("tnf", "tnfalpha", True),
        ("h3k9", "h3k9me3", True),
        ("il1", "il17", False),
        ("art", "artery", False),
    ],
)
def test_symbols_that_name_the_same_family(one: str, other: str, same: bool) -> None:
    assert (other in Collection([made("x", f"{other} {one}.")]).concept(one).credits) is same


def test_synonyms_count_in_part_where_a_work_has_them() -> None:
    works = Collection([made("x", "Renal failure."), made("y", "Kidney failure.")])
    held = works.concept(ANALYSER.stems("kidney")[0]).credits
    assert held[ANALYSER.stems("kidney")[0]] == 1.0
    assert 0 < held[ANALYSER.stems("renal")[0]] < 1


def test_nearest_is_what_the_whole_sum_gives() -> None:
    draw = random.Random(3)
    words = [f"w{letter}{other}" for letter in "abcdefgh" for other in "pqrst"]
    works = Collection(
        made(f"k{n}", " ".join(draw.choices(words, k=30)) + " common thing.") for n in range(300)
    )
    for _ in range(20):
        concepts = [works.concept(s) for s in {*draw.choices(words, k=8), "common", "thing"}]
        scores = {
            d.key: sum(
                c.weight * d.counts.get(c.name, 0) / (d.counts.get(c.name, 0) + works.damping(d))
                for c in concepts
            )
            for d in works.documents
        }
        best = sorted(scores.values(), reverse=True)[:5]
        found = [scores[d.key] for d in works.nearest(concepts, 5)]
        assert found == pytest.approx(best)


def test_a_long_work_is_compared_by_its_nearest_part() -> None:
    filler = [f"Sentence {n} speaks of gold, iron and tin in the town hall." for n in range(400)]
    book = made("book", *filler, "Bees dance for food in May.", *filler, title="Metals")
    works = Collection([book, made("a", "Bees live in hives."), made("b", "Tides rise.")])
    concepts = [works.concept(stem) for stem in ANALYSER.stems("Bees dance for food.")]
    near = works.nearest(concepts, 5)
    assert [one.key for one in near] == ["book", "a"]
    part = works.part("book", concepts)
    assert part is near[0]
    assert part.length < 1000 < book.length
    assert any("danc" in unit.stems for unit in part.units)
    assert part.texts == book.texts
    copper = [works.concept(stem) for stem in ANALYSER.stems("Tides of the sea")]
    assert works.nearest(copper, 5)[0].key == "b"


def test_parts_of_a_work_in_many_texts_know_their_own_range_alone() -> None:
    texts = [
        SourceText("book", "file", f"Bees of hive {n} dance for food in the month of May.")
        for n in range(400)
    ]
    reference = Reference("book", "book", {"title": "Bees"})
    found = list(parts(document(reference, texts, ANALYSER, lambda text: [(0, len(text))])))
    assert len(found) == 400
    assert [dict(part.ranges) for part in found] == [{n: (0, 1)} for n in range(400)]
