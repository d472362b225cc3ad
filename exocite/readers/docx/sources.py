"""Word's own sources: the part of the file that its CITATION fields name by their tags.

Source: ECMA-376, part 1, 22.6 (bibliography).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exocite.readers.docx.field_item import Data

_NAMES = {
    "b:Title": "title", "b:Volume": "volume", "b:Issue": "issue", "b:Pages": "page",
    "b:Publisher": "publisher", "b:DOI": "DOI", "b:StandardNumber": "number", "b:URL": "URL",
    "b:Year": "year",
}  # fmt: skip
_CONTAINERS = {
    "b:JournalName", "b:BookTitle", "b:ConferenceName", "b:PeriodicalTitle", "b:InternetSiteTitle",
    "b:PublicationTitle",
}  # fmt: skip
_MOST_PEOPLE = 200


class Sources:
    """Reads a part of sources: a work, as CSL-JSON describes it, for each tag."""

    def __init__(self) -> None:
        self.by_tag: dict[str, Data] = {}
        self._authors = 0
        self._source: dict[str, Any] | None = None
        self._people: list[dict[str, str]] = []
        self._text: list[str] = []

    def start(self, name: str, _attributes: Mapping[str, str]) -> None:
        """A source begins, or a field of it."""
        self._authors += name == "b:Author"
        self._text.clear()
        if name == "b:Source":
            self._source, self._people = {}, []
        elif name == "b:Person" and self._wanted():
            self._people.append({})

    def end(self, name: str) -> None:
        """A field is complete, or a source."""
        text = "".join(self._text).strip()
        self._text.clear()
        source = self._source
        if source is None:
            pass
        elif name == "b:Source":
            self._keep(source)
        elif name == "b:Tag":
            source["id"] = text
        elif name in _NAMES:
            source.setdefault(_NAMES[name], text)
        elif name in _CONTAINERS:
            source.setdefault("container-title", text)
        elif self._wanted():
            self._person(name, text)
        self._authors -= name == "b:Author"

    def text(self, data: str) -> None:
        """What stands in a field."""
        self._text.append(data)

    def _wanted(self) -> bool:
        """Whether the names are those of authors: the second of two elements called so."""
        return self._authors > 1 and len(self._people) < _MOST_PEOPLE

    def _person(self, name: str, text: str) -> None:
        if name == "b:Corporate":
            self._people.append({"literal": text})
        elif name in ("b:Last", "b:First") and self._people:
            self._people[-1]["family" if name == "b:Last" else "given"] = text

    def _keep(self, source: dict[str, Any]) -> None:
        source["author"] = self._people
        source["issued"] = {"raw": source.pop("year", "")}
        if source.get("id"):
            self.by_tag.setdefault(source["id"], source)
        self._source = None
