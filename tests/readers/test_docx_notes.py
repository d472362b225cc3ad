"""Footnotes and endnotes of Word documents, and their numbers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from exocite.model import Article
from tests.documents import field, paragraph, run, zotero
from tests.word_articles import cited, note, read, refer, shape, texts


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
