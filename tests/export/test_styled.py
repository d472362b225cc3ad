"""Whole bibliographies by style, against golden files, and what hostile references become.

`python tests/export/test_styled.py` from the project's folder writes the golden files anew; read
the difference before it is committed.
"""

from __future__ import annotations

import html
import re
import warnings
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from exocite.bibliography import Document
from exocite.errors import StyleError
from exocite.export import EXPORTS, Request
from exocite.export.citeproc_engine import CiteprocEngine
from exocite.export.engine import Formatted, Run, Style
from exocite.export.styled import markup, text
from exocite.export.styles import Library
from exocite.model import Reference

FOLDER = Path(__file__).parent / "golden"
STYLES = ("apa", "mla", "chicago", "vancouver", "ieee", "nature", "harvard", "ama")
RENDER = {export.name: export.render for export in EXPORTS}


def request(style: str = "apa") -> Request:
    data = (FOLDER / "references.bib").read_bytes()
    return Request(Document.parse(data, "references.bib").references, style=style)


@pytest.mark.parametrize("style", STYLES)
def test_text(style: str) -> None:
    golden = (FOLDER / f"{style}.txt").read_text(encoding="utf-8")
    assert RENDER["text"](request(style)) == golden


@pytest.mark.parametrize("style", ["apa", "nature"])
def test_html(style: str) -> None:
    golden = (FOLDER / f"{style}.html").read_text(encoding="utf-8")
    assert RENDER["html"](request(style)) == golden


def test_html_and_text_say_the_same() -> None:
    plain = re.sub(r"<[^>]*>", "", RENDER["html"](request()))
    lines = [html.unescape(line.strip()) for line in plain.splitlines() if line.strip()]
    assert lines == RENDER["text"](request()).splitlines()


def test_the_order_of_a_numeric_style_is_that_of_citation() -> None:
    turned = Request(tuple(reversed(request().references)), style="ieee")
    assert RENDER["text"](turned).startswith("[1] “A note without an author,”")


def test_nothing_leaks_to_the_user(capfd: pytest.CaptureFixture[str]) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        RENDER["text"](request("apa"))
    assert caught == []
    assert capfd.readouterr() == ("", "")


def test_no_references() -> None:
    assert RENDER["text"](Request(())) == ""
    assert RENDER["html"](Request(())) == '<div class="csl-bib-body">\n</div>\n'


def test_keys_that_differ_in_case_only() -> None:
    pair = tuple(Reference(key, "book", {"title": f"Title {key}"}) for key in ("Ku", "ku"))
    assert len(RENDER["text"](Request(pair)).splitlines()) == 2


# --------------------------------------------------------------------------- hostile references

