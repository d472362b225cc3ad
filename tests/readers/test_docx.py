"""Word documents: what Word shows is the text, fields cite, and every offset has its place."""

from __future__ import annotations

import json
import time
from base64 import b64encode
from collections.abc import Callable
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exocite import readers
from exocite.claims import citations
from exocite.errors import ReadError
from exocite.model import Article, Citation
from exocite.text import Lines
from tests.documents import docx, field, paragraph, run, sign, zotero
from tests.timing import assert_linear

KU = {
    "type": "article-journal",
    "title": "Exosomes and skin",
    "author": [{"family": "Ku", "given": "Yuri C."}],
    "container-title": "Cells",
    "volume": "3",
    "issue": "2",
    "page": "1-9",
    "issued": {"date-parts": [[2023, 4]]},
    "DOI": "10.1000/ku",
}


def read(*body: str, **more: object) -> Article:
    return readers.read("a.docx", docx(*body, **more))  # type: ignore[arg-type]


def at(article: Article, offset: int) -> str:
    lines = Lines(article.source, article.places)
    return "{}:{}:{}".format(lines.place(offset), *lines.position(offset))


def shape(article: Article) -> list[tuple[str, str, str]]:
    return [(at(article, b.span.start), b.kind.value, b.text) for b in article.blocks]


def cited(article: Article) -> list[tuple[str, str, list[str]]]:
    """Place, text and labels with locators of all citations."""
    return [_told(article, one) for one in citations.find(article)]


def _told(article: Article, one: Citation) -> tuple[str, str, list[str]]:
    labels = [f"{item.label} {item.locator}".strip() for item in one.items]
    return at(article, one.span.start), article.source[one.span.start : one.span.end], labels


def texts(article: Article) -> list[str]:
    return [block.text for block in article.blocks]


# --------------------------------------------------------------------------- blocks


def cell(*paragraphs: str) -> str:
    return f"<w:tc><w:tcPr/>{''.join(paragraphs)}</w:tc>"


def test_a_document(exact: Callable[[Article], None]) -> None:
    article = read(
        paragraph("Why skin ages", style="Titel"),
        paragraph(),
        paragraph("Causes", style="berschrift1"),
        paragraph("Smoke ages ", run("the", "<w:i/>"), " skin,", "<w:r><w:br/></w:r>", "yearly."),
        paragraph("Sun", style="Liste"),
        paragraph("Wind", properties='<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'),
        paragraph("Wear a hat.", style="Zitat"),
        "<w:tbl><w:tblPr/><w:tr>"
        + cell(paragraph("Age"))
        + cell(paragraph("Share"), paragraph("in %"))
        + "</w:tr></w:tbl>",
        paragraph("Figure 1: a face.", style="Beschriftung"),
        paragraph("x = 1", style="Quelltext"),
        paragraph("Deeper", style="Mine"),
        paragraph("An outline", properties='<w:outlineLvl w:val="2"/>'),
        paragraph("Contents 3", style="Verzeichnis1"),
        paragraph("It loops.", style="LoopA"),
    )  # fmt: skip
    exact(article)
    assert (article.format, article.encoding) == ("docx", "")
    assert shape(article) == [
        ("paragraph 1:1:1", "title", "Why skin ages"),
        ("paragraph 3:1:1", "heading", "Causes"),
        ("paragraph 4:1:1", "paragraph", "Smoke ages the skin, yearly."),
        ("paragraph 5:1:1", "list item", "Sun"),
        ("paragraph 6:1:1", "list item", "Wind"),
        ("paragraph 7:1:1", "quotation", "Wear a hat."),
        ("table 1 row 1 cell 1:1:1", "table", "Age | Share in %"),
        ("paragraph 8:1:1", "caption", "Figure 1: a face."),
        ("paragraph 9:1:1", "code", "x = 1"),
        ("paragraph 10:1:1", "heading", "Deeper"),
        ("paragraph 11:1:1", "heading", "An outline"),
        ("paragraph 12:1:1", "navigation", "Contents 3"),
        ("paragraph 13:1:1", "paragraph", "It loops."),
    ]
    assert [b.level for b in article.blocks if b.kind.value == "heading"] == [1, 2, 3]
    assert at(article, article.source.index("yearly")) == "paragraph 4:2:1"
    assert at(article, article.source.index("in %")) == "table 1 row 1 cell 2:2:1"


