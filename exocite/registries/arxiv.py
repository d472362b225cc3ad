"""arXiv's API: preprints by their arXiv identifier, old or new, as an Atom feed.

No declaration of a feed is obeyed and no entity expanded: one with a document type is refused.
Source: https://info.arxiv.org/help/api/user-manual.html and its terms of use (one request in three
seconds, one connection).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from exocite.identifiers import normalise_doi
from exocite.model import Work
from exocite.references.names import bibtex_names
from exocite.registries import ARXIV_URL
from exocite.registries.crossref_record import work_from_record
from exocite.registries.heard import Heard
from exocite.registries.service import Service, date_parts
from exocite.registries.turns import Kind, Limits
from exocite.text import collapsed

SCHEMES = frozenset({"arxiv"})
DOI_PREFIX = "10.48550/arxiv."
"""Under this prefix arXiv registers a DOI for each of its works."""

_ID = re.compile(r"(?:\d{4}\.\d{4,5}|[a-z-]{2,20}/\d{7})(?:v\d{1,3})?", re.ASCII)
_VERSION = re.compile(r"v\d{1,3}$", re.ASCII)
_ATOM = "http://www.w3.org/2005/Atom "
_OWN = "http://arxiv.org/schemas/atom "
_KIND = re.compile(r"(?:application/(?:atom\+)?|text/)xml\b", re.IGNORECASE)
_LONGEST_QUERY = 300
_MOST_ROWS = 100
_DEEPEST = 50
_WITHDRAWN = re.compile(
    r"\b(?:paper|article|manuscript|submission) (?:has been|is|was) withdrawn\b"
)


class Arxiv(Service):
    """The archive of preprints. A `Registry` of the DOIs that arXiv itself registered."""

    name = "arXiv"
    address = ARXIV_URL
    schemes = SCHEMES
    start = Limits(rate=1 / 3, list_rate=1 / 3, at_once=1, interval=3.0)

    def work(self, doi: str) -> Work | None:
        """The work of a DOI that arXiv registered; any other is not asked for."""
        wanted = doi.strip().lower()
        if not wanted.startswith(DOI_PREFIX):
            raise self.not_asked("the DOI is not one of arXiv's")
        return self.identified("arxiv", wanted.removeprefix(DOI_PREFIX))

    def identified(self, scheme: str, value: str) -> Work | None:
        """The work with this arXiv identifier, None when arXiv holds none.

        A version in the identifier is left out: the newest is given, with its own DOI. Only an
        entry that repeats the identifier counts. Raises RegistryError.
        """
        wanted = _VERSION.sub("", value.strip().lower())
        if scheme != "arxiv" or not _ID.fullmatch(wanted):
            raise self.not_asked("what should be an arXiv identifier does not have the form of one")
        found = self._feed({"id_list": wanted, "max_results": "1"})
        fitting = [work for work in found if work.doi == DOI_PREFIX + wanted]
        if found and not fitting:
            self.wrong("answered with the record of another preprint")
        return fitting[0] if fitting else None

    def search(self, query: str, *, rows: int = 20) -> tuple[Work, ...]:
        """The works that best fit a printed reference, best first. Raises RegistryError."""
        words = re.findall(r"\w{2,}", collapsed(query)[:_LONGEST_QUERY])
        if not words:
            return ()
        size = str(max(1, min(rows, _MOST_ROWS)))
        asked = " ".join(f"all:{word}" for word in words)
        return self._feed({"search_query": asked, "max_results": size})[:rows]

    def _feed(self, parameters: Mapping[str, str]) -> tuple[Work, ...]:
        return self.asked(
            "/query",
            self._read,
            parameters=parameters,
            accepted="application/atom+xml",
            kind=Kind.LIST,
        )

    def _read(self, response: Heard) -> tuple[Work, ...]:
        self.accept(response)
        if not _KIND.match(response.kind):
            self.wrong("answered with something else than Atom")
        feed = _Feed()
        try:
            feed.parse(response.body)
        except (expat.ExpatError, _RefusedError, ValueError, LookupError):
            self.wrong("sent an answer that is no valid XML")
        if not feed.is_feed:
            self.unknown_form()
        if any("/api/errors" in entry.id for entry in feed.entries):
            self.wrong("did not accept what it was asked")
        return tuple(work for work in map(_work, feed.entries) if work.doi)


class _RefusedError(Exception):
    """XML that no feed needs: a document type, or depth without end."""


@dataclass(slots=True)
class _Entry:
    """An entry: its texts by the name of their element, and its authors."""

    texts: dict[str, str] = field(default_factory=dict)
    authors: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.texts.get("id", "")


class _Feed:
    """A feed in the making: `is_feed` once the root has been seen to be one."""

    def __init__(self) -> None:
        self.is_feed = False
        self.entries: list[_Entry] = []
        self._path: list[str] = []
        self._text: list[str] = []

    def parse(self, data: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append
        parser.Parse(data, True)

    def _doctype(self, *_: object) -> None:
        raise _RefusedError

    def _start(self, name: str, _: Mapping[str, str]) -> None:
        local = name.removeprefix(_ATOM)
        self._path.append(local if local != name else name.replace(_OWN, "arxiv:"))
        self.is_feed = self.is_feed or self._path == ["feed"]
        if len(self._path) > _DEEPEST:
            raise _RefusedError
        if self._path == ["feed", "entry"]:
            self.entries.append(_Entry())
        self._text.clear()

    def _end(self, _: str) -> None:
        said = collapsed("".join(self._text))
        path = self._path[2:] if self._path[:2] == ["feed", "entry"] else []
        if path == ["author", "name"]:
            self.entries[-1].authors.append(said)
        elif len(path) == 1:
            self.entries[-1].texts.setdefault(path[0], said)
        self._path.pop()
        self._text.clear()


def _work(entry: _Entry) -> Work:
    identifier = _VERSION.sub("", entry.id.rpartition("/abs/")[2].lower())
    said = entry.texts
    published = normalise_doi(said.get("arxiv:doi", ""))
    withdrawn = _WITHDRAWN.search(said.get("arxiv:comment", "").lower()) is not None
    tied = {"has-published-version": [{"id-type": "doi", "id": published}]} if published else {}
    record: dict[str, object] = {
        "DOI": DOI_PREFIX + identifier if _ID.fullmatch(identifier) else None,
        "type": "posted-content",
        "title": [said.get("title")],
        "author": [_person(name) for name in entry.authors],
        "container-title": [Arxiv.name],
        "issued": date_parts(said.get("published")),
        "published": date_parts(said.get("updated")),
        "URL": f"https://arxiv.org/abs/{identifier}",
        "abstract": said.get("summary"),
        "relation": tied,
        "updated-by": [{"type": "withdrawal", "source": Arxiv.name}] if withdrawn else [],
    }
    return work_from_record(record)


def _person(name: str) -> dict[str, object]:
    read = bibtex_names(name)
    if len(read) != 1 or not read[0].family:
        return {"name": name}
    family = " ".join(filter(None, (read[0].particle, read[0].family)))
    return {"family": family, "given": read[0].given, "suffix": read[0].suffix}
