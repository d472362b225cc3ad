"""The fields of a reference whose pieces are labelled: values, spans, and how sure each is."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from exocite.model import FieldSpan, Name, Span
from exocite.references.locations import MONTH, full_pages
from exocite.references.people import every_name
from exocite.references.tagging import Stretch
from exocite.text import collapsed


@dataclass(frozen=True, slots=True)
class Labelled:
    """What the labels give, "" for what they do not hold, and the spans that hold them."""

    authors: tuple[Name, ...] = ()
    et_al: bool = False
    title: str = ""
    container: str = ""
    publisher: str = ""
    year: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    spans: tuple[FieldSpan, ...] = ()

    @property
    def confidence(self) -> float:
        """How sure the least sure of the fields that tell one work from another is."""
        sure = [span.confidence for span in self.spans if span.name in _TELLING]
        return min(sure, default=0.0)


_TELLING = frozenset(("author", "title", "container", "volume"))
_EDGE = " \t\r\n.,;:([-–—|/_*"
_QUOTES = '“”„«»"`'
_INTO = re.compile(r"^(?:(?:in|dans|en|aus)\s?:?\s+)+(?=\S)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)")
_NUMBER = r"[A-Z]{0,3}\d{1,6}(?:\s?[-–/]\s?\d{1,4})?[A-Za-z]?"
_VOLUME_LABEL = re.compile(
    r"^(?:volumes?|vols?|v|bd|band|jg|tome|t)(?:\.\s?|\s|(?=\d))", re.IGNORECASE
)
_VOLUME = re.compile(rf"{_NUMBER}|\b[IVXLC]{{1,8}}\b")
# "Phys. Rev. D47": the letter belongs to the journal.
_SECTION = re.compile(r"([A-H])(\d{1,4})")
_SECTIONED = re.compile(r"\b(?:Phys|Rev|Nucl|Lett|Methods|J)\b\.?$")
_VOLUME_ISSUE = re.compile(r"(\d{1,4})[.:/](\d{1,4})")
_ISSUE_LABEL = re.compile(
    r"^(?:(?:n[°ºo]s?|nrs?|num|numbers?|issues?|iss|heft|n|№)(?:\b|(?=\d))\.?[°º]?\s?|n[°º]\s?)(?=\S)",
    re.IGNORECASE,
)
_LONE_LABEL = re.compile(r"(?:nos?|nrs?|num|numbers?|issues?|iss|heft)\.?", re.IGNORECASE)
_LONE_NUMBER = re.compile(r"\d{1,5}(?:[-–/]\d{1,5})?[.,:;]{0,2}")
_OF_AN_ARTICLE = re.compile(r"\b(?:art(?:icle)?|paper)\.?$", re.IGNORECASE)
_LONE_FAMILY = re.compile(r"\.; [^,;]{2,40},$")
_INITIAL = re.compile(r"[^\W\d_a-z]\.")
_MONTH_ONLY = re.compile(rf"{MONTH}(?:\s?[-–/]\s?{MONTH})?(?:\s\d{{1,2}})?", re.IGNORECASE)
_PAGE = r"[A-Za-z]{0,5}\d{1,20}[A-Za-z]{0,3}\d{0,6}(?:\.\d{1,4})?"
_PAGES = re.compile(rf"{_PAGE}(?:\s?[-–—‐‑−=?]{{1,2}}\s?{_PAGE})?|\b[ivxlc]+(?:[-–][ivxlc]+)?\b")
_PAGE_LABEL = re.compile(
    r"(?:\b(?:(?:pp?|pages?|pgs?|pag|ss?|art(?:icle)?|paper|no|id|number)\b|pp|(?-i:p)(?=\d))[.:]?\s?)+",
    re.IGNORECASE,
)
_MEDIUM = re.compile(
    r"\s?\[(?:internet|online|electronic|data\s?set|data|database|web\s?page|website|report|preprint)\]?$",
    re.IGNORECASE,
)
_JOINED = re.compile(r"(?<=\d)\s?[=?]\s?(?=\d)")


def labelled(found: Sequence[Stretch]) -> Labelled:
    """The fields that the labelled stretches hold."""
    found = _number_to_label(_initial_back(found))
    authors = _texts(found, "author") or _texts(found, "body")[:1]
    names: list[Name] = []
    et_al = False
    for text in authors:
        people = every_name(text)
        names.extend(people.names)
        et_al = et_al or people.et_al
    volume, issue = _numbers(_first(found, "volume"), _first(found, "issue"))
    container = _named(_INTO.sub("", _first(found, "container")))
    section = _SECTION.fullmatch(volume)
    if section and _SECTIONED.search(container):
        container, volume = f"{container} {section[1]}", section[2]
    return Labelled(
        authors=tuple(names),
        et_al=et_al,
        title=_title(_first(found, "title")),
        container=container,
        publisher=_named(_first(found, "publisher")),
        year=next(filter(None, map(_year, _texts(found, "year"))), ""),
        volume=volume,
        issue=issue,
        pages=_pages(_first(found, "pages")),
        spans=tuple(_spans(found)),
    )


def _initial_back(found: Sequence[Stretch]) -> Sequence[Stretch]:
    """In "Cruz, J.; Berg, A. Chem. Rev." the last initial belongs to the author before it."""
    for index, (left, right) in enumerate(itertools.pairwise(found)):
        # Without a semicolon, "Cruz, J. Phys." is as likely a journal that begins with "J.".
        inverted = left.label == "author" and _LONE_FAMILY.search(_text(left)) is not None
        if inverted and len(right.tokens) > 1 and _INITIAL.fullmatch(right.tokens[0].text):
            author = replace(left, tokens=(*left.tokens, right.tokens[0]))
            rest = replace(right, tokens=right.tokens[1:])
            return [*found[:index], author, rest, *found[index + 2 :]]
    return found


def _number_to_label(found: Sequence[Stretch]) -> Sequence[Stretch]:
    """In "vol. 53, no. 5-6" the last number is the issue's, though it be taken for pages."""
    for index, (left, right) in enumerate(itertools.pairwise(found)):
        if left.label not in {"issue", "note"} or not _LONE_LABEL.fullmatch(_text(left)):
            continue
        before = found[:index]
        if not before or _OF_AN_ARTICLE.search(_text(before[-1])):
            continue
        behind = right.label in {"pages", "volume", "note"} and any(
            stretch.label == "volume" for stretch in before
        )
        if behind and _LONE_NUMBER.fullmatch(right.tokens[0].text):
            issue = replace(left, label="issue", tokens=(*left.tokens, right.tokens[0]))
            rest = replace(right, tokens=right.tokens[1:])
            return [*before, issue, *((rest,) if rest.tokens else ()), *found[index + 2 :]]
    return found


