"""Settings: precedence, origins, and errors that name the place and the nearest right word."""

from __future__ import annotations

from pathlib import Path

import pytest

from exocite.config import SETTINGS, load
from exocite.errors import ConfigurationError
from exocite.model import Severity


def test_defaults_without_any_file(tmp_path: Path) -> None:
    settings = load(tmp_path, {})
    assert settings.root == tmp_path
    assert settings["crossref_url"] == "https://api.crossref.org"
    assert {value.origin for value in settings.values.values()} == {"default"}


def test_flag_over_environment_over_file_over_default(tmp_path: Path) -> None:
    (tmp_path / "exocite.toml").write_text('mailto = "file@example.org"\ntimeout = 3\n', "utf-8")
    environment = {"EXOCITE_MAILTO": "env@example.org", "EXOCITE_STYLE": "mla"}
    settings = load(tmp_path, environment, {"style": "ieee", "suggestions": None})
    assert (settings["mailto"], settings.values["mailto"].origin) == (
        "env@example.org",
        "EXOCITE_MAILTO",
    )
    assert (settings["timeout"], settings.values["timeout"].origin) == (3.0, "exocite.toml")
    assert (settings["style"], settings.values["style"].origin) == ("ieee", "flag")
    assert settings.values["suggestions"].origin == "default"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("exocite.toml", 'select = ["EXO1", "EXO3"]'),
        ("pyproject.toml", '[tool.exocite]\nselect = ["EXO1", "EXO3"]'),
        ("setup.cfg", "[exocite]\nselect = EXO1, EXO3"),
        ("setup.cfg", "[exocite]\nselect =\n    EXO1\n    EXO3"),
    ],
)
def test_every_file_is_read_from_a_folder_below(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    settings = load(below, {})
    assert settings.root == tmp_path
    assert settings["select"] == ("EXO1", "EXO3")


def test_a_bibliography_marks_the_root_too(tmp_path: Path) -> None:
    (tmp_path / "bib").mkdir()
    (tmp_path / "bib" / "references.bib").touch()
    (tmp_path / "text").mkdir()
    assert load(tmp_path / "text", {}).root == tmp_path


def test_files_of_other_tools_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.other]\nx = 1", "utf-8")
    (tmp_path / "setup.cfg").write_text("[metadata]\nname = x", "utf-8")
    assert load(tmp_path, {}).values["style"].origin == "default"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("mailt = 'a@b.org'", "unknown setting 'mailt'", "did you mean mailto?"),
        ("zzz = 1", "unknown setting 'zzz'", "settings are"),
        ("timeout = 'soon'", "timeout is 'soon'", "a number"),
        ("timeout = -1", "timeout is -1", "from 0 up"),
        ("suggestions = 1.5", "suggestions is 1.5", "whole number"),
        ("claim_threshold = 2", "claim_threshold is 2", "0 to 1"),
        ('claim_threshold = "lax"', "claim_threshold is 'lax'", "one of strict, news, science"),
        ("claim_threshold = true", "claim_threshold is True", "one of strict, news, science"),
        ("operating_point = 0.85", "operating_point is 0.85", "one of 0."),
        ("threads = 65", "threads is 65", "a whole number from 1 to 64"),
        ("threads = 0", "threads is 0", "a whole number"),
        ('mode = "fast"', "mode is 'fast'", "one of core, semantic"),
        ('verify = "always"', "verify is 'always'", "one of auto, on, off"),
        ("verify = 1", "verify is 1", "a text"),
        ("operating_point = true", "operating_point is True", "one of 0."),
        ("abstracts = 'perhaps'", "abstracts is 'perhaps'", "true or false"),
        ("crossref_url = 'ftp://x'", "crossref_url is", "http"),
        ("mailto = 'nobody'", "mailto is 'nobody'", "e-mail"),
        ("select = 3", "select is 3", "list"),
        ("style = 3", "style is 3", "text"),
        ("style = ", "not valid TOML", ""),
    ],
)
def test_errors_name_the_place(tmp_path: Path, text: str, message: str, hint: str) -> None:
    (tmp_path / "exocite.toml").write_text(text, "utf-8")
    with pytest.raises(ConfigurationError) as error:
        load(tmp_path, {})
    assert "exocite.toml" in error.value.message
    assert message in error.value.message
    assert hint in error.value.hint


