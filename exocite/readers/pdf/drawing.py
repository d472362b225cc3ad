"""A page's content stream followed: which text is drawn where, how large, how bold.

Source: ISO 32000-1, 8.4 (graphics state), 9.3 and 9.4 (text state, text objects).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from exocite.errors import ReadError
from exocite.frozen import dataclass
from exocite.readers.pdf.cleaning import cleaned
from exocite.readers.pdf.fonts import Font
from exocite.readers.pdf.matrices import UNIT, Matrix, matrix_of, times, turn_of, turned
from exocite.readers.pdf.opening import damage
from exocite.readers.pdf.tokens import Operand, numbers, operations

if TYPE_CHECKING:
    from pypdf import PageObject
    from pypdf.generic import DictionaryObject

MAX_CONTENT = 60_000_000
"""Bytes of all content streams of a file together, unpacked."""

MAX_PIECES = 1_000_000
"""Strings that a file may show."""

_DEEPEST = 12
_EACH = 10_000
"""What a stream counts beyond its bytes: many that are tiny take time too."""
_MOST_STATES = 500
_GAP = 0.16
"""From this many times the font size on, a gap inside a string is a space."""
_FAR = 1.0
"""From this many times the font size on, what follows is drawn apart."""

_SETTINGS = {
    "Tc": ("char", 1.0),
    "Tw": ("word", 1.0),
    "Tz": ("wide", 0.01),
    "TL": ("leading", 1.0),
    "Ts": ("rise", 1.0),
}


@dataclass(slots=True)
class Piece:
    """A text drawn in one go, in points from the lower left corner of the page as it is shown.

    `x0` and `x1` are where its first and last visible characters begin and end, `y` its baseline.
    `fixed` says that all its characters are equally wide, `spaced` that white space is drawn before
    it, `deep` that it is part of an embedded drawing; `turn` counts the quarter turns of its
    direction.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool = False
    fixed: bool = False
    spaced: bool = False
    deep: bool = False
    turn: int = 0


@dataclass(slots=True)
class _State:
    matrix: Matrix = UNIT
    font: Font | None = None
    size: float = 0.0
    char: float = 0.0
    word: float = 0.0
    wide: float = 1.0
    leading: float = 0.0
    rise: float = 0.0


@dataclass(slots=True)
class _Written:
    """A text in the making, from the first visible character to the last in text space."""

    texts: list[str] = field(default_factory=list)
    begun: bool = False
    start: float = 0.0
    end: float = 0.0


