"""Words that make a title a notice about another work, a reply to it, or a piece of it.

They only say why a work is not the one that a reference names; that the titles differ is found
without them. A work bears such a word and the reference does not, or the other way round: then
they are two works.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from exocite.matching.words import latin, roman
from exocite.model import Work

# What is said, and the words at the start (or anywhere, where unmistakable) that say it.
_NOTICES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("a retraction", r"^\W*(?:retract(?:ion|ed)|withdraw(?:al|n))\b(?=\s?(?:notice|note|of|to|article|:|\[|\]|$|[“\"‘']))|\b(?:retraction|withdrawal|removal) (?:notice|note)\b"),
        ("an expression of concern", r"\bexpressions? of concern\b"),
        ("a correction", r"^\W*(?:(?:author|publisher)s?['’]?s? )?(?:erratum|errata|corrigend(?:um|a)|corrections?|addend(?:um|a)|corrected|amendment|clarification)\b(?=\s?(?:to|for|on|in|notice|:|\[|\.|$|[“\"‘']))|\b(?:erratum|corrigendum)\b"),
        ("a comment", r"^\W*(?:(?:a|the)\s)?(?:invited\s|editorial\s)?(?:comments?|commentary|discussion|response|reply|replies|rejoinder|rebuttal|letters?|re|in response|in reply|authors?['’]?s? (?:reply|response)|remarks?)\b(?=\s?(?:on|to|of|about|regarding|re|by)\b|\s?[:\[“\"‘'])"),
        ("a review of it", r"^\W*(?:book\s)?reviews?\s?:|\breviewed$|\bbook reviews?\b|^\W*(?:peer )?review for\b|\breview by\b"),
        ("a meeting abstract", r"^\W*(?:(?:abstract|poster|oral|session)s?(?: presentation)?\s?(?:no\.?\s?)?[a-z]{0,4}[-.]?\s?\d{1,5}[a-z]?\b|[a-z]{1,3}[-.]?\d{1,5}[a-z]?\s?[.:)\]|–-]\s)|^\W*(?:meeting |conference |poster )abstracts?\b"),
        ("supplementary material", r"^\W*(?:supplement(?:ary|al)? (?:material|information|data|file|table|figure|text|methods?)|supporting information|additional file|data (?:from|for|sheet)|dataset|supplement to)\b"),
        ("an interview", r"^\W*(?:an?\s)?(?:interview|podcast|q ?& ?a|conversation)\b(?=\s?(?:with|:|\[))"),
        ("news about it", r"^\W*(?:news|highlights?|in brief|in this issue|research highlight|news and views)\b\s?:"),
        ("a translation", r"[(\[](?:[a-z]+ )?translat(?:ion|ed)\b|^\W*translation of\b"),
        ("a reprint", r"[(\[](?:corrected )?repr(?:int(?:ed)?|ublication|ublished)\b|^\W*(?:corrected )?repr(?:int(?:ed)?|ublication|ublished)\b(?=\s?(?:of|:))"),
    )
)  # fmt: skip
# Words behind a title that make another work of it: a part, an edition, a reply, a second thought.
_PART_WORDS = frozenset(
    "part parts volume vol no number edition ed section chapter book series band teil tome parte".split()
)
_KIND_WORDS = frozenset(
    "reply response rejoinder comment comments commentary discussion letter editorial erratum corrigendum correction "
    "corrected addendum retraction retracted withdrawn update updated revisited continued poster abstract reprint "
    "reprinted republished supplement supplementary interview translation reviewed review errata news preprint".split()
)
_LONGEST_TAIL = 5


def tells_apart(tail: Sequence[str]) -> bool:
    """Whether words that stand behind one title only say that it is another part or kind.

    `tail` are folded words; a longer one is a subtitle.
    """
    if not tail or len(tail) > _LONGEST_TAIL:
        return False
    if any(word in _KIND_WORDS for word in tail):
        return True
    bare = [
        word for word in tail if word not in _PART_WORDS and word not in {"a", "an", "the", "of"}
    ]
    return len(bare) < len(tail) and len(bare) <= 1 or all(_numeral(word) for word in bare)


def _numeral(word: str) -> bool:
    return word.isdecimal() or len(word) == 1 or bool(roman(word)) or word in _ORDINALS


_ORDINALS = frozenset(
    "one two three four five first second third fourth fifth 1st 2nd 3rd 4th 5th".split()
)
_RETRACTED_MARK = re.compile(
    r"^\W*(?:(?:article\s)?retracted(?:\sarticle)?|withdrawn(?:\sarticle)?)\s?[:\]\).–—-]+\s*",
    re.IGNORECASE,
)
_NOTICE_UPDATES = frozenset(
    "correction corrected erratum corrigendum retraction withdrawal removal expression_of_concern addendum "
    "clarification partial_retraction retracted concern".split()
)
_RETRACTIONS = frozenset({"retraction", "withdrawal", "removal", "retracted", "withdrawn"})


def notices(text: str) -> frozenset[str]:
    """What a title says that it is, beyond an ordinary work: "a correction", "a comment", …"""
    plain = latin(text)
    return frozenset(name for name, pattern in _NOTICES if pattern.search(plain))


def is_notice(work: Work) -> bool:
    """Whether the registry says that this work corrects, retracts or comments on another."""
    return any(
        update.type.lower().replace("-", "_").replace(" ", "_") in _NOTICE_UPDATES
        for update in work.updates
    )


def retracted_by(work: Work) -> str:
    """The DOI of the notice that took the work back, or the word for it; "" when none did."""
    for update in work.updated_by:
        if update.type.lower() in _RETRACTIONS:
            return update.doi or update.type
    return ""


def without_mark(title: str) -> tuple[str, bool]:
    """The title without a publisher's "RETRACTED:" before it, and whether it bore one."""
    match = _RETRACTED_MARK.match(title)
    return (title[match.end() :], True) if match else (title, False)


# Types of records that are never what a reference with a place in a journal or book means.
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
