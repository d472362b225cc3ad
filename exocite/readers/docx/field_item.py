"""A work that a field cites, whatever program wrote the field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from exocite.frozen import dataclass

Data = Mapping[str, Any]
"""A work as CSL-JSON describes it, unchecked: any value may have any type."""


@dataclass(frozen=True, slots=True)
class FieldItem:
    """A work that a field cites: its id there, its address, its locator, what the field holds."""

    id: str
    address: str = ""
    locator: str = ""
    data: Data = field(default_factory=dict)
