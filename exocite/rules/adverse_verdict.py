"""EXO403: a claim that a person judged not to stand."""

from collections.abc import Iterable, Sequence

from exocite.model import Finding, Judgement, Severity, Verdict
from exocite.rules.rule import Placed, quoted
from exocite.rules.sketch import example, verdict
from exocite.rules.view import View

_WORDS = "Exosomes carry RNA between cells."
_ADVERSE = {
    Judgement.CONTRADICTED: "found that {source} contradicts this claim",
    Judgement.UNSUPPORTED: "found no support for this claim in {source}",
    Judgement.DISPUTED: "found this claim disputed, looking at {source}",
}


class AdverseVerdict:
    """A verdict that holds says that the claim is contradicted, unsupported or disputed.

    All three are errors: a person has looked, and the sentence cannot go out as it is.
    """

    code = "EXO403"
    slug = "adverse-verdict"
    severity = Severity.ERROR
    title = "A claim that did not stand up"
    what = (
        "Reports a claim for which the last verdict of a person is contradicted, unsupported or "
        "disputed, and nothing has changed since."
    )
    why = "Somebody compared the sentence with its source, and it did not hold."
    fix = "Change the sentence or name another source, then judge it again."
    passing = example(_WORDS, verdicts=[verdict(Judgement.SUPPORTED, _WORDS)])
    failing = example(_WORDS, verdicts=[verdict(Judgement.CONTRADICTED, _WORDS)])

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each adverse verdict that holds, at its claim."""
        for article in view.articles:
            placed = Placed(self, article.article)
            for claim, standing in article.spoken_of:
                for said in standing.verdicts:
                    if said.judgement in _ADVERSE:
                        yield placed.at(
                            claim.span,
                            _message(said, standing.verdicts),
                            "change the sentence or name another source, then judge it again",
                            about=f"{said.by} {said.key} {said.judgement} {claim.text}",
                        )


def _message(said: Verdict, all_of_them: Sequence[Verdict]) -> str:
    """Who found what, when and why, and who else sees it differently."""
    found = _ADVERSE[said.judgement].format(source=said.key or "the sources looked at")
    note = f": {quoted(said.note)}" if said.note else ""
    others = [
        f"{other.by}: {other.judgement}"
        for other in all_of_them
        if other.judgement is not said.judgement
    ]
    rest = f" (but {'; '.join(others)})" if others else ""
    return f"{said.by}, {said.at[:10]}, {found}{note}{rest}"
