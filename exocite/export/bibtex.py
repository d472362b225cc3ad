"""BibTeX: the entries as they stand in the user's file, byte for byte, in the order asked for."""

from __future__ import annotations

from collections.abc import Iterable


def render(entries: Iterable[str]) -> str:
    """The entries, each as it is written, parted by an empty line.

    Line ends within an entry stay; those between entries are those of the first entry.
    """
    written = [entry.strip() for entry in entries]
    end = "\r\n" if written and "\r\n" in written[0] else "\n"
    return (end * 2).join(written) + end if written else ""
