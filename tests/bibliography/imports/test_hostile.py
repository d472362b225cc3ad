"""Any text whatever is read without an exception, and its records can be written or say why not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.bibliography.document import Document
from exocite.bibliography.imports import FORMATS, Broken, Format, Imported
from exocite.bibliography.imports.additions import Additions
from exocite.bibliography.imports.better_bibtex import BETTER_BIBTEX
from exocite.bibliography.imports.csljson import CSL_JSON
from exocite.bibliography.imports.endnote import ENDNOTE
from exocite.bibliography.imports.mixed import TEXT
from exocite.bibliography.imports.ris import RIS
from exocite.bibliography.imports.zotero_rdf import ZOTERO_RDF
from exocite.errors import BibliographyError

PIECES = st.sampled_from(
    [
        "TY  - JOUR\n", "AU  - ", "PY  - ", "Y2  - //", "ER  - \n", "SN  - ", "SP  - 1-\n",
        "DO  - ",
        "PMID- 1\n", "FAU - ", "DP  - 2001 ", "LID - x [doi]\n", "<xml><records>", "<record>",
        "</record>", "<titles><title>", "</title></titles>", "<dates><year>", "</year></dates>",
        "<pub-dates><date>", "</date></pub-dates>", '[{"type":"book",', '"issued":{"date-parts":',
        "[[2001,", "[[[", "]]", "}", "{", ",", "]", '"author":[', '"family":"x"', "null", "1e999",
        "10.5555/x", "2101.00001", "978-3-16-148410-0", "\n", " ", "\r", "\0", "\x1b[2J", "\\",
        "{x}",
        "<rdf:RDF>", "</rdf:RDF>", "<z:B rdf:about='#1'>", "</z:B>",
        "<z:itemType>book</z:itemType>", "<dcterms:isPartOf rdf:resource='#1'/>",
        "<bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>x</foaf:surname>",
        "</foaf:Person></rdf:li></rdf:Seq></bib:authors>", '{"items": [', '{"itemType": "book"',
        '"creators": [{"lastName": 1}]', '"date": "c. 44 BC"', "@misc{k, x = {1}}",
        "1. Ku, Y. (2020). Tea. J, 3, 1-2.",
        "²", "é", "\ud800", "\u202e", "99999999999999999999", "# ",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=200))


@pytest.mark.parametrize("format_", FORMATS, ids=lambda one: one.name)
@given(text=TEXTS)
def test_any_text_is_read(format_: Format, text: str) -> None:
    format_.looks(text)
    lines = text.count("\n") + text.count("\r") + len(text.splitlines()) + 1
    for number, record in enumerate(format_.read(text)):
        assert 1 <= record.line <= lines
        if isinstance(record, Imported):
            additions = Additions(Document.parse(b"@book{x, title = {X}}\n"))
            refused = additions.add(record.type, f"k{number}", record.fields)
            after = additions.document
            assert len(after.references) == 2
            written = {name.lower() for name, value in record.fields.items() if value.strip()}
            assert written - set(refused) >= set(after.references[1].fields)


def reasons(format_: Format, text: str) -> list[str]:
    return [one.reason for one in format_.read(text) if isinstance(one, Broken)]


@pytest.mark.parametrize(
    ("format_", "text", "word"),
    [
        (ENDNOTE, '<!DOCTYPE a [<!ENTITY b "c">]><xml><record>&b;</record></xml>', "entities"),
        (ENDNOTE, '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///x">]><xml>&b;</xml>', "entities"),
        (ENDNOTE, "<xml>" + "<a>" * 100, "inside one another"),
        (ENDNOTE, "<xml><record>", "not well-formed"),
        (CSL_JSON, "[" * 100_000, "cannot be read"),
        (CSL_JSON, '[{"id": ' + "9" * 10_000 + "}]", "cannot be read"),
        (CSL_JSON, '[{"id": "a"}', "is not closed"),
        (CSL_JSON, "[1]", "no CSL item"),
        (ZOTERO_RDF, '<!DOCTYPE r [<!ENTITY a "b">]><r/>', "declares entities"),
        (ZOTERO_RDF, "<rdf:RDF>" + "<a>" * 100, "inside one another"),
        (ZOTERO_RDF, "<rdf:RDF><z:B>", "not well-formed"),
        (BETTER_BIBTEX, '{"config": {"items": [1]}}', "no list of items"),
        (BETTER_BIBTEX, '{"items": [{"itemType": "book"}', "is not closed"),
        (BETTER_BIBTEX, '{"items": [{"title": "x"}]}', "no item of Zotero"),
        (BETTER_BIBTEX, '{"items": [{"itemType": }]}', "no JSON"),
        (RIS, "AU  - Nobody\n", "outside of any record"),
        (RIS, "TY  - JOUR\n", "does not end with ER"),
    ],
)
def test_what_is_broken_is_said(format_: Format, text: str, word: str) -> None:
    (reason,) = reasons(format_, text)
    assert word in reason


def test_records_before_broken_xml_are_kept() -> None:
    text = "<xml><records><record><volume>1</volume></record><record></xml>"
    first, second = ENDNOTE.read(text)
    assert isinstance(first, Imported)
    assert (first.fields, isinstance(second, Broken)) == ({"volume": "1"}, True)


def test_a_taken_key_is_refused_and_the_rest_is_added() -> None:
    additions = Additions(Document.parse(b"@book{x, title = {X}}\n"))
    with pytest.raises(BibliographyError, match="already"):
        additions.add("book", "x", {"title": "Y"})
    additions.add("book", "y", {"title": "Y"})
    with pytest.raises(BibliographyError, match="already"):
        additions.append("@book{y, title = {Z}}")
    assert [one.key for one in additions.document.references] == ["x", "y"]


@pytest.mark.parametrize(
    "before",
    [
        b"@book{x, title = {open\n",
        b"@comment{ {open\n@book{z, title={t}}",
        b'@book{x, title = "open\n',
        b"% text @book{x, title={a}",
        b"@book{x, title = {a},\r\n  @article",
        b"\xef\xbb\xbf",
    ],
)
def test_what_is_broken_before_stays_as_it_is(before: bytes) -> None:
    document = Document.parse(before)
    additions = Additions(document)
    additions.add("book", "y", {"title": "Y"})
    after = additions.document
    assert after.data.startswith(before)
    assert [one.key for one in after.references] == [*(r.key for r in document.references), "y"]


def test_what_the_encoding_has_not_is_named() -> None:
    before = Document.parse("@book{x, title = {é}}\n".encode("cp1252"))
    additions = Additions(before)
    assert additions.add("book", "y", {"title": "日", "note": "n"}) == ("title",)
    assert additions.document.data.startswith(before.data)


NINES = "9" * 5_000


@pytest.mark.parametrize(
    ("format_", "text", "field"),
    [
        (RIS, f"TY  - JOUR\nPY  - 2020/{NINES}\nER  - \n", "ris-py"),
        (RIS, f"TY  - JOUR\nPY  - 2020/5/{NINES}\nER  - \n", "ris-py"),
        (RIS, f"TY  - JOUR\nY2  - 2020/5/{NINES}\nER  - \n", "ris-y2"),
        (RIS, "TY  - JOUR\nY2  - 2020/May/3\nER  - \n", "ris-y2"),
        (RIS, "TY  - JOUR\nY2  - 2020/00/00\nER  - \n", "ris-y2"),
        (
            CSL_JSON,
            f'[{{"type": "book", "issued": {{"date-parts": [[2020]], "season": "{NINES}"}}}}]',
            "csl-issued",
        ),
        (CSL_JSON, r'[{"type": "book", "id": "a\ud800b"}]', "csl-id"),
    ],
)
def test_what_is_no_date_and_no_key_is_kept(format_: Format, text: str, field: str) -> None:
    (record,) = format_.read(text)
    assert isinstance(record, Imported)
    assert field in record.fields
    assert not record.key
    additions = Additions(Document.parse(b""))
    additions.add(record.type, "x", record.fields)
    assert [one.key for one in additions.document.references] == ["x"]


@pytest.mark.parametrize(
    ("format_", "text"),
    [
        (RIS, "TY  - JOUR\nAB  - x\n" + "more\n" * 200_000 + "ER  - \n"),
        (RIS, "TY  - JOUR\n" + "KW  - x\n" * 100_000 + "ER  - \n"),
        (RIS, "TY  - JOUR\n" + "ZZ  - x\n" * 100_000 + "ER  - \n"),
        (CSL_JSON, "[" + '{"a"\n,' * 20_000),
        (CSL_JSON, '[{"id": 1}, {x}' + ', {"id": 2' * 20_000),
    ],
)
def test_time_grows_with_the_text_alone(format_: Format, text: str) -> None:
    started = time.process_time()
    assert len(list(format_.read(text))) <= 3
    assert time.process_time() - started < 5


def test_an_entry_without_a_key_among_other_words_is_told() -> None:
    text = "Some words\n\n@article{, title={A}}\n\n@misc{b, title={B}}\n"
    found = list(TEXT.read(text))
    assert [one.reason for one in found if isinstance(one, Broken)] == [
        "this @article has no citekey and was not taken over"
    ]
