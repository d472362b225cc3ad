"""The annotated copy as a Word document: the article, with a comment at each claim.

Written part by part as WordprocessingML (ECMA-376, part 1, transitional), so that it opens in Word
and LibreOffice; the same report gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from exocite.model import BlockKind
from exocite.report.data import Card, Group, Line, Report, Stretch, Work
from exocite.report.words import Weight, findings, header, not_checked, reference, sentences
from exocite.text import collapsed, printable

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NO_XML = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
_FIRST = "[Content_Types].xml"
_WHEN = (1980, 1, 1, 0, 0, 0)
_LONGEST_NAME = 200
_STYLES = {
    BlockKind.QUOTATION: "Quote",
    BlockKind.CODE: "Code",
    BlockKind.CAPTION: "Caption",
    BlockKind.LIST_ITEM: "ListBullet",
    BlockKind.TITLE: "Title",
}


def render(report: Report) -> bytes:
    """The report as the bytes of a .docx file."""
    parts = {
        _FIRST: _types(),
        "_rels/.rels": _relationships([("officeDocument", "word/document.xml")]),
        "word/_rels/document.xml.rels": _relationships(
            [("styles", "styles.xml"), ("numbering", "numbering.xml"), ("comments", "comments.xml")]
        ),
        "word/document.xml": _document(report),
        "word/comments.xml": _comments(report),
        "word/styles.xml": _styles(),
        "word/numbering.xml": _numbering(),
    }
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            info = ZipInfo(name, _WHEN)
            # The first part is stored as it is: it says that this file is a report.
            info.compress_type = ZIP_STORED if name == _FIRST else ZIP_DEFLATED
            archive.writestr(info, text.encode("utf-8"))
    return stream.getvalue()


# --------------------------------------------------------------------------- the article


def _document(report: Report) -> str:
    body = "".join(_blocks(report))
    return f'{_XML}<w:document xmlns:w="{_W}"><w:body>{body}{_SECTION}</w:body></w:document>'


_SECTION = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="709" '
    'w:footer="709" w:gutter="0"/></w:sectPr>'
)


def _blocks(report: Report) -> Iterator[str]:
    yield _paragraph("Title", _run(report.title))
    for line in header(report):
        yield _paragraph("Caption", _run(line))
    for page in report.pages:
        if len(report.pages) > 1:
            yield _paragraph("Heading1", _run(page.title))
        for group in page.shown:
            yield from _group(group)
    yield _paragraph("Heading1", _run("References"))
    for work in report.works:
        count = len(work.pins)
        rest = "1 claim rests" if count == 1 else f"{count} claims rest"
        yield _paragraph("", _run(f"{reference(work)} {rest} on it."))
    yield _paragraph("Heading1", _run("Findings"))
    for told in findings(report):
        yield _paragraph("", _run(told))
    yield _paragraph("Heading1", _run("Not checked"))
    for told in not_checked(report):
        yield _paragraph("", _run(told))


def _group(group: Group) -> Iterator[str]:
    if group.kind is BlockKind.TABLE:
        yield _table(group)
        return
    for line in group.lines:
        style = _STYLES.get(group.kind, "")
        if group.kind is BlockKind.HEADING:
            style = f"Heading{min(line.level + 1, 6)}"
        level = min(max(line.level, 1), 9) - 1 if group.kind is BlockKind.LIST_ITEM else None
        yield _paragraph(style, _line(line), level)


def _line(line: Line) -> str:
    return "".join(map(_stretch, line.stretches))


def _stretch(stretch: Stretch) -> str:
    run = _run(stretch.text)
    if stretch.pin is None:
        return run
    number = stretch.pin.number
    return (
        f'<w:commentRangeStart w:id="{number}"/>{run}<w:commentRangeEnd w:id="{number}"/>'
        f'<w:r><w:commentReference w:id="{number}"/></w:r>'
    )


def _table(group: Group) -> str:
    width = max(len(line.cells) for line in group.lines)
    rows = []
    for line in group.lines:
        cells = [*line.cells, *[""] * (width - len(line.cells))]
        told = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr>{_paragraph("", _run(cell))}'
            "</w:tc>"
            for cell in cells
        )
        rows.append(f"<w:tr>{told}</w:tr>")
    grid = '<w:gridCol w:w="1000"/>' * width
    return (
        '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>'
        '<w:bottom w:val="single" w:sz="4" w:space="0" w:color="999999"/>'
        '<w:insideH w:val="single" w:sz="4" w:space="0" w:color="999999"/>'
        f"</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
        f"{_paragraph('', '')}"
    )


# --------------------------------------------------------------------------- comments


def _comments(report: Report) -> str:
    works = {work.anchor: work for work in report.works}
    told = "".join(_comment(card, report, works) for card in report.cards)
    return f'{_XML}<w:comments xmlns:w="{_W}">{told}</w:comments>'


def _comment(card: Card, report: Report, works: Mapping[str, Work]) -> str:
    """The card as a comment by those whose verdict holds; without one, by exocite."""
    names = ", ".join(dict.fromkeys(said.by for said in card.verdicts))
    by, initials = (names[:_LONGEST_NAME], card.initials) if names else ("exocite", "exo")
    when = max((said.at for said in card.verdicts), default=report.made)
    date = f' w:date="{escape(when)}"' if re.fullmatch(r"[0-9T:Z-]{20}", when) else ""
    inner = "".join(
        _paragraph(
            "",
            _run(
                sentence.text,
                {Weight.HEAD: "<w:b/>", Weight.QUOTE: "<w:i/>"}.get(sentence.weight, ""),
            ),
        )
        for sentence in sentences(card, works)
    )
    return (
        f'<w:comment w:id="{card.pin.number}" w:author="{_text(collapsed(by))}"{date} '
        f'w:initials="{_text(initials)}">{inner}</w:comment>'
    )


# --------------------------------------------------------------------------- parts


def _paragraph(style: str, inner: str, level: int | None = None) -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    listed = (
        "" if level is None else f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
    )
    return f"<w:p><w:pPr>{named}{listed}</w:pPr>{inner}</w:p>"


def _run(text: str, look: str = "") -> str:
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    lines = (f'<w:t xml:space="preserve">{_text(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{properties}{'<w:br/>'.join(lines)}</w:r>"


def _text(text: str) -> str:
    """The text as XML can hold it: no control characters, nothing that is a tag."""
    return escape(_NO_XML.sub("\N{REPLACEMENT CHARACTER}", printable(text)))


def _types() -> str:
    kinds = {"document": "document.main", "comments": "comments", "styles": "styles"}
    kinds["numbering"] = "numbering"
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    return (
        f'{_XML}<!-- exocite report --><Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relationships(targets: list[tuple[str, str]]) -> str:
    told = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


def _style(name: str, shown: str, paragraph: str = "", run: str = "") -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{shown}"/>'
        '<w:basedOn w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _styles() -> str:
    headings = "".join(
        _style(
            f"Heading{level}",
            f"heading {level}",
            f'<w:keepNext/><w:spacing w:before="320" w:after="100"/>'
            f'<w:outlineLvl w:val="{level - 1}"/>',
            f'<w:b/><w:sz w:val="{max(22, 34 - 4 * level)}"/>',
        )
        for level in range(1, 7)
    )
    return (
        f'{_XML}<w:styles xmlns:w="{_W}">'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        '<w:pPr><w:spacing w:after="140" w:line="288" w:lineRule="auto"/></w:pPr>'
        '<w:rPr><w:rFonts w:ascii="Georgia" w:hAnsi="Georgia" w:cs="Times New Roman"/>'
        '<w:sz w:val="22"/></w:rPr></w:style>'
        + _style("Title", "Title", '<w:spacing w:after="200"/>', '<w:sz w:val="40"/>')
        + _style("Caption", "caption", '<w:spacing w:after="40"/>', '<w:sz w:val="18"/>')
        + _style("Quote", "Quote", '<w:ind w:left="567"/>', "<w:i/>")
        + _style("Code", "Source Code", "", '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas"/>')
        + _style("ListBullet", "List Bullet")
        + headings
        + "</w:styles>"
    )


def _numbering() -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
        f'<w:lvlText w:val="•"/><w:pPr><w:ind w:left="{360 * (level + 1)}" w:hanging="260"/>'
        "</w:pPr></w:lvl>"
        for level in range(9)
    )
    return (
        f'{_XML}<w:numbering xmlns:w="{_W}"><w:abstractNum w:abstractNumId="0">{levels}'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
