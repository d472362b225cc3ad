"""What an article held, to bytes and back; whatever else stands there is refused."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exocite import readers, weights
from exocite.claims import citations, covering, detect, segment
from exocite.claims.exemptions import exemptions
from exocite.model import Article, Citation, CitationKind, Reference
from exocite.project.held import Claims, Held, Resolved, from_bytes, keys_of, to_bytes

MODEL = weights.claim_model()
REFERENCES = (
    Reference("ku", "article", {"author": "Ku, Y.", "title": "Skin and sleep", "year": "2023"}),
    Reference("lo", "book", {"author": "Lo, B.", "title": "Sleep", "doi": "10.5555/7"}),
)
TEXT = """# Sleep

Sleep reduces risk by 12 % in adults [@ku, p. 3; @lo]. It *helps* &amp; heals.[^1]

<!-- exocite: exempt reason="common" until=2027-01-02 -->
Caffeine delays sleep in 30 % of adults, as Ku (2023) found.

The signs are [@ku]:

- 40 % of adults sleep badly
- 10 % wake early @nobody

[^1]: See https://doi.org/10.5555/7.

## References

1. Ku Y. Skin and sleep. 2023.
"""

FRAGMENTS = st.sampled_from(
    [
        "Sleep reduces risk by 12 % in adults",
        " [@ku]",
        " [@lo, p. 4; @ku]",
        " [1]",
        ". ",
        "\n\n",
        "\r\n",
        "- ",
        "# Head ",
        "&amp;",
        "*bold*",
        "@someone",
        "(Ku, 2023)",
        " é 漢字 😀 \u202e\x1b[31m",
        "<!-- exocite: exempt -->",
        "[^1]: note",
    ]
)


class Library:
    """A bibliography that counts how often it is asked."""

    def __init__(self, references: Sequence[Reference] = REFERENCES, hash_: str = "as it was"):
        self.references = references
        self.hash = hash_
        self.asked = 0

    def resolve(self, article: Article, found: tuple[Citation, ...]) -> tuple[Citation, ...]:
        self.asked += 1
        listed = citations.match_listed(article.references, self.references)
        return citations.resolve(found, self.references, article.references, listed)


LIBRARY = Library()
OTHER = "another"


def read(text: str, path: str = "a.md") -> Resolved:
    article = readers.read(path, text.encode())
    found = citations.find(article)
    marks = LIBRARY.resolve(article, found)
    sentences = segment.sentences(article)
    claims = detect.claims(article, sentences, marks, MODEL)
    claims = covering.covered(article, sentences, marks, claims)
    exempt = exemptions(article, sentences)
    known = Claims(keys_of(marks), LIBRARY.hash, None, len(sentences), claims, exempt)
    return Resolved(Held(article, found, known), marks)


@pytest.mark.parametrize("path", ["a.md", "a.txt", "a.html", "a.tex", "a.rst"])
def test_it_comes_back_as_it_was(path: str) -> None:
    kept = read(TEXT, path)
    assert from_bytes(to_bytes(kept), path, LIBRARY) == kept


def test_places_come_back() -> None:
    cells = [{"cell_type": "markdown", "source": text} for text in ("# One", "Sleep helps.")]
    book = json.dumps({"cells": cells, "nbformat": 4, "metadata": {}})
    kept = read(book, "a.ipynb")
    assert kept.held.article.places
    assert from_bytes(to_bytes(kept), "a.ipynb", LIBRARY) == kept


@settings(max_examples=60, deadline=None)
@given(st.lists(FRAGMENTS, min_size=1, max_size=30).map("".join).filter(str.strip))
def test_any_article_comes_back(text: str) -> None:
    kept = read(text)
    data = to_bytes(kept)
    assert from_bytes(data, "a.md", LIBRARY) == kept
    again = from_bytes(data, "a.md", Library(hash_=OTHER))
    assert again is not None
    assert again.held.claims is not None
    assert again.held.claims.bibliography == OTHER
    assert again.citations == kept.citations


def test_it_is_told_under_the_path_that_is_asked_for() -> None:
    again = from_bytes(to_bytes(read(TEXT)), "b/other.md", LIBRARY)
    assert again is not None
    assert again.held.article.path == "b/other.md"


def test_the_same_bibliography_resolves_nothing_again() -> None:
    same, other = Library(), Library(hash_=OTHER)
    data = to_bytes(read(TEXT))
    assert from_bytes(data, "a.md", same) is not None
    assert from_bytes(data, "a.md", other) is not None
    assert (same.asked, other.asked) == (0, 1)


def test_two_citations_at_one_place_are_resolved_again() -> None:
    kept = read(TEXT)
    first, *rest = kept.held.found
    twice = (Citation(CitationKind.PANDOC, first.span, first.items), first, *rest)
    library = Library()
    data = to_bytes(Resolved(replace(kept.held, found=twice), kept.citations))
    again = from_bytes(data, "a.md", library)
    assert again is not None
    assert (library.asked, again.held.found) == (1, twice)


def test_claims_of_other_citekeys_are_left_out() -> None:
    kept, other = read(TEXT), Library(REFERENCES[1:], OTHER)
    again = from_bytes(to_bytes(kept), "a.md", other)
    bare = Held(kept.held.article, kept.held.found, None)
    assert again == Resolved(bare, other.resolve(bare.article, bare.found))
    assert again.citations != kept.citations


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_bytes_are_refused(data: st.DataObject) -> None:
    good = to_bytes(read(TEXT))
    at = data.draw(st.integers(0, len(good) - 1))
    changed = data.draw(st.integers(0, 255).filter(lambda byte: byte != good[at]))
    assert from_bytes(good[:at] + bytes([changed]) + good[at + 1 :], "a.md", LIBRARY) is None
    assert from_bytes(good[:at], "a.md", LIBRARY) is None


def test_what_utf_8_cannot_hold_is_not_kept() -> None:
    kept = read("Sleep helps.")
    lone = Held(replace(kept.held.article, source="\ud800"), kept.held.found)
    with pytest.raises(ValueError, match="surrogates"):
        to_bytes(Resolved(lone, kept.citations))


TABLES: tuple[tuple[str | int, ...], ...] = (
    *(("blocks",), ("runs",), ("references",), ("places",)),
    *(("own", 0), ("own", 1), ("found", 0), ("found", 1)),
    *(("claims", "claims"), ("claims", "cited")),
)


def at(value: Any, path: Sequence[str | int]) -> Any:
    for step in path:
        value = value[step]
    return value


def opened(data: bytes) -> Any:
    """What was kept, each column with its numbers in their place."""
    _, told, packed = data.split(b"\n", 2)
    numbers = struct.unpack(f"<{len(packed) // 4}I", packed)
    value = json.loads(told)
    for path in TABLES:
        table = at(value, path)
        table[:] = [list(numbers[begin:end]) for begin, end in table]
    return value


def closed(value: Any) -> bytes:
    """The bytes of what `opened` gave; a column that holds no numbers stays as it is."""
    numbers: list[int] = []
    for path in TABLES:
        table = at(value, path)
        for place, column in enumerate(table if isinstance(table, list) else ()):
            if isinstance(column, list):
                table[place] = [len(numbers), len(numbers) + len(column)]
                numbers += column
    return signed(json.dumps(value).encode() + b"\n" + struct.pack(f"<{len(numbers)}I", *numbers))


def signed(body: bytes) -> bytes:
    return sha256(body).hexdigest().encode() + b"\n" + body


def put(*path: str | int, to: Any) -> Callable[[Any], None]:
    def change(value: Any) -> None:
        for step in path[:-1]:
            value = value[step]
        value[path[-1]] = to

    return change


HOSTILE = {
    "no texts": put("texts", to=None),
    "a text that is none": put("texts", 0, to=7),
    "a lone surrogate": put("texts", 0, to="\ud83d"),
    "a source that is none": put("source", to=[1]),
    "a short source": put("source", to="x"),
    "a format that is none": put("format", to={}),
    "no such kind of block": put("blocks", 0, 0, to=1),
    "a block beyond the end": put("blocks", 4, 0, to=10**9),
    "too many runs": put("blocks", 6, 0, to=10**6),
    "a text without runs": put("blocks", 6, 0, to=0),
    "a column too few": put("blocks", to=[[]]),
    "columns of two lengths": put("blocks", 5, to=[0]),
    "a column that is none": put("blocks", 5, to="0"),
    "a number of no text": put("blocks", 1, 0, to=10**6),
    "citations that are none": put("found", 0, to=7),
    "a citation of nothing": put("found", 0, 3, 0, to=0),
    "items of nothing": put("own", 1, to=[[0] * 9, [0] * 9, [1] * 9, [0] * 9]),
    "no such reference list": put("references", to={"a": 1}),
    "places out of order": put("places", to=[[5, 0], [0, 0]]),
    "a sentence count that is none": put("claims", "sentences", to="7"),
    "a threshold that is none": put("claims", "threshold", to=[]),
    "a score that is no number": put("claims", "scores", 0, to="1"),
    "a score beyond 1": put("claims", "scores", 0, to=1.5),
    "a score that is not a number": put("claims", "scores", 0, to=float("nan")),
    "a score too few": put("claims", "scores", to=[0.5]),
    "a key that is none": put("claims", "keys", 0, 2, 0, to=[7]),
    "keys of another place": put("claims", "keys", 0, 1, to=3),
    "keys of one item too few": put("claims", "keys", 0, 2, to=[["ku"]]),
    "keys of one item too many": put("claims", "keys", 0, 2, to=[["ku"], ["lo"], []]),
    "no keys": put("claims", "keys", to=None),
    "a citation of a claim that is not there": put("claims", "cited", 1, 0, to=99),
    "a citation of no claim": put("claims", "cited", 0, 0, to=99),
    "a marker behind the end": put("claims", "cited", 2, 0, to=10**9),
    "more places than citations": put("claims", "cited", 2, to=[1] * 9),
    "no citations of claims": put("claims", "cited", to=None),
    "no such reach": put("claims", "covers", to=[[0, "world", [0]]]),
    "a reach that is none": put("claims", "covers", to=[[0, [], [0]]]),
    "a cover of nothing": put("claims", "covers", to=[[0, "list", []]]),
    "a cover of no claim": put("claims", "covers", to=[[99, "list", [0]]]),
    "a cover of a claim that is no number": put("claims", "covers", to=[[True, "list", [0]]]),
    "a cover that is none": put("claims", "covers", to=[7]),
    "no covers": put("claims", "covers", to=None),
    "an exemption that is none": put("claims", "exemptions", 0, to=[]),
    "an exemption of everything": put("claims", "exemptions", 0, 1, to=10**9),
    "an exemption by nobody": put("claims", "exemptions", 0, 5, to=3),
    "a code that is none": put("claims", "exemptions", 0, 3, to=[1]),
    "no exemptions": put("claims", "exemptions", to=None),
    "no claims": put("claims", "claims", to=None),
}


@pytest.mark.parametrize("change", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_does_not_fit_is_refused(change: Callable[[Any], None]) -> None:
    kept = read(TEXT)
    assert from_bytes(closed(opened(to_bytes(kept))), "a.md", LIBRARY) == kept
    value = opened(to_bytes(kept))
    change(value)
    assert from_bytes(closed(value), "a.md", LIBRARY) is None


@pytest.mark.parametrize(
    "ends", [[0, 10**6], [-1, 2], [0], [0, 1, 2], [2, 1], [0, 1.0], [False, True], "01", None, 7]
)
def test_a_column_of_no_such_numbers_is_refused(ends: Any) -> None:
    _, told, numbers = to_bytes(read(TEXT)).split(b"\n", 2)
    value = json.loads(told)
    value["blocks"][0] = ends
    assert from_bytes(signed(json.dumps(value).encode() + b"\n" + numbers), "a.md", LIBRARY) is None


def test_half_a_number_is_refused() -> None:
    _, body = to_bytes(read(TEXT)).split(b"\n", 1)
    assert from_bytes(signed(body + b"\0"), "a.md", LIBRARY) is None


@pytest.mark.parametrize(
    "body", [b"", b"null", b"[]", b"7", b"{}", b"[" * 100_000, b"\xff", b'{"source": "a"}']
)
def test_other_json_is_refused(body: bytes) -> None:
    assert from_bytes(signed(body), "a.md", LIBRARY) is None
