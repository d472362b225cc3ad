"""What the page shows of one claim, as data: the template only prints it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from exocite.report import layout
from exocite.report.cards import Known, card
from exocite.report.data import Card, Group, Work
from exocite.review import queue
from exocite.review.offers import Offer
from exocite.review.session import Session
from exocite.states import claim_hash

AROUND = 25
"""Blocks on each side of the chosen claim that a page without script shows of the article."""


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with everything that a person needs to decide, and its neighbours in the queue.

    `hash` is that of the words that are shown; a verdict names it. `works` are those that the card
    names, by citekey. `comparing`: its suggestions are not there yet.
    """

    entry: queue.Entry
    card: Card
    hash: str
    offers: tuple[Offer, ...]
    works: Mapping[str, Work]
    none: str
    comparing: bool
    further: bool
    total: int
    previous: str
    following: str


def claim(session: Session, anchor: str, show: queue.Show) -> ClaimView:
    """What is shown of the claim. Raises ClaimMovedError, StyleError."""
    at = session.place(anchor)
    entry = session.entries[at]
    known = Known(session.project, session.reading, session.shelf.keys)
    offered = session.offers(entry)
    linking = session.linking(entry.claim)
    shown = card(known, entry.claim, entry.pin, None)
    named = [
        *(one.quoted.key for one in offered),
        *(one.work for one in shown.cited),
        *(one.key for one in (*shown.verdicts, *shown.stale)),
    ]
    previous, following = queue.neighbours(session.entries, show, at)
    return ClaimView(
        entry=entry,
        card=shown,
        hash=claim_hash(entry.claim.statement),
        offers=offered,
        works=session.shelf.of(named),
        none=linking.reason if linking and not linking.suggestions else "",
        comparing=linking is None,
        further=session.comparer.has_further(entry.claim),
        total=len(session.entries),
        previous=previous,
        following=following,
    )


def article(session: Session, around: str = "") -> tuple[Group, ...]:
    """The article as it reads, its claims marked; with `around` the part that holds that claim."""
    reading = session.reading
    pins = [(entry.claim, entry.pin) for entry in session.entries]
    groups = layout.layout(reading.article, pins, reading.citations, session.shelf.keys)
    if not around:
        return groups
    at = next((i for i, group in enumerate(groups) if _holds(group, around)), 0)
    return groups[max(0, at - AROUND) : at + AROUND + 1]


def title(session: Session) -> str:
    """The article's title."""
    return layout.title(session.reading.article)


def _holds(group: Group, anchor: str) -> bool:
    return any(
        stretch.pin is not None and stretch.pin.anchor == anchor
        for line in group.lines
        for stretch in line.stretches
    )
