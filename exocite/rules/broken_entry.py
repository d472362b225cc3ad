"""EXO203: an entry of the bibliography that cannot be read."""

from collections.abc import Collection, Iterable

from exocite.model import Finding, Severity
from exocite.rules.rule import Rule, fingerprint
from exocite.rules.sketch import BIBLIOGRAPHY, example, reference
from exocite.rules.view import Problem, View


class BrokenEntry:
    """A part of the bibliography file is no readable entry."""

    code = "EXO203"
    slug = "broken-entry"
    severity = Severity.ERROR
    title = "A broken entry in the bibliography"
    what = (
        "Reports a place in the `.bib` file that cannot be read: a brace that is never closed, a "
        "missing comma or equals sign, a field without a value, an entry without a key, bytes "
        "that are no text. What stands there is kept as it is, and the rest is read."
    )
    why = "What cannot be read is neither cited nor checked nor exported."
    fix = "Correct the entry at the line given."
    passing = example(
        "Exosomes carry RNA [@ku2023].", references=[reference("ku2023", title="Exosomes")]
    )
    failing = example(
        "An article.",
        problems=[Problem(BIBLIOGRAPHY, 7, 1, "broken", "the brace of @article is never closed")],
    )

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each broken entry."""
        kinds = {problem.kind for problem in view.problems} - _SPOKEN_OF_ELSEWHERE
        return problems(self, view, kinds, "correct the entry; it is kept as it is until then")


_SPOKEN_OF_ELSEWHERE = frozenset({"duplicate", "macro", "field", "log"})


def problems(rule: Rule, view: View, kinds: Collection[str], help_: str) -> Iterable[Finding]:
    """Findings of the bibliography's problems of the given kinds."""
    for problem in view.problems:
        if problem.kind in kinds:
            yield Finding(
                path=problem.path,
                line=max(problem.line, 1),
                column=max(problem.column, 1),
                code=rule.code,
                severity=rule.severity,
                message=problem.message,
                help=help_,
                end_line=max(problem.line, 1),
                end_column=max(problem.column, 1),
                fingerprint=fingerprint(rule, problem.message),
            )
