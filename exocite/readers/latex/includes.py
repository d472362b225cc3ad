"""The files that a LaTeX file takes in, by the names that it writes."""

from __future__ import annotations

import re

from exocite.frozen import dataclass
from exocite.model import Article, Span
from exocite.patterns import regex
from exocite.readers.latex.input import Frame

SUFFIXES = (".tex", ".ltx", ".latex")
"""Suffixes of files that are read; any other is a picture, data or a style."""

_COMMAND = regex(
    r"\\(?:(?P<plain>input|include|subfile|subfileinclude)|(?P<pair>(?:sub)?import|"
    r"(?:sub)?inputfrom|(?:sub)?includefrom)\*?)(?![A-Za-z@])"
)
_BARE = regex(r"[^\s{}\\%#$&~]{1,200}")
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Included:
    """A file that is taken in: its name as written, with ".tex" where it has no suffix."""

    name: str
    span: Span


def included(article: Article) -> tuple[Included, ...]:
    """The files that an article takes in, in order; empty for what is not LaTeX.

    Names in comments and in code, and such as a macro makes up, name no file.
    """
    if article.format != "latex":
        return ()
    frame = Frame(article.source, 0)
    hidden = sorted((start, stretch.end) for start, stretch in frame.marks.stretches.items())
    found: list[Included] = []
    index = 0
    for match in _COMMAND.finditer(frame.text):
        while index < len(hidden) and hidden[index][1] <= match.start():
            index += 1
        if index < len(hidden) and hidden[index][0] <= match.start():
            continue
        name, end = _name(frame, match)
        if name:
            found.append(Included(name, Span(match.start(), end)))
    return tuple(found)


def _name(frame: Frame, match: re.Match[str]) -> tuple[str, int]:
    """The file's name and where the command ends, "" for a name that cannot be known."""
    at = frame.blank(match.end())
    folder = ""
    if match["pair"]:
        group = frame.group(at)
        if group is None or group[1] - group[0] > _LONGEST:
            return "", at
        folder, at = frame.text[slice(*group)].strip(), frame.blank(group[1] + 1)
    group = frame.group(at)
    if group and group[1] - group[0] <= _LONGEST:
        written, end = frame.text[slice(*group)], group[1] + 1
    else:
        bare = None if match["pair"] or group else _BARE.match(frame.text, at)
        written, end = (bare[0], bare.end()) if bare else ("", at)
    name = written.strip().strip('"')
    if not name or any(sign in folder + name for sign in "\\{}#%$\r\n\0"):
        return "", end
    name = f"{folder.rstrip('/')}/{name}" if folder.rstrip("/") else name
    stem = name.rpartition("/")[2]
    if "." not in stem.lstrip("."):
        name += ".tex"
    return (name if name.lower().endswith(SUFFIXES) else ""), end
