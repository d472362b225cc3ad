"""Container, publisher and type of a printed reference, from what stands behind its title."""

from __future__ import annotations

import re

from exocite.references import locations
from exocite.references.author_lists import leading_names
from exocite.references.locations import Location
from exocite.references.titles import Body, is_abbreviation, journal_like
from exocite.text import collapsed

_EDITORS = re.compile(
    r"(?:,?\s?(?:edited\sby|eds?\.\s?(?:by\s)?|hrsg\.(?:\sv(?:on|\.))?)"
    r"\s[^()]{3,200}?(?=[.,;]\s|$)|\(\s?(?:eds?|hrsg)\.?\s?\))",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?P<place>(?:[^\W\d_][\w.'’&-]{1,20},?\s){0,4}[^\W\d_][\w.'’-]{1,20}(?:,\s?[A-Z]{2})?)"
    r"\s?:\s?(?P<publisher>[^:;,()\[\]]{3,80})"
)
_PUBLISHER = re.compile(
    r"\b(?:press|publish\w*|verlag|springer|elsevier|wiley|routledge|sage|academic|books?|editions?"
    r"|[ée]ditions|mcgraw|pearson|macmillan|blackwell|oxford|cambridge|penguin|harper\w*"
    r"|random house|norton|acm|ieee|inc|ltd|sons)\b",
    re.IGNORECASE,
)
_THESIS = re.compile(
    r"\b(?:thesis|dissertation)\b|\b(?:ph\.?\s?d\.?|inaug\w*)\s?diss\."
    r"|\b(?:th[èe]se de doctorat|dissertationsschrift)",
    re.IGNORECASE,
)
_DATA = re.compile(
    r"\[(?:data\s?set|data|database)\]|[.,]\s(?:data\s?set|database)\.\s"
    r"|\b(?:Dryad|Zenodo|figshare|PANGAEA|Dataverse)\b",
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
_IN_BOOK = re.compile(r"[.,;?!”\"’)]\s?[Ii]n:?\s[^\W\da-z]")
_MARKED = re.compile(r"[\s.,;]*[Ii]n\s?:?\s")
_HARVARD_EDITORS = re.compile(r"[^()]{3,200}?\(\s?(?:eds?|hrsg)\.?\s?\)[\s.,:]{1,3}", re.IGNORECASE)
# What is left of the date of a web page, "12 Dec" or "March 3, ", is no container.
_DAY_ONLY = re.compile(
    rf"\d{{1,2}}\s{locations.MONTH}|{locations.MONTH}(?:\s\d{{1,2}})?", re.IGNORECASE
)
_EDITOR_LABEL = re.compile(r"[\s,]{0,2}(?:\(?eds?\.?\)?|editors?)[.,:\s]{1,3}", re.IGNORECASE)


def places(body: Body, between: str, location: Location) -> tuple[str, str, str]:
    """Title, container and publisher from the title and what stands before the numbers."""
    title = body.title
    marked = _MARKED.match(between)
    text = between[marked.end() :] if marked else between
    text = _EDITORS.sub(" ", locations.without_edition(text))
    if marked:
        text = _after_editors(text)
    text = collapsed(text).strip(" .,;:([-–")
    if _DAY_ONLY.fullmatch(text):
        text = ""
    behind = body.tail[marked.end() :] if marked else body.tail
    place = _PLACE.search(locations.without_edition(behind))
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
    return title, text if journal_like(text) else "", ""


def _sensible_place(place: re.Match[str]) -> bool:
    return place["publisher"].strip()[:1].isupper() and place["place"][:1].isupper()


def _after_editors(text: str) -> str:
    """A book's title behind its editors: "A. Smith (Ed.), Title" or "Smith A, editor. Title"."""
    editors = _HARVARD_EDITORS.match(text)
    if editors:
        return text[editors.end() :]
    names = leading_names(text)
    label = _EDITOR_LABEL.match(text, names.end)
    if names.names and label:
        return text[label.end() :]
    return text


def _container_publisher(text: str, *, chapter: bool) -> tuple[str, str]:
    """Splits off a publisher that follows the container after a sentence's end or comma."""
    for mark in (". ", ", ") if chapter else (". ",):
        left, found, right = text.rpartition(mark)
        if found and _PUBLISHER.search(right) and not is_abbreviation(left):
            return left.strip(" .,;"), right.strip(" .,;")
    return text, ""


def entry_type(
    text: str, container: str, publisher: str, location: Location, *, online: bool
) -> str:
    """A guess at the BibTeX type, "misc" where nothing tells; `online`: it has an address."""
    numbered = bool(location.volume or location.issue)
    meeting = _MEETING.search(container) and not _SERIAL_PROCEEDINGS.search(container)
    book = bool(publisher) or "ISBN" in text
    # Asked in order; the first that holds decides.
    signs = (
        ("phdthesis", _THESIS.search(text)),
        ("dataset", _DATA.search(text) and not numbered),
        ("inproceedings", meeting and not location.volume),
        ("article", container and numbered),
        ("techreport", _REPORT.search(text)),
        ("incollection", container and (_IN_BOOK.search(text) or book)),
        ("book", book),
        ("article", container),
        ("online", online),
    )
    return next((kind for kind, sign in signs if sign), "misc")
