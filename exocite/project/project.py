"""The state that every step shares: settings, bibliography, what is known of works, verdicts."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path, PurePosixPath
from shlex import quote
from typing import TYPE_CHECKING

from exocite import sources
from exocite.bibliography.document import Document
from exocite.bibliography.inherit import NOT_WORKS
from exocite.config import Settings
from exocite.errors import ConfigurationError, ReadError, UsageError
from exocite.linking.coefficients import MODES
from exocite.model import Evidence, Reference, SourceText, Verdict, WorkRecord
from exocite.private_folder import private_folder
from exocite.project import library
from exocite.revisions import Revision
from exocite.sources.parses import Parses
from exocite.store import SOURCES, Log, Store

if TYPE_CHECKING:
    from exocite.claims.scoring import ClaimModel
    from exocite.embedding import Embedder
    from exocite.verifier import Verifier


def is_unread(file: sources.File) -> bool:
    """Whether nothing is compared with an attached file: it is not here, or cannot be read."""
    return file.problem is not None or file.state is sources.FileState.MISSING


class Project:
    """One project. What is on disk is read once, when it is first asked for.

    `clock` gives the time that records and verdicts are dated with; `store` the files, those on
    disk if not given.
    """

    def __init__(
        self,
        settings: Settings,
        clock: Callable[[], datetime] | None = None,
        store: Store | None = None,
    ) -> None:
        self.settings = settings
        self._clock = clock or (lambda: datetime.now(UTC))
        self.store = store or Store(settings.bibliography.parent)

    def init(self) -> tuple[Path, ...]:
        """Make the bibliography and have git ignore the cache; what is there stays as it is."""
        made = []
        path = self.settings.bibliography
        if not os.path.lexists(path):
            self.store.write(path, b"", expected=None)
            made.append(path)
        ignore = self.settings.root / ".gitignore"
        before = self.store.read(ignore) if ignore.exists() else b""
        if b".exocite/" not in (line.strip() for line in before.split(b"\n")):
            end = b"\r\n" if b"\r\n" in before else b"\n"
            gap = end if before and not before.endswith(b"\n") else b""
            self.store.write(ignore, before + gap + b".exocite/" + end, expected=before)
            made.append(ignore)
        return tuple(made)

    @cached_property
    def document(self) -> Document:
        """The bibliography; an empty one where the file is not there yet."""
        return library.read(self._on_disk, self.shown(self.settings.bibliography), self.cache)

    @cached_property
    def _on_disk(self) -> bytes:
        path = self.settings.bibliography
        folder = path.parent
        if folder.exists() and not folder.is_dir():
            raise ReadError(f"{folder}: this is a file", hint="the bibliography's folder goes here")
        return self.store.read(path) if self.store.exists(path) else b""

    @cached_property
    def works(self) -> Log[WorkRecord]:
        """What was last learned of each reference."""
        return self.store.works()

    @cached_property
    def records(self) -> Mapping[str, WorkRecord]:
        """The same by citekey."""
        return {record.key: record for record in self.works.items}

    @cached_property
    def texts(self) -> Mapping[str, tuple[SourceText, ...]]:
        """The texts of each work that a claim can be compared with, by citekey."""
        return {
            reference.key: sources.texts(
                reference, self.records.get(reference.key), self.attached[reference.key]
            )
            for reference in self.document.references
        }

    @cached_property
    def readable(self) -> frozenset[str]:
        """The citekeys of the works that have a text."""
        return frozenset(key for key, texts in self.texts.items() if texts)

    @cached_property
    def attached(self) -> Mapping[str, tuple[sources.File, ...]]:
        """The attached files of each work, by citekey; one that cannot be read says why."""
        recorded = self.store.attachments().items
        keys = [reference.key for reference in self.document.references]
        return sources.every(keys, self.shelf, recorded, self.parses)

    @property
    def shelf(self) -> Path:
        """The folder of attached files, as messages name it."""
        return Path(self.shown(self.store.root / SOURCES))

    @property
    def parses(self) -> Parses:
        """What attached files held when they were last read."""
        return Parses(self.cache)

    @cached_property
    def unread(self) -> tuple[tuple[str, ReadError], ...]:
        """Attached files that are not here or cannot be read, by citekey.

        Nothing is compared with them: a clone may leave large files out, and nobody knows here
        whether they still say what a verdict rests on.
        """
        return tuple(
            (key, self._not_here(key, file) if file.problem is None else file.problem)
            for key, files in self.attached.items()
            for file in files
            if is_unread(file)
        )

    def _not_here(self, key: str, file: sources.File) -> ReadError:
        path = self.shelf / file.name
        held = ", though git holds it" if self.store.exists(path) else ""  # Told of a revision.
        return ReadError(
            f"{self.shown(path)}: this attached file is not here{held}",
            hint=f"put it back; if it is gone for good, `exocite sources {quote(key)} --detach "
            f"{quote(file.name)}` says so",
        )

    @cached_property
    def embedder(self) -> Embedder | None:
        """The sentence embedder where the settings ask for one. Raises WeightsError."""
        if self.settings["mode"] != "semantic":
            return None
        from exocite.embedding import Embedder

        return Embedder(self._models, cache=self.cache, threads=self.settings["threads"])

    @cached_property
    def verifier(self) -> Verifier | None:
        """The verifier where the settings ask for one and, with auto, where there is one.

        Raises WeightsError.
        """
        if self.unverified:
            return None
        from exocite.verifier import Verifier

        return Verifier(self._models, cache=self.cache, threads=self.settings["threads"])

    @cached_property
    def unverified(self) -> str:
        """Why the rules alone say what a passage says, "" where the verifier reads too."""
        asked = self.settings["verify"]
        if asked == "on":
            return ""
        if asked == "off":
            return "verify is off"
        if self.settings["mode"] != "semantic":
            return "the mode is core"
        from exocite.verifier import absent

        return absent(self._models)

    @property
    def _models(self) -> Path | None:
        folder = self.settings["models"]
        return self.settings.root / folder if folder else None

    @cached_property
    def cache(self) -> Path | None:
        """The folder of the caches, None where nothing may be kept (`private_folder`)."""
        return private_folder(self.settings.root)

    @property
    def least(self) -> float:
        """The confidence from which a passage is suggested, of this mode and operating point."""
        return MODES[self.settings["mode"]].operating_points[self.settings["operating_point"]]

    @cached_property
    def detector(self) -> ClaimModel:
        """The shipped model that tells claims from the rest."""
        from exocite import weights

        return weights.claim_model()

    def at(self, revision: str) -> Project:
        """The same project as git holds it at a revision; attached files stay those on disk."""
        return Project(self.settings, self._clock, Revision(self.store.root, revision))

    @cached_property
    def evidence(self) -> Log[Evidence]:
        """The links that people accepted."""
        return self.store.evidence()

    @cached_property
    def verdicts(self) -> Log[Verdict]:
        """What people judged."""
        return self.store.verdicts()

    @cached_property
    def absent(self) -> frozenset[str]:
        """Articles that evidence and verdicts name and that are not here: renamed, or taken out."""
        named = {link.article for link in self.evidence.items}
        named |= {verdict.article for verdict in self.verdicts.items}
        return frozenset(name for name in named if not self.holds(name))

    def holds(self, name: str) -> bool:
        """Whether there is a file that the project calls so; a revision knows of its own alone."""
        try:
            return self.store.exists(self.settings.root / name)
        except ReadError:
            return True

    def references(self, keys: Sequence[str] = ()) -> tuple[Reference, ...]:
        """The references of these keys, all of them without one. Raises UsageError."""
        by_key = {reference.key: reference for reference in self.document.references}
        unknown = [key for key in keys if key not in by_key]
        if unknown:
            from difflib import get_close_matches

            near = get_close_matches(unknown[0], by_key, n=1)
            raise UsageError(
                f"{self.document.path}: no entry has the key {unknown[0]}",
                hint=f"did you mean {near[0]}?" if near else "`exocite list` shows the keys",
            )
        return tuple(by_key[key] for key in keys) if keys else tuple(by_key.values())

    def of_works(self, keys: Sequence[str] = ()) -> tuple[Reference, ...]:
        """The same, of entries that stand for a work. Raises UsageError for a key of another."""
        references = self.references(keys)
        others = [one for one in references if one.type in NOT_WORKS]
        if keys and others:
            raise UsageError(
                f"{self.document.path}:{others[0].line}: {others[0].key} is a @{others[0].type}, "
                "which stands for no work",
                hint="name the entries of works; `exocite list` shows them",
            )
        return tuple(one for one in references if one.type not in NOT_WORKS)

    def save(self) -> None:
        """Write the bibliography if it was edited; ChangedError if another did meanwhile."""
        path = self.settings.bibliography
        before = self._on_disk
        if self.document.data != before:
            self.store.write(path, self.document.data, expected=before)
            self._on_disk = self.document.data

    def now(self) -> str:
        """The time in UTC, ISO 8601."""
        return self._clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def today(self) -> str:
        """The day in UTC, ISO 8601."""
        return self.now()[:10]

    def matching(self, pattern: str) -> tuple[Path, ...]:
        """The files that a pattern of the setting `articles` means, sorted.

        Raises ConfigurationError for a pattern that cannot be searched for.
        """
        try:
            found = sorted(self.settings.root.glob(pattern))
        except (ValueError, NotImplementedError, IndexError) as error:
            # NotImplementedError is what pathlib raises for a pattern that begins at the root.
            raise ConfigurationError(
                f"articles: {pattern!r} cannot be searched for: {error}",
                hint="patterns such as *.md or text/**/*.md start at the project's folder",
            ) from None
        return tuple(path for path in found if not path.is_dir())

    def shown(self, path: Path) -> str:
        """The path as messages show it: from the current folder where it lies below."""
        try:
            return path.resolve().relative_to(Path.cwd()).as_posix()
        except (ValueError, OSError, RuntimeError):  # A loop of links is told when it is read.
            return str(path)

    def named(self, path: str) -> str:
        """The article's name in evidence and verdicts: its path from the project's root."""
        place = Path(os.path.realpath(path))  # A loop of links is told when it is read.
        try:
            return place.relative_to(self.settings.root.resolve()).as_posix()
        except ValueError:
            return PurePosixPath(place).as_posix()

    def forget(self, name: str) -> None:
        """Have a log or a shelf read again when it is next asked for, because it was written."""
        self.__dict__.pop(name, None)
        for built_on_it in ("absent", "readable", "unread"):
            self.__dict__.pop(built_on_it, None)
