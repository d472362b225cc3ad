"""Markdown's inline syntax to visible text, every character of it with its place in the source.

markdown-it gives no positions within a paragraph, so inline content is scanned here, in one pass
with a stack of brackets and one of delimiters. Code, mathematics and roles become runs that are
taken whole: no marker is looked for inside them. Citations stay visible as they are written.
"""

from __future__ import annotations

import html
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from exocite.identifiers import find_dois
from exocite.model import Citation, CitationKind, CitedItem, Span
from exocite.readers import emphasis
from exocite.readers import markdown_syntax as syntax
from exocite.readers.html_tokens import Part, tokens
from exocite.readers.markdown_content import Content, Image, Inline, Kind, Mark, Node, build
from exocite.readers.raised import DIGITS
from exocite.text import collapsed

_HIDDEN_MARKUP = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"))
_HIDDEN_ELEMENTS = frozenset({"script", "style", "textarea", "title", "iframe"})
_OPAQUE_ELEMENTS = frozenset({"code", "kbd", "samp", "tt", "math", "pre"})


@dataclass(slots=True)
class _Bracket:
    node: int
    start: int
    image: bool
    runs: int


def scan(
    content: Content, links: Mapping[str, str], start: int = 0, end: int | None = None
) -> Inline:
    """The visible text of the content between two offsets and what it holds.

    `links` maps the labels of link definitions, normalised, to their destinations.
    """
    stop = len(content.text) if end is None else end
    return _Scanner(content, links, start, stop).run()


def normal_label(text: str) -> str:
    """A link label for comparison (CommonMark, 6.3), as markdown-it keys its definitions."""
    return collapsed(text).lower().upper()