def test_what_word_does_not_show_is_not_read() -> None:
    gone = '<w:del w:id="1"><w:r><w:delText>not </w:delText></w:r></w:del>'
    new = f'<w:ins w:id="2">{run("truly ")}</w:ins>'
    box = f"<w:r><w:pict><w:txbxContent>{paragraph('A box.')}</w:txbxContent></w:pict></w:r>"
    drawn = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:p><w:r><w:t>Box.</w:t></w:r></w:p>"
        f"</w:drawing></mc:Choice><mc:Fallback>{run('Box.')}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    article = read(
        paragraph("Smoke ", gone, new, "ages", box, drawn, run(" no", "<w:vanish/>"), " skin."),
        paragraph(
            '<w:moveFrom w:id="3">' + run("Gone.") + "</w:moveFrom>",
            '<w:commentRangeStart w:id="4"/>',
            "Sun ",
            field(" PAGE ", "4"),
            '<w:r><w:commentReference w:id="4"/></w:r>',
            ' burns.',
        ),
        paragraph("Half a ", properties="<w:rPr><w:del w:id='5'/></w:rPr>"),
        paragraph("sentence."),
        "<w:tbl><w:tr><w:trPr><w:del w:id='6'/></w:trPr>" + cell(paragraph("Old")) + "</w:tr>"
        "<w:tr>" + cell(paragraph("New")) + "</w:tr></w:tbl>",
        '<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>'
        + paragraph("Click here to enter text.")
        + "</w:sdtContent></w:sdt>",
    )  # fmt: skip
    assert texts(article) == ["Smoke truly ages skin.", "Sun 4 burns.", "Half a sentence.", "New"]


def test_spaces_symbols_and_signs() -> None:
    article = read(
        "<w:p><w:r><w:t>  Skin</w:t><w:tab/><w:t>ages\n by</w:t></w:r>"
        '<w:r><w:sym w:font="Symbol" w:char="F0B1"/><w:t>5</w:t><w:noBreakHyphen/></w:r>'
        '<w:r><w:sym w:font="Wingdings" w:char="F04A"/><w:sym w:font="X" w:char="zz"/>'
        '<w:sym w:font="X" w:char="D800"/><w:sym w:font="X" w:char="2264"/></w:r></w:p>'
    )
    assert article.source == "Skin\tages  by±5\u2011\ufffd\ufffd≤"
    assert texts(article) == ["Skin ages  by±5\u2011\ufffd\ufffd≤"]


def test_a_bold_line_is_a_heading() -> None:
    bold = "<w:b/>"
    article = read(
        paragraph(run("Causes", bold)),
        paragraph(run("Smoke", bold), " ages skin."),
        paragraph(run("Smoke ages skin.", bold)),
    )
    kinds = [block.kind.value for block in article.blocks]
    assert kinds == ["title", "paragraph", "paragraph"]


def test_code_and_mathematics_cite_nothing(exact: Callable[[Article], None]) -> None:
    code = '<w:rStyle w:val="VerbatimChar"/>'
    article = read(
        paragraph("Write ", run("[@ku2023]", code), " or ", run("x", code), " (Ku, 2023)."),
        paragraph("<m:oMath><m:r><m:t>[@a] = 5</m:t></m:r></m:oMath>"),
    )
    exact(article)
    assert [b.kind.value for b in article.blocks] == ["paragraph", "code"]
    assert [one[1] for one in cited(article)] == ["(Ku, 2023)"]
    span = article.blocks[1].span
    assert article.source[span.start : span.end] == "[@a] = 5"


def test_numbers_of_lists() -> None:
    again = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'
    article = read(
        paragraph("References", style="berschrift1"),
        paragraph("Ruiz A. Collagen. J Skin 2019;4:11.", style="Liste"),
        paragraph("Ito K. Sun. Derm 2020;8:1.", style="Liste"),
        paragraph("Mo L. Wind. Derm 2021;9:1.", properties=again),
    )
    assert [one.label for one in article.references] == ["1", "2", "5"]


# --------------------------------------------------------------------------- fields


