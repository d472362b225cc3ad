"""LaTeX to Unicode and back: a table of how things are written, and the round trip."""

import contextlib
import time
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.bibliography.latex import (
    NAME_FIELDS,
    decoded,
    is_balanced,
    printable_value,
    to_latex,
    to_unicode,
)
from exocite.bibliography.symbols import CHARACTERS, SYMBOL_COMMANDS
from exocite.symbols import ACCENTS, WORDS
from tests.timing import assert_linear


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


READ = [
    (r"M\"{u}ller", "Müller"),
    (r"M{\"u}ller", "Müller"),
    (r"{M\"uller}", "Müller"),
    (r"Ren\'e and Ren{\'{e}}", "René and René"),
    (r"Mart{\'\i}nez, Mart\'{\i}nez, Mart\'{i}nez", "Martínez, Martínez, Martínez"),
    (r"Stra{\ss}e, Stra\ss e, Stra\ss{}e", "Straße, Straße, Straße"),
    (r"S{\o}rensen, \O stergaard, {\L}ukasz", "Sørensen, Østergaard, Łukasz"),
    (r"\v{S}koda \v Skoda {\v{s}}", "Škoda Škoda š"),
    (r"Fran\c{c}ois Fran\c cois", "François François"),
    (r"Erd\H{o}s, Pawe\l, D\k{a}browski", "Erdős, Paweł, Dąbrowski"),
    (r"\=a \.z \u{g} \r{u} \d{h} \b{d}", "ā ż ğ ů ḥ ḏ"),
    (r"\'{\^{e}}", "ế"),
    (r"pages 1--20 --- end", "pages 1–20 — end"),
    ("``quoted'' and 'this'", "“quoted” and 'this'"),
    (r"Smith~\& Sons, 50\% \$5 \#1 a\_b", "Smith & Sons, 50% $5 #1 a_b"),
    (r"The {DNA} of {E. coli}", "The DNA of E. coli"),
    (r"{{The Chemistry Development Kit}}", "The Chemistry Development Kit"),
    (r"\emph{In vitro} and {\it in vivo} \textbf{b}", "In vitro and in vivo b"),
    (r"H\textsubscript{2}O", "H2O"),
    (r"energy $E = mc^{2}$ here", "energy $E = mc^{2}$ here"),
    (r"costs $5 only", "costs $5 only"),
    (r"\textalpha-synuclein, \textmu{}m, \textdegree C", "α-synuclein, µm, °C"),
    (r"\LaTeX{} and \TeX\ too", "LaTeX and TeX too"),
    (r"J.\,K. Rowling \ldots", "J. K. Rowling …"),
    ("line\n   one\r\n\ttwo", "line one two"),
    (r"\textbackslash{}write18 \textasciitilde{} \textasciicircum", r"\write18 ~ ^"),
    (r"{\noopsort{b}}Beethoven", "Beethoven"),
    (r"\href{http://x.org/a}{the page}", "the page"),
    (r"un\-break\-able co\/op", "unbreakable coop"),
    (r"\~{} and \^{} and \'{}", "~ and ^ and ´"),
    (r"\unknowncommand{kept}", "kept"),
    ("stray } and { braces", "stray and braces"),
    ("a \\", "a \\"),
    ("", ""),
]

NAMES = [
    (r"M{\"u}ller, J{\"o}rg and {\'E}mile Zola", "Müller, Jörg and Émile Zola"),
    ("{World Health Organization} and Ku, Y.", "{World Health Organization} and Ku, Y."),
    ("{{World Health Organization}}", "{World Health Organization}"),
    ("{CERN} and {OpenAI}", "{CERN} and {OpenAI}"),
    ("{Barnes and Noble, Inc.}", "{Barnes and Noble, Inc.}"),
    ("{van der Berg}, Jan", "{van der Berg}, Jan"),
    ("{Sm}ith, J. and Mc{C}oy, L.", "Smith, J. and McCoy, L."),
    (r"{\noopsort{condorcet}}{de Condorcet}, Marquis", "{de Condorcet}, Marquis"),
    (r"Kn\{uth", "Knuth"),
]

