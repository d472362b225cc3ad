"""DataCite's REST API over a few records; shapes follow https://support.datacite.org/docs/api."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from tests.fakes.faults import Answer, Fault
from tests.fakes.registry import Asked, FakeRegistry, as_json

_KIND = "application/vnd.api+json; charset=utf-8"


class FakeDataCite(FakeRegistry):
    """The attributes of records by DOI; a search finds those that share a word of their title."""

    def __init__(
        self, records: Iterable[Mapping[str, Any]] = (), *, faults: Iterable[Fault] = ()
    ) -> None:
        self.records = list(records)
        super().__init__(self._answer, faults=faults)

    def _answer(self, asked: Asked) -> Answer:
        if asked.path == "/dois":
            words = set(asked.parameters["query"].lower().split())
            found = [one for one in self.records if words & _words(one)]
            return as_json({"data": [_data(one) for one in found], "meta": {}}, kind=_KIND)
        doi = asked.path.removeprefix("/dois/").lower()
        for one in self.records:
            if str(one["doi"]).lower() == doi:
                return as_json({"data": _data(one)}, kind=_KIND)
        missing = {"status": "404", "title": "The resource you are looking for doesn't exist."}
        return as_json({"errors": [missing]}, 404, _KIND)


def _words(record: Mapping[str, Any]) -> set[str]:
    return set(re.findall(r"\w+", str(record["titles"]).lower()))


def _data(record: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": record["doi"], "type": "dois", "attributes": dict(record)}
