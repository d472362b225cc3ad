"""Words that make a title a notice about another work, a reply to it, or a piece of it.

That two titles differ is found without them. A work bears such a word and the reference does not,
or the other way round: then they are two works, and the word says why.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from exocite.matching.words import latin, roman, word_set
from exocite.model import Update, Work

# What stands behind the word: "erratum to", "erratum:", "erratum [", "erratum" alone.
_OF = r"(?=\s?(?:to|for|on|in|of|with|notice|note|article|[:\[\](.“\"‘']|$))"
_ON = r"(?=\s?(?:to|on|about|regarding|re|[:\[“\"‘']))"

# What a title says that it is, and the pattern that shows it, at the start unless unmistakable.
_NOTICES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (
            "a retraction",
            (
                rf"^\W*(?:partial )?(?:retract(?:ion|ed)|withdraw(?:al|n)){_OF}"
                r"|\b(?:retraction|withdrawal|removal) (?:notice|note)\b|\bnotice of retraction\b"
            ),
        ),
        ("an expression of concern", r"\bexpressions? of concern\b"),
        (
            "a correction",
            (
                r"^\W*(?:(?:author|publisher)s?['’]?s? )?(?:errat(?:um|a)|corrigend(?:um|a)"
                rf"|corrections?|addend(?:um|a)|corrected|amendment|clarification){_OF}"
                r"|\b(?:erratum|corrigendum)\b|^\W*publisher['’]?s? note\b"
            ),
        ),
        (
            "a comment",
            (
                r"^\W*(?:(?:a|the|some) )?(?:invited |editorial |further )?(?:comments?|commentary"
                r"|discussion|response|reply|replies|rejoinder|rebuttal|letters?|re|remarks?"
                rf"|authors?['’]?s? (?:reply|response)|in (?:response|reply)){_ON}"
            ),
        ),
        (
            "a review of it",
            (
                r"^\W*(?:book )?reviews?\s?:|\breviewed$|\bbook reviews?\b"
                r"|^\W*(?:peer )?review for\b|\breview by\b"
            ),
        ),
        (
            "a meeting abstract",
            (
                r"^\W*(?:abstract|poster|oral|session)s?(?: presentation)? ?(?:no\.? ?)?"
                r"[a-z]{0,4}[-.]?\d{1,5}[a-z]?\b|^\W*[a-z]{1,3}[-.]?\d{1,5}[a-z]?\s?[.:)\]|–-]\s"
                r"|^\W*(?:meeting|conference|poster) abstracts?\b"
            ),
        ),
        (
            "supplementary material",
            (
                r"^\W*(?:supplement(?:ary|al)? (?:material|information|data|file|table|figure|text"
                r"|methods?)|supporting information|additional file|data (?:from|for|sheet)|dataset"
                r"|supplement to)\b"
            ),
        ),
        ("an interview", rf"^\W*(?:an? )?(?:interview|podcast|q ?& ?a|conversation){_OF}"),
        (
            "news about it",
            (
                r"^\W*(?:news|highlights?|in brief|in this issue|research highlights?"
                r"|news (?:and|&) views)\s?[:–—-]"
            ),
        ),
        ("a translation", r"[(\[](?:[a-z]+ )?translat(?:ion|ed)\b|^\W*translation of\s?[:“\"‘\[]"),
        ("a reprint", r"[(\[](?:corrected (?:and )?)?(?:reprint|republi)|^\W*reprint of\b"),
    )
)

# Words behind a title that make another work of it: a part, an edition, a reply, a second thought.
_PART_WORDS = word_set(
    "part parts volume vol no number edition ed section chapter book series band teil tome parte"
)
_KIND_WORDS = word_set(
    """
    reply response rejoinder comment comments commentary discussion letter editorial erratum
    corrigendum correction corrected addendum retraction retracted withdrawn update updated
    revisited continued poster abstract reprint reprinted republished supplement supplementary
    interview translation reviewed errata news preprint
    """
)
_ORDINALS = word_set("one two three four five first second third fourth fifth 1st 2nd 3rd 4th 5th")
_ARTICLES = word_set("a an the of")
_LONGEST_TAIL = 5

_RETRACTED_MARK = re.compile(
    r"^\W*(?:(?:article )?(?:retracted|withdrawn)(?: article)?)\s?[:\]).–—-]+\s*", re.IGNORECASE
)
_NOTICE_UPDATES = word_set(
    """
    correction corrected erratum corrigendum retraction withdrawal removal expression_of_concern
    addendum clarification partial_retraction retracted concern
    """
)
_RETRACTIONS = frozenset({"retraction", "withdrawal", "removal", "retracted", "withdrawn"})

# Notices that may bear the place of the work that they are about.
HARD_NOTICES = frozenset(
    {"a retraction", "an expression of concern", "a correction", "supplementary material"}
)

# Types of records that a reference with a place in a journal or book never means.
PARTS: Mapping[str, str] = {
    "component": "a component of another work",
    "peer-review": "a peer review",
    "dataset": "a data set",
    "journal": "a journal",
    "journal-issue": "a journal issue",
    "journal-volume": "a journal volume",
    "proceedings": "a volume of proceedings",
    "proceedings-series": "a series",
    "book-series": "a series",
    "grant": "a grant",
    "database": "a database",
}


def notices(text: str) -> frozenset[str]:
    """What a title says that it is beyond an ordinary work: "a correction", "a comment"."""
    plain = latin(text)
    return frozenset(name for name, pattern in _NOTICES if pattern.search(plain))


def tells_apart(tail: Sequence[str]) -> bool:
    """Whether words that stand behind one title only say that it is another part or kind.

    `tail` are folded words; a longer one is a subtitle.
    """
    if not tail or len(tail) > _LONGEST_TAIL:
        return False
    telling = [word for word in tail if word not in _ARTICLES]
    if len(telling) <= 3 and any(word in _KIND_WORDS for word in telling):
        return True
    bare = [word for word in telling if word not in _PART_WORDS]
    return (len(bare) < len(telling) and len(bare) <= 1) or all(map(_numeral, bare))


def _numeral(word: str) -> bool:
    return word.isdecimal() or len(word) == 1 or bool(roman(word)) or word in _ORDINALS


def is_notice(work: Work) -> bool:
    """Whether the registry says that this work corrects or retracts another."""
    return any(_kind(update) in _NOTICE_UPDATES for update in work.updates)


def retracted_by(work: Work) -> str:
    """The DOI of the notice that took the work back, or the word for it; "" when none did.

    A correction, an expression of concern and a retraction of a part take no work back.
    """
    note = retraction_of(work.updated_by)
    return (note.doi or note.type) if note else ""


def retraction_of(notes: Sequence[Update]) -> Update | None:
    """The first of the notices that takes a work back, one with a DOI before others."""
    found = [note for note in notes if _kind(note) in _RETRACTIONS]
    return next((note for note in found if note.doi), next(iter(found), None))


def merged(*groups: Sequence[Update]) -> tuple[Update, ...]:
    """The notices of several sources in the order of their dates, each source's kept apart.

    What one source says twice counts once, with its date where it has one.
    """
    kept: dict[tuple[str, str, str], Update] = {}
    for note in (note for group in groups for note in group):
        key = (_kind(note), note.doi, re.sub(r"\W+", " ", note.source.lower()))
        if key not in kept or (note.date and not kept[key].date):
            kept[key] = note
    return tuple(sorted(kept.values(), key=lambda one: (one.date, one.type, one.doi, one.source)))


def published_as(work: Work) -> str:
    """The DOI of the version of record of a preprint, "" where the registry names none."""
    for relation in ("is-preprint-of", "has-published-version"):
        if dois := work.relations.get(relation):
            return dois[0]
    return ""


def _kind(update: Update) -> str:
    """The registry's word for an update in one form: "expression_of_concern"."""
    return re.sub(r"[-\s]+", "_", update.type.strip().lower())


def without_mark(title: str) -> tuple[str, bool]:
    """The title without a publisher's "RETRACTED:" before it, and whether it bore one."""
    match = _RETRACTED_MARK.match(title)
    return (title[match.end() :], True) if match else (title, False)
