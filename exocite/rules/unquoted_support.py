"""EXO412: a verdict of supported that names no passage, or no place in the work."""

from collections.abc import Iterable

from exocite.model import Evidence, Finding, Judgement, Severity
from exocite.rules.rule import Placed
from exocite.rules.sketch import accepted, example, reference, verdict
from exocite.rules.view import View

_WORDS = "Exosomes carry RNA between cells."
_KU = reference("ku2023", doi="10.5555/1")
_SAID = [verdict(Judgement.SUPPORTED, _WORDS, "ku2023")]


class UnquotedSupport:
    """A claim counts as supported, and nobody can see by which words of the work.

    An abstract needs no locator, nor does a note in the bibliography: each is a place of its own.
    """

    code = "EXO412"
    slug = "unquoted-support"
    severity = Severity.WARNING
    title = "Supported, without passage or place"
    what = (
        "Reports a verdict of supported for which no passage of the work is accepted, or none that "
        "says where in the work it stands."
    )
    why = "The next reader would have to search the whole work to see what the claim rests on."
    fix = "Accept the passage with the verdict, and say where it stands (`--quote`, `--locator`)."
    passing = example(_WORDS, references=[_KU], verdicts=_SAID, links=[accepted(_WORDS, "ku2023")])
    failing = example(_WORDS, references=[_KU], verdicts=_SAID)

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each verdict of supported without a passage that can be looked up."""
        for article in view.articles:
            placed = Placed(self, article.article)
            for claim, standing in article.spoken_of:
                for said in standing.verdicts:
                    if said.judgement is not Judgement.SUPPORTED:
                        continue
                    links = [link for link in standing.accepted if link.key == said.key]
                    if any(map(_placed, links)):
                        continue
                    lacks = "where its passage stands" if links else "no passage"
                    what = f"does not say {lacks}" if links else f"names {lacks}"
                    yield placed.at(
                        claim.span,
                        f"the verdict of {said.by} on {said.key or 'this claim'} {what}",
                        f"`exocite link {article.argument} --claim {claim.id} "
                        f"{f'--key {said.key} ' if said.key else ''}--quote TEXT --locator PLACE "
                        "--verdict supported --by NAME`",
                    )


def _placed(link: Evidence) -> bool:
    return link.passage.field != "file" or bool(link.passage.locator)
