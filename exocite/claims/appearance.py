"""Lines that are no sentences of the article's own prose, told by their look alone.

Blocks say what a line is where the format does (`exocite.model.BlockKind`); plain text and pasted
pages do not, so headings, by-lines, navigation and entries of a reference list stand among prose.
"""

from __future__ import annotations

import re

_LONGEST_HEADING = 14
_SHORT = 6

_END = re.compile(r"[.!?…][\"'”’)\]]{0,3}[*†‡§\d,–\[\]^]{0,12}$")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_BULLET = re.compile(r"^[\s•‣⁃◦▪●*·–—-]{1,6}|^\(?\d{1,3}[.)]\s")
_SMALL = frozenset(
    {
        *("a", "an", "and", "as", "at", "but", "by", "de", "for", "from", "in", "into", "nor"),
        *("of", "off", "on", "onto", "or", "over", "per", "so", "the", "to", "up", "via", "vs"),
        *("with", "without", "your", "is", "are"),
    }
)
_FINITE = re.compile(
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

_BYLINE = re.compile(
    r"^(?:(?:medically |fact[- ]?|clinically )?(?:written|reviewed|edited|updated|published|posted"
    r"|checked|photographed|medically reviewed|last (?:updated|modified|reviewed))"
    r"(?: (?:by|on|in|at)\b|:)"
    rf"|(?:updated|published|posted|reviewed),? {_DATE}|(?:by:? )?{_DATE}$"
    r"|last (?:updated|modified|reviewed)\b|\d{1,3} min(?:ute)?s? read\b"
    r"|(?:photo|image|photograph|picture)s?(?: credit)?s?(?: by|:)|(?:author|editor)s?:)",
    re.IGNORECASE,
)
_BY_NAME = re.compile(rf"^[Bb]y:? {_NAME}(?:\s*[,|–—·-].{{0,80}})?$")
_NAVIGATION = re.compile(
    r"^(?:home|blog|menu|news|search|share|tweet|like|follow us|contact(?: us)?|about(?: us)?|login"
    r"|log in|sign (?:in|up)|subscribe|newsletter|next|previous|back to top|read (?:more|next)|more"
    r"|table of contents|contents|related(?: (?:articles|posts|stories))?|comments?|leave a reply"
    r"|advertisement|sponsored|skip to (?:main )?content|tags?|categor(?:y|ies)|cookie settings"
    r"|privacy policy|add to (?:cart|basket)|shop(?: now)?|download|print|e-?mail|faqs?|references?"
    r"|sources?|bibliography|works cited|literature|further reading|footnotes?|notes?|disclaimer"
    r"|acknowledge?ments?|advertising disclosure|donate)(?: ?[:|»>].{0,120})?$",
    re.IGNORECASE,
)
_TRAIL = re.compile(r"[^.!?]{0,200}(?: » | › | > | \| )[^.!?]{0,200}$")
_BOILERPLATE = re.compile(
    r"^(?:©|copyright (?:©|\(c\)|\d)|\(c\) \d{4}|disclaimer\b|all rights reserved|advertisement\b)"
    r"|\ball rights reserved\b|^to (?:search|find|book|learn|read|get|see|view|discover)\b.{0,400}"
    r"\b(?:please|click|visit|contact|use our|sign up|call)\b"
    r"|^(?:click|tap) (?:here|on)\b|^(?:follow|like|find) us on\b"
    r"|^this (?:page|site|website|blog|content|information|article) (?:is|does|was|contains|uses"
    r"|has been) (?:not |provided |for |intended |sponsored |written |affiliate )",
    re.IGNORECASE,
)

_YEAR = r"(?:1[6-9]|20)\d\d[a-z]?"
_AUTHOR = (
    r"[^\W\d_][\w’'-]{1,30}(?: [A-Z]{1,3}\b|, (?:[A-Z]\.(?: ?-?[A-Z]\.){0,3}"
    r"|[A-Z][\w’'-]{1,20}(?: [A-Z]\.)?))"
)
_REFERENCE_SIGNS = (
    re.compile(rf"^{_AUTHOR}(?:,|;|\.| and\b| &| et al| \(|:|$)"),
    re.compile(
        rf"\({_YEAR}(?:, [^()]{{0,20}})?\)[.:,]|[;,.] ?{_YEAR}\b[;:.]|, {_YEAR}\.?$|\b{_YEAR}[;:]"
    ),
    re.compile(r"\d ?\(\d{1,4}(?:[–-]\d{1,4})?\)|\d{1,4}\.\d{1,3} \(|\bvol\. ?\d|\bno\. ?\d|\d;\d"),
    re.compile(r":\s?e?\d{1,7}(?:[–-]e?\d{1,7})?\b|\bpp?\. ?\d|\b\d{1,5}[–-]\d{1,5}\.?$"),
    re.compile(r"\bdoi\b|10\.\d{4,9}/|https?://|\baccessed\b|\bretrieved\b", re.IGNORECASE),
    re.compile(r"\bet al\b|[\"“][^\"”]{8,300}[.,?][\"”]"),
    re.compile(
        r"\b(?:journal|proceedings|press|lancet|review|reviews|annals|archives|frontiers|j)\b",
        re.IGNORECASE,
    ),
)
_DIGIT = re.compile(r"\d")
_LINK_ONLY = re.compile(r"^(?:https?://|www\.|doi:)\S{1,2000}$", re.IGNORECASE)


def appearance(text: str) -> str:
    """What a line looks like if it is no sentence of prose: "a heading", "a byline", …; else "".

    The answer completes the sentence "this is …".
    """
    line = _BULLET.sub("", text.strip()[:4000], count=1).strip()
    if not any(map(str.isalpha, line)):
        return "no words"
    if _LINK_ONLY.match(line):
        return "a link"
    for pattern, name in (
        (_NAVIGATION, "navigation"),
        (_BOILERPLATE, "boilerplate"),
        (_BYLINE, "a byline"),
        (_BY_NAME, "a byline"),
    ):
        if pattern.search(line):
            return name
    if is_reference(line):
        return "an entry of a reference list"
    if _TRAIL.fullmatch(line) and len(line) < 300 and _looks_titled(_WORD.findall(line)):
        return "navigation"
    return "a heading" if is_heading(line) else ""


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
    left = len(_REFERENCE_SIGNS) - 1
    for pattern in _REFERENCE_SIGNS[1:]:
        if missing > left:
            return False
        missing -= bool(pattern.search(line))
        left -= 1
        if not missing:
            return True
    return False


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
