"""Impostors of many kinds, each beside the work that it is like, in both directions.

The decision knows few of these kinds by name. It must tell them by what agrees and what is left.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from exocite.matching import decide
from exocite.matching.beside import words_behind, words_beside
from exocite.matching.containers import same_container
from exocite.matching.words import words
from exocite.model import Name, Outcome, Work
from exocite.references.parse import parse

TITLE = "Ringing patterns of tidal bells in northern harbours"
WORK = Work(
    doi="10.1234/bells.22.4.310",
    type="journal-article",
    title=TITLE,
    authors=(Name("Solberg", "Ingrid"), Name("Achterberg", "Pim"), Name("Otieno", "Grace")),
    container="Annals of Harbour Acoustics",
    container_short="Ann. Harb. Acoust.",
    publisher="Quay House",
    year="2016",
    years=("2016",),
    volume="22",
    issue="4",
    pages="310-322",
)
TAKEN = {Outcome.MATCHED, Outcome.RETRACTED}
CHECKED = TAKEN | {Outcome.AMBIGUOUS}


def printed(work: Work) -> dict[str, str]:
    """How the work is cited, in styles of more and of fewer fields."""
    first, short = work.authors[0], work.title
    names = ", ".join(f"{name.family} {name.given[:1]}" for name in work.authors)
    issue = f"({work.issue})" if work.issue else ""
    place = f"{work.volume}{issue}"
    mla = f"{first.family}, {first.given}, et al. “{short}.” {work.container}"
    return {
        "vancouver": f"{names}. {short}. {work.container}. {work.year};{place}:{work.pages}.",
        "mla": f"{mla}, vol. {work.volume}, no. {work.issue}, {work.year}, pp. {work.pages}.",
        "no pages": f"{mla}, vol. {work.volume}, no. {work.issue}, {work.year}.",
        "no place": f"{first.family}, I. et al. ({work.year}). {short}. {work.container}.",
    }


STYLES = tuple(printed(WORK))


def like(title: str = "{T}", **changes: Any) -> Work:
    changes = {"title": title.replace("{T}", TITLE), "pages": "323-325", **changes}
    return replace(WORK, **{"doi": "10.1234/like", **changes})


# Titles that hold the whole of another: printed for the one, they do not mean the other.
BESIDE = [
    "Author reply to {T}",
    "Response from the authors: {T}",
    "Re: {T}",
    "In response to: {T}",
    "{T}: the authors respond",
    "{T}, Part Two",
    "{T} 2",
    "Part B: {T}",
    "{T} – continued",
    "{T}. Second communication",
    "Editorial: {T}",
    "{T}: editorial comment",
    "Perspective on {T}",
    "Retraction statement: {T}",
    "Article withdrawn: {T}",
    "Correction for Solberg et al., {T}",
    "Author Correction: {T}",
    "{T}: 2017 update",
    "2017 update of {T}",
    "{T} revisited",
    "{T}: ten years on",
    "{T}: a critique",
    "Some thoughts on {T}",
    "In conversation with Ingrid Solberg: {T}",
    "Podcast: {T}",
    "{T}: study protocol",
    "Protocol for {T}",
    "{T}: long-term follow-up",
    "Cohort Profile Update: {T}",
    "Highlights of {T}",
    "Editor’s choice: {T}",
    "Plain language summary of {T}",
    "Appendix to {T}",
    "Introduction: {T}",
    "Video: {T}",
    "No {T}",
    "{T} and its implications",
    "{T} in the south",
]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("title", BESIDE)
def test_a_title_that_holds_another_does_not_mean_it(title: str, style: str) -> None:
    other = like(title)
    raw = printed(other)[style]
    assert decide(parse(raw), [WORK]).outcome not in TAKEN
    assert decide(parse(printed(WORK)[style]), [other]).outcome not in TAKEN
    found = decide(parse(printed(WORK)[style]), [other, WORK])
    assert (found.outcome, found.work) == (Outcome.MATCHED, WORK)


def bare(kind: str, **changes: Any) -> Work:
    nowhere = {"container": "", "container_short": "", "volume": "", "issue": "", "pages": ""}
    return like(type=kind, **{**nowhere, **changes})


def elsewhere(container: str, **changes: Any) -> Work:
    return like(container=container, container_short="", **changes)


OTHERS = (Name("Quine", "Ada"), Name("Fofana", "Idris"))
LIKENESSES = {
    "the same title by others": elsewhere("Bells", authors=OTHERS, volume="3", pages="1-9"),
    "by others a year later": like(authors=OTHERS, volume="23", year="2017", years=("2017",)),
    "without authors in a magazine": elsewhere("Sea News", authors=(), volume="9", pages="5"),
    "conference paper a year before": elsewhere(
        "Proceedings of the 3rd Harbour Forum",
        type="proceedings-article",
        volume="",
        issue="",
        year="2015",
        years=("2015",),
    ),
    "conference paper of the year": elsewhere(
        "Proceedings of the 3rd Harbour Forum", type="proceedings-article", volume="", issue=""
    ),
    "translated title": like("Läutmuster von Gezeitenglocken in nördlichen Häfen"),
    "abstract in a supplement": like(issue="4 Suppl 1", pages="S88"),
    "the same place in another journal": elsewhere("Bells", authors=(), pages="310"),
    "abstract with its number": like("1204: {T}", issue="Suppl 2", pages="S88-S89"),
    "thesis": bare("dissertation", publisher="University of the Coast"),
    "preprint": bare("posted-content", publisher="Preprints of the Coast"),
    "preprint that calls itself an article": elsewhere("SSRN", volume="", issue="", pages=""),
    "working paper": bare("report", publisher="Harbour Office"),
    "data set": bare("dataset", publisher="Deposit"),
    "data set of another name": bare("dataset", title=f"Replication data for: {TITLE}"),
    "book": bare("book", publisher="Big Press"),
    "article without a journal": bare("journal-article", publisher="X"),
    "component": bare("component"),
    "one word of the title changed": like(TITLE.replace("northern", "southern")),
    "its last word changed": like(TITLE.replace("harbours", "lagoons")),
    "its beginning alone": like(" ".join(TITLE.split()[:5])),
    "printed again in another journal": elsewhere("Bell Review", volume="8", pages="77-90"),
    "printed again in a book": elsewhere(
        "Collected Papers", type="book-chapter", volume="", issue="", year="2020", years=("2020",)
    ),
    "edition in another language": elsewhere(
        "Annals of Harbour Acoustics (Edición española)", pages="350-362"
    ),
    "the year after": like(volume="23", year="2017", years=("2017",)),
    "a report of every year": like("{T} 2017", volume="23", year="2017", years=("2017",)),
    "a namesake": elsewhere(
        "Bells", authors=(WORK.authors[0], *OTHERS), volume="3", year="2017", years=("2017",)
    ),
}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("kind", LIKENESSES)
def test_a_likeness_is_not_taken_for_the_work(kind: str, style: str) -> None:
    reference = parse(printed(WORK)[style])
    assert decide(reference, [LIKENESSES[kind]]).outcome not in CHECKED
    found = decide(reference, [LIKENESSES[kind], WORK])
    assert (found.outcome, found.work) == (Outcome.MATCHED, WORK)


def test_a_supplement_is_not_the_issue_that_it_belongs_to() -> None:
    raw = printed(WORK)["no pages"].replace("no. 4", "no. 4, suppl. 1")
    assert decide(parse(raw), [WORK]).outcome not in TAKEN
    assert decide(parse(printed(WORK)["vancouver"]), [replace(WORK, issue="S4")]).work


# Where the printed details are those of both, the answer is the one that is known, or both.
def test_what_the_printed_details_cannot_tell_is_not_decided_between() -> None:
    twin = like(pages="401-402")
    assert decide(parse(printed(WORK)["no pages"]), [WORK, twin]).outcome is Outcome.AMBIGUOUS
    assert decide(parse(printed(WORK)["mla"]), [WORK, twin]).work == WORK


@pytest.mark.parametrize(
    "raw",
    [
        f"Solberg I, Achterberg P, Otieno G. {TITLE}. Ann Harb Acoust. 2016.",
        f"Solberg, I. (2016) {TITLE}. Annals of Harbour Acoustics 22, 310.",
        f"Ingrid Solberg et al., {TITLE}, 22 Annals of Harbour Acoustics 310 (2016).",
        f"Solberg, Ingrid. {TITLE}. (2016). Annals of Harbour Acoustics, 22(4).",
    ],
)
def test_what_styles_put_beside_a_title_costs_nothing(raw: str) -> None:
    assert decide(parse(raw), [WORK]).work == WORK


@pytest.mark.parametrize(
    ("behind", "tail"),
    [
        ("Part Two. Annals of Harbour Acoustics 22", ("part", "two")),
        ("II. Annals of Harbour Acoustics 22", ("ii",)),
        ("22 Annals of Harbour Acoustics", ()),
        ("(2016). Annals of Harbour Acoustics", ()),
        ("Annals of Harbour Acoustics 22", ()),
        ("In: Annals of Harbour Acoustics", ()),
        ("12 other words before the Annals", ()),
        ("", ()),
    ],
)
def test_the_words_behind_a_title(behind: str, tail: tuple[str, ...]) -> None:
    assert words_behind(words(behind), WORK) == tail


def test_words_that_were_read_into_a_title_by_mistake_are_known() -> None:
    form = words(TITLE)
    wrong = parse(f"Solberg I. {TITLE}. 2016.")
    title = words(f"Ingrid Solberg {TITLE} Annals of Harbour Acoustics")
    assert words_beside(wrong, title, WORK, form) == ()
    assert words_beside(wrong, words(f"Highlights of {TITLE}"), WORK, form) == ("highlights", "of")
    assert words_beside(wrong, words("something else entirely"), WORK, form) == ()


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Annals of Bells (Spanish Edition)", "Annals of Bells", False),
        ("Annals of Bells (London)", "Annals of Bells", True),
        ("Annals of Bells International Edition", "Annals of Bells International Edition", True),
    ],
)
def test_an_edition_is_a_journal_of_its_own(left: str, right: str, same: bool) -> None:
    assert same_container(left, right) is same
    assert same_container(right, left) is same
