"""A label that is renamed changes no word of the text."""

from __future__ import annotations

import pytest

from exocite import readers
from exocite.readers.cross_references import is_label


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.rst", "Skin ages (:ref:`{}`), see :numref:`Figure %s <{}>`.\n\n.. _{}:\n"),
        ("a.adoc", "Skin ages (<<{}>>), see xref:{}[].\n\n[[{}]]\n"),
        ("a.org", "Skin ages ([[{}]]), see ref:{} and \\ref{{{}}}.\n"),
        ("a.typ", "Skin ages (@{}), see #ref(<{}>).\n\n$ x $ <{}>\n"),
    ],
)
def test_a_renamed_label(path: str, text: str) -> None:
    first, second = (
        readers.read(path, text.format(*[name] * 3).encode()) for name in ("fig-a", "fig-other")
    )
    assert [block.text for block in first.blocks] == [block.text for block in second.blocks]
    assert "[ref]" in first.blocks[0].text
    assert not first.citations


@pytest.mark.parametrize(
    ("name", "expected"),
    [("fig-a", True), ("Tbl:x", True), ("sec_b", True), ("ku2020", False), ("figaro2019", False)],
)
def test_names_that_read_as_labels(name: str, expected: bool) -> None:
    assert is_label(name) is expected
