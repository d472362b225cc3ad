"""The fonts of a page: codes of a string to characters and their widths.

pypdf knows encodings, ToUnicode maps and metrics; its class for that is not part of its published
interface, so that it is met here alone. Source: ISO 32000-1, 9.6 to 9.10.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from exocite.frozen import dataclass
from exocite.patterns import regex
from exocite.readers.pdf.opening import damage

if TYPE_CHECKING:
    from pypdf.generic import DictionaryObject
    from pypdf.generic._font import Font as Known

_BOLD = regex(r"bold|black|heavy|demi|cmbx|sfbx|[-,]b[di]?$|-medi(?:ital)?$", re.IGNORECASE)
_MONO = regex(r"courier|mono|typewriter|consol|menlo|cmtt", re.IGNORECASE)
_FIXED_PITCH = 1
_FORCE_BOLD = 1 << 18
_HEAVY = 600


@dataclass(frozen=True, slots=True)
class Shown:
    """A string as it is drawn: its text, its width and the width of the spaces at its end.

    Widths are in thousandths of the font size. `codes` counts characters, `spaces` the single-byte
    spaces that word spacing widens; `lead` is the width of the spaces at its beginning.
    """

    text: str
    width: float
    lead: float
    trail: float
    codes: int
    spaces: int


class Font:
    """A font, or where it is broken one that shows nothing."""

    def __init__(self, resource: DictionaryObject) -> None:
        self.resource = resource
        self._known = _known(resource)
        self._scale = _scale(resource)
        self._cache: dict[str, tuple[str, float]] = {}
        self.bold = self._known is not None and _is_bold(self._known)
        self.fixed = self._known is not None and _is_fixed(self._known)

    def shown(self, data: bytes) -> Shown:
        """What the font draws for the codes in `data`."""
        known = self._known
        if known is None or not known.interpretable:
            return Shown("", 500.0 * len(data), 0.0, 0.0, len(data), 0)
        simple = not isinstance(known.encoding, str)
        codes = data.decode("latin-1") if simple else data.decode(str(known.encoding), "replace")
        pairs = [self._cache.get(code) or self._character(known, code) for code in codes]
        text = "".join(pair[0] for pair in pairs)
        width = sum(pair[1] for pair in pairs)
        lead = trail = 0.0
        if text[:1] == " " or text[-1:] == " ":
            lead, trail = _edge(pairs), _edge(pairs[::-1])
        return Shown(text, width, lead, trail, len(codes), codes.count(" ") if simple else 0)

    def _character(self, known: Known, code: str) -> tuple[str, float]:
        text = code
        if not isinstance(known.encoding, str):
            text = known.encoding.get(ord(code), code)
        text = str(known.character_map.get(text, text))
        if text in ("\xa0", "\t", "\n", "\r"):
            text = " "
        widths = known.character_widths
        width: Any = widths.get(code, widths.get("default", 500))
        found = text, float(width) * self._scale if isinstance(width, (int, float)) else 500.0
        self._cache[code] = found
        return found


def _edge(pairs: list[tuple[str, float]]) -> float:
    width = 0.0
    for text, one in pairs:
        if text != " ":
            break
        width += one
    return width


def _known(resource: DictionaryObject) -> Known | None:
    from pypdf.generic._font import Font as Known

    try:
        return Known.from_font_resource(resource)
    except damage():  # One font that cannot be read does not hide the others.
        return None


def _scale(resource: DictionaryObject) -> float:
    """How a width is read: in a font of type 3 by its own matrix, else in thousandths."""
    matrix = resource.get("/FontMatrix")
    if resource.get("/Subtype") != "/Type3" or not isinstance(matrix, list) or len(matrix) != 6:
        return 1.0
    try:
        return abs(float(matrix[0])) * 1000 or 1.0
    except (TypeError, ValueError):
        return 1.0


def _is_bold(known: Known) -> bool:
    descriptor = known.font_descriptor
    if isinstance(descriptor.flags, int) and descriptor.flags & _FORCE_BOLD:
        return True
    weight: Any = descriptor.weight
    if isinstance(weight, (int, float)):
        return weight >= _HEAVY
    return _BOLD.search(known.name.rpartition("+")[2]) is not None


def _is_fixed(known: Known) -> bool:
    flags = known.font_descriptor.flags
    if isinstance(flags, int) and flags & _FIXED_PITCH:
        return True
    return _MONO.search(known.name.rpartition("+")[2]) is not None
