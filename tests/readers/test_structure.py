"""What is found alike in every format: furniture of the page, the list of references, sections."""

from __future__ import annotations

import pytest

from exocite import readers
from exocite.model import Article, BlockKind
from exocite.readers.furniture import is_boilerplate, is_byline, is_navigation
from exocite.readers.reference_list import looks_like_reference

ENTRIES = (
    "Ruiz A, Smith B. Collagen and age. J Skin. 2019;4(2):11-19.",
    'O\'Neil, Tom, et al. "Sun and skin." Dermatology Letters 12.3 (2020): 4-9.',
    "Ito, K. (2021). On wrinkles. Skin Research, 8, 100–110. https://doi.org/10.1000/xyz1",
)


def read(text: str, name: str = "a.txt") -> Article:
    return readers.read(name, text.encode())


@pytest.mark.parametrize(
    "heading",
    [
        "References",
        "REFERENCES:",
        "Sources",
        "sources:",
        "Bibliography",
        "Works cited",
        "Works Cited",
        "Literature",
        "Literature cited",
        "7. References",
        "VII. REFERENCES",
        "Notes and references",
        "References and further reading",
        "Further reading",
    ],
)
@pytest.mark.parametrize("mark", ["", "• ", "- ", "{n}. ", "[{n}] ", "{n}) "])
def test_lists_are_found_by_their_heading(heading: str, mark: str) -> None:
    lines = [mark.format(n=n) + entry for n, entry in enumerate(ENTRIES, start=1)]
    between = "\n" if mark else "\n\n"
    text = f"Skin ages, and hair too.\n\n{heading}\n\n{between.join(lines)}\n"
    article = read(text)
    assert [reference.label for reference in article.references] == ["1", "2", "3"]
    assert [reference.text for reference in article.references] == list(ENTRIES)
    for reference, entry in zip(article.references, ENTRIES, strict=True):
        assert article.source[reference.span.start : reference.span.end] == entry
    assert [block.kind for block in article.blocks[-3:]] == [BlockKind.REFERENCE] * 3


@pytest.mark.parametrize(
    "shape", ["## {}", "**{}**", "{}\n=======", "<h3>{}</h3>", "# {} {{#refs}}"]
)
@pytest.mark.parametrize("heading", ["References", "Sources", "Works cited:"])
def test_the_heading_may_have_any_shape_in_markdown(shape: str, heading: str) -> None:
    listed = "\n".join(f"{n}. {entry}" for n, entry in enumerate(ENTRIES, start=1))
    article = read(f"Skin ages.\n\n{shape.format(heading)}\n\n{listed}\n", "a.md")
    assert [reference.text for reference in article.references] == [
        entry.replace("https://doi.org/", "https://doi.org/") for entry in ENTRIES
    ]


def test_entries_one_a_line_under_the_heading_itself() -> None:
    listed = "\n".join(f"{n}. {entry}" for n, entry in enumerate(ENTRIES, start=1))
    article = read(f"Skin ages, as is known.\n\nReferences\n{listed}\n\nMore to come soon.\n")
    assert len(article.references) == 3
    assert article.blocks[-1].kind is BlockKind.PARAGRAPH


def test_wrapped_entries_stay_whole() -> None:
    listed = (
        "[1] Ruiz A, Smith B. Collagen\n    and age. J Skin. 2019;4:11.\n[2] Ito K. Skin. 2020."
    )
    article = read(f"Skin ages.\n\nReferences\n\n{listed}\n")
    assert [reference.text for reference in article.references] == [
        "Ruiz A, Smith B. Collagen and age. J Skin. 2019;4:11.",
        "Ito K. Skin. 2020.",
    ]


def test_numbered_entries_at_the_end_need_no_heading() -> None:
    listed = "\n\n".join(f"[{n}] {entry}" for n, entry in enumerate(ENTRIES, start=1))
    article = read(f"Skin ages [1].\n\nHair turns grey [2, 3].\n\n{listed}\n")
    assert len(article.references) == 3


@pytest.mark.parametrize(
    "text",
    [
        "Skin ages.\n\nLiterature\n\nMany writers have described how skin ages over time.\n",
        "Skin ages.\n\nSources\n\nCollagen comes from many sources, and fish is one.\n\nMore.\n",
        "Skin ages.\n\nNotes\n\nRemember to drink water.\n",
        "Skin ages.\n\nReferences\n\nDisclaimer\n\nNo advice.\n",
    ],
)
def test_prose_under_such_a_heading_is_no_list(text: str) -> None:
    assert read(text).references == ()


def test_a_list_in_the_middle_under_a_doubtful_heading_is_prose() -> None:
    body = "\n\n".join(["Skin has changed a lot in the last years, they say."] * 6)
    article = read(f"Skin ages.\n\nSources\n\n{ENTRIES[0]}\n\n{body}\n")
    assert article.references == ()


