"""Word documents of tests read, and what was read of them in short."""

from __future__ import annotations

from exocite import readers
from exocite.claims import citations
from exocite.model import Article, Citation
from exocite.text import Lines
from tests.documents import docx

KU = {
    "type": "article-journal",
    "title": "Exosomes and skin",
    "author": [{"family": "Ku", "given": "Yuri C."}],
    "container-title": "Cells",
    "volume": "3",
    "issue": "2",
    "page": "1-9",
    "issued": {"date-parts": [[2023, 4]]},
    "DOI": "10.1000/ku",
}


def read(*body: str, **more: object) -> Article:
    return readers.read("a.docx", docx(*body, **more))  # type: ignore[arg-type]


def at(article: Article, offset: int) -> str:
    lines = Lines(article.source, article.places)
    return "{}:{}:{}".format(lines.place(offset), *lines.position(offset))


def shape(article: Article) -> list[tuple[str, str, str]]:
    return [(at(article, b.span.start), b.kind.value, b.text) for b in article.blocks]


def cited(article: Article) -> list[tuple[str, str, list[str]]]:
    """Place, text and labels with locators of all citations."""
    return [_told(article, one) for one in citations.find(article)]


def _told(article: Article, one: Citation) -> tuple[str, str, list[str]]:
    labels = [f"{item.label} {item.locator}".strip() for item in one.items]
    return at(article, one.span.start), article.source[one.span.start : one.span.end], labels


def texts(article: Article) -> list[str]:
    return [block.text for block in article.blocks]


def cell(*paragraphs: str) -> str:
    return f"<w:tc><w:tcPr/>{''.join(paragraphs)}</w:tc>"


def note(number: int, *inner: str) -> str:
    return f'<w:footnote w:id="{number}">{"".join(inner)}</w:footnote>'


def refer(number: int, kind: str = "footnote", more: str = "") -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"{more}/></w:r>'
