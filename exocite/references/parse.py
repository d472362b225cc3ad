"""Reads a reference printed as text into its fields, by rules that no single style owns.

The order: what has a form of its own (DOI, address, label), then the author list at the front, then
the title by its quotes or by the sentence it fills, then the numbers at the end; what is left
between title and numbers is the container.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace

from exocite import identifiers
from exocite.model import Name, ParsedReference
from exocite.references import locations
from exocite.references.author_lists import NameList, leading_names
from exocite.references.labelled import Labelled, labelled
from exocite.references.legal import Legal, legal
from exocite.references.people import BODY
from exocite.references.places import entry_type, places
from exocite.references.tagging import ReferenceModel, stretches
from exocite.references.titles import Body, split_body, titled
from exocite.references.tokens import LABEL
from exocite.text import collapsed

_LONGEST = 6000
_LONGEST_BODY = 10
_LONGEST_TORN = 3
_URL = re.compile(
    r"<?\b(?:https?|ftp)\s?:\s?//[^\s<>\"”]{1,1500}>?|\bwww\.[^\s<>\"”]{1,1500}", re.IGNORECASE
)
_RESOLVER = re.compile(r"https?://(?:dx\.)?doi\.org/", re.IGNORECASE)
_DOI_LABEL = re.compile(r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|\bdoi\s?:?\s?)$", re.IGNORECASE)
# What is no field: identifiers, and the words that say where and when something was seen.
_NOISE: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bdoi\s?:?\s?(?=$|[\s.,;])",
        (
            r"\b(?:available\s(?:at|from|online)|verf[üu]gbar\sunter|disponible\s(?:en|sur)"
            r"|retrieved\s(?:on\s)?(?:\w{3,9}\s\d{1,2},?\s\d{4},?\s)?from)\s?:?"
        ),
        (
            r"[\[(]?\b(?:(?:last\s)?(?:accessed|visited|viewed|retrieved)|cited|abgerufen|consult[ée]e?"
            r"|zugriff|date\saccessed|access\sdate)\b"
            r"(?:\s(?:on|am|le))?:?\s?[\w,. /-]{4,22}\d\s?[\])]?"
        ),
        r"(?<=[.\d])\sWeb\.\s\d{1,2}\s[^\W\d_]{3,9}\.?\s\d{4}(?=\.|$)",
        r"\bPMID:?\s?\d{1,9}\b|\bPMC\d{3,9}\b",
        (
            r"(?<=[.;]\s)(?:published|(?:last\s)?(?:updated|modified|reviewed|revised))\s?:?\s(?:on\s)?"
            r"(?=(?:[^\W\d_]{3,9}\.?\s)?(?:\d{1,2},?\s)?(?:[^\W\d_]{3,9}\.?\s)?(?:19|20)\d\d\b)"
        ),
        r"\[(?:PubMed|CrossRef|Google Scholar|Internet|online|pii|doi|in press)\]",
        r"\bISBN(?:-1[03])?:?\s?[\dX -]{10,20}",
    )
)
_STOPS = re.compile(r"\s+([.,;:])(?:\s?[.,;:])*")
_ARXIV = re.compile(r"\barXiv\s?:\s?[\w./-]{4,24}(?:\s\[[\w.-]{2,16}\])?", re.IGNORECASE)
_YEAR_AFTER_AUTHORS = re.compile(
    r"[\s.,:]{0,3}(?:[(\[]\s?(?P<a>(?:1[4-9]|20)\d\d)(?:\s?[-–/]\s?\d{2,4})?[a-z]?"
    r"(?:,\s?[^()\[\]]{0,24})?\s?[)\]]"
    r"|(?P<b>(?:1[4-9]|20)\d\d)[a-z]?(?=\s?[.,:]|\s[^\W\d])(?!\s?,\s?\d))[\s.,:;]{0,3}"
)
_NO_DATE = re.compile(
    r"[\s.,]{0,2}\(\s?(?:n\.?\s?d\.?|in press|forthcoming)\s?\)[\s.,]{0,2}", re.IGNORECASE
)
# "European Medicines Agency (EMA)"
_SHORT_NAME = r"(?:\s[(\[][A-Z][A-Za-z-]{1,9}[)\]])?"
_BEFORE_YEAR = re.compile(
    rf"([^.()\[\]“\"«:]{{2,120}}?){_SHORT_NAME}[.,]?\s?"
    r"(?=[(\[]?(?:1[4-9]|20)\d\d[a-z]?\s?[)\]]?[.,:\s])"
)
_BEFORE_STOP = re.compile(rf"((?:U\.\s?[SK]\.\s)?[^.()\[\]“\"«:]{{2,100}}?){_SHORT_NAME}\.\s(?=\S)")
_BEFORE_COMMA = re.compile(rf"([^.,()\[\]“\"«:]{{2,100}}?){_SHORT_NAME},\s(?=[^\W\da-z]|[“\"])")
_SHORT_WORD = re.compile(r"\s[^\W\d_a-z][^\W\d_]{1,4}")
_STATE = re.compile(r"U\.\s?[SK]\.\s")


def parse(raw: str, model: ReferenceModel | None = None) -> ParsedReference:
    """The fields of a reference printed in any style; "" where one was not found.

    With a model each field has its spans and a confidence; without one, or where the model sees
    neither author, title nor container, rules read the styles in common use: MLA, APA, AMA,
    Vancouver, IEEE, Chicago, Harvard, Nature, ACS and their relatives. Never fails: what cannot be
    read stays in `raw`.
    """
    text = without_label(collapsed(html.unescape(raw[:_LONGEST])))
    known = ParsedReference(
        raw=raw,
        doi=identifiers.normalise_doi(text),
        url=_first_url(text),
        isbn=identifiers.first(text, "isbn") if "ISBN" in text.upper() else "",
    )
    law = legal(raw)
    if law is not None:
        return _by_law(known, law)
    by_rules = _by_rules(known, text)
    if model is None:
        return by_rules
    shown = replace(by_rules, raw=raw[:_LONGEST])
    found = labelled(stretches(shown, model))
    if not (found.authors or found.title or found.container):
        return by_rules
    if found.volume and _torn_journal(found):
        found = replace(found, title="", container=f"{found.title}. {found.container}")
    return _by_labels(known, text, found)


def _torn_journal(found: Labelled) -> bool:
    """Whether a journal's name was cut at an abbreviation: "Justus Liebigs Ann." and "Chem."."""
    return (
        titled(found.title, _LONGEST_TORN)
        and found.container[:1].isupper()
        and _SHORT_WORD.fullmatch(found.title[found.title.rfind(" ") :]) is not None
        and _SHORT_WORD.fullmatch(f" {found.container}") is not None
    )


