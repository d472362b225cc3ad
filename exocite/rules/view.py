"""What the rules look at: articles, their claims, the bibliography and what is known of its works.

Nothing here is read from disk or asked of a registry: whoever runs the rules hands all of it in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from shlex import quote

from exocite.bibliography.inherit import NOT_WORKS
from exocite.frozen import dataclass
from exocite.identifiers import normalise_doi
from exocite.model import (
    Article,
    Citation,
    CitationKind,
    Claim,
    ClaimState,
    Coverage,
    Exemption,
    Linking,
    NotChecked,
    Outcome,
    Reach,
    Reference,
    SourceText,
    WorkRecord,
)
from exocite.patterns import regex
from exocite.policy import Policy
from exocite.states import Standing, Standings
from exocite.text import Lines

FREE = frozenset({CitationKind.LINK, CitationKind.FOOTNOTE})
"""Citations that are a source by themselves; they may well name no reference."""

_PLAIN_PATH = regex(r"[\w.,:+@%/\\-]+")


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
class LostArticle:
    """A file that is gone, of which verdicts and links speak that no article took over.

    `path` and `line` are those of the first such line in the logs.
    """

    name: str
    path: str
    line: int
    verdicts: int = 0
    links: int = 0


@dataclass(frozen=True)
class ArticleView:
    """An article with its claims, its citations (resolved to citekeys) and where claims stand.

    `linkings` holds, by claim, what the cited works say of it, where they were compared.
    `exemptions` are those of the author's comments.
    """

    article: Article
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    standings: Standings = field(default_factory=lambda: Standings({}))
    linkings: Mapping[str, Linking] = field(default_factory=dict)
    exemptions: tuple[Exemption, ...] = ()

    @cached_property
    def argument(self) -> str:
        """The article's path as a command line takes it, in quotes where it needs them."""
        path = self.article.path
        return path if _PLAIN_PATH.fullmatch(path) else quote(path)

    @cached_property
    def coverage(self) -> Coverage:
        """How far the claims have come.

        A claim is cited by a marker in the text or an accepted link; a marker that names nothing
        in the bibliography (EXO102) does not count. An exempt claim is counted nowhere but among
        the claims and the exempt.
        """
        return total(counted for _, counted in self.sections)

    @cached_property
    def sections(self) -> tuple[tuple[str, Coverage], ...]:
        """The same by section that holds a claim, in their order."""
        by_section: dict[str, list[Claim]] = {}
        for claim in self.claims:
            by_section.setdefault(claim.section, []).append(claim)
        return tuple((name, self._covered(claims)) for name, claims in by_section.items())

    @cached_property
    def lines(self) -> Lines:
        """The lines of the article's source."""
        return Lines(self.article.source, self.article.places)

    @property
    def reaches(self) -> tuple[tuple[Reach, int], ...]:
        """How many claims cite through a marker of their paragraph or list alone, by which."""
        told = Counter(claim.cover.reach for claim in self.claims if claim.cover is not None)
        return tuple((reach, told[reach]) for reach in Reach if told[reach])

    def _covered(self, claims: Sequence[Claim]) -> Coverage:
        exempt = cited = reviewed = supported = 0
        for claim in claims:
            standing = self.standing(claim)
            state = standing.state
            if state is ClaimState.EXEMPT:
                exempt += 1
                continue
            if state is ClaimState.REVIEWED:
                reviewed += 1
                supported += standing.supported
            if standing.accepted or _is_cited(claim):
                cited += 1
        return Coverage(len(claims), cited, reviewed, supported, exempt)

    def standing(self, claim: Claim) -> Standing:
        """Where the claim stands; without a word on it, by its citations alone."""
        known = self.standings.of.get(claim.id)
        if known is not None:
            return known
        return Standing(ClaimState.CITED if claim.is_cited else ClaimState.UNCITED)

    def spares(self, exemption: Exemption) -> bool:
        """Whether an exemption spares one of these claims a source."""
        return exemption.span.start in self._sparing

    @cached_property
    def _sparing(self) -> frozenset[int]:
        """Where the comments begin that spare a claim a source."""
        known = (standing.exemption for standing in self.standings.of.values())
        return frozenset(exemption.span.start for exemption in known if exemption is not None)

    @cached_property
    def spoken_of(self) -> tuple[tuple[Claim, Standing], ...]:
        """The claims that somebody judged or accepted a passage for, and where they stand."""
        standings = self.standings.of
        said = {name for name, standing in standings.items() if not standing.is_silent}
        return tuple((claim, standings[claim.id]) for claim in self.claims if claim.id in said)

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """The order of the places of its file, by name."""
        return {place.name: rank for rank, place in enumerate(self.article.places)}

    def cited_keys(self) -> frozenset[str]:
        """Citekeys that a marker or an accepted link of this article can mean."""
        marked = {key for mark in self.citations for item in mark.items for key in item.keys}
        linked = {link.key for standing in self.standings.of.values() for link in standing.accepted}
        return frozenset(marked | linked)


