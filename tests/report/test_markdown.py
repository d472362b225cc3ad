"""The copy in Markdown: a text stays text, and every claim has its note."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from exocite.report import markdown
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
