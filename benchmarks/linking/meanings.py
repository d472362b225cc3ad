"""The figures of the linking benchmark in groups, and what each means, as the page tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from exocite.linking.coefficients import CORE


@dataclass(frozen=True)
class Group:
    """Figures that belong together: their keys, and in words what they are."""

    title: str
    keys: tuple[str, ...]
    words: str

    def meaning(self, facts: Mapping[str, Any]) -> str:
        """The words in one line, with the facts that they ask for."""
        works, claims = facts.get("cost.works", ""), facts.get("cost.claims", "")
        return " ".join(self.words.format(works=works, claims=claims).split())


GROUPS = (
    Group(
        "Finding the work",
        (
            "scifact.full.r1",
            "scifact.near20.r1",
            "scifact.near60.r1",
            "scifact.random60.r1",
            "wice.r1",
        ),
        """
        The share of claims whose best-ranked work holds evidence for them; a tie counts as wrong.
        `full` is the whole corpus, `near20` and `near60` are bibliographies of works on the same
        topic, `random60` of works on any; in WiCE all web pages of the set compete.
        """,
    ),
    Group(
        "Finding the sentence",
        ("scifact.sentence.hit1", "scifact.rationale_f1", "wice.hit1", "wice.rationale_f1"),
        """
        Given a work that holds evidence, the share whose best sentence is one that people marked.
        `rationale_f1` is the F1 over sentences of the one to three chosen ones against all that
        people marked.
        """,
    ),
    Group(
        "What a reader is shown",
        (
            "quote.hit",
            "quote.sentences",
            "wice.quote.hit",
            "wice.quote.sentences",
            "quote.contradicted_as_supported",
            "quote.supported_recall",
        ),
        """
        Of a work `link` quotes one stretch of one to three neighbouring sentences: `hit` is the
        share of stretches that hold a marked sentence, `sentences` their mean length. The last two
        are the figures of the same name further down when the judge reads that stretch of the gold
        source, as it does in use, rather than what people marked.
        """,
    ),
    Group(
        "Knowing that there is no source",
        ("scifact.has_source.auroc", "scifact.has_source.aurc", "ece"),
        """
        All works that any claim cites compete, and some claims have no evidence among them:
        `auroc` is the chance that a claim with evidence has the higher confidence, `aurc` the mean
        share of wrong first works when the least sure claims are left out one by one (less is
        better). `ece` is how far the confidence lies from the share that is right, over 15 bins
        (less is better); chance can only raise it, so its draws are moved to lie around it.
        """,
    ),
    Group(
        "Named operating points",
        tuple(
            f"points.{name}.{what}"
            for name in CORE.operating_points
            for what in ("precision", "coverage")
        ),
        """
        Of the claims whose first work reaches the confidence of that name, the share that is right,
        and how many claims these are. The points were set on the training folds for bibliographies
        of every size; here they meet claims and works that nothing was fitted on.
        """,
    ),
    Group(
        "What the passage says",
        (
            "relation.macro_f1",
            "citint.macro_f1",
            "contradicted_as_supported",
            "supported_recall",
            "named.refuted_recall",
            "named.supported_as_refuted",
            "named.citint_macro_f1",
        ),
        """
        `relation` tells support from contradiction on SciFact's marked sentences, `citint` support,
        contradiction and neither on the one source given (macro F1 of the likeliest).
        `contradicted_as_supported` (less is better) and `supported_recall` are the shares of
        contradicted and of supported claims, both sets together, that a reader is told are
        supported; what stands under `named` counts the relation that is told, too.
        """,
    ),
    Group(
        "One thing changed",
        (
            "flips.refuted_called_supports",
            "flips.supports_kept",
            "flips.conflicts_named",
            "flips.false_conflicts",
        ),
        """
        Sentences that say what the passage says, half of them with one word, number or negation
        turned: how many of the turned ones are told to be supported (less is better), how many of
        the others. `conflicts_named` and `false_conflicts` are how often a difference is named,
        rightly and wrongly.
        """,
    ),
    Group(
        "Cost",
        (
            "cost.cold_s",
            "cost.cached_s",
            "cost.process_s",
            "cost.load_s",
            "cost.again_s",
            "cost.rss_mb",
        ),
        """
        CPU seconds, user and system, of {works} works and {claims} claims from texts to
        suggestions, and the most megabytes of memory; medians of three processes. `cold_s` is all
        that happens after the interpreter has started, imports and models included and no vector
        known; `cached_s` is linking again in the same process for core, and all of `cold_s` in a
        new process with the vectors on disk for semantic. `process_s` adds the interpreter's start
        to `cold_s`, `load_s` is its part before the first claim, `again_s` is linking again in the
        same process.
        """,
    ),
)
