"""Two records: one work, perhaps, another version, or two works. The evidence decides."""

from __future__ import annotations

import pytest

from exocite.bibliography.duplicates import Answer, compare, prepare
from exocite.bibliography.duplicates.people import people
from exocite.bibliography.duplicates.places import place

ARTICLE = {
    "title": "Vesicles of cells in health and disease: a systematic review",
    "author": "Ku, Ying C. and Lee, Ann and Orr, Bo",
    "year": "2023",
    "journal": "Journal of Cell Biology",
    "volume": "12",
    "number": "3",
    "pages": "101-119",
    "doi": "10.5555/ku.101",
}
BARE = {name: ARTICLE[name] for name in ("title", "author", "year")}


def answer(left: dict[str, str], right: dict[str, str]) -> Answer:
    return compare(prepare(left), prepare(right)).answer


SAME = {
    "without a DOI": {"doi": ""},
    "a slip in the title": {"title": ARTICLE["title"].replace("health", "haelth")},
    "capitals and a full stop": {"title": ARTICLE["title"].upper() + "."},
    "a database's remarks": {"title": ARTICLE["title"] + ". [Review] [45 refs]", "doi": ""},
    "markup": {"title": "<i>Vesicles</i> of {C}ells in health &amp; disease: a systematic review"},
    "no subtitle": {"title": "Vesicles of cells in health and disease", "doi": ""},
    "cut in a word": {"title": "Vesicles of cells in health and disease: a syst", "doi": ""},
    "initials": {"author": "Ku YC; Lee A; Orr B", "doi": ""},
    "given names first": {"author": "Ying C. Ku, Ann Lee, Bo Orr", "doi": ""},
    "and others": {"author": "Ku, Y. C. and others", "doi": ""},
    "a slip in the author": {"author": "Kuo, Ying and Lee, Ann and Orr, Bo", "doi": ""},
    "journal abbreviated": {"journal": "J. Cell Biol.", "doi": ""},
    "journal unlike, same place": {"journal": "Zhonghua xibao", "doi": ""},
    "a year later": {"year": "2024", "doi": ""},
    "first page alone": {"pages": "101", "doi": "", "volume": ""},
    "page range shortened": {"pages": "101--19", "doi": ""},
    "digits swapped in the page": {"pages": "110-119", "doi": ""},
    "Roman volume": {"volume": "XII", "doi": ""},
    "issue within the volume": {"volume": "12(3)", "number": "", "doi": ""},
    "DOI as an address": {"doi": "https://doi.org/10.5555/KU.101"},
    "a scanner's figures": {
        "title": "Vesic1es of cells in health and disease: a systematic review"
    },
    "cut at the line's end": {"title": ARTICLE["title"].replace("disease", "dis- ease"), "doi": ""},
    "translated, in brackets": {"title": f"[{ARTICLE['title']}] [in Russian]", "doi": ""},
    "two titles": {"title": f"{ARTICLE['title']} = Étude de vésicules cellulaires", "doi": ""},
    "family and given names swapped": {"author": "Ying, Ku and Ann, Lee and Bo, Orr", "doi": ""},
    "a DOI of another work, page not told": {"doi": "10.5555/other", "pages": ""},
    "a DOI of another work, volume not told": {"doi": "10.5555/other", "volume": ""},
    "nothing but the DOI agrees in place": {"volume": "", "pages": "", "journal": "", "year": ""},
}


@pytest.mark.parametrize("change", SAME.values(), ids=SAME.keys())
def test_one_work(change: dict[str, str]) -> None:
    assert answer(ARTICLE, ARTICLE | change) is Answer.SAME


def test_one_work_by_title_authors_and_year() -> None:
    assert answer(ARTICLE, BARE) is Answer.SAME


OTHER_PLACE = {"volume": "13", "pages": "7-9", "doi": "10.5555/other"}
APART = {
    "part": {"title": "Vesicles of cells in health and disease, part II"} | OTHER_PLACE,
    "erratum": {"title": "Erratum: " + ARTICLE["title"]} | OTHER_PLACE,
    "erratum behind": {"title": ARTICLE["title"] + " (Erratum)"} | OTHER_PLACE,
    "comment": {"title": "Comment on “" + ARTICLE["title"] + "”"} | OTHER_PLACE,
    "other subject": {"title": ARTICLE["title"].replace("Vesicles", "Receptors")} | OTHER_PLACE,
    "other authors": {"author": "Brandt, Lena and Okafor, Ngozi", "year": "2010"} | OTHER_PLACE,
}


