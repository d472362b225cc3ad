"""JSON in pieces: whatever the pieces, the same objects; what is broken costs nothing else."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exocite.registries.snapshot import json_stream
from exocite.registries.snapshot.json_stream import Bad, UnfinishedError, objects, without_cited

A, B, C = {"DOI": "10.5555/a"}, {"DOI": 'b"}]\\', "n": [1, {"x": []}]}, {"é": "𝒳", "null": None}


def cut(text: str, size: int) -> Iterator[bytes]:
    data = text.encode("utf-8", "surrogatepass")
    return (data[i : i + size] for i in range(0, len(data), size))


def read(text: str, *, size: int = 7, lines: bool = False) -> list[dict[str, Any] | Bad]:
    return list(objects(cut(text, size), lines=lines))


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"items": [A, B, C]}),
        json.dumps({"items": [A, B, C], "total": 3, "next": {"a": ["]", "}"]}}),
        json.dumps({"items": [A, B, C]}, indent=2),
        json.dumps([A, B, C], indent=1),
        "\n".join(map(json.dumps, [A, B, C])),
        "\r\n\r\n".join(map(json.dumps, [A, B, C])) + "\r\n",
        "\n".join(json.dumps(one, indent=2) for one in [A, B, C]),
        json.dumps({"items": [A]}) + "\n" + json.dumps({"items": [B, C]}),
    ],
)
@pytest.mark.parametrize("size", [1, 3, 1000])
def test_every_form_gives_its_objects(text: str, size: int) -> None:
    assert read(text, size=size) == [A, B, C]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.dictionaries(st.text(max_size=5), JSON, max_size=3), max_size=5),
    st.integers(1, 40),
)
def test_any_objects_come_back_from_any_pieces(records: list[Any], size: int) -> None:
    listed = json.dumps({"items": records}, ensure_ascii=False)
    assert read(listed, size=size) == records
    a_line = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records)
    records_alone = [one for one in records if not isinstance(one.get("items"), list)]
    if records_alone == records:
        assert read(a_line, size=size, lines=True) == records


SIGNS = st.text('"\\\\[]{}:, \\nrefnc', max_size=12) | st.sampled_from(
    ['"reference": [', 'reference":[{', '\\\\"reference":[', "[Internet]", "}]"]
)
CITING = st.recursive(
    SIGNS | st.lists(st.dictionaries(SIGNS, SIGNS, max_size=3), max_size=3),
    lambda inner: (
        st.dictionaries(st.just("reference") | SIGNS, inner, max_size=3)
        | st.lists(inner, max_size=2)
    ),
    max_leaves=8,
)


def without(value: Any) -> Any:
    """A value without all that goes by the name of references."""
    if isinstance(value, list):
        return [without(item) for item in value]
    if isinstance(value, dict):
        return {name: without(item) for name, item in value.items() if name != "reference"}
    return value


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.dictionaries(st.just("reference") | SIGNS, CITING, max_size=4), max_size=4),
    st.integers(1, 60),
    st.booleans(),
    st.sampled_from([None, 1]),
)
def test_nothing_but_references_is_lost_with_them(
    records: list[Any], size: int, ascii_only: bool, indent: int | None
) -> None:
    listed = json.dumps({"items": records}, ensure_ascii=ascii_only, indent=indent)
    assert list(map(without, read(listed, size=size))) == list(map(without, records))


def test_lists_of_references_are_emptied_and_lines_still_counted() -> None:
    cited = [{"key": "a", "unstructured": 'Ode "[Internet]" \\\\ \\" ]}'}, {"doi": "b"}]
    text = json.dumps([{**A, "reference": cited}, {**A, "reference": cited[1:]}], indent=1)
    emptied, begun = without_cited(text.encode(), lines=False)
    assert b"Internet" not in emptied
    assert (emptied.count(b"\n"), begun) == (text.count("\n"), -1)
    cut_off, begun = without_cited(text[:-9].encode(), lines=False)
    assert cut_off[begun:].startswith(b'"reference"')
    assert read(text, size=10_000) == [{**A, "reference": []}] * 2
    assert without_cited(text.encode(), lines=True) == (text.encode(), -1)
    *whole, bad = read(text[:-1] + ",\nnope]", size=10_000)
    assert (len(whole), isinstance(bad, Bad)) == (2, True)
    assert bad.line == text.count("\n") + 2  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "unit",
    ['"reference":[', '"reference":[{', '"reference":[{"a":"', '"reference":[]', '"reference"'],
)
def test_references_that_never_end_take_no_time_to_speak_of(unit: str) -> None:
    text = unit.encode() * (1_500_000 // len(unit))
    started = time.process_time()
    without_cited(text + b"]", lines=False)
    without_cited(text, lines=False)
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    ("text", "lines", "expected"),
    [
        ('{"a": 1}\n{"b": \n{"c": 3}\n', True, [{"a": 1}, 2, {"c": 3}]),
        ('{"a": 1}\n{"b": "x\n{"c": 3}', True, [{"a": 1}, 2, {"c": 3}]),
        ('{"a": 1}\n{"b": "x\n{"c": 3}', False, [{"a": 1}, 2, {"c": 3}]),
        ('{"a": 1}\n5\n"text"\n{"c": 3}', True, [{"a": 1}, 2, 3, {"c": 3}]),
        ('{"a": 1}\n{"b": 2', True, [{"a": 1}, 2]),
        ('{"items": [{"a": 1}, {"b": nope}, {"c": 3}]}', False, [{"a": 1}, 1, {"c": 3}]),
        ('{"items": [{"a": 1},\nnull,\n7, {"c": 3}]}', False, [{"a": 1}, 2, 3, {"c": 3}]),
        ("<html>\n<p>no</p>", False, [1, 2]),
        ('{"n": ' + "1" * 5000 + '}\n{"c": 3}', True, [1, {"c": 3}]),
        ('{"n": ' + "[" * 50_000 + '\n{"c": 3}', True, [1, {"c": 3}]),
    ],
)
def test_a_bad_record_is_told_by_its_line_and_costs_no_other(
    text: str, lines: bool, expected: list[Any]
) -> None:
    found = read(text, size=4096, lines=lines)
    places = [one.line if isinstance(one, Bad) else one for one in found]
    assert places == expected
    assert any(isinstance(one, Bad) for one in found)


@pytest.mark.parametrize(
    "text", ['{"items": [{"a": 1}, {"b"', '{"items": [{"a": 1}', "[", '{"items": [], "x": {']
)
def test_a_list_without_an_end_is_told(text: str) -> None:
    with pytest.raises(UnfinishedError):
        read(text)


@pytest.mark.parametrize("lines", [True, False])
def test_a_huge_object_is_passed_over_in_little_memory(
    lines: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_stream, "LONGEST", 1000)
    huge = json.dumps({"t": 'x"]}{\\' * 2000})
    text = f'{{"a": 1}}\n{huge}\n{{"b": 2}}' if lines else f'[{{"a": 1}},{huge},{{"b": 2}}]'
    first, bad, last = read(text, size=64, lines=lines)
    assert (first, last) == ({"a": 1}, {"b": 2})
    assert isinstance(bad, Bad)
    assert "longer" in bad.reason
