"""Styles by name, page ranges, seams of punctuation, letters behind years, BibTeX as it stands."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.errors import StyleError
from exocite.export import bibtex, installed, seams
from exocite.export.engine import Run
from exocite.export.installed import INSTALLED
from exocite.export.pages import abbreviated
from exocite.export.seams import cleaned
from exocite.export.styles import ALIASES, Library, find
from exocite.export.suffixes import year_suffixes

DEPENDENT = (
    b'<style xmlns="x" default-locale="fr-FR"><info><link href="http://example.org/styles/parent"'
    b' rel="independent-parent"/><link href="http://example.org/styles/other" rel="self"/></info>'
)
FILES = {
    "parent": b"<style/>",
    "dependent": DEPENDENT,
    "orphan": DEPENDENT.replace(b"parent", b"gone", 1).replace(b'"independent-gone"', b'"x"'),
    "apa": b"<style id='apa'/>",
}
LIBRARY = Library(lambda: FILES.keys(), FILES.__getitem__)


@pytest.mark.parametrize("alias", ALIASES)
def test_every_alias_is_installed(alias: str) -> None:
    assert find(alias, INSTALLED).xml.startswith(b"<?xml")


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("APA", "apa"),
        ("apa.csl", "apa"),
        (" apa ", "apa"),
        ("american medical association", "american-medical-association"),
        ("Harvard", "harvard-cite-them-right"),
        ("nature-communications", "nature"),
        ("vancouver", "nlm-citation-sequence"),
        ("mla", "modern-language-association"),
    ],
)
def test_names_as_people_write_them(asked: str, name: str) -> None:
    assert find(asked, INSTALLED).name == name


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ("vancuver", "the nearest are vancouver"),
        ("natur", "the nearest are nature"),
        ("qqqqqqq", "try apa, mla or vancouver"),
        ("", "try apa, mla or vancouver"),
        ("../../etc/passwd", "try apa, mla or vancouver"),
    ],
)
def test_an_unknown_style_names_the_nearest(asked: str, hint: str) -> None:
    with pytest.raises(StyleError) as caught:
        find(asked, INSTALLED)
    assert caught.value.hint.startswith(hint)


def test_a_dependent_style_brings_its_locale() -> None:
    style = find("dependent", LIBRARY)
    assert (style.name, style.xml, style.locale) == ("parent", FILES["parent"], "fr-FR")
    assert find("dependent", LIBRARY, "en-GB").locale == "en-GB"


def test_a_dependent_style_without_its_parent() -> None:
    library = Library(lambda: {"dependent"}, FILES.__getitem__)
    with pytest.raises(StyleError, match="a variant of parent, which is not installed"):
        find("dependent", library)


def test_a_name_is_looked_up_without_a_list_of_all() -> None:
    names = INSTALLED.names()
    assert "apa" in names
    assert "nature-digest" in names
    for other in ("", "APA", "../styles/apa", "apa.csl", "no-such-style", 1):
        assert other not in names
    assert len(names) == len(set(names)) > 1000
    assert "apa" not in names - {"apa"}
    assert "mla" not in names
    with pytest.raises(StyleError, match="missing"):
        INSTALLED.load("../styles/apa")


def test_without_the_styles_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed, "find_spec", lambda _name: None)
    installed._root.cache_clear()
    with pytest.raises(StyleError, match="not installed"):
        find("apa", INSTALLED)
    monkeypatch.undo()
    assert find("apa", INSTALLED).name == "apa"


@pytest.mark.parametrize("locale", ["../x", "english", "en_GB", "e"])
def test_a_locale_that_is_none(locale: str) -> None:
    with pytest.raises(StyleError, match="is not a locale"):
        find("apa", LIBRARY, locale)


@pytest.mark.parametrize(
    ("pages", "page_format", "shown"),
    [
        ("181-194", "", "181-194"),
        ("181-194", "expanded", "181-194"),
        ("181-94", "expanded", "181-194"),
        ("181-194", "minimal", "181-94"),
        ("181-184", "minimal", "181-4"),
        ("181-184", "minimal-two", "181-84"),
        ("1-20", "minimal-two", "1-20"),
        ("100-104", "chicago", "100-104"),
        ("107-108", "chicago", "107-8"),
        ("321-328", "chicago", "321-28"),
        ("1496-1504", "chicago-15", "1496-1504"),
        ("1496-1500", "chicago-16", "1496-500"),
        ("71-72", "chicago", "71-72"),
        ("S181-S194", "minimal", "S181-94"),
        ("S181-T194", "minimal", "S181-T194"),
        ("e12", "minimal", "e12"),
        ("20-10", "minimal", "20-10"),
        ("181-194, 201-205", "minimal", "181-94, 201-5"),
        ("12-1-12-5", "minimal", "12-1-12-5"),
    ],
)
def test_page_ranges(pages: str, page_format: str, shown: str) -> None:
    assert abbreviated(pages, page_format) == shown


ITALIC = frozenset({"i"})


def joined(*texts: str, quote: bool = True) -> str:
    runs = [Run(text, ITALIC if at % 2 else frozenset()) for at, text in enumerate(texts)]
    return "".join(run.text for run in cleaned(runs, punctuation_in_quote=quote))


@pytest.mark.parametrize(
    ("texts", "american", "british"),
    [
        (("a.", ". b"), "a. b", "a. b"),
        (("Why?", ". b"), "Why? b", "Why? b"),
        (("a,", ", b"), "a, b", "a, b"),
        (("a ", " b"), "a b", "a b"),
        (("“a”", ", b"), "“a,” b", "“a”, b"),
        (("“a?”", ". b"), "“a?” b", "“a?” b"),
        (("“a.”", "."), "“a.”", "“a.”"),
        (("wait...", " for it"), "wait... for it", "wait... for it"),
        (("a", "...", "b"), "a...b", "a...b"),
        (("a . . . b",), "a . . . b", "a . . . b"),
        (("2nd ed. ", ", Lund"), "2nd ed., Lund", "2nd ed., Lund"),
        (("things. ", "."), "things.", "things."),
        (("Lund;", ". 1999"), "Lund; 1999", "Lund; 1999"),
        ((" a\r\nb ",), "a b", "a b"),
        (("",), "", ""),
    ],
)
def test_seams(texts: tuple[str, ...], american: str, british: str) -> None:
    assert joined(*texts) == american
    assert joined(*texts, quote=False) == british


def test_punctuation_in_quotes_takes_the_marks_of_the_quote() -> None:
    runs = cleaned([Run("“a”", ITALIC), Run(", b")], punctuation_in_quote=True)
    assert runs == (Run("“a,”", ITALIC), Run(" b"))


@given(st.lists(st.text(st.sampled_from("ab .,;:?!”’…"), max_size=8), max_size=6), st.booleans())
def test_letters_are_never_lost(texts: list[str], quote: bool) -> None:
    letters = [c for c in "".join(texts) if c.isalpha()]
    assert [c for c in joined(*texts, quote=quote) if c.isalpha()] == letters


@given(
    texts=st.lists(st.text(st.sampled_from("ab .,;:?!”’…\t\n\xa0"), max_size=6), max_size=6),
    quote=st.booleans(),
)
def test_where_nothing_meets_nothing_changes(texts: list[str], quote: bool) -> None:
    runs = [Run(text, ITALIC if at % 3 else frozenset()) for at, text in enumerate(texts)]
    quick = cleaned(runs, punctuation_in_quote=quote)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(seams, "_MEETING", re.compile(""))
        assert quick == cleaned(runs, punctuation_in_quote=quote)


def work(name: str, year: int | None) -> dict[str, object]:
    issued = {"issued": {"date-parts": [[year]]}} if year else {}
    return {"author": [{"family": name}], **issued}


def test_letters_behind_years() -> None:
    works = [work("A", 2001), work("B", 2001), work("A", 2001), work("A", None), work("A", 2002)]
    assert year_suffixes(works) == {0: "a", 2: "b"}


def test_more_works_than_letters() -> None:
    letters = year_suffixes([work("A", 2001)] * 54)
    assert [letters[at] for at in (0, 25, 26, 51, 52, 53)] == ["a", "z", "aa", "az", "ba", "bb"]


def test_bibtex_is_verbatim() -> None:
    entries = ["@article{b,\n  title = {B},\n}\n", "@book{a, title={A\t}}"]
    assert bibtex.render(entries) == ("@article{b,\n  title = {B},\n}\n\n@book{a, title={A\t}}\n")
    assert bibtex.render([]) == ""


def test_bibtex_keeps_the_line_ends_of_the_file() -> None:
    assert bibtex.render(["@a{b,\r\n}", "@c{d}"]) == "@a{b,\r\n}\r\n\r\n@c{d}\r\n"
