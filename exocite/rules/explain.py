"""The rules explained: as text for a terminal, and as the pages of docs/rules."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from difflib import get_close_matches

from exocite.errors import UsageError
from exocite.model import Reference, Verdict
from exocite.rules import RULES, Rule, View

_WIDTH = 88


def find(code: str) -> Rule:
    """The rule of a code or slug, whatever its case.

    Raises UsageError, which names the nearest code, where there is none.
    """
    names = {name: rule for rule in RULES for name in (rule.code.lower(), rule.slug)}
    asked = code.strip().lower()
    if asked in names:
        return names[asked]
    if begun := [rule.code for rule in RULES if asked and rule.code.lower().startswith(asked)]:
        raise UsageError(f"{asked[:40]!r} is the beginning of several codes", hint=", ".join(begun))
    near = get_close_matches(asked[:40], names, n=1, cutoff=0.5)
    hint = f"the nearest is {names[near[0]].code} ({names[near[0]].slug})" if near else ""
    known = f"{RULES[0].code} to {RULES[-1].code}"
    raise UsageError(f"there is no rule {asked[:40]!r}", hint=hint or f"codes run from {known}")


def explain(code: str) -> str:
    """What a rule reports, why, what to do, and both its examples, for a terminal.

    Raises UsageError where no rule has that code or slug.
    """
    rule = find(code)
    paragraphs = (rule.what, f"Why: {rule.why}", f"What to do: {rule.fix}")
    parts = [
        f"{rule.code} {rule.slug} ({rule.severity})\n{rule.title}",
        *(textwrap.fill(paragraph, _WIDTH) for paragraph in paragraphs),
        "Reported:\n" + textwrap.indent(_example(rule.failing), "    "),
        "Not reported:\n" + textwrap.indent(_example(rule.passing), "    "),
    ]
    return "\n\n".join(parts) + "\n"


def pages() -> dict[str, str]:
    """The pages of docs/rules: file name to Markdown."""
    named = {f"{rule.code}.md": _page(rule) for rule in RULES}
    return {"README.md": _index(), **named}


def _index() -> str:
    rows = "\n".join(
        f"| [{rule.code}]({rule.code}.md) | {rule.slug} | {rule.severity} | {rule.title} |"
        for rule in RULES
    )
    return (
        "# The rules of check\n\n"
        "Made by `python docs/generate.py` from the rules themselves.\n\n"
        "EXO1xx speak of claims and citations, EXO2xx of the bibliography, EXO3xx of works, EXO4xx "
        "of evidence\nand verdicts, EXO9xx of exemptions. Errors and warnings end a check with "
        "exit code 1. A reference that\ncould not be resolved is no finding: it is listed as not "
        "checked, and alone ends with exit code 3.\n\n"
        f"| code | name | severity | reports |\n| --- | --- | --- | --- |\n{rows}\n"
    )


def _page(rule: Rule) -> str:
    sections = (
        ("What it reports", rule.what),
        ("Why it matters", rule.why),
        ("What to do", rule.fix),
        ("Reported", f"```text\n{_example(rule.failing)}\n```"),
        ("Not reported", f"```text\n{_example(rule.passing)}\n```"),
    )
    body = "\n\n".join(f"## {heading}\n{text}" for heading, text in sections)
    return f"# {rule.code}: {rule.title}\n\n`{rule.slug}`, {rule.severity}\n\n{body}\n"


def _example(view: View) -> str:
    return "\n".join(_lines(view))


def _lines(view: View) -> Iterator[str]:
    for article in view.articles:
        yield f"{article.article.path}: {article.article.source.rstrip()}"
        for standing in article.standings.of.values():
            yield from (f"verdict: {_said(verdict)}" for verdict in standing.verdicts)
            for old in standing.stale:
                yield f"verdict: {_said(old.verdict)}; since then {old.reason}"
        for verdict in article.standings.orphaned:
            yield f"verdict: {_said(verdict)}, on “{verdict.anchor.exact}”"
        for link in article.standings.orphaned_links:
            yield f"evidence.jsonl: a passage of {link.key}, accepted for “{link.anchor.exact}”"
        for linking in article.linkings.values():
            for one in linking.suggestions:
                yield f"{one.key}, confidence {one.confidence:.2f}: {one.passage.text}"
    for reference in view.references:
        yield f"{reference.path}: {_entry(reference)}"
    for problem in view.problems:
        yield f"{problem.path}, line {problem.line}: {problem.message}"
    for record in view.records.values():
        notice = f", notice {record.retraction}" if record.retraction else ""
        yield f"works.jsonl: {record.key} {record.outcome}, {record.reason}{notice}"


def _said(verdict: Verdict) -> str:
    return f"{verdict.judgement} by {verdict.by}"


def _entry(reference: Reference) -> str:
    fields = "".join(f", {name} = {{{value}}}" for name, value in reference.fields.items())
    return f"@{reference.type}{{{reference.key}{fields}}}"