def test_an_environment_error_names_the_variable(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="EXOCITE_TIMEOUT is 'x'"):
        load(tmp_path, {"EXOCITE_TIMEOUT": "x"})


def test_every_setting_has_a_meaning() -> None:
    assert all(setting.meaning and setting.name.islower() for setting in SETTINGS)


@pytest.mark.parametrize(
    ("written", "value"), [("true", "on"), ("false", "off"), ('"auto"', "auto"), ('" on "', "on")]
)
def test_verify_is_a_word_or_a_truth(tmp_path: Path, written: str, value: str) -> None:
    (tmp_path / "exocite.toml").write_text(f"verify = {written}\n", "utf-8")
    assert load(tmp_path, {})["verify"] == value
    assert load(tmp_path, {}, {"verify": False})["verify"] == "off"


@pytest.mark.parametrize("written", ["0.9", "'0.90'", '" 0.9 "', "0.900"])
def test_an_operating_point_is_known_by_its_number(tmp_path: Path, written: str) -> None:
    (tmp_path / "exocite.toml").write_text(f"operating_point = {written}\n", "utf-8")
    assert load(tmp_path, {}).policy.operating_point == "0.90"


@pytest.mark.parametrize(
    ("written", "value"), [('"strict"', "strict"), ('" science "', "science"), ('"0.4"', 0.4)]
)
def test_a_claim_threshold_is_a_number_or_a_profile(
    tmp_path: Path, written: str, value: object
) -> None:
    (tmp_path / "exocite.toml").write_text(f"claim_threshold = {written}", "utf-8")
    assert load(tmp_path, {}).policy.claim_threshold == value


@pytest.mark.parametrize("name", ["EXOCITE_CITD", "EXOCITE_SEVERITYS", "EXOCITE_REVIEWER"])
def test_a_variable_with_a_slip_in_its_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigurationError, match=f"unknown setting {name}") as error:
        load(tmp_path, {name: "2"})
    assert error.value.hint.startswith("did you mean EXOCITE_")


def test_variables_of_others_are_let_be(tmp_path: Path) -> None:
    load(tmp_path, {"EXOCITE_ACTION_ARTICLES": "a.md", "EXOCITE_HOME": "/x", "EXOCITE_CITD": ""})


def test_the_project_of_articles_counts_before_that_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "exocite.toml").touch()
    below = tmp_path / "one"
    (below / "bib").mkdir(parents=True)
    (below / "bib" / "references.bib").touch()
    assert load(tmp_path, {}, articles=["one/a.md", "one/b/../c.md"]).root == below
    assert load(tmp_path, {}, articles=["a.md"]).root == tmp_path
    assert load(below, {}, articles=["../a.md"]).root == tmp_path
    assert load(below, {}, articles=[]).root == below


BY_PATH = '[per_path."drafts/*"]\ncited = 10\nfull-text = true\nseverities = { EXO101 = "info" }\n'


def test_settings_of_some_paths(tmp_path: Path) -> None:
    (tmp_path / "exocite.toml").write_text(f"cited = 90\nignore = ['EXO2']\n{BY_PATH}", "utf-8")
    policy = load(tmp_path, {}).policy
    assert (policy.of("a.md").cited, policy.of("drafts/a.md").cited) == (90, 10)
    assert policy.of("drafts/a.md").full_text
    assert policy.of("drafts/a.md").severity("EXO101", Severity.ERROR) is Severity.INFO
    assert policy.of("drafts/a.md").ignore == ("EXO2",)
    assert policy.of("a.md") is policy


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("citd = 10", "'citd' is none: did you mean cited?"),
        ("mailto = 'a@b'", "'mailto' is none: there can be ignore, severities"),
        ("cited = 101", "cited must be a number from 0 to 100"),
        ("per_path = {}", "'per_path' is none"),
    ],
)
def test_a_wrong_setting_of_a_path_is_named(tmp_path: Path, line: str, hint: str) -> None:
    (tmp_path / "exocite.toml").write_text(f'[per_path."*.md"]\n{line}\n', "utf-8")
    with pytest.raises(ConfigurationError) as error:
        load(tmp_path, {})
    assert hint in error.value.hint


