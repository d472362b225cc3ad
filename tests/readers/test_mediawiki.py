"""Wikitext: what its templates show, what it cites, and where all of it stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite import readers
from exocite.claims import citations, segment
from exocite.model import Article, BlockKind, CitationKind

Shape = Callable[[Article], list[tuple[str, str, str]]]

PAGE = """\
{{DISPLAYTITLE:''Cutis'' ageing}}
{{Infobox organ
| name = Cutis<ref>From the box.</ref>
}}
<!-- not <ref>this</ref> -->
'''Cutis''' ages.<ref name="ku">{{cite journal |last1=Ku |first1=A. |last2=Lee |first2=B. \
|title=Skin [[Ageing|ages]] |journal=J Skin |year=2020 |volume=3 |issue=4 |pages=5–9 \
|doi=10.1000/abc}}</ref>{{rp|23}} It is old.{{sfn|Smith|2019|p=3}}{{efn|A note.<ref name=ku/>}} \
More{{citation needed|date=May 2020}} text &ndash; {{convert|5|to|10|km}}.
: indented
* item<ref>{{harvnb|Smith|2019|p=7}}</ref>
** [[Sun|under]] item
# first
# second
 code line
{{quote|Quoted.

Again.|author=Me}}
=== Heading ''it'' ===
See {{harv|Smith|2019|p=9}} and [https://doi.org/10.5555/xyz details], \
<nowiki>{{sfn|x}}</nowiki>, <math>x^2</math>.
[[File:A.jpg|thumb|200px|A [[face]].]]
{| class="wikitable"
|+ Sizes
! A !! B
|-
| style="x" | 1 || 2<ref group=n>Cell.</ref>
|}
<blockquote>In tags.</blockquote>
<syntaxhighlight lang="python">
x = "<ref>no</ref>"
</syntaxhighlight>
== See also ==
* [[Hair]]
== Sources ==
* {{cite book|last=Smith|first=John|title=Old skin|year=2019|publisher=P}}
* Doe, J. (2001). ''Other''. Press.
{{reflist|refs=
<ref name="later">{{cite web|url=http://x.y/z|title=Later}}</ref>
}}
[[Category:Skin]]
"""


def read(text: str) -> Article:
    return readers.read("a.wiki", text.encode())


def cited(article: Article) -> list[tuple[str, list[tuple[str, str]]]]:
    found = citations.find(article)
    return [
        (article.source[c.span.start : c.span.end], [(i.label, i.locator) for i in c.items])
        for c in found
    ]


def test_a_page(shape: Shape, exact: Callable[[Article], None]) -> None:
    article = read(PAGE)
    exact(article)
    assert [row[1:] for row in shape(article)] == [
        ("title", "Cutis ageing"),
        ("paragraph", "Cutis ages.[2] It is old.[3] More text – 5 to 10 km."),
        ("paragraph", "A note.[2]"),
        ("list item", "indented"),
        ("list item", "item[4]"),
        ("list item", "under item"),
        ("list item", "first"),
        ("list item", "second"),
        ("code", "code line"),
        ("quotation", "Quoted."),
        ("quotation", "Again."),
        ("heading", "Heading it"),
        ("paragraph", "See (Smith 2019, p. 9) and details, {{sfn|x}}, x²."),
        ("caption", "A face."),
        ("caption", "Sizes"),
        ("table", "A | B"),
        ("table", "1 | 2[5]"),
        ("quotation", "In tags."),
        ("code", 'x = "<ref>no</ref>"'),
        ("heading", "See also"),
        ("navigation", "Hair"),
        ("heading", "Sources"),
        ("reference", "Smith, John (2019). Old skin. P."),
        ("reference", "Doe, J. (2001). Other. Press."),
        ("navigation", "Category:Skin"),
    ]
    levels = [b.level for b in article.blocks if b.kind is BlockKind.LIST_ITEM]
    assert levels == [1, 1, 2, 1, 1]


def test_references_and_citations() -> None:
    article = read(PAGE)
    texts = {reference.label: reference.text for reference in article.references}
    assert texts["ku"] == (
        "Ku, A.; Lee, B. (2020). Skin ages. J Skin, 3(4), 5–9. https://doi.org/10.1000/abc"
    )
    assert texts["1"] == "From the box."
    assert texts["later"] == "Later. http://x.y/z"
    (smith,) = [label for label, text in texts.items() if text.startswith("Smith")]
    assert "4" not in texts  # a short citation, that of Smith
    found = dict(cited(article))
    assert found["<ref>From the box.</ref>"] == [("1", "")]
    assert found["{{sfn|Smith|2019|p=3}}"] == [(smith, "p. 3")]
    assert found["<ref>{{harvnb|Smith|2019|p=7}}</ref>"] == [(smith, "p. 7")]
    assert found["{{harv|Smith|2019|p=9}}"] == [("Smith, 2019", "p. 9")]
    assert found["<ref name=ku/>"] == [("ku", "")]
    assert [items for text, items in found.items() if '"ku"' in text] == [[("ku", "p. 23")]]
    assert not any("later" in text or "needed" in text for text in found)
    kinds = {citation.kind for citation in article.citations}
    assert kinds == {CitationKind.SUPERSCRIPT, CitationKind.AUTHOR_YEAR, CitationKind.LINK}


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("A.<ref>x</ref> B.<ref>y</ref>", ["1", "2"]),
        ('A.<ref name="x y">x</ref> B.<ref name="x y" />', ["x y", "x y"]),
        ("A.<ref name=x group=n>x</ref> B.<ref group=n name=x/>", ["x", "x"]),
        ("A.<ref name=a>1</ref> B.<ref group=n name=a>2</ref>", ["a", "n a"]),
        ("A.{{r|a|b}} B.<ref name=a>x</ref>", ["a", "b", "a"]),
        ("A.<REF NAME=a>x</REF>", ["a"]),
        ("A.<ref></ref> B.<ref name=''/> C.<ref>", []),
        ("A.<ref>x", []),
        ("<!-- <ref>x</ref> --> <nowiki><ref>x</ref></nowiki> <pre><ref>x</ref></pre>", []),
        ("A.{{citation needed}}{{efn|A remark.}} B [1, 2].<ref>x</ref>", ["1"]),
        ("A.<ref>Ku, p. 3.</ref>\n==Sources==\n* Ku, A. (2020). ''On''. Press.", ["2"]),
    ],
)
def test_what_is_cited(text: str, labels: list[str]) -> None:
    found = citations.find(read(text))
    assert [item.label for citation in found for item in citation.items] == labels


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("{{nowrap|a b}} c", "a b c"),
        ("{{lang|fr|un mot}}", "un mot"),
        ("{{convert|3|kg|lb}} of it", "3 kg of it"),
        ("{{circa|1066}} or {{as of|2020}}", "c. 1066 or As of 2020"),
        ("one{{snd}}two{{nbsp}}three", "one – two three"),
        ("A {{unknown|secret|text=no}} word", "A word"),
        ("See [[a]] or [[b|c]] or [[:Category:D]], [[e (f)|g]]s.", "See a or c or Category:D, gs."),
        ("See [http://a.b text] and [http://a.b].", "See text and ."),
        ("''a'' '''b''' '''''c''''' d'''' e", "a b c d' e"),
        ("a<br>b <small>c</small> <code>[[x]]</code>", "a b c [[x]]"),
        ("a {{b", "a {{b"),
        ("a [[b", "a [[b"),
        ("a }} b ]] c | d", "a }} b ]] c | d"),
        ("line\nnext", "line next"),
        ("&lt;ref&gt; 5&nbsp;km", "<ref> 5\u00a0km"),
        ("{{formatnum:1000}} people", "1000 people"),
    ],
)
def test_what_a_reader_sees(text: str, seen: str, exact: Callable[[Article], None]) -> None:
    article = read(text)
    exact(article)
    assert " ".join(block.text for block in article.blocks if block.kind.is_prose) == seen


@pytest.mark.parametrize(
    ("line", "kind", "text"),
    [
        ("== A ==", "heading", "A"),
        ("==A== <!-- b -->", "heading", "A"),
        ("== A", "paragraph", "== A"),
        ("----", "", ""),
        (":''See [[B]]''", "navigation", "See B"),
        ("; Term", "heading", "Term"),
        ("*: a", "list item", "a"),
        ("#REDIRECT [[Skin]]", "navigation", "#REDIRECT Skin"),
        ("{{Main|A}}", "", ""),
    ],
)
def test_lines(line: str, kind: str, text: str, shape: Shape) -> None:
    rows = shape(read(f"Prose says so.\n\nAnd more.\n\n{line}\n\nThe end."))
    assert rows[2:-1] == ([("5:" + rows[2][0].partition(":")[2], kind, text)] if kind else [])


def test_windows_line_ends(exact: Callable[[Article], None]) -> None:
    article = read("A.<ref>x</ref>\r\n\r\n== B ==\r\n* c\r\n")
    exact(article)
    assert [block.text for block in article.blocks] == ["A.[1]", "B", "c"]


PIECES = st.sampled_from(
    ["{{", "}}", "[[", "]]", "<ref>", "<ref name=a>", "<ref name=a/>", "</ref>", "|", "\n", "\n\n",
     "==", "* ", "{|\n", "|}\n", "|-", "<!--", "-->", "''", "cite web|", "title=", "last=Ku",
     "sfn|A|2000|p=3", "quote|", "efn|", "File:a|thumb|", "[http://a.b ", "]", "<nowiki>", "!",
     "&amp;", "a b. ", "Ku (2019) ", "<references>", "</references>", "r|a", "rp|3", "\r\n", "😀",
     "convert|5|to|6|km", "<math>", "</math>", "<blockquote>", "</blockquote>", "<gallery>"]
)  # fmt: skip


@given(text=st.lists(PIECES, min_size=1, max_size=40).map("".join))
def test_never_fails(text: str, exact: Callable[[Article], None]) -> None:
    article = read("x" + text)
    exact(article)
    for citation in citations.find(article):
        assert 0 <= citation.span.start < citation.span.end <= len(article.source)
    segment.sentences(article)


@pytest.mark.parametrize(
    ("written", "visible"),
    [
        ("10<sup>6</sup> of 5&nbsp;cm<sup>2</sup>", "10⁶ of 5\u00a0cm²"),
        ("3{{e|6}} and 10{{sup|−6}}", "3×10⁶ and 10⁻⁶"),
        ("{{val|1.5|e=6|u=kg}} and {{val|5.2|u=m}}", "1.5×10⁶ kg and 5.2 m"),
        ("10<sup>−{{nowrap|8}}</sup> 10{{sup|{{mvar|n}}}}", "10⁻⁸ 10ⁿ"),
        ("<math>10^6</math> <chem>SO4^2-</chem>", "10⁶ SO4²⁻"),
        ("a<sup>never closed", "anever closed"),
    ],
)
def test_raised_text(written: str, visible: str, exact: Callable[[Article], None]) -> None:
    article = read(written)
    exact(article)
    assert [block.text for block in article.blocks] == [visible]


def test_sections_that_lead_elsewhere_are_no_claims() -> None:
    article = read(
        "Skin ages.\n== See also ==\n* [[Hair]] greys.\n=== More ===\n* Sun burns.\n"
        "== Further reading ==\n* Doe, J. (2001). ''Other''. Press.\n"
        "* Ku, A. (2002). ''More''. Press.\n"
        "== External links ==\n* [https://a.b Skin] is large.\n== Life ==\nWind dries.\n"
    )
    assert [sentence.text for sentence in segment.sentences(article)] == [
        "Skin ages.",
        "Wind dries.",
    ]
    assert [one.text for one in article.references] == [
        "Doe, J. (2001). Other. Press.",
        "Ku, A. (2002). More. Press.",
    ]
