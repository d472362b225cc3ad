"""EXO903: an exemption that leaves nothing out."""

from collections.abc import Iterable

from exocite.model import Finding, Severity
from exocite.rules.rule import Placed
from exocite.rules.sketch import ARTICLE, example, exempted
from exocite.rules.view import View

_WORDS = "Water is wet."
_CITED = "Water boils at 100 °C [@a]."


class UnusedExemption:
    """A comment exempts from rules that report nothing where it stands."""

    code = "EXO903"
    slug = "unused-exemption"
    severity = Severity.WARNING
    title = "An exemption that is not used"
    what = (
        "Reports an `exocite: exempt` comment without which nothing more would be reported: the "
        "sentence is no claim, or it cites a source by now."
    )
    why = "A comment that does nothing today may hide a real finding tomorrow."
    fix = "Take the comment out."
    passing = example(
        _WORDS,
        exemptions=[exempted(_WORDS, reason="common knowledge")],
        used=[(ARTICLE, 0)],
    )
    failing = example(_CITED, exemptions=[exempted(_CITED, reason="common knowledge")])

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each exemption that holds and left nothing out."""
        for article in view.articles:
            placed = Placed(self, article.article)
            for one in article.exemptions:
                if (
                    one.holds(view.today)
                    and (article.article.path, one.span.start) not in view.used
                ):
                    yield placed.at(
                        one.span,
                        f"this exemption from {', '.join(one.codes)} leaves nothing out",
                        "take the comment out",
                    )
