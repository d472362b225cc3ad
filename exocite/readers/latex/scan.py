"""TeX's own pass over an article: text, groups, mathematics, environments; macros as they come."""

from __future__ import annotations

import re

from exocite.model import BlockKind, CitationKind
from exocite.patterns import regex
from exocite.readers.latex import tables
from exocite.readers.latex.call import Call
from exocite.readers.latex.cite import cited
from exocite.readers.latex.commands import Commands
from exocite.readers.latex.input import Frame
from exocite.readers.latex.macros import DEFINING, Macros
from exocite.readers.latex.marks import Kind, Stretch
from exocite.readers.latex.numbers import Numbers
from exocite.readers.latex.page import Page

_SPECIAL = regex(r"[\\{}$%~&]|---?|``|''|[ \t]*(?:\r\n|\r|\n)[ \t\r\n]*|[ \t]{2,}|\t|!`|\?`")
_HIDDEN = regex(r"[\\{}%]")
_NAME = regex(r"[A-Za-z]++|[^A-Za-z]", re.DOTALL)
_NAME_IN_PREAMBLE = regex(r"[A-Za-z@]++|[^A-Za-z@]", re.DOTALL)
_ENVIRONMENT = regex(r"[ \t]*\{\s*([^{}\\\r\n]{1,60}?)\s*\}")
_MATH = regex(r"\\.|[${}%]|(?>\r\n|\r|\n)[ \t]*+(?=[\r\n])", re.DOTALL)
_LINE_END = regex(r"\r\n|\r|\n")
_DISPLAYS = regex(r"\\begin[ \t]*\{\s*([^{}\\\r\n]{1,60}?)\s*\}|\\\[|\$\$")
_STOPS = ".?!"
_SHOWN = {"~": " ", "---": "—", "--": "–", "``": "“", "''": "”", "!`": "¡", "?`": "¿"}
_SECTIONLIKE = frozenset(("abstract", "thebibliography")) | frozenset(tables.TITLED)


def scan(source: str) -> Page:
    """The blocks and citations of the file, in the order of its text."""
    scanner = _Scanner(source)
    scanner.run()
    scanner.page.finish()
    return scanner.page


