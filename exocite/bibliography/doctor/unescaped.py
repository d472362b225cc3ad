r"""Characters that TeX gives a meaning of their own: & % # _ $ in text.

Only fields that a style prints are looked at, and names; mathematics, addresses, DOIs and the
arguments of commands such as `\url` and `\ref` are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from exocite.bibliography.doctor.check import Check
from exocite.bibliography.doctor.entry import Entry, Field, Library, Literal
from exocite.bibliography.doctor.finding import Finding
from exocite.bibliography.doctor.html_rests import ENTITY
from exocite.bibliography.doctor.masking import HIDDEN, TYPESET, masked
from exocite.bibliography.latex import NAME_FIELDS
from exocite.model import Severity

_SPECIAL = re.compile(r"[&%#_]")
_FIELDS = TYPESET | NAME_FIELDS | {"note", "addendum"}


def _run(entry: Entry, _library: Library) -> Iterator[Finding]:
    for field in entry.fields:
        if field.name in _FIELDS:
            for literal in field.literals:
                yield from _unescaped(field, literal)


def _unescaped(field: Field, literal: Literal) -> Iterator[Finding]:
    text = ENTITY.sub(lambda match: HIDDEN * len(match[0]), masked(literal.text))
    if "$" in text:
        at = literal.start + text.index("$")
        message = "this dollar sign opens mathematics that no other closes"
        yield field.finding(at, at + 1, "open-mathematics", Severity.WARNING, message)
        return
    if "\\" in text:
        return  # A backslash that the masks do not explain: nothing is sure here.
    for match in _SPECIAL.finditer(text):
        at = literal.start + match.start()
        message = f"{match[0]} has a meaning of its own in TeX; as itself it is \\{match[0]}"
        # A percent sign at the end of a line may be meant as TeX's comment.
        comment = match[0] == "%" and text[match.end() : match.end() + 1] in ("\r", "\n")
        remedy = () if comment else ((at, at, "\\"),)
        yield field.finding(at, at + 1, "unescaped", Severity.WARNING, message, *remedy)


CHECK = Check(
    (
        ("unescaped", "`&`, `%`, `#` or `_` in text without a backslash"),
        ("open-mathematics", "a dollar sign without its partner"),
    ),
    _run,
)
