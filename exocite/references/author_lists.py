"""The author list that a printed reference begins with, in the order and form of its style."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from exocite.matching.words import word_set
from exocite.model import Name
from exocite.references.names import PARTICLES, SUFFIXES, direct_name

_UPPER = "".join(chr(c) for c in range(0x41, 0x530) if chr(c).isupper())
_U = f"[{re.escape(_UPPER)}]"
_LETTER = r"[^\W\d_]"
_WORD = rf"(?:(?:[dDlLOo]['’‘`ʼ])?{_U}{_LETTER}*(?:['’‘ʼ\-‐‑–]{_LETTER}+){{0,3}})"
_PARTICLE = (
    r"(?:(?:[Vv]an|[Vv]on|[Dd]er|[Dd]en|[Dd]el|[Dd]ella|[Dd]ello|[Dd]egli|[Dd]ei|[Dd]al|[Dd]alla|[Dd]e|[Dd]i|[Dd]as|[Dd]a|[Dd]os|[Dd]o|[Dd]u"
    r"|[Ll]a|[Ll]e|[Tt]er|[Tt]en|[Tt]e|zur|zum|zu|vom|bin|ibn|[Aa]l|[Ee]l|af|av|San|St\.?|[’']t)[\s-])"
)
_LONG = rf"(?:(?={_LETTER}['’‘`ʼ]?{_LETTER}){_WORD})"
_FAMILY = rf"(?:{_PARTICLE}{{0,3}}{_LONG}(?:\s{_PARTICLE}{{0,3}}{_LONG}){{0,2}})"
_GAP = r"[\s\-‐‑–]"
_DOTTED = (
    rf"(?:(?!(?:Jr|Sr|St)\.){_U}{_LETTER}?\.(?:{_GAP}{{0,2}}{_U}{_LETTER}?\.){{0,4}}"
    rf"(?:{_GAP}{{0,2}}{_U}(?![\w’']))?)"
)
_CAPITALS = rf"(?:(?!(?:II|III|IV)\b){_U}{{1,3}}(?:{_GAP}{_U}){{0,2}}(?![\w’']|\.{_U}|\.\s?{_U}\.))"
_SPACED = rf"(?:{_U}(?:{_GAP}{_U}){{1,3}}(?![\w’']))"
_GIVEN = rf"(?:{_WORD}(?:[\s\-]{{1,2}}(?:{_U}\.|{_WORD})){{0,3}})"
_SUFFIX = r"(?P<s>(?:,?\s(?:Jr|Sr|II|III|IV|3rd|2nd|Ph\.?\s?D|M\.?D)\b\.?)?)"
_BEHIND = (
    r"(?:\s(?P<p>(?:van|von|de|der|den|da|das|di|do|dos|du|la)(?:\s(?:der|den|la|las|los))?)"
    r"(?=[,.;\s]))?"
)
_MIDDLE = rf"(?:\s(?:de|da|do|dos|von|van)\s{_U}(?:\.|(?!\w)))?"
_WHOLE = rf"(?:\s{_LONG}(?=,\s(?:et\sal|and\s{_U}|&)|\.\s[“\"]|\.\s\d{{4}}))?"
_NICK = rf"(?:\s\({_U}{_LETTER}{{1,20}}\)\.?)?"

# How one name may be written, most telling first. Groups: f family, g given, p particle behind it,
# s suffix.
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (label, re.compile(pattern))
    for label, pattern in (
        (
            "inverted",
            (
                rf"(?P<f>{_FAMILY}),\s?(?P<g>{_DOTTED}{_MIDDLE}{_WHOLE}|{_SPACED})"
                rf"{_BEHIND}{_SUFFIX}{_NICK}"
            ),
        ),
        ("initials", rf"(?P<g>{_DOTTED}|{_SPACED})\s?(?P<f>{_FAMILY}){_SUFFIX}{_NICK}"),
        (
            "vancouver",
            (
                rf"(?P<f>{_FAMILY})\s(?P<g>{_CAPITALS}{_MIDDLE}|{_DOTTED}){_BEHIND}"
                r"(?P<s>(?:\s(?:Jr|Sr|II|III|IV|2nd|3rd|Ph\.?D)\b\.?)?)"
            ),
        ),
        (
            "inverted",
            (
                rf"(?P<f>{_FAMILY}),\s?(?P<g>{_U}{{1,3}}(?![\w’'.]|\s{_LONG}(?:,|\sand\s|\s&)))"
                rf"{_BEHIND}{_SUFFIX}"
            ),
        ),
    )
)
_FULL_INVERTED = re.compile(rf"(?P<f>{_FAMILY}),\s(?P<g>{_GIVEN}){_BEHIND}{_SUFFIX}")
_FULL_DIRECT = re.compile(rf"(?P<n>{_GIVEN}(?:\s{_PARTICLE}{{1,3}}{_WORD})?){_SUFFIX}")
# Behind "Olga M": ". Brandt, Juan Cruz", ". Brandt, “" or ". van Brandt" shows that Olga is no
# family name.
_GOES_ON = re.compile(
    rf"\.\s{_LONG},\s(?:[“\"‘«]|et\sal|(?:and\s)?{_WORD}\s(?:{_U}\.\s)?{_FAMILY}(?:[,.]|\sand\s))"
    rf"|\.\s(?=[a-z]){_PARTICLE}{{1,3}}{_LONG}[,.\s]"
)
# In a list that is no list of "Family GH": ". Brandt", " Brandt".
_MIDDLE_INITIAL = re.compile(rf"\.?\s{_LONG}\.?(?:,(?!\s?\(?\d)|\sand\s|\s&|\s?$)")
_SINGLE = re.compile(rf"(?P<f>{_FAMILY})")
_ET_AL = re.compile(
    r"[,;]?\s?(?:&\s)?(?:\(?et\.?\s?al[il]*\.?\)?|and\sothers|\bu\.\s?a\.|…|\.\.\.)", re.IGNORECASE
)
_SEPARATOR = re.compile(
    r"\.?\s?[,;]\s?(?:&|and|und|et|y|e|…|\.\.\.)\s"
    r"|\s?(?:[,;/]|\s&|\sand|\sund|\set|\sy)\s(?!al\b)|\s?;\s?|,(?=[A-Z]\.)"
)
_LAST_SEPARATOR = re.compile(r"&|\b(?:and|und|et|y)\b")
_AFTER = re.compile(
    r"\s*$|\.?\s?[(\[“”\"‘«:,;]|\.\s|,\s|\s(?=(?:19|20)\d\d\b)|\.?,?\s?(?:et\.?\sal|&|and\b)|\.$"
)
# "J. Eco. History 36(" : what stands before a volume is no name.
_JOURNAL = re.compile(
    rf"(?:[\s.&]{{1,2}}{_U}{_LETTER}{{0,20}}){{1,5}}[\s.,:]{{1,2}}[A-Z]?\d{{1,4}}\s?[(,:]"
)
_YEAR = re.compile(r"[\s.,]*\(?(?:1[5-9]|20)\d\d\b")
_NUMBERED = re.compile(r"[\s.,]*(?:vol\.?\s?)?[A-Z]?\d{1,4}\s?(?:[(:;]|,\s)")
_NOT_A_NAME = word_set(
    """
    the a an in on of for and from to with by at as is are review proceedings journal annual
    international advances introduction handbook university press vol volume
    """
)
_MOST_NAMES = 300
_GIVEN_FIRST = frozenset(("initials", "direct"))


@dataclass(frozen=True, slots=True)
class NameList:
    """The names at the start of a text, whether "et al." follows, and where the list ends."""

    names: tuple[Name, ...] = ()
    et_al: bool = False
    end: int = 0


# Rules, features and repairs ask for the same list of a reference.
@lru_cache(maxsize=64)
def leading_names(text: str) -> NameList:
    """The author list that a printed reference begins with; empty when it begins otherwise.

    Knows "Family, G. H.", "Family GH", "G. H. Family", "Family, Given, and Given Family".
    """
    names: list[Name] = []
    at, et_al, style = 0, False, ""
    ahead, ahead_style = None, ""
    while len(names) < _MOST_NAMES:
        known = ahead is not None and ahead_style == style
        found = ahead if known else _one(text, at, style, first=not names)
        if found is None:
            break
        name, end, way = found
        # Behind "Cruz, J.," Chicago prints "Olga Brandt, A. Berg": given names stand first.
        style = "full" if style in {"inverted", "full"} and way in _GIVEN_FIRST else way
        names.append(name)
        at = end
        more = _ET_AL.match(text, at)
        if more:
            at, et_al = more.end(), True
            break
        separator = _SEPARATOR.match(text, at)
        if separator is None:
            break
        following = _ET_AL.match(text, separator.end())
        if following:
            at, et_al = following.end(), True
            break
        ahead, ahead_style = _one(text, separator.end(), style, first=False), style
        if ahead is None:
            break
        at = separator.end()
        if _LAST_SEPARATOR.search(separator[0]):
            style = style or "full"
    return NameList(tuple(names), et_al, at if names else 0)


def _one(text: str, at: int, style: str, *, first: bool) -> tuple[Name, int, str] | None:
    """A name at `at`, its end, and the style of the list from then on."""
    ways = _ORDER["first" if first else style]
    return next((found for way in ways if (found := way(text, at, style)) is not None), None)


def _with_initials(text: str, at: int, style: str) -> tuple[Name, int, str] | None:
    for label, form in _FORMS:
        match = form.match(text, at)
        if match and label != "initials" and _given_first(text, match.end(), label, style):
            continue
        if match and _plausible(match["f"], initials=True) and _ends_well(text, match, label):
            groups = match.groupdict()
            name = _printed(match["f"], match["g"], match["s"], groups.get("p") or "")
            return name, _past_suffix(text, name, match.end()), label
    return None


def _given_first(text: str, end: int, label: str, style: str) -> bool:
    """Whether what looks like "Olga M" or "Olga Brandt, M." is followed by a family name."""
    if style not in {"", "vancouver"} and _MIDDLE_INITIAL.match(text, end):
        return True
    return label == "vancouver" and _GOES_ON.match(text, end) is not None


def _inverted(text: str, at: int, _style: str) -> tuple[Name, int, str] | None:
    match = _FULL_INVERTED.match(text, at)
    if match and _plausible(match["f"], match["g"]) and _full_ends(text, match.end()):
        name = _printed(match["f"], match["g"], match["s"], match["p"] or "")
        return name, match.end(), "full"
    return None


def _direct(text: str, at: int, style: str) -> tuple[Name, int, str] | None:
    match = _FULL_DIRECT.match(text, at)
    if match and " " in match["n"] and _plausible(match["n"]) and _full_ends(text, match.end()):
        name = direct_name([*match["n"].split(), *match["s"].strip(" ,").split()])
        return name, match.end(), "direct" if style == "inverted" else style or "direct"
    return None


def _alone(text: str, at: int, _style: str) -> tuple[Name, int, str] | None:
    """A family name by itself counts only before "et al."."""
    match = _SINGLE.match(text, at)
    if match and _ET_AL.match(text, match.end()):
        return _printed(match["f"], "", ""), match.end(), ""
    return None


_ORDER = {
    "first": (_with_initials, _inverted, _direct, _alone),
    "inverted": (_with_initials, _direct),
    "initials": (_with_initials,),
    "vancouver": (_with_initials,),
    "full": (_direct, _with_initials),
    "direct": (_direct, _with_initials),
    "": (_with_initials,),
}


def _printed(family: str, given: str, suffix: str, after: str = "") -> Name:
    particle, family = _printed_family(family)
    words = family.split()
    if len(words) > 1 and words[-1].lower() in SUFFIXES:
        suffix = suffix or words.pop()
    return Name(" ".join(words), given, after or particle, suffix.strip(" ,"))


def _past_suffix(text: str, name: Name, end: int) -> int:
    return (
        end + 1
        if name.suffix and text[end : end + 1] == "." and not name.suffix.endswith(".")
        else end
    )


def _printed_family(text: str) -> tuple[str, str]:
    words = text.split()
    count = 0
    while (
        count < len(words) - 1 and words[count].lower() in PARTICLES and words[count][:1].islower()
    ):
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])


def _plausible(*parts: str, initials: bool = False) -> bool:
    """Small words are no names, but before initials: "An, D." is one."""
    words = [word.lower() for part in parts for word in part.split()]
    return not any(word in _NOT_A_NAME and not (initials and len(word) < 3) for word in words)


def _ends_well(text: str, match: re.Match[str], label: str) -> bool:
    """A name with initials ends anywhere but before a number: "J. Opt. 18" is a journal."""
    if label == "initials" and _JOURNAL.match(text, match.end()):
        return False
    rest = text[match.end() : match.end() + 12]
    if _NUMBERED.match(rest) and not _YEAR.match(rest):
        return False
    return not rest[:1].isalnum()


def _full_ends(text: str, end: int) -> bool:
    return _AFTER.match(text, end) is not None and not re.match(
        r"[\s.]*\d{1,3}\b(?!\d)", text[end : end + 8]
    )
