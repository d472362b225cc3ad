"""Where each claim stands: what was cited, accepted and judged, and whether it still holds.

A verdict rests on the words of the claim, on the passage and on the work's record. When one of
them has changed the claim is stale; when its sentence is gone the verdict is orphaned.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from exocite import anchors
from exocite.model import (
    Anchor,
    Article,
    Claim,
    ClaimState,
    Evidence,
    Judgement,
    Outcome,
    SourceText,
    Verdict,
    WorkRecord,
)
from exocite.text import collapsed, digest, folded

_SUPPORTING = frozenset({Judgement.SUPPORTED, Judgement.PARTIAL})


@dataclass(frozen=True, slots=True)
class StaleVerdict:
    """A verdict whose ground has moved, and what moved, in words."""

    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of one claim with the verdicts that hold, those that do not, and accepted links."""

    state: ClaimState
    verdicts: tuple[Verdict, ...] = ()
    stale: tuple[StaleVerdict, ...] = ()
    accepted: tuple[Evidence, ...] = ()

    @property
    def supported(self) -> bool:
        """Whether a verdict of supported holds and none that holds says otherwise."""
        return {verdict.judgement for verdict in self.verdicts} == {Judgement.SUPPORTED}


@dataclass(frozen=True, slots=True)
class Standings:
    """The standing of every claim of an article, and the verdicts whose sentence is gone."""

    of: Mapping[str, Standing]
    orphaned: tuple[Verdict, ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """What verdicts rest on today: the texts of each work, by citekey, and the works' records."""

    texts: Mapping[str, Sequence[SourceText]]
    records: Mapping[str, WorkRecord]


def claim_hash(statement: str) -> str:
    """The hash by which a verdict remembers the words it judged; case and spacing do not count."""
    return digest(folded(statement))


def passage_hash(text: str) -> str:
    """The hash by which a verdict remembers the passage; spacing does not count."""
    return digest(collapsed(text))


def standing(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """The last word of each person on each claim and work, in the order of the log.

    A withdrawal takes back that person's last verdict on the claim, or on the work that it names,
    so that the one before it holds again.
    """
    said: dict[tuple[str, str], list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        words = said[verdict.claim, verdict.by]
        if verdict.judgement is not Judgement.WITHDRAWN:
            words.append(verdict)
            continue
        for index in range(len(words) - 1, -1, -1):
            if verdict.key in {"", words[index].key}:
                del words[index]
                break
    last = {id(word) for words in said.values() for word in {w.key: w for w in words}.values()}
    return tuple(verdict for verdict in verdicts if id(verdict) in last)


def standings(
    article: Article,
    claims: Sequence[Claim],
    evidence: Sequence[Evidence],
    verdicts: Sequence[Verdict],
    ground: Ground,
) -> Standings:
    """Where every claim of the article stands.

    `evidence` and `verdicts` are those of this article; they find their claim by its id, which
    depends on the words alone, else by their anchor. A verdict that holds takes the place of stale
    ones before it.
    """
    by_id = {claim.id: claim for claim in claims}
    accepted: dict[str, list[Evidence]] = defaultdict(list)
    for link in evidence:
        if link.claim in by_id and _is_accepted(link, verdicts):
            accepted[link.claim].append(link)
    fresh: dict[str, list[Verdict]] = defaultdict(list)
    stale: dict[str, list[StaleVerdict]] = defaultdict(list)
    orphaned = []
    for verdict in standing(verdicts):
        if verdict.claim in by_id:
            reason = _moved_ground(verdict, evidence, ground)
            if reason:
                stale[verdict.claim].append(StaleVerdict(verdict, reason))
            else:
                fresh[verdict.claim].append(verdict)
            continue
        claim, reason = _where_now(verdict.anchor, article, claims)
        if claim is None:
            orphaned.append(verdict)
        else:
            stale[claim.id].append(StaleVerdict(verdict, reason))
    order = {id(verdict): place for place, verdict in enumerate(verdicts)}
    for name, held in fresh.items():
        last = max(order[id(verdict)] for verdict in held)
        stale[name] = [old for old in stale[name] if order[id(old.verdict)] > last]
    return Standings(
        {
            claim.id: Standing(
                _state(claim, fresh[claim.id], stale[claim.id], accepted[claim.id]),
                tuple(fresh[claim.id]),
                tuple(stale[claim.id]),
                tuple(accepted[claim.id]),
            )
            for claim in claims
        },
        tuple(orphaned),
    )


def _is_accepted(link: Evidence, verdicts: Sequence[Verdict]) -> bool:
    """Whether nobody judged the link, or somebody whose word stands took it as support."""
    about = [v for v in verdicts if (v.claim, v.key) == (link.claim, link.key)]
    return not about or any(v.judgement in _SUPPORTING for v in standing(about))


def _state(
    claim: Claim,
    fresh: Sequence[Verdict],
    stale: Sequence[StaleVerdict],
    accepted: Sequence[Evidence],
) -> ClaimState:
    if any(verdict.judgement is Judgement.EXEMPT for verdict in fresh):
        return ClaimState.EXEMPT
    if stale:
        return ClaimState.STALE
    if fresh:
        return ClaimState.REVIEWED
    return ClaimState.CITED if claim.citations or accepted else ClaimState.UNCITED


def _where_now(
    anchor: Anchor, article: Article, claims: Sequence[Claim]
) -> tuple[Claim | None, str]:
    found = anchors.find(anchor, article.source)
    if found.span is None:
        return None, ""
    place = found.span
    overlap, claim = max(
        (
            (min(claim.span.end, place.end) - max(claim.span.start, place.start), claim)
            for claim in claims
        ),
        key=lambda pair: pair[0],
        default=(0, None),
    )
    if claim is None or overlap <= 0:
        return None, ""
    changed = "; ".join(found.changed)
    return claim, f"the claim was reworded{f' ({changed})' if changed else ''}"


def _moved_ground(verdict: Verdict, evidence: Sequence[Evidence], ground: Ground) -> str:
    record = ground.records.get(verdict.key)
    if (
        verdict.work_hash
        and record is not None
        and record.hash
        and record.hash != verdict.work_hash
    ):
        if record.outcome is Outcome.RETRACTED:
            return f"{verdict.key} has been retracted since"
        return f"the registry's record of {verdict.key} has changed since"
    if not verdict.passage_hash:
        return ""
    quote = next(
        (
            link.passage.text
            for link in evidence
            if link.key == verdict.key and passage_hash(link.passage.text) == verdict.passage_hash
        ),
        None,
    )
    if quote is None:
        return f"the passage of {verdict.key} that it judged is no longer linked"
    texts = ground.texts.get(verdict.key, ())
    if texts and not any(collapsed(quote) in collapsed(text.text) for text in texts):
        return f"the passage is no longer in the text of {verdict.key}"
    return ""
