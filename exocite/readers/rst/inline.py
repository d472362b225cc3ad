"""reStructuredText's inline syntax: roles, literals, references, citations, substitutions.

Sources: the reStructuredText markup specification ("Inline Markup", "Inline markup recognition
rules"); the handbooks of Sphinx and of sphinxcontrib-bibtex (roles).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from exocite.patterns import regex
from exocite.readers import citation_roles, cross_references
from exocite.readers.inline import Content, Kind
from exocite.readers.inline_scanner import Cited, MarkupScanner, Numbering, Rule, printed
from exocite.readers.latex.text import formula
from exocite.readers.rst.definitions import Definitions, normal_name
from exocite.readers.vocabulary import words
from exocite.text import trimmed

_ENDS = r"(?=[\s'\")\]}>/\\:.,;!?-]|[^\x00-\x7f\w]|\Z)"
_NAME = r"[^\W_]+(?:[-._+:][^\W_]+)*"
_ROLE = r"[A-Za-z](?:[\w.+-]|:(?=[A-Za-z])){0,60}"
_ROLE_PREFIX = regex(rf":(?P<role>{_ROLE}):`(?=\S)")
_LITERAL_END = regex(rf"(?<!\s)``{_ENDS}")
_TICK_END = regex(rf"(?<![\s\\])`(?:__?|:(?P<role>{_ROLE}):)?{_ENDS}")
_SUBSTITUTION = regex(rf"\|(?P<name>(?=\S)[^|\n]{{1,200}}(?<=\S))\|_{{0,2}}{_ENDS}")
_LABEL = regex(rf"\[(?P<label>\d{{1,9}}|#(?:{_NAME})?|\*|{_NAME})\]_{_ENDS}")
_AFTER = regex(_ENDS)
_WORD_BEFORE = regex(rf"({_NAME})\Z")
_OPENING = frozenset("'\"([{<-/:")
_PUNCTUATION = frozenset({"Ps", "Pi", "Pf", "Pd", "Po"})
_PARTNERS = {"'": "'", '"': '"', "(": ")", "[": "]", "{": "}", "<": ">"}
_LITERAL_ROLES = words(
    """
    code literal file samp kbd command program option envvar func class meth mod attr exc data
    const obj makevar regexp token keyword term-code any
    """
)
_LABEL_ROLES = words("ref numref eq doc label footref autonumref")
_SHOWN_NUMBER = regex(r"%s|\{(?:number|name)\}")
_STANDARDS = words("pep rfc cve cwe")
_WORD_REACH = 120
_PLAIN = Definitions()


class RstScanner(MarkupScanner):
    """Reads the inline content of one block."""

    special = regex(r"[\\`*|_\[\n:]")

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
            "\\": self._backslash,
            "`": self._tick,
            "*": self._star,
            "|": self._substitution,
            "_": self._underscore,
            "[": self._bracket,
            ":": self._colon,
        }

    # ---------------------------------------------------------------- recognition

    def _may_start(self) -> bool:
        """Whether inline markup can begin here, by the character before."""
        before = self._before()
        if before.isspace() or before in _OPENING:
            return True
        return not before.isascii() and unicodedata.category(before) in _PUNCTUATION

    def _starts(self, length: int) -> bool:
        """Whether a start string of this length can stand here."""
        after = self._after(self._at + length)
        quoted = _PARTNERS.get(self._before()) == after
        return self._may_start() and not after.isspace() and not quoted

    def _is_end(self, offset: int) -> bool:
        return _AFTER.match(self._text, offset, self._end) is not None

    # ---------------------------------------------------------------- the rules

    def _backslash(self, match: re.Match[str]) -> bool:
        at = match.start()
        if at + 1 >= self._end:
            return self._hide(at, at + 1)
        if self._text[at + 1].isspace():
            return self._hide(at, at + 2)
        return self._node(Kind.REPLACE, at, at + 2, self._text[at + 1])

    def _star(self, match: re.Match[str]) -> bool:
        mark = "**" if self._text.startswith("**", match.start(), self._end) else "*"
        closes = not self._before().isspace() and self._is_end(self._at + len(mark))
        return self._toggle(mark, opens=self._starts(len(mark)), closes=closes)

    def _tick(self, match: re.Match[str]) -> bool:
        at = match.start()
        if self._text.startswith("``", at, self._end):
            closing = self._next(_LITERAL_END, at + 3) if self._starts(2) else None
            if closing is None:
                return self._copy(at, at + 2)
            return self._opaque(self._text[at + 2 : closing.start()], at, closing.end())
        return self._starts(1) and self._interpreted(at, at + 1, "")

    def _colon(self, match: re.Match[str]) -> bool:
        prefix = _ROLE_PREFIX.match(self._text, match.start(), self._end)
        if prefix is None or not self._may_start():
            return False
        return self._interpreted(match.start(), prefix.end(), prefix["role"])

    def _interpreted(self, start: int, first: int, role: str) -> bool:
        """Interpreted text or a reference, whose text begins at `first`."""
        closing = self._next(_TICK_END, first + 1)
        if closing is None:
            return False
        last, end = closing.start(), closing.end()
        role = (role or closing["role"] or "").lower()
        if not role and self._text[end - 1] != "_":
            role = self._definitions.default_role
        role = self._definitions.roles.get(role) or role
        if citation_roles.cites(role):
            cited = citation_roles.keys(self._text, first, last)
            return self._cite(start, end, cited, narrative=citation_roles.is_narrative(role))
        if citation_roles.is_silent(role):
            return self._hide(start, end)
        if role == "raw":
            return self._hide(start, end)
        if role in ("sup", "superscript"):
            return self._raised(start, first, last, end)
        shown, target = self._parts(first, last)
        opaque = self._whole(role, self._text[slice(*shown)], is_named=shown != target)
        if opaque is not None:
            return self._opaque(opaque, start, end)
        self._address(role, target, start, end, is_reference=self._text[end - 1] == "_")
        return self._visible(start, shown, end)

    def _whole(self, role: str, text: str, *, is_named: bool) -> str | None:
        """What a role shows that is no prose, None for one whose text is read on.

        `is_named` tells `text <target>` from a target alone.
        """
        short = role.rpartition(":")[2]
        if short in _LABEL_ROLES:
            if not is_named:
                return cross_references.SHOWN
            return _SHOWN_NUMBER.sub(cross_references.SHOWN, text) if short == "numref" else None
        if role == "math":
            return formula(text)
        if role in _STANDARDS and not is_named:
            return f"{role.upper()} {text}"
        if role in _LITERAL_ROLES or short != role:
            return text if is_named else _object(text)
        return None

    def _parts(self, first: int, last: int) -> tuple[tuple[int, int], tuple[int, int]]:
        """The text and the target of `text <target>`, or the whole as both."""
        opening = self._text.rfind("<", first, last) if self._text[last - 1] == ">" else -1
        shown = trimmed(self._text, first, max(opening, first))
        if shown[0] == shown[1]:
            return (first, last), (first, last)
        return shown, (opening + 1, last - 1)

    def _visible(self, start: int, shown: tuple[int, int], end: int) -> bool:
        """Text between marks, its lines joined."""
        self._hide(start, shown[0])
        at = shown[0]
        while at < shown[1]:
            stop = self._text.find("\n", at, shown[1])
            if stop < 0:
                self._copy(at, shown[1])
                break
            self._copy(at, stop)
            at = stop
            self._line_end_at(at)
            at += 1
        return self._hide(shown[1], end)

    def _line_end_at(self, at: int) -> None:
        match = self.special.match(self._text, at, self._end)
        if match is not None:
            self._line_end(match)

    def _address(
        self, role: str, target: tuple[int, int], start: int, end: int, *, is_reference: bool
    ) -> None:
        """The DOI that a reference leads to."""
        written = self._text[slice(*target)]
        if is_reference and self._text.startswith("__", end - 2) and target[1] != end - 4:
            self._anonymous(start, end)
        elif role == "doi":
            self._doi_of(f"doi:{written}", target[0] - len("doi:"), start, end)
        elif is_reference:
            address = self._definitions.targets.get(normal_name(written))
            if address is not None:
                self._doi_of(address, -1, start, end)
            else:
                self._doi(*target, start, end)

    def _anonymous(self, start: int, end: int) -> None:
        """The address of the next reference without a name: they are counted."""
        address = self._definitions.next_anonymous()
        if address:
            self._doi_of(address, -1, start, end)

    def _bracket(self, match: re.Match[str]) -> bool:
        label = _LABEL.match(self._text, match.start(), self._end)
        if label is None or not self._may_start():
            return False
        name = label["label"]
        place = label.span("label")
        if name in ("#", "*"):
            return self._note_sign(*label.span(), self.numbering.label(name), place)
        if name.isdecimal() or name.startswith("#"):
            return self._note_sign(*label.span(), "^" + name, place)
        key = Cited(label.start("label"), label.end("label"))
        return self._cite(label.start(), label.end(), [key], narrative=False)

    def _underscore(self, match: re.Match[str]) -> bool:
        """The underscore of `name_`, of `name__` or of an inline target."""
        at = match.start()
        if self._text.startswith("_`", at, self._end) and self._may_start():
            closing = self._next(_TICK_END, at + 3)
            return closing is not None and self._visible(
                at, (at + 2, closing.start()), closing.end()
            )
        end = at + 2 if self._text.startswith("__", at, self._end) else at + 1
        if not self._before().isalnum() or not self._is_end(end):
            return False
        begin = max(self._begin, at - _WORD_REACH)
        word = _WORD_BEFORE.search(self._text[begin:at])
        if word is not None and end == at + 2:
            self._anonymous(begin + word.start(), end)
        elif word is not None:
            address = self._definitions.targets.get(normal_name(word[1]))
            if address is not None:
                self._doi_of(address, -1, begin + word.start(), end)
        return self._hide(at, end)

    def _substitution(self, match: re.Match[str]) -> bool:
        found = _SUBSTITUTION.match(self._text, match.start(), self._end)
        if found is None or not self._may_start():
            return False
        return self._put_in(found, *self._definition(found["name"]))

    def _definition(self, name: str) -> tuple[str, tuple[str, ...]]:
        """What a substitution shows, and the keys that it cites; its name where it has no text."""
        known = self._definitions
        characters = known.character(name)
        if characters is not None:
            return characters, ()
        normal = normal_name(name)
        if normal not in known.substitutions:
            return name, ()
        if normal not in known.shown:
            text = known.substitutions[normal]
            known.shown[normal] = printed(
                text, lambda content: RstScanner(content, 0, len(text), Numbering(), _PLAIN)
            )
        return known.shown[normal]


def _object(name: str) -> str:
    """The name of an object as its role shows it: `~numpy.mean` as "mean"."""
    if name.startswith("~"):
        return name[1:].rpartition(".")[2]
    return name.removeprefix("!")