def test_zotero(exact: Callable[[Article], None]) -> None:
    uri = ["http://zotero.org/users/1/items/AA"]
    code = zotero(
        {"id": 7, "uris": uri, "itemData": KU, "locator": "3-4", "label": "page"},
        {"id": "b/x", "itemData": {"title": "Sun and skin", "DOI": "10.1000/sun"}},
    )
    again = zotero({"id": 7, "uris": uri, "itemData": KU, "locator": "2", "label": "chapter"})
    other = zotero({"id": 7, "uris": ["http://zotero.org/groups/2/items/BB"], "itemData": {}})
    article = read(
        paragraph("Smoke ages skin ", field(code, "(Ku, ", run("2023", "<w:i/>"), "; Sun)"), "."),
        paragraph("Wind ", field(again, run("1", '<w:vertAlign w:val="superscript"/>')), " dries."),
        paragraph("Salt ", field(other, "(Mo)"), field(zotero({"id": 9}), ""), " too."),
        paragraph("Bibliography", style="berschrift1"),
        paragraph(sign("begin"), "<w:r><w:instrText> ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY "
                  "</w:instrText></w:r>", sign("separate"), "Ku, Y. C. (2023). Exosomes and skin."),
        paragraph("Sun and skin. https://doi.org/10.1000/sun", sign("end")),
    )  # fmt: skip
    exact(article)
    assert cited(article) == [
        ("paragraph 1:1:17", "(Ku, 2023; Sun)", ["7 pp. 3-4", "b/x"]),
        ("paragraph 2:1:6", "1", ["7 chap. 2"]),
        ("paragraph 3:1:6", "(Mo)", ["BB"]),
    ]
    assert {one.label: one.text for one in article.references} == {
        "7": "Ku, Y. C. (2023). Exosomes and skin. Cells, 3(2), 1-9. https://doi.org/10.1000/ku",
        "b/x": "Sun and skin. https://doi.org/10.1000/sun",
    }
    assert [one.name for one in article.places[-2:]] == ["item 7", "item b/x"]
    assert [b.kind.value for b in article.blocks[-2:]] == ["reference", "reference"]
    assert "ADDIN" not in article.source


@pytest.mark.parametrize(
    ("item", "locator"),
    [
        ({"locator": "3"}, "p. 3"),
        ({"locator": "p. 3"}, "p. 3"),
        ({"locator": "iv", "label": "page"}, "p. iv"),
        ({"locator": "2", "label": "figure"}, "fig. 2"),
        ({"locator": "x", "label": "new"}, "new x"),
        ({"suffix": ", p. 3"}, "p. 3"),
        ({"suffix": " for one thing"}, ""),
        ({"locator": ["a"]}, ""),
    ],
)
def test_locators(item: dict[str, object], locator: str) -> None:
    article = read(paragraph("Smoke ", field(zotero({"id": 1, **item}), "(Ku)"), "."))
    assert article.citations[0].items[0].locator == locator


def test_mendeley_in_fields_and_controls() -> None:
    def item(uuid: str, title: str) -> dict[str, object]:
        address = f"http://www.mendeley.com/documents/?uuid={uuid}"
        return {"id": "ITEM-1", "uris": [address], "itemData": {"id": "ITEM-1", "title": title}}

    def code(*items: dict[str, object]) -> str:
        return f"ADDIN CSL_CITATION {json.dumps({'citationItems': items})}"

    packed = b64encode(json.dumps({"citationItems": [{"id": "u-3"}]}).encode()).decode()
    control = (
        f'<w:sdt><w:sdtPr><w:tag w:val="MENDELEY_CITATION_v3_{packed}"/></w:sdtPr>'
        f"<w:sdtContent>{run('[3]')}</w:sdtContent></w:sdt>"
    )
    article = read(
        paragraph("A ", field(code(item("aa", "Skin")), "[1]"), " b."),
        paragraph("C ", field(code(item("bb", "Hair")), "[2]"), " d ", control, "."),
        paragraph("E ", field(code(item("aa", "Skin")), "[1]"), " f."),
    )
    assert [labels for _, _, labels in cited(article)] == [["aa"], ["bb"], ["u-3"], ["aa"]]


