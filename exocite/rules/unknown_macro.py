"""EXO205: an abbreviation in the bibliography that nothing defines."""

from collections.abc import Iterable

from exocite.model import Finding, Severity
from exocite.rules.broken_entry import problems
from exocite.rules.sketch import BIBLIOGRAPHY, example
from exocite.rules.view import Problem, View


class UnknownMacro:
    """A value of the bibliography is a macro without a definition."""

    code = "EXO205"
    slug = "unknown-macro"
    severity = Severity.WARNING
    title = "An undefined macro"
    what = (
        "Reports a bare word used as a value, `journal = nat`, that neither an `@string` of the "
        "file defines nor the format itself (the months)."
    )
    why = "BibTeX leaves such a field empty, so part of the reference is missing."
    fix = "Put the value in braces, or define the macro with `@string`."
    passing = example("An article.")
    failing = example(
        "An article.",
        problems=[Problem(BIBLIOGRAPHY, 3, 13, "macro", "nat is not defined")],
    )

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each undefined macro."""
        return problems(self, view, {"macro"}, "put the value in braces, or define it with @string")
