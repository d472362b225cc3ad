r"""LaTeX: blocks, visible text and positions."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite import readers
from exocite.model import Article
from exocite.readers.latex import LatexReader
from exocite.readers.latex.text import number, plain, unit


def read(text: str) -> Article:
    return readers.read("a.tex", text.encode())


def texts(text: str) -> list[str]:
    return [block.text for block in read(text).blocks]


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in read(text).blocks]


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        ("So it ends.\n\n\\[ a = 1 \\]\n\nWhere is it?", 3),
        ("So it ends\n\n\\[ a = 1. \\]\n\nwhere is it?", 2),
        ("So it ends\n\n\\begin{quote} a \\end{quote}\n\nwhere", 3),
        ("So it ends\n\nwhere", 2),
    ],
)
def test_a_blank_line_ends_what_is_no_sentence(body: str, blocks: int) -> None:
    assert len(read(body).blocks) == blocks


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"Cells \emph{age} and \textbf{divide}.", "Cells age and divide."),
        (r"{\bf Cells} {\itshape age}.", "Cells age."),
        (r"Cells~age.", "Cells age."),
        (r"in 1990--2000 --- or so", "in 1990–2000 — or so"),
        ("``Cells'' age", "“Cells” age"),
        (r"\enquote{Cells} age", "“Cells” age"),
        (r"na\"ive caf\'e \'{E}t\^e \c{c}a \v{s}", "naïve café Étê ça š"),
        (r"\o re Stra\ss e \AA{} \c c", "øre Straße Å ç"),
        (r"\'\i le \"{\i}", "íle ï"),
        (r"95\,\% of 10\&20 \#1 \$5 a\_b \{x\}", "95 % of 10&20 #1 $5 a_b {x}"),
        (r"A\ldots{} and \LaTeX{} and \TeX\ too", "A… and LaTeX and TeX too"),
        (r"hy\-phen\-ate fly\/ing", "hyphenate flying"),
        ("two\nlines  and\tblanks", "two lines and blanks"),
        ("joined% a comment\n  here", "joinedhere"),
        ("kept \\% % gone\nhere", "kept % here"),
        (r"\SI{3}{\nano\metre} and \qty{5}{\kg\per\metre\squared}", "3 nm and 5 kg/m²"),
        (r"\num{1.5e-3}, \ang{30}, \si{\percent}", "1.5 × 10⁻³, 30°, %"),
        (r"\SIrange{1}{2}{\micro\litre} \numrange{3}{4}", "1–2 µL 3–4"),
        (r"see \url{https://a.b/c_d%20e} now", "see https://a.b/c_d%20e now"),
        (r"see \url{https://a.b/c\_d} now", "see https://a.b/c_d now"),
        (r"the \href{https://a.b/c%d}{text} now", "the text now"),
        (r"\textcolor{red}{Red} \colorbox{blue}{blue}", "Red blue"),
        (r"\unknown[opt]{Shown} \other{also}", "Shown also"),
        (r"A\vspace{2em} B\hskip 3pt plus 1pt C\label{x} D\index{d}", "A B C D"),
        (r"Figure~\ref{fig:a} and \cref{tab:b}", "Figure [ref] and [ref]"),
        (r"in $x^2$, \(y\) and $10^{-5}$", "in x², y and 10⁻⁵"),
        (r"$5\times10^{3}\,\mathrm{kg}$ of $\alpha$", "5×10³ kg of α"),
        (r"costs \$5 or $n$", "costs $5 or n"),
        ("a $ b", "a $ b"),
        (r"so \[ a = b. \] It ends", "so a = b. It ends"),
        ("so\n\\begin{align*}\n a &= b, \\\\ c &= d\n\\end{align*}\nif", "so a = b, c = d if"),
        (r"run \verb|\cite{x}| or \lstinline{y z} now", r"run \cite{x} or y z now"),
        (r"a \iffalse hidden \ifx y \fi still \fi b", "a b"),
        (r"a \iffalse hidden \else shown \fi b", "a shown b"),
        (r"a \iffalse never closed", "a never closed"),
        ("a\n\\begin{comment}\nhidden\n\\end{comment}\nb", "a b"),
        (r"a\footnotemark[3] b", "a b"),
        ("A\\penalty10000\n\\parindent=0pt B\\kern-1pt C", "ABC"),
        (r"\ac{NO} and \gls{no2}", "NO and no2"),
        (r"15\textsuperscript{th}", "15th"),
        (r"10\textsuperscript{6} cm\textsuperscript{2} x\textsuperscript{\emph{n}}", "10⁶ cm² xⁿ"),
        (r"s\textsuperscript{$-1$} in skin\textsuperscript{3}", "s⁻¹ in skin³"),
        (r"$10^6$, 10$^{6}$, $x^{n+1}$, $10^{-6.5}$, $e^{rt}$", "10⁶, 10⁶, xⁿ⁺¹, 10⁻⁶·⁵, e^{rt}"),
        (r"$30^\circ$ or $30^{\circ}$", "30° or 30°"),
        (r"$\tfrac{1}{2}$ \dfrac{3}{4} \nicefrac{1}{2} $\frac12$", "1/2 3/4 1/2 1/2"),
        (r"$2\frac{1}{2}$ $\frac{a+b}{c}$ $\frac{\frac{a}{b}}{c}$", "2 1/2 (a+b)/c (a/b)/c"),
        (r"$\SI{3}{\nano\metre}$ and $x=\num{1e6}$", "3 nm and x=1 × 10⁶"),
        (r"\SI{5}{\per\second} \qty{2}{\metre\per\second}", "5 s⁻¹ 2 m/s"),
        (r"\ce{H2O} \ce{Ca^2+} \ce{SO4^{2-}} \ce{Na+} \ce{^{14}C}", "H2O Ca²⁺ SO4²⁻ Na⁺ ¹⁴C"),
        (r"\ce{A + B -> C} and $\ce{CO2}$", "A + B → C and CO2"),
        (r"unclosed \nicefrac{1}{2 and", "unclosed 12 and"),
        ("so\n\n\\begin{equation}\n a = 1,\n\\end{equation}\n\nwhere", "so a = 1, where"),
        ("so\n\n\\[ a = 1 \\]\n\nwhere it", "so a = 1 where it"),
        (r"line one\\[2pt] line two", "line one line two"),
        (r"{unclosed \emph{text", "unclosed text"),
        (r"closed} twice}", "closed twice"),
        (r"\foreignlanguage{german}{Haut}", "Haut"),
        ("¿What? ?`What?", "¿What? ¿What?"),
        (r"\doi{10.1000/abc}", "10.1000/abc"),
    ],
)  # fmt: skip
def test_what_a_reader_sees(written: str, shown: str, exact: Callable[[Article], None]) -> None:
    article = read(written)
    exact(article)
    assert [block.text for block in article.blocks] == [shown]


def test_blocks_and_sections(exact: Callable[[Article], None]) -> None:
    source = r"""\documentclass{article}
