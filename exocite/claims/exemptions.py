"""Exemptions in the article itself: comments that say why a claim needs no source.

    exocite: exempt EXO101 reason="common knowledge" by="ada" until=2027-06-30

in a comment of the format. Codes may be left out (EXO101 is meant then), and so may `by` and
`until`. A comment on a line of its own speaks of the paragraph that follows, one behind or within
a sentence of that sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from exocite.frozen import dataclass
from exocite.model import Article, Claim, Exemption, Sentence, Span
from exocite.patterns import regex

UNCITED = "EXO101"

_WORDS = r"exocite:(?P<words>"
_ANGLE = rf"(?P<mark><!--)[ \t\r\n]*{_WORDS}(?:(?!-->)[\s\S]){{0,2000}})-->"
_LINE = rf"[ \t]*{_WORDS}[^\r\n]{{0,2000}})"
_AT_LINE = r"(?<![^\r\n])"
_COMMENTS: Mapping[str, re.Pattern[str]] = {
    **dict.fromkeys(("markdown", "html", "mediawiki", "jats", "jupyter"), regex(_ANGLE)),
    "latex": regex(rf"(?P<mark>%){_LINE}"),
    "typst": regex(rf"(?P<mark>//|/\*)[ \t]*{_WORDS}(?:(?!\*/)[^\r\n]){{0,2000}})(?:\*/)?"),
    "asciidoc": regex(rf"{_AT_LINE}(?P<mark>//){_LINE}"),
    "org": regex(rf"{_AT_LINE}[ \t]{{0,200}}(?P<mark>#){_LINE}"),
    "restructuredtext": regex(rf"{_AT_LINE}[ \t]{{0,200}}(?P<mark>\.\.){_LINE}"),
}
_VERB = regex(r"\s*exempt\b")
_CODE = regex(r"\s*,?\s*(EXO\d{1,3})\b")
_PAIR = regex(r"\s*([A-Za-z]{1,20})\s*=\s*(?:\"([^\"]{0,500})\"|'([^']{0,500})'|([^\s\"']{1,200}))")
_BLANK_LINE = regex(r"(?>\r\n|\r|\n)[ \t]*[\r\n]")
_KEYS = ("reason", "by", "until")


def exemptions(article: Article, sentences: Sequence[Sentence]) -> tuple[Exemption, ...]:
    """The exemptions in an article's comments, in their order; `sentences` are all of the article.

    One that cannot be read says so in `problem` and exempts nothing. What a reader sees, as in a
    piece of code, is no comment. Plain text, DOCX and PDF have no comments that are read here.
    """
    pattern = _COMMENTS.get(article.format)
    if pattern is None or "exocite:" not in article.source:
        return ()
    around = _Around.of(article, sentences)
    found = []
    for match in pattern.finditer(article.source):
        span = Span(match.start("mark"), match.end())
        if not around.shows(span.start):
            read = _read(match["words"], span)
            found.append(read if read.problem else replace(read, covers=around.covers(span)))
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


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around the comments of an article, each in the order of the source."""

    source: str
    blocks: Sequence[Span]
    sentences: Sequence[Span]
    runs: Sequence[Span]

    @classmethod
    def of(cls, article: Article, sentences: Iterable[Sentence]) -> _Around:
        runs = (
            Span(run.source_start, run.source_start + run.source_length)
            for block in article.blocks
            for run in block.runs
        )
        return cls(
            article.source,
            sorted(block.span for block in article.blocks),
            sorted(sentence.span for sentence in sentences),
            sorted(runs),
        )

    def shows(self, offset: int) -> bool:
        """Whether a reader sees what stands at this place."""
        run = _last(self.runs, offset)
        return run is not None and offset < run.end

    def covers(self, span: Span) -> Span | None:
        """The stretch of the source that a comment speaks of, None where there is none."""
        sentence = _last(self.sentences, span.start)
        within = sentence is not None and sentence.start < span.start < sentence.end
        if not within and _alone(self.source, span):
            block = next((one for one in self.blocks if one.end > span.end), None)
            return None if block is None else Span(max(block.start, span.end), block.end)
        before = _last(self.blocks, span.start)
        if before is None or _BLANK_LINE.search(self.source, before.end, span.start):
            return None
        # Of a block without sentences, a heading or a cell of a table, it speaks as a whole.
        return before if sentence is None or sentence.start < before.start else sentence


def _last(spans: Sequence[Span], offset: int) -> Span | None:
    """The last of the spans that begins at the offset or before it."""
    index = bisect_right(spans, offset, key=lambda span: span.start) - 1
    return spans[index] if index >= 0 else None


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
