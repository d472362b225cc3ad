"""Author lists as styles print them, and where each ends."""

from __future__ import annotations

import pytest

from exocite.references.author_lists import leading_names


@pytest.mark.parametrize(
    ("text", "families", "rest"),
    [
        ("Ku, Ying C., et al. “T", ["Ku"], " “T"),
        ("Wang, D., He, J., & Li, D. (2014). T", ["Wang", "He", "Li"], " (2014). T"),
        ("Lee SJ, Ahn D, Han SM. Flexible tags", ["Lee", "Ahn", "Han"], ". Flexible tags"),
        ("J. Zhuang, T. Gill, and G. S. Sayler, “Can", ["Zhuang", "Gill", "Sayler"], ", “Can"),
        ("Tan, S., Song, W.-Z. & Das, S. K. Survey of", ["Tan", "Song", "Das"], " Survey of"),
        (
            "C. Schmidt, D.V. Seletskiy, J. Opt. 18 (2016)",
            ["Schmidt", "Seletskiy"],
            ", J. Opt. 18 (2016)",
        ),
        ("Wang, Lei, Qian Li, and Jin Qin. 2020. T", ["Wang", "Li", "Qin"], ". 2020. T"),
        (
            "Giorgi, E. E., G. I. Perren, and R. A. Vázquez. 2015.",
            ["Giorgi", "Perren", "Vázquez"],
            ". 2015.",
        ),
        ("Konrad Rieck and Pavel Laskov. Linear", ["Rieck", "Laskov"], ". Linear"),
        ("de Vooys A, van der Eerden JP. Crystal", ["Vooys", "Eerden"], ". Crystal"),
        ("Silva RCF da, Reis AL dos. Modelo", ["Silva", "Reis"], ". Modelo"),
        ("An, D., Su, K. (2020)", ["An", "Su"], " (2020)"),
        ("KIM JS, ITO K. Production", ["KIM", "ITO"], ". Production"),
        ("W. Strunk Jr. and E. B. White, The", ["Strunk", "White"], ", The"),
        ("O’Brien, M.-C., Saint-Exupéry, A. de (1999)", ["O’Brien", "Saint-Exupéry"], " (1999)"),
        ("Munro, et al., Lancet 2", ["Munro"], ", Lancet 2"),
        ("Goebert D. 37 flavors of stew", ["Goebert"], ". 37 flavors of stew"),
        # Chicago turns the first name round, no other.
        (
            "Brandt, O., Ana Cruz, T. Nkemelu, PA Berg, and Lea X. Moor. 1992.",
            ["Brandt", "Cruz", "Nkemelu", "Berg", "Moor"],
            ". 1992.",
        ),
        ("Brandt, OM, Ana Cruz, and T. Berg. 1992.", ["Brandt", "Cruz", "Berg"], ". 1992."),
        ("Brandt OM Jr., Cruz A III, Berg B. On", ["Brandt", "Cruz", "Berg"], ". On"),
        ("Brandt, Olga van der. “T", ["Brandt"], ". “T"),
        ("Olga M. van der Brandt, TA Cruz, and P Berg. “T", ["Brandt", "Cruz", "Berg"], ". “T"),
        ("Decomposition of reagents in water", [], "Decomposition of reagents in water"),
        ("", [], ""),
    ],
)
def test_lists(text: str, families: list[str], rest: str) -> None:
    found = leading_names(text)
    assert [name.family for name in found.names] == families
    assert text[found.end :] == rest


def test_et_al_is_told_apart_from_a_whole_list() -> None:
    assert leading_names("Ku, Y. et al. (2020)").et_al
    assert not leading_names("Ku, Y. and Li, B. (2020)").et_al


def test_suffix_and_particle_are_kept() -> None:
    [name] = leading_names("van der Berg, A. M., Jr. (2020)").names
    assert (name.particle, name.family, name.given, name.suffix) == (
        "van der",
        "Berg",
        "A. M.",
        "Jr.",
    )
