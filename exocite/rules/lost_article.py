"""EXO414: verdicts on an article that is not here any more."""

from collections.abc import Iterable

from exocite.model import Finding, Severity
from exocite.rules.rule import fingerprint, quoted
from exocite.rules.sketch import example
from exocite.rules.view import LostArticle, View


class VerdictsOfNoArticle:
    """A file that verdicts speak of is gone, and no article took them over."""

    code = "EXO414"
    slug = "lost-article"
    severity = Severity.WARNING
    title = "Verdicts on an article that is gone"
    what = (
        "Reports a file that verdicts.jsonl or evidence.jsonl speaks of, that is not here any "
        "more, and whose sentences stand in no article that was checked. An article that was "
        "renamed keeps its verdicts: its words tell that it is the same. This is told only where "
        "all articles of the setting `articles` are checked."
    )
    why = "What people decided counts for nothing, and nobody would notice."
    fix = (
        "If the article was renamed and rewritten at once, put its new path into these lines; if "
        "it lies outside of `articles`, name it there; if it is gone for good, take the lines "
        "out: git keeps them."
    )
    passing = example("Exosomes carry RNA between cells.")
    failing = example(
        "Something else stands here now.",
        lost=[LostArticle("old.md", "bib/verdicts.jsonl", 3, verdicts=2, links=1)],
    )

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each such file, at the first line that speaks of it."""
        for one in view.lost:
            told = [
                f"{count} {word}{'s' if count > 1 else ''}"
                for count, word in ((one.verdicts, "verdict"), (one.links, "accepted passage"))
                if count
            ]
            yield Finding(
                path=one.path,
                line=one.line,
                column=1,
                code=self.code,
                severity=self.severity,
                message=f"{' and '.join(told)} of {quoted(one.name)}, which is not here: their "
                "sentences stand in no article that was checked",
                help="write the path that the article has now into these lines, or take them out",
                end_line=one.line,
                end_column=1,
                fingerprint=fingerprint(self, one.name),
            )