class _Scanner:
    def __init__(self, source: str) -> None:
        first = Frame(source, 0)
        self._frames = [first]
        self._macros = Macros(len(source))
        self.page = Page(source, preamble=first.marks.document >= 0)
        self._numbers = Numbers(self.page, self._macros)
        self._commands = Commands(self.page, self._numbers)

    # ---------------------------------------------------------------- the pass

    def run(self) -> None:
        while self._frames:
            frame = self._frames[-1]
            if frame.at >= frame.end:
                self._frames.pop()
                continue
            context = self.page.context
            pattern = _HIDDEN if context.preamble else _SPECIAL
            match = pattern.search(frame.text, frame.at, frame.end)
            at = match.start() if match else frame.end
            if at > frame.at:
                self.page.copy(frame, frame.at, at)
                frame.at = at
            if match:
                self._special(frame, match)

    def _special(self, frame: Frame, match: re.Match[str]) -> None:
        found, at = match[0], match.start()
        frame.at = match.end()
        if found == "\\":
            self._backslash(frame, at)
        elif found == "{":
            self._open(frame, at)
        elif found == "}":
            self.page.close_group((frame.serial, at), frame.range(at, at + 1))
        elif found == "%":
            self._comment(frame, at)
        elif found == "$":
            self._dollar(frame, at)
        elif found == "&":
            in_table = self.page.context.kind is BlockKind.TABLE
            self.page.show(" | " if in_table else "&", frame, at, at + 1)
        elif found in _SHOWN:
            self.page.show(_SHOWN[found], frame, at, match.end())
        elif len(_LINE_END.findall(found)) > 1 and not self._goes_on(frame, match.end()):
            self.page.flush()
        else:
            self.page.show(" ", frame, at, match.end())

    def _goes_on(self, frame: Frame, at: int) -> bool:
        """Whether a sentence goes on behind a blank line, on either side of a displayed formula."""
        ink = self.page.ink
        if ink.ends_in_formula:
            return ink.last not in _STOPS and frame.text[at : at + 1].islower()
        if not ink.last or ink.last in _STOPS or self.page.context.kind is not BlockKind.PARAGRAPH:
            return False
        opening = _DISPLAYS.match(frame.text, at, frame.end)
        return opening is not None and (not opening[1] or opening[1] in tables.MATHEMATICS)

    def _open(self, frame: Frame, at: int) -> None:
        closing = frame.marks.closing.get(at)
        if closing is None:
            return
        if self.page.context.preamble:
            frame.at = closing + 1
        else:
            self.page.open_group((frame.serial, closing))

    def _comment(self, frame: Frame, at: int) -> None:
        stretch = frame.marks.stretches.get(at)
        if stretch is None:
            return
        frame.at = stretch.end
        if frame.text[stretch.end : stretch.end + 1] in ("\n", "\r"):
            self.page.flush()  # The line after the comment's is blank.

    def _dollar(self, frame: Frame, at: int) -> None:
        call = Call("$", frame, at, at + 1, frame.span(at, at + 1))
        if frame.text.startswith("$$", at):
            end = frame.find("$$", at + 2)
            if end >= 0:
                self._numbers.math(call, at + 2, end, end + 2, displayed=True)
            else:
                self.page.copy(frame, at, at + 2)
                frame.at = at + 2
            return
        end = self._closing_dollar(frame, at + 1)
        if end >= 0:
            self._numbers.math(call, at + 1, end, end + 1, displayed=False)
        else:
            self.page.copy(frame, at, at + 1)

    @staticmethod
    def _closing_dollar(frame: Frame, at: int) -> int:
        """The sign that ends mathematics within the paragraph, -1 for none."""
        while True:
            match = _MATH.search(frame.text, at, frame.end)
            if match is None:
                return -1
            at, found = match.end(), match[0]
            if found == "$":
                return match.start()
            if found == "{":
                at = frame.marks.closing.get(match.start(), match.start()) + 1
            elif found == "%":
                stretch = frame.marks.stretches.get(match.start())
                at = stretch.end if stretch else at
            elif found[0] in "}\r\n":
                return -1

    # ---------------------------------------------------------------- commands

    def _backslash(self, frame: Frame, at: int) -> None:
        stretch = frame.marks.stretches.get(at)
        if stretch:
            self._stretch(frame, at, stretch)
            return
        pattern = _NAME_IN_PREAMBLE if self.page.context.preamble else _NAME
        match = pattern.match(frame.text, at + 1, frame.end)
        if match is None:
            return
        name, end = match[0], match.end()
        if self.page.context.preamble and not self._counts_in_preamble(name):
            return
        if name in DEFINING:
            frame.at = self._macros.define(frame, name, end)
        elif name in ("begin", "end"):
            self._environment(frame, at, end, begins=name == "begin")
        elif name in ("(", "["):
            self._bracketed(frame, at, end)
        else:
            self._command(frame, name, at, end)

    @staticmethod
    def _counts_in_preamble(name: str) -> bool:
        return name in DEFINING or name in tables.FRONT or name in ("begin", "abstract")

    def _stretch(self, frame: Frame, at: int, stretch: Stretch) -> None:
        frame.at = stretch.end
        if stretch.kind is Kind.INLINE_CODE:
            body = " ".join(frame.text[stretch.body_start : stretch.body_end].split())
            self.page.show(body, frame, at, stretch.end)
        elif stretch.kind is Kind.CODE and frame.is_file:
            self.page.code(stretch.body_start, stretch.body_end)

    def _command(self, frame: Frame, name: str, at: int, end: int) -> None:
        macro = None if self._commands.is_fixed(name) else self._macros.known.get(name)
        if macro is not None and macro.alias:
            name, macro = macro.alias, None
        begin, hoisted, depth = frame.span(at, end), False, frame.depth
        while not frame.is_file and frame.blank(end) >= frame.end:
            # Its arguments, if any, follow the use of the macro that ends here.
            begin, hoisted = frame.use, True
            self._frames.pop()
            frame = self._frames[-1]
            end = frame.at
        call = Call(name, frame, end if hoisted else at, end, begin, hoisted)
        if macro is not None:
            used = self._macros.use(frame, macro, begin, end, depth)
            if used is not None:
                self._frames.append(used)
                return
        elif name[:1].isalpha() and len(name) == 1 and self._commands.accent(call):
            return
        self._commands.run(call)

    def _bracketed(self, frame: Frame, at: int, end: int) -> None:
        r"""`\(…\)` and `\[…\]`."""
        displayed = frame.text[at + 1] == "["
        closing = frame.find("\\]" if displayed else "\\)", end)
        if closing >= 0:
            call = Call("[", frame, at, end, frame.span(at, end))
            self._numbers.math(call, end, closing, closing + 2, displayed=displayed)

    # ---------------------------------------------------------------- environments

    def _environment(self, frame: Frame, at: int, end: int, *, begins: bool) -> None:
        match = _ENVIRONMENT.match(frame.text, end, frame.end)
        if match is None:
            frame.at = end
            return
        name, frame.at = match[1], match.end()
        if name == "document":
            if begins:
                self.page.begin_document()
            else:
                self._frames.clear()
        elif self.page.context.preamble and name != "abstract":
            return
        elif not begins:
            self.page.close_environment(name, frame.range(at, match.end()))
        elif name in tables.MATHEMATICS:
            self._mathematics(frame, name, at)
        elif name in tables.PICTURES:
            closing = f"\\end{{{name}}}"
            stop = frame.find(closing, frame.at)
            if stop >= 0:
                self._numbers.cites_within(frame, frame.at, stop)
                frame.at = stop + len(closing)
        else:
            self._begin(frame, name, at)

    def _mathematics(self, frame: Frame, name: str, at: int) -> None:
        """Displayed mathematics; a macro may begin it and another end it."""
        begin, start, hoisted = frame.span(at, frame.at), frame.at, False
        while not frame.is_file and start >= frame.end:
            begin, hoisted = frame.use, True
            self._frames.pop()
            frame = self._frames[-1]
            start = frame.at
        ends = [
            (stop, len(closing))
            for closing in self._macros.endings(name)
            if (stop := frame.find(closing, start)) >= 0
        ]
        if not ends:
            return
        stop, length = min(ends)
        call = Call(name, frame, start if hoisted else at, start, begin, hoisted)
        self._numbers.math(call, start, stop, stop + length, displayed=True)

    def _begin(self, frame: Frame, name: str, at: int) -> None:
        span = frame.span(at, frame.at)
        kind = tables.FLOATS.get(name)
        if kind is not None:
            context = self.page.open_environment(name, kind, aside=True)
            context.hidden = False
        elif name in tables.LISTS:
            level = self.page.context.level if self._in_list() else 0
            context = self.page.open_environment(name, BlockKind.LIST_ITEM, level=level + 1)
            context.count = 0 if name in tables.NUMBERED else -1
        elif name in tables.KINDS:
            self.page.open_environment(name, tables.KINDS[name])
        else:
            self.page.open_environment(name)
        if name in tables.CITING:
            found = cited(frame, name, frame.at)
            if found:
                self.page.cite(CitationKind.LATEX, frame.span(at, found.end), found.items)
                frame.at = found.end
        self._skip_arguments(frame, name)
        if name in _SECTIONLIKE:
            self.page.heading(tables.TITLED[name], span)

    def _in_list(self) -> bool:
        return self.page.context.kind is BlockKind.LIST_ITEM

    def _skip_arguments(self, frame: Frame, name: str) -> None:
        left = tables.ENVIRONMENT_ARGUMENTS.get(name, 0)
        for _ in range(left + 2):
            option = frame.option(frame.at)
            group = frame.group(frame.blank(frame.at)) if left else None
            if option:
                frame.at = option[1] + 1
            elif group:
                frame.at, left = group[1] + 1, left - 1
