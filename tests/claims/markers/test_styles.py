"""What an article's own style decides: brackets, also lost ones, flattened digits, names."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite import readers
from exocite.claims import citations as markers
from exocite.model import CitationKind, Reference
from tests.timing import assert_linear

SHARED = "Sun ages [1, 2] and wind dries [3–5] the skin. "
SEPARATE = "Sun ages [1], [2] and wind dries [3]–[5] the skin. "


def listed(most: int) -> str:
    """A numbered list of references."""
    entries = (
        f"{n}. Ruiz A{n}. Title of work {n}. J Skin. 2010;{n}:1-9." for n in range(1, most + 1)
    )
    return "\n\nReferences\n\n" + "\n".join(entries)


def written(text: str, name: str = "a.txt") -> list[str]:
    article = readers.read(name, text.encode())
    return [article.source[one.span.start : one.span.end] for one in markers.find(article)]


# --------------------------------------------------------------------------- brackets


@pytest.mark.parametrize(
    ("text", "shared", "separate"),
    [
        ("Hair greys (see [6]).", ["[6]"], ["(see [6])"]),
        ("Hair greys (e.g., [6]).", ["[6]"], ["(e.g., [6])"]),
        ("Hair greys (reviewed in [6]).", ["[6]"], ["(reviewed in [6])"]),
        ("Hair greys [6] [7].", ["[6]", "[7]"], ["[6] [7]"]),
        ("Hair greys [6], [7].", ["[6]", "[7]"], ["[6], [7]"]),
        ("Hair greys [6],[7].", ["[6],[7]"], ["[6],[7]"]),
        ("Hair greys (as Ku says [6]).", ["[6]"], ["[6]"]),
    ],
)
def test_round_brackets_belong_to_numbers_in_brackets_of_their_own(
    text: str, shared: list[str], separate: list[str]
) -> None:
    assert written(SHARED + text) == ["[1, 2]", "[3–5]", *shared]
    assert written(SEPARATE + text) == ["[1], [2]", "[3]–[5]", *separate]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ku et al[2, 3] say.", ["[2, 3]"]),
        ("A length of 60 kb[4] is known.", ["[4]"]),
        ("The skin (www.example.org)[2–4] ages.", ["[2–4]"]),
        ("The vector xs[9] is none.", []),
        ("The element x[1] is none.", []),
        ("Over 60 Kb[4] it is none.", []),
    ],
)
def test_numbers_set_without_a_space(text: str, found: list[str]) -> None:
    assert written(text + listed(5)) == found


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("Wind dries it 2–4. Smoke too [5].", "2–4"),
        ("Wind (of the north) 2–4, it is known, dries it. Smoke too [5].", "2–4"),
        ("Wind dries it 2–4. Smoke too [6].", ""),
        ("Wind dries it 2–4 times. Smoke too [5].", ""),
        ("Wind dries it on pages 2–4. Smoke too [5].", ""),
        ("Wind dries it 3–4. Smoke [2] and [5].", ""),
        ("Wind dries it 4–2. Smoke too [5].", ""),
        ("Wind dries it [2–4]. On days it 2–4. Smoke too [5].", ""),
    ],
)
def test_a_range_that_fills_a_hole_lost_its_brackets(text: str, lost: str) -> None:
    found = written("Sun ages the skin [1]. " + text + listed(6))
    assert [marker for marker in found if "[" not in marker] == ([lost] if lost else [])
    assert not lost or lost not in written("Sun ages the skin [1]. " + text)


# --------------------------------------------------------------------------- flattened


LEAD = "Sun ages the skin.1 Wind dries it.2,3 Smoke yellows it.4 "


@pytest.mark.parametrize(
    ("text", "marker"),
    [
        ("We used AutoSkin2.05 and others.", "5"),
        ("We used Limb.jl11 again.", "11"),
        ("This was shown by 3.", "3"),
        ("It was done as in 3; later it was not.", "3"),
        ("We listened to track.mp3 again.", ""),
        ("It fell between 2 and 3.", ""),
        ("It fell to 3.", ""),
        ("We used AutoSkin2.50 and others.", ""),
        ("It fell by 3 in all.", ""),
    ],
)
def test_flattened_digits(text: str, marker: str) -> None:
    more = "Salt too.5 " if "11" in text or "3" in text else ""
    more += "".join(f"Rain{'s' * n} wash it.{n} " for n in range(6, 12)) if "11" in text else ""
    lead = LEAD + more
    before = written(lead + listed(11 if "11" in text else 5))
    assert written(lead + text + listed(11 if "11" in text else 5)) == [
        *before,
        *([marker] if marker else []),
    ]


# --------------------------------------------------------------------------- names before notes


@pytest.mark.parametrize(
    ("sentence", "note", "marker"),
    [
        (
            "It is by Wickham[^1] we know.",
            "Hadley Wickham, “Tidy data,” J Data 1 (2014): 2.",
            "Wickham[^1]",
        ),
        ("It is by Wickham[^1] we know.", "Wickham, H. Tidy data. J Data 2014;1:2.", "Wickham[^1]"),
        (
            "It is by Wickham.[^1] So be it.",
            "Hadley Wickham, “Tidy data,” J Data 1 (2014): 2.",
            "[^1]",
        ),
        (
            "It is by Hadley[^1] we know.",
            "Hadley Wickham, “Tidy data,” J Data 1 (2014): 2.",
            "[^1]",
        ),
        (
            "It is in Bokeh[^1] we know.",
            "Bokeh Development Team, “Bokeh,” (2014), https://x.org.",
            "[^1]",
        ),
        ("It is in Skinner[^1] we know.", "Skinner LLC, “Skinner,” (2014), https://x.org.", "[^1]"),
        ("It is in Skinner[^1] we know.", "LLC Skinner, “Skinner,” (2014), https://x.org.", "[^1]"),
        (
            "In k-spaceAnn Ku et al.[^1] say it.",
            "Ann Ku et al., “Skin,” J Skin 1 (2014): 2.",
            "Ann Ku et al.[^1]",
        ),
    ],
)
def test_a_name_before_a_note_is_that_of_its_author(sentence: str, note: str, marker: str) -> None:
    assert written(f"{sentence}\n\n[^1]: {note}\n", "a.md")[0] == marker


# --------------------------------------------------------------------------- any text


_PIECES = st.sampled_from(
    [
        *("Skin ages", "[1]", "[1, 3–5]", "[2: 3; 4]", "(see [2])", "(Ku et al., 2023)"),
        *("(ibid., p. 4)", "Ku, op. cit.", "2020a;", "et al. 2023", "[@a, p. 3]", "@b", "[^1]"),
        *("\n\n", "\n\n[^1]: Ibid., 4.\n\n", "(", ")", "[", "]", "¹,²", "age.1,2", "2–4."),
        *("doi:10.1000/x,", " p. 3", "; ", "“Skin,”"),
    ]
)


@given(st.lists(_PIECES, max_size=30), st.sampled_from(["a.txt", "a.md"]))
def test_any_text_is_read(pieces: list[str], name: str) -> None:
    article = readers.read(name, ("Skin. " + " ".join(pieces)).encode())
    found = markers.find(article)
    book = (Reference("ku", "article", {"author": "Ku, A.", "year": "2023", "title": "Skin"}),)
    resolved = markers.resolve(found, book, article.references, {})
    for one, after in zip(found, [*found[1:], None], strict=False):
        assert 0 <= one.span.start < one.span.end <= len(article.source)
        assert after is None or one.span.end <= after.span.start
        assert one.items
        if one.kind is not CitationKind.FOOTNOTE:
            assert all(one.span.contains(item.span) for item in one.items)
    assert all(set(item.keys) <= {"ku"} for one in resolved for item in one.items)


# --------------------------------------------------------------------------- time


_ENTRY = "Author{n}, A. ({y}). Title of work {n}. J Skin, {n}, 1-9."
_SENTENCES: dict[str, Callable[[int], str]] = {
    "numbers": lambda n: (
        f"The sun of the south ages the skin of men by years [{n % 900 + 1}, {n % 900 + 2}]. "
    ),
    "authors": lambda n: (
        f"The sun of the south ages the skin (Author{n}, {1950 + n % 70}; ibid., p. 3). "
    ),
    "flattened": lambda n: f"The sun of the south ages the skin of all men by years.{n % 900 + 1} ",
    "lost": lambda n: f"The sun of the south ages skin [{2 * n + 1}], wind dries it {n}–{n + 1}. ",
    "brackets": lambda n: "(((([[[[ Ku et al. (((( ibid. [[[[ op. cit. “Ku, “Skin, ",
}


@pytest.mark.parametrize("kind", _SENTENCES)
def test_the_time_is_linear(kind: str) -> None:
    def cost(size: int) -> float:
        text = "".join(_SENTENCES[kind](n) + ("\n\n" if n % 5 == 4 else "") for n in range(size))
        entries = [_ENTRY.format(n=n, y=1950 + n % 70) for n in range(size // 4)]
        if kind in ("numbers", "flattened", "lost"):
            entries = [f"{n + 1}. {entry}" for n, entry in enumerate(entries)]
        article = readers.read("a.txt", (text + "\n\nReferences\n\n" + "\n".join(entries)).encode())
        book = [
            Reference(
                f"k{n}",
                "article",
                {
                    "author": f"Author{n}, A.",
                    "year": str(1950 + n % 70),
                    "title": f"Title of work {n}",
                },
            )
            for n in range(size // 4)
        ]
        start = process_time()
        found = markers.find(article)
        markers.resolve(found, book, article.references, {})
        return process_time() - start

    assert_linear(cost, 300)
