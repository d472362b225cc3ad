from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exocite.errors import ReadError
from exocite.sources.parsed import unwatched
from exocite.sources.subtitles import SUBRIP, WEBVTT, Subtitles

VTT = """WEBVTT - an interview

NOTE the times --> are from the start
of the recording

STYLE
::cue { color: red }

intro
00:00:01.000 --> 00:00:04.000 align:start position:0%
<v Ada Example>Bees <c.loud>rest</c> &amp; sleep

00:00:04.000 --> 00:00:17.500
<v Ada Example>at <00:00:05.000>night.

2
00:12:31.250 --> 00:12:34.000
<v Bo>Do they all?

3
01:00:00.000 --> 01:00:05.000
Nearly all.
"""
SRT = """\ufeff1
00:00:01,000 --> 00:00:04,000
{\\an8}<i>One bee</i>

slept.
2
00:12:31,500 --> 00:12:33,000
Two bees did not.
"""
ROLLING = """WEBVTT

00:00.000 --> 00:02.000
and so the bees

00:02.000 --> 00:02.010
and so the bees

00:02.010 --> 00:04.000
and so the bees
went to sleep

00:04.000 --> 00:06.000
went to sleep
at noon
"""


def read(text: str, reader: Subtitles = WEBVTT) -> list[tuple[str, str]]:
    parts = reader.parse(text.encode(), "talk.vtt", unwatched).parts
    return [(part.locator, part.text) for part in parts]


def test_webvtt_gives_what_was_said_when_and_by_whom() -> None:
    assert read(VTT) == [
        ("00:00:01", "Ada Example: Bees rest & sleep at night."),
        ("00:12:31", "Bo: Do they all? Nearly all."),
    ]


def test_subrip_with_a_blank_line_inside_and_none_between() -> None:
    assert read(SRT, SUBRIP) == [("00:00:01", "One bee slept. Two bees did not.")]


def test_line_ends_do_not_matter() -> None:
    assert read(VTT.replace("\n", "\r\n")) == read(VTT) == read(VTT.replace("\n", "\r"))


def test_rolling_captions_are_said_once() -> None:
    assert read(ROLLING) == [("00:00:00", "and so the bees went to sleep at noon")]


def test_a_sentence_is_not_cut_until_a_minute_is_over() -> None:
    cues = [f"{m:02d}:{s:02d}.000 --> {m:02d}:{s + 9:02d}.000\nword" for m in (0, 1, 2)
            for s in (0, 10, 20, 30, 40, 50)]  # fmt: skip
    found = read("WEBVTT\n\n" + "\n\n".join(cues))
    assert [place for place, _ in found] == ["00:00:00", "00:01:10", "00:02:20"]
    ended = read("WEBVTT\n\n" + "\n\n".join(cue + "." for cue in cues))
    assert [place for place, _ in ended][:3] == ["00:00:00", "00:00:20", "00:00:40"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("WEBVTT\n\nno times here", "talk.vtt: holds no subtitle with a time"),
        ("WEBVTT\n\n00:00 --> soon\nx", "talk.vtt:3: these are not the times"),
        ("1\n00:00:99,000 --> 00:01:00,000\nx", "talk.vtt:2: these are not the times"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n\n", "talk.vtt: holds no subtitle"),
    ],
)
def test_what_is_refused(text: str, said: str) -> None:
    with pytest.raises(ReadError, match=said):
        read(text)


LINE = st.sampled_from(
    ["WEBVTT", "NOTE x", "", "1", "00:01.000 --> 00:02.000", "00:00:03,5 --> 00:00:04,0", "a --> b",
     "Bees sleep.", "<v Ada>Bees", "<i>do", "&lt;", "<" * 50]
)  # fmt: skip


@given(st.lists(LINE, min_size=1, max_size=20))
def test_any_lines_end_in_text_or_in_a_message(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        found = read(text)
    except ReadError:
        return
    assert found
    assert all(said for _, said in found)
