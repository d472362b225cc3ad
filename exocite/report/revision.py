"""The revision of the project that a report speaks of."""

from __future__ import annotations

from pathlib import Path

from exocite.errors import UsageError
from exocite.revisions import git


def current(root: Path) -> str:
    """The commit that is checked out, "-dirty" behind it where files differ; "" without one."""
    try:
        said = git(root, "--no-optional-locks", "describe", "--always", "--dirty", "--exclude=*")
    except UsageError:
        return ""
    return said.decode("ascii", "replace").strip() if said else ""
