"""Passages for claims: which work says it, in which sentences, and how sure that is.

Settings ask this package for names alone; what suggests is imported when it is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exocite.linking.suggest import OPERATING_POINT, link

__all__ = ["OPERATING_POINT", "link"]


def __getattr__(name: str) -> Any:
    """What `exocite.linking.suggest` gives under this name."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from exocite.linking import suggest

    return getattr(suggest, name)
