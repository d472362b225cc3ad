"""Citation fields, bibliographies and links of Word documents."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from xml.sax.saxutils import escape

import pytest

from exocite.model import Article
from tests.documents import field, paragraph, run, sign, zotero
from tests.word_articles import KU, cited, read, texts


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
