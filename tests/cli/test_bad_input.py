"""Files that cannot be read and bibliographies that are half broken: one clear line each."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from exocite.model import Work
from exocite.registries.crossref import Crossref
from tests.cli.conftest import Run
from tests.fakes.crossref import FakeCrossref
from tests.links import link_to

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


DOI_ONLY = "@article{d, doi = {10.1000/y}}\n"


def project(folder: Path, bib: str) -> None:
    (folder / "bib").mkdir()
    (folder / "bib" / "references.bib").write_text(bib, encoding="utf-8")
    (folder / "a.md").write_text("Coffee use rose by 20 % in 1999.\n", encoding="utf-8")


def test_a_wrong_address_of_the_registry_is_no_verdict(
    run: Run, folder: Path, registry: FakeCrossref
) -> None:
    project(folder, DOI_ONLY)
    wrong = ("--crossref-url", f"{registry.url}/foo")
    result = run("resolve", *wrong)
    assert (result.code, "not found" in result.text) == (3, False)
    assert run("add", "10.5555/theanine", *wrong).code == 3
    assert run("resolve", "--crossref-url", registry.url).code == 1


@pytest.mark.parametrize("codes", ["exo101", "ZZZ", "EXO1O1", ""])
def test_a_mistyped_selection_does_not_switch_the_gate_off(
    run: Run, folder: Path, codes: str
) -> None:
    project(folder, GOOD)
    result = run("check", "a.md", "--select", codes)
    assert (result.code, "select" in result.err) == (2, True)
    assert run("check", "a.md", "--ignore", "nope").code == 2
    assert run("check", "a.md", "--select", "EXO1").code == 1


@pytest.mark.parametrize("pattern", ["/abs/*.md", "", "a**.md", "*", "**"])
def test_patterns_of_articles(run: Run, folder: Path, pattern: str) -> None:
    project(folder, GOOD)
    (folder / "exocite.toml").write_text(f'articles = ["{pattern}"]\n', encoding="utf-8")
    assert run("check").code in {1, 2}


def test_macros_that_multiply_are_cut_short(run: Run, folder: Path) -> None:
    strings = ['@string{s0 = "lol lol "}\n']
    strings += [f"@string{{s{n} = {' # '.join([f's{n - 1}'] * 10)}}}\n" for n in range(1, 12)]
    project(folder, "".join(strings) + "@article{n, title = s11}\n")
    result = run("list")
    assert result.code == 0
    assert len(result.out) < 1000


def test_init_leaves_what_git_ignores_as_it_was(run: Run, folder: Path) -> None:
    before = b"*.log\r\ncaf\xe9\x0clast"
    (folder / ".gitignore").write_bytes(before)
    assert run("init").code == 0
    assert (folder / ".gitignore").read_bytes() == before + b"\r\n.exocite/\r\n"
    assert run("init").code == 0
    assert (folder / ".gitignore").read_bytes().count(b".exocite/") == 1


def test_numbers_that_are_none_and_bytes_that_are_no_text_stay_in_the_log(
    run: Run, folder: Path, registry: FakeCrossref
) -> None:
    project(folder, GOOD)
    lines = b'{"key":"x","outcome":"later","title":"caf\xe9"}\n{"key":"good","n":NaN}\n'
    log = folder / "bib" / "works.jsonl"
    log.write_bytes(lines)
    assert "works.jsonl:2" in run("check", "a.md").out
    run("resolve", "--crossref-url", registry.url)
    assert all(line in log.read_bytes() for line in lines.splitlines())


def test_links_in_a_loop_and_a_file_for_a_folder(run: Run, folder: Path) -> None:
    (folder / "bib").mkdir()
    link_to(folder / "bib" / "references.bib", "references.bib")
    assert run("list").code == 2
    assert (folder / "bib" / "references.bib").is_symlink()
    (folder / "bib" / "references.bib").unlink()
    (folder / "bib").rmdir()
    (folder / "bib").write_text("hi")
    assert (run("list").code, run("check", "a.md").code) == (2, 2)


def test_one_duplicate_key_does_not_stop_an_export(run: Run, folder: Path) -> None:
    project(folder, GOOD + GOOD)
    assert run("export").code == 0


def test_broken_entries_of_an_added_file_are_named(run: Run, folder: Path) -> None:
    (folder / "half.bib").write_text(GOOD + "@article{x,\n title = {No end,\n", encoding="utf-8")
    half = run("add", "half.bib")
    assert (half.code, "half.bib:3" in half.err, "added: good" in half.out) == (1, True, True)
    (folder / "twice.bib").write_text(DOI_ONLY + DOI_ONLY, encoding="utf-8")
    assert "twice.bib:2" in run("add", "twice.bib").err
    (folder / "passwd").write_text("root:x:0:0\n", encoding="utf-8")
    assert run("add", "passwd").code == 2


def test_what_was_added_before_a_failure_is_said(
    run: Run, folder: Path, registry: FakeCrossref
) -> None:
    result = run("add", "10.5555/theanine", "10.5555/nope", "--crossref-url", registry.url)
    assert (result.code, "added: okafor2021" in result.out) == (1, True)
    assert "10.5555/nope was not added: Crossref holds no record" in result.err


def test_entries_that_are_no_references_are_not_added(run: Run, folder: Path) -> None:
    text = (
        "Skin ages.\n\nReferences\n\n1. ???\n2. 1234\n3. Ku Y. Exosomes in skin. PRS. 2023;1:2.\n"
    )
    (folder / "a.txt").write_text(text, encoding="utf-8")
    result = run("add", "--from-article", "a.txt")
    assert "1 reference added" in result.out
    assert "not added" in result.text


def test_an_editor_at_work_during_resolve_loses_nothing(
    run: Run, folder: Path, registry: FakeCrossref, monkeypatch: pytest.MonkeyPatch
) -> None:
    project(
        folder,
        "@article{t, title = {Theanine and sleep: a trial}, author = {Okafor, Ngozi},\n"
        " journal = {Sleep Trials}, year = 2021, volume = 12, pages = {101--110}}\n",
    )
    real = Crossref.search

    def search(self: Crossref, query: str, *, rows: int = 20) -> tuple[Work, ...]:
        with (folder / "bib" / "references.bib").open("a", encoding="utf-8") as bib:
            bib.write("% a line by somebody else\n")
        return real(self, query, rows=rows)

    monkeypatch.setattr(Crossref, "search", search)
    assert run("resolve", "--crossref-url", registry.url).code == 0
    assert '"matched"' in (folder / "bib" / "works.jsonl").read_text("utf-8")
    text = (folder / "bib" / "references.bib").read_text("utf-8")
    assert "doi = {10.5555/theanine}" in text
    assert text.endswith("% a line by somebody else\n")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of bash")
def test_closed_output_is_no_finding(folder: Path) -> None:
    (folder / "a.md").write_text("Coffee use rose by 20 % in 1999.\n" * 3000, encoding="utf-8")
    command = f'"{sys.executable}" -m exocite claims a.md | head -1; exit ${{PIPESTATUS[0]}}'
    piped = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert piped.returncode == 141
    command = f'"{sys.executable}" -m exocite claims a.md >&-'
    closed = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in closed.stderr


def test_the_parts_of_an_article_are_checked_with_it(run: Run, folder: Path) -> None:
    part = "\\begin{document}\n\\input{%s}\n\\input{nowhere}\n\\end{document}\n"
    (folder / "main.tex").write_text(part % "one", encoding="utf-8")
    (folder / "one.tex").write_text("Coffee use rose by 20 \\% in 1999.\n", encoding="utf-8")
    result = run("check", "main.tex")
    assert result.code == 1
    assert "one.tex:1:1: EXO101" in result.out
    assert "main.tex:3: not checked: nowhere" in result.out
    assert "1 part not read" in result.out
    (folder / "one.tex").write_text("Hello there, dear reader!\n", encoding="utf-8")
    assert run("check", "main.tex").code == 3
