"""The texts of a work with the files of a folder, as a project puts them together."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from exocite import sources
from exocite.model import Attachment, Reference, SourceText, WorkRecord


def texts(
    reference: Reference,
    record: WorkRecord | None,
    folder: Path | None,
    attachments: Iterable[Attachment] = (),
) -> tuple[SourceText, ...]:
    shelf = sources.files(reference.key, folder, attachments) if folder else ()
    return sources.texts(reference, record, shelf)
