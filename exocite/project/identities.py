"""Which works the references of a bibliography are, kept from one check to the next.

An identity rests on twelve decoded fields, and most checks meet the bibliography that the last one
met. What is kept can be thrown away, and what is damaged is worked out anew.
"""

from __future__ import annotations

import contextlib
import json
from hashlib import sha256
from pathlib import Path

from exocite import cache
from exocite.bibliography.document import Document
from exocite.project.identity import identity
from exocite.project.remembered import reading

FILE = "identities.json"

LEAST = 100
"""Of fewer references the identities are worked out as fast."""


def identities(document: Document, folder: Path | None) -> list[str]:
    """The identity of each reference, in their order; `folder` is that of the caches."""
    references = document.references
    if folder is None or len(references) < LEAST:
        return [identity(reference) for reference in references]
    rests_on = f"{reading()} {sha256(document.data).hexdigest()}"
    found = _kept(folder / FILE, rests_on)
    if found is None or len(found) != len(references):
        found = [identity(reference) for reference in references]
        body = json.dumps([rests_on, *found]).encode("ascii")
        with contextlib.suppress(OSError):  # The next run works them out again.
            cache.put(folder / FILE, [cache.sealed(body)])
    return found


def _kept(path: Path, rests_on: str) -> list[str] | None:
    try:
        first, *found = json.loads(cache.unsealed(cache.get(path)) or b"[]")
    except (ValueError, TypeError, RecursionError):
        return None
    return found if first == rests_on and set(map(type, found)) <= {str} else None
