"""What is asked of an article: thresholds and which rules speak, given to every layer below."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Policy:
    """The demands of one project.

    `claim_threshold` is the score from which a sentence counts as a claim; None takes the one
    shipped with the model. `suggestions` is how many references are proposed for a claim, and
    `operating_point` names the least confidence from which one is (`linking.coefficients`).
    `select` and `ignore` hold codes or their beginnings ("EXO2"); ignore wins.
    """

    claim_threshold: float | None = None
    suggestions: int = 3
    operating_point: str = "0.70"
    select: tuple[str, ...] = ("EXO",)
    ignore: tuple[str, ...] = ()

    def wants(self, code: str) -> bool:
        """Whether the rule of this code is asked for."""
        return code.startswith(self.select) and not (self.ignore and code.startswith(self.ignore))
