"""Why nothing is suggested: said only of the works that were compared."""

from __future__ import annotations

import pytest

from exocite.cli.linking_text import _none
from exocite.model import Linking

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
