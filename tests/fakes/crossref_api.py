"""The answers of Crossref's REST API to paths and parameters, without HTTP.

Shapes, limits and messages follow recorded answers of api.crossref.org.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote

from tests.fakes.faults import Answer
from tests.fakes.works import DATES, QUERIES, Record, Works, date_of

_MOST_ROWS, _MOST_OFFSET = 1000, 10_000
_PLAIN = frozenset(["rows", "offset", "cursor", "select", "filter", "mailto", "sort", "order"])
_SELECTS = """
DOI ISBN ISSN URL abstract alternative-id article-number author container-title created degree
deposited editor event funder group-title indexed is-referenced-by-count issn-type issue issued
license link member original-title page posted prefix published published-online published-print
publisher publisher-location reference references-count relation resource score
short-container-title short-title standards-body subject subtitle title translator type
update-policy update-to updated-by volume
"""
_SELECTABLE = frozenset(_SELECTS.split())
_NO_RECORD = Answer(404, b"Resource not found.", {"Content-Type": "application/json;charset=utf-8"})


@dataclass(frozen=True)
class Request:
    """A request as it reached the server; `doi` is decoded, "" for a list."""

    target: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    doi: str = ""

    @property
    def parameters(self) -> dict[str, str]:
        return dict(self.query)


def request_from(target: str, headers: Iterable[tuple[str, str]]) -> Request:
    """A request target taken apart; what follows /works/ is the DOI, whatever it holds."""
    path, _, query = target.partition("?")
    pairs = tuple(parse_qsl(query, keep_blank_values=True))
    whole = path.removeprefix("/v1")
    inner = whole.removeprefix("/works/")
    doi = "" if inner == whole else unquote(inner.removesuffix("/agency"))
    return Request(target, path, pairs, {k.lower(): v for k, v in headers}, doi)


class _InvalidError(Exception):
    """A parameter that the API refuses: type, value and message as it words them."""


class _UnknownCursorError(Exception):
    """A cursor that the API never gave; it answers as if there were no such route."""


def _unavailable(kind: str, name: str, valid: Iterable[str] = ()) -> _InvalidError:
    """The refusal of a name that does not exist on this route."""
    said = f"{kind.capitalize()} '{name}' specified but there is no such {kind} for this route."
    names = ", ".join(sorted(valid))
    said += f" Valid {kind}s for this route are: {names}" if names else ""
    return _InvalidError(f"{kind.replace(' ', '-')}-not-available", name, said)


class Api:
    """What the API answers to a request."""

    def __init__(self, works: Works) -> None:
        self._works = works

    def answer(self, request: Request) -> Answer:
        path = request.path.removeprefix("/v1")
        try:
            if path.rstrip("/") == "/works":
                return _ok("work-list", self._list(request.query))
            if path.startswith("/works/"):
                return self._single(request)
        except _UnknownCursorError:
            return _NO_RECORD
        except _InvalidError as error:
            kind, value, message = error.args
            body = {"type": kind, "value": value, "message": message}
            failed = {"status": "failed", "message-type": "validation-failure", "message": [body]}
            return _json(400, failed)
        return _NO_RECORD

    def _single(self, request: Request) -> Answer:
        if any(name.startswith("query.") for name, _ in request.query):
            reason = "This route does not support field query parameters"
            raise _InvalidError("parameter-not-allowed", "query.*", reason)
        record = self._works.get(request.doi)
        if record is None:
            return _NO_RECORD
        if request.path.endswith("/agency"):
            label = {"id": "crossref", "label": "Crossref"}
            return _ok("work-agency", {"DOI": record["DOI"], "agency": label})
        return _ok("work", {**record, "score": 1})

    def _list(self, query: Sequence[tuple[str, str]]) -> dict[str, Any]:
        parameters = dict(query)
        _check_names(parameters)
        rows = _number(parameters.get("rows", "20"), _MOST_ROWS)
        offset = _number(parameters.get("offset", "0"), _MOST_OFFSET)
        select = _selected(parameters.get("select", ""))
        wanted = _filtered(parameters.get("filter", ""))
        queries = {name: text for name, text in query if name in QUERIES and text.strip()}
        found = [
            (score, record)
            for score, number in self._works.ranked(queries)
            if wanted(record := self._works.records[number])
        ]
        found = _sorted(found, parameters)
        message: dict[str, Any] = {"facets": {}}
        if "cursor" in parameters:
            offset = _decoded(parameters["cursor"])
            message["next-cursor"] = _encoded(min(offset + rows, len(found)))
        page = found[offset : offset + rows]
        items = [{**record, "score": round(score, 6)} for score, record in page]
        shown = [{k: v for k, v in item.items() if not select or k in select} for item in items]
        return message | {
            "total-results": len(found),
            "items": shown,
            "items-per-page": rows,
            "query": {"start-index": offset, "search-terms": parameters.get("query")},
        }


def _check_names(names: Iterable[str]) -> None:
    for name in names:
        if name.startswith("query.") and name not in QUERIES:
            raise _unavailable("field query", name)
        if name not in _PLAIN and name not in QUERIES:
            reason = f"This route does not support {name}"
            raise _InvalidError("parameter-not-allowed", name, reason)


def _number(text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= most):
        reason = f"Integer specified as {text} but must be a positive integer less than or equal"
        raise _InvalidError("integer-not-valid", text, f"{reason} to {most}. ")
    return int(text)


def _selected(text: str) -> frozenset[str]:
    names = frozenset(name for name in text.split(",") if name)
    for name in sorted(names - _SELECTABLE):
        raise _unavailable("select", name, _SELECTABLE)
    return names


# --------------------------------------------------------------------------- filters


def _in_list(name: str) -> Callable[[Record, str], bool]:
    def test(record: Record, value: str) -> bool:
        held = record.get(name)
        values = held if isinstance(held, list) else [held]
        return value.lower() in [str(v).lower() for v in values]

    return test


def _updates(record: Record, value: str) -> bool:
    held = record.get("update-to")
    updates = held if isinstance(held, list) else []
    return any(str(update.get("DOI", "")).lower() == value.lower() for update in updates)


def _from_date(record: Record, value: str) -> bool:
    date = date_of(record)
    return bool(date) and date[: len(value)] >= value[: len(date)]


def _until_date(record: Record, value: str) -> bool:
    date = date_of(record)
    return bool(date) and date[: len(value)] <= value


def _has(name: str) -> Callable[[Record, str], bool]:
    return lambda record, value: bool(record.get(name)) == (value.lower() in ("1", "t", "true"))


_FILTERS: Mapping[str, Callable[[Record, str], bool]] = {
    "doi": _in_list("DOI"),
    "type": _in_list("type"),
    "issn": _in_list("ISSN"),
    "isbn": _in_list("ISBN"),
    "container-title": _in_list("container-title"),
    "updates": _updates,
    "is-update": _has("update-to"),
    "has-abstract": _has("abstract"),
    "from-pub-date": _from_date,
    "until-pub-date": _until_date,
}


def _filtered(text: str) -> Callable[[Record], bool]:
    """A test of the filters: those of one name are alternatives, all names must hold."""
    wanted: dict[str, list[str]] = {}
    for part in text.split(",") if text else []:
        name, _, value = part.partition(":")
        if name not in _FILTERS:
            raise _unavailable("filter", name, _FILTERS)
        wanted.setdefault(name, []).append(value)
    return lambda record: all(
        any(_FILTERS[name](record, value) for value in values) for name, values in wanted.items()
    )


def _sorted(
    found: list[tuple[float, Record]], parameters: Mapping[str, str]
) -> list[tuple[float, Record]]:
    key = parameters.get("sort", "score")
    ascending = parameters.get("order", "desc") == "asc"
    if key in DATES:
        return sorted(found, key=lambda pair: date_of(pair[1], key), reverse=not ascending)
    if key not in ("score", "relevance"):
        raise _unavailable("sort", key, [*DATES, "score", "relevance"])
    return found[::-1] if ascending else found


# --------------------------------------------------------------------------- answers


def _encoded(offset: int) -> str:
    return base64.urlsafe_b64encode(f"fake:{offset}".encode()).decode()


def _decoded(cursor: str) -> int:
    if cursor == "*":
        return 0
    try:
        return int(base64.urlsafe_b64decode(cursor.encode()).decode().removeprefix("fake:"))
    except (ValueError, binascii.Error):
        raise _UnknownCursorError from None


def _ok(kind: str, message: object) -> Answer:
    document = {"status": "ok", "message-type": kind, "message-version": "1.0.0"}
    return _json(200, {**document, "message": message})


def _json(status: int, document: object) -> Answer:
    body = json.dumps(document, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return Answer(status, body, {"Content-Type": "application/json"})
