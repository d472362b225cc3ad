"""Word documents that are broken, hostile or large."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exocite import readers
from exocite.claims import citations
from exocite.errors import ReadError
from exocite.model import Article
from tests.documents import docx, field, paragraph, run, sign, zotero
from tests.timing import assert_linear
from tests.word_articles import cell, note, read, refer, texts


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is no DOCX, or a broken one: it is not a whole ZIP archive"),
        (b"PK\x03\x04 cut off", "is not a whole ZIP archive"),
        (b"# Markdown", "is not a whole ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Office document, or protected by a password"),
        (docx(parts={"_rels/.rels": "<a/>", "word/document.xml": "<a>"}), "is not sound XML"),
        (docx(), "a.docx: is empty"),
        (
            docx(parts={"word/document.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}),
            "a.docx: word/document.xml: declares a document type",
        ),
        (
            docx(parts={"word/styles.xml": "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"}),
            "word/styles.xml: declares a document type",
        ),
        (docx(parts={"word/document.xml": " " * 70_000_000}), "unpacks to far more"),
        (docx(parts={"word/document.xml": "<a>" + "b" * 2_000_000}), "unpacks to far more"),
        (docx(parts={"word/document.xml": "<a>" * 25_000}), "more than 20,000 elements"),
    ],
    ids=range(11),
)
def test_what_is_not_read(data: bytes, said: str) -> None:
    with pytest.raises(ReadError) as caught:
        readers.read("a.docx", data)
    assert said in caught.value.message
    assert caught.value.hint
    assert "\n" not in caught.value.message


def test_an_archive_that_is_no_document() -> None:
    whole = docx(paragraph("a"))
    data = whole.replace(b"word/document.xml", b"word/documnet.xml")
    with pytest.raises(ReadError, match="the archive holds no Word document"):
        readers.read("a.docx", data)
    flipped = bytearray(docx(paragraph("Skin " * 200)))
    flipped[flipped.index(b"word/document.xml") + 40] ^= 0xFF
    with pytest.raises(ReadError, match="cannot be unpacked"):
        readers.read("a.docx", bytes(flipped))


def test_nothing_outside_is_followed() -> None:
    spaces = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    for target, mode in (("file:///etc/passwd", "External"), ("../../../etc/passwd", "Internal")):
        entry = f'<Relationship Id="a" Type="{kind}" Target="{target}" TargetMode="{mode}"/>'
        article = read(
            paragraph("Skin ages."),
            parts={"_rels/.rels": f"<Relationships {spaces}>{entry}</Relationships>"},
        )
        assert article.source == "Skin ages."


def test_a_field_that_never_ends_hides_nothing() -> None:
    article = read(
        paragraph("A", sign("begin"), "<w:r><w:instrText> PAGE </w:instrText></w:r>", "hidden"),
        paragraph("Skin ages.", sign("end"), sign("end"), sign("separate")),
    )
    assert texts(article) == ["A", "Skin ages."]


def test_ten_thousand_elements_inside_one_another() -> None:
    for name in ("w:sdt", "w:sdtContent", "w:hyperlink", "w:tbl", "w:ins", "w:fldSimple"):
        article = read(f"<{name}>" * 10_000 + paragraph("Skin.") + f"</{name}>" * 10_000)
        assert "Skin." in article.source


@pytest.mark.parametrize(
    "instruction",
    [
        "ADDIN ZOTERO_ITEM CSL_CITATION {",
        "ADDIN ZOTERO_ITEM CSL_CITATION " + "[" * 100_000,
        'ADDIN CSL_CITATION {"citationItems": 3}',
        'ADDIN CSL_CITATION {"citationItems": [3, {}, {"id": []}, {"id": true}]}',
        'ADDIN CSL_CITATION {"citationItems": [{"id": ' + "1" * 5_000 + "}]}",
        "CITATION",
        "HYPERLINK",
        'HYPERLINK \\l "place"',
        "\\m \\p",
        "",
    ],
)
def test_fields_that_say_nothing(instruction: str) -> None:
    article = read(paragraph("Skin ", field(instruction, "ages"), "."))
    assert texts(article) == ["Skin ages."]
    assert article.citations == ()


TAGS = (
    "w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc", "w:sdt", "w:sdtPr", "w:sdtContent", "w:hyperlink",
    "w:instrText", "w:pPr", "w:rPr", "w:ins", "w:del", "w:trPr", "m:t", "w:footnote", "w:fldSimple",
)  # fmt: skip
EMPTY = (
    "<w:tab/>", "<w:br/>", "<w:vanish/>", '<w:footnoteReference w:id="1"/>', sign("begin"),
    '<w:numId w:val="1"/>', '<w:ilvl w:val="99999999"/>', '<w:pStyle w:val="LoopA"/>', "<w:del/>",
    sign("separate"), sign("end"), '<w:vertAlign w:val="superscript"/>', '<w:tag w:val="a"/>',
    '<w:docPartGallery w:val="Bibliographies"/>', "<w:showingPlcHdr/>", "<w:b/>",
)  # fmt: skip
TREES = st.recursive(
    st.sampled_from(EMPTY) | st.text("a1[^]@ .", min_size=1, max_size=8),
    lambda inner: st.tuples(st.sampled_from(TAGS), st.lists(inner, max_size=5)).map(
        lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"
    ),
    max_leaves=25,
)


@settings(max_examples=40)
@given(st.lists(TREES, max_size=6))
def test_any_tags_in_any_order(body: list[str]) -> None:
    try:
        article = read(paragraph("Skin ages."), *body, notes=note(1, *body))
    except ReadError as error:  # all of it stood in a deletion that was never closed
        raise AssertionError(body) from error
    _exact(article)


@given(st.binary(max_size=60), st.integers(0, 3000))
def test_any_bytes_are_read_or_refused(some: bytes, place: int) -> None:
    whole = docx(paragraph("Skin ages."))
    for data in (some, b"PK\x03\x04" + some, whole[:place] + some + whole[place + len(some) :]):
        try:
            article = readers.read("a.docx", data)
        except ReadError:
            continue
        _exact(article)


def _exact(article: Article) -> None:
    assert [p.start for p in article.places] == sorted(p.start for p in article.places)
    for block in article.blocks:
        assert 0 <= block.span.start < block.span.end <= len(article.source)
        assert (
            "".join(block.text.split())
            == "".join(article.source[block.span.start : block.span.end].split())
            or block.kind.value == "table"
        )
    for one in citations.find(article):
        assert 0 <= one.span.start < one.span.end <= len(article.source)


PIECES = (
    (paragraph("Smoke ages skin.", refer(1), " See ", field(zotero({"id": 1}), "(Ku)")), ""),
    (paragraph("a", properties="<w:rPr><w:del/></w:rPr>"), ""),
    ("<w:tbl><w:tr>" + cell(paragraph("a")) * 3 + "</w:tr></w:tbl>", ""),
    (paragraph(run("1", '<w:vertAlign w:val="superscript"/>'), "a"), ""),
    (paragraph("References", style="berschrift1") + paragraph("Ku Y. Cells 2023;3:1."), ""),
    (f"<w:p>{sign('begin')}", "</w:p>"),
    ("<w:hyperlink>", "</w:hyperlink>"),
)


@pytest.mark.parametrize(("piece", "closing"), PIECES, ids=range(len(PIECES)))
def test_twice_the_document_takes_twice_the_time(piece: str, closing: str) -> None:
    def cost(size: int) -> float:
        number = 6 * size if closing else size
        data = docx(piece * number + closing * number, paragraph("Skin."))
        begun = time.process_time()
        citations.find(readers.read("a.docx", data))
        return time.process_time() - begun

    assert_linear(cost, 120)
