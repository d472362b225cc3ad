"""Findings made of what a registry last said of the references."""

from __future__ import annotations

from collections.abc import Iterator

from exocite.model import Finding, Outcome
from exocite.rules.rule import Rule, at_reference
from exocite.rules.view import View
from exocite.text import collapsed

_NAMES = {
    "crossref": "Crossref",
    "datacite": "DataCite",
    "europepmc": "Europe PMC",
    "snapshot": "the snapshot",
}


def registry_name(registry: str) -> str:
    """The registry's name as people write it."""
    return _NAMES.get(registry, registry or "the registry")


def by_outcome(
    rule: Rule, view: View, outcome: Outcome, message: str, help_: str
) -> Iterator[Finding]:
    """One finding for each reference last resolved with this outcome, the reason included.

    `message` and `help_` may hold {key} and {registry}.
    """
    for entry, record in view.resolved:
        if record.outcome is outcome:
            words = {"key": entry.key, "registry": registry_name(record.registry)}
            reason = collapsed(record.reason).rstrip(".")
            yield at_reference(
                rule,
                entry,
                message.format(**words) + (f": {reason}" if reason else ""),
                help_.format(**words),
            )
