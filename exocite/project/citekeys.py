"""Which citekeys the pattern of the settings would give the entries that have others."""

from __future__ import annotations

from exocite.project.project import Project
from exocite.references import entries
from exocite.references.citekeys import citekey, follows, pattern, stem_of


def proposals(project: Project) -> tuple[tuple[str, str], ...]:
    """Old and proposed key of each entry whose key does not follow the pattern, in file order.

    No proposal is a key of the file or another's; an entry of which neither author nor year is
    known keeps its own.
    """
    made = pattern(project.settings["citekey"])
    taken = {entry.key for entry in project.document.entries}
    found = []
    for reference in project.document.references:
        known = entries.to_parsed(reference)
        if not (known.authors or known.year):
            continue
        stem = stem_of(known.authors, known.year, known.title, made=made, journal=known.container)
        if follows(reference.key, stem):
            continue
        new = citekey(
            known.authors, known.year, known.title, taken, made=made, journal=known.container
        )
        taken.add(new)
        found.append((reference.key, new))
    return tuple(found)
