"""What an article held, to bytes and back; whatever else stands there is refused."""

from __future__ import annotations

import json
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
from exocite.model import Article, Citation, Reference
from exocite.project.held import Claims, Held, from_bytes, keys_of, to_bytes

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


def resolved(article: Article, found: Sequence[Citation]) -> tuple[Citation, ...]:
    listed = citations.match_listed(article.references, REFERENCES)
    return citations.resolve(found, REFERENCES, article.references, listed)


def held(text: str, path: str = "a.md") -> tuple[Held, tuple[Citation, ...]]:
    article = readers.read(path, text.encode())
    found = citations.find(article)
    marks = resolved(article, found)
    sentences = segment.sentences(article)
    claims = detect.claims(article, sentences, marks, MODEL)
    claims = covering.covered(article, sentences, marks, claims)
    exempt = exemptions(article, sentences)
    return Held(article, found, Claims(keys_of(marks), None, len(sentences), claims, exempt)), marks


@pytest.mark.parametrize("path", ["a.md", "a.txt", "a.html", "a.tex", "a.rst"])
def test_it_comes_back_as_it_was(path: str) -> None:
    kept, marks = held(TEXT, path)
    assert from_bytes(to_bytes(kept, marks), path, resolved) == kept


def test_places_come_back() -> None:
    cells = [{"cell_type": "markdown", "source": text} for text in ("# One", "Sleep helps.")]
    book = json.dumps({"cells": cells, "nbformat": 4, "metadata": {}})
    kept, marks = held(book, "a.ipynb")
    assert kept.article.places
    assert from_bytes(to_bytes(kept, marks), "a.ipynb", resolved) == kept


@settings(max_examples=60, deadline=None)
@given(st.lists(FRAGMENTS, min_size=1, max_size=30).map("".join).filter(str.strip))
def test_any_article_comes_back(text: str) -> None:
    kept, marks = held(text)
    assert from_bytes(to_bytes(kept, marks), "a.md", resolved) == kept


def test_it_is_told_under_the_path_that_is_asked_for() -> None:
    kept, marks = held(TEXT)
    again = from_bytes(to_bytes(kept, marks), "b/other.md", resolved)
    assert again is not None
    assert again.article.path == "b/other.md"


def test_claims_of_other_citekeys_are_left_out() -> None:
    kept, marks = held(TEXT)
    again = from_bytes(to_bytes(kept, marks), "a.md", lambda _article, found: found)
    assert again == Held(kept.article, kept.found, None)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_bytes_are_refused(data: st.DataObject) -> None:
    kept, marks = held(TEXT)
    good = to_bytes(kept, marks)
    at = data.draw(st.integers(0, len(good) - 1))
    changed = data.draw(st.integers(0, 255).filter(lambda byte: byte != good[at]))
    assert from_bytes(good[:at] + bytes([changed]) + good[at + 1 :], "a.md", resolved) is None
    assert from_bytes(good[:at], "a.md", resolved) is None


def test_what_utf_8_cannot_hold_is_not_kept() -> None:
    kept, marks = held("Sleep helps.")
    lone = Held(replace(kept.article, source="\ud800"), kept.found)
    with pytest.raises(ValueError, match="surrogates"):
        to_bytes(lone, marks)


def signed(value: Any) -> bytes:
    body = json.dumps(value).encode()
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
    "a block before the start": put("blocks", 3, 0, to=-1),
    "a place that is no number": put("blocks", 3, 0, to=1.0),
    "a place that is a truth value": put("blocks", 3, 0, to=True),
    "too many runs": put("blocks", 6, 0, to=10**6),
    "a text without runs": put("blocks", 6, 0, to=0),
    "a column too few": put("blocks", to=[[]]),
    "columns of two lengths": put("blocks", 5, to=[0]),
    "a column that is none": put("blocks", 5, to="0"),
    "a number of no text": put("blocks", 1, 0, to=10**6),
    "citations that are none": put("found", to=7),
    "a citation of nothing": put("found", 0, 3, 0, to=0),
    "items of nothing": put("own", 1, to=[[0] * 9, [0] * 9, [1] * 9, [0] * 9]),
    "no such reference list": put("references", to={"a": 1}),
    "places out of order": put("places", to=[[5, 0], [0, 0]]),
    "a sentence count that is none": put("claims", "sentences", to="7"),
    "a threshold that is none": put("claims", "threshold", to=[]),
    "a score that is no number": put("claims", "claims", 9, 0, to="1"),
    "a score beyond 1": put("claims", "claims", 9, 0, to=1.5),
    "a score that is not a number": put("claims", "claims", 9, 0, to=float("nan")),
    "a citation of a claim that is not there": put("claims", "cited", 1, 0, to=99),
    "a citation counted from the end": put("claims", "cited", 1, 0, to=-1),
    "a citation of no claim": put("claims", "cited", 0, 0, to=99),
    "a citation of a claim counted from the end": put("claims", "cited", 0, 0, to=-1),
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
    kept, marks = held(TEXT)
    value = json.loads(to_bytes(kept, marks).partition(b"\n")[2])
    assert from_bytes(signed(value), "a.md", resolved) == kept
    change(value)
    assert from_bytes(signed(value), "a.md", resolved) is None


@pytest.mark.parametrize(
    "body", [b"", b"null", b"[]", b"7", b"{}", b"[" * 100_000, b"\xff", b'{"source": "a"}']
)
def test_other_json_is_refused(body: bytes) -> None:
    data = sha256(body).hexdigest().encode() + b"\n" + body
    assert from_bytes(data, "a.md", resolved) is None
