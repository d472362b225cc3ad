"""Hostile texts: no hang, no traceback, exact positions; twice the text takes twice the time."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from exocite import readers
from exocite.claims import citations
from exocite.model import Article, BlockKind
from tests.timing import assert_linear

# Repeated, each of these once made some parser quadratic.
MARKDOWN = (
    "[", "![", "[a](", "[a](b '", "[a]: b\n", "[^a]", "*a ", "*a _b ", "`a", "$a ", "$$", "<a ",
    '<a b="', "x <!-- ", "\\", "\\begin{a}", "&a", "{{", "^1^", "~", "> ", "- ", "[@a; ", "[@a] ",
    "@a:", "|a", ":::\n", "```\n", "word\n", "[a][b]", "</b>",
)  # fmt: skip
HTML = (
    "<div>", "<p>a", "<b>a", "<b><p>a", "<a ", "<!--", "<", "</", "<![", "<?", '<a b="x ', "&a",
    "<script>", "</p>", "a<sup>1</sup>", "<code>", "a<br>", "<ul><li>a", "<table><tr><td>a",
    "<article>a", "&#1", "<a b='>' ",
)  # fmt: skip
PLAIN = (
    "(2020) ", "Smith (2020) ", "Smith, ", "[1] ", "1,", "word1 ", "10.1000/a ", "http://a.b/ ",
    "- a\n", "1. a\n", "Sources\n\n", "(Smith, 2020; ", "A B C ", "a.", "a@b.c ", "et al. ",
    "\u00a0", "By A ", "(", "[1] (", "\u202e", "😀 ", "References\n\nSmith J. Skin. 2020.\n\n",
)  # fmt: skip
CASES = [
    *(("a.md", piece) for piece in MARKDOWN),
    *(("a.html", piece) for piece in HTML),
    *(("a.txt", piece) for piece in PLAIN),
]
_SIZE = 6_000


def _seconds(name: str, text: str, exact: Callable[[Article], None]) -> float:
    begun = time.process_time()
    article = readers.reader_for(name).read(text, name, "utf-8")
    citations.find(article)
    spent = time.process_time() - begun
    exact(article)
    return spent


@pytest.mark.parametrize(("name", "piece"), CASES, ids=repr)
def test_time_grows_with_the_text_alone(
    name: str, piece: str, exact: Callable[[Article], None]
) -> None:
    def cost(size: int) -> float:
        return _seconds(name, "x " + piece * (size // len(piece)), exact)

    assert_linear(cost, _SIZE, 4)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", ">" * 10_000 + " deep\n\nafter [@x]"),
        ("a.md", "- " * 10_000 + "deep\n\n\nafter [@x]"),
        ("a.md", "[" * 10_000 + "]" * 10_000 + "\n\nafter [@x]"),
        ("a.md", "(" * 10_000 + "2020" + ")" * 10_000 + "\n\nafter [@x]"),
        ("a.md", "*" * 10_000 + "a" + "*" * 10_000 + "\n\nafter [@x]"),
        ("a.html", "<blockquote>" * 10_000 + "deep</blockquote>" * 10_000 + "<p>after [1]"),
        ("a.html", "<ul><li>" * 10_000 + "</ul>" * 10_000 + "<p>after [1]"),
    ],
)
def test_ten_thousand_deep(name: str, text: str, exact: Callable[[Article], None]) -> None:
    article = readers.read(name, text.encode())
    exact(article)
    assert article.blocks[-1].text.startswith("after")
    assert len(citations.find(article)) == 1


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.html"])
def test_strange_characters_keep_their_places(name: str, exact: Callable[[Article], None]) -> None:
    text = "Skin \u202eשלום\u202c 😀 a\u0301 \u2028 \u0085 \x0b \x1b[31m \ufffd (Ku, 2023) [1]"
    article = readers.read(name, text.encode())
    exact(article)
    found = citations.find(article)
    assert [article.source[c.span.start : c.span.end] for c in found] == ["(Ku, 2023)", "[1]"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.html"])
def test_ten_megabytes_on_one_line(name: str) -> None:
    line = "Skin ages as cells divide less often than before, and so on. " * 164_000
    article = readers.read(name, (line + "It ages [1].").encode())
    assert [block.kind for block in article.blocks] == [BlockKind.PARAGRAPH]
    (citation,) = citations.find(article)
    assert citation.span.end == len(article.source) - 1
