"""AsciiDoc: delimited blocks, lists by their markers, macros, every offset exact."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite import readers
from exocite.claims import citations
from exocite.model import Article, CitationKind
from exocite.readers.asciidoc import AsciidocReader

Shape = Callable[[Article], list[tuple[str, str, str]]]

ARTICLE = """\
= Why skin ages
Ana Ruiz <a@b.c>
v1.0, 2020-01-01
:who: experts
// a remark of the author's

[abstract]
Skin ages, {who} say.

== Introduction [[intro]]

Skin loses *collagen* every
year cite:[ruiz2019(p. 3), ito]. A `cite:[code]` and stem:[x_1]
are none.footnote:[A remark, see cite:[ito].] See <<fig-1>> +
and <<Key>>.

NOTE: A tip cite:[ito].

////
cite:[hidden]
////

* First item
continues.
** nested
+
An attached paragraph.
* Second
+
----
code cite:[x]
----

.. One
.. Two

Telomere:: The end of a chromosome.

.A face in the sun
image::face.png[a face]

[quote, Ana]
____
Skin is an organ.

Really.
____

====
An example.
====

[source]
x = 1

 literal cite:[x]

|===
|Age |Share
2+|30 | 1 % cite:[ito]
|===

Setext title
------------

Text.

[bibliography]
== References

