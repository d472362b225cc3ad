"""Exemptions: what a comment says and which sentences it speaks of, in each format."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from exocite import readers
from exocite.claims.exemptions import covered, exemptions
from exocite.claims.segment import sentences
from exocite.model import Article, Claim, Exemption, Span
from tests.documents import notebook
from tests.timing import assert_linear


def claims(article: Article, *texts: str) -> list[Claim]:
    found = []
    for text in texts:
        start = article.source.index(text)
        span = Span(start, start + len(text))
        found.append(Claim(text, span, text, text, 0.9, "an example"))
    return sorted(found, key=lambda claim: claim.span)


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
        ("a.md", f"<!-- exocite: exempt reason='{A[:-1]} > all' -->\n{B}\n", [B]),
        ("a.md", f"- {A} <!-- exocite: exempt -->\n- {B}\n", [A]),
        ("a.md", f"| x |\n|---|\n| {A} <!-- exocite: exempt --> |\n| {B} |\n", [A]),
        ("a.md", f"{A}\n\nAnd so on. <!-- exocite: exempt -->\n\n{B}\n", []),
        ("a.md", f"{A} And so on. <!-- exocite: exempt -->\n\n{B}\n", []),
        ("a.md", f"{A}\n\n## Head <!-- exocite: exempt -->\n\n{B}\n", []),
        ("a.md", f"{A}\n\n<!-- exocite: exempt --> {B}\n", []),
        ("a.tex", f"{A}\n\n% exocite: exempt\n\n{B}\n\n{C}\n", [B]),
        ("a.md", f"{A}\r\n\r\n<!-- exocite: exempt -->\r\n\r\n{B}\r\n", [B]),
        ("a.html", f"<p>{A}</p><p>So. <!-- exocite: exempt --></p><p>{B}</p>", []),
        ("a.html", f"<ul><li>{A} <!-- exocite: exempt --></li><li>{B}</li></ul>", [A]),
        ("a.tex", f"{A} \\\\% exocite: exempt\n{B}\n", [A]),
        ("a.typ", f"{A} /* exocite: exempt */ {B}\n", [A]),
        ("a.wiki", f"{A}<!-- exocite: exempt --> {B}\n", [A]),
        ("a.xml", f"<article><body><p>{A}<!-- exocite: exempt --> {B}</p></body></article>", [A]),
        ("a.ipynb", notebook(("markdown", f"{A} <!-- exocite: exempt --> {B}")).decode(), [A]),
        (
            "a.ipynb",
            notebook(("markdown", f"<!-- exocite: exempt -->\n\n{A}"), ("markdown", B)).decode(),
            [A],
        ),
    ],
)
def test_what_it_speaks_of(name: str, source: str, spared: list[str]) -> None:
    article = readers.read(name, source.encode())
    every = [text for text in (A, B, C) if text in article.source]
    found = claims(article, *every)
    (one,) = exemptions(article, sentences(article))
    assert not one.problem
    assert [claim.text for claim in covered(one, found)] == spared


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("name", "source", "spared"),
    [
        ("a.md", f"- {A}\n  <!-- exocite: exempt --> and\n- {B}\n", [A]),
        ("a.md", f"{A}\n\n<!-- exocite: exempt -->\n\n{B}\n", [B]),
        ("a.tex", f"{A} % exocite: exempt\n{B}\n\n{C}\n", [A]),
        ("a.rst", f"{C}\n\n.. exocite: exempt\n\n{A} {B}\n", [A, B]),
        ("a.adoc", f"{C}\n\n// exocite: exempt\n{A} {B}\n", [A, B]),
        ("a.org", f"{C}\n\n# exocite: exempt\n{A} {B}\n", [A, B]),
    ],
)
def test_whatever_ends_a_line(name: str, source: str, spared: list[str], end: str) -> None:
    article = readers.read(name, source.replace("\n", end).encode())
    every = [text for text in (A, B, C) if text in article.source]
    (exempt,) = exemptions(article, sentences(article))
    assert [one.text for one in covered(exempt, claims(article, *every))] == spared


def read(words: str) -> Exemption:
    article = readers.read("a.md", f"{A} <!-- exocite:{words}-->\n".encode())
    (one,) = exemptions(article, sentences(article))
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
    assert exemptions(article, sentences(article)) == ()


def test_many_open_comments_are_read_in_linear_time() -> None:
    def cost(size: int) -> float:
        source = A + " <!-- exocite: exempt " * size
        article = replace(readers.read("a.md", A.encode()), source=source)
        known = sentences(article)
        start = time.process_time()
        exemptions(article, known)
        return time.process_time() - start

    assert_linear(cost, 2000)


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.md", f"{A}\n\n    <!-- exocite: exempt -->\n\n{B}\n"),
        ("a.md", f"{A}\n\n```html\n<!-- exocite: exempt -->\n```\n\n{B}\n"),
        ("a.md", f"{A} Write `<!-- exocite: exempt -->` so.\n"),
        ("a.html", f"<p>{A} &lt;!-- exocite: exempt --&gt;</p>"),
        ("a.tex", f"{A} 5 \\% exocite: exempt\n"),
        ("a.tex", f"{A} \\verb|% exocite: exempt|\n"),
        ("a.tex", f"\\begin{{verbatim}}\n% exocite: exempt\n\\end{{verbatim}}\n{A}\n"),
        ("a.typ", f"```\n// exocite: exempt\n```\n{A}\n"),
        ("a.typ", f"{A} See http://exocite: exempt\n"),
        ("a.rst", f"::\n\n    .. exocite: exempt\n\n{A}\n"),
        ("a.adoc", f"----\n// exocite: exempt\n----\n\n{A}\n"),
        ("a.org", f"#+begin_src\n# exocite: exempt\n#+end_src\n\n{A}\n"),
        ("a.wiki", f"<nowiki><!-- exocite: exempt --></nowiki> {A}\n"),
        ("a.ipynb", notebook(("code", "'<!-- exocite: exempt -->'"), ("markdown", A)).decode()),
    ],
)
def test_what_a_reader_sees_is_no_comment(name: str, source: str) -> None:
    article = readers.read(name, source.encode())
    assert exemptions(article, sentences(article)) == ()


def test_within_a_sentence() -> None:
    article = readers.read("a.tex", b"Water\n% exocite: exempt\nis wet. Skin ages.\n")
    (one,) = exemptions(article, sentences(article))
    assert one.covers is not None
    assert article.source[one.covers.start : one.covers.end].endswith("is wet.")
