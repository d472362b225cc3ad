"""Who reads the passages: the verifier or the rules alone, as settings and options ask for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.fakes.verifiers import folder_with

pytest.importorskip("onnxruntime")
pytest.importorskip("tokenizers")

BIB = """\
@article{marsh2019, author={Marsh, Peter}, title={Tea and iron}, year={2019}, doi={10.5555/marsh},
  abstract={Many adults drink tea at meals. Tea lowers the uptake of iron from bread by 29 %.}}
"""
SAID = "Tea lowers the uptake of iron from bread by 29 %."
OTHER = "Tea lowers the uptake of iron from bread by 92 %."
ALONE = "what a passage says of its claim: by rules alone"
BOTH = "what a passage says of its claim: by the verifier and the rules"


@pytest.fixture(autouse=True)
def bibliography(folder: Path) -> None:
    (folder / "bib").mkdir()
    (folder / "bib" / "references.bib").write_text(BIB, encoding="utf-8")
    settings = 'models = "models"\n'
    (folder / "exocite.toml").write_text(settings, encoding="utf-8")


def linked(run: Run, text: str, *options: str, code: int = 0) -> dict[str, Any]:
    Path("a.md").write_text(f"{text}\n", encoding="utf-8")
    done = run("link", "a.md", "--json", *options)
    assert done.code == code, done.text
    shown: dict[str, Any] = json.loads(done.out)
    return shown


def only(shown: dict[str, Any]) -> dict[str, Any]:
    (claim,) = shown["claims"]
    (suggestion,) = claim["suggestions"]
    found: dict[str, Any] = suggestion
    return found


def test_the_verifier_is_told_in_json_with_its_probabilities(run: Run, folder: Path) -> None:
    folder_with(folder / "models", supports=0.01)
    shown = linked(run, SAID, "--verify")
    assert shown["judge"]["name"] == "verifier"
    assert (shown["judge"]["supports_from"], shown["judge"]["refutes_from"]) == (0.01, 0.5)
    found = only(shown)
    assert found["relation"] == "supports"
    reading = found["reading"]
    assert reading.pop("judge") == "verifier"
    assert sum(reading.values()) == pytest.approx(1.0, abs=1e-3)
    assert reading["supports"] < reading["refutes"]


def test_without_it_the_rules_are_named_and_why(run: Run) -> None:
    shown = linked(run, SAID)
    assert shown["judge"] == {"name": "rules", "why": "the mode is core"}
    assert only(shown)["reading"]["judge"] == "rules"
    assert linked(run, SAID, "--no-verify")["judge"]["why"] == "verify is off"


def test_a_grave_conflict_is_never_support(run: Run, folder: Path) -> None:
    folder_with(folder / "models", supports=0.0)
    assert only(linked(run, SAID, "--verify"))["relation"] == "supports"
    found = only(linked(run, OTHER, "--verify"))
    assert found["relation"] == "mentions"
    assert found["conflicts"]


def test_one_line_tells_who_reads(run: Run, folder: Path) -> None:
    folder_with(folder / "models")
    Path("a.md").write_text(f"{SAID}\n", encoding="utf-8")
    core = run("link", "a.md", "--no-input").out
    assert core.count(ALONE) == 1
    assert "(the mode is core)" in core
    both = run("link", "a.md", "--no-input", "--verify").out
    assert both.count(BOTH) == 1
    assert ALONE not in both


def test_what_is_read_as_refuting_is_shown_as_a_conflict_to_look_at(run: Run, folder: Path) -> None:
    folder_with(folder / "models", supports=1.0, refutes=0.01)
    Path("a.md").write_text(f"{SAID}\n", encoding="utf-8")
    shown = run("link", "a.md", "--no-input", "--verify").out
    assert "marsh2019  refutes" in shown
    assert "conflict: it may say otherwise; no rule names the difference, so read it" in shown


def test_logits_are_kept_and_a_damaged_cache_is_said(run: Run, folder: Path) -> None:
    folder_with(folder / "models")
    first = linked(run, SAID, "--verify")
    (kept,) = (folder / ".exocite").glob("*/verified-*.bin")
    kept.write_bytes(b"torn")
    done = run("link", "a.md", "--json", "--verify")
    assert json.loads(done.out) == first
    assert "begun anew" in done.err


def test_of_cited_works_the_rules_say_it_and_check_asks_no_verifier(run: Run, folder: Path) -> None:
    folder_with(folder / "models", supports=1.0, refutes=0.01)
    (folder / "exocite.toml").write_text('models = "models"\nverify = "on"\n', encoding="utf-8")
    for text, codes in ((SAID, []), (OTHER, ["EXO407"])):
        Path("a.md").write_text(f"{text[:-1]} [@marsh2019].\n", encoding="utf-8")
        shown = json.loads(run("check", "a.md", "--json", "--select", "EXO4").out)
        assert [finding["code"] for finding in shown["findings"]] == codes
    assert not list((folder / ".exocite").glob("*/verified-*.bin"))


@pytest.mark.parametrize("damage", ["missing", "changed", "card"])
def test_a_verifier_that_cannot_be_used_ends_the_work_with_what_to_do(
    run: Run, folder: Path, damage: str
) -> None:
    models = folder_with(folder / "models", **({"labels": ["a"]} if damage == "card" else {}))
    if damage == "missing":
        (models / "verifier.onnx").unlink()
    elif damage == "changed":
        (models / "verifier.onnx").write_bytes(b"x")
    Path("a.md").write_text(f"{SAID}\n", encoding="utf-8")
    done = run("link", "a.md", "--no-input", "--verify")
    assert done.code == 2
    assert "verifier" in done.err
    assert "exocite-models" in done.err


def test_a_folder_of_models_without_any_is_said(run: Run, folder: Path) -> None:
    Path("a.md").write_text(f"{SAID}\n", encoding="utf-8")
    done = run("link", "a.md", "--no-input", "--verify")
    assert done.code == 2
    assert "hashes.json" in done.err
    (folder / "models").mkdir()
    (folder / "models" / "hashes.json").write_text("{}", encoding="utf-8")
    assert run("link", "a.md", "--no-input", "--verify").code == 2
