"""Prose cut into sentences without loss: what lies between them is white space or a list marker.

The boundaries are those of the library sentencex (Wikimedia, MIT) on a masked view of the text
(`exocite.claims.masking`). House rules: a citation marker or note sign after the full stop belongs
to the sentence that it follows; a list marker at the start of an item lies outside its sentence; a
quotation of two sentences inside one sentence is one; a lead-in on a line of its own ("Benefits:")
is a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator

from sentencex import get_sentence_boundaries

from exocite.claims.masking import masked
from exocite.model import Article, Sentence
from exocite.patterns import regex
from exocite.text import collapsed, source_span, trimmed

# sentencex looks for the partner of every opening quotation mark: windows keep hostile text linear.
_WINDOW = 8000

_LINE = regex(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_BULLET = regex(r"[ \t]*[•‣⁃◦▪●■□▸►·*+–—-][ \t]+(?=\S)")
_ORDINAL = regex(
    r"[ \t]*\(?(?P<label>\d{1,2}|[a-z]|[ivx]{2,4})(?P<delimiter>\.\)|\.|\))[ \t]+(?=\S)"
)
_LABEL = regex(r"[ \t]*(?:[•‣⁃▪●][ \t]*)?\(?(?:\d{1,2}|[a-z])[.)]{1,2}[ \t]+(?=\S)")
_INLINE_BULLET = regex(r"(?:^|(?<=\s))[•‣⁃▪●](?=\s?\S)")


def sentences(article: Article) -> tuple[Sentence, ...]:
    """The sentences of the article's prose blocks, in order, with their spans in the source.

    `Sentence.text` is the visible text with white space collapsed.
    """
    found: list[Sentence] = []
    for number, block in enumerate(article.blocks):
        if not block.kind.is_prose or not block.runs:
            continue
        for start, end in boundaries(block.text):
            span = source_span(block.runs, start, end)
            found.append(Sentence(span, collapsed(block.text[start:end]), number))
    return tuple(found)


def boundaries(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence of the text, in code points, without white space at the ends.

    Spans are in order, do not overlap and hold every character that is neither white space nor a
    list marker. Time is linear in the length of the text.
    """
    spans: list[tuple[int, int]] = []
    for start, end, skip in _passages(text):
        if text[start:end].isspace():
            continue
        items = _inline_items(text, start, end)
        heads = items if len(items) > 1 else [start + skip]
        for begin, stop in zip(heads, [*heads[1:], end], strict=True):
            spans.extend(_cut(text, begin, stop))
    return spans


def _passages(text: str) -> Iterator[tuple[int, int, int]]:
    """Start and end of each stretch that no sentence crosses, and the length of its list marker.

    A blank line ends one, a list item begins one, and a line that ends in a colon stands alone.
    """
    start, skip, previous, at = 0, 0, 0, 0
    lead_in = True
    while at < len(text):
        line = _LINE.match(text, at)
        if line is None or line.end() == at:
            break
        content = line[0].strip()
        marker, ordinal = _marker(line[0], previous, first=lead_in)
        if not content or marker or lead_in:
            if start < at:
                yield start, at, skip
            start, skip = at, marker
            previous = ordinal if marker else previous
        lead_in = not content or content.endswith(":")
        at = line.end()
    if start < len(text):
        yield start, len(text), skip


def _marker(line: str, previous: int, *, first: bool) -> tuple[int, int]:
    """Length of the list marker that the line begins with, and its ordinal (0 for a bullet).

    A number counts where it begins a passage, is the first of its kind, or follows one before:
    "…as shown in Fig.⏎2. The rest" is no item.
    """
    bullet = _BULLET.match(line)
    if bullet:
        return bullet.end(), 0
    numbered = _ORDINAL.match(line)
    if not numbered:
        return 0, 0
    ordinal = _ordinal(numbered["label"], previous)
    if first or ordinal == 1 or ordinal > previous > 0:
        return numbered.end(), ordinal
    return 0, 0


def _ordinal(label: str, previous: int) -> int:
    if len(label) > 1 and not label.isdecimal():
        return previous + 1
    return int(label) if label.isdecimal() else ord(label) - ord("a") + 1


def _inline_items(text: str, start: int, end: int) -> list[int]:
    """Where the items of a list within one line begin: "1. Rest 2. Drink", "• Rest • Drink"."""
    line = text[start : min(end, start + _WINDOW)]
    marks = () if line.isascii() else _INLINE_BULLET.finditer(line)
    bullets = [match.start() for match in marks]
    if len(bullets) > 1 and not line[: bullets[0]].strip():
        return [start, *(start + bullet for bullet in bullets[1:])]
    first = _ORDINAL.match(line)
    cuts = [start]
    if first is None or first["label"] not in ("1", "a") or "\n" in line.strip():
        return cuts
    label, at = first["label"], first.end()
    while True:
        label = str(int(label) + 1) if label.isdecimal() else chr(ord(label) + 1)
        at = line.find(f" {label}{first['delimiter']} ", at)
        if at < 0:
            return cuts
        at += 1
        cuts.append(start + at)


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Sentences between two offsets that no sentence crosses."""
    opening = _LABEL.match(text, start, end)
    hidden = opening.end() if opening else start
    view = text[start:hidden].replace(".", "x") + masked(text[hidden:end])
    spans: list[tuple[int, int]] = []
    for begin, stop in _windowed(view):
        span = trimmed(text, start + begin, start + stop)
        if span[0] == span[1]:
            continue
        if spans and not any(map(str.isalnum, text[span[0] : span[1]])):
            spans[-1] = (spans[-1][0], span[1])
        else:
            spans.append(span)
    return spans


def _windowed(view: str) -> Iterator[tuple[int, int]]:
    """Boundaries of a masked text, found window by window.

    The last sentence of a window is cut anew at the head of the next; one that fills a whole
    window goes on in the next.
    """
    opened, at = 0, 0
    while at < len(view):
        window = view[at : at + _WINDOW]
        ends = [at + end for end in _ends(window)]
        if at + len(window) >= len(view):
            ends = [*ends[:-1], len(view)] if ends else [len(view)]
            at = len(view)
        elif len(ends) > 1:
            ends.pop()
            at = ends[-1]
        else:
            ends = []
            space = window.rfind(" ")
            at += space + 1 if space > 0 else len(window)
        for end in ends:
            yield opened, end
            opened = end


def _ends(window: str) -> list[int]:
    return [
        boundary["end_index"]
        for boundary in get_sentence_boundaries("en", window)
        if not boundary["is_paragraph_break"]
    ]
