"""EXO404: a line of works.jsonl, evidence.jsonl or verdicts.jsonl that cannot be read."""

from collections.abc import Iterable

from exocite.model import Finding, Severity
from exocite.rules.broken_entry import problems
from exocite.rules.sketch import example
from exocite.rules.view import Problem, View


class UnreadableLine:
    """A line of what is remembered is no record of its file."""

    code = "EXO404"
    slug = "unreadable-line"
    severity = Severity.ERROR
    title = "A line of the logs that cannot be read"
    what = (
        "Reports a line of `works.jsonl`, `evidence.jsonl` or `verdicts.jsonl` that is no record: "
        "torn by a crash, left by a merge, or written by another program. The line stays in the "
        "file, and the others are read."
    )
    why = "A verdict in such a line does not count, and nobody would notice."
    fix = "Correct the line, or restore it from git."
    passing = example("An article.")
    failing = example(
        "An article.",
        problems=[Problem("bib/verdicts.jsonl", 12, 1, "log", "this line is not JSON")],
    )

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each such line."""
        return problems(self, view, {"log"}, "correct the line, or restore it from git")
