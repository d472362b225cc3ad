"""Reads a reference printed as text into its fields, by rules that no single style owns.

The order: what has a form of its own (DOI, address, label), then the author list at the front, then
the title by its quotes or by the sentence it fills, then the numbers at the end; what is left
between title and numbers is the container.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from exocite import identifiers
from exocite.model import Name, ParsedReference
from exocite.references import locations
from exocite.references.locations import Location
from exocite.references.names import NameList, leading_names
from exocite.text import collapsed

_LONGEST = 6000
_LABEL = re.compile(
    r"(?:[•◦▪‣⁃∙·*\-–—]\s+|\[\s?[A-Za-z]{0,12}\+?\d{1,4}[a-z]?\s?\]\s?|\(\d{1,4}\)\s|\d{1,4}[.)]\s?(?=\D)|\d{1,3}\s(?=[^\W\d]))"
)
_URL = re.compile(
    r"<?\b(?:https?|ftp)\s?:\s?//[^\s<>\"”]{1,1500}>?|\bwww\.[^\s<>\"”]{1,1500}", re.IGNORECASE
)
_NOISE = re.compile(
    r"(?:\b(?:doi|DOI)\s?:?\s?(?=$|[\s.,;])|\b(?:available\s(?:at|from|online)|retrieved\s(?:on\s)?(?:\w+\s\d{1,2},?\s\d{4},?\s)?from"
    r"|verf[üu]gbar\sunter|disponible\s(?:en|sur))\s?:?"
    r"|[\[(]?\b(?:accessed|cited|retrieved|viewed|abgerufen|consult[ée]e?)\b(?:\s(?:on|am|le))?:?\s?[\w,. /-]{4,22}\d\s?[\])]?"
    r"|\bPMID:?\s?\d{1,9}\b|\bPMC\d{3,9}\b|\[(?:PubMed|CrossRef|Google Scholar|Internet|online|pii|doi)\]|\[in press\])",
    re.IGNORECASE,
)
_ARXIV = re.compile(r"\barXiv\s?:\s?[\w./-]{4,24}(?:\s\[[\w.-]{2,16}\])?", re.IGNORECASE)
_QUOTES = {"“": "”", "«": "»", '"': '"', "„": "“”", "‘": "’", "'": "'", "``": "''"}
_LATE_QUOTE = re.compile(r"[.,:)\]]\s(?=[“\"«])")
_YEAR_AFTER_AUTHORS = re.compile(
    r"[\s.,:]{0,3}(?:[(\[]\s?(?P<a>(?:1[4-9]|20)\d\d)(?:\s?[-–/]\s?\d{2,4})?[a-z]?(?:,\s?[^()\[\]]{0,24})?\s?[)\]]"
    r"|(?P<b>(?:1[4-9]|20)\d\d)[a-z]?(?=\s?[.,:]|\s[^\W\d])(?!\s?,\s?\d))[\s.,:;]{0,3}"
)
_NO_DATE = re.compile(
    r"[\s.,]{0,2}\(\s?(?:n\.?\s?d\.?|in press|forthcoming)\s?\)[\s.,]{0,2}", re.IGNORECASE
)
_BODY = re.compile(
    r"\b(?:organi[sz]ation|university|institut\w*|ministry|committee|society|agency|association|department"
    r"|council|commission|consortium|collaboration|foundation|cent(?:er|re)|bureau|office|academy|federation"
    r"|administration|union|bank|network|initiative|WHO|NASA|UNESCO|OECD|FAO|EMA|FDA|CDC|NHS)\b",
    re.IGNORECASE,
)
_EDITORS = re.compile(
    r"(?:,?\s?(?:edited\sby|ed(?:s)?\.\s?(?:by\s)?|hrsg\.(?:\sv(?:on|\.))?)\s[^()]{3,200}?(?=[.,;]\s|$)|\(\s?(?:eds?|hrsg)\.?\s?\))",
    re.IGNORECASE,
)
_IN = re.compile(r"(?:^|[\s.,;?!])[Ii]n\s?:?\s(?=[^\W\da-z_]|[\"“«])")
_PLACE = re.compile(
    r"(?P<place>(?:[^\W\d_][\w.'’&-]{1,20},?\s){0,4}[^\W\d_][\w.'’-]{1,20}(?:,\s?[A-Z]{2})?)\s?:\s?(?P<publisher>[^:;,()\[\]]{3,80})"
)
_PUBLISHER = re.compile(
    r"\b(?:press|publish\w*|verlag|springer|elsevier|wiley|routledge|sage|academic|books?|editions?|[ée]ditions"
    r"|mcgraw|pearson|macmillan|blackwell|oxford|cambridge|penguin|harper\w*|random house|norton|acm|ieee|inc|ltd|sons)\b",
    re.IGNORECASE,
)
_THESIS = re.compile(
    r"\b(?:ph\.?\s?d\.?|doctoral|master['’]?s?|m\.?sc\.?|licentiate)?\s?(?:thesis|dissertation)\b",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"\b(?:technical|research|working|discussion)\s(?:report|paper|memo\w*)\b|\btech\.\srep\.",
    re.IGNORECASE,
)
_MEETING = re.compile(
    r"\b(?:proceedings|proc\.|conference|conf\.|symposium|symp\.|workshop|congress|meeting)(?!\w)",
    re.IGNORECASE,
)
_SERIAL_PROCEEDINGS = re.compile(
    r"\bproc(?:eedings|\.)?\s(?:of\sthe\s)?(?:natl|national|royal|r\.|ieee$|amer|lond|cambridge)",
    re.IGNORECASE,
)
_SMALL = frozenset(
    "a an and the of in on for to with from by at as et de la le les des du der die das und für fur von zur "
    "del e y da do di i & - – en zum im".split()
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(.])(?:[^\W\d_]|vs|cf|ca|al|sp|spp|var|subsp|no|vol|pp|eds?|nov|st|dr|mr|mrs|prof|mt|ft|fig|etc|e\.g|i\.e)$",
    re.IGNORECASE,
)
_SHORTENED = re.compile(r"(?:^|[\s(])[^\W\d_]{1,8}$")
_SENTENCE = re.compile(r"[.?!][”\"’']?\s+(?=[^\W_]|[(“\"‘«])|[?!]\s")


@dataclass(frozen=True, slots=True)
class _Body:
    """What stands after the authors: title, container and the rest, before the numbers are read."""

    title: str
    tail: str
    quoted: bool = False


def parse(raw: str) -> ParsedReference:
    """The fields of a reference printed in any of the usual styles; "" where one was not found.

    Knows MLA, APA, AMA, Vancouver, IEEE, Chicago, Harvard, Nature, ACS and their relatives, books,
    chapters, theses, reports and web pages. Never fails: what it cannot read stays in `raw`.
    """
    text = without_label(collapsed(html.unescape(raw[:_LONGEST])))
    doi = identifiers.normalise_doi(text)
    url = _first_url(text)
    isbn = identifiers.first(text, "isbn")
    plain = _stripped(text)
    names, year, rest = _front(plain)
    names, body = _body(names, rest)
    location = locations.locate(body.tail)
    between = body.tail if location.start < 0 else body.tail[: location.start]
    title, container, publisher = _places(body, between, location)
    lead = _lead_container(names, body, container)
    return ParsedReference(
        raw=raw,
        type=_type(text, container, publisher, location, url, title),
        authors=() if lead else names.names,
        et_al=names.et_al,
        title=title,
        container=lead or container,
        publisher=publisher,
        year=year or location.year,
        volume=location.volume,
        issue=location.issue,
        pages=location.pages,
        doi=doi,
        url=url,
        isbn=isbn,
        edition=locations.edition(rest),
    )


def without_label(text: str) -> str:
    """The reference without its bullet or number."""
    match = _LABEL.match(text)
    return text[match.end() :].lstrip() if match else text


def _first_url(text: str) -> str:
    for match in _URL.finditer(text):
        url = match[0].strip("<>").rstrip(".,;:)]'’")
        if not re.match(r"https?://(?:dx\.)?doi\.org/", url, re.IGNORECASE):
            return url.replace(" ", "")
    return ""


def _stripped(text: str) -> str:
    """The text without identifiers, addresses and what says when they were opened."""
    for span, _ in reversed(identifiers.find_dois(text)):
        start = span.start
        for prefix in (r"(?:https?://)?(?:dx\.|www\.)?doi\.org/$", r"\bdoi\s?:?\s?$"):
            before = re.search(prefix, text[max(0, start - 40) : start], re.IGNORECASE)
            start = max(0, start - 40) + before.start() if before else start
        text = text[:start] + " " + text[span.end :]
    text = _NOISE.sub(" ", _ARXIV.sub(" arXiv ", _URL.sub(" ", text)))
    text = re.sub(r"\bISBN(?:-1[03])?:?\s?[\dX -]{10,20}", " ", text)
    return re.sub(r"\s+([.,;:])(?:\s?[.,;:])*", r"\1", collapsed(text)).strip(" ,;")


def _front(text: str) -> tuple[NameList, str, str]:
    """Authors, the year behind them if it stands there, and what follows."""
    names = leading_names(text)
    if not names.names:
        names = _corporate(text)
    after = text[names.end :]
    year = _YEAR_AFTER_AUTHORS.match(after) if names.names else None
    if year and not (year["b"] and _is_location(after)):
        return names, year["a"] or year["b"], after[year.end() :]
    undated = _NO_DATE.match(after)
    if undated:
        return names, "", after[undated.end() :]
    return names, "", after.lstrip(" .,:;")


def _is_location(after: str) -> bool:
    """Whether the year begins a location, "2005, 127, 1234", rather than following the authors."""
    return re.match(r"[\s.,:]{0,3}\d{4}\s?[;,]\s?\d", after) is not None


def _corporate(text: str) -> NameList:
    """A body before "(2020)", or one whose words say that it is a body."""
    match = re.match(
        r"([^.()\[\]“\"«:]{2,120}?)\.?\s?(?=[(\[]?(?:1[4-9]|20)\d\d[a-z]?\s?[)\]]?[.,:\s])", text
    )
    if match and _titled(match[1], 10):
        return NameList((Name(literal=match[1].strip(" ,")),), False, match.end())
    match = re.match(r"([^.()\[\]“\"«:]{2,100})\.\s(?=\S)", text)
    if match and _BODY.search(match[1]) and _titled(match[1], 10):
        return NameList((Name(literal=match[1].strip(" ,")),), False, match.end())
    return NameList()


def _titled(text: str, most: int) -> bool:
    """Whether a stretch reads as a name: few words, each but the small ones with a capital."""
    words = re.findall(r"[^\s,/()]+", text)
    if not words or len(words) > most:
        return False
    return all(not word[:1].islower() or word.lower().rstrip(".") in _SMALL for word in words)


def _body(names: NameList, rest: str) -> tuple[NameList, _Body]:
    quoted = _quoted(rest)
    if quoted is not None:
        return names, quoted
    # Authors that could not be read to their end stand before the first quotation mark.
    opening = _LATE_QUOTE.search(rest, 0, 240)
    late = _quoted(rest[opening.end() :]) if opening else None
    if opening and late is not None and len(late.title.split()) > 2:
        left = rest[: opening.end()]
        return _recovered(names, left), late
    return names, _unquoted(rest)


def _recovered(names: NameList, left: str) -> NameList:
    et_al = names.et_al or re.search(r"\bet\.?\sal\b", left) is not None
    if names.names:
        return NameList(names.names, et_al, names.end)
    family, comma, given = (
        re.split(r"\bet\.?\sal\b|[(“\"]|\sand\s", left)[0].strip(" .,").partition(", ")
    )
    if not family or len(left.split()) > 12 or not family[:1].isupper():
        return names
    return NameList(
        (Name(family, given.strip(" ,.")) if comma else Name(literal=family),), et_al, 0
    )


def _quoted(rest: str) -> _Body | None:
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
    if (
        len(title.split()) < 2
        and len(tail.split(".")[0].split()) > 3
        and not tail.lstrip().startswith((",", "."))
    ):
        return None
    year = re.match(r"[\s.,]{0,2}\(?((?:1[4-9]|20)\d\d)\)?\.\s", tail)
    return _Body(
        title.rstrip(" ,."), tail[year.end() :] + f" ({year[1]})" if year else tail, quoted=True
    )


def _closing(text: str, begin: int, opener: str, closers: str) -> int:
    """Where the quotation ends: a closing quote before a delimiter rather than inside a word."""
    if opener == "``":
        return text.find("''", begin)
    last = -1
    depth = 0
    for at in range(begin, len(text)):
        character = text[at]
        if character in closers:
            before, after = text[at - 1], text[at + 1 : at + 2]
            if after.isalnum() and (before.isalnum() or opener == "'"):
                continue
            if depth and opener != closers[0]:
                depth -= 1
                continue
            last = at
            if (
                before in ".,?!"
                or not after
                or after in ",.;:()"
                or re.match(r"\s[\w(\[]", text[at + 1 : at + 3])
            ):
                return at
        elif character == opener:
            depth += 1
    return last


def _unquoted(rest: str) -> _Body:
    """Title as the sentence before the container; without one, all of it is tail."""
    marker = _IN.search(rest)
    cut = locations.locate(rest)
    limit = cut.start if cut.start > 0 else len(rest)
    breaks = [
        match for match in _SENTENCE.finditer(rest, 0, limit + 2) if not _abbreviated(rest, match)
    ]
    if marker and marker.start() > 8 and marker.start() < limit + 40:
        head = rest[: marker.start() + 1].rstrip()
        if head[-1:] in {".", ",", ";", "?", "!"}:
            return _Body(head.strip(" .,;"), rest[marker.start() + 1 :])
    head = rest[:limit]
    if cut.volume and _abbreviated_journal(head):
        return _Body("", rest)
    for match in breaks:
        if match.end() >= limit and match.end() < len(rest):
            break
        container = rest[match.end() : limit]
        if _journal_like(container):
            return _Body(_title_of(rest, match), rest[match.end() :])
    if not breaks:
        return _without_sentence(rest, head)
    first = breaks[-1] if len(breaks) > 1 and limit < len(rest) else breaks[0]
    return _Body(_title_of(rest, first), rest[first.end() :])


def _title_of(rest: str, match: re.Match[str]) -> str:
    return (
        rest[: match.start() + 1].rstrip(" .,")
        if rest[match.start()] == "."
        else rest[: match.start() + 1].strip()
    )


def _without_sentence(rest: str, head: str) -> _Body:
    """No sentence ends before the numbers: a journal alone, or title and container by commas."""
    pieces = head.split(", ")
    for count in range(1, min(len(pieces), 5)):
        left, right = ", ".join(pieces[:-count]), ", ".join(pieces[-count:])
        if len(left.split()) >= 4 and _journal_like(right.strip(" ,")):
            return _Body(left.strip(" ,"), rest[len(left) + 2 :])
    if _journal_like(head) and len(head.split()) <= 8 and len(head) < len(rest):
        return _Body("", rest)
    return _Body(head.strip(" .,:;("), rest[len(head) :])


def _abbreviated(text: str, match: re.Match[str]) -> bool:
    if text[match.start()] != ".":
        return False
    return _ABBREVIATION.search(
        text[max(0, match.start() - 12) : match.start()]
    ) is not None and not (text[match.start() - 1 : match.start()].isdigit())


def _abbreviated_journal(head: str) -> bool:
    """ "Phys. Rev. B" or "Am. J. Path.": a journal without any title before it."""
    pieces = [piece for piece in head.strip(" ,.:;").split(". ") if piece]
    if len(pieces) < 2 or len(pieces) > 7:
        return False
    return all(" " not in piece and len(piece) <= 9 for piece in pieces[:-1]) and _journal_like(
        head
    )


def _journal_like(text: str) -> bool:
    """Whether a stretch reads as a journal's name: capitals, abbreviations, no sentence in it."""
    plain = re.sub(r"[(\[][^)\]]{0,80}[)\]]?$", "", text).strip(" .,;:(")
    words = plain.split()
    if not words or len(words) > 16:
        return False
    if any(mark in plain for mark in "?!"):
        return False
    if not _titled(plain.replace(":", " "), 16):
        # A journal in sentence case, "Pharmacological research", is short.
        return len(words) <= 4 and ". " not in plain and plain[:1].isupper()
    inner = [m for m in re.finditer(r"\.\s", plain)]
    return all(_SHORTENED.search(plain[max(0, m.start() - 12) : m.start()]) for m in inner)


