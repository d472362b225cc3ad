from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.linking.terms import Analyser, number
from tests.timing import assert_linear


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The exosomes of the skin", ["exosom", "skin"]),
        ("IL-6, IL6 and il 6", ["il6", "il6", "il", "6"]),
        ("interleukin-6, Interleukin 6, interleukins", ["il6", "il6", "il"]),
        ("TNF-α, TNFα, TNF alpha, TNF-alpha", ["tnfalpha"] * 4),
        ("NF-κB and NFκB", ["nfkappab", "nfkappab"]),
        ("H3K9me3, N348I and H2A.Z", ["h3k9me3", "n348i", "h2a", "z"]),
        ("CD4+ cells and Oct-4", ["cd4", "cell", "oct4"]),
        ("type 2, type-2 and type II", ["type", "2", "type", "2", "type", "2"]),
        ("tumours of anaemic mice", ["tumor", "anem", "mous"]),
        ("1,000 cells", ["1000", "cell"]),
        ("0.50 and .5", ["0.5", "5"]),
        ("naïve Café", ["naiv", "cafe"]),
        ("the patient's and the patients’", ["patient", "patient"]),
        ("VSMCs and VSMC", ["vsmc", "vsmc"]),
        ("it is not what it was", []),
        ("don't", []),
        ("30 to 150 nanometres", ["30", "150", "nm"]),
        ("30–150 nm", ["30", "150", "nm"]),
        ("5 nM, 5 nm", ["5", "nanomolar", "5", "nm"]),
        ("5 μg and 5 µg", ["5", "µg", "5", "µg"]),
        ("2 h, two hours", ["2", "hour", "2", "hour"]),
        ("h of 37 °C", ["h", "37", "celsius"]),
        ("12 %, twelve per cent", ["12", "%", "12", "%"]),
        ("twenty-five bees", ["25", "bee"]),
        ("1\u202f200 bees", ["1200", "bee"]),
        ("microRNAs, miRNAs and miR-21", ["microrna", "microrna", "microrna", "21"]),
        ("mRNAs of mRNA", ["mrna", "mrna"]),
        ("anti-inflammatory, antiinflammatory, anti inflammatory", ["antiinflammatori"] * 3),
        ("pre and post", ["pre", "post"]),
        ("", []),
        ("\x00\u202e<b>bold</b>", ["b", "bold", "b"]),
    ],
)
def test_terms(text: str, expected: list[str]) -> None:
    assert Analyser().stems(text) == expected


@pytest.mark.parametrize(
    ("written", "value"),
    [("007", "007"), ("3.10", "3.1"), ("3.0", "3"), ("1,234,567", "1234567"), ("1·5", "1.5")],
)
def test_numbers_count_by_value(written: str, value: str) -> None:
    assert number(written) == value


@given(st.text(max_size=200))
def test_any_text_gives_the_same_terms_again(text: str) -> None:
    analyser = Analyser()
    first = analyser.stems(text)
    assert first == analyser.stems(text) == Analyser().stems(text)
    assert all(first)


@pytest.mark.parametrize(
    "unit", ["A", "A1", "IL-", "a ", "α", "1\u202f234", "interleukin ", "TNF "]
)
def test_a_hostile_text_is_read_in_bounded_time(unit: str) -> None:
    def cost(size: int) -> float:
        started = time.process_time()
        Analyser().stems(unit * size)
        return time.process_time() - started

    assert_linear(cost, 5_000, 4)
