"""What stands beside a claim: why nothing is suggested, and which works were retracted."""

from __future__ import annotations

import pytest

from exocite.cli.linking_text import _none, _retracted
from exocite.cli.terminal import Terminal
from exocite.model import Linking, Outcome, WorkRecord

TEXTS = {"a": (), "b": (), "c": ()}


@pytest.mark.parametrize(
    ("silent", "said"),
    [
        ((), "no passage is close enough to this claim"),
        (("a",), "no passage of the 2 works with a text is close enough to this claim"),
        (("a", "b"), "no passage of the 1 work with a text is close enough to this claim"),
        (("a", "b", "c"), "none of the 3 works has a text"),
    ],
)
def test_what_was_not_compared_is_not_called_far(silent: tuple[str, ...], said: str) -> None:
    linking = Linking("c1", (), "none of the 3 works has a text", silent)
    assert _none(linking, TEXTS) == said


@pytest.mark.parametrize(
    ("outcome", "notice", "said"),
    [
        (Outcome.MATCHED, "", ""),
        (Outcome.RETRACTED, "", "this work was retracted, as Crossref records"),
        (Outcome.RETRACTED, "10.5555/9", "this work was retracted (notice 10.5555/9), as Crossref"),
        (Outcome.NOT_CHECKED, "10.5555/9", "this work was retracted (notice 10.5555/9)"),
    ],
)
def test_a_retraction_stands_beside_the_passage(
    outcome: Outcome, notice: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    record = WorkRecord("a", outcome, "", "2026-01-31", "Crossref", retraction=notice)
    _retracted(Terminal("never"), record)
    _retracted(Terminal("never"), None)
    out = capsys.readouterr().out.strip()
    assert out.startswith(said)
    assert bool(out) is bool(said)
