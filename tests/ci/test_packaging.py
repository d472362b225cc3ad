"""The files that bring the gate into CI: what they name exists, and their commands run."""

from __future__ import annotations

import configparser
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import venv
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import pytest

from exocite.cli import COMMANDS
from exocite.formats import FORMATS
from exocite.readers import READERS

yaml = pytest.importorskip("yaml")

ROOT = Path(__file__).parents[2]
BASH = shutil.which("bash")
needs_bash = pytest.mark.skipif(BASH is None or os.name == "nt", reason="there is no bash here")
CITED = "# Skin\n\nRetinol halves wrinkles in 80 % of patients [@ku2023].\n"
BARE = "# Skin\n\nRetinol halves wrinkles in 80 % of patients.\n"
MORE = "\nAspirin cut strokes by 25 % in the trial.\n"


def load(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def options(name: str) -> set[str]:
    command = import_module(f"exocite.cli.{name}_command").command
    assert isinstance(command, click.Command)
    return {flag for parameter in command.params for flag in parameter.opts} | {"--"}


def assert_known(line: str) -> None:
    """Assert that a command line names a command, options and formats that there are."""
    program, name, *words = shlex.split(line)
    assert (program, name in COMMANDS) == ("exocite", True), line
    assert {word for word in words if word.startswith("-")} <= options(name), line
    asked = [words[at + 1] for at, word in enumerate(words) if word == "--format"]
    assert {one.partition("=")[0] for one in asked} <= {"help", *(one.name for one in FORMATS)}, (
        line
    )


def blocks(language: str) -> list[str]:
    """The pieces of docs/ci.md in a language, "" for those that are indented."""
    text = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    if language:
        return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    return list(re.findall(r"^ {4}(exocite .*)", text, re.MULTILINE))


def git(folder: Path, *words: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with an article, named with a space, that has one old finding."""
    folder = tmp_path / "a repository"
    (folder / "bib").mkdir(parents=True)
    (folder / "bib" / "references.bib").write_text("@misc{ku2023, doi = {10.5555/1}}\n")
    (folder / "exocite.toml").write_text('ignore = ["EXO2", "EXO3"]\n')
    (folder / "an article.md").write_text(BARE)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "first")
    return folder


def environment(folder: Path) -> dict[str, str]:
    """The environment of a program that finds this exocite and calls it by its name."""
    programs = folder / "programs"
    if not programs.is_dir():
        programs.mkdir()
        script = programs / "exocite"
        script.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m exocite "$@"\n')
        script.chmod(0o755)
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}


# --------------------------------------------------------------------------- GitHub


@dataclass(frozen=True)
class Step:
    """How a step of the action ended, and what it wrote."""

    code: int
    out: str
    summary: str
    output: dict[str, str]


def step(folder: Path, where: Path, articles: str = "", arguments: str = "") -> Step:
    """Run the action's step `check` as a runner does."""
    (check,) = [one for one in load("action.yml")["runs"]["steps"] if one.get("id") == "check"]
    summary, output = folder / "summary", folder / "output"
    temporary = folder / "runner temp"
    temporary.mkdir(exist_ok=True)
    for path in (summary, output):
        path.write_text("")
    told = {
        "EXOCITE_ACTION_ARTICLES": articles,
        "EXOCITE_ACTION_ARGUMENTS": arguments,
        "GITHUB_STEP_SUMMARY": str(summary),
        "GITHUB_OUTPUT": str(output),
        "GITHUB_WORKSPACE": str(where),
        "RUNNER_TEMP": str(temporary),
    }
    assert set(check["env"]) < set(told)
    done = subprocess.run(
        [str(BASH), "--noprofile", "--norc", "-eo", "pipefail", "-c", check["run"]],
        cwd=where,
        env=environment(folder) | told,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    pairs = (line.partition("=") for line in output.read_text().splitlines())
    told_back = {name: value for name, _, value in pairs}
    assert "Traceback" not in done.stderr
    return Step(done.returncode, done.stdout, summary.read_text("utf-8"), told_back)


def test_the_action_names_inputs_and_steps_that_there_are() -> None:
    action = load("action.yml")
    assert action["runs"]["using"] == "composite"
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"inputs\.(\w+)", text)) == set(action["inputs"])
    named = {one["id"] for one in action["runs"]["steps"] if "id" in one}
    assert set(re.findall(r"steps\.(\w+)\.outputs", text)) == named
    for one in action["runs"]["steps"]:
        assert ("uses" in one) != ("run" in one)
        assert "shell" in one or "uses" in one
        # A value that somebody wrote in an issue must never become part of a script.
        assert "${{" not in one.get("run", "")


def assert_fits(schema: str, path: Path, *more: str) -> None:
    """Assert that a file is what the server's own schema asks for."""
    words = (sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}")
    done = subprocess.run([*words, *more, str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_action_fits_the_schema_of_actions() -> None:
    assert_fits("github-actions", ROOT / "action.yml")


@needs_bash
def test_the_action_reports_annotates_and_summarises(project: Path, tmp_path: Path) -> None:
    done = step(tmp_path, project, "an article.md\n")
    assert done.code == 1
    assert done.out.startswith("::error file=an article.md,line=3,")
    assert done.summary.startswith("## exocite: 1 error\n")
    assert done.output == {"sarif": "true", "code": "1"}
    log = json.loads((tmp_path / "runner temp" / "exocite.sarif").read_text("utf-8"))
    assert len(log["runs"][0]["results"]) == 1


@needs_bash
@pytest.mark.parametrize(
    ("articles", "arguments", "code", "head"),
    [
        ("an article.md", "--diff\nHEAD\n--select EXO1", 0, "## exocite: nothing to report"),
        ("an article.md\n\nnone.md", "", 2, "## exocite: 1 error, 1 not checked"),
        ("an article.md", "--nonsense", 2, "## exocite: nothing was checked"),
        ("an article.md", "--diff nowhere", 2, "## exocite: nothing was checked"),
        ("", "", 2, "## exocite: nothing was checked"),
    ],
)
def test_the_action_keeps_the_exit_code(
    project: Path, tmp_path: Path, articles: str, arguments: str, code: int, head: str
) -> None:
    (tmp_path / "runner temp").mkdir()
    for name in ("exocite.md", "exocite.sarif"):  # As an earlier step of the job leaves them.
        (tmp_path / "runner temp" / name).write_text("of another run")
    done = step(tmp_path, project, articles, arguments)
    assert (done.code, done.output["code"]) == (code, str(code))
    assert done.summary.startswith(head)
    assert done.output.get("sarif") == (None if "nothing was" in head else "true")


@needs_bash
def test_the_action_ends_with_3_where_something_was_not_checked(
    project: Path, tmp_path: Path
) -> None:
    (project / "exocite.toml").write_text('ignore = ["EXO2"]\n')
    (project / "an article.md").write_text(CITED)
    done = step(tmp_path, project, "an article.md")
    assert done.code == 3
    assert "::notice file=bib/references.bib" in done.out


# --------------------------------------------------------------------------- pre-commit


HOOKS = load(".pre-commit-hooks.yaml")


def test_the_hooks_are_what_pre_commit_takes(project: Path) -> None:
    done = pre_commit(project, "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml"))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: str(hook["id"]))
def test_the_hooks_name_what_there_is(hook: dict[str, Any]) -> None:
    assert_known(hook["entry"])
    assert {"id", "name", "entry", "language"} <= set(hook)


def test_the_hook_is_given_articles_alone() -> None:
    taken = re.compile(HOOKS[0]["files"])
    suffixes = {suffix for reader in READERS for suffix in reader.suffixes}
    # A key, a program's data and a figure are more often what these hold than an article.
    left_out = {".asc", ".xml", ".pdf", ".mdown", ".mkd", ".latex", ".docm", ".asciidoc"}
    assert all(taken.search(f"texts/a{suffix}") for suffix in suffixes - left_out)
    assert taken.search("A.MD")
    for name in ("bib/references.bib", "key.asc", "pom.xml", "figure.pdf", "a.py", "md"):
        assert not taken.search(name)


def pre_commit(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    program = shutil.which("pre-commit")
    if program is None:
        pytest.skip("pre-commit is not installed")
    return subprocess.run(
        [program, *words],
        cwd=folder,
        env=environment(folder.parent),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@needs_bash
def test_pre_commit_runs_the_hooks(project: Path) -> None:
    local = [{**hook, "language": "system"} for hook in HOOKS]
    config = {"repos": [{"repo": "local", "hooks": local}]}
    (project / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    settings = project / "exocite.toml"
    settings.write_text(settings.read_text() + 'articles = ["*.md"]\n')
    git(project, "add", "-A")
    quiet = pre_commit(project, "run")
    assert quiet.returncode == 0, quiet.stdout + quiet.stderr
    article = project / "an article.md"
    article.write_text(BARE + MORE)
    git(project, "add", "-A")
    article.write_text(BARE + MORE + MORE.replace("Aspirin", "Coffee"))
    loud = pre_commit(project, "run")
    assert loud.returncode == 1
    assert loud.stdout.count("EXO101") == len(HOOKS)
    assert "Aspirin" in loud.stdout
    assert "Coffee" not in loud.stdout
    assert "Coffee" in article.read_text()


@pytest.mark.slow
@needs_bash
def test_pre_commit_installs_the_hook_from_this_checkout(project: Path) -> None:
    (project / "an article.md").write_text(BARE + MORE)
    git(project, "add", "-A")
    words = ("try-repo", str(ROOT), "exocite-check", "--files", "an article.md")
    done = pre_commit(project, *words)
    if "InstallationError" in done.stdout or "pip" in done.stdout + done.stderr:
        pytest.skip("pre-commit could not install exocite: is there a package index?")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Aspirin" in done.stdout


# --------------------------------------------------------------------------- docs/ci.md, GitLab


@pytest.mark.parametrize("line", blocks(""))
def test_the_commands_of_the_page_are_understood(line: str) -> None:
    assert_known(line.partition("#")[0])


def test_the_examples_of_the_page_parse() -> None:
    from exocite.config import SETTINGS

    names = {setting.name for setting in SETTINGS}
    for text in blocks("toml"):
        assert set(tomllib.loads(text)) <= names
    documents = [yaml.safe_load(text) for text in blocks("yaml")]
    hooks = [h["id"] for d in documents for r in d.get("repos", ()) for h in r["hooks"]]
    assert hooks
    assert set(hooks) <= {hook["id"] for hook in HOOKS}
    inputs = set(load("action.yml")["inputs"])
    used = [s for d in documents for s in d.get("steps", ()) if "exocite" in s.get("uses", "")]
    assert used
    assert all(set(one.get("with", {})) <= inputs for one in used)


def test_the_job_for_gitlab_fits_its_schema(tmp_path: Path) -> None:
    (text,) = [t for t in blocks("yaml") if "exocite" in yaml.safe_load(t)]
    (tmp_path / "gitlab-ci.yml").write_text(text, encoding="utf-8")
    assert_fits("gitlab-ci", tmp_path / "gitlab-ci.yml", "--data-transform", "gitlab-ci")


@needs_bash
def test_the_job_for_gitlab_runs(project: Path, tmp_path: Path) -> None:
    (job,) = [d["exocite"] for t in blocks("yaml") if "exocite" in (d := yaml.safe_load(t))]
    settings = project / "exocite.toml"
    settings.write_text(settings.read_text() + 'articles = ["*.md"]\n')
    commands = [line for line in job["script"] if line.startswith("exocite ")]
    assert commands
    for line in commands:
        assert_known(line)
    done = subprocess.run(
        [str(BASH), "-c", "\n".join(commands)],
        cwd=project,
        env=environment(tmp_path) | {"CI_PROJECT_DIR": str(project)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert "EXO101" in done.stdout
    for path in job["artifacts"]["reports"].values():
        assert "EXO101" in (project / path).read_text("utf-8")


# --------------------------------------------------------------------------- the container


def test_the_container_installs_and_calls_what_there_is() -> None:
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    (extra,) = re.findall(r"'/src\[(\w+)\]'", text)
    assert extra in setup["options.extras_require"]
    (entry,) = re.findall(r"^ENTRYPOINT (.*)", text, re.MULTILINE)
    assert f"{json.loads(entry)[0]} = " in setup["options.entry_points"]["console_scripts"]
    (command,) = re.findall(r"^CMD (.*)", text, re.MULTILINE)
    assert json.loads(command)[0] in COMMANDS
    assert " git" in text  # --diff and --staged ask it.


def instructions() -> list[tuple[str, str]]:
    """The Containerfile's instructions: name and words, lines that go on put together."""
    text = (ROOT / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = (line.strip() for line in text.splitlines())
    return [
        (name, words)
        for line in lines
        if line and not line.startswith("#")
        for name, _, words in [line.partition(" ")]
    ]


def test_the_container_is_made_of_what_a_builder_knows() -> None:
    names = [name for name, _ in instructions()]
    assert names[0] == "FROM"
    assert set(names) <= {"FROM", "RUN", "COPY", "WORKDIR", "ENTRYPOINT", "CMD"}
    assert names.count("ENTRYPOINT") == names.count("CMD") == 1
    ignored = (ROOT / ".containerignore").read_text(encoding="utf-8").split()
    assert ".git" in ignored


@pytest.mark.slow
@needs_bash
def test_what_the_container_runs_makes_a_program_that_checks(project: Path, tmp_path: Path) -> None:
    """The steps but for the system's packages, in a virtual environment instead of a container."""
    place = tmp_path / "container"
    venv.create(place / "venv", with_pip=True)
    path = f"{place / 'venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    inside = {**os.environ, "PATH": path}
    for name, words in instructions():
        if name == "COPY":
            source, target = words.split()
            assert (source, target) == (".", "/src")
            left_out = shutil.ignore_patterns(".*", "build", "*.egg-info", "models", "benchmarks")
            shutil.copytree(ROOT, place / "src", ignore=left_out)
        elif name == "RUN" and "apt-get" not in words:
            script = words.replace("/src", str(place / "src"))
            done = subprocess.run([str(BASH), "-ec", script], env=inside, capture_output=True)
            if b"No matching distribution" in done.stderr:
                pytest.skip("there is no package index")
            assert done.returncode == 0, done.stderr
    assert not (place / "src").exists()
    told = dict(instructions())
    command = [*json.loads(told["ENTRYPOINT"]), *json.loads(told["CMD"]), "an article.md"]
    program = str(place / "venv" / "bin" / command[0])
    done = subprocess.run([program, *command[1:]], cwd=project, env=inside, capture_output=True)
    assert (done.returncode, b"EXO101" in done.stdout) == (1, True)
