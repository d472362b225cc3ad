"""The patterns of Markdown's inline syntax, each linear, shared by its scanner.

Sources: CommonMark 0.31; the pandoc user's guide ("Citation syntax", "Math", "Raw TeX"); MyST.
"""

from __future__ import annotations

import re

from exocite.patterns import regex

SPECIAL = regex(r"[\\`*_~^\[\]!<&$@{\n]")
ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")

CROSS_REFERENCE = regex(
    r"(?:fig|tbl|tab|eq|eqn|sec|lst|thm|lem|cor|prp|prop|cnj|def|exm|exr|sol|rem|alg|chap|ch|app|part"
    r"|algo|figure|table|equation|section|listing|note|nte|tip|wrn|imp|cau)[:-]",
    re.IGNORECASE,
)
"""How a key begins that pandoc's filters and Quarto read as a label of the article's own."""
KEY = regex(
    r"@(?:\{(?P<braced>[^{}\s@][^{}\s]{0,500})\}"
    r"|(?P<plain>\w(?:[:.#$%&+?<>~/-]{0,3}\w){0,400}))"
)
"""A pandoc citation key with its @. Punctuation inside a key stands before a letter or digit."""

NOTE = regex(r"\[\^(?P<label>[^\]\[\s]{1,100})\]")
ENTITY = regex(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
AUTOLINK = regex(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]{0,2000})>")
EMAIL = regex(r"<[\w.!#$%&'*+/=?^`{|}~-]{1,200}@[\w.-]{1,200}>")
TAG = regex(
    r"</[A-Za-z][A-Za-z0-9-]*+\s*+>|<[A-Za-z][A-Za-z0-9-]*+(?:\s++[A-Za-z_:][\w:.-]*+"
    r"(?:\s*+=\s*+(?:[^\s\"'=<>`]++|'[^']*+'|\"[^\"]*+\"))?)*+\s*+/?>"
)
SOFT_BREAK = regex(r"[ \t]*\n[ \t]*")
SUPERSCRIPT = regex(r"\^(?P<inner>[^\s^\[\]]{1,60})\^")
SUBSCRIPT = regex(r"~(?P<inner>[^\s~]{1,60})~(?!~)")
ATTRIBUTES = regex(r"\{(?=[#.:\w-])[^{}\n]{0,300}\}")
HEADING_ATTRIBUTES = regex(r"[ \t]*\{(?=[#.-])[^{}\n]{0,200}\}[ \t]*$")
TEMPLATE = regex(r"\{\{[^{}\n]{0,400}\}\}|\{%[^%\n]{0,400}%\}|\{#{1,2}[^#{}]{0,2000}#{1,2}\}")
ROLE = regex(r"\{(?P<name>[a-z][\w:.+-]{0,40})\}(?P<ticks>`{1,3})(?P<body>[^`]{0,1000})(?P=ticks)")
TEX_ENVIRONMENT = regex(r"\\begin\{([A-Za-z]{1,30}\*?)\}")
TEX_CITE = regex(
    r"\\(?:[A-Za-z]{0,10}cite[A-Za-z]{0,12})\*?(?P<notes>(?:\[[^\[\]\n]{0,200}\]){0,2})"
    r"\{(?P<keys>[^{}\\]{1,1000})\}"
)
TEX_REFERENCE = regex(
    r"\\(?:label|[A-Za-z]{0,5}ref|hyperref|footnotemark|index|vspace|hspace|newpage|clearpage"
    r"|pagebreak|noindent|bigskip|medskip|smallskip|linebreak)\b\*?(?:\{[^{}\n]{0,200}\})?"
)
TEX_DEFINITION = regex(
    r"\\(?:(?:re)?newcommand|providecommand|DeclareMathOperator|newtheorem|def|let|usepackage"
    r"|setlength|input|include|bibliography|bibliographystyle)\b[^\n]*"
)
DESTINATION = regex(
    r"<(?P<angle>[^<>\n\\]{0,2000})>|(?P<bare>[^\s<>()\x00-\x1f][^\s()\x00-\x1f]*)?"
)
TITLE = regex(
    r"\"(?:[^\"\\]|\\.){0,1000}\"|'(?:[^'\\]|\\.){0,1000}'|\((?:[^()\\]|\\.){0,1000}\)", re.DOTALL
)
BLANKS = regex(r"[ \t]*\n?[ \t]*")
REFERENCE_LABEL = regex(r"\[(?P<label>(?:[^\[\]\\]|\\.){0,999})\]", re.DOTALL)
WHITE = regex(r"\s+")

ROLE_TARGET = regex(r"(?P<text>[^<>]{0,300})<[^<>]{0,300}>$")


def destination_end(text: str, at: int, end: int) -> int:
    """Where a link destination that begins at `at` ends; -1 where there is none.

    Round brackets may nest in it, 32 deep at most (CommonMark, 6.3).
    """
    if text.startswith("<", at):
        match = DESTINATION.match(text, at, end)
        return match.end() if match and match["angle"] is not None else -1
    depth = 0
    place = at
    for match in _DESTINATION_PIECE.finditer(text, at, end):
        if match.start() != place:
            break
        piece = match[0]
        if piece == "(":
            depth += 1
            if depth > 32:
                return -1
        elif piece == ")":
            if depth == 0:
                break
            depth -= 1
        place = match.end()
    return place if depth == 0 else -1


_DESTINATION_PIECE = regex(r"\\[!-/:-@\[-`{-~]|[()]|[^\s()\\\x00-\x1f\x7f]+|\\")
