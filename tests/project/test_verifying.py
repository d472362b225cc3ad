"""Whether a verifier reads, as the settings ask for; and what is kept when a run is broken off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from exocite import config, runtime
from exocite.errors import WeightsError
from exocite.model import Claim
from exocite.project import Project, judging
from exocite.project.reading import article, read
from tests.fakes.verifiers import folder_with

pytest.importorskip("onnxruntime")
pytest.importorskip("tokenizers")

BIB = """\
@article{marsh2019, author={Marsh, Peter}, title={Tea and iron}, year={2019},
  abstract={Many drink tea at meals. Tea lowers the uptake of iron in adults.}}
"""


def project(root: Path, **flags: object) -> Project:
    return Project(config.load(root, {}, {"models": "models", **flags}))


@pytest.mark.parametrize(
    ("verify", "mode", "why"),
    [
        ("auto", "semantic", ""),
        ("auto", "core", "the mode is core"),
        ("on", "core", ""),
        ("off", "semantic", "verify is off"),
    ],
)
def test_settings_say_whether_it_reads(tmp_path: Path, verify: str, mode: str, why: str) -> None:
    folder_with(tmp_path / "models")
    made = project(tmp_path, verify=verify, mode=mode)
    assert made.unverified == why
    assert (made.verifier is None) == bool(why)


def test_auto_does_without_what_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    models = folder_with(tmp_path / "models")
    (models / "hashes.json").write_text("{}", encoding="utf-8")
    made = project(tmp_path, mode="semantic")
    assert made.verifier is None
    assert "hold no verifier" in made.unverified
    with pytest.raises(WeightsError):
        _ = project(tmp_path, verify="on").verifier
    monkeypatch.setattr(runtime, "PACKAGES", ("no_such_package",))
    (tmp_path / "other").mkdir()
    folder_with(tmp_path / "other" / "models")
    assert "not installed" in project(tmp_path / "other", mode="semantic").unverified


def test_what_was_read_is_kept_when_the_run_is_broken_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder_with(tmp_path / "models")
    (tmp_path / "bib").mkdir()
    (tmp_path / "bib" / "references.bib").write_text(BIB, encoding="utf-8")
    path = tmp_path / "a.md"
    path.write_text("Tea lowers the uptake of iron in adults.\n", "utf-8")
    made = project(tmp_path, verify="on")
    reading = read(made, article(made, str(path)))
    (claim,) = reading.claims
    verifier = made.verifier
    assert verifier is not None

    def claims() -> Iterator[Claim]:
        yield claim
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        judging.suggestions(made, reading, claims=claims())
    again = project(tmp_path, verify="on").verifier
    assert again is not None
    assert len(again.kept) == len(verifier.kept) > 0


def test_what_was_read_can_be_told_again_without_reading(tmp_path: Path) -> None:
    folder_with(tmp_path / "models", supports=0.01)
    (tmp_path / "bib").mkdir()
    (tmp_path / "bib" / "references.bib").write_text(BIB, encoding="utf-8")
    path = tmp_path / "a.md"
    path.write_text("Tea lowers the uptake of iron in 9 of 10 adults.\n", "utf-8")
    made = project(tmp_path, verify="on")
    reading = read(made, article(made, str(path)))
    linkings = judging.suggestions(made, reading)
    (suggestion,) = linkings[0].suggestions
    assert made.verifier is not None
    known = len(made.verifier.kept)
    told = judging.readings(made, reading, linkings)
    assert len(made.verifier.kept) == known
    assert [one.relation for one in told.values()] == [suggestion.relation]
    assert {one.judge for one in told.values()} == {"verifier"}
