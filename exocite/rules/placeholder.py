"""EXO105: a note to oneself where a citation should stand."""

import re
from collections.abc import Iterable, Iterator

from exocite.model import BlockKind, Finding, Severity
from exocite.patterns import regex
from exocite.rules.rule import Placed, quoted
from exocite.rules.sketch import example
from exocite.rules.view import View
from exocite.text import source_span

_WORD = r"(?:citations?|sources?|references?|refs?|cites?|cit|quelle)"
_PLACEHOLDER = regex(
    rf"[\[(]\s{{0,3}}(?:(?:add|insert|find|check|todo:?|tk)?\s{{0,3}}{_WORD}"
    r"\s{0,3}(?:needed|required|missing|here|tbd|todo|tk|\?{1,5})"
    rf"|(?:add|insert|find|todo:?|tk)\s{{1,3}}(?:a\s{{1,3}})?{_WORD}|by whom\?)\s{{0,3}}[\])]"
    # In round brackets these are a doubt, a sign and somebody's abbreviation.
    r"|\[\s{0,3}(?:\?{1,5}|@|(?-i:TK)|who\?)\s{0,3}\]",
    re.IGNORECASE,
)
_READ = frozenset(
    {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTATION, BlockKind.CAPTION}
)


class Placeholder:
    """A marker in the text names nothing: `[citation needed]`, `[?]`, `(add source)`."""

    code = "EXO105"
    slug = "placeholder"
    severity = Severity.ERROR
    title = "A marker that names nothing"
    what = "Reports `[citation needed]`, `[?]`, `(source?)` and the like in the text."
    why = "Somebody meant to look for a source and has not; in print it shows."
    fix = "Cite the source in its place, or take the marker out."
    passing = example("Exosomes carry RNA between cells (see the figure).")
    failing = example("Exosomes carry RNA between cells [citation needed].")

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each placeholder in prose."""
        for article in view.articles:
            placed = Placed(self, article.article)
            for block in article.article.blocks:
                if block.kind not in _READ:
                    continue
                for match in _placeholders(block.text):
                    yield placed.at(
                        source_span(block.runs, *match.span()),
                        f"{quoted(match[0])} names no source",
                        "cite the source in its place, or see what fits: `exocite link "
                        f"{article.argument}`",
                    )


def _placeholders(text: str) -> Iterator[re.Match[str]]:
    # Brackets are found much quicker by themselves than by a pattern that begins with either.
    for bracket in "[(":
        at = text.find(bracket)
        while at >= 0:
            if match := _PLACEHOLDER.match(text, at):
                yield match
            at = text.find(bracket, at + 1)
