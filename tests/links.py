"""Symbolic links for tests, where the machine lets us make them."""

from __future__ import annotations

from pathlib import Path

import pytest


def link_to(path: Path, target: Path | str) -> None:
    """Make a link, or skip: on Windows that needs a right which not everybody has."""
    try:
        path.symlink_to(target)
    except OSError as error:
        pytest.skip(f"links cannot be made here: {error}")