def _places(body: _Body, between: str, location: Location) -> tuple[str, str, str]:
    """Title, container and publisher from the title and what stands before the numbers."""
    title = body.title
    marked = re.match(r"[\s.,;]*[Ii]n\s?:?\s", between)
    text = between[marked.end() :] if marked else between
    text = _EDITORS.sub(" ", locations.without_edition(text))
    if marked:
        text = _after_editors(text)
    text = collapsed(text).strip(" .,;:([-–")
    place = _PLACE.search(body.tail)
    if place and not location.volume and _sensible_place(place):
        publisher = place["publisher"].strip(" .,;")
        container = text[: text.find(place["place"])] if place["place"] in text else text
        container = "" if not marked and not body.quoted else container.strip(" .,;(")
        return title, container, publisher
    if marked or body.quoted or location.volume or location.issue or location.pages:
        container, publisher = _container_publisher(text, chapter=bool(marked))
        return title, container, publisher
    if text and _PUBLISHER.search(text):
        return title, "", text.strip(" .,;")
    if not title:
        return text, "", ""
    return title, text if _journal_like(text) else "", ""


def _sensible_place(place: re.Match[str]) -> bool:
    return place["publisher"].strip()[:1].isupper() and place["place"][:1].isupper()


def _after_editors(text: str) -> str:
    """A book's title behind its editors: "A. Smith (Ed.), Title" or "Smith A, editor. Title"."""
    editors = re.match(r"[^()]{3,200}?\(\s?(?:eds?|hrsg)\.?\s?\)[\s.,:]{1,3}", text, re.IGNORECASE)
    if editors:
        return text[editors.end() :]
    names = leading_names(text)
    label = re.match(
        r"[\s,]{0,2}(?:\(?eds?\.?\)?|editors?)[.,:\s]{1,3}", text[names.end :], re.IGNORECASE
    )
    if names.names and label:
        return text[names.end + label.end() :]
    return text


