"""PDF files typeset by hand: fonts, sizes, raised digits, columns, heads; every letter half an em.

Text between two `^` is raised and small, text between two `~` is bold.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

WIDE = 0.5
TOP, BOTTOM = 740.0, 90.0
_FONTS = {"F1": "Testserif-Roman", "F2": "Testserif-Bold", "F3": "Testmono-Courier"}


@dataclass(frozen=True)
class Drawn:
    """A line of text at a place, in points from the lower left corner."""

    x: float
    y: float
    text: str
    size: float = 10.0
    bold: bool = False
    mono: bool = False


@dataclass(frozen=True)
class Part:
    """A block to be set in a column: wrapped to its width, `gap` points below the one before."""

    text: str
    size: float = 10.0
    bold: bool = False
    indent: float = 0.0
    hang: float = 0.0
    gap: float = 0.0
    lead: float = 1.2


@dataclass
class Layout:
    """Columns of a page, and what is printed around them on every page."""

    columns: int = 2
    head: str = "Journal of Bees 12 (2024)"
    foot: str = "{page}"
    left: float = 60.0
    gutter: float = 20.0
    across: Sequence[Part] = ()
    notes: dict[int, Sequence[Part]] = field(default_factory=dict)

    @property
    def wide(self) -> float:
        """The width of one column."""
        return (475.0 - self.gutter * (self.columns - 1)) / self.columns

    def pages(self, parts: Iterable[Part]) -> list[list[Drawn]]:
        """The parts flowed through columns and pages."""
        pages: list[list[Drawn]] = []
        top = TOP
        page = self._page(pages, 1)
        for part in self.across:
            top -= part.gap
            for line in wrapped(part, 475.0):
                page.append(Drawn(self.left, top, line, part.size, part.bold))
                top -= part.size * part.lead
        column, y, start = 0, top, top
        for part in parts:
            y -= part.gap if y != start else 0
            for number, line in enumerate(wrapped(part, self.wide)):
                if y < BOTTOM + self._reserved(len(pages), column):
                    column, y, start = column + 1, start, start
                    if column == self.columns:
                        page = self._page(pages, len(pages) + 1)
                        column, y, start = 0, TOP, TOP
                x = self.left + column * (self.wide + self.gutter)
                x += part.hang if number else part.indent
                page.append(Drawn(x, y, line, part.size, part.bold))
                y -= part.size * part.lead
        for number, notes in self.notes.items():
            y = BOTTOM + self._reserved(number, 0) - 14
            for note in notes:
                for line in wrapped(note, self.wide):
                    pages[number - 1].append(Drawn(self.left, y, line, note.size))
                    y -= note.size * note.lead
        return pages

    def _reserved(self, page: int, column: int) -> float:
        notes = self.notes.get(page, ()) if column == 0 else ()
        lines = sum(len(wrapped(note, self.wide)) * note.size * note.lead for note in notes)
        return lines + 6 if notes else 0.0

    def _page(self, pages: list[list[Drawn]], number: int) -> list[Drawn]:
        page = []
        if self.head:
            page.append(Drawn(self.left, 790, self.head.format(page=number), 8))
        if self.foot:
            page.append(Drawn(290, 40, self.foot.format(page=number), 9))
        pages.append(page)
        return page


def wrapped(part: Part, wide: float) -> list[str]:
    """The lines of a part; a word is cut at a soft hyphen that the line's end needs."""
    lines, line, left = [], "", wide - part.indent
    for word in part.text.split():
        both = f"{line} {word}" if line else word
        if line and _width(both, part.size) > left:
            start, cut, rest = word.partition("\u00ad")
            if cut and _width(f"{line} {start}-", part.size) <= left:
                lines.append(f"{line} {start}-")
                line = rest
            else:
                lines.append(line)
                line = word.replace("\u00ad", "")
            left = wide - part.hang
        else:
            line = both.replace("\u00ad", "")
    return [*lines, line]


