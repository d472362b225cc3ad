"""The exceptions that a user can meet, all of them with a message and a next step.

    ExociteError                the base: message, hint, slug
    ├── UsageError              the command line asks for something that cannot be
    ├── ConfigurationError      a setting has an unknown name or a value that cannot be
    ├── ReadError               a file cannot be read: missing, a folder, binary, encoding, size
    ├── BibliographyError       an edit would break the .bib file
    ├── StoreError              the project's files cannot be written
    │   ├── LockedError         another process holds the lock
    │   └── ChangedError        somebody else changed the file meanwhile
    ├── StyleError              a citation style is unknown or cannot be used
    ├── WeightsError            a shipped model is missing or damaged
    └── RegistryError           a registry could not answer: the outcome is not_checked
        ├── UnreachableError    no connection, a timeout, a server error
        ├── LimitedError        the registry asked us to slow down for longer than we may wait
        └── AnswerError         an answer came that is not what was asked for

An outcome that a user meets often (a reference without a match) is a value, not an exception.
"""

from __future__ import annotations


class ExociteError(Exception):
    """What happened, where, and what to do next.

    `message` begins with the place ("path:line: ") where there is one; `hint` is the next step;
    `slug` is a stable name for programs.
    """

    slug = "error"

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(ExociteError):
    """The command line asks for something that cannot be."""

    slug = "usage"


class ConfigurationError(ExociteError):
    """A setting has an unknown name or a value that cannot be."""

    slug = "configuration"


class ReadError(ExociteError):
    """A file cannot be read."""

    slug = "unreadable"


class BibliographyError(ExociteError):
    """An edit would break the .bib file, or names an entry that is not there."""

    slug = "bibliography"


class StoreError(ExociteError):
    """The project's files cannot be written."""

    slug = "store"


class LockedError(StoreError):
    """Another process holds the lock."""

    slug = "locked"


class ChangedError(StoreError):
    """Somebody else changed the file between reading and writing it."""

    slug = "changed"


class StyleError(ExociteError):
    """A citation style is unknown or cannot be used."""

    slug = "style"


class WeightsError(ExociteError):
    """A shipped model is missing or damaged."""

    slug = "weights"


class RegistryError(ExociteError):
    """A registry could not answer; what was asked stays not checked."""

    slug = "registry"


class UnreachableError(RegistryError):
    """No connection, a timeout, or a server error."""

    slug = "unreachable"


class LimitedError(RegistryError):
    """The registry asked us to slow down for longer than we may wait."""

    slug = "limited"


class AnswerError(RegistryError):
    """An answer came that is not what was asked for."""

    slug = "answer"
