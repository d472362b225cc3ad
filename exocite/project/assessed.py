"""Assessments of an article's sentences, as bytes and back: an edit leaves most as they are.

A line with a SHA-256, and columns in JSON behind it: what each assessment depends on, as a hash,
its score, kind and reason, and whether it is a claim. Whatever else stands there counts as nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from exocite.cache import sealed, unsealed
from exocite.claims.detect import Assessment

_TYPES = (str, float, str, str, bool)


def to_bytes(known: Mapping[str, Assessment]) -> bytes:
    """The bytes that are kept. Raises ValueError for texts that UTF-8 cannot hold."""
    rows = [
        (name, one.score, one.kind, one.reason, one.is_claim) for name, one in sorted(known.items())
    ]
    columns = [*zip(*rows, strict=True)] or [()] * len(_TYPES)
    body = json.dumps(columns, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return sealed(body)


def from_bytes(data: bytes) -> dict[str, Assessment]:
    """What was kept; nothing where it is damaged or holds anything else."""
    body = unsealed(data)
    if body is None:
        return {}
    try:
        return _read(json.loads(body))
    except (ValueError, TypeError, RecursionError):
        return {}


def _read(columns: Any) -> dict[str, Assessment]:
    names, scores, kinds, reasons, claims = columns
    types = [set(map(type, column)) for column in columns]
    if not all(found <= {one} for found, one in zip(types, _TYPES, strict=True)):
        return {}
    if not all(0 <= score <= 1 for score in scores):
        return {}
    "".join((*kinds, *reasons)).encode()  # Lone surrogates cannot be written anywhere.
    return dict(zip(names, map(Assessment, scores, kinds, reasons, claims), strict=True))
