"""What a Typst document defines by `#let` and uses in its text, and the labels of its own places.

Source: the reference manual at typst.app ("Scripting": bindings, "Label"). Nothing is computed: a
value is known where it is written as text, a number or content.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field

from exocite.frozen import dataclass
from exocite.patterns import regex
from exocite.text import collapsed

STRING = regex(r"\"((?:[^\"\\]++|\\.)*+)\"", re.DOTALL)
_LET = regex(
    r"(?<![^\r\n])(?P<before>[^\r\n]{0,200}?)#let[ \t]+(?P<name>[A-Za-z_][\w-]{0,100})"
    r"(?:\((?P<parameters>[^()\r\n]{0,300})\))?[ \t]*=[ \t]*(?P<value>\S)"
)
_IMPORT = regex(
    r"#import[ \t]+\"(?P<file>[^\"\r\n@]{1,300})\"(?:[ \t]*:[ \t]*(?P<names>[^\r\n]{1,500}))?"
)
_NUMBER = regex(
    r"[-+−]?\d[\d_]{0,30}(?:\.\d{1,30})?(?:e[-+]?\d{1,3})?(?:%|[a-z]{1,3}\b)?"
    r"(?=[ \t]*(?://|[\r\n;,)]|$))"
)
_ENTRY = regex(r"\s*(?P<name>[A-Za-z_][\w-]{0,60})[ \t]*:[ \t]*(?=(?P<value>\S))")
_BRACKETS = regex(r"\\.|[\[\]]", re.DOTALL)
_ESCAPE = regex(r"\\(.)", re.DOTALL)
_LABEL = regex(r"<(?P<name>[A-Za-z_][\w:.-]{0,200})>")
_PARAMETER = regex(r"(?P<name>[A-Za-z_][\w-]{0,60})(?:[ \t]*:[ \t]*(?P<default>.*))?$", re.DOTALL)
_WORD = regex(r"[A-Za-z_][\w-]{0,100}")
_LONGEST = 2000
_LONGEST_TEXT = 20_000
_TEXT_LENGTH = 100
_MOST_ENTRIES = 100


@dataclass(frozen=True, slots=True)
class Value:
    """A value as it is written: a text that is shown, or content that is markup."""

    text: str
    is_markup: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """A function that makes content: its parameters with what they are if not given, its body."""

    parameters: tuple[tuple[str, str], ...]
    markup: str


@dataclass(slots=True)
class Definitions:
    """What a document defines.

    `unknown` are names whose value is computed or stands elsewhere. `texts` are the places of the
    brackets of whole texts that bear a name: an abstract, a statement.
    """

    values: dict[str, Value] = field(default_factory=dict)
    templates: dict[str, Template] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    labels: set[str] = field(default_factory=set)
    texts: set[int] = field(default_factory=set)


def definitions(source: str) -> Definitions:
    """What `#let` and `#import` name, and the labels; a name that is bound twice is not known."""
    found = Definitions()
    bound: set[str] = set()
    for match in _LET.finditer(source):
        if "//" in match["before"]:
            continue
        name = match["name"]
        if name in bound:
            found.values.pop(name, None)
            found.templates.pop(name, None)
            found.unknown.add(name)
        else:
            _bind(found, source, match)
        bound.add(name)
    for match in _IMPORT.finditer(source):
        names = _WORD.findall(match["names"] or "")
        found.unknown.update(name for name in names if name not in bound)
    for match in _LABEL.finditer(source):
        before = source[max(0, match.start() - 40) : match.start()].rstrip()
        if not before.endswith(("(", ",", ":")):
            found.labels.add(match["name"])
    return found


def _bind(found: Definitions, source: str, match: re.Match[str]) -> None:
    name, at = match["name"], match.start("value")
    if match["parameters"] is not None:
        markup = _content(source, at)
        parameters = [_PARAMETER.match(one.strip()) for one in match["parameters"].split(",")]
        if markup is not None:
            found.templates[name] = Template(
                tuple((one["name"], _default(one["default"])) for one in parameters if one), markup
            )
        return
    value = _value(source, at)
    if value is not None and value.is_markup and _is_text(value.text):
        found.texts.add(at)
    elif value is not None:
        found.values[name] = value
    if value is not None:
        return
    found.unknown.add(name)
    if source[at] == "(":
        for key, inner in _entries(source, at + 1).items():
            found.values[f"{name}.{key}"] = inner


def _default(written: str | None) -> str:
    value = _value(written, 0) if written else None
    return value.text if value else ""


def _is_text(markup: str) -> bool:
    """Whether content is a text of its own rather than a word or two of a sentence."""
    return len(markup) >= _TEXT_LENGTH and markup.rstrip()[-1:] in (".", "!", "?")


def _value(source: str, at: int) -> Value | None:
    """The value that is written here, None for what is computed."""
    if source[at] == '"':
        string = STRING.match(source, at, at + _LONGEST)
        return Value(collapsed(unescaped(string[1]))) if string else None
    if source[at] == "[":
        markup = _content(source, at)
        return None if markup is None else Value(markup, is_markup=True)
    if source[at] == "$":
        end = source.find("$", at + 1, at + _LONGEST)
        return Value(collapsed(source[at + 1 : end])) if end > 0 else None
    number = _NUMBER.match(source, at, at + 80)
    return Value(number[0].replace("_", "").replace("-", "−", 1)) if number else None


def _entries(source: str, at: int) -> Mapping[str, Value]:
    """The entries of a dictionary that are values as they are written."""
    found: dict[str, Value] = {}
    for _ in range(_MOST_ENTRIES):
        entry = _ENTRY.match(source, at, at + _LONGEST)
        if entry is None:
            break
        start = entry.start("value")
        value = _value(source, start)
        if value is None:
            break
        found[entry["name"]] = value
        comma = source.find(",", _end(source, start), start + _LONGEST)
        if comma < 0:
            break
        at = comma + 1
    return found


def _end(source: str, at: int) -> int:
    """Where a text or content that begins here ends."""
    string = STRING.match(source, at, at + _LONGEST)
    if string:
        return string.end()
    markup = _content(source, at)
    return at + len(markup) + 2 if markup is not None else at


def _content(source: str, at: int) -> str | None:
    """What stands in the square bracket that opens here, None where it does not close soon."""
    if source[at] != "[":
        return None
    depth = 0
    for match in _BRACKETS.finditer(source, at, at + _LONGEST_TEXT):
        depth += {"[": 1, "]": -1}.get(match[0], 0)
        if depth == 0:
            return source[at + 1 : match.start()]
    return None


def unescaped(string: str) -> str:
    """The text that a string in code stands for."""
    return _ESCAPE.sub(lambda m: " " if m[1] in "ntr" else m[1], string)
