"""A local HTTP server that speaks the part of Europe PMC's REST service that is asked.

Shapes follow the documentation of https://europepmc.org/RestfulWebService; its faults are those of
the other fakes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tests.fakes.faults import Answer, Fault
from tests.fakes.registry import Asked, FakeRegistry, as_json

_TERM = re.compile(r'(DOI|PMCID|EXT_ID):(?:"((?:[^"\\]|\\.)*)"|(\S+))(?: AND SRC:MED)?')
_FULL_TEXT = re.compile(r"/([^/]+)/fullTextXML")
_FIELDS = {"DOI": "doi", "PMCID": "pmcid", "EXT_ID": "pmid"}


@dataclass(frozen=True)
class Held:
    """A work: its record has these fields and `more`; `xml` is served where there is some."""

    doi: str = ""
    pmcid: str = ""
    pmid: str = ""
    is_open: bool = True
    licence: str = "cc by"
    xml: bytes = b""
    more: Mapping[str, object] = field(default_factory=dict)

    @property
    def record(self) -> dict[str, object]:
        """As a search shows it: what is not there is left out, flags are letters."""
        named = {"doi": self.doi, "pmcid": self.pmcid, "pmid": self.pmid, "license": self.licence}
        kept = {name: value for name, value in named.items() if value}
        flags = {"isOpenAccess": "Y" if self.is_open else "N", "inEPMC": "Y" if self.xml else "N"}
        return {"id": self.pmid or self.pmcid, "source": "MED", **kept, **flags, **self.more}


class FakeEuropePmc(FakeRegistry):
    """The server, running while its `with` block does. `requests` are those that arrived."""

    def __init__(self, works: Iterable[Held] = (), *, faults: Iterable[Fault] = ()) -> None:
        self.works = list(works)
        super().__init__(self._answer, faults=faults, path="/rest")

    def _answer(self, asked: Asked) -> Answer:
        """What the service says when nothing goes wrong."""
        if asked.path == "/search":
            return _found(self.works, asked.parameters)
        match = _FULL_TEXT.fullmatch(asked.path)
        held = [work for work in self.works if match and work.pmcid == match[1] and work.xml]
        if not held:
            return Answer(404, b"", {"Content-Type": "application/xml"})
        return Answer(200, held[0].xml, {"Content-Type": "application/xml"})


def _found(works: Iterable[Held], parameters: Mapping[str, str]) -> Answer:
    match = _TERM.fullmatch(parameters.get("query", ""))
    if match is None or (parameters.get("format"), parameters.get("resultType")) != (
        "json",
        "core",
    ):
        return as_json({"errCode": 404, "errMsg": "this is asked in a way the fake does not know"})
    value = re.sub(r"\\(.)", r"\1", match[2] or match[3]).lower()
    name = _FIELDS[match[1]]
    found = [work.record for work in works if getattr(work, name).lower() == value]
    document = {"version": "6.9", "hitCount": len(found), "resultList": {"result": found}}
    return as_json(document, kind="application/json;charset=UTF-8")


def article(
    doi: str = "", *, pmcid: str = "", pmid: str = "", body: str = "", more: str = ""
) -> bytes:
    """A small JATS article: `body` is XML, `more` stands in its front matter."""
    numbers = {"doi": doi, "pmc": pmcid.removeprefix("PMC"), "pmid": pmid}
    ids = "".join(
        f'<article-id pub-id-type="{kind}">{value}</article-id>'
        for kind, value in numbers.items()
        if value
    )
    text = (
        body or "<sec><title>Results</title><p>The lamps of the harbour were lit at six.</p></sec>"
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        f"<article><front><article-meta>{ids}<title-group><article-title>Harbour lamps"
        f"</article-title></title-group>{more}<abstract><p>Lamps were watched for a year.</p>"
        f"</abstract></article-meta></front><body>{text}</body><back><ref-list><ref>"
        '<element-citation><pub-id pub-id-type="doi">10.5555/cited</pub-id></element-citation>'
        "</ref></ref-list></back></article>\n"
    ).encode()
