"""What each command of LaTeX does to the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from exocite.identifiers import find_dois
from exocite.model import BlockKind, CitationKind, CitedItem
from exocite.patterns import regex
from exocite.readers import cross_references
from exocite.readers.latex import tables
from exocite.readers.latex.call import Call
from exocite.readers.latex.cite import NARRATIVE, cited
from exocite.readers.latex.numbers import Numbers
from exocite.readers.latex.page import Page
from exocite.readers.latex.text import ACCENT, FRACTIONS, accented, plain
from exocite.symbols import WORDS

_SHORT_OPTION = regex(r"\[[^\[\]{}\\\r\n]{0,80}\]")
_DIMENSION = regex(
    r"\s*=?\s*[-+]?\s*(?:\d*[.,]?\d+(?:\\[A-Za-z]+|pt|em|ex|cm|mm|in|bp|pc|mu|fil+)?|\\[A-Za-z]+)"
    r"(?:\s+(?:plus|minus)\s+[\d.]+\s*[A-Za-z]{2,4}){0,2}\s?"
)
_STOPS = ".:;,!?)"
_SHORT = (BlockKind.HEADING, BlockKind.TITLE)
_LONGEST_HEADING = 2000
"""A longer one lost its closing brace: it must not swallow the text."""
_COMMENT = regex(r"%(?:\r\n|\r|\n)[ \t]*")
_SIGNS = {
    " ": " ", "\n": " ", "\r": " ", "\t": " ", ",": " ", ";": " ", ":": " ", "!": "", "/": "",
    "-": "", "@": "", ")": "", "]": "", "=": "", "+": "", "*": "", ">": "", "<": "",
}  # fmt: skip
_ESCAPED_IN_ADDRESS = regex(r"\\([%#&_{}~$])")


class Commands:
    """The commands, on one page."""

    def __init__(self, page: Page, numbers: Numbers) -> None:
        self._page = page
        self._table: Mapping[str, Callable[[Call], bool]] = (
            dict.fromkeys(tables.CITATIONS | tables.VOLUME_CITATIONS, self._cite)
            | dict.fromkeys(tables.REFERENCES, self._reference)
            | dict.fromkeys(tables.HEADINGS, self._heading)
            | dict.fromkeys(tables.FRONT, self._front)
            | dict.fromkeys(tables.ASIDES, self._aside)
            | dict.fromkeys(tables.HEADS, self._paragraph)
            | dict.fromkeys(tables.TITLED, self._titled)
            | dict.fromkeys(("url", "nolinkurl", "path", "doi"), self._address)
            | dict.fromkeys(("SI", "qty", "si", "unit", "num", "ang"), numbers.quantity)
            | dict.fromkeys(FRACTIONS, numbers.fraction)
            | dict.fromkeys(("SIrange", "qtyrange", "numrange"), numbers.quantity_range)
            | {
                "href": self._link,
                "item": self._item,
                "bibitem": self._entry,
                "enquote": self._quoted,
                "blockquote": self._quotation,
                "textquote": self._quoted,
                "textcquote": self._quoted_work,
                "blockcquote": self._quoted_work,
                "hybridblockcquote": self._quoted_work,
                "textsuperscript": self._raised,
                "up": self._raised,
                "ensuremath": numbers.inline,
                "ce": numbers.substance,
                "xspace": self._nothing,
                "newline": self._line,
                "linebreak": self._line,
                "label": self._hidden,
            }
        )
        self._soft = frozenset(
            ("up", "ce", "unit", "num", "ang", "doi", "quote", "abstract", "ack", "path")
        )

    def is_fixed(self, name: str) -> bool:
        """Whether the command means what it means, whatever the file defines it to be."""
        return name in self._table and name not in self._soft

    def run(self, call: Call) -> None:
        """Do what the command does, leaving the frame behind it."""
        call.frame.at = call.at
        handler = self._table.get(call.name)
        if handler is not None and handler(call):
            return
        self._other(call)

    def _other(self, call: Call) -> None:
        frame, name = call.frame, call.name
        if name in tables.HIDDEN:
            self._hidden(call)
        elif name in tables.SPACINGS:
            match = _DIMENSION.match(frame.text, call.at, frame.end)
            gap = " " if "skip" in name or "glue" in name else ""
            self._show(gap, call, match.end() if match else call.at)
        elif name in tables.CONNECTIVES:
            self._show(tables.CONNECTIVES[name], call, frame.spaces(call.at))
        elif name in tables.PRINTED:
            self._show(tables.PRINTED[name], call, frame.spaces(call.at))
        elif name in WORDS:
            self._show(WORDS[name], call, frame.spaces(call.at))
        elif name in ("(", "[", "\\") or not name.isalpha():
            self._sign(call)
        else:
            self._unknown(call)

    def _show(self, text: str, call: Call, end: int) -> None:
        if not self._page.context.hidden:
            span = call.place(call.at)
            self._page.ink.show(text, span.start, span.end)
        call.frame.at = end

    def _unknown(self, call: Call) -> None:
        """An unknown command is not shown, what it has in braces is."""
        at = call.at + (call.frame.text[call.at : call.at + 1] == "*")
        option = _SHORT_OPTION.match(call.frame.text, at, call.frame.end)
        at = option.end() if option else at
        call.frame.at = call.frame.spaces(at)

    def _nothing(self, call: Call) -> bool:
        return call.frame.at == call.at

    # ---------------------------------------------------------------- citations and references

    def _cite(self, call: Call) -> bool:
        found = cited(call.frame, call.name, call.at)
        if found is None:
            return False
        span = call.span(found.end)
        items = tuple(
            item if span.contains(item.span) else CitedItem(item.label, span, item.locator)
            for item in found.items
        )
        self._page.cite(CitationKind.LATEX, span, items)
        if not self._page.context.hidden:
            place = call.place(found.end)
            sign = "; ".join(f"@{item.label}" for item in items)
            if not NARRATIVE.fullmatch(call.name):
                sign = f"[{sign}]"
            self._page.ink.show(sign, place.start, place.end)
        call.frame.at = found.end
        return True

    def _quoted_work(self, call: Call) -> bool:
        r"""A quotation by csquotes, `\textcquote[p. 3]{key}[,]{words}`: its work and its words."""
        frame = call.frame
        if not call.name.startswith("text"):
            self._page.flush()
        if not self._cite(call):
            return False
        at = frame.blank(frame.at)
        option = frame.option(at)
        at = frame.blank(option[1] + 1) if option else at
        group = frame.group(at)
        if group is None:
            return True
        token = frame.serial, group[1]
        if call.name.startswith("text"):
            self._page.show(" “", frame, at, at + 1)
            self._page.open_group(token, "”")
        else:
            self._page.open_block(token, BlockKind.QUOTATION)
        frame.at = at + 1
        return True

    def _reference(self, call: Call) -> bool:
        """A cross-reference: the number that it shows is known to TeX alone."""
        at = call.at + (call.frame.text[call.at : call.at + 1] == "*")
        group = call.frame.group(call.frame.blank(at))
        if group is None:
            return False
        call.show(self._page, cross_references.SHOWN, group[1] + 1)
        return True

    def _entry(self, call: Call) -> bool:
        """An entry of the list of references."""
        option = call.frame.option(call.frame.blank(call.at))
        at = option[1] + 1 if option else call.at
        group = call.frame.group(call.frame.blank(at))
        if group is None:
            return False
        self._page.flush()
        self._page.label = " ".join(call.frame.text[slice(*group)].split())
        call.frame.at = group[1] + 1
        return True

    # ---------------------------------------------------------------- addresses

    def _address(self, call: Call) -> bool:
        group = call.frame.group(call.frame.blank(call.at))
        if group is None:
            return False
        frame = call.frame
        written = frame.text[slice(*group)]
        shown = _ESCAPED_IN_ADDRESS.sub(r"\1", _COMMENT.sub("", written))
        if call.name == "doi":
            self._linked(call, group)
        if shown == written and not call.hoisted:
            self._page.copy(frame, *group)
            frame.at = group[1] + 1
        else:
            call.show(self._page, shown, group[1] + 1)
        return True

    def _link(self, call: Call) -> bool:
        r"""`\href{address}{text}`: the text is shown, a DOI in the address is a citation."""
        group = call.frame.group(call.frame.blank(call.at))
        if group is None:
            return False
        self._linked(call, group)
        call.frame.at = group[1] + 1
        return True

    def _linked(self, call: Call, group: tuple[int, int]) -> None:
        address = call.frame.text[slice(*group)]
        found = find_dois(address)
        span = call.span(group[1] + 1)
        if found and not self._page.context.hidden:
            place, doi = found[0]
            where = call.frame.span(group[0] + place.start, group[0] + place.end)
            if span.contains(where):
                self._page.cite(CitationKind.LINK, span, (CitedItem(doi, where),))

    # ---------------------------------------------------------------- blocks

    def _shown_argument(self, call: Call, hidden: int = 0) -> int | None:
        """Where the brace of the argument that is shown opens, options and others skipped."""
        frame = call.frame
        at = call.at + (frame.text[call.at : call.at + 1] == "*")
        for _ in range(3 + hidden):
            at = frame.blank(at)
            option = frame.option(at)
            group = frame.group(at)
            if option:
                at = option[1] + 1
            elif group and hidden:
                at, hidden = group[1] + 1, hidden - 1
            else:
                return at if group else None
        return None

    def _open(self, call: Call, kind: BlockKind, *, level: int = 0, aside: bool = False) -> bool:
        brace = self._shown_argument(call, tables.FIRST_HIDDEN.get(call.name, 0))
        if brace is None:
            return False
        frame = call.frame
        closing = frame.marks.closing[brace]
        if kind in _SHORT and closing - brace > _LONGEST_HEADING:
            return False
        self._page.open_block((frame.serial, closing), kind, level=level, aside=aside)
        frame.at = brace + 1
        return True

    def _heading(self, call: Call) -> bool:
        if self._page.context.preamble:
            return False
        return self._open(call, BlockKind.HEADING, level=tables.HEADINGS[call.name])

    def _front(self, call: Call) -> bool:
        kind = tables.FRONT[call.name]
        inside = self._page.context.kind is BlockKind.BYLINE
        return self._open(call, kind, level=int(kind is BlockKind.TITLE), aside=inside)

    def _aside(self, call: Call) -> bool:
        if self._page.context.preamble:
            return False
        return self._open(call, tables.ASIDES[call.name], aside=True)

    def _quotation(self, call: Call) -> bool:
        return self._open(call, BlockKind.QUOTATION)

    def _titled(self, call: Call) -> bool:
        if self._page.context.preamble and call.name != "abstract":
            return False
        brace = self._shown_argument(call)
        if call.name == "abstract" and brace is None:
            return False
        span = call.span(call.at)
        if brace is not None:
            token = call.frame.serial, call.frame.marks.closing[brace]
            self._page.open_block(token, BlockKind.PARAGRAPH)
        self._page.heading(tables.TITLED[call.name], span)
        call.frame.at = call.at if brace is None else brace + 1
        return True

    def _paragraph(self, call: Call) -> bool:
        self._page.flush()
        call.frame.at = call.frame.spaces(call.at)
        return True

    def _item(self, call: Call) -> bool:
        frame = call.frame
        self._page.item()
        at = frame.blank(call.at)
        option = frame.option(at)
        if option is None:
            frame.at = frame.spaces(call.at)
            return True
        label = plain(frame.text[slice(*option)]).replace("$", "")
        is_title = any(map(str.isalpha, label[2:])) and label[-1] not in _STOPS
        call.show(self._page, label + (". " if is_title else " "), option[1] + 1)
        return True

    def _quoted(self, call: Call) -> bool:
        brace = self._shown_argument(call)
        if brace is None:
            return False
        call.show(self._page, "“", brace + 1)
        frame = call.frame
        self._page.open_group((frame.serial, frame.marks.closing[brace]), "”")
        return True

    def _raised(self, call: Call) -> bool:
        """Text that is set higher."""
        brace = self._shown_argument(call)
        if brace is None:
            return False
        frame = call.frame
        self._page.open_raised((frame.serial, frame.marks.closing[brace]))
        frame.at = brace + 1
        return True

    def _line(self, call: Call) -> bool:
        """The end of a line, of a row in a table."""
        frame = call.frame
        at = call.at + (frame.text[call.at : call.at + 1] == "*")
        option = _SHORT_OPTION.match(frame.text, at, frame.end)
        end = frame.spaces(option.end() if option else at)
        if self._page.context.kind is BlockKind.TABLE:
            self._page.flush()
        elif not self._page.context.hidden:
            span = call.place(call.at)
            self._page.ink.line(span.start, span.end)
        frame.at = end
        return True

    # ---------------------------------------------------------------- signs and numbers

    def _hidden(self, call: Call) -> bool:
        """A command of which nothing is shown, with its arguments."""
        frame, left = call.frame, tables.HIDDEN.get(call.name, 1)
        at = call.at + (frame.text[call.at : call.at + 1] == "*")
        for _ in range(left + 4):
            following = frame.blank(at)
            option = frame.option(following)
            if option:
                at = option[1] + 1
                continue
            if not left or frame.text[following : following + 1] not in ("{", "\\"):
                break
            found = frame.argument(following)
            if found is None:
                break
            at, left = found[2], left - 1
        frame.at = at
        return True

    def _sign(self, call: Call) -> None:
        """A command of one sign that is no letter."""
        frame, name = call.frame, call.name
        accent = ACCENT.match(frame.text, call.start, frame.end)
        if accent and not call.hoisted:
            self._page.show(accented(accent), frame, accent.start(), accent.end())
            frame.at = accent.end()
        elif name == "\\":
            self._line(call)
        else:
            self._show(_SIGNS.get(name, name), call, call.at)

    def accent(self, call: Call) -> bool:
        r"""An accent by a letter, `\v{s}`."""
        match = ACCENT.match(call.frame.text, call.start, call.frame.end)
        if match is None or call.hoisted:
            return False
        self._page.show(accented(match), call.frame, match.start(), match.end())
        call.frame.at = match.end()
        return True
