"""What is said of two records: what agrees, what differs, and in which values."""

from __future__ import annotations

from collections.abc import Sequence

from exocite.bibliography.duplicates.evidence import Agreement, Evidence
from exocite.bibliography.duplicates.record import Record
from exocite.bibliography.duplicates.titles import Likeness

_FIELDS = (
    ("author", "authors", "author"),
    ("year", "year", "year"),
    ("container", "journal or book", "container"),
    ("volume", "volume", "volume"),
    ("issue", "issue", "issue"),
    ("page", "first page", "pages"),
    ("doi", "DOI", "doi"),
    ("isbn", "ISBN", ""),
    ("edition", "edition", ""),
    ("translator", "translator", ""),
)
_TITLES = {
    Likeness.SAME: "",
    Likeness.SLIP: "the titles differ by a slip",
    Likeness.TAIL: "one title goes on where the other ends",
    Likeness.LOOSE: "the titles differ in a few words",
    Likeness.MISSING: "a title is missing",
    Likeness.CONTINUED: "one title goes on as another part or kind",
    Likeness.APART: "the titles differ",
}


def reason(evidence: Evidence, left: Record, right: Record) -> str:
    """One line such as "title and year agree; ≠ first page: 12–19 | 31", values as written."""
    agreeing = ["title"] if evidence.title is Likeness.SAME else []
    parts = [_TITLES[evidence.title]] if _TITLES[evidence.title] else []
    if evidence.kinds:
        parts.append(
            f"one is a {left.kind}, the other a {right.kind}".replace("a article", "an article")
        )
    for name, spoken, shown in _FIELDS:
        result: Agreement = getattr(evidence, name)
        if result is Agreement.AGREE:
            agreeing.append(spoken)
        elif result in {Agreement.CONFLICT, Agreement.NEAR}:
            values = (left.shown.get(shown, ""), right.shown.get(shown, ""))
            told = f": {values[0]} | {values[1]}" if all(values) else ""
            parts.append(f"≠ {spoken}{told}")
    said = f"{_listed(agreeing)} agree{'s' * (len(agreeing) == 1)}" if agreeing else ""
    return "; ".join(filter(None, (said, *parts)))


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
