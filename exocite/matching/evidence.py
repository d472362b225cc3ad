"""What agrees and what differs between a printed reference and one work, field by field.

Each field is read twice: from the parsed fields, and from the raw text, since parsing can fail. A
number that stands in the title is no evidence for a volume or a page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from exocite import identifiers
from exocite.matching.around import BOILERPLATE, printed_container, unexplained_words
from exocite.matching.beside import words_behind, words_beside
from exocite.matching.containers import same_container
from exocite.matching.fields import Field, Seen
from exocite.matching.notices import (
    HARD_NOTICES,
    PARTS,
    is_notice,
    notices,
    tells_apart,
    without_mark,
)
from exocite.matching.numbers import (
    numbers_of,
    same_issue,
    same_page,
    same_volume,
    same_year,
    strange_numbers,
)
from exocite.matching.people import first_author
from exocite.matching.titles import SMALL, Fit, TitleFit, fit_titles, found_in
from exocite.matching.words import roman, words
from exocite.model import ParsedReference, Work


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that was compared between a reference and a work.

    `kind` says in words why the work is of another kind, "" if it is not. `unexplained` and
    `strange_numbers` count the words and numbers that nothing in the record accounts for.
    `published`: the text names the work's publisher. `supplement`: it names a supplement.
    """

    work: Work
    printed_title: str
    title: TitleFit
    author: Seen
    year: Seen
    container: Seen
    volume: Seen
    issue: Seen
    page: Seen
    kind: str = ""
    unexplained: int = 0
    strange_numbers: int = 0
    marked_retracted: bool = False
    through_original: bool = False
    published: bool = False
    supplement: bool = False


@dataclass(frozen=True, slots=True)
class Printed:
    """A reference made ready for comparison once, for all candidates."""

    parsed: ParsedReference
    title: tuple[str, ...]
    raw: tuple[str, ...]
    numbers: frozenset[str]
    notices: frozenset[str]


_LABEL = re.compile(r"^\s*(?:[•*\-–]\s+|\[\s?\d{1,4}\s?\]|\(?\d{1,4}[.)]\s)")
_URL = re.compile(r"(?:https?|ftp)://\S{1,1500}|www\.\S{1,1500}")
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])[-‐\u00ad]\s(?=[^\W\d_])")
_LONGEST = 6000
_MOST_STRAY_WORDS = 2


def without_addresses(raw: str) -> str:
    """The text of a reference, at most 6,000 characters, without label, DOIs and addresses."""
    text = _URL.sub(" ", raw[:_LONGEST])
    for span, _ in reversed(identifiers.find_dois(text)):
        text = text[: span.start] + " " + text[span.end :]
    return _LABEL.sub("", text)


def printed(parsed: ParsedReference) -> Printed:
    """The reference with its words folded, identifiers and addresses left out."""
    text = _BROKEN_WORD.sub("", without_addresses(parsed.raw))
    said = notices(parsed.title) | {name for name in notices(text) if name not in _ONLY_AT_START}
    raw = tuple(words(text))
    return Printed(parsed, tuple(words(parsed.title)), raw, numbers_of(raw), frozenset(said))


# What is told by the beginning of a title can be told only where the title was read.
_ONLY_AT_START = frozenset(
    {"a comment", "a meeting abstract", "a review of it", "an interview", "news about it"}
)


def gather(reference: Printed, work: Work, *, named: bool = False) -> Evidence:
    """Compares a reference with a work; `named` says that the reference prints the work's DOI."""
    parsed = reference.parsed
    page = same_page(parsed, work, reference.numbers)
    read = _title(reference, work, named or page.result is Field.AGREE)
    numbers = numbers_of(read.around)
    container = printed_container(parsed, work, read.around)
    kind = ""
    if named or read.fit.fit is not Fit.OTHER:
        located = container.result is Field.AGREE
        kind = _kind(reference, work, read.fit, marked=read.marked, located=located)
    return Evidence(
        work=work,
        printed_title=parsed.title,
        title=read.fit,
        author=first_author(parsed, work, read.around, unnamed=read.first),
        year=same_year(parsed, work, numbers),
        container=container,
        volume=same_volume(parsed, work, numbers),
        issue=same_issue(parsed, work),
        page=same_page(parsed, work, numbers) if read.around else page,
        kind=kind,
        unexplained=_unexplained(read, work),
        strange_numbers=len(strange_numbers(read.around, work)) if read.fit.fit >= Fit.CLOSE else 0,
        marked_retracted=read.marked,
        through_original=read.through_original,
        published=bool((set(words(work.publisher)) - SMALL - BOILERPLATE) & set(read.around)),
        supplement=not _SUPPLEMENT.isdisjoint(read.around),
    )


_SUPPLEMENT = frozenset({"suppl", "supplement"})


def _unexplained(read: _Read, work: Work) -> int:
    """Words that no name or place accounts for, where the title or the journal does not tell."""
    if read.fit.fit is Fit.MISSING or not work.container:
        return len(unexplained_words(read.around, work))
    return 0


# --------------------------------------------------------------------------- title


@dataclass(frozen=True, slots=True)
class _Read:
    """A title's fit, the words around it, whether it stands first, and what its record says."""

    fit: TitleFit
    around: tuple[str, ...]
    first: bool
    marked: bool
    through_original: bool = False


# "I.—Computing machinery and intelligence": the number of the paper in its issue, which a record
# keeps and nobody cites. One that the reference prints, too, is compared.
_RUBRIC = re.compile(r"[IVXLC]{1,6}\.?\s{0,3}[—–]\s{0,3}(?=\w)")


