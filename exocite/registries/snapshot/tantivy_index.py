"""Search by tantivy, a library in Rust that ranks by BM25 (the extra `snapshot`).

The index is a folder beside the snapshot's file. A note in it names the snapshot that it belongs
to and the size of each of its files, so that one that was not copied whole is not trusted.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from exocite.errors import AnswerError, ReadError, StoreError, UsageError

_NOTE = "snapshot.json"
_HEAP = 64 * 2**20
_MOST_WORDS = 60
_REBUILD = "delete the snapshot and build it again from its files"


def folder_of(path: Path) -> Path:
    """The folder of the index that belongs to a snapshot's file."""
    return path.with_name(f"{path.name}.tantivy")


def library() -> Any:
    """The package tantivy. Raises UsageError where it is not installed."""
    try:
        import tantivy  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        raise UsageError(
            "the engine tantivy is not installed", hint="pip install 'exocite[snapshot]'"
        ) from None
    return tantivy


def _schema(tantivy: Any) -> Any:
    builder = tantivy.SchemaBuilder()
    # The words come folded; tantivy only cuts them at their spaces.
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
    builder.add_integer_field("row", stored=True)
    return builder.build()


class TantivyWriter:
    """An index in the making."""

    def __init__(self, path: Path, token: str) -> None:
        self._tantivy = library()
        self._folder = folder_of(path)
        self._token = token
        self._schema = _schema(self._tantivy)
        note = self._folder / _NOTE
        if self._folder.exists() and _token(note) != token:
            # Only a folder that some snapshot left is cleared.
            if not note.is_file() and any(self._folder.iterdir()):
                raise UsageError(
                    f"{self._folder}: this folder is in the way of the index",
                    hint="move it away, or give another file with -o",
                )
            shutil.rmtree(self._folder)
        self._folder.mkdir(exist_ok=True)
        _write_note(note, {"token": token, "whole": False})
        try:
            index = self._tantivy.Index(self._schema, path=str(self._folder), reuse=True)
            self._writer = index.writer(heap_size=_HEAP, num_threads=1)
        except ValueError as error:
            raise _unusable(self._folder, error) from error

    def add(self, records: Iterable[tuple[int, str]]) -> None:
        """Index records, each by its row, under its folded words with a space between them."""
        document, add = self._tantivy.Document, self._writer.add_document
        try:
            for row, words in records:
                add(document(words=words, row=row))
        except ValueError as error:
            raise _unusable(self._folder, error) from error

    def commit(self) -> None:
        """Make what was added last."""
        try:
            self._writer.commit()
        except ValueError as error:
            raise _unusable(self._folder, error) from error

    def finish(self) -> None:
        """Wait for the index to settle, and note what belongs to it."""
        try:
            self._writer.commit()
            self._writer.wait_merging_threads()
        except ValueError as error:
            raise _unusable(self._folder, error) from error
        files = {file.name: file.stat().st_size for file in _files(self._folder)}
        _write_note(
            self._folder / _NOTE,
            {"token": self._token, "whole": True, "files": files},
        )

    def close(self) -> None:
        """Let go of it; what was not committed is dropped with it."""
        del self._writer


def _files(folder: Path) -> list[Path]:
    return sorted(
        file
        for file in folder.iterdir()
        if file.is_file() and file.name != _NOTE and not file.name.startswith(".tantivy")
    )


def _write_note(note: Path, content: dict[str, object]) -> None:
    spare = note.with_suffix(".tmp")
    spare.write_text(json.dumps(content), encoding="utf-8")
    spare.replace(note)


def _read_note(note: Path) -> dict[str, Any]:
    try:
        content = json.loads(note.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _token(note: Path) -> object:
    return _read_note(note).get("token")


def _unusable(folder: Path, error: Exception) -> StoreError:
    said = str(error)
    if "LockBusy" in said or "Lockfile" in said:
        return StoreError(
            f"{folder}: another process is writing the index",
            hint="wait until it has finished, then run the command again",
        )
    return StoreError(f"{folder}: the index cannot be written: {said}", hint=_REBUILD)


class TantivySearcher:
    """A finished index."""

    def __init__(self, path: Path, token: str) -> None:
        self._tantivy = library()
        self._folder = folder_of(path)
        note = _read_note(self._folder / _NOTE)
        if not self._folder.is_dir():
            raise ReadError(
                f"{self._folder}: the snapshot's index is not there",
                hint="copy the folder together with the snapshot's file",
            )
        if note.get("token") != token or note.get("whole") is not True:
            raise ReadError(f"{self._folder}: the index is not that of the snapshot", hint=_REBUILD)
        files = note.get("files")
        there = {file.name: file.stat().st_size for file in _files(self._folder)}
        if files != there:
            raise ReadError(f"{self._folder}: the index is damaged or not whole", hint=_REBUILD)
        self._schema = _schema(self._tantivy)
        if problem := self._failing(self._open):
            raise ReadError(problem[0], hint=problem[1])

    def _open(self) -> None:
        self._searcher = self._tantivy.Index.open(str(self._folder)).searcher()

    def search(self, words: Sequence[str], most: int) -> Sequence[int]:
        """The rows that fit the words best by BM25."""
        rows: list[int] = []
        if problem := self._failing(lambda: rows.extend(self._found(words, most))):
            raise AnswerError(problem[0], hint=problem[1])
        return rows

    def _found(self, words: Sequence[str], most: int) -> list[int]:
        tantivy = self._tantivy
        asked = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "words", word, "freq"))
            for word in list(dict.fromkeys(words))[:_MOST_WORDS]
        ]
        query = tantivy.Query.boolean_query(asked)
        hits = self._searcher.search(query, limit=most, count=False).hits
        return [self._searcher.doc(place)["row"][0] for _, place in hits]

    def _failing(self, step: Callable[[], None]) -> tuple[str, str] | None:
        """Take a step; what went wrong with the index and what to do, None where nothing did."""
        try:
            step()
        except (ValueError, OSError, KeyError, IndexError) as error:
            if "Lockfile" in str(error):
                said = f"{self._folder}: tantivy reads only where it can write a lock"
                return said, "copy the snapshot and its folder to a place that can be written"
            return f"{self._folder}: the index cannot be read: {error}", _REBUILD
        except BaseException as error:
            # What Rust calls a panic comes as an exception of no name that could be imported.
            if type(error).__name__ != "PanicException":
                raise
            return f"{self._folder}: the index is damaged", _REBUILD
        return None
