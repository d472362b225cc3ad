"""The gate in somebody's repository: what is new since a revision, staged or accepted as old."""

from __future__ import annotations

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from exocite import store
from tests.cli.conftest import Run

OLD = "# Skin\n\nRetinol halves wrinkles in 80 % of patients.\n"
NEW = "\nAspirin cut strokes by 25 % in the trial.\n"
LATER = "\nCoffee cut strokes by 35 % in the trial.\n"
SETTINGS = 'articles = ["texts/*.md"]\nignore = ["EXO2", "EXO3"]\n'


def git(folder: Path, *words: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def texts(folder: Path) -> Path:
    """The folder of the articles, in a repository with one old finding and one commit."""
    place = folder / "texts"
    place.mkdir()
    (folder / "bib").mkdir()
    (folder / "bib" / "references.bib").write_text("")
    (folder / "exocite.toml").write_text(SETTINGS)
    write(place / "an old ä.md", OLD)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "first")
    return place


def write(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))


@pytest.mark.parametrize("since", [("--diff", "HEAD"), ("--staged",)])
def test_what_was_there_is_old(run: Run, texts: Path, since: tuple[str, ...]) -> None:
    assert run("check").code == 1
    done = run("check", *since)
    assert (done.code, done.out.splitlines()[0]) == (0, "1 old finding left out")


def test_of_a_file_that_is_staged_in_part_the_staged_part_is_checked(run: Run, texts: Path) -> None:
    path = texts / "an old ä.md"
    write(path, OLD + NEW)
    git(texts, "add", "-A")
    write(path, OLD + NEW + LATER)
    staged = run("check", "--staged")
    assert staged.code == 1
    assert "Aspirin" in staged.out
    assert "Coffee" not in staged.out
    since = run("check", "--diff", "HEAD")
    assert "Aspirin" in since.out
    assert "Coffee" in since.out
    assert "Retinol" not in since.out


def test_a_renamed_article_has_no_new_findings(run: Run, texts: Path) -> None:
    git(texts, "mv", "an old ä.md", "a new ö.md")
    for since in (("--diff", "HEAD"), ("--staged",)):
        assert run("check", *since).code == 0
    write(texts / "a new ö.md", OLD + NEW)
    done = run("check", "--diff", "HEAD")
    assert "Aspirin" in done.out
    assert "1 old finding left out" in done.out


def test_a_baseline_follows_a_renamed_article(run: Run, texts: Path) -> None:
    assert run("check", "--write-baseline").code == 0
    (texts / "an old ä.md").rename(texts / "renamed.md")
    assert run("check").code == 0
    write(texts / "renamed.md", OLD + NEW)
    assert run("check").code == 1
    git(texts, "add", "-A")
    assert "Retinol" not in run("check", "--staged").out


def test_a_deleted_article_says_nothing(run: Run, texts: Path) -> None:
    write(texts / "other.md", NEW)
    git(texts, "add", "-A")
    git(texts, "commit", "-qm", "second")
    git(texts, "rm", "-q", "an old ä.md")
    assert run("check", "--staged").code == 0
    assert run("check", "--staged", "texts/an old ä.md").code == 0


def test_what_is_staged_is_checked_though_it_is_gone_from_the_folder(run: Run, texts: Path) -> None:
    write(texts / "new.md", NEW)
    git(texts, "add", "-A")
    (texts / "new.md").unlink()
    for path in ((), ("texts/new.md",)):
        done = run("check", "--staged", *path)
        assert done.code == 1
        assert done.out.startswith("texts/new.md:2:1: EXO101")


def test_an_article_that_is_staged_empty(run: Run, texts: Path) -> None:
    write(texts / "new.md", "\ufeff\r\n")
    git(texts, "add", "-A")
    assert run("check", "--staged").code == 0, "it brings no claim"
    assert run("check", "--staged", "texts/new.md").code == 0
    write(texts / "an old ä.md", "")
    git(texts, "add", "-A")
    done = run("check", "--staged")
    assert (done.code, "an old ä.md: is empty" in done.err) == (2, True), "it has lost its text"


