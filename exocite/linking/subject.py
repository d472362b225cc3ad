"""What a sentence that begins with "They" or "These vesicles" speaks of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from exocite.linking.terms import Analyser
from exocite.model import Claim

SUBJECT, TOPIC, BEFORE, SECTION = 0.8, 0.6, 0.35, 0.2
"""Weight of a term of the antecedent against one of the claim: of the subject of the sentence
before, of the article's usual subject, of the rest of the sentence before, of the heading."""

_MOST_WORDS = 4
_USUAL = 0.2
_POINTS_BACK = re.compile(
    r"\W*(?:it|its|they|their|them|he|she|his|her|this|that|these|those|such|both|the latter|"
    r"the former|the same)\b",
    re.IGNORECASE,
)
_EMPTY_IT = re.compile(
    r"\W*it\s(?:(?:has|had|may|can|should)\s)?(?:is|was|be|been)\s"
    r"(?:\w+\s){1,3}?(?:that|to|how)\b",
    re.IGNORECASE,
)
_ENDS_SUBJECT = re.compile(
    r"[,;:(]|\s(?:is|are|was|were|be|has|have|had|do|does|did|can|could|may|might|will|would|"
    r"should|must|of|from|in|with|by|as|that|which|who|not|also)\b",
    re.IGNORECASE,
)


def points_back(statement: str) -> bool:
    """Whether the sentence begins with a word that stands for something said before."""
    return bool(_POINTS_BACK.match(statement)) and not _EMPTY_IT.match(statement)


def subject(sentence: str, analyser: Analyser) -> list[str]:
    """Up to four stems of the subject of a sentence that names it, in order; else none."""
    if not sentence or _POINTS_BACK.match(sentence):
        return []
    end = _ENDS_SUBJECT.search(sentence)
    return analyser.stems(sentence[: end.start()] if end else sentence)[:_MOST_WORDS]


def spoken_of(claim: Claim) -> str:
    """The claim's words, behind those of the sentence before where it points back to it."""
    if claim.before and points_back(claim.statement):
        return f"{claim.before} {claim.statement}"
    return claim.statement


def topic(claims: Iterable[Claim], analyser: Analyser) -> tuple[str, ...]:
    """The stem that most claims have for a subject, where a fifth of them and two have it."""
    subjects = [set(subject(claim.statement, analyser)) for claim in claims]
    counted = Counter(stem for stems in subjects for stem in stems)
    if not counted:
        return ()
    count, stem = min((-count, stem) for stem, count in counted.items())
    return (stem,) if -count >= max(2, _USUAL * len(subjects)) else ()


def context(
    claim: Claim, analyser: Analyser, usual: tuple[str, ...] = ()
) -> Iterator[tuple[str, float]]:
    """Stems that count with the claim's own, with their weights, the heaviest first.

    Nothing for a claim that names its subject. `usual` is the article's topic.
    """
    if not points_back(claim.statement):
        return
    named = subject(claim.before, analyser)
    yield from ((stem, SUBJECT) for stem in named)
    if not named:
        yield from ((stem, TOPIC) for stem in usual)
    yield from ((stem, BEFORE) for stem in analyser.stems(claim.before))
    yield from ((stem, SECTION) for stem in analyser.stems(claim.section))
