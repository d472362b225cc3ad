"""JUnit XML, which most CI servers show: a suite a file, a test case a finding.

Source: the schema of Jenkins' xUnit plugin (junit-10.xsd).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from exocite.check import Report
from exocite.model import Finding, NotChecked, Severity
from exocite.text import collapsed, printable, where

_FAILING = frozenset({Severity.ERROR, Severity.WARNING})
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def render(
    report: Report,
    _sources: Mapping[str, str] | None = None,
    _paint: Callable[[str, str], str] | None = None,
) -> str:
    """Errors and warnings fail, what was not checked is skipped; a file without either passes."""
    paths = dict.fromkeys(article.path for article in report.articles)
    paths |= dict.fromkeys(finding.path for finding in report.findings)
    paths |= dict.fromkeys(entry.path or "exocite" for entry in report.not_checked)
    suites = [
        _suite(
            path,
            [one for one in report.findings if one.path == path],
            [one for one in report.not_checked if (one.path or "exocite") == path],
        )
        for path in sorted(paths)
    ]
    body = "\n".join(suites)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="exocite">\n'
    return f"{head}{body}\n</testsuites>\n"


def _suite(path: str, findings: Iterable[Finding], unchecked: Iterable[NotChecked]) -> str:
    failing = [finding for finding in findings if finding.severity in _FAILING]
    skipped = list(unchecked)
    cases = [
        *(
            _case(path, _name(one), _element("failure", one.message, one.code, one.help))
            for one in failing
        ),
        *(_case(path, one.subject, _element("skipped", one.reason)) for one in skipped),
    ] or [_case(path, "nothing to report", "")]
    counts = f'tests="{len(cases)}" failures="{len(failing)}" errors="0" skipped="{len(skipped)}"'
    return (
        f"  <testsuite name={_attribute(path)} {counts}>\n" + "\n".join(cases) + "\n  </testsuite>"
    )


def _name(finding: Finding) -> str:
    return f"{where(finding.path, finding.place)}:{finding.line}:{finding.column} {finding.code}"


def _case(path: str, name: str, body: str) -> str:
    head = f"    <testcase classname={_attribute(path)} name={_attribute(name)}"
    return f"{head}>{body}</testcase>" if body else f"{head}/>"


def _element(kind: str, message: str, type_: str = "", text: str = "") -> str:
    named = f" type={_attribute(type_)}" if type_ else ""
    head = f"<{kind} message={_attribute(message)}{named}"
    return f"{head}>{_text(text)}</{kind}>" if text else f"{head}/>"


def _attribute(text: str) -> str:
    return f'"{_text(text)}"'


def _text(text: str) -> str:
    """The text escaped, on one line; what XML cannot hold is replaced or shown as an escape."""
    plain = _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", printable(collapsed(text)))
    return plain.translate(_ESCAPES)
