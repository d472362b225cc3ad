"""Text written from right to left, drawn in the order of the eye, put into that of reading."""

from __future__ import annotations

from exocite.patterns import regex

_RIGHT = regex(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_OTHERS = regex(r"[^\W\d_]|\d")
# Numbers and Latin words inside keep the order of the eye.
_LEFT = regex(
    r"[A-Za-z0-9\u00c0-\u024f](?:[A-Za-z0-9\u00c0-\u024f.,:/%+'’ -]*[A-Za-z0-9\u00c0-\u024f%])?"
)
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


def logical(text: str) -> str:
    """The text in the order of reading; it is the same unless most letters read right to left."""
    right = len(_RIGHT.findall(text)) if not text.isascii() else 0
    if not right or right * 2 < len(_OTHERS.findall(text)):
        return text
    turned = text[::-1].translate(_MIRRORED)
    return _LEFT.sub(lambda match: match[0][::-1], turned)
