"""Regular expressions that are compiled when they are first used.

Compiling takes the library a third of a millisecond or more, and of the hundreds that readers,
markers and rules define, one run needs a few.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

__all__ = ["regex"]

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
