"""The operators of a content stream with their operands, in linear time whatever the stream holds.

Source: ISO 32000-1, 7.2 (lexical conventions), 7.8.2 (content streams), 8.9.7 (inline images).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from exocite.patterns import regex

Operand = str | bytes | list["Operand"]
"""Numbers as they are written, several in one text; a name with its slash; a string; an array."""

_TOKEN = regex(
    r"(?P<numbers>(?:[-+.\d]++[\0\s]*+)++)"
    r"|(?P<operator>[A-Za-z'\"][A-Za-z0-9*'\"]*+)"
    r"|(?P<name>/[^\0\s()<>\[\]{}/%]*+)"
    r"|(?P<string>\((?:[^()\\]++|\\.)*+\))"
    r"|(?P<open>\()"
    r"|(?P<hex><[0-9A-Fa-f\0\s]*+>)"
    r"|(?P<array>\[)"
    r"|(?P<close>\])"
    r"|[\0\s]++|%[^\r\n]*+|.",
    re.DOTALL,
)
_PAREN = regex(r"\\.|[()]", re.DOTALL)
_ESCAPE = regex(r"\\(\r\n|[0-7]{1,3}|.)|\r\n?", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "\r\n": "", "\r": "", "\n": ""}
_IMAGE_END = regex(r"[\0\s]EI(?=[\0\s]|\Z)")
_MOST_OPERANDS = 64


def operations(content: str, wanted: Collection[str]) -> Iterator[tuple[str, list[Operand]]]:
    """The wanted operators in their order, each with its operands.

    `content` is the stream, each byte a character. What is broken is passed over.
    """
    operands: list[Operand] = []
    array: list[Operand] | None = None
    at, size = 0, len(content)
    match = _TOKEN.match
    while at < size:
        token = match(content, at)
        if token is None:
            break
        at = token.end()
        kind = token.lastgroup
        if kind == "operator":
            operator = token[0]
            if operator == "ID":
                at = _behind_image(content, at)
            elif operator in wanted:
                yield operator, operands if array is None else [array]
            operands, array = [], None
            continue
        value = _value(content, token)
        if kind == "open":
            value, at = _nested(content, at)
        if kind == "array":
            array = []
        elif kind == "close" and array is not None:
            operands, array = [*operands[-_MOST_OPERANDS:], array], None
        elif value is not None:
            (operands if array is None else array).append(value)
            if len(operands) > _MOST_OPERANDS:
                del operands[:-_MOST_OPERANDS]


def numbers(operands: list[Operand]) -> list[float]:
    """All numbers among the operands; what is written as none can be is 0."""
    return [
        _number(word)
        for text in operands
        if isinstance(text, str)
        for word in text.replace("\0", " ").split()
    ]


def _number(word: str) -> float:
    try:
        value = float(word)
    except ValueError:
        return 0.0
    return value if abs(value) < 1e9 else 0.0


def _value(content: str, token: re.Match[str]) -> Operand | None:
    kind = token.lastgroup
    if kind in ("numbers", "name"):
        return token[0]
    if kind == "string":
        return _unescaped(content[token.start() + 1 : token.end() - 1])
    if kind == "hex":
        digits = "".join(token[0][1:-1].replace("\0", "").split())
        return bytes.fromhex(digits + "0" * (len(digits) % 2))
    return None


def _nested(content: str, at: int) -> tuple[bytes, int]:
    """A string that holds parentheses, and where it ends; without an end it reaches to the last."""
    depth = 1
    for found in _PAREN.finditer(content, at):
        if len(found[0]) == 1:
            depth += 1 if found[0] == "(" else -1
        if not depth:
            return _unescaped(content[at : found.start()]), found.end()
    return b"", len(content)


def _unescaped(text: str) -> bytes:
    if "\\" in text or "\r" in text:
        text = _ESCAPE.sub(_unescape, text)
    return text.encode("latin-1", "replace")


def _unescape(match: re.Match[str]) -> str:
    sign = match[1]
    if sign is None:
        return "\n"
    if sign[0] in "01234567":
        return chr(int(sign, 8) & 255)
    return _ESCAPED.get(sign, sign)


def _behind_image(content: str, at: int) -> int:
    """Where an inline image ends; one without an end hides the rest."""
    found = _IMAGE_END.search(content, at)
    return found.end() if found else len(content)
