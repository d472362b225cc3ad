"""LaTeX, read as far as it can be without being run: macros, citations, bibliographies, inclusions.

- `reader`: the reader, text to article
- `input`: what is still to be read, with the macros put into it; `marks`: where it is cut
- `scan`: the pass over it; `call`, `commands`, `numbers`: what each command does; `cite`: citations
- `macros`: definitions; `tables`: which command is of which kind; `text`: accents, numbers
- `page`: the blocks that come of it
- `includes`: which files a document takes in
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exocite.readers.latex.reader import LatexReader

__all__ = ["LatexReader"]


def __getattr__(name: str) -> Any:
    """The reader, imported when it is first asked for: other modules here serve without it."""
    if name == "LatexReader":
        from exocite.readers.latex.reader import LatexReader

        return LatexReader
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
