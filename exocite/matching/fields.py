"""How one field of a printed reference stands to a work's."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Field(StrEnum):
    """Agree, differ by little, conflict, or missing: not printed, or not in the record."""

    AGREE = "agree"
    NEAR = "near"
    CONFLICT = "conflict"
    UNPRINTED = "unprinted"
    UNRECORDED = "unrecorded"


@dataclass(frozen=True, slots=True)
class Seen:
    """The result for one field and both values, for the user."""

    result: Field
    ours: str = ""
    theirs: str = ""
