"""Names of a stretch that holds nothing else."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.model import Name
from exocite.references.people import every_name
from tests.timing import assert_linear


def _shown(name: Name) -> str:
    return name.literal or "|".join(filter(None, (name.particle, name.family, name.given)))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Brandt OM, Nkemelu T, de la Cruz J.", ["Brandt|OM", "Nkemelu|T", "de la|Cruz|J"]),
        ("O. M. Brandt and T. Nkemelu,", ["Brandt|O. M.", "Nkemelu|T."]),
        ("Brandt, Olga M. and Nkemelu, Tobi.", ["Brandt|Olga M.", "Nkemelu|Tobi"]),
        ("BRANDT, O. M. AND NKEMELU, T.", ["BRANDT|O. M.", "NKEMELU|T."]),
        ("Brandt, CM. Nkemelu, CC. Berg, C.", ["Brandt|CM.", "Nkemelu|CC.", "Berg|C."]),
        ("Brandt, M./ Nkemelu, C.", ["Brandt|M.", "Nkemelu|C."]),
        ("Olga Brandt", ["Brandt|Olga"]),
        ("Berg, Anna, ed.", ["Berg|Anna"]),
        ("World Lichen Organization.", ["World Lichen Organization"]),
        ("European Lichen Agency (ELA)", ["European Lichen Agency"]),
        ("Brandt O, Berg A; Marsh Study Group", ["Brandt|O", "Berg|A", "Marsh Study Group"]),
        (
            "van HEE, O., Berg, A. B., … Coastal Lichen Network.",
            ["van|HEE|O.", "Berg|A. B.", "Coastal Lichen Network"],
        ),
        (
            "Brandt, Olga M., Ana Cruz, and International Lichen Society",
            ["Brandt|Olga M.", "Cruz|Ana", "International Lichen Society"],
        ),
        ("The Lichen Collaboration", ["The Lichen Collaboration"]),
        ("Department of Marshes, Moors and Fens", ["Department of Marshes, Moors and Fens"]),
        ("Group, J.", ["Group|J."]),
        ("Bank, C. & dal Cruz, R. J.", ["Bank|C.", "dal|Cruz|R. J."]),
        ("———.", []),
        ("", []),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert [_shown(name) for name in every_name(text).names] == names


@pytest.mark.parametrize("end", [" et al.", ", et al", " and others", " & et al.", ", …"])
def test_others_are_told(end: str) -> None:
    found = every_name("Brandt O, Berg A" + end)
    assert found.et_al
    assert [name.family for name in found.names] == ["Brandt", "Berg"]


@given(st.text(alphabet="AaBé. ,;&()-/’and", max_size=80))
def test_any_text_gives_names_with_something_in_them(text: str) -> None:
    for name in every_name(text).names:
        assert name.family or name.literal or name.given


@pytest.mark.parametrize("piece", ["& ", " , ", "; ", "( "])
def test_a_run_of_separators_costs_no_more_than_its_length(piece: str) -> None:
    def seconds(size: int) -> float:
        started = time.process_time()
        every_name(piece * size + "a")
        return time.process_time() - started

    assert_linear(seconds, 500, 8)
