"""The signs of Markdown that stand alone: escapes, code, mathematics, roles, emphasis, TeX."""

from __future__ import annotations

import html
from bisect import bisect_left

from exocite.model import Citation, CitationKind, CitedItem, Span
from exocite.patterns import regex
from exocite.readers import citation_roles, cross_references, emphasis
from exocite.readers.inline import Content, Inline, Kind, Mark, Node
from exocite.readers.markdown import syntax
from exocite.text import collapsed

_REFERRING = frozenset({"ref", "numref", "eq"})
_NUMBER_SIGN = regex(r"%s|\{number\}")


class Signs:
    """Reads the signs at one place after another of inline content; brackets are read on top."""

    def __init__(self, content: Content, start: int, end: int) -> None:
        self._content = content
        self._text = content.text
        self._at = start
        self._end = end
        self._nodes: list[Node] = []
        self._runs: list[emphasis.Run] = []
        self._marks: list[Mark] = []
        self._missing: set[str] = set()
        self._ticks: dict[int, list[int]] = {}
        self._ticks_known = False
        self._out = Inline()

    def _node(self, kind: Kind, start: int, end: int, text: str = "") -> bool:
        self._nodes.append(Node(kind, start, end, text))
        self._at = end
        return True

    def _copy(self, start: int, end: int) -> bool:
        return self._node(Kind.COPY, start, end)

    def _hide(self, start: int, end: int) -> bool:
        return self._node(Kind.HIDE, start, end)

    def _opaque(self, text: str, start: int, end: int) -> bool:
        return self._node(Kind.REPLACE, start, end, collapsed(text))

    def _find(self, wanted: str, at: int) -> int:
        """`str.find` that searches once for what does not come again."""
        if wanted in self._missing:
            return -1
        found = self._text.find(wanted, at, self._end)
        if found < 0:
            self._missing.add(wanted)
        return found

    # ---------------------------------------------------------------- single characters

    def _backslash(self) -> bool:
        at = self._at
        following = self._text[at + 1 : at + 2] if at + 1 < self._end else ""
        if following == "\n":
            match = syntax.SOFT_BREAK.match(self._text, at + 1, self._end)
            return self._node(Kind.BREAK, at, match.end() if match else at + 2)
        if following in syntax.ESCAPABLE and following:
            return self._node(Kind.REPLACE, at, at + 2, following)
        return following.isalpha() and self._tex()

    def _tex(self) -> bool:
        at, text = self._at, self._text
        environment = syntax.TEX_ENVIRONMENT.match(text, at, self._end)
        if environment:
            closing = f"\\end{{{environment[1]}}}"
            end = self._find(closing, environment.end())
            if end >= 0:
                end += len(closing)
                inside = text[environment.end() : end - len(closing)]
                return self._opaque(_formula(inside), at, end)
        cite = syntax.TEX_CITE.match(text, at, self._end)
        if cite:
            return self._tex_cite(cite.start("keys"), cite.end("keys"), cite["notes"], cite.end())
        for pattern in (syntax.TEX_DEFINITION, syntax.TEX_REFERENCE):
            match = pattern.match(text, at, self._end)
            if match:
                return self._hide(at, match.end())
        return False

    def _tex_cite(self, start: int, end: int, notes: str, stop: int) -> bool:
        items = self._keys(start, end, ",")
        locator = notes.rsplit("[", 1)[-1].rstrip("]") if notes else ""
        if items and locator:
            last = items[-1]
            items[-1] = CitedItem(last.label, last.span, locator)
        span = self._content.span(self._at, stop)
        self._out.citations.append(Citation(CitationKind.LATEX, span, tuple(items)))
        return self._opaque("[" + self._text[start:end] + "]", self._at, stop)

    def _keys(self, start: int, end: int, separator: str) -> list[CitedItem]:
        items = []
        at = start
        for piece in self._text[start:end].split(separator):
            key = piece.strip()
            if key:
                first = at + piece.index(key)
                place = self._content.place(first)
                items.append(CitedItem(key, Span(place, place + len(key))))
            at += len(piece) + len(separator)
        return items

    def _entity(self) -> bool:
        match = syntax.ENTITY.match(self._text, self._at, self._end)
        if match is None:
            return False
        text = html.unescape(match[0])
        if text == match[0] or not text:
            return False
        return self._node(Kind.REPLACE, match.start(), match.end(), text)

    def _line_end(self) -> bool:
        # Blanks before the line end were copied: they belong to the break. Nodes keep their places.
        start = self._at
        for node in reversed(self._nodes):
            if node.kind is not Kind.COPY:
                break
            while node.end > node.start and self._text[node.end - 1] in " \t":
                node.end -= 1
            start = node.end
            if node.end > node.start:
                break
        match = syntax.SOFT_BREAK.match(self._text, self._at, self._end)
        return self._node(Kind.BREAK, start, match.end() if match else self._at + 1)

    def _key(self) -> bool:
        at = self._at
        before = self._text[at - 1] if at else " "
        if before.isalnum() or before in "/._+@":
            return False
        match = syntax.KEY.match(self._text, at, self._end)
        if match is None:
            return False
        if syntax.CROSS_REFERENCE.match(match["braced"] or match["plain"]):
            return self._reference_to(at, match.end())
        return self._copy(at, match.end())

    def _reference_to(self, start: int, end: int) -> bool:
        """A label of the article's own: a reader sees a number in its place."""
        sign = cross_references.SHOWN
        self._node(Kind.REPLACE, start, start, sign[:1])  # of equal length it would pass for a copy
        return self._node(Kind.REPLACE, start, end, sign[1:])

    def _brace(self) -> bool:
        role = syntax.ROLE.match(self._text, self._at, self._end)
        if role:
            return self._role(role["name"], role.start("body"), role.end("body"), role.end())
        template = syntax.TEMPLATE.match(self._text, self._at, self._end)
        return template is not None and self._hide(self._at, template.end())

    def _role(self, name: str, start: int, end: int, stop: int) -> bool:
        body = self._text[start:end]
        if citation_roles.is_silent(name):
            return self._hide(self._at, stop)
        if citation_roles.cites(name):
            place = self._content.span
            items = tuple(
                CitedItem(self._text[key.start : key.end], place(key.start, key.end), key.locator)
                for key in citation_roles.keys(self._text, start, end)
            )
            if items:
                span = place(self._at, stop)
                self._out.citations.append(Citation(CitationKind.PANDOC, span, items))
            return self._opaque(f"[{body}]", self._at, stop)
        if name in ("sup", "superscript"):
            return self._raised(self._at, start, end, stop)
        if name == "math":
            return self._opaque(_formula(body), self._at, stop)
        titled = syntax.ROLE_TARGET.match(body)
        if name.rpartition(":")[2] in _REFERRING:
            if titled is None:
                return self._reference_to(self._at, stop)
            body = _NUMBER_SIGN.sub(cross_references.SHOWN, titled["text"])
            return self._opaque(body, self._at, stop)
        return self._opaque(titled["text"] if titled else body, self._at, stop)

    # ---------------------------------------------------------------- code and mathematics

    def _code(self) -> bool:
        if not self._ticks_known:
            self._find_ticks()
        at = self._at
        stop = at
        while stop < self._end and self._text[stop] == "`":
            stop += 1
        places = self._ticks.get(stop - at, [])
        index = bisect_left(places, stop)
        if index == len(places):
            return self._copy(at, stop)
        closing = places[index]
        end = closing + stop - at
        if self._text.startswith("{", end):
            attributes = syntax.ATTRIBUTES.match(self._text, end, self._end)
            end = attributes.end() if attributes else end
        return self._opaque(self._text[stop:closing], at, end)

    def _find_ticks(self) -> None:
        self._ticks_known = True
        at = self._text.find("`", self._at, self._end)
        while at >= 0:
            stop = at
            while stop < self._end and self._text[stop] == "`":
                stop += 1
            self._ticks.setdefault(stop - at, []).append(at)
            at = self._text.find("`", stop, self._end)

    def _math(self) -> bool:
        """Pandoc's rule: no blank inside the signs next to them, no digit after the closing one."""
        at, text = self._at, self._text
        if text.startswith("$$", at):
            end = self._find("$$", at + 2)
            return end > at + 2 and self._opaque(_formula(text[at + 2 : end]), at, end + 2)
        if text[at + 1 : at + 2].isspace() or at + 1 >= self._end:
            return False
        end = self._find("$", at + 1)
        while end > 0 and text[end - 1] == "\\":
            end = self._find("$", end + 1)
        if end <= at + 1 or text[end - 1].isspace() or text[end + 1 : end + 2].isdigit():
            return False
        return self._opaque(_formula(text[at + 1 : end]), at, end + 1)

    # ---------------------------------------------------------------- emphasis, raised, struck out

    def _delimiter(self) -> bool:
        run = emphasis.delimiter_run(self._text, self._at, self._end)
        self._runs.append(run)
        self._nodes.append(Node(Kind.DELIMITER, run.start, run.end, run=run))
        self._at = run.end
        return True

    def _tilde(self) -> bool:
        if self._text.startswith("~~", self._at):
            run = emphasis.delimiter_run(self._text, self._at, self._end)
            return self._delimiter() if run.length == 2 else self._copy(run.start, run.end)
        match = syntax.SUBSCRIPT.match(self._text, self._at, self._end)
        if match is None:
            return False
        self._hide(match.start(), match.start("inner"))
        self._copy(match.start("inner"), match.end("inner"))
        return self._hide(match.end("inner"), match.end())

    def _caret(self) -> bool:
        match = syntax.SUPERSCRIPT.match(self._text, self._at, self._end)
        if match is None:
            return False
        return self._raised(match.start(), *match.span("inner"), match.end())

    def _raised(self, start: int, first: int, last: int, end: int) -> bool:
        """Raised text, which may be the number of a reference."""
        self._hide(start, first)
        node = len(self._nodes)
        self._copy(first, last)
        self._marks.append(Mark(node, node + 1, start, end, linked=False))
        return self._hide(last, end)


def _formula(text: str) -> str:
    """TeX mathematics as a reader sees it; most articles hold none, so it is imported here."""
    from exocite.readers.latex.text import formula

    return formula(text)
