"""AsciiDoc's inline syntax: macros, formatting, references, notes, citations.

Sources: the AsciiDoc language documentation ("Text formatting and punctuation", "Macros"); the
handbooks of asciidoctor-bibtex (`cite:[key(p. 3)]`) and asciidoctor-bibliography.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from exocite.patterns import regex
from exocite.readers import cross_references
from exocite.readers.asciidoc.names import Names
from exocite.readers.inline import Content, Kind
from exocite.readers.inline_scanner import Cited, MarkupScanner, Numbering, Rule, printed
from exocite.readers.latex.text import formula
from exocite.readers.vocabulary import words
from exocite.text import collapsed

_NARRATIVE = words("citenp citet citeauthor citeyear citetitle fullcite")
_CITES = _NARRATIVE | words("cite citep citealt citealp citeyearpar")
_SHOWN_AS_CODE = words("kbd btn menu pass stem latexmath asciimath")
_HIDDEN_TARGET = words("nocite")
_TARGET = regex(r"[^\s\[\]]{0,300}")
_ADDRESS = regex(r"[^\s\[\]<>\"]{1,2000}")
_PIECE = regex(r"[^,;()]{1,300}(?:\((?P<post>[^()]{0,300})\)[^,;()]{0,20})?|\([^()]{0,300}\)")
_OPTION = regex(r"(?P<name>[\w-]{1,40})\s*=\s*\"?(?P<value>[^\"]{0,200})\"?\Z")
_PLACES = words("page pages locator section chapter figure verse line paragraph clause")
_REFERENCE = regex(r"<<(?P<id>[^,<>\n]{1,200})(?:,(?P<text>[^<>]{0,500}))?>>")
_WORK = regex(r"[^\W\d_][\w:.+-]{0,80}?(?:1[5-9]|20)\d\d[a-z]?(?:[-_:][\w-]{1,60})?")
_RAISED = regex(r"\^(?P<inner>[^\s^]{1,60})\^")
_LOWERED = regex(r"~(?P<inner>[^\s~]{1,60})~")
_ATTRIBUTE = regex(r"\{(?P<name>[A-Za-z0-9_][\w-]{0,100})\}")
_ADDRESS_VALUE = regex(r"(?:https?|ftp)://\S+$")
_LINK_OPTIONS = regex(
    r"(?:^|,)\s*(?:window|role|opts|options|id|title|subject|body)=.*$", re.DOTALL
)
_INDEX = regex(r"\(\(\([^()]{1,300}\)\)\)|\(\((?P<shown>[^()]{1,300})\)\)")
_ANCHOR = regex(r"\[\[[^\[\]]{1,200}\]\]")
_ROLE = regex(r"\[[\w.#%,\"'= -]{1,100}\](?=[*_`#^~+])")
_CODE_END = regex(r"(?<=\S)`(?!\w)")
_PLAIN_END = regex(r"(?<=\S)\+(?![\w+])")
_QUOTE_END = regex(r"(?<=\S)`[\"']")
_PASSES = {mark: regex(re.escape(mark)) for mark in ("``", "++", "+++", "$$")}
_INTRINSIC = {
    "nbsp": "\u00a0", "zwsp": "\u200b", "apos": "'", "quot": '"', "lsquo": "‘", "rsquo": "’",
    "ldquo": "“", "rdquo": "”", "deg": "°", "plus": "+", "brvbar": "¦", "vbar": "|", "amp": "&",
    "lt": "<", "gt": ">", "startsb": "[", "endsb": "]", "caret": "^", "asterisk": "*",
    "tilde": "~", "backslash": "\\", "backtick": "`", "two-colons": "::", "two-semicolons": ";;",
    "cpp": "C++", "empty": "", "blank": "", "sp": " ",
}  # fmt: skip


class AsciidocScanner(MarkupScanner):
    """Reads the inline content of one block."""

    special = regex(
        r"(?<!\w)(?:(?P<cite>(?:no|full)?cite[a-z]{0,12}:(?=[^\s\[\]]{0,200}\[))"
        r"|(?P<note>footnote(?:ref)?:(?=[\w-]{0,100}\[))"
        r"|(?P<address>(?:https?|ftp|irc)://)|(?P<link>(?:link|mailto|xref):(?=\S))"
        r"|(?P<macro>(?:image|icon|kbd|btn|menu|pass|stem|latexmath|asciimath|anchor|indexterm2?"
        r"|counter2?|bibitem):(?=[^\s\[\]]{0,200}\[)))"
        r"|(?P<reference><<)|(?P<index>\(\()|[\\`*_#^~+$\[\]\n&{]"
    )

    def __init__(
        self, content: Content, start: int, end: int, numbering: Numbering, names: Names
    ) -> None:
        super().__init__(content, start, end, numbering)
        self._names = names
        self._quoted = False

    def rules(self) -> Mapping[str, Rule]:
        """What reads each special place."""
        return {
            "cite": self._citation,
            "note": self._note,
            "address": self._bare_address,
            "link": self._link,
            "macro": self._macro,
            "reference": self._reference,
            "index": self._index,
            "\\": self._backslash,
            "`": self._tick,
            "*": self._format,
            "_": self._format,
            "#": self._format,
            "^": self._caret,
            "~": self._tilde,
            "+": self._pass,
            "$": self._pass,
            "[": self._bracket,
            "]": self._bracket_end,
            "{": self._attribute,
        }

    # ---------------------------------------------------------------- citations and notes

    def _citation(self, match: re.Match[str]) -> bool:
        name = match["cite"][:-1]
        target = self._target(match.end())
        closing = self._closing(target[1])
        if closing < 0 or (name not in _CITES and name not in _HIDDEN_TARGET):
            return False
        pieces = [(target[1] + 1, closing)]
        end = closing + 1
        while self._text.startswith("+[", end, self._end):
            closing = self._closing(end + 1)
            if closing < 0:
                break
            pieces.append((end + 2, closing))
            end = closing + 1
        if name in _HIDDEN_TARGET:
            return self._hide(match.start(), end)
        if len(pieces) == 1 and not self._text[slice(*pieces[0])].strip():
            pieces = [target]
        cited = [key for piece in pieces for key in self._keys(*piece)]
        return self._cite(match.start(), end, cited, narrative=name in _NARRATIVE)

    def _keys(self, first: int, last: int) -> Iterator[Cited]:
        """Keys between commas, each with its place in round brackets or behind it.

        An option (`page=3`) says the place in the work that stands before it.
        """
        found: Cited | None = None
        for piece in _PIECE.finditer(self._text, first, last):
            written = piece[0].strip()
            option = _OPTION.match(written)
            if option:
                if found and option["name"] in _PLACES:
                    place = collapsed(f"{option['name']} {option['value']}")
                    found = Cited(found.start, found.end, place.removeprefix("locator "))
                continue
            if not written or written.startswith("("):
                continue
            if found:
                yield found
            head = written.partition("(")[0].split()
            start = piece.start() + piece[0].index(head[0])
            place = collapsed(piece["post"] or " ".join(head[1:]))
            found = Cited(start, start + len(head[0]), place)
        if found:
            yield found

    def _note(self, match: re.Match[str]) -> bool:
        target = self._target(match.end())
        name = self._text[slice(*target)]
        closing = self._closing(target[1])
        if closing < 0:
            return False
        first = target[1] + 1
        if match["note"] == "footnoteref:":
            comma = self._text.find(",", first, closing)
            place = (first, comma if comma >= 0 else closing)
            name = self._text[slice(*place)].strip()
            first = closing if comma < 0 else comma + 1
        if not self._text[first:closing].strip():
            return bool(name) and self._note_sign(
                match.start(), closing + 1, "^" + name, (match.start(), closing + 1)
            )
        label = "^" + name if name else self.numbering.label("*")
        return self._note_inside(match.start(), first, closing, closing + 1, label)

    def _target(self, at: int) -> tuple[int, int]:
        """What stands between the colon of a macro and its bracket."""
        match = _TARGET.match(self._text, at, self._end)
        return (at, match.end()) if match else (at, at)

    # ---------------------------------------------------------------- links and macros

    def _bare_address(self, match: re.Match[str]) -> bool:
        address = _ADDRESS.match(self._text, match.start(), self._end)
        if address is None:
            return False
        end = address.end()
        closing = self._closing(end) if self._after(end) == "[" else -1
        if closing < 0:
            return self._copy(match.start(), end)
        return self._linked(match.start(), match.start(), end, closing)

    def _link(self, match: re.Match[str]) -> bool:
        first, end = self._target(match.end())
        closing = self._closing(end)
        if closing < 0 or end == first:
            return False
        target = self._text[first:end].lstrip("#")
        if match["link"] == "xref:":
            if self._names_work(target):
                key = Cited(end - len(target), end)
                return self._cite(match.start(), closing + 1, [key], narrative=False)
            if not self._text[end + 1 : closing].strip():
                return self._opaque(self._place_shown(target), match.start(), closing + 1)
        return self._linked(match.start(), first, end, closing)

    def _linked(self, start: int, first: int, end: int, closing: int) -> bool:
        """A link whose address stands from `first` to `end`, its text in the bracket there."""
        written = self._text[end + 1 : closing]
        options = _LINK_OPTIONS.search(written)
        text = written[: options.start()] if options else written
        if not text.strip(" ^"):
            return self._shown(start, first, end, closing + 1)
        address = self._text[first:end]
        if "{" in address:
            self._doi_of(self._filled(address), -1, start, closing + 1)
        else:
            self._doi(first, end, start, closing + 1)
        if options:
            return self._shown(start, end + 1, end + 1 + len(text.rstrip(" ^")), closing + 1)
        return self._unwrap(start, end)

    def _filled(self, text: str) -> str:
        """A short text with the values of its attributes."""
        known = self._names.attributes
        return _ATTRIBUTE.sub(lambda m: known.get(m["name"].lower(), m[0]), text[:500])

    def _macro(self, match: re.Match[str]) -> bool:
        first, opening = self._target(match.end())
        closing = self._closing(opening)
        if closing < 0:
            return False
        name = match["macro"][:-1]
        if name in _SHOWN_AS_CODE:
            text = self._text[opening + 1 : closing]
            if name == "menu":
                text = f"{self._text[first:opening]} {text}"
            elif name == "latexmath" or (name == "stem" and self._has_tex()):
                text = formula(text)
            return self._opaque(text, match.start(), closing + 1)
        if name == "indexterm2":
            return self._unwrap(match.start(), opening)
        return self._hide(match.start(), closing + 1)

    def _has_tex(self) -> bool:
        return self._names.attributes.get("stem") in ("latexmath", "tex")

    def _reference(self, match: re.Match[str]) -> bool:
        """`<<id,text>>`: a citation where the bibliography holds the id."""
        found = _REFERENCE.match(self._text, match.start(), self._end)
        if found is None:
            return False
        name = found["id"].strip()
        if self._names_work(name):
            start = found.start("id") + found["id"].index(name)
            key = Cited(start, start + len(name))
            return self._cite(found.start(), found.end(), [key], narrative=False)
        text = found["text"]
        if text is None or not text.strip():
            text = self._place_shown(name)
        return self._opaque(text, found.start(), found.end())

    def _names_work(self, name: str) -> bool:
        """Whether a reference names a work: one of the list, or what reads so and is no place."""
        if name in self._names.listed:
            return True
        return (
            _WORK.fullmatch(name) is not None
            and name not in self._names.anchors
            and not cross_references.is_label(name)
        )

    def _place_shown(self, name: str) -> str:
        """What is shown of a place of the text: a section can be named by its title."""
        return name if " " in name else cross_references.SHOWN

    def _index(self, match: re.Match[str]) -> bool:
        found = _INDEX.match(self._text, match.start(), self._end)
        if found is None:
            return False
        if found["shown"] is None:
            return self._hide(found.start(), found.end())
        return self._shown(found.start(), *found.span("shown"), found.end())

    def _attribute(self, match: re.Match[str]) -> bool:
        found = _ATTRIBUTE.match(self._text, match.start(), self._end)
        if found is None:
            return False
        name = found["name"].lower()
        if name not in self._names.attributes:
            value = _INTRINSIC.get(name, found[0])
            if value.isspace():
                return self._node(Kind.REPLACE, found.start(), found.end(), value)
            return self._put_in(found, value, ())
        value = self._names.attributes[name]
        closing = self._closing(found.end()) if self._after(found.end()) == "[" else -1
        if closing >= 0 and _ADDRESS_VALUE.match(value):
            return self._linked(found.start(), found.start(), found.end(), closing)
        return self._put_in(found, *self._defined(value))

    def _defined(self, value: str) -> tuple[str, tuple[str, ...]]:
        """What the value of an attribute shows, and the keys that it cites."""
        known = self._names.shown
        if value not in known:
            # No attributes in it: those were put in where it was defined.
            plain = Names(listed=self._names.listed, anchors=self._names.anchors)
            known[value] = printed(
                value, lambda content: AsciidocScanner(content, 0, len(value), Numbering(), plain)
            )
        return known[value]

    def _bracket(self, match: re.Match[str]) -> bool:
        for pattern in (_ANCHOR, _ROLE):
            found = pattern.match(self._text, match.start(), self._end)
            if found:
                return self._hide(found.start(), found.end())
        return False

    # ---------------------------------------------------------------- formatting

    def _backslash(self, match: re.Match[str]) -> bool:
        """A backslash before what would be read as syntax makes it text."""
        at = match.start()
        found = self.special.match(self._text, at + 1, self._end)
        if found is None or found[0] == "\n":
            return False
        self._hide(at, at + 1)
        return self._copy(found.start(), found.end())

    def _format(self, match: re.Match[str]) -> bool:
        sign, at = match[0], match.start()
        if self._text.startswith(sign * 2, at, self._end):
            return self._toggle(sign * 2, opens=True, closes=True)
        before, after = self._before(), self._after(at + 1)
        opens = not (before.isalnum() or before in "_;:}") and not after.isspace()
        closes = not before.isspace() and not (after.isalnum() or after == "_")
        return self._toggle(sign, opens=opens, closes=closes)

    def _tick(self, match: re.Match[str]) -> bool:
        at = match.start()
        before, after = self._before(), self._after(at + 1)
        if after in "\"'" and self._quoted:
            self._quoted = False
            return self._hide(at, at + 1)
        if before in "\"'" and not after.isspace() and self._next(_QUOTE_END, at + 1):
            self._quoted = True
            return self._hide(at, at + 1)
        if after == "'" and before.isalnum():
            return self._hide(at, at + 1)
        if after == "`":
            return self._between("``")
        closing = None
        if not (before.isalnum() or after.isspace()):
            closing = self._next(_CODE_END, at + 2)
        if closing is None:
            return False
        text = self._text[at + 1 : closing.start()]
        if text[0] == text[-1] == "+" and len(text) > 2:
            text = text[1:-1]
        return self._opaque(text, at, closing.end())

    def _between(self, mark: str) -> bool:
        """Text between two marks that is shown as it is written."""
        start = self._at
        first = start + len(mark)
        closing = self._next(_PASSES[mark], first + 1)
        if closing is None:
            return self._copy(start, first)
        return self._opaque(self._text[first : closing.start()], start, closing.end())

    def _pass(self, match: re.Match[str]) -> bool:
        at = match.start()
        for mark in ("+++", "++", "$$"):
            if self._text.startswith(mark, at, self._end):
                return self._between(mark)
        before, after = self._before(), self._after(at + 1)
        if match[0] == "$" or before.isalnum() or after.isspace():
            return False
        closing = self._next(_PLAIN_END, at + 2)
        if closing is None:
            return False
        return self._opaque(self._text[at + 1 : closing.start()], at, closing.end())

    def _caret(self, match: re.Match[str]) -> bool:
        if match.end() in self._closers:  # The sign of a link that opens a window.
            return self._hide(match.start(), match.end())
        found = _RAISED.match(self._text, match.start(), self._end)
        return found is not None and self._raised(found.start(), *found.span("inner"), found.end())

    def _tilde(self, match: re.Match[str]) -> bool:
        found = _LOWERED.match(self._text, match.start(), self._end)
        return found is not None and self._shown(found.start(), *found.span("inner"), found.end())
