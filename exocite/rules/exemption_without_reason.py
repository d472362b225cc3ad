"""EXO901: an exemption that gives no reason."""

from collections.abc import Iterable

from exocite.model import Finding, Severity
from exocite.rules.rule import Placed
from exocite.rules.sketch import example, exempted
from exocite.rules.view import View

_WORDS = "Water is wet."


class ExemptionWithoutReason:
    """A comment exempts a claim and does not say why."""

    code = "EXO901"
    slug = "exemption-without-reason"
    severity = Severity.WARNING
    title = "An exemption without a reason"
    what = "Reports an `exocite: exempt` comment that has no `reason`."
    why = "Nobody can tell later whether the sentence really needs no source."
    fix = 'Say why: `exocite: exempt reason="common knowledge"`.'
    passing = example(_WORDS, exemptions=[exempted(_WORDS, reason="common knowledge")])
    failing = example(_WORDS, exemptions=[exempted(_WORDS)])

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each exemption without a reason."""
        for article in view.articles:
            placed = Placed(self, article.article)
            for one in article.exemptions:
                if not one.problem and not one.reason:
                    yield placed.at(
                        one.span,
                        "this exemption gives no reason",
                        'add reason="…" to the comment',
                    )