IDENTIFIERS = [
    ("doi", r"10.1002/(SICI)10\_x<1::AID-Y>3.0;2-\%23", "10.1002/(SICI)10_x<1::AID-Y>3.0;2-%23"),
    ("doi", "{10.1000/a--b}", "10.1000/a--b"),
    ("url", r"\url{http://x.org/~me/a_b?c=d&e=f%20g}", "http://x.org/~me/a_b?c=d&e=f%20g"),
    ("url", r"http://x.org/\~{}me and http://x.org/$\sim$me", "http://x.org/~me and http://x.org/~me"),
]  # fmt: skip


@pytest.mark.parametrize(("latex", "text"), READ)
def test_latex_reads_as_it_prints(latex: str, text: str) -> None:
    assert to_unicode(latex) == text


@pytest.mark.parametrize(("latex", "text"), NAMES)
def test_braces_that_keep_a_name_together_stay(latex: str, text: str) -> None:
    assert decoded("author", latex) == text


@pytest.mark.parametrize(("field", "latex", "text"), IDENTIFIERS)
def test_identifiers_are_not_typeset(field: str, latex: str, text: str) -> None:
    assert decoded(field, latex) == text


WRITTEN = [
    ("title", "Salt & pepper: 50% of #1, a_b, $5", r"Salt \& pepper: 50\% of \#1, a\_b, \$5"),
    ("title", "} @article{evil,", r"{\textbraceright} @article{\textbraceleft}evil,"),
    ("title", r"\write18{rm}", r"{\textbackslash}write18{\textbraceleft}rm{\textbraceright}"),
    ("title", "a -- b", "a -{}- b"),
    ("title", "Größe – naïve", "Größe -- naïve"),
    ("pages", "493–500", "493--500"),
    ("title", "x\x00y\x1b[31mz\nline two", "x y [31mz line two"),
    ("author", "{World Health Organization} and Ku, Y.", "{World Health Organization} and Ku, Y."),
    ("author", "Evil} and {Worse", "Evil and Worse"),
    ("doi", "10.1000/a_b#c", "10.1000/a_b#c"),
    ("url", "http://x.org/}\\a b", "http://x.org/%7D%5Ca%20b"),
]


@pytest.mark.parametrize(("field", "text", "latex"), WRITTEN)
def test_text_is_written_so_that_tex_cannot_take_it_for_its_own(
    field: str, text: str, latex: str
) -> None:
    assert to_latex(field, text, lambda _: True) == latex


def test_what_the_encoding_lacks_is_written_as_a_command() -> None:
    text = to_latex("title", "Łódź “é” ß €", lambda c: c == "é")
    assert text == r"{\L}{\'{o}}d{\'{z}} {\textquotedblleft}é{\textquotedblright} {\ss} {\texteuro}"
    assert to_unicode(text) == "Łódź “é” ß €"
    text = to_latex("title", "α-synuclein ≥ 5 µM", lambda _: False)
    assert text == (r"{\ensuremath{\alpha}}-synuclein {\ensuremath{\geq}} 5 {\textmu}M")
    assert to_unicode(text) == "α-synuclein ≥ 5 µM"
    with pytest.raises(ValueError, match="日"):
        to_latex("title", "日本", lambda _: False)


@given(st.text())
def test_text_survives_being_written_and_read(text: str) -> None:
    latex = to_latex("title", text, lambda _: True)
    assert is_balanced(latex)
    assert to_unicode(latex) == printable_value(text)


@given(st.text(alphabet=st.sampled_from("aé ß–—'`-ł{}\\~^$&%#_ñ…“ő")))
def test_text_survives_an_encoding_of_ascii(text: str) -> None:
    latex = to_latex("title", text, lambda _: False)
    assert latex.isascii()
    assert is_balanced(latex)
    expected = unicodedata.normalize("NFC", printable_value(text))
    assert unicodedata.normalize("NFC", to_unicode(latex)) == expected


