"""Sentences: the house rules as tables, and what holds for any text."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import segmentation
from benchmarks.datasets import sets
from exocite.claims.segment import boundaries, sentences
from exocite.model import Article, Block, BlockKind, Run, Span
from tests.timing import assert_linear

# A bar stands where one sentence ends and the next begins.
CUTS = {
    "markers": """
        Zinc heals wounds [12]. | Iron does not [13–15].
        Zinc heals wounds.[12] | Iron does not.[13–15]
        Zinc heals wounds.12 | Iron does not.13–15
        Zinc heals wounds,3 but slowly.4,5 | Iron is worse.
        Zinc heals wounds.1, 2 | Iron does not.
        Zinc heals wounds.¹² | Iron does not.¹³⁻¹⁵
        Zinc heals wounds¹,². | Iron does not³.
        Zinc heals wounds.[@lee2020; @kim2021, p. 4] | Iron does not.
        Zinc heals wounds. [@lee2020] | Iron does not.
        Zinc heals wounds \\citep[see][p. 3]{lee2020}. | Iron does not.
        Zinc heals wounds.~\\cite{lee2020} | Iron does not.
        Zinc heals wounds.[^note] | Iron does not.[^2]
        Zinc heals wounds.[1]–[3] | Iron does not.[4][5]
        Zinc heals wounds. [3] | Iron does not.
        Zinc heals wounds. (Lee et al., 2020) | Iron does not.
        Zinc heals wounds.[citation needed] | Iron does not.
        Zinc heals 40%.6,7 | In mice it does not.
        “Zinc heals.”3 | Iron does not.
        Zinc heals wounds (in mice).4 | Iron does not.
        Zinc heals wounds?7 | Nobody knows.8
        See Refs. 3, 4 and Ref. 5. | Iron is in Ref. 6.
        As @lee2020 [p. 3] shows, it heals. | Iron does not.
        It was version 2.3 of the tool. | It heals.""",
    "et al.": """
        Lee et al. report a fall. | Kim et al. do not.
        The work of Lee et al. (2019) is old. | It stands.
        This follows Lee et al. | The dose was new.
        It was said before (Lee et al. 2019; Kim et al. 2020). | It is so.
        Lee et al.5 found it. | Kim et al.6 did not.
        Lee et al. [5] found it. | Kim et al. [6–8] did not.""",
    "figures": """
        Figs. 2 and 3 show it. | Fig. 4 does not.
        It is in Figs. 2–4. | The rest is in Tab. 1. | Good.
        See Sect. 4.1 for more. | Then see App. B. | The end.
        See Suppl. Fig. S2 and Supp. Table 3. | Both agree.
        As in Vol. 2, No. 3, pp. 4–9, it is long. | It ends.""",
    "numbers": """
        It fell (n = 32, p = .04). | It rose (P<0.001).
        OR = 1.4; 95% CI 1.1–1.8. | No other was found.
        It was 37.5 °C. | It cost $1.5 million.
        Python 3.12.1 runs it. | Version 2.0 does not.""",
    "abbreviations": """
        Tea vs. coffee was the test. | Tea won.
        Many drinks (e.g. Tea and Coffee) help. | Some, i.e. tea, do not.
        We gave tea, coffee, etc. | The rest was milk.
        It took c. 4 days. | It cost ca. $5. | It ran approx. 3 km.
        E. coli and S. aureus grew. | P. aeruginosa did not.
        Bacillus spp. are common. | Quercus sp. was seen.
        The U.K. Prime Minister spoke. | It was made in the U.K. | They sell it.
        It was sold by Acme Ltd. | The price was low.
        He came at 3 p.m. | He left at 4 p.m. on Monday.
        He has an M.D. and a Ph.D. in law. | She has a B.Sc. in art.
        It runs on ASP.NET. | Both are free.""",
    "names": """
        J. K. Rowling wrote it. | J.R.R. Tolkien did not.
        Prof. J. Kim, Ph.D., spoke. | Mx. Doe left.
        Prof. Ö. Çelik wrote it. | İnci Kaya replied.
        Lee S. and Kim H. agree. | Park Y. does not.
        J.-P. Sartre wrote it. | He was French.
        He took vitamin D. | The rest took vitamin C. | Nobody fell ill.""",
    "addresses": """
        Visit https://example.org/a?b=c.d&e=1.2. | It is free.
        See doi:10.1000/xyz.123. | It is open.
        Write to a.b@c.example.com. | She replies.
        Run setup.py first. | Then edit conf.yaml. | Done.""",
    "quotations": """
        "Rest well," she said. | He nodded.
        She said, "Rest well. Drink more." | He nodded.
        “It is safe. It is cheap,” he said. | We agree.
        “Does it work?” he asked. | It does.
        (Women were excluded.) | Men were not.
        He teaches (he was a cook.) at the school. | She does not.""",
    "ellipsis": """
        It works... mostly. | It may fail.
        It works... | It may fail.
        It works… | It may fail.""",
    "signs": """
        Rest helps.† | Work does not.‡
        Rest helps.(1,2) | Work does not.(3)
        Rest helps.[a] | Work does not.[b]""",
    "inline lists": """
        1. Rest well | 2. Drink more | 3. Eat
        • Rest well | • Drink more
        a. Rest well | b. Drink more""",
}


def _cases() -> list[object]:
    return [
        pytest.param(line.strip().split(" | "), id=f"{kind}: {line.strip()}")
        for kind, table in CUTS.items()
        for line in table.strip().splitlines()
    ]


def _pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in boundaries(text)]


@pytest.mark.parametrize("expected", _cases())
def test_cuts(expected: list[str]) -> None:
    assert _pieces(" ".join(expected)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- Rest.\n- Drink.", ["Rest.", "Drink."]),
        ("• Rest\r\n• Drink", ["Rest", "Drink"]),
        ("1. Lie.\n2. Sit.", ["Lie.", "Sit."]),
        ("(1) Lie.\n(2) Sit.", ["Lie.", "Sit."]),
        ("i) Lie.\nii) Sit.", ["Lie.", "Sit."]),
        ("Benefits:\n• Rest. It lasts.", ["Benefits:", "Rest.", "It lasts."]),
        ("Benefits:\nRest.", ["Benefits:", "Rest."]),
        ("It is plain, see Fig.\n2. The rest", ["It is plain, see Fig.\n2.", "The rest"]),
        ("It is one\nsentence. Two.", ["It is one\nsentence.", "Two."]),
        ("No stop\n\nhere", ["No stop", "here"]),
        ("", []),
        (" \n\t ", []),
        ("...", ["..."]),
    ],
)
def test_lines_and_items(text: str, expected: list[str]) -> None:
    assert _pieces(text) == expected


def test_offsets_are_code_points() -> None:
    text = "😀 Zinc 𝔸 heals. 👩‍👩‍👧 Iron does not. \ud800 So it is."
    assert _pieces(text) == ["😀 Zinc 𝔸 heals.", "👩‍👩‍👧 Iron does not.", "\ud800 So it is."]


def test_long_texts_are_cut_as_short_ones() -> None:
    sentence = "Zinc heals most wounds in about a week.[12]"
    assert _pieces(" ".join([sentence] * 900)) == [sentence] * 900
    endless = "zinc " * 5000
    assert _pieces(endless + "heals. Iron too.") == [f"{endless}heals.", "Iron too."]


TEXTS = st.text(
    st.one_of(st.sampled_from("aB1.?!…[](){}\"'“”•-*:,;@\\ \n\r\t²†e"), st.characters()),
    max_size=120,
)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_nothing_is_lost(text: str) -> None:
    at = 0
    for start, end in boundaries(text):
        assert at <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        gap = text[at:start]
        assert len(gap.strip()) <= 6, "no more than a list marker lies between two sentences"
        at = end
    assert not text[at:].strip() or len(text[at:].strip()) <= 6


@pytest.mark.parametrize(
    "unit", ["“a. ", "(a. ", "a.1,2,", ".[1", "[@a ", "a:\n", "1. ", ".\\cite{"]
)
def test_time_is_linear(unit: str) -> None:
    def cost(size: int) -> float:
        text = unit * (size // len(unit))
        start = time.process_time()
        boundaries(text)
        return time.process_time() - start

    assert_linear(cost, 20_000, 4)


def _article(source: str, *blocks: Block) -> Article:
    return Article("a.md", "markdown", "utf-8", source, blocks)


def test_spans_point_into_the_source() -> None:
    source = "> Zinc &amp; iron\n> heal. They **last**."
    runs = (Run(0, 5, 2, 5), Run(5, 1, 7, 5), Run(6, 5, 12, 5), Run(11, 1, 17, 3))
    runs = (*runs, Run(12, 11, 20, 11), Run(23, 4, 33, 4), Run(27, 1, 39, 1))
    text = "Zinc & iron heal. They last."
    block = Block(BlockKind.QUOTATION, Span(0, len(source)), text, runs)
    first, second = sentences(_article(source, block))
    assert (first.text, source[first.span.start : first.span.end]) == (
        "Zinc & iron heal.",
        "Zinc &amp; iron\n> heal.",
    )
    assert (second.text, source[second.span.start : second.span.end]) == (
        "They last.",
        "They **last**.",
    )


def test_only_prose_has_sentences() -> None:
    source = "Zinc heals."
    runs = (Run(0, len(source), 0, len(source)),)
    for kind in BlockKind:
        block = Block(kind, Span(0, len(source)), source, runs)
        assert bool(sentences(_article(source, block))) == kind.is_prose
    assert sentences(_article("", Block(BlockKind.PARAGRAPH, Span(0, 0), "", ()))) == ()


def test_floors(shared: Path) -> None:
    found = sets(shared / "data" / "segmentation")
    figures = segmentation.measure(found, boundaries)
    assert figures["gum"]["boundary_f1"] >= 0.970
    assert figures["ewt"]["boundary_f1"] >= 0.860
    assert figures["golden"]["exact"] >= 45 / 48
    assert figures["stress"]["exact"] >= 0.95
