"""EXO204: a citekey that more than one entry of the bibliography bears."""

from collections.abc import Iterable

from exocite.model import Finding, Severity
from exocite.rules.broken_entry import problems
from exocite.rules.sketch import BIBLIOGRAPHY, example, reference
from exocite.rules.view import Problem, View


class DuplicateKey:
    """Two entries of the bibliography have the same citekey."""

    code = "EXO204"
    slug = "duplicate-key"
    severity = Severity.ERROR
    title = "A citekey used twice"
    what = "Reports every entry after the first that bears a citekey already in use."
    why = "A citation of that key means one of them, and nobody can tell which."
    fix = "Give one of the entries a key of its own, or remove it where both are the same work."
    passing = example(
        "An article [@ku2023; @ku2023a].",
        references=[reference("ku2023", title="A"), reference("ku2023a", title="B")],
    )
    failing = example(
        "An article [@ku2023].",
        references=[reference("ku2023", title="A")],
        problems=[Problem(BIBLIOGRAPHY, 9, 1, "duplicate", "ku2023 is already the key of line 1")],
    )

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each entry whose key is taken."""
        return problems(self, view, {"duplicate"}, "give it a key of its own, or remove it")
