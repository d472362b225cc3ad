"""Records of Crossref as works, whatever they hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exocite.model import Name, Update, Work
from exocite.registries.crossref_record import bare_doi, record_hash, work_from_record
from tests.fakes.works import read_works

FULL: dict[str, Any] = {
    "DOI": "10.5555/ABC",
    "type": "journal-article",
    "title": ["A &amp; B of H<sub>2</sub>O", "A second title"],
    "subtitle": ["In\n  short"],
    "original-title": ["A und B"],
    "author": [
        {"given": "Ada", "family": "Lovelace", "suffix": "Jr", "ORCID": "x", "sequence": "first"},
        {"name": "The <i>Engine</i> Group"},
        {"given": "Plato"},
        {"sequence": "additional"},
        None,
    ],
    "editor": [{"family": "Babbage", "given": "C."}],
    "container-title": ["Journal of Works"],
    "short-container-title": ["J. Works"],
    "publisher": "Works &amp; Co",
    "volume": "7",
    "issue": "2-3",
    "page": "1-9",
    "article-number": "e12",
    "ISSN": ["1234-5678", "http://id.crossref.org/issn/8765-4321", "1234-5678"],
    "ISBN": ["http://id.crossref.org/isbn/9783161484100"],
    "URL": "https://doi.org/10.5555/abc",
    "language": "en",
    "issued": {"date-parts": [[2021, 6]]},
    "published-print": {"date-parts": [[2022]]},
    "published-online": {"date-parts": [[2021, 6, 30]]},
    "published": {"date-parts": [[2021, 6]]},
    "abstract": "<jats:p>One.</jats:p>",
    "updated-by": [
        {"DOI": "10.5555/Notice", "type": "retraction", "source": "retraction-watch",
         "updated": {"date-parts": [[2023, 1, 5]], "date-time": "2023-01-05T00:00:00Z"}},
        {"DOI": "10.5555/erratum", "type": "expression-of-concern"},
        {"DOI": "10.5555/x"},
    ],
    "update-to": [
        {"DOI": "10.5555/old", "type": "correction", "updated": {"date-parts": [[2020]]}},
    ],
    "relation": {
        "is-preprint-of": [
            {"id-type": "doi", "id": "https://doi.org/10.5555/VOR", "asserted-by": "subject"},
            {"id-type": "doi", "id": "10.5555/vor"},
            {"id-type": "uri", "id": "https://example.org"},
        ],
        "has-review": [],
    },
}  # fmt: skip


def test_a_full_record() -> None:
    assert work_from_record(FULL) == Work(
        doi="10.5555/abc",
        type="journal-article",
        title="A & B of H2O",
        subtitle="In short",
        original_title="A und B",
        authors=(
            Name(family="Lovelace", given="Ada", suffix="Jr"),
            Name(literal="The Engine Group"),
            Name(literal="Plato"),
        ),
        editors=(Name(family="Babbage", given="C."),),
        container="Journal of Works",
        container_short="J. Works",
        publisher="Works & Co",
        year="2021",
        years=("2021", "2022"),
        volume="7",
        issue="2-3",
        pages="1-9",
        article_number="e12",
        issn=("1234-5678", "8765-4321"),
        isbn=("9783161484100",),
        url="https://doi.org/10.5555/abc",
        language="en",
        abstract="One.",
        updated_by=(
            Update("retraction", "10.5555/notice", "2023-01-05", "retraction-watch"),
            Update("expression_of_concern", "10.5555/erratum"),
        ),
        updates=(Update("correction", "10.5555/old", "2020"),),
        relations={"is-preprint-of": ("10.5555/vor",)},
        hash=record_hash(FULL),
    )


@pytest.mark.parametrize(
    ("issued", "year"),
    [
        ({"date-parts": [[2021, 6, 1]]}, "2021"),
        ({"date-parts": [["2021"]]}, "2021"),
        ({"date-parts": [2021]}, "2021"),
        ({"date-parts": [[None]]}, ""),
        ({"date-parts": [[]]}, ""),
        ({"date-parts": []}, ""),
        ({"date-parts": None}, ""),
        ({"date-parts": [[0]]}, ""),
        ({"date-parts": [[20210]]}, ""),
        ({"date-parts": [[True]]}, ""),
        ({"date-parts": [[{}]]}, ""),
        ({"date-parts": {"a": 1}}, ""),
        ({}, ""),
        ([], ""),
        (None, ""),
        (2021, ""),
        ("2021", ""),
    ],
)
def test_the_year_of_any_date(issued: object, year: str) -> None:
    assert work_from_record({"DOI": "10.5555/x", "issued": issued}).year == year


def test_without_a_date_of_issue_the_earliest_year_counts() -> None:
    dates = {"published-print": {"date-parts": [[2022]]}, "published": {"date-parts": [[2020]]}}
    work = work_from_record({"issued": {"date-parts": [[None]]}, **dates})
    assert (work.year, work.years) == ("2020", ("2020", "2022"))


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (["One", "Two"], "One"), ("One", "One"), ([None, "", "One"], "One"), ([12], "12"),
        (None, ""), ([], ""), ([[]], ""), ({"a": "b"}, ""), ([True], ""), ([1.5], ""),
        ([10**400], ""),
    ],
)  # fmt: skip
def test_a_title_of_any_shape(title: object, text: str) -> None:
    assert work_from_record({"title": title}).title == text


@pytest.mark.parametrize(
    ("value", "doi"),
    [
        ("10.5555/ABC", "10.5555/abc"),
        (" https://doi.org/10.5555/a ", "10.5555/a"),
        ("http://dx.doi.org/10.5555/a", "10.5555/a"),
        ("doi:10.5555/a", "10.5555/a"),
        ("10.1000/../../members/98", "10.1000/../../members/98"),
        ("10.5555/a b", ""),
        ("10.5555", ""),
        ("https://example.org/10.5555/a", ""),
        ("", ""),
        (None, ""),
        (["10.5555/a"], ""),
    ],
)
def test_a_doi_of_any_shape(value: object, doi: str) -> None:
    assert bare_doi(value) == doi


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "http://[", "x", 3])
def test_only_addresses_of_the_web(url: object) -> None:
    assert work_from_record({"URL": url}).url == ""


# --------------------------------------------------------------------------- the hash

VOLATILE = {
    "score": 12.5,
    "indexed": {"timestamp": 1},
    "is-referenced-by-count": 99,
    "deposited": {"timestamp": 2},
    "reference": [{"key": "1"}],
    "abstract": "Another",
    "language": "de",
    "link": [],
}
TELLING = {
    "title": ["Another"],
    "author": [{"family": "Other"}],
    "volume": "8",
    "issued": {"date-parts": [[2020]]},
    "updated-by": [{"DOI": "10.5555/notice", "type": "retraction"}],
    "DOI": "10.5555/other",
}


@pytest.mark.parametrize("name", VOLATILE)
def test_the_hash_overlooks_what_changes_by_itself(name: str) -> None:
    assert record_hash({**FULL, name: VOLATILE[name]}) == record_hash(FULL)


@pytest.mark.parametrize("name", TELLING)
def test_the_hash_sees_what_matters(name: str) -> None:
    assert record_hash({**FULL, name: TELLING[name]}) != record_hash(FULL)


def test_the_hash_overlooks_orcids_and_the_order_of_keys() -> None:
    authors = [{"family": "Lovelace", "given": "Ada"}]
    others = [{"given": "Ada", "ORCID": "y", "family": "Lovelace", "affiliation": [1]}]
    assert record_hash({"author": authors}) == record_hash({"author": others})
    assert record_hash(dict(reversed(FULL.items()))) == record_hash(FULL)


# --------------------------------------------------------------------------- hostile records

_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["family", "date-parts", "DOI", "id", "id-type", "type", "x"]), inner
        )
    ),
    max_leaves=8,
)


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from([*FULL, "x"]), _JSON))
def test_no_json_breaks_it(record: dict[str, Any]) -> None:
    work = work_from_record(json.loads(json.dumps(record)))
    assert len(work.hash) == 64
    for text in (work.doi, work.title, work.year, work.volume, work.publisher, work.url):
        assert isinstance(text, str)
        assert not any(c < " " or c in "\u202e\x7f" for c in text)


def test_a_deep_record_does_not_break_it() -> None:
    deep: Any = []
    for _ in range(800):
        deep = [deep]
    assert work_from_record(dict.fromkeys(FULL, deep)).title == ""


def test_ten_megabytes_of_abstract() -> None:
    work = work_from_record({"abstract": "<jats:p>word &amp; " + "word " * 2_000_000 + "</jats:p>"})
    assert work.abstract.startswith("word & word")


@pytest.mark.parametrize("file", ["matching/works.jsonl", "crossref/works.jsonl"])
def test_every_recorded_work(shared: Path, file: str) -> None:
    rows = read_works(shared / "data" / file)
    for row in rows:
        record: Any = row.get("message", row)
        work = work_from_record(record)
        assert work.doi == record["DOI"].lower()
        assert bool(work.title) == bool(any(record["title"]))
        assert not any(mark in work.title for mark in ("&amp;", "</", "mml:", "jats:", "\n", "  "))
        assert "jats:p" not in work.abstract
        assert not work.year or work.year in work.years
