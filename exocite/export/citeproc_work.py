"""A work as the elements of a style ask it, which notes what of it was called, printed and read.

Source: CSL specification 1.0.2, sections "Group" and "Substitute", for what groups and names ask.
"""
# The library is untyped, so its classes are Any to the type checker.
# mypy: disallow-subclassing-any=False

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from citeproc import CitationItem
from citeproc.source import Reference, VariableError


class Shape:
    """What the works of one bibliography have in common that have its type, variables, language.

    Each is its own: of another bibliography, which may format otherwise, none is the same.
    """


class Counts:
    """What was called and printed of an entry, for the groups around it.

    `shown` are the variables that were printed, `hidden` those that stood in for names and are
    not printed again. `reads` counts the questions whose answer is not that of every work of the
    same shape.
    """

    __slots__ = ("called", "hidden", "printed", "reads", "shown")

    def __init__(self) -> None:
        self.called = 0
        self.printed = 0
        self.reads = 0
        self.shown: list[str] = []
        self.hidden: set[str] = set()

    def hides(self, variable: str) -> bool:
        """Whether the variable was printed in place of names."""
        if variable not in self.hidden:
            return False
        self.reads += 1
        return True


class Work(Reference):
    """The variables of a work. What is asked of their values is counted, not that they are there.

    Language and type are part of its shape.
    """

    # The library puts attributes among the variables.
    __setattr__ = object.__setattr__

    def __init__(self, key: str, kind: str, variables: Mapping[str, Any], shape: Shape) -> None:
        dict.__init__(self, variables)
        dict.update(self, key=key, type=kind)
        self.key = key
        self.type = kind
        self.shape = shape
        self.counts = Counts()

    @property
    def language(self) -> Any:
        """The language of the work; raises VariableError where it has none."""
        if "language" not in self:
            raise VariableError
        return dict.__getitem__(self, "language")

    def __getitem__(self, variable: str) -> Any:
        if variable not in self:
            raise VariableError
        self.counts.reads += 1
        return dict.__getitem__(self, variable)

    def get(self, variable: str, default: Any = None) -> Any:
        """The variable, or the default where the work has none."""
        if variable not in self:
            return default
        self.counts.reads += 1
        return dict.__getitem__(self, variable)

    def afresh(self) -> None:
        """Forget what was printed."""
        self.counts = Counts()


class Cite(CitationItem):
    """An entry of the bibliography with its work and its number at hand."""

    __slots__ = ("_place", "reference")

    def __init__(self, key: str, work: Work, place: int) -> None:
        super().__init__(key)
        object.__setattr__(self, "reference", work)
        object.__setattr__(self, "_place", place)

    @property
    def number(self) -> int:
        """Its place in the bibliography, from 1."""
        self.reference.counts.reads += 1
        return int(self._place)


def counts(item: Any) -> Counts:
    """The counts of the entry that is being printed."""
    found: Counts = item.reference.counts
    return found


def value(item: Any, variable: str) -> Any:
    """The variable of the work; raises VariableError where it has none."""
    found = item.reference.get(variable.replace("-", "_"))
    if found is None:
        raise VariableError
    return found
