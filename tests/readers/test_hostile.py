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
LATEX = (
    "{", "}", "$", "$$", "${", "%", "\\", "\\begin{a}", "\\begin{equation}", "\\begin{verbatim}",
    "\\begin{figure}", "\\begin{itemize}\\item ", "\\cite{", "\\cite[", "\\cite{a} ",
    "\\cites{a}", "\\newcommand{\\a}{\\a\\a}\\a ", "\\newcommand{\\a}[1]{#1#1}\\a{\\a{",
    "\\def\\a{", "\\footnote{", "\\section{", "\\verb|", "\\iffalse ", "\\[", "\\(", "\\url{",
    "\\item[", "\\foo[", "\\'", "\\SI[", "\\bibitem{a} ", "\\input{a} ", "    ",
)  # fmt: skip
RST = (
    "`a", "``a ", "*a ", "**", "|a ", "_`", "a_ ", "[a]_", "[1]_ ", ":a:`", ":cite:`{", "\\",
    "`a <b>`_ ", ".. [#] a\n", ".. note::\n\n  ", ".. a\n", "- ", "- a\n  ", "a\n=\n", "| a\n",
    ":a: ", "a::\n\n", "+-+\n", "== ==\n", ">>> a\n", "a\n  b\n", "   - a\n", ".. _a: b\n",
    "[1]_ .. [1] a",
)  # fmt: skip
ASCIIDOC = (
    "`a", "``", "*a ", "#a", "^a", "~", "+a ", "$$", "[[", "<<a", "((", "{a}", "cite:[", "cite:a[",
    "cite:[a]+", "cite:[a(", "footnote:[", "footnote:[a] ", "http://a[", "link:a[", "\\", "* a\n",
    "a:: b\n", "* a\n+\n", "----\n", "====\n", "--\n", "|===\n", "|a |b\n", "[quote]\n", ":a: b\n",
    "* [[[a]]] b\n", " a\n", "a\n---\n", "\"`a",
)  # fmt: skip
ORG = (
    "*a ", "/", "=a", "$", "\\(", "\\a{", "[fn:", "[fn::a] ", "[fn:1] a\n", "[[", "[[a][",
    "[cite:@", "cite:a,", "@@a:", "{{{", "<<", "a_{", "\\begin{a}\n", "\\cite{", "* a\n",
    "* COMMENT a\n", "- a\n", "- a :: b\n", "#+begin_quote\n", "#+begin_a\n", ":a:\n", "| a\n",
    "#+title: a\n", "* a :x:\n",
)  # fmt: skip
WIKITEXT = (
    "{{", "[[", "<ref>", "<ref>a", "<ref name=", "<ref name=a/>", "<ref>Ku, p. 3</ref>",
    "{{sfn|A|2000}}",
    "{{r|", "{{a|", "[[a|", "}}", "]]", "[http://a.b ", "''", "==a==\n", "#*a\n", "<!--",
    "<nowiki>",
    "{{cite web|title=", "{{efn|", "{{quote|", "[[File:a|thumb|", "<a ", "{|\n|", "|}\n",
    "<references>",
    "{{nowrap|a|", "* {{cite book|last=Ku|year=2000}}\n", "=a<!---->", "</ref>", "\n",
)  # fmt: skip
TYPST = (
    "#", "[", "]", "@a", "@a[", "@a[b]", "#a(", "#a[", "`", "```a", "$", "/*", "\\", "*",
    "#cite(<a>)", "#cite(",
    "#let ", '#a("', "= a\n", "- a\n", "#{", "#footnote[", "#figure(caption: [",
    "#table([a],[b])", "#a(b(",
    "#show: a.with(title: [", "<a>", "//",
)  # fmt: skip
JATS = (
    "<p>", "<p>a</p>", "<", "<a ", "<a b=\"", "<!--", "<![CDATA[", "<?", "<!D", "<!D[", "&#1",
    "<sup>",
    "<xref ref-type='bibr' rid='b'>", "<xref ref-type='bibr' rid='b'>1</xref>-", "<ref>a</ref>",
    "</p>",
    "<sec>", "<title>", "<tr><td>a", "<inline-formula>", "<label>", "<fig><label>a</label>", "<!D'",
    "<ref><element-citation><surname>a</surname>",
)  # fmt: skip
OPENING = {"a.xml": "<article><front/><body>"}
CASES = [
    *(("a.wiki", piece) for piece in WIKITEXT),
    *(("a.typ", piece) for piece in TYPST),
    *(("a.xml", piece) for piece in JATS),
    *(("a.md", piece) for piece in MARKDOWN),
    *(("a.html", piece) for piece in HTML),
    *(("a.txt", piece) for piece in PLAIN),
    *(("a.tex", piece) for piece in LATEX),
    *(("a.rst", piece) for piece in RST),
    *(("a.adoc", piece) for piece in ASCIIDOC),
    *(("a.org", piece) for piece in ORG),
]
_SIZE = 3_000
_FLOOR = 0.01
"""Seconds of CPU below which a time is noise: with it 12,000 characters may cost 60 ms."""
_TEXTS = (
    "a.md",
    "a.txt",
    "a.html",
    "a.tex",
    "a.rst",
    "a.adoc",
    "a.org",
    "a.wiki",
    "a.typ",
    "a.xml",
)


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
        return _seconds(name, OPENING.get(name, "x ") + piece * (size // len(piece)), exact)

    assert_linear(cost, _SIZE, 4, floor=_FLOOR)


@pytest.mark.parametrize(
    ("name", "sign"),
    [("a.md", "word^{}^ "), ("a.html", "word<sup>{}</sup> "), ("a.txt", "a [{}] ")],
)
def test_time_grows_with_the_numbers_alone(
    name: str, sign: str, exact: Callable[[Article], None]
) -> None:
    """Markers that count 1, 2, 3 through the text, none of them like another."""

    def cost(count: int) -> float:
        return _seconds(name, "".join(sign.format(n % 999 + 1) for n in range(count)), exact)

    assert_linear(cost, 250, 4, floor=_FLOOR)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", ">" * 10_000 + " deep\n\nafter [@x]"),
        ("a.md", "- " * 10_000 + "deep\n\n\nafter [@x]"),
        ("a.md", "[" * 10_000 + "]" * 10_000 + "\n\nafter [@x]"),
        ("a.md", "(" * 10_000 + "2020" + ")" * 10_000 + "\n\nafter [@x]"),
        ("a.md", "*" * 10_000 + "a" + "*" * 10_000 + "\n\nafter [@x]"),
        ("a.tex", "{" * 10_000 + "}" * 10_000 + "\n\nafter \\cite{x}"),
        ("a.tex", "\\footnote{" * 10_000 + "}" * 10_000 + "\n\nafter \\cite{x}"),
        ("a.tex", "\\begin{quote}" * 10_000 + "\\end{quote}" * 10_000 + "after \\cite{x}"),
        ("a.rst", "- " * 10_000 + "deep\n\nafter [x]_"),
        ("a.rst", "\n".join(" " * n + "a" for n in range(300)) + "\n\nafter [x]_"),
        ("a.adoc", "footnote:[" * 10_000 + "]" * 10_000 + "\n\nafter cite:[x]"),
        ("a.adoc", "====\n=====\n" * 5_000 + "\nafter cite:[x]"),
        ("a.org", "[fn::" * 10_000 + "]" * 10_000 + "\n\nafter [cite:@x]"),
        ("a.org", "#+begin_a\n" * 5_000 + "#+end_a\n" * 5_000 + "after [cite:@x]"),
        ("a.wiki", "{{efn|" * 10_000 + "}}" * 10_000 + "\n\nafter <ref>x</ref>"),
        ("a.wiki", "{{a|" * 10_000 + "}}" * 9_999 + "\n\nafter <ref>x</ref>"),
        ("a.wiki", "[[a|" * 10_000 + "]]" * 10_000 + "\n\nafter <ref>x</ref>"),
        ("a.typ", "#a[" * 10_000 + "]" * 10_000 + "\n\nafter @x"),
        ("a.typ", "#a(" * 10_000 + ")" * 10_000 + "\n\nafter @x"),
        ("a.typ", "@a[" * 10_000 + "]" * 10_000 + "\n\n= b\nafter"),
        (
            "a.xml",
            "<article><body>"
            + "<sec>" * 10_000
            + "</sec>" * 10_000
            + "<p>after <xref ref-type='bibr' rid='x'>1</xref></p>",
        ),
        ("a.html", "<blockquote>" * 10_000 + "deep</blockquote>" * 10_000 + "<p>after [1]"),
        ("a.html", "<ul><li>" * 10_000 + "</ul>" * 10_000 + "<p>after [1]"),
    ],
)
def test_ten_thousand_deep(name: str, text: str, exact: Callable[[Article], None]) -> None:
    article = readers.read(name, text.encode())
    exact(article)
    assert article.blocks[-1].text.startswith("after")
    assert len(citations.find(article)) == 1


