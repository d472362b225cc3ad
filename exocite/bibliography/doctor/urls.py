"""Addresses: no scheme, blanks inside, a command around."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exocite.bibliography.doctor.check import Check
from exocite.bibliography.doctor.entry import Entry, Field, Library, Literal
from exocite.bibliography.doctor.finding import Finding
from exocite.bibliography.latex import decoded
from exocite.model import Severity

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?://)?[^\s/]|/|file:")
_WRAPPED = re.compile(r"(\s*\\(?:url|nolinkurl)\s*\{)([^{}]*)(\}\s*)")
_SEVERAL = re.compile(r"\s+(?:(?:and|or)\s+)?(?=[a-z]+://)|[,;|]\s*(?=[a-z]+://)", re.IGNORECASE)


def _run(entry: Entry, _library: Library) -> Iterator[Finding]:
    field = entry.field("url")
    literal = field.single if field else None
    if field is None or literal is None or not literal.text.strip():
        return
    wrapped = _WRAPPED.fullmatch(literal.text)
    if wrapped:
        message = "\\url stands inside the field url; styles add it"
        cuts = (
            (literal.start, literal.start + wrapped.end(1), ""),
            (literal.start + wrapped.start(3), literal.end, ""),
        )
        start, end = literal.start, literal.end
        yield field.finding(start, end, "url-command", Severity.INFO, message, *cuts)
        return
    yield from _malformed(field, literal)


def _malformed(field: Field, literal: Literal) -> Iterator[Finding]:
    address = decoded("url", literal.text)
    if len(_SEVERAL.split(address)) > 1:
        message = "there is more than one address here"
    elif not _SCHEME.match(address):
        message = "this address has no scheme such as https://"
    elif re.search(r"\s", address):
        message = "there is a blank in this address"
    else:
        return
    yield field.finding(literal.start, literal.end, "url-malformed", Severity.WARNING, message)


CHECK = Check(
    (
        ("url-malformed", "an address without a scheme, with a blank, or several"),
        ("url-command", "`\\url{…}` inside the field `url`"),
    ),
    _run,
)
