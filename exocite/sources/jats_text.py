"""Lines of a JATS article and the sections that they stand in."""

from __future__ import annotations

import re
from dataclasses import field

from exocite.frozen import dataclass
from exocite.patterns import regex
from exocite.sources.parsed import Part

_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
# XML cannot hold these two, so they can mark what is a citation.
_CITED, _END = "\x00", "\x01"
_CITATION = regex(f"{_CITED}[^{_END}]*{_END}")
_LONGEST = 500
"""Characters of a locator: titles in one another, each repeated in every section that they hold,
would be memory without end."""
_BETWEEN = " \t\n,;–-‐"
_ABSTRACT = regex(r"(?:abstract|summary)?[\s.:]*", re.IGNORECASE)


class Line:
    """The text of one paragraph, heading or caption while it is read.

    Citations that are printed as raised numbers are left out: "by 30 %<sup>12</sup>" says 30 %.
    Other raised figures keep their height: "10<sup>6</sup>" is 10⁶, not 106.
    """

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self._pieces: list[str] = []
        self._raised: list[int] = []
        self._cited: list[int] = []
        self._raised_inside = False

    def add(self, text: str) -> None:
        """Append text as the file has it."""
        self._pieces.append(text)

    def begin_raised(self) -> None:
        """A `sup` begins."""
        self._raised.append(len(self._pieces))

    def end_raised(self) -> None:
        """The `sup` ends: a citation goes, figures are raised, anything else stays."""
        if not self._raised:
            return
        at = self._raised.pop()
        text = "".join(self._pieces[at:])
        del self._pieces[at:]
        if self._cited:
            self._raised_inside = True
        elif _CITED in text and not _CITATION.sub("", text).strip(_BETWEEN):
            return
        raised = text.strip().translate(_RAISED)
        self._pieces.append(raised if _is_raised(raised) else text)

    def begin_citation(self) -> None:
        """A link to an entry of the list of references begins."""
        self._raised_inside = False
        self._cited.append(len(self._pieces))

    def end_citation(self) -> None:
        """The link ends."""
        if not self._cited:
            return
        at = self._cited.pop()
        text = "".join(self._pieces[at:])
        del self._pieces[at:]
        if not self._raised_inside:
            self._pieces.append(f"{_CITED}{text}{_END}")
        self._raised_inside = False

    def take(self) -> str:
        """The line with white space collapsed; the next one begins empty."""
        text = "".join(self._pieces).replace(_CITED, "").replace(_END, "")
        self._begin()
        return " ".join(text.split())


def _is_raised(text: str) -> bool:
    return bool(text) and all(c in "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ" for c in text)


def _bounded(locator: str) -> str:
    return locator if len(locator) <= _LONGEST else f"…{locator[1 - _LONGEST :]}"


@dataclass(slots=True)
class _Section:
    """A stretch of the article that bears a title or a label of its own."""

    kind: str
    above: str
    title: str = ""
    label: str = ""
    lines: list[str] = field(default_factory=list)

    def locator(self) -> str:
        """Where it stands: titles from the outermost section inwards, the innermost if too long."""
        if self.kind in {"abstract", "title"}:
            return _bounded(" / ".join(filter(None, [self.kind, self.title])))
        own = self.label or self.title or ("" if self.kind == "sec" else self.kind)
        return _bounded(" / ".join(filter(None, [self.above, own])))


class Sections:
    """The article's sections in the order in which they begin."""

    def __init__(self) -> None:
        self.started = False
        self._all: list[_Section] = []
        self._stack: list[_Section] = []
        self._lead: list[str] = []

    @property
    def in_abstract(self) -> bool:
        """Whether the innermost section is the abstract, whose own sections stay inside it."""
        return bool(self._stack) and self._stack[-1].kind == "abstract"

    def opened(self, name: str) -> bool:
        """Whether the innermost section was opened by an element of this name."""
        return bool(self._stack) and self._stack[-1].kind == name

    def open(self, kind: str, title: str = "") -> None:
        """A section, a figure or the abstract begins."""
        above = ""
        if kind in {"sec", "app"} and self._stack and self._stack[-1].kind in {"sec", "app"}:
            above = self._stack[-1].locator()
        section = _Section(kind, above, title)
        self._all.append(section)
        self._stack.append(section)

    def close(self) -> None:
        """The innermost section ends."""
        self.add("")
        if self._lead:
            self._stack[-1].lines.append("".join(self._lead).rstrip(": "))
            self._lead.clear()
        self._stack.pop()

    def add(self, line: str) -> None:
        """A paragraph of the innermost section; outside of any it is no text of the work."""
        if line and self._stack:
            self._stack[-1].lines.append("".join([*self._lead, line]))
            self._lead.clear()

    def label(self, text: str, *, of: str) -> None:
        """A number as printed; that of a figure or table tells where the caption stands."""
        if self._stack and self._stack[-1].kind == of and of not in {"sec", "app"}:
            self._stack[-1].label = text.rstrip(" .:")

    def heading(self, text: str, *, of: str) -> None:
        """A title: the innermost section's, or the lead of the next paragraph ("Methods: …")."""
        if not self._stack or not text:
            return
        inner = self._stack[-1]
        if of in {"sec", "app"} and inner.kind == of:
            inner.title = text.rstrip(" .:")
        elif not (inner.kind == "abstract" and _ABSTRACT.fullmatch(text)):
            bare = text.rstrip(" .:")
            self._lead.append(f"{bare} " if bare.endswith(("?", "!")) else f"{bare}: ")

    def parts(self) -> tuple[Part, ...]:
        """What holds text, with where it stands."""
        return tuple(
            Part(
                "\n".join(section.lines),
                section.locator(),
                "abstract" if section.kind == "abstract" else "file",
            )
            for section in self._all
            if section.lines
        )
