"""Formatted bibliographies as plain text and as HTML.

Text that comes from a bibliography is never markup: in HTML every character of it is escaped, and
only the style's own formatting and the title's known tags become elements.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from exocite.export.engine import Formatted, Run
from exocite.text import printable

_ELEMENTS = {
    "i": ("<i>", "</i>"),
    "b": ("<b>", "</b>"),
    "u": ('<span style="text-decoration:underline">', "</span>"),
    "sup": ("<sup>", "</sup>"),
    "sub": ("<sub>", "</sub>"),
    "sc": ('<span style="font-variant:small-caps">', "</span>"),
}
_ADDRESS = re.compile(r"https?://[^\s<>\"“”]{1,2000}")
_TRAILING = ".,;:!?)]”’"


def text(entries: Sequence[Formatted]) -> str:
    """One entry a line, nothing but text."""
    return "".join(printable("".join(run.text for run in entry.runs)) + "\n" for entry in entries)


def markup(entries: Sequence[Formatted]) -> str:
    """An HTML fragment: a list of class csl-bib-body with one csl-entry for each reference.

    Addresses become links.
    """
    body = "".join(
        f'  <div class="csl-entry" id="ref-{html.escape(entry.key)}">{_runs(entry.runs)}</div>\n'
        for entry in entries
    )
    return f'<div class="csl-bib-body">\n{body}</div>\n'


def _runs(runs: Sequence[Run]) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    marks = [mark for mark in _ELEMENTS if mark in run.marks]
    opening = "".join(_ELEMENTS[mark][0] for mark in marks)
    closing = "".join(_ELEMENTS[mark][1] for mark in reversed(marks))
    return opening + "".join(_linked(printable(run.text))) + closing


def _linked(words: str) -> Iterator[str]:
    at = 0
    for match in _ADDRESS.finditer(words):
        address = match[0].rstrip(_TRAILING)
        yield html.escape(words[at : match.start()], quote=False)
        yield f'<a href="{html.escape(address)}">{html.escape(address, quote=False)}</a>'
        at = match.start() + len(address)
    yield html.escape(words[at:], quote=False)
