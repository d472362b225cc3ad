"""Foreign text stays text in every output: paths, titles and places made to break out."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from typing import Any

import pytest

from exocite.check import ArticleReport, Report
from exocite.formats import FORMATS, plain
from exocite.formats.rooted import below
from exocite.model import Coverage, Finding, NotChecked, Severity

HOSTILE = "m|x\r\n::error::%0A </b> `c` [l](u) @me \x1b[31m ]]> \u202e #12"
BY_NAME = {one.name: one for one in FORMATS}


def finding(path: str = "a.md", **more: Any) -> Finding:
    values = {"message": "m", "help": "", "end_line": 3, "end_column": 9} | more
    return Finding(path, 3, 5, "EXO101", Severity.ERROR, **values)


def rendered(name: str, *findings: Finding, **more: Any) -> str:
    return BY_NAME[name].render(Report(findings, **more), {}, plain)


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a.md", "a.md"),
        ("a b%,:\n.md", "a%20b%25%2C%3A%0A.md"),
        ("../a.md", "../a.md"),
        ("ä/b#c?.md", "%C3%A4/b%23c%3F.md"),
        ("c:/d", "file:///c:/d"),
        ("C:\\x y\\a.md", "file:///C:/x%20y/a.md"),
        ("C:/x:y/a.md", "file:///C:/x%3Ay/a.md"),
        ("\\\\server\\share\\a.md", "file://server/share/a.md"),
        ("/x/ä.md", "file:///x/%C3%A4.md"),
        ("a\\b.md", "a%5Cb.md"),
        ("\udcff.md", "%ED%B3%BF.md"),
    ],
)
def test_sarif_names_files_by_uris(path: str, uri: str) -> None:
    log = json.loads(rendered("sarif", finding(path)))
    artifact = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact["uri"] == uri
    assert ("uriBaseId" in artifact) is not uri.startswith("file:")


@pytest.mark.parametrize("name", [one.name for one in FORMATS])
def test_spans_of_several_lines_end_where_they_end(name: str) -> None:
    over = finding(end_line=5, end_column=2)
    text = rendered(name, over)
    if name == "sarif":
        (result,) = json.loads(text)["runs"][0]["results"]
        region = result["locations"][0]["physicalLocation"]["region"]
        assert region == {"startLine": 3, "startColumn": 5, "endLine": 5, "endColumn": 2}
    elif name == "github":
        assert text.startswith("::error file=a.md,line=3,endLine=5,title=EXO101::")
    elif name == "gitlab":
        assert json.loads(text)[0]["location"]["lines"] == {"begin": 3, "end": 5}
    elif name == "rdjson":
        (told,) = json.loads(text)["diagnostics"]
        assert told["location"]["range"]["end"] == {"line": 5, "column": 2}


@pytest.mark.parametrize("name", [one.name for one in FORMATS if one.name != "badge"])
def test_a_place_within_a_file_is_named(name: str) -> None:
    text = rendered(name, finding("n.ipynb", place="cell 3"))
    assert "cell 3" in text
    if name in ("github", "sarif"):  # Line 3 of the file is another line.
        assert "line=3" not in text
        assert "startLine" not in text


@pytest.mark.parametrize("name", [one.name for one in FORMATS])
def test_hostile_words_break_out_nowhere(name: str) -> None:
    path = "a\n::error::,x%.md"
    text = rendered(
        name,
        finding(path, message=HOSTILE, help=HOSTILE, place="p.\n::error::"),
        finding(path, message=HOSTILE, help=HOSTILE),
        not_checked=(NotChecked(HOSTILE, HOSTILE, path), NotChecked(HOSTILE, HOSTILE, kind="file")),
        articles=(ArticleReport(path, Coverage(2), ((HOSTILE, Coverage(1)), ("", Coverage(1)))),),
    )
    assert not any(mark in text for mark in "\x1b\u202e\r")
    if name == "github":
        lines = text.splitlines()
        assert [line.split(" ")[0] for line in lines[:-1]] == [*["::error"] * 2, *["::notice"] * 2]
        assert "file=a%0A%3A%3Aerror%3A%3A%2Cx%25.md,line=3" in lines[1]
    elif name == "junit":
        suites = ET.fromstring(text)
        assert sorted(case.tag for case in suites.iter("testcase")) == ["testcase"] * 4
        assert len(list(suites.iter("failure"))) == 2
    elif name == "markdown":
        rows = [line for line in text.splitlines() if line.startswith("|")]
        assert {row.replace("\\|", "").count("|") for row in rows} == {5}
        assert not any(line.startswith("::") for line in text.splitlines())
    elif name != "text":
        json.loads(text)
        assert text.isascii()


def test_a_file_that_was_not_read_makes_no_successful_run() -> None:
    for kind, successful in (("file", False), ("reference", True)):
        log = json.loads(rendered("sarif", not_checked=(NotChecked("x", "y", "a.md", kind=kind),)))
        (invocation,) = log["runs"][0]["invocations"]
        assert invocation["executionSuccessful"] is successful


@pytest.mark.parametrize(
    ("folder", "path", "expected"),
    [
        ("", "a.md", "a.md"),
        ("p/q", "a.md", "p/q/a.md"),
        ("p/q", "../a.md", "p/a.md"),
        ("p", "../../a.md", "../a.md"),
        ("p", "/x/a.md", "/x/a.md"),
        ("p", "C:\\a.md", "C:\\a.md"),
        ("p", "\\\\s\\a.md", "\\\\s\\a.md"),
    ],
)
def test_paths_from_the_root(folder: str, path: str, expected: str) -> None:
    report = Report(
        (finding(path),),
        (NotChecked("x", "y", path), NotChecked("x", "y")),
        (ArticleReport(path, Coverage()),),
    )
    seen = below(report, folder)
    assert [one.path for one in (*seen.findings, *seen.articles)] == [expected] * 2
    assert [one.path for one in seen.not_checked] == [expected, ""]