class _Scanner:
    def __init__(self, content: Content, links: Mapping[str, str], start: int, end: int) -> None:
        self._content = content
        self._text = content.text
        self._links = links
        self._at = start
        self._end = end
        self._nodes: list[Node] = []
        self._brackets: list[_Bracket] = []
        self._dead = 0  # no link may hold a link: brackets below this one open none
        self._runs: list[emphasis.Run] = []
        self._marks: list[Mark] = []
        self._sups: list[tuple[int, int]] = []
        self._missing: set[str] = set()
        self._ticks: dict[int, list[int]] = {}
        self._ticks_known = False
        self._out = Inline()
        self._rules = {
            "\\": self._backslash,
            "`": self._code,
            "*": self._delimiter,
            "_": self._delimiter,
            "~": self._tilde,
            "^": self._caret,
            "[": self._open_bracket,
            "]": self._close_bracket,
            "!": self._image,
            "<": self._angle,
            "&": self._entity,
            "$": self._math,
            "@": self._key,
            "{": self._brace,
            "\n": self._line_end,
        }

    # ---------------------------------------------------------------- the pass

    def run(self) -> Inline:
        while self._at < self._end:
            match = syntax.SPECIAL.search(self._text, self._at, self._end)
            if match is None:
                self._copy(self._at, self._end)
                break
            if match.start() > self._at:
                self._copy(self._at, match.start())
            if not self._rules[match[0]]():
                self._copy(self._at, self._at + 1)
        emphasis.match(self._runs)
        build(self._content, self._nodes, self._marks, self._out)
        return self._out

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
                return self._opaque(text[environment.end() : end - len(closing)], at, end)
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
        return match is not None and self._copy(at, match.end())

    def _brace(self) -> bool:
        role = syntax.ROLE.match(self._text, self._at, self._end)
        if role:
            return self._role(role["name"], role.start("body"), role.end("body"), role.end())
        template = syntax.TEMPLATE.match(self._text, self._at, self._end)
        return template is not None and self._hide(self._at, template.end())

    def _role(self, name: str, start: int, end: int, stop: int) -> bool:
        body = self._text[start:end]
        if name in syntax.CITE_ROLES:
            items = self._keys(start, end, ",")
            span = self._content.span(self._at, stop)
            self._out.citations.append(Citation(CitationKind.PANDOC, span, tuple(items)))
            return self._opaque(f"[{body}]", self._at, stop)
        titled = syntax.ROLE_TARGET.match(body)
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
            return end > at + 2 and self._opaque(text[at + 2 : end], at, end + 2)
        if text[at + 1 : at + 2].isspace() or at + 1 >= self._end:
            return False
        end = self._find("$", at + 1)
        while end > 0 and text[end - 1] == "\\":
            end = self._find("$", end + 1)
        if end <= at + 1 or text[end - 1].isspace() or text[end + 1 : end + 2].isdigit():
            return False
        return self._opaque(text[at + 1 : end], at, end + 1)

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
        self._hide(match.start(), match.start("inner"))
        first = len(self._nodes)
        self._copy(match.start("inner"), match.end("inner"))
        self._marks.append(Mark(first, first + 1, match.start(), match.end(), linked=False))
        return self._hide(match.end("inner"), match.end())

    # ---------------------------------------------------------------- brackets

    def _image(self) -> bool:
        if not self._text.startswith("[", self._at + 1) or self._at + 1 >= self._end:
            return False
        return self._push_bracket(self._at + 2, image=True)

    def _open_bracket(self) -> bool:
        note = syntax.NOTE.match(self._text, self._at, self._end)
        if note:
            label = self._content.span(note.start() + 1, note.end() - 1)
            whole = self._content.span(note.start(), note.end())
            item = CitedItem("^" + note["label"], label)
            self._out.notes.append(Citation(CitationKind.FOOTNOTE, whole, (item,)))
            return self._copy(note.start(), note.end())
        return self._push_bracket(self._at + 1, image=False)

    def _push_bracket(self, end: int, *, image: bool) -> bool:
        bracket = _Bracket(len(self._nodes), self._at, image, len(self._runs))
        self._brackets.append(bracket)
        return self._copy(self._at, end)

    def _close_bracket(self) -> bool:
        if not self._brackets:
            return False
        bracket = self._brackets.pop()
        inactive = len(self._brackets) < self._dead and not bracket.image
        self._dead = min(self._dead, len(self._brackets))
        if inactive:
            return False
        end, target, visible_target = self._target(bracket)
        if end < 0:
            return False
        if self._text.startswith("{", end):
            attributes = syntax.ATTRIBUTES.match(self._text, end, self._end)
            end = attributes.end() if attributes else end
        if bracket.image:
            self._close_image(bracket, end)
        elif visible_target and not target:
            self._close_span(bracket, end)
        else:
            self._close_link(bracket, target, end)
        return True

    def _target(self, bracket: _Bracket) -> tuple[int, str, bool]:
        """Where the link that closes here ends, and its destination; -1 where it is no link."""
        after = self._at + 1
        if self._text.startswith("(", after) and after < self._end:
            end, target = self._destination(after + 1)
            if end >= 0:
                return end, target, False
        if self._text.startswith("{", after):
            attributes = syntax.ATTRIBUTES.match(self._text, after, self._end)
            if attributes and not bracket.image:
                return after, "", True
        return self._reference(bracket, after)

    def _reference(self, bracket: _Bracket, after: int) -> tuple[int, str, bool]:
        if not self._links:
            return -1, "", False
        begin = bracket.start + (2 if bracket.image else 1)
        own = self._text[begin : self._at] if self._at - begin <= 999 else ""
        explicit = syntax.REFERENCE_LABEL.match(self._text, after, self._end)
        if explicit:
            target = self._links.get(normal_label(explicit["label"] or own))
            return (explicit.end(), target, False) if target is not None else (-1, "", False)
        target = self._links.get(normal_label(own)) if own.strip() else None
        printed = DIGITS.fullmatch(own) is not None or own.startswith("@")
        if target is None or (printed and not bracket.image):
            return -1, "", False
        return after, target, False

    def _destination(self, at: int) -> tuple[int, str]:
        """Where `destination "title")` ends, past its bracket, and the destination."""
        at = self._skip_blanks(at)
        end = syntax.destination_end(self._text, at, self._end)
        if end < 0:
            return -1, ""
        target = self._text[at:end]
        after = self._skip_blanks(end)
        if after > end:
            title = syntax.TITLE.match(self._text, after, self._end)
            after = self._skip_blanks(title.end()) if title else after
        if not self._text.startswith(")", after) or after >= self._end:
            return -1, ""
        return after + 1, target.strip("<>")

    def _skip_blanks(self, at: int) -> int:
        match = syntax.BLANKS.match(self._text, at, self._end)
        return match.end() if match else at

    def _close_image(self, bracket: _Bracket, end: int) -> None:
        self._out.images.append(Image(bracket.start + 2, self._at))
        del self._nodes[bracket.node :]
        del self._runs[bracket.runs :]
        while self._marks and self._marks[-1].last > bracket.node:
            self._marks.pop()
        while self._sups and self._sups[-1][0] > bracket.node:
            self._sups.pop()
        self._hide(bracket.start, end)

    def _close_span(self, bracket: _Bracket, end: int) -> None:
        """A pandoc span, `[text]{.class}`: the text is visible."""
        self._finish_runs(bracket)
        self._nodes[bracket.node].kind = Kind.HIDE
        self._hide(self._at, end)

    def _close_link(self, bracket: _Bracket, target: str, end: int) -> None:
        self._finish_runs(bracket)
        first = bracket.node + 1
        self._nodes[bracket.node].kind = Kind.HIDE
        start, closing = bracket.start, self._at
        self._disarm_handle(bracket.node)
        self._hide(self._at, end)
        self._dead = len(self._brackets)
        if target.startswith("#"):
            last = len(self._nodes) - 1
            self._marks.append(Mark(first, last, start, end, linked=True))
        else:
            self._doi(target, closing, end)

    def _disarm_handle(self, node: int) -> None:
        """`[@name](address)` is a link to a person: its text is no citation key."""
        if node + 1 < len(self._nodes) and self._text.startswith("@", self._nodes[node + 1].start):
            handle = self._nodes[node + 1]
            if handle.kind is Kind.COPY and handle.end > handle.start + 1:
                self._nodes[node].kind = Kind.REPLACE
                self._nodes[node].text = "@"
                self._nodes[node].end = handle.start + 1
                handle.start += 1

    def _doi(self, target: str, start: int, end: int) -> None:
        """The hidden address of a link as a citation where it is that of a DOI."""
        lower = target.lower()
        if "doi.org/" not in lower and not lower.startswith("doi:"):
            return
        found = find_dois(target)
        if not found:
            return
        span = self._content.span(start, end)
        written = self._text.find(target, start, end)
        inner, doi = found[0]
        item = span
        if written >= 0:
            item = self._content.span(written + inner.start, written + inner.end)
        self._out.citations.append(Citation(CitationKind.LINK, span, (CitedItem(doi, item),)))

    def _finish_runs(self, bracket: _Bracket) -> None:
        emphasis.match(self._runs[bracket.runs :])
        del self._runs[bracket.runs :]

    # ---------------------------------------------------------------- HTML inside

    def _angle(self) -> bool:
        at, text = self._at, self._text
        link = syntax.AUTOLINK.match(text, at, self._end)
        if link:
            self._hide(at, at + 1)
            self._copy(at + 1, link.end() - 1)
            return self._hide(link.end() - 1, link.end())
        email = syntax.EMAIL.match(text, at, self._end)
        if email:
            return self._opaque(text[at + 1 : email.end() - 1], at, email.end())
        for opening, closing in _HIDDEN_MARKUP:
            if text.startswith(opening, at):
                end = self._find(closing, at + len(opening))
                return end >= 0 and self._hide(at, end + len(closing))
        return self._tag()

    def _tag(self) -> bool:
        at = self._at
        written = syntax.TAG.match(self._text, at, self._end)
        tag = next(tokens(self._text, at, written.end()), None) if written else None
        if tag is None or tag.part is Part.TEXT:
            return False
        if tag.part is Part.OPEN and tag.name in _HIDDEN_ELEMENTS | _OPAQUE_ELEMENTS:
            closing = f"</{tag.name}>"
            end = self._find(closing, tag.end)
            if end >= 0:
                inside, end = self._text[tag.end : end], end + len(closing)
                hidden = tag.name in _HIDDEN_ELEMENTS
                return (
                    self._hide(at, end) if hidden else self._opaque(html.unescape(inside), at, end)
                )
        if tag.name == "br":
            match = syntax.SOFT_BREAK.match(self._text, tag.end, self._end)
            return self._node(Kind.BREAK, at, match.end() if match else tag.end)
        if tag.name == "sup":
            self._sup(tag.part, at, tag.end)
        if tag.name == "a" and tag.part is Part.OPEN:
            self._doi(tag.get("href"), at, tag.end)
        return self._hide(at, tag.end)

    def _sup(self, part: Part, start: int, end: int) -> None:
        if part is Part.OPEN:
            self._sups.append((len(self._nodes) + 1, start))
        elif self._sups:
            first, begin = self._sups.pop()
            linked = "#" in self._text[begin:start]
            self._marks.append(Mark(first, len(self._nodes), begin, end, linked=linked))
