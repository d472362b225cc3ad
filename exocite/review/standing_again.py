"""Where one claim stands after a verdict on it, without asking for all the others again."""

from __future__ import annotations

from dataclasses import replace

from exocite.model import Claim, Evidence, Verdict
from exocite.project import Project
from exocite.project.reading import Reading
from exocite.project.recorded import recorded
from exocite.states import Ground, Standing, Standings, exempting, standings


class Again:
    """A reading whose standings are kept up to date claim by claim.

    An entry of the logs finds its claim by the claim's id. One whose id no claim bears today is
    sought by its anchor, which takes the whole article: a claim that such strays stand at is looked
    at together with all others.
    """

    def __init__(self, project: Project, reading: Reading) -> None:
        self._project = project
        self._ids = frozenset(claim.id for claim in reading.claims)
        self._of = dict(reading.standings.of)
        self.reading = replace(reading, standings=replace(reading.standings, of=self._of))
        """The reading; its standings change with `look`."""
        self._crowded = self._with_strays()

    def look(self, claim: Claim) -> Standing:
        """Where the claim stands by what the logs say now."""
        evidence, verdicts = self._logs()
        own = [verdict for verdict in verdicts if verdict.claim == claim.id]
        keys = {verdict.key for verdict in own}
        near = [link for link in evidence if link.claim == claim.id or link.key in keys]
        claims = self.reading.claims
        if claim.id not in self._crowded and all(link.claim in self._ids for link in near):
            # A passage that a verdict rests on may be linked at another claim: those come along.
            names = {claim.id, *(link.claim for link in near)}
            claims = tuple(one for one in claims if one.id in names)
            evidence, verdicts = near, own
        article = self.reading.article
        found = standings(article, claims, evidence, verdicts, self._ground())
        found = exempting(found, claims, self.reading.exemptions, self._project.today)
        self._of[claim.id] = found.of[claim.id]
        return self._of[claim.id]

    def _with_strays(self) -> frozenset[str]:
        """The ids of the claims at which something stands that was written of other words."""
        evidence, verdicts = self._logs()
        links = [link for link in evidence if link.claim not in self._ids]
        said = [verdict for verdict in verdicts if verdict.claim not in self._ids]
        if not links and not said:
            return frozenset()
        claims = self.reading.claims
        found: Standings = standings(self.reading.article, claims, links, said, self._ground())
        return frozenset(
            name
            for name, one in found.of.items()
            if one.verdicts or one.stale or one.accepted or one.stale_links
        )

    def _logs(self) -> tuple[list[Evidence], list[Verdict]]:
        found = recorded(self._project, self.reading.article, self.reading.claims)
        return list(found.evidence), list(found.verdicts)

    def _ground(self) -> Ground:
        project = self._project
        unread = frozenset(key for key, _ in project.unread)
        return Ground(project.texts, project.records, unread)
