from __future__ import annotations

import pytest

from exocite.linking.background import SENTENCES, frequencies
from exocite.linking.coefficients import CONFIDENCE, OPERATING_POINTS, SENTENCE, WORK
from exocite.linking.collection import Collection
from exocite.linking.compare import SENTENCE_FEATURES, WORK_FEATURES, match, query
from exocite.linking.documents import document
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


def test_the_coefficients_fit_the_features() -> None:
    assert len(WORK) == len(WORK_FEATURES)
    assert min(WORK) >= 0
    assert len(SENTENCE) == len(SENTENCE_FEATURES)
    found = compared("Exosomes carry microRNA.")["a"]
    assert len(CONFIDENCE) == len(confidence_features(found, 0, [0.5]))
    assert all(weight >= 0 for weight in CONFIDENCE[1:])


def test_operating_points_rise_with_their_precision() -> None:
    points = [OPERATING_POINTS[name] for name in sorted(OPERATING_POINTS)]
    assert points == sorted(points)


def test_every_feature_is_a_share() -> None:
    for found in compared("Exosomes carry 12 microRNA to fibroblasts of the skin.").values():
        assert all(0.0 <= value <= 1.0 for value in found.features)
        assert 0.0 <= score(found.features) <= 1.0


def test_what_is_said_word_for_word_scores_higher_than_what_shares_one_word() -> None:
    found = compared("They carry microRNA to fibroblasts.")
    assert score(found["a"].features) > score(found["b"].features) > score(found["c"].features)


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
    assert evidence(scores) == chosen


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
