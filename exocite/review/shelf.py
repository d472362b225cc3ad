"""The works as a card names them, each printed once in the style of the settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from threading import Lock

from exocite.export.installed import INSTALLED
from exocite.export.styles import find
from exocite.project import Project
from exocite.report.data import Work
from exocite.report.works import works


class Shelf:
    """The works of one project by citekey. Raises StyleError for a style that there is not."""

    def __init__(self, project: Project) -> None:
        find(project.settings["style"], INSTALLED)
        self._project = project
        self._works: dict[str, Work] = {}
        self._printing = Lock()
        self.keys: Mapping[str, str] = {
            reference.key: reference.key for reference in project.document.references
        }
        """The citekeys of the bibliography; a work's anchor on the page is its key."""

    def of(self, keys: Iterable[str]) -> Mapping[str, Work]:
        """The works of these citekeys; one that the bibliography does not have is left out.

        Raises StyleError.
        """
        wanted = {key: key for key in keys if key in self.keys}
        missing = {key: key for key in wanted if key not in self._works}
        if missing:
            with self._printing:
                found = works(self._project, missing, (), self._project.settings["style"])
                self._works.update((work.key, work) for work in found)
        return {key: self._works[key] for key in wanted}

    def fill(self) -> None:
        """Print all of them, so that no card waits for one. Raises StyleError."""
        self.of(self.keys)
