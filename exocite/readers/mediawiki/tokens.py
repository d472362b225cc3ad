"""Wikitext cut into tokens, every opening one paired with the one that closes it, in linear time.

Source: the MediaWiki preprocessor and tokenizer as they are documented (mediawiki.org: "Markup
spec", "Preprocessor ABNF"), simplified: what is never closed is text, a `ref` ends at the
first `</ref>`, and nothing reaches over the edge of the `ref` that it stands in.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import field
from enum import Enum

from exocite.frozen import dataclass
from exocite.patterns import regex
from exocite.readers.vocabulary import words


class Kind(Enum):
    """What a token is."""

    TEXT = "text"
    LINE_END = "line end"
    HIDDEN = "hidden"
    RAW = "raw"
    TAG = "tag"
    CLOSING_TAG = "closing tag"
    TEMPLATE = "{{"
    TEMPLATE_END = "}}"
    LINK = "[["
    LINK_END = "]]"
    ADDRESS = "[http"
    ADDRESS_END = "]"
    TABLE = "{|"
    TABLE_END = "|}"
    BAR = "|"
    QUOTES = "''"
    ENTITY = "entity"


@dataclass(slots=True)
class Token:
    """A stretch of wikitext.

    `name` is that of a tag, in lower case; `attributes` are as written. `partner` is the index of
    the token that closes this one, or that this one closes, -1 for none; `owner` that of the
    template, link or table whose parts a bar separates. `inner` is what a raw element holds.
    """

    kind: Kind
    start: int
    end: int
    name: str = ""
    attributes: str = ""
    empty: bool = False
    inner: tuple[int, int] = (0, 0)
    partner: int = -1
    owner: int = -1


RAW_ELEMENTS = words(
    """
    nowiki pre math chem ce syntaxhighlight source score timeline imagemap templatedata hiero graph
    mapframe maplink includeonly code tt kbd samp templatestyles categorytree inputbox
    """
)
"""Elements whose content is no wikitext, or none that a reader sees as text."""

_TOKEN = regex(
    r"(?P<comment><!--)"
    r"|<(?P<close>/)?(?P<name>[A-Za-z][A-Za-z0-9]{0,20})"
    r"(?P<attributes>(?:[\s/](?:[^<>\"']|\"[^\"<>]{0,300}\"|'[^'<>]{0,300}'|[\"']){0,2000}+)?)>"
    r"|(?P<opening>\{\{)|(?P<closing>\}\})|(?P<table>\{\|)|(?P<link>\[\[)|(?P<unlink>\]\])"
    r"|(?P<address>\[(?:(?:https?:|ftp:|irc:)?//|mailto:)[^\s\[\]<>\"|{}]{1,2000})"
    r"|(?P<unaddress>\])|(?P<quotes>''+)|(?P<bar>\|)|(?P<line>\r\n|\r|\n)"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<switch>__[A-Z]{3,30}__)"
)
_SINGLE = {
    "opening": Kind.TEMPLATE,
    "closing": Kind.TEMPLATE_END,
    "link": Kind.LINK,
    "unlink": Kind.LINK_END,
    "address": Kind.ADDRESS,
    "unaddress": Kind.ADDRESS_END,
    "quotes": Kind.QUOTES,
    "bar": Kind.BAR,
    "line": Kind.LINE_END,
    "entity": Kind.ENTITY,
    "switch": Kind.HIDDEN,
}
_INDENT = " \t:"


def tokens(source: str) -> list[Token]:
    """The tokens of the text in order and without a gap, paired."""
    found = _Lexer(source).run()
    _Pairing(found).run()
    return found


class _Lexer:
    def __init__(self, source: str) -> None:
        self._source = source
        self._out: list[Token] = []
        self._missing: set[str] = set()

    def run(self) -> list[Token]:
        source, at = self._source, 0
        text = 0
        while True:
            match = _TOKEN.search(source, at)
            if match is None:
                break
            token = self._token(match)
            if token is None:
                at = match.end() if match.lastgroup not in ("comment", "table") else at
                at = max(at, match.start() + 1)
                continue
            self._text(text, token.start)
            self._out.append(token)
            text = at = token.end
        self._text(text, len(source))
        return self._out

    def _text(self, start: int, end: int) -> None:
        if start < end:
            self._out.append(Token(Kind.TEXT, start, end))

    def _token(self, match: re.Match[str]) -> Token | None:
        start, end = match.span()
        if match["comment"]:
            closing = self._find("-->", end)
            return Token(Kind.HIDDEN, start, closing + 3) if closing >= 0 else None
        if match["name"]:
            return self._tag(match)
        if match["table"]:
            return Token(Kind.TABLE, start, end) if self._begins_line(start) else None
        if match["bar"] and self._source.startswith("|}", start) and self._begins_line(start):
            triple = self._source.startswith("|}}}", start)
            if triple or not self._source.startswith("|}}", start):
                return Token(Kind.TABLE_END, start, end + 1)
        group = match.lastgroup or ""
        return Token(_SINGLE[group], start, end)

    def _begins_line(self, at: int) -> bool:
        before = at
        while before > 0 and at - before < 40 and self._source[before - 1] in _INDENT:
            before -= 1
        return before == 0 or self._source[before - 1] in "\r\n"

    def _find(self, wanted: str, at: int) -> int:
        """`str.find` that searches once for what does not come again."""
        if wanted in self._missing:
            return -1
        found = self._source.find(wanted, at)
        if found < 0:
            self._missing.add(wanted)
        return found

    def _tag(self, match: re.Match[str]) -> Token:
        name, attributes = match["name"].lower(), match["attributes"]
        if match["close"]:
            return Token(Kind.CLOSING_TAG, *match.span(), name)
        empty = attributes.rstrip().endswith("/")
        if name in RAW_ELEMENTS:
            return self._raw(match, name, empty=empty)
        return Token(Kind.TAG, *match.span(), name, attributes.rstrip().rstrip("/"), empty)

    def _raw(self, match: re.Match[str], name: str, *, empty: bool) -> Token:
        start, end = match.span()
        if empty:
            return Token(Kind.HIDDEN, start, end, name)
        written = self._source[match.start("name") : match.end("name")]
        closing = min(
            (at for at in {self._find(f"</{form}", end) for form in (written, name)} if at >= 0),
            default=-1,
        )
        after = self._find(">", closing) if closing >= 0 else -1
        if after < 0:
            return Token(Kind.HIDDEN, start, end, name)
        return Token(Kind.RAW, start, after + 1, name, match["attributes"], inner=(end, closing))


_OPENING = {Kind.TEMPLATE, Kind.LINK, Kind.ADDRESS, Kind.TABLE}
_ENDS = {
    Kind.TEMPLATE_END: Kind.TEMPLATE,
    Kind.LINK_END: Kind.LINK,
    Kind.TABLE_END: Kind.TABLE,
    Kind.ADDRESS_END: Kind.ADDRESS,
}


@dataclass(slots=True)
class _Level:
    """What is open inside one `ref`, or in the page: indices of tokens, and how many of a kind."""

    opener: int = -1
    open: list[int] = field(default_factory=list)
    count: Counter[Kind] = field(default_factory=Counter)


class _Pairing:
    """Finds partners with an explicit stack; each token is pushed and popped once."""

    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._levels = [_Level()]
        self._closers = sum(t.kind is Kind.CLOSING_TAG and t.name == "ref" for t in found)

    def run(self) -> None:
        for index, token in enumerate(self._tokens):
            self._take(index, token)
        while len(self._levels) > 1:
            self._levels.pop()
        for index in self._levels[0].open:  # a table that is never closed ends with the page
            if self._tokens[index].kind is Kind.TABLE:
                self._tokens[index].partner = len(self._tokens)

    def _take(self, index: int, token: Token) -> None:
        level = self._levels[-1]
        if token.kind in _OPENING:
            level.open.append(index)
            level.count[token.kind] += 1
        elif token.kind in _ENDS:
            self._close(index, _ENDS[token.kind])
        elif token.kind is Kind.BAR:
            token.owner = level.open[-1] if level.open else -1
        elif token.kind is Kind.LINE_END:
            self._end_addresses(level)
        elif token.name == "ref":
            self._reference(index, token)

    def _reference(self, index: int, token: Token) -> None:
        if token.kind is Kind.CLOSING_TAG:
            self._closers -= 1
            if len(self._levels) > 1:
                opener = self._levels.pop().opener
                token.partner, self._tokens[opener].partner = opener, index
        elif token.kind is Kind.TAG and not token.empty and self._closers:
            self._open_reference(index)

    def _open_reference(self, index: int) -> None:
        if len(self._levels) == 1:  # a `ref` inside a `ref` is none
            self._levels.append(_Level(index))

    def _end_addresses(self, level: _Level) -> None:
        while level.open and self._tokens[level.open[-1]].kind is Kind.ADDRESS:
            level.open.pop()
            level.count[Kind.ADDRESS] -= 1

    def _close(self, index: int, wanted: Kind) -> None:
        level = self._levels[-1]
        if not level.count[wanted]:
            return
        if wanted is Kind.ADDRESS and self._tokens[level.open[-1]].kind is not wanted:
            return
        while level.open:
            opener = level.open.pop()
            kind = self._tokens[opener].kind
            level.count[kind] -= 1
            if kind is wanted:
                self._tokens[opener].partner = index
                self._tokens[index].partner = opener
                return
