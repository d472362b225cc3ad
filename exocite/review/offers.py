"""The passages among which a person chooses: accepted ones, suggestions, a quotation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from exocite.linking.relation import conflicts
from exocite.model import Claim, Evidence, Linking, Passage, Relation, Suggestion
from exocite.project import Project
from exocite.project.judging import surroundings
from exocite.report.cards import LONGEST
from exocite.report.data import Quoted
from exocite.sources.basis import basis
from exocite.states import Standing
from exocite.text import collapsed, digest

PAGE = 50_000
"""Characters of a long passage that are sent at once."""
OWN = "quote"
"""The name of the offer that is a quotation of the person's own."""

_LONGEST_AROUND = 400
_LONGEST_COMPARED = 2_000
_LONGEST_IN_CONTEXT = 20_000
_FIELDS = {"annote": "a note", "annotation": "a note", "note": "a note", "file": "attached text"}


@dataclass(frozen=True, slots=True)
class Offer:
    """A passage that can be chosen. `quoted` is it as the page shows it.

    `placeless`: it stands in an attached text without a place, which must be named first.
    """

    name: str
    suggestion: Suggestion
    quoted: Quoted
    placeless: bool


def placeless(project: Project, passage: Passage) -> bool:
    """Whether a verdict on the passage needs a place that nobody named yet.

    An abstract and a note are places of their own. An attached text is long, and its name, which
    `sources` gives for a place where it knows no better, tells nobody where to look.
    """
    if passage.field != "file":
        return False
    files = {text.file for text in project.texts.get(passage.key, ())}
    return not passage.locator.strip() or passage.locator in files


def offers(
    project: Project, claim: Claim, standing: Standing, linkings: Sequence[Linking]
) -> tuple[Offer, ...]:
    """What can be chosen for the claim: what people accepted first, then what is suggested.

    A passage stands there once, wherever it comes from.
    """
    found: dict[str, Offer] = {}
    links = [*standing.accepted, *(old.link for old in standing.stale_links)]
    for link in links:
        one = offer(project, _accepted(claim, link), link.origin)
        found.setdefault(one.name, one)
    for linking in linkings:
        for suggestion in (*linking.suggestions, *_nearest(linking)):
            one = offer(project, suggestion, "suggested")
            found.setdefault(one.name, one)
    return tuple(found.values())


def offer(project: Project, suggestion: Suggestion, origin: str) -> Offer:
    """The passage as it is offered."""
    passage = suggestion.passage
    before, after = "", ""
    # Sentences are sought around a passage, not around a whole book.
    if len(passage.text) <= _LONGEST_IN_CONTEXT:
        before, after = surroundings(project, passage)
    suggested = origin == "suggested"
    quoted = Quoted(
        work=passage.key,
        key=passage.key,
        before=collapsed(before)[-_LONGEST_AROUND:],
        text=passage.text[:LONGEST],
        after=collapsed(after)[:_LONGEST_AROUND],
        locator=passage.locator,
        basis=_basis(project, passage),
        relation=str(suggestion.relation),
        origin=origin,
        conflicts=suggestion.conflicts,
        cut=max(0, len(passage.text) - LONGEST),
        confidence=round(suggestion.confidence, 2) if suggested else None,
    )
    return Offer(name(passage), suggestion, quoted, placeless(project, passage))


def name(passage: Passage) -> str:
    """What a passage is called on the page: the same in every session."""
    place = f"{passage.key}\0{passage.field}\0{passage.start}\0{passage.end}\0{passage.text}"
    return digest(place)[:16]


def named(found: Iterable[Offer], name: str) -> Offer | None:
    """The offer of this name, if it is there."""
    return next((one for one in found if one.name == name), None)


def _accepted(claim: Claim, link: Evidence) -> Suggestion:
    text = link.passage.text[:_LONGEST_COMPARED]
    differing = conflicts(claim.statement, text)
    return Suggestion(
        link.key, link.doi, link.passage, Relation(link.relation), link.score, 0.0, differing
    )


def _nearest(linking: Linking) -> tuple[Suggestion, ...]:
    return (linking.nearest,) if linking.nearest and not linking.suggestions else ()


def _basis(project: Project, passage: Passage) -> str:
    if passage.field == "abstract":
        held = str(basis(project.texts.get(passage.key, ())))
        return held if held == "abstract only" else "abstract"
    return _FIELDS.get(passage.field, passage.field)
