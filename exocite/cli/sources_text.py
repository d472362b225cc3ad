"""What a work can be compared with, as text for a terminal and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exocite.cli.words import BASES, FIELDS, count
from exocite.text import printable

if TYPE_CHECKING:
    from exocite.cli.terminal import Terminal
    from exocite.model import SourceText
    from exocite.project.attaching import Held
    from exocite.sources import File

_SHORT_HASH = 12
_STATES = {
    "changed": "changed since it was attached",
    "missing": "the file is not here: put it back, or --detach says that it is gone",
    "by hand": "put there by hand; --attach records its hash",
}


def brief(terminal: Terminal, held: Held) -> None:
    """A reference in a few lines."""
    _head(terminal, held)
    for text in _own(held):
        terminal.echo(f"    {_own_line(held, text)}")
    for file in held.files:
        short = f", sha256 {file.sha256[:_SHORT_HASH]}…" if file.sha256 else ""
        terminal.echo(f"    {printable(file.name)}  {_summary(file)}{short}")
        _remarks(terminal, file)


def detailed(terminal: Terminal, held: Held) -> None:
    """A reference with every page, section and time of its files."""
    _head(terminal, held)
    if title := held.reference.get("title"):
        terminal.wrapped(title, indent=4)
    for text in _own(held):
        terminal.echo(f"    {_own_line(held, text)}")
    for file in held.files:
        terminal.echo(f"    bib/sources/{printable(file.name)}")
        one_file(terminal, file, parts=True)


def one_file(terminal: Terminal, file: File, *, parts: bool) -> None:
    """A file's details: what it holds, its hash, and what was said of it."""
    margin = " " * (8 if parts else 4)
    terminal.echo(f"{margin}{_summary(file)}")
    if file.sha256:
        terminal.echo(f"{margin}sha256 {file.sha256}")
    kept = file.attachment
    if kept:
        said = (
            ("from", "" if kept.origin else kept.original),
            ("locator", kept.locator),
            ("date", kept.date),
            ("note", kept.note),
            ("fetched from", kept.origin),
            ("licence", kept.licence or ("not stated" if kept.origin else "")),
        )
        for name, value in said:
            if value:
                terminal.wrapped(f"{name}: {value}", indent=len(margin))
    _remarks(terminal, file)
    if parts:
        for text in file.texts:
            terminal.echo(f"{margin}{printable(text.locator)}  {count(_words(text), 'word')}")


def _head(terminal: Terminal, held: Held) -> None:
    key = terminal.paint("key", printable(held.reference.key))
    terminal.echo(f"{key}  {terminal.paint(BASES[held.basis], held.basis)}")


def _own(held: Held) -> list[SourceText]:
    return [*([held.abstract] if held.abstract else []), *held.notes]


def _own_line(held: Held, text: SourceText) -> str:
    if text is held.abstract:
        origin = "from the .bib file" if held.origin == "own" else f"from {printable(held.origin)}"
        return f"abstract  {origin}, {count(_words(text), 'word')}"
    return f"{text.field}  {FIELDS[text.field]}, {count(_words(text), 'word')}"


def _summary(file: File) -> str:
    kept = file.attachment
    parts = [file.kind or "unknown kind"]
    if file.texts:
        words = sum(map(_words, file.texts))
        parts.append(f"{words:,} {'word' if words == 1 else 'words'}")
    if len(file.texts) > 1:
        parts.append(_places(file))
    if kept:
        parts.append(f"attached {printable(kept.attached[:10]) or 'at no known time'}")
    return ", ".join(parts)


def _places(file: File) -> str:
    noun = {"PDF": "page", "WebVTT": "time", "SubRip": "time", "text": "page"}
    return count(len(file.texts), noun.get(file.kind, "section"))


def _remarks(terminal: Terminal, file: File) -> None:
    if file.state in _STATES:
        role = "dim" if file.state == "by hand" else "warning"
        terminal.wrapped(_STATES[file.state], indent=8, role=role)
    for note in file.notes:
        terminal.wrapped(note, indent=8, role="warning")
    if file.problem:
        terminal.wrapped(f"not read: {file.problem.message}", indent=8, role="error")
        terminal.wrapped(f"help: {file.problem.hint}", indent=8, role="help")


def _words(text: SourceText) -> int:
    return len(text.text.split())


def reference_json(held: Held) -> dict[str, object]:
    """A reference with everything that is known of its texts."""
    return {
        "key": held.reference.key,
        "title": held.reference.get("title"),
        "basis": held.basis,
        "abstract": {"origin": held.origin, "words": _words(held.abstract)}
        if held.abstract
        else None,
        "notes": [{"field": text.field, "words": _words(text)} for text in held.notes],
        "files": [_file_json(file) for file in held.files],
    }


def _file_json(file: File) -> dict[str, object]:
    kept = file.attachment
    return {
        "name": file.name,
        "kind": file.kind,
        "state": file.state,
        "sha256": file.sha256,
        "recorded": kept.sha256 if kept else "",
        "attached": kept.attached if kept else "",
        "original": kept.original if kept else "",
        "locator": kept.locator if kept else "",
        "date": kept.date if kept else "",
        "note": kept.note if kept else "",
        "origin": kept.origin if kept else "",
        "licence": kept.licence if kept else "",
        "words": sum(map(_words, file.texts)),
        "parts": [{"locator": text.locator, "words": _words(text)} for text in file.texts],
        "remarks": list(file.notes),
        "problem": file.problem.message if file.problem else "",
    }
