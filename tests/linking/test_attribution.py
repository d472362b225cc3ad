"""What of a claim is put on one work: its stretch, company and place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.linking.attribution import Attribution, attributed, attribution
from exocite.model import Citation, CitationKind, CitedItem, Claim, Span

FIRST = "Salt marshes store much carbon in their mud"
SECOND = ", seagrass meadows hold fish that are young"
WHOLE = f"{FIRST}{SECOND}, and dunes move."


@pytest.mark.parametrize(
    ("behind", "works", "number", "wanted"),
    [
        ((len(WHOLE),), (1,), 0, (WHOLE, False, 0, 0.0)),
        ((len(WHOLE),), (2,), 0, (WHOLE, True, 0, 0.0)),
        ((len(FIRST), len(FIRST + SECOND)), (1, 1), 0, (FIRST, False, 1, 10 / 18)),
        ((len(FIRST), len(FIRST + SECOND)), (1, 1), 1, (SECOND[2:], False, 1, 3 / 18)),
        # "mud [1], [2]": two markers at one place
        ((len(FIRST), len(FIRST) + 1, len(WHOLE)), (1, 1, 1), 1, (FIRST, True, 1, 10 / 18)),
        # "Salt marshes [1] store": too few words to stand alone
        ((len("Salt marshes"),), (1,), 0, (WHOLE, False, 0, 16 / 18)),
    ],
)
def test_what_is_put_on_a_work(
    behind: tuple[int, ...],
    works: tuple[int, ...],
    number: int,
    wanted: tuple[str, bool, int, float],
) -> None:
    found = attributed(WHOLE, behind, works, number)
    assert (found.stretch, found.shared, found.others) == wanted[:3]
    assert found.after == pytest.approx(wanted[3])


def claim(*cited: tuple[tuple[str, ...], int]) -> Claim:
    citations = tuple(
        Citation(
            CitationKind.PANDOC,
            Span(at, at + 1),
            tuple(CitedItem(key, Span(at, at + 1), keys=(key,)) for key in keys),
        )
        for keys, at in cited
    )
    behind = tuple(at for _, at in cited)
    return Claim("c1", Span(0, 9), WHOLE, WHOLE, 1.0, "", citations=citations, behind=behind)


def test_the_marker_that_names_the_work_counts() -> None:
    cited = claim((("a2001",), len(FIRST)), (("b2002", "c2003"), len(FIRST + SECOND)))
    assert attribution(cited, "a2001") == attributed(
        WHOLE, (len(FIRST), len(FIRST + SECOND)), (1, 2), 0
    )
    found = attribution(cited, "c2003")
    assert isinstance(found, Attribution)
    assert found.shared
    assert attribution(cited, "d2004") is None


def test_a_claim_without_places_is_read_as_a_whole() -> None:
    cited = claim((("a2001",), 3))
    bare = Claim("c1", cited.span, WHOLE, WHOLE, 1.0, "", citations=cited.citations)
    assert attribution(bare, "a2001") is None


@given(st.text(max_size=60), st.lists(st.integers(0, 60), min_size=1, max_size=6), st.data())
def test_any_places_give_an_answer(statement: str, places: list[int], data: st.DataObject) -> None:
    behind = sorted(min(at, len(statement)) for at in places)
    number = data.draw(st.integers(0, len(behind) - 1))
    found = attributed(statement, behind, [1] * len(behind), number)
    assert found.stretch in statement
    assert 0.0 <= found.after <= 1.0
    assert 0 <= found.others < len(behind)
