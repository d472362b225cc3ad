"""The outputs of check: one file each, registered here.

A format is given a report, the texts that the lines of its findings count in and a painter, and
gives the whole output as a string. The texts are those of files by path, and those of places within
files by `exocite.text.where`; where one is missing, no excerpt is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from exocite.check import Report
from exocite.frozen import dataclass

Paint = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Format:
    """An output by its name; `meaning` says what it is for. The file of its name writes it.

    With `rooted` a server reads it that wants paths from the root of the repository (`below`).
    """

    name: str
    meaning: str
    rooted: bool = False

    def render(self, report: Report, sources: Mapping[str, str], paint: Paint) -> str:
        """The whole output; the file that writes it is read when it is asked for."""
        written: str = import_module(f"{__name__}.{self.name}").render(report, sources, paint)
        return written


FORMATS: tuple[Format, ...] = (
    Format("text", "findings with their source lines, for people"),
    Format("json", "everything, for programs: docs/schemas/check-1.json"),
    Format("github", "annotations of GitHub Actions", rooted=True),
    Format("gitlab", "GitLab's Code Quality report", rooted=True),
    Format("sarif", "SARIF 2.1.0, for code scanning and editors", rooted=True),
    Format("junit", "JUnit XML, for test reports"),
    Format("rdjson", "Reviewdog's diagnostics"),
    Format("markdown", "a summary with tables"),
    Format("badge", "a badge of shields.io: claims supported"),
)


def plain(_role: str, words: str) -> str:
    """The painter that leaves everything as it is."""
    return words
