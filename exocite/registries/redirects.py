"""Where a registry may send us on to: to itself, and from http to https."""

from __future__ import annotations

import httpx2


def same_place(url: httpx2.URL, other: httpx2.URL) -> bool:
    """Whether a redirect stays with the same host; it may only change to https."""
    upgrade = (url.scheme, other.scheme) == ("http", "https")
    if url.host != other.host:
        return False
    if upgrade:
        return url.port in (None, 80) and other.port in (None, 443)
    return (url.scheme, url.port) == (other.scheme, other.port)


def plain_host(host: str) -> str:
    """A host named by others as a message may name it: nothing but letters, digits, dots."""
    return (
        "".join(c for c in host if c.isascii() and (c.isalnum() or c in ".-:"))[:100] or "unnamed"
    )
