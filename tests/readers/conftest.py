"""What every reader promises of every article, as a function that tests call."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from exocite.model import Article
from exocite.text import Lines

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ·⁄"


def _stands(shown: str, written: str) -> bool:
    """Whether the character stands for the one that is written: itself, a space, or raised."""
    return shown in (written, " ") or shown in _RAISED


def _check(article: Article) -> None:
    source = article.source
    for block in article.blocks:
        assert block.text == block.text.strip()
        assert block.text
        at, where = 0, -1
        for run in block.runs:
            assert run.text_start == at
            assert run.source_start >= where
            at += run.text_length
            where = run.source_start + run.source_length
            assert where <= len(source)
            shown = block.text[run.text_start : at]
            written = source[run.source_start : where]
            if run.text_length == run.source_length:
                assert not [a for a, b in zip(shown, written, strict=True) if not _stands(a, b)]
        assert at == len(block.text)
        assert block.span.start == block.runs[0].source_start
        assert block.span.end == where
    for citation in article.citations:
        assert 0 <= citation.span.start < citation.span.end <= len(source)
        for item in citation.items:
            assert citation.span.contains(item.span)
    labels = [reference.label for reference in article.references]
    assert len(set(labels)) == len(labels)


@pytest.fixture(scope="session")
def exact() -> Callable[[Article], None]:
    """Fails where a run, a span or a label of the article is not what the model says."""
    return _check


def _shape(article: Article) -> list[tuple[str, str, str]]:
    lines = Lines(article.source)
    return [
        ("{}:{}".format(*lines.position(block.span.start)), block.kind.value, block.text)
        for block in article.blocks
    ]


@pytest.fixture(scope="session")
def shape() -> Callable[[Article], list[tuple[str, str, str]]]:
    """Place, kind and text of every block."""
    return _shape
