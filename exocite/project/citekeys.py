"""Citekeys after the pattern of the settings, for entries that have others: shown, then written.

A list of what is renamed lies in the cache as long as files are written. Of a process that was
killed the next run takes it up: the keys that articles may bear already are not thought out anew.
Only the folder that this user alone can name is believed: a list that a repository brought along
would rename what its author chose.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from exocite.bibliography import Document
from exocite.bibliography.blocks import BlockKind
from exocite.errors import StoreError
from exocite.project import relabelling
from exocite.project.project import Project
from exocite.project.relabelling import Change
from exocite.references import entries
from exocite.references.citekeys import Taken, follows, pattern, stem_of
from exocite.store import BASELINE

_MOST_NOTES = 20
_WORD = re.compile(r"[^\s\"#%'(),={}\\~;]+")


@dataclass(frozen=True, slots=True)
class Renaming:
    """What renaming would do: `keys` old to new, in file order; `notes` are for a person."""

    keys: Mapping[str, str]
    document: Document
    files: tuple[Change, ...]
    notes: tuple[str, ...]


def plan(
    project: Project,
    keys: Collection[str],
    paths: Sequence[str],
    *,
    encoding: str = "",
) -> Renaming:
    """The renaming of these entries, of all without any, with the citations of these articles.

    Raises UsageError, ReadError or BibliographyError where something cannot be renamed; nothing is
    written here.
    """
    project.references(tuple(keys))
    begun = _begun(project)
    notes = [_CUT_SHORT] if begun else []
    found = begun or _proposed(project, frozenset(keys))
    if not found:
        return Renaming({}, project.document, (), tuple(_doubled(project)))
    document = project.document.rename_all(found)
    changed = relabelling.changes(
        project, document, found, paths, encoding=encoding, begun=bool(begun)
    )
    notes += [*changed.notes, *_doubled(project), *_left(project.document, found)]
    if _list(project) is None:
        notes.append(_UNLISTED)
    if project.store.exists(project.store.root / BASELINE):
        notes.append(f"{BASELINE} may name keys that are gone: check --write-baseline afterwards")
    return Renaming(found, document, (*changed.articles, *changed.logs), tuple(notes))


_CUT_SHORT = (
    "an earlier renaming was cut short: this is the rest of it; who took the files back by other "
    "means deletes .exocite/ first"
)
_UNLISTED = (
    "nothing can be kept in .exocite/ here: should a power cut or kill -9 interrupt this, take the "
    "files back from git before you run it again"
)
_SCHEMA = "exocite.renaming/1"


def write(project: Project, planned: Renaming) -> None:
    """Write what was planned, all of it or nothing. Raises as `relabelling.write` does."""
    path = _list(project)
    if path is None:
        relabelling.write(project, planned.document, planned.files)
        return
    text = json.dumps({"schema": _SCHEMA, "keys": dict(planned.keys)}, ensure_ascii=True)
    with project.store.locked():
        project.store.write(path, text.encode(), expected=None)
        try:
            relabelling.write(project, planned.document, planned.files)
        except StoreError:
            raise  # What could not be put back is named in it; the next run goes on from there.
        except BaseException:
            project.store.remove(path)
            raise
        project.store.remove(path)


def _list(project: Project) -> Path | None:
    """Where the keys of a renaming lie until it is done, None where nothing may be kept."""
    return project.cache / "renaming.json" if project.cache else None


def _begun(project: Project) -> dict[str, str]:
    """What a renaming that was killed had still to do to the bibliography, which comes last."""
    path = _list(project)
    if path is None or not project.store.exists(path):
        return {}
    try:
        said = json.loads(project.store.read(path))
    except (ValueError, RecursionError):
        return {}
    keys = said.get("keys") if isinstance(said, dict) and said.get("schema") == _SCHEMA else None
    known = {entry.key for entry in project.document.entries}
    if not isinstance(keys, dict) or not all(isinstance(new, str) for new in keys.values()):
        return {}
    if not known.isdisjoint(keys.values()) or len(set(keys.values())) < len(keys):
        return {}
    twice = _twice(project)
    return {old: new for old, new in keys.items() if old in known and old not in twice}


def _proposed(project: Project, wanted: frozenset[str]) -> dict[str, str]:
    """Old and new key of each entry whose key does not follow the pattern, in file order.

    No new key is one of the file, of the logs or another's; an entry of which neither author nor
    year is known keeps its own, and so do entries of one key.
    """
    made = pattern(project.settings["citekey"])
    taken = Taken(entry.key for entry in project.document.entries)
    for key in relabelling.keys_in_logs(project):
        taken.add(key)
    twice = _twice(project)
    found = {}
    for reference in project.document.references:
        if reference.key in twice or (wanted and reference.key not in wanted):
            continue
        known = entries.to_parsed(reference)
        if not (known.authors or known.year):
            continue
        said = (known.authors, known.year, known.title)
        stem = stem_of(*said, made=made, journal=known.container)
        if follows(reference.key, stem):
            continue
        new = taken.free(stem)
        taken.add(new)
        found[reference.key] = new
    return found


def _twice(project: Project) -> frozenset[str]:
    counted = Counter(entry.key for entry in project.document.entries)
    return frozenset(key for key, times in counted.items() if times > 1)


def _doubled(project: Project) -> list[str]:
    document = project.document
    return [
        f"{document.path}: {key} is the key of several entries: it stays"
        for key in sorted(_twice(project) - {""})
    ][:_MOST_NOTES]


def _left(document: Document, keys: Collection[str]) -> list[str]:
    """Comments of the file in which a key stands, such as JabRef's groups: they stay."""
    notes = []
    for item in document.blocks:
        if item.block.kind is BlockKind.COMMENT:
            named = [word for word in _WORD.findall(item.source) if word in keys]
            if named:
                more = f" and {len(named) - 1} more" if len(named) > 1 else ""
                notes.append(
                    f"{document.path}:{item.line}: {named[0]}{more} in a comment: it was left"
                )
    return notes[:_MOST_NOTES]
