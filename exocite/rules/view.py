"""What the rules look at: articles, their claims, the bibliography and what is known of its works.

Nothing here is read from disk or asked of a registry: whoever runs the rules hands all of it in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from exocite.model import (
    Article,
    Citation,
    Claim,
    ClaimState,
    Linking,
    NotChecked,
    Outcome,
    Reference,
    WorkRecord,
)
from exocite.states import Standing, Standings

NOT_WORKS = frozenset({"xdata", "set", "bibnote", "control"})
"""Entry types that hold data for other entries and stand for no work of their own."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file of the project that could not be read, or not in one way only.

    `kind` is that of `exocite.bibliography.ProblemKind`, or "log" for a line of works.jsonl and
    its like; `message` says what was met, without the place.
    """

    path: str
    line: int
    column: int
    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article with its claims, its citations (resolved to citekeys) and where claims stand.

    `linkings` holds, by claim, what the cited works say of it, where they were compared.
    """

    article: Article
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    standings: Standings = field(default_factory=lambda: Standings({}))
    linkings: Mapping[str, Linking] = field(default_factory=dict)

    def standing(self, claim: Claim) -> Standing:
        """Where the claim stands; without a word on it, by its citations alone."""
        known = self.standings.of.get(claim.id)
        if known is not None:
            return known
        return Standing(ClaimState.CITED if claim.citations else ClaimState.UNCITED)

    def cited_keys(self) -> frozenset[str]:
        """Citekeys that a marker or an accepted link of this article can mean."""
        marked = {key for mark in self.citations for item in mark.items for key in item.keys}
        linked = {link.key for standing in self.standings.of.values() for link in standing.accepted}
        return frozenset(marked | linked)


@dataclass(frozen=True, slots=True)
class View:
    """All that one check looks at.

    `records` holds the last word of the registry by citekey; `changed` names the citekeys whose
    identifying fields are no longer those that the record speaks of. `cited_elsewhere` are those
    that articles of the project cite that are not under check. `least` is the confidence from which
    a passage counts as close. `unread` are texts of works that could not be read.
    """

    articles: tuple[ArticleView, ...] = ()
    references: tuple[Reference, ...] = ()
    records: Mapping[str, WorkRecord] = field(default_factory=dict)
    changed: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
    cited_elsewhere: frozenset[str] = frozenset()
    least: float = 0.0
    unread: tuple[NotChecked, ...] = ()

    def works(self) -> tuple[Reference, ...]:
        """The references that stand for a work, each citekey once."""
        by_key: dict[str, Reference] = {}
        for reference in self.references:
            if reference.type not in NOT_WORKS:
                by_key.setdefault(reference.key, reference)
        return tuple(by_key.values())

    def resolved(self) -> Iterator[tuple[Reference, WorkRecord]]:
        """The references that the registry has spoken of, as they are today, with its word."""
        for reference in self.works():
            record = self.records.get(reference.key)
            if (
                record is not None
                and reference.key not in self.changed
                and record.outcome is not Outcome.NOT_CHECKED
            ):
                yield reference, record