def _container_publisher(text: str, *, chapter: bool) -> tuple[str, str]:
    """Splits off a publisher that follows the container after a sentence's end or comma."""
    for mark in (". ", ", ") if chapter else (". ",):
        left, found, right = text.rpartition(mark)
        if found and _PUBLISHER.search(right) and not _ABBREVIATION.search(left[-12:]):
            return left.strip(" .,;"), right.strip(" .,;")
    return text, ""


def _lead_container(names: NameList, body: _Body, container: str) -> str:
    """Harvard prints the journal in front where no author is known: Journal (2019) “Title”."""
    if not body.quoted or container or len(names.names) != 1:
        return ""
    name = names.names[0]
    return name.literal or (
        f"{name.given} {name.family}" if name.given and "." not in name.given else ""
    )


def _type(
    text: str, container: str, publisher: str, location: Location, url: str, title: str
) -> str:
    if _THESIS.search(text):
        return "phdthesis"
    if (
        _MEETING.search(container)
        and not _SERIAL_PROCEEDINGS.search(container)
        and not location.volume
    ):
        return "inproceedings"
    if container and (location.volume or location.issue):
        return "article"
    if _REPORT.search(text):
        return "techreport"
    if re.search(r"[.,;?!”\"’)]\s?[Ii]n:?\s[^\W\da-z]", text) and container:
        return "incollection"
    if publisher or "ISBN" in text:
        return "incollection" if container else "book"
    if container:
        return "article"
    return "online" if url and title else "misc"
