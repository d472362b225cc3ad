"""Files that an article takes in: each read once, and none outside the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from exocite import config
from exocite.project import Project
from exocite.project.reading import with_parts


def project(folder: Path) -> Project:
    return Project(config.load(folder, {}))


def test_parts_are_followed_once(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    main = tmp_path / "main.tex"
    main.write_text("\\input{parts/one} \\include{two}\\input{parts/one.tex}", "utf-8")
    (tmp_path / "parts" / "one.tex").write_text("\\input{deep} \\input{main}", "utf-8")
    (tmp_path / "parts" / "deep.tex").write_text("Skin \\input{parts/one}", "utf-8")
    (tmp_path / "two.tex").write_text("Skin \\input{two}", "utf-8")
    paths, missing = with_parts(project(tmp_path), [str(main), str(tmp_path / "two.tex")])
    assert [Path(path).name for path in paths] == ["main.tex", "one.tex", "two.tex", "deep.tex"]
    assert missing == ()


def test_what_is_not_followed_says_why(tmp_path: Path) -> None:
    inside = tmp_path / "project"
    inside.mkdir()
    (tmp_path / "outside.tex").write_text("Secret", "utf-8")
    (inside / "bad.tex").write_bytes(b"\xff\xfe\xff")
    main = inside / "main.tex"
    main.write_text(
        "\\input{../outside}\n\\input{/etc/passwd}\n\\input{gone}\n\\input{bad}\n"
        "\\input{data.csv}\n\\input{" + "x" * 400 + "}",
        "utf-8",
    )
    paths, missing = with_parts(project(inside), [str(main)])
    assert [Path(path).name for path in paths] == ["main.tex", "bad.tex"]
    told = [
        (one.subject[-12:], one.reason, one.line) for one in missing if "bad" not in one.subject
    ]
    assert told == [
        ("/outside.tex", "it lies outside the project's folder", 1),
        ("c/passwd.tex", "it lies outside the project's folder", 2),
        ("gone.tex", "there is no such file", 3),
        ("xxxxxxxx.tex", "there is no such file", 6),
    ]
    (bad,) = (one for one in missing if "bad" in one.subject)
    assert "UTF-" in bad.reason or "NUL" in bad.reason


def test_a_link_out_of_the_project_is_not_followed(tmp_path: Path) -> None:
    inside = tmp_path / "project"
    inside.mkdir()
    (tmp_path / "outside.tex").write_text("Secret", "utf-8")
    try:
        (inside / "link.tex").symlink_to(tmp_path / "outside.tex")
    except OSError:
        pytest.skip("links cannot be made here")
    (inside / "main.tex").write_text("\\input{link}", "utf-8")
    paths, (missing,) = with_parts(project(inside), [str(inside / "main.tex")])
    assert len(paths) == 1
    assert missing.reason == "it lies outside the project's folder"


def test_an_article_that_cannot_be_read_stays(tmp_path: Path) -> None:
    gone = str(tmp_path / "gone.tex")
    assert with_parts(project(tmp_path), [gone]) == ((gone,), ())
