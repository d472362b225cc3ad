"""Fields that a document keeps as bookmarks: what each cites stands among its properties.

Zotero and Mendeley store a citation so where the document is shared with other word processors: the
bookmark is called `ZOTERO_BREF_x` or `Mendeley_Bookmark_x`, and the properties `NAME_1`, `NAME_2`,
… hold the field's instruction in pieces. Source: ECMA-376, part 1, 22.3 (custom properties); the
word processor integration of Zotero.
"""

from __future__ import annotations

from collections.abc import Mapping

from exocite.patterns import regex

_PIECE = regex(r"(?P<name>(?:ZOTERO_BREF|Mendeley_Bookmark)_\w{1,80})_(?P<number>\d{1,5})")


class Properties:
    """Reads the part of a document's own properties."""

    def __init__(self) -> None:
        self._pieces: dict[str, dict[int, str]] = {}
        self._name = ""
        self._text: list[str] = []

    def codes(self) -> dict[str, str]:
        """The instruction of each bookmark that is a field, by the bookmark's name."""
        found = {}
        for name, pieces in self._pieces.items():
            code = "".join(pieces[number] for number in sorted(pieces)).strip()
            found[name] = code if code.startswith("ADDIN") else f"ADDIN {code}"
        return found

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A property begins, or its value."""
        if name.endswith(":property"):
            self._name = attributes.get("name", "")
        self._text.clear()

    def end(self, name: str) -> None:
        """A value is complete."""
        match = _PIECE.fullmatch(self._name) if name.endswith("str") else None
        if match:
            pieces = self._pieces.setdefault(match["name"], {})
            pieces.setdefault(int(match["number"]), "".join(self._text))
        self._text.clear()

    def text(self, data: str) -> None:
        """What stands in a value."""
        self._text.append(data)
