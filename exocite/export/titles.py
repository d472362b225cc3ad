"""Titles of bibliography entries as CSL rich text.

BibTeX writes titles in the case of their source and guards with braces what must keep its
capitals. CSL wants sentence case, with the guarded words in `nocase` spans, and a style raises the
other words where it wants title case. Source: CSL-JSON schema and "Rich text formatting" in the
documentation of citeproc-js.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from exocite.frozen import dataclass
from exocite.text import collapsed, trimmed

NOCASE = '<span class="nocase">'
SMALL_CAPS = '<span style="font-variant:small-caps;">'
SPAN_END = "</span>"

_MARKUP = re.compile(
    r"</?(?:i|b|sub|sup|span)>"
    r"|<span (?:class=\"nocase\"|style=\"font-variant:\s?small-caps;\")>"
    r"|<sc>|</sc>"
)
_SIMPLE = frozenset({"i", "b", "sub", "sup"})
_PART = re.compile(rf"{_MARKUP.pattern}|[{{}}]|[^<{{}}]+|<")
_WORD = re.compile(r"[^\W_]\S*")
_SMALL = frozenset(
    {
        "a", "an", "and", "as", "at", "but", "by", "down", "for", "from", "in", "into", "nor",
        "of", "on", "onto", "or", "over", "so", "the", "till", "to", "up", "via", "with", "yet",
        "vs", "per", "than", "between", "through", "during", "against", "among", "under", "after",
        "before", "within", "without",
    }
)  # fmt: skip
_LEAST_WORDS = 2
_SENTENCE_END = (":", ".", "?", "!", "—")


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    kind: str


def rich(text: str, *, sentence_case: bool = False) -> str:
    """The title with its braces made `nocase` spans, its markup kept.

    With `sentence_case`, a title that is written in title case is put into sentence case; words
    in braces, and words with capitals or digits inside, stay as they are.
    """
    pieces = list(_pieces(collapsed(text)))
    if sentence_case and _is_title_case(pieces):
        pieces = list(_lowered(pieces))
    return "".join(
        _guard(piece.text) if piece.kind == "guarded" else piece.text for piece in pieces
    )


def plain(text: str) -> str:
    """The title without braces and without markup."""
    if _bare_text(text):
        return collapsed(text)
    return collapsed("".join(piece.text for piece in _pieces(text) if piece.kind != "tag"))


def tokens(text: str) -> Iterator[tuple[str, str]]:
    """The text cut into ("text", words), ("open", tag) and ("close", tag), well nested.

    Tags are i, b, sub, sup, sc and nocase. Markup that is not closed, closes nothing or crosses
    another is text.
    """
    found = list(_MARKUP.finditer(text))
    paired = _paired([match[0] for match in found])
    at = 0
    for index, match in enumerate(found):
        if index in paired:
            if at < match.start():
                yield "text", text[at : match.start()]
            yield paired[index]
            at = match.end()
    if at < len(text):
        yield "text", text[at:]


def _paired(tags: list[str]) -> dict[int, tuple[str, str]]:
    pairs: dict[int, tuple[str, str]] = {}
    stack: list[tuple[str, int]] = []
    for index, tag in enumerate(tags):
        element = _element(tag)
        if not tag.startswith("</"):
            stack.append((tag, index))
        elif stack and _element(stack[-1][0]) == element:
            opened, start = stack.pop()
            name = _name(opened)
            if name:
                pairs[start] = ("open", name)
                pairs[index] = ("close", name)
    return pairs


def _element(tag: str) -> str:
    return tag.strip("</>").split(" ", 1)[0]


def _name(opened: str) -> str:
    element = _element(opened)
    if element in _SIMPLE or element == "sc":
        return element
    if "nocase" in opened:
        return "nocase"
    return "sc" if "small-caps" in opened else ""


def _pieces(text: str) -> Iterator[_Piece]:
    """The text without its braces as pieces that are free, guarded by braces, italic, or a tag.

    Italics are mostly the name of a species or of a work and keep their case as well. Braces that
    do not balance are left out and guard nothing.
    """
    guards = text.count("{") == text.count("}")
    level = 0
    italic = False
    for match in _PART.finditer(text):
        part = match[0]
        if part in {"{", "}"}:
            level = max(0, level + (1 if part == "{" else -1))
        elif _MARKUP.fullmatch(part):
            italic = part == "<i>" or (italic and part != "</i>")
            yield _Piece(part, "tag")
        else:
            yield _Piece(part, "guarded" if guards and level else "italic" if italic else "free")


def _bare_text(text: str) -> bool:
    """Whether there are neither braces nor markup in it."""
    return not ("{" in text or "}" in text or "<" in text)


def _guard(text: str) -> str:
    """The text in a `nocase` span, spaces at its ends outside; as it is without letters."""
    if not any(character.isalpha() for character in text):
        return text
    start, end = trimmed(text, 0, len(text))
    return f"{text[:start]}{NOCASE}{text[start:end]}{SPAN_END}{text[end:]}"


def _is_title_case(pieces: list[_Piece]) -> bool:
    """Whether every word of weight outside braces is capitalised, and there are enough of them."""
    seen = 0
    first = True
    for piece in pieces:
        for word in _WORD.findall(piece.text) if piece.kind != "tag" else ():
            light = first or piece.kind != "free" or _bare(word) in _SMALL
            first = False
            if light or not word[0].isalpha() or _is_special(word):
                continue
            if not word[0].isupper():
                return False
            seen += 1
    return seen >= _LEAST_WORDS


def _bare(word: str) -> str:
    return word.lower().rstrip(',;:.?!)"”’')


def _lowered(pieces: list[_Piece]) -> Iterator[_Piece]:
    """Free words in lower case but for the first of each sentence and those of special form."""
    before, glued = ":", False
    for piece in pieces:
        if piece.kind == "tag":
            yield piece
            continue
        out, at = [], 0
        for match in _WORD.finditer(piece.text):
            gap = piece.text[at : match.start()]
            before = gap.rstrip()[-1:] or before
            word = match[0]
            inside = glued and not gap
            keep = piece.kind != "free" or before in _SENTENCE_END or inside
            out += [gap, word if keep or not _is_capitalised(word) else word[0].lower() + word[1:]]
            before, glued = word[-1], True
            at = match.end()
        tail = piece.text[at:]
        before = tail.rstrip()[-1:] or before
        glued = glued and not tail
        yield _Piece("".join((*out, tail)), piece.kind)


def _is_special(word: str) -> bool:
    """Whether its form is its own: an acronym, a formula, McDonald, mRNA."""
    return any(character.isupper() or character.isdigit() for character in word[1:])


def _is_capitalised(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and not _is_special(word)
