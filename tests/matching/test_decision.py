"""Which work a reference names: the work itself, one of its doubles, or none.

The doubles are of many kinds, for the decision rests on agreement and not on a list of kinds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.matching import compare, confirm, decide, query
from exocite.model import Name, Outcome, ParsedReference, Resolution, Update, Work
from exocite.references.parse import parse

TITLE = "Drift of lichens on granite walls: a slow census"
WORK = Work(
    doi="10.1234/jse.2018.14.201",
    type="journal-article",
    title=TITLE,
    authors=(Name("Brandt", "Olga M."), Name("Nkemelu", "Tobi"), Name("Cruz", "Juan", "de la")),
    container="Journal of Slow Ecology",
    container_short="J. Slow Ecol.",
    publisher="Moss Press",
    year="2018",
    years=("2018",),
    volume="14",
    issue="3",
    pages="201-219",
)
OTHERS = (Name("Petersen", "Ida"), Name("Mbeki", "Ian"))
MLA = f'Brandt, Olga M., et al. "{TITLE}." Journal of Slow Ecology 14.3 (2018): 201-219.'
NO_PAGES = f'Brandt, Olga M., et al. "{TITLE}." Journal of Slow Ecology 14.3 (2018).'
NO_TITLE = "[7] O.M. Brandt, T. Nkemelu, J. de la Cruz, J. Slow Ecol. 14 (2018) 201–219."
NO_AUTHOR = f"“{TITLE}.” 2018. Journal of Slow Ecology 14 (3): 201–19."
NATURE = (
    f"7. Brandt, O. M., Nkemelu, T. & de la Cruz, J. {TITLE}. J. Slow Ecol. 14, 201–219 (2018)."
)


def double(**changes: object) -> Work:
    """Another work that is like WORK in all but the changes."""
    return replace(WORK, **{"doi": "10.1234/double", "hash": "", **changes})  # type: ignore[arg-type]


def outcome(raw: str, *works: Work) -> tuple[Outcome, str]:
    resolution = decide(parse(raw), works)
    return resolution.outcome, resolution.work.doi if resolution.work else ""


MATCHED = (Outcome.MATCHED, WORK.doi)


def at(volume: str, pages: str, year: str = "2018", issue: str = "") -> dict[str, object]:
    return {"volume": volume, "pages": pages, "year": year, "years": (year,), "issue": issue}


def within(container: str) -> dict[str, object]:
    return {"container": container, "container_short": ""}


NOWHERE = at("", "")
BOOK = within("") | NOWHERE
DOUBLES = {
    "corrigendum": double(
        title=f"Corrigendum to “{TITLE}” [J. Slow Ecol. 14 (2018) 201-219]", **at("15", "9", "2019")
    ),
    "erratum of the same title": double(
        updates=(Update("erratum", WORK.doi),), **at("15", "9-9", "2019")
    ),
    "erratum in the same volume": double(pages="477", updates=(Update("correction", WORK.doi),)),
    "comment": double(title=f"Comment on “{TITLE}”", authors=OTHERS, pages="330-331"),
    "reply of the authors": double(title=f"{TITLE}: Authors’ reply", pages="332-333"),
    "letter": double(title=f"Letter: {TITLE}", authors=OTHERS, pages="334"),
    "conference abstract": double(title=f"P16. {TITLE}", **at("13", "14-15", "2017", "6S")),
    "preprint": double(type="posted-content", publisher="A Preprint Server", **BOOK),
    "proceedings paper": double(
        type="proceedings-article",
        **within("Proceedings of the 9th Meeting on Walls"),
        **at("", "55-60"),
    ),
    "supplement": double(
        type="component", title=f"Supplementary material 1 from: {TITLE}", **NOWHERE
    ),
    "component of the same title": double(type="component", **NOWHERE),
    "data set": double(type="dataset", title=f"Data from: {TITLE}", **BOOK),
    "part two": double(title=f"{TITLE}. Part 2", pages="220-240"),
    "part in Roman numerals": double(title=f"{TITLE} II", pages="220-240"),
    "series in front": double(title=f"II. {TITLE}", pages="220-240"),
    "sequel a year later": double(**at("15", "88-99", "2019")),
    "sequel with one word changed": double(
        title=TITLE.replace("granite", "marble"), **at("15", "88-99", "2019")
    ),
    "one word changed, same volume": double(title=TITLE.replace("slow", "brisk"), pages="220-240"),
    "same title by others": double(
        authors=OTHERS, **within("Annals of Masonry"), **at("14", "1-9")
    ),
    "same title by a namesake": double(
        authors=(Name("Brandt", "Karl"),), **within("Annals of Masonry"), **at("14", "1-9")
    ),
    "translation": double(
        title="Flechten auf Granit",
        original_title=TITLE,
        **within("Zeitschrift für Mauern"),
        **at("3", "1-20"),
    ),
    "translation of the same title": double(
        **within("Journal of Slow Ecology (Russian Edition)"), **at("14", "301-330", issue="9")
    ),
    "interview": double(title=f"Interview with Olga Brandt on “{TITLE}”", pages="350"),
    "news about the paper": double(
        title=f"Research highlight: {TITLE}", authors=OTHERS, **within("News"), **at("14", "4")
    ),
    "corrected reprint": double(
        title=f"{TITLE} (corrected and republished)", **at("15", "1-19", "2019")
    ),
    "reprint": double(**at("16", "1-19", "2020")),
    "second printing in the same volume": double(pages="401-419"),
    "second edition as a book": double(
        type="book", title=f"{TITLE}, 2nd ed.", **within(""), **at("", "", "2022")
    ),
    "book of the same name and year": double(type="monograph", **BOOK),
    "thesis of the same name": double(type="dissertation", **within(""), **at("", "", "2017")),
    "working paper": double(type="report", **within("Moss Working Papers"), **at("", "", "2017")),
    "server that calls itself a journal": double(**within("SSRN Electronic Journal"), **NOWHERE),
    "peer review": double(type="peer-review", title=f'Review for "{TITLE}"', **BOOK),
    "retraction notice": double(title=f"Retraction notice to: {TITLE}", **at("16", "77", "2020")),
    "withdrawn article in press": double(title=f"WITHDRAWN: {TITLE}", **NOWHERE),
    "magazine": double(**within("Popular Lichens"), **at("12", "4")),
    "review of it": double(title=f"{TITLE}, Reviewed", authors=OTHERS, pages="400"),
    "yearly series": double(title=f"{TITLE} 2019", **at("15", "88-99", "2019")),
    "the journal itself": double(
        type="journal", title="Journal of Slow Ecology", authors=(), **NOWHERE
    ),
}


@pytest.mark.parametrize(
    "raw",
    [MLA, NO_TITLE, NO_AUTHOR, NATURE],
    ids=["mla", "no title", "no author", "nature"],
)
@pytest.mark.parametrize("kind", DOUBLES)
def test_a_double_is_not_taken_for_the_work(kind: str, raw: str) -> None:
    alone, _ = outcome(raw, DOUBLES[kind])
    assert alone not in {Outcome.MATCHED, Outcome.RETRACTED, Outcome.AMBIGUOUS}
    assert outcome(raw, DOUBLES[kind], WORK) == MATCHED
    assert outcome(raw, WORK, DOUBLES[kind]) == MATCHED


def test_the_work_stands_out_among_all_its_doubles() -> None:
    assert outcome(MLA, *DOUBLES.values(), WORK) == MATCHED


# Nothing but its pages tells a second printing in the same volume from the first.
@pytest.mark.parametrize("kind", sorted(DOUBLES.keys() - {"second printing in the same volume"}))
def test_without_pages_doubles_are_still_told_apart(kind: str) -> None:
    alone, _ = outcome(NO_PAGES, DOUBLES[kind])
    assert alone not in {Outcome.MATCHED, Outcome.RETRACTED}
    assert outcome(NO_PAGES, DOUBLES[kind], WORK) == MATCHED


def test_two_that_fit_equally_well_are_ambiguous() -> None:
    resolution = decide(parse(NO_PAGES), [WORK, DOUBLES["second printing in the same volume"]])
    assert resolution.outcome is Outcome.AMBIGUOUS
    assert resolution.work is None
    assert WORK.doi in resolution.reason


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (
            f"Brandt, Olga M. “Corrigendum to ‘{TITLE}’.” Journal of Slow Ecology 15.3 (2019): 9.",
            "corrigendum",
        ),
        (
            (
                f"Petersen, Ida, and Ian Mbeki. “Comment on ‘{TITLE}’.” Journal of Slow Ecology"
                " 14.3 (2018): 330-331."
            ),
            "comment",
        ),
        (
            f'Brandt, Olga M., et al. "{TITLE}. Part 2." Journal of Slow Ecology 14.3 (2018): 220.',
            "part two",
        ),
        (
            f'Brandt, Olga M., et al. "P16. {TITLE}." Journal of Slow Ecology 13.6S (2017): 14-15.',
            "conference abstract",
        ),
        (
            (
                f'Brandt, Olga M. "{TITLE}." Proceedings of the 9th Meeting on Walls. Moss Press,'
                " 2018. 55-60."
            ),
            "proceedings paper",
        ),
        (
            f"Brandt, O. M., Nkemelu, T., & de la Cruz, J. (2018). {TITLE}. A Preprint Server.",
            "preprint",
        ),
    ],
)
def test_what_is_cited_may_be_the_double(raw: str, kind: str) -> None:
    assert outcome(raw, WORK, DOUBLES[kind]) == (Outcome.MATCHED, "10.1234/double")
    assert outcome(raw, WORK)[0] not in {Outcome.MATCHED, Outcome.RETRACTED}


@pytest.mark.parametrize(
    "raw",
    [
        MLA.replace("granite", "grnaite"),
        MLA.replace("lichens", "1ichens").replace("Slow", "S1ow"),
        MLA.replace("Brandt, Olga M., et al.", "Brandt, O."),
        MLA.replace("2018", "2019"),
        MLA.replace("201-219", "200-219"),
        MLA.replace("14.3", "14"),
        MLA.replace(": a slow census", ""),
        NATURE.replace(": a slow census", ": a slow"),
        MLA.upper().replace("ET AL", "et al"),
        f"Brandt OM, Nkemelu T, de la Cruz J. {TITLE}. J Slow Ecol. 2018 Mar;14(3):201–19.",
    ],
)
def test_slips_and_styles_do_not_hide_the_work(raw: str) -> None:
    assert outcome(raw, DOUBLES["comment"], DOUBLES["part two"], WORK) == MATCHED


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (MLA.replace("2018", "2015"), "≠ year: 2015 in the text, 2018 at Crossref"),
        (MLA.replace("201-219", "77-81"), "≠ first page"),
        (MLA.replace("14.3", "19.3"), "≠ volume: 19 in the text, 14 at Crossref"),
        (MLA.replace("Brandt, Olga M., et al.", "Quist, Per."), "≠ first author"),
        (MLA.replace(TITLE, "What moss knows"), "≠ title"),
    ],
)
def test_a_real_work_with_a_wrong_detail_is_a_mismatch(raw: str, word: str) -> None:
    resolution = decide(parse(raw), [WORK])
    assert resolution.outcome is Outcome.METADATA_MISMATCH
    assert resolution.work == WORK
    assert word in resolution.reason


def test_a_year_one_off_is_said_though_matched() -> None:
    assert "≠ year: 2019" in decide(parse(MLA.replace("2018", "2019")), [WORK]).reason


def test_the_reason_names_what_decided() -> None:
    reason = decide(parse(MLA), [WORK]).reason
    assert reason == (
        "title, first author, year, journal or book, volume, issue and first page agree"
    )
    assert (
        "Datacite" in decide(parse(MLA.replace("2018", "2015")), [WORK], registry="Datacite").reason
    )


def test_nothing_fits() -> None:
    assert decide(parse(MLA), []).outcome is Outcome.NOT_FOUND
    other = double(
        title="A history of plaster", authors=OTHERS, pages="1-2", year="1999", years=("1999",)
    )
    resolution = decide(parse(MLA), [other])
    assert resolution.outcome is Outcome.NOT_FOUND
    assert resolution.work is None
    assert [candidate.work for candidate in resolution.candidates] == [other]
    assert resolution.candidates[0].score < 0.5


RETRACTION = Update("retraction", "10.1234/notice", "2021", "publisher")


@pytest.mark.parametrize(
    "work",
    [
        replace(WORK, updated_by=(RETRACTION,)),
        replace(WORK, updated_by=(Update("correction", "10.1/c"), Update("withdrawal", "10.1/w"))),
        replace(WORK, title=f"RETRACTED: {TITLE}"),
        replace(WORK, title=f"[Retracted] {TITLE}"),
    ],
)
def test_a_retracted_work(work: Work) -> None:
    resolution = decide(parse(MLA), [work])
    assert resolution.outcome is Outcome.RETRACTED
    assert resolution.work == work
    assert "retracted" in resolution.reason


def confirmed(parsed: ParsedReference, works: list[Work]) -> Resolution:
    return confirm(parsed, works[0])


@pytest.mark.parametrize("kind", ["retraction", "Retraction", "withdrawal", "removal"])
@pytest.mark.parametrize("answer", [decide, confirmed])
def test_what_takes_a_work_back(kind: str, answer: Callable[..., Resolution]) -> None:
    work = replace(WORK, updated_by=(Update("correction", "10.1/c"), Update(kind, "10.1/w")))
    resolution = answer(parse(MLA), [work])
    assert resolution.outcome is Outcome.RETRACTED
    assert "10.1/w" in resolution.reason


@pytest.mark.parametrize(
    "kind",
    [
        "correction",
        "corrigendum",
        "erratum",
        "addendum",
        "clarification",
        "expression_of_concern",
        "Expression of Concern",
        "partial_retraction",
        "partial retraction",
        "new_version",
        "new_edition",
    ],
)
@pytest.mark.parametrize("answer", [decide, confirmed])
def test_a_lesser_notice_retracts_nothing(kind: str, answer: Callable[..., Resolution]) -> None:
    work = replace(WORK, updated_by=(Update(kind, "10.1/c"),))
    resolution = answer(parse(MLA), [work])
    assert resolution.outcome is Outcome.MATCHED
    assert "retracted" not in resolution.reason


@pytest.mark.parametrize("others", [[], [WORK]])
def test_the_reason_where_nothing_fits_blames_nobody(others: list[Work]) -> None:
    raw = "World Lichen Organization. A guide to plaster. https://example.org/x."
    assert decide(parse(raw), others).reason == (
        f"no record at Crossref fits ({len(others)} compared); books, web pages and reports are"
        " often not registered there"
    )


@pytest.mark.parametrize(
    ("raw", "work", "expected"),
    [
        (MLA, WORK, Outcome.MATCHED),
        ("https://doi.org/10.1234/jse.2018.14.201", WORK, Outcome.MATCHED),
        ("Brandt 2018, doi:10.1234/jse.2018.14.201", WORK, Outcome.MATCHED),
        (MLA, replace(WORK, updated_by=(RETRACTION,)), Outcome.RETRACTED),
        (MLA, DOUBLES["corrigendum"], Outcome.METADATA_MISMATCH),
        (MLA, DOUBLES["same title by others"], Outcome.METADATA_MISMATCH),
        (MLA.replace("2018", "2011"), WORK, Outcome.METADATA_MISMATCH),
        (MLA, double(title="A history of plaster", authors=OTHERS), Outcome.METADATA_MISMATCH),
        ("Quist 2018, doi:10.1234/jse.2018.14.201", WORK, Outcome.METADATA_MISMATCH),
    ],
)
def test_a_printed_doi_is_checked(raw: str, work: Work, expected: Outcome) -> None:
    resolution = confirm(parse(raw), work)
    assert resolution.outcome is expected
    assert resolution.work == work
    assert resolution.reason


def test_a_book_is_known_by_title_author_and_year() -> None:
    book = Work(
        "10.1/b",
        type="book",
        title="Walls and What Lives on Them",
        authors=(Name("Brandt", "Olga"),),
        publisher="Moss Press",
        year="2011",
        years=("2011",),
    )
    later = replace(book, doi="10.1/b2", year="2019", years=("2019",))
    raw = "Brandt, Olga. Walls and What Lives on Them. Leeds: Moss Press, 2011."
    assert outcome(raw, later, book) == (Outcome.MATCHED, "10.1/b")
    assert outcome(raw, later)[0] is not Outcome.MATCHED


def test_every_comparison_is_shown() -> None:
    candidate = compare(parse(MLA.replace("2018", "2015")), WORK)
    shown = {comparison.field: comparison.result for comparison in candidate.comparisons}
    assert shown == {
        "title": "agree",
        "author": "agree",
        "year": "conflict",
        "container": "agree",
        "volume": "agree",
        "issue": "agree",
        "page": "agree",
    }
    assert 0 < candidate.score < compare(parse(MLA), WORK).score == 1


def test_the_query_has_no_label_and_no_address() -> None:
    text = query(parse("[12] Brandt, O. Lichens. 2018. https://doi.org/10.1234/abc \x1b[0m"))
    assert text.startswith("Brandt, O. Lichens. 2018")
    assert "10.1234" not in text
    assert "\x1b" not in text
    assert len(query(parse("word " * 5000))) <= 400


def test_the_same_record_twice_is_one_candidate() -> None:
    assert outcome(MLA, WORK, replace(WORK, doi=WORK.doi.upper())) == MATCHED


@given(st.permutations([WORK, *list(DOUBLES.values())[:6]]))
def test_the_order_of_candidates_does_not_matter(works: list[Work]) -> None:
    assert outcome(MLA, *works) == MATCHED


TEXT = st.text(max_size=30)


FIELDS = dict.fromkeys(("title", "container", "year", "volume", "pages"), TEXT)


@given(
    st.builds(ParsedReference, raw=TEXT, **FIELDS),
    st.builds(Work, doi=TEXT, type=TEXT, **FIELDS),
)
def test_any_fields_give_an_outcome_with_a_reason(parsed: ParsedReference, work: Work) -> None:
    for resolution in (decide(parsed, [work]), confirm(parsed, work)):
        assert resolution.reason
        assert resolution.outcome is not Outcome.NOT_CHECKED
        assert all(0 <= candidate.score <= 1 for candidate in resolution.candidates)


@pytest.mark.slow
def test_the_figures_of_the_shared_set(shared: Path) -> None:
    measure = pytest.importorskip("benchmarks.matching").measure
    figures = measure(shared / "data")
    assert figures["precision"] >= 0.998
    assert figures["recall_title"] >= 0.93
    assert figures["recall_no_title"] >= 0.75
    assert figures["false_accept_absent"] <= 0.005


def test_the_references_of_the_real_article(shared: Path) -> None:
    benchmark = pytest.importorskip("benchmarks.matching")
    works = benchmark.pool(shared / "data")
    index = benchmark.Index([benchmark.indexed(work) for work in works])
    article = (shared / "articles" / "exosomes-in-aesthetics.txt").read_text(encoding="utf-8")
    listed = article.split("References:")[1].split("Disclaimer")[0]
    found = {}
    for line in filter(None, map(str.strip, listed.splitlines())):
        candidates = [works[place] for place, _ in index.search(line, 20)]
        resolution = decide(parse(line), candidates)
        found[parse(line).authors[0].family] = resolution.work.doi if resolution.work else ""
    assert found == {
        "Ku": "10.1097/gox.0000000000005051",
        "Xiong": "10.1016/j.phrs.2021.105490",
        "Zhang": "10.3389/fbioe.2022.1083640",
        "Vyas": "10.2217/rme-2022-0134",
    }


@pytest.mark.parametrize("rubric", ["I.—", "IV. — ", "II–"])
def test_the_number_of_a_paper_in_its_issue_is_no_part_of_its_title(rubric: str) -> None:
    numbered = replace(WORK, title=f"{rubric}{TITLE.upper()}")
    assert outcome(MLA, numbered) == MATCHED
    assert outcome(MLA.replace(TITLE, f"{rubric}{TITLE}"), numbered) == MATCHED
    other = MLA.replace(TITLE, f"X.—{TITLE}")
    assert outcome(other, numbered) != MATCHED


def test_a_record_without_a_title_says_nothing_against_one() -> None:
    bare = replace(WORK, title="")
    by_doi = confirm(parse(MLA), bare)
    assert by_doi.outcome is Outcome.MATCHED
    assert "title" not in by_doi.reason
    # Nobody named its DOI: the printed title is unaccounted for.
    assert decide(parse(MLA), [bare]).outcome is not Outcome.MATCHED
    assert decide(parse(MLA), [bare]).outcome is not Outcome.METADATA_MISMATCH
