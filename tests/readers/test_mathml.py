"""MathML on one line."""

from __future__ import annotations

import time

import pytest

from exocite.readers.mathml import linear
from tests.timing import assert_linear


@pytest.mark.parametrize(
    ("markup", "seen"),
    [
        ("<math><msup><mn>10</mn><mn>6</mn></msup></math>", "10⁶"),
        ("<math>\n<msup>\n<mi>x</mi>\n<mrow><mi>a</mi><mi>k</mi></mrow></msup>", "x^(ak)"),
        ("<msup><mi>x</mi><mrow><mi>n</mi><mo>+</mo><mn>1</mn></mrow></msup>", "xⁿ⁺¹"),
        ("<msup><mn>30</mn><mo>∘</mo></msup>", "30°"),
        ("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>", "xi²"),
        ("<msub><mi>R</mi><mn>0</mn></msub>", "R0"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>", "(a+b)/2"),
        ("<msqrt><mn>2</mn></msqrt> <mroot><mn>8</mn><mn>3</mn></mroot>", "√2 ³√8"),
        ("<mi>p</mi><mo>&lt;</mo><mn>0.05</mn>", "p<0.05"),
        ("<mml:mi>&#x3b1;</mml:mi><mml:mo>&times;</mml:mo>", "α×"),
        ("<semantics><mn>1</mn><annotation encoding='a>b'>one</annotation></semantics>", "1"),
        ("<mn>1</mn><mspace width='1em'/><mn>2</mn><!-- 3 --><![CDATA[<4>]]>", "1 2<4>"),
        ("n = 10<sup>6</sup>&#xb1;3", "n = 10⁶±3"),
        ("<mn>10<mn>6", "106"),
        ("</mn>6</x><x", "6<x"),
        ("<msup><mn>10</mn></msup>", "10"),
        ("", ""),
    ],
)
def test_one_line(markup: str, seen: str) -> None:
    assert linear(markup) == seen


@pytest.mark.parametrize("piece", ["<msup>", "<a <", "<mi>x</mi>", "<!-- ", "&", "<b '", "</msup>"])
def test_time_is_linear(piece: str) -> None:
    def cost(size: int) -> float:
        started = time.process_time()
        linear(piece * size)
        return time.process_time() - started

    assert_linear(cost, 5_000, 4)
