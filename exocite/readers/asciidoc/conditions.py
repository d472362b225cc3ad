"""The lines of an AsciiDoc text that are read: conditions that fail leave theirs out.

Source: the AsciiDoc language documentation ("Conditionals"). What only the command line sets is not
known here; it counts as not set.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, MutableMapping
from typing import Any

from exocite.patterns import regex
from exocite.readers.asciidoc.names import ENTRY, set_attribute
from exocite.readers.source_lines import Line

_DIRECTIVE = regex(
    r"(?P<name>ifdef|ifndef|ifeval|endif)::(?P<target>[^\s\[\]]{0,300})\[(?P<content>.*)\]$"
)
_COMPARISON = regex(
    r"\s*(?P<left>\"[^\"]*\"|'[^']*'|\S+)\s*(?P<sign>==|!=|<=|>=|<|>)"
    r"\s*(?P<right>\"[^\"]*\"|'[^']*'|\S+)\s*$"
)
_ATTRIBUTE = regex(r"\{([A-Za-z0-9_][\w-]{0,100})\}")
_BUILT_IN = {
    "asciidoctor": "", "backend": "html5", "backend-html5": "", "basebackend": "html",
    "basebackend-html": "", "doctype": "article", "doctype-article": "", "html5": "",
}  # fmt: skip
_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt,
    ">=": operator.ge,
}  # fmt: skip


def active(source: Iterable[Line]) -> list[Line]:
    """The lines without conditions and without what stands under one that fails."""
    out: list[Line] = []
    attributes = dict(_BUILT_IN)
    open_: list[bool] = []
    failed = 0
    for line in source:
        directive = _DIRECTIVE.match(line.text) if "::" in line.text else None
        if directive is None:
            if not failed:
                _keep(line, out, attributes)
        elif directive["name"] == "endif":
            failed -= bool(open_) and not open_.pop()
        elif directive["content"] and directive["name"] != "ifeval":
            if not failed and _holds(directive, attributes):
                _keep(_part(line, *directive.span("content")), out, attributes)
        else:
            open_.append(bool(failed) or _holds(directive, attributes))
            failed += not open_[-1]
    return out


def _keep(line: Line, out: list[Line], attributes: MutableMapping[str, str]) -> None:
    entry = ENTRY.match(line.text) if line.text.startswith(":") else None
    if entry:
        set_attribute(attributes, entry["name"], entry["value"] or "")
    out.append(line)


def _part(line: Line, start: int, end: int) -> Line:
    text = line.text[start:end]
    first = line.first + start + len(text) - len(text.lstrip())
    text = text.strip()
    return Line(line.first + start, line.first + end, first, first + len(text), 0, text)


def _holds(directive: re.Match[str], attributes: MutableMapping[str, str]) -> bool:
    if directive["name"] == "ifeval":
        return _is_true(directive["content"], attributes)
    target = directive["target"].lower()
    names = re.split(r"[,+]", target)
    known = [name in attributes for name in names]
    found = all(known) if "+" in target else any(known)
    return found if directive["name"] == "ifdef" else not found


def _is_true(expression: str, attributes: MutableMapping[str, str]) -> bool:
    """Whether a comparison holds; what is no comparison does not."""
    comparison = _COMPARISON.match(expression)
    if comparison is None:
        return False
    left, right = (_value(comparison[side], attributes) for side in ("left", "right"))
    if type(left) is not type(right):
        left, right = str(left), str(right)
    return bool(_COMPARE[comparison["sign"]](left, right))


def _value(written: str, attributes: MutableMapping[str, str]) -> str | float:
    text = _ATTRIBUTE.sub(lambda m: attributes.get(m[1].lower(), ""), written)
    if text[:1] in "\"'" and len(text) > 1:
        return text[1:-1]
    try:
        return float(text)
    except ValueError:
        return text
