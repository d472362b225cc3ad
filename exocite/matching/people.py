"""Whether the authors of a printed reference are those of a work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from exocite.matching.containers import same_container
from exocite.matching.fields import Field, Seen
from exocite.matching.words import alike, latin, words
from exocite.model import Name, ParsedReference, Work


def first_author(
    parsed: ParsedReference, work: Work, around: Sequence[str], *, unnamed: bool
) -> Seen:
    """The first author: family name, and the first initial where both sides have one.

    `unnamed`: the title stands first, so what was read as authors is part of it.
    """
    if unnamed:
        return Seen(Field.UNPRINTED, "", _shown(work.authors[:1]))
    if not work.authors:
        result = Field.UNRECORDED if parsed.authors else Field.UNPRINTED
        return Seen(result, _shown(parsed.authors[:1]))
    first = work.authors[0]
    shown = _shown(parsed.authors[:1]), _shown([first])
    if not parsed.authors:
        present = bool(words(first.family)) and _contains(around, words(first.family))
        return Seen(Field.AGREE if present else Field.UNPRINTED, *shown)
    ours = parsed.authors[0]
    if same_family(ours, first):
        if _initials_differ(ours, first):
            return Seen(Field.NEAR, *shown)
        return Seen(Field.AGREE if _others_agree(parsed, work) else Field.CONFLICT, *shown)
    if not around:
        return Seen(Field.CONFLICT, *shown)
    family = words(first.family or first.literal)
    if (
        family
        and len("".join(family)) > 2
        and _contains(around[: 4 * len(parsed.authors) + 6], family)
    ):
        return Seen(Field.AGREE if _others_agree(parsed, work) else Field.NEAR, *shown)
    if any(
        same_family(ours, other) and not _initials_differ(ours, other) for other in work.authors[1:]
    ):
        return Seen(Field.NEAR, *shown)
    return Seen(Field.CONFLICT, *shown)


def same_family(left: Name, right: Name) -> bool:
    """Whether two names have the same family name, particles and slips aside, or are one body."""
    if left.family and left.family == right.family:
        return True
    if left.literal or right.literal:
        ours, theirs = words(left.literal or left.family), words(right.literal or right.family)
        return bool(ours) and (
            same_container(" ".join(ours), " ".join(theirs))
            or (set(ours) <= set(theirs) and len(ours) > 1)
        )
    ours, theirs = words(left.family), words(right.family)
    if not ours or not theirs:
        return False
    if "".join(ours) == "".join(theirs) or alike("".join(ours), "".join(theirs)):
        return True
    full_ours = words(f"{left.particle} {left.family}")
    full_theirs = words(f"{right.particle} {right.family}")
    if "".join(full_ours) in {"".join(full_theirs), "".join(theirs)} or "".join(
        full_theirs
    ) == "".join(ours):
        return True
    # A double name may lack its second half; Crossref holds some names the wrong way round.
    if ours[-1] == theirs[-1] or ours[0] == theirs[0]:
        return max(len(ours), len(theirs)) > 1 and len(ours[0]) > 2
    return ours == words(right.given) and bool(theirs) and theirs == words(left.given)


def _initials_differ(left: Name, right: Name) -> bool:
    ours, theirs = latin(left.given)[:1], latin(right.given)[:1]
    return bool(ours and theirs and ours.isalpha() and theirs.isalpha()) and ours != theirs


def _others_agree(parsed: ParsedReference, work: Work) -> bool:
    """Whether those printed behind the first are mostly authors of the work."""
    others = parsed.authors[1:12]
    if len(others) < 2 or len(work.authors) < 2:
        return True
    found = sum(any(same_family(name, other) for other in work.authors) for name in others)
    return found * 2 >= len(others)


def _contains(sequence: Sequence[str], part: Sequence[str]) -> bool:
    size = len(part)
    return any(
        all(map(alike, sequence[start : start + size], part))
        for start in range(len(sequence) - size + 1)
    )


def _shown(names: Iterable[Name]) -> str:
    return "; ".join(
        name.literal or " ".join(filter(None, (name.particle, name.family))) for name in names
    )
