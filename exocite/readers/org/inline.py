"""Org's inline syntax: citations, notes, links, emphasis, fragments of LaTeX.

Sources: the Org syntax specification ("Objects"), the Org manual ("Citations"), and the handbook of
org-ref (`cite:key`, `[[cite:&key p. 3]]`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from exocite.model import CitationKind
from exocite.patterns import regex
from exocite.readers import cross_references
from exocite.readers.inline import Content, Kind
from exocite.readers.inline_scanner import Cited, MarkupScanner, Numbering, Rule, printed
from exocite.readers.latex.text import display, formula, plain
from exocite.readers.markdown.syntax import TEX_CITE, TEX_REFERENCE
from exocite.readers.org.definitions import Definitions
from exocite.readers.vocabulary import words
from exocite.text import collapsed

_COMMANDS = words(
    """
    cite citep citet citealp citealt citeauthor citeyear citeyearpar citetitle citenum Cite Citep
    Citet Citealp Citealt Citeauthor parencite Parencite textcite Textcite autocite Autocite
    footcite footfullcite smartcite Smartcite supercite fullcite citetalias citepalias
    """
)
_NARRATIVE = words(
    """
    citet Citet citealt Citealt citeauthor Citeauthor citetitle textcite Textcite citetalias t text
    a author
    """
)
_NO_CITATION = words("nocite n")
_NAMES = "|".join(sorted(_COMMANDS | {"nocite"}, key=len, reverse=True))
_KEY_LIST = regex(
    r"(?P<keys>&?\w+(?:[-:./+]{1,3}\w+){0,30}(?:[,;]&?\w+(?:[-:./+]{1,3}\w+){0,30}){0,200})"
)
_SEPARATE = regex(r"[^,;&\s]+")
_ORG_CITE = regex(r"\[cite(?:/(?P<style>[\w/-]{1,60}))?:\s*")
_ORG_KEY = regex(r"@(?P<key>[-\w.:?!`'/*@+|(){}<>&^$#%~]{1,300})")
_REF_KEY = regex(r"&(?P<key>[\w:./+-]{1,300})")
_REF_LINK = regex(rf"(?P<name>{_NAMES})\*?:")
_NOTE = regex(r"\[fn:(?P<label>[-\w]{0,100})(?P<colon>:?)")
_LINK = regex(r"\[\[(?P<target>[^\[\]\n]{1,2000})\](?=[\[\]])")
_ADDRESS = regex(r"[^\s\[\]<>\"]{1,2000}")
_IMAGE = regex(r".*\.(?:png|jpe?g|gif|svg|pdf|webp|tiff?|bmp|eps)\Z", re.IGNORECASE)
_ANGLE = regex(
    r"<<<(?P<shown>[^<>\n]{1,200})>>>|<<[^<>\n]{1,200}>>|<(?P<link>[a-z]{2,10}:[^<>\n]{1,500})>"
)
_BRACED = regex(r"[_^]\{(?P<inner>[^{}\n]{1,100})\}|\^(?P<digits>[-+]?\d[\d,–-]{0,30})")
_LOWERED_NUMBER = regex(r"_(?P<inner>\d{1,3})(?!\w{0,60}_)")
_MACRO = regex(
    r"\{\{\{(?P<name>[A-Za-z][\w-]{0,60})(?:\((?P<arguments>.{0,1000}?)\))?\}\}\}", re.DOTALL
)
_REFERENCE_LINK = regex(r"(?:auto|eq|page|name|c|C|list)?ref\*?:(?=[\w:.-])")
_LABEL_NAME = regex(r"\w(?:[\w:.-]{0,200}\w)?")
_ELSEWHERE = regex(r"(?:file|attachment|doi|mailto|shell|info|man|help):|[a-z+]{2,12}://|[./~]")
_EXPORT = regex(r"@@[\w-]{1,30}:")
_EXPORT_END = regex(r"@@")
_HARD_BREAK = regex(r"\\\\(?=[ \t]*(?:\n|\Z))")
_COMMAND = regex(r"\\[A-Za-z]{1,40}(?:\{\}|(?:\[[^\[\]\n]{0,100}\])?\{[^{}\n]{1,300}\})?")
_ENTITIES = {
    "nbsp": "\u00a0", "ndash": "–", "mdash": "—", "dots": "…", "hellip": "…", "amp": "&",
    "lt": "<", "gt": ">", "deg": "°", "times": "×", "plusmn": "±", "pm": "±", "mu": "μ",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "slash": "/", "under": "_",
    "ast": "*", "vert": "|", "tilde": "~", "equal": "=", "plus": "+", "colon": ":",
    "to": "→", "rarr": "→", "le": "≤", "ge": "≥", "approx": "≈", "asymp": "≈",
}  # fmt: skip
_ESCAPED = frozenset("%&#$")
_INLINE_CODE = regex(
    r"(?:src_[\w-]{1,30}(?:\[[^\[\]\n]{0,200}\])?\{[^{}\n]{0,300}\}"
    r"|call_[\w-]{1,60}(?:\[[^\[\]\n]{0,200}\])?\([^()\n]{0,300}\)(?:\[[^\[\]\n]{0,200}\])?)"
    r"(?=\s{0,3}\{\{\{results\()"
)
"""Code whose result stands behind it."""

_POST = r"(?=[\s\-–—.,:!?;'\")}\[\\]|\Z)"
_VERBATIM = {sign: regex(rf"(?<=\S){sign}{_POST}") for sign in "=~"}
_DOLLAR_END = regex(rf"(?<=[^\s$])\${_POST}")
_DOLLAR = regex(r"\$")
_DOUBLE_DOLLAR = regex(r"\$\$")
_MATH_ENDS = {"\\(": regex(r"\\\)"), "\\[": regex(r"\\\]")}
_BEFORE = frozenset("-–—('\"{[")
_AFTER = frozenset("-–—.,:!?;'\")}[\\")
_PLAIN = Definitions()


class OrgScanner(MarkupScanner):
    """Reads the inline content of one block."""

    special = regex(
        rf"(?P<note>\[fn:)|(?P<cite>\[cite[/:])|(?P<link>\[\[)"
        r"|(?<!\w)(?P<code>(?:src|call)_(?=\w))"
        r"|(?<![\w&@])(?P<label>(?:auto|eq|page|name|c|C|list)?ref:(?=\w))"
        rf"|(?<![\w&@])(?P<command>(?:{_NAMES})\*?:(?=&?\w))|(?P<address>https?://)"
        r"|[\\*/_+=~$^@{<\]\n]"
    )

    def __init__(
        self,
        content: Content,
        start: int,
        end: int,
        numbering: Numbering,
        definitions: Definitions,
    ) -> None:
        super().__init__(content, start, end, numbering)
        self._definitions = definitions

    def rules(self) -> Mapping[str, Rule]:
        """What reads each special place."""
        return {
            "note": self._note,
            "cite": self._citation,
            "link": self._link,
            "command": self._bare_command,
            "code": self._inline_code,
            "label": self._bare_label,
            "address": self._bare_address,
            "\\": self._backslash,
            "*": self._emphasis,
            "/": self._emphasis,
            "+": self._emphasis,
            "_": self._lowered,
            "^": self._lifted,
            "=": self._verbatim,
            "~": self._verbatim,
            "$": self._dollar,
            "@": self._export,
            "{": self._macro,
            "<": self._angle,
            "]": self._bracket_end,
        }

    # ---------------------------------------------------------------- citations and notes

    def _citation(self, match: re.Match[str]) -> bool:
        """`[cite/style:prefix; see @a p. 3; @b; suffix]`."""
        head = _ORG_CITE.match(self._text, match.start(), self._end)
        closing = self._closing(match.start())
        if head is None or closing < 0:
            return False
        style = (head["style"] or "").partition("/")[0]
        cited = list(self._keys(_ORG_KEY, head.end(), closing))
        if style in _NO_CITATION and cited:
            return self._hide(match.start(), closing + 1)
        return self._cite(match.start(), closing + 1, cited, narrative=style in _NARRATIVE)

    def _keys(self, pattern: re.Pattern[str], first: int, last: int) -> Iterator[Cited]:
        """The key of each part between semicolons, with the place in the work behind it."""
        at = first
        while at < last:
            stop = self._text.find(";", at, last)
            stop = last if stop < 0 else stop
            key = pattern.search(self._text, at, stop)
            if key:
                place = self._text[key.end() : stop]
                yield Cited(*key.span("key"), _place(place))
            at = stop + 1

    def _bare_command(self, match: re.Match[str]) -> bool:
        """`cite:a,b`, as org-ref writes it."""
        keys = _KEY_LIST.match(self._text, match.end(), self._end)
        if keys is None:
            return False
        cited = list(self._listed(*keys.span("keys")))
        return self._command(match["command"][:-1], cited, match.start(), keys.end())

    def _command(self, name: str, cited: list[Cited], start: int, end: int) -> bool:
        name = name.rstrip("*")
        if name in _NO_CITATION:
            return self._hide(start, end)
        return self._cite(start, end, cited, narrative=name in _NARRATIVE)

    def _listed(self, first: int, last: int) -> Iterator[Cited]:
        """Keys between commas or semicolons, each with or without an ampersand."""
        for piece in _SEPARATE.finditer(self._text, first, last):
            yield Cited(*piece.span())

    def _note(self, match: re.Match[str]) -> bool:
        head = _NOTE.match(self._text, match.start(), self._end)
        closing = self._closing(match.start())
        if head is None or closing < 0:
            return False
        name = head["label"]
        if not head["colon"]:
            place = head.span("label")
            whole = head.end() == closing and bool(name)
            return whole and self._note_sign(match.start(), closing + 1, "^" + name, place)
        label = "^" + name if name else self.numbering.label("*")
        return self._note_inside(match.start(), head.end(), closing, closing + 1, label)

    # ---------------------------------------------------------------- links

    def _link(self, match: re.Match[str]) -> bool:
        link = _LINK.match(self._text, match.start(), self._end)
        if link is None:
            return False
        opening = link.end() if self._text[link.end()] == "[" else -1
        closing = self._closing(opening) if opening >= 0 else link.end() - 1
        if closing < 0 or self._after(closing + 1) != "]":
            return False
        end = closing + 2
        first, last = link.span("target")
        if _REFERENCE_LINK.match(self._text, first, last):
            return self._opaque(cross_references.SHOWN, match.start(), end)
        command = _REF_LINK.match(self._text, first, last)
        if command:
            cited = self._linked_keys(command.end(), last, opening, closing)
            return self._command(command["name"], cited, match.start(), end)
        if opening >= 0:
            self._doi(first, last, match.start(), end)
            self._closers.update((closing, closing + 1))
            return self._hide(match.start(), opening + 1)
        if _IMAGE.match(link["target"]):
            return self._hide(match.start(), end)
        if _ELSEWHERE.match(link["target"]):
            return self._shown(match.start(), first, last, end)
        return self._opaque(cross_references.SHOWN, match.start(), end)

    def _linked_keys(self, first: int, last: int, opening: int, closing: int) -> list[Cited]:
        if "&" in self._text[first:last]:
            return list(self._keys(_REF_KEY, first, last))
        cited = list(self._listed(first, last))
        if cited and opening >= 0:
            place = _place(self._text[opening + 1 : closing].rpartition("::")[2])
            cited[-1] = Cited(cited[-1].start, cited[-1].end, place)
        return cited

    def _bare_label(self, match: re.Match[str]) -> bool:
        """`ref:fig-1`, as org-ref writes it."""
        label = _LABEL_NAME.match(self._text, match.end(), self._end)
        return label is not None and self._opaque(
            cross_references.SHOWN, match.start(), label.end()
        )

    def _bare_address(self, match: re.Match[str]) -> bool:
        """An address is text as it stands: no slash in it is emphasis."""
        address = _ADDRESS.match(self._text, match.start(), self._end)
        return address is not None and self._copy(address.start(), address.end())

    def _angle(self, match: re.Match[str]) -> bool:
        found = _ANGLE.match(self._text, match.start(), self._end)
        if found is None:
            return False
        name = next((name for name in ("shown", "link") if found[name] is not None), "")
        if not name:
            return self._hide(found.start(), found.end())
        return self._shown(found.start(), *found.span(name), found.end())

    # ---------------------------------------------------------------- LaTeX, macros, exports

    def _backslash(self, match: re.Match[str]) -> bool:
        at = match.start()
        broken = _HARD_BREAK.match(self._text, at, self._end)
        if broken:
            return self._hide(at, broken.end())
        math = _MATH_ENDS.get(self._text[at : at + 2])
        if math:
            closing = self._next(math, at + 2)
            shown = display if self._text[at + 1] == "[" else formula
            return closing is not None and self._opaque(
                shown(self._text[at + 2 : closing.start()]), at, closing.end()
            )
        cite = TEX_CITE.match(self._text, at, self._end)
        if cite:
            return self._tex_cite(cite)
        reference = TEX_REFERENCE.match(self._text, at, self._end)
        if reference and reference[0].partition("{")[0].rstrip("*").endswith("ref"):
            return self._opaque(cross_references.SHOWN, at, reference.end())
        if reference:
            return self._hide(at, reference.end())
        command = _COMMAND.match(self._text, at, self._end)
        if command is None:
            if self._after(at + 1) not in _ESCAPED:
                return False
            return self._shown(at, at + 1, at + 2, at + 2)
        name = command[0][1:].removesuffix("{}")
        text = _ENTITIES.get(name) or plain(command[0])
        if text.isspace():
            return self._node(Kind.REPLACE, at, command.end(), text)
        return self._opaque(text, at, command.end())

    def _tex_cite(self, cite: re.Match[str]) -> bool:
        if cite[0].startswith("\\nocite"):
            return self._hide(cite.start(), cite.end())
        cited = list(self._listed(*cite.span("keys")))
        place = collapsed(cite["notes"].rpartition("[")[2].rstrip("]"))
        if cited and place:
            cited[-1] = Cited(cited[-1].start, cited[-1].end, place)
        narrative = cite[0].startswith(("\\citet", "\\textcite"))
        return self._cite(
            cite.start(), cite.end(), cited, narrative=narrative, kind=CitationKind.LATEX
        )

    def _dollar(self, match: re.Match[str]) -> bool:
        at = match.start()
        if self._text.startswith("$$", at, self._end):
            closing = self._next(_DOUBLE_DOLLAR, at + 3)
            return closing is not None and self._opaque(
                display(self._text[at + 2 : closing.start()]), at, closing.end()
            )
        if self._after(at + 1).isspace() or self._after(at + 1) in ".,;$":
            return False
        closing = self._next(_DOLLAR, at + 1)
        if closing is None or not _DOLLAR_END.match(self._text, closing.start(), self._end):
            return False
        return self._opaque(formula(self._text[at + 1 : closing.start()]), at, closing.end())

    def _macro(self, match: re.Match[str]) -> bool:
        """`{{{name(arguments)}}}`: what it stands for, as written where that is not known."""
        macro = _MACRO.match(self._text, match.start(), self._end)
        if macro is None:
            return False
        markup = self._definitions.expanded(macro["name"], macro["arguments"] or "")
        if markup is None:
            return self._opaque(macro[0], macro.start(), macro.end())
        known = self._definitions.shown
        if markup not in known:
            known[markup] = printed(
                markup, lambda content: OrgScanner(content, 0, len(markup), Numbering(), _PLAIN)
            )
        return self._put_in(macro, *known[markup])

    def _inline_code(self, match: re.Match[str]) -> bool:
        """Code within a sentence whose result is printed."""
        code = _INLINE_CODE.match(self._text, match.start(), self._end)
        return code is not None and self._hide(code.start(), code.end())

    def _export(self, match: re.Match[str]) -> bool:
        head = _EXPORT.match(self._text, match.start(), self._end)
        closing = self._next(_EXPORT_END, head.end()) if head else None
        return closing is not None and self._hide(match.start(), closing.end())

    # ---------------------------------------------------------------- emphasis

    def _can_open(self) -> bool:
        before = self._before()
        after = self._after(self._at + 1)
        return (before.isspace() or before in _BEFORE) and not after.isspace()

    def _emphasis(self, match: re.Match[str]) -> bool:
        after = self._after(match.end())
        closes = not self._before().isspace() and (
            after.isspace() or after in _AFTER or match.end() in self._closers
        )
        opens = self._can_open() or (self._before() in "*/_+" and not after.isspace())
        return self._toggle(match[0], opens=opens, closes=closes or after in "*/_+")

    def _verbatim(self, match: re.Match[str]) -> bool:
        at = match.start()
        closing = self._next(_VERBATIM[match[0]], at + 2) if self._can_open() else None
        return closing is not None and self._opaque(
            self._text[at + 1 : closing.start()], at, closing.end()
        )

    def _lowered(self, match: re.Match[str]) -> bool:
        braced = _BRACED.match(self._text, match.start(), self._end)
        if braced is None and self._before().isalpha():
            braced = _LOWERED_NUMBER.match(self._text, match.start(), self._end)
        if braced and not self._before().isspace():
            return self._shown(match.start(), *braced.span("inner"), braced.end())
        return self._emphasis(match)

    def _lifted(self, match: re.Match[str]) -> bool:
        braced = _BRACED.match(self._text, match.start(), self._end)
        if braced is None or self._before().isspace():
            return False
        name = "inner" if braced["inner"] is not None else "digits"
        return self._raised(match.start(), *braced.span(name), braced.end())


def _place(text: str) -> str:
    """The place in a work that is written behind a key, "" where nothing is counted there."""
    stripped = collapsed(text).strip(" ,")
    return stripped if any(map(str.isdigit, stripped)) else ""
