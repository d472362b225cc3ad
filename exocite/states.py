"""Where each claim stands: what was cited, accepted and judged, and whether it still holds.

A verdict rests on the words of the claim, on the passage and on the work's record. When one of
them has changed the claim is stale; when its sentence is gone the verdict is orphaned.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import TypeVar

from exocite import anchors
from exocite.claims.exemptions import UNCITED, covered
from exocite.frozen import dataclass, replace
from exocite.model import (
    Anchor,
    Article,
    Claim,
    ClaimState,
    Evidence,
    Exemption,
    Judgement,
    Outcome,
    Passage,
    SourceText,
    Verdict,
    WorkRecord,
)
from exocite.patterns import regex
from exocite.text import collapsed, digest

_SUPPORTING = frozenset({Judgement.SUPPORTED, Judgement.PARTIAL})
_ABSTRACT = "abstract"

# What typesetting changes without changing a word.
_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ", "'"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "\u00ad": None,
        "\u200b": None,
    }
)
# Words, but for a short one behind a number: its case may tell a unit.
_CASELESS = regex(r"[^\W\d_]{4,}|(?<![\d\w])(?<!\d[\s\u00a0-])[^\W\d_]{1,3}(?!\w)")

_Anchored = TypeVar("_Anchored", Evidence, Verdict)


@dataclass(frozen=True, slots=True)
class StaleVerdict:
    """A verdict whose ground has moved, and what moved, in words."""

    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class StaleLink:
    """An accepted link that nobody judged and whose ground has moved, and what moved, in words."""

    link: Evidence
    reason: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of one claim with the verdicts that hold, those that do not, and accepted links.

    `exemption` is the author's comment that spares it a source, where that decides its state.
    """

    state: ClaimState
    verdicts: tuple[Verdict, ...] = ()
    stale: tuple[StaleVerdict, ...] = ()
    accepted: tuple[Evidence, ...] = ()
    stale_links: tuple[StaleLink, ...] = ()
    exemption: Exemption | None = None

    @property
    def is_silent(self) -> bool:
        """Whether nobody has judged the claim or accepted a passage for it."""
        return not (self.verdicts or self.stale or self.accepted or self.stale_links)

    @property
    def supported(self) -> bool:
        """Whether a verdict of supported holds and none that holds says otherwise."""
        return {verdict.judgement for verdict in self.verdicts} == {Judgement.SUPPORTED}


@dataclass(frozen=True, slots=True)
class Standings:
    """The standing of every claim of an article, and the verdicts whose sentence is gone.

    `orphaned_links` are accepted links without their sentence that no verdict speaks of.
    """

    of: Mapping[str, Standing]
    orphaned: tuple[Verdict, ...] = ()
    orphaned_links: tuple[Evidence, ...] = ()


_SAID_NOTHING = {True: Standing(ClaimState.CITED), False: Standing(ClaimState.UNCITED)}
"""Where a claim stands on which nobody said a word, by whether a marker cites for it."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What verdicts rest on today: the texts of each work, by citekey, and the works' records.

    `unread` are the citekeys of works with an attached file that is not here or cannot be read: a
    passage that is not met elsewhere may stand in it, so nobody can say that it is gone.
    """

    texts: Mapping[str, Sequence[SourceText]]
    records: Mapping[str, WorkRecord]
    unread: frozenset[str] = frozenset()


def exempting(
    standings: Standings, claims: Sequence[Claim], exemptions: Sequence[Exemption], today: str
) -> Standings:
    """The standings with the uncited claims exempt that an author's comment spares a source."""
    if not exemptions:
        return standings
    of = dict(standings.of)
    for exemption in exemptions:
        if not exemption.holds(today) or not UNCITED.startswith(exemption.codes):
            continue
        for claim in covered(exemption, claims):
            before = of[claim.id]
            if before.state is ClaimState.UNCITED:
                of[claim.id] = replace(before, state=ClaimState.EXEMPT, exemption=exemption)
    return replace(standings, of=of)


