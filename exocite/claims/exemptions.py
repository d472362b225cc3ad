"""Exemptions in the article itself: comments that say why a claim needs no source.

    exocite: exempt EXO101 reason="common knowledge" by="ada" until=2027-06-30

in a comment of the format. Codes may be left out (EXO101 is meant then), and so may `by` and
`until`. A comment on a line of its own speaks of the paragraph that follows, one behind or within
a sentence of that sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from exocite.model import Article, Claim, Exemption, Span

UNCITED = "EXO101"

_ANGLE = r"<!--[ \t\r\n]*exocite:(?P<words>[^>]{0,2000}?)-->"
_LINE = r"[ \t]*exocite:(?P<words>[^\r\n]{0,2000})"
_COMMENTS: Mapping[str, re.Pattern[str]] = {
    **dict.fromkeys(("markdown", "html", "mediawiki", "jats", "notebook"), re.compile(_ANGLE)),
    "latex": re.compile(rf"(?<!\\)%{_LINE}"),
    "typst": re.compile(rf"(?<!:)//{_LINE}"),
    "asciidoc": re.compile(rf"^//{_LINE}", re.MULTILINE),
    "org": re.compile(rf"^[ \t]{{0,200}}#{_LINE}", re.MULTILINE),
    "restructuredtext": re.compile(rf"^[ \t]{{0,200}}\.\.{_LINE}", re.MULTILINE),
}
_VERB = re.compile(r"\s*exempt\b")
_CODE = re.compile(r"\s*,?\s*(EXO\d{1,3})\b")
_PAIR = re.compile(
    r"\s*([A-Za-z]{1,20})\s*=\s*(?:\"([^\"]{0,500})\"|'([^']{0,500})'|([^\s\"']{1,200}))"
)
_KEYS = ("reason", "by", "until")


def exemptions(article: Article, claims: Sequence[Claim]) -> tuple[Exemption, ...]:
    """The exemptions in an article's comments, in their order.

    One that cannot be read says so in `problem` and exempts nothing. Plain text, DOCX and PDF have
    no comments that are read here.
    """
    pattern = _COMMENTS.get(article.format)
    if pattern is None or "exocite:" not in article.source:
        return ()
    found = []
    for match in pattern.finditer(article.source):
        span = Span(match.start(), match.end())
        read = _read(match["words"], span)
        found.append(read if read.problem else replace(read, covers=_covers(article, claims, span)))
    return tuple(found)


def _read(words: str, span: Span) -> Exemption:
    """The exemption that a comment's words make, without what it covers."""
    words = words.rstrip()
    verb = _VERB.match(words)
    if verb is None:
        return Exemption(span, problem="it does not say `exempt`")
    codes = []
    at = verb.end()
    while code := _CODE.match(words, at):
        codes.append(code[1])
        at = code.end()
    values = dict.fromkeys(_KEYS, "")
    while pair := _PAIR.match(words, at):
        name = pair[1].lower()
        if name not in _KEYS:
            return Exemption(span, problem=f"{pair[1]} is none of {', '.join(_KEYS)}")
        values[name] = next(part for part in pair.groups()[1:] if part is not None).strip()
        at = pair.end()
    if rest := words[at:].strip():
        return Exemption(span, problem=f'{rest[:40]!r} is not of the form name="value"')
    until = values["until"]
    if until and not _is_date(until):
        return Exemption(span, problem=f"until={until[:20]} is no date of the form 2027-06-30")
    named = tuple(dict.fromkeys(codes)) or (UNCITED,)
    return Exemption(span, None, named, values["reason"], values["by"], until)


def _is_date(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _covers(article: Article, claims: Sequence[Claim], span: Span) -> Span | None:
    """The stretch of the source that an exemption speaks of, None where nothing follows."""
    if _alone(article.source, span):
        following = next((b.span for b in article.blocks if b.span.end > span.end), None)
        if following is None or following.start >= span.end or not _within(claims, span):
            return _rest(following, span)
    starts = [claim.span.start for claim in claims]
    number = bisect_right(starts, span.start) - 1
    return claims[number].span if number >= 0 else None


def _rest(block: Span | None, span: Span) -> Span | None:
    """What of the block stands behind the comment."""
    return None if block is None else Span(max(block.start, span.end), block.end)


def _within(claims: Sequence[Claim], span: Span) -> bool:
    return any(claim.span.start < span.start < claim.span.end for claim in claims)


def _alone(source: str, span: Span) -> bool:
    """Whether nothing else stands on the comment's lines."""
    begin = max(source.rfind("\n", 0, span.start), source.rfind("\r", 0, span.start)) + 1
    ends = [at for mark in "\r\n" if (at := source.find(mark, span.end)) >= 0]
    return not (
        source[begin : span.start] + source[span.end : min(ends, default=len(source))]
    ).strip()


def covered(exemption: Exemption, claims: Sequence[Claim]) -> Iterator[Claim]:
    """The claims that an exemption speaks of."""
    if exemption.covers is None:
        return
    for claim in claims:
        if exemption.covers.start <= claim.span.start < exemption.covers.end:
            yield claim
