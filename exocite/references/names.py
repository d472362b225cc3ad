"""Names of people and bodies: BibTeX's syntax, and the author lists of printed references.

Source for BibTeX's three forms ("First von Last", "von Last, First", "von Last, Jr, First"):
O. Patashnik, BibTeXing (1988), section 4; N. Markey, Tame the BeaST (2009), section 11.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from exocite.model import Name

# --------------------------------------------------------------------------- BibTeX's syntax

_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})


def bibtex_names(text: str) -> tuple[Name, ...]:
    """The names of a BibTeX author or editor field; "and others" is no name.

    A name wholly in braces is a body and kept as `literal`. Unbalanced braces do not fail.
    """
    parts = (part.strip() for part in _split(text, _AND))
    return tuple(_bibtex_name(part) for part in parts if part and part.lower() != "others")


def has_others(text: str) -> bool:
    """Whether a BibTeX name field ends in "and others"."""
    parts = _split(text, _AND)
    return bool(parts) and parts[-1].strip().lower() == "others"


def bibtex_field(names: Sequence[Name], *, others: bool = False) -> str:
    """The names as a BibTeX field: "Ku, Ying C. and {World Health Organization} and others"."""
    written = [_written(name) for name in names]
    return " and ".join([*filter(None, written), *(["others"] if others and written else [])])


def readable(name: Name) -> str:
    """The name as it is said: "Ying C. Ku", "Ludwig van Beethoven Jr."."""
    if name.literal:
        return name.literal
    return " ".join(filter(None, (name.given, name.particle, name.family, name.suffix)))


def _written(name: Name) -> str:
    if name.literal:
        return "{" + _plain(name.literal) + "}"
    family = " ".join(filter(None, (_plain(name.particle), _protected(name.family))))
    return ", ".join(filter(None, (family, _plain(name.suffix), _plain(name.given))))


def _protected(family: str) -> str:
    """A family name with "and" or a comma in it stays one name inside braces."""
    plain = _plain(family)
    return "{" + plain + "}" if "," in plain or _AND.search(plain) else plain


def _plain(text: str) -> str:
    return re.sub(r"[{}\\]", "", text).strip()


_AND = re.compile(r"\sand(?=\s)", re.IGNORECASE)
_COMMA = re.compile(r",")
_BLANK = re.compile(r"[\s~]+")


def _split(text: str, separator: re.Pattern[str]) -> list[str]:
    """Split where the separator stands outside braces."""
    depth, pieces, start = 0, [], 0
    depths = []
    for character in text:
        if character == "}":
            depth = max(0, depth - 1)
        depths.append(depth)
        if character == "{":
            depth += 1
    for match in separator.finditer(text):
        if depths[match.start()] == 0:
            pieces.append(text[start : match.start()])
            start = match.end()
    pieces.append(text[start:])
    return pieces


def _bibtex_name(text: str) -> Name:
    if text.startswith("{") and _closing(text) == len(text) - 1:
        return Name(literal=_plain(text))
    parts = [part.strip() for part in _split(text, _COMMA)]
    parts = [part for part in parts if part]
    if len(parts) >= 3:
        particle, family = _particle(parts[0])
        return Name(family, _plain(" ".join(parts[2:])), particle, _plain(parts[1]))
    if len(parts) == 2:
        particle, family = _particle(parts[0])
        if parts[1].lower() in _SUFFIXES:
            return Name(family, "", particle, parts[1])
        return Name(family, _plain(parts[1]), particle)
    words = [word for word in _split(" ".join(parts), _BLANK) if word]
    return direct_name([_plain(word) for word in words if _plain(word)], braced=_braced(words))


def _closing(text: str) -> int:
    depth = 0
    for place, character in enumerate(text):
        depth += (character == "{") - (character == "}")
        if depth == 0:
            return place
    return -1


def _braced(words: Sequence[str]) -> bool:
    return bool(words) and words[-1].startswith("{")


def direct_name(words: Sequence[str], *, braced: bool = False) -> Name:
    """A name written given name first, in words: particles in lower case begin the family name."""
    if not words:
        return Name()
    suffix = ""
    rest = list(words)
    if len(rest) > 2 and rest[-1].lower() in _SUFFIXES and not braced:
        suffix = rest.pop()
    first = next((i for i, word in enumerate(rest[:-1]) if i and word[:1].islower()), len(rest) - 1)
    if len(rest) > 1 and rest[0][:1].islower() and rest[0].lower() in PARTICLES:
        first = 0
    particle, family = _particle(" ".join(rest[first:]))
    return Name(family, " ".join(rest[:first]), particle, suffix)


def _particle(text: str) -> tuple[str, str]:
    """The lower-case words before the family name, and the family name."""
    words = [word for word in _split(text, _BLANK) if word]
    count = 0
    while count < len(words) - 1 and words[count][:1].islower():
        count += 1
    return _plain(" ".join(words[:count])), _plain(" ".join(words[count:]))


# --------------------------------------------------------------------------- printed lists

PARTICLES = frozenset(
    "van von der den de del della dela di da das do dos du la le las los ter ten te zu zur zum bin "
    "ibn al el af av y e san st".split()
)
_UPPER = "".join(chr(c) for c in range(0x41, 0x530) if chr(c).isupper())
_U = f"[{re.escape(_UPPER)}]"
_LETTER = r"[^\W\d_]"
_WORD = rf"(?:(?:[dDlLOo]['’‘`ʼ])?{_U}{_LETTER}*(?:['’‘ʼ\-‐‑–]{_LETTER}+){{0,3}})"
_PARTICLE = r"(?:(?:[Vv]an|[Vv]on|[Dd]er|[Dd]en|[Dd]e|[Dd]el|[Dd]ella|[Dd]i|[Dd]a|[Dd]as|[Dd]o|[Dd]os|[Dd]u|[Ll]a|[Ll]e|[Tt]er|[Tt]en|[Tt]e|zu|zur|bin|ibn|[Aa]l|[Ee]l|af|av|San|St\.?|’t|'t)[\s-])"
_LONG = rf"(?:(?={_LETTER}['’‘`ʼ]?{_LETTER}){_WORD})"
_FAMILY = rf"(?:{_PARTICLE}{{0,3}}{_LONG}(?:\s{_PARTICLE}{{0,3}}{_LONG}){{0,2}})"
_DOTTED = rf"(?:{_U}{_LETTER}?\.(?:[\s\-‐‑–]{{0,2}}{_U}{_LETTER}?\.){{0,4}}(?:[\s\-‐‑–]{{0,2}}{_U}(?![\w’']))?)"
_CAPITALS = rf"(?:{_U}{{1,3}}(?:[\s\-‐‑–]{_U}){{0,2}}(?![\w’']|\.{_U}|\.\s?{_U}\.))"
_SPACED = rf"(?:{_U}(?:[\s\-‐‑–]{_U}){{1,3}}(?![\w’']))"
_GIVEN = rf"(?:{_WORD}(?:[\s\-]{{1,2}}(?:{_U}\.|{_WORD})){{0,3}})"
_SUFFIX = r"(?:,?\s(?:Jr|Sr|II|III|IV|3rd|2nd|Ph\.?\s?D|M\.?D)\b\.?)?"
_EDITOR = r"(?:,?\s\(?[Ee]d(?:itor)?s?\.?\)?)?"

_TAIL = r"(?:\s(?P<p>(?:van|von|de|der|den|da|das|di|do|dos|du|la)(?:\s(?:der|den|la|las|los))?)(?=[,.;\s]))?"
_MIDDLE = rf"(?:\s(?:de|da|do|dos|von|van)\s{_U}(?:\.|(?!\w)))?"
_WHOLE = rf"(?:\s{_LONG}(?=,\s(?:et\sal|and\s{_U}|&)|\.\s[“\"]|\.\s\d{{4}}))?"
_NICK = rf"(?:\s\({_U}{_LETTER}{{1,20}}\)\.?)?"

# How one name may be written, most telling first. Groups: f family, g given, p particle behind.
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("inverted", re.compile(rf"(?P<f>{_FAMILY}),\s?(?P<g>{_DOTTED}{_MIDDLE}{_WHOLE}|{_SPACED}){_TAIL}(?P<s>{_SUFFIX}){_NICK}")),
    ("initials", re.compile(rf"(?P<g>{_DOTTED}|{_SPACED})\s?(?P<f>{_FAMILY})(?P<s>{_SUFFIX}){_NICK}")),
    ("vancouver", re.compile(rf"(?P<f>{_FAMILY})\s(?P<g>{_CAPITALS}{_MIDDLE}|{_DOTTED}){_TAIL}(?P<s>(?:\s(?:Jr|Sr|2nd|3rd|Ph\.?D)\b\.?)?)")),
    ("inverted", re.compile(rf"(?P<f>{_FAMILY}),\s?(?P<g>{_U}{{1,3}}(?![\w’'.])){_TAIL}(?P<s>{_SUFFIX})")),
)  # fmt: skip
_FULL_INVERTED = re.compile(rf"(?P<f>{_FAMILY}),\s(?P<g>{_GIVEN})(?P<s>{_SUFFIX})")
_FULL_DIRECT = re.compile(rf"(?P<n>{_GIVEN}(?:\s{_PARTICLE}{{1,3}}{_WORD})?)(?P<s>{_SUFFIX})")
_SINGLE = re.compile(rf"(?P<f>{_FAMILY})")
_ET_AL = re.compile(
    r"[,;]?\s?(?:&\s)?(?:\(?et\.?\s?al[il]*\.?\)?|and\sothers|\bu\.\s?a\.|…|\.\.\.)", re.IGNORECASE
)
_SEPARATOR = re.compile(
    r"\.?\s?[,;]\s?(?:&|and|und|et|y|e|…|\.\.\.)\s|\s?(?:[,;/]|\s&|\sand|\sund|\set|\sy)\s(?!al\b)|\s?;\s?|,(?=[A-Z]\.)"
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
_NOT_A_NAME = frozenset(
    "the a an in on of for and from to with by at as is are review proceedings journal annual "
    "international advances introduction handbook university press vol volume".split()
)


@dataclass(frozen=True, slots=True)
class NameList:
    """The names at the start of a text, whether "et al." follows, and where the list ends."""

    names: tuple[Name, ...] = ()
    et_al: bool = False
    end: int = 0


def leading_names(text: str) -> NameList:
    """The author list that a printed reference begins with; empty when it begins otherwise.

    Knows "Family, G. H.", "Family GH", "G. H. Family", "Family, Given, and Given Family".
    """
    names: list[Name] = []
    at, et_al, style = 0, False, ""
    while len(names) < 300:
        found = _one(text, at, style, first=not names)
        if found is None:
            break
        name, end, style = found
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
        if _one(text, separator.end(), style, first=False) is None:
            break
        at = separator.end()
        if _LAST_SEPARATOR.search(separator[0]):
            style = style or "full"
    return NameList(tuple(names), et_al, at if names else 0)


def _one(text: str, at: int, style: str, *, first: bool) -> tuple[Name, int, str] | None:
    """A name at `at`, its end, and the style of the list from then on."""
    ways = _ORDER["first" if first else style]
    return next((found for way in ways if (found := way(text, at, style)) is not None), None)


def _with_initials(text: str, at: int, _style: str) -> tuple[Name, int, str] | None:
    for label, form in _FORMS:
        match = form.match(text, at)
        if match and _plausible(match["f"], initials=True) and _ends_well(text, match):
            groups = match.groupdict()
            name = _printed(match["f"], match["g"], match["s"], groups.get("p") or "")
            return name, _past_suffix(text, name, match.end()), label
    return None


def _inverted(text: str, at: int, _style: str) -> tuple[Name, int, str] | None:
    match = _FULL_INVERTED.match(text, at)
    if match and _plausible(match["f"], match["g"]) and _full_ends(text, match.end()):
        return _printed(match["f"], match["g"], match["s"]), match.end(), "full"
    return None


def _direct(text: str, at: int, style: str) -> tuple[Name, int, str] | None:
    match = _FULL_DIRECT.match(text, at)
    if match and " " in match["n"] and _plausible(match["n"]) and _full_ends(text, match.end()):
        name = direct_name([*match["n"].split(), *match["s"].strip(" ,").split()])
        return name, match.end(), style or "direct"
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
    if len(words) > 1 and words[-1].lower() in _SUFFIXES:
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


def _ends_well(text: str, match: re.Match[str]) -> bool:
    """A name with initials ends anywhere but before a number: "J. Opt. 18" is a journal."""
    if _JOURNAL.match(text, match.end()):
        return False
    rest = text[match.end() : match.end() + 12]
    if re.match(r"[\s.,]*(?:vol\.?\s?)?[A-Z]?\d{1,4}\s?(?:[(:;]|,\s)", rest) and not _YEAR.match(
        rest
    ):
        return False
    return not rest[:1].isalnum()


def _full_ends(text: str, end: int) -> bool:
    return _AFTER.match(text, end) is not None and not re.match(
        r"[\s.]*\d{1,3}\b(?!\d)", text[end : end + 8]
    )


def join_families(names: Iterable[Name]) -> str:
    """The family names in order, blank between them."""
    return " ".join(name.literal or name.family for name in names)
