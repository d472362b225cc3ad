"""Subtitles and transcripts with times: WebVTT and SubRip, the time of each passage its locator.

What is said within about a quarter of a minute, up to the end of a sentence, is one part, so that
a quotation leads to its place in the recording and a sentence is rarely cut.
Sources: W3C WebVTT (cue timings, tags, NOTE, STYLE and REGION blocks); SubRip has no standard.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from exocite.errors import ReadError
from exocite.frozen import dataclass
from exocite.patterns import regex
from exocite.sources.decoding import decoded
from exocite.sources.parsed import MAX_TEXT, Parsed, Part, Watch

_LEAST, _MOST = 15.0, 60.0
"""Seconds after which a part ends with the next sentence, and after which it ends anyhow."""

_GAP = 0.2
"""Seconds between two cues from which the same words were said twice, not shown on."""

_MOST_LINES = 50
"""Lines of a caption that may roll on into the next: no screen holds more."""

_TIME = r"(?:(\d{1,4}):)?([0-5]?\d):([0-5]?\d)(?:[.,](\d{1,3}))?"
_TIMES = regex(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?")
_ARROW = "-->"
_NO_CUE = regex(r"(?:WEBVTT|NOTE|STYLE|REGION)(?:\s|$)")
_SPEAKER = regex(r"<v(?:\.[^\s<>]{0,100})?[ \t]{1,5}([^\s<>][^<>]{0,200})>")
_TAG = regex(r"</?[A-Za-z0-9][^<>]{0,300}>|\{\\[^{}]{0,100}\}")
_SENTENCE_END = regex(r"[.!?…][\"'”’)\]]*\Z")


@dataclass(frozen=True, slots=True)
class _Cue:
    """What is shown from one time to another, in seconds."""

    start: float
    end: float
    lines: tuple[str, ...]


class Subtitles:
    """One of the two formats; they differ in little that matters here."""

    is_text = True
    most = MAX_TEXT

    def __init__(self, name: str, suffix: str) -> None:
        self.name = name
        self.suffixes: tuple[str, ...] = (suffix,)

    def parse(self, data: bytes, path: str, _watch: Watch, /) -> Parsed:
        """A part for each stretch of speech, its locator the time at which it begins."""
        cues = list(_fresh(_cues(decoded(data, path).split("\n"), path)))
        if not cues:
            raise ReadError(
                f"{path}: holds no subtitle with a time",
                hint="a transcript without times is attached as .txt",
            )
        return Parsed(tuple(_parts(cues)))


WEBVTT = Subtitles("WebVTT", ".vtt")
SUBRIP = Subtitles("SubRip", ".srt")


def _cues(lines: Sequence[str], path: str) -> Iterator[_Cue]:
    """The cues in the order of the file; blocks of comments and styles are passed over."""
    starts = [number for number, line in enumerate(lines) if _ARROW in line]
    comment = _comments(lines)
    starts = [number for number in starts if number not in comment]
    for number, following in pairwise([*starts, len(lines)]):
        match = _TIMES.fullmatch(lines[number])
        if match is None:
            raise ReadError(
                f"{path}:{number + 1}: these are not the times of a subtitle",
                hint="they look like 00:01:02.500 --> 00:01:04.000",
            )
        last = following
        if following < len(lines) and _names_a_cue(lines, following - 1):
            last = following - 1
        spoken = [
            lines[at].strip()
            for at in range(number + 1, last)
            if lines[at].strip() and at not in comment
        ]
        yield _Cue(_seconds(match, 1), _seconds(match, 5), tuple(spoken))


def _comments(lines: Sequence[str]) -> frozenset[int]:
    """The numbers of the lines of NOTE, STYLE and REGION blocks and of the header."""
    found: set[int] = set()
    inside = False
    for number, line in enumerate(lines):
        begins = number == 0 or not lines[number - 1].strip()
        if not line.strip():
            inside = False
        elif begins and _NO_CUE.match(line):
            inside = True
        if inside:
            found.add(number)
    return frozenset(found)


def _names_a_cue(lines: Sequence[str], number: int) -> bool:
    """Whether the line before a time is the cue's number, or its name after a blank line."""
    line = lines[number].strip()
    return line.isdecimal() or (bool(line) and (number == 0 or not lines[number - 1].strip()))


def _seconds(match: re.Match[str], group: int) -> float:
    hours, minutes, seconds, part = (match[group + i] or "" for i in range(4))
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{part or 0}")


def _fresh(cues: Iterable[_Cue]) -> Iterator[_Cue]:
    """The cues without the lines that still stand from the one before (rolling captions)."""
    shown: tuple[str, ...] = ()
    speaker, end = "", 0.0
    for cue in cues:
        plain = tuple(text for text in map(_plain, cue.lines) if text)
        shown = shown if cue.start - end < _GAP else ()
        kept, end = 0, cue.end
        for count in range(min(len(shown), len(plain), _MOST_LINES), 0, -1):
            if shown[-count:] == plain[:count]:
                kept = count
                break
        named = _SPEAKER.search(" ".join(cue.lines))
        said = named[1].strip() if named else ""
        words = list(plain[kept:])
        if words and said and said != speaker:
            words[0] = f"{html.unescape(said)}: {words[0]}"
            speaker = said
        shown = plain or shown
        if words:
            yield _Cue(cue.start, cue.end, tuple(words))


def _plain(line: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", line)).split())


def _parts(cues: Sequence[_Cue]) -> Iterator[Part]:
    said: list[str] = []
    start = cues[0].start
    for cue in cues:
        if not said:
            start = cue.start
        said.append(" ".join(cue.lines))
        length = cue.end - start
        if length >= _MOST or (length >= _LEAST and _SENTENCE_END.search(said[-1])):
            yield Part(" ".join(said), _clock(start))
            said = []
    if said:
        yield Part(" ".join(said), _clock(start))


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"
