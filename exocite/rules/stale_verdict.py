"""EXO401: a verdict whose ground has moved since it was given."""

from collections.abc import Iterable

from exocite.model import Finding, Judgement, Severity
from exocite.rules.rule import Placed
from exocite.rules.sketch import example, verdict
from exocite.rules.view import View
from exocite.states import StaleVerdict

_WORDS = "Exosomes carry RNA between cells."


class StaleGround:
    """The claim, the passage or the work changed after a person judged them."""

    code = "EXO401"
    slug = "stale-verdict"
    severity = Severity.WARNING
    title = "A verdict that has gone stale"
    what = (
        "Reports a claim with a verdict whose ground has moved: the sentence was reworded, the "
        "passage is no longer in its source, or the abstract or the record of the work changed. "
        "So is an accepted link that nobody judged. Other quotation marks, dashes, case, spacing "
        "or emphasis change nothing."
    )
    why = "The verdict was about other words; it does not speak of these."
    fix = "Read the claim against its source again and give a new verdict."
    passing = example(
        _WORDS,
        verdicts=[verdict(Judgement.SUPPORTED, _WORDS)],
    )
    failing = example(
        _WORDS,
        stale=[StaleVerdict(verdict(Judgement.SUPPORTED, _WORDS), "the claim was reworded")],
    )

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each stale verdict or link, at its claim."""
        for article in view.articles:
            placed = Placed(self, article.article)
            for claim, standing in article.spoken_of:
                for old in standing.stale:
                    yield placed.at(
                        claim.span,
                        f"the verdict “{old.verdict.judgement}” by {old.verdict.by} is stale: "
                        f"{old.reason}",
                        "read the claim against its source again and give a new verdict",
                    )
                for moved in standing.stale_links:
                    yield placed.at(
                        claim.span,
                        f"the accepted passage of {moved.link.key} is stale: {moved.reason}",
                        "read the claim against its source again and give a verdict",
                    )
