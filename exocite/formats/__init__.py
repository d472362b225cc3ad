"""The outputs of check: one file each, registered here.

A format is given a report, the texts that the lines of its findings count in and a painter, and
gives the whole output as a string. The texts are those of files by path, and those of places within
files by `exocite.text.where`; where one is missing, no excerpt is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from exocite.check import Report
from exocite.formats import badge, github, gitlab, json, junit, markdown, rdjson, sarif, text
from exocite.formats.text import Paint


@dataclass(frozen=True, slots=True)
class Format:
    """An output by its name."""

    name: str
    render: Callable[[Report, Mapping[str, str], Paint], str]


FORMATS: tuple[Format, ...] = (
    Format("text", text.render),
    Format("json", json.render),
    Format("github", github.render),
    Format("gitlab", gitlab.render),
    Format("sarif", sarif.render),
    Format("junit", junit.render),
    Format("rdjson", rdjson.render),
    Format("markdown", markdown.render),
    Format("badge", badge.render),
)


def plain(_role: str, words: str) -> str:
    """The painter that leaves everything as it is."""
    return words