def test_settings_of_paths_are_tables(tmp_path: Path) -> None:
    (tmp_path / "setup.cfg").write_text("[exocite]\nper_path = drafts/* = 3\n", "utf-8")
    with pytest.raises(ConfigurationError, match="per_path") as error:
        load(tmp_path, {})
    assert '[per_path."drafts/*"] in TOML' in error.value.hint
    assert "[exocite:per_path:drafts/*]" in error.value.hint


def test_settings_of_paths_are_sections_of_setup_cfg(tmp_path: Path) -> None:
    (tmp_path / "setup.cfg").write_text(
        "[DEFAULT]\nx = 1\n[exocite]\ncited = 90\n[exocite:per_path:drafts/*]\ncited = 10\n"
        "full-text = yes\nseverities =\n    EXO101 = info\n"
        "[exocite:per_path: [ab].md]\ncited = 5\n",
        "utf-8",
    )
    policy = load(tmp_path, {}).policy
    assert [policy.of(name).cited for name in ("c.md", "drafts/c.md", "a.md")] == [90, 10, 5]
    assert policy.of("drafts/c.md").full_text
    assert policy.of("drafts/c.md").severity("EXO101", Severity.ERROR) is Severity.INFO


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("setup.cfg", "[exocite]\nstyle = a\nstyle = b\n", "cfg:3: style is set twice"),
        ("setup.cfg", "[exocite]\n[x]\n[exocite]\n", "cfg:3: [exocite] stands twice"),
        ("setup.cfg", "# [exocite]\nstyle = a\n", "cfg:2: this stands before"),
        ("setup.cfg", "[exocite]\n\nstyle\n", "cfg:3: this is no [section]"),
        ("setup.cfg", "[exocite:drafts]\ncited = 3\n", "unknown section [exocite:drafts]"),
        ("setup.cfg", "[exocite]\n\xff = 3\n", "cfg:2: not UTF-8"),
        ("exocite.toml", "style = 'a'\nstyle = 'b'\n", "toml:2:12: not valid TOML: Cannot"),
        ("exocite.toml", "# \xff\n", "toml:1: not UTF-8"),
        ("exocite.toml", "a = " + "[" * 9000, "nested too deep"),
        ("exocite.toml", "timeout = " + "9" * 5000, "not valid TOML: Exceeds the limit"),
        ("exocite.toml", "timeout = " + "9" * 400, "timeout is 999"),
        ("exocite.toml", "timeout = 0", "timeout is 0"),
        ("exocite.toml", "deadline = 0.0", "deadline is 0.0"),
        ("exocite.toml", "severities = { EXO = ['error'] }", "severities is"),
        ("exocite.toml", "bibliography = ' '", "bibliography is ' '"),
        ("exocite.toml", 'models = "a\\u0000b"', "models is"),
    ],
)
def test_a_broken_file_is_told_with_its_place(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    (tmp_path / name).write_bytes(text.encode("latin-1"))
    with pytest.raises(ConfigurationError) as error:
        load(tmp_path, {})
    assert message in error.value.message
    assert "hashable" not in error.value.hint


@pytest.mark.parametrize(
    ("name", "text"),
    [("exocite.toml", "style = 'mla'\r\n"), ("setup.cfg", "[exocite]\r\nstyle = mla\r\n")],
)
def test_a_file_of_windows_is_read(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert load(tmp_path, {})["style"] == "mla"


@pytest.mark.parametrize("name", ["pyproject.toml", "setup.cfg"])
def test_a_broken_file_of_others_alone_is_not_ours_to_tell(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"[tool.other\nx\n")
    assert load(tmp_path, {}).values["style"].origin == "default"


def test_projects_on_two_drives_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def two_drives(path: object, start: object) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "exocite.toml").touch()
    monkeypatch.setattr("os.path.relpath", two_drives)
    with pytest.raises(ConfigurationError, match="more than one project"):
        load(tmp_path, {}, articles=["one/a.md", "two/a.md"])
