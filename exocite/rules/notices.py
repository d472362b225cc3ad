"""Findings made of the notices that a registry holds about a work."""

from __future__ import annotations

from collections.abc import Iterator

from exocite.model import Finding
from exocite.rules.rule import Rule, at_reference, cited_at
from exocite.rules.view import View

CORRECTIONS = frozenset({"correction", "corrigendum", "erratum", "addendum", "clarification"})
CONCERNS = frozenset({"expression_of_concern"})


def by_notice(rule: Rule, view: View, kinds: frozenset[str], said: str) -> Iterator[Finding]:
    """One finding for each reference with a notice of these kinds, the newest notice named."""
    for entry, record in view.noticed:
        fitting = [one for one in record.notices if one.type in kinds]
        if not fitting:
            continue
        newest = max(fitting, key=lambda one: (one.date, one.doi))
        when = f" of {newest.date}" if newest.date else ""
        where = cited_at(view, entry.key)
        yield at_reference(
            rule,
            entry,
            f"{entry.key} {said}: notice {newest.doi or 'without a DOI'}{when}",
            f"read the notice, then judge the claims that rest on the work. {where}".rstrip(),
            about=f"{newest.doi} {newest.date}",
        )
