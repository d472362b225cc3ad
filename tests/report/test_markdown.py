"""The copy in Markdown: a text stays text, and every claim has its note."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from exocite.report import markdown
from exocite.report.data import Line, Part, Stretch
from exocite.text import collapsed, printable
from tests.report.sample import HOSTILE, report


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_a_text_is_no_markup(text: str) -> None:
    told = printable(collapsed(text)).strip()
    shown = MarkdownIt("commonmark").parse(markdown._plain(text))
    if told:
        assert [token.type for token in shown] == [
            "paragraph_open",
            "inline",
            "paragraph_close",
        ]
        pieces = shown[1].children or []
        assert {piece.type for piece in pieces} <= {"text", "text_special", "softbreak"}


def test_every_claim_has_one_note() -> None:
    text = markdown.render(report(HOSTILE)).decode("utf-8")
    assert re.findall(r"(?m)^\[\^(\d+)\]: ", text) == ["1", "2", "3"]
    for number in "123":
        assert len(re.findall(rf"\[\^{number}\](?!:)", text)) == 1
    assert "<script" not in text.replace("\\<", "")
    assert "✓ 1 supported · AE" in text
    assert "\x1b" not in text


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("see [@ku2023].", "see \\[@ku2023]."),
        ("see [^1] and [^a-b].", "see \\[note 1] and \\[note a-b]."),
        ("Marks & Spencer, snake_case, AT&T;", "Marks & Spencer, snake_case, AT\\&T;"),
        ("# 3 is no heading", "\\# 3 is no heading"),
        ("5 * 3 < 20, _so_", "5 \\* 3 \\< 20, \\_so\\_"),
    ],
)
def test_only_what_would_be_a_mark_is_escaped(text: str, printed: str) -> None:
    assert markdown._line(Line(0, (Stretch((Part(text),)),))) == printed


def test_old_findings_and_what_was_not_suggested_are_named() -> None:
    told = markdown.render(replace(report(), old=2, suggested=False)).decode("utf-8")
    assert "- 2 old findings of the baseline are left out." in told
    assert "Nothing is suggested here" in told.partition("## References")[0]
    every = markdown.render(replace(report(), found=(), not_checked=(), silent=())).decode("utf-8")
    assert "The rules found nothing to report." in every
    assert "Everything that was asked for was checked." in every
    assert "baseline" not in every