\newcommand{\no}{nothing}
\title[Short]{The \emph{skin}\thanks{Paid by us.}}
\author{Ann Ku \and Bo Lee}
\date{2 May 2020}
\begin{document}
\maketitle
\begin{abstract}
Skin ages.

It does.
\end{abstract}
\section{Causes}\label{sec:c}
One cause.\par Another cause.
\subsection*{Light}
\begin{itemize}
  \item Sun. \begin{enumerate} \item Noon. \end{enumerate}
  \item[Lamp] Less.
\end{itemize}
\begin{quote}Light ``burns''.\end{quote}
\paragraph{Run in.} It goes on.
\begin{verbatim}
x = {
\end{verbatim}
\appendix
\section{More}
Last.
\end{document}
Never seen.
"""
    article = read(source)
    exact(article)
    assert [(b.kind.value, b.level, b.section, b.text) for b in article.blocks] == [
        ("title", 1, "", "The skin"),
        ("byline", 0, "", "Paid by us."),
        ("byline", 0, "", "Ann Ku and Bo Lee"),
        ("byline", 0, "", "2 May 2020"),
        ("heading", 2, "", "Abstract"),
        ("paragraph", 0, "Abstract", "Skin ages."),
        ("paragraph", 0, "Abstract", "It does."),
        ("heading", 2, "Abstract", "Causes"),
        ("paragraph", 0, "Causes", "One cause."),
        ("paragraph", 0, "Causes", "Another cause."),
        ("heading", 3, "Causes", "Light"),
        ("list item", 1, "Light", "Sun."),
        ("list item", 2, "Light", "Noon."),
        ("list item", 1, "Light", "Lamp. Less."),
        ("quotation", 0, "Light", "Light “burns”."),
        ("heading", 5, "Light", "Run in."),
        ("paragraph", 0, "Run in.", "It goes on."),
        ("code", 0, "Run in.", "x = {"),
        ("heading", 2, "Run in.", "More"),
        ("paragraph", 0, "More", "Last."),
    ]


def test_notes_and_floats_stand_beside_their_paragraph() -> None:
    source = (
        "Skin\\footnote{Of mice.\n\nAnd men.} ages\n"
        "\\begin{figure}[ht]\\centering\\includegraphics[width=1cm]{x}\n"
        "\\caption[Short]{A mouse.}\\end{figure}\n"
        "fast.\\footnotetext{Very.}\n\n"
        "\\begin{table}\\caption{Ages}\n\\begin{tabular}{l|r} a & 1 \\\\ \\hline b & 2\n"
        "\\end{tabular}\\end{table}\n"
    )
    assert kinds(source) == [
        ("paragraph", "Skin ages fast."),
        ("paragraph", "Of mice."),
        ("paragraph", "And men."),
        ("caption", "A mouse."),
        ("paragraph", "Very."),
        ("caption", "Ages"),
        ("table", "a | 1"),
        ("table", "b | 2"),
    ]


def test_pictures_and_long_formulas_are_not_read() -> None:
    assert texts(r"a \begin{tikzpicture}\node{x};\end{tikzpicture} b") == ["a b"]
    long = " + ".join(f"x_{{{n}}}" for n in range(60))
    assert texts(rf"so \begin{{equation}}{long}.\end{{equation}} It ends.") == [
        "so [formula]. It ends."
    ]


def test_the_list_of_references() -> None:
    article = read(
        "Skin ages \\cite{ku}.\n\n\\begin{thebibliography}{99}\n"
        "\\bibitem[{{Ku}(2020)}]{ku} Ku, A. 2020, \\emph{Skin}, \\apj, 1, 2\n\n"
        "% \\bibitem{no} Hidden.\n"
        "\\bibitem{lee:a}\nLee, B. \\newblock Sun. \\newblock 2019.\n"
        "\\end{thebibliography}\n"
    )
    listed = [(entry.label, entry.text) for entry in article.references]
    assert listed == [("ku", "Ku, A. 2020, Skin, ApJ, 1, 2"), ("lee:a", "Lee, B. Sun. 2019.")]
    assert [b.kind.value for b in article.blocks] == [
        "paragraph", "heading", "reference", "reference",
    ]  # fmt: skip


def test_a_heading_that_is_never_closed_swallows_nothing() -> None:
    text = "Skin ages. " * 300
    assert kinds(f"\\section{{Head\n\n{text}}}\n\nAfter.")[-1] == ("paragraph", "After.")
    assert {kind for kind, _ in kinds(f"\\section{{Head\n\n{text}}}")} == {"paragraph"}


def test_a_chapter_without_a_preamble_is_read_whole() -> None:
    assert kinds("\\chapter{Skin}\nIt ages.\n\\end{document}\nNo.") == [
        ("title", "Skin"),
        ("paragraph", "It ages."),
    ]


def test_acknowledgements_are_boilerplate() -> None:
    source = "\\section{A}\nSkin ages.\n\\acknowledgments\nWe thank Bo.\n"
    assert kinds(source)[2:] == [
        ("boilerplate", "Acknowledgments"),
        ("boilerplate", "We thank Bo."),
    ]


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (r"\usepackage[latin1]{inputenc}", "iso8859-1"),
        (r"\usepackage[ansinew]{inputenc}", "cp1252"),
        (r"\usepackage[utf8]{inputenc}", "utf-8"),
        ("% !TeX encoding = windows-1252", "cp1252"),
        ("% \\usepackage[latin1]{inputenc}", "utf-8"),
        (r"\usepackage{inputenc}", "utf-8"),
    ],
)
def test_the_encoding_that_the_file_declares(head: str, name: str) -> None:
    coded = "utf-8" if name == "utf-8" else "cp1252"
    article = readers.read(
        "a.tex", f"{head}\n\\begin{{document}}Café\\end{{document}}".encode(coded)
    )
    assert (article.encoding, article.blocks[0].text) == (name, "Café")


@pytest.mark.parametrize("path", ["a.tex", "b.ltx", "C.LATEX"])
def test_suffixes(path: str) -> None:
    assert readers.reader_for(path).name == "latex"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str, shape: Callable[[Article], list[tuple[str, str, str]]]) -> None:
    source = end.join(["One % c", "two.", "% c", "", "Three%", "  four.", ""])
    assert shape(read(source)) == [
        ("1:1", "paragraph", "One two."),
        ("5:1", "paragraph", "Threefour."),
    ]


def test_small_texts() -> None:
    assert plain(r"pp.~3--5, \S{}2 \textit{x} \'e") == "pp. 3–5, §2 x é"
    assert unit(r"\kilo\gram\metre\per\second\squared") == "kg m/s²"
    assert unit(r"m.s^{-1}") == "m s⁻¹"
    assert number("-2.5E6") == "-2.5 × 10⁶"


_PIECES = (
    r"a b. 1 é 😀 א { } [ ] ( ) $ $$ % ~ & -- `` '' \ \\ \% \par \section \section*{S} "
    r"\emph{ \item \footnote{ \cite \cite{k} \citep[p.]{a,b} \citet \cites(x)[y]{k}{l} "
    r"\nocite{z} \begin{quote} \end{quote} \begin{itemize} \end{itemize} \begin{equation} "
    r"\end{equation} \begin{table} \end{table} \begin{tabular}{l} \end{tabular} "
    r"\begin{verbatim} \end{verbatim} \verb|x| \verb| \iffalse \fi \else "
    r"\newcommand{\m}{M\cite{n}} \newcommand{\w}[2][d]{#2-#1#2} \m \m{} \w \w[x]{y} \w{\m} "
    r"\def\d#1{<#1>} \d x \d{\w{q}} \let\e\cite \e{r} \be "
    r"\newcommand{\be}{\begin{equation}} \title{T} \author{A\thanks{B}} \caption{c} "
    r"\begin{figure} \end{figure} \' \'e \v{s} \ss \LaTeX \SI{1}{\m} \url{a%b} "
    r"\href{https://doi.org/10.1000/a}{t} \bibitem{k} \ref{f} \[ \] \( \) "
    r"\begin{thebibliography}{9} \end{thebibliography} \begin{document} \end{document} \w\w "
    r"\def\f{#1}"
).split(" ")


@given(
    pieces=st.lists(
        st.sampled_from([*_PIECES, "\n", "\n\n", " ", "\t", "\r\n", "%\n"]), max_size=40
    )
)
def test_positions_are_exact_whatever_the_text(
    pieces: list[str], exact: Callable[[Article], None]
) -> None:
    exact(LatexReader().read("".join(pieces), "a.tex", "utf-8"))


@given(text=st.text(max_size=60))
def test_any_text_is_read(text: str, exact: Callable[[Article], None]) -> None:
    exact(LatexReader().read(text, "a.tex", "utf-8"))


@given(words=st.lists(st.text("abcdefgé", min_size=1, max_size=8), min_size=1, max_size=30))
def test_plain_words_are_copied(words: list[str]) -> None:
    source = " ".join(words)
    (block,) = LatexReader().read(source, "a.tex", "utf-8").blocks
    assert block.text == source
    assert [(run.source_start, run.source_length) for run in block.runs] == [(0, len(source))]
