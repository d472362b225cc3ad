"""What linking costs: CPU seconds and memory of 60 works and 100 claims, in processes of their own.

cold_s is everything that a process does after the interpreter has started: importing exocite,
loading models, cutting and analysing the works, linking, judging; in the mode semantic with no
vectors and no logits yet. cached_s is in the mode core linking again in the same process, works
analysed anew; in the mode semantic all of cold_s in another process that finds vectors and logits
on the disk. process_s is the whole cold process with the interpreter's start, again_s linking again
in the same process, load_s the part of cold_s before the first claim. Medians of three.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.linking.data import rows, scored
from benchmarks.linking.report import Figure, Report, followed

WORKS, CLAIMS, RUNS = 60, 100, 3
_ROOT = Path(__file__).resolve().parents[2]


def costs(folder: Path, report: Report, models: Path | None, *, verified: bool = False) -> None:
    """The cost of linking the first works and claims of SciFact, by their sorted ids."""
    sources = sorted(rows(folder / "sources.jsonl"), key=lambda source: str(source["id"]))
    claims = sorted(scored(rows(folder / "claims.jsonl")), key=lambda claim: str(claim["id"]))
    work = {
        "works": [
            {"id": one["id"], "title": one.get("title", ""), "text": " ".join(one["sentences"])}
            for one in sources[:WORKS]
        ],
        "claims": [claim["claim"] for claim in claims[:CLAIMS]],
    }
    colds, cached = [], []
    for _ in followed(range(RUNS), "cost"):
        with tempfile.TemporaryDirectory() as place:
            path = Path(place) / "work.json"
            path.write_text(json.dumps(work), encoding="utf-8")
            cold = _timed(path, models, Path(place) / "vectors", verified)
            colds.append(cold)
            if models:
                cached.append(_timed(path, models, Path(place) / "vectors", verified)["once_s"])
            else:
                cached.append(cold["again_s"])
    report.fact("cost.works", len(work["works"]))
    report.fact("cost.claims", len(work["claims"]))
    if verified:
        report.fact("cost.verified_pairs", colds[0]["verified_pairs"])
    report.keep("cost.cold_s", _median(colds, "once_s"))
    report.keep("cost.cached_s", Figure(statistics.median(cached)))
    for key in ("process_s", "load_s", "again_s"):
        report.keep(f"cost.{key}", _median(colds, key))
    if colds[0]["rss_mb"] is not None:
        report.keep("cost.rss_mb", _median(colds, "rss_mb"))


def _median(runs: list[dict[str, Any]], key: str) -> Figure:
    return Figure(statistics.median(run[key] for run in runs))


def _timed(work: Path, models: Path | None, cache: Path, verified: bool) -> dict[str, Any]:
    script = Path(__file__).with_name("timed.py")
    command = [sys.executable, "-P", str(script), str(work)]
    if models:
        command += ["--models", str(models), "--cache", str(cache)]
    if verified:
        command += ["--verify"]
    known = os.environ.get("PYTHONPATH")
    path = os.pathsep.join([str(_ROOT), *([known] if known else [])])
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env=os.environ | {"PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
    )
    cost: dict[str, Any] = json.loads(done.stdout)
    return cost
