"""What markers mean: references of the bibliography or of the article's list, never a guess."""

from __future__ import annotations

import pytest

from exocite import readers
from exocite.claims import citations as markers
from exocite.model import ListedReference, Reference, Span


def reference(key: str, author: str, year: str, title: str, doi: str = "") -> Reference:
    fields = {"author": author, "year": year, "title": title, "doi": doi}
    return Reference(key, "article", {name: value for name, value in fields.items() if value})


BOOK = (
    reference("ku2023", "Ku, Ying C. and Chen, Bo and Diaz, Eva", "2023", "Skin and vesicles"),
    reference("zinc", "Smith, Ann", "2020", "Zinc in skin"),
    reference("milk", "Smith, Ann", "2020", "Milk in skin"),
    reference("other", "Smith, Bob", "2020", "Rain on skin"),
    reference("later", "Smith, Ann", "2021", "The salt of skin"),
    reference("who", "{World Health Organization}", "2020", "Tobacco"),
    reference("nih", "{National Institutes of Health}", "2021", "Sleep"),
    reference("lund", "Lund, Cy", "2019", "The “Wrinkles” of old faces", "10.1000/lund"),
)


def meant(text: str, name: str = "a.txt") -> list[tuple[str, ...]]:
    """What each item means, the citations in the notes' own text left out."""
    article = readers.read(name, text.encode())
    listed = markers.match_listed(article.references, BOOK)
    found = markers.resolve(markers.find(article), BOOK, article.references, listed)
    return [item.keys for citation in found for item in citation.items]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Skin (Ku et al., 2023). Hair (ibid., p. 4).", [("ku2023",), ("ku2023",)]),
        ("Skin (Ku et al., 2023). A (ibid.). B (ibid.).", [("ku2023",)] * 3),
        ("Skin (Lund, 2019). Hair (WHO, 2020). Nails (ibid.).", [("lund",), ("who",), ("who",)]),
        (
            "Skin (Lund, 2019; Ku et al., 2023). A (ibid.).",
            [("lund",), ("ku2023",), ("lund", "ku2023")],
        ),
        ("Skin (Nobody, 1999). Hair (ibid.).", [(), ()]),
        ("Skin (ibid.).", [()]),
        (
            "A (Ku et al., 2023). B (Lund, 2019). C (Ku, op. cit., p. 9).",
            [("ku2023",), ("lund",), ("ku2023",)],
        ),
        ("A (Ku, op. cit.).", [()]),
        ("A (Lund, 2019). As said there (op. cit., p. 3).", [("lund",), ("lund",)]),
        (
            "A (Smith, 2021). B (A. Smith, 2020a; A. Smith, 2020b). C (Smith, op. cit.).",
            [("later",), ("milk",), ("zinc",), ("zinc", "milk", "later")],
        ),
        ("A (Smith, 2021). B (Smith, op. cit.).", [("later",), ("later",)]),
    ],
)
def test_what_was_cited_before(text: str, wanted: list[tuple[str, ...]]) -> None:
    assert meant(text) == wanted


@pytest.mark.parametrize(
    ("notes", "wanted"),
    [
        (("Ku YC, et al. Skin and vesicles. J Skin 2023;1:2.", "Ibid., p. 4."), [("ku2023",)] * 2),
        (
            (
                "Ying C. Ku et al., “Skin and vesicles,” J Skin 1 (2023): 2.",
                "Cy Lund, “The Wrinkles of Old Faces,” J Skin 2 (2019): 3.",
                "Ku et al., op. cit., p. 4.",
                "Ibid.",
                "Lund, “Wrinkles of Old Faces,” 7.",
            ),
            [("ku2023",), ("lund",), ("ku2023",), ("ku2023",), ("lund",)],
        ),
        (
            ("Ku, “Skin and vesicles,” 12–14.", "Smith, “Milk in skin,” 3."),
            [("ku2023",), ("milk",)],
        ),
        (("Smith, “Hail on skin,” 3.",), [()]),
        (
            ("See Ku et al. (2023, p. 4).", "Lund 2019, 45; WHO 2020."),
            [("ku2023",), ("lund",), ("who",)],
        ),
    ],
)
def test_what_notes_name(notes: tuple[str, ...], wanted: list[tuple[str, ...]]) -> None:
    signs = "".join(f"Skin ages so[^{n}]. " for n in range(1, len(notes) + 1))
    definitions = "".join(f"\n\n[^{n}]: {note}" for n, note in enumerate(notes, start=1))
    assert meant(signs + definitions + "\n", "a.md")[: len(wanted)] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Skin (Smith, 2020).", ("zinc", "milk", "other")),
        ("Skin (A. Smith, 2020).", ("zinc", "milk")),
        ("Skin (Smith, B., 2020).", ("other",)),
        ("Skin (Smith, C., 2020).", ()),
        ("Skin (C. Lund, 2019).", ("lund",)),
        ("Skin (Bob Smith, 2020).", ("other",)),
        ("Skin (WHO, 2020).", ("who",)),
        ("Skin (NIH, 2021).", ("nih",)),
        ("Skin (NIH, 2020).", ()),
        ("Skin (Smith, 2019/2021).", ("later",)),
        ("Skin, doi:10.1000/LUND, p. 3.", ("lund",)),
    ],
)
def test_twins_bodies_and_identifiers(text: str, wanted: tuple[str, ...]) -> None:
    assert meant(text) == [wanted]


@pytest.mark.parametrize(
    ("entry", "wanted"),
    [
        ("Smith, A. (2020). Milk in skin. J Skin, 2, 3-4.", ("milk",)),
        ("Smith, B. (2020). Rain on skin. J Skin, 2, 3-4.", ("other",)),
        ("Smith, C. (2020). Snow on the ground. J Snow, 2, 3-4.", ("zinc", "milk", "other")),
    ],
)
def test_the_articles_own_list_tells_twins_apart(entry: str, wanted: tuple[str, ...]) -> None:
    assert meant(f"Skin (Smith, 2020).\n\nReferences\n\n{entry}\n") == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("Skin (Ku & Zhu, 2020).", ("known",)), ("Skin (Zhu & Ku, 2020).", ())],
)
@pytest.mark.parametrize(
    "entry", ["Ku A, Zhu B (2020) Milk.", "A. Ku and B. Zhu, Milk, 2020.", "Ku AB Zhu B 2020 Milk"]
)
def test_a_listed_entry_is_known_by_its_first_author_alone(
    text: str, wanted: tuple[str, ...], entry: str
) -> None:
    found = markers.find(readers.read("a.txt", text.encode()))
    listed = [ListedReference("1", entry, Span(0, 0))]
    (resolved,) = markers.resolve(found, (), listed, {"1": ("known",)})
    assert [item.keys for item in resolved.items] == [wanted]


def test_a_number_leads_to_its_entry_and_keeps_its_locator() -> None:
    text = (
        "Skin [1: 293, fig. 4; 2, p. 5].\n\nReferences\n\n"
        "1. Lund C. The wrinkles of old faces. J Skin 2019;1:2.\n"
        "2. Smith A. Milk in skin. J Skin 2020;3:4.\n"
    )
    article = readers.read("a.txt", text.encode())
    listed = markers.match_listed(article.references, BOOK)
    (found,) = markers.resolve(markers.find(article), BOOK, article.references, listed)
    assert [(item.keys, item.locator) for item in found.items] == [
        (("lund",), "293, fig. 4"),
        (("milk",), "p. 5"),
    ]
