"""`link --write`: accepted links become citations, once, and nothing else changes."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
import pytest

from exocite.store import Store
from tests.cli.conftest import Run

BIB = """\
@article{ku2023, author={Ku, Ying and Lee, Ann and Orr, Bo}, title={Vesicles of cells in health},
  year={2023}, doi={10.5555/ku}, abstract={Exosomes carry RNA between cells. They are small.}}
@article{marsh2019, author={Marsh, Peter}, title={Evening caffeine and deep sleep}, year={2019},
  doi={10.5555/marsh}, abstract={Caffeine reduces deep sleep by 20 percent. It lasts.}}
"""
TEXT = "# Sleep\r\n\r\nExosomes carry RNA between cells. Caffeine reduces deep sleep by 20 %.\r\n"


@pytest.fixture
def judged(run: Run, folder: Path) -> Path:
    """An article with two claims, each with a verdict of supported and no citation."""
    (folder / "bib").mkdir()
    (folder / "bib" / "references.bib").write_text(BIB, encoding="utf-8")
    path = folder / "a.md"
    path.write_bytes(TEXT.encode())
    for words, key, quote in (
        ("Exosomes", "ku2023", "Exosomes carry RNA between cells."),
        ("Caffeine", "marsh2019", "Caffeine reduces deep sleep by 20 percent."),
    ):
        verdict(run, words, "supported", key, quote)
    return path


def claim(run: Run, words: str, name: str = "a.md") -> str:
    shown = json.loads(run("claims", name, "--json").out)
    return str(next(c["id"] for c in shown["claims"] if words in c["text"]))


def verdict(run: Run, words: str, said: str, key: str, quote: str = "", name: str = "a.md") -> None:
    about = ("--claim", claim(run, words, name), "--by", "Ada", "--verdict", said, "--key", key)
    given = run("link", name, *about, *(["--quote", quote] if quote else []))
    assert given.code == 0, given.text


def test_written_once_and_nothing_else_changes(run: Run, judged: Path) -> None:
    logs = [Path("bib/evidence.jsonl"), Path("bib/verdicts.jsonl"), Path("bib/references.bib")]
    before = [log.read_bytes() for log in logs]
    claims = json.loads(run("claims", "a.md", "--json").out)["claims"]
    result = run("link", "a.md", "--write", "--no-input")
    assert result.code == 0, result.text
    assert judged.read_bytes() == (
        b"# Sleep\r\n\r\nExosomes carry RNA between cells [@ku2023]. "
        b"Caffeine reduces deep sleep by 20 % [@marsh2019].\r\n"
    )
    assert result.out.splitlines() == [
        "a.md:3:34  [@ku2023]",
        "a.md:3:81  [@marsh2019]",
        "2 citations put in",
    ]
    written = judged.read_bytes()
    again = run("link", "a.md", "--write", "--no-input")
    assert (again.code, judged.read_bytes()) == (0, written)
    assert again.out == "every accepted link is cited already; nothing was written\n"
    assert [log.read_bytes() for log in logs] == before
    now = json.loads(run("claims", "a.md", "--json").out)["claims"]
    assert [c["id"] for c in now] == [c["id"] for c in claims]
    assert [c["verdicts"] for c in now] == [c["verdicts"] for c in claims]
    assert {c["state"] for c in now} == {"reviewed"}
    assert [[i["key"] for i in c["citations"]] for c in now] == [["ku2023"], ["marsh2019"]]


def test_the_place_told_is_that_of_the_marker_in_the_written_file(run: Run, judged: Path) -> None:
    shown = json.loads(run("link", "a.md", "--write", "--json").out)
    assert (shown["schema"], shown["written"]) == ("exocite.write/1", True)
    lines = judged.read_bytes().decode().split("\r\n")
    for one in shown["insertions"]:
        assert lines[one["line"] - 1][one["column"] - 1 :].startswith(one["text"])


def test_without_write_and_in_a_dry_run_nothing_is_written(run: Run, judged: Path) -> None:
    listed = run("link", "a.md", "--no-input", "--all")
    assert "2 accepted links without a citation in the text" in " ".join(listed.out.split())
    dry = run("link", "a.md", "--write", "--dry-run")
    assert "a.md:3:34  [@ku2023]" in dry.out
    assert "2 citations would be put in; nothing was written" in dry.out
    assert judged.read_bytes() == TEXT.encode()
    assert run("link", "a.md", "--dry-run").code == 2


def test_one_claim_alone(run: Run, judged: Path) -> None:
    result = run("link", "a.md", "--write", "--no-input", "--claim", claim(run, "Caffeine"))
    assert result.code == 0
    assert b"cells. Caffeine reduces deep sleep by 20 % [@marsh2019]." in judged.read_bytes()


@pytest.mark.parametrize("says", [True, False])
def test_on_a_terminal_it_asks(
    run: Run, judged: Path, monkeypatch: pytest.MonkeyPatch, says: bool
) -> None:
    asked = []

    def confirm(text: str, **_: object) -> bool:
        asked.append(text)
        return says

    monkeypatch.setattr(click, "confirm", confirm)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert run("link", "a.md", "--write").code == 0
    assert asked == ["write 2 citations into a.md?"]
    assert (judged.read_bytes() != TEXT.encode()) is says


def test_what_a_person_turned_down_or_took_back_is_not_written(run: Run, judged: Path) -> None:
    verdict(run, "Exosomes", "contradicted", "ku2023")
    verdict(run, "Caffeine", "withdrawn", "marsh2019")
    assert "nothing was written" in run("link", "a.md", "--write", "--no-input").out
    assert judged.read_bytes() == TEXT.encode()


def test_what_went_stale_is_left_out_and_said(run: Run, judged: Path) -> None:
    path = Path("bib/references.bib")
    path.write_text(BIB.replace("RNA between", "DNA between"), encoding="utf-8")
    result = run("link", "a.md", "--write", "--no-input")
    assert result.code == 1
    said = " ".join(result.out.split())
    assert "a.md:3:1 left out: ku2023: its verdict is stale" in said
    assert "1 citation put in; 1 link left out" in said
    assert b"[@ku2023]" not in judged.read_bytes()
    path.write_text(BIB.partition("@article{marsh")[0], encoding="utf-8")
    judged.write_bytes(TEXT.encode())
    assert "no entry of the bibliography" in run("link", "a.md", "--write", "--no-input").out


def test_a_file_changed_meanwhile_is_left_alone(
    run: Run, judged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Store.write

    def write(self: Store, path: Path, data: bytes, *, expected: bytes | None) -> None:
        Path("a.md").write_bytes(b"Somebody else's words.\n")
        real(self, path, data, expected=expected)

    monkeypatch.setattr(Store, "write", write)
    result = run("link", "a.md", "--write", "--no-input")
    assert (result.code, "changed this file since" in result.err) == (2, True)
    assert judged.read_bytes() == b"Somebody else's words.\n"


def test_it_does_nothing_but_write(run: Run, judged: Path) -> None:
    for more in (["--verdict", "exempt"], ["--quote", "x"], ["--all"], ["--at", "0.90"]):
        assert run("link", "a.md", "--write", *more).code == 2
    assert judged.read_bytes() == TEXT.encode()


def test_a_page_of_an_attached_text_goes_in(run: Run, judged: Path) -> None:
    path = Path("bib/evidence.jsonl")
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for line in lines:
        line["passage"]["locator"] = "p. 3"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    run("link", "a.md", "--write", "--no-input")
    assert b"[@ku2023, p. 3]" in judged.read_bytes()
