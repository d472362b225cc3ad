"""What a check of the doctor is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from exocite.bibliography.doctor.entry import Entry, Library
from exocite.bibliography.doctor.finding import Finding


@dataclass(frozen=True, slots=True)
class Check:
    """A check of one entry: its codes, each with its meaning, and how it is made."""

    codes: tuple[tuple[str, str], ...]
    run: Callable[[Entry, Library], Iterator[Finding]]
