"""A verdict as a person asks for it, and why it cannot be had."""

from __future__ import annotations

from dataclasses import dataclass

from exocite.errors import ExociteError, UsageError
from exocite.model import Judgement


class ClaimMovedError(ExociteError):
    """The claim's words are no longer those that the person saw; `anchor` is where it is now."""

    slug = "moved"

    def __init__(self, message: str, *, anchor: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.anchor = anchor


class PlaceNeededError(UsageError):
    """A verdict rests on a passage of an attached text, and nobody said where in it."""

    slug = "place"


@dataclass(frozen=True, slots=True)
class Wish:
    """A verdict as a person gives it: on which words, resting on which passage.

    `hash` is that of the claim's words as they were shown. `offer` names the passage, OWN for a
    quotation of the person's own out of the work `key`; `locator` is the place in the work.
    """

    anchor: str
    hash: str
    judgement: Judgement
    by: str
    offer: str = ""
    key: str = ""
    quote: str = ""
    locator: str = ""
    note: str = ""
