"""Lines of the project's logs (works, evidence, verdicts, attached files) as JSON, and back.

One object a line, keys in the order of the data class, empty values left out, no ASCII escapes.
Keys that this version does not know are passed over when reading, so that a log written by a later
one can be read.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from typing import Any, TypeVar

from exocite.model import (
    Anchor,
    Attachment,
    Evidence,
    Judgement,
    Outcome,
    Passage,
    Relation,
    Update,
    Verdict,
    WorkRecord,
)

Record = WorkRecord | Evidence | Verdict | Attachment
_E = TypeVar("_E", bound=StrEnum)


class RecordError(ValueError):
    """A line is no record of its log; the message says why."""


# --------------------------------------------------------------------------- writing


def to_line(record: Record, kept: Mapping[str, Any] | None = None) -> str:
    """The record as one line of JSON without its line end.

    `kept` are keys of an earlier line of the same record that this version does not know.
    """
    own = {field.name for field in fields(record)}
    unknown = {key: item for key, item in (kept or {}).items() if key not in own}
    return _dumped(_plain(record) | unknown)


def _plain(value: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in fields(value):
        item = getattr(value, field.name)
        if hasattr(item, "__dataclass_fields__"):
            item = _plain(item)
        elif isinstance(item, tuple):
            item = [_plain(one) for one in item]
        if item not in ("", []) or field.name in _ALWAYS:
            found[field.name] = item
    return found


_ALWAYS = frozenset({"exact", "prefix", "suffix", "text", "key"})


def _dumped(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(", ", ": "))


# --------------------------------------------------------------------------- reading


def object_of(line: str) -> dict[str, Any]:
    """The JSON object of a line. Raises RecordError."""
    try:
        value = _DECODER.decode(line)
    except (ValueError, RecursionError):
        raise RecordError("this line is not JSON") from None
    if not isinstance(value, dict):
        raise RecordError("this line is not a JSON object")
    return value


def _no_number(text: str) -> float:
    raise ValueError(text)


def _finite(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _no_number(text)


_DECODER = json.JSONDecoder(parse_constant=_no_number, parse_float=_finite)


def work_record(value: Mapping[str, Any]) -> WorkRecord:
    """A line of works.jsonl. Raises RecordError."""
    return WorkRecord(
        key=_required(value, "key"),
        outcome=_one_of(Outcome, value, "outcome"),
        reason=_text(value, "reason"),
        date=_text(value, "date"),
        registry=_text(value, "registry"),
        doi=_text(value, "doi"),
        title=_text(value, "title"),
        retraction=_text(value, "retraction"),
        hash=_text(value, "hash"),
        reference_hash=_text(value, "reference_hash"),
        abstract=_text(value, "abstract"),
        abstract_hash=_text(value, "abstract_hash"),
        notices=tuple(_update(one) for one in _objects(value, "notices")),
        published_as=_text(value, "published_as"),
    )


def _update(value: Mapping[str, Any]) -> Update:
    return Update(
        type=_required(value, "type"),
        doi=_text(value, "doi"),
        date=_text(value, "date"),
        source=_text(value, "source"),
    )


def evidence(value: Mapping[str, Any]) -> Evidence:
    """A line of evidence.jsonl. Raises RecordError."""
    return Evidence(
        article=_required(value, "article"),
        claim=_required(value, "claim"),
        anchor=_anchor(value),
        key=_required(value, "key"),
        doi=_text(value, "doi"),
        passage=_passage(_part(value, "passage")),
        relation=_one_of(Relation, value, "relation"),
        score=_number(value, "score"),
        origin=_text(value, "origin"),
        claim_hash=_text(value, "claim_hash"),
    )


def verdict(value: Mapping[str, Any]) -> Verdict:
    """A line of verdicts.jsonl. Raises RecordError."""
    return Verdict(
        article=_required(value, "article"),
        claim=_required(value, "claim"),
        anchor=_anchor(value),
        judgement=_one_of(Judgement, value, "judgement"),
        by=_text(value, "by"),
        at=_text(value, "at"),
        key=_text(value, "key"),
        note=_text(value, "note"),
        claim_hash=_text(value, "claim_hash"),
        passage_hash=_text(value, "passage_hash"),
        work_hash=_text(value, "work_hash"),
    )


def attachment(value: Mapping[str, Any]) -> Attachment:
    """A line of sources.jsonl; its file is a plain name, never a path. Raises RecordError."""
    file = _required(value, "file")
    if file != file.strip(" .") or any(c in _NO_NAME or c < " " for c in file):
        raise RecordError("file is a path or no name of a file")
    if file.casefold() == "sources.jsonl":
        raise RecordError("file is the list of files itself")
    return Attachment(
        key=_required(value, "key"),
        file=file,
        sha256=_text(value, "sha256"),
        attached=_text(value, "attached"),
        kind=_required(value, "kind"),
        original=_text(value, "original"),
        locator=_text(value, "locator"),
        date=_text(value, "date"),
        note=_text(value, "note"),
        origin=_text(value, "origin"),
        licence=_text(value, "licence"),
    )


_NO_NAME = frozenset('/\\:*?"<>|\x7f')


def _anchor(value: Mapping[str, Any]) -> Anchor:
    part = _part(value, "anchor")
    return Anchor(
        exact=_text(part, "exact"),
        prefix=_text(part, "prefix"),
        suffix=_text(part, "suffix"),
        start=_offset(part, "start"),
        end=_offset(part, "end"),
    )


def _passage(part: Mapping[str, Any]) -> Passage:
    return Passage(
        key=_text(part, "key"),
        field=_text(part, "field"),
        text=_text(part, "text"),
        start=_offset(part, "start"),
        end=_offset(part, "end"),
        locator=_text(part, "locator"),
        source_hash=_text(part, "source_hash"),
    )


def _text(value: Mapping[str, Any], name: str) -> str:
    item = value.get(name, "")
    if not isinstance(item, str):
        raise RecordError(f"{name} is not a text")
    return item


def _required(value: Mapping[str, Any], name: str) -> str:
    item = _text(value, name)
    if not item:
        raise RecordError(f"{name} is missing")
    return item


def _part(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    item = value.get(name)
    if not isinstance(item, dict):
        raise RecordError(f"{name} is missing or not an object")
    return item


def _objects(value: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    items = value.get(name, [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise RecordError(f"{name} is not a list of objects")
    return items


def _offset(value: Mapping[str, Any], name: str) -> int:
    item = value.get(name)
    if not isinstance(item, int) or isinstance(item, bool) or item < 0:
        raise RecordError(f"{name} is not a whole number from 0 up")
    if item > _LARGEST:
        raise RecordError(f"{name} is larger than any text")
    return item


_LARGEST = 2**53 - 1
"""The largest number that every reader of JSON takes to be the same (RFC 8259, section 6)."""


def _number(value: Mapping[str, Any], name: str) -> float:
    item = value.get(name)
    if not isinstance(item, int | float) or isinstance(item, bool):
        raise RecordError(f"{name} is not a number")
    try:
        number = float(item)
    except OverflowError:
        number = math.nan
    if math.isnan(number):
        raise RecordError(f"{name} is not a number that can be read")
    return number


def _one_of(kind: type[_E], value: Mapping[str, Any], name: str) -> _E:
    item = _text(value, name)
    try:
        return kind(item)
    except ValueError:
        raise RecordError(f"{name} is {item[:40]!r}, which this version does not know") from None


# --------------------------------------------------------------------------- order


def identity(value: Mapping[str, Any], names: tuple[str, ...]) -> tuple[str, ...]:
    """What makes two lines speak of the same thing: these keys; `a.b` is b of the object a."""
    return tuple(_deep(value, name) for name in names)


def _deep(value: Any, path: str) -> str:
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    # No other value is written with a quotation mark in front.
    return f'"{value}"' if isinstance(value, str) else json.dumps(value, sort_keys=True)
