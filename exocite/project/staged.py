"""What the next commit brings: the articles that are staged, whatever lies in the folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from exocite.errors import ReadError
from exocite.project.project import Project

if TYPE_CHECKING:
    from exocite.project.checking import Checked


def articles(project: Project, before: Project | None, paths: Sequence[str]) -> tuple[str, ...]:
    """The articles of these that are staged, and those that nothing is known of.

    One that the next commit removes has nothing to check. One that neither `before` holds, the
    project at the last commit, was never staged: that it cannot be read is told like any other.
    """
    return tuple(
        path
        for path in paths
        if _holds(project, path) or before is None or not _holds(before, path)
    )


def without_new_blanks(project: Project, before: Project | None, checked: Checked) -> Checked:
    """The same without the articles that are staged empty and had no text before.

    They bring no claim. An article that has lost its text is still one that could not be read.
    """
    left_out = [entry for entry in checked.report.not_checked if entry.kind == "file"]
    blank = {
        entry.path
        for entry in left_out
        if _is_blank(project, entry.path)
        and (before is None or not _holds(before, entry.path) or _is_blank(before, entry.path))
    }
    if not blank:
        return checked
    unread = zip(checked.unread, left_out, strict=True)
    rest = tuple(
        entry
        for entry in checked.report.not_checked
        if not (entry.kind == "file" and entry.path in blank)
    )
    return replace(
        checked,
        report=replace(checked.report, not_checked=rest),
        unread=tuple(error for error, entry in unread if entry.path not in blank),
    )


def _holds(project: Project, path: str) -> bool:
    return project.store.exists(Path(path))


def _is_blank(project: Project, path: str) -> bool:
    try:
        return not project.store.read(Path(path)).strip(b"\xef\xbb\xbf \t\r\n")
    except ReadError:
        return False
