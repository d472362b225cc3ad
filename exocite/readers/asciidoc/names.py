"""What an AsciiDoc text names for all of its paragraphs: attributes, keys of its bibliography."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from dataclasses import field

from exocite.frozen import dataclass
from exocite.patterns import regex
from exocite.readers.source_lines import Line

ENTRY = regex(r":(?P<name>!?[A-Za-z0-9_][\w-]{0,100}!?):(?:\s+(?P<value>\S.*))?$")
MARKER = regex(
    r"(?P<bullet>\*{1,8}|-|•|\.{1,8}|<(?:\d{1,4}|\.)>)\s+(?=\S)"
    r"|(?P<number>(?P<digits>\d{1,9})\.|[a-zA-Z]\.|[ivxIVX]{1,8}\))\s+(?=\S)"
)
LISTED = regex(r"\[\[\[(?P<key>[^\[\],]{1,200})(?:,[^\[\]]{0,200})?\]\]\]\s*")


_ANCHORS = regex(
    r"\[\[(?P<block>[^\[\],]{1,200})(?:,[^\[\]]{0,200})?\]\]|anchor:(?P<macro>[^\s\[\]]{1,200})\["
    r"|^\[[\w ]{0,40}#(?P<short>[^\s\[\],.%#]{1,200})|\bid=\"?(?P<long>[^\s\[\],\"]{1,200})"
)
_ATTRIBUTE = regex(r"\{([A-Za-z0-9_][\w-]{0,100})\}")
_LONGEST = 1000


@dataclass(slots=True)
class Names:
    """What a text names: attributes as they stand at the place that is read, its own keys and ids.

    `listed` are the keys of its bibliography, `anchors` the ids of its places. `shown` is for
    whoever reads the markup of an attribute's value once.
    """

    attributes: dict[str, str] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)
    anchors: set[str] = field(default_factory=set)
    shown: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)


def set_attribute(attributes: MutableMapping[str, str], name: str, value: str) -> None:
    """What the line `:name: value` does; `:!name:` unsets."""
    name = name.lower()
    if name.startswith("!") or name.endswith("!"):
        attributes.pop(name.strip("!"), None)
    else:
        filled = _ATTRIBUTE.sub(lambda m: attributes.get(m[1].lower(), m[0]), value[:_LONGEST])
        attributes[name] = filled[:_LONGEST]


def names(source: Iterable[Line]) -> Names:
    """The keys of the bibliography and the ids, which may stand behind their use."""
    found = Names()
    for line in source:
        text = line.text
        if "[[[" in text:
            marker = MARKER.match(text)
            listed = LISTED.match(text, marker.end() if marker else 0)
            if listed:
                found.listed.add(listed["key"].strip())
        if "[" in text:
            for anchor in _ANCHORS.finditer(text):
                found.anchors.add(next(filter(None, anchor.groups())).strip())
    return found