def test_fields_kept_as_bookmarks(exact: Callable[[Article], None]) -> None:
    code = zotero({"id": 7, "itemData": KU, "locator": "3", "label": "page"}).strip()
    code = code.removeprefix("ADDIN ")
    pieces = [code[:100], code[100:]]
    space = "http://schemas.openxmlformats.org/officeDocument/2006/"
    properties = "".join(
        f'<property fmtid="x" pid="{n}" name="ZOTERO_BREF_a1_{n}"><vt:lpwstr>{escape(piece)}'
        "</vt:lpwstr></property>"
        for n, piece in reversed(list(enumerate(pieces, 1)))
    )
    custom = (
        f'<Properties xmlns="{space}custom-properties" xmlns:vt="{space}docPropsVTypes">'
        f'{properties}<property name="ZOTERO_BREF_b2_1"><vt:lpwstr>ZOTERO_BIBL {{}}</vt:lpwstr>'
        "</property></Properties>"
    )
    article = read(
        paragraph("Smoke ages skin ", '<w:bookmarkStart w:id="0" w:name="ZOTERO_BREF_a1"/>',
                  "(Ku 2023)", '<w:bookmarkEnd w:id="0"/>', "."),
        paragraph('<w:bookmarkStart w:id="1" w:name="Other"/>', "Wind (2019)",
                  '<w:bookmarkEnd w:id="1"/>', " dries.", '<w:bookmarkEnd w:id="9"/>'),
        paragraph('<w:bookmarkStart w:id="2" w:name="ZOTERO_BREF_b2"/>', "Ku, Y. C. (2023). "
                  "Exosomes and skin.", '<w:bookmarkEnd w:id="2"/>'),
        parts={"docProps/custom.xml": custom},
    )  # fmt: skip
    exact(article)
    assert cited(article)[0] == ("paragraph 1:1:17", "(Ku 2023)", ["7 p. 3"])
    assert [one.label for one in article.references] == ["7"]
    assert article.blocks[-1].kind.value == "reference"


ENDNOTE = (
    "<EndNote><Cite><Author>Ku</Author><Year>2023</Year><RecNum>12</RecNum><Pages>3-4</Pages>"
    "<DisplayText>(Ku, 2023)</DisplayText><record><rec-number>12</rec-number><contributors>"
    "<authors><author><style face='normal'>Ku, Yuri C.</style></author></authors></contributors>"
    "<titles><title><style face='normal'>Exosomes &amp; skin</style></title>"
    "<secondary-title>Cells</secondary-title></titles><volume>3</volume>"
    "<dates><year>2023</year></dates>"
    "<electronic-resource-num>10.1000/ku</electronic-resource-num></record></Cite>"
    "<Cite><Author>Mo</Author><Year>2020</Year></Cite></EndNote>"
)


def _held(code: str, data: str, *result: str) -> str:
    held = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:fldData xml:space="preserve">'
        f"{b64encode(data.encode()).decode()}</w:fldData></w:fldChar></w:r>"
    )
    return held + field(code, *result).removeprefix(sign("begin"))


@pytest.mark.parametrize(
    "written",
    [
        field(f" ADDIN EN.CITE {ENDNOTE}", "(Ku, 2023)"),
        _held(" ADDIN EN.CITE ", ENDNOTE, "(Ku, 2023)"),
        _held(
            " ADDIN EN.CITE ", ENDNOTE, "(Ku, 2023)"
        ).replace(sign("separate"), field(" ADDIN EN.CITE.DATA ") + sign("separate"), 1),
    ],
)  # fmt: skip
def test_endnote(written: str, exact: Callable[[Article], None]) -> None:
    article = read(
        paragraph("Smoke ages skin ", written, "."),
        paragraph(field(" ADDIN EN.REFLIST ", "Ku, Y. C. Exosomes & skin. Cells 2023.")),
    )
    exact(article)
    assert cited(article) == [("paragraph 1:1:17", "(Ku, 2023)", ["12 pp. 3-4", "Mo 2020"])]
    assert {one.label: one.text for one in article.references} == {
        "12": "Ku, Y. C. (2023). Exosomes & skin. Cells, 3. https://doi.org/10.1000/ku",
        "Mo 2020": "Mo (2020).",
    }
    assert "EN.CITE" not in article.source


