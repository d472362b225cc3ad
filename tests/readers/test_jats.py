"""JATS: an article's text, its cross-references, and XML that is none."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite import readers
from exocite.claims import citations, segment
from exocite.errors import ReadError
from exocite.model import Article

Shape = Callable[[Article], list[tuple[str, str, str]]]

ARTICLE = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD" "J.dtd" [ <!ENTITY a "b"> <!ENTITY c "&a;&a;"> ]>
<article xmlns:xlink="http://www.w3.org/1999/xlink">
<front><journal-meta><journal-title>J Skin</journal-title></journal-meta><article-meta>
<title-group><article-title>Skin <italic>ages</italic></article-title></title-group>
<contrib-group><contrib><name><surname>Ku</surname><given-names>Ana</given-names></name>
<xref ref-type="aff" rid="a1">1</xref></contrib></contrib-group>
<abstract><title>Abstract</title><p>Skin ages &amp; hair too.</p></abstract>
</article-meta></front>
<body><sec><label>1.</label><title>Introduction</title>
<p>It is <bold>old</bold>, see <xref ref-type="fig" rid="f1">Fig. 1</xref>. &c; grew by
<inline-formula><mml:math><mml:mi>x</mml:mi></mml:math></inline-formula>.<!-- <p>no</p> --></p>
<list><list-item><p>One.</p></list-item><list-item><p>Two.</p></list-item></list>
<disp-quote><p>A quote.</p></disp-quote>
<fig id="f1"><label>Figure 1</label><caption><title>The title.</title><p>Text.</p></caption></fig>
<table-wrap><label>Table 1</label><caption><p>Sizes.</p></caption><table><tr><th>A</th><th>B</th>
</tr><tr><td>1</td><td>2</td></tr></table></table-wrap>
<code>x = 1
y</code>
<sec><title>Deeper</title><p>Deep.</p></sec></sec></body>
<back><ack><title>Acknowledgements</title><p>Thanks.</p></ack>
<ref-list><title>References</title>
<ref id="b1"><label>1.</label><mixed-citation>Ku A. Skin. J Skin. 2019;3:1.</mixed-citation></ref>
<ref id="b2"><label>[2]</label><element-citation><person-group><name><surname>Ito</surname>\
<given-names>K</given-names></name><name><surname>Doe</surname><given-names>J</given-names></name>\
</person-group><article-title>Sun</article-title><source>Derm</source><year>2019</year>\
<volume>8</volume><issue>2</issue><fpage>1</fpage><lpage>9</lpage>\
<pub-id pub-id-type="doi">10.1000/ito</pub-id></element-citation></ref>
<ref id="b3"><mixed-citation>Lee B. Hair. Nature 2020.</mixed-citation></ref>
</ref-list></back></article>
"""


def read(text: str) -> Article:
    return readers.read("a.xml", text.encode())


def x(rids: str, text: str) -> str:
    return f'<xref ref-type="bibr" rid="{rids}">{text}</xref>'


def test_an_article(shape: Shape, exact: Callable[[Article], None]) -> None:
    article = read(ARTICLE)
    exact(article)
    assert [row[1:] for row in shape(article)] == [
        ("title", "Skin ages"),
        ("byline", "Ku Ana"),
        ("heading", "Abstract"),
        ("paragraph", "Skin ages & hair too."),
        ("heading", "Introduction"),
        ("paragraph", "It is old, see Fig. 1. &c; grew by x."),
        ("list item", "One."),
        ("list item", "Two."),
        ("quotation", "A quote."),
        ("caption", "Figure 1. The title."),
        ("caption", "Text."),
        ("caption", "Table 1. Sizes."),
        ("table", "A | B"),
        ("table", "1 | 2"),
        ("code", "x = 1\ny"),
        ("heading", "Deeper"),
        ("paragraph", "Deep."),
        ("boilerplate", "Acknowledgements"),
        ("boilerplate", "Thanks."),
        ("heading", "References"),
        ("reference", "Ku A. Skin. J Skin. 2019;3:1."),
        ("reference", "Ito K, Doe J. Sun. Derm. 2019;8(2):1–9. doi:10.1000/ito"),
        ("reference", "Lee B. Hair. Nature 2020."),
    ]
    assert [reference.label for reference in article.references] == ["1", "2", "3"]
    assert [b.level for b in article.blocks if b.text in ("Introduction", "Deeper")] == [2, 3]
    assert article.citations == ()


@pytest.mark.parametrize(
    ("written", "visible"),
    [
        ("10<sup>6</sup> of 5 cm<sup>&#x2212;2</sup>", "10⁶ of 5 cm⁻²"),
        ("skin<sup>3</sup> and 1<sup>st</sup>", "skin³ and 1st"),
        ("10 <sup> <italic>6</italic> </sup> more", "10 ⁶ more"),
        (f"skin<sup>{x('b1', '1')}</sup> and 10<sup>6</sup>", "skin1 and 10⁶"),
        (
            (
                "<inline-formula><mml:math><mml:msup><mml:mn>10</mml:mn><mml:mn>6</mml:mn></mml:msup>"
                "<mml:mo>&lt;</mml:mo><mml:mi>&#x003b1;</mml:mi></mml:math></inline-formula>"
            ),
            "10⁶<α",
        ),
        (
            (
                "<inline-formula><tex-math>\\documentclass{x}\\begin{document}$$10^{6}$$"
                "\\end{document}</tex-math></inline-formula> cells"
            ),
            "10⁶ cells",
        ),
        ("<inline-formula>10<sup>6</sup></inline-formula> cells", "10⁶ cells"),
    ],
)
def test_raised_text(written: str, visible: str, exact: Callable[[Article], None]) -> None:
    article = read(ARTICLE.replace("Deep.", written))
    exact(article)
    assert visible in [block.text for block in article.blocks]


