"""Pages as a PDF draws them to text that flows: heads, hyphens and line ends undone.

Every page keeps its own text, but a sentence that runs over the page's end stands whole on the
page on which it begins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import quantiles

from exocite.patterns import regex
from exocite.readers.pdf.cleaning import cleaned, joint, whole_words

_DIGITS = regex(r"\d+")
_SENTENCE = regex(r".*?[.!?][\"”’')\]]*(?=\s|\Z)", re.DOTALL)
_SENTENCE_END = regex(r"[.!?][\"”’')\]]*\Z")
_ENDED = regex(r"[.!?:;][\"”’')\]]*\Z")

_BULLETS = frozenset("•‣◦▪■●○")

_EDGE = 3
"""Lines at the head and foot of a page among which running heads are looked for."""
_LEAST_PAGES = 3
_SHARE = 0.4
"""Share of the pages that a line must stand on to be a running head."""
_SHORT = 0.7
"""Share of the usual width under which a line is the last of its paragraph."""
_LONGEST_HEAD = 150


def flowing(pages: Sequence[str], labels: Sequence[str]) -> list[str]:
    """The text of each page, a line a paragraph; "" for a page without any.

    `labels` are the numbers printed on the pages.
    """
    lines = [_lines(page) for page in pages]
    heads = _heads(lines)
    kept = [_without_heads(page, heads, label) for page, label in zip(lines, labels, strict=True)]
    words = Counter(word.casefold() for page in kept for line in page for word in whole_words(line))
    usual = _usual([len(line) for page in kept for line in page])
    paragraphs = [list(_paragraphs(page, words, usual)) for page in kept]
    _mend(paragraphs, words)
    return ["\n".join(page) for page in paragraphs]


def _lines(page: str) -> list[str]:
    """The lines that hold anything, ligatures undone and white space collapsed."""
    collapsed = (" ".join(line.split()) for line in cleaned(page).splitlines())
    return [line for line in collapsed if line]


# --------------------------------------------------------------------------- running heads


def _heads(pages: Sequence[Sequence[str]]) -> dict[str, bool]:
    """Lines that stand at the edge of several pages, whatever number they bear there.

    True where a line stands on so many that it is a running head; else it is one only where it
    bears the number of its page ("Chapter 2  31").
    """
    filled = sum(bool(page) for page in pages)
    least = max(_LEAST_PAGES, _SHARE * filled)
    counts = Counter(
        head
        for page in pages
        for head in {_head(line) for line in (*page[:_EDGE], *page[-_EDGE:])}
        if head
    )
    return {head: count >= least for head, count in counts.items() if count > 1}


def _head(line: str) -> str:
    """What two lines have in common that are the same head; "" for what can be none.

    Numbers may differ, but not in a sentence: "In 2019, 30 % did." is no head of the next page.
    """
    if len(line) > _LONGEST_HEAD:
        return ""
    return line if _SENTENCE_END.search(line) else _DIGITS.sub("#", line.casefold())


def _without_heads(page: list[str], heads: dict[str, bool], label: str) -> list[str]:
    first, last = 0, len(page)
    while first < min(_EDGE, last) and _is_head(page[first], heads, label):
        first += 1
    while last > max(first, len(page) - _EDGE) and _is_head(page[last - 1], heads, label):
        last -= 1
    return page[first:last]


def _is_head(line: str, heads: dict[str, bool], label: str) -> bool:
    if line == label or heads.get(_head(line), False):
        return True
    return _head(line) in heads and label in (line.split(" ", 1)[0], line.rsplit(" ", 1)[-1])


# --------------------------------------------------------------------------- line ends


def _usual(lengths: Sequence[int]) -> float:
    """The length of a line that reaches the margin: most lines of a text do."""
    return quantiles(lengths, n=5)[2] if len(lengths) > 1 else 0.0


def _paragraphs(lines: Sequence[str], words: Counter[str], usual: float) -> Iterator[str]:
    """Lines joined; a short one ends its paragraph unless the next goes on in lower case."""
    pieces: list[str] = []
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else ""
        ended = len(before) < _SHORT * usual and not line[0].islower()
        if pieces and (ended or line[0] in _BULLETS):
            yield "".join(pieces)
            pieces = []
        elif pieces:
            pieces[-1] = _before(pieces[-1], line, words)
        pieces.append(line)
    if pieces:
        yield "".join(pieces)


def _before(text: str, line: str, words: Counter[str]) -> str:
    """What becomes of a line when another follows: a space is added, or a hyphen taken away."""
    between = joint(text, line, words)
    return text[:-1] if between is None else text + between


def _mend(pages: list[list[str]], words: Counter[str]) -> None:
    """Move the end of a sentence back to the page on which it begins."""
    for before, page in pairwise(pages):
        if not before or not page or _ENDED.search(before[-1]) or not page[0][0].islower():
            continue
        match = _SENTENCE.match(page[0])
        end = match.end() if match else len(page[0])
        before[-1] = _before(before[-1], page[0], words) + page[0][:end]
        rest = page[0][end:].lstrip()
        page[:1] = [rest] if rest else []
