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
    """An output by its name; `meaning` says what it is for.

    With `rooted` a server reads it that wants paths from the root of the repository (`below`).
    """

    name: str
    meaning: str
    render: Callable[[Report, Mapping[str, str], Paint], str]
    rooted: bool = False


FORMATS: tuple[Format, ...] = (
    Format("text", "findings with their source lines, for people", text.render),
    Format("json", "everything, for programs: docs/schemas/check-1.json", json.render),
    Format("github", "annotations of GitHub Actions", github.render, rooted=True),
    Format("gitlab", "GitLab's Code Quality report", gitlab.render, rooted=True),
    Format("sarif", "SARIF 2.1.0, for code scanning and editors", sarif.render, rooted=True),
    Format("junit", "JUnit XML, for test reports", junit.render),
    Format("rdjson", "Reviewdog's diagnostics", rdjson.render),
    Format("markdown", "a summary with tables", markdown.render),
    Format("badge", "a badge of shields.io: claims supported", badge.render),
)


def plain(_role: str, words: str) -> str:
    """The painter that leaves everything as it is."""
    return words
