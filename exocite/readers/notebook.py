"""Jupyter notebooks: their Markdown cells as one article, each cell a place of its own.

Source: the notebook format 4 (nbformat). Cells count from 0, as the file and Jupyter's own tools
count them; lines and columns are those of the cell's text. Outputs are not read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from typing import NoReturn

from exocite.errors import ReadError
from exocite.frozen import dataclass
from exocite.model import (
    Article,
    BlockKind,
    Citation,
    CitationKind,
    CitedItem,
    ListedReference,
    Place,
    Run,
    Span,
)
from exocite.patterns import regex
from exocite.readers import raised, structure
from exocite.readers.markdown.document import Document as MarkdownText
from exocite.readers.raised import Raised
from exocite.readers.raw import RawBlock, finished
from exocite.text import VisibleText, printable

_GAP = "\n\n"
_UNSAFE = regex(r"[\0\ud800-\udfff]")
_SUPPORTED = 4
_NOTE = regex(r"^[ >]{0,20}\[\^(?P<label>[^\]\[\s]{1,100})\]:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Cell:
    kind: str
    text: str


@dataclass(slots=True)
class _Found:
    """What the cells hold so far, every offset one of the notebook's whole text."""

    blocks: list[RawBlock] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    raised: list[Raised] = field(default_factory=list)
    references: list[ListedReference] = field(default_factory=list)
    notes: set[str] = field(default_factory=set)


class NotebookReader:
    """A Jupyter notebook."""

    name = "jupyter"
    suffixes: tuple[str, ...] = (".ipynb",)

    def declared_encoding(self, _data: bytes, /) -> str:
        """A notebook is JSON, which declares nothing."""
        return ""

    def read(self, source: str, path: str, encoding: str) -> Article:
        """The article in a notebook. Raises ReadError for what is no notebook of format 4."""
        cells = _cells(source, path)
        text = _GAP.join(cell.text for cell in cells)
        if not text.strip():
            raise ReadError(f"{path}: is empty", hint="none of its cells holds any text")
        found = _Found()
        places = []
        at = 0
        for number, cell in enumerate(cells):
            places.append(Place(at, f"cell {number}"))
            _add(found, cell, at, number)
            at += len(cell.text) + len(_GAP)
        article = structure.article(path, self.name, encoding, text, found.blocks)
        references = _unique([*article.references, *found.references])
        labels = {reference.label for reference in references}
        citations = {*found.citations, *raised.markers(found.raised, labels)}
        return replace(
            article,
            references=tuple(sorted(references, key=lambda reference: reference.span)),
            citations=tuple(sorted(citations, key=lambda citation: citation.span)),
            places=tuple(places),
        )


# --------------------------------------------------------------------------- the file


def _cells(source: str, path: str) -> list[_Cell]:
    try:
        notebook = json.loads(source)
    except json.JSONDecodeError as error:
        raise ReadError(
            f"{path}:{error.lineno}:{error.colno}: is no notebook: it is not JSON: {error.msg}",
            hint="a notebook with merge conflicts or cut off must be mended first",
        ) from None
    except (ValueError, RecursionError):  # Thousands of digits, or of brackets in one another.
        _refuse(path, "its JSON is not what a notebook holds")
    if not isinstance(notebook, Mapping):
        _refuse(path, "its JSON holds no object")
    version = notebook.get("nbformat")
    cells = notebook.get("cells")
    if version != _SUPPORTED or not isinstance(cells, list):
        if isinstance(version, int) and not isinstance(version, bool) and version != _SUPPORTED:
            raise ReadError(
                f"{path}: is a notebook of format {str(version)[:10]}, and format 4 is read",
                hint="open it in Jupyter and save it, or run `jupyter nbconvert --to notebook`",
            )
        _refuse(path, "it lacks `nbformat` or `cells`")
    return [_cell(cell, path, number) for number, cell in enumerate(cells)]


def _cell(cell: object, path: str, number: int) -> _Cell:
    if not isinstance(cell, Mapping):
        _refuse(path, f"its cell {number} is none")
    kind, source = cell.get("cell_type"), cell.get("source", "")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(kind, str) or not isinstance(source, str):
        _refuse(path, f"its cell {number} has no text")
    return _Cell(kind, _UNSAFE.sub("\ufffd", source))


def _refuse(path: str, why: str) -> NoReturn:
    raise ReadError(
        f"{path}: is no Jupyter notebook: {printable(why)}", hint="is it the right file?"
    )


# --------------------------------------------------------------------------- cells


_VERBATIM = {"code": BlockKind.CODE}


def _add(found: _Found, cell: _Cell, at: int, number: int) -> None:
    """Add what the cell holds, which begins at the offset `at`."""
    if cell.kind != "markdown":
        visible = VisibleText()
        visible.copy(cell.text, 0, len(cell.text))
        block = finished(_VERBATIM.get(cell.kind, BlockKind.METADATA), visible)
        found.blocks.extend([] if block is None else [_moved_block(block, at)])
        return
    text = MarkdownText(cell.text)
    text.read()
    names = _renamed(cell, number, found.notes)
    found.blocks.extend(
        replace(_moved_block(block, at), label=names.get(block.label, block.label))
        for block in text.blocks
    )
    found.references.extend(replace(one, span=_moved(one.span, at)) for one in text.definitions([]))
    found.raised.extend(
        replace(one, citation=_moved_citation(one.citation, at, {})) for one in text.raised
    )
    found.citations.extend(_moved_citation(one, at, names) for one in text.citations)


def _renamed(cell: _Cell, number: int, taken: set[str]) -> Mapping[str, str]:
    """Labels of their own for the notes that the cell defines and an earlier cell defined too."""
    own = {"^" + match["label"] for match in _NOTE.finditer(cell.text)}
    names = {label: f"{label} (cell {number})" for label in own & taken}
    taken |= own
    return names


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _moved_block(block: RawBlock, by: int) -> RawBlock:
    runs = tuple(
        Run(run.text_start, run.text_length, run.source_start + by, run.source_length)
        for run in block.runs
    )
    return replace(block, span=_moved(block.span, by), runs=runs)


def _moved_citation(citation: Citation, by: int, names: Mapping[str, str]) -> Citation:
    names = names if citation.kind is CitationKind.FOOTNOTE else {}
    items = tuple(
        CitedItem(names.get(item.label, item.label), _moved(item.span, by), item.locator)
        for item in citation.items
    )
    return Citation(citation.kind, _moved(citation.span, by), items)


def _unique(references: Iterable[ListedReference]) -> Sequence[ListedReference]:
    """Of a label that is defined twice the first holds."""
    kept: dict[str, ListedReference] = {}
    for reference in references:
        kept.setdefault(reference.label, reference)
    return tuple(kept.values())
