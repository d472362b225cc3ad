"""The letters that tell works of the same authors and year apart: 2023a, 2023b."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence


def year_suffixes(items: Sequence[Mapping[str, object]]) -> dict[int, str]:
    """Letters by place for the items, in bibliography order, whose names and year are the same.

    Items without a year have none. After z comes aa.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for place, item in enumerate(items):
        year = _year(item)
        if year is not None:
            names = item.get("author") or item.get("editor") or item.get("title")
            places[json.dumps([names, year], sort_keys=True, default=str)].append(place)
    return {
        place: _letters(number)
        for shared in places.values()
        if len(shared) > 1
        for number, place in enumerate(shared)
    }


def _year(item: Mapping[str, object]) -> object:
    issued = item.get("issued")
    parts = issued.get("date-parts") if isinstance(issued, Mapping) else None
    return parts[0][0] if isinstance(parts, list) and parts and parts[0] else None


def _letters(number: int) -> str:
    letters = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("a") + letter) + letters
    return letters
