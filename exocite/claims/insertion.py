"""A citation for a work that a person accepted: where in the article it goes and how it reads.

Nothing is replaced and nothing moves: an insertion is a text and an offset, in a manner of
`exocite.claims.manners`. Whoever writes the file reads the result again and takes only what came
back as meant.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from exocite.claims.abbreviations import CONNECTING, EITHER
from exocite.claims.manners import IS_RAISED, Manner, Markup
from exocite.model import Article, Block, Citation, CitationKind, Claim, Reference
from exocite.patterns import regex
from exocite.references.names import bibtex_names, has_others
from exocite.text import source_span, trimmed, visible_offset

_STOPS = ".!?…:;,。！？"
_CLOSERS = regex(rf"[{_STOPS}]+[\"'“”‘’«»)\]]*$")
_QUOTED = regex(r"[\"”’»“]$")
_LAST_WORD = regex(r"[^\W_]+(?:\.[^\W_]+)*$")
_SHORTENED = CONNECTING | EITHER
_PLAIN_KEY = regex(r"\w(?:\w|[:.#$%&\-+?<>~/](?=\w))*")
_KEY_LIMIT = regex(r"[\s{}\[\];]")
_NO_LATEX_KEY = regex(r"[\s{}\[\]%#\\,~$^&]")
_NO_MARKUP_KEY = regex(r"[\s,;\[\](){}<>`=&@\\]")
_PAGES = regex(r"(?:pp?|pages?)\.?\s?(?P<pages>\S+)", re.IGNORECASE)
_LATEX_PLACE = {" ": "~", "–": "--", "_": r"\_"}
_PLACE = regex(
    r"(?:pp?|pages?|figs?|figures?|tab|tables?|chap|chapters?|sec|sections?|§{1,2})\.?\s?"
    r"[A-Za-z]?\d[\w.,–-]{0,30}",
    re.IGNORECASE,
)
_YEAR = regex(r"(?<!\d)(?:1[5-9]|20)\d\d[a-h]?(?![\w])")
_NOT_WRITTEN = {
    "mediawiki": "no citation is written into wikitext: put a <ref> there by hand",
    "jats": "no citation is written into XML: put an <xref> there by hand",
}
_NOTE_SIGNS = regex(r"(?:\s{0,9}\[\^[^\]\[\s]{1,100}\]){1,9}\s{0,9}\Z")
_REACH = 40
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BRACKETS = {"[": "]", "(": ")"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a claim should cite: works by citekey, each with a locator ("" for none)."""

    claim: Claim
    works: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Insertion:
    """A text to put into the source at an offset, for these works of this claim."""

    claim: str
    keys: tuple[str, ...]
    at: int
    text: str


@dataclass(frozen=True)
class Page:
    """An article as citations are written into it.

    `numbers` gives the number of a citekey in the article's own list; `blocks` those that may hold
    claims, in the order of the source.
    """

    article: Article
    references: Mapping[str, Reference]
    numbers: Mapping[str, str]
    blocks: tuple[Block, ...] = field(init=False)

    def __post_init__(self) -> None:
        ordered = sorted(
            (block for block in self.article.blocks if block.kind.is_prose and block.runs),
            key=lambda block: block.span,
        )
        object.__setattr__(self, "blocks", tuple(ordered))

    def block(self, claim: Claim) -> Block:
        """The innermost block that holds the claim."""
        at = bisect_right(self.blocks, claim.span.start, key=lambda block: block.span.start) - 1
        while at > 0 and not self.blocks[at].span.contains(claim.span):
            at -= 1
        return self.blocks[max(at, 0)]


def page(
    article: Article,
    references: Sequence[Reference],
    keys_of_listed: Mapping[str, tuple[str, ...]],
) -> Page:
    """The article with its bibliography; a work that its list prints twice has the first number."""
    numbers: dict[str, str] = {}
    for listed in article.references:
        keys = keys_of_listed.get(listed.label, ())
        if len(keys) == 1 and listed.label.isdigit():
            numbers.setdefault(keys[0], listed.label)
    return Page(article, {entry.key: entry for entry in reversed(references)}, numbers)


def is_place(locator: str) -> bool:
    """Whether a passage's locator is one that a citation can carry: a page, a figure, a section."""
    return _PLACE.fullmatch(locator.strip()) is not None


def applied(source: str, insertions: Sequence[Insertion]) -> str:
    """The source with all insertions made, from the end, so that no offset moves under another."""
    for one in sorted(insertions, key=lambda one: one.at, reverse=True):
        source = source[: one.at] + one.text + source[one.at :]
    return source


# --------------------------------------------------------------------------- one insertion


