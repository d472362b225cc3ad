"""The queue of claims: whose turn each one is, which are shown, and what comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from exocite.model import Claim, ClaimState, Judgement, Span
from exocite.report import marks
from exocite.report.data import Pin
from exocite.states import Standing, person

SLICE = 100
"""How many claims of the queue are sent at once."""

_SNIPPET = 160


class Turn(StrEnum):
    """Whose turn a claim is; `done` when it is nobody's."""

    AUTHOR = "author"
    CHECKER = "checker"
    EDITOR = "editor"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Stage:
    """Whose turn a claim is, and why in few words."""

    turn: Turn
    why: str


def stage(standing: Standing, reviewers: int) -> Stage:
    """Whose turn a claim is, where so many people must agree on a verdict.

    People are told apart as the rule EXO411 does it.
    """
    if standing.state is ClaimState.UNCITED:
        return Stage(Turn.AUTHOR, "needs a source")
    if standing.state is ClaimState.EXEMPT:
        return Stage(Turn.DONE, "needs no source")
    if standing.state is ClaimState.STALE:
        return Stage(Turn.CHECKER, "changed since it was judged")
    if standing.state is not ClaimState.REVIEWED:
        return Stage(Turn.CHECKER, "waits for a verdict")
    people: dict[Judgement, set[str]] = {}
    for said in standing.verdicts:
        people.setdefault(said.judgement, set()).add(person(said.by))
    if len(people) > 1:
        return Stage(Turn.EDITOR, "verdicts differ")
    ((judgement, who),) = people.items()
    if len(who) < reviewers:
        return Stage(Turn.CHECKER, "waits for a second person")
    if judgement is Judgement.SUPPORTED:
        return Stage(Turn.DONE, "supported")
    return Stage(Turn.EDITOR, f"judged {judgement}")


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim in the queue. `pin` bears its mark, `words` are what a search looks through."""

    pin: Pin
    claim: Claim
    stage: Stage
    initials: str
    words: str

    @property
    def text(self) -> str:
        """The claim's beginning."""
        text = self.claim.text
        return text if len(text) <= _SNIPPET else f"{text[:_SNIPPET]}…"


@dataclass(frozen=True, slots=True)
class Show:
    """Which claims of the queue are shown: whose turn they are, and which words they hold.

    `turn` is the name of a turn, "open" for all that are not done, else everything.
    """

    turn: str = ""
    words: str = ""

    def holds(self, entry: Entry) -> bool:
        """Whether the entry is shown."""
        turn = entry.stage.turn
        if self.turn == "open":
            fits = turn is not Turn.DONE
        else:
            fits = self.turn in {"", "all"} or turn == self.turn
        return fits and (not self.words or self.words.casefold() in entry.words)


def entry(number: int, claim: Claim, standing: Standing, reviewers: int) -> Entry:
    """The entry of a claim as it stands."""
    initials = dict.fromkeys(marks.initials(said.by) for said in standing.verdicts)
    return Entry(
        Pin(claim.id, number, marks.mark(standing)),
        claim,
        stage(standing, reviewers),
        ", ".join(initials),
        f"{claim.text} {claim.section} {claim.id}".casefold(),
    )


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of the queue: its entries, how many are shown in all, and where it begins."""

    entries: tuple[Entry, ...]
    total: int
    start: int

    @property
    def following(self) -> int:
        """Where the next part begins, 0 where this is the last."""
        end = self.start + len(self.entries)
        return end if end < self.total else 0


def cut(entries: Sequence[Entry], show: Show, start: int = 0, *, around: str = "") -> Slice:
    """A part of what is shown, from `start` on, or the part that holds the claim `around`."""
    shown = [one for one in entries if show.holds(one)]
    if around:
        at = next((i for i, one in enumerate(shown) if one.pin.anchor == around), 0)
        start = at - at % SLICE
    start = max(0, min(start, len(shown)))
    return Slice(tuple(shown[start : start + SLICE]), len(shown), start)


def neighbours(entries: Sequence[Entry], show: Show, at: int) -> tuple[str, str]:
    """The claims that are shown before and after the one at this place, "" for none."""
    before = next((one for one in reversed(entries[:at]) if show.holds(one)), None)
    after = next((one for one in entries[at + 1 :] if show.holds(one)), None)
    return before.pin.anchor if before else "", after.pin.anchor if after else ""


def nearest(entries: Sequence[Entry], span: Span) -> Entry | None:
    """The claim that shares most of the span, None where none does."""

    def shared(one: Entry) -> int:
        return min(span.end, one.claim.span.end) - max(span.start, one.claim.span.start)

    found = max(entries, key=shared, default=None)
    return found if found is not None and shared(found) > 0 else None


def turns(entries: Sequence[Entry]) -> Mapping[Turn, int]:
    """How many claims are whose turn."""
    counts = Counter(one.stage.turn for one in entries)
    return {turn: counts[turn] for turn in Turn}
