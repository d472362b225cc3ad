"""EXO208: an article that rests largely on its authors' own works."""

from collections.abc import Iterable

from exocite.model import BlockKind, Finding, Name, Severity, Span
from exocite.patterns import regex
from exocite.policy import Policy
from exocite.rules.rule import Placed
from exocite.rules.sketch import example, reference
from exocite.rules.view import ArticleView, View
from exocite.text import folded

_WORD = regex(r"[^\W\d_]+")
_OWN = Policy(self_citation=20.0)


class SelfCitation:
    """The share of cited works that an author of the article wrote is above the policy's."""

    code = "EXO208"
    slug = "self-citation"
    severity = Severity.INFO
    title = "Many works by the article's own authors"
    what = (
        "Reports an article whose by-line names an author of more of its cited works than the "
        "setting `self_citation` allows, in per cent. Off unless it is set; an article without a "
        "by-line is not reported. Names are compared by family name and first initial."
    )
    why = "Claims that rest mostly on their author's own works lean on one view."
    fix = "Cite works by others for the same claims, or set the share higher."
    passing = example(
        "Exosomes carry RNA [@ku2023].",
        references=[reference("ku2023", author="Ku, Ada", doi="10.5555/1")],
        byline="By Ben Lee",
        policy=_OWN,
    )
    failing = example(
        "Exosomes carry RNA [@ku2023].",
        references=[reference("ku2023", author="Ku, Ada", doi="10.5555/1")],
        byline="By Ada Ku",
        policy=_OWN,
    )

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each article above the share, at its beginning."""
        if all(view.asks(article).self_citation is None for article in view.articles):
            return
        from exocite.references.entries import to_parsed  # Off by default, and large.

        authors = {entry.key: to_parsed(entry).authors for entry in view.works}
        for article in view.articles:
            share = view.asks(article).self_citation
            if share is None:
                continue
            words = _byline(article)
            cited = sorted(article.cited_keys() & authors.keys())
            own = [key for key in cited if any(_named(name, words) for name in authors[key])]
            if own and 100 * len(own) > share * len(cited):
                yield Placed(self, article.article).at(
                    Span(0, 0),
                    f"{len(own)} of {len(cited)} cited works seem to be by its own authors "
                    f"({', '.join(own[:3])}{', …' if len(own) > 3 else ''}); at most {share:g} % "
                    "are asked for",
                    "cite works by others for the same claims",
                )


def _byline(article: ArticleView) -> list[str]:
    lines = (b.text for b in article.article.blocks if b.kind is BlockKind.BYLINE)
    return _WORD.findall(folded(" ".join(lines)))


def _named(name: Name, words: list[str]) -> bool:
    """Whether a by-line holds the family name beside a word with the first name's initial."""
    family, given = _WORD.findall(folded(name.family)), _WORD.findall(folded(name.given))
    if not family or not given:
        return False
    for at in range(len(words) - len(family) + 1):
        if words[at : at + len(family)] == family:
            near = words[max(0, at - 3) : at] + words[at + len(family) : at + len(family) + 2]
            if any(word[0] == given[0][0] for word in near):
                return True
    return False
