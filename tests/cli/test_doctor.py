"""exocite doctor: what it says, what it writes, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from exocite.project import project as projects
from tests.cli.conftest import Run

ILL = """\
% mine
@article{ku2023,
  author = {Ku, Ying},
  title  = {The DNA &amp; the wall},
  journal = {Walls},
  year = 2023,
  pages = {12-15}
}

@misc{other2020, note = {a}, year = {98}}
"""


@pytest.fixture
def bib(folder: Path) -> Path:
    path = folder / "bib" / "references.bib"
    path.parent.mkdir()
    path.write_bytes(ILL.encode())
    return path


def test_it_looks_and_writes_nothing(run: Run, bib: Path) -> None:
    result = run("doctor")
    assert result.code == 1
    assert bib.read_bytes() == ILL.encode()
    assert "bib/references.bib:7:12 info pages-hyphen ku2023 pages 12-15:" in result.out
    assert "  fix: {12-15} → {12--15}" in result.out
    assert result.out.splitlines()[-1].startswith("4 findings in bib/references.bib, 3 of which")


def test_diff_shows_what_fix_would_do_and_fix_does_it(run: Run, bib: Path) -> None:
    shown = run("doctor", "--select", "pages", "--diff")
    assert "-  pages = {12-15}\n+  pages = {12--15}\n" in shown.out
    assert "@@" in shown.out
    assert bib.read_bytes() == ILL.encode()
    done = run("doctor", "--select", "pages", "--fix")
    assert done.code == 0
    assert done.out.splitlines()[-1] == "1 fix made in bib/references.bib; 0 findings left"
    assert bib.read_bytes() == ILL.replace("12-15", "12--15").encode()
    assert run("doctor", "--select", "pages").code == 0


def test_fix_leaves_what_a_person_has_to_decide(run: Run, bib: Path) -> None:
    done = run("doctor", "--fix")
    assert done.code == 1
    assert "year-malformed" in done.out
    once = bib.read_bytes()
    assert run("doctor", "--fix").out.splitlines()[-1].startswith("0 fixes made")
    assert bib.read_bytes() == once


def test_json_says_the_same(run: Run, bib: Path) -> None:
    said: dict[str, Any] = json.loads(run("doctor", "--json").out)
    assert (said["schema"], said["model"], said["written"]) == ("exocite.doctor/1", "bibtex", False)
    pages = next(one for one in said["findings"] if one["code"] == "pages-hyphen")
    assert (pages["line"], pages["column"], pages["field"]) == (7, 12, "pages")
    assert pages["fix"] == {"before": "{12-15}", "after": "{12--15}"}
    fixed: dict[str, Any] = json.loads(run("doctor", "--json", "--fix").out)
    assert (fixed["written"], fixed["fixed"]) == (True, 3)
    assert [one["code"] for one in fixed["findings"]] == ["year-malformed"]


def test_keys_and_codes_choose(run: Run, bib: Path) -> None:
    assert run("doctor", "other2020", "--select", "html,title").code == 0
    assert "year-malformed" in run("doctor", "other2020").out
    wrong = run("doctor", "othr2020")
    assert (wrong.code, "other2020" in wrong.err) == (2, True)
    wrong = run("doctor", "--select", "pagse")
    assert (wrong.code, "pages" in wrong.err) == (2, True)


def test_a_file_that_is_well_ends_with_0_and_a_broken_one_with_2(run: Run, bib: Path) -> None:
    bib.write_text("@misc{a, note = {b}}\n", encoding="utf-8")
    result = run("doctor")
    assert (result.code, result.out) == (0, "0 findings in bib/references.bib\n")
    bib.write_text("@misc{a, note = {b}\n@misc{c, note = {d}}\n", encoding="utf-8")
    assert run("doctor").code == 2


def test_what_the_file_holds_cannot_speak_to_the_terminal(run: Run, bib: Path) -> None:
    bib.write_text("@misc{k\x1b[31m, month = {May},\n year = {\x1b]0;x\x07}}\n", encoding="utf-8")
    for arguments in (["doctor"], ["doctor", "--diff"], ["doctor", "--json"]):
        assert "\x1b" not in run(*arguments).out


def test_a_file_that_changed_meanwhile_is_not_overwritten(
    run: Run, bib: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = projects.Project.save

    def late(project: projects.Project) -> None:
        bib.write_bytes(ILL.encode() + b"% theirs\n")
        save(project)

    monkeypatch.setattr(projects.Project, "save", late)
    result = run("doctor", "--fix")
    assert result.code == 2
    assert bib.read_bytes().endswith(b"% theirs\n")


def test_the_model_can_be_named(run: Run, bib: Path) -> None:
    bib.write_text("@misc{a, note = {b}}\n", encoding="utf-8")
    assert run("doctor").code == 0
    assert "which biblatex asks for" in run("doctor", "--data-model", "biblatex").out
    wrong = run("doctor", "--data-model", "amsrefs")
    assert (wrong.code, "bibtex" in wrong.err) == (2, True)


def test_tidying_is_shown_first(run: Run, bib: Path) -> None:
    bib.write_bytes(b"@misc{b}\r\n@misc{a}\r\n")
    shown = run("doctor", "--tidy", "sort")
    assert shown.code == 1
    assert "+@misc{a}\n @misc{b}\n-@misc{a}\n" in shown.out
    assert bib.read_bytes() == b"@misc{b}\r\n@misc{a}\r\n"
    assert run("doctor", "--tidy", "sort", "--fix").code == 0
    assert bib.read_bytes() == b"@misc{a}\r\n@misc{b}\r\n"
    assert run("doctor", "--tidy", "sort").code == 0
    assert run("doctor", "--tidy", "srot").code == 2
    assert run("doctor", "--tidy", "sort", "--select", "pages").code == 2
    assert json.loads(run("doctor", "--tidy", "order", "--json").out)["diff"] == []


def test_keys_are_proposed_after_the_pattern(run: Run, bib: Path, folder: Path) -> None:
    (folder / "exocite.toml").write_text('citekey = "{author:title}:{year:2}"\n', encoding="utf-8")
    shown = run("doctor", "--rename-keys")
    assert shown.code == 1
    assert "ku2023 → Ku:23" in shown.out
    assert bib.read_bytes() == ILL.encode()
    (folder / "exocite.toml").write_text('citekey = "{auther}"\n', encoding="utf-8")
    wrong = run("doctor")
    assert (wrong.code, "{author}" in wrong.err) == (2, True)


def test_add_makes_keys_after_the_pattern(run: Run, bib: Path, folder: Path, article: Path) -> None:
    (folder / "exocite.toml").write_text('citekey = "{authors:title}{year:2}"\n', encoding="utf-8")
    assert run("add", "--from-article", str(article)).code == 0
    assert b"OkaforBrandt21," in bib.read_bytes()


def test_notes_alone_fail_only_where_they_are_asked_for(run: Run, bib: Path) -> None:
    bib.write_text("@misc{ku2023, title = {Skin}, pages = {12-15}, year = 2023}\n")
    shown = run("doctor")
    assert (shown.code, " info pages-hyphen " in shown.out) == (0, True)
    assert " warning " not in shown.out
    assert run("doctor", "--select", "pages").code == 1
