"""Bytes to text: what is read, and how each file that cannot be read is named."""

from __future__ import annotations

import codecs
import subprocess
import sys

import pytest

from exocite import readers
from exocite.errors import ReadError, UsageError
from exocite.readers.decode import MAX_BYTES, decode


@pytest.mark.parametrize(
    ("data", "encoding", "text", "name"),
    [
        (b"caf\xc3\xa9\n", "", "café\n", "utf-8"),
        (codecs.BOM_UTF8 + b"a\r\n", "", "a\r\n", "utf-8"),
        (codecs.BOM_UTF16_LE + "né".encode("utf-16-le"), "", "né", "utf-16-le"),
        (codecs.BOM_UTF16_BE + "né".encode("utf-16-be"), "", "né", "utf-16-be"),
        (codecs.BOM_UTF32_LE + "né".encode("utf-32-le"), "", "né", "utf-32-le"),
        (codecs.BOM_UTF32_BE + "né".encode("utf-32-be"), "", "né", "utf-32-be"),
        (b"caf\xe9", "latin-1", "café", "iso8859-1"),
        (b"\x93a\x94", "windows-1252", "“a”", "cp1252"),
        ("né".encode("utf-16-le"), "utf-16-le", "né", "utf-16-le"),
        (codecs.BOM_UTF8 + b"a", "utf-8", "a", "utf-8"),
    ],
)
def test_reads(data: bytes, encoding: str, text: str, name: str) -> None:
    assert decode(data, "a.txt", encoding) == (text, name)


@pytest.mark.parametrize(
    ("data", "encoding", "message", "hint"),
    [
        (b"", "", "a.txt: is empty", "nothing"),
        (b" \n\t\n", "", "a.txt: is empty", "nothing"),
        (codecs.BOM_UTF8, "", "a.txt: is empty", "nothing"),
        (b"one\ntwo caf\xe9\n", "", "a.txt:2: is not UTF-8: byte 0xe9", "--encoding"),
        (b"%PDF-1.7\n", "", "a.txt: is not a text file: it is a PDF", "ends in .pdf"),
        (b"PK\x03\x04rest", "", "a.txt: is not a text file: it is a ZIP", "save it as"),
        (b"\x89PNG\r\n", "", "a.txt: is not a text file: it is a PNG", ""),
        (b"{\\rtf1 x}", "", "a.txt: is not a text file: it is an RTF", "save it as"),
        (b"a\nb\x00c", "", "a.txt:2: is not a text file: it holds NUL", ""),
        (b"a\nb\x00c", "utf-8", "a.txt:2: is not a text file: it holds NUL", ""),
        ("text here".encode("utf-16-le"), "", "a.txt:1: is not a text", "--encoding utf-16-le"),
        ("text here".encode("utf-16-be"), "", "a.txt:1: is not a text", "--encoding utf-16-be"),
        (b"abc", "klingon", "a.txt: the encoding 'klingon'", "--encoding"),
        (b"abc", "hex", "a.txt: 'hex' is not an encoding of text", "--encoding"),
        (b"abc", "idna", "a.txt: the encoding 'idna'", "--encoding"),
        (b"caf\xe9", "ascii", "a.txt:1: is not ASCII: byte 0xe9", "--encoding"),
        (b"a" * (MAX_BYTES + 1), "", "a.txt: is too large: 20.0 MB", "split"),
    ],
)
def test_refuses(data: bytes, encoding: str, message: str, hint: str) -> None:
    with pytest.raises(ReadError) as caught:
        decode(data, "a.txt", encoding)
    assert caught.value.message.startswith(message)
    assert hint in caught.value.hint
    assert "\n" not in caught.value.message


def test_html_declares_its_encoding() -> None:
    page = "<html><head><meta charset='windows-1251'></head><p>Кожа стареет.".encode("cp1251")
    article = readers.read("page.html", page)
    assert article.encoding == "cp1251"
    assert article.blocks[0].text == "Кожа стареет."


def test_html_that_declares_utf16_in_ascii_is_utf8() -> None:
    article = readers.read("page.html", b'<meta charset="utf-16"><p>Skin ages.')
    assert article.encoding == "utf-8"


def test_a_mark_wins_over_what_a_page_declares() -> None:
    page = codecs.BOM_UTF8 + b"<meta charset=latin-1><p>caf\xc3\xa9"
    assert readers.read("page.html", page).blocks[0].text == "café"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a.md", "markdown"),
        ("A.MARKDOWN", "markdown"),
        ("paper.qmd", "markdown"),
        ("page.htm", "html"),
        ("note.txt", "text"),
        ("README", "text"),
        ("strange.xyz", "text"),
        ("../up/..", "text"),
    ],
)
def test_the_suffix_chooses_the_reader(path: str, name: str) -> None:
    assert readers.read(path, b"Some text.").format == name


def test_a_format_can_be_asked_for() -> None:
    assert readers.read("a.txt", b"# Head\n\nText.", format="markdown").format == "markdown"
    with pytest.raises(UsageError, match="odt") as caught:
        readers.read("a.txt", b"x", format="odt")
    assert "markdown" in caught.value.hint


@pytest.mark.parametrize("known", readers.READERS, ids=lambda known: known.name)
def test_the_table_says_of_a_reader_what_it_says_of_itself(known: readers.Format) -> None:
    reader = known.open()
    assert (known.name, known.suffixes) == (reader.name, tuple(reader.suffixes))
    assert type(readers.reader_for(f"a{known.suffixes[0]}")) is type(reader)
    assert readers.reader_for("", known.name) is readers.reader_for("", known.name.upper())


def test_a_reader_is_imported_when_a_file_of_its_format_is_read() -> None:
    code = (
        "import sys; from exocite import readers; "
        "readers.read('a.txt', b'Sleep helps.'); "
        "print(*(name for name in sys.modules if name in {'markdown_it', 'pypdf', "
        "'exocite.readers.latex', 'exocite.readers.pdf', 'exocite.readers.docx'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == ""


def test_every_reader_has_its_own_name_and_suffixes() -> None:
    names = [reader.name for reader in readers.READERS]
    suffixes = [suffix for reader in readers.READERS for suffix in reader.suffixes]
    assert len(set(names)) == len(names)
    assert len(set(suffixes)) == len(suffixes)
    assert all(suffix.startswith(".") and suffix.islower() for suffix in suffixes)


@pytest.mark.parametrize(
    ("data", "encoding", "line"),
    [
        (b"a\nb\n\xff", "", 3),
        (b"a\r\nb\r\n\xff", "", 3),
        (b"a\rb\r\xff", "", 3),
        (b"a\rb\r\0", "", 3),
        (b"a\rb\r\0", "latin-1", 3),
        ("\ufeffa\n\u0a0a\u0a0ab\n".encode("utf-16-le") + b"\0\xdc", "", 3),
    ],
)
def test_the_line_of_what_cannot_be_read(data: bytes, encoding: str, line: int) -> None:
    with pytest.raises(ReadError, match=rf"^a\.txt:{line}: "):
        decode(data, "a.txt", encoding)


def test_utf_7_is_no_encoding_of_articles() -> None:
    with pytest.raises(ReadError, match="is not known"):
        decode(b"a +2AA-", "a.html", declared="utf-7")
