"""EXO104: an article of whose claims too few are cited or supported."""

from collections.abc import Iterable, Iterator

from exocite.model import Coverage, Finding, Judgement, Severity, Span
from exocite.policy import Policy
from exocite.rules.rule import Placed
from exocite.rules.sketch import example, reference, verdict
from exocite.rules.view import View

_CITED, _BARE = "Exosomes carry RNA [@ku2023].", "Skin ages in the sun."
_HALF = Policy(cited=50.0)
_ALL = Policy(supported=100.0)


class LowCoverage:
    """The share of claims that are cited, or judged supported, is below what the policy asks."""

    code = "EXO104"
    slug = "low-coverage"
    severity = Severity.ERROR
    title = "Too few claims are cited or supported"
    what = (
        "Reports an article that stays below the share of its claims that the settings `cited` and "
        "`supported` ask for, in per cent. Exempt claims do not count. Off unless one is set."
    )
    why = "A newsroom can ask for more step by step, where asking for all at once would be ignored."
    fix = "Cite and judge more claims: `exocite claims` shows which are open."
    passing = example(
        _CITED, _BARE, references=[reference("ku2023", doi="10.5555/1")], policy=_HALF
    )
    failing = example(
        _CITED,
        _BARE,
        references=[reference("ku2023", doi="10.5555/1")],
        verdicts=[verdict(Judgement.SUPPORTED, _CITED, "ku2023")],
        policy=_ALL,
    )

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each share that an article does not reach, at its beginning."""
        for article in view.articles:
            placed = Placed(self, article.article)
            coverage = article.coverage
            for word, share, asked in _shares(coverage, view.asks(article)):
                if coverage.claims > coverage.exempt and share < asked:
                    claims = coverage.claims - coverage.exempt
                    yield placed.at(
                        Span(0, 0),
                        f"{share:.1f} % of {claims} claims are {word}; {asked:g} % are asked for",
                        f"`exocite claims {article.argument}` shows which are open",
                        about=word,
                    )


def _shares(coverage: Coverage, policy: Policy) -> Iterator[tuple[str, float, float]]:
    if policy.cited is not None:
        yield "cited", coverage.cited_percent, policy.cited
    if policy.supported is not None:
        yield "supported", coverage.supported_percent, policy.supported