def claim_hash(statement: str) -> str:
    """The hash by which a verdict remembers the words it judged.

    Spacing, the kind of quotation marks and dashes, and the case of words do not count. The case of
    what follows a number does, and so do raised digits: mW is not MW, 10⁶ not 106.
    """
    plain = collapsed(unicodedata.normalize("NFC", statement).translate(_TYPOGRAPHY))
    return digest(_CASELESS.sub(lambda found: found[0].casefold(), plain))


def passage_hash(text: str) -> str:
    """The hash by which a verdict remembers the passage; spacing does not count."""
    return digest(collapsed(text))


@lru_cache(maxsize=1024)
def person(name: str) -> str:
    """Who a name is, to compare people by: case and spacing make nobody another person.

    What is shown or written is the name as it was given.
    """
    return collapsed(unicodedata.normalize("NFC", name)).casefold()


def standing(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """The last word of each person on each claim and work, in the order of the log.

    A withdrawal takes back that person's last verdict on the claim, or on the work that it names,
    so that the one before it holds again. `person` tells people apart.
    """
    said: dict[tuple[str, str], list[int]] = defaultdict(list)
    about: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    taken: set[int] = set()
    for number, verdict in enumerate(verdicts):
        speaker = verdict.claim, person(verdict.by)
        words, on_work = said[speaker], about[*speaker, verdict.key]
        if verdict.judgement is not Judgement.WITHDRAWN:
            words.append(number)
            on_work.append(number)
        elif held := _left(on_work if verdict.key else words, taken):
            taken.add(held[-1])
    last = {held[-1] for on_work in about.values() if (held := _left(on_work, taken))}
    return tuple(verdict for number, verdict in enumerate(verdicts) if number in last)


def _left(numbers: list[int], taken: set[int]) -> list[int]:
    """The numbers, without those at their end that were taken back."""
    while numbers and numbers[-1] in taken:
        numbers.pop()
    return numbers


def standings(
    article: Article,
    claims: Sequence[Claim],
    evidence: Sequence[Evidence],
    verdicts: Sequence[Verdict],
    ground: Ground,
) -> Standings:
    """Where every claim of the article stands.

    `evidence` and `verdicts` are those of this article; they find their claim by its id, which
    depends on the words alone, else by their anchor. Where only quotation marks, dashes, case,
    spacing or emphasis changed they hold as before; a claim in other words makes them stale. A
    verdict that holds takes the place of those before it that spoke of other words, and of stale
    ones on the same work.
    """
    if not evidence and not verdicts:
        return Standings({claim.id: _SAID_NOTHING[claim.is_cited] for claim in claims})
    search = _Search(article, claims)
    basis = _Basis(evidence, ground)
    verdicts = [search.followed(verdict) for verdict in verdicts]
    evidence = [search.followed(link) for link in evidence]
    fresh: dict[str, list[Verdict]] = defaultdict(list)
    stale: dict[str, list[StaleVerdict]] = defaultdict(list)
    reworded: set[int] = set()
    orphaned = []
    for verdict in standing(verdicts):
        claim, reason = search.place(verdict)
        if claim is None:
            orphaned.append(verdict)
            continue
        if reason:
            reworded.add(id(verdict))
        reason = reason or basis.moved(verdict)
        if reason:
            stale[claim.id].append(StaleVerdict(verdict, reason))
        else:
            fresh[claim.id].append(verdict)
    order = {id(verdict): place for place, verdict in enumerate(verdicts)}
    for name, held in fresh.items():
        last = {verdict.key: order[id(verdict)] for verdict in held}
        latest = max(last.values())

        def counts(old: StaleVerdict, last: Mapping[str, int] = last, any_: int = latest) -> bool:
            since = any_ if id(old.verdict) in reworded else last.get(old.verdict.key, -1)
            return order[id(old.verdict)] > since

        stale[name] = list(filter(counts, stale[name]))
    links = _links(search, evidence, verdicts, basis)
    return Standings(
        {
            claim.id: Standing(
                _state(claim, fresh[claim.id], stale[claim.id], links),
                tuple(fresh[claim.id]),
                tuple(stale[claim.id]),
                tuple(links.accepted[claim.id]),
                tuple(links.stale[claim.id]),
            )
            for claim in claims
        },
        tuple(orphaned),
        tuple(links.orphaned),
    )


# --------------------------------------------------------------------------- links


@dataclass(frozen=True, slots=True)
class _Links:
    """Accepted links and stale ones by claim, and those whose sentence is gone."""

    accepted: dict[str, list[Evidence]]
    stale: dict[str, list[StaleLink]]
    orphaned: list[Evidence]


def _links(
    search: _Search, evidence: Sequence[Evidence], verdicts: Sequence[Verdict], basis: _Basis
) -> _Links:
    """Where each link stands. What is stale or gone is told here only where no verdict tells it."""
    found = _Links(defaultdict(list), defaultdict(list), [])
    about: dict[tuple[str, str], list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        about[verdict.claim, verdict.key].append(verdict)
    for link in evidence:
        words = about[link.claim, link.key]
        against = [*words, *about[link.claim, ""]]
        claim, reason = search.place(link)
        if claim is None:
            if not words:
                found.orphaned.append(link)
        elif words:
            # Its verdict speaks for it, also of what has moved.
            held = {verdict.judgement for verdict in standing(against)}
            if not reason and held and held <= _SUPPORTING:
                found.accepted[claim.id].append(link)
        elif reason := reason or basis.moved_passage(link.passage):
            found.stale[claim.id].append(StaleLink(link, reason))
        else:
            found.accepted[claim.id].append(link)
    return found


def _state(
    claim: Claim,
    fresh: Sequence[Verdict],
    stale: Sequence[StaleVerdict],
    links: _Links,
) -> ClaimState:
    if any(verdict.judgement is Judgement.EXEMPT for verdict in fresh):
        return ClaimState.EXEMPT
    if stale:
        return ClaimState.STALE
    if fresh:
        return ClaimState.REVIEWED
    if links.stale[claim.id]:
        return ClaimState.STALE
    return ClaimState.CITED if claim.is_cited or links.accepted[claim.id] else ClaimState.UNCITED


# --------------------------------------------------------------------------- the claim


class _Search:
    """Finds the claims of an article again that verdicts and links speak of."""

    def __init__(self, article: Article, claims: Sequence[Claim]) -> None:
        self._article = article
        self._claims = claims
        self._by_id = {claim.id: claim for claim in claims}
        self._found: dict[Anchor, Claim | None] = {}
        self._text = anchors.Searched(article.source)

    def followed(self, entry: _Anchored) -> _Anchored:
        """The entry under today's id of its claim, where only the typography changed."""
        claim = self._claim(entry)
        if claim is None or not _is_alike(entry, claim):
            return entry
        return replace(entry, claim=claim.id)

    def place(self, entry: Evidence | Verdict) -> tuple[Claim | None, str]:
        """The claim that the entry stands at, and why it no longer speaks of it, "" if it does."""
        claim = self._claim(entry)
        if claim is None or _is_alike(entry, claim):
            return claim, ""
        old = entry.anchor.exact
        now = self._article.source[claim.span.start : claim.span.end]
        # Readers and markers come with it, and few verdicts are of words that changed.
        from exocite.claims.excerpt import seen

        visible = (seen(text, self._article.format) for text in (old, now))
        differing = anchors.difference(*visible) or anchors.difference(old, now)
        return claim, f"the claim was reworded{f': {differing}' if differing else ''}"

    def _claim(self, entry: Evidence | Verdict) -> Claim | None:
        return self._by_id.get(entry.claim) or self._where_now(entry.anchor)

    def _where_now(self, anchor: Anchor) -> Claim | None:
        if anchor not in self._found:
            self._found[anchor] = self._searched(anchor)
        return self._found[anchor]

    def _searched(self, anchor: Anchor) -> Claim | None:
        place = self._text.find(anchor).span
        if place is None:
            return None
        overlap, claim = max(
            (
                (min(claim.span.end, place.end) - max(claim.span.start, place.start), claim)
                for claim in self._claims
            ),
            key=lambda pair: pair[0],
            default=(0, None),
        )
        return claim if overlap > 0 else None


def _is_alike(entry: Evidence | Verdict, claim: Claim) -> bool:
    """Whether the claim still says what the entry speaks of; a link of old knows no hash."""
    if not entry.claim_hash:
        return entry.claim == claim.id
    return entry.claim_hash == claim_hash(claim.statement)


# --------------------------------------------------------------------------- passage and work


class _Basis:
    """What verdicts and links rest on; many rest on the texts of one work, prepared once."""

    def __init__(self, evidence: Sequence[Evidence], ground: Ground) -> None:
        self._evidence = evidence
        self._ground = ground
        self._collapsed: dict[str, tuple[str, ...]] = {}

    def moved(self, verdict: Verdict) -> str:
        """What of the work or the passage changed since the verdict, "" where nothing did."""
        record = self._ground.records.get(verdict.key)
        if (
            verdict.work_hash
            and record is not None
            and record.hash
            and record.hash != verdict.work_hash
        ):
            if record.outcome is Outcome.RETRACTED:
                return f"{verdict.key} has been retracted since"
            return (
                f"the registry's record of {verdict.key} has changed since: "
                "a correction, a notice or other details"
            )
        if not verdict.passage_hash:
            return ""
        passage = self._linked.get((verdict.key, verdict.passage_hash))
        if passage is None:
            return f"the passage of {verdict.key} that it judged is no longer linked"
        return self.moved_passage(passage)

    def moved_passage(self, passage: Passage) -> str:
        """What happened to the passage since, "" while its work has it or nobody can tell.

        Nobody can where a file of the work is not read, and of an abstract where the work has no
        text here at all.
        """
        key, quote = passage.key, collapsed(passage.text)
        texts = self._ground.texts.get(key, ())
        if not any(quote in text for text in self._plain(key, texts)):
            if key in self._ground.unread or (passage.field == _ABSTRACT and not texts):
                return ""
            if key not in self._ground.texts:
                return f"{key} is no longer in the bibliography"
            if not texts:
                return f"the text of {key} that holds the passage is gone"
            now = _nearest(passage, texts)
            differing = f": {anchors.difference(quote, now)}" if now else ""
            return f"the passage is no longer in the text of {key}{differing}"
        abstracts = [text for text in texts if text.field == _ABSTRACT]
        if (
            passage.field == _ABSTRACT
            and passage.source_hash
            and abstracts
            and all(text.hash != passage.source_hash for text in abstracts)
        ):
            return f"the abstract of {key} has changed since; it still holds the passage"
        return ""

    @cached_property
    def _linked(self) -> Mapping[tuple[str, str], Passage]:
        """The passages of the links by citekey and hash, of equal ones the first."""
        found: dict[tuple[str, str], Passage] = {}
        for link in self._evidence:
            found.setdefault((link.key, passage_hash(link.passage.text)), link.passage)
        return found

    def _plain(self, key: str, texts: Sequence[SourceText]) -> tuple[str, ...]:
        if key not in self._collapsed:
            self._collapsed[key] = tuple(collapsed(text.text) for text in texts)
        return self._collapsed[key]


def _nearest(passage: Passage, texts: Sequence[SourceText]) -> str:
    """What stands in the place of the passage today, "" where nothing like it does."""
    anchor = Anchor(passage.text, "", "", passage.start, passage.end)
    for text in texts:
        if text.field == passage.field and text.locator == passage.locator:
            place = anchors.find(anchor, text.text).span
            if place is not None:
                return collapsed(text.text[place.start : place.end])
    return ""
