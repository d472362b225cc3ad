"""Text that was read in the wrong encoding once, and characters that nobody sees."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exocite.bibliography.doctor.check import Check
from exocite.bibliography.doctor.entry import Entry, Field, Library, Literal
from exocite.bibliography.doctor.finding import Finding
from exocite.model import Severity

# A character of two bytes shows as two, the first of them as one of these capitals. Where the
# second shows as a quotation mark or dash, a word in capitals may in truth end there (“MAÇÃ”): then
# a small letter has to follow.
_MISREAD = re.compile(
    r"[ÂÃÄÅ](?:[\x80-\xaa\xac-\xba\xbc-\xbfŒœŠšŸŽžƒ€‚„†‡ˆ‰™˜]|[«»“”‘’…–—‹›•](?=[a-zß-ÿ]))"
    r"|â€[\x80-\xbf“”‘’œž™˜¦¢š¡]|â‚¬|â„¢|ï»¿|ï¬[\x80-\x86€‚ƒ„…†]"
)
_UNSEEN = re.compile(r"[\ufeff\xad\u200b\u2060]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SCRIPTS = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u1000-\u109f]")


def _run(entry: Entry, library: Library) -> Iterator[Finding]:
    for field in entry.fields:
        for literal in field.literals:
            if not literal.text.isascii():
                yield from _misread(field, literal, library)
                yield from _unseen(field, literal)
            yield from _lost(field, literal)


def _misread(field: Field, literal: Literal, library: Library) -> Iterator[Finding]:
    for match in _MISREAD.finditer(literal.text):
        meant = _meant(match[0])
        if not meant:
            continue
        start, end = literal.start + match.start(), literal.start + match.end()
        message = f"{match[0]} is {meant}, read in the wrong encoding"
        # A file that is not UTF-8 as a whole was guessed at: then the guess may be what is wrong.
        sure = library.utf8 and (meant.isalpha() or meant in "–—‘’“”…")
        remedy = ((start, end, meant),) if sure else ()
        yield field.finding(start, end, "mojibake", Severity.WARNING, message, *remedy)


def _meant(text: str) -> str:
    """The character that these were before they were misread, "" where there is none."""
    for codec in ("cp1252", "latin-1"):
        try:
            meant = text.encode(codec).decode("utf-8")
        except UnicodeError:
            continue
        if len(meant) == 1 and meant.isprintable():
            return meant
    return ""


def _unseen(field: Field, literal: Literal) -> Iterator[Finding]:
    if _SCRIPTS.search(literal.text):
        return  # Scripts without blanks mark their words so.
    for match in _UNSEEN.finditer(literal.text):
        start, end = literal.start + match.start(), literal.start + match.end()
        message = f"U+{ord(match[0][0]):04X} stands here, which nobody sees"
        yield field.finding(
            start, end, "unseen-character", Severity.WARNING, message, (start, end, "")
        )


def _lost(field: Field, literal: Literal) -> Iterator[Finding]:
    for match in re.finditer("\ufffd+", literal.text):
        start, end = literal.start + match.start(), literal.start + match.end()
        message = "a character was lost here when the file was converted (U+FFFD)"
        yield field.finding(start, end, "lost-character", Severity.WARNING, message)
    for match in _CONTROL.finditer(literal.text):
        start = literal.start + match.start()
        message = f"the control character U+{ord(match[0]):04X} stands here"
        yield field.finding(start, start + 1, "control-character", Severity.WARNING, message)


CHECK = Check(
    (
        ("mojibake", "text read in the wrong encoding, such as `Ã©`"),
        ("lost-character", "U+FFFD, where a conversion lost a character"),
        ("unseen-character", "a byte order mark, soft hyphen or zero-width blank in a field"),
        ("control-character", "a control character in a field"),
    ),
    _run,
)
