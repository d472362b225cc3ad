"""The annotated copy as Markdown: each claim has a footnote with its verdict and its source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from exocite.model import BlockKind
from exocite.report.data import Card, Group, Line, Report, Work
from exocite.report.words import Weight, findings, header, not_checked, reference, sentences
from exocite.text import collapsed, printable

# An underscore within a word, a lone ampersand and a closing bracket by itself mean nothing.
_MARKS = re.compile(r"([\\`*{}\[<>|~$^]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w))")
_AT_START = re.compile(r"^(\s*)(?:([-+=:#])|(\d{1,9})([.)])(?=\s|$))")
_OWN_NOTE = re.compile(r"\[\^([^\[\]\s]{1,60})\]")


def render(report: Report) -> bytes:
    """The report in Markdown with footnotes as Pandoc and GitHub read them."""
    lines = "\n".join(_lines(report)) + "\n"
    return lines.encode("utf-8", "backslashreplace")


def _lines(report: Report) -> Iterator[str]:
    yield "<!-- exocite report -->"
    yield f"# {_plain(report.title)}"
    for line in header(report):
        yield f"\n{_plain(line)}"
    for page in report.pages:
        if len(report.pages) > 1:
            yield f"\n# {_plain(page.title)}"
        for group in page.shown:
            yield ""
            yield from _group(group)
    works = {work.anchor: work for work in report.works}
    for card in report.cards:
        yield ""
        yield from _note(card, works)
    if report.works:
        yield "\n## References\n"
        for work in report.works:
            count = len(work.pins)
            rest = "1 claim rests" if count == 1 else f"{count} claims rest"
            yield f"- {_plain(reference(work))} {rest} on it."
    yield "\n## Findings\n"
    yield from (f"- {_plain(line)}" for line in findings(report))
    yield "\n## Not checked\n"
    yield from (f"- {_plain(line)}" for line in not_checked(report))


def _group(group: Group) -> Iterator[str]:
    first = group.lines[0]
    if group.kind in {BlockKind.TITLE, BlockKind.HEADING}:
        yield f"{'#' * min(max(first.level, 1) + 1, 6)} {_line(first)}"
    elif group.kind in {BlockKind.LIST_ITEM, BlockKind.REFERENCE}:
        for line in group.lines:
            yield f"{'    ' * (max(line.level, 1) - 1)}- {_line(line)}"
    elif group.kind is BlockKind.QUOTATION:
        yield "\n>\n".join(f"> {_line(line)}" for line in group.lines)
    elif group.kind is BlockKind.TABLE:
        width = max(len(line.cells) for line in group.lines)
        for number, line in enumerate(group.lines):
            cells = [*map(_plain, line.cells), *[""] * (width - len(line.cells))]
            yield f"| {' | '.join(cells)} |"
            if not number:
                yield f"|{' --- |' * width}"
    elif group.kind is BlockKind.CODE:
        yield from (f"    {printable(row)}" for row in first.text.splitlines())
    else:
        yield _line(first)


def _line(line: Line) -> str:
    told = "".join(
        _escaped(_unnoted(stretch.text)) + (f"[^{stretch.pin.number}]" if stretch.pin else "")
        for stretch in line.stretches
    )
    return _unlisted(collapsed(told))


def _note(card: Card, works: Mapping[str, Work]) -> Iterator[str]:
    told = list(sentences(card, works))
    yield f"[^{card.pin.number}]: **{_plain(told[0].text)}**"
    for sentence in told[1:]:
        sign = "> " if sentence.weight is Weight.QUOTE else ""
        yield f"\n    {sign}{_plain(sentence.text)}"


def _plain(text: str) -> str:
    return _unlisted(_escaped(collapsed(text)))


def _escaped(text: str) -> str:
    """The text as itself: none of its characters is a mark of Markdown or HTML."""
    return _MARKS.sub(r"\\\1", printable(text))


def _unnoted(text: str) -> str:
    """The same with the article's own notes called so: the report's have numbers of their own."""
    return _OWN_NOTE.sub(r"[note \1]", text)


def _unlisted(text: str) -> str:
    """The same where a line begins: it makes no list and no rule."""
    return _AT_START.sub(
        lambda found: found[1] + (f"\\{found[2]}" if found[2] else f"{found[3]}\\{found[4]}"), text
    )
