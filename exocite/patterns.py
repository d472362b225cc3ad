"""Regular expressions that are compiled when they are first used, and texts that need none.

Compiling takes the library a third of a millisecond or more, and of the hundreds that readers,
markers and rules define, one run needs a few. To look for a few letters takes a tenth of a search:
where every match must hold one of some texts, that is asked first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

__all__ = ["caseless", "holds_any", "regex"]

if TYPE_CHECKING:
    from re import compile as regex
else:

    class regex:  # noqa: N801 - it is called as re.compile is.
        """Stands for `re.compile(...)` with the same arguments, and does what that would."""

        def __init__(self, pattern: str | bytes, flags: int = 0) -> None:
            self.pattern = pattern
            self._flags = flags

        @cached_property
        def _compiled(self) -> re.Pattern[Any]:
            return re.compile(self.pattern, self._flags)

        def __getattr__(self, name: str) -> Any:
            # Found once for each name: the bound method is then an attribute of this object.
            found = getattr(self._compiled, name)
            setattr(self, name, found)
            return found


def caseless(text: str) -> str:
    """The text with each character in lower case that `re.IGNORECASE` takes for an ASCII letter.

    Where a pattern with that flag finds ASCII letters, this text holds them in lower case. Beside
    the letters themselves these are the Kelvin sign, the long s, and i with a dot and without.
    """
    if not text.isascii():
        text = text.replace("\u0130", "i").replace("\u0131", "i").replace("\u017f", "s")
    return text.lower()


def holds_any(text: str, wanted: Iterable[str]) -> bool:
    """Whether one of these stands in the text."""
    return any(map(text.__contains__, wanted))
