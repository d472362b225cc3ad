"""A whole answer of a registry, as the registries read it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer and its decoded body.

    `url` is where it came from in the end, after redirects; `kind` is its Content-Type, "" for
    none. `etag` and `modified` are what it can be asked for again with, "" where the registry gave
    none. `is_kept`: it was heard in another run.
    """

    url: str
    status: int
    kind: str = ""
    body: bytes = b""
    etag: str = ""
    modified: str = ""
    is_kept: bool = False
