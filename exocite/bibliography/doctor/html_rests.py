"""Entities and tags of HTML and JATS that an export left in a field."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from exocite.bibliography.doctor.check import Check
from exocite.bibliography.doctor.entry import Entry, Field, Library, Literal
from exocite.bibliography.doctor.finding import Finding
from exocite.bibliography.doctor.masking import TYPESET
from exocite.bibliography.latex import NAME_FIELDS, is_balanced, to_latex
from exocite.model import Severity

_NAMED = r"[A-Za-z][A-Za-z0-9]{1,31}"
ENTITY = re.compile(rf"\\?&((?:amp;)*(?:{_NAMED}|#\d{{1,7}}|#[xX][0-9a-fA-F]{{1,6}});)")
"""An entity, encoded once or more often; a reference program may have escaped its ampersand."""

_LT = r"(?:<|\$<\$|\{\\textless\}|\\textless(?:\{\}|\s+)?)"
_GT = r"(?:>|\$>\$|\{\\textgreater\}|\\textgreater(?:\{\}|\s+)?)"
_COMMANDS = {
    "i": "textit", "em": "emph", "italic": "textit", "b": "textbf", "bold": "textbf",
    "strong": "textbf", "sub": "textsubscript", "inf": "textsubscript", "sup": "textsuperscript",
    "sc": "textsc", "scp": "textsc",
}  # fmt: skip
_DROPPED = frozenset(
    {"p", "title", "span", "font", "div", "u", "underline", "roman", "sec", "tt", "mixed-citation"}
)
_NAMES = "|".join(sorted({*_COMMANDS, *_DROPPED, "br", "math"}, key=len, reverse=True))
_TAG = re.compile(
    rf"{_LT}(?P<close>/?)(?P<space>jats:|mml:)?(?P<name>{_NAMES})"
    rf"(?P<more>(?:\s[^<>{{}}]*?)?)\s*/?{_GT}",
    re.IGNORECASE,
)
_ATTRIBUTES = re.compile(r"(?:\s+[\w:-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[\w#.-]+))*\s*")
_FIELDS = TYPESET | NAME_FIELDS | {"abstract", "keywords", "note", "annote", "annotation"}
_ADDRESSES = frozenset({"url", "doi"})


def _run(entry: Entry, library: Library) -> Iterator[Finding]:
    for field in entry.fields:
        for literal in field.literals:
            if field.name in _FIELDS:
                yield from _entities(field, literal, library)
                yield from _tags(field, literal)
            elif field.name in _ADDRESSES:
                yield from _in_address(field, literal)


def _in_address(field: Field, literal: Literal) -> Iterator[Finding]:
    for match in re.finditer(r"&amp;", literal.text):
        start, end = literal.start + match.start(), literal.start + match.end()
        message = "&amp; is how HTML writes &"
        cut = (start, end, "&")
        yield field.finding(start, end, "html-entity", Severity.WARNING, message, cut)


def _entities(field: Field, literal: Literal, library: Library) -> Iterator[Finding]:
    for match in ENTITY.finditer(literal.text):
        meant = f"&{match[1]}"
        for _ in range(4):
            meant, before = html.unescape(meant), meant
            if meant == before:
                break
        if len(meant) > 2 or meant == f"&{match[1]}":
            continue
        start, end = literal.start + match.start(), literal.start + match.end()
        message = f"{match[0]} is how HTML writes {meant}"
        latex = _latex(meant, library)
        ends_value = literal.quote == '"' and '"' in latex
        remedy = ((start, end, latex),) if latex and not ends_value else ()
        yield field.finding(start, end, "html-entity", Severity.WARNING, message, *remedy)


def _latex(meant: str, library: Library) -> str:
    if meant == "\xa0":
        return "~"
    if meant in "<>":
        return "{\\textless}" if meant == "<" else "{\\textgreater}"
    if not meant.isprintable():
        return ""
    try:
        return to_latex("title", meant, library.fits)
    except ValueError:
        return ""


def _tags(field: Field, literal: Literal) -> Iterator[Finding]:
    open_: list[re.Match[str]] = []
    for tag in _TAG.finditer(literal.text):
        if not _ATTRIBUTES.fullmatch(tag["more"]):
            continue
        if not tag["close"]:
            if tag["name"].lower() == "br" or tag[0].rstrip(">").endswith("/"):
                yield _found(field, literal, (tag,), (" " if tag["name"].lower() == "br" else "",))
            else:
                open_.append(tag)
        elif open_ and open_[-1]["name"].lower() == tag["name"].lower():
            yield _pair(field, literal, open_.pop(), tag)
        else:
            yield _found(field, literal, (tag,), ())
    for tag in open_:
        yield _found(field, literal, (tag,), ())


def _pair(field: Field, literal: Literal, first: re.Match[str], last: re.Match[str]) -> Finding:
    name = first["name"].lower()
    inner = literal.text[first.end() : last.start()]
    if name == "math" or not is_balanced(inner) or inner.count("$") % 2:
        return _found(field, literal, (first, last), ())
    if name in _DROPPED or not inner.strip():
        return _found(field, literal, (first, last), ("", ""))
    # The braces around keep a style from changing the case of what the tag marks.
    return _found(field, literal, (first, last), (f"\\{_COMMANDS[name]}{{", "}"))


def _found(
    field: Field, literal: Literal, tags: tuple[re.Match[str], ...], texts: tuple[str, ...]
) -> Finding:
    start, end = literal.start + tags[0].start(), literal.start + tags[-1].end()
    message = f"{tags[0][0]} is a tag of HTML or JATS"
    remedy = tuple(
        (literal.start + tag.start(), literal.start + tag.end(), text)
        for tag, text in zip(tags, texts, strict=False)
    )
    return field.finding(start, end, "html-tag", Severity.WARNING, message, *remedy)


CHECK = Check(
    (
        ("html-entity", "an entity such as `&amp;`"),
        ("html-tag", "a tag such as `<i>` or `<jats:sub>`"),
    ),
    _run,
)
