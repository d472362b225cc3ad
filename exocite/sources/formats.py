"""The formats that texts can be attached in: a new one is one new file and one line here."""

from __future__ import annotations

from exocite.sources.jats import Jats
from exocite.sources.parsed import Format
from exocite.sources.pdf import Pdf
from exocite.sources.plain import PlainText
from exocite.sources.prose import HTML, MARKDOWN
from exocite.sources.subtitles import SUBRIP, WEBVTT

FORMATS: tuple[Format, ...] = (PlainText(), MARKDOWN, HTML, Jats(), Pdf(), WEBVTT, SUBRIP)


def format_of(name: str) -> Format | None:
    """The format that a file of this name is in, None where its suffix is not known."""
    stem, dot, ending = name.rpartition(".")
    suffix = f".{ending.lower()}" if stem and dot else ""
    return next((one for one in FORMATS if suffix in one.suffixes), None)


def format_named(name: str) -> Format | None:
    """The format of this name, None where this version has none."""
    return next((one for one in FORMATS if one.name == name), None)