* [[[Key]]] Key A. Skin. J Skin 2019;3:4.
* [[[Other,2]]] Other B. Hair. J Hair 2018.
"""


def read(text: str) -> Article:
    return readers.read("a.adoc", text.encode())


def test_an_article(shape: Shape, exact: Callable[[Article], None]) -> None:
    article = read(ARTICLE)
    exact(article)
    assert shape(article) == [
        ("1:3", "title", "Why skin ages"),
        ("2:1", "byline", "Ana Ruiz <a@b.c>"),
        ("3:1", "metadata", "v1.0, 2020-01-01"),
        ("4:1", "metadata", ":who: experts"),
        ("8:1", "paragraph", "Skin ages, experts say."),
        ("10:4", "heading", "Introduction"),
        (
            "12:1",
            "paragraph",
            (
                "Skin loses collagen every year [@ruiz2019; @ito]. A cite:[code] and x_1 are none."
                "[^1] See [ref] and [@Key]."
            ),
        ),
        ("14:20", "paragraph", "A remark, see [@ito]."),
        ("17:7", "paragraph", "A tip [@ito]."),
        ("23:3", "list item", "First item continues."),
        ("25:4", "list item", "nested"),
        ("27:1", "list item", "An attached paragraph."),
        ("28:3", "list item", "Second"),
        ("30:1", "code", "----\ncode cite:[x]\n----"),
        ("34:4", "list item", "One"),
        ("35:4", "list item", "Two"),
        ("37:1", "list item", "Telomere"),
        ("37:12", "list item", "The end of a chromosome."),
        ("39:2", "caption", "A face in the sun"),
        ("44:1", "quotation", "Skin is an organ."),
        ("46:1", "quotation", "Really."),
        ("50:1", "paragraph", "An example."),
        ("54:1", "code", "x = 1"),
        ("56:2", "code", "literal cite:[x]"),
        ("59:2", "table", "Age | Share"),
        ("60:4", "table", "30 | 1 % [@ito]"),
        ("63:1", "heading", "Setext title"),
        ("66:1", "paragraph", "Text."),
        ("69:4", "heading", "References"),
        ("71:13", "reference", "Key A. Skin. J Skin 2019;3:4."),
        ("72:17", "reference", "Other B. Hair. J Hair 2018."),
    ]
    assert [reference.label for reference in article.references] == ["Key", "Other"]
    assert [block.level for block in article.blocks if block.kind == "list item"] == [
        1, 2, 2, 1, 2, 2, 3, 3,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "visible"),
    [
        ("a *b* _c_ `d` #e# f", "a b c d e f"),
        ("a**b**c __d__e", "abc de"),
        ("2*3*4 and 5 * 6 * 7, a_b_c", "2*3*4 and 5 * 6 * 7, a_b_c"),
        ("a *b", "a *b"),
        ("H~2~O and 10^3^", "H2O and 10³"),
        ("\"`a b`\" and '`c`' it`'s", "\"a b\" and 'c' it's"),
        ("a +*b*+ c", "a *b* c"),
        ("a pass:[*b*] c", "a *b* c"),
        ("a [.role]#b# c", "a b c"),
        ("a [[id]]b ((c)) (((d, e)))f", "a b c f"),
        ("a link:b.html[c *d*] e", "a c d e"),
        ("a https://b.c[d] and https://e.f/g_h_i", "a d and https://e.f/g_h_i"),
        ("a image:b.png[c] d kbd:[Esc]", "a  d Esc"),
        ("a &amp; b &#169; c", "a & b © c"),
        ("a {nbsp} {unknown} b", "a \u00a0 {unknown} b"),
        (r"a \*b* \cite:[c] d", "a *b* cite:[c] d"),
        ("a <<b,the text>> c", "a the text c"),
        ("a <<b>> c", "a [ref] c"),
        ("a xref:b[c] d", "a c d"),
        ("a\n// gone\nb +\nc", "a b c"),
        ("a xref:b[] and <<The part>> and xref:c.adoc#d[e]", "a [ref] and The part and e"),
        (
            "a `+b+` link:c[d^] https://e.f[g,window=_blank] https://e.f[role=x]",
            "a b d g https://e.f",
        ),
        ("a latexmath:[\\alpha^2] stem:[x^2]", "a α² x^2"),
        ("ifdef::x[]\nno\nendif::[]\na\nifndef::x[]\nb\nendif::x[]\nc", "a b c"),
        ("ifdef::x[no]\nifndef::x[a]\nifdef::asciidoctor,x[b]\nifdef::asciidoctor+x[no]", "a b"),
        ("ifdef::x[]\nno\nifdef::asciidoctor[]\nno\nendif::[]\nno\nendif::[]\na", "a"),
        ("a\nifdef::x[]\nnever closed", "a"),
        ("endif::[]\na", "a"),
        (
            'ifeval::["{backend}" == "html5"]\na\nendif::[]\nifeval::[1 > 2]\nno\nendif::[]\nb',
            "a b",
        ),
    ],
)
def test_inline(text: str, visible: str, exact: Callable[[Article], None]) -> None:
    article = read(text)
    exact(article)
    (block,) = article.blocks
    assert block.text == visible


@pytest.mark.parametrize(
    ("head", "text", "visible"),
    [
        (":b: the *x* H~2~O", "a {b} c", "a the x H2O c"),
        (":b: 1\n:c: {b} 2", "{c} and {C}", "1 2 and 1 2"),
        (":b: one \\\n  two", "a {b}", "a one two"),
        (":b: 1\n:!b:", "a {b}", "a {b}"),
        (":b: 1\n\nfirst\n\n:b: 2", "a {b}", "a 2"),
        (":b: {b}{b}\n:c: {b}", "a {c}", "a {b}{b}"),
        (":stem: latexmath", "a stem:[\\beta]", "a β"),
        (":b:\n\nifdef::b[]\n:c: 3\nendif::[]", "a {c}", "a 3"),
        ("= T\nAna Ruiz <a@b.c>", "by {author}: {doctitle}", "by Ana Ruiz: T"),
    ],
)
def test_attributes(head: str, text: str, visible: str, exact: Callable[[Article], None]) -> None:
    article = read(f"{head}\n\n{text}")
    exact(article)
    assert article.blocks[-1].text == visible


def test_an_attribute_that_cites_or_leads_to_a_work() -> None:
    text = ":k: Ku cite:[ku]\n:u: https://doi.org/10.1000/x\n\nA {k}. {u}[the study] link:{u}[it]"
    found = [
        (text[c.span.start : c.span.end], [i.label for i in c.items])
        for c in citations.find(read(text))
    ]
    assert found == [
        ("{k}", ["ku"]),
        ("{u}[the study]", ["10.1000/x"]),
        ("link:{u}[it]", ["10.1000/x"]),
    ]


@pytest.mark.parametrize(
    ("text", "written", "items"),
    [
        ("A <<ruiz2019>> and <<fig-2019>>.", "<<ruiz2019>>", [("ruiz2019", "")]),
        ("A <<b2020>> xref:k-1999[].\n\n[[b2020]]\nB", "xref:k-1999[]", [("k-1999", "")]),
        ("A cite:[ku].", "cite:[ku]", [("ku", "")]),
        ("A cite:[a(p. 3), b].", "cite:[a(p. 3), b]", [("a", "p. 3"), ("b", "")]),
        ("A cite:[a(pp. 3, 5);b].", "cite:[a(pp. 3, 5);b]", [("a", "pp. 3, 5"), ("b", "")]),
        ("A cite:See[a(89)].", "cite:See[a(89)]", [("a", "89")]),
        ("citenp:[a] said", "citenp:[a]", [("a", "")]),
        ("A cite:a[].", "cite:a[]", [("a", "")]),
        ("A cite:a,b[].", "cite:a,b[]", [("a", ""), ("b", "")]),
        ("A cite:[a, page=3].", "cite:[a, page=3]", [("a", "page 3")]),
        ("A cite:[a, text=x].", "cite:[a, text=x]", [("a", "")]),
        ("A cite:[a]+[b].", "cite:[a]+[b]", [("a", ""), ("b", "")]),
        ("A (cite:[a]).", "cite:[a]", [("a", "")]),
        ("A cite:[a,\nb].", "cite:[a,\nb]", [("a", ""), ("b", "")]),
        ("A <<k>>.\n\n* [[[k]]] K", "<<k>>", [("k", "")]),
        ("A <<k, text>>.\n\n- [[[k,2]]] K", "<<k, text>>", [("k", "")]),
        ("A xref:k[].\n\n- [[[k]]] K", "xref:k[]", [("k", "")]),
        ("|===\n|A cite:[a] |B\n|===", "cite:[a]", [("a", "")]),
    ],
)
def test_citations(
    text: str, written: str, items: list[tuple[str, str]], exact: Callable[[Article], None]
) -> None:
    article = read(text)
    exact(article)
    (citation,) = article.citations
    assert citation.kind is CitationKind.MARKUP
    assert text[citation.span.start : citation.span.end] == written
    assert [(item.label, item.locator) for item in citation.items] == items
    assert all(text[i.span.start : i.span.end] == i.label for i in citation.items)


@pytest.mark.parametrize(
    "text",
    [
        "See <<fig-1>> and xref:tab-1[].",
        "`cite:[a]`, +cite:[a]+, pass:[cite:[a]]",
        "excite:[a] and nocite:[a]",
        "cite:[]",
        "cite: [a]",
        "----\ncite:[a]\n----",
        "....\ncite:[a]\n....",
        "```\ncite:[a]\n```",
        "////\ncite:[a]\n////",
        "// cite:[a]",
        "[source]\ncite:[a]",
        " cite:[a]",
        r"\cite:[a]",
        ":x: cite:[a]",
        "bibliography::a.bib[]",
    ],
)
def test_what_cites_nothing(text: str) -> None:
    assert citations.find(read(text)) == ()


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("A.footnote:[Remark.]", []),
        ("A.footnote:[See cite:[a(3)].]", [["a"]]),
        ("A.footnote:n[See cite:[a].] B.footnote:n[]", [["a"], ["a"]]),
        ("A.footnoteref:[n,See cite:[a].] B.footnoteref:[n]", [["a"], ["a"]]),
        ("A.footnote:[Ku Y. Skin. J Skin 2019;3:4.]", [["^*1"]]),
        ("A.footnote:[Remark.] B.footnote:[cite:[b] too]", [["b"]]),
        ("A.footnote:[*Bold* cite:[b].]", [["b"]]),
        ("A.footnote:[image:b.png[]]\n\nThen cite:[b].", []),
    ],
)
def test_notes_stand_for_what_they_cite(
    text: str, labels: list[list[str]], exact: Callable[[Article], None]
) -> None:
    article = read(text)
    exact(article)
    marks = [mark for mark in citations.find(article) if mark.kind is CitationKind.FOOTNOTE]
    assert [[item.label for item in mark.items] for mark in marks] == labels


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("* a\n\nb", [("1", "list item", "a"), ("3", "paragraph", "b")]),
        ("* a\n\n\n* b", [("1", "list item", "a"), ("4", "list item", "b")]),
        ("* a\n+\n--\nb\n\nc\n--\n\nd", [
            ("1", "list item", "a"), ("4", "paragraph", "b"), ("6", "paragraph", "c"),
            ("9", "paragraph", "d"),
        ]),
        ("====\na\n\n----\nb\n----\n====\nc", [
            ("2", "paragraph", "a"), ("4", "code", "----\nb\n----"), ("8", "paragraph", "c"),
        ]),
        ("====\nnever closed", [("2", "paragraph", "never closed")]),
        ("[NOTE]\n====\na\n====", [("3", "paragraph", "a")]),
        ("[verse]\na\nb", [("2", "quotation", "a b")]),
        ("a\n[quote]\nb", [("1", "paragraph", "a"), ("3", "quotation", "b")]),
        ("a:: b\nc::\n  d", [
            ("1", "list item", "a"), ("1", "list item", "b"), ("2", "list item", "c"),
            ("3", "list item", "d"),
        ]),
        ("* [x] a\n. b\n1. c", [
            ("1", "list item", "a"), ("2", "list item", "b"), ("3", "list item", "c"),
        ]),
        ("a\n\n'''\n\nb\n<<<\n", [("1", "paragraph", "a"), ("5", "paragraph", "b <<<")]),
        ("=== Deep\n\na", [("1", "title", "Deep"), ("3", "paragraph", "a")]),
        ("# Mark\n\na", [("1", "title", "Mark"), ("3", "paragraph", "a")]),
        (",===\na,b\n,===", [("2", "table", "a | b")]),
        ("a\r\nb\r\n\r\nc", [("1", "paragraph", "a b"), ("4", "paragraph", "c")]),
        ("a is\n\n[[e]]\n[stem]\n++++\nx\n++++\n\nwhere b\n\nC", [
            ("1", "paragraph", "a is x where b"), ("11", "paragraph", "C"),
        ]),
        ("* a\n+\n[latexmath]\n++++\n\\alpha.\n++++\n+\nb", [
            ("1", "list item", "a α."), ("8", "list item", "b"),
        ]),
        ("----\nx <1>\n----\n<1> Prints 5 %\ngoes on\n\nb", [
            ("1", "code", "----\nx <1>\n----"), ("4", "code", "Prints 5 %\ngoes on"),
            ("7", "paragraph", "b"),
        ]),
        ('"A word."\n-- Ana, Book', [("1", "quotation", '"A word."')]),
        ("---\nt: x\n---\na", [("1", "metadata", "---\nt: x\n---"), ("4", "paragraph", "a")]),
    ],
)  # fmt: skip
def test_blocks(text: str, expected: list[tuple[str, str, str]], shape: Shape) -> None:
    found = [(place.split(":")[0], kind, text) for place, kind, text in shape(read(text))]
    assert found == expected


PIECES = st.sampled_from(
    [
        "a word", "\n", "\n\n", "  ", "* ", ". ", "+\n", "----\n", "====\n", "|===\n", "|",
        "[quote]\n",
        "cite:[a(1),b]", "cite:", "footnote:[", "]", "<<", ">>", "`", "*", "_", "{a}", "https://a.b[",
        "a:: ", "= ", ".T\n", "\\", "^1^", "[[[k]]] ", ":a: b\n", "//", "--\n",
    ]
)  # fmt: skip


@given(
    st.one_of(
        st.text(alphabet="ab1 \n\t.:*`_|[]#=-\\<>{}()@~&,;+^'\"/😀", max_size=200),
        st.lists(PIECES, max_size=40).map("".join),
    )
)
def test_any_text_keeps_its_places(exact: Callable[[Article], None], text: str) -> None:
    article = AsciidocReader().read(text, "a.adoc", "utf-8")
    exact(article)
    for citation in citations.find(article):
        assert 0 <= citation.span.start < citation.span.end <= len(text)
        assert all(citation.span.contains(item.span) for item in citation.items)
