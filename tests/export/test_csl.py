"""References as CSL-JSON: tables of types and fields, and the hard cases of the shared data."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.bibliography import Document
from exocite.export import EXPORTS, Request
from exocite.export.csl import MORE, items, names
from exocite.model import Reference


def item(type_: str = "article", /, **fields: str) -> dict[str, Any]:
    (made,) = items((Reference("k", type_, fields),))
    return made


@pytest.mark.parametrize(
    ("type_", "fields", "expected", "genre"),
    [
        ("article", {}, "article-journal", None),
        ("article", {"entrysubtype": "newspaper"}, "article-newspaper", None),
        ("article", {"entrysubtype": "magazine"}, "article-magazine", None),
        ("book", {}, "book", None),
        ("inbook", {}, "chapter", None),
        ("incollection", {}, "chapter", None),
        ("inproceedings", {}, "paper-conference", None),
        ("phdthesis", {}, "thesis", "PhD thesis"),
        ("mastersthesis", {}, "thesis", "Master’s thesis"),
        ("thesis", {"type": "mathesis"}, "thesis", "Master’s thesis"),
        ("phdthesis", {"type": "Habilitation"}, "thesis", "Habilitation"),
        ("techreport", {}, "report", None),
        ("report", {"type": "resreport"}, "report", "Research report"),
        ("online", {}, "webpage", None),
        ("dataset", {}, "dataset", None),
        ("unpublished", {}, "manuscript", None),
        ("misc", {}, "document", None),
        ("misc", {"howpublished": "https://example.org"}, "webpage", None),
        ("misc", {"url": "https://example.org", "publisher": "P"}, "document", None),
        ("nonsense", {}, "document", None),
    ],
)
def test_types(type_: str, fields: dict[str, str], expected: str, genre: str | None) -> None:
    made = item(type_, **fields)
    assert made["type"] == expected
    assert made.get("genre") == genre


@pytest.mark.parametrize(
    ("field", "people"),
    [
        ("Ku, Ying C.", [{"family": "Ku", "given": "Ying C."}]),
        ("{World Health Organization}", [{"literal": "World Health Organization"}]),
        (
            "de la Vallée Poussin, Charles",
            [
                {
                    "family": "Vallée Poussin",
                    "given": "Charles",
                    "non-dropping-particle": "de la",
                }
            ],
        ),
        ("King, Jr., Martin", [{"family": "King", "given": "Martin", "suffix": "Jr."}]),
        ("Ku, Ying and others", [{"family": "Ku", "given": "Ying"}, MORE]),
        ("Ku, Ying and et al.", [{"family": "Ku", "given": "Ying"}, MORE]),
        ("Ku, Ying et al", [{"family": "Ku", "given": "Ying"}, MORE]),
        ("given=Ying, family=Ku and others", [{"family": "Ku", "given": "Ying"}, MORE]),
        ("{WHO} and Others", [{"literal": "WHO"}, MORE]),
        (
            "Others, Ann and Al, Et",
            [{"family": "Others", "given": "Ann"}, {"family": "Al", "given": "Et"}],
        ),
        (
            "given=Jean, prefix=de, family=Fontaine and Ku, Y",
            [
                {"family": "Fontaine", "given": "Jean", "non-dropping-particle": "de"},
                {"family": "Ku", "given": "Y"},
            ],
        ),
        ("given=Plato", [{"literal": "Plato"}]),
        ("", []),
        ("others", []),
    ],
)
def test_names(field: str, people: list[dict[str, str]]) -> None:
    assert names(field) == people


@pytest.mark.parametrize(
    ("options", "author", "dropped"),
    [
        ("", "von Humboldt, Alexander", False),
        ("useprefix=true", "von Humboldt, Alexander", False),
        ("useprefix", "von Humboldt, Alexander", False),
        ("skipbib, UsePrefix = False ", "von Humboldt, Alexander", True),
        ("useprefix=false, useprefix=true", "von Humboldt, Alexander", False),
        ("nouseprefix=false", "von Humboldt, Alexander", False),
        ("", "family=Humboldt, prefix=von, given=Alexander, useprefix=false", True),
        ("useprefix=false", "family=Humboldt, prefix=von, given=Alexander, useprefix=true", False),
        ("useprefix=false", "family=Humboldt, prefix=von, given=Alexander", True),
    ],
)
def test_a_particle_is_dropped_where_biblatex_is_told_so(
    options: str, author: str, *, dropped: bool
) -> None:
    particle = "dropping-particle" if dropped else "non-dropping-particle"
    expected = {"family": "Humboldt", "given": "Alexander", particle: "von"}
    assert item("book", author=author, options=options)["author"] == [expected]


def test_each_name_speaks_for_itself() -> None:
    author = (
        "family=Goethe, given=J., prefix=von, useprefix=false and "
        "{family=Leeuwenhoek, given=A., prefix=van, useprefix=true} and von Ku, Y. and others"
    )
    assert [list(name)[2:] for name in names(author)[:-1]] == [
        ["dropping-particle"],
        ["non-dropping-particle"],
        ["non-dropping-particle"],
    ]


@pytest.mark.parametrize(
    ("type_", "fields", "variable", "value"),
    [
        ("article", {"journal": "J"}, "container-title", "J"),
        ("article", {"journaltitle": "J", "journalsubtitle": "S"}, "container-title", "J: S"),
        ("incollection", {"booktitle": "B"}, "container-title", "B"),
        ("article", {"pages": "181--194"}, "page", "181-194"),
        ("article", {"pages": "181–194, 201 – 203"}, "page", "181-194, 201-203"),
        ("article", {"eid": "e12"}, "page", "e12"),
        ("article", {"number": "6"}, "issue", "6"),
        ("article", {"number": "6", "issue": "Spring"}, "issue", "Spring"),
        ("techreport", {"number": "TR-6"}, "number", "TR-6"),
        ("book", {"number": "6", "series": "S"}, "collection-number", "6"),
        ("book", {"series": "S"}, "collection-title", "S"),
        ("book", {"address": "Lund"}, "publisher-place", "Lund"),
        ("phdthesis", {"school": "MIT"}, "publisher", "MIT"),
        ("techreport", {"institution": "NIST"}, "publisher", "NIST"),
        ("article", {"doi": "https://doi.org/10.5555/ABC"}, "DOI", "10.5555/abc"),
        ("article", {"doi": "not a doi"}, "DOI", "not a doi"),
        ("misc", {"howpublished": "At https://example.org/a."}, "URL", "https://example.org/a"),
        (
            "misc",
            {"eprint": "2101.00001", "archiveprefix": "arXiv"},
            "URL",
            "https://arxiv.org/abs/2101.00001",
        ),
        ("book", {"title": "A", "subtitle": "B"}, "title", "A: B"),
        ("book", {"title": "Why?", "subtitle": "B"}, "title", "Why? B"),
        ("book", {"langid": "ngerman"}, "language", "de"),
        ("book", {"language": "en-GB"}, "language", "en-gb"),
        ("book", {"year": "2001", "month": "aug"}, "issued", {"date-parts": [[2001, 8]]}),
        ("online", {"urldate": "2024-01-02"}, "accessed", {"date-parts": [[2024, 1, 2]]}),
    ],
)
def test_fields(type_: str, fields: dict[str, str], variable: str, value: object) -> None:
    assert item(type_, **fields)[variable] == value


def test_an_unknown_language_is_left_out() -> None:
    assert "language" not in item("book", language="Klingon or so")


def test_titles_in_other_languages_keep_their_case() -> None:
    assert item("book", title="Die Große Reise", langid="german")["title"] == "Die Große Reise"
    assert item("book", title="The Great Journey Home")["title"] == "The great journey home"


@pytest.mark.parametrize("type_", ["legislation", "jurisdiction"])
def test_the_law_keeps_its_capitals(type_: str) -> None:
    assert item(type_, title="Human Rights Act 1998")["title"] == "Human Rights Act 1998"


def test_data_entries_give_no_item() -> None:
    assert items((Reference("x", "xdata", {"publisher": "P"}),)) == []


@given(
    st.dictionaries(
        st.sampled_from(
            ["author", "title", "journal", "date", "year", "month", "pages", "doi", "url", "eprint",
             "eprinttype", "type", "number", "langid", "crossref", "howpublished", "entrysubtype"]
        ),
        st.text(max_size=40),
    ),
    st.sampled_from(["article", "book", "misc", "phdthesis", "online", "x"]),
)  # fmt: skip
def test_any_fields_give_an_item_that_is_json(fields: dict[str, str], type_: str) -> None:
    made = item(type_, **fields)
    again = json.loads(json.dumps(made))
    assert again == made
    json.dumps(made, ensure_ascii=False).encode("utf-8")
    assert made["id"] == "k"


def test_csl_json_export() -> None:
    render = {export.name: export.render for export in EXPORTS}["csl-json"]
    references = (Reference("b", "book", {"title": "É"}), Reference("a", "book", {"title": "A"}))
    output = render(Request(references))
    assert [made["id"] for made in json.loads(output)] == ["b", "a"]
    assert "É" in output
    assert output.endswith("]\n")


# --------------------------------------------------------------------------- hard cases


def _written(name: dict[str, str]) -> str:
    parts = ("given", "dropping-particle", "non-dropping-particle", "family", "literal", "suffix")
    return unicodedata.normalize("NFC", " ".join(name[p] for p in parts if name.get(p)))


def _text(value: str | None) -> str:
    return re.sub(r"<[^>]*>", "", value or "").strip().replace("\u2009", "").replace("\u00a0", " ")


def _contains(value: object, part: str) -> bool:
    return part in (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


_HOLDS: dict[str, Any] = {
    "names": lambda value, wanted: [_written(name) for name in value or []] == wanted,
    "text_equals": lambda value, wanted: _text(value) == _text(wanted),
    "text_equals_nocase": lambda value, wanted: _text(value).lower() == wanted.lower(),
    "text_one_of": lambda value, wanted: _text(value) in map(_text, wanted),
    "markup_contains_all_nocase": lambda value, wanted: all(
        part.lower() in value.lower() for part in wanted
    ),
    "present": lambda value, _: bool(value),
    "truthy": lambda value, _: bool(value),
    "equals": lambda value, wanted: value == wanted,
    "not_equals": lambda value, wanted: value != wanted,
    "one_of": lambda value, wanted: value in wanted,
    "contains": _contains,
    "not_contains": lambda value, part: not _contains(value, part),
    "regex_nocase": lambda value, wanted: bool(re.search(wanted, value or "", re.IGNORECASE)),
}


def _holds(made: dict[str, Any], check: dict[str, Any]) -> bool:
    if check["rule"] == "all":
        return all(_holds(made, {"field": check["field"]} | part) for part in check["value"])
    value: Any = made
    for name in [] if check["field"] == "*" else check["field"].split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return bool(_HOLDS[check["rule"]](value, check.get("value")))


def test_hard_entries(shared: Path) -> None:
    folder = shared / "data" / "csl"
    document = Document.parse((folder / "hard.bib").read_bytes(), "hard.bib")
    made = {one["id"]: one for one in items(document.references)}
    expected = json.loads((folder / "hard_expected.json").read_text(encoding="utf-8"))
    failed = [check["name"] for check in expected["checks"] if not _holds(made[check["id"]], check)]
    assert failed == []
