"""Explaining: why the sentences of a line are claims or not, and which blocks are not looked at."""

from __future__ import annotations

from dataclasses import dataclass

from exocite.claims import detect, segment
from exocite.claims.genre import Genre
from exocite.errors import UsageError
from exocite.model import Article, Block
from exocite.project.project import Project
from exocite.project.reading import citations
from exocite.text import Lines


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was made of a stretch of the article, and the score that a claim must reach.

    `genre` is the kind of text that the whole article was taken for, which decides how it was read;
    `block` is what the stretch lies in; of one that is no prose no sentence is assessed.
    """

    block: Block
    sentences: tuple[detect.Explained, ...]
    least: float
    genre: Genre


def explain(project: Project, article: Article, line: int) -> tuple[Explanation, ...]:
    """What was made of the sentences that stand on a line, counted from 1 through the whole text.

    Raises UsageError for a line that the article does not have.
    """
    lines = Lines(article.source)
    start, end = lines.offset(line), lines.offset(line + 1)
    last = lines.position(len(article.source))[0]
    if not 1 <= line <= last:
        raise UsageError(
            f"{article.path} has no line {line}", hint=f"its lines are counted from 1 to {last}"
        )
    threshold = project.settings.policy.claim_threshold
    sentences = segment.sentences(article)
    every = detect.explained(
        article, sentences, citations(project, article), project.detector, threshold
    )
    least = project.detector.least(threshold)
    genre = detect.genre_of(article, sentences, citations(project, article))
    return tuple(
        Explanation(
            block,
            tuple(
                one
                for one in every
                if one.sentence.block == number
                and one.sentence.span.start < end
                and one.sentence.span.end > start
            ),
            least,
            genre,
        )
        for number, block in enumerate(article.blocks)
        if block.span.start < end and block.span.end > start
    )
