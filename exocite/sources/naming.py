"""Names for attached files that are safe on every system and begin with the citekey.

Source: Microsoft, "Naming Files, Paths, and Namespaces" (reserved names and characters).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from exocite.patterns import regex
from exocite.text import digest

_UNSAFE = regex(r"[^A-Za-z0-9._+-]+")
_DOTS = regex(r"\.{2,}")
_RESERVED = regex(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_KEY, _STEM = 60, 60
"""Characters of the citekey and of the file's own name that are kept."""


def file_name(key: str, original: str, suffix: str, others: Collection[str]) -> str:
    """KEY.ORIGINAL.SUFFIX, of ASCII letters, digits, dots, hyphens and underscores.

    `others` are names that belong to other references, compared without regard to case as Windows
    and macOS do; a name among them gets a mark of the citekey. The same citekey and original always
    give the same name.
    """
    lead = _safe(key, _KEY) or "source"
    if _RESERVED.fullmatch(lead.partition(".")[0]):
        first, dot, rest = lead.partition(".")
        lead = f"{first}_{dot}{rest}"
    stem = _safe(original.rpartition(".")[0] or original, _STEM)
    middle = "" if not stem or stem.casefold() == lead.casefold() else f".{stem}"
    if stem.casefold().startswith(f"{lead.casefold()}."):
        middle = stem[len(lead) :]
    name = f"{lead}{middle}{suffix}"
    if name.casefold() in {other.casefold() for other in others}:
        name = f"{lead}{middle}.{digest(key)[:8]}{suffix}"
    return name


def _safe(text: str, most: int) -> str:
    """The text without accents and signs; what is cut off is told apart by its hash."""
    plain = unicodedata.normalize("NFKD", text)
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    safe = _DOTS.sub(".", _UNSAFE.sub("_", letters)).strip("._+-")
    if len(safe) > most:
        kept = safe[: most - 9].rstrip("._+-")
        safe = f"{kept}-{digest(text)[:8]}"
    return safe
