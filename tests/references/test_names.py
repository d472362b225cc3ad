"""BibTeX's name syntax, there and back."""

from __future__ import annotations

import time
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.model import Name
from exocite.references.names import (
    bibtex_field,
    bibtex_names,
    has_named_parts,
    has_others,
    initials_apart,
    readable,
    useprefix,
)
from tests.timing import assert_linear


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Donald E. Knuth", [Name("Knuth", "Donald E.")]),
        ("Knuth, Donald E.", [Name("Knuth", "Donald E.")]),
        ("Ludwig van Beethoven", [Name("Beethoven", "Ludwig", "van")]),
        ("van Beethoven, Ludwig", [Name("Beethoven", "Ludwig", "van")]),
        ("de la Cruz, Jr., Juan", [Name("Cruz", "Juan", "de la", "Jr.")]),
        ("{World Lichen Organization}", [Name(literal="World Lichen Organization")]),
        ("{Barnes and Noble} and Ku, Y.", [Name(literal="Barnes and Noble"), Name("Ku", "Y.")]),
        ("Ku, Y. and others", [Name("Ku", "Y.")]),
        ("Plato", [Name("Plato")]),
        ("given=Ying C., given-i=YC, family=Ku", [Name("Ku", "Ying C.")]),
        (
            "family=Saint, prefix=van, useprefix=false, given=X and Ku, Y.",
            [Name("Saint", "X", "van"), Name("Ku", "Y.")],
        ),
        ('"family={Sons, Inc}", suffix=Jr.', [Name("Sons, Inc", "", "", "Jr.")]),
        ("Family = Ku", [Name("Ku")]),
        ("{family=Ku}", [Name("Ku")]),
        ("{given=Ying, family=Ku}", [Name("Ku", "Ying")]),
        ("{family=Ku}, {given={Y. C.}}", [Name("Ku", "Y. C.")]),
        ("given=Plato", [Name("", "Plato")]),
        ("family=, given=", []),
        ('given="Jean", family="Fontaine, X"', [Name("Fontaine, X", "Jean")]),
        ('"family=Sons, Inc", given=Jean "Jack"', [Name("Sons, Inc", 'Jean "Jack"')]),
        ('"family=Ku and Sons"', [Name("Ku"), Name('Sons"')]),
        ("family={A=B, C}, id=x", [Name("A=B, C")]),
        ("Juan {de la Cruz}", [Name("de la Cruz", "Juan")]),
        ("A AND B and\nC", [Name("A"), Name("B"), Name("C")]),
        ("", []),
    ],
)
def test_reading(text: str, names: list[Name]) -> None:
    assert list(bibtex_names(text)) == names


def test_others() -> None:
    assert has_others("Ku, Y. and others")
    assert not has_others("Others, A.")
    assert bibtex_field([Name("Ku", "Ying C.")], others=True) == "Ku, Ying C. and others"
    assert bibtex_field([], others=True) == ""


def test_readable() -> None:
    assert readable(Name("Berg", "Anna", "van der", "Jr.")) == "Anna van der Berg Jr."
    assert readable(Name(literal="WHO")) == "WHO"


@pytest.mark.parametrize(
    ("family", "given", "apart"),
    [
        ("Katan", "MB", "M. B."),
        ("Klein", "JPA", "J. P. A."),
        ("Berg", "J-P", "J.-P."),
        ("Berg", "J.-P.", "J.-P."),
        ("Berg", "J.P.", "J. P."),
        ("Berg", "M", "M."),
        ("Berg", "Olga M", "Olga M."),
        ("Berg", "Yu.M.", "Yu. M."),
        ("Berg", "É", "É."),
        ("KIM", "JS", "J. S."),
        ("LEE", "ANN", "ANN"),
        ("Berg", "Jo-Ann", "Jo-Ann"),
        ("Berg", "Jo", "Jo"),
        ("Berg", "Ch.", "Ch."),
        ("Berg", "JOHN", "JOHN"),
        ("张", "伟", "伟"),
        ("", "", ""),
    ],
)
def test_initials(family: str, given: str, apart: str) -> None:
    once = initials_apart(Name(family, given))
    assert once == Name(family, apart)
    assert initials_apart(once) == once


RESERVED = {"and", "others", "jr", "sr", "ii", "iii", "iv"}
WORDS = st.from_regex(r"[A-ZÄÖ][a-zäöß'’-]{1,8}", fullmatch=True).filter(
    lambda word: word.lower() not in RESERVED
)
PERSONS = st.builds(
    Name,
    family=WORDS,
    given=WORDS,
    particle=st.sampled_from(["", "van", "de la"]),
    suffix=st.sampled_from(["", "Jr."]),
)
BODIES = st.builds(Name, literal=st.lists(WORDS, min_size=1, max_size=3).map(" and ".join))


@given(st.lists(PERSONS | BODIES, max_size=4))
def test_what_is_written_is_read_again(names: list[Name]) -> None:
    assert list(bibtex_names(bibtex_field(names))) == names


@given(PERSONS, st.randoms(use_true_random=False), st.booleans())
def test_named_parts_in_any_order(person: Name, random: Random, also: bool) -> None:
    parts = [
        f"family={{{person.family}, and {person.family}}}",
        f"given={person.given}",
        f"prefix={person.particle}",
        f"suffix={{{person.suffix}}}",
        "useprefix=true",
        "given-i={X Y}",
    ]
    random.shuffle(parts)
    written = ", ".join(parts)
    expected = replace(person, family=f"{person.family}, and {person.family}")
    both = f"{written} and Ku, Y. and {written} and others" if also else written
    read = bibtex_names(both)
    assert read == ((expected, Name("Ku", "Y."), expected) if also else (expected,))
    assert has_others(both) is also
    assert has_named_parts(both)
    assert not has_named_parts(bibtex_field(read))


@given(st.text(alphabet="{}, and~\\A.é", max_size=60))
def test_any_text_is_read(text: str) -> None:
    bibtex_names(text)


@given(st.text(alphabet='{},="familygven and', max_size=60))
def test_any_text_with_named_parts_is_read(text: str) -> None:
    bibtex_names("family=" + text)


def test_what_useprefix_says_stands_beside_its_name() -> None:
    text = "Ku, Y. and family=A, given=B, useprefix=False and {C} and others"
    assert len(bibtex_names(text)) == 3
    assert useprefix(text) == ("", "false", "")


def test_braces_around_a_name_cost_no_more_than_their_number() -> None:
    def seconds(size: int) -> float:
        text = "{" * size + "given=A, family=B" + "}" * size
        start = time.process_time()
        assert bibtex_names(text)
        return time.process_time() - start

    assert bibtex_names("{{{given=A, family=B}}}") == (Name("B", "A"),)
    assert_linear(seconds, 2_000)
