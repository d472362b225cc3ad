"""Exemptions: what a comment says and which sentences it speaks of, in each format."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from exocite import readers
from exocite.claims.exemptions import covered, exemptions
from exocite.model import Article, Claim, Exemption
from tests.timing import assert_linear


def claims(article: Article, *sentences: str) -> list[Claim]:
    found = []
    for sentence in sentences:
        start = article.source.index(sentence)
        span = type(article.blocks[0].span)(start, start + len(sentence))
        found.append(Claim(sentence, span, sentence, sentence, 0.9, "an example"))
    return found


A, B, C = "Water is wet.", "Skin ages in the sun.", "Retinol works."


@pytest.mark.parametrize(
    ("name", "source", "spared"),
    [
        ("a.md", f"{A} <!-- exocite: exempt --> {B}\n", [A]),
        ("a.md", f"{A} {B} <!-- exocite: exempt -->\n\n{C}\n", [B]),
        ("a.md", f"<!-- exocite: exempt -->\n\n{A} {B}\n\n{C}\n", [A, B]),
        ("a.md", f"{C}\n\n<!-- exocite:\n  exempt\n-->\n\n{A}\n", [A]),
        ("a.html", f"<p>{A} <!-- exocite: exempt -->{B}</p><p>{C}</p>", [A]),
        ("a.tex", f"{A} % exocite: exempt\n{B}\n\n{C}\n", [A]),
        ("a.tex", f"{C}\n\n% exocite: exempt\n{A} {B}\n", [A, B]),
        ("a.rst", f"{C}\n\n.. exocite: exempt\n\n{A} {B}\n", [A, B]),
        ("a.adoc", f"{C}\n\n// exocite: exempt\n{A} {B}\n", [A, B]),
        ("a.org", f"{C}\n\n# exocite: exempt\n{A} {B}\n", [A, B]),
        ("a.typ", f"{A} // exocite: exempt\n{B}\n\n{C}\n", [A]),
        ("a.md", f"{A}\n\n<!-- exocite: exempt -->\n", []),
    ],
)
def test_what_it_speaks_of(name: str, source: str, spared: list[str]) -> None:
    article = readers.read(name, source.encode())
    every = [text for text in (A, B, C) if text in source]
    found = sorted(claims(article, *every), key=lambda claim: claim.span.start)
    (one,) = exemptions(article, found)
    assert not one.problem
    assert [claim.text for claim in covered(one, found)] == spared


def read(words: str) -> Exemption:
    article = readers.read("a.md", f"{A} <!-- exocite:{words}-->\n".encode())
    (one,) = exemptions(article, claims(article, A))
    return one


def test_all_fields() -> None:
    one = read(' exempt EXO101, EXO4 reason="it is: known" by=ada until=2027-06-30 ')
    assert (one.codes, one.reason, one.by, one.until) == (
        ("EXO101", "EXO4"),
        "it is: known",
        "ada",
        "2027-06-30",
    )
    assert one.holds("2027-06-30")
    assert not one.holds("2027-07-01")


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (" ", "does not say `exempt`"),
        (" ignore", "does not say `exempt`"),
        (" exempt because", "'because' is not of the form"),
        (" exempt why=x", "why is none of reason, by, until"),
        (" exempt until=soon", "until=soon is no date"),
        (" exempt until=2027-02-30", "is no date"),
    ],
)
def test_what_cannot_be_read_exempts_nothing(words: str, problem: str) -> None:
    one = read(words)
    assert problem in one.problem
    assert one.covers is None
    assert not one.holds("2026-01-01")


def test_plain_text_has_none() -> None:
    article = readers.read("a.txt", f"{A} <!-- exocite: exempt -->\n".encode())
    assert exemptions(article, claims(article, A)) == ()


def test_many_open_comments_are_read_in_linear_time() -> None:
    def cost(size: int) -> float:
        source = A + " <!-- exocite: exempt " * size
        article = replace(readers.read("a.md", A.encode()), source=source)
        known = claims(article, A)
        start = time.process_time()
        exemptions(article, known)
        return time.process_time() - start

    assert_linear(cost, 2000)
