"""Where the title of a printed reference ends: by its quotes, or by the sentence it fills."""

from __future__ import annotations

import re
from dataclasses import dataclass

from exocite.matching.words import word_set
from exocite.model import Name
from exocite.references import locations
from exocite.references.author_lists import NameList

_QUOTES = {"“": "”", "«": "»", '"': '"', "„": "“”", "‘": "’", "'": "'", "``": "''"}
_LATE_QUOTE = re.compile(r"[.,:)\]]\s(?=[“\"«])")
_YEAR_FIRST = re.compile(r"[\s.,]{0,2}\(?((?:1[4-9]|20)\d\d)\)?\.\s")
_ET_AL = re.compile(r"\bet\.?\sal\b")
_IN = re.compile(r"(?:^|[\s.,;?!])[Ii]n\s?:?\s(?=[^\W\da-z_]|[\"“«])")
_SMALL = word_set(
    """
    a an and the of in on for to with from by at as et de la le les des du der die das und für fur
    von zur zum im del e y da do di i en & - –
    """
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(.])(?:[^\W\d_]|vs|cf|ca|al|sp|spp|var|subsp|no|vol|pp|eds?|nov|st|dr|mr|mrs|prof"
    r"|mt|ft|fig|etc|e\.g|i\.e)$",
    re.IGNORECASE,
)
_SHORTENED = re.compile(r"(?:^|[\s(])[^\W\d_]{1,8}$")
_SENTENCE = re.compile(r"[.?!][”\"’']?\s+(?=[^\W_]|[(“\"‘«])|[?!]\s")
_MOST_WORDS = 16


@dataclass(frozen=True, slots=True)
class Body:
    """What stands after the authors: the title, and the text behind it, numbers included."""

    title: str
    tail: str
    quoted: bool = False


def split_body(names: NameList, rest: str) -> tuple[NameList, Body]:
    """The title and what follows it, and the authors where a late quotation mark shows more."""
    quoted = _quoted(rest)
    if quoted is not None:
        return names, quoted
    # Authors that could not be read to their end stand before the first quotation mark.
    opening = _LATE_QUOTE.search(rest, 0, 240)
    late = _quoted(rest[opening.end() :]) if opening else None
    if opening and late is not None and len(late.title.split()) > 2:
        return _recovered(names, rest[: opening.end()]), late
    return names, _unquoted(rest)


def titled(text: str, most: int) -> bool:
    """Whether a stretch reads as a name: few words, each but the small ones with a capital."""
    words = re.findall(r"[^\s,/()]+", text)
    if not words or len(words) > most:
        return False
    return all(not word[:1].islower() or word.lower().rstrip(".") in _SMALL for word in words)


def _recovered(names: NameList, left: str) -> NameList:
    et_al = names.et_al or _ET_AL.search(left) is not None
    if names.names:
        return NameList(names.names, et_al, names.end)
    first = re.split(r"\bet\.?\sal\b|[(“\"]|\sand\s", left)[0].strip(" .,")
    family, comma, given = first.partition(", ")
    if not family[:1].isupper() or len(left.split()) > 12:
        return names
    name = Name(family, given.strip(" ,.")) if comma else Name(literal=family)
    return NameList((name,), et_al, 0)


def _quoted(rest: str) -> Body | None:
    """Title in quotes at the front, nested quotes and a missing closing quote allowed."""
    stripped = rest.lstrip(" .,")
    opener = next((o for o in _QUOTES if stripped.startswith(o)), "")
    if not opener:
        return None
    closers = _QUOTES[opener]
    begin = len(opener)
    end = _closing(stripped, begin, opener, closers)
    if end < 0:
        return None
    title = stripped[begin:end].strip()
    tail = stripped[end + len(closers if opener == "``" else closers[0]) :]
    ends = title[-1:] in {".", ",", "?", "!"} or tail.lstrip().startswith((",", "."))
    if len(title.split()) < 2 and not ends and len(tail.split(".")[0].split()) > 3:
        return None
    year = _YEAR_FIRST.match(tail)
    if year:
        tail = f"{tail[year.end() :]} ({year[1]})"
    return Body(title.rstrip(" ,."), tail, quoted=True)


