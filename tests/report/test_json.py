"""The report as data: it is what its schema says, and the schema is strict."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from exocite.project import Project
from exocite.report import json as as_json
from exocite.report import marks
from exocite.report.gathering import gather
from tests.report.sample import HOSTILE, report

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "schemas" / "report-1.json").read_text("utf-8")
)
VALIDATOR = Draft202012Validator(SCHEMA)


def problems(told: Any) -> list[str]:
    return [f"{list(one.absolute_path)}: {one.message}" for one in VALIDATOR.iter_errors(told)]


@pytest.mark.parametrize("hostile", ["", HOSTILE], ids=["plain", "hostile"])
def test_a_report_is_as_its_schema_says(hostile: str) -> None:
    data = as_json.render(report(hostile))
    assert data.isascii()
    assert problems(json.loads(data)) == []


def test_so_is_one_of_a_project(project: Callable[[], Project]) -> None:
    for suggest in (True, False):
        told = json.loads(as_json.render(gather(project(), ["tea.md"], suggest=suggest).report))
        assert told["articles"][0]["claims"]
        assert told["suggested"] is suggest
        assert problems(told) == []


def objects(schema: Any) -> list[dict[str, Any]]:
    """Every schema of an object within this one."""
    if isinstance(schema, list):
        return [one for part in schema for one in objects(part)]
    if not isinstance(schema, dict):
        return []
    own = [schema] if schema.get("type") == "object" else []
    return own + [one for part in schema.values() for one in objects(part)]


def test_the_schema_is_strict_everywhere() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    for one in objects(SCHEMA):
        assert one["additionalProperties"] is False
        assert set(one["required"]) == set(one["properties"])


def test_every_mark_has_its_name_in_the_schema() -> None:
    assert {mark.look for mark in marks.ORDER} == set(
        SCHEMA["$defs"]["claim"]["properties"]["mark"]["enum"]
    )
