"""EXO405: an accepted passage for a sentence that the article no longer holds."""

from collections.abc import Iterable

from exocite.model import Finding, Severity, Span
from exocite.rules.rule import Placed, quoted
from exocite.rules.sketch import accepted, example
from exocite.rules.view import View


class OrphanedLink:
    """The sentence of an accepted link is gone, and no verdict tells of it."""

    code = "EXO405"
    slug = "orphaned-link"
    severity = Severity.WARNING
    title = "An accepted passage without its sentence"
    what = (
        "Reports a line of evidence.jsonl that nobody judged and whose sentence is found nowhere "
        "in the article. The place given is where it stood. EXO402 reports those with a verdict."
    )
    why = "A sentence was taken out, or rewritten so far that the passage may not fit any more."
    fix = "Judge the new sentence if there is one; delete the line if the claim is gone."
    passing = example("Exosomes carry RNA between cells.")
    failing = example(
        "Something else stands here now.",
        orphaned_links=[accepted("Exosomes carry RNA between cells.", "ku2023")],
    )

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each orphaned link, where its sentence stood."""
        for article in view.articles:
            placed = Placed(self, article.article)
            for link in article.standings.orphaned_links:
                yield placed.at(
                    Span(link.anchor.start, link.anchor.start),
                    f"the sentence that a passage of {link.key} was accepted for is gone: "
                    f"{quoted(link.anchor.exact)}",
                    f"judge the sentence that replaced it; else take the line of {link.claim} out "
                    "of evidence.jsonl",
                    about=f"{link.key} {link.anchor.exact}",
                )
