"""EXO408: a locator outside the pages of the cited work."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from exocite.model import Finding, Reference, Severity
from exocite.patterns import regex
from exocite.rules.rule import Placed, quoted
from exocite.rules.sketch import example, reference
from exocite.rules.view import View
from exocite.text import collapsed

_PAGES = regex(
    r"\s*(?:p{1,2}\.?|pages?|s\.)?\s*(\d{1,6})\s*(?:[-–—]{1,2}\s*(\d{1,6}))?\s*", re.IGNORECASE
)
_RANGE = regex(r"(\d{1,7})-(\d{1,7})")


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
    passing = example(
        "Exosomes carry RNA [@ku2023, p. 104].",
        references=[reference("ku2023", pages="101--110", doi="10.5555/1")],
    )
    failing = example(
        "Exosomes carry RNA [@ku2023, p. 140].",
        references=[reference("ku2023", pages="101--110", doi="10.5555/1")],
    )

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each cited page that cannot be one of the work's."""
        ranges = _Ranges(view)
        for article in view.articles:
            placed = Placed(self, article.article)
            for citation in article.citations:
                for item in citation.items:
                    pages = _PAGES.fullmatch(item.locator) if item.locator else None
                    if pages is None or len(item.keys) != 1:
                        continue
                    held = ranges.of(item.keys[0])
                    if held is None:
                        continue
                    asked = int(_full(f"{pages[1]}-{pages[2] or pages[1]}").rpartition("-")[2])
                    first, last = held
                    if asked > last or last - first + 1 < int(pages[1]) < first:
                        yield placed.at(
                            item.span,
                            f"{quoted(item.locator)} is outside pages {first} to {last} of "
                            f"{item.keys[0]}",
                            "correct the page, or the range in the bibliography",
                        )


class _Ranges:
    """First and last page of works, looked for when a citation asks for one."""

    def __init__(self, view: View) -> None:
        self._view = view

    @cached_property
    def _works(self) -> Mapping[str, Reference]:
        return {entry.key: entry for entry in self._view.works}

    def of(self, key: str) -> tuple[int, int] | None:
        """The pages of the work of this citekey, None where they are not known or no range."""
        entry = self._works.get(key)
        if entry is None:
            return None
        return _range(_full(collapsed(entry.get("pages") or entry.get("eid"))))


def _full(pages: str) -> str:
    # Patterns for printed references come with it, and few citations name a page.
    from exocite.references.locations import full_pages

    return full_pages(pages)


def _range(pages: str) -> tuple[int, int] | None:
    match = _RANGE.fullmatch(_full(pages.replace("--", "-").replace("–", "-")))
    if match is None or int(match[1]) > int(match[2]):
        return None
    return int(match[1]), int(match[2])