def _closing(text: str, begin: int, opener: str, closers: str) -> int:
    """Where the quotation ends: a closing quote before a delimiter rather than inside a word."""
    if opener == "``":
        return text.find("''", begin)
    last, depth = -1, 0
    for at in range(begin, len(text)):
        if text[at] not in closers:
            depth += text[at] == opener
        elif not _apostrophe(text, at, opener):
            if depth and opener != closers[0]:
                depth -= 1
            elif _before_delimiter(text, at):
                return at
            else:
                last = at
    return last


def _apostrophe(text: str, at: int, opener: str) -> bool:
    return text[at + 1 : at + 2].isalnum() and (text[at - 1].isalnum() or opener == "'")


def _before_delimiter(text: str, at: int) -> bool:
    after = text[at + 1 : at + 2]
    if text[at - 1] in ".,?!" or not after or after in ",.;:()":
        return True
    return after.isspace() and (
        text[at + 2 : at + 3].isalnum() or text[at + 2 : at + 3] in {"(", "["}
    )


def _unquoted(rest: str) -> Body:
    """Title as the sentence before the container; without one, all of it is tail."""
    located = locations.locate(rest)
    limit = located.start if located.start > 0 else len(rest)
    marker = _IN.search(rest)
    if marker and 8 < marker.start() < limit + 40:
        head = rest[: marker.start() + 1].rstrip()
        if head[-1:] in {".", ",", ";", "?", "!"}:
            return Body(head.strip(" .,;"), rest[marker.start() + 1 :])
    head = rest[:limit]
    if located.volume and _abbreviated_journal(head):
        return Body("", rest)
    stops = _SENTENCE.finditer(rest, 0, limit + 2)
    breaks = [stop for stop in stops if not _abbreviated(rest, stop.start())]
    for stop in breaks:
        if limit <= stop.end() < len(rest):
            break
        if journal_like(rest[stop.end() : limit]):
            return Body(_title_of(rest, stop.start()), rest[stop.end() :])
    if not breaks:
        return _without_sentence(rest, head)
    stop = breaks[-1] if limit < len(rest) else breaks[0]
    return Body(_title_of(rest, stop.start()), rest[stop.end() :])


def _title_of(rest: str, stop: int) -> str:
    """The title up to its stop: a question mark belongs to it, a full stop does not."""
    title = rest[: stop + 1].strip()
    return title.rstrip(" .,") if rest[stop] == "." else title


def _without_sentence(rest: str, head: str) -> Body:
    """No sentence ends before the numbers: a journal alone, or title and container by commas."""
    pieces = head.split(", ")
    for count in range(1, min(len(pieces), 5)):
        left, right = ", ".join(pieces[:-count]), ", ".join(pieces[-count:])
        if len(left.split()) >= 4 and journal_like(right.strip(" ,")):
            return Body(left.strip(" ,"), rest[len(left) + 2 :])
    if journal_like(head) and len(head.split()) <= 8 and len(head) < len(rest):
        return Body("", rest)
    return Body(head.strip(" .,:;("), rest[len(head) :])


def _abbreviated(text: str, stop: int) -> bool:
    return text[stop] == "." and is_abbreviation(text[:stop])


def is_abbreviation(text: str) -> bool:
    """Whether a text ends in a word that a full stop shortens rather than ends: "vs", "J"."""
    return _ABBREVIATION.search(text[-12:]) is not None


def _abbreviated_journal(head: str) -> bool:
    """Whether it is a journal without any title before it: "Phys. Rev. B" or "Am. J. Path."."""
    pieces = [piece for piece in head.strip(" ,.:;").split(". ") if piece]
    if not 2 <= len(pieces) <= 7:
        return False
    short = all(" " not in piece and len(piece) <= 9 for piece in pieces[:-1])
    return short and journal_like(head)


def journal_like(text: str) -> bool:
    """Whether a stretch reads as a journal's name: capitals, abbreviations, no sentence in it."""
    plain = re.sub(r"[(\[][^)\]]{0,80}[)\]]?$", "", text).strip(" .,;:(")
    words = plain.split()
    if not words or len(words) > _MOST_WORDS or "?" in plain or "!" in plain:
        return False
    if not titled(plain.replace(":", " "), _MOST_WORDS):
        # A journal in sentence case, "Pharmacological research", is short.
        return len(words) <= 4 and ". " not in plain and plain[:1].isupper()
    stops = (stop.start() for stop in re.finditer(r"\.\s", plain))
    return all(_SHORTENED.search(plain[max(0, stop - 12) : stop]) for stop in stops)