def in_latin_1(text: str) -> bool:
    return all(character <= "\xff" for character in text)


ACCENTED = [
    unicodedata.normalize("NFC", letter + mark)
    for letter in "abcdeghijklnorstuzACDEGHIJKLNORSTUZæøÆØ"
    for mark in ACCENTS.values()
]
PRINTED = sorted({*WORDS.values(), *CHARACTERS, *SYMBOL_COMMANDS, *ACCENTED, *"ab 1-–—'`,;"})
PARTS = st.lists(st.sampled_from(PRINTED) | st.sampled_from(PRINTED).map(decomposed), max_size=6)
FITTING = st.sampled_from([lambda _: True, in_latin_1, str.isascii])


def written(text: str, fits: Callable[[str], bool]) -> str | None:
    """The LaTeX, None where the encoding lacks a character that no command prints."""
    with contextlib.suppress(ValueError):
        return to_latex("title", text, fits)
    return None


@given(PARTS.map("".join), FITTING)
def test_whatever_a_command_prints_survives_every_encoding(
    text: str, fits: Callable[[str], bool]
) -> None:
    latex = written(text, fits)
    if latex is None:
        return
    assert is_balanced(latex)
    assert all(map(fits, latex))
    assert composed(to_unicode(latex)) == composed(printable_value(text))
    again = to_latex("title", to_unicode(latex), fits)
    assert composed(again) == composed(to_latex("title", composed(text), fits))


@given(st.sampled_from(ACCENTED))
def test_every_accent_can_be_written_in_ascii(letter: str) -> None:
    latex = to_latex("title", letter, str.isascii)
    assert latex.isascii()
    assert composed(to_unicode(latex)) == letter


COMMANDS = [
    *(f"\\{name}{{}}" for name in WORDS),
    *(f"{{\\{name} {letter}}}" for name in ACCENTS for letter in ("e", "u", "\\i", "{\\o}", "")),
    *r"\& \% \# \_ \$ ~ -- --- `` '' ` ' { } {a} \emph{b} {\it c}".split(" "),
    *r"-{}- \- \, \/ \  $x_1$".split(" "),
    *("a", "B", " ", "é", "–"),
]  # fmt: skip


@given(st.lists(st.sampled_from(COMMANDS), max_size=8).map("".join), st.booleans())
def test_latex_is_the_same_after_being_read_and_written_once(latex: str, ascii_only: bool) -> None:
    fits = str.isascii if ascii_only else lambda _: True
    once = written(to_unicode(latex), fits)
    if once is None:
        return
    assert to_unicode(once) == to_unicode(latex)
    assert to_latex("title", to_unicode(once), fits) == once


@given(st.text(), st.sampled_from(sorted(NAME_FIELDS)))
def test_names_stay_balanced(text: str, field: str) -> None:
    latex = to_latex(field, text, lambda _: True)
    assert is_balanced(latex)
    assert is_balanced(decoded(field, latex))


@given(st.text(alphabet=st.sampled_from("\\{}$~-`'\"^cuvH ab1%#&,")))
def test_any_latex_is_read_without_failing(latex: str) -> None:
    assert to_unicode(latex) == to_unicode(latex)
    decoded("author", latex)
    decoded("url", latex)


@pytest.mark.parametrize("hostile", ["{", "}", "\\'{", "$\\", "\\a", "``", "-", "\\'", "$", "{ "])
def test_reading_takes_time_in_proportion(hostile: str) -> None:
    def seconds(count: int) -> float:
        latex = hostile * count
        start = time.process_time()
        decoded("author", latex)
        return time.process_time() - start

    assert_linear(seconds, 8_000, 4)


def test_the_tables_do_not_contradict_each_other() -> None:
    assert not set(WORDS) & set(ACCENTS)
    assert WORDS["lambda"] == "λ"
    assert WORDS["textOmega"] == "Ω"
