"""What a report says, as data: built whole before anything is printed.

Texts are as they were found; whoever prints them makes them safe for what they are printed in.
Anchors are names within the report: a claim's is its id, a work's is "w" and a number.
"""

from __future__ import annotations

from collections.abc import Iterator

from exocite.frozen import dataclass
from exocite.model import BlockKind, Coverage, Finding, NotChecked


@dataclass(frozen=True, slots=True)
class Mark:
    """How a claim is marked: the name of its look, a glyph, and the word that says the same."""

    look: str
    glyph: str
    word: str


@dataclass(frozen=True, slots=True)
class Pin:
    """What leads from the article to a claim's card: its anchor, its number and its mark."""

    anchor: str
    number: int
    mark: Mark


# --------------------------------------------------------------------------- the article


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text; `work` is the anchor of the work that it cites, "" for none."""

    text: str
    work: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a block that is one claim, or none (`pin` is None)."""

    parts: tuple[Part, ...]
    pin: Pin | None = None

    @property
    def text(self) -> str:
        """The stretch as it reads."""
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class Line:
    """A block of the article as it reads.

    `level` is the depth of a heading among the headings, from 1 without a gap, or that of a list's
    item. `cells` are those of a table's row, without claims.
    """

    level: int
    stretches: tuple[Stretch, ...]
    cells: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The block as it reads."""
        return "".join(stretch.text for stretch in self.stretches)


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks of one kind that stand together: a list, a table, a quotation; else a single one."""

    kind: BlockKind
    lines: tuple[Line, ...]


# --------------------------------------------------------------------------- the card


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of a comparison of then and now: "same", "gone" or "new"."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """A person's verdict. `reason` says why it no longer holds, "" while it does.

    `then` sets the words that it judged beside those of today, where they differ.
    """

    mark: Mark
    by: str
    initials: str
    at: str
    work: str = ""
    key: str = ""
    note: str = ""
    reason: str = ""
    then: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage of a work in its surroundings, and what it is to the claim.

    `basis` is "abstract only" and its like; `cut` counts the characters that were left out of a
    passage that is too long to print. `confidence` is None for a passage that a person chose;
    `accepted` is False for one that a verdict rests on which does not speak for the claim.
    """

    work: str
    key: str
    before: str
    text: str
    after: str
    locator: str
    basis: str
    relation: str
    origin: str
    conflicts: tuple[str, ...] = ()
    cut: int = 0
    confidence: float | None = None
    reason: str = ""
    accepted: bool = True


@dataclass(frozen=True, slots=True)
class Cited:
    """A work that the article names for a claim: the marker's words, and the part that it cites.

    `work` is "" where the label names no work of the bibliography, or several.
    """

    label: str
    work: str = ""
    locator: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """Everything that is known of one claim.

    `state` is the word of its state; `mark` says more where a verdict holds. `why` is why the
    sentence counts as a claim, `covered` what cites for it where it has no marker of its own,
    `none` why nothing is suggested.
    """

    pin: Pin
    id: str
    state: str
    text: str
    before: str
    place: str
    section: str
    why: str
    score: float
    verdicts: tuple[Said, ...] = ()
    stale: tuple[Said, ...] = ()
    passages: tuple[Quoted, ...] = ()
    moved: tuple[Quoted, ...] = ()
    cited: tuple[Cited, ...] = ()
    covered: str = ""
    exemption: str = ""
    suggestions: tuple[Quoted, ...] = ()
    none: str = ""

    @property
    def initials(self) -> str:
        """Those of everybody whose verdict holds, each once."""
        return ", ".join(dict.fromkeys(said.initials for said in self.verdicts))

    @property
    def works(self) -> tuple[str, ...]:
        """The anchors of the works that its citations and passages name, each once."""
        return self._named(accepted=False)

    @property
    def resting(self) -> tuple[str, ...]:
        """Those that the claim rests on: cited, or with a passage that speaks for it."""
        return self._named(accepted=True)

    def _named(self, *, accepted: bool) -> tuple[str, ...]:
        named = [cited.work for cited in self.cited]
        named += [one.work for one in self.passages if one.accepted or not accepted]
        return tuple(dict.fromkeys(filter(None, named)))


