"""Citation markers: found with exact spans, and resolved without guessing."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from exocite import readers
from exocite.claims import citations as markers
from exocite.model import Article, Citation, ListedReference, Reference, Span

LISTED = "\n\nReferences\n\n" + "\n".join(
    f"{n}. {name} A, Other B. {title}. J Skin. {2010 + n};{n}:1-9."
    for n, (name, title) in enumerate(
        [
            ("Ruiz", "Collagen in ageing skin"),
            ("Ito", "Sunlight and wrinkles of the face"),
            ("Fox", "Smoking dries the skin"),
            ("Lund", "Sleep and repair of skin"),
            ("Meyer", "Water loss through skin"),
        ],
        start=1,
    )
)


def read(text: str, name: str = "a.txt") -> Article:
    return readers.read(name, text.encode())


def shown(text: str, name: str = "a.txt") -> list[tuple[str, str, list[str]]]:
    """Kind, marker as written and labels of every citation."""
    article = read(text, name)
    found = markers.find(article)
    assert list(found) == sorted(found, key=lambda citation: citation.span)
    for citation in found:
        for item in citation.items:
            assert citation.span.contains(item.span)
    return [
        (
            citation.kind.value,
            article.source[citation.span.start : citation.span.end],
            [item.label for item in citation.items],
        )
        for citation in found
    ]


def written(text: str, name: str = "a.txt") -> list[str]:
    return [marker for _, marker, _ in shown(text, name)]


# --------------------------------------------------------------------------- pandoc


@pytest.mark.parametrize(
    ("text", "marker", "labels", "locators"),
    [
        ("Skin [@a1].", "[@a1]", ["a1"], [""]),
        (
            "Skin [see @a, pp. 3-5; also -@b_2, fig. 4].",
            "[see @a, pp. 3-5; also -@b_2, fig. 4]",
            ["a", "b_2"],
            ["pp. 3-5", "fig. 4"],
        ),
        ("As @ruiz2019 [p. 3] says.", "@ruiz2019 [p. 3]", ["ruiz2019"], ["p. 3"]),
        ("As @ruiz2019 [sic] says.", "@ruiz2019", ["ruiz2019"], [""]),
        (
            "As @{a b/c}, @{https://x.org/a(1)} say.",
            "@{https://x.org/a(1)}",
            ["https://x.org/a(1)"],
            [""],
        ),
        ("By -@ruiz2019.", "-@ruiz2019", ["ruiz2019"], [""]),
        ("(see @a:2020; b)", "@a:2020", ["a:2020"], [""]),
        ("Skin [@doi:10.1000/x_(1)y].", "[@doi:10.1000/x_(1)y]", ["doi:10.1000/x_"], [""]),
        ("*@a_b_c* works", "@a_b_c", ["a_b_c"], [""]),
        ("Skin [BIDS; @a2016].", "[BIDS; @a2016]", ["a2016"], [""]),
        ("Skin [@a,\n> @b].", "[@a,\n> @b]", ["a", "b"], ["", ""]),
    ],
)
def test_pandoc(text: str, marker: str, labels: list[str], locators: list[str]) -> None:
    article = read("> " + text if "\n>" in text else text, "a.md")
    (citation,) = markers.find(article)
    assert article.source[citation.span.start : citation.span.end] == marker
    assert [item.label for item in citation.items] == labels
    assert [item.locator for item in citation.items] == locators
    for item in citation.items:
        assert article.source[item.span.start : item.span.end] == item.label


@pytest.mark.parametrize(
    "text",
    [
        "See @fig:skin, @tbl:one, @eq:two, @sec:three, @lst:four, [@fig-five].",
        "Write to ana@example.org or <bob@example.org>.",
        "The code `x[1] @y (Ruiz, 2019)` and ``[@z]``.",
        "    x <- y[1] # @z",
        "```\n[@a] [1]\n```",
        "Let $x@y [1]$ be it, and $$[2] @z$$.",
        "Escaped \\@ruiz2019 and \\[1\\].",
        "<!-- [@a] [1] -->",
        "[@ana](https://social.example/@ana) wrote https://medium.com/@ana/text.",
        "---\nauthor: '@ana1'\n---\n",
    ],
)
def test_what_pandoc_does_not_cite(text: str) -> None:
    assert written(text + "\n\nSkin ages.", "a.md") == []


def test_bare_handles_are_keys_only_in_markdown_and_with_digits() -> None:
    assert written("Thanks to @ana for it.") == []
    assert written("As @ruiz2019 says [@ito].") == ["@ruiz2019", "[@ito]"]


# --------------------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("text", "marker", "labels"),
    [
        ("Skin ages [1].", "[1]", ["1"]),
        ("Skin ages.[3] Later.", "[3]", ["3"]),
        ("Skin ages [1, 3–5].", "[1, 3–5]", ["1", "3", "4", "5"]),
        ("Skin ages [1,3-5,2].", "[1,3-5,2]", ["1", "3", "4", "5", "2"]),
        ("Skin ages [1]–[3].", "[1]–[3]", ["1", "2", "3"]),
        ("Skin ages [1], [3].", "[1], [3]", ["1", "3"]),
        ("Skin ages [1][3].", "[1][3]", ["1", "3"]),
        ("Skin ages (see [2]).", "(see [2])", ["2"]),
        ("Skin ages (reviewed in [2], [3]).", "(reviewed in [2], [3])", ["2", "3"]),
        ("Skin ages (reviewed in [2,3]).", "[2,3]", ["2", "3"]),
        ("Skin ages (as [2] says).", "[2]", ["2"]),
        ("Skin ages [99].", "[99]", ["99"]),
        ("Skin ages [see 2].", "[see 2]", ["2"]),
    ],
)
def test_numbers_in_brackets(text: str, marker: str, labels: list[str]) -> None:
    assert shown(text) == [("numeric", marker, labels)]


@pytest.mark.parametrize(
    ("text", "locator"),
    [
        ("Skin [1: 293, fig. 4].", "293, fig. 4"),
        ("Skin [1, p. 34].", "p. 34"),
        ("Skin [1, fig. 2].", "fig. 2"),
        ("Skin [1].", ""),
    ],
)
def test_numbers_with_a_locator(text: str, locator: str) -> None:
    (citation,) = markers.find(read(text))
    assert [(item.label, item.locator) for item in citation.items] == [("1", locator)]


@pytest.mark.parametrize(
    "text",
    [
        "The interval [0, 1] and [0.5, 2].",
        "A risk of 2.1 (95% CI [1, 3]).",
        "The element x[1] of it.",
        "In the year [2010] it was.",
        "Given [6,6–2H2]glucose and [3H]thymidine.",
        "He said [sic] that [...] and [a].",
    ],
)
def test_what_is_no_number_of_a_reference(text: str) -> None:
    assert written(text) == []


@pytest.mark.parametrize(
    ("name", "own"),
    [("a.rst", ":cite:`ku`"), ("a.adoc", "cite:[ku]"), ("a.org", "[cite:@ku]")],
)
def test_beside_markup_only_numbers_of_the_list_count(name: str, own: str) -> None:
    text = f"Skin ages {own} and dries [2], as in step [7] and case (3)."
    assert written(text, name) == [own]
    assert written(text + LISTED, name) == [own, "[2]"]
    assert written(text.replace(own, "fast"), name) == ["[2]", "[7]"]


def test_a_number_that_lost_its_underscore_still_counts() -> None:
    text = "Skin ages [1]_, and dries [1] in [2].\n\n.. [1] Ku A. Skin. J Skin. 2020;1:1-9.\n"
    assert written(text, "a.rst") == ["[1]_", "[1]"]


def test_numbers_in_round_brackets_need_a_list_and_a_style() -> None:
    text = "Skin ages (1). Hair too (2, 3), as is known (1), and more (4)."
    assert written(text + LISTED) == ["(1)", "(2, 3)", "(1)", "(4)"]
    assert written(text) == []
    assert written("There are (1) skin, (2) hair, and (3) nails here." + LISTED) == []
    assert written("By Eq. (1), and equation (2), it holds (see Fig. (3))." + LISTED) == []


def test_nothing_is_cited_inside_the_list_itself() -> None:
    text = "Skin ages [1].\n\nReferences\n\n[1] Ruiz A. Skin [2] (Ito, 2020). J Skin 2019;4:1.\n"
    assert written(text) == ["[1]"]


# --------------------------------------------------------------------------- raised


def test_unicode_superscripts() -> None:
    text = "Skin ages.¹ Hair²,³ too, over 5 m² and 10⁶ cells.⁴⁻⁵ R² was high."
    assert shown(text + LISTED) == [
        ("superscript", "¹", ["1"]),
        ("superscript", "²,³", ["2", "3"]),
        ("superscript", "⁴⁻⁵", ["4", "5"]),
    ]


def test_flattened_superscripts_with_a_list() -> None:
    text = (
        "Skin ages with time.1,2 Smoke dries the skin3, and CO2 rises. Sleep repairs it.4–5 We"
        " used ggplot2 and Python3 in 2020. The skin3 again."
    )
    assert shown(text + LISTED) == [
        ("superscript", "1,2", ["1", "2"]),
        ("superscript", "3", ["3"]),
        ("superscript", "4–5", ["4", "5"]),
        ("superscript", "3", ["3"]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Levels of CO2, H2O, IL6 and vitamin B12 rose. Then PM10 fell.",
        "Exosomes of 30 to 150 nm carry RNA. It fell by 1.5 to 2.3 on day 3.",
        "See Fig.1 and No.2 in vol.3.",
        "Windows10 and Python3 ran it.",
    ],
)
@pytest.mark.parametrize("listed", ["", LISTED])
def test_digits_that_were_never_raised(text: str, listed: str) -> None:
    assert written(text + listed) == []


def test_flattened_superscripts_without_a_list_must_count() -> None:
    text = "Skin ages.1 Hair greys.2 Nails break.3,4 Then it ends.2"
    assert written(text) == ["1", "2", "3,4", "2"]
    assert written("Skin ages.1 Hair greys.7") == []


# --------------------------------------------------------------------------- authors and years


@pytest.mark.parametrize(
    ("text", "marker", "labels"),
    [
        ("Skin ages (Ku et al., 2023).", "(Ku et al., 2023)", ["Ku et al., 2023"]),
        (
            "It ages (Ku et al., 2023; Smith & Jones 2020a, p. 4).",
            "(Ku et al., 2023; Smith & Jones 2020a, p. 4)",
            ["Ku et al., 2023", "Smith & Jones, 2020a"],
        ),
        ("As Ku et al. (2023) say.", "Ku et al. (2023)", ["Ku et al., 2023"]),
        ("As Ku's (2023) work says.", "Ku's (2023)", ["Ku, 2023"]),
        (
            "Smith and Jones (2019, 2020b) say.",
            "Smith and Jones (2019, 2020b)",
            ["Smith and Jones, 2019", "Smith and Jones, 2020b"],
        ),
        ("It ages (see Ku, 2020a,b).", "(see Ku, 2020a,b)", ["Ku, 2020a", "Ku, 2020b"]),
        ("As de Vries (2020) says.", "de Vries (2020)", ["de Vries, 2020"]),
        (
            "It ages (e.g., van der Berg, 2020).",
            "(e.g., van der Berg, 2020)",
            ["van der Berg, 2020"],
        ),
        (
            "Ages (World Health Organization, 2020).",
            "(World Health Organization, 2020)",
            ["World Health Organization, 2020"],
        ),
        ("It ages (Ku, 2019, 2021).", "(Ku, 2019, 2021)", ["Ku, 2019", "Ku, 2021"]),
        (
            "It ages (O'Neil & Pérez-Ruiz, n.d.).",
            "(O'Neil & Pérez-Ruiz, n.d.)",
            ["O'Neil & Pérez-Ruiz, n.d."],
        ),
        ("However, Lund (2020, p. 5) says.", "Lund (2020, p. 5)", ["Lund, 2020"]),
        ("Later Ana Lund (2020) says.", "Ana Lund (2020)", ["Ana Lund, 2020"]),
        ("It ages [Ku, 2020; Ito, 2019].", "[Ku, 2020; Ito, 2019]", ["Ku, 2020", "Ito, 2019"]),
        (
            "A list (EKS, Ku, Ito, et al. (2020)).",
            "Ku, Ito, et al. (2020)",
            ["Ku, Ito, et al., 2020"],
        ),
    ],
)
def test_authors_and_years(text: str, marker: str, labels: list[str]) -> None:
    assert shown(text) == [("author-year", marker, labels)]


@pytest.mark.parametrize(
    "text",
    [
        "It was (July 28, 2023) late.",
        "In spring (March 2020) it rained.",
        "See it (Figure 3, 2010) there (Table 2, 1999).",
        "It grew (since 2010) and fell (in 2015).",
        "It grew (2010) and (1999–2005).",
        "The study of 2020 had 2000 patients.",
        "Between 1990 (low) and 2000 (high).",
    ],
)
def test_years_that_cite_nothing(text: str) -> None:
    assert written(text) == []


def test_a_lone_name_must_be_in_the_list_where_there_is_one() -> None:
    text = "As Ruiz (2011) says, unlike the fair of Vienna (2013)."
    assert written(text + LISTED) == ["Ruiz (2011)"]


# --------------------------------------------------------------------------- notes and links


def test_notes_are_told_from_remarks() -> None:
    text = (
        "Skin[^a] ages[^b], hair[^c] greys[^d].\n\n"
        "[^a]: Ruiz A. Collagen. J Skin 2019;4:1.\n\n"
        "[^b]: As @ito2020, p. 3, and [@fox] say.\n\n"
        "[^c]: This is a mere remark.\n"
    )
    assert shown(text, "a.md") == [
        ("footnote", "[^a]", ["^a"]),
        ("footnote", "[^b]", ["ito2020", "fox"]),
        ("footnote", "[^d]", ["^d"]),
        ("pandoc", "@ito2020", ["ito2020"]),
        ("pandoc", "[@fox]", ["fox"]),
    ]


def test_authors_before_a_note_are_part_of_it() -> None:
    assert written("As Ku et al.[^1] say of skin.", "a.md") == ["Ku et al.[^1]"]
    assert written("As Ana Ku and B. Ito[^1] say.", "a.md") == ["Ana Ku and B. Ito[^1]"]
    assert written("In Bokeh[^1] and New York[^2] it is.", "a.md") == ["[^1]", "[^2]"]


def test_links_to_dois() -> None:
    assert shown("Skin ages (https://doi.org/10.1000/ABC.1).") == [
        ("link", "https://doi.org/10.1000/ABC.1", ["10.1000/abc.1"])
    ]
    assert shown("Skin ages, doi:10.1000/abc, they say.") == [
        ("link", "doi:10.1000/abc", ["10.1000/abc"])
    ]
    page = '<p>See <a href="https://doi.org/10.1000/abc">it</a>.'
    assert shown(page, "a.html") == [
        ("link", '<a href="https://doi.org/10.1000/abc">', ["10.1000/abc"])
    ]


def test_addresses_hold_no_other_markers() -> None:
    assert written("See https://x.org/a[1](2020)/@b for it.") == []


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_spans_survive_wrapped_lines(end: str) -> None:
    text = f"😀 Skin ages (Ku et{end}al., 2023) and{end}dries [1,{end}2].{end}"
    assert written(text) == [f"(Ku et{end}al., 2023)", f"[1,{end}2]"]
    assert written("> " + text.replace(end, f"{end}> "), "a.md")[0] == f"(Ku et{end}> al., 2023)"


# --------------------------------------------------------------------------- resolving


def reference(key: str, author: str, year: str, title: str = "", doi: str = "") -> Reference:
    fields = {"author": author, "year": year, "title": title, "doi": doi}
    return Reference(key, "article", {name: value for name, value in fields.items() if value})


BOOK = (
    reference("ku2023", "Ku, Ying C. and Chen, Bo and Diaz, Eva", "2023", "Skin and vesicles"),
    reference("smith2020z", "Smith, Ann", "2020", "Zinc in skin"),
    reference("smith2020m", "Smith, Ann", "2020", "Milk in skin"),
    reference("smithjones", "Smith, Ann and Jones, Cy", "2020", "Iron"),
    reference("berg", "van der Berg, Eva and Ito, K. and Lee, M.", "2020", "Rain"),
    reference("who", "{World Health Organization}", "2020", "Tobacco"),
    reference("perez", "Pérez-Ruiz, Ana", "2019", "Wind", "10.1000/wind"),
    reference("tool", "", "2021", "skinr: a package for skin"),
)


def keys(text: str, book: Sequence[Reference] = BOOK, name: str = "a.txt") -> list[tuple[str, ...]]:
    article = read(text, name)
    listed = markers.match_listed(article.references, book)
    found = markers.resolve(markers.find(article), book, article.references, listed)
    return [item.keys for citation in found for item in citation.items]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Skin (Ku et al., 2023).", [("ku2023",)]),
        ("Skin (Ku, Chen & Diaz, 2023).", [("ku2023",)]),
        ("Skin (Ku et al., 2022).", [()]),
        ("Skin (Chen et al., 2023).", [()]),
        ("Skin (Smith & Jones, 2020).", [("smithjones",)]),
        ("Skin (Smith, 2020).", [("smith2020z", "smith2020m")]),
        ("Skin (Smith, 2020a; Smith, 2020b).", [("smith2020m",), ("smith2020z",)]),
        ("Skin (Smith, 2020b).", [("smith2020z", "smith2020m")]),
        ("Skin (van der Berg et al., 2020).", [("berg",)]),
        ("Skin (Berg et al., 2020).", [("berg",)]),
        ("Skin (World Health Organization, 2020).", [("who",)]),
        ("Skin (Perez-Ruiz, 2019).", [("perez",)]),
        ("Ana Pérez-Ruiz (2019) says.", [("perez",)]),
        ("Skin (Skinr, 2021).", [("tool",)]),
        ("Skin, https://doi.org/10.1000/WIND.", [("perez",)]),
        ("Skin [12].", [()]),
    ],
)
def test_resolving(text: str, wanted: list[tuple[str, ...]]) -> None:
    assert keys(text) == wanted


def test_one_known_work_is_not_taken_for_two_that_the_article_tells_apart() -> None:
    book = [reference("only", "Smith, Ann", "2020", "Zinc")]
    assert keys("Skin (Smith, 2020).", book) == [("only",)]
    assert keys("Skin (Smith, 2020a).", book) == [("only",)]
    assert keys("Skin (Smith, 2020a) and hair (Smith, 2020b).", book) == [(), ()]


def test_the_articles_own_list_tells_letters_apart() -> None:
    text = (
        "Skin (Smith, 2020a).\n\nReferences\n\n"
        "Smith, A. (2020a). Zinc in skin. J Skin, 1, 1-2.\n\n"
        "Smith, A. (2020b). Milk in skin. J Skin, 2, 3-4.\n"
    )
    assert keys(text) == [("smith2020z",)]


def test_the_articles_own_list_tells_which_of_two_works_is_meant() -> None:
    text = "Skin (Smith, 2020).\n\nReferences\n\nSmith, A. (2020). Milk in skin. J Skin, 2, 3.\n"
    assert keys(text) == [("smith2020m",)]


def test_pandoc_keys_and_handles() -> None:
    text = "Skin [@ku2023; @none] and @who, as @ana and @ana2 say."
    assert keys(text, BOOK, "a.md") == [("ku2023",), (), ("who",), ()]


def test_numbers_lead_through_the_list() -> None:
    text = (
        "Skin [1, 2].\n\nReferences\n\n1. Ku YC, et al. Skin and vesicles. J Skin 2023;1:2.\n"
        "2. Nobody B. Another thing altogether. J Hair 2020;3:4.\n"
    )
    assert keys(text) == [("ku2023",), ()]


# --------------------------------------------------------------------------- printed references


def listed(*texts: str) -> list[ListedReference]:
    return [ListedReference(str(n), text, Span(0, 0)) for n, text in enumerate(texts, start=1)]


TITLES = (
    reference("a", "Ruiz, Ana", "2019", "Collagen in ageing skin"),
    reference("b", "Ruiz, Ana", "2020", "Collagen in ageing skin: a second look"),
    reference("c", "Ito, Ken", "2020", "Skin"),
    reference("d", "Fox, Lea", "2018", "On the {Wrinkles} of “old” faces", "10.1000/Fox.1"),
    reference("e", "Fox, Lea", "2018", "Comment on: Collagen in ageing skin"),
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ruiz A. Collagen in ageing skin. J Skin. 2019;4:1.", ("a",)),
        ("Ruiz A. Collagen in ageing skin: a second look. J Skin. 2020;4:1.", ("b",)),
        ("Ruiz, A. (2019). COLLAGEN IN AGEING SKIN. J Skin.", ("a",)),
        ("Ito K. Skin. Tokyo: Press; 2020.", ("c",)),
        ("Lund B. Skin. Oslo: Press; 2020.", ()),
        ("Some words https://doi.org/10.1000/fox.1", ("d",)),
        ('Fox, Lea. "On the wrinkles of old faces." Derm 3 (2018): 5.', ("d",)),
        ("Fox L. Wrinkles of old faces, on the. Derm 2018;3:5.", ("d",)),
        ("Fox L. Comment on: Collagen in ageing skin. Derm 2018;3:5.", ("e",)),
        ("Nobody N. A thing that is elsewhere. J Hair 2001;1:1.", ()),
        ("Lee C. Collagen in ageing skin. J Hair. 1999;1:1.", ()),
    ],
)
def test_matching_printed_references(text: str, wanted: tuple[str, ...]) -> None:
    assert markers.match_listed(listed(text), TITLES).get("1", ()) == wanted


def test_twins_are_both_named() -> None:
    twins = (*TITLES, reference("a2", "Ruiz, Ana", "2019", "Collagen in ageing skin"))
    text = "Ruiz A. Collagen in ageing skin. J Skin. 2019;4:1."
    assert markers.match_listed(listed(text), twins) == {"1": ("a", "a2")}


def test_an_empty_bibliography_matches_nothing() -> None:
    assert markers.match_listed(listed("Ruiz A. Skin. 2019."), ()) == {}
    assert markers.match_listed((), TITLES) == {}
    odd = Reference("x", "misc", {})
    assert markers.match_listed(listed("Ruiz A. Skin. 2019.", ""), (odd,)) == {}


def test_finding_is_pure() -> None:
    article = read("Skin [1] (Ku, 2023)." + LISTED)
    first: tuple[Citation, ...] = markers.find(article)
    assert markers.find(article) == first
