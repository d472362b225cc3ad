"""Claims: which sentences count, the reasons given, ids, statements, citations."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import claims as benchmark
from benchmarks.datasets import sets
from exocite import readers
from exocite.claims import citations
from exocite.claims.appearance import appearance
from exocite.claims.cues import CUES
from exocite.claims.detect import Assessment, assess, claims, score
from exocite.claims.features import body, features, section_kind
from exocite.claims.scoring import ClaimModel, Head, Words
from exocite.claims.segment import sentences
from exocite.claims.surroundings import Surrounded
from exocite.model import (
    Article,
    Block,
    BlockKind,
    Citation,
    CitationKind,
    CitedItem,
    Run,
    Span,
)
from exocite.policy import PROFILES
from exocite.weights import claim_model
from tests.timing import assert_linear


@pytest.fixture(scope="module")
def model() -> ClaimModel:
    return claim_model()


NEEDS_SOURCE = [
    "Green tea lowers LDL cholesterol by about five percent.",
    "According to a survey, two thirds of nurses have thought of leaving.",
    "The enzyme breaks down lactose in the small intestine.",
    "Regular walkers have a lower risk of stroke than people who sit all day.",
    "The bridge was destroyed by a flood in 1894.",
    "Studies have shown that honey soothes a cough in children.",
    "The bark contains salicin, which relieves pain and reduces fever.",
    "Unemployment fell to four percent last year.",
    "• Gentle action: Enzyme masks dissolve dead cells without irritating the skin.",
]
NEEDS_NONE = [
    "Have you ever wondered why onions make you cry?",
    "In this article, we look at five ways to save energy.",
    "Make sure that you drink enough water.",
    "I love the smell of rain.",
    "Let us look at the details.",
    "Nobody likes to wait in line.",
    "Subscribe to our newsletter for more recipes.",
    "Book your free consultation today!",
    "It is important to choose a qualified therapist.",
]


@pytest.mark.parametrize("text", NEEDS_SOURCE)
def test_needs_a_source(model: ClaimModel, text: str) -> None:
    assessed = score(text, model=model)
    assert assessed.is_claim, assessed
    assert not assessed.reason.startswith("no claim")


@pytest.mark.parametrize("text", NEEDS_NONE)
def test_needs_none(model: ClaimModel, text: str) -> None:
    assessed = score(text, model=model)
    assert not assessed.is_claim, assessed
    assert assessed.reason.startswith("no claim: ")


@pytest.mark.parametrize(
    ("text", "kind", "part"),
    [
        ("Vinegar lowers blood sugar by 30 percent.", "quantity", "gives a quantity: '30 percent'"),
        ("The extract reduces swelling.", "causal or effect", "states an effect: 'reduces'"),
        ("Sheep are smarter than goats.", "comparison", "compares: 'than'"),
        ("Studies suggest that sheep dream.", "attribution", "relies on others' findings"),
        ("What is a sheep?", "question", "no claim: asks a question"),
        ("In this article we describe sheep.", "meta", "no claim: tells what the text does"),
        ("Sheep and Their Friends", "boilerplate", "no claim: this is a heading"),
    ],
)
def test_kind_and_reason(model: ClaimModel, text: str, kind: str, part: str) -> None:
    assessed = score(text, model=model)
    assert assessed.kind == kind
    assert part in assessed.reason


@pytest.mark.parametrize(
    ("text", "look"),
    [
        ("News", "navigation"),
        ("THE SECRET LIFE OF SHEEP", "a heading"),
        ("Why Sheep Matter", "a heading"),
        ("Reduced side effects", "a heading"),
        ("Further reading:", "navigation"),
        ("References:", "navigation"),
        ("By Anna Maria Lund", "a byline"),
        ("Medically reviewed by Prof. A. Lund (MD) - May 2, 2020", "a byline"),
        ("Last updated: 3 June 2021", "a byline"),
        ("Disclaimer", "navigation"),
        ("Home » Animals » Sheep", "navigation"),
        ("© 2020 Sheep Ltd. All rights reserved.", "boilerplate"),
        ("To find a shepherd near you, please use our search form.", "boilerplate"),
        (
            '• Lund, Anna, et al. "Sheep and Sleep." Journal of Wool 11.6 (2013): 105-110.',
            "an entry of a reference list",
        ),
        (
            "Lund A, Holm B. Counting sheep. J Sleep. 2015;12(3):45–52.",
            "an entry of a reference list",
        ),
        (
            "2. Lund, A. (2018). Counting sheep. Wool Letters, 4, 210-219. doi:10.1000/xyz",
            "an entry of a reference list",
        ),
        ("https://example.org/sheep", "a link"),
        ("* * *", "no words"),
        ("Sheep sleep standing up.", ""),
        ("Sheep sleep for four hours in a single night", ""),
        ("Lund et al. (2018) found that sheep dream in colour.", ""),
        ("In 2015, 12 of the 45 sheep in the Journal's trial died.", ""),
        ("Copyright law protects pictures of sheep.", ""),
        ("Follow the herd and you will end up in a pen.", ""),
        ("Updates to the flock happen every spring.", ""),
    ],
)
def test_appearance(text: str, look: str) -> None:
    assert appearance(text) == look


def test_no_prose_never_counts(model: ClaimModel) -> None:
    for text in ("Reduces Wrinkles by 50 Percent", "By Dr. Anna Lund", "References:"):
        assert score(text, model=model, threshold=0.0).score == 0.0


def test_threshold_decides(model: ClaimModel) -> None:
    text = NEEDS_SOURCE[0]
    assert score(text, model=model, threshold=0.0).is_claim
    strict = score(text, model=model, threshold=1.0)
    assert not strict.is_claim
    assert strict.score == score(text, model=model).score


def test_profiles(model: ClaimModel) -> None:
    assert set(model.profiles) == set(PROFILES)
    assert model.least("strict") < model.least("news") == model.least(None)
    assert model.least("news") < model.least("science")
    text = NEEDS_SOURCE[2]
    value = score(text, model=model).score
    for name in PROFILES:
        assert score(text, model=model, threshold=name).is_claim == (value >= model.least(name))


def test_an_article_of_one_sentence_is_that_sentence(model: ClaimModel) -> None:
    assert assess([], model) == []
    for text in NEEDS_SOURCE + NEEDS_NONE:
        assert assess([Surrounded(text)], model) == [score(text, model=model)]


def test_the_rest_of_an_article_of_prose_changes_nothing(model: ClaimModel) -> None:
    rows = [Surrounded(text, section="Sheep") for text in NEEDS_SOURCE]
    assert assess(rows, model) == [score(r.text, section="Sheep", model=model) for r in rows]


def test_what_a_research_article_says_again_is_its_own(model: ClaimModel) -> None:
    again = Surrounded("Grazing raised the nitrate content of the meadow.", section="Discussion")
    told = "We found that grazing raised the nitrate content of the meadow by {} points (Fig. 2)."
    other = "We found that shearing changed the weight of the fleece by {} points (Fig. 2)."

    def scored(result: str) -> float:
        results = [Surrounded(result.format(n), section="Results") for n in range(30, 40)]
        return assess([*results, again], model)[-1].score

    assert scored(told) < scored(other)


PIECES = st.lists(
    st.sampled_from(
        ["It fell by 3 %.", "Sleep helps.", "Home", "We found it (Fig. 2).", "Studies show it."]
    ),
    max_size=6,
)
SECTIONS = st.sampled_from(["Sleep", "Methods", "Results"])


@given(PIECES, PIECES, SECTIONS, SECTIONS, st.sampled_from([None, "strict", 0.9]))
@settings(max_examples=60, deadline=None)
def test_what_was_assessed_before_changes_nothing(
    first: list[str], second: list[str], section: str, other: str, threshold: float | str | None
) -> None:
    model = claim_model()
    known: dict[str, Assessment] = {}
    for texts in (first, second):
        rows = [
            Surrounded(text, before, after, section if number % 2 else other)
            for number, (text, before, after) in enumerate(
                zip(texts, ["", *texts], [*texts[1:], ""], strict=False)
            )
        ]
        assert assess(rows, model, threshold, known) == assess(rows, model, threshold)
        assert assess(rows, model, 0.0, known) == assess(rows, model, 0.0)


def test_a_sentence_that_stays_is_not_assessed_again(model: ClaimModel) -> None:
    known: dict[str, Assessment] = {}
    kept = Surrounded("It fell by 3 %.", "", "Sleep helps.", "Sleep")
    assess([kept, Surrounded("Sleep helps.", kept.text)], model, None, known)
    assert len(known) == 2
    no_words = ClaimModel(Head({}, 0), Head({}, 0), Words({}, [()] * 4), model.threshold, {})
    changed = Surrounded("Sleep harms.", kept.text)
    before, after = assess([kept, changed], no_words, None, known)
    assert before == assess([kept], model)[0]
    assert after.score == 0.5
    assert len(known) == 2


def test_body() -> None:
    assert body("• Fast: Unlike surgery, it takes an hour.") == "Unlike surgery, it takes an hour."
    assert body("Ratio: 3 to 1") == "Ratio: 3 to 1"
    assert body("He said: No.") == "He said: No."


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("", "prose"),
        ("1. Introduction", "introduction"),
        ("Materials and Methods", "methods"),
        ("Results and Discussion", "results and discussion"),
        ("The Takeaway", "conclusion"),
        ("Sheep", "prose"),
    ],
)
def test_section_kind(name: str, kind: str) -> None:
    assert section_kind(name) == kind


def test_every_cue_is_explained() -> None:
    assert len({cue.name for cue in CUES}) == len(CUES)
    for cue in CUES:
        assert cue.says
        assert cue.kind
        assert cue.words or cue.pattern


TEXTS = st.text(
    st.one_of(st.sampled_from("ab C1.?![](){}\"'“”•:,%$ \n"), st.characters()), max_size=200
)


@given(TEXTS, TEXTS, TEXTS)
@settings(max_examples=200, deadline=None)
def test_any_text_has_a_score(text: str, before: str, section: str) -> None:
    head = Head({"cue number": 1000}, -1000)
    given_model = ClaimModel(head, head, Words({"ab": 0}, [[1], [2], [3], [4]]), 0.5, {})
    assessed = score(text, before=before, section=section, model=given_model)
    assert 0.0 <= assessed.score <= 1.0
    assert assessed.reason
    assert assessed.kind
    assert features(text, before, "", section) == features(text, before, "", section)


@pytest.mark.parametrize(
    "unit", ["a ", "a", "(", "Aa, B. ", "1", "study ", '"', "a: B ", "» ", "to "]
)
def test_time_is_linear(model: ClaimModel, unit: str) -> None:
    def cost(size: int) -> float:
        text = unit * (size // len(unit))
        start = time.process_time()
        score(text, before=text, model=model)
        return time.process_time() - start

    assert_linear(cost, 20_000, 4)


# --------------------------------------------------------------------------- articles


def _article(*pieces: tuple[BlockKind, str]) -> Article:
    source, blocks = "", []
    for kind, text in pieces:
        start = len(source)
        source += f"{text}\n\n"
        runs = (Run(0, len(text), start, len(text)),)
        blocks.append(Block(kind, Span(start, start + len(text)), text, runs, section="Sheep"))
    return Article("a.txt", "text", "utf-8", source, tuple(blocks))


def _citation(article: Article, written: str, kind: CitationKind, *keys: str) -> Citation:
    start = article.source.index(written)
    span = Span(start, start + len(written))
    return Citation(kind, span, (CitedItem(written, span, keys=keys),))


P = BlockKind.PARAGRAPH


def test_claims_of_an_article(model: ClaimModel) -> None:
    article = _article(
        (BlockKind.HEADING, "Sheep sleep for four hours a day."),
        (P, "Let us look at sheep. Sheep sleep for four hours a day.[1] What do you think?"),
        (BlockKind.REFERENCE, "Lund A. Sheep sleep for four hours a day. Wool 2015;12:45–52."),
    )
    marker = _citation(article, "[1]", CitationKind.NUMERIC, "lund2015")
    (claim,) = claims(article, sentences(article), [marker], model)
    assert claim.text == "Sheep sleep for four hours a day.[1]"
    assert claim.statement == "Sheep sleep for four hours a day."
    assert article.source[claim.span.start : claim.span.end] == claim.text
    assert claim.citations == (marker,)
    assert claim.before == "Let us look at sheep."
    assert (claim.section, claim.kind) == ("Sheep", "quantity")
    assert claim.score >= model.threshold


def test_ids_depend_on_words_alone(model: ClaimModel) -> None:
    text = "Wool contains lanolin, which protects the skin."
    once = _article((P, text))
    twice = _article((P, "Let us look at wool."), (P, text), (P, text.upper()), (P, f"{text}"))
    (first,) = claims(once, sentences(once), [], model, 0.01)
    ids = [claim.id for claim in claims(twice, sentences(twice), [], model, 0.2)]
    assert first.id.startswith("c")
    assert len(first.id) == 11
    assert ids == [first.id, f"{first.id}-2"] or ids == [first.id, f"{first.id}-2", f"{first.id}-3"]


def test_markers_leave_the_statement(model: ClaimModel) -> None:
    text = "Wool reduces noise by 9 dB (see [1]) and, as Lund (2015) found, absorbs water [@holm]."
    article = _article((P, text))
    marks = [
        _citation(article, "([1])".strip("()"), CitationKind.NUMERIC, "a"),
        _citation(article, "Lund (2015)", CitationKind.AUTHOR_YEAR, "lund2015"),
        _citation(article, "[@holm]", CitationKind.PANDOC, "holm"),
    ]
    (claim,) = claims(article, sentences(article), marks, model)
    assert "Lund (2015) found" in claim.statement
    assert "[" not in claim.statement
    assert claim.statement.startswith("Wool reduces noise by 9 dB and, as")
    assert claim.statement.endswith("absorbs water.")
    assert [claim.statement[:at].rsplit(" ", 1)[1] for at in claim.behind] == [
        "dB",
        "as",
        "water",
    ]
    assert claim.citations == tuple(marks)


def test_a_cited_sentence_is_a_claim(model: ClaimModel) -> None:
    article = _article((P, "Nobody likes sheep [@lund2015]."))
    known = _citation(article, "[@lund2015]", CitationKind.PANDOC, "lund2015")
    unknown = _citation(article, "[@lund2015]", CitationKind.PANDOC)
    (claim,) = claims(article, sentences(article), [known], model, 1.0)
    assert claim.reason == "its author cites a source for it"
    assert claims(article, sentences(article), [unknown], model, 1.0) == ()


def test_neighbours_stay_within_the_block(model: ClaimModel) -> None:
    article = _article((P, "Sheep sleep for four hours a day."), (P, "Goats sleep for five hours."))
    assert [claim.before for claim in claims(article, sentences(article), [], model)] == ["", ""]


def test_raised_numbers_behind_the_full_stop_belong_to_their_sentence(model: ClaimModel) -> None:
    page = (
        "<p>Sheep sleep for four hours.<sup>1</sup> Goats sleep for five hours."
        "<sup>2</sup> Half of all cows sleep longer.<sup>3</sup></p>"
    )
    article = readers.read("a.html", page.encode())
    found = claims(article, sentences(article), citations.find(article), model, 0.0)
    assert [claim.statement for claim in found] == [
        "Sheep sleep for four hours.",
        "Goats sleep for five hours.",
        "Half of all cows sleep longer.",
    ]
    labels = [[item.label for mark in claim.citations for item in mark.items] for claim in found]
    assert labels == [["1"], ["2"], ["3"]]


# --------------------------------------------------------------------------- figures


def test_auc_counts_ties_half() -> None:
    assert benchmark.auc([0, 1], [0.1, 0.9]) == 1.0
    assert benchmark.auc([0, 1], [0.5, 0.5]) == 0.5
    assert benchmark.auc([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1]) == 0.75


def test_seed_floor(shared: Path, model: ClaimModel) -> None:
    figures = _figures(shared, model, "seed")["seed"]
    assert figures["f1"] >= 0.88
    assert figures["auc"] >= 0.93


@pytest.mark.slow
def test_floors(shared: Path, model: ClaimModel) -> None:
    figures = _figures(shared, model, "plos", "ct24")
    assert figures["plos"]["auc"] >= 0.77
    assert figures["plos_id"]["auc"] >= 0.77
    assert figures["plos_id"]["f1"] >= 0.59
    assert figures["ct24"]["auc"] >= 0.79


def _figures(shared: Path, model: ClaimModel, *names: str) -> dict[str, dict[str, float]]:
    every = sets(shared / "data" / "claims")
    found = {name: every[name] for name in names}
    for rows in found.values():
        benchmark.score_rows(rows, model)
    return benchmark.measure(found, "ours", model.threshold)
