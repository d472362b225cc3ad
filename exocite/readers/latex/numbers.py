"""Mathematics and quantities: shown in one line, taken whole, and searched for citations alone."""

from __future__ import annotations

from exocite.model import CitationKind
from exocite.patterns import regex
from exocite.readers.latex import tables
from exocite.readers.latex.call import Call
from exocite.readers.latex.cite import cited
from exocite.readers.latex.input import Frame
from exocite.readers.latex.macros import Macros
from exocite.readers.latex.page import Page
from exocite.readers.latex.text import (
    chemistry,
    display,
    formula,
    fraction,
    number,
    unit,
)

_CITE = regex(r"\\([A-Za-z]*[cC]ite[A-Za-z]*)")


class Numbers:
    """Mathematics and quantities, on one page."""

    def __init__(self, page: Page, macros: Macros) -> None:
        self._page = page
        self._macros = macros

    def cites_within(self, frame: Frame, start: int, end: int) -> None:
        """The citations in a stretch that is not read otherwise: mathematics."""
        for match in _CITE.finditer(frame.text, start, end):
            if match[1] in tables.CITATIONS:
                found = cited(frame, match[1], match.end())
                if found and found.end <= end:
                    span = frame.span(match.start(), found.end)
                    self._page.cite(CitationKind.LATEX, span, found.items)

    def inline(self, call: Call) -> bool:
        r"""`\ensuremath{…}` in running text."""
        found = call.frame.argument(call.at)
        if found is None:
            return False
        self.cites_within(call.frame, *found[:2])
        call.show(self._page, self._formula(call.frame.text[found[0] : found[1]]), found[2])
        return True

    def substance(self, call: Call) -> bool:
        r"""A formula of mhchem, `\ce{SO4^2-}`."""
        group = call.frame.group(call.frame.blank(call.at))
        if group is None:
            return False
        tex = self._macros.expanded(call.frame.text[slice(*group)])
        call.show(self._page, chemistry(tex), group[1] + 1)
        return True

    def fraction(self, call: Call) -> bool:
        r"""A fraction in running text, `\nicefrac{1}{2}`."""
        read = self._numbers(call, 2)
        if read is None:
            return False
        (above, below), end = read
        call.show(self._page, fraction(self._formula(above), self._formula(below)), end)
        return True

    def math(self, call: Call, start: int, end: int, stop: int, *, displayed: bool) -> None:
        """Mathematics between two offsets of the frame; the whole ends at `stop`."""
        tex = call.frame.text[start:end]
        self.cites_within(call.frame, start, end)
        if not displayed:
            call.show(self._page, self._formula(tex), stop)
            return
        text = display(self._macros.expanded(tex))
        if text and not self._page.context.hidden:
            span = call.place(stop)
            self._page.ink.display(text, span.start, span.end)
        call.frame.at = stop

    def _formula(self, tex: str) -> str:
        return formula(self._macros.expanded(tex))

    def _numbers(self, call: Call, count: int) -> tuple[list[str], int] | None:
        frame = call.frame
        at = call.at
        found: list[str] = []
        while len(found) < count:
            at = frame.blank(at)
            option = frame.option(at)
            if option:
                at = option[1] + 1
                continue
            group = frame.group(at)
            if group is None:
                return None
            found.append(frame.text[slice(*group)])
            at = group[1] + 1
        return found, at

    def quantity(self, call: Call) -> bool:
        r"""A number, a unit or both, as siunitx has them: `\SI{3}{\nano\metre}`."""
        both = call.name in ("SI", "qty")
        read = self._numbers(call, 2 if both else 1)
        if read is None:
            return False
        written, end = read
        if call.name in ("si", "unit"):
            text = unit(written[0])
        else:
            text = number(written[0]) + ("°" if call.name == "ang" else "")
        call.show(self._page, f"{text} {unit(written[1])}" if both else text, end)
        return True

    def quantity_range(self, call: Call) -> bool:
        """Two numbers, with or without a unit."""
        count = 2 if call.name == "numrange" else 3
        read = self._numbers(call, count)
        if read is None:
            return False
        written, end = read
        text = f"{number(written[0])}–{number(written[1])}"
        call.show(self._page, text if count == 2 else f"{text} {unit(written[2])}", end)
        return True