@pytest.mark.parametrize("change", APART.values(), ids=APART.keys())
def test_two_works(change: dict[str, str]) -> None:
    assert answer(ARTICLE, ARTICLE | change) is Answer.APART


PARTS = [
    ("Soil models. Part I", "Soil models. Part II"),
    ("Soil models of the north I", "Soil models of the north II"),
    ("Soil models of the north (I)", "Soil models of the north (V)"),
    ("Trials of diet in type 1 diabetes", "Trials of diet in type 2 diabetes"),
    ("Soil chemistry, second edition", "Soil chemistry, third edition"),
    ("Uptake of vitamin C in adults", "Uptake of vitamin D in adults"),
    ("Heart statistics 2019 update", "Heart statistics 2020 update"),
]


@pytest.mark.parametrize(("left", "right"), PARTS)
@pytest.mark.parametrize("extra", [{}, {"journal": "Soil", "volume": "3"}])
def test_numbers_in_titles_tell_apart(left: str, right: str, extra: dict[str, str]) -> None:
    base = {"author": "Ku, Ying and Lee, Ann", "year": "2023"} | extra
    assert answer(base | {"title": left}, base | {"title": right}) is Answer.APART


VERSIONS = {
    "preprint": {"journal": "bioRxiv", "doi": "10.1101/2022.01.01.1", "year": "2022"},
    "preprint without a DOI": {"journal": "arXiv preprint arXiv:2201.00001", "doi": ""},
    "conference paper": {
        "journal": "Proceedings of the Conference on Cells",
        "doi": "",
        "pages": "3-9",
    },
}


@pytest.mark.parametrize("change", VERSIONS.values(), ids=VERSIONS.keys())
def test_versions_are_linked_and_not_merged(change: dict[str, str]) -> None:
    other = ARTICLE | {"volume": "", "number": "", "pages": ""} | change
    assert answer(ARTICLE, other) is Answer.VERSION


def test_an_entry_type_tells_the_kind() -> None:
    article = prepare(ARTICLE, "article")
    thesis = prepare(BARE | {"school": "University of Bo"}, "phdthesis")
    assert compare(article, thesis).answer is Answer.VERSION


PERHAPS = {
    "another DOI": {"doi": "10.5555/another", "volume": "", "pages": ""},
    "other pages and no volume": {"pages": "845-850", "volume": "", "doi": ""},
    "another place under one title": {"volume": "17", "pages": "3-9", "doi": ""},
}


@pytest.mark.parametrize("change", PERHAPS.values(), ids=PERHAPS.keys())
def test_evidence_that_points_both_ways(change: dict[str, str]) -> None:
    assert answer(ARTICLE, ARTICLE | change) is Answer.PERHAPS


def test_one_doi_for_two_titles_is_for_a_person() -> None:
    other = {"title": "Alpine lakes", "author": "Marsh, P.", "year": "1999", "doi": ARTICLE["doi"]}
    assert answer(ARTICLE, other) is Answer.PERHAPS


def test_editions_and_translations_are_works_of_their_own() -> None:
    book = {"title": "The growth of cells in long water", "author": "Ku, Ying", "year": "2001"}
    assert answer(book | {"edition": "2"}, book | {"edition": "3"}) is Answer.APART
    marsh, brandt = ({"translator": name} for name in ("Marsh, Peter", "Brandt, Lena"))
    assert answer(book | marsh, book | brandt) is Answer.APART
    assert answer(book | marsh, book) is Answer.PERHAPS
    assert answer(book | marsh, book | {"translator": "P. Marsh"}) is Answer.SAME


def test_a_bare_common_title_is_not_enough() -> None:
    left = {"title": "Editorial", "author": "Ku, Ying", "year": "2023"}
    assert answer(left, left) is not Answer.SAME
    assert answer(left, left | {"journal": "Sleep"}) is not Answer.SAME
    placed = left | {"journal": "Sleep", "volume": "3", "pages": "11-12"}
    assert answer(placed, placed) is Answer.SAME
    assert answer(placed, placed | {"volume": "4", "pages": "15"}) is not Answer.SAME