def _width(text: str, size: float) -> float:
    return len(re.sub(r"[\^~\u00ad]", "", text)) * size * WIDE


def typeset(
    pages: Sequence[Sequence[Drawn]],
    *,
    links: Sequence[tuple[int, tuple[float, float, float, float], str]] = (),
    rotate: int = 0,
    packed: bool = False,
    extra: str = "",
) -> bytes:
    """The file. `links` are page (from 0), rectangle and address; `extra` is drawn on each page."""
    contents = ["\n".join([*(drawn(line) for line in page), extra]) for page in pages]
    return file_of(contents, links=links, rotate=rotate, packed=packed)


def drawn(line: Drawn) -> str:
    """The operators that draw a line."""
    out = [f"BT 1 0 0 1 {line.x:.2f} {line.y:.2f} Tm"]
    raised = bold = False
    for piece in re.split(r"([\^~])", line.text):
        if piece == "^":
            raised = not raised
        elif piece == "~":
            bold = not bold
        elif piece:
            size = line.size * (0.65 if raised else 1)
            font = "F3" if line.mono else "F2" if bold or line.bold else "F1"
            rise = line.size * 0.36 if raised else 0
            out.append(f"/{font} {size:.2f} Tf {rise:.2f} Ts {string(piece)} Tj")
    return " ".join([*out, "ET"])


def string(text: str) -> str:
    """A text as a string of the content stream."""
    return "<" + text.encode("cp1252", "replace").hex() + ">"


def file_of(
    contents: Sequence[str | bytes],
    *,
    links: Sequence[tuple[int, tuple[float, float, float, float], str]] = (),
    rotate: int = 0,
    packed: bool = False,
    forms: Sequence[str] = (),
) -> bytes:
    """A file of these content streams, a page each; `forms` are drawings X0, X1, … of its own."""
    objects: list[bytes] = [b"", b""]

    def add(content: bytes) -> int:
        objects.append(content)
        return len(objects)

    fonts = " ".join(f"/{key} {add(_font(name))} 0 R" for key, name in _FONTS.items())
    resources = add(b"")
    named = " ".join(
        f"/X{number} {add(_form(form, resources))} 0 R" for number, form in enumerate(forms)
    )
    objects[resources - 1] = f"<< /Font << {fonts} >> /XObject << {named} >> >>".encode()
    kids = []
    for number, content in enumerate(contents):
        data = content.encode("latin-1") if isinstance(content, str) else content
        stream = add(_stream(data, packed=packed))
        notes = [add(_link(box, to)) for page, box, to in links if page == number]
        annots = f"/Annots [{' '.join(f'{one} 0 R' for one in notes)}]" if notes else ""
        page = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate {rotate} {annots} "
            f"/Resources {resources} 0 R /Contents {stream} 0 R >>"
        )
        kids.append(add(page.encode()))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>".encode()
    return _whole(objects)


def _font(name: str) -> bytes:
    flags = 33 if "mono" in name else 34
    return (
        f"<< /Type /Font /Subtype /TrueType /BaseFont /{name} /Encoding /WinAnsiEncoding "
        f"/FirstChar 32 /LastChar 255 /Widths [{' '.join(['500'] * 224)}] "
        f"/FontDescriptor << /Type /FontDescriptor /FontName /{name} /Flags {flags} >> >>"
    ).encode()


def _form(content: str, resources: int) -> bytes:
    head = f"/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources {resources} 0 R"
    return _stream(content.encode("latin-1"), head)


def _link(box: tuple[float, float, float, float], address: str) -> bytes:
    sides = " ".join(str(side) for side in box)
    action = f"/A << /S /URI /URI ({address}) >>"
    return f"<< /Type /Annot /Subtype /Link /Rect [{sides}] {action} >>".encode()


def _stream(data: bytes, head: str = "", *, packed: bool = False) -> bytes:
    if packed:
        data, head = zlib.compress(data, 9), f"{head} /Filter /FlateDecode"
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head.encode(), len(data), data)


def _whole(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)