def insertion(page: Page, wanted: Wanted, manner: Manner) -> Insertion | str:
    """The citation for a claim in this manner; a text says why it cannot be written so."""
    if page.article.format in _NOT_WRITTEN:
        return _NOT_WRITTEN[page.article.format]
    works = []
    for key, locator in wanted.works:
        written = _written(page, key, locator, manner)
        if not written[0]:
            return written[1]
        works.append(written[0])
    if manner.kind in (CitationKind.NUMERIC, CitationKind.SUPERSCRIPT):
        works = sorted(dict.fromkeys(works), key=int)
    keys = tuple(dict.fromkeys(key for key, _ in wanted.works))
    found = _joined_to_group(page, wanted.claim, manner, works)
    at, text = found or _of_its_own(page, wanted.claim, manner, works)
    if page.article.format == "html" and manner.kind is not CitationKind.SUPERSCRIPT:
        text = html.escape(text, quote=False)
    try:
        text.encode(page.article.encoding)
    except (UnicodeEncodeError, LookupError):
        if page.article.format != "html":
            return f"“{text.strip()}” cannot be written in the file's encoding"
        text = text.encode("ascii", "xmlcharrefreplace").decode("ascii")
    return Insertion(wanted.claim.id, keys, at, text)


def _written(page: Page, key: str, locator: str, manner: Manner) -> tuple[str, str]:
    """The work as it stands inside the marker, or "" and why it cannot stand there."""
    place = f", {locator.strip()}" if is_place(locator) else ""
    if manner.kind is CitationKind.PANDOC:
        if _KEY_LIMIT.search(key) or not key:
            return "", f"the key {key} cannot be written as a citation"
        plain = _PLAIN_KEY.fullmatch(key) is not None
        return f"@{key}{place}" if plain else f"@{{{key}}}{place}", ""
    if manner.kind is CitationKind.LATEX:
        if _NO_LATEX_KEY.search(key) or not key:
            return "", f"the key {key} cannot be written as a citation"
        shown = "".join(_LATEX_PLACE.get(c, c) for c in place.removeprefix(", "))
        return f"[{shown}]{{{key}}}" if shown else f"{{{key}}}", ""
    if manner.markup is not None:
        return _in_markup(page, key, locator if place else "", manner.markup)
    if manner.kind is CitationKind.AUTHOR_YEAR:
        reference = page.references.get(key)
        text = _author_year(reference, manner) if reference else ""
        return f"{text}{place}" if text else "", f"{key} has no author or no year to cite it by"
    return page.numbers.get(key, ""), f"{key} has no number in the article's list of references"


def _in_markup(page: Page, key: str, place: str, markup: Markup) -> tuple[str, str]:
    """The work as it stands between the signs of a markup language."""
    if _NO_MARKUP_KEY.search(key) or not key:
        return "", f"the key {key} cannot be written as a citation"
    if markup.listed and all(listed.label != key for listed in page.article.references):
        return "", f"{key} is not in the article's own list of references"
    pages = _PAGES.fullmatch(place.strip())
    if markup.bare_pages:
        place = pages["pages"] if pages else ""
    return key + (markup.place % place.strip() if markup.place and place else ""), ""


def _author_year(reference: Reference, manner: Manner) -> str:
    people = reference.get("author") or reference.get("editor")
    names = [
        name.literal or " ".join(filter(None, (name.particle, name.family)))
        for name in bibtex_names(people)
    ]
    year = _YEAR.search(reference.get("year") or reference.get("date"))
    if not names or not names[0] or year is None:
        return ""
    if len(names) > 2 or has_others(people):
        said = f"{names[0]} et al."
    else:
        said = f" {manner.joiner} ".join(names)
    return f"{said}{',' if manner.comma else ''} {year[0]}"


def _joined_to_group(
    page: Page, claim: Claim, manner: Manner, works: Sequence[str]
) -> tuple[int, str] | None:
    """The place inside the bracket group, or behind the raised numbers, that ends the sentence."""
    source = page.article.source
    ending = [mark for mark in claim.citations if mark.kind is manner.kind]
    last = max(ending, key=lambda mark: mark.span, default=None)
    if last is None or not last.items:
        return None
    block = page.block(claim)
    behind = block.text[
        visible_offset(block.runs, last.span.end) : visible_offset(block.runs, claim.span.end)
    ]
    if any(map(str.isalnum, behind)):
        return None
    if manner.kind is CitationKind.SUPERSCRIPT:
        return _joined_to_raised(source, last, manner, works)
    if manner.kind is CitationKind.LATEX:
        return _joined_to_command(source, last, manner, works)
    if manner.markup is not None:
        return _joined_to_markup(source, last, manner.markup, works)
    closing = _BRACKETS.get(source[last.span.start : last.span.start + 1])
    if closing is None or source[last.span.end - 1] != closing:
        return None
    if manner.kind is CitationKind.NUMERIC:
        at = _before_greater(last, works)
        if at is not None and source[at - 1] in "[( ":
            return at, "".join(f"{work}, " for work in works)
        return last.span.end - 1, "".join(f", {work}" for work in works)
    return last.span.end - 1, "".join(f"; {work}" for work in works)


def _joined_to_command(
    source: str, last: Citation, manner: Manner, works: Sequence[str]
) -> tuple[int, str] | None:
    """The place behind the last key of the article's own command; a locator stays with its work."""
    written = source[last.span.start : last.span.end]
    own = written.startswith(f"\\{manner.command}{{") and written.endswith("}")
    if not own or not all(work.startswith("{") for work in works):
        return None
    return last.span.end - 1, "".join(f", {work[1:-1]}" for work in works)


