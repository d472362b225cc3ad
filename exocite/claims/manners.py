"""How an article writes its citations: which kind, on which side of the full stop, how spaced."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from exocite.model import Article, Citation, CitationKind

IS_RAISED = re.compile(r"[⁰¹²³⁴-⁹]")
"""A digit that Unicode raises."""

_STOPS = ".!?…"
_COMMA_YEAR = re.compile(r",\s(?:1[5-9]|20)\d\d")
_BARE_YEAR = re.compile(r"[^\W\d_][.’']?\s(?:1[5-9]|20)\d\d")
_REACH = 40


@dataclass(frozen=True, slots=True)
class Manner:
    """How citations are written: their kind, after the full stop or before it, with no space.

    `opening` is the bracket of numbers, `comma` and `joiner` are those of "Ku & Lee, 2023".
    `raised` says how raised numbers are: "tag" for HTML's sup, "digits" for Unicode's own, "flat"
    where they lost their height.
    """

    kind: CitationKind
    after: bool = False
    glued: bool = False
    opening: str = "["
    comma: bool = True
    joiner: str = "&"
    raised: str = "tag"


def manners(article: Article, citations: Sequence[Citation]) -> tuple[Manner, ...]:
    """The ways to write a citation here, the article's own first.

    Markdown takes pandoc's keys. Elsewhere the kind that the article uses most, then numbers where
    its list of references is numbered, then author and year. Each kind is tried with the marker on
    the other side of the full stop too.
    """
    if article.format == "markdown":
        kinds = [CitationKind.PANDOC]
    else:
        kinds = list(_kinds(article, citations))
    found: list[Manner] = []
    for kind in kinds:
        own = _own(kind, article, [mark for mark in citations if mark.kind is kind])
        found.extend((own, replace(own, after=not own.after)))
    return tuple(found)


def _kinds(article: Article, citations: Sequence[Citation]) -> Iterator[CitationKind]:
    known = (
        CitationKind.PANDOC,
        CitationKind.NUMERIC,
        CitationKind.SUPERSCRIPT,
        CitationKind.AUTHOR_YEAR,
    )
    used = Counter(mark.kind for mark in citations if mark.kind in known)
    most = max(known, key=lambda kind: used[kind])
    if used[most]:
        yield most
    numbered = used[CitationKind.NUMERIC] or _is_numbered(article)
    if numbered and (not used[most] or most is CitationKind.SUPERSCRIPT):
        yield CitationKind.NUMERIC
    if most is not CitationKind.AUTHOR_YEAR or not used[most]:
        yield CitationKind.AUTHOR_YEAR


def _is_numbered(article: Article) -> bool:
    """Whether a reader sees the numbers of the list: printed, or set by an ordered HTML list."""
    seen = 0
    lower = article.source.lower() if article.format == "html" else ""
    for listed in article.references:
        start = listed.span.start
        around = article.source[max(0, start - 12) : start + 12]
        label = re.escape(listed.label)
        printed = re.search(rf"(?<![\w.]){label}\s?[.)\]]|[\[(]{label}[\])]|<sup>{label}<", around)
        seen += bool(printed) or (bool(lower) and _in_ordered(lower, start))
    return bool(seen) and 2 * seen > len(article.references)


def _in_ordered(lower: str, at: int) -> bool:
    return lower.rfind("<ol", 0, at) > max(lower.rfind("<ul", 0, at), lower.rfind("</ol", 0, at))


def _own(kind: CitationKind, article: Article, marks: Sequence[Citation]) -> Manner:
    """The manner of this kind as the article writes it; with no example, the usual one."""
    source = article.source
    written = [source[mark.span.start : mark.span.end] for mark in marks]
    before = [_before(source, mark.span.start) for mark in marks]
    raised = kind is CitationKind.SUPERSCRIPT
    glued = [not text[-1:].isspace() for text in before if text]
    after = [
        text.rstrip()[-1:] in _STOPS
        for mark, text in zip(marks, before, strict=True)
        if text.strip() and _stands_last(source, mark.span.end, text)
    ]
    return Manner(
        kind,
        after=_most(after, otherwise=False),
        glued=_most(glued, otherwise=raised),
        opening="(" if _most([text.startswith("(") for text in written]) else "[",
        comma=_most(
            [bool(_COMMA_YEAR.search(t)) for t in written if _BARE_YEAR.search(t) or "," in t],
            otherwise=True,
        ),
        joiner="and"
        if _most([" and " in t for t in written if " and " in t or " & " in t])
        else "&",
        raised=_raised(article, written),
    )


def _raised(article: Article, written: Sequence[str]) -> str:
    if _most([bool(IS_RAISED.match(text)) for text in written]):
        return "digits"
    return "tag" if article.format == "html" else "flat"


def _before(source: str, at: int) -> str:
    """What a reader sees before the offset, tags left out."""
    return re.sub(r"<[^<>]*>|<[^<>]*$", "", source[max(0, at - _REACH) : at])


def _stands_last(source: str, end: int, before: str) -> bool:
    """Whether the marker stands at the end of a sentence."""
    following = re.sub(r"^[^<>]*>|<[^<>]*>", "", source[end : end + _REACH]).lstrip()
    return before.rstrip()[-1:] in _STOPS or following[:1] in _STOPS


def _most(votes: Sequence[bool], *, otherwise: bool = False) -> bool:
    return 2 * sum(votes) > len(votes) if votes else otherwise
