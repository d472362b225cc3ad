"""Lines that are no sentences of the article's own prose, told by their look alone.

Blocks say what a line is where the format does (`exocite.model.BlockKind`); plain text and pasted
pages do not, so headings, by-lines, navigation and entries of a reference list stand among prose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from exocite.patterns import regex

_LONGEST_HEADING = 14
_SHORT = 6

_END = regex(r"[.!?…][\"'”’)\]]{0,3}[*†‡§\d,–\[\]^]{0,12}$")
_WORD = regex(r"[^\W\d_][\w’'-]*")
_BULLET = regex(r"^[\s•‣⁃◦▪●*·–—-]{1,6}|^\(?\d{1,3}[.)]\s")
_SMALL = frozenset(
    {
        *("a", "an", "and", "as", "at", "but", "by", "de", "for", "from", "in", "into", "nor"),
        *("of", "off", "on", "onto", "or", "over", "per", "so", "the", "to", "up", "via", "vs"),
        *("with", "without", "your", "is", "are"),
    }
)
_FINITE = regex(
    r"\b(?:is|are|was|were|has|have|had|does|do|did|can|could|will|would|may|might|must|should"
    r"|cannot|isn't|aren't|doesn't|don't|makes?|causes?|reduces?|increases?|improves?|helps?"
    r"|contains?|becomes?|remains?|shows?|leads?|gets?|gives?|works?|needs?|prevents?|protects?)\b",
    re.IGNORECASE,
)

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}},? \d{{4}}"
    r"|\d{4}-\d\d-\d\d)"
)
_NAME = r"(?:(?:dr|prof|mr|mrs|ms)\.? )?[A-Z][\w.’'-]{0,30}(?: [A-Z][\w.’'-]{0,30}){0,4}"

_BYLINE = regex(
    r"^(?:(?:medically |fact[- ]?|clinically )?(?:written|reviewed|edited|updated|published|posted"
    r"|checked|photographed|medically reviewed|last (?:updated|modified|reviewed))"
    r"(?: (?:by|on|in|at)\b|:)"
    rf"|(?:updated|published|posted|reviewed),? {_DATE}|(?:by:? )?{_DATE}$"
    r"|last (?:updated|modified|reviewed)\b|\d{1,3} min(?:ute)?s? read\b"
    r"|(?:photo|image|photograph|picture)s?(?: credit)?s?(?: by|:)|(?:author|editor)s?:)",
    re.IGNORECASE,
)
_BY_NAME = regex(rf"^[Bb]y:? {_NAME}(?:\s*[,|–—·-].{{0,80}})?$")
_NAVIGATION = regex(
    r"^(?:home|blog|menu|news|search|share|tweet|like|follow us|contact(?: us)?|about(?: us)?|login"
    r"|log in|sign (?:in|up)|subscribe|newsletter|next|previous|back to top|read (?:more|next)|more"
    r"|table of contents|contents|related(?: (?:articles|posts|stories))?|comments?|leave a reply"
    r"|advertisement|sponsored|skip to (?:main )?content|tags?|categor(?:y|ies)|cookie settings"
    r"|privacy policy|add to (?:cart|basket)|shop(?: now)?|download|print|e-?mail|faqs?|references?"
    r"|sources?|bibliography|works cited|literature|further reading|footnotes?|notes?|disclaimer"
    r"|acknowledge?ments?|advertising disclosure|donate)(?: ?[:|»>].{0,120})?$",
    re.IGNORECASE,
)
_TRAIL = regex(r"[^.!?]{0,200}(?: » | › | > | \| )[^.!?]{0,200}$")
_TRAIL_MARKS = (" » ", " › ", " > ", " | ")
_BOILERPLATE = regex(
    r"^(?:©|copyright (?:©|\(c\)|\d)|\(c\) \d{4}|disclaimer\b|all rights reserved|advertisement\b)"
    r"|^to (?:search|find|book|learn|read|get|see|view|discover)\b.{0,400}"
    r"\b(?:please|click|visit|contact|use our|sign up|call)\b"
    r"|^(?:click|tap) (?:here|on)\b|^(?:follow|like|find) us on\b"
    r"|^this (?:page|site|website|blog|content|information|article) (?:is|does|was|contains|uses"
    r"|has been) (?:not |provided |for |intended |sponsored |written |affiliate )",
    re.IGNORECASE,
)

_RIGHTS = regex(r"\ball rights reserved\b", re.IGNORECASE)

_YEAR = r"(?:1[6-9]|20)\d\d[a-z]?"
_AUTHOR = (
    r"[^\W\d_][\w’'-]{1,30}(?: [A-Z]{1,3}\b|, (?:[A-Z]\.(?: ?-?[A-Z]\.){0,3}"
    r"|[A-Z][\w’'-]{1,20}(?: [A-Z]\.)?))"
)
_REFERENCE_SIGNS = (
    regex(rf"^{_AUTHOR}(?:,|;|\.| and\b| &| et al| \(|:|$)"),
    regex(
        rf"\({_YEAR}(?:, [^()]{{0,20}})?\)[.:,]|[;,.] ?{_YEAR}\b[;:.]|, {_YEAR}\.?$|\b{_YEAR}[;:]"
    ),
    regex(r"\d ?\(\d{1,4}(?:[–-]\d{1,4})?\)|\d{1,4}\.\d{1,3} \(|\bvol\. ?\d|\bno\. ?\d|\d;\d"),
    regex(r":\s?e?\d{1,7}(?:[–-]e?\d{1,7})?\b|\bpp?\. ?\d|\b\d{1,5}[–-]\d{1,5}\.?$"),
    regex(r"\bdoi\b|10\.\d{4,9}/|https?://|\baccessed\b|\bretrieved\b", re.IGNORECASE),
    regex(r"\bet al\b|[\"“][^\"”]{8,300}[.,?][\"”]"),
    regex(
        r"\b(?:journal|proceedings|press|lancet|review|reviews|annals|archives|frontiers|j)\b",
        re.IGNORECASE,
    ),
)
# What a line must hold one of, in lower case, to have a sign; none where there is no such text.
_NEEDED: tuple[tuple[str, ...], ...] = (
    *((), (), (), ()),
    ("doi", "10.", "http", "accessed", "retrieved"),
    ("et al", '"'),
    ("j", "proceedings", "press", "lancet", "review", "annals", "archives", "frontiers"),
)
_DIGIT = regex(r"\d")
_LINK_ONLY = regex(r"^(?:https?://|www\.|doi:)\S{1,2000}$", re.IGNORECASE)


def appearance(text: str) -> str:
    """What a line looks like if it is no sentence of prose: "a heading", "a byline", …; else "".

    The answer completes the sentence "this is …".
    """
    line = _BULLET.sub("", text.strip()[:4000], count=1).strip()
    if not any(map(str.isalpha, line)):
        return "no words"
    if _LINK_ONLY.match(line):
        return "a link"
    if _NAVIGATION.search(line):
        return "navigation"
    if _BOILERPLATE.search(line) or _reserves_rights(line):
        return "boilerplate"
    if _BYLINE.search(line) or _BY_NAME.search(line):
        return "a byline"
    if is_reference(line):
        return "an entry of a reference list"
    marked = any(map(line.__contains__, _TRAIL_MARKS))
    if marked and _TRAIL.fullmatch(line) and len(line) < 300 and _looks_titled(_WORD.findall(line)):
        return "navigation"
    return "a heading" if is_heading(line) else ""


def _reserves_rights(line: str) -> bool:
    # To look for the word is far quicker; case is no simple matter beyond ASCII.
    may = not line.isascii() or "reserved" in line.lower()
    return may and _RIGHTS.search(line) is not None


def is_reference(line: str) -> bool:
    """Whether the line reads as an entry of a reference list.

    It must have three signs of one, or four where it does not begin with a name.
    """
    if len(line) > 1200:
        return False
    named = bool(_REFERENCE_SIGNS[0].search(line))
    if not named and not _DIGIT.search(line):
        return False
    missing = 2 if named else 4
    possible = _possible_signs(line)
    left = len(possible)
    for pattern in possible:
        if missing > left:
            return False
        missing -= bool(pattern.search(line))
        left -= 1
        if not missing:
            return True
    return False


def _possible_signs(line: str) -> Sequence[re.Pattern[str]]:
    """The signs, but for that of a name, that the line may have; most prose has too few."""
    if not line.isascii():
        return _REFERENCE_SIGNS[1:]
    lower = line.lower()
    return [
        pattern
        for pattern, needed in zip(_REFERENCE_SIGNS[1:], _NEEDED[1:], strict=True)
        if not needed or any(map(lower.__contains__, needed))
    ]


def is_heading(line: str) -> bool:
    """Whether the line reads as a heading or label: short, without a stop, titled or verbless."""
    words = _WORD.findall(line)
    if not words or len(words) > _LONGEST_HEADING or len(line) > 160:
        return False
    if line.isupper() and len(line) > 1:
        return True
    if _END.search(line):
        return False
    if _looks_titled(words):
        return True
    if line.endswith(":") and len(words) <= _SHORT:
        return True
    return len(words) <= _SHORT and not _FINITE.search(line)


def _looks_titled(words: list[str]) -> bool:
    """Whether all words but the small ones begin with a capital."""
    telling = [word for word in words if word.lower() not in _SMALL]
    if not telling:
        return True
    capitals = sum(word[0].isupper() for word in telling)
    return capitals == len(telling) or (len(telling) >= 4 and capitals >= len(telling) - 1)
