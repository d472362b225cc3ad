"""The parts of docs/benchmarks.md that show the chief figures of each benchmark.

    python -m benchmarks.NAME … --json | tail -1 > FIGURES/NAME.json
    python -m benchmarks.page FIGURES [--document docs/benchmarks.md]

FIGURES holds the last line of each benchmark that is to be shown; a part whose figures are not
there stays as it is. The linking part is written by its own benchmark.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.linking.document import wrapped


@dataclass(frozen=True, slots=True)
class Part:
    """One benchmark on the page: what it tells, and its chief figures, by key, in words."""

    title: str
    told: str
    figures: Mapping[str, str]
    data: bool = True


PARTS: Mapping[str, Part] = {
    "claims": Part(
        "Claims: which sentences need a source",
        "F1 at the shipped threshold, and the area under the ROC curve. seed: sentences of our "
        "own texts; ct24: CheckThat! 2024; plos and plos_id: sentences of research articles that "
        "bear a citation, and those of introductions and discussions alone.",
        {
            "seed.f1": "F1, own sentences",
            "seed.auc": "AUC, own sentences",
            "ct24.auc": "AUC, CheckThat!",
            "plos_id.f1": "F1, introductions and discussions",
            "plos_id.auc": "AUC, the same",
            "plos.f1": "F1, research articles",
            "plos.auc": "AUC, the same",
        },
    ),
    "references": Part(
        "References: fields of printed references",
        "A value counts when it equals the gold value. The chief figures bring our spans to whole "
        "stretches between blanks, as the gold values were made; `values` are compared without "
        "that, and `markup` is what the set's own mark-up reaches then: the most that a reader "
        "without a fault could.",
        {
            "anystyle-gold.micro_f1": "AnyStyle's gold set: micro F1",
            "anystyle-gold.whole": "the whole reference right",
            "anystyle-gold.values.whole": "the same, `values`",
            "anystyle-gold.markup.whole": "the same, `markup`",
            "grobid.micro_f1": "GROBID's set: micro F1",
            "grobid.whole": "the whole reference right",
            "grobid.values.whole": "the same, `values`",
            "grobid.markup.whole": "the same, `markup`",
            "styles.min_field": "nine citation styles: the worst field",
            "rules.styles.min_field": "the same by the rules without the model",
            "refs_per_cpu_second": "references a CPU second",
        },
    ),
    "matching": Part(
        "Matching: the right record, or none",
        "876 references against 20 candidates each, most of them impostors; sbmv is Crossref's "
        "own rule, written anew and run on the same cases.",
        {
            "precision": "accepted DOIs that are right",
            "recall_title": "found, title printed",
            "recall_no_title": "found, no title printed",
            "false_accept_absent": "accepted though the work is absent",
            "sbmv.precision": "sbmv: accepted DOIs that are right",
            "sbmv.false_accept_absent": "sbmv: accepted though the work is absent",
            "ms_per_case": "milliseconds a case",
        },
    ),
    "registry": Part(
        "Registry: the pace of look-ups",
        "A local server with Crossref's limits of December 2025, and with these a hundredfold.",
        {
            "rate_use": "use of the allowed rate, worst setting",
            "share_429": "refused requests, limits raised",
            "share_429_real": "refused requests, real limits, worst setting",
            "lost": "works lost",
            "queue_p95_ratio": "wait in the queue, 95th percentile, against the ideal",
            "cpu_ms": "CPU milliseconds a request",
            "warm_per_s": "kept answers a second",
            "bomb_mb": "megabytes that a gzip bomb of 1 GB costs",
        },
        data=False,
    ),
    "check": Part(
        "check: CPU seconds of whole processes",
        "One page; a book of 100,000 words with 500 references; 5,000 references. Everything is "
        "generated; peers run on the same input where they install.",
        {
            "startup_cpu_s": "one page",
            "book_cold_s": "the book, nothing kept",
            "book_warm_s": "the book, unchanged",
            "edit_s": "the book, one word changed",
            "bib5000_s": "5,000 references",
            "rss_mb": "megabytes of memory",
        },
        data=False,
    ),
    "bibtex": Part(
        "Bibliography: against bibtexparser 2.1",
        "Ratios of CPU time and memory to bibtexparser without middleware; saving against its "
        "default writer. 10,000 entries; memory at 50,000.",
        {
            "noop_equal": "files saved byte by byte as they were",
            "noop_total": "of so many",
            "edit_diff_lines": "lines changed by an edit of one field",
            "silent_loss": "entries lost without a word",
            "cold_ratio": "reading the first time",
            "warm_ratio": "reading again",
            "changed_ratio": "finding what changed",
            "save_ratio": "saving after an edit",
            "memory_ratio": "memory",
        },
    ),
    "report": Part(
        "Report and review page",
        "1,000 claims and 300 references. The page is driven in chromium.",
        {
            "report_s": "CPU seconds of a report",
            "report_first_s": "the same with nothing kept",
            "report_mb": "megabytes of the report",
            "page_action_p95_ms": "milliseconds of an action in the browser, 95th percentile",
            "page_rss_mb": "megabytes of the server",
        },
        data=False,
    ),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Rewrites the parts whose figures are given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("figures", type=Path)
    parser.add_argument("--document", type=Path, default=Path("docs/benchmarks.md"))
    options = parser.parse_args(argv)
    page = options.document.read_text(encoding="utf-8")
    for name, part in PARTS.items():
        path = options.figures / f"{name}.json"
        if path.exists():
            page = rewritten(page, name, part, json.loads(path.read_text(encoding="utf-8")))
    options.document.write_text(page, encoding="utf-8", newline="\n")
    return 0


def rewritten(page: str, name: str, part: Part, figures: Mapping[str, Any]) -> str:
    """The page with this part made anew, at its end where it has none yet."""
    begin, end = (f"<!-- benchmarks.{name}: {edge} -->" for edge in ("begin", "end"))
    if begin not in page or end not in page:
        page = f"{page.rstrip()}\n\n{begin}\n{end}\n"
    before, _, rest = page.partition(begin)
    after = rest.partition(end)[2]
    lines = "\n".join(_lines(name, part, figures))
    return f"{before}{begin}\n{lines}\n{end}{after}"


def _lines(name: str, part: Part, figures: Mapping[str, Any]) -> Iterator[str]:
    data = " --data DIR" if part.data else ""
    yield f"## {part.title}"
    yield ""
    yield from wrapped(
        f"Measured by `python -m benchmarks.{name}{data} --json`, written by `benchmarks.page`. "
        f"{platform.python_implementation()} {platform.python_version()} on {platform.system()}, "
        f"{os.cpu_count()} CPUs. {part.told}"
    )
    yield ""
    yield "| figure | | |"
    yield "| --- | --- | --- |"
    for key, words in part.figures.items():
        value = _at(figures, key)
        if value is not None:
            yield f"| `{key}` | {words} | {_shown(value)} |"


def _at(figures: Mapping[str, Any], key: str) -> float | None:
    """The figure of a key with points in it, None where the benchmark did not give it."""
    value: Any = figures
    for part in key.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value if isinstance(value, int | float) else None


def _shown(value: float) -> str:
    if isinstance(value, int) or value >= 100:
        return f"{value:.0f}"
    return f"{value:.3f}" if value < 1 else f"{value:.2f}"


if __name__ == "__main__":
    raise SystemExit(main())
