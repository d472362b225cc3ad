"""Citekeys are ASCII, stable, and never clash."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.model import Name
from exocite.references.citekeys import Taken, citekey, follows, pattern, stem_of


@pytest.mark.parametrize(
    ("authors", "year", "title", "key"),
    [
        ([Name("Ku", "Ying C.")], "2023", "On walls", "ku2023"),
        ([Name("Müller")], "1999", "", "mueller1999"),
        ([Name("Mu\u0308ller")], "1999", "", "mueller1999"),
        ([Name("Agüero")], "1999", "", "agueero1999"),
        ([Name("Ångström")], "1868", "", "aangstroem1868"),
        ([Name("Dvořák")], "1999", "", "dvorak1999"),
        ([Name("Sørensen")], "1999", "", "soerensen1999"),
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


PEOPLE = [Name("Ku", "Ying C."), Name("Müller"), Name("de la Cruz")]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("{author}{year}", "ku2023a"),
        ("{author:1}{year:2}", "k23a"),
        ("{authors}", "kumuellerdelacruz"),
        ("{authors:2}{year}", "kumuelleretal2023a"),
        ("{authors:3}", "kumuellerdelacruz"),
        ("{authors:bare}", "kumullerdelacruz"),
        ("{authors:2:title}", "KuMuellerEtal"),
        ("{titleword}", "drift"),
        ("{titleword:3:upper}", "DRI"),
        ("{title}", "driftgreenlichens"),
        ("{title:2:title}", "DriftGreen"),
        ("{journal}", "jl"),
        ("{journal:1:upper}", "J"),
        ("{year}", "2023a"),
        ("{author:title}:{year}/{titleword}-x", "Ku:2023a/drift-x"),
    ],
)
def test_patterns(text: str, key: str) -> None:
    title = "The drift of green lichens on walls"
    journal = "Journal of Lichens"
    assert citekey(PEOPLE, "2023a", title, (), made=pattern(text), journal=journal) == key


def test_a_title_in_the_pattern_does_not_stand_for_the_author_as_well() -> None:
    assert citekey([], "2019", "Drift", (), made=pattern("{author}{titleword}")) == "anondrift"
    assert citekey([], "", "", (), made=pattern("x{titleword}")) == "xanon"


def test_a_word_gets_a_hyphen_before_the_letter_of_a_clash() -> None:
    made = pattern("{author}{titleword}")
    assert citekey([Name("Ku")], "", "Drift", ["KuDrift"], made=made) == "kudrift-a"


def test_a_clash_is_seen_whatever_the_case_of_the_pattern() -> None:
    made = pattern("{author:upper}{year}")
    assert citekey([Name("Ku")], "2020", "", ["ku2020"], made=made) == "KU2020a"


@pytest.mark.parametrize(
    "text",
    ["", "plain", "{}", "{name}", "{author", "author}", "{author:0}", "{author:big}", "{author} x",
     "{author}{year}%", "{{author}}", "{author:100}", "ä{author}"],
)  # fmt: skip
def test_what_is_no_pattern_is_said(text: str) -> None:
    with pytest.raises(ValueError, match=r"pattern|letters"):
        pattern(text)


@pytest.mark.parametrize(
    ("key", "stem", "expected"),
    [
        ("ku2023", "ku2023", True),
        ("Ku2023b", "ku2023", True),
        ("ku2023-b", "ku2023", False),
        ("kudrift-b", "kudrift", True),
        ("kudrifts", "kudrift", False),
        ("ku2024", "ku2023", False),
    ],
)
def test_a_key_follows_its_pattern_with_or_without_a_letter(
    key: str, stem: str, *, expected: bool
) -> None:
    assert follows(key, stem) is expected


NAMES = st.sampled_from(["author", "authors", "year", "titleword", "title", "journal"])
MODIFIERS = st.sampled_from(["", ":3", ":upper", ":title", ":bare", ":2:bare:title"])


@given(NAMES, MODIFIERS, st.text(max_size=20))
def test_any_text_in_any_pattern_gives_a_key(name: str, modifier: str, text: str) -> None:
    made = pattern(f"{{{name}{modifier}}}")
    key = citekey([Name(text)], text, text, (), made=made, journal=text)
    assert re.fullmatch(r"[A-Za-z0-9]+", key)
    assert follows(key, stem_of([Name(text)], text, text, made=made, journal=text))


def test_keys_of_one_stem_are_given_in_turn() -> None:
    taken = Taken(["KU2023", "ku2023b"])
    given = []
    for _ in range(28):
        given.append(taken.free("ku2023"))
        assert taken.free("ku2023") == given[-1]
        taken.add(given[-1])
    assert given[:3] == ["ku2023a", "ku2023c", "ku2023d"]
    assert given[-4:] == ["ku2023z", "ku2023aa", "ku2023ab", "ku2023ac"]
    assert taken.free("ku") == "ku"


@pytest.mark.parametrize(
    ("key", "stem", "expected"),
    [
        ("ku2023", "ku2023", True),
        ("KU2023A", "ku2023", True),
        ("ku2023ab", "ku2023", True),
        ("ku2023abc", "ku2023", False),
        ("ku2023-a", "ku2023", False),
        ("ku-a", "ku", True),
        ("kua", "ku", False),
        ("ku2023ä", "ku2023", False),
        ("k", "ku", False),
    ],
)
def test_whether_a_key_follows_the_pattern(key: str, stem: str, expected: bool) -> None:
    assert follows(key, stem) is expected
