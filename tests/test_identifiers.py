"""Identifiers in the wrappings in which texts, pages and publishers print them."""

from __future__ import annotations

import html
import time
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite import identifiers
from tests.timing import assert_linear

SICI = "10.1002/(sici)1097-0258(19980815)17:15<1741::aid-sim976>3.0.co;2-k"
DOIS = (
    "10.1234/abcd.5678",
    "10.1016/s0140-6736(01)02345-6",
    "10.1000/a(b)c",
    "10.12345/j.example.2021.105490",
    "10.1234.56/x_y-z",
    "10.1109/5.771073",
    "10.1175/1520-0442(2004)017<1234:atitle>2.0.co;2",
    SICI,
)
WRAPPINGS = (
    "{}",
    "doi:{}",
    "DOI: {}.",
    "https://doi.org/{}",
    "http://dx.doi.org/{};",
    "({})",
    "[{}]",
    "“{}”,",
    "info:doi/{}",
    "See {}, and elsewhere.",
)


@pytest.mark.parametrize("doi", DOIS)
@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_a_doi_is_found_in_its_wrapping(doi: str, wrapping: str) -> None:
    text = wrapping.format(doi)
    [(span, found)] = identifiers.find_dois(text)
    assert found == doi
    assert text[span.start : span.end] == doi


@pytest.mark.parametrize("doi", DOIS)
def test_case_percent_and_entities_do_not_matter(doi: str) -> None:
    assert identifiers.normalise_doi(doi.upper()) == doi
    assert identifiers.normalise_doi("https://doi.org/" + quote(doi, safe="")) == doi
    assert identifiers.normalise_doi("doi:" + html.escape(doi)) == doi


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("https://example.org/articles/10.3389/abc.2022.108364/full", "10.3389/abc.2022.108364"),
        ("https://example.com/doi/abs/10.1002/xyz.110?journal=a", "10.1002/xyz.110"),
        ("https://example.com/doi/pdf/10.1080/12345678.2020.1#frag", "10.1080/12345678.2020.1"),
        ("https://example.org/article?id=10.1371/jou.p.029285&type=print", "10.1371/jou.p.029285"),
        (
            "https://biorxiv.org/content/10.1101/2020.01.01.123456v2.full.pdf",
            "10.1101/2020.01.01.123456",
        ),
        ("https://www.nature.com/articles/s41586-020-2649-2", "10.1038/s41586-020-2649-2"),
        ("https://peerj.com/articles/4375/", "10.7717/peerj.4375"),
        ("[text](https://doi.org/10.1000/a(b)c)", "10.1000/a(b)c"),
        ('<a href="https://doi.org/10.1000/xyz">x</a>', "10.1000/xyz"),
        ("<10.1000/xyz>", "10.1000/xyz"),
        ("10.1000/x\u200byz", "10.1000/xyz"),
        ("10.1000/x–1", "10.1000/x-1"),
        ("https://doi.org/10.1000/xyz/", "10.1000/xyz"),
        ("10.1000/../../members/98", "10.1000/../../members/98"),
    ],
)
def test_a_doi_in_an_address_or_in_markup(text: str, doi: str) -> None:
    assert identifiers.normalise_doi(text) == doi


@pytest.mark.parametrize(
    "text", ["", "10.1000", "10.1000/", "10.1000/...", "110.1000/abc", "1.10.1000/abc", "10.12/abc"]
)
def test_what_is_no_doi(text: str) -> None:
    assert identifiers.normalise_doi(text) == ""


def test_two_in_a_row_are_two() -> None:
    found = identifiers.find_dois("10.1000/a;10.1000/b, https://doi.org/10.1000/c.")
    assert [doi for _, doi in found] == ["10.1000/a", "10.1000/b", "10.1000/c"]