def test_an_article_that_is_not_staged_is_named(run: Run, texts: Path) -> None:
    write(texts / "new.md", NEW)
    done = run("check", "--staged", "texts/new.md", "texts/an old ä.md")
    assert done.code == 2
    assert "texts/new.md: this is not staged" in done.err
    assert run("check", "--staged").code == 0


@pytest.mark.parametrize("setting", ["", 'articles = ["txets/*.md"]\n'])
def test_a_hook_that_would_check_nothing_says_so(run: Run, texts: Path, setting: str) -> None:
    (texts.parent / "exocite.toml").write_text(setting)
    assert run("check", "--staged").code == 2


def test_line_ends_are_no_change(run: Run, texts: Path) -> None:
    path = texts / "an old ä.md"
    write(path, OLD.replace("\n", "\r\n"))
    assert run("check", "--diff", "HEAD").code == 0
    git(texts, "add", "-A")
    assert run("check", "--staged").code == 0


def test_from_a_folder_within(run: Run, texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(texts / "new ü.md", NEW)
    git(texts, "add", "-A")
    monkeypatch.chdir(texts)
    done = run("check", "--staged")
    assert done.code == 1
    assert done.out.startswith("new ü.md:2:1: EXO101")


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
def test_a_name_with_a_line_end(run: Run, texts: Path) -> None:
    write(texts / "two\nlines.md", NEW)
    git(texts, "add", "-A")
    done = run("check", "--staged", "--format", "github")
    assert done.code == 1
    assert done.out.startswith("::error file=texts/two%0Alines.md,line=2,")
    assert len(done.out.splitlines()) == 2


def test_annotations_name_files_from_the_root_of_the_checkout(
    run: Run, texts: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(folder.parent))
    done = run("check", "--format", "github", "--format", "sarif=o.sarif")
    assert done.out.startswith(f"::error file={folder.name}/texts/an old ä.md,")
    log = json.loads((folder / "o.sarif").read_text("utf-8"))
    (location,) = log["runs"][0]["results"][0]["locations"]
    uri = location["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == f"{folder.name}/texts/an%20old%20%C3%A4.md"
    assert run("check", "--format", "text").out.startswith("texts/an old ä.md:3:1")


# --------------------------------------------------------------------------- outputs


def test_the_formats_are_listed(run: Run, folder: Path) -> None:
    done = run("check", "--format", "help")
    assert done.code == 0
    assert [line.split()[0] for line in done.out.splitlines()] == [
        *("text", "json", "github", "gitlab", "sarif", "junit", "rdjson", "markdown", "badge")
    ]


def test_a_file_that_cannot_be_read_does_not_hide_the_rest(run: Run, texts: Path) -> None:
    (texts / "b.md").write_bytes(b"\0\1")
    done = run("check")
    assert done.code == 2
    assert "Retinol" in done.out
    assert "texts/b.md:1: not checked: texts/b.md: is not a text file" in done.out
    assert run("check", "--write-baseline").code == 2
    assert not (texts.parent / "bib" / "baseline.json").exists()


@pytest.mark.parametrize(
    "setting", ['severities = { EXO77 = "error" }', 'per_path_ignore = { "*" = ["EXO1O1"] }']
)
def test_a_code_that_there_is_not_is_refused(run: Run, texts: Path, setting: str) -> None:
    path = texts.parent / "exocite.toml"
    path.write_text(f"{SETTINGS}{setting}\n")
    done = run("check")
    assert done.code == 2
    assert "no rule has a code that begins with 'EXO" in done.err


@pytest.mark.parametrize("codes", ["EXO101 EXO4", "EXO101, EXO4", "EXO4\n  *.txt = EXO1"])
def test_setup_cfg_leaves_codes_out_by_path(run: Run, texts: Path, codes: str) -> None:
    folder = texts.parent
    (folder / "exocite.toml").unlink()
    lines = f"articles = texts/*.md\nignore = EXO2\nper_path_ignore =\n  texts/* = {codes}\n"
    (folder / "setup.cfg").write_text(f"[exocite]\n{lines}")
    assert run("check").code == (0 if "EXO101" in codes else 1)
    assert "setup.cfg" in run("config", "--show").out


def test_an_output_needs_no_project_to_write_to(run: Run, folder: Path) -> None:
    write(folder / "a.md", OLD)
    assert run("check", "a.md", "--format", "json=out/a.json").code == 1
    assert json.loads((folder / "out" / "a.json").read_text("utf-8"))["findings"]
    assert not (folder / "bib").exists()


@pytest.mark.parametrize(
    "file",
    ["texts/an old ä.md", "bib/../texts/an old ä.md", "bib/references.bib", "bib/verdicts.jsonl"],
)
@pytest.mark.parametrize("named", [(), ("texts/an old ä.md",)])
def test_no_output_takes_the_place_of_what_is_checked(
    run: Run, texts: Path, file: str, named: tuple[str, ...]
) -> None:
    done = run("check", *named, "--format", f"json={file}")
    assert (done.code, done.out) == (2, "")
    assert "no output can go there: the check reads it" in done.err
    assert (texts / "an old ä.md").read_text("utf-8") == OLD


def test_two_outputs_need_two_files(run: Run, texts: Path) -> None:
    done = run("check", "--format", "json=o", "--format", "sarif=bib/../o")
    assert done.code == 2
    assert "another format goes there" in done.err


def test_an_output_that_cannot_be_written_does_not_hide_the_others(run: Run, texts: Path) -> None:
    formats = [f"{name}={name}" for name in ("json", "sarif", "junit", "markdown")]
    asked = ["text", "gitlab=bib", *formats, "badge=exocite.toml/b"]
    done = run("check", *(word for one in asked for word in ("--format", one)))
    assert done.code == 2
    assert done.out.startswith("texts/an old ä.md:3:1: EXO101")
    assert all((texts.parent / one.partition("=")[0]).read_text("utf-8") for one in formats)
    assert "bib: this is no regular file" in done.err
    assert "exocite.toml/b: cannot be written" in done.err.replace("\\", "/")


@pytest.mark.parametrize(
    ("broken", "uncited", "outage", "code"),
    [
        (True, True, True, 2),
        (True, False, True, 2),
        (True, False, False, 2),
        (False, True, True, 1),
        (False, True, False, 1),
        (False, False, True, 3),
        (False, False, False, 0),
    ],
)
def test_the_gravest_exit_code_counts(
    run: Run, folder: Path, broken: bool, uncited: bool, outage: bool, code: int
) -> None:
    (folder / "bib").mkdir()
    (folder / "bib" / "references.bib").write_text("@misc{ku2023, doi = {10.5555/1}}\n")
    (folder / "exocite.toml").write_text(f"ignore = {['EXO2', *([] if outage else ['EXO3'])]}\n")
    write(folder / "a.md", OLD if uncited else OLD.replace(".", " [@ku2023]."))
    (folder / "b.md").write_bytes(b"\0" if broken else b"Hello.\n")
    done = run("check", "a.md", "b.md")
    assert done.code == code
    assert ("EXO101" in done.out) is uncited
    assert ("it was never resolved" in done.out) is outage
    assert ("b.md" in done.err) is broken


@pytest.mark.parametrize("before", ["", "the file before\n"])
def test_interrupted_while_a_file_is_written(
    run: Run, texts: Path, monkeypatch: pytest.MonkeyPatch, before: str
) -> None:
    def interrupted(_descriptor: int) -> None:
        raise KeyboardInterrupt

    out = texts.parent / "out"
    if before:
        out.write_text(before)
    monkeypatch.setattr(store.os, "fsync", interrupted)
    done = run("check", "--format", "sarif=out", "--format", "text")
    assert (done.code, done.err.strip()) == (130, "interrupted: what was finished is kept")
    assert (out.read_text() if out.exists() else "") == before
    assert not list(texts.parent.glob(".out*"))


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent in another way there")
def test_interrupted_by_a_signal(folder: Path) -> None:
    sentences = (f"Retinol {n} halves wrinkles in {n} % of patients." for n in range(3000))
    write(folder / "a.md", "\n\n".join(sentences))
    # Once rules are imported, the check is at work.
    script = (
        "import os, signal, sys; from exocite import cli; from exocite.claims import segment; "
        "cut = segment.sentences; "
        "segment.sentences = lambda *a: (os.kill(os.getpid(), signal.SIGINT), cut(*a))[1]; "
        "cli.main(['check', 'a.md', '--format', 'sarif=out', '--format', 'json'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (130, "")
    assert "interrupted" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder / "out").exists()


@pytest.mark.parametrize("format_", ["text", "markdown"])
def test_coverage_is_compared_with_the_baseline(run: Run, texts: Path, format_: str) -> None:
    assert run("check", "--write-baseline").code == 0
    assert "since the baseline" not in run("check", "--format", format_).out
    (texts.parent / "bib" / "references.bib").write_text("@misc{ku2023}")
    write(texts / "an old ä.md", OLD.replace(".", " [@ku2023].") + NEW)
    assert "since the baseline cited +50.0 points" in run("check", "--format", format_).out


# --------------------------------------------------------------------------- the project


def test_the_project_is_that_of_the_article(run: Run, texts: Path, folder: Path) -> None:
    other = folder / "a b ö"
    (other / "bib").mkdir(parents=True)
    (other / "bib" / "references.bib").write_bytes(b"@misc{ku2023, doi = {10.5555/1}}\r\n")
    write(other / "ä.md", "Retinol halves wrinkles in 80 % of patients [@ku2023].\r\n")
    (folder / "exocite.toml").unlink()
    done = run("check", "a b ö/ä.md", "--select", "EXO1")
    assert (done.code, done.out.splitlines()[0]) == (0, "nothing to report")
    (other / "exocite.toml").write_text("cited = 90\nsupported = 50\n")
    done = run("check", "a b ö/ä.md", "--select", "EXO104")
    assert "0.0 % of 1 claims are supported; 50 % are asked for" in done.out
    assert "cited" in run("claims", "a b ö/ä.md").out
    both = run("check", "a b ö/ä.md", "texts/an old ä.md")
    assert both.code == 2
    assert "of more than one project: . and a b ö" in both.err


@pytest.mark.skipif(sys.platform == "win32", reason="links cannot be made by everybody there")
@pytest.mark.parametrize("command", ["check", "claims", "link", "report"])
def test_a_loop_of_links_is_no_article(run: Run, folder: Path, command: str) -> None:
    (folder / "a").symlink_to("b")
    (folder / "b").symlink_to("a")
    assert run(command, "a/x.md").code == 2
    assert run(command, "a").code == 2


def test_what_a_repository_brings_along_hides_nothing(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.md").write_text(OLD, encoding="utf-8")
    assert run("check", "a.md").code == 1
    (entry,) = (folder / ".exocite").glob("*/articles/*.json")
    # As somebody prepares it: a whole entry of the very bytes, with the sum of what it says.
    _, told, numbers = entry.read_bytes().split(b"\n", 2)
    said = json.loads(told)
    said["claims"] = None
    said["blocks"] = [[0, 0] for _ in said["blocks"]]
    said["runs"] = [[0, 0] for _ in said["runs"]]
    body = json.dumps(said).encode() + b"\n" + numbers
    entry.write_bytes(sha256(body).hexdigest().encode() + b"\n" + body)
    assert run("check", "a.md").code == 0, "the forgery would hide the claim"
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "another user"))
    for old in (folder / ".exocite" / "articles", folder / ".exocite"):
        old.mkdir(exist_ok=True)
        (old / entry.name).write_bytes(entry.read_bytes())
    assert run("check", "a.md").code == 1


@pytest.mark.slow
def test_one_process_and_eight_write_the_same_bytes(texts: Path, folder: Path) -> None:
    write(texts / "new.md", OLD + NEW + LATER)
    names = ("text", "json", "sarif", "junit")

    def begun(number: int) -> subprocess.Popen[bytes]:
        asked = [f"--format={name}=out{number}/{name}" for name in names]
        program = [sys.executable, "-m", "exocite", "check", *asked]
        return subprocess.Popen(program, cwd=folder)

    assert begun(0).wait(60) == 1
    assert [one.wait(60) for one in [begun(number) for number in range(1, 9)]] == [1] * 8
    for name in names:
        assert len({(folder / f"out{number}" / name).read_bytes() for number in range(9)}) == 1
