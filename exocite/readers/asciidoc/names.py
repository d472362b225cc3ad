"""What an AsciiDoc text names for all of its paragraphs: attributes, keys of its bibliography."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from exocite.readers.source_lines import Line

ENTRY = re.compile(r":(?P<name>!?[A-Za-z0-9_][\w-]{0,100}!?):(?:\s+(?P<value>\S.*))?$")
MARKER = re.compile(
    r"(?P<bullet>\*{1,8}|-|•|\.{1,8}|<(?:\d{1,4}|\.)>)\s+(?=\S)"
    r"|(?P<number>(?P<digits>\d{1,9})\.|[a-zA-Z]\.|[ivxIVX]{1,8}\))\s+(?=\S)"
)
LISTED = re.compile(r"\[\[\[(?P<key>[^\[\],]{1,200})(?:,[^\[\]]{0,200})?\]\]\]\s*")


@dataclass(slots=True)
class Names:
    """What a text names: attributes with their values, and the keys of its bibliography."""

    attributes: dict[str, str] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)


def names(source: Iterable[Line]) -> Names:
    """Attributes and the keys of the bibliography, which may stand behind their use."""
    found = Names()
    for line in source:
        text = line.text
        if text.startswith(":"):
            entry = ENTRY.match(text)
            if entry and not entry["name"].startswith("!") and not text.endswith("\\"):
                found.attributes[entry["name"].lower()] = entry["value"] or ""
        elif "[[[" in text:
            marker = MARKER.match(text)
            listed = LISTED.match(text, marker.end() if marker else 0)
            if listed:
                found.listed.add(listed["key"].strip())
    return found
