"""EXO904: an exemption that cannot be read."""

from collections.abc import Iterable

from exocite.model import Exemption, Finding, Severity, Span
from exocite.rules.rule import Placed
from exocite.rules.sketch import example, exempted
from exocite.rules.view import View

_WORDS = "Water is wet."


class UnreadableExemption:
    """A comment begins as an exemption does and is written in another way; it exempts nothing."""

    code = "EXO904"
    slug = "unreadable-exemption"
    severity = Severity.ERROR
    title = "An exemption that cannot be read"
    what = "Reports an `exocite:` comment that is not of the form of an exemption."
    why = "Its author believes that the sentence is exempt, and it is not."
    fix = 'Write it so: `exocite: exempt EXO101 reason="…" by="…" until=2027-06-30`.'
    passing = example(_WORDS, exemptions=[exempted(_WORDS, reason="common knowledge")])
    failing = example(
        _WORDS, exemptions=[Exemption(Span(0, 5), problem="it does not say `exempt`")]
    )

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each comment that could not be read."""
        for article in view.articles:
            placed = Placed(self, article.article)
            for one in article.exemptions:
                if one.problem:
                    yield placed.at(
                        one.span,
                        f"this exemption cannot be read: {one.problem}",
                        'write: exocite: exempt EXO101 reason="…" by="…" until=2027-06-30',
                    )
