"""Printed entries with little to go by: short titles, bodies as authors, no year."""

from __future__ import annotations

import pytest

from exocite.claims.citations import match_listed
from exocite.model import ListedReference, Reference, Span

WHO = Reference(
    "world",
    "online",
    {
        "author": "{World Health Organization}",
        "title": "Coffee and cancer",
        "urldate": "2020-05-02",
    },
)
KATAN = Reference(
    "katan2018", "article", {"author": "Katan, M. B.", "title": "Coffee and cancer", "year": "2018"}
)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (
            "World Health Organization. Coffee and cancer. https://x.org. Accessed 2 May 2020.",
            ("world",),
        ),
        ("World Health Organization. Coffee and cancer.", ("world",)),
        ("Katan MB. Coffee and cancer. J Hepatol. 2018;68:100.", ("katan2018",)),
        ("Katan MB. Coffee and cancer. J Hepatol. 2011;61:1.", None),
        ("Berg A. Coffee and cancer. J Hepatol. 2018;68:100.", None),
    ],
)
def test_short_titles(text: str, keys: tuple[str, ...] | None) -> None:
    listed = ListedReference("1", text, Span(0, len(text)))
    assert match_listed([listed], [WHO, KATAN]).get("1") == keys
