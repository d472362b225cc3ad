"""How well sentences are cut: boundaries of treebank texts, golden rules, stress cases, speed.

`python -m benchmarks.segmentation --data DIR [--json]`

A boundary is the end of a sentence but the last of its text. A text of the golden and the stress
set is exact when its spans are the gold spans; the figure is the share of texts. Speed is the
median of three runs over all texts of the treebank sets, in megabytes of UTF-8 a second of CPU.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import statistics
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from benchmarks.datasets import sets
from exocite.claims.segment import boundaries
from exocite.text import trimmed

Spans = list[tuple[int, int]]
Splitter = Callable[[str], Spans]
Rows = list[dict[str, Any]]

EXACT = ("golden", "stress")


def plain_sentencex(text: str) -> Spans:
    """The boundaries of sentencex as it comes."""
    from sentencex import get_sentence_boundaries

    found = get_sentence_boundaries("en", text)
    return _trimmed(text, ((b["start_index"], b["end_index"]) for b in found))


def nupunkt(text: str) -> Spans:
    """The boundaries of nupunkt as it comes."""
    from nupunkt import sent_spans

    return _trimmed(text, sent_spans(text))


def _trimmed(text: str, spans: Iterable[tuple[int, int]]) -> Spans:
    cut = (trimmed(text, start, end) for start, end in spans)
    return [(start, end) for start, end in cut if start < end]


def boundary_f1(rows: Rows, split: Splitter) -> float:
    """F1 of the sentence ends inside the texts, counted over all texts together."""
    right = wrong = missed = 0
    for row in rows:
        gold = {end for _, end in row["sentences"][:-1]}
        found = {end for _, end in split(row["text"])[:-1]}
        right += len(gold & found)
        wrong += len(found - gold)
        missed += len(gold - found)
    return 2 * right / (2 * right + wrong + missed) if right else 0.0


def exact(rows: Rows, split: Splitter) -> int:
    """Number of texts whose spans are the gold spans."""
    return sum([list(span) for span in split(row["text"])] == row["sentences"] for row in rows)


def speed(texts: list[str], split: Splitter) -> float:
    """Megabytes of UTF-8 a second of CPU time, the median of three runs."""
    size = sum(len(text.encode()) for text in texts) / 1e6
    runs = []
    for _ in range(3):
        start = time.process_time()
        for text in texts:
            split(text)
        runs.append(size / max(time.process_time() - start, 1e-9))
    return statistics.median(runs)


def measure(found: dict[str, Rows], split: Splitter) -> dict[str, Any]:
    """All figures of one splitter."""
    figures: dict[str, Any] = {}
    for name, rows in found.items():
        if name in EXACT:
            right = exact(rows, split)
            figures[name] = {"exact": round(right / len(rows), 4), "right": right, "of": len(rows)}
        else:
            figures[name] = {"boundary_f1": round(boundary_f1(rows, split), 4)}
    texts = [row["text"] for name, rows in found.items() if name not in EXACT for row in rows]
    if texts:
        figures["mb_per_cpu_second"] = round(speed(texts, split), 2)
    return figures


def peers() -> dict[str, Splitter]:
    """Other splitters, those that are installed here."""
    known = {"sentencex": plain_sentencex, "nupunkt": nupunkt}
    return {name: split for name, split in known.items() if importlib.util.find_spec(name)}


def _line(name: str, figures: dict[str, Any]) -> str:
    cells = [f"{name:<12}"]
    for key, value in figures.items():
        if key in EXACT:
            cells.append(f"{key} {value['right']:>3}/{value['of']}")
        elif isinstance(value, dict):
            cells.append(f"{key} F1 {value['boundary_f1']:.4f}")
        else:
            cells.append(f"{value:6.2f} MB/s")
    return "  ".join(cells)


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.segmentation")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    found = sets(options.data)
    ours = measure(found, boundaries)
    others = {name: measure(found, split) for name, split in peers().items()}
    for name, figures in {"exocite": ours, **others}.items():
        print(_line(name, figures))
    if options.json:
        print(json.dumps({**ours, "peers": others}))


if __name__ == "__main__":
    main()
