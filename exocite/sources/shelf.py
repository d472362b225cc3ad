"""The files in bib/sources/ that belong to a reference, their state and their texts."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from exocite.errors import ReadError
from exocite.frozen import dataclass
from exocite.model import Attachment, SourceText
from exocite.sources.parsed import Format, Parsed, Watch, unwatched
from exocite.sources.parses import Parses
from exocite.text import digest

_BY_HAND = (".txt", ".md")
"""Suffixes of files that count without having been attached."""
_HINT = "attach the part that the article rests on"
NOT_KEPT = Parses(None)


class FileState(StrEnum):
    """How a file stands to what was recorded when it was attached."""

    SAME = "same"
    CHANGED = "changed"
    MISSING = "missing"
    BY_HAND = "by hand"


@dataclass(frozen=True, slots=True)
class File:
    """A file of a reference: what was recorded of it, and what it holds now.

    `attachment` is None for a file that was put there by hand. `texts` is empty where there is a
    `problem`; `notes` are what a reader of the texts ought to know.
    """

    name: str
    state: FileState
    attachment: Attachment | None = None
    kind: str = ""
    sha256: str = ""
    texts: tuple[SourceText, ...] = ()
    notes: tuple[str, ...] = ()
    problem: ReadError | None = None


def files(
    key: str,
    folder: Path,
    attachments: Iterable[Attachment],
    parses: Parses = NOT_KEPT,
    keys: Collection[str] = (),
) -> tuple[File, ...]:
    """The files of this reference as `names` gives them, with their texts.

    A file that cannot be read is told as its problem. Raises ReadError for a folder that cannot be
    read. `parses` remembers what files held.
    """
    recorded = {one.file: one for one in attachments}
    return _loaded(key, folder, names(key, folder, recorded.values(), keys), recorded, parses)


def every(
    keys: Collection[str],
    folder: Path,
    attachments: Iterable[Attachment],
    parses: Parses = NOT_KEPT,
) -> dict[str, tuple[File, ...]]:
    """The same for all references at once: the folder is looked at a single time."""
    recorded = {one.file: one for one in attachments}
    known = frozenset(keys)
    owned: dict[str, list[str]] = {key: [] for key in keys}
    for name, attachment in recorded.items():
        if attachment.key in owned:
            owned[attachment.key].append(name)
    for name in listed(folder):
        if name in recorded:
            continue
        dots = [at for at, character in enumerate(name) if character == "."]
        owner = next((name[:at] for at in reversed(dots) if name[:at] in known), "")
        if owner and _belongs(name, owner):
            owned[owner].append(name)
    return {
        key: _loaded(key, folder, sorted(found), recorded, parses) if found else ()
        for key, found in owned.items()
    }


def _loaded(
    key: str,
    folder: Path,
    found: Iterable[str],
    recorded: Mapping[str, Attachment],
    parses: Parses,
) -> tuple[File, ...]:
    loaded = [load(folder / name, recorded.get(name), parses) for name in found]
    several = sum(bool(file.texts) for file in loaded) > 1
    return tuple(_located(file, key, several=several) for file in loaded)


def names(
    key: str, folder: Path, attachments: Iterable[Attachment], keys: Collection[str] = ()
) -> tuple[str, ...]:
    """The files of this reference sorted by name: those attached, and KEY.txt, KEY.part.md, ….

    A file with a line in the manifest belongs to the reference that the line names, and to no
    other; of several `keys` that one without a line begins with, the longest has it.
    """
    recorded = {one.file: one.key for one in attachments}
    own = {name for name, owner in recorded.items() if owner == key}
    longer = [other for other in keys if other.startswith(f"{key}.")]
    own |= {
        name
        for name in listed(folder)
        if name not in recorded
        and _belongs(name, key)
        and not any(_belongs(name, other) for other in longer)
    }
    return tuple(sorted(own))


def listed(folder: Path) -> tuple[str, ...]:
    """The names of the files in the folder, sorted; none where there is no folder."""
    if not folder.is_dir():
        return ()
    try:
        return tuple(sorted(path.name for path in folder.iterdir() if not path.is_dir()))
    except OSError as error:
        raise ReadError(f"{folder}: {error.strerror or 'cannot be read'}") from error


def read(path: Path, most: int) -> bytes:
    """The bytes of a file. Raises ReadError for what is no regular file of at most `most` bytes."""
    try:
        info = path.stat()
        if not stat.S_ISREG(info.st_mode):
            what = "a folder" if stat.S_ISDIR(info.st_mode) else "not a regular file"
            raise ReadError(f"{path}: this is {what}", hint="name a file")
        with path.open("rb") as file:
            data = file.read(most + 1)
    except FileNotFoundError:
        raise ReadError(f"{path}: there is no such file", hint="check the name") from None
    except (OSError, ValueError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) else ""
        raise ReadError(f"{path}: {reason or 'cannot be read'}", hint="check the file") from None
    if len(data) > most:
        raise ReadError(f"{path}: larger than {most // 1_000_000} MB", hint=_HINT)
    return data


def parse(reader: Format, data: bytes, path: str, watch: Watch = unwatched) -> Parsed:
    """What the file holds, parts without any word left out."""
    found = reader.parse(data, path, watch)
    return replace(found, parts=tuple(part for part in found.parts if part.text.strip()))


def is_same(data: bytes, recorded: str, *, is_text: bool) -> bool:
    """Whether these are the recorded bytes; line ends do not count in a text (git changes them)."""
    forms = [data]
    if is_text:
        plain = data.replace(b"\r\n", b"\n")
        forms += [plain, plain.replace(b"\n", b"\r\n")]
    return any(sha256(form).hexdigest() == recorded for form in forms)


def _belongs(name: str, key: str) -> bool:
    """KEY.txt, KEY.md, KEY.part.txt; a citekey is compared as it is, never as a pattern."""
    return name.startswith(f"{key}.") and name.endswith(_BY_HAND)


def load(path: Path, attachment: Attachment | None, parses: Parses = NOT_KEPT) -> File:
    """One file with its texts, each with its place in the file alone."""
    # Formats come with parsers, and most references have no file.
    from exocite.sources.formats import format_named, format_of

    reader = format_named(attachment.kind) if attachment else format_of(path.name)
    kind = reader.name if reader else ""
    state = FileState.SAME if attachment else FileState.BY_HAND
    known = File(path.name, state, attachment, kind)
    if not os.path.lexists(path):
        return replace(known, state=FileState.MISSING)
    try:
        if reader is None:
            raise ReadError(
                f"{path}: its kind is one that this version does not know",
                hint="a later version of exocite reads it",
            )
        _stays_inside(path)
        data = read(path, reader.most)
        if attachment and not is_same(data, attachment.sha256, is_text=reader.is_text):
            known = replace(known, state=FileState.CHANGED)
        content = sha256(data).hexdigest()
        known = replace(known, sha256=content)
        if not data.strip():
            return replace(known, notes=("it is empty",))
        parsed = parses.get(content, kind)
        if parsed is None:
            parsed = parse(reader, data, str(path))
            parses.put(content, kind, parsed)
    except ReadError as problem:
        return replace(known, problem=problem)
    return holding(known, parsed)


def holding(file: File, parsed: Parsed) -> File:
    """The file with what was read from it."""
    texts = tuple(
        SourceText("", part.field, part.text, part.locator, digest(part.text), file.name)
        for part in parsed.parts
    )
    return replace(file, texts=texts, notes=parsed.notes)


def _stays_inside(path: Path) -> None:
    """Refuse a link that leads out of the folder: a project of somebody else's may hold one."""
    if not path.is_symlink():
        return
    try:
        inside = path.resolve().is_relative_to(path.parent.resolve())
    except (OSError, RuntimeError):
        inside = False
    if not inside:
        raise ReadError(
            f"{path}: this is a link that leads out of {path.parent.name}/, and is not followed",
            hint="attach the file that it leads to",
        )


def _located(file: File, key: str, *, several: bool) -> File:
    """The file's texts with their key, and with the file named where the place alone is not clear.

    What the person said of the file when attaching it comes first ("chapter 3, p. 12").
    """
    said = file.attachment.locator if file.attachment else ""
    lead = said or (file.name if several else "")

    def whole(text: SourceText) -> SourceText:
        place = ", ".join(filter(None, [lead, text.locator])) or file.name
        return replace(text, key=key, locator=place)

    return replace(file, texts=tuple(map(whole, file.texts)))


def strays(
    folder: Path, keys: Iterable[str], attachments: Iterable[Attachment]
) -> Iterator[tuple[str, str]]:
    """Files that belong to no reference, each with the reason."""
    known = set(keys)
    recorded = {one.file: one.key for one in attachments}
    for name in listed(folder):
        if name in recorded:
            if recorded[name] not in known:
                yield name, f"it was attached to {recorded[name]}, which is no reference now"
            continue
        ours = name == "sources.jsonl" or name.startswith(".")
        if not ours and not any(_belongs(name, key) for key in known):
            yield name, "no reference was named for it: attach it to one"
