"""EXO206: a field that an entry of the bibliography gives twice."""

from collections.abc import Iterable

from exocite.model import Finding, Severity
from exocite.rules.broken_entry import problems
from exocite.rules.sketch import BIBLIOGRAPHY, example
from exocite.rules.view import Problem, View


class DoubleField:
    """An entry holds the same field more than once."""

    code = "EXO206"
    slug = "double-field"
    severity = Severity.WARNING
    title = "A field given twice"
    what = "Reports an entry that holds a field of the same name more than once."
    why = "BibTeX takes the first, biblatex the last: what is printed depends on the program."
    fix = "Keep the value that is right and take the other out."
    passing = example("An article.")
    failing = example(
        "An article.",
        problems=[Problem(BIBLIOGRAPHY, 4, 3, "field", "ku2023 gives year twice")],
    )

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each field given again."""
        return problems(self, view, {"field"}, "keep the value that is right")