@pytest.mark.parametrize("data", ["", "<EndNote><Cite>", "\0\1", "<EndNote></Cite></EndNote>", "é"])
def test_endnote_that_says_nothing(data: str) -> None:
    article = read(paragraph("Smoke ages skin ", _held(" ADDIN EN.CITE ", data, "(Ku)"), "."))
    assert texts(article) == ["Smoke ages skin (Ku)."]
    assert article.citations == ()


def test_words_own_citations() -> None:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/bibliography"
    source = (
        f'<b:Sources xmlns:b="{space}"><b:Source><b:Tag>Ku23</b:Tag><b:Title>Exosomes</b:Title>'
        "<b:Year>2023</b:Year><b:JournalName>Cells</b:JournalName><b:Author><b:Author><b:NameList>"
        "<b:Person><b:Last>Ku</b:Last><b:First>Yuri</b:First></b:Person></b:NameList></b:Author>"
        "<b:Editor><b:NameList><b:Person><b:Last>No</b:Last></b:Person></b:NameList></b:Editor>"
        "</b:Author></b:Source><b:Source><b:Tag>Never</b:Tag></b:Source></b:Sources>"
    )
    simple = f'<w:fldSimple w:instr=" CITATION Mo21 ">{run("(Mo, 2021)")}</w:fldSimple>'
    article = read(
        paragraph("A ", field(r" CITATION Ku23 \p 3 \l 1033 \m Ito20 \p 4-5 ", "(Ku; Ito)"), " b."),
        paragraph("C ", simple, "."),
        parts={"customXml/item1.xml": source},
    )
    assert [labels for _, _, labels in cited(article)] == [["Ku23 p. 3", "Ito20 pp. 4-5"], ["Mo21"]]
    assert [(r.label, r.text) for r in article.references] == [
        ("Ku23", "Ku, Y. (2023). Exosomes. Cells.")
    ]


def test_a_printed_bibliography_without_its_works_is_the_list() -> None:
    article = read(
        paragraph("As known [2]."),
        f'<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Bibliographies"/></w:docPartObj>'
        f"</w:sdtPr><w:sdtContent>{paragraph('Works', style='berschrift1')}"
        f"{paragraph('[1] Ku Y. Exosomes. Cells 2023;3:1.')}"
        f"{paragraph('[2] Ito K. Sun. Derm 2020;8:1.')}</w:sdtContent></w:sdt>",
    )
    assert [(r.label, r.text[:3]) for r in article.references] == [("1", "Ku "), ("2", "Ito")]
    kinds = [block.kind.value for block in article.blocks]
    assert kinds == ["paragraph", "heading", "reference", "reference"]
    assert [labels for _, _, labels in cited(article)] == [["2"]]


def test_links_and_raised_numbers() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    link = f'<w:hyperlink r:id="x">{run("this study")}</w:hyperlink>'
    other = f'<w:hyperlink r:id="y">{run("a shop")}</w:hyperlink>'
    coded = field(' HYPERLINK "https://doi.org/10.1000/b" ', "that one")
    article = read(
        paragraph("See ", link, ", ", coded, " and ", other, "."),
        paragraph("Smoke ages skin.", run("1", raised), run(",2", raised), " m", run("2", raised)),
        paragraph("Wind.", '<w:hyperlink w:anchor="r3">' + run("3", raised) + "</w:hyperlink>"),
        paragraph("References", style="berschrift1"),
        *(paragraph(f"Ruiz {name}. Skin. J Skin 2019;4:1{name}.", style="Liste") for name in "ABC"),
        links={"x": "https://doi.org/10.1000/a", "y": "https://shop.example/10.1000/c"},
    )  # fmt: skip
    assert cited(article) == [
        ("paragraph 1:1:5", "this study", ["10.1000/a"]),
        ("paragraph 1:1:17", "that one", ["10.1000/b"]),
        ("paragraph 2:1:17", "1,2", ["1", "2"]),
        ("paragraph 3:1:6", "3", ["3"]),
    ]


# --------------------------------------------------------------------------- notes


def note(number: int, *inner: str) -> str:
    return f'<w:footnote w:id="{number}">{"".join(inner)}</w:footnote>'


def refer(number: int, kind: str = "footnote", more: str = "") -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"{more}/></w:r>'


