"""EXO101: a claim that no citation and no accepted link supports."""

from collections.abc import Iterable

from exocite.model import ClaimState, Finding, Severity
from exocite.rules.rule import Placed
from exocite.rules.sketch import example, reference
from exocite.rules.view import View


class UncitedClaim:
    """A claim names no source."""

    code = "EXO101"
    slug = "uncited-claim"
    severity = Severity.ERROR
    title = "A claim without a citation"
    what = (
        "Reports a sentence that states something which can be true or false and that neither "
        "carries a citation, nor is covered by a marker of its paragraph or list, nor has a link "
        "to a passage that somebody accepted."
    )
    why = "A reader, or the next fact-checker, cannot see what the statement rests on."
    fix = (
        "Add a citation to the sentence, accept a suggested passage (`exocite link`), or record "
        "that it needs no source (`exocite link ARTICLE --claim ID --verdict exempt`)."
    )
    passing = example(
        "Exosomes carry RNA between cells [@ku2023].",
        references=[reference("ku2023", doi="10.5555/12345678")],
    )
    failing = example("Exosomes carry RNA between cells.")

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each claim that is uncited."""
        for article in view.articles:
            placed = Placed(self, article.article)
            help_ = f"cite a source, or see what fits: `exocite link {article.argument} --claim "
            for claim in article.claims:
                if article.standing(claim).state is ClaimState.UNCITED and not claim.citations:
                    reason = f" ({claim.reason})" if claim.reason else ""
                    yield placed.at(
                        claim.span,
                        f"no source is cited for this claim{reason}",
                        f"{help_}{claim.id}`",
                    )
