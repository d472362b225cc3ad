"""Every form of a marker: what is the marker, what it names, and where in the work."""

from __future__ import annotations

import pytest

from exocite import readers
from exocite.claims import citations as markers

Named = list[tuple[str, str]]
"""Labels with their locators."""


def forms(text: str, name: str) -> list[tuple[str, Named]]:
    article = readers.read(name, text.encode())
    found = markers.find(article)
    for citation in found:
        for item in citation.items:
            assert citation.span.contains(item.span)
    return [
        (
            article.source[citation.span.start : citation.span.end],
            [(item.label, item.locator) for item in citation.items],
        )
        for citation in found
    ]


PANDOC = [
    ("Skin ages [@ku2023].", "[@ku2023]", [("ku2023", "")]),
    (
        "Skin ages [see @ku2023, pp. 3-5; -@ito2020].",
        "[see @ku2023, pp. 3-5; -@ito2020]",
        [("ku2023", "pp. 3-5"), ("ito2020", "")],
    ),
    ("As @ku2023 [p. 3] says.", "@ku2023 [p. 3]", [("ku2023", "p. 3")]),
    ("Skin [@ku2023, sec. 2.1].", "[@ku2023, sec. 2.1]", [("ku2023", "sec. 2.1")]),
    (
        "As @ku2023 [p. 3; see also @ito2020, fig. 2] says.",
        "@ku2023 [p. 3; see also @ito2020, fig. 2]",
        [("ku2023", "p. 3"), ("ito2020", "fig. 2")],
    ),
    (
        "Skin [@ku2023{ii, A, D-Z}, with a suffix].",
        "[@ku2023{ii, A, D-Z}, with a suffix]",
        [("ku2023", "ii, A, D-Z")],
    ),
    (
        "Skin [@ku2023, {pp. iv, (xv)} with more].",
        "[@ku2023, {pp. iv, (xv)} with more]",
        [("ku2023", "pp. iv, (xv)")],
    ),
    ("Skin [@ku2023{}, 99 years later].", "[@ku2023{}, 99 years later]", [("ku2023", "")]),
    (
        "Skin {cite:p}`ku2023,ito2020`.",
        "{cite:p}`ku2023,ito2020`",
        [("ku2023", ""), ("ito2020", "")],
    ),
    ("As {cite:t}`ku2023` says.", "{cite:t}`ku2023`", [("ku2023", "")]),
]

LATEX = [
    (r"Skin \cite{ku2023,ito2020}.", r"\cite{ku2023,ito2020}", [("ku2023", ""), ("ito2020", "")]),
    (r"Skin \citep[see][p.~3]{ku2023}.", r"\citep[see][p.~3]{ku2023}", [("ku2023", "p. 3")]),
    (r"As \citet[chap. 2]{ku2023} says.", r"\citet[chap. 2]{ku2023}", [("ku2023", "chap. 2")]),
    (r"As \textcite[45]{ku2023} says.", r"\textcite[45]{ku2023}", [("ku2023", "45")]),
    (r"Skin \parencite{ku2023}.", r"\parencite{ku2023}", [("ku2023", "")]),
]

NUMBERS = [
    ("Skin ages [1, 3–5].", "[1, 3–5]", [("1", ""), ("3", ""), ("4", ""), ("5", "")]),
    ("Skin ages [1: 293, fig. 4].", "[1: 293, fig. 4]", [("1", "293, fig. 4")]),
    ("Skin ages [1:293–5; 2: 14].", "[1:293–5; 2: 14]", [("1", "293–5"), ("2", "14")]),
    ("Skin [3, p. 34; 4, Table 2].", "[3, p. 34; 4, Table 2]", [("3", "p. 34"), ("4", "Table 2")]),
    ("Skin [see 2, fig. 1; 3].", "[see 2, fig. 1; 3]", [("2", "fig. 1"), ("3", "")]),
    ("Skin ages [5, §3.2].", "[5, §3.2]", [("5", "§3.2")]),
    ("Skin ages [1 (p. 3)].", "[1 (p. 3)]", [("1", "p. 3")]),
    ("Skin ages [1,2, p. 5].", "[1,2, p. 5]", [("1", ""), ("2", "p. 5")]),
    ("Skin ages [2, chap. 3].", "[2, chap. 3]", [("2", "chap. 3")]),
    ("Skin ages [1; 3; 4].", "[1; 3; 4]", [("1", ""), ("3", ""), ("4", "")]),
    ("Skin ages.[3] Hair too.", "[3]", [("3", "")]),
]