@pytest.mark.parametrize(
    ("written", "kind", "items"),
    [
        (f"[{x('b1', '1')}]", "numeric", [("1", "")]),
        (f"[{x('b1', '1')}, {x('b3', '3')}]", "numeric", [("1", ""), ("3", "")]),
        (
            f"<sup>{x('b1', '1')}&#x2013;{x('b3', '3')}</sup>",
            "superscript",
            [("1", ""), ("2", ""), ("3", "")],
        ),
        (f"[{x('b1', '1')}]–[{x('b3', '3')}]", "numeric", [("1", ""), ("2", ""), ("3", "")]),
        (x("b1 b2", "[1,2]"), "numeric", [("1", ""), ("2", "")]),
        (x("b1", "1–3"), "numeric", [("1", ""), ("2", ""), ("3", "")]),
        (f"({x('b2', 'Ito and Doe, 2019')}, p. 3)", "numeric", [("2", "p. 3")]),
        (x("b2", "Ito and Doe (2019)"), "author-year", [("Ito and Doe, 2019", "")]),
        (f"Ito ({x('b2', '2019')})", "numeric", [("2", "")]),
        (f"[{x('gone', '7')}]", "numeric", [("7", "")]),
        (f"<sup>[{x('b1', '1')}]</sup>", "superscript", [("1", "")]),
    ],
)
def test_cross_references(
    written: str, kind: str, items: list[tuple[str, str]], exact: Callable[[Article], None]
) -> None:
    article = read(ARTICLE.replace("<p>Deep.</p>", f"<p>So {written} it is.</p>"))
    exact(article)
    (citation,) = citations.find(article)
    assert citation.kind.value == kind
    assert [(item.label, item.locator) for item in citation.items] == items
    marker = article.source[citation.span.start : citation.span.end]
    assert marker == written.removeprefix("Ito ") or written == marker


@pytest.mark.parametrize("kind", ["fig", "table", "sec", "fn", "aff", "disp-formula"])
def test_other_cross_references_cite_nothing(kind: str) -> None:
    text = f'<article><body><p>So <xref ref-type="{kind}" rid="f">1</xref>.</p></body></article>'
    assert citations.find(read(text)) == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<?xml version='1.0'?>\n<html><p>a</p></html>", "a.xml:2: is no JATS article"),
        ("<article><info/><para>DocBook</para></article>", "first element is <article>"),
        ("no markup", "holds no element"),
        ("<a\x1b[31m><\x07b>", "a.xml"),
    ],
)
def test_xml_that_is_no_jats(text: str, message: str) -> None:
    with pytest.raises(ReadError) as refused:
        read(text)
    assert message in refused.value.message
    assert "<article>" in refused.value.hint
    assert "\x1b" not in refused.value.message


def test_nothing_is_expanded() -> None:
    names = [f"l{n}" for n in range(30)]
    bomb = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names))
    outside = '<!ENTITY x SYSTEM "file:///etc/passwd">'
    text = (
        f"<!DOCTYPE article [{bomb}{outside}]><article><body><p>A &l29; &x; b.</p></body></article>"
    )
    (block,) = read(text).blocks
    assert block.text == "A &l29; &x; b."


def test_the_declared_encoding() -> None:
    text = '<?xml version="1.0" encoding="iso-8859-1"?><article><body><p>é</p></body></article>'
    article = readers.read("a.nxml", text.encode("latin-1"))
    assert article.blocks[0].text == "é"


PIECES = st.sampled_from(
    ["<p>", "</p>", "<sec>", "</sec>", "<title>", "</title>", x("b1", "1"), x("b1 b2", "1–3"),
     '<xref ref-type="bibr" rid="b1">', "</xref>", "1", "–", "<sup>", "</sup>", "[", "]", "(", ")",
     '<ref id="b1">', '<ref id="b2">', "</ref>", "<label>", "</label>", "<mixed-citation>",
     "<element-citation>", "<name>", "<surname>", "</surname>", "</name>", "<year>", "</year>",
     "&amp;", "&#65;", "&x;", "<fig>", "</fig>", "<caption>", "</caption>", "<table>", "<tr>",
     "<td>", "</td>", "</tr>", "</table>", "<disp-formula>", "</disp-formula>", "<tex-math>",
     "</tex-math>", "<![CDATA[", "]]>", "<!--", "-->", "<!DOCTYPE a [", "]>", "<?x", "?>", "<br",
     "a b. ", "Ku (2019)", "<a b='", "'>", "<break/>", "<code>", "</code>", "😀", ", p. 3"]
)  # fmt: skip


@given(text=st.lists(PIECES, max_size=40).map("".join))
def test_never_fails(text: str, exact: Callable[[Article], None]) -> None:
    article = read("<article><front/><body>" + text)
    exact(article)
    for citation in citations.find(article):
        assert 0 <= citation.span.start < citation.span.end <= len(article.source)
    segment.sentences(article)
