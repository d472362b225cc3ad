"""A Word document to an article, every offset one of the text that Word shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from exocite.errors import ReadError
from exocite.model import Article, ListedReference, Span
from exocite.readers import raised, structure
from exocite.readers.docx import notes
from exocite.readers.docx.bookmarks import Properties
from exocite.readers.docx.cursor import Book, Sequencing
from exocite.readers.docx.draft import GAP, Draft, Finished
from exocite.readers.docx.field_item import Data
from exocite.readers.docx.items import Works
from exocite.readers.docx.markup import Handler, walk
from exocite.readers.docx.package import Package, Relationship
from exocite.readers.docx.sources import Sources
from exocite.readers.docx.story import Story
from exocite.readers.docx.styles import Numbering, Styles
from exocite.readers.nested_citations import outermost

_CUSTOM_XML = "customXml/item"
_PROPERTIES = "docProps/custom.xml"
_MOST_SOURCES = 20
_NOTES = ("footnotes", "endnotes")


class DocxReader:
    """A document of Word, or one that another program saved in its format."""

    name = "docx"
    suffixes: tuple[str, ...] = (".docx", ".docm")

    def read_bytes(self, data: bytes, path: str) -> Article:
        """The article in a document. Raises ReadError for what is none, or is broken."""
        document = _Document(Package(data, path), path)
        document.read()
        return document.article(path, self.name)


class _Document:
    """The parts of a document and the draft that they fill."""

    def __init__(self, package: Package, path: str) -> None:
        self._package = package
        self._path = path
        self._main = package.main()
        self._parts = package.relationships(self._main)
        self._draft = Draft()
        self._works = Works(self._sources())

    def read(self) -> None:
        styles, numbering = Styles(), Numbering()
        self._walk(self._part("styles"), styles)
        self._walk(self._part("numbering"), numbering)
        book = Book(self._draft, self._works, styles, numbering, self._codes(), self._signs())
        self._story(book, self._main, self._parts)
        for kind in _NOTES:
            part = self._part(kind)
            if part:
                self._story(book, part, self._package.relationships(part))

    def article(self, path: str, name: str) -> Article:
        """What was read, put together."""
        draft = self._draft
        if not draft.source().strip():
            raise ReadError(f"{path}: is empty", hint="the document holds no text to check")
        held = tuple(self._held())
        source = draft.source()
        finished = Finished(draft, source, listed=not held)
        found = structure.article(path, name, "", source, list(finished.blocks()))
        printed = [
            one
            for one in found.references
            if not held or one.label.startswith("^") or not self._works.prints(one.text)
        ]
        references = {one.label: one for one in (*held, *printed)}
        references |= {one.label: one for one in held}
        labels = {one.label for one in printed}
        citations = outermost(
            [*finished.citations(), *raised.markers(list(finished.raised()), labels)]
        )
        return replace(
            found,
            references=tuple(sorted(references.values(), key=lambda one: one.span)),
            citations=tuple(citations),
            places=tuple(draft.places),
        )

    def _held(self) -> Iterator[ListedReference]:
        """The works that fields hold, printed behind the text: each a place of its own."""
        for label, text in self._works.printed():
            self._draft.write(GAP)
            self._draft.place(f"item {label}")
            start = self._draft.length
            self._draft.write(text)
            yield ListedReference(label, text, Span(start, self._draft.length))

    # ---------------------------------------------------------------- parts

    def _part(self, kind: str) -> str:
        """The name of the part that the document uses as such, "" for none."""
        found = (one for one in self._parts.values() if one.kind == kind and not one.external)
        return next((one.target for one in found), "")

    def _story(self, book: Book, part: str, links: Mapping[str, Relationship]) -> None:
        story = Story(book, links)
        self._walk(part, story)
        story.close()

    def _walk(self, part: str, handler: Handler) -> None:
        data = self._package.read(part) if part else b""
        if data:
            walk(data, f"{self._path}: {part}", handler)

    def _codes(self) -> Mapping[str, str]:
        """The instructions of the fields that are bookmarks."""
        properties = Properties()
        self._walk(_PROPERTIES, properties)
        return properties.codes()

    def _signs(self) -> Mapping[str, Sequencing]:
        """How the notes are numbered."""
        parts = (self._part("settings"), self._main)
        return notes.numbering(self._package.read(part) for part in parts if part)

    def _sources(self) -> Mapping[str, Data]:
        """Word's list of sources, wherever among the parts of the user's own XML it is."""
        parts = [name for name in self._package.names() if name.startswith(_CUSTOM_XML)]
        sources = Sources()
        for part in sorted(name for name in parts if name.endswith(".xml"))[:_MOST_SOURCES]:
            self._walk(part, sources)
        return sources.by_tag
