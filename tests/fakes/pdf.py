"""PDF files written by hand: pages of lines in Helvetica, no library."""

from __future__ import annotations

from collections.abc import Sequence


def pdf(pages: Sequence[Sequence[str]], *, first_label: int = 0, more: str = "") -> bytes:
    """A PDF with one line of text below the other on each page; no lines make a blank page.

    `first_label` is the number printed on the first page if it is not 1. `more` goes into the
    trailer's dictionary.
    """
    labels = f" /PageLabels << /Nums [0 << /S /D /St {first_label} >>] >>" if first_label else ""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R{labels} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            b"/Resources << /Font << /F1 3 0 R >> >> "
            + f"/Contents {5 + 2 * number} 0 R >>".encode()
        )
        objects.append(_stream(_drawn(lines)))
    return _file(objects, more)


def _drawn(lines: Sequence[str]) -> bytes:
    if not lines:
        return b"0 0 m 100 100 l S"
    out = [b"BT /F1 11 Tf 14 TL 50 800 Td"]
    for line in lines:
        text = line.encode("cp1252")
        for sign in (b"\\", b"(", b")"):
            text = text.replace(sign, b"\\" + sign)
        out.append(b"(" + text + b") Tj T*")
    return b"\n".join([*out, b"ET"])


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def _file(objects: Sequence[bytes], more: str) -> bytes:
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        out += b"%010d 00000 n \n" % offset
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {more} >>\n".encode()
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)
