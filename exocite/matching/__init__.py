"""Whether a work is the one that a printed reference names: the decision and its reasons.

Fields agree, conflict or are missing; a work is taken only on agreement of independent evidence and
never by its rank in a search. A wrong DOI is worse than none: in doubt the answer is that there is
none, and the candidates are shown.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exocite.matching.decision import compare, confirm, decide, query

__all__ = ["compare", "confirm", "decide", "query"]


def __getattr__(name: str) -> Any:
    # Whoever asks for the words of this package alone pays nothing for its decisions.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from exocite.matching import decision

    return getattr(decision, name)