def test_a_slip_that_makes_another_known_word_is_none() -> None:
    base = {"author": "Ku, Ying", "year": "2023", "journal": "Sleep"}
    left = prepare(base | {"title": "Reading of typical signals in old trees"})
    right = prepare(base | {"title": "Reading of atypical signals in old trees"})
    known = {"typical": 30, "atypical": 9}
    assert compare(left, right, vocabulary=known).answer is not Answer.SAME


def test_a_slip_does_not_hide_the_number_of_a_part() -> None:
    base = {"author": "Ku, Ying", "year": "2023", "journal": "Sleep", "volume": "54"}
    left = base | {"title": "Vesicle cargo under drought tolerance", "pages": "365-382"}
    right = base | {"title": "Vesicle cargo under drought toleraace - I"}
    assert answer(left, right) is not Answer.SAME


def test_a_title_may_lack_its_reply_where_all_else_agrees() -> None:
    short, full = "Class sizes and trade", "Class sizes and trade: a reply to the sceptics"
    assert answer(ARTICLE | {"title": short}, ARTICLE | {"title": full}) is Answer.SAME
    without = ARTICLE | {"doi": ""}
    assert answer(without | {"title": short}, without | {"title": full}) is Answer.SAME
    elsewhere = without | {"pages": "901-909"}
    assert answer(without | {"title": short}, elsewhere | {"title": full}) is not Answer.SAME


def test_two_letters_of_scripts_without_blanks() -> None:
    left = {"title": "细胞外囊泡在健康与疾病中的作用", "author": "王, 华", "year": "2023"}
    assert answer(left, left) is Answer.SAME


def test_greek_letters_by_name() -> None:
    left = {"title": "Β-CATENIN SIGNALLING IN LONG BONE GROWTH", "author": "Ku", "year": "2001"}
    right = left | {"title": "Beta-catenin signalling in long bone growth"}
    assert answer(left, right) is Answer.SAME


def test_reasons_name_what_agrees_and_what_differs() -> None:
    left, right = prepare(ARTICLE), prepare(ARTICLE | {"doi": "", "year": "2024"})
    said = compare(left, right).reason
    assert said == (
        "title, authors, journal or book, volume, issue and first page agree; ≠ year: 2023 | 2024"
    )
    assert "≠ year: 2024 | 2023" in compare(right, left).reason
    preprint = prepare(BARE | {"journal": "bioRxiv"})
    assert "one is an article, the other a preprint" in compare(left, preprint).reason


def test_records_of_nothing() -> None:
    assert answer({}, {}) is Answer.APART
    assert answer({"title": "…", "year": "x"}, {"title": "…", "year": "x"}) is Answer.APART


@pytest.mark.parametrize(
    ("left", "right"),
    [("Chernov", "Чернов"), ("Chernov", "Černov"), ("Zhukov", "Žukov"), ("Vasiliev", "Vasilyev"),
     ("Schäfer", "Schaefer"), ("Mikhailov", "Mihajlov")],
)  # fmt: skip
def test_a_name_in_other_letters(left: str, right: str) -> None:
    one = ARTICLE | {"author": f"{left}, Ivan", "doi": ""}
    assert answer(one, ARTICLE | {"author": f"{right}, Ivan", "doi": ""}) is Answer.SAME


@pytest.mark.parametrize("name", ["Brandt", "Okafor", "Shaw"])
def test_other_names_stay_others(name: str) -> None:
    one = ARTICLE | {"author": "Chernov, Ivan", "doi": "", "pages": ""}
    assert answer(one, one | {"author": f"{name}, Ada"}) is not Answer.SAME


def test_a_supplement_with_a_doi_of_its_own_is_not_merged() -> None:
    other = {"number": "Suppl 1", "pages": "S7", "doi": "10.5555/other"}
    assert answer(ARTICLE, ARTICLE | other) is not Answer.SAME


def test_names_with_named_parts_are_those_without() -> None:
    named = "prefix=van, family=Beethoven, given=Ludwig and given=Ying, family={Ku} and others"
    assert people(named) == people("van Beethoven, Ludwig and Ku, Ying and others")


@pytest.mark.parametrize(("year", "known"), [("1801", 1801), ("-1801", 0), ("1801-1802", 1801)])
def test_a_year_before_christ_is_not_one_of_ours(year: str, known: int) -> None:
    assert place(year, "", "", "").year == known
