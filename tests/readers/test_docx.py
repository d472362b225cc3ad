"""Word documents: what Word shows is the text, and every offset has its place."""

from __future__ import annotations

from collections.abc import Callable

from exocite.model import Article
from tests.documents import field, paragraph, run
from tests.word_articles import at, cell, cited, read, shape, texts


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
