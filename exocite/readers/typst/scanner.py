"""Typst's markup and code in one pass, with one stack of what is open: no nesting is too deep."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from exocite.identifiers import find_dois
from exocite.model import BlockKind, Citation, CitationKind, CitedItem, Span
from exocite.patterns import regex
from exocite.readers import cross_references
from exocite.readers.block_draft import BlockDraft, Fate
from exocite.readers.inline_scanner import LEAST_ROOM, MOST_PER_CHARACTER
from exocite.readers.nested_citations import outermost
from exocite.readers.raw import RawBlock
from exocite.readers.reference_list import looks_like_reference
from exocite.readers.typst.definitions import STRING, Definitions, definitions
from exocite.readers.typst.markup import Frame, Markup
from exocite.readers.typst.roles import (
    CHOICES,
    CITING,
    NARRATIVE_FORMS,
    QUOTE,
    SHOWN_STRINGS,
    SILENT_FORM,
    STATEMENTS,
    Place,
    Use,
    use_of,
)
from exocite.readers.typst.values import Printed, Values

_MARKUP = regex(
    r"(?P<address>https?://[^\s\[\](){}<>\"]{1,2000})|(?P<line>\r\n|\r|\n)|(?P<comment>//)"
    r"|(?P<long>/\*)|(?P<escape>\\)|(?P<raw>`+)|(?P<math>\$)|(?P<hash>#)|(?P<key>@)"
    r"|(?P<label><[A-Za-z_][\w:.-]{0,200}>)|(?P<open>\[)|(?P<close>\])|(?P<mark>[*_])"
    r"|(?P<dash>-{2,3}(?!-))|(?P<blank>~)"
)
_CODE = regex(
    r"(?P<line>\r\n|\r|\n)|(?P<comment>//)|(?P<long>/\*)|(?P<string>\")|(?P<raw>`+)|(?P<math>\$)"
    r"|(?P<label><[A-Za-z_][\w:.-]{0,200}>)|(?P<call>[A-Za-z_][\w.-]{0,100}(?=[(\[]))"
    r"|(?P<argument>[A-Za-z_][\w-]{0,100})[ \t]*:|(?P<word>[A-Za-z_][\w-]*)"
    r"|(?P<open>[\[({])|(?P<close>[\])}])|(?P<comma>,)|(?P<semicolon>;)"
)
_KEY = regex(r"@(?P<key>\w(?:[\w:.-]{0,400}\w)?)")
_NAME = regex(r"#(?P<name>[A-Za-z_][\w-]{0,100}(?:\.[A-Za-z_][\w-]{0,100}){0,5})")
_COMPUTED = regex(
    r"#(?:calc\.[a-z]{1,20}|str|int|float)?"
    r"\((?:[^()\[\]{}\"\r\n]|\([^()\[\]{}\"\r\n]{0,60}\)){1,100}\)(?![(\[.])"
)
"""A value that is computed in the text: it is shown as it is written."""

_GOES_ON = regex(r"\s{1,20}[a-z]")
_SENTENCE_ENDS = frozenset(".?!")
_ELSE = regex(r"\s{0,200}else\b")
_CLOSING = {"[": "]", "(": ")", "{": "}"}
_REACH = 40


class Scanner(Markup):
    """Reads a document; `blocks` and `citations` are what it holds."""

    def __init__(self, source: str, defined: Definitions | None = None) -> None:
        super().__init__(source)
        self._found: list[Citation] = []
        self._defined = definitions(source) if defined is None else defined
        self._values = Values(self._defined, _printed)
        self._room = MOST_PER_CHARACTER * len(source) + LEAST_ROOM
        self._notes = 0
        self._call = ""
        self._quotes_block = False
        self._markup_rules: dict[str, Callable[[re.Match[str]], None]] = {
            "address": self._copy,
            "line": self._line_end,
            "comment": self._comment,
            "long": self._long_comment,
            "escape": self._escape,
            "raw": self._raw,
            "math": self._math,
            "hash": self._hash,
            "key": self._key,
            "label": self._skip,
            "open": self._bracket,
            "close": self._close_content,
            "mark": self._emphasis,
            "dash": self._dash,
            "blank": self._space,
        }
        self._code_rules: dict[str, Callable[[re.Match[str]], None]] = {
            "line": self._code_line_end,
            "comment": self._comment,
            "long": self._long_comment,
            "string": self._string,
            "raw": self._code_raw,
            "math": self._math,
            "label": self._code_label,
            "call": self._called,
            "argument": self._argument,
            "word": self._word,
            "open": self._open,
            "close": self._close_code,
            "comma": self._comma,
            "semicolon": self._semicolon,
        }

    def run(self) -> None:
        """Read to the end; what is still open ends there."""
        while self._at < len(self._source):
            if self._in_code():
                self._step(_CODE, self._code_rules, shown=False)
            else:
                if self._line_start:
                    self._begin_line()
                self._step(_MARKUP, self._markup_rules, shown=True)
        while self._frames:
            self._leave(self._frames.pop())
        self._flush()
        self.blocks.sort(key=lambda block: block.span)

    def citations(self) -> list[Citation]:
        """The citations; a key that is a label of the file, or reads as one, is none."""
        return outermost(self._found)

    def _step(
        self,
        pattern: re.Pattern[str],
        rules: dict[str, Callable[[re.Match[str]], None]],
        *,
        shown: bool,
    ) -> None:
        match = pattern.search(self._source, self._at)
        end = match.start() if match else len(self._source)
        if shown and end > self._at:
            if self._source[self._at : end].strip():
                self._line_start = False
            self._draft.copy(self._at, end)
        self._at = end
        if match is not None:
            self._at = match.end()
            rules[match.lastgroup or ""](match)

    # ---------------------------------------------------------------- citations

    def _key(self, match: re.Match[str]) -> None:
        at = match.start()
        found = _KEY.match(self._source, at)
        if found is None or (at and self._source[at - 1].isalnum()):
            self._draft.copy(*match.span())
            return
        self._at = found.end()
        self._line_start = False
        if self._source.startswith("[", self._at):
            frame = Frame("]", "@", at, self._draft, Use(Place.TEXT))
            frame.keys = [(found["key"], Span(*found.span("key")))]
            self._at += 1
            self._frames.append(frame)
            self._draft = BlockDraft(self._source, Fate.TEXT)
        else:
            self._cite(at, found.end(), found["key"], Span(*found.span("key")), "")

    def _cite(
        self, start: int, end: int, key: str, place: Span, locator: str, form: str = ""
    ) -> None:
        """A key: a work, or a place of the document, whose supplement names what it is."""
        if form == SILENT_FORM:
            return
        if key in self._defined.labels or cross_references.is_label(key):
            self._draft.put(f"{locator} {cross_references.SHOWN}".strip(), start, end)
            return
        item = CitedItem(key, place, locator)
        self._found.append(Citation(CitationKind.MARKUP, Span(start, end), (item,)))
        narrative = form in NARRATIVE_FORMS or self._begins_sentence(start, end)
        self._draft.put(f"@{key}" if narrative else f"[@{key}]", start, end)

    def _begins_sentence(self, start: int, end: int) -> bool:
        """Whether a sentence stands between these places whose first word is the key."""
        if self._draft.fate is not Fate.BLOCKS or _GOES_ON.match(self._source, end) is None:
            return False
        if not self._draft.next:
            return True
        before = self._source[max(0, start - _REACH) : start]
        return before[-1:].isspace() and before.rstrip()[-1:] in _SENTENCE_ENDS

    # ---------------------------------------------------------------- functions

    def _hash(self, match: re.Match[str]) -> None:
        at = match.start()
        computed = _COMPUTED.match(self._source, at)
        if computed and not self._declared():
            self._at = computed.end()
            self._line_start = False
            self._draft.copy(*computed.span())
            return
        found = _NAME.match(self._source, at)
        following = self._source[at + 1 : at + 2]
        if found is None:
            if following in ("{", "("):
                self._at = at + 2
                self._frames.append(Frame(_CLOSING[following], "", at, declared=True))
            elif following == "[":
                self._content("", "", at, at + 2)
            else:
                self._draft.copy(*match.span())
            return
        name = found["name"]
        self._at = found.end()
        if name in STATEMENTS or name in CHOICES:
            self._frames.append(Frame("\n", name, at, declared=name in STATEMENTS))
        elif not self._value(name, at):
            self._continue_call(name, at)

    def _value(self, name: str, start: int) -> bool:
        """What the name stands for, where the document says so."""
        following = self._source[self._at : self._at + 1]
        printed, end = None, self._at
        if following == "(":
            called = self._values.of_call(name, self._source, self._at)
            printed, end = called or (None, end)
        elif following != "[":
            printed = self._values.of_name(name)
        if printed is None:
            return False
        if len(printed.text) > self._room:
            printed = Printed(self._source[start:end])
        self._room -= len(printed.text)
        self._at = end + self._source.startswith(";", end)
        self._line_start = False
        span = Span(start, end)
        for key in printed.keys:
            item = CitedItem(key, span)
            self._found.append(Citation(CitationKind.MARKUP, span, (item,)))
        self._draft.put(printed.text, start, end)
        return True

    def _continue_call(self, name: str, start: int) -> None:
        """Arguments and content that stand right behind a name or behind other arguments."""
        following = self._source[self._at : self._at + 1]
        if following == "(":
            self._at += 1
            self._frames.append(Frame(")", name, start, declared=self._declared()))
        elif following == "[":
            self._content(name, "", start, self._at + 1)
        elif following == ";":
            self._at += 1

    def _declared(self) -> bool:
        return bool(self._frames) and self._frames[-1].declared

    def _content(self, function: str, argument: str, start: int, at: int) -> None:
        """Content of a function begins behind its bracket."""
        use = use_of(function, argument, declared=self._declared())
        if at - 1 in self._defined.texts:
            use = Use(Place.BLOCK)
        if function == QUOTE and not argument and use.place is Place.BLOCK:
            use = use if self._quotes_block else Use(Place.INLINE)
            self._quotes_block = False
        frame = Frame("]", function, start, self._draft, use, argument)
        frame.declared = self._declared() and use.place is Place.HIDDEN
        frame.cited = len(self._found)
        self._frames.append(frame)
        around = self._values.around(function) if use.place is Place.INLINE else None
        if function == QUOTE and use.place is Place.INLINE:
            around = ("“", "”")
        if around is not None:
            self._put_spaced(around[0], start, at)
            frame.behind = around[1]
        if function == "super" and use.place is Place.INLINE:
            frame.lifted = self._draft.next
        self._at = at
        if use.place is Place.HIDDEN:
            self._draft = BlockDraft(self._source, Fate.NOTHING)
        elif use.place is Place.TEXT:
            self._draft = BlockDraft(self._source, Fate.TEXT)
        elif use.place is not Place.INLINE and self._draft.fate is not Fate.TEXT:
            if use.place is not Place.NOTE:
                self._flush()
            self._draft = BlockDraft(self._source, base=use.kind)
            self._draft.level = use.level
            self._line_start = use.place is Place.BLOCK and use.kind is BlockKind.PARAGRAPH

    def _put_spaced(self, text: str, start: int, end: int) -> None:
        """Append a text that stands for source; white space around it is a gap."""
        if text[:1].isspace():
            self._draft.gap(start, start)
        self._draft.put(text.strip(), start, end)
        if text[-1:].isspace():
            self._draft.gap(end, end)

    def _close_content(self, match: re.Match[str]) -> None:
        if not self._frames:
            self._draft.copy(*match.span())
            return
        frame = self._frames.pop()
        if frame.function == "[":
            self._draft.copy(*match.span())
            return
        self._leave(frame)
        if frame.function == "@":
            return
        self._end_choice()
        if not self._in_code():
            self._continue_call(frame.function, frame.start)

    def _end_choice(self) -> None:
        """What `if` or `for` governs ends with its bracket, unless `else` follows."""
        if self._frames and self._frames[-1].close == "\n":
            frame = self._frames[-1]
            if frame.function in CHOICES and not _ELSE.match(self._source, self._at):
                self._leave(self._frames.pop())

    def _leave(self, frame: Frame) -> None:
        """A bracket or statement ends at the place that is reached."""
        if frame.saved is None:
            if frame.function in CITING and frame.close == ")":
                for key, place in frame.keys[:1]:
                    self._cite(frame.start, self._at, key, place, frame.supplement, frame.form)
            elif frame.function == QUOTE and frame.close == ")":
                self._attributed(frame)
            elif frame.function == "link" and frame.close == ")" and not self._has_content():
                self._draft.put(frame.supplement, frame.start, self._at)
            return
        if frame.behind:
            self._put_spaced(frame.behind, self._at - 1, self._at)
        if frame.lifted >= 0 and frame.saved is self._draft:
            self._draft.raised.append((frame.lifted, max(self._draft.next, frame.lifted)))
        inner, self._draft = self._draft, frame.saved
        if frame.use.place is Place.TEXT:
            self._supplement(frame, inner.text())
        elif inner is not frame.saved:
            block = inner.take()
            if block is not None and frame.use.place is Place.NOTE:
                block = self._note(frame, block)
            if block is not None:
                self.blocks.append(block)

    def _has_content(self) -> bool:
        """Whether content follows the arguments that end here."""
        return self._source.startswith("[", self._at)

    def _attributed(self, frame: Frame) -> None:
        """A quotation can name its work: `attribution: <key>`."""
        for key, place in frame.keys[:1]:
            if key not in self._defined.labels:
                item = CitedItem(key, place)
                self._found.append(Citation(CitationKind.MARKUP, place, (item,)))

    def _supplement(self, frame: Frame, text: str) -> None:
        if frame.function == "@":
            key, place = frame.keys[0]
            self._cite(frame.start, self._at, key, place, text)
        elif self._frames:
            self._frames[-1].supplement = text

    def _note(self, frame: Frame, block: RawBlock) -> RawBlock:
        """A note that prints a reference is one of the article's list; any other is a paragraph."""
        if len(self._found) > frame.cited or not looks_like_reference(block.text):
            return block
        self._notes += 1
        label = f"^{self._notes}"
        span = Span(frame.start, self._at)
        item = CitedItem(label, span)
        self._found.append(Citation(CitationKind.FOOTNOTE, span, (item,)))
        self._draft.put(f"[{label}]", *(span.start, span.end))
        return replace(block, kind=BlockKind.REFERENCE, label=label)

    # ---------------------------------------------------------------- code

    def _code_line_end(self, _match: re.Match[str]) -> None:
        if self._frames[-1].close == "\n":
            self._leave(self._frames.pop())
            self._line_start = True

    def _semicolon(self, _match: re.Match[str]) -> None:
        if self._frames[-1].close == "\n":
            self._leave(self._frames.pop())

    def _comma(self, _match: re.Match[str]) -> None:
        self._frames[-1].argument = ""

    def _argument(self, match: re.Match[str]) -> None:
        self._frames[-1].argument = match["argument"]
        self._at = match.end()

    def _called(self, match: re.Match[str]) -> None:
        self._call = match["call"]
        following = self._source[match.end()]
        frame = self._frames[-1]
        self._at = match.end() + 1
        if following == "(":
            inner = Frame(")", self._call, match.start(), declared=frame.declared)
            self._frames.append(inner)
        else:
            self._content(self._call, "", match.start(), self._at)

    def _open(self, match: re.Match[str]) -> None:
        frame = self._frames[-1]
        if match[0] == "[":
            self._draft.gap(match.start(), match.start())
            frame.supplement = "" if frame.function == "link" else frame.supplement
            self._content(frame.function, frame.argument, match.start(), match.end())
        else:
            inner = Frame(_CLOSING[match[0]], "", match.start(), declared=frame.declared)
            inner.function, inner.argument = frame.function, frame.argument
            if inner.function in CITING:
                inner.function = ""
            self._frames.append(inner)

    def _close_code(self, match: re.Match[str]) -> None:
        frame = self._frames[-1]
        if match[0] != frame.close:
            if match[0] == "]" and frame.close == "\n":  # the content around a statement ends
                self._leave(self._frames.pop())
                self._at = match.start()
            return
        self._leave(self._frames.pop())
        if match[0] == "}":
            self._end_choice()
        if not self._in_code():
            self._continue_call(frame.function, frame.start)
        elif self._source.startswith("[", self._at):
            self._content(frame.function, "", frame.start, self._at + 1)

    def _code_label(self, match: re.Match[str]) -> None:
        self._frames[-1].keys.append((match[0][1:-1], Span(match.start() + 1, match.end() - 1)))

    def _word(self, match: re.Match[str]) -> None:
        frame = self._frames[-1]
        if frame.function in CITING and frame.argument == "form":
            frame.form = match["word"]
        elif (frame.function, frame.argument) == (QUOTE, "block"):
            self._quotes_block = match["word"] == "true"

    def _string(self, match: re.Match[str]) -> None:
        if "string" in self._missing:
            return
        found = STRING.match(self._source, match.start())
        if found is None:
            self._missing.add("string")
            return
        self._at = found.end()
        frame = self._frames[-1]
        place = Span(*found.span(1))
        if frame.function == "label" and len(self._frames) > 1:
            self._frames[-2].keys.append((found[1], place))
        elif frame.function in CITING and frame.argument == "form":
            frame.form = found[1]
        elif self._is_shown(frame):
            first = self._draft.next
            self._draft.copy(*found.span(1))
            frame.supplement = ""
            if frame.function == "super":
                self._draft.raised.append((first, self._draft.next))
        elif frame.function == "link" and frame.close == ")":
            self._address(frame, found)
        elif frame.argument in ("title", "caption") and frame.close == ")":
            use = use_of(frame.function, frame.argument, declared=frame.declared)
            draft = BlockDraft(self._source, base=use.kind)
            draft.level = use.level
            draft.copy(*found.span(1))
            block = draft.take()
            if block is not None:
                self.blocks.append(replace(block, level=use.level))

    def _is_hidden(self, frame: Frame) -> bool:
        """Whether a call stands in code, where what it shows goes elsewhere."""
        return frame.declared or (len(self._frames) > 1 and self._frames[-2].close != "]")

    def _is_shown(self, frame: Frame) -> bool:
        """Whether a string is the text of a function that stands in markup."""
        known = frame.function in SHOWN_STRINGS and not frame.argument and frame.close == ")"
        return known and not self._is_hidden(frame)

    def _address(self, frame: Frame, found: re.Match[str]) -> None:
        hidden = self._is_hidden(frame)
        if frame.supplement and not hidden:
            self._draft.copy(*found.span(1))
        frame.supplement = "" if frame.supplement or hidden else found[1]
        dois = find_dois(found[1]) if "doi" in found[1][:60].lower() else []
        if dois:
            inner, doi = dois[0]
            at = found.start(1)
            item = CitedItem(doi, Span(at + inner.start, at + inner.end))
            span = Span(frame.start, found.end())
            self._found.append(Citation(CitationKind.LINK, span, (item,)))


def _printed(markup: str) -> Printed | None:
    """What markup shows that a definition holds; names in it are not followed."""
    inner = Scanner(markup, Definitions())
    inner.run()
    if len(inner.blocks) > 1:
        return None
    keys = tuple(item.label for one in inner.citations() for item in one.items)
    return Printed(inner.blocks[0].text if inner.blocks else "", keys)
