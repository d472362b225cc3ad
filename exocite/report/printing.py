"""References as a style prints them, kept among the caches while nothing that decides it changes.

That is the bibliography, the style, and the code that formats. An entry is there whole or counts as
none; whatever does not fit is refused.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from exocite import __version__
from exocite.cache import get, put, sealed, unsealed
from exocite.export.engine import Run, Style
from exocite.export.installed import INSTALLED
from exocite.export.styles import find
from exocite.model import Reference
from exocite.project import Project
from exocite.report.data import Printed

MOST_ENTRIES = 20
FEWEST = 20
"""References from which on they are kept; fewer are printed as quickly as they are looked up."""

_ADDRESS = re.compile(r"https?://[^\s<>\"“”]{1,2000}")
_TRAILING = ".,;:!?)]”’"
_MARKS = frozenset({"i", "b", "u", "sup", "sub", "sc"})
_CODE = ("bibliography", "export", "references")
_MODULES = ("identifiers", "model", "symbols", "text", "report/printing")
_ENTRY = re.compile(r"[0-9a-f]{40}\.json")

_Entries = dict[str, tuple[Printed, ...]]


def printed(project: Project, references: Sequence[Reference], style: str) -> _Entries:
    """The references as the style prints them, by citekey. Raises StyleError."""
    if not references:
        return {}
    wanted = find(style, INSTALLED)
    if len(references) < FEWEST or project.cache is None:
        return _formatted(project, references, wanted)
    folder = project.cache / "references"
    path = folder / f"{_key(project, references, wanted)}.json"
    kept = _read(path)
    if kept is not None:
        return kept
    found = _formatted(project, references, wanted)
    # A folder that cannot be written, or a text that UTF-8 cannot hold.
    with contextlib.suppress(OSError, ValueError):
        put(path, [_bytes(found)])
        _tidy(folder)
    return found


def pieces(run: Run) -> Iterator[Printed]:
    """The run, its addresses apart."""
    marks = tuple(sorted(run.marks))
    at = 0
    for match in _ADDRESS.finditer(run.text):
        address = match[0].rstrip(_TRAILING)
        if at < match.start():
            yield Printed(run.text[at : match.start()], marks)
        yield Printed(address, marks, address)
        at = match.start() + len(address)
    if at < len(run.text):
        yield Printed(run.text[at:], marks)


def web(address: str) -> str:
    """The address where it is one of the web, else ""."""
    found = _ADDRESS.fullmatch(address.strip())
    return found[0] if found else ""


def _formatted(project: Project, references: Sequence[Reference], style: Style) -> _Entries:
    # Imported where references are printed anew: the engine and an XML library come with it.
    from exocite.export.citeproc_engine import CiteprocEngine
    from exocite.export.csl import items

    entries = CiteprocEngine().bibliography(items(references, project.document.references), style)
    return {
        entry.key: tuple(piece for run in entry.runs for piece in pieces(run)) for entry in entries
    }


# --------------------------------------------------------------------------- what it depends on


def _key(project: Project, references: Sequence[Reference], style: Style) -> str:
    asked = [style.name, style.locale, *(reference.key for reference in references)]
    total = sha256(_code())
    written = project.document.text.encode("utf-8", "surrogatepass")
    for part in (json.dumps(asked).encode("ascii"), style.xml, written):
        total.update(sha256(part).digest())
    return total.hexdigest()[:40]


def _code() -> bytes:
    """A hash of the code that prints references."""
    package = files("exocite")
    sources = [(f"{name}.py", package.joinpath(*f"{name}.py".split("/"))) for name in _MODULES]
    for folder in _CODE:
        sources += [
            (f"{folder}/{file.name}", file)
            for file in (package / folder).iterdir()
            if file.name.endswith(".py")
        ]
    total = sha256(f"{__version__}\0".encode() + _library())
    for name, file in sorted(sources, key=lambda pair: pair[0]):
        total.update(name.encode() + b"\0" + sha256(file.read_bytes()).digest())
    return total.digest()


def _library() -> bytes:
    """A hash of the library that formats, which is not imported for it: that takes a while."""
    spec = find_spec("citeproc")
    total = sha256()
    for folder in (spec.submodule_search_locations if spec else None) or ():
        with contextlib.suppress(OSError):
            for file in sorted(Path(folder).glob("*.py")):
                total.update(file.name.encode() + b"\0" + sha256(file.read_bytes()).digest())
    return total.digest()


# --------------------------------------------------------------------------- keeping


def _bytes(found: _Entries) -> bytes:
    rows = [
        [key, [[one.text, list(one.marks), one.link] for one in runs]]
        for key, runs in found.items()
    ]
    body = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return sealed(body)


def _read(path: Path) -> _Entries | None:
    """What was kept; None where it is not there, damaged, or anything else."""
    try:
        body = unsealed(get(path))
        return None if body is None else dict(map(_entry, json.loads(body)))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _entry(row: Any) -> tuple[str, tuple[Printed, ...]]:
    key, runs = row
    if type(key) is not str:
        raise TypeError
    return key, tuple(
        Printed(_text(text), _marks(marks), _link(link)) for text, marks, link in runs
    )


def _text(text: Any) -> str:
    if type(text) is not str:
        raise TypeError
    text.encode()
    return text


def _marks(marks: Any) -> tuple[str, ...]:
    if not _MARKS.issuperset(marks):
        raise ValueError
    return tuple(marks)


def _link(link: Any) -> str:
    if link and web(link) != link:
        raise ValueError
    return _text(link)


def _tidy(folder: Path) -> None:
    """Leave out the oldest entries."""
    entries = [path for path in folder.iterdir() if _ENTRY.fullmatch(path.name)]
    entries.sort(key=lambda path: (path.lstat().st_mtime_ns, path.name))
    for path in entries[:-MOST_ENTRIES]:
        path.unlink(missing_ok=True)
