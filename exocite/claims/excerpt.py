"""A stretch of an article read by itself: what a reader sees of it, without its markers."""

from __future__ import annotations

from exocite.claims import citations
from exocite.errors import ReadError, UsageError
from exocite.model import Article, Block, BlockKind, Run, Span
from exocite.patterns import regex
from exocite.readers import BytesReader, reader_for
from exocite.text import collapsed, visible_offset, without_spans

_AROUND = {"jats": ("<article><body><p>", "</p></body></article>")}
_MARKERS = regex(r"\s*\[[^\[\]]*@[^\[\]]*\]|\s*\[\d+(?:\s?[,–-]\s?\d+)*\]")


def seen(text: str, form: str) -> str:
    """What a reader sees of a stretch of source in this format, on one line, markers left out.

    What the rest of the file tells (macros, the list of references) is not known here.
    """
    article = _read(text, form)
    spans = [citation.span for citation in citations.find(article)]
    shown = []
    for block in article.blocks:
        places = (
            (visible_offset(block.runs, span.start), visible_offset(block.runs, span.end))
            for span in spans
            if block.span.start <= span.start and span.start < block.span.end
        )
        shown.append(without_spans(block.text, places))
    return collapsed(_MARKERS.sub("", " ".join(shown)))


def _read(text: str, form: str) -> Article:
    """The text as the format's reader reads it; as it is where that reads whole files only."""
    before, after = _AROUND.get(form, ("", ""))
    try:
        reader = reader_for("", form)
        if not isinstance(reader, BytesReader):
            return reader.read(f"{before}{text}{after}", "", "")
    except (ReadError, UsageError):
        pass
    run = Run(0, len(text), 0, len(text))
    block = Block(BlockKind.PARAGRAPH, Span(0, len(text)), text, (run,))
    return Article("", form, "", text, (block,) if text else ())