def test_two_lists_share_no_label() -> None:
    text = (
        "Skin ages.\n\nNotes\n\n1. Ruiz A. Collagen. J Skin 2019;4:11.\n\n"
        "References\n\n1. Ito K. Wrinkles. Skin Res 2020;8:1.\n2. Fox L. Sun. Derm 2021;9:2.\n"
    )
    article = read(text)
    assert [r.text[:4] for r in article.references] == ["Ruiz", "Ito ", "Fox "]
    assert len({r.label for r in article.references}) == 3


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        *((entry, True) for entry in ENTRIES),
        ("World Health Organization. Tobacco. Geneva: WHO; 2020.", True),
        ("https://example.org/report", True),
        ("Skin ages faster in smokers.", False),
        ("In 2020 the team measured skin. The results were clear. It dried.", False),
        ("Disclaimer", False),
        ("", False),
        ("x" * 5000, False),
    ],
)
def test_what_looks_like_a_reference(text: str, wanted: bool) -> None:
    assert looks_like_reference(text) is wanted


@pytest.mark.parametrize(
    "text",
    [
        "By Ana Ruiz",
        "by Dr. Ana M. Ruiz, PhD and Tom de Vries",
        "Written by Ana Ruiz",
        "Medically reviewed by Dr. Ana Ruiz (MBBS) - July 28, 2023",
        "Fact-checked by Tom Fox",
        "Published: 3 May 2021",
        "Last updated 2021-05-03",
        "July 28, 2023",
        "Updated on May 3, 2021 · 6 min read",
        "5 min read",
        "Author: Ana Ruiz",
    ],
)
def test_bylines(text: str) -> None:
    assert is_byline(text)


@pytest.mark.parametrize(
    "text",
    [
        "By binding to receptors, vesicles change cells.",
        "By 2030 the market will double.",
        "Published studies show that skin ages.",
        "Reviewed evidence suggests otherwise.",
        "May is the best month.",
        "In July 2023 the agency warned of it.",
    ],
)
def test_what_is_no_byline(text: str) -> None:
    assert not is_byline(text)


@pytest.mark.parametrize(
    "text",
    [
        "© 2023 Skin Ltd. All rights reserved.",
        "We use cookies to improve your visit.",
        "Subscribe to our newsletter for more.",
        "Share this article with friends",
        "Click here to learn more.",
        "This article is for informational purposes only.",
        "It is not a substitute for professional medical advice.",
        "To find a clinic in Ghana or Peru, please use our free directory.",
        "Book a free consultation today!",
        "Read more about peels",
        "Photo by Ana Ruiz",
    ],
)
def test_boilerplate(text: str) -> None:
    assert is_boilerplate(text)


@pytest.mark.parametrize(
    "text",
    [
        "We use our model to predict how skin ages.",
        "Cookies contain sugar.",
        "Doctors should not advise against sunscreen.",
        "Patients who signed up for the trial were older.",
        "Consumers trust us less than doctors.",
        "The clinic offers a consultation in which skin is examined.",
    ],
)
def test_what_is_no_boilerplate(text: str) -> None:
    assert not is_boilerplate(text)


def test_navigation_is_the_whole_text_or_none() -> None:
    assert is_navigation("Share this:")
    assert is_navigation("BLOG")
    assert not is_navigation("Blog posts shape opinions")
    assert not is_navigation("Sharing")


def test_sections_and_boilerplate_sections() -> None:
    text = (
        "# T\n\nIntro.\n\n## Effects\n\nSkin ages.\n\n"
        "## Funding\n\nNobody paid.\n\n## More\n\nEnd.\n"
    )
    found = [(b.kind.value, b.section) for b in read(text, "a.md").blocks]
    assert found == [
        ("title", ""),
        ("paragraph", ""),
        ("heading", ""),
        ("paragraph", "Effects"),
        ("boilerplate", "Effects"),
        ("boilerplate", "Funding"),
        ("heading", "Funding"),
        ("paragraph", "More"),
    ]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("# One\n\nText.\n\n## Two\n\nMore.\n", ["One"]),
        ("# One\n\nA.\n\n# Two\n\nB.\n\n# Three\n\nC.\n", []),
        ("Text.\n\n# One\n\nMore.\n", []),
        ("---\ntitle: The Skin\n---\n\n# One\n\nText.\n", ["The Skin"]),
        ('---\ntitle: "The Skin"\n---\n\n# The Skin\n\nText.\n', ["The Skin", "The Skin"]),
        ("% The Skin\n% Ana Ruiz\n\nText.\n", ["The Skin"]),
        ("---\ntitle: >\n  The long\nauthor: A\n---\n\nText.\n", ["The long"]),
    ],
)
def test_titles(text: str, titles: list[str]) -> None:
    found = [b.text for b in read(text, "a.md").blocks if b.kind is BlockKind.TITLE]
    assert found == titles
