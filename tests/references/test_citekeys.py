"""Citekeys are ASCII, stable, and never clash."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.model import Name
from exocite.references.citekeys import citekey


@pytest.mark.parametrize(
    ("authors", "year", "title", "key"),
    [
        ([Name("Ku", "Ying C.")], "2023", "On walls", "ku2023"),
        ([Name("Müller")], "1999", "", "muller1999"),
        ([Name("Sørensen")], "1999", "", "sorensen1999"),
        ([Name("Weiß")], "1999", "", "weiss1999"),
        ([Name("O’Brien")], "1999", "", "obrien1999"),
        ([Name("Berg", "Anna", "van der")], "2020", "", "berg2020"),
        ([Name("Иванов")], "1987", "", "ivanov1987"),
        ([Name("Παπαδόπουλος")], "1987", "", "papadopoulos1987"),
        ([Name("张", "伟")], "2020", "A deep wall", "deep2020"),
        ([Name("张", "伟")], "2020", "深度", "anon2020"),
        ([Name(literal="The World Lichen Organization")], "2020", "", "world2020"),
        ([], "2019", "The Drift of Lichens", "drift2019"),
        ([], "c. 2019a", "The", "the2019a"),
        ([], "2019/20", "The", "the2019"),
        ([], "2019abc", "The", "the2019"),
        ([], "", "", "anon"),
    ],
)
def test_keys(authors: list[Name], year: str, title: str, key: str) -> None:
    assert citekey(authors, year, title, ()) == key


def test_a_clash_gets_a_letter_whatever_the_case() -> None:
    taken = ["KU2023"]
    assert citekey([Name("Ku")], "2023", "", taken) == "ku2023a"
    taken += ["ku2023A"]
    assert citekey([Name("Ku")], "2023", "", taken) == "ku2023b"
    taken += [f"ku2023{letter}" for letter in "bcdefghijklmnopqrstuvwxyz"]
    assert citekey([Name("Ku")], "2023", "", taken) == "ku2023aa"


def test_a_printed_letter_is_kept_on_a_clash() -> None:
    assert citekey([Name("Ku")], "2023b", "", ["ku2023"]) == "ku2023b"
    assert citekey([Name("Ku")], "2023b", "", ["ku2023b"]) == "ku2023b-a"


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=6), st.text(max_size=30))
def test_any_words_give_a_key_that_every_syntax_takes(
    family: str, literal: str, year: str, title: str
) -> None:
    key = citekey([Name(family=family, literal=literal)], year, title, ())
    assert re.fullmatch(r"[a-z0-9-]+", key)
    again = citekey([Name(family=family, literal=literal)], year, title, {key})
    assert again.startswith(key)
    assert again != key
