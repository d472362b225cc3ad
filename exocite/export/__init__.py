"""The exports of a bibliography: one file each, registered here.

An export is given a request and gives the whole file as a string. A new one is a file and a line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from exocite.export import bibtex, csljson, styled
from exocite.export.csl import Item, items
from exocite.export.engine import Engine, Formatted
from exocite.export.styles import Library, find
from exocite.frozen import dataclass
from exocite.model import Reference

DEFAULT_STYLE = "apa"


def _installed() -> Library:
    from exocite.export.installed import INSTALLED

    return INSTALLED


def _engine() -> Engine:
    from exocite.export.citeproc_engine import CiteprocEngine

    return CiteprocEngine()


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be exported and how.

    `references` come in the order of their citation; `written` are the same entries as they stand
    in the file. `library` holds the parents that crossref and xdata name, by default the references
    themselves. `style` is the name of a CSL style and `locale` a language such as en-GB, "" for the
    style's own; both concern text and HTML only.
    """

    references: Sequence[Reference]
    written: Sequence[str] = ()
    library: Sequence[Reference] | None = None
    style: str = DEFAULT_STYLE
    locale: str = ""
    styles: Callable[[], Library] = _installed
    engine: Callable[[], Engine] = _engine


@dataclass(frozen=True, slots=True)
class Export:
    """An export by its name, with the suffix of its files.

    `render` raises StyleError for a style that is unknown or cannot be used.
    """

    name: str
    suffix: str
    render: Callable[[Request], str]


def _items(request: Request) -> list[Item]:
    return items(request.references, request.library)


def _formatted(request: Request) -> tuple[Formatted, ...]:
    style = find(request.style or DEFAULT_STYLE, request.styles(), request.locale)
    return request.engine().bibliography(_items(request), style)


EXPORTS: tuple[Export, ...] = (
    Export("bibtex", ".bib", lambda request: bibtex.render(request.written)),
    Export("csl-json", ".json", lambda request: csljson.render(_items(request))),
    Export("text", ".txt", lambda request: styled.text(_formatted(request))),
    Export("html", ".html", lambda request: styled.markup(_formatted(request))),
)
