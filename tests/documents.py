"""Files that are not their own text, built for tests: notebooks and Word documents."""

from __future__ import annotations

import json
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="{_OFFICE}/relationships" xmlns:m="{_OFFICE}/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


def notebook(*cells: tuple[str, str], version: int = 4) -> bytes:
    """A notebook with these cells, each its type and its text."""
    made = [
        {"cell_type": kind, "metadata": {}, "source": text.splitlines(keepends=True)}
        | ({"outputs": [{"text": "An output of 5 %."}]} if kind == "code" else {})
        for kind, text in cells
    ]
    document = {"cells": made, "metadata": {}, "nbformat": version, "nbformat_minor": 5}
    return json.dumps(document).encode()


def run(text: str, look: str = "") -> str:
    """A run of text; `look` is what its `w:rPr` holds."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs; a plain text is a run of its own."""
    inner = "".join(one if one.startswith("<") else run(one) for one in runs)
    named = f"<w:pStyle w:val={quoteattr(style)}/>" if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inner}</w:p>"


def field(code: str, *result: str) -> str:
    """A complex field, its instruction in two runs."""
    half = len(code) // 2
    codes = "".join(
        f'<w:r><w:instrText xml:space="preserve">{escape(part)}</w:instrText></w:r>'
        for part in (code[:half], code[half:])
    )
    inner = "".join(one if one.startswith("<") else run(one) for one in result)
    return f"{sign('begin')}{codes}{sign('separate')}{inner}{sign('end')}"


def sign(kind: str) -> str:
    """A sign that begins, separates or ends a field."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def zotero(*items: dict[str, object]) -> str:
    """The instruction of a citation of Zotero."""
    citation = {"citationID": "x", "properties": {"noteIndex": 0}, "citationItems": list(items)}
    return f" ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps(citation)} "


def docx(
    *body: str,
    notes: str = "",
    endnotes: str = "",
    links: dict[str, str] | None = None,
    parts: dict[str, str] | None = None,
) -> bytes:
    """A Word document with these blocks; `notes` are elements `w:footnote`."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, text in _parts(body, notes, endnotes, links or {}, parts or {}).items():
            archive.writestr(name, text)
    return stream.getvalue()


def _parts(
    body: tuple[str, ...], notes: str, endnotes: str, links: dict[str, str], more: dict[str, str]
) -> dict[str, str]:
    kinds = {"styles": "styles.xml", "numbering": "numbering.xml"}
    kinds |= {"footnotes": "footnotes.xml"} if notes else {}
    kinds |= {"endnotes": "endnotes.xml"} if endnotes else {}
    within = [_relationship(kind, kind, name) for kind, name in kinds.items()]
    beyond = [_relationship(name, "hyperlink", to, "External") for name, to in links.items()]
    found = {
        "_rels/.rels": _relationships([_relationship("d", "officeDocument", "word/document.xml")]),
        "word/document.xml": f"<w:document {_SPACES}><w:body>{''.join(body)}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relationships([*within, *beyond]),
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING,
    }
    if notes:
        found["word/footnotes.xml"] = f"<w:footnotes {_SPACES}>{notes}</w:footnotes>"
    if endnotes:
        found["word/endnotes.xml"] = f"<w:endnotes {_SPACES}>{endnotes}</w:endnotes>"
    return found | more


def _relationships(entries: list[str]) -> str:
    return f'<Relationships xmlns="{_RELATIONSHIPS}">{"".join(entries)}</Relationships>'


def _relationship(name: str, kind: str, target: str, mode: str = "Internal") -> str:
    return (
        f'<Relationship Id="{name}" Type="{_OFFICE}/relationships/{kind}" '
        f"Target={quoteattr(target)} TargetMode={quoteattr(mode)}/>"
    )


def _style(name: str, shown: str, inner: str = "", kind: str = "paragraph") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{shown}"/>{inner}</w:style>'


STYLES = (
    f"<w:styles {_SPACES}>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>'
    + _style("Titel", "Title")
    + _style("berschrift1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>')
    + _style("berschrift2", "heading 2", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>')
    + _style("Mine", "Chapter", '<w:basedOn w:val="berschrift2"/>')
    + _style("Zitat", "Quote")
    + _style("Beschriftung", "caption")
    + _style("Quelltext", "Source Code")
    + _style("Verzeichnis1", "toc 1")
    + _style("Liste", "List Number", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    + _style("LoopA", "Loop A", '<w:basedOn w:val="LoopB"/>')
    + _style("LoopB", "Loop B", '<w:basedOn w:val="LoopA"/>')
    + _style("Hoch", "High", '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>', "character")
    + _style("VerbatimChar", "Verbatim Char", "", "character")
    + "</w:styles>"
)
NUMBERING = (
    f"<w:numbering {_SPACES}>"
    '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl>'
    "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    "</w:numbering>"
)
