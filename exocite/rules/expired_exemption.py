"""EXO902: an exemption whose last day is over."""

from collections.abc import Iterable

from exocite.model import Finding, Severity
from exocite.rules.rule import Placed
from exocite.rules.sketch import TODAY, example, exempted
from exocite.rules.view import View

_WORDS = "The trial is still running."


class ExpiredExemption:
    """A comment exempted a claim until a day that is over; it exempts nothing any more."""

    code = "EXO902"
    slug = "expired-exemption"
    severity = Severity.WARNING
    title = "An exemption that has expired"
    what = "Reports an `exocite: exempt` comment whose `until` lies before today (UTC)."
    why = "What was to be looked at again by that day has not been, and counts as before."
    fix = "Cite a source, or look at the sentence again and set a later day."
    passing = example(_WORDS, exemptions=[exempted(_WORDS, reason="in print", until=TODAY)])
    failing = example(_WORDS, exemptions=[exempted(_WORDS, reason="in print", until="2025-12-31")])

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each exemption that has expired."""
        for article in view.articles:
            placed = Placed(self, article.article)
            for one in article.exemptions:
                if not one.problem and not one.holds(view.today):
                    owner = f"; ask {one.by}" if one.by else ""
                    yield placed.at(
                        one.span,
                        f"this exemption held until {one.until}",
                        f"cite a source, or set a later day{owner}",
                    )
