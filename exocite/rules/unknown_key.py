"""EXO102: a citation of something that the bibliography does not hold."""

from collections.abc import Iterable, Sequence

from exocite.model import CitationKind, CitedItem, Finding, Severity
from exocite.rules.rule import Placed, quoted
from exocite.rules.sketch import example, reference
from exocite.rules.view import FREE, View

_KEYED = frozenset({CitationKind.PANDOC, CitationKind.LATEX, CitationKind.MARKUP})
_LONGEST_KEY = 100
_MOST_SOUGHT = 100
"""Of so many unknown keys the nearest is looked for: some 30 ms each among 5,000 entries."""


class UnknownKey:
    """A citation names no reference of the bibliography.

    A link or a footnote is free text that may well name no reference: those are left alone.
    """

    code = "EXO102"
    slug = "unknown-key"
    severity = Severity.ERROR
    title = "A citation of an unknown key"
    what = (
        "Reports a marker in the text, `[@key]`, `[3]` or `(Ku et al., 2023)`, for which the "
        "bibliography holds no entry. The nearest known citekey is proposed."
    )
    why = "The marker looks like a source but leads nowhere, often because of a slip in the key."
    fix = "Correct the key, or add the reference (`exocite add`)."
    passing = example(
        "Exosomes carry RNA between cells [@ku2023].",
        references=[reference("ku2023", doi="10.5555/12345678")],
    )
    failing = example(
        "Exosomes carry RNA between cells [@ku2032].",
        references=[reference("ku2023", doi="10.5555/12345678")],
    )

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each cited item that names no reference."""
        keys = sorted({reference.key for reference in view.references})
        known = frozenset(keys)
        helped: dict[str, str] = {}
        for article in view.articles:
            placed = Placed(self, article.article)
            # The keys of a Word document are those of its fields, which nobody writes by hand.
            by_hand = article.article.format != "docx"
            for citation in article.citations:
                if citation.kind in FREE:
                    continue
                for item in citation.items:
                    if known.isdisjoint(item.keys):
                        message = f"{quoted(item.label)} names no entry of the bibliography"
                        keyed = by_hand and citation.kind in _KEYED
                        if keyed and item.label not in helped:
                            # Where nothing fits it is the wrong bibliography, and the search slow.
                            near = keys if len(helped) < _MOST_SOUGHT else ()
                            helped[item.label] = _next_step(item, near)
                        help_ = helped[item.label] if keyed else _ADD_LISTED
                        yield placed.at(item.span, message, help_)


_ADD = "add the reference with `exocite add`"
_ADD_LISTED = "add the article's own list of references with `exocite add --from-article`"


def _next_step(item: CitedItem, keys: Sequence[str]) -> str:
    from difflib import get_close_matches

    label = item.label.lstrip("@-")[:_LONGEST_KEY]
    same = [key for key in keys if key.casefold() == label.casefold()]
    near = same or get_close_matches(label, keys, n=1, cutoff=0.6)
    return f"did you mean {near[0]}? Else {_ADD}" if near else _ADD
