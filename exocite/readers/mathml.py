"""MathML and raised text within formulas of HTML and XML, as a reader sees them on one line.

Source: MathML Core (W3C), 3.3 and 3.4. Nothing is laid out: powers stand raised where Unicode has
the characters, fractions become a stroke, roots a sign; what is drawn above or below stands behind.
"""

from __future__ import annotations

import html
import re
from dataclasses import field

from exocite.frozen import dataclass
from exocite.patterns import regex
from exocite.readers.raised import shown
from exocite.text import collapsed

_PIECE = regex(
    r"<!--.*?(?:-->|$)|<!\[CDATA\[(?P<data>.*?)(?:\]\]>|$)"
    r"|<(?P<close>/)?(?:[A-Za-z_][\w.-]{0,60}:)?(?P<name>[A-Za-z_][\w.-]{0,80})"
    r"(?:[^<>\"']|\"[^\"<]*+\"|'[^'<]*+')*+>|<[^<>]{0,400}>|(?P<text>[^<]+|<)",
    re.DOTALL,
)
_UNSEEN = frozenset({"annotation", "annotation-xml", "tex-math", "label", "mphantom"})
_SCRIPTS = frozenset({"msup", "msub", "msubsup", "mfrac", "mroot"})
_SUM = regex(r"[\s+−/=×·-]")
_DEEPEST = 200


@dataclass(slots=True)
class _Element:
    name: str
    parts: list[str] = field(default_factory=list)
    children: list[str] = field(default_factory=list)
    last: str = ""

    def add(self, text: str, *, whole: bool = False) -> None:
        self.parts.append(text)
        self.last = text[-1:] or self.last
        if whole:
            self.children.append(text)


def linear(markup: str) -> str:
    """The formula on one line; white space collapsed. An element too deep is read as its text."""
    stack = [_Element("")]
    hidden = 0
    for match in _PIECE.finditer(markup):
        name = (match["name"] or "").lower()
        if not name:
            if not hidden:
                stack[-1].add(match["data"] or html.unescape(match["text"] or ""))
        elif match["close"]:
            hidden -= bool(hidden) and name in _UNSEEN
            _close(stack, name)
        elif match[0].endswith("/>"):
            stack[-1].add(" " if name == "mspace" else "", whole=name in ("none", "mrow", "mi"))
        elif name in _UNSEEN:
            hidden += 1
        elif not hidden and len(stack) < _DEEPEST:
            stack.append(_Element(name))
    while len(stack) > 1:
        _close(stack, stack[-1].name)
    return collapsed("".join(stack[0].parts))


def _close(stack: list[_Element], name: str) -> None:
    if len(stack) > 1 and stack[-1].name == name:
        done = stack.pop()
        stack[-1].add(_made(done, stack[-1].last), whole=True)


def _made(element: _Element, before: str) -> str:
    """What an element shows; `before` is the character that it follows."""
    name, parts = element.name, [collapsed(child) for child in element.children]
    if name in _SCRIPTS and len(parts) >= 2:
        first, *rest = parts
        if name == "mfrac":
            return f"{_held(first)}/{_held(rest[0])}"
        if name == "mroot":
            return f"{_script(rest[0], '', '')}√{_held(first)}"
        below = rest[0] if name != "msup" else ""
        above = rest[-1] if name != "msub" else ""
        return first + below + (_script(above, first or before, "^") if above else "")
    text = "".join(element.parts)
    if name == "sup":
        return shown(text, before)
    if name == "msqrt":
        return f"√{_held(collapsed(text))}"
    if name in ("mi", "mn", "mo", "ms"):
        return text.strip()
    return f" {text}" if name in ("mtr", "mtd") else text


def _script(text: str, before: str, sign: str) -> str:
    """What is raised, by Unicode's characters where it has them, else behind a sign."""
    if text in ("°", "∘", "′", "″", "*", "†"):
        return text.replace("∘", "°")
    raised = shown(text, "0")
    if raised != text or not before:
        return raised
    return sign + (text if len(text) == 1 else f"({text})")


def _held(text: str) -> str:
    return f"({text})" if _SUM.search(text) else text