AUTHORS = [
    ("Skin (Ku et al., 2023).", "(Ku et al., 2023)", [("Ku et al., 2023", "")]),
    ("Skin (Ku et al. 2023: 45).", "(Ku et al. 2023: 45)", [("Ku et al., 2023", "45")]),
    (
        "Skin (Ku & Ito, 2020, pp. 3–5; Fox et al., 2023, chap. 4).",
        "(Ku & Ito, 2020, pp. 3–5; Fox et al., 2023, chap. 4)",
        [("Ku & Ito, 2020", "pp. 3–5"), ("Fox et al., 2023", "chap. 4")],
    ),
    (
        "Skin (see Ku, 2023, p. 3; but cf. Fox & Ito, 2020).",
        "(see Ku, 2023, p. 3; but cf. Fox & Ito, 2020)",
        [("Ku, 2023", "p. 3"), ("Fox & Ito, 2020", "")],
    ),
    ("Skin (Ku, 2020a, b).", "(Ku, 2020a, b)", [("Ku, 2020a", ""), ("Ku, 2020b", "")]),
    ("Skin (Ku 2020a; 2020b).", "(Ku 2020a; 2020b)", [("Ku, 2020a", ""), ("Ku, 2020b", "")]),
    (
        "Skin (Ku, 2020a–c).",
        "(Ku, 2020a–c)",
        [("Ku, 2020a", ""), ("Ku, 2020b", ""), ("Ku, 2020c", "")],
    ),
    ("Skin (Ku, 2020a and b).", "(Ku, 2020a and b)", [("Ku, 2020a", ""), ("Ku, 2020b", "")]),
    ("Skin (Ku, 1998/2020).", "(Ku, 1998/2020)", [("Ku, 2020", "")]),
    (
        "Ku et al. (2023, Table 1) say.",
        "Ku et al. (2023, Table 1)",
        [("Ku et al., 2023", "Table 1")],
    ),
    ("Ku and Ito [2023] say.", "Ku and Ito [2023]", [("Ku and Ito, 2023", "")]),
    ("By now Ku et al. 2023 say so.", "Ku et al. 2023", [("Ku et al., 2023", "")]),
    (
        "Ku and colleagues (2023) say.",
        "Ku and colleagues (2023)",
        [("Ku and colleagues, 2023", "")],
    ),
    ("Ku's (2023) work.", "Ku's (2023)", [("Ku, 2023", "")]),
    (
        "Ku and Ito (2019 and 2021) say.",
        "Ku and Ito (2019 and 2021)",
        [("Ku and Ito, 2019", ""), ("Ku and Ito, 2021", "")],
    ),
    ("Skin (Ku et al., in press).", "(Ku et al., in press)", [("Ku et al., in press", "")]),
]

REPEATS = [
    ("Skin (ibid., p. 4).", "(ibid., p. 4)", [("ibid.", "p. 4")]),
    ("Skin (Ibid.).", "(Ibid.)", [("ibid.", "")]),
    ("Skin (see ibidem, pp. 4–6).", "(see ibidem, pp. 4–6)", [("ibid.", "pp. 4–6")]),
    ("Skin [ibid., 33].", "[ibid., 33]", [("ibid.", "33")]),
    ("Skin (loc. cit.).", "(loc. cit.)", [("ibid.", "")]),
    ("Skin (Ku, op. cit., p. 9).", "(Ku, op. cit., p. 9)", [("Ku, op. cit.", "p. 9")]),
    (
        "Ku et al. (op. cit., p. 9) say.",
        "Ku et al. (op. cit., p. 9)",
        [("Ku et al., op. cit.", "p. 9")],
    ),
    (
        "Skin (Ku and Ito, op. cit.; Fox, 2020).",
        "(Ku and Ito, op. cit.; Fox, 2020)",
        [("Ku and Ito, op. cit.", ""), ("Fox, 2020", "")],
    ),
]

