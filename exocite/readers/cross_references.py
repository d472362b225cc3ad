"""References of an article to itself: what is shown of them, and labels that are read as such."""

from __future__ import annotations

import re

from exocite.patterns import regex

SHOWN = "[ref]"
"""What stands for "Figure 3" where only the label is known: no claim rests on a label's name."""

_LABEL = regex(
    r"(?:fig|figure|tbl|tab|table|eq|eqt|eqn|sec|section|lst|listing)[:._-]"
    r"|(?:thm|lem|alg|app|chap|chapter|cor|prop)[:.-]",
    re.IGNORECASE,
)


def is_label(name: str) -> bool:
    """Whether a name reads as the label of a figure, a table, a section: "fig-a", "sec:intro"."""
    return _LABEL.match(name) is not None