def test_a_quoted_doi_is_one_path_segment() -> None:
    assert identifiers.quote_doi("10.1000/../../members/98") == "10.1000%2F..%2F..%2Fmembers%2F98"
    assert identifiers.quote_doi("10.1000/a#b?c") == "10.1000%2Fa%23b%3Fc"
    assert identifiers.doi_url("10.1000/a<b>") == "https://doi.org/10.1000/a%3Cb%3E"


@given(st.text(max_size=80))
def test_quoting_keeps_the_doi_and_nothing_else(tail: str) -> None:
    quoted = identifiers.quote_doi("10.1000/" + tail)
    assert not set(quoted) & set("/?#&= \\\n")
    if not any(0xD800 <= ord(c) <= 0xDFFF for c in tail):
        assert unquote(quoted) == "10.1000/" + tail


@given(st.text(alphabet="10./(<>)&;,%2Fabc \u200b–\ud800", max_size=120))
def test_any_text_gives_spans_inside_it_in_order(text: str) -> None:
    end = 0
    for span, doi in identifiers.find_dois(text):
        assert end <= span.start < span.end <= len(text)
        assert doi == doi.lower()
        assert doi.startswith("10.")
        assert identifiers.normalise_doi(doi) == doi
        end = span.end


@pytest.mark.parametrize(
    ("text", "scheme", "value"),
    [
        ("PMID: 012345", "pmid", "12345"),
        ("https://pubmed.ncbi.nlm.nih.gov/31452104/", "pmid", "31452104"),
        ("PMC0001234", "pmcid", "PMC1234"),
        ("arXiv:2101.00001v2 [cs.CL]", "arxiv", "2101.00001"),
        ("https://arxiv.org/abs/hep-th/9901001", "arxiv", "hep-th/9901001"),
        ("doi 10.48550/arXiv.2101.00001", "arxiv", "2101.00001"),
        ("ISBN 978-0-306-40615-7", "isbn", "9780306406157"),
        ("ISBN-10: 0-306-40615-2", "isbn", "9780306406157"),
        ("ISBN 0-8044-2957-X.", "isbn", "9780804429573"),
        ("ISSN 2049-3630", "issn", "2049-3630"),
        ("eISSN: 0317847x", "issn", ""),
    ],
)
def test_other_identifiers(text: str, scheme: str, value: str) -> None:
    assert identifiers.first(text, scheme) == value


def test_wrong_check_digits_are_left_out() -> None:
    assert identifiers.find("ISBN 978-0-306-40615-8, ISSN 2049-3631") == []
    assert identifiers.valid_issn("03784371")
    assert not identifiers.valid_issn("0378437²")
    assert identifiers.isbn_13("0306406153") == ""


@given(st.text(alphabet=st.characters(categories=["Nd", "No", "Nl"]), min_size=8, max_size=13))
def test_only_ascii_digits_count(number: str) -> None:
    if not number.isascii():
        assert not identifiers.valid_isbn(number)
        assert not identifiers.valid_issn(number)
        assert identifiers.isbn_13(number) == ""
    assert all(found.value.isascii() for found in identifiers.find(f"ISBN {number} ISSN {number}"))


@pytest.mark.parametrize("number", ["978030640615²", "030640615²", "٩٧٨٠٣٠٦٤٠٦١٥٧"])
def test_a_raised_digit_is_no_digit(number: str) -> None:
    assert identifiers.first("ISBN " + number, "isbn") == ""
    assert not identifiers.valid_isbn(number)


@pytest.mark.parametrize(
    "piece",
    [
        "10.1000/",
        "10.1000/(",
        "&lt;",
        "//10.1000/a",
        "10.1000/a%25",
        "ISBN 978-",
        "peerj.com/articles/12 10.1000/a ",
    ],
)
def test_time_grows_with_the_length_alone(piece: str) -> None:
    def spent(times: int) -> float:
        text = piece * times
        started = time.process_time()
        identifiers.find(text)
        return time.process_time() - started

    assert_linear(spent, 2000, 4)
