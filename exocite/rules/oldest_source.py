"""EXO209: a cited work older than the policy allows."""

from collections.abc import Iterable

from exocite.model import Finding, Severity
from exocite.policy import Policy
from exocite.rules.rule import at_reference, cited_at
from exocite.rules.sketch import example, reference
from exocite.rules.view import View

_TEN = Policy(oldest_source=10)


class OldestSource:
    """A work was published more years ago than the policy lets a source be old."""

    code = "EXO209"
    slug = "old-source"
    severity = Severity.INFO
    title = "An old source"
    what = (
        "Reports an entry whose year lies further back than the setting `oldest_source` says. Off "
        "unless it is set. An entry without a year is not reported."
    )
    why = "In some fields what was known ten years ago is no longer what is known."
    fix = "Look for a newer work, or leave the code out for files where age does not matter."
    passing = example(references=[reference("ku2023", year="2023", doi="10.5555/1")], policy=_TEN)
    failing = example(references=[reference("ku1998", year="1998", doi="10.5555/1")], policy=_TEN)

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each entry that is older."""
        years = view.policy.oldest_source
        if years is None or not view.today:
            return
        from exocite.references.entries import to_parsed  # Off by default, and large.

        first = int(view.today[:4]) - years
        for entry in view.works:
            year = to_parsed(entry).year
            if year.isdecimal() and int(year) < first:
                where = cited_at(view, entry.key)
                yield at_reference(
                    self,
                    entry,
                    f"{entry.key} is of {year}; sources from {first} on are asked for",
                    f"look for a newer work. {where}".rstrip(),
                )
