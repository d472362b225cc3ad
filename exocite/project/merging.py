"""Finding entries of one work, and merging two of them: bibliography, articles and logs.

All that names the entry that goes is made ready first, and each article is read again: its
citations must mean what they meant. Then all is written, the bibliography last, so that a process
that is killed leaves both entries and no citation without one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from exocite.bibliography import Document, merging
from exocite.bibliography.duplicates import Found, find, prepare
from exocite.bibliography.inherit import PARENTS, inherited
from exocite.bibliography.merging import Choice
from exocite.model import Reference
from exocite.project import relabelling
from exocite.project.project import Project
from exocite.project.relabelling import Change

_ITS_OWN = frozenset({"articleno", "doi", "eid", "eprint", "isbn", "note", "pages", "url"})
"""Fields that name one work: a child's, or its parent's alone (a note may name it, too)."""

_MOST_NOTES = 20


def duplicates(project: Project) -> tuple[tuple[Reference, ...], Found]:
    """The entries of the bibliography, also of one key, and which of them are of one work.

    What an entry inherits counts, but for the identifiers and pages of its parents, which are those
    of another work.
    """
    entries = project.document.entries
    children = [entry for entry in entries if not PARENTS.isdisjoint(entry.fields)]
    whole = inherited(children, project.document.references, lambda entry: entry.fields)
    given = {id(child): _compared(child, full) for child, full in zip(children, whole, strict=True)}
    return entries, find(
        [prepare(given.get(id(entry), entry.fields), entry.type) for entry in entries]
    )


def _compared(child: Reference, whole: Reference) -> Mapping[str, str]:
    return {
        name: value
        for name, value in whole.fields.items()
        if name in child.fields or name not in _ITS_OWN
    }


@dataclass(frozen=True, slots=True)
class Plan:
    """What merging `drop` into `keep` would do; `notes` are for a person to look at."""

    keep: str
    drop: str
    choices: tuple[Choice, ...]
    document: Document
    articles: tuple[Change, ...]
    logs: tuple[Change, ...]
    notes: tuple[str, ...]


def plan(
    project: Project,
    keys: tuple[str, str],
    paths: Sequence[str],
    *,
    take: Collection[str] = (),
    encoding: str = "",
) -> Plan:
    """Merging two entries, the first kept, with the citations of these articles.

    The articles of the project's accepted links and those that these take in come with them.
    Raises UsageError, ReadError or BibliographyError where something cannot be merged; nothing is
    written here.
    """
    keep, drop = keys
    project.references(keys)
    document = merging.merged(project.document, keep, drop, take)
    found = relabelling.changes(project, document, {drop: keep}, paths, encoding=encoding)
    return Plan(
        keep,
        drop,
        merging.choices(project.document, keep, drop, take),
        document,
        found.articles,
        found.logs,
        (*found.notes, *_judged_twice(project, keep, drop)),
    )


def write(project: Project, planned: Plan) -> None:
    """Write what was planned, all of it or nothing. Raises as `relabelling.write` does."""
    relabelling.write(project, planned.document, (*planned.articles, *planned.logs))


def _judged_twice(project: Project, keep: str, drop: str) -> list[str]:
    """Claims on which both entries have a verdict: of one entry the later counts."""
    judged: dict[tuple[str, str], set[str]] = {}
    for verdict in project.verdicts.items:
        if verdict.key in (keep, drop):
            judged.setdefault((verdict.article, verdict.claim), set()).add(verdict.key)
    return [
        f"{article}: claim {claim} has verdicts on both entries: the later one counts now"
        for (article, claim), both in judged.items()
        if len(both) > 1
    ][:_MOST_NOTES]
