"""EXO408: a locator outside the pages of the cited work."""

import re
from collections.abc import Iterable

from exocite.model import Finding, Severity
from exocite.references.entries import to_parsed
from exocite.references.locations import full_pages
from exocite.rules.rule import Placed, quoted
from exocite.rules.sketch import reference, sketch
from exocite.rules.view import View

_PAGES = re.compile(
    r"\s*(?:p{1,2}\.?|pages?|s\.)?\s*(\d{1,6})\s*(?:[-–—]{1,2}\s*(\d{1,6}))?\s*", re.IGNORECASE
)
_RANGE = re.compile(r"(\d{1,7})-(\d{1,7})")


class DeadLocator:
    """A citation names a page that the cited work does not have.

    A page counts as one of the work when it lies in its range, or when it could be counted from
    the work's own first page.
    """

    code = "EXO408"
    slug = "dead-locator"
    severity = Severity.WARNING
    title = "A page beyond the work"
    what = (
        "Reports a citation whose page lies outside the range of pages that the bibliography gives "
        "for the work. Other locators, and works without a range, are not compared."
    )
    why = "Whoever looks the passage up will not find it."
    fix = "Correct the page, or the range in the bibliography."
    passing = sketch(
        "Exosomes carry RNA [@ku2023, p. 104].",
        references=[reference("ku2023", pages="101--110", doi="10.5555/1")],
    )
    failing = sketch(
        "Exosomes carry RNA [@ku2023, p. 140].",
        references=[reference("ku2023", pages="101--110", doi="10.5555/1")],
    )

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each cited page that cannot be one of the work's."""
        ranges = {entry.key: _range(to_parsed(entry).pages) for entry in view.works()}
        for article in view.articles:
            placed = Placed(self, article.article)
            for citation in article.citations:
                for item in citation.items:
                    pages = _PAGES.fullmatch(item.locator)
                    held = ranges.get(item.keys[0]) if len(item.keys) == 1 else None
                    if pages is None or held is None:
                        continue
                    asked = int(full_pages(f"{pages[1]}-{pages[2] or pages[1]}").rpartition("-")[2])
                    first, last = held
                    if asked > last or last - first + 1 < int(pages[1]) < first:
                        yield placed.at(
                            item.span,
                            f"{quoted(item.locator)} is outside pages {first} to {last} of "
                            f"{item.keys[0]}",
                            "correct the page, or the range in the bibliography",
                        )


def _range(pages: str) -> tuple[int, int] | None:
    match = _RANGE.fullmatch(full_pages(pages.replace("--", "-").replace("–", "-")))
    if match is None or int(match[1]) > int(match[2]):
        return None
    return int(match[1]), int(match[2])
