"""LaTeX of a field value to Unicode as printed, and Unicode to LaTeX that is safe in a .bib file.

Decoding is one pass over tokens without recursion, so that nesting of any depth costs nothing but
its length. Mathematics between dollars is kept as it is written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from exocite.bibliography.symbols import (
    ACCENT_COMMANDS,
    CHARACTERS,
    FORMULA_COMMANDS,
    SILENT_ARGUMENT,
    SYMBOL_COMMANDS,
)
from exocite.patterns import regex
from exocite.symbols import ACCENTS, SPACING, WORDS
from exocite.text import collapsed

NAME_FIELDS = frozenset(
    {
        "author", "editor", "translator", "annotator", "bookauthor", "commentator", "editora",
        "editorb", "editorc", "foreword", "afterword", "introduction", "holder", "shortauthor",
        "shorteditor", "director",
    }
)  # fmt: skip
"""Fields that hold names, in which a pair of braces keeps words together as one name."""

VERBATIM_FIELDS = frozenset({"doi", "url", "eprint", "file", "pdf", "bdsk-url-1", "bdsk-url-2"})
"""Fields whose value is an identifier or an address and is not typeset."""

_SPECIAL = regex(r"[\\{}$~]")
_LIGATURE = regex(r"---?|``|''")
_TOKEN = regex(
    r"(?P<word>\\[A-Za-z]++\*?[ \t\r\n]*+)"
    r"|(?P<symbol>\\.)"
    r"|(?P<math>\$(?:[^$\\]|\\.)*+\$)"
    r"|(?P<ligature>---?|``|'')"
    r"|(?P<open>\{)|(?P<close>\})"
    r"|(?P<tie>~)"
    r"|(?P<text>[^\\{}~$`'\-]++|.)",
    re.DOTALL,
)
_LIGATURES = {"--": "–", "---": "—", "``": "“", "''": "”"}
_SYMBOL_TEXT = {" ": " ", "\n": " ", "\r": " ", "\t": " ", ",": " ", ";": " ", ":": " ", "\\": " ",
                "!": "", "/": "", "-": "", "@": "", "(": "\\(", ")": "\\)", "[": "\\[",
                "]": "\\]"}  # fmt: skip
_MOST_ACCENTS = 4
_DOTLESS = {"ı": "i", "ȷ": "j"}
_NAME_BEFORE = regex(r"(?:^|\sand)\s*$", re.IGNORECASE)
_NAME_AFTER = regex(r"\s*(?:$|and\s)", re.IGNORECASE)


def decoded(field: str, latex: str) -> str:
    """The value of a field (its name in lower case) as it reads, white space collapsed.

    In name fields a pair of braces that keeps words together stays: `{World Health Organization}`
    is one name. In all others braces are removed.
    """
    if field in VERBATIM_FIELDS:
        return _verbatim(latex)
    return to_unicode(latex, names=field in NAME_FIELDS)


def to_unicode(latex: str, *, names: bool = False) -> str:
    """The text that LaTeX prints, white space collapsed; unknown commands print their arguments."""
    if not _SPECIAL.search(latex):
        return collapsed(_LIGATURE.sub(lambda match: _LIGATURES[match[0]], latex))
    reader = _Reader(latex, names=names)
    for match in _TOKEN.finditer(latex):
        reader.take(match)
    return reader.text()


class _Reader:
    """What has been printed so far, the accents that wait for a letter, and the open groups."""

    def __init__(self, latex: str, *, names: bool) -> None:
        self._latex = latex
        self._names = names
        self._out: list[str] = []
        self._accents = ""
        self._silence_next = False
        # For each open group: where its text begins, and whether it is printed.
        self._groups: list[tuple[int, bool]] = []

    def take(self, match: re.Match[str]) -> None:
        """Read one token."""
        kind, token = match.lastgroup, match[0]
        if kind == "text":
            self._print(token)
        elif kind == "word":
            self._word(token[1:].rstrip(" \t\r\n*"))
        elif kind == "symbol":
            self._symbol(token[1])
        elif kind == "open":
            self._groups.append((len(self._out), not self._silence_next))
            self._silence_next = False
        elif kind == "close":
            self._close(match.end())
        elif kind == "tie":
            self._print(" ")
        else:
            self._print(_LIGATURES.get(token, token))

    def text(self) -> str:
        """The whole text."""
        self._bare_accent()
        return collapsed("".join(self._out))

    def _print(self, text: str) -> None:
        if self._accents:
            text = text.lstrip()
            if not text:
                return
            if text[0].isalpha():
                base = _DOTLESS.get(text[0], text[0])
                self._out.append(unicodedata.normalize("NFC", base + self._accents))
                self._accents = ""
                text = text[1:]
            else:
                self._bare_accent()
        self._out.append(text)

    def _accent(self, combining: str) -> None:
        if len(self._accents) == _MOST_ACCENTS:
            self._bare_accent()
        self._accents = combining + self._accents

    def _bare_accent(self) -> None:
        self._out.extend(SPACING[accent] for accent in self._accents)
        self._accents = ""

    def _word(self, name: str) -> None:
        if name in WORDS:
            self._print(WORDS[name] if not self._names or WORDS[name] not in "{}" else "")
        elif name in ACCENTS:
            self._accent(ACCENTS[name])
        elif name in SILENT_ARGUMENT:
            self._silence_next = True

    def _symbol(self, character: str) -> None:
        if character in ACCENTS:
            self._accent(ACCENTS[character])
        elif not (self._names and character in "{}"):
            self._print(_SYMBOL_TEXT.get(character, character))

    def _close(self, end: int) -> None:
        self._bare_accent()
        if not self._groups:
            return
        start, printed = self._groups.pop()
        if not printed:
            del self._out[start:]
        elif self._names and not self._groups and self._keeps_together(start, end):
            self._out.insert(start, "{")
            self._out.append("}")

    def _keeps_together(self, start: int, end: int) -> bool:
        inner = "".join(self._out[start:])
        if not inner.strip():
            return False
        if re.search(r"[\s,]", inner.strip()):
            return True
        before = "".join(self._out[max(0, start - 2) : start])[-8:]
        return bool(_NAME_BEFORE.search(before)) and bool(_NAME_AFTER.match(self._latex, end))


_URL_COMMAND = regex(r"\\(?:url|path|nolinkurl)\s*+(?=\{)")
_TILDE = regex(r"\$\\sim\$|\\~\{\}|\{?\\textasciitilde\s*+(?:\{\})?\}?|\\~")
_ESCAPED = regex(r"\\([_%&#$^{}])")


def _verbatim(latex: str) -> str:
    if not _SPECIAL.search(latex):
        return collapsed(latex)
    text = collapsed(_TILDE.sub("~", _URL_COMMAND.sub("", latex)))
    if "{" in text or "}" in text:
        text = re.sub(r"(?<!\\)[{}]", "", text)
    return _ESCAPED.sub(r"\1", text)


# --------------------------------------------------------------------------- writing

_UNPRINTABLE = regex(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_DASHES = regex(r"[-–—]+")
_LIGATURE_QUOTES = regex(r"(['`])(?=\1)")
_TYPED_DASHES = {"-": "-", "–": "--", "—": "---"}
# A character with the accents that stand over it; over what TeX reads as its own none can be put.
_LETTER = regex(r"[^\W\d_][\u0300-\u036f]*|.", re.DOTALL)
_UNSAFE_IN_URL = regex(r"[\\{}\"\s]")


def printable_value(text: str) -> str:
    """The text as a field can hold it: control characters are blanks, white space is collapsed."""
    return collapsed(_UNPRINTABLE.sub(" ", text))


def to_latex(field: str, text: str, fits: Callable[[str], bool]) -> str:
    """The text as the LaTeX of a field (its name in lower case), with its braces balanced.

    Characters of TeX are escaped, except in identifiers and addresses; an address has what would
    break it percent-encoded. Braces of a name field are syntax and stay where they are balanced.
    `fits` says whether the file's encoding has a character; one that it has not is written as a
    command where there is one. Raises ValueError with the character where there is none.
    """
    text = printable_value(text)
    if field in VERBATIM_FIELDS:
        text = _UNSAFE_IN_URL.sub(_percent, text)
        return "".join(_fitting(c, fits) for c in _LETTER.findall(text))
    kept = "{}" if field in NAME_FIELDS and is_balanced(text) else ""
    if field in NAME_FIELDS and not kept:
        text = collapsed(re.sub(r"[{}]", " ", text))
    text = _LIGATURE_QUOTES.sub(r"\1\0", text)
    text = _DASHES.sub(lambda match: "\0".join(_TYPED_DASHES[c] for c in match[0]), text)
    letters = _LETTER.findall(text)
    escaped = (c if c in kept else CHARACTERS.get(c) or _fitting(c, fits) for c in letters)
    return "".join("{}" if c == "\0" else c for c in escaped)


def _percent(match: re.Match[str]) -> str:
    return f"%{ord(match[0]):02X}"


def _fitting(letter: str, fits: Callable[[str], bool]) -> str:
    """A character and the accents over it, as commands where the encoding has not all of them."""
    if letter.isascii() or all(map(fits, letter)):
        return letter
    command = SYMBOL_COMMANDS.get(letter) or FORMULA_COMMANDS.get(letter)
    if command:
        return command
    whole = unicodedata.normalize("NFC", letter)
    if len(whole) < len(letter):
        return _fitting(whole, fits)
    parts = unicodedata.normalize("NFD", letter)
    base, marks = parts[0], parts[1:]
    written = base if base < "\x80" else SYMBOL_COMMANDS.get(base, "")
    written = "" if base in _DOTLESS else written  # Under an accent it would get its dot back.
    known = all(mark in ACCENT_COMMANDS for mark in marks) and len(marks) <= _MOST_ACCENTS
    if not (marks and known and base.isalpha() and written):
        raise ValueError(letter)
    for mark in marks:
        written = "{\\" + ACCENT_COMMANDS[mark] + "{" + written + "}}"
    return written


def is_balanced(text: str) -> bool:
    """Whether every brace has its partner, counted as BibTeX counts: a backslash hides none."""
    depth = 0
    for brace in re.findall(r"[{}]", text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0