def test_notes(exact: Callable[[Article], None]) -> None:
    mark, known = "<w:r><w:footnoteRef/></w:r>", field(zotero({"id": 7}), "(Ku)")
    article = read(
        paragraph("Smoke ages skin.", refer(4), " Sun burns.", refer(2)),
        paragraph("Wind dries.", refer(7), " So does salt", '<w:r><w:footnoteReference w:id="9" '
                  'w:customMarkFollows="1"/><w:t>*</w:t></w:r>', ".", refer(1, "endnote")),
        notes='<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        + note(2, paragraph(mark, " Ito K. Sun. Derm 2020;8:1."))
        + note(4, paragraph(mark, " As ", known, " says."), paragraph("More."))
        + note(5, paragraph("Nobody refers to it."))
        + note(7, paragraph(mark, " A mere remark."))
        + note(9, paragraph("Mo L. Salt. Derm 2021;9:1.")),
        endnotes=f'<w:endnote w:id="1">{paragraph(" See https://doi.org/10.1000/a.")}</w:endnote>',
    )  # fmt: skip
    exact(article)
    assert shape(article) == [
        ("paragraph 1:1:1", "paragraph", "Smoke ages skin.1 Sun burns.2"),
        ("paragraph 2:1:1", "paragraph", "Wind dries.3 So does salt*.i"),
        ("footnote 2:1:1", "reference", "Ito K. Sun. Derm 2020;8:1."),
        ("footnote 1:1:1", "paragraph", "As (Ku) says."),
        ("footnote 1:2:1", "paragraph", "More."),
        ("footnote 3:1:1", "paragraph", "A mere remark."),
        ("footnote 4:1:1", "reference", "Mo L. Salt. Derm 2021;9:1."),
        ("endnote i:1:1", "reference", "See https://doi.org/10.1000/a."),
    ]
    assert [(place, text, labels) for place, text, labels in cited(article)] == [
        ("paragraph 1:1:17", "1", ["7"]),
        ("paragraph 1:1:29", "2", ["^2"]),
        ("paragraph 2:1:26", "*", ["^footnote-4"]),
        ("paragraph 2:1:28", "i", ["^i"]),
        ("footnote 1:1:4", "(Ku)", ["7"]),
    ]


@pytest.mark.parametrize(
    ("said", "signs"),
    [
        ("", ["1", "2", "3"]),
        ('<w:numFmt w:val="lowerRoman"/>', ["i", "ii", "iii"]),
        ('<w:numFmt w:val="upperLetter"/><w:numStart w:val="26"/>', ["Z", "AA", "BB"]),
        ('<w:numStart w:val="5"/>', ["5", "6", "7"]),
        ('<w:numFmt w:val="chicago"/>', ["*", "†", "‡"]),
        ('<w:numFmt w:val="ideographDigital"/>', ["1", "2", "3"]),
    ],
)
def test_numbering_of_notes(said: str, signs: list[str], exact: Callable[[Article], None]) -> None:
    article = read(
        paragraph(*(part for n in range(3) for part in (f"Skin {n} ages", refer(n), ". "))),
        f"<w:sectPr><w:footnotePr>{said}</w:footnotePr></w:sectPr>",
        notes="".join(note(n, paragraph(f"Ku A. Skin. Derm 202{n};8:1.")) for n in range(3)),
    )
    exact(article)
    assert [text for _, text, _ in cited(article)] == signs
    assert [one.text[-9:] for one in article.references] == ["2020;8:1.", "2021;8:1.", "2022;8:1."]


def test_raised_figures_are_no_others(exact: Callable[[Article], None]) -> None:
    high = '<w:vertAlign w:val="superscript"/>'
    article = read(
        paragraph("There are 10", run("6", high), " cells in 5 cm", run("2", high), " of it."),
        "<w:tbl><w:tr><w:tc>" + paragraph("10", run("−", high), run("7", high)) + "</w:tc></w:tr>"
        "</w:tbl>",
    )
    exact(article)
    assert texts(article) == ["There are 10⁶ cells in 5 cm² of it.", "10⁻⁷"]
    assert article.source.startswith("There are 106 cells")


# --------------------------------------------------------------------------- hostile files


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
