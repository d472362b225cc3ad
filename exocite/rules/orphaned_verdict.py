"""EXO402: a verdict on a sentence that the article no longer holds."""

from collections.abc import Iterable

from exocite.model import Finding, Judgement, Severity, Span
from exocite.rules.rule import Placed, quoted
from exocite.rules.sketch import example, verdict
from exocite.rules.view import View


class OrphanedVerdict:
    """The sentence that was judged is gone."""

    code = "EXO402"
    slug = "orphaned-verdict"
    severity = Severity.WARNING
    title = "A verdict without its sentence"
    what = (
        "Reports a verdict whose sentence is found nowhere in the article. The place given is "
        "where it stood when it was judged."
    )
    why = "A sentence was taken out, or rewritten so far that nobody has judged what stands now."
    fix = "Judge the new sentence if there is one; withdraw the verdict if the claim is gone."
    passing = example(
        "Exosomes carry RNA between cells.",
        verdicts=[verdict(Judgement.SUPPORTED, "Exosomes carry RNA between cells.")],
    )
    failing = example(
        "Something else stands here now.",
        orphaned=[verdict(Judgement.SUPPORTED, "Exosomes carry RNA between cells.")],
    )

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each orphaned verdict, where its sentence stood."""
        for article in view.articles:
            placed = Placed(self, article.article)
            for old in article.standings.orphaned:
                yield placed.at(
                    Span(old.anchor.start, old.anchor.start),
                    f"the sentence of the verdict “{old.judgement}” by {old.by} is gone: "
                    f"{quoted(old.anchor.exact)}",
                    "judge the sentence that replaced it, or take the verdict back: `exocite link "
                    f"{article.argument} --claim {old.claim} --verdict withdrawn --by NAME`",
                    about=f"{old.by} {old.key} {old.anchor.exact}",
                )