def _by_law(known: ParsedReference, law: Legal) -> ParsedReference:
    """A case or an act: its court stands as publisher, its own number as issue."""
    return replace(
        known,
        type=law.type,
        title=law.title,
        container=law.reporter,
        publisher=law.court,
        year=law.year,
        volume=law.volume,
        issue=law.number,
        pages=locations.full_pages(law.pages),
        spans=law.spans,
    )


def _by_labels(known: ParsedReference, text: str, found: Labelled) -> ParsedReference:
    location = locations.Location(volume=found.volume, issue=found.issue, pages=found.pages)
    online = bool(known.url and found.title)
    # The day on which a page was opened is no year of the work.
    dated = not known.url or not found.year or found.year in _stripped(text)
    return replace(
        known,
        type=entry_type(text, found.container, found.publisher, location, online=online),
        authors=found.authors,
        et_al=found.et_al,
        title=found.title,
        container=found.container,
        publisher=found.publisher,
        year=found.year if dated else "",
        volume=found.volume,
        issue=found.issue,
        pages=found.pages or (locations.article_number(text) if found.volume else ""),
        edition=locations.edition(text),
        spans=found.spans,
    )


def _by_rules(known: ParsedReference, text: str) -> ParsedReference:
    plain = _stripped(text)
    names, year, rest = _front(plain)
    names, body = split_body(names, rest)
    location = locations.locate(body.tail)
    between = body.tail if location.start < 0 else body.tail[: location.start]
    title, container, publisher = places(body, between, location)
    lead = _lead_container(names, body, container)
    online = bool(known.url and title)
    return replace(
        known,
        type=entry_type(text, container, publisher, location, online=online),
        authors=() if lead else names.names,
        et_al=names.et_al,
        title=title,
        container=lead or container,
        publisher=publisher,
        year=year or location.year,
        volume=location.volume,
        issue=location.issue,
        pages=location.pages,
        edition=locations.edition(rest),
    )


def printed_year(parsed: ParsedReference) -> str:
    """The year with the letter that tells two of one year apart where it is printed: "2018a".

    Citekeys take it, so that they agree with the letters in the text.
    """
    if not parsed.year:
        return ""
    lettered = re.compile(rf"(?<![\w./-]){parsed.year}[a-z](?![\w/-])")
    match = lettered.search(_stripped(collapsed(parsed.raw[:_LONGEST])))
    return match[0] if match else parsed.year


def without_label(text: str) -> str:
    """The reference without its bullet or number."""
    match = LABEL.match(text)
    return text[match.end() :].lstrip() if match else text


def _first_url(text: str) -> str:
    for match in _URL.finditer(text):
        url = match[0].strip("<>").rstrip(".,;:)]'’")
        if not _RESOLVER.match(url):
            return url.replace(" ", "")
    return ""


def _stripped(text: str) -> str:
    """The text without identifiers, addresses and what says when they were opened."""
    for span, _ in reversed(identifiers.find_dois(text)):
        before = text[: span.start]
        label = _DOI_LABEL.search(before, max(0, span.start - 40))
        text = (before[: label.start()] if label else before) + " " + text[span.end :]
    text = _ARXIV.sub(" arXiv ", _URL.sub(" ", text))
    for pattern in _NOISE:
        text = pattern.sub(" ", text)
    return _STOPS.sub(r"\1", collapsed(text)).strip(" ,;")


def _front(text: str) -> tuple[NameList, str, str]:
    """Authors, the year behind them if it stands there, and what follows."""
    names = leading_names(text)
    printed = text[: names.end]
    # "World Lichen Organization" has the form of a person's name.
    body = "," not in printed and (BODY.search(printed) or _STATE.match(text))
    if not names.names or body:
        names = _corporate(text) or names
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


def _corporate(text: str) -> NameList | None:
    """A body before "(2020)", or one whose words say that it is a body; None for neither."""
    for pattern in (_BEFORE_YEAR, _BEFORE_STOP, _BEFORE_COMMA):
        match = pattern.match(text)
        if match is None or not titled(match[1], _LONGEST_BODY):
            continue
        if pattern is _BEFORE_YEAR or BODY.search(match[1]):
            return NameList((Name(literal=match[1].strip(" ,")),), False, match.end())
    return None


def _lead_container(names: NameList, body: Body, container: str) -> str:
    """Harvard prints the journal in front where no author is known: Journal (2019) “Title”."""
    if not body.quoted or container or len(names.names) != 1:
        return ""
    name = names.names[0]
    return name.literal or (
        f"{name.given} {name.family}" if name.given and "." not in name.given else ""
    )
