"""EXO201: a reference that no article of the project cites."""

from collections.abc import Iterable

from exocite.model import Finding, Severity
from exocite.rules.rule import at_reference, quoted
from exocite.rules.sketch import example, reference
from exocite.rules.view import View


class UncitedReference:
    """A reference is cited by no article of the project."""

    code = "EXO201"
    slug = "uncited-reference"
    severity = Severity.WARNING
    title = "A reference that is never cited"
    what = (
        "Reports an entry of the bibliography that no marker and no accepted link names, neither "
        "in the articles under check nor in those of the setting `articles`. Entries that only "
        "hold data for others (`@xdata`) are left alone."
    )
    why = (
        "A source that supports no statement lends an article weight that it has not earned, or "
        "its marker has been lost."
    )
    fix = "Cite the reference where it is used, or ask the author what it was used for."
    passing = example(
        "Exosomes carry RNA between cells [@ku2023].",
        references=[reference("ku2023", title="Exosomes", doi="10.5555/12345678")],
    )
    failing = example(
        "Here is a sentence without a marker.",
        references=[reference("ku2023", title="Exosomes", doi="10.5555/12345678")],
    )

    def check(self, view: View) -> Iterable[Finding]:
        """One finding for each reference that is never cited; none where no article is given."""
        if not view.articles:
            return
        cited = view.cited_elsewhere.union(*(article.cited_keys() for article in view.articles))
        for entry in view.works:
            if entry.key not in cited:
                title = f": {quoted(entry.get('title'))}" if entry.get("title") else ""
                yield at_reference(
                    self,
                    entry,
                    f"{entry.key} is never cited{title}",
                    "cite it where it is used, or ask the author what it was used for",
                )
