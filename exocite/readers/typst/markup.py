"""The signs of Typst's markup: lines, comments, escapes, emphasis, raw text, mathematics."""

from __future__ import annotations

import re
from dataclasses import field, replace

from exocite.frozen import dataclass
from exocite.model import BlockKind, Span
from exocite.patterns import regex
from exocite.readers.block_draft import BlockDraft
from exocite.readers.raw import RawBlock
from exocite.readers.typst.roles import Place, Use
from exocite.text import collapsed

_LINE_MARK = regex(
    r"(?P<indent>[ \t]*)(?:(?P<heading>={1,6})(?=[ \t])|(?P<bullet>[-+]|/)(?=[ \t])"
    r"|(?P<number>\d{1,9})\.(?=[ \t]))[ \t]+"
)
_BLANK = regex(r"[ \t]*(?=[\r\n]|$)")
_INDENT = regex(r"[ \t]*")
_REST = regex(r"[^\r\n]*")
_LINE_END = regex(r"[\r\n]")
_COMMENT_EDGE = regex(r"/\*|\*/")
_UNICODE = regex(r"\\u\{([0-9a-fA-F]{1,6})\}")
_DASHES = {2: "–", 3: "—"}


@dataclass(slots=True)
class Frame:
    """A bracket that is open, or a statement: what closes it, whose argument it is, its drafts."""

    close: str
    function: str = ""
    start: int = 0
    saved: BlockDraft | None = None
    use: Use = field(default_factory=lambda: Use(Place.INLINE))
    argument: str = ""
    declared: bool = False
    keys: list[tuple[str, Span]] = field(default_factory=list)
    supplement: str = ""
    cited: int = 0
    form: str = ""
    behind: str = ""
    lifted: int = -1


class Markup:
    """What a document shows without its functions; `Scanner` reads on at each sign."""

    def __init__(self, source: str) -> None:
        self.blocks: list[RawBlock] = []
        self.formulas: dict[Span, str] = {}
        self._source = source
        self._at = 0
        self._draft = BlockDraft(source)
        self._frames: list[Frame] = []
        self._missing: set[str] = set()
        self._line_start = True
        self._indent = 0
        self._displayed: dict[Span, str] = {}

    def _in_code(self) -> bool:
        return bool(self._frames) and self._frames[-1].close != "]"

    def _skip(self, _match: re.Match[str]) -> None:
        """Nothing is seen of it."""

    def _copy(self, match: re.Match[str]) -> None:
        self._line_start = False
        self._draft.copy(*match.span())

    def _find(self, wanted: str, at: int) -> int:
        """`str.find` that searches once for what does not come again."""
        if wanted in self._missing:
            return -1
        found = self._source.find(wanted, at)
        if found < 0:
            self._missing.add(wanted)
        return found

    # ---------------------------------------------------------------- lines and blocks

    def _flush(self) -> None:
        block = self._draft.take()
        if block is None:
            return
        if block.span in self._displayed and block.text == self._displayed[block.span]:
            self.formulas[block.span] = block.text
            block = replace(block, kind=BlockKind.CODE, level=0)
        self.blocks.append(block)

    def _begin_line(self) -> None:
        """What the signs at the start of a line say."""
        self._line_start = False
        mark = _LINE_MARK.match(self._source, self._at)
        indent = _INDENT.match(self._source, self._at)
        width = len(indent[0]) if indent else 0
        if mark is None:
            if self._draft.kind is BlockKind.LIST_ITEM and width <= self._indent:
                self._flush()
            return
        self._flush()
        self._at = mark.end()
        self._draft.line = mark["heading"] is not None
        if mark["heading"]:
            self._draft.kind, self._draft.level = BlockKind.HEADING, len(mark["heading"])
            return
        self._indent = width
        self._draft.kind = BlockKind.LIST_ITEM
        self._draft.level = 1 + min(width // 2, 11)
        self._draft.label = mark["number"] or ""

    def _line_end(self, match: re.Match[str]) -> None:
        blank = _BLANK.match(self._source, match.end())
        if self._draft.line or (blank and blank.end() < len(self._source)):
            self._flush()
        else:
            self._draft.gap(*match.span())
        self._line_start = True

    def _comment(self, match: re.Match[str]) -> None:
        rest = _REST.match(self._source, match.end())
        self._at = rest.end() if rest else match.end()

    def _long_comment(self, match: re.Match[str]) -> None:
        """A comment in which comments nest; one that is never closed ends with the file."""
        depth = 1
        for edge in _COMMENT_EDGE.finditer(self._source, match.end()):
            depth += 1 if edge[0] == "/*" else -1
            if depth == 0:
                self._at = edge.end()
                return
        self._at = len(self._source)

    def _escape(self, match: re.Match[str]) -> None:
        following = self._source[match.end() : match.end() + 1]
        written = _UNICODE.match(self._source, match.start())
        if written and int(written[1], 16) < 0x110000:
            self._at = written.end()
            self._draft.put(chr(int(written[1], 16)), *written.span())
        elif not following or following.isspace():
            self._draft.gap(*match.span())
        else:
            self._at = match.end() + 1
            self._draft.put(following, match.start(), self._at)

    def _emphasis(self, match: re.Match[str]) -> None:
        """A sign within a word is a part of it."""
        around = (
            self._source[max(0, match.start() - 1)],
            self._source[match.end() : match.end() + 1],
        )
        if match.start() and all(one and (one.isalnum() or one == "_") for one in around):
            self._draft.copy(*match.span())
        self._line_start = False

    def _dash(self, match: re.Match[str]) -> None:
        self._draft.put(_DASHES[len(match[0])], *match.span())

    def _space(self, match: re.Match[str]) -> None:
        self._draft.put("\u00a0", match.start(), match.end())

    def _bracket(self, match: re.Match[str]) -> None:
        """A bracket of the text; it pairs with its own."""
        self._draft.copy(*match.span())
        self._frames.append(Frame("]", "[", match.start()))

    def _raw(self, match: re.Match[str]) -> None:
        ticks = match[0]
        if len(ticks) == 2:
            return
        end = self._find(ticks, match.end())
        if end < 0:
            self._draft.copy(*match.span())
            return
        inside = (match.end(), end)
        self._at = end + len(ticks)
        if len(ticks) > 2 and _LINE_END.search(self._source, *inside):
            self._flush()
            self._draft.kind = BlockKind.CODE
            first = _REST.match(self._source, inside[0])
            self._draft.verbatim(first.end() if first else inside[0], inside[1])
            self._flush()
        else:
            self._draft.put(collapsed(self._source[slice(*inside)]), match.start(), self._at)

    def _code_raw(self, match: re.Match[str]) -> None:
        end = self._find(match[0], match.end()) if len(match[0]) != 2 else -1
        if end >= 0:
            self._at = end + len(match[0])

    def _math(self, match: re.Match[str]) -> None:
        end = self._find("$", match.end())
        while end > 0 and self._source[end - 1] == "\\":
            end = self._find("$", end + 1)
        if end < 0:
            if not self._in_code():
                self._draft.copy(*match.span())
            return
        self._at = end + 1
        self._line_start = False
        if not self._in_code():
            written = self._source[match.end() : end]
            text = collapsed(written)
            self._draft.put(text, match.start(), self._at)
            if text and written[0].isspace():
                self._displayed[Span(match.start(), self._at)] = text
