"""One command of LaTeX at work: where it stands, and what of the file that is."""

from __future__ import annotations

from exocite.frozen import dataclass
from exocite.model import Span
from exocite.readers.latex.input import Frame
from exocite.readers.latex.page import Page


@dataclass(frozen=True, slots=True)
class Call:
    """A command at work: its name, where its name began and ends in the frame.

    `begin` is the stretch of the file that the name stands for; `hoisted` tells that the name came
    from a macro that is read up to its end, so that arguments follow the macro's use.
    """

    name: str
    frame: Frame
    start: int
    at: int
    begin: Span
    hoisted: bool = False

    def span(self, end: int) -> Span:
        """The stretch of the file from the command to `end` of the frame."""
        if not self.hoisted:
            return self.frame.span(self.start, end)
        last = self.frame.span(end - 1, end) if end > self.at else self.begin
        return Span(min(self.begin.start, last.start), max(self.begin.end, last.end))

    def place(self, end: int) -> Span:
        """The same for text, which shares a macro's use with its neighbours."""
        return self.span(end) if self.hoisted else self.frame.range(self.start, end)

    def show(self, page: Page, text: str, end: int) -> None:
        """Show text for the command up to `end` of the frame, which goes on there."""
        if not page.context.hidden:
            span = self.place(end)
            page.ink.show(text, span.start, span.end)
        self.frame.at = end
