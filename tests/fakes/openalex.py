"""OpenAlex's list of works over a few records; shapes follow https://docs.openalex.org."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tests.fakes.faults import Answer, Fault
from tests.fakes.registry import Asked, FakeRegistry, as_json


class FakeOpenAlex(FakeRegistry):
    """Works by filter and search; who asks without the key is refused."""

    def __init__(
        self,
        records: Iterable[Mapping[str, Any]] = (),
        *,
        key: str = "key-1",
        faults: Iterable[Fault] = (),
    ) -> None:
        self.records = list(records)
        self.key = key
        super().__init__(self._answer, faults=faults)

    def _answer(self, asked: Asked) -> Answer:
        if asked.parameters.get("api_key") != self.key:
            return as_json({"error": "Unauthorized"}, 401)
        if asked.path != "/works":
            return Answer(404, b"<!doctype html><title>404</title>", {"Content-Type": "text/html"})
        scheme, _, value = asked.parameters.get("filter", "").partition(":")
        value = value.removeprefix("PMC")
        words = set(asked.parameters.get("search", "").lower().split())
        found = [
            record
            for record in self.records
            if (scheme and str(record["ids"].get(scheme, "")).lower().endswith("/" + value.lower()))
            or words & set(str(record["title"]).lower().split())
        ]
        return as_json({"meta": {"count": len(found)}, "results": found})
