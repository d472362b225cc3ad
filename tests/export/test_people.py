"""Lists of names: what is not whole ends in "et al.", initials, and who stands in for authors."""

from __future__ import annotations

import pytest

from exocite.export import EXPORTS, Request
from exocite.export.citeproc_names import initials
from exocite.model import Reference

RENDER = {export.name: export.render for export in EXPORTS}


def printed(style: str, type_: str = "article", /, *, kind: str = "text", **fields: str) -> str:
    given = {"title": "T", "journal": "J", "year": "2023"} | fields
    reference = Reference("k", type_, {name: value for name, value in given.items() if value})
    return RENDER[kind](Request((reference,), style=style)).strip()


@pytest.mark.parametrize(
    ("style", "one", "two", "five"),
    [
        ("apa", "Ku, Y. C., et al. (", "Ku, Y. C., Li, B., et al. (", "E., Ng, F., et al. ("),
        ("mla", "Ku, Ying C., et al. “", "Ku, Ying C., et al. “", "Ku, Ying C., et al. “"),
        (
            "chicago",
            "Ku, Ying C., et al. 2",
            "Ku, Ying C., Bo Li, et al. 2",
            "Ed Xu, Fu Ng, et al.",
        ),
        ("vancouver", "1. Ku YC, et al. T", "1. Ku YC, Li B, et al. T", "Xu E, Ng F, et al. T"),
        ("ama", "1. Ku YC, et al. T", "1. Ku YC, Li B, et al. T", "Xu E, Ng F, et al. T"),
        ("ieee", "[1] Y. C. Ku et al., “", "[1] Y. C. Ku, B. Li, et al., “", "F. Ng, et al., “"),
        (
            "nature",
            "1. Ku, Y. C. et al. T",
            "1. Ku, Y. C., Li, B., et al. T",
            "1. Ku, Y. C. et al. T",
        ),
        ("harvard", "Ku, Y.C. et al. (", "Ku, Y.C., Li, B., et al. (", "Ku, Y.C. et al. ("),
        ("mhra", "Ku, Ying C., and others. 2", "Ku, Ying C., Bo Li and others. 2", "and others. 2"),
    ],
)
def test_and_others_is_the_styles_et_al(style: str, one: str, two: str, five: str) -> None:
    known = "Ku, Ying C."
    assert printed(style, author=f"{known} and others").startswith(one)
    known += " and Li, Bo"
    assert printed(style, author=f"{known} and others").startswith(two)
    known += " and Wu, Di and Xu, Ed and Ng, Fu"
    assert five in printed(style, author=f"{known} and others")


def test_the_term_has_its_formatting_in_html() -> None:
    assert "Ku, Y. <i>et al.</i> T" in printed("nature", kind="html", author="Ku, Ying and others")


@pytest.mark.parametrize(
    ("style", "entry"),
    [
        ("apa", "In A. Roe et al. (Eds.), B"),
        ("mla", "edited by Ann Roe et al., 2023"),
        ("vancouver", "In: Roe A, et al., editors. B."),
    ],
)
def test_editors_and_others(style: str, entry: str) -> None:
    fields = {"author": "Ku, Y", "booktitle": "B", "editor": "Roe, Ann and others", "journal": ""}
    assert entry in printed(style, "incollection", **fields)


def test_a_long_list_and_others_has_no_last_name() -> None:
    people = " and ".join(f"Name{number}, Ann" for number in range(30))
    assert "Name18, A., et al. (2023)" in printed("apa", author=f"{people} and others")
    assert "Name18, A., … Name29, A. (2023)" in printed("apa", author=people)


def test_the_language_has_its_own_term() -> None:
    reference = Reference("k", "article", {"author": "Ku, Ying and others", "title": "T"})
    german = RENDER["text"](Request((reference,), style="apa", locale="de-DE"))
    assert german.startswith("Ku, Y., et al. (o.\u00a0J.)")


@pytest.mark.parametrize(
    ("style", "entry"),
    [
        ("apa", "Ku, Y., & Li, B. (Eds.). (2023). T. P."),
        ("mla", "Ku, Ying, and Bo Li, editors. T. P, 2023."),
        ("chicago", "Ku, Ying, and Bo Li, eds. 2023. T. P."),
        ("vancouver", "1. Ku Y, Li B, editors. T. P; 2023."),
        ("harvard", "Ku, Y. and Li, B. (eds) (2023) T. P."),
    ],
)
def test_editors_that_stand_for_authors_are_printed_once(style: str, entry: str) -> None:
    fields = {"editor": "Ku, Ying and Li, Bo", "publisher": "P", "journal": ""}
    assert printed(style, "book", **fields) == entry


@pytest.mark.parametrize(
    ("style", "entry"), [("apa", "T. (2023). J."), ("mla", "“T.” J, 2023."), ("ama", "1. T. J. ")]
)
def test_a_title_that_stands_for_authors_is_printed_once(style: str, entry: str) -> None:
    assert printed(style).startswith(entry)


def test_editors_that_translate_are_named_once() -> None:
    both = dict.fromkeys(("editor", "translator"), "Ku, Ying")
    assert "1. Ku Y, editor & translator. T." in printed("vancouver", "book", journal="", **both)


@pytest.mark.parametrize(
    ("given", "mark", "written"),
    [
        ("Ying C.", ". ", "Y. C."),
        ("Ying C.", ".", "Y.C."),
        ("Ying C.", "", "YC"),
        ("Ying C.", " ", "Y C"),
        ("Jean-Luc", ".", "J.-L."),
        ("J.-L. M.", ". ", "J.-L. M."),
        ("Xiao-ming", ". ", "X."),
        ("ying-xiao", ".", "ying-xiao"),
        ("Johann van der", ". ", "J. van der"),
        ("Johann van der", "", "J van der"),
        ("小明", ".", "小明"),
        ("Élise", ".", "É."),
        ("- . -", ".", "- -"),
        ("", ".", ""),
    ],
)
def test_initials(given: str, mark: str, written: str) -> None:
    assert initials(given, mark) == written


def test_initials_without_hyphens() -> None:
    assert initials("Jean-Luc", "", hyphen=False) == "JL"
