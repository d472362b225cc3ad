"""Markdown's inline syntax to visible text, every character of it with its place in the source.

markdown-it gives no positions within a paragraph, so inline content is scanned here, in one pass
with a stack of brackets and one of delimiters. Code, mathematics and roles become runs that are
taken whole: no marker is looked for inside them. Citations stay visible as they are written.
"""

from __future__ import annotations

import html
from collections.abc import Mapping

from exocite.frozen import dataclass
from exocite.identifiers import find_dois
from exocite.model import Citation, CitationKind, CitedItem
from exocite.readers import emphasis
from exocite.readers.html.tokens import Part, tokens
from exocite.readers.inline import Content, Image, Inline, Kind, Mark, build
from exocite.readers.markdown import syntax
from exocite.readers.markdown.signs import Signs
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


class _Scanner(Signs):
    def __init__(self, content: Content, links: Mapping[str, str], start: int, end: int) -> None:
        super().__init__(content, start, end)
        self._links = links
        self._brackets: list[_Bracket] = []
        self._dead = 0  # no link may hold a link: brackets below this one open none
        self._sups: list[tuple[int, int]] = []
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
        if not lower.startswith("doi:") and "doi.org/" not in lower and "/doi/" not in lower:
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