def _texts(found: Iterable[Stretch], label: str) -> list[str]:
    return [_text(stretch) for stretch in found if stretch.label == label]


def _first(found: Iterable[Stretch], label: str) -> str:
    return next(iter(_texts(found, label)), "")


def _text(stretch: Stretch) -> str:
    """The stretch as printed, entities decoded, one blank for any space."""
    pieces: list[str] = []
    for index, token in enumerate(stretch.tokens):
        if index and token.chunk != stretch.tokens[index - 1].chunk:
            pieces.append(" ")
        pieces.append(token.text)
    return collapsed("".join(pieces))


def _title(text: str) -> str:
    text = _MEDIUM.sub("", text.rstrip(_EDGE))
    title = text.strip(_EDGE + "'‘’)]")
    if text.endswith(("’", "'")) and "‘" in title:
        title += "’"
    inner = title.strip(_QUOTES)
    if inner.count("“") > inner.count("”"):
        inner += "”"
    return inner.strip(_EDGE) if inner else title


def _named(text: str) -> str:
    """A journal's or publisher's name without the marks around it; its own brackets stay."""
    name = _MEDIUM.sub("", text.strip(_EDGE + _QUOTES))
    opened, closed = name.count("("), name.count(")")
    return (
        name.rstrip(")]" + _EDGE)
        if closed > opened
        else name.rstrip("])")
        if (name.endswith("]") and "[" not in name)
        else name
    )


def _year(text: str) -> str:
    match = _YEAR.search(text)
    return match[0] if match else ""


def _numbers(volume: str, issue: str) -> tuple[str, str]:
    both = _VOLUME_ISSUE.search(volume)
    if both and not issue:
        return both[1], both[2]
    match = _VOLUME.search(_VOLUME_LABEL.sub("", volume.strip(_EDGE)))
    if issue.startswith("("):  # "(8), Article"
        issue = issue.partition(")")[0]
    number = _ISSUE_LABEL.sub("", issue.strip(_EDGE + ")]"))
    if _LONE_LABEL.fullmatch(number):
        number = ""
    return (match[0].replace(" ", "") if match else ""), (
        "" if _MONTH_ONLY.fullmatch(number) else number.strip(_EDGE + ")]")
    )


def _pages(text: str) -> str:
    plain = _JOINED.sub("-", _PAGE_LABEL.sub("", text))
    match = _PAGES.search(plain)
    return full_pages(match[0]) if match else ""


def _spans(found: Iterable[Stretch]) -> Iterable[FieldSpan]:
    for stretch in found:
        start, end = stretch.tokens[0].span.start, stretch.tokens[-1].span.end
        yield FieldSpan(stretch.label, Span(start, end), stretch.confidence)
