"""A PDF file opened by pypdf, an optional extra: damage, locks and limits end in a message.

Shared with the texts of works (`exocite.sources.pdf`), which say in words of their own what to do.
"""

from __future__ import annotations

import logging
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, cast

from exocite.errors import ReadError
from exocite.frozen import dataclass
from exocite.text import printable

if TYPE_CHECKING:
    from pypdf import PdfReader

MAX_PAGES = 2_000
"""Of one file; a longer one is refused, never cut."""

INSTALL = "pip install 'exocite[pdf]'"
_MOST_UNPACKED = 40_000_000
_MET_FIRST = (
    ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError, OSError,
    RecursionError, TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Advice:
    """What a user can do where a file cannot be read, by what is wrong with it."""

    install: str
    unlock: str
    mend: str
    shorten: str
    recognise: str


@contextmanager
def opened(data: bytes, path: str, advice: Advice) -> Iterator[PdfReader]:
    """The file with at least one page; what is done with it may meet damage too.

    Raises ReadError where pypdf is not installed, for an encrypted or damaged file, and for one
    beyond the limits.
    """
    if b"%PDF-" not in data[:1024]:
        raise ReadError(f"{path}: is no PDF, whatever its name says", hint="check the file")
    try:
        import pypdf
    except ImportError:
        raise ReadError(
            f"{path}: reading PDF files needs an extra that is not installed", hint=advice.install
        ) from None
    with _quiet(), _limited(), _blamed(path, advice):
        reader = _unlocked(pypdf.PdfReader, data, path, advice)
        count = len(reader.pages)
        if count > MAX_PAGES:
            raise ReadError(f"{path}: {count} pages are more than {MAX_PAGES}", hint=advice.shorten)
        if not count:
            raise ReadError(f"{path}: has no pages", hint="check the file")
        yield reader


def without_text(path: str, advice: Advice) -> ReadError:
    """What is said of a file whose pages are pictures."""
    return ReadError(f"{path}: no text layer: its pages are images", hint=advice.recognise)


def damage() -> tuple[type[Exception], ...]:
    """What pypdf answers damage with: its own errors, and whatever its code meets first.

    NotImplementedError is what it raises for filters and ciphers that it does not know.
    """
    from pypdf.errors import DependencyError, PyPdfError

    return (PyPdfError, DependencyError, *_MET_FIRST)


def _unlocked(read: type[PdfReader], data: bytes, path: str, advice: Advice) -> PdfReader:
    from pypdf.errors import DependencyError

    try:
        reader = read(cast("IO[bytes]", _Bytes(data)))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReadError(f"{path}: is encrypted and asks for a password", hint=advice.unlock)
    except DependencyError:
        raise ReadError(
            f"{path}: is encrypted in a way that needs one more package",
            hint="pip install cryptography, or save a copy without the protection",
        ) from None
    return reader


@contextmanager
def _blamed(path: str, advice: Advice) -> Iterator[None]:
    """Have a damaged file end in a message."""
    from pypdf.errors import LimitReachedError

    try:
        yield
    except LimitReachedError as error:
        raise ReadError(
            f"{path}: unpacks to far more than an article has: {printable(str(error))[:200]}",
            hint="no article is like this; it is not read",
        ) from error
    except damage() as error:
        raise ReadError(
            f"{path}: is damaged, or no PDF that can be read", hint=advice.mend
        ) from error


@contextmanager
def _limited() -> Iterator[None]:
    """Have pypdf unpack no stream beyond what a page can need."""
    from pypdf import apply_configuration

    with apply_configuration(
        zlib_maximum_output_length=_MOST_UNPACKED,
        lzw_maximum_output_length=_MOST_UNPACKED,
        run_length_maximum_output_length=_MOST_UNPACKED,
        brotli_maximum_output_length=_MOST_UNPACKED,
        array_based_stream_maximum_output_length=_MOST_UNPACKED,
    ):
        yield


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what pypdf logs about a file off the terminal: it quotes the file unescaped."""
    logger, nowhere = logging.getLogger("pypdf"), logging.NullHandler()
    before = logger.propagate
    logger.addHandler(nowhere)
    logger.propagate = False
    try:
        yield
    finally:
        logger.propagate = before
        logger.removeHandler(nowhere)


class _Bytes:
    """Bytes as the file that pypdf asks for; the readers know nothing of `io`."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def read(self, size: int | None = -1) -> bytes:
        at = self._at
        end = len(self._data) if size is None or size < 0 else at + size
        found = self._data[at:end]
        self._at = at + len(found)
        return found

    def readline(self, size: int = -1) -> bytes:
        end = self._data.find(b"\n", self._at) + 1 or len(self._data)
        return self.read(end - self._at if size < 0 else min(size, end - self._at))

    def seek(self, offset: int, whence: int = 0) -> int:
        at = offset + (0, self._at, len(self._data))[whence]
        if at < 0:
            raise OSError("before the beginning")
        self._at = at
        return at

    def tell(self) -> int:
        return self._at

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        """Nothing is held open."""