@pytest.mark.parametrize("name", _TEXTS)
def test_strange_characters_keep_their_places(name: str, exact: Callable[[Article], None]) -> None:
    text = "Skin \u202eשלום\u202c 😀 a\u0301 \u2028 \u0085 \x0b \x1b[31m \ufffd (Ku, 2023) [1]"
    article = readers.read(name, (OPENING.get(name, "") + text).encode())
    exact(article)
    found = citations.find(article)
    assert [article.source[c.span.start : c.span.end] for c in found] == ["(Ku, 2023)", "[1]"]


@pytest.mark.slow
@pytest.mark.parametrize("name", _TEXTS)
def test_ten_megabytes_on_one_line(name: str) -> None:
    line = "Skin ages as cells divide less often than before, and so on. " * 164_000
    article = readers.read(name, (OPENING.get(name, "") + line + "It ages [1].").encode())
    assert [block.kind for block in article.blocks] == [BlockKind.PARAGRAPH]
    (citation,) = citations.find(article)
    assert citation.span.end == len(article.source) - 1


@pytest.mark.parametrize(
    ("name", "definition", "use"),
    [
        ("a.adoc", ":a: {}\n\n", "{a} "),
        ("a.rst", ".. |a| replace:: {}\n\n", "|a| "),
        ("a.org", "#+macro: a {}\n\n", "{{{a}}} "),
        ("a.typ", "#let a = [{}]\n\n", "#a "),
    ],
)
def test_names_stand_for_no_more_than_twice_the_text(name: str, definition: str, use: str) -> None:
    text = definition.replace("{}", "word " * 150 + "end") + f"Skin {use * 2000} ages."
    (*_, block) = readers.read(name, text.encode()).blocks
    assert 20_000 < len(block.text) < 3 * len(text) + 20_000
    assert block.text.split()[-2:] == [use.strip(), "ages."]


def test_headings_that_head_no_list_are_tried_in_linear_time() -> None:
    def cost(size: int) -> float:
        page = "<p>Notes</p><li>a</li>" * (size // 10)
        begun = time.process_time()
        readers.read("a.html", page.encode())
        return time.process_time() - begun

    assert_linear(cost, 5_000, 4, floor=_FLOOR)
