r"""LaTeX's citations: commands, keys, locators, macros; every span exact."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from exocite import readers
from exocite.claims import citations
from exocite.claims.segment import sentences
from exocite.model import Article, CitationKind
from exocite.readers.latex.includes import included

Found = list[tuple[str, list[tuple[str, str]]]]


def read(text: str) -> Article:
    return readers.read("a.tex", text.encode())


def found(text: str) -> Found:
    """Each citation as written, with its keys and locators."""
    article = read(text)
    return [
        (
            article.source[one.span.start : one.span.end],
            [(item.label, item.locator) for item in one.items],
        )
        for one in citations.find(article)
    ]


@pytest.mark.parametrize(
    "command",
    """cite citep citet citealt citealp citeauthor citeyear citeyearpar citenum onlinecite Citet
    Citep parencite textcite autocite footcite smartcite supercite fullcite footfullcite citetitle
    Parencite Textcite Autocite cite* citet* citep* parencite* autocite* citetitle* citeA citeNP
    shortcite fullciteA citealp* Citealt citeasnoun citen citetalias notecite
    footcitetext""".split(),
)
def test_every_command_of_the_families(command: str) -> None:
    written = f"\\{command}[see][p.~3]{{ku, lee}}"
    assert found(f"Skin ages {written}.") == [(written, [("ku", ""), ("lee", "p. 3")])]


@pytest.mark.parametrize(
    ("written", "items"),
    [
        (r"\cite{a}", [("a", "")]),
        (r"\cite{ a ,b,, c }", [("a", ""), ("b", ""), ("c", "")]),
        ("\\citep{a,\n    b}", [("a", ""), ("b", "")]),
        ("\\citep{a, % why\n b}", [("a", ""), ("b", "")]),
        ("\\citep%\n  {a}", [("a", "")]),
        ("\\citep [p. 3] {a}", [("a", "p. 3")]),
        (r"\citep[e.g.,][]{a}", [("a", "")]),
        (r"\citep[and references therein]{a}", [("a", "")]),
        (r"\citep[{[sic]}, fig.~2]{a}", [("a", "[sic], fig. 2")]),
        (r"\citep[][ch.\ 4]{a:b/c-d.e+f}", [("a:b/c-d.e+f", "ch. 4")]),
        (r"\cites(see)(end)[a][p. 1]{k}[c 2]{l}", [("k", "p. 1"), ("l", "c 2")]),
        (r"\parencites{k}{l}", [("k", ""), ("l", "")]),
        (r"\Textcites[3]{k}[4]{l}", [("k", "3"), ("l", "4")]),
        (r"\cite<see>[p. 3]{a}", [("a", "p. 3")]),
        (r"\volcite{2}[34]{a}", [("a", "34")]),
        (r"\citet{é_ü}", [("é_ü", "")]),
    ],
)
def test_notes_and_keys(written: str, items: list[tuple[str, str]]) -> None:
    assert found(f"Skin ages {written}.") == [(written, items)]


def test_the_span_of_an_item_is_its_key(exact: Callable[[Article], None]) -> None:
    article = read("Skin \\citep[see][p. 2]{one,\n two}.")
    exact(article)
    (citation,) = article.citations
    keys = [article.source[item.span.start : item.span.end] for item in citation.items]
    assert keys == ["one", "two"]
    assert citation.kind is CitationKind.LATEX


@pytest.mark.parametrize(
    "text",
    [
        r"\nocite{*} \nocite{a}",
        r"\ref{a} \cref{b} \eqref{c} \label{d}",
        r"\begin{verbatim}\cite{a}\end{verbatim}",
        r"\verb|\cite{a}| \lstinline|\cite{b}|",
        r"text % \cite{a}",
        r"\iffalse \cite{a} \fi",
        r"\begin{comment} \cite{a} \end{comment}",
        r"\newcommand{\x}{\cite{a}}",
        r"\defcitealias{a}{Paper I} \setcitestyle{round} \citestyle{aa}",
        r"\cite{} \cite{,} \cite[p. 3] \cite",
        "\\cite{a\n\nb}",
        r"\cite{a",
        r"\documentclass{a} \cite{a} \begin{document} Text. \end{document} \cite{b}",
        "in [0, 1] and (3) and age.1,2 Skin",
        "write to @someone or a@b.org",
        r"\\cite{a}",
    ],
)
def test_what_is_no_citation(text: str) -> None:
    assert found(f"Skin ages. {text}") == []


@pytest.mark.parametrize(
    "text",
    [
        r"\section{On \cite{k}}",
        r"\footnote{See \cite{k}.}",
        r"\begin{figure}\caption{From \cite{k}.}\end{figure}",
        r"\begin{tabular}{l} a & \cite{k} \end{tabular}",
        r"\begin{equation} x \quad \text{by \cite{k}} \end{equation}",
        r"\begin{itemize} \item \cite{k} \end{itemize}",
        r"\begin{tikzpicture}\node{\cite{k}};\end{tikzpicture}",
        r"\unknown{by \cite{k}}",
        r"\begin{theorem} by \cite{k} \end{theorem}",
        r"{\small (\cite{k})}",
    ],
)
def test_wherever_it_stands(text: str) -> None:
    assert found(f"Skin ages. {text}") == [(r"\cite{k}", [("k", "")])]


@pytest.mark.parametrize(
    ("definition", "use", "shown", "cited"),
    [
        (r"\newcommand{\ku}{Ku et al.~\cite{ku}}", r"\ku", "Ku et al. [@ku]", [("ku", "")]),
        (r"\def\ku{(\cite[p. 2]{ku})}", r"\ku", "([@ku])", [("ku", "p. 2")]),
        (r"\newcommand\two{\cite{a} or \cite{b}}", r"\two", "[@a] or [@b]", [("a", ""), ("b", "")]),
        (r"\newcommand{\my}[1]{(see \citep{#1})}", r"\my{k}", "(see [@k])", [("k", "")]),
        (r"\newcommand{\my}[2][1]{\citep[#1]{#2}}", r"\my{k}", "[@k]", [("k", "1")]),
        (r"\newcommand{\my}[2][1]{\citep[#1]{#2}}", r"\my[p. 9]{k}", "[@k]", [("k", "p. 9")]),
        (r"\NewDocumentCommand{\my}{smO{3}}{\cite[#3]{#2}}", r"\my*{k}", "[@k]", [("k", "3")]),
        (r"\newcommand{\my}{\citep}", r"\my[p. 3]{k}", "[@k]", [("k", "p. 3")]),
        (r"\let\my=\citet", r"\my{k}", "@k", [("k", "")]),
        (r"\let\old\cite\renewcommand{\cite}[1]{\old{#1}}", r"\cite{k}", "[@k]", [("k", "")]),
        (r"\newcommand{\a}{\b}\newcommand{\b}{\cite{k}}", r"\a", "[@k]", [("k", "")]),
        (r"\DeclareRobustCommand{\my}[1]{\cite{x:#1}}", r"\my{k}", "[@x:k]", [("x:k", "")]),
        (r"\def\my{\cite{k}}\providecommand{\my}{\cite{no}}", r"\my", "[@k]", [("k", "")]),
    ],
)  # fmt: skip
def test_macros_that_cite(
    definition: str,
    use: str,
    shown: str,
    cited: list[tuple[str, str]],
    exact: Callable[[Article], None],
) -> None:
    article = read(f"\\documentclass{{a}}{definition}\n\\begin{{document}}\nSkin {use}, ages.\n")
    exact(article)
    assert [block.text for block in article.blocks] == [f"Skin {shown}, ages."]
    (citation,) = citations.find(article)
    assert article.source[citation.span.start : citation.span.end] == use
    assert [(item.label, item.locator) for item in citation.items] == cited


def test_what_stands_in_an_argument_keeps_its_place(exact: Callable[[Article], None]) -> None:
    source = "\\newcommand{\\r}[1]{{\\color{red}#1!}} \\r{Skin \\citep{a} ages \\emph{fast}}"
    article = read(source)
    exact(article)
    assert [block.text for block in article.blocks] == ["Skin [@a] ages fast!"]
    (citation,) = article.citations
    assert source[citation.span.start : citation.span.end] == "\\citep{a}"
    copied = [
        source[run.source_start : run.source_start + run.source_length]
        for run in article.blocks[0].runs
        if run.text_length == run.source_length
    ]
    assert copied == ["Skin ", " ages ", "fast"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"\newcommand{\sw}[2]{#2 and #1} \sw{a}{b}.", "b and a."),
        (r"\newcommand{\tw}[1]{#1#1} \tw{ab}.", "abab."),
        (r"\newcommand{\four}{wxyz}A \four5.", "A wxyz5."),
        (r"\newcommand{\etal}{et\,al.\xspace}Ku \etal found", "Ku et al. found"),
        (r"\newcommand{\k}{Kepler}A \k\ one, \k{} too, \k.", "A Kepler one, Kepler too, Kepler."),
        (r"\def\be{\begin{equation}}\def\ee{\end{equation}}so \be x \ee it", "so x it"),
        (r"\def\bv#1{\ensuremath{\mathbf{#1}}}\def\T{\Theta}in $\bv{x}\T$", "in xΘ"),
        (r"\newcommand{\a}{\a}A \a B", "A B"),
        (r"\newcommand{\a}[1]{\a{#1}}A \a{x} B", "A x B"),
        (r"\def\x#1.{<#1>}A \x B. C", "A B. C"),
        (r"\newcommand{\section}[1]{#1}\section{Head}", "Head"),
        (r"\newcommand{\a}", ""),
        (r"\def", ""),
    ],
)  # fmt: skip
def test_macros(text: str, shown: str, exact: Callable[[Article], None]) -> None:
    article = read(text)
    exact(article)
    assert " ".join(block.text for block in article.blocks) == shown


def test_a_macro_that_uses_itself_leaves_the_others_their_room() -> None:
    uses = "".join(rf"\m{{{n}}} " for n in range(50))
    article = read(r"\newcommand{\a}{\a}\newcommand{\m}[1]{\cite{k#1}}" + r"\a{}" * 100 + uses)
    assert len(article.citations) == 50


def test_macros_that_double_themselves_end() -> None:
    names = "abcdefghijklmnopqrstuvwxyz"
    chain = "".join(f"\\newcommand{{\\x{one}}}{{\\x{two}\\x{two}}}" for one, two in pairwise(names))
    article = read(f"{chain}\\newcommand{{\\xz}}{{lol}}\\xa\n\nAfter \\cite{{k}}.")
    assert sum(len(block.text) for block in article.blocks) < 40_000
    assert article.blocks[-1].text == "After [@k]."
    assert len(article.citations) == 1


@pytest.mark.parametrize(
    ("text", "written", "blocks"),
    [
        (
            r"A \textcquote[p. 3]{k}[.]{Skin ages} B",
            r"\textcquote[p. 3]{k}",
            ["A [@k] “Skin ages” B"],
        ),
        (
            r"A \blockcquote[p. 3]{k}{Skin ages.} B",
            r"\blockcquote[p. 3]{k}",
            ["A", "[@k]", "Skin ages.", "B"],
        ),
        (
            r"\begin{displaycquote}[p. 3]{k}Skin ages.\end{displaycquote}",
            r"\begin{displaycquote}[p. 3]{k}",
            ["Skin ages."],
        ),
    ],
)  # fmt: skip
def test_quotations_that_name_their_work(text: str, written: str, blocks: list[str]) -> None:
    assert found(text) == [(written, [("k", "p. 3")])]
    assert [block.text for block in read(text).blocks] == blocks


def test_a_link_to_a_doi_is_a_citation() -> None:
    article = read(r"Skin \href{https://doi.org/10.1000/abc}{ages} and \doi{10.1000/xyz}.")
    assert [(c.kind, c.items[0].label) for c in citations.find(article)] == [
        (CitationKind.LINK, "10.1000/abc"),
        (CitationKind.LINK, "10.1000/xyz"),
    ]


def test_numbers_are_no_citations_beside_keys() -> None:
    text = "Skin \\cite{1} in [1] of (1) and age.1 \\begin{thebibliography}{1}\\bibitem{1} Ku."
    assert found(text) == [("\\cite{1}", [("1", "")])]


def test_a_key_finds_the_articles_own_list() -> None:
    article = read(
        "Skin \\cite{ku}.\n\\begin{thebibliography}{9}\\bibitem{ku} Ku 2020. \\cite{no}"
        "\\end{thebibliography}"
    )
    resolved = citations.resolve(
        citations.find(article), (), article.references, {"ku": ("ku2020",)}
    )
    assert [one.keys for one in resolved] == [("ku2020",)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (r"\input{a} \include{b.tex} \subfile{c/d}", ["a.tex", "b.tex", "c/d.tex"]),
        ('\\input a\n\\input{ "b c" }', ["a.tex", "b c.tex"]),
        (r"\import{sections/}{a} \subimport*{x}{b.tex}", ["sections/a.tex", "x/b.tex"]),
        (r"\input{../up} \input{/etc/passwd}", ["../up.tex", "/etc/passwd.tex"]),
        ("% \\input{no}\n\\verb|\\input{no}| \\iffalse\\input{no}\\fi \\input{a}", ["a.tex"]),
        (r"\input{fig.pgf} \input{data.csv} \inputs{a} \input{\jobname} \input{}", []),
        (r"\input", []),
    ],
)
def test_names_of_files_taken_in(text: str, names: list[str]) -> None:
    article = read(f"x {text}")
    assert [one.name for one in included(article)] == names
    for one in included(article):
        assert article.source[one.span.start] == "\\"


def test_other_formats_take_nothing_in() -> None:
    assert included(readers.read("a.md", rb"\input{a}")) == ()


def test_a_sentence_may_begin_with_a_citation() -> None:
    text = r"Exosomes carry 20 proteins. \citet{ku2023} found 30. \textcite[4]{li2022} found 40."
    article = read(f"\\begin{{document}}\n{text}\n\\end{{document}}\n")
    assert [one.text for one in sentences(article)] == [
        "Exosomes carry 20 proteins.",
        "@ku2023 found 30.",
        "@li2022 found 40.",
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("written", "labels"),
    [
        ("\\citep{a,\n  b}", ["a", "b"]),
        ("\\citep[see also\n  this][p. 3]{a}", ["a"]),
        ("\\citep{a\n\n  b}", []),
        ("\\citep[see\n \n  p. 3]{a}", []),
    ],
)
def test_a_line_may_end_within_a_citation_and_a_paragraph_may_not(
    written: str, labels: list[str], end: str
) -> None:
    article = read(f"Skin ages {written} fast.".replace("\n", end))
    assert [item.label for one in article.citations for item in one.items] == labels


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_may_end_within_mathematics(end: str) -> None:
    article = read("Skin of $a +\n b$ ages.".replace("\n", end))
    assert [block.text for block in article.blocks] == ["Skin of a + b ages."]
