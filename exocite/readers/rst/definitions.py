"""What a reStructuredText defines for all of its paragraphs, before or behind their use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from exocite.readers.source_lines import Line
from exocite.text import collapsed

_TARGET = re.compile(r"_(?P<name>`[^`]{1,300}`|_|(?:\\.|[^:\\]){1,300}):(?:\s+(?P<url>\S.*))?$")
_REPLACEMENT = re.compile(r"\|(?P<name>[^|]{1,200})\|\s+replace::\s*(?P<text>.*)")


@dataclass(slots=True)
class Definitions:
    """What a text defines for all of its paragraphs: substitutions, and addresses of targets."""

    substitutions: dict[str, str] = field(default_factory=dict)
    targets: dict[str, str] = field(default_factory=dict)


def normal_name(name: str) -> str:
    """A reference's name for comparison: white space collapsed, case folded, no backslashes."""
    return collapsed(name.replace("\\", "")).casefold()


def definitions(source: Iterable[Line]) -> Definitions:
    """Addresses and replacements in the lines of the source."""
    found = Definitions()
    for line in source:
        if not line.text.startswith(".. "):
            continue
        start = len(line.text) - len(line.text[3:].lstrip())
        target = _TARGET.match(line.text, start)
        if target and target["url"]:
            found.targets.setdefault(normal_name(target["name"].strip("`")), target["url"])
        replacement = _REPLACEMENT.match(line.text, start)
        if replacement:
            name = normal_name(replacement["name"])
            found.substitutions.setdefault(name, replacement["text"].strip())
    return found
