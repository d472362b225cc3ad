"""A local HTTP server that speaks the part of Europe PMC's REST service that is asked.

Shapes follow the documentation of https://europepmc.org/RestfulWebService; its faults are those of
the other fakes.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from tests.fakes.faults import CHANGES, SENDINGS, Answer, Fault
from tests.fakes.serving import Handler, Server

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


@dataclass(frozen=True)
class Asked:
    """A request that arrived."""

    path: str
    parameters: Mapping[str, str]
    headers: Mapping[str, str]


class FakeEuropePmc:
    """The server, running while its `with` block does. `requests` are those that arrived."""

    def __init__(self, works: Iterable[Held] = (), *, faults: Iterable[Fault] = ()) -> None:
        self.works = list(works)
        self.faults = list(faults)
        self.requests: list[Asked] = []
        self.stopped = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.fake = self
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.005}, daemon=True
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/rest"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, asked: Asked) -> Answer:
        """What the service says when nothing goes wrong."""
        path = asked.path.removeprefix("/rest")
        if path == "/search":
            return _found(self.works, asked.parameters)
        match = _FULL_TEXT.fullmatch(path)
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
        return _json({"errCode": 404, "errMsg": "this is asked in a way the fake does not know"})
    value = re.sub(r"\\(.)", r"\1", match[2] or match[3]).lower()
    name = _FIELDS[match[1]]
    found = [work.record for work in works if getattr(work, name).lower() == value]
    return _json({"version": "6.9", "hitCount": len(found), "resultList": {"result": found}})


def _json(document: Mapping[str, Any]) -> Answer:
    body = json.dumps(document).encode()
    return Answer(200, body, {"Content-Type": "application/json;charset=UTF-8"})


class _Server(Server):
    fake: FakeEuropePmc


class _Handler(Handler):
    server: _Server

    def do_GET(self) -> None:  # noqa: N802 - the base class's name
        fake = self.server.fake
        parts = urlsplit(self.path)
        parameters = {name: values[0] for name, values in parse_qs(parts.query).items()}
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(parts.path, parameters, headers)
        fake.requests.append(asked)
        fault = next((f for f in fake.faults if f.strikes(asked.path)), None)
        answer = fake.answer(asked)
        if fault is not None and fault.name in SENDINGS:
            self.send_by(fault, answer, fake.stopped)
            return
        if fault is not None:
            answer = CHANGES[fault.name](answer, fault.value)
        self.send(answer)


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
