"""How an article writes its citations: which kind, on which side of the full stop, how spaced."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from exocite.frozen import dataclass
from exocite.model import Article, Citation, CitationKind
from exocite.patterns import regex

IS_RAISED = regex(r"[⁰¹²³⁴-⁹]")
"""A digit that Unicode raises."""

_STOPS = ".!?…"
_COMMA_YEAR = regex(r",\s(?:1[5-9]|20)\d\d")
_BARE_YEAR = regex(r"[^\W\d_][.’']?\s(?:1[5-9]|20)\d\d")
_COMMAND = regex(r"\\([A-Za-z]+)\*?(?=[\[{\s%])")
_BESIDE = frozenset(
    "cite citep parencite autocite footcite supercite smartcite onlinecite citeA citeNP".split()
)
_REACH = 40


@dataclass(frozen=True, slots=True)
class Markup:
    """How a markup language writes a citation: around the keys, between two, the place in a work.

    `place` holds %s for it, "" where there is no room for one; `bare_pages` where the tools print
    "p." themselves. What is `listed` can only cite what the article's own list holds. `own` matches
    the beginning of such a marker.
    """

    own: re.Pattern[str]
    opening: str
    between: str
    closing: str
    place: str = ""
    listed: bool = False
    bare_pages: bool = False


_ROLE = regex(r":(?:foot)?cite(?:p|:p|:ps|:alp)?:`")
_MARKUP = {
    "restructuredtext": (
        Markup(_ROLE, ":cite:`", ",", "`", "{%s}"),
        Markup(regex(r"\["), "[", "]_ [", "]_", listed=True),
    ),
    "asciidoc": (
        Markup(regex(r"cite:\["), "cite:[", ", ", "]", "(%s)", bare_pages=True),
        Markup(regex(r"<<"), "<<", ">> <<", ">>", listed=True),
    ),
    "typst": (Markup(regex(r"@"), "@", " @", "", "[%s]"),),
    "org": (
        Markup(
            regex(r"\[cite(?:/(?!(?:t|text|a|author|n|nocite)\b)[\w/-]+)?:"),
            "[cite:@",
            "; @",
            "]",
            " %s",
        ),
        Markup(regex(r"\[\[cite|cite"), "[[cite:", ",", "]]"),
    ),
}


@dataclass(frozen=True, slots=True)
class Manner:
    """How citations are written: their kind, after the full stop or before it, with no space.

    `opening` is the bracket of numbers, `comma` and `joiner` are those of "Ku & Lee, 2023".
    `raised` says how raised numbers are: "tag" for HTML's sup, "digits" for Unicode's own, "flat"
    where they lost their height. `command` is that of LaTeX, `tied` its space that never breaks.
    """

    kind: CitationKind
    after: bool = False
    glued: bool = False
    opening: str = "["
    comma: bool = True
    joiner: str = "&"
    raised: str = "tag"
    command: str = "cite"
    tied: bool = True
    markup: Markup | None = None


def manners(article: Article, citations: Sequence[Citation]) -> tuple[Manner, ...]:
    """The ways to write a citation here, the article's own first.

    Markdown takes pandoc's keys, LaTeX its commands, other markup its own keys. Elsewhere the kind
    that the article uses most, then numbers where its list of references is numbered, then author
    and year. Each kind is tried with the marker on the other side of the full stop too.
    """
    if article.format == "markdown":
        kinds = [CitationKind.PANDOC]
    elif article.format == "latex":
        kinds = [CitationKind.LATEX]
    elif article.format in _MARKUP:
        kinds = [CitationKind.MARKUP]
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
    tied = [text[-1:] == "~" for text in before if text]
    glued = [not text[-1:].isspace() and text[-1:] != "~" for text in before if text]
    after = [
        text.rstrip()[-1:] in _STOPS
        for mark, text in zip(marks, before, strict=True)
        if text.strip() and _stands_last(source, mark.span.end, text)
    ]
    return Manner(
        kind,
        after=_most(after, otherwise=False),
        glued=kind is not CitationKind.MARKUP and _most(glued, otherwise=raised),
        opening="(" if _most([text.startswith("(") for text in written]) else "[",
        comma=_most(
            [bool(_COMMA_YEAR.search(t)) for t in written if _BARE_YEAR.search(t) or "," in t],
            otherwise=True,
        ),
        joiner="and"
        if _most([" and " in t for t in written if " and " in t or " & " in t])
        else "&",
        raised=_raised(article, written),
        command=_command(written),
        tied=_most(tied, otherwise=True),
        markup=_markup(article, written) if kind is CitationKind.MARKUP else None,
    )


def _markup(article: Article, written: Sequence[str]) -> Markup:
    """The format's syntax that the article uses most, by the article's own role; else the first."""
    openings = [
        (number, match[0])
        for text in written
        for number, markup in enumerate(_MARKUP[article.format])
        if (match := markup.own.match(text))
    ]
    if not openings:
        return _MARKUP[article.format][0]
    used = Counter(number for number, _ in openings)
    most = max(used, key=lambda number: (used[number], -number))
    markup = _MARKUP[article.format][most]
    if markup.own is not _ROLE:
        return markup
    roles = Counter(opening for number, opening in openings if number == most)
    return replace(markup, opening=max(roles, key=lambda role: (roles[role], role)))


def _command(written: Sequence[str]) -> str:
    r"""The command that the article cites by most beside its sentences, not within them.

    An article that only cites within them takes the sister of that command: natbib's `\citep`,
    biblatex's `\parencite`.
    """
    names = [match[1] for text in written if (match := _COMMAND.match(text))]
    beside = Counter(name for name in names if name in _BESIDE)
    if beside:
        return max(beside, key=lambda name: (beside[name], name))
    if any(name.startswith("citet") for name in names):
        return "citep"
    return "parencite" if any(name.startswith("textcite") for name in names) else "cite"


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