class Drawing:
    """Follows the pages of one file; fonts are read once, and limits hold for all of it."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._fonts: dict[object, Font] = {}
        self._content = 0
        self._shown = 0

    def pieces(self, page: PageObject) -> list[Piece]:
        """What the page shows, in the order in which it is drawn."""
        contents = page.get_contents()
        if contents is None:
            return []
        follower = _Follower(self, _upright(page))
        follower.follow(self.text_of(contents), _dictionary(page, "/Resources"), 0)
        return follower.pieces

    def text_of(self, stream: Any) -> str:
        """The unpacked stream, each byte a character. Raises ReadError beyond the limits."""
        data: bytes = stream.get_data()
        self._content += len(data) + _EACH
        if self._content > MAX_CONTENT:
            raise ReadError(
                f"{self._path}: its pages draw far more than those of an article",
                hint="no article is like this; it is not read",
            )
        return data.decode("latin-1")

    def count(self) -> None:
        """One more string is shown."""
        self._shown += 1
        if self._shown > MAX_PIECES:
            raise ReadError(
                f"{self._path}: shows more than {MAX_PIECES // 1_000_000} million strings",
                hint="no article is like this; it is not read",
            )

    def font(self, resources: Mapping[str, Any], name: str) -> Font | None:
        """The font that the resources call so."""
        fonts = _dictionary(resources, "/Font")
        raw = _raw(fonts, name)
        key = getattr(raw, "idnum", None) or id(raw)
        if key not in self._fonts:
            resource = _dictionary(fonts, name)
            if not resource:
                return None
            self._fonts[key] = Font(resource)
        return self._fonts[key]


class _Follower:
    """The state of one page's content stream and what it has shown so far."""

    def __init__(self, drawing: Drawing, matrix: Matrix) -> None:
        self.pieces: list[Piece] = []
        self._drawing = drawing
        self._state = _State(matrix)
        self._line = self._text = UNIT
        self._resources: Mapping[str, Any] = {}
        self._deep = 0
        self._within: list[int] = []
        self._space = False
        self._operators: Mapping[str, Callable[[list[Operand]], None]] = {
            "cm": self._transform,
            "BT": self._begin,
            "Tf": self._select,
            "Td": self._move,
            "TD": self._move_leading,
            "Tm": self._place,
            "T*": self._next,
            "Tj": self._show,
            "TJ": self._show_array,
            "'": self._show_next,
            '"': self._show_spaced,
            "Do": self._embed,
            **{name: partial(self._set, *what) for name, what in _SETTINGS.items()},
        }

    def follow(self, content: str, resources: Mapping[str, Any], depth: int) -> None:
        """Show what the stream shows."""
        outer = self._resources, self._state, self._deep
        self._resources = resources
        self._state = replace(self._state)
        self._deep = depth
        states: list[_State] = []
        for operator, operands in operations(content, {"q", "Q", *self._operators}):
            if operator == "q":
                if len(states) < _MOST_STATES:
                    states.append(replace(self._state))
            elif operator == "Q":
                if states:
                    self._state = states.pop()
            else:
                self._operators[operator](operands)
        self._resources, self._state, self._deep = outer

    # ---------------------------------------------------------------- state

    def _transform(self, operands: list[Operand]) -> None:
        self._state.matrix = times(matrix_of(operands), self._state.matrix)

    def _begin(self, _operands: list[Operand]) -> None:
        self._line = self._text = UNIT

    def _set(self, name: str, factor: float, operands: list[Operand]) -> None:
        values = numbers(operands)
        if values:
            setattr(self._state, name, values[-1] * factor)

    def _select(self, operands: list[Operand]) -> None:
        names = [one for one in operands if isinstance(one, str) and one.startswith("/")]
        values = numbers([one for one in operands if one not in names])
        if names and values:
            self._state.font = self._drawing.font(self._resources, names[-1])
            self._state.size = values[-1]

    def _move(self, operands: list[Operand]) -> None:
        x, y = (*numbers(operands), 0.0, 0.0)[:2]
        self._line = self._text = times((1.0, 0.0, 0.0, 1.0, x, y), self._line)

    def _move_leading(self, operands: list[Operand]) -> None:
        self._state.leading = -(*numbers(operands), 0.0, 0.0)[1]
        self._move(operands)

    def _place(self, operands: list[Operand]) -> None:
        self._line = self._text = matrix_of(operands)

    def _next(self, _operands: list[Operand]) -> None:
        self._move([f"0 {-self._state.leading}"])

    # ---------------------------------------------------------------- text

    def _show(self, operands: list[Operand]) -> None:
        for one in operands[-1:]:
            if isinstance(one, bytes):
                self._draw([one])

    def _show_next(self, operands: list[Operand]) -> None:
        self._next([])
        self._show(operands)

    def _show_spaced(self, operands: list[Operand]) -> None:
        values = numbers(operands[:-1])
        if len(values) >= 2:
            self._state.word, self._state.char = values[:2]
        self._show_next(operands)

    def _show_array(self, operands: list[Operand]) -> None:
        if operands and isinstance(operands[-1], list):
            self._draw(operands[-1])

    def _draw(self, items: list[Operand]) -> None:
        state = self._state
        font = state.font
        if font is None:
            return
        a, b, c, d, e, f = times(self._text, state.matrix)
        size = abs(state.size) * ((c * c + d * d) ** 0.5)
        ends = (a, b, c, d, e, f), size, turn_of(a, b)
        written = _Written()
        at = 0.0
        for item in items:
            if isinstance(item, str):
                gap = -sum(numbers([item])) / 1000 * state.size * state.wide
                if abs(gap) > _FAR * abs(state.size):
                    self._flush(written, *ends)
                    written = _Written()
                elif gap > _GAP * abs(state.size):
                    written.texts.append(" ")
                at += gap
            elif isinstance(item, bytes):
                shown = font.shown(item)
                advance = shown.width / 1000 * state.size
                advance += shown.codes * state.char + shown.spaces * state.word
                if not written.begun:
                    written.start = at + shown.lead / 1000 * state.size * state.wide
                written.texts.append(shown.text)
                at += advance * state.wide
                if shown.text.strip():
                    written.begun = True
                    written.end = at - shown.trail / 1000 * state.size * state.wide
        self._flush(written, *ends)
        self._text = times((1.0, 0.0, 0.0, 1.0, at, 0.0), self._text)

    def _flush(self, written: _Written, matrix: Matrix, size: float, turn: int) -> None:
        # A soft hyphen that is drawn is no mere hint.
        text = cleaned("".join(written.texts)).replace("\xad", "-")
        if text.strip() and size > 0:
            self._add(text, (written.start, written.end), matrix, size, turn)
        else:
            self._space = self._space or bool(text)

    def _add(
        self, text: str, ends: tuple[float, float], matrix: Matrix, size: float, turn: int
    ) -> None:
        a, b, c, d, e, f = matrix
        rise = self._state.rise
        x0, y0 = ends[0] * a + rise * c + e, ends[0] * b + rise * d + f
        x1, y1 = ends[1] * a + rise * c + e, ends[1] * b + rise * d + f
        spaced = self._space or text[0].isspace()
        self._space = text[-1].isspace()
        x0, x1, y = turned(turn, x0, y0, x1, y1)
        font = self._state.font
        bold, fixed = (font.bold, font.fixed) if font is not None else (False, False)
        self._drawing.count()
        deep = self._deep > 0
        self.pieces.append(Piece(text.strip(), x0, x1, y, size, bold, fixed, spaced, deep, turn))

    # ---------------------------------------------------------------- drawings within

    def _embed(self, operands: list[Operand]) -> None:
        names = [one for one in operands if isinstance(one, str)]
        if not names or self._deep >= _DEEPEST:
            return
        form = _dictionary(_dictionary(self._resources, "/XObject"), names[-1].strip())
        if form.get("/Subtype") != "/Form" or not hasattr(form, "get_data"):
            return
        if id(form) in self._within:  # It embeds itself.
            return
        try:
            content = self._drawing.text_of(form)
        except damage():  # A drawing that cannot be unpacked shows nothing.
            return
        kept = self._line, self._text, self._state
        self._state = replace(self._state)
        matrix = form.get("/Matrix")
        if isinstance(matrix, list) and len(matrix) == 6:
            a, b, c, d, e, f = (float(n) if isinstance(n, int | float) else 0.0 for n in matrix)
            self._state.matrix = times((a, b, c, d, e, f), self._state.matrix)
        resources = _dictionary(form, "/Resources") or self._resources
        self._within.append(id(form))
        self.follow(content, resources, self._deep + 1)
        self._within.pop()
        self._line, self._text, self._state = kept


def _dictionary(holder: Mapping[str, Any], name: str) -> DictionaryObject | Any:
    """The dictionary under a name, an empty one where there is none."""
    found = holder.get(name, {})
    found = found.get_object() if hasattr(found, "get_object") else found
    return found if isinstance(found, dict) else {}


def _raw(holder: Mapping[str, Any], name: str) -> object:
    read = getattr(holder, "raw_get", None)
    return read(name) if read is not None and name in holder else None


def _upright(page: PageObject) -> Matrix:
    """What turns the page as its reader sees it."""
    try:
        turn = int(page.get("/Rotate") or 0) // 90 % 4
    except (TypeError, ValueError):
        turn = 0
    return (
        UNIT,
        (0.0, -1.0, 1.0, 0.0, 0.0, 0.0),
        (-1.0, 0.0, 0.0, -1.0, 0.0, 0.0),
        (0.0, 1.0, -1.0, 0.0, 0.0, 0.0),
    )[turn]
