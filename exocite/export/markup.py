"""LaTeX titles with their formatting: to Unicode with CSL's tags, guarded words still in braces.

The characters themselves are read by `exocite.bibliography.latex`; this module carries formatting,
guarding braces and simple mathematics past it in private-use characters. Groups are followed on a
list, not by recursion, so nesting costs nothing but its length.
"""

from __future__ import annotations

import re

from exocite.bibliography.latex import to_unicode
from exocite.export.titles import SMALL_CAPS, SPAN_END

_TAGS: dict[str, tuple[str, str]] = {
    "i": ("<i>", "</i>"),
    "b": ("<b>", "</b>"),
    "sub": ("<sub>", "</sub>"),
    "sup": ("<sup>", "</sup>"),
    "sc": (SMALL_CAPS, SPAN_END),
    "guard": ("{", "}"),
}
_MARKS = {name: (chr(0xE000 + 2 * at), chr(0xE001 + 2 * at)) for at, name in enumerate(_TAGS)}
_UNMARK = str.maketrans(
    {mark: _TAGS[name][side] for name, marks in _MARKS.items() for side, mark in enumerate(marks)}
)
_PRIVATE = re.compile(r"[\ue000-\ue00f]")

_COMMANDS = {
    "textit": "i", "emph": "i", "textsl": "i", "mkbibemph": "i", "mkbibitalic": "i",
    "textbf": "b", "mkbibbold": "b", "textsubscript": "sub", "textsuperscript": "sup",
    "textsc": "sc",
}  # fmt: skip
_SWITCHES = {
    "em": "i", "it": "i", "sl": "i", "itshape": "i", "slshape": "i", "bf": "b", "bfseries": "b",
    "sc": "sc", "scshape": "sc",
}  # fmt: skip
_TOKEN = re.compile(
    r"\\(?P<command>[A-Za-z]++)\*?(?P<gap>[ \t]*+)(?P<argument>\{)?"
    r"|\\(?P<escaped>[^A-Za-z])(?P<accented>\{)?"
    r"|\$(?P<math>(?:[^$\\]|\\.)*+)\$"
    r"|\{(?:\\(?P<switch>em|it|sl|itshape|slshape|bf|bfseries|sc|scshape)(?![A-Za-z])[ \t]*+)?"
    r"|(?P<close>\})"
    r"|[^\\{}$]++|.",
    re.DOTALL,
)
_COMMANDED = re.compile(r"[\\{}$]")
_SCRIPT = re.compile(
    r"(?P<kind>[\^_])\s*+(?:\{(?P<group>[^{}]*+)\}|(?P<one>\\[A-Za-z]++|[^\s{}\\]))"
)


def from_latex(latex: str) -> str:
    """The text that LaTeX prints, with CSL tags for its formatting and braces around guarded words.

    A brace group guards its capitals unless it is the argument of a command or begins with one
    (BibTeX's "special character").
    """
    out: list[str] = []
    # What to write where each open group ends.
    ends: list[str] = []
    argument_ended = False
    clean = _PRIVATE.sub("", latex)
    if not _COMMANDED.search(clean):
        return to_unicode(clean)
    for match in _TOKEN.finditer(clean):
        piece = match[0]
        if match["math"] is not None:
            out.append(_math(match["math"]))
        elif piece == "}":
            end = ends.pop() if ends else ""
            out.append(end)
            argument_ended = end == "}"
            continue
        elif piece.startswith("{"):
            special = argument_ended or clean.startswith("\\", match.end())
            opening, closing = _group(match["switch"], special=special)
            out.append("{" + opening)
            ends.append(closing + "}")
        elif match["command"] in _COMMANDS and match["argument"]:
            opening, closing = _MARKS[_COMMANDS[match["command"]]]
            out.append("{" + opening)
            ends.append(closing + "}")
        else:
            out.append(piece)
            if piece.endswith("{") and (match["argument"] or match["accented"]):
                ends.append("}")
        argument_ended = False
    out.extend(reversed(ends))
    return to_unicode("".join(out)).translate(_UNMARK)


def _group(switch: str | None, *, special: bool) -> tuple[str, str]:
    if switch:
        return _MARKS[_SWITCHES[switch]]
    return ("", "") if special else _MARKS["guard"]


def _math(inner: str) -> str:
    """Simple mathematics as text: superscripts and subscripts become such, the rest is printed."""

    def script(match: re.Match[str]) -> str:
        opening, closing = _MARKS["sup" if match["kind"] == "^" else "sub"]
        content = match["group"] if match["group"] is not None else match["one"]
        return "{" + opening + content + closing + "}"

    return "{" + _SCRIPT.sub(script, inner) + "}"
