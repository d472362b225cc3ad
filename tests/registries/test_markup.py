"""Titles and abstracts without their markup."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.registries.markup import plain_abstract, plain_title
from tests.timing import assert_linear

MML = '<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML">'

TITLES = [
    ("Plain words", "Plain words"),
    ("  Two\n                    lines\t here ", "Two lines here"),
    ("Research &amp; Practice", "Research & Practice"),
    ("once &amp;lt; only", "once &lt; only"),
    ("&#945;-helix &#x3B2;-sheet &eacute;", "α-helix β-sheet é"),
    ("AT&T and R&D; &nosuch; &", "AT&T and R&D; &nosuch; &"),
    ("H<sub>2</sub>O and CO<sup>2</sup>", "H2O and CO2"),
    ("<i>Mus musculus</i> in <b>bold</b>", "Mus musculus in bold"),
    ("Two species of\n   <i>Rosa</i>\n   (Rosaceae)", "Two species of Rosa (Rosaceae)"),
    ("Found in <i>Rosa</i> , and elsewhere .", "Found in Rosa, and elsewhere."),
    ("Activity of<i>Rosa canina</i>Root", "Activity of Rosa canina Root"),
    ("m<i>RNA</i> and pre<i>mRNA</i>s", "mRNA and premRNAs"),
    ('"&lt;scp&gt;risk&lt;/scp&gt; and &lt;i&gt;life&lt;/i&gt;"', '"risk and life"'),
    ("MAIN&lt;subtitle&gt;More&lt;/subtitle&gt;", "MAIN More"),
    ("p<0.05, a <b and c> d, x<y", "p<0.05, a <b and c> d, x<y"),
    ("p &lt; 0.05 &gt; 0.01", "p < 0.05 > 0.01"),
    ("An <unknown> tag, a <jats:new>known prefix</jats:new>", "An <unknown> tag, a known prefix"),
    ('See <a href="javascript:x()">here</a><br/>now', "See here now"),
    (f"spin in the{MML}<mml:mi>N</mml:mi><mml:mo>=</mml:mo><mml:mn>88</mml:mn></mml:math>nucleus",
     "spin in the N=88 nucleus"),
    (f"({MML}\n <mml:msub>\n <mml:mi>T</mml:mi>\n <mml:mi>c</mml:mi></mml:msub>)", "(Tc)"),
    ("<math><mtext>if and only</mtext><mi>x</mi></math>", "if and onlyx"),
    (f"<tex-math>$\\alpha$</tex-math>{MML}<mml:mi>α</mml:mi></mml:math> waves", "α waves"),
    ("<tex-math>\\alpha</tex-math> waves", "\\alpha waves"),
    ("<script>alert(1)</script>Words<style>p{}</style>", "Words"),
    ("<script>never closed", "never closed"),
    ("a<!-- not shown -->b <?pi x?>c <![CDATA[<i>d</i> & e]]>", "ab c d & e"),
    ("<!-- open for ever", "<!-- open for ever"),
    ("cut off <jats:ital", "cut off"),
    ("bell\x07 \x1b[31mred \u202eesrever\u202c soft\u00ad\ufeff", "bell [31mred esrever soft"),
    ("e\u0301", "é"),
    ("lone \ud800 surrogate", "lone \ufffd surrogate"),
    ("&#0;&#27;&#xD800;&#x110000;x", "\ufffd\ufffd\ufffdx"),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("markup", "text"), TITLES)
def test_a_title_is_one_line_of_plain_text(markup: str, text: str) -> None:
    assert plain_title(markup) == text


ABSTRACTS = [
    ("<jats:p>One.</jats:p><jats:p>Two.</jats:p>", "One.\nTwo."),
    ("<jats:title>Abstract</jats:title><jats:p>One.</jats:p>", "One."),
    ("<jats:title>ABSTRACT:</jats:title>\n   <jats:p>One.</jats:p>", "One."),
    (
        "<sec><title>Background</title><p>Why.</p><p>More.</p></sec><sec><title>Methods:</title>How.",
        "Background: Why.\nMore.\nMethods: How.",
    ),
    ("<title>What next?</title><p>This.</p>", "What next? This."),
    ("<title>Part I</title><title>Aim.</title><p>This.</p>", "Part I: Aim: This."),
    ("<p>Text.</p><title>Conclusion</title>", "Text.\nConclusion"),
    ("<p>\n  Words\n  <italic>in</italic>\n  lines.\n</p>", "Words in lines."),
    ("<list><list-item><p>one</p></list-item><list-item><p>two</p></list-item></list>", "one\ntwo"),
    ("<p>10 &lt; 20 &amp; H<sub>2</sub>O</p>", "10 < 20 & H2O"),
    ("No markup,\ntwo lines", "No markup, two lines"),
    ("", ""),
]


@pytest.mark.parametrize(("markup", "text"), ABSTRACTS)
def test_an_abstract_keeps_its_paragraphs_and_section_titles(markup: str, text: str) -> None:
    assert plain_abstract(markup) == text


_HOSTILE = st.text(st.sampled_from('<>/&;!-[]?="jats:pim lt#x\x00\x01\x02\n') | st.characters())


@given(_HOSTILE)
def test_any_text_gives_clean_lines(markup: str) -> None:
    title = plain_title(markup)
    assert "\n" not in title
    assert title == title.strip()
    for text in (title, plain_abstract(markup)):
        assert not any(c in text for c in "\x00\x01\x02\x1b\u202e")
        text.encode()


@given(st.text(st.characters(whitelist_categories=["L", "N"]), max_size=30).filter(bool))
def test_words_survive_any_wrapping(word: str) -> None:
    plain = plain_title(word)
    assert plain_abstract(f"<jats:p>{word}</jats:p>") == plain
    assert plain_title(f"<i>{word}</i>") == plain


@pytest.mark.parametrize(
    "unit",
    ["<", "<a", "<i>", "</i>", "<!--", "<![CDATA[", "<?", "&", "&a", "&#", "<jats:", "\x00", " ,",
     "<script>", "<title>", "</title>", "<math>", "<p ", "&lt;i", " ", "a\n", "<i/", "<b ="],
)  # fmt: skip
def test_time_grows_with_length_only(unit: str) -> None:
    def cost(length: int) -> float:
        text = unit * (length // len(unit))
        start = time.process_time()
        plain_abstract(text)
        return time.process_time() - start

    assert_linear(cost, 10_000)