@dataclass(frozen=True, slots=True)
class Gone:
    """A verdict or an accepted passage whose sentence is no longer in the article."""

    what: str
    text: str


# --------------------------------------------------------------------------- works, charts


@dataclass(frozen=True, slots=True)
class Printed:
    """A stretch of a reference as its style prints it: `marks` of i, b, u, sup, sub, sc."""

    text: str
    marks: tuple[str, ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A retraction, a correction or a concern that the registry holds of a work."""

    kind: str
    date: str = ""
    doi: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """A work that claims rest on. `short` names it in few words, `outcome` is the registry's word.

    `pins` lead to the claims that rest on it, `supported` counts those among them whose verdict is
    supported.
    """

    anchor: str
    key: str
    short: str
    runs: tuple[Printed, ...]
    year: str
    doi: str
    link: str
    outcome: str
    basis: str
    retracted: bool
    notices: tuple[Notice, ...]
    pins: tuple[Pin, ...]
    supported: int

    @property
    def printed_link(self) -> bool:
        """Whether the style prints its address."""
        return any(run.link for run in self.runs)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart: what it stands for, how many, and its place in units of the chart.

    `tick` is what is written beneath it, "" where there is no room for it.
    """

    label: str
    count: int
    x: float
    y: float
    width: float
    height: float
    anchor: str = ""
    tick: str = ""

    @property
    def middle(self) -> float:
        """The middle of its width."""
        return round(self.x + self.width / 2, 2)


@dataclass(frozen=True, slots=True)
class Years:
    """How many claims rest on works of which years; `step` years a bar, `floor` their foot."""

    width: int
    height: int
    floor: int
    step: int
    bars: tuple[Bar, ...] = ()
    unknown: int = 0


# --------------------------------------------------------------------------- the whole


@dataclass(frozen=True, slots=True)
class Page:
    """An article with its cards, in the order of the text.

    `rests` are the works that most of its claims rest on, as shares of the claims that rest on any
    (`resting`). `left_out` says what of the file is not shown.
    """

    anchor: str
    path: str
    title: str
    groups: tuple[Group, ...]
    cards: tuple[Card, ...]
    coverage: Coverage
    sections: tuple[tuple[str, Coverage], ...]
    rests: tuple[Bar, ...]
    resting: int
    years: Years
    gone: tuple[Gone, ...] = ()
    left_out: str = ""

    @property
    def shown(self) -> tuple[Group, ...]:
        """The groups without the one that only says the page's title again."""
        return tuple(
            group
            for group in self.groups
            if group.kind is not BlockKind.TITLE or group.lines[0].text.strip() != self.title
        )


@dataclass(frozen=True, slots=True)
class Report:
    """A report: what was read, what is known of each claim, and what was not checked.

    `revision` is that of git, "" without one; `silent` are the works without any text to compare
    with; `found` pairs each finding with the pin of the claim that it is about, if it is about one.
    """

    title: str
    made: str
    revision: str
    coverage: Coverage
    pages: tuple[Page, ...]
    works: tuple[Work, ...]
    found: tuple[tuple[Finding, Pin | None], ...]
    not_checked: tuple[NotChecked, ...]
    silent: tuple[str, ...]
    suggested: bool
    old: int = 0

    @property
    def cards(self) -> Iterator[Card]:
        """The cards of all articles."""
        return (card for page in self.pages for card in page.cards)

    @property
    def marks(self) -> tuple[tuple[Mark, int], ...]:
        """Which marks there are, and how many claims bear each, in the order of the first."""
        counts: dict[Mark, int] = {}
        for card in self.cards:
            counts[card.pin.mark] = counts.get(card.pin.mark, 0) + 1
        return tuple(counts.items())
