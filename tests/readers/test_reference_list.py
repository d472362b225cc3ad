"""Several references in one paragraph of a list become an entry each, with label and place."""

from __future__ import annotations

import pytest

from exocite.model import Article
from exocite.readers import read

ONE = "Brandt OM, Nkemelu T. Drift of lichens. J Slow Ecol. 2018;14(3):201-219."
TWO = "Cruz J. Walls of the north: a census; with maps. Ecol Lett. 2019; 22(1): 7–9."
THREE = "Diels, O.; Alder, K. Justus Liebigs Ann. Chem. 1928, 460, 98–122."


def _article(entries: str) -> Article:
    return read("a.md", f"# Walls\n\nLichens drift.\n\n## References\n\n{entries}\n".encode())


@pytest.mark.parametrize(
    ("entries", "labels"),
    [
        (f"[1] {ONE} [2] {TWO} [3] {THREE}", ["1", "2", "3"]),
        (f"(1) {ONE} (2) {TWO} (3) {THREE}", ["1", "2", "3"]),
        (f"{ONE[:-1]}; {THREE}", ["1", "2"]),
        (f"[1] {ONE[:-1]}; {THREE}", ["1"]),
        (ONE, ["1"]),
        (TWO, ["1"]),
    ],
)
def test_labels(entries: str, labels: list[str]) -> None:
    article = _article(entries)
    assert [listed.label for listed in article.references] == labels
    for listed in article.references:
        assert article.source[listed.span.start : listed.span.end].startswith(listed.text[:20])


def test_each_entry_holds_its_own_text() -> None:
    found = _article(f"[1] {ONE} [2] {TWO}").references
    assert [listed.text for listed in found] == [ONE, TWO]
