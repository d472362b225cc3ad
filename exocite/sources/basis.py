"""What a work can be checked against, in the words that a person is told."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from exocite.model import SourceText


class Basis(StrEnum):
    """The most that there is to compare a claim with."""

    FULL_TEXT = "full text"
    ABSTRACT_ONLY = "abstract only"
    NOTES_ONLY = "notes only"
    NO_TEXT = "no text"


def basis(texts: Iterable[SourceText]) -> Basis:
    """What these texts of one work amount to; any attached file counts as full text.

    An abstract beside the user's own notes is still the abstract only.
    """
    held = [text for text in texts if text.text.strip()]
    if any(text.file or text.field == "file" for text in held):
        return Basis.FULL_TEXT
    if any(text.field == "abstract" for text in held):
        return Basis.ABSTRACT_ONLY
    return Basis.NOTES_ONLY if held else Basis.NO_TEXT
