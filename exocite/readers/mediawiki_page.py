"""The tokens of a wiki page to blocks and notes, by an explicit stack: no nesting is too deep."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import pairwise

from exocite.identifiers import find_dois
from exocite.model import BlockKind, Citation, CitationKind, CitedItem, Span
from exocite.readers.markup_draft import Draft, Fate
from exocite.readers.mediawiki_lines import line_of
from exocite.readers.mediawiki_notes import Key, Notes, attributes, printed_short
from exocite.readers.mediawiki_templates import (
    Parts,
    Role,
    Short,
    Template,
    parts_of,
    printed,
    shorts,
    template,
)
from exocite.readers.mediawiki_tokens import Kind, Token, tokens
from exocite.readers.raw import RawBlock
from exocite.text import collapsed

_NAMED_PART = re.compile(r"\s*(?P<name>[\w -]{1,30}?)\s*=\s*")
_TITLE_PIECE = re.compile(r"''+|<[^<>]{0,100}>|(?P<text>[^'<]+|.)", re.DOTALL)
_CELL_ATTRIBUTES = re.compile(r"[^|\[\]{}<\r\n]{0,300}\|(?!\|)")
_FILE = re.compile(
    r"\s*(?:file|image|datei|bild|fichier|archivo|imagen|immagine|bestand|ficheiro|media)\s*:",
    re.IGNORECASE,
)
_CATEGORY = re.compile(
    r"\s*(?:category|kategorie|cat[ée]gorie|categor[íi]a|categorie|kategoria|[a-z]{2,3}"
    r"(?:-[a-z]{2,6})?)\s*:",
    re.IGNORECASE,
)
_FRAMED = re.compile(r"\s*(?:thumb(?:nail)?|framed?|mini(?:atur|aturadeimagen)?|vignette)\s*")
_OPTION = re.compile(
    r"\s*(?:thumb(?:nail)?|framed?|frameless|border|left|right|cent(?:er|re)|none|baseline|middle"
    r"|sub|super|top|text-top|bottom|text-bottom|upright(?:\s*=?\s*[\d.]{1,6})?|\d{0,4}x?\d{1,4}"
    r"\s*px|mini(?:atur|aturadeimagen)?|vignette|gauche|droite|centré|links|rechts|zentriert"
    r"|izquierda|derecha|(?:alt|link|page|lang|class|thumbtime|upright|hochkant)\s*=.*|)\s*",
    re.DOTALL,
)
_LEAVES_BLOCK = frozenset(
    "p div center ul ol dl dt dd table tr caption section gallery poem blockquote hr "
    "h1 h2 h3 h4 h5 h6 li".split()
)
_CODE = frozenset({"pre", "syntaxhighlight", "source", "score", "timeline"})
_SEEN_WHOLE = frozenset({"math", "chem", "ce", "code", "tt", "kbd", "samp", *_CODE})
_COLLECTED = frozenset({Role.WORK, Role.SHORT, Role.NAMED, Role.LOCATOR})
_LONGEST_NAME = 120


@dataclass(slots=True)
class _Frame:
    """A construct that is open: where it began and ends, and the draft to go back to."""

    opener: int
    end: int
    saved: Draft
    template: Template = field(default_factory=Template)
    inner: Draft | None = None
    shown: frozenset[int] = frozenset()
    position: int = 0
    begun: bool = False
    texts: list[Draft] = field(default_factory=list)
    key: Key | None = None
    shorts: list[Short] = field(default_factory=list)
    is_table: bool = False


class PageReader:
    """Walks over the tokens of a page; `blocks` and `notes` are what it finds."""

    def __init__(self, source: str) -> None:
        self.blocks: list[RawBlock] = []
        self.notes = Notes()
        self._source = source
        self._tokens = tokens(source)
        self._bars: dict[int, list[int]] = defaultdict(list)
        for index, token in enumerate(self._tokens):
            if token.kind is Kind.BAR and token.owner >= 0:
                self._bars[token.owner].append(index)
        self._closing_lists = sum(
            token.kind is Kind.CLOSING_TAG and token.name == "references" for token in self._tokens
        )
        self._frames: list[_Frame] = []
        self._refs: list[_Frame] = []
        self._draft = Draft(source)
        self._sink = Draft(source, Fate.NOTHING)
        self._line_start = True
        self._skip = 0
        self._stop = -1
        self._defining = 0
        self._in_link = 0
        self._quoted = 0
        self._gallery = False
        self._counters: dict[str, int] = {}
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

    # ---------------------------------------------------------------- text and lines

    def _in_blocks(self) -> bool:
        """Whether line ends and what begins a line count here."""
        if self._draft.fate is not Fate.BLOCKS or self._in_link:
            return False
        if not self._frames:
            return True
        frame = self._frames[-1]
        return frame.is_table or frame.template.role in (Role.QUOTATION, Role.WRAPPER)

    def _in_table(self) -> bool:
        return bool(self._frames) and self._frames[-1].is_table

    def _flush(self) -> None:
        block = self._draft.take()
        if block is not None:
            self.blocks.append(block)
        if self._quoted and not self._frames:
            self._draft.kind = BlockKind.QUOTATION

    def _copy(self, token: Token) -> None:
        """Show the token as it is written, but nothing outside the part of the line that counts."""
        start = max(token.start, self._skip)
        end = token.end if self._stop < 0 else min(token.end, self._stop)
        if start < end:
            self._draft.copy(start, end, linked=self._in_link > 0)

    def _text(self, index: int, token: Token) -> int:
        if self._line_start and self._in_blocks():
            if not self._source[token.start : token.end].strip():
                following = self._tokens[index + 1].kind if index + 1 < len(self._tokens) else None
                if following in (None, Kind.LINE_END, Kind.TABLE, Kind.BAR, Kind.TABLE_END):
                    return index + 1
            self._begin_line(token)
        if self._in_table() and "!!" in self._source[token.start : token.end]:
            self._header_cells(token)
        else:
            self._copy(token)
        return index + 1

    def _header_cells(self, token: Token) -> None:
        """Cells of a header stand on one line between double marks."""
        at = token.start
        while (mark := self._source.find("!!", at, token.end)) >= 0:
            self._copy(replace(token, start=at, end=mark))
            at = mark + 2
            self._cell(at)
        self._copy(replace(token, start=at))

    def _begin_line(self, token: Token) -> None:
        self._line_start = False
        if self._gallery:
            name = _FILE.match(self._source, token.start)
            if name:
                self._flush()
                self._draft.kind, self._draft.line = BlockKind.CAPTION, True
                self._stop = token.start  # until the bar
            return
        line = line_of(self._source, token.start, bare=bool(self._frames or self._quoted))
        if self._in_table():
            self._skip = line.start if line.kind is BlockKind.LIST_ITEM else self._skip
            if self._source.startswith("!", token.start):
                self._cell(token.start + 1)
            return
        if line.kind is None:
            self._counters.clear()
            return
        self._flush()
        draft = self._draft
        draft.kind, draft.level, draft.by_shape = line.kind, line.level, line.by_shape
        draft.line = True
        self._skip, self._stop = line.start, line.end
        if line.kind is BlockKind.LIST_ITEM:
            draft.label = self._numbered(line.marks)
        else:
            self._counters.clear()

    def _numbered(self, marks: str) -> str:
        """The number of a list item, "" for one that bears none."""
        for other in [known for known in self._counters if len(known) > len(marks)]:
            del self._counters[other]
        if not marks.endswith("#"):
            return ""
        self._counters[marks] = self._counters.get(marks, 0) + 1
        return str(self._counters[marks])

    def _line_end(self, index: int, token: Token) -> int:
        self._stop = -1
        if not self._in_blocks():
            self._draft.gap(token.start, token.end)
            return index + 1
        if self._draft.line or (self._line_start and not self._in_table()):
            self._flush()
        else:
            self._draft.gap(token.start, token.end)
        self._line_start = True
        return index + 1

    def _entity(self, index: int, token: Token) -> int:
        self._line_start = False
        self._show(html.unescape(self._source[token.start : token.end]), token.start, token.end)
        return index + 1

    def _show(self, text: str, start: int, end: int) -> None:
        if start >= self._skip and (self._stop < 0 or end <= self._stop):
            self._draft.put(text, start, end)

    def _quotes(self, index: int, token: Token) -> int:
        """Two, three or five signs are emphasis; what is left over is apostrophes."""
        self._line_start = False
        length = token.end - token.start
        extra = 1 if length == 4 else max(0, length - 5)
        self._copy(replace(token, end=token.start + extra))
        return index + 1

    def _raw(self, index: int, token: Token) -> int:
        start, end = token.inner
        if token.name in _CODE and self._in_blocks() and self._line_start:
            self._flush()
            self._draft.kind = BlockKind.CODE
            self._draft.verbatim(start, end)
            self._flush()
        elif token.name == "nowiki":
            self._copy(replace(token, start=start, end=end))
        elif token.name in _SEEN_WHOLE:
            text = collapsed(html.unescape(self._source[start:end]))
            self._show(text, token.start, token.end)
        self._line_start = False
        return index + 1

    # ---------------------------------------------------------------- tags

    def _tag(self, index: int, token: Token) -> int:
        name = token.name
        if name == "ref":
            self._line_start = False
            return self._reference(index, token)
        if name == "references" and not token.empty and self._closing_lists:
            self._defining += 1
        elif name == "br":
            self._draft.gap(token.start, token.end)
        elif name in ("td", "th") and len(self._draft.visible):
            self._draft.put(" |", token.start, token.end)
            self._draft.gap(token.end, token.end)
        elif name in _LEAVES_BLOCK and self._in_blocks():
            self._flush()
            self._open_element(name)
        return index + 1

    def _open_element(self, name: str) -> None:
        if name in ("blockquote", "poem"):
            self._quoted += 1
            self._draft.kind = BlockKind.QUOTATION
        elif name == "gallery":
            self._gallery = True
        elif name in ("li", "dt", "dd"):
            self._draft.kind, self._draft.level = BlockKind.LIST_ITEM, 1
        elif name in ("tr", "table"):
            self._draft.kind = BlockKind.TABLE
        elif name == "caption":
            self._draft.kind = BlockKind.CAPTION
        elif name[0] == "h" and name[1].isdigit():
            self._draft.kind, self._draft.level = BlockKind.HEADING, int(name[1])

    def _closing_tag(self, index: int, token: Token) -> int:
        name = token.name
        if name == "references":
            self._closing_lists -= 1
            self._defining = max(0, self._defining - 1)
        elif name in _LEAVES_BLOCK and self._in_blocks():
            if name in ("blockquote", "poem"):
                self._quoted = max(0, self._quoted - 1)
            elif name == "gallery":
                self._gallery = False
            self._flush()
        return index + 1

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
        frame = _Frame(index, token.partner, self._draft, key=key)
        self._frames.append(frame)
        self._refs.append(frame)
        self._draft = Draft(self._source, Fate.TEXT)
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
        frame = _Frame(index, token.partner, self._draft, found, shown=found.parts)
        if found.role in (Role.SHOWN, Role.QUOTATION, Role.WRAPPER, Role.NOTE):
            frame.inner = self._inner(found)
            if found.role is Role.SHOWN and bars:
                self._show(found.before, token.start, token.end)
        elif found.role is Role.LIST:
            self._defining += 1
        self._frames.append(frame)
        self._draft = self._sink
        return index + 1

    def _title(self, start: int, end: int) -> None:
        draft = Draft(self._source, base=BlockKind.TITLE)
        for match in _TITLE_PIECE.finditer(self._source, start, min(end, start + 300)):
            if match["text"]:
                draft.copy(*match.span())
        block = draft.take()
        if block is not None:
            self.blocks.append(replace(block, level=1))

    def _block_template(self, token: Token, closing: Token) -> None:
        """A template on lines of its own ends the paragraph before it."""
        line = self._source[closing.end : closing.end + 1]
        if line in ("", "\n", "\r") or "\n" in self._source[token.start : closing.end]:
            self._flush()

    def _inner(self, found: Template) -> Draft:
        """The draft that takes what the template shows."""
        if found.role is Role.SHOWN or self._draft.fate is not Fate.BLOCKS:
            return self._draft
        if found.role is Role.NOTE:
            return Draft(self._source)
        self._flush()
        base = BlockKind.QUOTATION if found.role is Role.QUOTATION else BlockKind.PARAGRAPH
        return Draft(self._source, base=base)

    def _next_part(self, frame: _Frame, bar: Token) -> None:
        """A bar of the innermost template: the next part is shown, collected or neither."""
        role = frame.template.role
        if role in _COLLECTED:
            frame.texts.append(Draft(self._source, Fate.TEXT))
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
        if frame.begun and role is Role.SHOWN:
            self._draft.put(frame.template.between, bar.end, bar.end)
        frame.begun = True
        if named:
            self._skip = max(self._skip, named.end())
        self._line_start = role in (Role.QUOTATION, Role.WRAPPER)

    def _leave(self, frame: _Frame, end: int) -> None:
        """The innermost open construct ends."""
        start = self._tokens[frame.opener].start
        role = frame.template.role
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

    def _end_reference(self, frame: _Frame) -> None:
        self._refs.pop()
        opening, closing = self._tokens[frame.opener], self._tokens[frame.end]
        if frame.key is not None:
            inside = Span(opening.end, closing.start)
            self.notes.define(frame.key, self._draft.text(), inside, frame.shorts)

    def _end_collected(self, role: Role, frame: _Frame, parts: Parts, start: int, end: int) -> None:
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
        if _FILE.match(target):
            return self._file(index, token, bars)
        if _CATEGORY.match(target) and not bars:
            self._category(token.end, closing.start)
            return token.partner + 1
        self._in_link += 1
        if bars:
            return bars[0] + 1
        if target.startswith(":"):
            self._skip = max(self._skip, token.end + 1)
        return index + 1

    def _category(self, start: int, end: int) -> None:
        if self._draft.fate is Fate.BLOCKS:
            draft = Draft(self._source, base=BlockKind.NAVIGATION)
            draft.copy(start, end)
            block = draft.take()
            if block is not None:
                self.blocks.append(block)

    def _file(self, index: int, token: Token, bars: list[int]) -> int:
        """A picture: the caption of a framed one is the last part that is no option."""
        edges = [*(self._tokens[bar].end for bar in bars), self._tokens[token.partner].start + 1]
        texts = [self._source[a : min(b - 1, a + 300)] for a, b in pairwise(edges)]
        framed = any(_FRAMED.fullmatch(text) for text in texts)
        said = [at for at, text in enumerate(texts, 1) if not _OPTION.fullmatch(text)]
        frame = _Frame(index, token.partner, self._draft, Template(Role.NOTE))
        frame.shown = frozenset(said[-1:] if framed else ())
        frame.inner = self._sink
        if self._draft.fate is Fate.BLOCKS:
            frame.inner = Draft(self._source, base=BlockKind.CAPTION)
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

    def _table(self, index: int, token: Token) -> int:
        if token.partner < 0:
            self._copy(token)
            return index + 1
        frame = _Frame(index, token.partner, self._draft, is_table=True)
        if self._draft.fate is Fate.BLOCKS:
            self._flush()
            self._draft = Draft(self._source, base=BlockKind.TABLE)
        self._frames.append(frame)
        self._stop = token.start
        return index + 1

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
        following = self._source[token.end : token.end + 1]
        if self._line_start and following in ("-", "+"):
            self._flush()
            self._line_start = False
            if following == "-":
                self._stop = token.start
            else:
                self._draft.kind, self._draft.line = BlockKind.CAPTION, True
                self._skip = token.end + 1
        elif self._line_start:
            self._cell(token.end)
        elif following == "|":
            self._cell(token.end + 1)
            return index + 2
        else:
            self._copy(token)
        return index + 1

    def _cell(self, end: int) -> None:
        """A cell begins; its attributes are not seen."""
        self._line_start = False
        self._stop = -1
        if len(self._draft.visible):
            self._draft.space = None
            self._draft.put(" |", end, end)
            self._draft.gap(end, end)
        found = _CELL_ATTRIBUTES.match(self._source, end)
        self._skip = found.end() if found else end