def _title(reference: Printed, work: Work, numbers_fit: bool) -> _Read:
    """The best fit of the parsed title, or of a stretch of the raw text where that is better."""
    plain, marked = without_mark(work.title)
    forms = [words(plain)]
    if not forms[0] and not work.subtitle:
        # A record without a title says nothing of the printed one.
        return _Read(TitleFit(Fit.MISSING), reference.raw, False, marked)
    rubric = _RUBRIC.match(plain)
    if rubric and not (reference.title and roman(reference.title[0])):
        forms.append(words(plain[rubric.end() :]))
    if work.subtitle:
        forms.append(words(f"{plain} {work.subtitle}"))
    fits = [fit_titles(reference.title, form) for form in forms if reference.title]
    best = max(fits, key=lambda fit: fit.fit, default=TitleFit(Fit.MISSING))
    if best.fit >= Fit.CLOSE:
        return _read(reference, work, best, reference.title, marked)
    for form in reversed(forms):
        start, end = found_in(reference.raw, form)
        if start < 0:
            continue
        around = reference.raw[:start] + reference.raw[end:]
        left = len(unexplained_words(around, work))
        if (best.fit is not Fit.LONGER and left <= _MOST_STRAY_WORDS) or (
            best.fit is Fit.LONGER and not left
        ):
            fit = fit_titles(reference.raw[start:end], form)
            beside = words_beside(reference.parsed, reference.title, work, form)
            if beside:
                fit = TitleFit(Fit.LONGER, beside)
            return _read(reference, work, fit, reference.raw[start:end], marked)
    if best.fit >= Fit.LONGER:
        return _read(reference, work, best, reference.title, marked)
    original = (
        fit_titles(reference.title, words(work.original_title)) if work.original_title else None
    )
    if original and original.fit >= Fit.CLOSE:
        read = _read(reference, work, original, reference.title, marked)
        return replace(read, through_original=True)
    if numbers_fit and _untitled(reference, work):
        return _Read(TitleFit(Fit.MISSING), reference.raw, False, marked)
    # Another title: the raw text is not searched for the rest of another work.
    return _Read(TitleFit(Fit.OTHER, best.ours, best.theirs), (), False, marked)


def _untitled(reference: Printed, work: Work) -> bool:
    """Whether the reference prints no title: names, journal and numbers account for its words.

    What was read as a title is then a piece of those.
    """
    if unexplained_words(reference.title, work):
        return False
    return len(unexplained_words(reference.raw, work)) <= _MOST_STRAY_WORDS


def _read(
    reference: Printed, work: Work, fit: TitleFit, title: Sequence[str], marked: bool
) -> _Read:
    """A fit with the words around the title; all words when the title is not in one piece."""
    raw = reference.raw
    start, end = _standing(raw, title)
    if start < 0:
        return _Read(fit, raw, False, marked)
    if fit.fit >= Fit.CLOSE and (tail := words_behind(raw[end:], work)):
        fit = TitleFit(Fit.LONGER, tail)
    return _Read(fit, raw[:start] + raw[end:], start == 0, marked)


def _standing(raw: tuple[str, ...], title: Sequence[str]) -> tuple[int, int]:
    size = len(title)
    for start in range(len(raw) - size + 1) if size else ():
        if raw[start] == title[0] and raw[start : start + size] == tuple(title):
            return start, start + size
    return found_in(raw, title)


# --------------------------------------------------------------------------- kind


def _kind(reference: Printed, work: Work, title: TitleFit, *, marked: bool, located: bool) -> str:
    """Why the work is of another kind than what is cited, in words; "" when it is not."""
    parsed = reference.parsed
    bare = without_mark(work.title)[0] if marked else work.title
    theirs = notices(f"{bare} {work.subtitle}")
    if (title.fit < Fit.CLOSE or title.theirs) and title.fit is not Fit.MISSING:
        extra = theirs - reference.notices
        if extra:
            return min(extra)
    if title.fit in {Fit.CUT, Fit.LONGER} and tells_apart(title.theirs or title.ours):
        return "another part or kind: “" + " ".join(title.theirs or title.ours) + "”"
    hard = theirs & HARD_NOTICES
    if title.fit is Fit.MISSING and (hard or is_notice(work)):
        return min(hard, default="a notice about another work")
    if title.fit < Fit.CLOSE and reference.notices - theirs and title.fit is not Fit.MISSING:
        return "the work itself, not " + min(reference.notices - theirs)
    placed = bool(parsed.volume or parsed.pages or parsed.issue)
    if work.type in PARTS and (placed or parsed.container) and not located:
        return PARTS[work.type]
    if work.type in {"component", "peer-review"}:
        return PARTS[work.type]
    if (
        work.type == "posted-content"
        and (placed or parsed.container)
        and not _names_preprint(reference, work)
    ):
        return "a preprint"
    if work.type == "book-chapter" and parsed.type == "book" and not located:
        return "a chapter"
    return ""


def _names_preprint(reference: Printed, work: Work) -> bool:
    servers = {
        "preprint",
        "preprints",
        "biorxiv",
        "medrxiv",
        "arxiv",
        "chemrxiv",
        "ssrn",
        "osf",
        "psyarxiv",
        "techrxiv",
    }
    said = servers & set(reference.raw)
    square = "research" in reference.raw and "square" in reference.raw
    return bool(said or square) or (
        bool(work.container) and same_container(reference.parsed.container, work.container)
    )
