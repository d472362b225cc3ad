from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.errors import ReadError
from exocite.linking.sections import asides
from exocite.registries.markup import plain_abstract
from exocite.sources.jats import MAX_DEPTH, Jats
from exocite.sources.parsed import unwatched

DOCTYPE = (
    '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD '
    'v1.2 20190208//EN" "JATS-archivearticle1.dtd">'
)
ARTICLE = f"""<?xml version="1.0" encoding="UTF-8"?>
{DOCTYPE}
<article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="research-article">
<front>
  <journal-meta><journal-title>Bees and Tides</journal-title></journal-meta>
  <article-meta>
    <title-group><article-title>Sleep of <italic>Apis mellifera</italic></article-title>
    </title-group>
    <contrib-group><contrib><name><surname>Hive</surname></name></contrib></contrib-group>
    <abstract><title>Abstract</title>
      <sec><title>Methods</title><p>We watched 40&nbsp;bees.</p></sec>
      <sec><title>RESULTS:</title><p>They slept 5 h&hellip;</p><p>Most dreamt.</p></sec>
    </abstract>
    <abstract abstract-type="graphical"><p>A picture.</p></abstract>
    <kwd-group><kwd>sleep</kwd></kwd-group>
  </article-meta>
</front>
<body>
  <p>A paragraph before any heading.</p>
  <sec><label>2.</label><title>Results</title>
    <p>Sleep rose by 30&#160;%<sup><xref ref-type="bibr" rid="b1">12</xref>,<xref ref-type="bibr"
      rid="b2">13</xref></sup> in 10<sup>6</sup> cells <xref ref-type="bibr" rid="b3">[4]</xref>
      at night<xref ref-type="bibr" rid="b4"><sup>9</sup></xref>.<fn><p>A note.</p></fn></p>
    <fig><label>Figure 1.</label><caption><title>Sleep</title><p>Hours a day.</p></caption></fig>
    <sec><title>Young bees</title><p>They slept <bold>more</bold>.</p>
      <list><list-item><label>1</label><p>At noon.</p></list-item></list></sec>
    <table-wrap><label>Table 2</label><caption><p>Bees a hive.</p></caption>
      <table><tr><td>cell</td></tr></table></table-wrap>
    <p>So much for results.</p>
  </sec>
</body>
<back><ack><p>Thanks.</p></ack>
  <ref-list><ref><mixed-citation>A reference.</mixed-citation></ref></ref-list>
  <app-group><app><title>Appendix A</title><p>More of it.</p></app></app-group>
</back>
<sub-article><front-stub/><body><p>A review of it.</p></body></sub-article>
</article>
"""


def read(text: str | bytes) -> list[tuple[str, str, str]]:
    data = text if isinstance(text, bytes) else text.encode()
    parts = Jats().parse(data, "a.xml", unwatched).parts
    return [(part.field, part.locator, part.text) for part in parts]


def test_an_article_is_read_section_by_section() -> None:
    assert read(ARTICLE) == [
        ("file", "title", "Sleep of Apis mellifera"),
        (
            "abstract",
            "abstract",
            "Methods: We watched 40 bees.\nRESULTS: They slept 5 h…\nMost dreamt.",
        ),
        ("file", "body", "A paragraph before any heading."),
        (
            "file",
            "Results",
            "Sleep rose by 30 % in 10⁶ cells [4] at night.\nSo much for results.",
        ),
        ("file", "Figure 1", "Sleep: Hours a day."),
        ("file", "Results / Young bees", "They slept more.\nAt noon."),
        ("file", "Table 2", "Bees a hive."),
        ("file", "Appendix A", "More of it."),
    ]


def test_sections_of_abstracts_stay_recognisable() -> None:
    """In an attached file and in what a registry gives, linking still tells methods apart."""
    markup = "<jats:sec><jats:title>Methods</jats:title><jats:p>We watched 40 bees.</jats:p>"
    markup += "</jats:sec><jats:sec><jats:title>Results</jats:title><jats:p>They slept.</jats:p>"
    for abstract in (plain_abstract(markup + "</jats:sec>"), read(ARTICLE)[1][2]):
        lines = abstract.split("\n")
        assert asides(lines, labelled=True)[:2] == [True, False], lines


