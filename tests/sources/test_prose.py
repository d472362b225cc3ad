"""Plain text, Markdown and HTML."""

from __future__ import annotations

import pytest

from exocite.errors import ReadError
from exocite.sources.formats import FORMATS, format_named, format_of
from exocite.sources.parsed import Part, unwatched


def read(name: str, data: str | bytes) -> list[tuple[str, str]]:
    reader = format_of(name)
    assert reader is not None
    raw = data if isinstance(data, bytes) else data.encode()
    return [(part.locator, part.text) for part in reader.parse(raw, name, unwatched).parts]


PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Bees</title>
<script>var evil = "Scripted words.";</script><style>p { color: red }</style></head>
<body><nav><a href="/">Home</a> <a href="/b">More</a></nav>
<main><h1>Bees</h1><p>Bees sleep<script>alert(1)</script> at night.</p>
<h2>How long</h2><p>Five &amp; a half hours.</p><noscript>Turn it on.</noscript>
<ul><li>More in winter.</li></ul>
<h2>References</h2><ol><li>Hive, A. Sleep of bees. Bees 1 (2020): 1-9.</li></ol></main>
<footer>Cookies.</footer></body></html>"""


def test_a_web_page_gives_its_main_text_by_sections() -> None:
    found = read("a.html", PAGE)
    assert found[0] == ("", "Bees sleep at night.")
    assert ("How long", "Five & a half hours.\nMore in winter.") in found
    said = " ".join(text for _, text in found)
    assert not any(word in said for word in ("Scripted", "alert", "Cookies", "Home", "Hive, A."))


def test_a_page_in_an_encoding_that_it_declares() -> None:
    page = '<html><meta charset="windows-1252"><body><p>Café “open”.</p></body></html>'
    assert read("a.htm", page.encode("cp1252")) == [("", "Café “open”.")]


def test_markdown_is_read_as_it_is_seen() -> None:
    text = "---\ntitle: Notes\n---\nBees *sleep*.\n\n## Hours\n\nFive, [she says](http://x.y).\n"
    assert read("a.md", text) == [("", "Bees sleep."), ("Hours", "Five, she says.")]


def test_plain_text_stays_as_it_is() -> None:
    assert read("a.txt", "One.\r\nTwo.\n") == [("", "One.\nTwo.\n")]


def test_form_feeds_part_pages_and_blank_pages_count() -> None:
    assert read("a.txt", "One.\f \fThree.") == [("p. 1", "One."), ("p. 3", "Three.")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_marked_encodings(encoding: str) -> None:
    assert read("a.txt", "Café.".encode(encoding)) == [("", "Café.")]


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.xml", "a.vtt", "a.srt"])
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"Line one.\nCaf\xe9.\n", "a\\.\\w+:2: is not UTF-8"),
        (bytes(range(256)), "is not a text file|is not UTF-8"),
        (b"%PDF-1.4\n", "it is a PDF"),
        (b"PK\x03\x04rest", "it is a ZIP archive"),
    ],
)
def test_bytes_that_are_no_text(name: str, data: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=said) as caught:
        read(name, data)
    assert "UTF-8" in caught.value.hint


def test_every_format_has_a_name_and_suffixes_of_its_own() -> None:
    suffixes = [suffix for one in FORMATS for suffix in one.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert all(format_named(one.name) is one for one in FORMATS)
    assert format_of("paper.PDF") is format_of("x.pdf")
    assert format_of("paper.docx") is format_of("txt") is format_of(".txt") is None
    assert Part("x").field == "file"
