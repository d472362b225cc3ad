"""Lines that are no sentences of the article's own prose, told by their look alone.

Blocks say what a line is where the format does (`exocite.model.BlockKind`); plain text and pasted
pages do not, so headings, by-lines, navigation and entries of a reference list stand among prose.
"""

from __future__ import annotations

import re

from exocite.patterns import caseless, holds_any, regex

_LONGEST_HEADING = 14
_SHORT = 6
_SIGNS_BESIDE_A_NAME = 2
_SIGNS_WITHOUT = 4

_END = regex(r"[.!?…][\"'”’)\]]{0,3}[*†‡§\d,–\[\]^]{0,12}$")
_WORD = regex(r"[^\W\d_][\w’'-]*")
_BULLET = regex(r"[\s•‣⁃◦▪●*·–—-]{1,6}|\(?\d{1,3}[.)]\s")
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

# What a line begins with, in lower case, that each of the patterns below fits: few lines do, and
# to look for that is far quicker.
_BYLINE_BEGINS = (
    *("medically", "fact", "clinically", "written", "reviewed", "edited", "updated", "published"),
    *("posted", "checked", "photo", "last", "by", "image", "picture", "author", "editor"),
    *("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
)
"""Or a digit."""
_BYLINE = regex(
    r"(?:(?:medically |fact[- ]?|clinically )?(?:written|reviewed|edited|updated|published|posted"
    r"|checked|photographed|medically reviewed|last (?:updated|modified|reviewed))"
    r"(?: (?:by|on|in|at)\b|:)"
    rf"|(?:updated|published|posted|reviewed),? {_DATE}|(?:by:? )?{_DATE}$"
    r"|last (?:updated|modified|reviewed)\b|\d{1,3} min(?:ute)?s? read\b"
    r"|(?:photo|image|photograph|picture)s?(?: credit)?s?(?: by|:)|(?:author|editor)s?:)",
    re.IGNORECASE,
)
_BY_NAME = regex(rf"[Bb]y:? {_NAME}(?:\s*[,|–—·-].{{0,80}})?$")
_LONGEST_NAVIGATION = 24
_NAVIGATION_ENDS = ":|»>"
"""One of these stands in what is longer."""
_NAVIGATION = regex(
    r"(?:home|blog|menu|news|search|share|tweet|like|follow us|contact(?: us)?|about(?: us)?|login"
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
_BOILERPLATE_BEGINS = (
    *("©", "copyright", "(c)", "disclaimer", "all rights", "advertisement", "to ", "click", "tap"),
    *("follow", "like", "find", "this "),
)
_BOILERPLATE = regex(
    r"(?:©|copyright (?:©|\(c\)|\d)|\(c\) \d{4}|disclaimer\b|all rights reserved|advertisement\b)"
    r"|to (?:search|find|book|learn|read|get|see|view|discover)\b.{0,400}"
    r"\b(?:please|click|visit|contact|use our|sign up|call)\b"
    r"|(?:click|tap) (?:here|on)\b|(?:follow|like|find) us on\b"
    r"|this (?:page|site|website|blog|content|information|article) (?:is|does|was|contains|uses"
    r"|has been) (?:not |provided |for |intended |sponsored |written |affiliate )",
    re.IGNORECASE,
)
_RIGHTS = regex(r"\ball rights reserved\b", re.IGNORECASE)

_YEAR = r"(?:1[6-9]|20)\d\d[a-z]?"
_AUTHOR = (
    r"[^\W\d_][\w’'-]{1,30}(?: [A-Z]{1,3}\b|, (?:[A-Z]\.(?: ?-?[A-Z]\.){0,3}"
    r"|[A-Z][\w’'-]{1,20}(?: [A-Z]\.)?))"
)
_NAMED_FIRST = regex(rf"{_AUTHOR}(?:,|;|\.| and\b| &| et al| \(|:|$)")
# A sign of a reference, and what a line must hold one of, in lower case, to have it.
_REFERENCE_SIGNS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    (
        ("16", "17", "18", "19", "20"),
        regex(
            rf"\({_YEAR}(?:, [^()]{{0,20}})?\)[.:,]|[;,.] ?{_YEAR}\b[;:.]|, {_YEAR}\.?$"
            rf"|\b{_YEAR}[;:]"
        ),
    ),
    (
        ("(", "vol.", "no.", ";"),
        regex(r"\d ?\(\d{1,4}(?:[–-]\d{1,4})?\)|\d{1,4}\.\d{1,3} \(|\bvol\. ?\d|\bno\. ?\d|\d;\d"),
    ),
    (
        (":", "p.", "-", "–"),
        regex(r":\s?e?\d{1,7}(?:[–-]e?\d{1,7})?\b|\bpp?\. ?\d|\b\d{1,5}[–-]\d{1,5}\.?$"),
    ),
    (
        ("doi", "10.", "http", "accessed", "retrieved"),
        regex(r"\bdoi\b|10\.\d{4,9}/|https?://|\baccessed\b|\bretrieved\b", re.IGNORECASE),
    ),
    (("et al", '"', "“"), regex(r"\bet al\b|[\"“][^\"”]{8,300}[.,?][\"”]")),
    (
        ("j", "proceedings", "press", "lancet", "review", "annals", "archives", "frontiers"),
        regex(
            r"\b(?:journal|proceedings|press|lancet|review|reviews|annals|archives|frontiers|j)\b",
            re.IGNORECASE,
        ),
    ),
)
_DIGIT = regex(r"\d")
_LINK_BEGINS = ("http", "www.", "doi:")
_LINK_ONLY = regex(r"(?:https?://|www\.|doi:)\S{1,2000}$", re.IGNORECASE)


def appearance(text: str) -> str:
    """What a line looks like if it is no sentence of prose: "a heading", "a byline", …; else "".

    The answer completes the sentence "this is …".
    """
    line = _without_bullet(text.strip()[:4000])
    if not any(map(str.isalpha, line)):
        return "no words"
    lower = caseless(line)
    if lower.startswith(_LINK_BEGINS) and _LINK_ONLY.match(line):
        return "a link"
    short = len(line) <= _LONGEST_NAVIGATION or holds_any(line, _NAVIGATION_ENDS)
    if short and _NAVIGATION.match(line):
        return "navigation"
    if lower.startswith(_BOILERPLATE_BEGINS) and _BOILERPLATE.match(line):
        return "boilerplate"
    if "reserved" in lower and _RIGHTS.search(line):
        return "boilerplate"
    dated = line[0].isdecimal() or lower.startswith(_BYLINE_BEGINS)
    if dated and (_BYLINE.match(line) or _BY_NAME.match(line)):
        return "a byline"
    if is_reference(line):
        return "an entry of a reference list"
    if (
        holds_any(line, _TRAIL_MARKS)
        and _TRAIL.fullmatch(line)
        and len(line) < 300
        and _looks_titled(_WORD.findall(line))
    ):
        return "navigation"
    return "a heading" if is_heading(line) else ""


def _without_bullet(line: str) -> str:
    bullet = None if line[:1].isalpha() else _BULLET.match(line)
    return line[bullet.end() :].strip() if bullet else line


def is_reference(line: str) -> bool:
    """Whether the line reads as an entry of a reference list.

    It must have three signs of one, or four where it does not begin with a name.
    """
    if len(line) > 1200:
        return False
    lower = caseless(line)
    possible = [pattern for held, pattern in _REFERENCE_SIGNS if holds_any(lower, held)]
    if len(possible) < _SIGNS_BESIDE_A_NAME:
        return False
    named = _NAMED_FIRST.match(line) is not None
    if not named and not _DIGIT.search(line):
        return False
    missing = _SIGNS_BESIDE_A_NAME if named else _SIGNS_WITHOUT
    left = len(possible)
    for pattern in possible:
        if missing > left:
            return False
        missing -= bool(pattern.search(line))
        left -= 1
        if not missing:
            return True
    return False


def is_heading(line: str) -> bool:
    """Whether the line reads as a heading or label: short, without a stop, titled or verbless."""
    stopped = line.endswith((".", "!", "?", "…")) and not line.isupper()
    if stopped or len(line) > 160:
        return False
    words = _WORD.findall(line)
    if not words or len(words) > _LONGEST_HEADING:
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
