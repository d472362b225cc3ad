"""EXO103: a citation that more than one reference of the bibliography fits."""

from collections.abc import Iterable

from exocite.model import Finding, Severity
from exocite.rules.rule import Placed, quoted
from exocite.rules.sketch import example, reference
from exocite.rules.view import View

_SHOWN = 5


class AmbiguousCitation:
    """A citation can mean several references."""

    code = "EXO103"
    slug = "ambiguous-citation"
    severity = Severity.ERROR
    title = "An ambiguous citation"
    what = (
        "Reports a marker, mostly of author and year, that fits more than one reference of the "
        "bibliography."
    )
    why = "Nobody can tell which work is meant, so the claim cannot be compared with its source."
    fix = "Name the work: cite it by its citekey, or add the letter of the year (2023a)."
    passing = example(
        "Exosomes carry RNA [@Ku 2023a].",
        references=[reference("ku2023a"), reference("ku2023b")],
        meant={"Ku 2023a": ["ku2023a"]},
    )
    failing = example(
        "Exosomes carry RNA [@Ku 2023].",
        references=[reference("ku2023a"), reference("ku2023b")],
        meant={"Ku 2023": ["ku2023a", "ku2023b"]},
    )

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each cited item that can mean several references."""
        for article in view.articles:
            placed = Placed(self, article.article)
            for citation in article.citations:
                for item in citation.items:
                    if len(item.keys) > 1:
                        more = len(item.keys) - _SHOWN
                        shown = ", ".join(item.keys[:_SHOWN])
                        tail = f" and {more} more" if more > 0 else ""
                        yield placed.at(
                            item.span,
                            f"{quoted(item.label)} can mean {len(item.keys)} references: "
                            f"{shown}{tail}",
                            "cite the one that is meant by its citekey",
                        )
