"""Files that cannot be read and bibliographies that are half broken: one clear line each."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run

GOOD = "@misc{good, title = {A good one}, year = {2020}, url = {https://example.org}}\n"

FILES = {
    "empty.txt": b"",
    "blank.md": b"  \n\n",
    "binary.txt": bytes(range(256)) * 4,
    "latin1.txt": "First line.\nCaf\xe9 culture rose by 20 % in 1999.\n".encode("latin-1"),
    "utf16-without-mark.txt": "Coffee rose by 20 %.".encode("utf-16-le"),
    "page.pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
    "big.txt": b"Coffee rose by 20 % in 1999. " * 1_800_000,
}


@pytest.mark.parametrize("command", ["claims", "link", "check"])
@pytest.mark.parametrize("name", [*FILES, "missing.txt", "folder"])
def test_an_article_that_cannot_be_read(run: Run, folder: Path, command: str, name: str) -> None:
    (folder / "folder").mkdir()
    if name in FILES:
        (folder / name).write_bytes(FILES[name])
    more = ["--no-input"] if command == "link" else []
    result = run(command, name, *more)
    assert result.code == 2
    errors = [line for line in result.err.splitlines() if line.startswith("error: ")]
    assert len(errors) == 1
    assert name in errors[0]
    if name == "latin1.txt":
        assert "latin1.txt:2" in errors[0]


def test_utf16_with_a_mark_and_a_named_encoding_are_read(run: Run, folder: Path) -> None:
    (folder / "utf16.txt").write_bytes("Coffee use rose by 20 % in 1999.\n".encode("utf-16"))
    (folder / "latin1.txt").write_bytes("Caf\xe9 use rose by 20 % in 1999.\n".encode("latin-1"))
    assert "rose by 20" in run("claims", "utf16.txt").out
    assert "Café" in run("claims", "latin1.txt", "--encoding", "latin-1").out
    assert run("claims", "latin1.txt", "--encoding", "no-such").code == 2


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("@article{broken,\n  title = {No end,\n\n" + GOOD, 2, "EXO203"),
        (GOOD + "@misc{good, title = {Again}}\n", 2, "EXO204"),
        (GOOD + "\n@article{m, title = {X}, journal = jnl, year = 2001}\n", 3, "EXO205"),
    ],
)
def test_a_broken_bibliography_is_reported_and_kept(
    run: Run, folder: Path, text: str, line: int, code: str
) -> None:
    (folder / "bib").mkdir()
    bib = folder / "bib" / "references.bib"
    bib.write_text(text, encoding="utf-8")
    (folder / "a.md").write_text("Coffee use rose by 20 % [@good].\n", encoding="utf-8")
    result = run("check", "a.md")
    assert result.code == 1
    assert f"bib/references.bib:{line}:" in result.out
    assert code in result.out
    assert "EXO102" not in result.out
    assert bib.read_text("utf-8") == text
    assert "good" in run("list").out


def test_one_unreadable_article_does_not_hide_the_others(run: Run, folder: Path) -> None:
    (folder / "a.md").write_text("Coffee use rose by 20 % in 1999.\n", encoding="utf-8")
    result = run("check", "a.md", "missing.md")
    assert result.code == 2
    assert "EXO101" in result.out
    assert "missing.md" in result.err


def test_torn_and_foreign_lines_in_the_logs_hide_nothing(run: Run, folder: Path) -> None:
    (folder / "bib").mkdir()
    (folder / "bib" / "references.bib").write_text(GOOD, encoding="utf-8")
    (folder / "bib" / "verdicts.jsonl").write_text('{"claim": 3}\nnot json\n{"cl', "utf-8")
    (folder / "bib" / "works.jsonl").write_text("[]\n", encoding="utf-8")
    (folder / "a.md").write_text("Coffee use rose by 20 % [@good].\n", encoding="utf-8")
    result = run("check", "a.md")
    assert "verdicts.jsonl:1" in result.text
    assert "verdicts.jsonl:2" in result.text
    assert "works.jsonl:1" in result.text


@pytest.mark.parametrize(
    "text",
    [
        "mailto = 3",
        "unknown = 1",
        "articles = [",
    ],
)
def test_a_wrong_setting_is_named(run: Run, folder: Path, text: str) -> None:
    (folder / "exocite.toml").write_text(text, encoding="utf-8")
    result = run("list")
    assert result.code == 2
    assert "exocite.toml" in result.err


def test_hostile_text_cannot_reach_the_terminal(run: Run, folder: Path) -> None:
    evil = "Coffee \x1b[31m\x1b]0;owned\x07 use rose by 20 % in \u202e1999.\n"
    (folder / "evil.md").write_text(evil, encoding="utf-8")
    for command in ("claims", "check"):
        out = run(command, "evil.md").text
        assert "\x1b" not in out
        assert "\x07" not in out
        assert "\u202e" not in out


@pytest.mark.skipif(sys.platform == "win32", reason="the shell that closes them is POSIX's")
def test_closed_streams_do_not_matter(folder: Path) -> None:
    (folder / "a.md").write_text("Coffee use rose by 20 % in 1999.\n", encoding="utf-8")
    for closed in ("<&-", "2>&-", "</dev/null"):
        command = f'"{sys.executable}" -m exocite link a.md {closed}'
        ended = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stderr
        assert "1 claim" in ended.stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 2),
        (["--help"], 0),
        (["--version"], 0),
        (["no-such-command"], 2),
        (["check"], 2),
        (["add"], 2),
        (["claims"], 2),
        (["resolve", "--timeout", "x"], 2),
        (["resolve", "--crossref-url", "nonsense"], 2),
        (["resolve", "nokey"], 2),
        (["resolve"], 0),
        (["list"], 0),
        (["export"], 2),
    ],
)
def test_exit_codes_of_plain_calls(run: Run, folder: Path, arguments: list[str], code: int) -> None:
    assert run(*arguments).code == code
