"""A stretch of an article as a reader sees it, read by itself."""

from __future__ import annotations

import pytest

from exocite.claims.excerpt import seen


@pytest.mark.parametrize(
    ("format_", "source", "visible"),
    [
        ("markdown", "Cells **grow** to 10^6^ [@ku2023, p. 3].", "Cells grow to 10⁶."),
        ("markdown", "Cells grow [3] as in @fig-a.", "Cells grow as in [ref]."),
        ("html", "Cells <em>grow</em> to 10<sup>6</sup> &amp; die.", "Cells grow to 10⁶ & die."),
        ("latex", r"Cells \emph{grow} to $10^6$ \citep{ku2023}.", "Cells grow to 10⁶."),
        ("mediawiki", "Cells ''grow''<ref>Ku A. A title. 2020.</ref> fast.", "Cells grow fast."),
        ("jats", "Cells <italic>grow</italic> to 10<sup>6</sup>.", "Cells grow to 10⁶."),
        ("docx", "Cells grow to 10⁶.", "Cells grow to 10⁶."),
        ("text", "", ""),
        ("unheard of", "Cells grow.", "Cells grow."),
    ],
)
def test_what_a_reader_sees(format_: str, source: str, visible: str) -> None:
    assert seen(source, format_) == visible
