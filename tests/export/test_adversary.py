"""Entries that are wrong, odd or meant to harm: in every style they print, and as plain text."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exocite.bibliography import Document
from exocite.export import EXPORTS, Request
from exocite.export.citeproc_engine import CiteprocEngine
from exocite.export.citeproc_style import Style
from exocite.export.csl import items
from exocite.export.dates import csl_date
from exocite.export.engine import Style as Source
from exocite.export.installed import INSTALLED
from exocite.export.styled import text
from exocite.export.styles import ALIASES, find
from exocite.model import Reference

RENDER = {export.name: export.render for export in EXPORTS}

ODD = r"""
@article{keyonly}
@article{empty, author={}, title={}, journal={}, year={}, pages={}, doi={}}
@misc{nodate, author={Ku, Ying}, title={No date}, year={n.d.}}
@misc{slash, author={Ku, Ying}, title={Slash}, year={2020/2021}}
@misc{circa, author={Ku, Ying}, title={Circa}, year={c. 1850}}
@misc{minus, author={Caesar}, title={Minus}, year={-44}}
@article{month, author={Ku, Ying}, title={Months}, journal={J}, year=2001, month={Spring}}
@article{janvier, author={Ku, Ying}, title={Months}, journal={J}, year=2001, month={janvier}}
@article{ninety, author={Ku, Ying}, title={Months}, journal={J}, year=2001, month={99}}
@article{script, author={<script>alert(1)</script>},
  title={<script>alert(1)</script> &amp; <b>x</b> <img src=x onerror=y>}, journal={<i>J}}
