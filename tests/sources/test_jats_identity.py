"""Which work a JATS file says that it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.errors import ReadError
from exocite.sources.jats_identity import identity
from tests.fakes.europepmc import article

RELATED = (
    '<related-article ext-link-type="doi"><article-id pub-id-type="doi">10.5555/x</article-id>'
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("10.5555/Lamps", "10.5555/lamps"),
        (" https://doi.org/10.5555/lamps\n", "10.5555/lamps"),
        ("http://dx.doi.org/10.5555/lamps", "10.5555/lamps"),
        ("doi:10.5555/lamps", "10.5555/lamps"),
        ("10.5555/a&lt;b&gt;&amp;c", "10.5555/a<b>&c"),
        ("10.5555/<italic>lamps</italic>", "10.5555/lamps"),
    ],
)
def test_a_doi_is_read_as_it_is_meant(written: str, read: str) -> None:
    assert identity(article(written), "a.xml").of("doi") == (read,)


def test_every_scheme_has_its_own() -> None:
    said = identity(article("10.5555/lamps", pmcid="PMC100", pmid="7001"), "a.xml")
    assert (said.of("doi"), said.of("pmcid"), said.of("pmid")) == (
        ("10.5555/lamps",),
        ("pmc100",),
        ("7001",),
    )
    assert said.has_body


@pytest.mark.parametrize(
    "data",
    [
        article("", more=f"{RELATED}</related-article>"),
        article("").replace(b"</body>", b"</body><sub-article><front><article-meta>"
                            b'<article-id pub-id-type="doi">10.5555/x</article-id></article-meta>'
                            b"</front></sub-article>"),
        article("").replace(b"<article-meta>", b"<journal-meta><article-id pub-id-type='doi'>1"
                            b"</article-id></journal-meta><article-meta>"),
        b"<front><article-meta><article-id pub-id-type='doi'>1</article-id></article-meta></front>",
        article("10.5555/" + "x" * 5000),
    ],
    ids=["related", "sub-article", "journal", "no article", "endless"],
)  # fmt: skip
def test_what_is_not_its_own_does_not_count(data: bytes) -> None:
    assert identity(data, "a.xml").of("doi") == ()


def test_around_the_article_there_may_be_an_answer() -> None:
    wrapped = article("10.5555/lamps").partition(b"\n")[2]
    data = b"<pmc-articleset xmlns='urn:x'>" + wrapped + b"</pmc-articleset>"
    assert identity(data, "a.xml").of("doi") == ("10.5555/lamps",)


def test_an_article_without_a_body_is_told() -> None:
    data = b"<article><front><article-meta/></front><sub-article><body/></sub-article></article>"
    assert not identity(data, "a.xml").has_body


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (article("10.5555/lamps")[:200], "a.xml:"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><article/>', "declares an entity"),
        (b"", "a.xml"),
    ],
)
def test_what_cannot_be_read(data: bytes, said: str) -> None:
    with pytest.raises(ReadError) as caught:
        identity(data, "a.xml")
    assert said in caught.value.message


@given(st.text(alphabet="<>/articledos=\"'- &;x10.5", max_size=120))
def test_any_bytes_are_read_or_refused(text: str) -> None:
    try:
        identity(text.encode(), "a.xml")
    except ReadError as error:
        assert error.message.startswith("a.xml")  # noqa: PT017 - either end is right