LINKS = [
    ("Skin, doi:10.1000/abc, p. 7, ages.", "doi:10.1000/abc", [("10.1000/abc", "p. 7")]),
    (
        "See https://doi.org/10.1000/abc, pp. 7–9.",
        "https://doi.org/10.1000/abc",
        [("10.1000/abc", "pp. 7–9")],
    ),
    (
        "See https://dx.doi.org/10.1000/ABC.",
        "https://dx.doi.org/10.1000/ABC",
        [("10.1000/abc", "")],
    ),
    ("See doi:10.1000/abc, page 7 of it.", "doi:10.1000/abc", [("10.1000/abc", "page 7")]),
    ("See doi:10.1000/abc, 7 pages.", "doi:10.1000/abc", [("10.1000/abc", "")]),
]

OTHERS = [
    ("a.rst", ":cite:p:`ku2023,ito2020`", [("ku2023", ""), ("ito2020", "")]),
    ("a.adoc", "cite:[ku2023(45), ito2020]", [("ku2023", "45"), ("ito2020", "")]),
    ("a.typ", "@ku2023[p. 3]", [("ku2023", "p. 3")]),
    ("a.typ", "#cite(<ku2023>, supplement: [p. 4])", [("ku2023", "p. 4")]),
    ("a.org", "[cite:see @ku2023 p. 3; @ito2020]", [("ku2023", "p. 3"), ("ito2020", "")]),
    ("a.md", "^1,2^", [("1", ""), ("2", "")]),
    ("a.html", "<sup><a href='#r1'>1</a></sup>", [("1", "")]),
    ("a.html", "<a href='https://doi.org/10.1000/abc'>", [("10.1000/abc", "")]),
]


@pytest.mark.parametrize(
    ("name", "text", "marker", "named"),
    [
        (name, *row)
        for name, table in (
            ("a.md", PANDOC),
            ("a.tex", LATEX),
            ("a.txt", NUMBERS + AUTHORS + REPEATS + LINKS),
            ("a.html", NUMBERS[:4]),
        )
        for row in table
    ],
)
def test_forms(name: str, text: str, marker: str, named: Named) -> None:
    assert forms(text, name) == [(marker, named)]


@pytest.mark.parametrize(("name", "marker", "named"), OTHERS)
def test_forms_of_markup(name: str, marker: str, named: Named) -> None:
    text = f"Skin ages {marker} here"
    if marker.startswith("<a "):
        text = f"<p>Skin ages {marker}so</a> here.</p>"
    elif marker.startswith(("<", "^")):
        text = f"<p>Skin ages{marker} here.</p>" if name == "a.html" else f"Skin ages{marker} here."
    assert forms(text, name)[0] == (marker, named)


@pytest.mark.parametrize(
    "text",
    [
        "Ku (1999–2005) was its head.",
        "He met Ku et al. in 2023 again.",
        "Skin (Fig. 2; Table 3).",
        "The ibidem library of Vienna.",
        "The idea (idem est) is old.",
        "The share [2 (of 5) men] and [12 of 13].",
    ],
)
def test_what_only_looks_like_a_form(text: str) -> None:
    assert forms(text, "a.txt") == []


NOTES = [
    ("Ku YC. Skin and vesicles. J Skin. 2023;1:2-9.", [("^1", "")]),
    ("See Ku et al. (2023, p. 4).", [("Ku et al., 2023", "p. 4")]),
    ("Ku 2023, 45; Fox and Ito 2020.", [("Ku, 2023", "45"), ("Fox and Ito, 2020", "")]),
    ("Ku, “Skin and vesicles,” 12–14.", [("Ku, “Skin and vesicles”", "12–14")]),
    ("See Ku and Ito, “Skin”.", None),
    ("Ibid., 4.", [("ibid.", "4")]),
    ("Ibid.", [("ibid.", "")]),
    ("Ku et al., op. cit., p. 4.", [("Ku et al., op. cit.", "p. 4")]),
    ("See [@ku2023, p. 3].", [("ku2023", "p. 3")]),
    ("See https://doi.org/10.1000/abc.", [("^1", "")]),
    ("Others told us so in 2023, as we said before.", []),
    ("“Skin,” he said, “is all.”", []),
]


@pytest.mark.parametrize(("note", "named"), NOTES)
def test_notes(note: str, named: Named | None) -> None:
    wanted = [("Ku and Ito, “Skin”", "")] if named is None else named
    found = forms(f"Skin ages[^1] here.\n\n[^1]: {note}\n", "a.md")
    assert [items for marker, items in found if marker == "[^1]"] == ([wanted] if wanted else [])
