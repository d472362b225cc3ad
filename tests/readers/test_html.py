"""HTML: the main text among navigation and adverts, with every offset that of the page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite import readers
from exocite.model import Article, BlockKind, CitationKind
from exocite.readers.html import HtmlReader

Shape = Callable[[Article], list[tuple[str, str, str]]]

PAGE = """<!DOCTYPE html>
<html><head><title>Skin &ndash; The Daily</title>
<style>p { color: red }</style><script>var a = "<p>no</p>";</script></head>
<body>
<header><a href="/">The Daily</a></header>
<nav><ul><li><a href="/a">Home</a><li><a href="/b">Health</a></ul></nav>
<article>
<header><h1>Why skin ages</h1><p class="by">By Ana Ruiz</p></header>
<!-- not <p>this</p> -->
<p>Skin &amp; hair lose
   collagen, <b>every</b> year.<sup><a href="#r1">1</a></sup>
<p>Area in m<sup>2</sup>; a <code>list[1]</code> of <em>things</em>.
<ul><li>Sun<li>Smoke<ul><li>Tobacco</ul></ul>
<blockquote><p>Wear a hat.</blockquote>
<pre>x =  1
y</pre>
<table><tr><th>Age<th>Share<tr><td>30<td>1&nbsp;%</table>
<figure><img src=x><figcaption>A face.</figcaption></figure>
<div class="share-buttons">Share this <a>Tweet</a></div>
<div hidden>Secret</div><p style="display:none">Secret</p>
<p>See <a href="https://doi.org/10.1000/abc">this study</a>.</p>
<h2>References</h2>
<ol><li id=r1>Ruiz A. Collagen. J Skin 2019;4:11.<li>Ito K. Sun. Derm 2020;8:1.</ol>
</article>
<aside>Buy now</aside>
<section class="comments"><article><p>First!</p></article></section>
<footer>© 2023</footer>
</body></html>
"""


def read(text: str) -> Article:
    return readers.read("a.html", text.encode())


def test_a_page(shape: Shape, exact: Callable[[Article], None]) -> None:
    article = read(PAGE)
    exact(article)
    assert [row for row in shape(article) if row[1] != "navigation"] == [
        ("2:20", "metadata", "Skin – The Daily"),
        ("8:13", "title", "Why skin ages"),
        ("8:45", "byline", "By Ana Ruiz"),
        ("10:4", "paragraph", "Skin & hair lose collagen, every year.1"),
        ("12:4", "paragraph", "Area in m²; a list[1] of things."),
        ("13:9", "list item", "Sun"),
        ("13:16", "list item", "Smoke"),
        ("13:29", "list item", "Tobacco"),
        ("14:16", "quotation", "Wear a hat."),
        ("15:6", "code", "x =  1\ny"),
        ("17:16", "table", "Age | Share"),
        ("17:36", "table", "30 | 1\u00a0%"),
        ("18:32", "caption", "A face."),
        ("21:4", "paragraph", "See this study."),
        ("22:5", "heading", "References"),
        ("23:15", "reference", "Ruiz A. Collagen. J Skin 2019;4:11."),
        ("23:54", "reference", "Ito K. Sun. Derm 2020;8:1."),
    ]
    assert not any("Secret" in block.text or "var a" in block.text for block in article.blocks)
    assert [(r.label, r.text[:4]) for r in article.references] == [("1", "Ruiz"), ("2", "Ito ")]
    written = [article.source[c.span.start : c.span.end] for c in article.citations]
    assert written == ['<sup><a href="#r1">1</a></sup>', '<a href="https://doi.org/10.1000/abc">']
    sup, link = article.citations
    assert (sup.kind, link.kind) == (CitationKind.SUPERSCRIPT, CitationKind.LINK)
    assert [
        (i.label, article.source[i.span.start : i.span.end]) for i in (*sup.items, *link.items)
    ] == [
        ("1", "1"),
        ("10.1000/abc", "10.1000/abc"),
    ]


@pytest.mark.parametrize(
    ("page", "prose"),
    [
        ("<p>One<p>Two", ["One", "Two"]),
        ("One<br><br>Two", ["One", "Two"]),
        ("One<br>two", ["One two"]),
        ("<div>One<div>Two</div>Three</div>", ["One", "Two", "Three"]),
        ("<p><b>One</p><p>Two</b></p>", ["One", "Two"]),
        ("<b><p>One</b><p>Two", ["One", "Two"]),
        ("a < b and c > d", ["a < b and c > d"]),
        ("a <b", ["a <b"]),
        ("<p>One <!-- two", ["One <!-- two"]),
        ("<p>A&nbsp;B &lt;i&gt; &unknown; &#8211; &#x41;&", ["A\u00a0B <i> &unknown; – A&"]),
        ("<main><p>One</main><p>Two", ["One"]),
        ("<main><p>One</main><main><p>Two</main>", ["One", "Two"]),
        ("<article><p>One</article><article><p>Longer one</article>", ["Longer one"]),
        ("<div role=navigation><p>Go</div><p>One", ["One"]),
        ("<div class='nav-menu x'><p>Go</div><p>One", ["One"]),
        ("<body class='menu-open'><p>One", ["One"]),
        (
            "<p>One <a href=x>two three four five</a>, and more.",
            ["One two three four five, and more."],
        ),
        ("<script>x</script><p>One<SCRIPT>y</ScRiPt >", ["One"]),
        ("<textarea><p>x</textarea><p>One", ["One"]),
        ("<p>x<script>never closed <p>y", ["x"]),
        ("<p a='>'>One", ["One"]),
        ('<p a=">One', ["One"]),
        ("</p>One</div>", ["One"]),
        ("<ul><li>One<ul><li>Two</ul>Three</ul>", ["One", "Two", "Three"]),
    ],
)
def test_prose(page: str, prose: list[str], exact: Callable[[Article], None]) -> None:
    article = read(page)
    exact(article)
    assert [b.text for b in article.blocks if b.kind.is_prose] == prose


@pytest.mark.parametrize(
    ("page", "marked"),
    [
        ("<p>Skin ages.<sup>1</sup> Hair too.<sup>2,3</sup>", ["1", "2,3"]),
        ("<p>An area of 3 m<sup>2</sup> and R<sup>2</sup>, 10<sup>6</sup>, Ca<sup>2+</sup>.", []),
        ("<p>The 21<sup>st</sup> century.", []),
        ("<p>x<sup>[<a href='#n'>4</a>]</sup>", ["[4]"]),
    ],
)
def test_raised_digits(page: str, marked: list[str]) -> None:
    article = read(page)
    shown = []
    for citation in article.citations:
        written = article.source[citation.span.start : citation.span.end]
        assert written.startswith("<sup>")
        assert written.endswith("</sup>")
        first, last = citation.items[0].span, citation.items[-1].span
        shown.append(article.source[first.start : last.end])
    assert shown == [mark.strip("[]") for mark in marked]


def test_a_raised_locator_belongs_to_the_marker_before_it() -> None:
    page = '<p>Skin.<sup><a href="#n1">[1]</a></sup><sup>:<span>p. 7</span></sup> Hair.'
    (citation,) = read(page).citations
    assert [(item.label, item.locator) for item in citation.items] == [("1", "p. 7")]


@given(
    pieces=st.lists(
        st.sampled_from(
            "<p> </p> <b> </b> <div> </div> <li> <ul> </ul> <td> <tr> <table> <a href='#x'> </a> "
            "<sup> </sup> <code> </code> <br> <h2> </h2> <script> </script> <!-- --> < > & &amp; "
            "&nbsp; a 1 [1] é 😀 \" ' <main> </main> <pre> </pre> <![CDATA[ ]]> <? \n".split(" ")
        ),
        max_size=30,
    )
)
def test_positions_are_exact_whatever_the_page(
    pieces: list[str], exact: Callable[[Article], None]
) -> None:
    exact(HtmlReader().read("".join(pieces), "a.html", "utf-8"))


def test_ten_thousand_nested_elements_are_read() -> None:
    article = read("<div><b>" * 10_000 + "deep" + "</b></div>" * 10_000 + "<p>after")
    assert [b.text for b in article.blocks if b.kind is BlockKind.PARAGRAPH] == ["deep", "after"]


@pytest.mark.parametrize("comment", ["<!-->", "<!--->", "<!---->", "<!-- a -->"])
def test_an_empty_comment_hides_nothing_behind_it(comment: str) -> None:
    page = f"<p>Skin ages.</p>{comment}<p>Hair greys.</p><!-- b -->"
    article = readers.read("a.html", page.encode())
    assert [block.text for block in article.blocks] == ["Skin ages.", "Hair greys."]


@pytest.mark.parametrize("name", ["iso-8859-1", "latin1", "us-ascii", "windows-1252"])
def test_latin_1_is_read_as_browsers_read_it(name: str) -> None:
    page = f"<meta charset={name}><p>It is Alzheimer\u2019s caf\u00e9.</p>"
    article = readers.read("a.html", page.encode("windows-1252"))
    assert article.blocks[-1].text == "It is Alzheimer\u2019s caf\u00e9."
    assert article.encoding == "cp1252"


def test_latin_1_that_windows_lacks_stays_latin_1() -> None:
    article = readers.read("a.html", b"<meta charset=latin1><p>Caf\xe9 \x81.</p>")
    assert article.blocks[-1].text == "Caf\u00e9 \x81."
