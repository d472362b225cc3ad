"""Characters that Word writes by their place in a symbol font (`w:sym`).

Source: Adobe's table of the Symbol encoding, as Unicode publishes it (VENDORS/ADOBE/symbol.txt).
"""

from __future__ import annotations

from exocite.patterns import regex

_HEX = regex(r"[0-9A-Fa-f]{1,6}")
_PRIVATE = range(0xF000, 0xF100)
# From 0x41 and from 0x61: the Greek letters where Latin ones stand.
_CAPITALS = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
_SMALL = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"
_OTHERS = {
    0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x40: "≅", 0x5C: "∴", 0x5E: "⊥",
    0xA2: "′", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓",
    0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB5: "∝", 0xB6: "∂", 0xB7: "•",
    0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC5: "⊕", 0xC6: "∅", 0xC7: "∩",
    0xC8: "∪", 0xCE: "∈", 0xCF: "∉", 0xD1: "∇", 0xD5: "∏", 0xD6: "√", 0xE5: "∑", 0xF2: "∫",
}  # fmt: skip
_SYMBOL: dict[int, str] = (
    dict(enumerate(_CAPITALS, 0x41))
    | dict(enumerate(_SMALL, 0x61))
    | _OTHERS
    | {code: chr(code) for code in (*range(0x30, 0x3A), 0x20, 0x28, 0x29, 0x2B, 0x2F, 0x3D)}
)
_UNKNOWN = "\ufffd"


def symbol(code: str, font: str) -> str:
    """The character of a code in a font, U+FFFD where it has none that can be known."""
    if not _HEX.fullmatch(code):
        return ""
    point = int(code, 16)
    if font.lower() == "symbol":
        return _SYMBOL.get(point - _PRIVATE.start if point in _PRIVATE else point, _UNKNOWN)
    if point in _PRIVATE or not 0x20 <= point <= 0x10FFFF or 0xD800 <= point <= 0xDFFF:
        return _UNKNOWN
    return chr(point)
