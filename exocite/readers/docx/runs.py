"""Runs: their texts, and the looks that tell what a text is."""

from __future__ import annotations

from collections.abc import Callable

from exocite.readers.docx.cursor import Attributes, Cursor, Ends, Run, Starts
from exocite.readers.docx.styles import is_on
from exocite.readers.docx.symbols import symbol

_SPACES = str.maketrans("\r\n\t", "   ")
_LINE_BREAK = "textWrapping"


class Runs:
    """Writes the texts of runs and formulas.

    Instructions of fields go to `instruct`, what fields hold besides to `hold`.
    """

    def __init__(
        self, cursor: Cursor, instruct: Callable[[str], None], hold: Callable[[str], None]
    ) -> None:
        self._cursor = cursor
        self._instruct = instruct
        self._hold = hold
        self._target = ""
        self._preserve = False
        self._buffer: list[str] = []
        self.starts: Starts = {
            "w:r": self._begin,
            "w:rStyle": self._style,
            "w:vertAlign": self._vertical,
            "w:vanish": self._vanish,
            "w:b": self._bold,
            "w:t": self._begin_text,
            "w:instrText": self._begin_instruction,
            "w:fldData": self._begin_data,
            "m:t": self._begin_formula,
            "w:tab": self._tab,
            "w:br": self._break,
            "w:cr": self._break,
            "w:noBreakHyphen": self._hyphen,
            "w:sym": self._symbol,
        }
        self.ends: Ends = dict.fromkeys(("w:t", "w:instrText", "w:fldData", "m:t"), self._end_text)

    def text(self, data: str) -> None:
        """A piece of text; outside of the elements that hold it, it is layout."""
        if self._target:
            self._buffer.append(data)

    def _begin(self, _attributes: Attributes) -> None:
        paragraph = self._cursor.paragraph
        style = self._cursor.book.styles.style(paragraph.style) if paragraph else None
        self._cursor.run = Run(bold=bool(style and style.bold))

    def _style(self, attributes: Attributes) -> None:
        run = self._cursor.run
        if run is not None:
            style = self._cursor.book.styles.style(attributes.get("w:val", ""))
            run.raised, run.hidden = bool(style.raised), bool(style.hidden)
            run.bold = run.bold or bool(style.bold)
            run.code = style.is_code

    def _vertical(self, attributes: Attributes) -> None:
        if self._cursor.run is not None:
            self._cursor.run.raised = attributes.get("w:val") == "superscript"

    def _vanish(self, attributes: Attributes) -> None:
        if self._cursor.run is not None:
            self._cursor.run.hidden = is_on(attributes.get("w:val"))

    def _bold(self, attributes: Attributes) -> None:
        if self._cursor.run is not None:
            self._cursor.run.bold = is_on(attributes.get("w:val"))

    # ---------------------------------------------------------------- texts

    def _begin_text(self, attributes: Attributes) -> None:
        self._collect("text", preserve=attributes.get("xml:space") == "preserve")

    def _begin_instruction(self, _attributes: Attributes) -> None:
        self._collect("instruction", preserve=True)

    def _begin_data(self, _attributes: Attributes) -> None:
        self._collect("data", preserve=True)

    def _begin_formula(self, _attributes: Attributes) -> None:
        self._collect("formula", preserve=True)

    def _collect(self, target: str, *, preserve: bool) -> None:
        self._target, self._preserve = target, preserve
        self._buffer.clear()

    def _end_text(self) -> None:
        text = "".join(self._buffer)
        target, self._target = self._target, ""
        self._buffer.clear()
        if target == "instruction":
            self._instruct(text)
        elif target == "data":
            self._hold(text)
        else:
            text = text if self._preserve else text.strip()
            self._cursor.write(text.translate(_SPACES), whole=target == "formula")

    def _tab(self, _attributes: Attributes) -> None:
        if self._cursor.run is not None:  # elsewhere it is a stop on the ruler
            self._cursor.write("\t")

    def _break(self, attributes: Attributes) -> None:
        kind = attributes.get("w:type", _LINE_BREAK)
        self._cursor.write("\n" if kind == _LINE_BREAK else " ")

    def _hyphen(self, _attributes: Attributes) -> None:
        self._cursor.write("\u2011")

    def _symbol(self, attributes: Attributes) -> None:
        self._cursor.write(symbol(attributes.get("w:char", ""), attributes.get("w:font", "")))