def total(coverages: Iterable[Coverage]) -> Coverage:
    """How far all of these have come together."""
    every = tuple(coverages)
    names = Coverage.__match_args__
    return Coverage(**{name: sum(getattr(one, name) for one in every) for name in names})


def _is_cited(claim: Claim) -> bool:
    """Whether one of the markers that cite for a claim leads to a source."""
    marks = claim.citations if claim.cover is None else claim.citations + claim.cover.citations
    return bool(marks) and any(
        mark.kind in FREE or any(item.keys for item in mark.items) for mark in marks
    )


@dataclass(frozen=True)
class View:
    """All that one check looks at.

    `records` holds the last word of the registry by citekey; `changed` names the citekeys whose
    identifying fields are no longer those that the record speaks of. `cited_elsewhere` are those
    that articles of the project cite that are not under check. `least` is the confidence from which
    a passage counts as close. `unread` is what could not be read, texts of works among it. `policy`
    is what is asked, `texts` those of each work, `today` the day of the check (ISO 8601, "" where
    nobody named one). `used` are the exemptions, by article and place, that left a finding out:
    known once the other rules have run. `lost` are files that are gone while verdicts speak of
    them. `policies` are those of the articles of which something else is asked, by path.
    """

    articles: tuple[ArticleView, ...] = ()
    references: tuple[Reference, ...] = ()
    records: Mapping[str, WorkRecord] = field(default_factory=dict)
    changed: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
    cited_elsewhere: frozenset[str] = frozenset()
    least: float = 0.0
    unread: tuple[NotChecked, ...] = ()
    texts: Mapping[str, tuple[SourceText, ...]] = field(default_factory=dict)
    policy: Policy = field(default_factory=Policy)
    today: str = ""
    used: frozenset[tuple[str, int]] = frozenset()
    lost: tuple[LostArticle, ...] = ()
    policies: Mapping[str, Policy] = field(default_factory=dict)

    def asks(self, article: ArticleView) -> Policy:
        """What is asked of this article."""
        return self.policies.get(article.article.path, self.policy)

    @cached_property
    def cited(self) -> Mapping[str, Sequence[tuple[ArticleView, int]]]:
        """Where each citekey is cited, in the order of the articles: the article and the offset."""
        found: dict[str, list[tuple[ArticleView, int]]] = {}
        for article in self.articles:
            for citation in article.citations:
                for key in citation.keys:
                    found.setdefault(key, []).append((article, citation.span.start))
        return found

    @cached_property
    def half_known(self) -> frozenset[str]:
        """The citekeys of works with a text that was not read, which may say what no other does."""
        return frozenset(entry.subject for entry in self.unread if entry.kind == "text")

    @cached_property
    def works(self) -> tuple[Reference, ...]:
        """The references that stand for a work, each citekey once."""
        by_key: dict[str, Reference] = {}
        for reference in self.references:
            if reference.type not in NOT_WORKS:
                by_key.setdefault(reference.key, reference)
        return tuple(by_key.values())

    @cached_property
    def resolved(self) -> tuple[tuple[Reference, WorkRecord], ...]:
        """The references that the registry has spoken of, as they are today, with its word."""
        return tuple(
            (reference, record)
            for reference, record in self.noticed
            if reference.key not in self.changed and record.outcome is not Outcome.NOT_CHECKED
        )

    @cached_property
    def noticed(self) -> tuple[tuple[Reference, WorkRecord], ...]:
        """The same, and those whose notices hold though the record may not.

        A file of notices may know of a work where no registry could be asked, and a notice is of a
        DOI: an entry that was edited since and kept its DOI is still an entry of that work.
        """
        return tuple(
            (reference, record)
            for reference in self.works
            if (record := self.records.get(reference.key)) is not None
            and (
                reference.key not in self.changed
                or (record.doi and normalise_doi(reference.get("doi")) == record.doi)
            )
        )
