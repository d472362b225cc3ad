"""Identities are the same whether they were kept or not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from exocite import cache
from exocite.bibliography.document import Document
from exocite.model import Reference
from exocite.project import identities as kept
from exocite.project.identities import FILE, LEAST, identities
from exocite.project.identity import identity


def document(count: int = LEAST, first: str = "Sleep") -> Document:
    entries = [f"@book{{k{n}, title = {{{n or first}}}}}\n" for n in range(count)]
    return Document.parse("".join(entries).encode(), "references.bib")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys of the references whose identity was worked out."""
    keys: list[str] = []

    def noted(reference: Reference) -> str:
        keys.append(reference.key)
        return identity(reference)

    monkeypatch.setattr(kept, "identity", noted)
    return keys


def test_they_are_worked_out_once(tmp_path: Path, asked: list[str]) -> None:
    known = document()
    first = identities(known, tmp_path)
    assert first == [identity(reference) for reference in known.references]
    assert identities(known, tmp_path) == first
    assert len(asked) == LEAST


def test_another_bibliography_has_others(tmp_path: Path) -> None:
    before = identities(document(), tmp_path)
    after = identities(document(first="Sloth"), tmp_path)
    assert (before[0] == after[0], before[1:] == after[1:]) == (False, True)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x",
        cache.sealed(b"[]"),
        cache.sealed(b"7"),
        cache.sealed(b"{"),
        cache.sealed(json.dumps(["another bibliography", *["x"] * LEAST]).encode()),
    ],
)
def test_what_is_no_such_file_is_made_anew(tmp_path: Path, data: bytes) -> None:
    (tmp_path / FILE).write_bytes(data)
    known = document()
    assert identities(known, tmp_path) == [identity(reference) for reference in known.references]


def test_damage_is_noticed(tmp_path: Path) -> None:
    known = document()
    whole = identities(known, tmp_path)
    body = cache.unsealed((tmp_path / FILE).read_bytes())
    assert body is not None
    rests_on = json.loads(body)[0]
    for wrong in ([rests_on], [rests_on, *range(LEAST)], [rests_on, *whole, "more"]):
        (tmp_path / FILE).write_bytes(cache.sealed(json.dumps(wrong).encode()))
        assert identities(known, tmp_path) == whole


def test_nothing_is_kept_of_a_few_or_without_a_folder(tmp_path: Path) -> None:
    assert len(identities(document(LEAST - 1), tmp_path)) == LEAST - 1
    assert len(identities(document(), None)) == LEAST
    assert not (tmp_path / FILE).exists()


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    assert len(identities(document(), tmp_path / "cache")) == LEAST
