"""All names of a stretch that is known to hold names, however its style writes them."""

from __future__ import annotations

import re

from exocite.model import Name
from exocite.references.author_lists import NameList, leading_names
from exocite.references.names import SUFFIXES, direct_name

BODY = re.compile(
    r"\b(?:organi[sz]ation|university|institut\w*|ministry|committee|society|agency|association"
    r"|department|council|commission|consortium|collaboration|foundation|cent(?:er|re)s?|bureau"
    r"|authority|secretariat|service|office|academy|federation|administration|union|bank|network"
    r"|initiative|WHO|NASA|UNESCO|OECD|FAO|EMA|FDA|CDC|NHS)\b",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"(?<![\s,;(\[])[\s,;(\[]*+\b(?:eds?|editors?|hrsg|coords?|dirs?|comps?|transl?|trans|authors?|aut)\b\.?[\s)\].,;:]*$",
    re.IGNORECASE,
)
_ET_AL = re.compile(
    r"(?<![\s,;&])[\s,;&]*+(?:\band\b\s)?(?:\(?\bet\.?\s?al[il]*\b\.?\)?|\band\sothers\b|\bu\.\s?a\.|…|\.\.\.)"
    r"[\s.,;:]*$",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r"\s*[;/|]\s*(?:(?:and|und|et|y|e|&)\s)?|\s*,\s*(?:(?:and|und|et|y|&)\s)?"
    r"|(?:^|\.?\s)(?:and|und|et|y|&)\s",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}[.\s\-‐‑–]{0,2}){1,4}")
# Behind "Joan W": ". Scott" shows that Joan is no family name.
_GOES_ON = re.compile(r"\.\s[^\W\d_a-z][^\W\d_]")
_GROUP = re.compile(
    r"\b(?:study|studies|working|task|research|trial|expert|steering|advisory|writing)\s(?:groups?|force|team)"
    r"|\b(?:consortium|collaborat(?:ion|ors|ive)|investigators|committee|network|initiative|task\sforce"
    r"|society|association|organi[sz]ation|ministry|agency|group|team)\b[\s.)]*$",
    re.IGNORECASE,
)
_EDGE = " \t.,;:&()[]"
_DASHES = re.compile(r"[\s\-–—―_.,]*")
_MOST = 300
_SHORT_NAME = re.compile(r"\s[(\[][A-Z][A-Za-z-]{1,9}[)\]]$")


def every_name(text: str) -> NameList:
    """The names in order; what has no name's form is kept as a body rather than dropped.

    A line of dashes, which says "the same authors", is no name. `end` is the text's length.
    """
    rest = _ROLE.sub("", text.strip()).strip(" \t,;:([")
    shorter = _ET_AL.sub("", rest)
    et_al = shorter != rest
    rest = shorter.strip(" \t,;:")
    if _DASHES.fullmatch(rest):
        return NameList((), et_al, len(text))
    if _is_body(rest):
        literal = _SHORT_NAME.sub("", rest.strip(" \t.,;:"))
        return NameList((Name(literal=literal),), et_al, len(text))
    names: list[Name] = []
    while rest and len(names) < _MOST:
        cut = _SEPARATOR.search(rest)
        if _is_group(rest[: cut.start()] if cut else rest):
            literal = rest[: cut.start()] if cut else rest
            names.append(Name(literal=literal.strip(_EDGE)))
            rest = rest[cut.end() :] if cut else ""
            continue
        found = leading_names(rest)
        et_al = et_al or found.et_al
        if found.names and found.end and not _GOES_ON.match(rest, found.end):
            names.extend(found.names)
            rest = _after(rest, found.end)
            continue
        piece, rest = (rest[: cut.start()], rest[cut.end() :]) if cut else (rest, "")
        _add(names, piece.strip(_EDGE))
    return NameList(tuple(names), et_al, len(text))


def _is_body(text: str) -> bool:
    if BODY.search(text) is None or _INITIALS.fullmatch(text.rsplit(",", maxsplit=1)[-1].strip()):
        return False
    # "Cruz, J., Berg, A., Malaria Network": a person stands in front.
    first = leading_names(text)
    given = first.names[0].given.split() if first.names else []
    person = bool(given) and _INITIALS.fullmatch(given[-1]) is not None
    if person and (len(first.names) > 1 or _SEPARATOR.match(text, first.end)):
        return False
    return "," not in text or len(text.split()) > 4


def _is_group(text: str) -> bool:
    """Whether a piece between commas is a group of authors: "the CHARGE Consortium"."""
    return len(text.split()) > 1 and _GROUP.search(text) is not None


def _after(text: str, end: int) -> str:
    rest = text[end:].lstrip(" \t.")
    separator = _SEPARATOR.match(rest)
    return (rest[separator.end() :] if separator else rest).strip(" \t,;:&")


def _add(names: list[Name], piece: str) -> None:
    if not re.search(r"\w", piece):
        return
    last = names[-1] if names else None
    suffix = piece.lower() in SUFFIXES
    if last and last.family and not last.given and _INITIALS.fullmatch(piece) and not suffix:
        names[-1] = Name(last.family, piece, last.particle, last.suffix)
    elif last and suffix:
        names[-1] = Name(last.family, last.given, last.particle, piece, last.literal)
    elif len(piece.split()) > 5:
        names.append(Name(literal=piece))
    else:
        names.append(direct_name(piece.split()))
