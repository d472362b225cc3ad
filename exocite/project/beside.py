"""Writing what a run learned where others may have written since it began.

A run over many references takes minutes. What somebody else wrote meanwhile stays, and what was
learned goes beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from exocite.bibliography.document import Document
from exocite.errors import ChangedError
from exocite.matching.notices import merged
from exocite.model import Outcome, Reference, WorkRecord
from exocite.project.correcting import Change, applied
from exocite.project.identity import identity
from exocite.project.project import Project

Edit = tuple[Reference, tuple[Change, ...]]
"""A reference as it was asked about, and the fields that the answer gave it."""


def write(project: Project, learned: Mapping[str, WorkRecord], edits: Sequence[Edit]) -> None:
    """Write the records and the edited bibliography.

    Raises ChangedError, when all else is written, for entries that somebody changed meanwhile
    so that what was learned is of another work.
    """
    # What was learned is kept whatever becomes of the bibliography.
    try:
        with project.store.locked():
            there = {record.key: record for record in project.store.works().items}
            ours = dict(learned)
            for key, now in there.items():
                if key in ours and now != project.records.get(key):
                    ours[key] = _known(ours[key], now)
            project.store.write_works({**there, **ours}.values())
    finally:
        _write_bibliography(project, edits)


def _known(ours: WorkRecord, theirs: WorkRecord) -> WorkRecord:
    """Our record; theirs, with our notices, where only they could ask somebody."""
    if ours.outcome is not Outcome.NOT_CHECKED or theirs.outcome is Outcome.NOT_CHECKED:
        return ours
    return replace(
        theirs,
        notices=merged(theirs.notices, ours.notices),
        retraction=theirs.retraction or ours.retraction,
    )


def _write_bibliography(project: Project, edits: Sequence[Edit]) -> None:
    try:
        project.save()
    except ChangedError:
        others = _write_again(project, edits)
        if others:
            listed = ", ".join(others)
            raise ChangedError(
                f"{project.document.path}: somebody else changed {listed} since this run began; "
                "what it learned of these is not written there",
                hint="run the command again; it begins from what the file holds now",
            ) from None


def _write_again(project: Project, edits: Sequence[Edit]) -> list[str]:
    """Make the edits in the file as it is now; the keys of entries that are others by now."""
    path = project.settings.bibliography
    others = []
    with project.store.locked():
        data = project.store.read(path) if project.store.exists(path) else b""
        document = Document.parse(data, project.document.path)
        there = {reference.key: reference for reference in document.references}
        for reference, changes in edits:
            now = there.get(reference.key)
            after = replace(
                reference,
                fields={**reference.fields, **{one.field: one.after for one in changes}},
            )
            if now is not None and identity(now) == identity(reference):
                document = applied(document, reference.key, changes)
            elif now is None or identity(now) != identity(after):
                others.append(reference.key)
        if document.data != data:
            project.store.write(path, document.data, expected=data)
    return others
