"""The tokens of a wiki page to blocks and notes, by an explicit stack: no nesting is too deep."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from exocite.identifiers import find_dois
from exocite.model import BlockKind, Citation, CitationKind, CitedItem, Span
from exocite.patterns import regex
from exocite.readers.block_draft import BlockDraft, Fate
from exocite.readers.mediawiki.notes import Key, Notes, attributes, printed_short
from exocite.readers.mediawiki.page_text import Frame, PageText
from exocite.readers.mediawiki.targets import captions, is_category, is_file
from exocite.readers.mediawiki.templates import (
    Parts,
    Role,
    Short,
    Template,
    parts_of,
    printed,
    shorts,
    template,
)
from exocite.readers.mediawiki.tokens import Kind, Token

_NAMED_PART = regex(r"\s*(?P<name>[\w -]{1,30}?)\s*=\s*")
_LEAVES_BLOCK = frozenset(
    "p div center ul ol dl dt dd table tr caption section gallery poem blockquote hr "
    "h1 h2 h3 h4 h5 h6 li".split()
)
_COLLECTED = frozenset({Role.WORK, Role.SHORT, Role.NAMED, Role.LOCATOR})
_LONGEST_NAME = 120


class PageReader(PageText):
    """Walks over the tokens of a page; `blocks` and `notes` are what it finds."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self.notes = Notes()
        self._bars: dict[int, list[int]] = defaultdict(list)
        for index, token in enumerate(self._tokens):
            if token.kind is Kind.BAR and token.owner >= 0:
                self._bars[token.owner].append(index)
        self._closing_lists = sum(
            token.kind is Kind.CLOSING_TAG and token.name == "references" for token in self._tokens
        )
        self._refs: list[Frame] = []
        self._sink = BlockDraft(source, Fate.NOTHING)
        self._defining = 0
        self._raised: list[tuple[BlockDraft, int, int]] = []
        self._rules = {
            Kind.TEXT: self._text,
            Kind.LINE_END: self._line_end,
            Kind.RAW: self._raw,
            Kind.TAG: self._tag,
            Kind.CLOSING_TAG: self._closing_tag,
            Kind.TEMPLATE: self._template,
            Kind.LINK: self._link,
            Kind.ADDRESS: self._address,
            Kind.TABLE: self._table,
            Kind.BAR: self._bar,
            Kind.ENTITY: self._entity,
            Kind.QUOTES: self._quotes,
        }

    def read(self) -> None:
        """Find everything."""
        index = 0
        while index < len(self._tokens):
            if self._frames and self._frames[-1].end == index:
                self._leave(self._frames.pop(), self._tokens[index].end)
                index += 1
                continue
            index = self._step(index, self._tokens[index])
        while self._frames:
            self._leave(self._frames.pop(), len(self._source))
        self._flush()
        self.blocks.sort(key=lambda block: block.span)

    def _step(self, index: int, token: Token) -> int:
        rule = self._rules.get(token.kind)
        if rule is not None:
            return rule(index, token)
        if token.partner < 0 and token.kind is not Kind.HIDDEN:
            self._copy(token)
        elif token.kind in (Kind.LINK_END, Kind.ADDRESS_END):
            self._in_link = max(0, self._in_link - 1)
            if token.kind is Kind.ADDRESS_END and self._refs:
                opening = self._tokens[token.partner]
                address = self._source[opening.start + 1 : opening.end]
                self._draft.put(f" {address}", token.start, token.end)
        return index + 1

    # ---------------------------------------------------------------- tags

    def _tag(self, index: int, token: Token) -> int:
        name = token.name
        if name == "ref":
            self._line_start = False
            return self._reference(index, token)
        if name == "references" and not token.empty and self._closing_lists:
            self._defining += 1
        elif name == "sup":
            self._begin_raised()
        elif name == "br":
            self._draft.gap(token.start, token.end)
        elif name in ("td", "th") and len(self._draft.visible):
            self._draft.put(" |", token.start, token.end)
            self._draft.gap(token.end, token.end)
        elif name in _LEAVES_BLOCK and self._in_blocks():
            self._open_element(name)
        return index + 1

    def _closing_tag(self, index: int, token: Token) -> int:
        name = token.name
        if name == "references":
            self._closing_lists -= 1
            self._defining = max(0, self._defining - 1)
        elif name == "sup":
            self._end_raised(len(self._frames))
        elif name in _LEAVES_BLOCK and self._in_blocks():
            self._close_element(name)
        return index + 1

    def _begin_raised(self) -> None:
        self._raised.append((self._draft, self._draft.next, len(self._frames)))

    def _end_raised(self, depth: int) -> None:
        """What stands raised within so many constructs ends, if anything does."""
        while self._raised and self._raised[-1][2] > depth:
            self._raised.pop()  # it was never closed where it began
        if self._raised and self._raised[-1][2] == depth:
            draft, at, _ = self._raised.pop()
            if draft is self._draft:
                draft.raised.append((at, len(draft.visible)))

    # ---------------------------------------------------------------- references

    def _reference(self, index: int, token: Token) -> int:
        given = attributes(token.attributes, token.start + 1 + len(token.name))
        if token.empty or token.partner < 0:
            if token.empty and given.name:
                self._mark(token.start, token.end, [((given.group, given.name), given.place)])
            return index + 1
        closing = self._tokens[token.partner]
        written = self._source[token.end : closing.start]
        if not written.strip() and not given.name:
            return token.partner + 1
        key = (given.group, given.name or f"#{token.start}")
        if self._defining:
            self.notes.number(key, nameless=not given.name)
        else:
            place = given.place if given.name else None
            self._mark(token.start, closing.end, [(key, place)], nameless=not given.name)
        frame = Frame(index, token.partner, self._draft, key=key)
        self._frames.append(frame)
        self._refs.append(frame)
        self._draft = BlockDraft(self._source, Fate.TEXT)
        return index + 1

    def _mark(
        self,
        start: int,
        end: int,
        named: list[tuple[Key, Span | None]],
        *,
        nameless: bool = False,
    ) -> None:
        """A marker, seen as the numbers of its references in square brackets."""
        span = Span(start, end)
        keys = [(key, place or span) for key, place in named]
        numbers = [self.notes.number(key, nameless=nameless) for key, _ in keys]
        self.notes.mark(span, keys)
        self._draft.put(f"[{', '.join(map(str, numbers))}]", start, end)

    # ---------------------------------------------------------------- templates

    def _template(self, index: int, token: Token) -> int:
        if token.partner < 0:
            self._line_start = False
            self._copy(token)
            return index + 1
        bars = self._bars.get(index, [])
        closing = self._tokens[token.partner]
        first = self._tokens[bars[0]].start if bars else closing.start
        name = self._source[token.end : min(first, token.end + _LONGEST_NAME)]
        edges = [self._tokens[bar].end for bar in bars[:5]]
        raw = [self._source[at : at + 20].split("|")[0].split("}")[0] for at in edges]
        found = template(name, raw)
        if self._line_start and self._in_blocks() and found.role is Role.HIDDEN:
            self._block_template(token, closing)
        self._line_start = False
        if name.startswith("DISPLAYTITLE:"):
            self._title(token.end + len("DISPLAYTITLE:"), closing.start)
        if found.constant:
            self._show(found.constant, token.start, closing.end)
        frame = Frame(index, token.partner, self._draft, found, shown=found.parts)
        if found.role in (Role.SHOWN, Role.QUOTATION, Role.WRAPPER, Role.NOTE):
            frame.inner = self._inner(found)
            if found.role is Role.SHOWN and bars:
                self._show(found.before, token.start, token.end)
        elif found.role is Role.LIST:
            self._defining += 1
        self._frames.append(frame)
        self._draft = self._sink
        return index + 1

    def _block_template(self, token: Token, closing: Token) -> None:
        """A template on lines of its own ends the paragraph before it."""
        line = self._source[closing.end : closing.end + 1]
        if line in ("", "\n", "\r") or "\n" in self._source[token.start : closing.end]:
            self._flush()

    def _inner(self, found: Template) -> BlockDraft:
        """The draft that takes what the template shows."""
        if found.role is Role.SHOWN or self._draft.fate is not Fate.BLOCKS:
            return self._draft
        if found.role is Role.NOTE:
            return BlockDraft(self._source)
        self._flush()
        base = BlockKind.QUOTATION if found.role is Role.QUOTATION else BlockKind.PARAGRAPH
        return BlockDraft(self._source, base=base)

    def _next_part(self, frame: Frame, bar: Token) -> None:
        """A bar of the innermost template: the next part is shown, collected or neither."""
        role = frame.template.role
        self._end_raised(len(self._frames))
        if role in _COLLECTED:
            frame.texts.append(BlockDraft(self._source, Fate.TEXT))
            self._draft = frame.texts[-1]
            return
        named = _NAMED_PART.match(self._source, bar.end)
        if named and not named["name"].strip().isdigit():
            seen = named["name"].strip().lower() in frame.template.names
        else:
            frame.position = int(named["name"]) if named else frame.position + 1
            seen = frame.position in frame.shown
        if not seen or frame.inner is None:
            self._draft = self._sink
            return
        self._draft = frame.inner
        power = named is not None and named["name"].strip() == "e"  # {{val|1.5|e=6}}
        if frame.begun and role is Role.SHOWN:
            self._draft.put("×10" if power else frame.template.between, bar.end, bar.end)
        frame.begun = True
        if power or frame.template.raised:
            self._begin_raised()
        if named:
            self._skip = max(self._skip, named.end())
        self._line_start = role in (Role.QUOTATION, Role.WRAPPER)

    def _leave(self, frame: Frame, end: int) -> None:
        """The innermost open construct ends."""
        start = self._tokens[frame.opener].start
        role = frame.template.role
        self._end_raised(len(self._frames) + 1)
        if frame.is_table:
            self._flush()
        elif frame.key is not None:
            self._end_reference(frame)
        elif role in (Role.QUOTATION, Role.WRAPPER, Role.NOTE) and frame.inner is not frame.saved:
            self._draft = frame.inner or self._draft
            self._flush_inner()
        elif role is Role.LIST:
            self._defining = max(0, self._defining - 1)
        self._draft = frame.saved
        if role in _COLLECTED:
            self._end_collected(role, frame, parts_of([d.text() for d in frame.texts]), start, end)
        if frame.is_table:
            self._line_start = False

    def _flush_inner(self) -> None:
        block = self._draft.take()
        if block is not None:
            self.blocks.append(block)

    def _end_reference(self, frame: Frame) -> None:
        self._refs.pop()
        opening, closing = self._tokens[frame.opener], self._tokens[frame.end]
        if frame.key is not None:
            inside = Span(opening.end, closing.start)
            self.notes.define(frame.key, self._draft.text(), inside, frame.shorts)

    def _end_collected(self, role: Role, frame: Frame, parts: Parts, start: int, end: int) -> None:
        """A template whose parts make a text: a work, a short citation, a page."""
        if role is Role.WORK:
            work = printed(parts)
            self._draft.put_work(work.text, start, end)
            if work.anchor:
                self.notes.anchors.setdefault(work.anchor, (Span(end - 2, end), work.text))
        elif role is Role.SHORT:
            self._short(shorts(parts), start, end, inline=frame.template.inline)
        elif role is Role.NAMED:
            group = parts.get("group", "g")
            names = [name for name in parts.unnamed if name][:20]
            if names and not self._defining:
                self._mark(start, end, [((group, name), None) for name in names])
                page = parts.get("p", "page", "pp", "pages", "loc")
                self.notes.locate(end, f"p. {page}" if page else "", "")
        elif role is Role.LOCATOR:
            before = self.notes.last_end()
            gap = self._source[before:start] if 0 <= before <= start <= before + 3 else "x"
            page = parts.get("p", "page", "pp", "pages", "at", "loc") or " ".join(parts.unnamed)
            if not gap.strip() and page:
                numbered = page[0].isdigit()
                self.notes.locate(start, f"p. {page}" if numbered else page, gap)

    def _short(self, works: tuple[Short, ...], start: int, end: int, *, inline: bool) -> None:
        if not works:
            return
        if self._refs:
            self._refs[-1].shorts.extend(works)
            self._draft.put("; ".join(map(printed_short, works)), start, end)
        elif inline:
            self.notes.mark_shorts(Span(start, end), works, inline=True)
            text = "; ".join(map(printed_short, works))
            self._draft.put(f"({text})", start, end)
        else:
            name = " ".join(work.label + work.locator for work in works)
            number = self.notes.number(("sfn", name), nameless=True)
            self.notes.mark_shorts(Span(start, end), works, inline=False)
            self._draft.put(f"[{number}]", start, end)

    # ---------------------------------------------------------------- links

    def _link(self, index: int, token: Token) -> int:
        self._line_start = False
        if token.partner < 0:
            self._copy(token)
            return index + 1
        bars = self._bars.get(index, [])
        closing = self._tokens[token.partner]
        stop = self._tokens[bars[0]].start if bars else closing.start
        target = self._source[token.end : min(stop, token.end + _LONGEST_NAME)]
        if is_file(target):
            return self._file(index, token, bars)
        if is_category(target) and not bars:
            self._category(token.end, closing.start)
            return token.partner + 1
        self._in_link += 1
        if bars:
            return bars[0] + 1
        if target.startswith(":"):
            self._skip = max(self._skip, token.end + 1)
        return index + 1

    def _file(self, index: int, token: Token, bars: list[int]) -> int:
        """A picture: the caption of a framed one is the last part that is no option."""
        edges = [*(self._tokens[bar].end for bar in bars), self._tokens[token.partner].start + 1]
        texts = [self._source[a : min(b - 1, a + 300)] for a, b in pairwise(edges)]
        frame = Frame(index, token.partner, self._draft, Template(Role.NOTE))
        frame.shown = frozenset(captions(texts))
        frame.inner = self._sink
        if self._draft.fate is Fate.BLOCKS:
            frame.inner = BlockDraft(self._source, base=BlockKind.CAPTION)
        self._frames.append(frame)
        self._draft = self._sink
        return index + 1

    def _address(self, index: int, token: Token) -> int:
        self._line_start = False
        if token.partner < 0:
            self._copy(token)
            return index + 1
        address = self._source[token.start + 1 : token.end]
        found = find_dois(address) if "doi" in address[:40].lower() else []
        if found and not self._refs and self._draft.fate is Fate.BLOCKS:
            place, doi = found[0]
            inner = Span(token.start + 1 + place.start, token.start + 1 + place.end)
            span = Span(token.start, token.end)
            self.notes.links.append(Citation(CitationKind.LINK, span, (CitedItem(doi, inner),)))
        self._in_link += 1
        self._draft.gap(token.end, token.end)
        return index + 1

    # ---------------------------------------------------------------- tables

    def _bar(self, index: int, token: Token) -> int:
        frame = self._frames[-1] if self._frames else None
        if self._gallery and frame is None:
            if self._stop >= 0:
                self._skip, self._stop = token.end, -1
            return index + 1
        if frame is None or token.owner != frame.opener:
            self._line_start = False
            self._copy(token)
            return index + 1
        if not frame.is_table:
            self._next_part(frame, token)
            return index + 1
        return self._cell_bar(index, token)
