"""EXO413: a verdict that rests on an abstract, where the policy asks for the full text."""

from collections.abc import Iterable

from exocite.model import Finding, Judgement, Severity
from exocite.policy import Policy
from exocite.rules.rule import Placed
from exocite.rules.sketch import accepted, example, reference, verdict
from exocite.rules.view import View

_WORDS = "Exosomes carry RNA between cells."
_KU = reference("ku2023", doi="10.5555/1")
_SAID = [verdict(Judgement.SUPPORTED, _WORDS, "ku2023")]
_FULL = Policy(full_text=True)
_SUPPORTING = frozenset({Judgement.SUPPORTED, Judgement.PARTIAL})


class AbstractAlone:
    """A claim counts as supported by the abstract of a work, not by its text."""

    code = "EXO413"
    slug = "abstract-alone"
    severity = Severity.WARNING
    title = "Support from an abstract alone"
    what = (
        "Reports a verdict of supported or partial whose accepted passages all stand in the "
        "abstract. Off unless the setting `full_text` is on."
    )
    why = "Abstracts leave out the limits that the text of a work names."
    fix = "Attach or fetch the full text (`exocite sources KEY`) and accept a passage of it."
    passing = example(
        _WORDS,
        references=[_KU],
        verdicts=_SAID,
        links=[accepted(_WORDS, "ku2023", "file", "p. 3")],
        policy=_FULL,
    )
    failing = example(
        _WORDS,
        references=[_KU],
        verdicts=_SAID,
        links=[accepted(_WORDS, "ku2023")],
        policy=_FULL,
    )

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each verdict that rests on abstracts."""
        for article in view.articles:
            if not view.asks(article).full_text:
                continue
            placed = Placed(self, article.article)
            for claim, standing in article.spoken_of:
                for said in standing.verdicts:
                    fields = {k.passage.field for k in standing.accepted if k.key == said.key}
                    if said.judgement in _SUPPORTING and fields == {"abstract"}:
                        yield placed.at(
                            claim.span,
                            f"the verdict of {said.by} rests on the abstract of {said.key} alone",
                            "accept a passage of the full text, once it is attached: `exocite "
                            f"sources {said.key} --attach FILE`",
                        )