def _joined_to_markup(
    source: str, last: Citation, markup: Markup, works: Sequence[str]
) -> tuple[int, str] | None:
    """The place before what closes the article's own marker."""
    written = source[last.span.start : last.span.end]
    if not markup.own.match(written) or not written.endswith(markup.closing):
        return None
    text = "".join(f"{markup.between}{work}" for work in works)
    return last.span.end - len(markup.closing), text


def _commands(manner: Manner, works: Sequence[str]) -> str:
    """LaTeX's commands for these works: one for all, and one for each that has a locator."""
    plain = [work[1:-1] for work in works if work.startswith("{")]
    placed = [work for work in works if not work.startswith("{")]
    arguments = [*placed, *([f"{{{', '.join(plain)}}}"] if plain else [])]
    return " ".join(f"\\{manner.command}{argument}" for argument in arguments)


def _joined_to_raised(
    source: str, last: Citation, manner: Manner, works: Sequence[str]
) -> tuple[int, str] | None:
    """The place among raised numbers: in their order, but behind all of them in a tag."""
    numbers = ",".join(works)
    end = last.items[-1].span.end
    digits = IS_RAISED.match(source[end - 1]) is not None
    if digits or manner.raised == "flat":
        if digits:
            numbers = numbers.translate(_RAISED)
        at = _before_greater(last, works)
        return (end, f",{numbers}") if at is None else (at, f"{numbers},")
    tag = source.find("</sup", end, end + 4 * _REACH)
    return (tag, f",{numbers}") if tag >= 0 and "<sup" not in source[end:tag] else None


def _before_greater(marker: Citation, numbers: Sequence[str]) -> int | None:
    """The place of the first number in the marker that is greater than all of these."""
    greatest = max(map(int, numbers))
    places = (item.span.start for item in marker.items if int(item.label) > greatest)
    return next(places, None)


def _of_its_own(page: Page, claim: Claim, manner: Manner, works: Sequence[str]) -> tuple[int, str]:
    """A marker of its own at the end of the sentence."""
    space = "" if manner.glued else " "
    if manner.kind is CitationKind.SUPERSCRIPT:
        numbers = ",".join(works)
        marker = numbers
        if manner.raised == "tag":
            marker = f"<sup>{numbers}</sup>"
        elif manner.raised == "digits":
            marker = numbers.translate(_RAISED)
    elif manner.kind is CitationKind.NUMERIC:
        marker = f"{manner.opening}{', '.join(works)}{_BRACKETS[manner.opening]}"
    elif manner.kind is CitationKind.PANDOC:
        marker = f"[{'; '.join(works)}]"
    elif manner.kind is CitationKind.LATEX:
        space = "" if manner.glued else "~" if manner.tied else " "
        marker = _commands(manner, works)
    elif manner.markup is not None:
        marker = manner.markup.between.join(works)
        marker = f"{manner.markup.opening}{marker}{manner.markup.closing}"
    else:
        marker = f"({'; '.join(works)})"
    return _place(page, claim, after=manner.after), space + marker


def _place(page: Page, claim: Claim, *, after: bool) -> int:
    """Where a marker goes: before the punctuation that ends the sentence, or behind it.

    A full stop inside a quotation, and one that belongs to an abbreviation, swap the two: a marker
    is no part of either.
    """
    block = page.block(claim)
    start = visible_offset(block.runs, claim.span.start)
    start, end = trimmed(block.text, start, visible_offset(block.runs, claim.span.end))
    behind = max(claim.span.end, *(mark.span.end for mark in claim.citations), 0)
    bare = start + _without_notes(block.text[start:end])
    if bare < end:
        end = bare
        behind = source_span(block.runs, end - 1, end).end
    text = block.text[start:end]
    closers = _CLOSERS.search(text)
    if closers is None:
        return behind
    if _QUOTED.search(closers[0]) or _is_shortened(text[: closers.start()], closers[0]):
        after = not after
    stop = start + closers.start()
    if after or stop <= start:
        return behind
    if block.text[stop - 1].isspace():
        stop = trimmed(block.text, start, stop)[1]
        return source_span(block.runs, stop - 1, stop).end
    return source_span(block.runs, stop, stop + 1).start


def _without_notes(text: str) -> int:
    """Where the sentence ends before the signs of notes that stand behind it.

    A note may be written in place of its sign: what is put behind the sign would stand in the note.
    """
    signs = _NOTE_SIGNS.search(text, max(0, len(text) - _REACH))
    return signs.start() if signs and signs.start() else len(text)


def _is_shortened(text: str, closers: str) -> bool:
    """Whether the full stop is that of an abbreviation: "etc.", "U.S.", "6 p.m."."""
    word = _LAST_WORD.search(text)
    if not closers.startswith(".") or closers.startswith("..") or word is None:
        return False
    parts = word[0].split(".")
    dotted = len(parts) > 1 and all(len(part) < 3 and part.isalpha() for part in parts)
    return dotted or word[0].casefold() in _SHORTENED
