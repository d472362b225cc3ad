"""EXO406: a claim for which no passage of the works that it cites comes close."""

from collections.abc import Iterable

from exocite.model import Finding, Relation, Severity, Suggestion
from exocite.rules.cited_passages import cited_keys, closest
from exocite.rules.rule import Placed, quoted
from exocite.rules.sketch import compared, example, reference
from exocite.rules.view import View

_WORDS = "Exosomes carry RNA between cells [@ku2023]."


class NoPassage:
    """The texts that are here of the cited works hold nothing close to the claim.

    Information only: the texts are often abstracts, and a passage in other words is overlooked.
    """

    code = "EXO406"
    slug = "no-matching-passage"
    severity = Severity.INFO
    title = "A cited work without a matching passage"
    what = (
        "Reports a claim where no passage of the works that it cites comes close enough, by the "
        "setting operating_point. The nearest is shown. A claim with a verdict on one of the works "
        "is not reported, nor one that cites a work without any text to compare with, or with an "
        "attached file that is not here or cannot be read."
    )
    why = "The citation may belong to another sentence, or the work may say it elsewhere."
    fix = "Quote the passage in a verdict, attach the full text, or cite the work that says it."
    passing = example(
        _WORDS,
        references=[reference("ku2023", title="Exosomes")],
        linkings=[compared(_WORDS, "ku2023", "Exosomes carry RNA from cell to cell.", 0.8)],
    )
    failing = example(
        _WORDS,
        references=[reference("ku2023", title="Exosomes")],
        linkings=[compared(_WORDS, "ku2023", "Skin ages faster in the sun.", 0.02)],
    )

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each claim that cites and has no passage above the operating point."""
        for article in view.articles:
            placed = Placed(self, article.article)
            for claim, nearest in closest(article):
                unread = not view.half_known.isdisjoint(cited_keys(claim))
                if (
                    nearest.confidence < view.least
                    and nearest.relation is Relation.MENTIONS
                    and not unread
                ):
                    part = "abstract" if nearest.passage.field == "abstract" else "text"
                    yield placed.at(
                        claim.span,
                        "no passage was recognised that says this in "
                        f"{_works(article.linkings[claim.id].suggestions)}; the nearest, in the "
                        f"{part} of {nearest.key}: "
                        f"{quoted(nearest.passage.text)}",
                        "read the work: quote the passage that says it with `exocite link "
                        f"{article.argument} --claim {claim.id} --key {nearest.key} --quote "
                        "TEXT --verdict supported --by NAME`, or cite another",
                    )


def _works(suggestions: Iterable[Suggestion]) -> str:
    keys = list(dict.fromkeys(one.key for one in suggestions))
    return keys[0] if len(keys) == 1 else f"the {len(keys)} cited works"
