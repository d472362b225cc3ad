"""What is asked of an article: thresholds and which rules speak, given to every layer below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import Any

from exocite.frozen import dataclass
from exocite.model import Severity

PER_PATH = ("ignore", "severities", "cited", "supported", "reviewers", "full_text", "self_citation")
"""What can be asked of some articles otherwise than of the rest."""

PROFILES = ("strict", "news", "science")
"""The names of thresholds that are shipped with the claim model."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The demands of one project.

    `claim_threshold` is the score from which a sentence counts as a claim, or one of PROFILES;
    None takes the one shipped with the model. `suggestions` is how many references are proposed
    for a claim, and `operating_point` names the least confidence from which one is
    (`linking.coefficients`).
    `select` and `ignore` hold codes or their beginnings ("EXO2"); ignore wins. `per_path` ignores
    codes in files whose name in the project fits a pattern; `severities` replaces those of rules.
    `by_path` asks something else of such files: patterns, each with names of PER_PATH and values.

    `cited` and `supported` are the least shares of claims, in per cent, that each article must
    reach. `reviewers` is how many people must agree on a verdict; `full_text` that a verdict may
    not rest on an abstract alone. `resolution_days` is how old the registry's word may be,
    `oldest_source` how many years old a cited work, `self_citation` the largest share of
    references, in per cent, that the article's own authors wrote; None asks for nothing.
    """

    claim_threshold: float | str | None = None
    suggestions: int = 3
    operating_point: str = "0.70"
    select: tuple[str, ...] = ("EXO",)
    ignore: tuple[str, ...] = ()
    per_path: tuple[tuple[str, tuple[str, ...]], ...] = ()
    severities: tuple[tuple[str, Severity], ...] = ()
    by_path: tuple[tuple[str, tuple[tuple[str, Any], ...]], ...] = ()
    cited: float | None = None
    supported: float | None = None
    reviewers: int = 1
    full_text: bool = False
    resolution_days: int | None = None
    oldest_source: int | None = None
    self_citation: float | None = None

    def of(self, name: str) -> Policy:
        """What is asked of the file of this name, its path from the project.

        Of several patterns that fit, the later counts; ignored codes and severities are added.
        """
        own = self
        for pattern, values in self.by_path:
            if _fits(name, pattern):
                new = dict(values)
                new["ignore"] = (*own.ignore, *new.get("ignore", ()))
                new["severities"] = (*new.get("severities", ()), *own.severities)
                own = replace(own, **new)
        return own

    def wants(self, code: str) -> bool:
        """Whether the rule of this code is asked for."""
        return code.startswith(self.select) and not (self.ignore and code.startswith(self.ignore))

    def wants_in(self, name: str, code: str) -> bool:
        """Whether this code is asked for in the file of this name, its path from the project."""
        return not any(code.startswith(codes) and _fits(name, p) for p, codes in self.per_path)

    def severity(self, code: str, own: Severity) -> Severity:
        """How grave a finding of this rule is; the longest fitting code decides."""
        fitting: Sequence[tuple[str, Severity]]
        fitting = [(start, grave) for start, grave in self.severities if code.startswith(start)]
        return max(fitting, key=lambda one: len(one[0]))[1] if fitting else own


def _fits(name: str, pattern: str) -> bool:
    """Whether a path fits a pattern; one without a slash is compared with the file's name alone."""
    return fnmatchcase(name if "/" in pattern else name.rpartition("/")[2], pattern)