HOSTILE = (
    "<script>alert(1)</script>",
    "A <b onmouseover=alert(1)>title</b>",
    "<i>never closed",
    "closed</i> never opened <sub>",
    '"><img src=x onerror=alert(1)>',
    "\x1b[31mred\x1b[0m \u202etxt.exe",
    "a\ue000b\ue001c\uf8ff",
    "line\nbreak\r\nand\ttab",
    "{{{unbalanced",
    "&lt;script&gt; &amp; &#60;b&#62;",
    "https://example.org/\"onclick='x'",
    "\ud800 surrogate",
    '<span class="nocase">x</span><span style="position:fixed">y</span>',
)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[tuple[str, tuple[str, ...]]] = set()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add((tag, tuple(name for name, _ in attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


ALLOWED = {
    ("div", ("class",)),
    ("div", ("class", "id")),
    ("i", ()),
    ("b", ()),
    ("sub", ()),
    ("sup", ()),
    ("span", ("style",)),
    ("a", ("href",)),
}


def hostile(words: str) -> Reference:
    fields = dict.fromkeys(
        ("author", "title", "journal", "year", "month", "volume", "number", "pages", "publisher",
         "url", "doi", "note", "edition", "editor", "booktitle", "urldate", "langid"),
        words,
    )  # fmt: skip
    return Reference(words, "article", fields)


def check_output(words: str, style: str) -> None:
    wanted = Request((hostile(words),), style=style)
    tags = _Tags()
    tags.feed(RENDER["html"](wanted))
    assert tags.seen <= ALLOWED
    assert tags.open == []
    plain = RENDER["text"](wanted)
    assert plain.count("\n") == 1
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ue000-\uf8ff]", plain)
    plain.encode("utf-8")


@pytest.mark.parametrize("style", ["apa", "mla", "vancouver"])
@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_references(words: str, style: str) -> None:
    check_output(words, style)


@settings(max_examples=25, deadline=None)
@example("\ue000")
@given(
    st.text(st.one_of(st.characters(), st.sampled_from("<>/\"&{}$\\ i'b")), min_size=1, max_size=60)
)
def test_any_text_gives_safe_output(words: str) -> None:
    check_output(words, "ieee")


def test_plain_text_has_no_tags_of_the_title() -> None:
    reference = Reference("a", "book", {"title": "H<sub>2</sub>O & <i>E. coli</i>"})
    assert RENDER["text"](Request((reference,), style="nature")) == "1. H2O & E. coli.\n"


def test_links() -> None:
    entry = Formatted("a", (Run("See https://example.org/a?b=c&d. Next"),))
    assert (
        '<a href="https://example.org/a?b=c&amp;d">https://example.org/a?b=c&amp;d</a>. Next'
        in markup((entry,))
    )


def test_marks_nest() -> None:
    entry = Formatted("a", (Run("x", frozenset({"i", "b"})), Run("y & z")))
    assert "<i><b>x</b></i>y &amp; z" in markup((entry,))
    assert text((entry,)) == "xy & z\n"


# --------------------------------------------------------------------------- engines and styles


class _Shouting:
    def bibliography(
        self, items: Sequence[Mapping[str, object]], style: Style
    ) -> tuple[Formatted, ...]:
        return tuple(
            Formatted(str(item["id"]), (Run(f"{style.name}: {item['title']}!"),)) for item in items
        )


def test_the_engine_can_be_replaced() -> None:
    references = (Reference("a", "book", {"title": "T"}),)
    wanted = Request(references, style="apa", engine=_Shouting)
    assert RENDER["text"](wanted) == "apa: T!\n"


_NOTES_ONLY = (
    b'<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">'
    b'<citation><layout><text variable="title"/></layout></citation></style>'
)


@pytest.mark.parametrize(
    ("xml", "message"),
    [
        (b"<style", "cannot be read"),
        (b"", "cannot be read"),
        (_NOTES_ONLY, "has notes but no bibliography"),
    ],
)
def test_styles_that_cannot_be_used(xml: bytes, message: str) -> None:
    library = Library(lambda: {"mine"}, lambda _name: xml)
    references = (Reference("a", "book", {"title": "T"}),)
    with pytest.raises(StyleError, match=message) as caught:
        RENDER["text"](Request(references, style="mine", styles=lambda: library))
    assert caught.value.hint


def test_an_unknown_locale() -> None:
    item = {"id": "a", "type": "book", "title": "T"}
    xml = (
        b'<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">'
        b'<citation><layout><text variable="title"/></layout></citation>'
        b'<bibliography><layout suffix="."><text variable="title"/></layout></bibliography></style>'
    )
    (entry,) = CiteprocEngine().bibliography([item], Style("mine", xml, "xx-YY"))
    assert text((entry,)) == "T.\n"


if __name__ == "__main__":
    for name in STYLES:
        for kind in ("text", "html") if name in {"apa", "nature"} else ("text",):
            path = FOLDER / f"{name}.{'txt' if kind == 'text' else kind}"
            path.write_text(RENDER[kind](request(name)), encoding="utf-8", newline="\n")
