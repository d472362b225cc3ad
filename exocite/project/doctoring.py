"""The doctor's round: the bibliography examined, its fixes made, or its layout tidied."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from exocite.bibliography import Document
from exocite.bibliography.doctor import CODES, Finding, cure, examine, library_of
from exocite.bibliography.tidy import tidied
from exocite.errors import UsageError
from exocite.project.project import Project
from exocite.text import Lines

UNREADABLE = frozenset({"broken", "binary"})
"""Codes that say that a part of the file cannot be read as it is."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding with its line and column, both counted from 1."""

    line: int
    column: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class Round:
    """What was found in `document`; `cured` is it with the fixes, made by `fixed` of the findings.

    `left` are the findings that remain in `cured`.
    """

    model: str
    document: Document
    cured: Document
    found: tuple[Placed, ...]
    fixed: int
    left: tuple[Placed, ...]


def examined(project: Project, keys: Collection[str], codes: Sequence[str]) -> Round:
    """The bibliography examined, and cured in memory; nothing is written.

    Only findings of these entries and of codes with these beginnings count, of all without any.
    Raises UsageError for a key or a code that is not there.
    """
    project.references(tuple(keys))
    wanted = _wanted(frozenset(keys), _chosen(codes))
    document = project.document
    setting = project.settings["data_model"]
    library = library_of(document, "" if setting == "auto" else setting)
    found = _placed(document, filter(wanted, examine(document, library)))
    cured = cure(document, library, wanted)
    again = examine(cured.document, library) if cured.fixed else ()
    left = _placed(cured.document, filter(wanted, again)) if cured.fixed else found
    return Round(library.model, document, cured.document, found, len(cured.fixed), left)


def tidy(project: Project, steps: Sequence[str]) -> Document:
    """The bibliography with another layout. Raises UsageError for a step that does not exist."""
    return tidied(project.document, steps)


def save(project: Project, document: Document) -> None:
    """Write the document as the bibliography. Raises ChangedError if it changed meanwhile."""
    project.document = document
    project.save()


def diff(before: Document, after: Document) -> tuple[str, ...]:
    """The lines of a unified diff, without their ends."""
    return changed(before.path, before.text, after.text)


def changed(path: str, before: str, after: str) -> tuple[str, ...]:
    """The lines of a unified diff of two texts, without their ends."""
    old, new = ([line.removesuffix("\r") for line in text.split("\n")] for text in (before, after))
    return tuple(difflib.unified_diff(old, new, path, path, lineterm=""))


def _chosen(codes: Sequence[str]) -> tuple[str, ...]:
    names = [code for code, _ in CODES]
    for wanted in codes:
        if not any(name.startswith(wanted) for name in names):
            near = get_close_matches(wanted, names, n=1)
            hint = f"did you mean {near[0]}?" if near else f"codes are: {', '.join(names)}"
            raise UsageError(f"no check has the code {wanted}", hint=hint)
    return tuple(codes)


def _wanted(keys: frozenset[str], codes: tuple[str, ...]) -> Callable[[Finding], bool]:
    def wanted(finding: Finding) -> bool:
        return (not keys or finding.key in keys) and (not codes or finding.code.startswith(codes))

    return wanted


def _placed(document: Document, findings: Iterable[Finding]) -> tuple[Placed, ...]:
    lines = Lines(document.text)
    return tuple(Placed(*lines.position(one.start), one) for one in findings)