@article{body, author={{World Health Organization}}, title={T}, journal={J}, year=2001}
@article{given, author={given=Jean}, title={T}, journal={J}, year=2001}
@article{doi, author={Ku, Y}, title={T}, doi={10.1002/(SICI)1097<1::AID-X>3.0.CO;2-"}}
@book{isbn, author={Ku, Y}, title={T}, isbn={not <an> isbn 978-3}, edition={zeroth},
  volume={99999999999}, pages={--}, volumes={two}}
@book{ordinals, editor={Ku, Y and others}, title={T}, year=2001, edition={0}, volumes={12}}
@book{emoji, author={👩‍🔬 Ku, Y}, title={Emoji 👩‍🔬🧪 in titles: a {🧪} study}, year=2001}
@article{right, author={כהן, דוד}, title={מאמר RLOtxt.exe}, journal={J}, year=2001}
@article{cjk, author={王, 小明}, title={外泌体}, journal={学报}, year=2001}
@article{commas, author={,,, and , and and}, title={,.;:!?}, journal={...}, year=2001}
@incollection{range, author={Ku, Y}, title={T}, booktitle={B}, date={2001-05-01/2001-05-04},
  chapter={1-3}, volume={1--2}, number={3}}
@online{accessed, title={T}, url={javascript:alert(1)}, urldate={yesterday},
  date={2001-21/2001-23}}
@movie{film, director={Ku, Y}, title={T}, year=2001}
@letter{letter, author={Ku, Y}, title={He said "hello" to “you”}, year=2001}
@jurisdiction{case, title={Ku v. Li}, volume={5}, year=2001, pages={10}}
@software{quotes, author={Ku, Y}, title={T}, version={1}, url={https://example.org/<>"'}}
@misc{numbers, author={1234 5678}, title={12345}, year=99999999, pagetotal={x}}
"""
REFERENCES = Document.parse(ODD.replace("RLO", "\u202e").encode(), "odd.bib").references
_PLAIN = re.compile(r"[^\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\uf8ff]*")
_ALLOWED = {"div", "i", "b", "sub", "sup", "span", "a"}


class _Tags(HTMLParser):
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _ALLOWED
        for name, value in attrs:
            assert name in {"class", "id", "style", "href"}
            assert name != "href" or str(value).startswith("http")


def printed(style: str, type_: str = "article", /, **fields: str) -> str:
    given = {"author": "Ku, Y", "title": "T", "journal": "J", "year": "2001"} | fields
    reference = Reference("k", type_, {name: value for name, value in given.items() if value})
    return RENDER["text"](Request((reference,), style=style)).strip()


@pytest.mark.parametrize("alias", [*ALIASES, "ieee", "nature"])
def test_every_style_prints_them(alias: str) -> None:
    made = CiteprocEngine().bibliography(items(REFERENCES), find(alias, INSTALLED))
    lines = text(made)
    assert len(made) == len(lines.splitlines()) == len(REFERENCES)
    assert _PLAIN.fullmatch(lines.replace("\n", ""))
    assert all(line.strip() for line in lines.splitlines())
    assert "None" not in lines


@pytest.mark.parametrize("style", ["apa", "chicago", "nature"])
def test_html_has_no_tags_of_theirs(style: str) -> None:
    _Tags().feed(RENDER["html"](Request(REFERENCES, style=style)))


@pytest.mark.parametrize(
    ("style", "first"), [("apa", "keyonly"), ("vancouver", "1. keyonly"), ("ieee", "[1]. keyonly")]
)
def test_an_entry_without_anything_shows_its_key(style: str, first: str) -> None:
    assert RENDER["text"](Request(REFERENCES[:1], style=style)) == f"{first}\n"


# --------------------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("style", "date", "shown"),
    [
        ("apa", "2001-05-01/2001-05-04", "(2001)"),
        ("vancouver", "2001-05-01/2001-05-04", "2001 May 1–4."),
        ("mla", "2001-05/2001-08", "May–Aug. 2001"),
        ("ama", "2001-05-01/2001-06-04", "May 1–June 4, 2001"),
        ("ama", "2001-05-01/2003-06-04", "May 1, 2001–June 4, 2003"),
        ("ieee", "2001-05/2001-08", "May–Aug. 2001"),
        ("apa", "2001/2003", "(2001–2003)"),
        ("apa", "1999/", "(1999–)"),
        ("chicago", "1999/", "Ku, Y. 1999–. “T.” J."),
        ("apa", "2001-05-04/2001-05-04", "(2001)"),
        ("apa", "-0043", "(44 B.C.E.)"),
        ("mla", "0476", "476 AD"),
        ("mla", "2001-21", "Spring 2001"),
    ],
)
def test_ranges_of_dates(style: str, date: str, shown: str) -> None:
    assert shown in printed(style, year="", date=date)


@pytest.mark.parametrize("year", ["n.d.", "-44", "in press", "99999999"])
@pytest.mark.parametrize("style", ["apa", "chicago"])
def test_a_date_in_words_is_printed_once(style: str, year: str) -> None:
    assert printed(style, "misc", year=year, journal="").count(year) == 1


@pytest.mark.parametrize(
    ("date", "made"),
    [
        ("2001-21/2001-23", {"date-parts": [[2001]]}),
        ("2001-21/2002-21", {"date-parts": [[2001], [2002]]}),
        ("2001-05/2001-05", {"date-parts": [[2001, 5]]}),
    ],
)
def test_a_range_has_no_season(date: str, made: object) -> None:
    assert csl_date({"date": date}) == made


def test_a_part_that_one_date_changes_stays_for_the_next() -> None:
    style = (
        b'<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">'
        b"<citation><layout/></citation><bibliography><layout>"
        b'<date form="text" variable="accessed"><date-part name="month" form="short"/></date>'
        b'<date form="text" variable="issued" prefix="; " font-weight="bold"/>'
        b"</layout></bibliography></style>"
    )
    day = {"date-parts": [[2001, 1, 2]]}
    item = {"id": "k", "type": "book", "accessed": day, "issued": day}
    (made,) = CiteprocEngine().bibliography([item], Source("mine", style))
    assert text((made,)) == "Jan. 2, 2001; January 2, 2001\n"
    assert [run.marks for run in made.runs] == [frozenset(), {"b"}]


# --------------------------------------------------------------------------- texts


@pytest.mark.parametrize(
    "title",
    [
        "Std::vector considered",
        "Wait.. what of .NET",
        ".NET in practice",
        "Yes?, no?. and;; so",
        "A . B , C",
    ],
)
@pytest.mark.parametrize("style", ["apa", "ieee"])
def test_punctuation_within_a_title_stays(style: str, title: str) -> None:
    assert title in printed(style, title=title)


def test_punctuation_within_a_doi_stays() -> None:
    shown = printed("apa", doi="10.1002/(sici)1<1::aid-x>3.0.co;2-x")
    assert shown.endswith("https://doi.org/10.1002/(sici)1<1::aid-x>3.0.co;2-x")


def test_quotes_within_quotes() -> None:
    assert "“He Said ‘Hello’ to ‘You’.”" in printed("mla", title='He said "hello" to “you”')


def test_a_case_is_one_against_another() -> None:
    assert "Ku v. Li" in printed("mla", "jurisdiction", title="Ku v. Li", author="", journal="")


def test_a_director_is_a_name() -> None:
    shown = printed("apa", "movie", director="Ku, Ying", author="", journal="")
    assert shown.startswith("Ku, Y. (Director). (2001). T")


def test_no_roman_numeral_without_end() -> None:
    started = time.process_time()
    assert "99999999999" in printed("mhra", "book", volume="99999999999", journal="")
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "Words of Many Kinds " * 5000},
        {"title": "{A} b <i>x</i> " * 3000},
        {"title": "." * 100_000},
        {"title": '" “x”, ' * 6_000},
        {"pages": "1" * 100_000},
        {"volume": "1a" * 25_000},
        {"author": " and ".join(f"Name{number}, Ann B." for number in range(3000))},
        {"author": "Ku " * 33_000},
    ],
    ids=["title", "braces", "dots", "quotes", "digits", "numbers", "names", "words"],
)
def test_long_fields_take_no_long_time(fields: dict[str, str]) -> None:
    started = time.process_time()
    assert printed("mla", **fields)
    assert time.process_time() - started < 5


# --------------------------------------------------------------------------- order


def numbered(*names: str) -> tuple[Reference, ...]:
    return tuple(Reference(name, "article", {"author": name, "title": "T"}) for name in names)


@pytest.mark.parametrize("style", ["vancouver", "ieee", "nature", "ama"])
def test_numbers_follow_the_order_of_the_references(style: str) -> None:
    lines = RENDER["text"](Request(numbered("Zed", "Abe", "Mid"), style=style)).splitlines()
    assert re.findall("Zed|Abe|Mid", "\n".join(lines)) == ["Zed", "Abe", "Mid"]
    assert [line.strip("[")[0] for line in lines] == ["1", "2", "3"]


@pytest.mark.parametrize("style", ["apa", "mla", "chicago", "harvard"])
def test_styles_that_sort_do(style: str) -> None:
    names = ("Zed", "Öst", "Abe", "‘Mid", "Orm")
    lines = RENDER["text"](Request(numbered(*names), style=style))
    assert re.findall("Zed|Öst|Abe|Mid|Orm", lines) == ["Abe", "Mid", "Orm", "Öst", "Zed"]


@settings(max_examples=8, deadline=None)
@given(st.permutations(["2001", "1999/2003", "0850", "n.d.", "2001-05", "-0043"]))
def test_the_order_does_not_depend_on_that_of_the_references(dates: list[str]) -> None:
    xml = (
        b'<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">'
        b'<citation><layout/></citation><bibliography><sort><key variable="issued"/></sort>'
        b'<layout><text variable="title"/></layout></bibliography></style>'
    )
    works = [
        {"id": date, "type": "book", "title": date, "issued": csl_date({"date": date})}
        for date in dates
    ]
    made = CiteprocEngine().bibliography(works, Source("mine", xml))
    order = [entry.key for entry in made]
    assert order == ["-0043", "0850", "1999/2003", "2001", "2001-05", "n.d."]


def test_printing_leaves_the_style_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Style] = []
    monkeypatch.setattr(
        "exocite.export.citeproc_engine.CslStyle",
        lambda *args: made.append(Style(*args)) or made[-1],
    )
    RENDER["text"](Request(REFERENCES, style="apa"))
    fresh = Style(find("apa", INSTALLED).xml)
    elements = [[(e.tag, dict(e.attrib)) for e in one.root.iter()] for one in (*made, fresh)]
    assert elements[0] == elements[1]
