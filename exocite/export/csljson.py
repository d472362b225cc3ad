"""CSL-JSON: an array of items, as Zotero, pandoc and citation engines read it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence


def render(items: Sequence[Mapping[str, object]]) -> str:
    """The items as a JSON array in UTF-8 text, keys sorted."""
    return json.dumps(items, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
