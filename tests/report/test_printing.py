"""References as their style prints them: kept while nothing changes, refused if they do not fit."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest

from exocite import config
from exocite.errors import StyleError
from exocite.export import citeproc_engine
from exocite.project import Project
from exocite.report import printing
from exocite.report.data import Printed

Printer = Callable[..., dict[str, tuple[Printed, ...]]]


@pytest.fixture
def shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Printer:
    """Prints the bibliography as it is on disk; with `engine=False` nothing may be printed anew."""
    (tmp_path / "bib").mkdir()
    (tmp_path / "bib" / "references.bib").write_text(
        "".join(
            f"@article{{k{n}, author={{Marsh, Ada}}, title={{Tea {n}}}, journal={{Trials}}, "
            f"year={{{1990 + n}}}, doi={{10.5555/k{n}}}}}\n"
            for n in range(printing.FEWEST)
        ),
        encoding="utf-8",
    )

    def show(style: str = "apa", *, engine: bool = True, most: int | None = None) -> object:
        project = Project(config.load(tmp_path, {}))
        with monkeypatch.context() as patch:
            if not engine:
                patch.setattr(citeproc_engine, "CiteprocEngine", None)
            return printing.printed(project, project.document.references[:most], style)

    return show  # type: ignore[return-value]


def entries(folder: Path) -> list[Path]:
    return sorted((folder / ".exocite").glob("*/references/*"))


def test_what_was_printed_is_kept(shown: Printer, tmp_path: Path) -> None:
    first = shown()
    assert first["k0"][-1] == Printed(
        "https://doi.org/10.5555/k0", (), "https://doi.org/10.5555/k0"
    )
    assert any(run.marks == ("i",) for run in first["k0"])
    assert shown(engine=False) == first


def test_another_style_or_bibliography_is_printed_anew(shown: Printer, tmp_path: Path) -> None:
    first = shown()
    assert shown("vancouver") != first
    bib = tmp_path / "bib" / "references.bib"
    bib.write_text(bib.read_text("utf-8").replace("Tea 0", "Milk 0"), encoding="utf-8")
    assert "Milk 0" in "".join(run.text for run in shown()["k0"])
    assert len(entries(tmp_path)) == 3
    with pytest.raises(StyleError):
        shown("no-such-style")


def test_another_library_prints_anew(
    shown: Printer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = shown()
    library = tmp_path / "library" / "citeproc"
    library.mkdir(parents=True)
    (library / "model.py").write_text("# another one\n", encoding="utf-8")
    with monkeypatch.context() as patch:
        found = SimpleNamespace(submodule_search_locations=[str(library)])
        patch.setattr(printing, "find_spec", lambda _name: found)
        assert shown() == first
        assert len(entries(tmp_path)) == 2
        patch.setattr(printing, "find_spec", lambda _name: None)
        assert shown() == first
    assert len(entries(tmp_path)) == 3


def test_a_few_are_not_kept(shown: Printer, tmp_path: Path) -> None:
    assert len(shown(most=printing.FEWEST - 1)) == printing.FEWEST - 1
    assert not (tmp_path / ".exocite").exists()


def sealed(rows: object) -> bytes:
    body = json.dumps(rows).encode()
    return sha256(body).hexdigest().encode() + b"\n" + body


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no hash\n[]",
        sealed({"k0": 1}),
        sealed([["k0", [["x", ["script"], ""]]]]),
        sealed([["k0", [["x", [], "javascript:alert(1)"]]]]),
        sealed([["k0", [["x", [], 'https://x.org/"onclick=']]]]),
        sealed([["k0", [["\ud800", [], ""]]]]),
        sealed([["k0", [[1, [], ""]]]]),
        sealed([[0, []]]),
        sealed([["k0", [["x", "i", 0]]]]),
        b"[" * 100_000,
    ],
)
def test_what_does_not_fit_is_printed_anew(shown: Printer, tmp_path: Path, data: bytes) -> None:
    first = shown()
    (entry,) = entries(tmp_path)
    entry.write_bytes(data)
    assert shown() == first
    assert shown(engine=False) == first


def test_a_cache_that_came_with_the_project_is_left_alone(shown: Printer, tmp_path: Path) -> None:
    first = shown()
    (entry,) = entries(tmp_path)
    entry.write_bytes(sealed([["k0", [["somebody else's", [], ""]]]]))
    assert shown() != first  # What this user keeps is believed.
    own = entry.parent.parent
    own.rename(own.with_name("0" * len(own.name)))
    assert shown() == first


def test_a_folder_that_cannot_be_written_does_no_harm(shown: Printer, tmp_path: Path) -> None:
    (tmp_path / ".exocite").write_text("a file")
    assert len(shown()) == printing.FEWEST


def test_only_the_newest_are_kept(
    shown: Printer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "MOST_ENTRIES", 2)
    for style in ("apa", "vancouver", "mla"):
        shown(style)
    assert len(entries(tmp_path)) == 2
    assert shown("mla", engine=False)
