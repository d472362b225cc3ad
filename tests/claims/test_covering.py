"""Markers that cover more than their own sentence, where the article's style shows it."""

from __future__ import annotations

from time import process_time

import pytest

from exocite import readers
from exocite.claims import citations as markers
from exocite.claims import covering, segment
from exocite.model import Claim, Reach
from tests.timing import assert_linear

END = "Skin ages in the sun of the south. It dries as well in the wind {}.\n\n"
SHORT = "Hair greys with the years.\n\n"


def covers(text: str, name: str = "a.md") -> dict[str, tuple[Reach, list[str]]]:
    """The covered sentences by their first two words, with the reach and the labels."""
    article = readers.read(name, text.encode())
    found = markers.find(article)
    sentences = segment.sentences(article)
    claims = [
        Claim(
            str(number),
            sentence.span,
            sentence.text,
            sentence.text,
            1.0,
            "",
            citations=tuple(one for one in found if sentence.span.contains(one.items[0].span)),
        )
        for number, sentence in enumerate(sentences)
    ]
    covered = covering.covered(article, sentences, found, claims)
    assert [claim.id for claim in covered] == [claim.id for claim in claims]
    for claim in covered:
        assert not (claim.citations and claim.cover)
        assert claim.is_cited == bool(claim.citations or claim.cover)
    return {
        " ".join(claim.text.split()[:2]): (
            claim.cover.reach,
            [item.label for one in claim.cover.citations for item in one.items],
        )
        for claim in covered
        if claim.cover
    }


# --------------------------------------------------------------------------- paragraphs


@pytest.mark.parametrize("marker", ["[@ku]", "[@ku; @ito]", "[@ku], [@ito]"])
def test_a_marker_at_the_end_of_every_paragraph_covers_the_paragraph(marker: str) -> None:
    labels = ["ku", "ito"] if "ito" in marker else ["ku"]
    assert covers(3 * END.format(marker)) == {"Skin ages": (Reach.PARAGRAPH, labels)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (3 * END.format("[1]"), "a.txt"),
        (3 * END.format("(Ku et al., 2023)"), "a.txt"),
        ((3 * END.replace(" {}.", ".[1]")), "a.txt"),
        (3 * "<p>Skin ages in the sun. It dries.<sup><a href='#r1'>1</a></sup></p>", "a.html"),
        (3 * END.replace("{}", r"\cite{ku}"), "a.tex"),
        (3 * END.format(":cite:`ku`"), "a.rst"),
    ],
)
def test_in_every_format(text: str, name: str) -> None:
    assert [reach for reach, _ in covers(text, name).values()] == [Reach.PARAGRAPH]


def test_paragraphs_that_do_not_cite_are_not_covered() -> None:
    text = 3 * END.format("[@ku]") + "Nails break in the cold. They split in water.\n\n"
    assert list(covers(text)) == ["Skin ages"]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param("Nails break [@ito]. They split in water.\n\n", id="at the beginning"),
        pytest.param("Nails break [@a]. They split in water [@b].\n\n", id="one at each sentence"),
        pytest.param("Nails break. They split [@a] in water.\n\n", id="inside the last"),
        pytest.param("Nails break. As @ito says, they split.\n\n", id="a narrative one"),
        pytest.param(
            4 * "Nails break in the cold. They split in water.\n\n", id="most do not cite at all"
        ),
    ],
)
def test_one_other_habit_and_a_marker_covers_its_sentence_alone(other: str) -> None:
    assert covers(3 * END.format("[@ku]") + other) == {}


def test_two_paragraphs_show_no_style_and_short_ones_do_not_count() -> None:
    assert covers(2 * END.format("[@ku]")) == {}
    assert covers(2 * END.format("[@ku]") + "Hair greys [@ito].\n\n") == {}
    assert len(covers(3 * END.format("[@ku]") + SHORT + "Hair greys [@ito].\n\n")) == 1


# --------------------------------------------------------------------------- lists


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The signs are known [@ku]:\n\n- Dry skin\n- Grey hair\n", "a.md"),
        ("The signs are known: [@ku]\n\n1. Dry skin\n2. Grey hair\n", "a.md"),
        ("It is so. The signs are [@ku]:\n\n* Dry skin\n    - Grey hair\n", "a.md"),
        ("<p>The signs are [@ku1]:</p><ul><li>Dry skin</li><li>Grey hair</li></ul>", "a.html"),
        ("Skin ages.\n\nThe signs are known [1]:\n\n- Dry skin\n- Grey hair\n", "a.txt"),
    ],
)
def test_a_sentence_that_leads_into_a_list_covers_it(text: str, name: str) -> None:
    found = covers(text, name)
    assert list(found) == ["Dry skin", "Grey hair"]
    assert {reach for reach, _ in found.values()} == {Reach.LIST}


@pytest.mark.parametrize(
    "text",
    [
        "The signs are known [@ku].\n\n- Dry skin\n- Grey hair\n",
        "The signs [@ku] of old age are:\n\n- Dry skin\n- Grey hair\n",
        "The signs are known:\n\n- Dry skin\n- Grey hair\n",
        "The signs are known [@ku]:\n\n- Dry skin [@ito]\n- Grey hair\n",
        "The signs are known [@ku]:\n\nThey are many.\n\n- Dry skin\n- Grey hair\n",
        "- Dry skin\n- Grey hair\n",
        "    The signs [@ku]:\n\n- Dry skin\n- Grey hair\n",
    ],
)
def test_other_lists_are_not_covered(text: str) -> None:
    assert covers(text) == {}


def test_both_at_once_and_nothing_at_all() -> None:
    text = 3 * END.format("[@ku]") + "The signs are [@ito]:\n\n- Nails break\n"
    assert {first: reach for first, (reach, _) in covers(text).items()} == {
        "Skin ages": Reach.PARAGRAPH,
        "Nails break": Reach.LIST,
    }
    assert covers("Skin ages.") == {}


def test_the_time_is_linear() -> None:
    def cost(size: int) -> float:
        article = readers.read("a.md", (size * END.format("[@ku]")).encode())
        found = markers.find(article)
        sentences = segment.sentences(article)
        claims = [Claim("c", one.span, one.text, one.text, 1.0, "") for one in sentences]
        start = process_time()
        covering.covered(article, sentences, found, claims)
        return process_time() - start

    assert_linear(cost, 150)
