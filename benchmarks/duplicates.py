"""How well records of the same work are found, on a labelled library.

    python -m benchmarks.duplicates [--records FILE.jsonl[.gz]] [--peer] [--json]

A row of FILE has title, author, year, journal, doi, volume, number, pages and label; rows of one
label are one work. Without FILE a library is generated (`benchmarks.duplicate_library`). Precision
and recall are of pairs of records in one group; a false merge is a group less than there should be,
and a miss one more. `--peer` compares bib-dedupe 0.11 on the same rows: it is installed into an
environment of its own in a temporary folder, and left out where that fails.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import time
import venv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.duplicate_catalogues import catalogues
from benchmarks.duplicate_library import library
from exocite.bibliography.duplicates import Answer, find, prepare

PEER = "bib-dedupe==0.11"
Row = Mapping[str, str]


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the table, and with --json the figures as one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=Path, help="labelled records, one JSON object a line")
    parser.add_argument("--works", type=int, default=2000, help="works of the generated library")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--held-out", action="store_true", help="generate from other word lists")
    parser.add_argument(
        "--catalogues", action="store_true", help="generate with the faults of catalogues"
    )
    parser.add_argument("--peer", action="store_true", help="measure bib-dedupe as well")
    parser.add_argument("--peer-python", type=Path, help="a Python that has bib-dedupe already")
    parser.add_argument("--errors", type=int, default=0, help="print so many wrong pairs")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(argv)
    if options.records:
        rows = read(options.records)
    elif options.catalogues:
        rows = catalogues(options.works, seed=options.seed)
    else:
        rows = library(options.works, seed=options.seed, held_out=options.held_out)
    figures = measure(rows, errors=options.errors)
    shown = {"exocite": figures}
    if options.peer or options.peer_python:
        peer = measure_peer(rows, options.peer_python)
        if peer:
            shown["bib-dedupe"] = peer
            figures["peers"] = {"bib-dedupe": peer}
    for name, found in shown.items():
        told = "  ".join(
            f"{key} {value:.4f}" if isinstance(value, float) else f"{key} {value}"
            for key, value in found.items()
            if key != "peers"
        )
        print(f"{name:12} {told}")
    if options.json:
        print(json.dumps(figures))
    return 0


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a file, missing values as "", all as text."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode()
    rows = [json.loads(line) for line in text.splitlines() if line.strip()]
    return [
        {name: "" if value is None else str(value) for name, value in row.items()} for row in rows
    ]


def measure(rows: Sequence[Row], *, errors: int = 0) -> dict[str, object]:
    """Our figures for these rows."""
    start = time.process_time()
    found = find([prepare(row, row.get("ENTRYTYPE", "")) for row in rows])
    taken = time.process_time() - start
    labels = [row["label"] for row in rows]
    figures: dict[str, object] = {**scores(labels, found.groups), "cpu_s": taken}
    answers = Counter(pair.answer for pair in found.pairs)
    for answer in (Answer.PERHAPS, Answer.VERSION):
        pairs = [pair for pair in found.pairs if pair.answer is answer]
        true = sum(labels[pair.left] == labels[pair.right] for pair in pairs)
        figures |= {answer.value: answers[answer], f"{answer.value}_same": true}
    if errors:
        _tell(rows, found.groups, errors)
    return figures


def scores(labels: Sequence[str], groups: Iterable[Sequence[int]]) -> dict[str, object]:
    """Precision and recall of pairs, and false merges and misses in groups."""
    wrong = right = false_merges = pieces = 0
    grouped = 0
    works: Counter[str] = Counter()
    for group in groups:
        inside = Counter(labels[number] for number in group)
        right += sum(_pairs(count) for count in inside.values())
        wrong += _pairs(len(group)) - sum(_pairs(count) for count in inside.values())
        false_merges += len(inside) - 1
        works.update(inside.keys())
        pieces += len(inside)
        grouped += len(group)
    known = Counter(labels)
    total = sum(_pairs(count) for count in known.values())
    misses = pieces + (len(labels) - grouped) - len(known)
    return {
        "records": len(labels),
        "precision": right / (right + wrong) if right + wrong else 1.0,
        "recall": right / total if total else 1.0,
        "false_merges": false_merges,
        "misses": misses,
        "false_merges_per_1000": 1000 * false_merges / max(len(labels), 1),
        "misses_per_1000": 1000 * misses / max(len(labels), 1),
    }


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def _tell(rows: Sequence[Row], groups: Sequence[Sequence[int]], most: int) -> None:
    of = {number: place for place, group in enumerate(groups) for number in group}
    by_label: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        by_label.setdefault(row["label"], []).append(number)
    told = 0
    for own in by_label.values():
        for other in own[1:]:
            if told < most and (own[0] not in of or of.get(own[0]) != of.get(other)):
                told += 1
                print("MISS", json.dumps([rows[own[0]], rows[other]], ensure_ascii=False, indent=1))
    told = 0
    for group in groups:
        for other in group[1:]:
            if told < most and rows[group[0]]["label"] != rows[other]["label"]:
                told += 1
                print(
                    "FALSE", json.dumps([rows[group[0]], rows[other]], ensure_ascii=False, indent=1)
                )


# --------------------------------------------------------------------------- the peer

_RUN = """
import json, os, sys
import pandas as pd
import bib_dedupe.bib_dedupe as b
rows = json.load(open(sys.argv[1], encoding="utf-8"))
names = ("title", "author", "year", "journal", "doi", "volume", "number", "pages")
frame = pd.DataFrame([
    {"ID": str(i), "ENTRYTYPE": "article", "abstract": "", "booktitle": "",
     **{n: row.get(n, "") for n in names}}
    for i, row in enumerate(rows)
])
def cpu():
    t = os.times()
    return t.user + t.system + t.children_user + t.children_system
before = cpu()
frame = b.prep(frame, verbosity_level=0, cpu=1)
pairs = b.match(b.block(frame, verbosity_level=0, cpu=1), verbosity_level=0, cpu=1)
groups = b.cluster(pairs, verbosity_level=0)
taken = cpu() - before
json.dump({"groups": groups, "cpu_s": taken}, open(sys.argv[2], "w"))
"""


def measure_peer(rows: Sequence[Row], python: Path | None) -> dict[str, object]:
    """bib-dedupe's figures, children's CPU time included; empty where it cannot be had."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        if python is None:
            try:
                venv.create(folder / "peer", with_pip=True)
                python = folder / "peer" / ("Scripts" if sys.platform == "win32" else "bin")
                python = python / "python"
                install = [str(python), "-m", "pip", "install", "-q", PEER]
                subprocess.run(install, check=True, capture_output=True)
            except (OSError, subprocess.CalledProcessError):
                print(f"{PEER} is left out: it cannot be installed here", file=sys.stderr)
                return {}
        given, answer = folder / "rows.json", folder / "answer.json"
        given.write_text(json.dumps(list(rows)), encoding="utf-8")
        done = subprocess.run(
            [str(python), "-c", _RUN, str(given), str(answer)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            print(f"{PEER} is left out: {done.stderr.strip()[-300:]}", file=sys.stderr)
            return {}
        said = json.loads(answer.read_text(encoding="utf-8"))
    groups = [[int(number) for number in group] for group in said["groups"]]
    labels = [row["label"] for row in rows]
    return {**scores(labels, groups), "cpu_s": said["cpu_s"]}


if __name__ == "__main__":
    raise SystemExit(main())