@pytest.mark.parametrize("wrapper", ["pmc-articleset", "OAI-PMH"])
def test_an_article_in_a_wrapper(wrapper: str) -> None:
    body = "<article><body><p>Bees sleep.</p></body></article>"
    assert read(f"<{wrapper}>{body}</{wrapper}>") == [("file", "body", "Bees sleep.")]


def test_a_prefix_of_the_namespace_does_not_matter() -> None:
    text = '<j:article xmlns:j="urn:j"><j:body><j:p>Bees sleep.</j:p></j:body></j:article>'
    assert read(text) == [("file", "body", "Bees sleep.")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_encodings_that_are_declared_or_marked(encoding: str) -> None:
    name = "utf-8" if encoding == "utf-8-sig" else encoding
    text = f'<?xml version="1.0" encoding="{name}"?><article><body><p>Café.</p></body></article>'
    assert read(text.encode(encoding)) == [("file", "body", "Café.")]


BOMB = (
    '<!DOCTYPE article [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>\n<article><body><p>&c;</p></body></article>'
)
FILE = (
    '<!DOCTYPE article [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    "<article><body><p>&f;</p></body></article>"
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BOMB, "a.xml:1: declares an entity of its own (a)"),
        (FILE, "a.xml:1: declares an entity of its own (f)"),
        ("<article>" + "<sec>" * MAX_DEPTH, f"more than {MAX_DEPTH} elements inside one another"),
        ("<article>\n<body><p>", "a.xml:2:10: is not well-formed XML: no element found"),
        ("<article>\n<p>&nonsense;</p></article>", "a.xml:2:4: is not well-formed XML: undefined"),
        ("<html><body><p>Hello.</p></body></html>", "is no JATS article: its first element is <ht"),
        ("<a><b><c><d><e><article/></e></d></c></b></a>", "is no JATS article"),
        ("<s><article/><article/></s>", "holds several articles"),
        ("not XML at all", "a.xml:1:1: is not well-formed XML: syntax error"),
    ],
)
def test_what_is_refused(text: str, said: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(text)
    assert said in caught.value.message
    assert caught.value.hint


def test_an_external_dtd_is_never_fetched() -> None:
    """Sockets are forbidden in the suite, and an unknown name stays as it is written."""
    text = DOCTYPE.replace("JATS-archivearticle1.dtd", "http://127.0.0.1:9/a.dtd")
    text += "<article><body><p>&alpha; and &unheard;</p></body></article>"
    assert read(text) == [("file", "body", "α and &unheard;")]


@given(st.lists(st.sampled_from(
    ["<sec>", "</sec>", "<title>T</title>", "<p>", "</p>", "word ", "<sup>", "</sup>",
     '<xref ref-type="bibr">', "</xref>", "<fig>", "</fig>", "<label>1</label>", "&amp;", "&x;",
     "<abstract>", "</abstract>", "<body>", "</body>", "<ref-list>", "</ref-list>"]
), max_size=30))  # fmt: skip
def test_any_tags_end_in_text_or_in_a_message(pieces: list[str]) -> None:
    message, found = "a.xml:", []
    try:
        found = read("<article>" + "".join(pieces) + "</article>")
    except ReadError as error:
        message = error.message
    assert message.startswith("a.xml:")
    assert all(text.strip() == text != "" for _, _, text in found)
    assert not any("\x00" in text or "\x01" in text for _, _, text in found)


def test_titles_within_one_another_make_no_endless_locator() -> None:
    depth = 100
    titles = "".join(f"<sec><title>{number} {'t' * 90}</title>" for number in range(depth))
    article = f"<article><body>{titles}<p>Bees.</p>{'</sec>' * depth}</body></article>"
    (part,) = Jats().parse(article.encode(), "a.xml", unwatched).parts
    assert len(part.locator) == 500
    assert part.locator.startswith("…")
    assert part.locator.endswith(f" / 99 {'t' * 90}")
