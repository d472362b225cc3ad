"""The files of settings: which project a path lies in, and what its file says."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exocite.errors import ConfigurationError

if TYPE_CHECKING:
    import configparser

BIBLIOGRAPHY = Path("bib") / "references.bib"
_OWN = "exocite"
_BY_PATH = "exocite:per_path:"

Found = tuple[Path, str, Mapping[str, object]]
"""A project's folder, the name of its file of settings and what that holds."""


def project_of(folder: Path, articles: Iterable[str]) -> Found:
    """The project that the articles lie in, else that of the folder, else the folder itself.

    Raises ConfigurationError for articles of several projects and for a file that cannot be read.
    """
    folders: dict[Path, None] = {}
    for path in articles:
        # A name that cannot be followed is told when the article is read.
        with contextlib.suppress(OSError, ValueError, RuntimeError):
            folders[(folder / path).parent.resolve()] = None
    found = {project[0]: project for place in folders if (project := _project(place)) is not None}
    if len(found) > 1:
        first, second, *_ = (_shown(root, folder) for root in sorted(found))
        raise ConfigurationError(
            f"these articles are of more than one project: {first} and {second}",
            hint="name the articles of one project at a time",
        )
    if found:
        return found.popitem()[1]
    return _project(folder) or (folder, "", {})


def _shown(path: Path, folder: Path) -> str:
    """The path as seen from the folder; as it is where Windows has them on two drives."""
    try:
        return os.path.relpath(path, folder)
    except ValueError:
        return str(path)


def _project(folder: Path) -> Found | None:
    """The project that a folder lies in."""
    for place in (folder, *folder.parents):
        for name, read in _FILES:
            path = place / name
            if path.is_file() and (table := read(path)) is not None:
                return place, name, table
        if (place / BIBLIOGRAPHY).is_file():
            return place, "", {}
    return None


def _text(path: Path) -> str:
    """The file as text; a byte order mark, which Windows' editors write, is none of it."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{path}: {error.strerror}", hint="check its rights") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigurationError(f"{path}:{line}: not UTF-8", hint="save it as UTF-8") from error


_PLACE = re.compile(r"(?P<why>.*) \(at line (?P<line>\d+), column (?P<column>\d+)\)", re.DOTALL)


def _toml(path: Path, text: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ConfigurationError(f"{path}: not valid TOML: nested too deep") from error
    except ValueError as error:  # TOMLDecodeError, or a number of more digits than Python reads.
        told = _PLACE.fullmatch(str(error))
        place, why = (
            (f":{told['line']}:{told['column']}", told["why"])
            if told
            else ("", str(error).partition(";")[0])
        )
        raise ConfigurationError(f"{path}{place}: not valid TOML: {why}") from error


def _exocite_toml(path: Path) -> Mapping[str, object] | None:
    return _toml(path, _text(path))


def _pyproject(path: Path) -> Mapping[str, object] | None:
    text = _text(path)
    if _OWN not in text:
        return None
    tool = _toml(path, text).get("tool")
    table = tool.get(_OWN) if isinstance(tool, dict) else None
    return table if isinstance(table, dict) else None


def _setup_cfg(path: Path) -> Mapping[str, object] | None:
    text = _text(path)
    if f"[{_OWN}" not in text:
        return None
    import configparser

    # [DEFAULT] is a section like others: what stands there was not written for us.
    parser = configparser.RawConfigParser(default_section="")
    try:
        parser.read_string(text)
    except configparser.Error as error:
        line, why = _of_ini(error)
        raise ConfigurationError(f"{path}:{line}: {why}") from error
    sections = [name for name in parser.sections() if name.partition(":")[0].strip() == _OWN]
    table: dict[str, Any] = {}
    for name in sections:
        if name == _OWN:
            table |= parser[name]
        elif name.startswith(_BY_PATH):
            table.setdefault("per_path", {})[name.removeprefix(_BY_PATH).strip()] = dict(
                parser[name]
            )
        else:
            raise ConfigurationError(
                f"{path}: unknown section [{name}]",
                hint=f"there can be [{_OWN}], and [{_BY_PATH}PATTERN] for some articles",
            )
    return table if sections else None


def _of_ini(error: configparser.Error) -> tuple[int, str]:
    """The line of a mistake in a file of sections, and what it is."""
    import configparser

    if isinstance(error, configparser.DuplicateOptionError):
        return error.lineno or 1, f"{error.option} is set twice in [{error.section}]"
    if isinstance(error, configparser.DuplicateSectionError):
        return error.lineno or 1, f"[{error.section}] stands twice"
    if isinstance(error, configparser.MissingSectionHeaderError):
        return error.lineno, "this stands before the first [section]"
    line = error.errors[0][0] if isinstance(error, configparser.ParsingError) else 1
    return line, "this is no [section] and no `name = value`"


_FILES: tuple[tuple[str, Callable[[Path], Mapping[str, object] | None]], ...] = (
    ("exocite.toml", _exocite_toml),
    ("pyproject.toml", _pyproject),
    ("setup.cfg", _setup_cfg),
)
