"""JATS XML as PubMed Central and publishers give it: abstract, sections, captions.

expat reads it without a tree, so that size and depth are bounded and nothing is fetched. A file
that declares entities of its own is refused (they can expand without end); the named characters of
the public DTDs are known. Tables, references, footnotes and reviews of the work are left out.
Sources: ANSI/NISO Z39.96 (JATS 1.3); the `xml.parsers.expat` module on skipped entities.
"""

from __future__ import annotations

from html.entities import html5
from typing import NoReturn
from xml.parsers import expat

from exocite.errors import ReadError
from exocite.patterns import regex
from exocite.sources.decoding import decoded
from exocite.sources.jats_text import Line, Sections
from exocite.sources.parsed import MAX_TEXT, Parsed, Watch

MAX_DEPTH = 200
"""Elements inside one another; real articles have a tenth of it."""

_DECLARED = regex(rb"<\?xml[^>]{0,100}?encoding\s{0,5}=\s{0,5}[\"']([A-Za-z0-9_:.-]{1,40})")
_WRAPPERS = 4
"""Levels around the article, as PubMed Central and OAI-PMH put them."""

# Of these only the named children are read.
_ONLY: dict[str, frozenset[str]] = {
    "article": frozenset({"front", "body", "back", "floats-group"}),
    "front": frozenset({"article-meta"}),
    "article-meta": frozenset({"title-group", "abstract"}),
    "title-group": frozenset({"article-title", "subtitle"}),
    "back": frozenset({"app-group", "app", "sec"}),
}
_SKIPPED = frozenset(
    """
    ref-list fn fn-group table table-wrap-foot tex-math annotation annotation-xml alt-text long-desc
    object-id supplementary-material permissions sec-meta sub-article response processing-meta
    """.split()
)
_ASIDE_ABSTRACTS = frozenset({"graphical", "toc", "teaser", "key-image", "video"})
_LINES = frozenset(
    """
    p title subtitle article-title list list-item disp-quote verse-line disp-formula def-item term
    def caption boxed-text statement speech sec app fig table-wrap media attrib preformat body
    abstract back
    """.split()
)
_FLOATS = frozenset({"fig", "table-wrap", "media", "boxed-text", "chem-struct-wrap"})


class Jats:
    """The full text of an article as its publisher or PubMed Central gives it."""

    name = "JATS"
    suffixes: tuple[str, ...] = (".xml", ".nxml")
    is_text = True
    most = MAX_TEXT

    def parse(self, data: bytes, path: str, _watch: Watch, /) -> Parsed:
        """Title, abstract, each section and each caption as a part of its own."""
        reader = _Reader(path)
        reader.read(characters(data, path))
        return Parsed(reader.sections.parts())


def characters(data: bytes, path: str) -> str:
    """The text of an XML file in the encoding that it declares. Raises ReadError."""
    match = _DECLARED.search(data[:200])
    declared = match[1].decode("ascii") if match else ""
    if declared.lower().startswith(("utf-16", "utf-32", "ucs")):
        declared = ""  # A declaration that can be read as ASCII stands in no such file.
    return decoded(data, path, declared)


class _Reader:
    """Follows the tags; what they hold goes to `sections`."""

    def __init__(self, path: str) -> None:
        self.sections = Sections()
        self._path = path
        self._open: list[str] = []
        self._root = ""
        self._skip = 0
        self._inside = False
        self._line = Line()
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.EntityDeclHandler = self._entity_declared
        parser.SkippedEntityHandler = self._skipped_entity
        self._parser = parser

    def read(self, text: str) -> None:
        """Read the whole file. Raises ReadError for what is no well-formed JATS."""
        try:
            self._parser.Parse(text, True)
        except expat.ExpatError as error:
            reason = expat.errors.messages.get(error.code, "")
            raise ReadError(
                f"{self._path}:{error.lineno}:{error.offset + 1}: is not well-formed XML: {reason}",
                hint="download it again, or attach the text in another format",
            ) from None
        if not self.sections.started:
            self._no_article()

    def _no_article(self) -> NoReturn:
        self._refuse(
            f"is no JATS article: its first element is <{self._root[:40]}>",
            "attach the text in another format",
        )

    def _refuse(self, what: str, hint: str) -> NoReturn:
        line = self._parser.CurrentLineNumber
        raise ReadError(f"{self._path}:{line}: {what}", hint=hint)

    # ----------------------------------------------------------------------- handlers

    def _entity_declared(self, name: str, *_: object) -> None:
        self._refuse(
            f"declares an entity of its own ({name[:40]}), and such XML is not read",
            "remove the declarations from its DOCTYPE if you trust the file",
        )

    def _skipped_entity(self, name: str, is_parameter: bool) -> None:
        if not is_parameter:
            self._characters(html5.get(f"{name};", f"&{name};"))

    def _characters(self, text: str) -> None:
        if self._inside and not self._skip:
            self._line.add(text)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        parent = self._open[-1] if self._open else ""
        self._open.append(name)
        self._root = self._root or name
        if len(self._open) > MAX_DEPTH:
            self._refuse(f"more than {MAX_DEPTH} elements inside one another", "is it an article?")
        if not self._inside:
            self._outside(name)
        elif self._skip or self._unwanted(name, parent, attributes):
            self._skip += 1
        else:
            self._begin(name, parent, attributes)

    def _outside(self, name: str) -> None:
        if name == "article":
            if self.sections.started:
                self._refuse("holds several articles", "attach each as a file of its own")
            self._inside = self.sections.started = True
        elif len(self._open) > _WRAPPERS:
            self._no_article()

    def _unwanted(self, name: str, parent: str, attributes: dict[str, str]) -> bool:
        allowed = _ONLY.get(parent)
        if name in _SKIPPED or (allowed is not None and name not in allowed):
            return True
        return name == "abstract" and attributes.get("abstract-type", "") in _ASIDE_ABSTRACTS

    def _begin(self, name: str, parent: str, attributes: dict[str, str]) -> None:
        if name in _LINES:
            self._flush()
        if name == "label":
            self._flush()
        elif name in _FLOATS or (name in {"sec", "app"} and not self.sections.in_abstract):
            self.sections.open(name)
        elif name in {"body", "abstract"}:
            self.sections.open(name, attributes.get("abstract-type", ""))
        elif name == "article-title" and parent == "title-group":
            self.sections.open("title")
        elif name == "xref" and attributes.get("ref-type") == "bibr":
            self._line.begin_citation()
        elif name == "sup":
            self._line.begin_raised()
        elif name in {"break", "td", "th"}:
            self._line.add(" ")

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        self._open.pop()
        parent = self._open[-1] if self._open else ""
        if not self._inside:
            return
        if self._skip:
            self._skip -= 1
        elif name == "article":
            self._flush()
            self._inside = False
        else:
            self._finish(name, parent)

    def _finish(self, name: str, parent: str) -> None:
        if name == "label":
            self.sections.label(self._line.take(), of=parent)
        elif name == "title":
            self.sections.heading(self._line.take(), of=parent)
        elif name == "sup":
            self._line.end_raised()
        elif name == "xref":
            self._line.end_citation()
        elif name in _LINES:
            self._flush()
            if self.sections.opened(name) or (name == "article-title" and parent == "title-group"):
                self.sections.close()

    def _flush(self) -> None:
        self.sections.add(self._line.take())
