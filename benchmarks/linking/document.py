"""The part of docs/benchmarks.md that this benchmark writes."""

from __future__ import annotations

import os
import platform
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.linking.meanings import GROUPS
from benchmarks.linking.report import Figure, Report

BEGIN = "<!-- benchmarks.linking: begin -->"
END = "<!-- benchmarks.linking: end -->"

_PAGE = f"""# Benchmarks

Every part of this page is written by the command that it names. Edit the program, not the numbers.

{BEGIN}
{END}
"""


def rewritten(path: Path, reports: Mapping[str, Report]) -> None:
    """Put the part of these reports into the page, which is made where it is not there."""
    page = path.read_text(encoding="utf-8") if path.exists() else _PAGE
    if BEGIN not in page or END not in page:
        page = f"{page.rstrip()}\n\n{BEGIN}\n{END}\n"
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    lines = "\n".join(part(reports))
    path.write_text(f"{before}{BEGIN}\n{lines}\n{END}{after}", encoding="utf-8", newline="\n")


def part(reports: Mapping[str, Report]) -> Iterator[str]:
    """The lines of the part: where it was measured, one table, what the figures mean."""
    last = list(reports.values())[-1]
    yield "## Linking: which passage of which work supports a claim"
    yield ""
    yield "Written by `python -m benchmarks.linking --data DIR --document docs/benchmarks.md`."
    yield ""
    yield from _setting(last)
    yield ""
    yield from wrapped(
        "In brackets: 95 % intervals by bootstrap over documents (claims that share a source are "
        "drawn together), 1,000 draws, seeded; n is how many results a figure is made of. BM25 is "
        "the plain baseline (k1 1.2, b 0.75) over the same terms, measured in the same run."
    )
    yield ""
    yield f"| figure | BM25 | {' | '.join(reports)} | n |"
    yield "| --- | --- |" + " --- |" * len(reports) + " --- |"
    for group in GROUPS:
        told = [key for key in group.keys if any(key in one.figures for one in reports.values())]
        if told:
            yield f"| **{group.title}** | |" + " |" * len(reports) + " |"
        for key in told:
            yield _row(key, [one.figures.get(key) for one in reports.values()])
    yield ""
    yield "What the figures mean:"
    yield ""
    for group in GROUPS:
        if any(key in last.figures for key in group.keys):
            said = group.meaning(last.facts)
            yield from wrapped(f"- **{group.title}.** {said}")


def wrapped(text: str) -> list[str]:
    """The text in lines of at most 100 characters; those of a list item are set in."""
    inner = "  " if text.startswith("- ") else ""
    return textwrap.wrap(text, 100, subsequent_indent=inner, break_on_hyphens=False)


def _setting(report: Report) -> Iterator[str]:
    facts = report.facts
    scored = "All claims of the sets are scored"
    if any(facts.get(f"{name}.folds") for name in ("scifact", "wice", "citint")):
        scored = (
            "Only fold 0 of SciFact, WiCE and Citation-Integrity is scored: no weight and no "
            "threshold has seen it"
        )
    yield from wrapped(
        f"Measured with {platform.python_implementation()} {platform.python_version()} on "
        f"{platform.system()}, {platform.machine()}, {os.cpu_count()} CPUs. {scored}. The data are "
        "not part of this repository."
    )
    yield ""
    for key, said in (
        ("scifact", "SciFact: {n} claims against {works:,} abstracts"),
        ("wice", "WiCE: {n} claims against {works:,} web pages"),
        ("citint", "Citation-Integrity: {n} claims, each with sentences of one article"),
        ("flips", "flips: {n} sentences with or without one thing changed"),
    ):
        if count := facts.get(f"{key}.n_scored"):
            yield f"- {said.format(n=count, works=facts.get(f'{key}.works', 0))}"


def _row(key: str, figures: list[Figure | None]) -> str:
    known = [figure for figure in figures if figure]
    base = known[0].plain
    cells = [
        f"`{key}`",
        "" if base is None else f"{base:.3f}",
        *(_cell(key, one) for one in figures),
        "" if known[-1].n is None else str(known[-1].n),
    ]
    return f"| {' | '.join(cells)} |"


def _cell(key: str, figure: Figure | None) -> str:
    if figure is None:
        return ""
    if key.endswith("rss_mb"):
        return f"{figure.value:.0f}"
    if key.startswith("cost."):
        return f"{figure.value:.2f}"
    if not figure.interval:
        return f"{figure.value:.3f}"
    low, high = figure.interval
    return f"{figure.value:.3f} ({low:.3f} to {high:.3f})"
