"""References of an invented work in the styles in which such works are cited."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.model import Name, ParsedReference
from exocite.references.parse import parse, printed_year
from tests.timing import assert_linear

TITLE = "Drift of lichens on granite walls: a slow census"
JOURNAL = "Journal of Slow Ecology"

PLACE = "14(3), 201–219"

# One article by three authors, in the styles of the day. All must give the same fields.
STYLES = {
    "mla": f'Brandt, Olga M., et al. "{TITLE}." {JOURNAL} 14.3 (2018): 201-219.',
    "mla9": (
        f"Brandt, Olga M., et al. “{TITLE}.” {JOURNAL}, vol. 14, no. 3, Mar. 2018, pp. 201–19."
    ),
    "apa": f"Brandt, O. M., Nkemelu, T., & de la Cruz, J. (2018). {TITLE}. {JOURNAL}, {PLACE}.",
    "ama": f"1. Brandt OM, Nkemelu T, de la Cruz J. {TITLE}. {JOURNAL}. 2018;14(3):201-219.",
    "vancouver": (
        f"1. Brandt OM, Nkemelu T, de la Cruz J. {TITLE}. {JOURNAL}. 2018 Mar;14(3):201–19."
    ),
    "ieee": (
        f"[1] O. M. Brandt, T. Nkemelu, and J. de la Cruz, “{TITLE},” {JOURNAL}, vol. 14, no. 3,"
        " pp. 201–219, Mar. 2018."
    ),
    "chicago": (
        f"Brandt, Olga M., Tobi Nkemelu, and Juan de la Cruz. 2018. “{TITLE}.” {JOURNAL} 14 (3):"
        " 201–19."
    ),
    "chicago-notes": (
        f"Olga M. Brandt, Tobi Nkemelu, and Juan de la Cruz, “{TITLE},” {JOURNAL} 14, no. 3 (2018):"
        " 201–219."
    ),
    "harvard": (
        f"Brandt, O.M., Nkemelu, T. and de la Cruz, J. (2018) ‘{TITLE}’, {JOURNAL}, 14(3),"
        " pp. 201–219."
    ),
    "bullet": f'•  Brandt, Olga M., et al. "{TITLE}." {JOURNAL} 14.3 (2018): 201-219.',
    "wrapped": (f'Brandt, Olga M., et al.\n   "{TITLE}."\n   {JOURNAL} 14.3 (2018):\n   201-219.'),
}


@pytest.mark.parametrize("style", STYLES)
def test_one_article_in_many_styles(style: str) -> None:
    read = parse(STYLES[style])
    assert read.raw == STYLES[style]
    assert read.title == TITLE
    assert read.container == JOURNAL
    assert (read.year, read.volume, read.issue, read.pages) == ("2018", "14", "3", "201-219")
    assert read.authors[0].family == "Brandt"
    assert read.authors[0].given[:1] == "O"
    assert read.type == "article"
    if read.et_al:
        assert len(read.authors) == 1
    else:
        assert [name.family for name in read.authors] == ["Brandt", "Nkemelu", "Cruz"]
        assert read.authors[2].particle == "de la"


@pytest.mark.parametrize(
    ("raw", "fields"),
    [
        pytest.param(
            f"3. Brandt, O. M., Nkemelu, T. & Cruz, J. {TITLE}. J. Slow Ecol. 14, 201–219 (2018).",
            {"title": TITLE, "container": "J. Slow Ecol", "volume": "14", "pages": "201-219"},
            id="Nature",
        ),
        pytest.param(
            "[12] O.M. Brandt, T. Nkemelu, J. Slow Ecol. 14 (2018) 201–219.",
            {"title": "", "container": "J. Slow Ecol", "volume": "14", "pages": "201-219"},
            id="Elsevier without titles",
        ),
        pytest.param(
            "Brandt, O. M.; Nkemelu, T. Ecol. Lett. 2018, 14, 201–219.",
            {"title": "", "container": "Ecol. Lett", "volume": "14", "pages": "201-219"},
            id="ACS without titles",
        ),
        pytest.param(
            f'Brandt, Olga. "{TITLE}." {JOURNAL} 14 (2018): e20476.',
            {"volume": "14", "pages": "e20476", "issue": ""},
            id="article number",
        ),
        pytest.param(
            f"Brandt O. {TITLE}. {JOURNAL}. 2018;14(Suppl 2):S5-S9.",
            {"issue": "Suppl 2", "pages": "S5-S9"},
            id="supplement",
        ),
        pytest.param(
            f"Brandt, O. (1895). {TITLE}. {JOURNAL}, XXV(9), 362.",
            {"volume": "XXV", "issue": "9", "pages": "362"},
            id="Roman volume",
        ),
        pytest.param(
            f'Brandt, Olga. "{TITLE}." {JOURNAL} 14.3 (2018).',
            {"volume": "14", "issue": "3", "pages": ""},
            id="no pages",
        ),
        pytest.param(
            f"Brandt O, Cruz J. Do lichens drift? {JOURNAL}. 2018;14:7.",
            {"title": "Do lichens drift?", "container": JOURNAL},
            id="a question",
        ),
        pytest.param(
            f"Brandt, O. “Against ‘drift’ in lichens.” {JOURNAL} 14.3 (2018): 1-9.",
            {"title": "Against ‘drift’ in lichens"},
            id="quotes within quotes",
        ),
        pytest.param(
            "Brandt, Olga. Walls and What Lives on Them. 2nd ed., Leeds: Moss Press, 2011.",
            {"title": "Walls and What Lives on Them", "publisher": "Moss Press", "year": "2011"}
            | {"edition": "2nd", "type": "book", "container": ""},
            id="book",
        ),
        pytest.param(
            "Brandt, Olga. “Granite.” In Walls of the North, edited by Juan Cruz, 11–39."
            " Leeds: Moss Press, 2011.",
            {"title": "Granite", "container": "Walls of the North", "pages": "11-39"}
            | {"type": "incollection", "publisher": "Moss Press"},
            id="chapter",
        ),
        pytest.param(
            "Brandt O. Counting slowly. In: Proceedings of the Ninth Conference on Patience."
            " Springer; 2017. p. 28–35.",
            {"container": "Proceedings of the Ninth Conference on Patience", "pages": "28-35"}
            | {"title": "Counting slowly", "publisher": "Springer", "type": "inproceedings"},
            id="proceedings",
        ),
        pytest.param(
            "Brandt, O. (2012). Lichen time (Doctoral dissertation). University of Leeds.",
            {"type": "phdthesis", "year": "2012"},
            id="thesis",
        ),
        pytest.param(
            "World Lichen Organization. (2020). State of the walls. https://example.org/walls."
            " Accessed 3 May 2021.",
            {"title": "State of the walls", "year": "2020", "url": "https://example.org/walls"}
            | {"authors": (Name(literal="World Lichen Organization"),), "type": "online"},
            id="web page of a body",
        ),
        pytest.param(
            "Food and Agriculture Organization of the United Nations. State of walls."
            " Rome: FAO; 2019.",
            {"authors": (Name(literal="Food and Agriculture Organization of the United Nations"),)}
            | {"title": "State of walls", "publisher": "FAO", "year": "2019"},
            id="a body's book",
        ),
        pytest.param(
            "Cochrane Collaboration, Walls for sleep, 2019, https://example.org/x",
            {"authors": (Name(literal="Cochrane Collaboration"),), "title": "Walls for sleep"},
            id="a body before a comma",
        ),
        pytest.param(
            "European Medicines Agency (EMA), 2018. Guideline on walls. London: EMA.",
            {"authors": (Name(literal="European Medicines Agency"),), "year": "2018"}
            | {"title": "Guideline on walls"},
            id="a body and its short name",
        ),
        pytest.param(
            "Centers for Wall Control and Prevention. Lichens at night. Updated March 3, 2017."
            " Accessed 2020-05-02. https://example.org/x",
            {"authors": (Name(literal="Centers for Wall Control and Prevention"),)}
            | {"title": "Lichens at night", "year": "2017", "container": "", "type": "online"},
            id="a page that was updated",
        ),
        pytest.param(
            f"{JOURNAL} (2019) “{TITLE},” 56, pp. 1–7.",
            {"title": TITLE, "container": JOURNAL, "authors": (), "volume": "56"},
            id="the journal in front",
        ),
        pytest.param(
            f"Brandt, O. (2018). {TITLE}. {JOURNAL}, {PLACE}. https://doi.org/10.1234/JSE.14.3",
            {"doi": "10.1234/jse.14.3", "pages": "201-219", "url": ""},
            id="a DOI leaves no trace in other fields",
        ),
    ],
)
def test_fields(raw: str, fields: dict[str, object]) -> None:
    read = parse(raw)
    assert {name: getattr(read, name) for name in fields} == fields


@pytest.mark.parametrize(
    ("raw", "year"),
    [
        ("Berg, A. (2018a). Drift of lichens. Slow Ecology, 3, 1–4.", "2018a"),
        ("Berg A. Drift of lichens. Slow Ecology. 2018b;3:1-4.", "2018b"),
        ("Berg, A. 2018. Drift of lichens. https://example.org/2018c/x", "2018"),
        ("Berg, A. Drift of lichens. Slow Ecology.", ""),
    ],
)
def test_the_letter_of_a_year_is_told(raw: str, year: str) -> None:
    parsed = parse(raw)
    assert parsed.year == year[:4]
    assert printed_year(parsed) == year


def test_an_unreadable_author_list_does_not_hide_a_quoted_title() -> None:
    read = parse(
        'Br£ndt, 0., et al. "Drift of lichens on walls." Journal of Slow Ecology 14.3 (2018): 2.'
    )
    assert read.title == "Drift of lichens on walls"
    assert read.et_al


@pytest.mark.parametrize(
    "raw", ["", " ", "\x00\x1b[31m", "“", '"', "[1]", "1.", "(((", "10.1000/", "et al.", "…"]
)
def test_nothing_is_read_from_nothing(raw: str) -> None:
    read = parse(raw)
    assert read.raw == raw
    assert not read.volume
    assert not read.doi


@given(st.text(max_size=300))
def test_any_text_is_read_alike_twice(text: str) -> None:
    read = parse(text)
    assert isinstance(read, ParsedReference)
    assert read == parse(text)


PIECES = st.sampled_from(
    'Brandt,_O._M.,_ “ ” " ‘ ._ In_ (2018) 14(3) 201–219 et_al._ &_ Slow_Ecology A._B._ vol._ pp._ '
    "Leeds:_ 12_ J._ van_der_ 1999; (Ed.) https:// [1]_ é III".replace("_", "\u00a0").split(" ")
).map(lambda piece: piece.replace("\u00a0", " "))


@given(st.lists(PIECES, max_size=40))
def test_any_pieces_of_references_are_read(pieces: list[str]) -> None:
    read = parse("".join(pieces))
    assert len(read.year) in {0, 4}
    assert read.title == read.title.strip()


@pytest.mark.parametrize(
    "piece", ["A. ", "Aaaa Bbbb, ", "“a", "1, ", "(1) ", "In ", "a: b ", "1(1)", "https://", "d’A"]
)
def test_time_grows_with_the_length_alone(piece: str) -> None:
    def spent(length: int) -> float:
        text = (piece * length)[:length]
        started = time.process_time()
        parse(text)
        return time.process_time() - started

    assert spent(100_000) < 2.0
    assert_linear(spent, 1500, 4)


@pytest.mark.slow
def test_styles_of_the_shared_set(shared: Path) -> None:
    measure = pytest.importorskip("benchmarks.references").measure
    styles = measure(shared / "data")["styles"]
    assert styles["min_field"] >= 0.96
    assert styles["whole"] >= 0.94
