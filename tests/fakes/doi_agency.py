"""doi.org: which agency registered a DOI, and short DOIs; shapes follow the DOI Handbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tests.fakes.faults import Answer, Fault
from tests.fakes.registry import Asked, FakeRegistry, as_json


class FakeDoiAgency(FakeRegistry):
    """Agencies by the prefix of their DOIs or by whole DOI, and long DOIs by short ones."""

    def __init__(
        self,
        agencies: Mapping[str, str] | None = None,
        *,
        shorts: Mapping[str, str] | None = None,
        faults: Iterable[Fault] = (),
    ) -> None:
        self.agencies = dict(agencies or {})
        self.shorts = dict(shorts or {})
        super().__init__(self._answer, faults=faults)

    def _answer(self, asked: Asked) -> Answer:
        if asked.path.startswith("/ra/"):
            doi = asked.path.removeprefix("/ra/")
            agency = self.agencies.get(doi) or self.agencies.get(doi.partition("/")[0])
            told = {"RA": agency} if agency else {"status": "DOI does not exist"}
            return as_json([{"DOI": doi, **told}])
        short = asked.path.removeprefix("/api/handles/")
        if short not in self.shorts:
            return as_json({"responseCode": 100, "handle": short}, 404)
        data = {"format": "string", "value": self.shorts[short]}
        values = [{"index": 1, "type": "HS_ALIAS", "data": data}]
        return as_json({"responseCode": 1, "handle": short, "values": values})
