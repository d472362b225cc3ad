"""What a link of a wiki page leads to: a file with its options and caption, a category."""

from __future__ import annotations

import re
from collections.abc import Sequence

from exocite.patterns import regex

_FILE = regex(
    r"\s*(?:file|image|datei|bild|fichier|archivo|imagen|immagine|bestand|ficheiro|media)\s*:",
    re.IGNORECASE,
)
_CATEGORY = regex(
    r"\s*(?:category|kategorie|cat[ée]gorie|categor[íi]a|categorie|kategoria|[a-z]{2,3}"
    r"(?:-[a-z]{2,6})?)\s*:",
    re.IGNORECASE,
)
_FRAMED = regex(r"\s*(?:thumb(?:nail)?|framed?|mini(?:atur|aturadeimagen)?|vignette)\s*")
_OPTION = regex(
    r"\s*(?:thumb(?:nail)?|framed?|frameless|border|left|right|cent(?:er|re)|none|baseline|middle"
    r"|sub|super|top|text-top|bottom|text-bottom|upright(?:\s*=?\s*[\d.]{1,6})?|\d{0,4}x?\d{1,4}"
    r"\s*px|mini(?:atur|aturadeimagen)?|vignette|gauche|droite|centré|links|rechts|zentriert"
    r"|izquierda|derecha|(?:alt|link|page|lang|class|thumbtime|upright|hochkant)\s*=.*|)\s*",
    re.DOTALL,
)


def is_file(text: str, at: int = 0) -> bool:
    """Whether the name of a file begins at this offset of the text."""
    return _FILE.match(text, at) is not None


def is_category(target: str) -> bool:
    """Whether a link leads to a category or to the page in another language."""
    return _CATEGORY.match(target) is not None


def captions(parts: Sequence[str]) -> list[int]:
    """Which part of a file's link is its caption, counted from 1; a file in the text has none.

    It is the last one of a framed file that is no option.
    """
    framed = any(_FRAMED.fullmatch(part) for part in parts)
    said = [at for at, part in enumerate(parts, 1) if not _OPTION.fullmatch(part)]
    return said[-1:] if framed else []
