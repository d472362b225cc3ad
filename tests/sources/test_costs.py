"""Twice the text costs twice the time, also where somebody wrote it to cost more."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from exocite.errors import ReadError
from exocite.sources.formats import format_of
from exocite.sources.parsed import unwatched
from exocite.sources.pdf_text import flowing
from exocite.sources.subtitles import SUBRIP
from tests.timing import assert_linear

HOSTILE = {
    "spaces.vtt": ("WEBVTT\n\n00:01.000 --> 00:02.000\n<v", " ", ">x"),
    "tags.vtt": ("WEBVTT\n\n00:01.000 --> 00:02.000\n", "<v a<i", "x"),
    "cues.srt": ("", "1\n00:00:01,000 --> 00:00:02,000\nA word\n", ""),
    "arrows.srt": ("00:00:01,000 --> 00:00:02,000 ", "-", ""),
    "paragraphs.xml": ("<article><body>", "<p>a<sup>2</sup></p>", "</body></article>"),
    "cited.xml": (
        "<article><body><p><sup>",
        '<xref ref-type="bibr">1</xref>,',
        "</sup>x</p></body></article>",
    ),
    "pages.txt": ("", "a\f", ""),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_formats(name: str) -> None:
    head, unit, tail = HOSTILE[name]
    reader = format_of(name)
    assert reader is not None

    def cost(size: int) -> float:
        data = (head + unit * size + tail).encode()
        start = time.process_time()
        with suppress(ReadError):
            reader.parse(data, name, unwatched)
        return time.process_time() - start

    assert_linear(cost, 8_000)


@pytest.mark.parametrize("unit", ["a", "a-", "a\n", "a-\n", "•\n", '."', "B. a\n"])
def test_the_text_of_pages(unit: str) -> None:
    def cost(size: int) -> float:
        start = time.process_time()
        flowing([unit * size, unit * size], ["1", "2"])
        return time.process_time() - start

    assert_linear(cost, 8_000)


def test_captions_of_many_lines() -> None:
    def cost(size: int) -> float:
        times = "1\n00:00:0{}.000 --> 00:00:0{}.000\n"
        data = times.format(1, 2) + "a\n" * size + "\n" + times.format(2, 3) + "b\n" * size
        start = time.process_time()
        SUBRIP.parse(data.encode(), "a.srt", unwatched)
        return time.process_time() - start

    assert_linear(cost, 8_000)
