"""How the fetching of full texts ended, as text for a terminal and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from exocite.cli.sources_text import one_file
from exocite.cli.words import count
from exocite.text import printable

if TYPE_CHECKING:
    from exocite.cli.terminal import Terminal
    from exocite.project.fetching import Fetched, Wanted

# The outcomes in the order of the summary, and the role of each word.
_ROLES = {
    "fetched": "good",
    "updated": "good",
    "unchanged": "good",
    "kept": "warning",
    "not open": "dim",
    "not held": "dim",
    "not checked": "warning",
}


def one_fetched(terminal: Terminal, result: Fetched) -> None:
    """A reference: the word for how it ended, and the file or the reason."""
    key = terminal.paint("key", printable(result.reference.key))
    terminal.echo(f"{key}: {terminal.paint(_ROLES[result.outcome], result.outcome)}")
    if result.reason:
        terminal.wrapped(result.reason, indent=4)
    if result.attached:
        terminal.echo(f"    bib/sources/{printable(result.attached.file.name)}")
        one_file(terminal, result.attached.file, parts=False)


def fetched_counts(results: Sequence[Fetched]) -> str:
    """How many references ended in what."""
    counts = Counter(str(result.outcome) for result in results)
    parts = [f"{counts[word]} {word}" for word in _ROLES if counts[word]]
    return ": ".join(filter(None, [count(len(results), "reference"), ", ".join(parts)]))


def fetched_summary(terminal: Terminal, wanted: Wanted, results: Sequence[Fetched]) -> None:
    """What was left out, the counts, and what a failure means."""
    if wanted.with_text:
        left = count(wanted.with_text, "reference")
        terminal.echo(f"not asked: {left} with a full text already")
    if wanted.without_identifier:
        left = count(wanted.without_identifier, "reference")
        terminal.echo(f"not asked: {left} without a DOI, PMCID or PMID")
    terminal.echo(fetched_counts(results))
    if any(result.outcome == "not checked" for result in results):
        later = "; try again later" if any(result.again for result in results) else ""
        terminal.echo(f"what was not checked is neither confirmed nor doubted{later}")


def fetched_json(wanted: Wanted, results: Sequence[Fetched]) -> dict[str, object]:
    """The same for programs."""
    return {
        "fetched": [
            {
                "key": result.reference.key,
                "outcome": result.outcome,
                "reason": result.reason,
                "file": result.attached.file.name if result.attached else "",
            }
            for result in results
        ],
        "not_asked": {
            "with_text": wanted.with_text,
            "without_identifier": wanted.without_identifier,
        },
    }
