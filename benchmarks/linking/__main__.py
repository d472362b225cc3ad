"""Measure linking: the command line. See the package for what it takes."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import benchmarks.linking
from benchmarks.linking.cost import costs
from benchmarks.linking.data import DataError
from benchmarks.linking.document import rewritten
from benchmarks.linking.relations import flips, relations
from benchmarks.linking.report import Report
from benchmarks.linking.sources import scifact, wice
from exocite import weights
from exocite.embedding import Embedder
from exocite.errors import ExociteError
from exocite.linking.likeness import Similarity
from exocite.linking.relation import Judge
from exocite.linking.verifying import Verifying
from exocite.verifier import Verifier, absent

_CHECKOUT = Path(__file__).resolve().parents[2] / "models" / "exocite_models"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is in the folder; 2 for what is missing or cannot be read."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.linking",
        description=benchmarks.linking.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--mode", choices=("core", "semantic"), help="semantic where not given")
    parser.add_argument("--json", action="store_true", help="the last line is one JSON object")
    parser.add_argument("--models", type=Path, metavar="FOLDER", help="of the embedder, verifier")
    parser.add_argument("--no-verifier", action="store_true", help="have the rules alone judge")
    parser.add_argument("--cache", type=Path, metavar="FOLDER", help="where vectors are kept")
    parser.add_argument("--document", type=Path, metavar="FILE", help="rewrite this page's part")
    asked = parser.parse_args(arguments)
    modes = (asked.mode,) if asked.mode else ("core", "semantic") if asked.document else ()
    try:
        reports = [
            measured(
                asked.data,
                mode,
                models=asked.models,
                cache=asked.cache,
                verified=not asked.no_verifier,
            )
            for mode in modes or ("semantic",)
        ]
        if asked.document:
            rewritten(asked.document, {report.mode: report for report in reports})
    except ExociteError as error:
        print(f"error: {error}", file=sys.stderr)
        if error.hint:
            print(f"hint: {error.hint}", file=sys.stderr)
        return 2
    except (DataError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    if asked.json:
        print(json.dumps(reports[-1].nested(), sort_keys=True))
    return 0


def measured(
    data: Path,
    mode: str,
    *,
    models: Path | None = None,
    cache: Path | None = None,
    verified: bool = True,
    with_cost: bool = True,
    out: Callable[[str], object] = print,
) -> Report:
    """All figures of one mode over the sets that are in the folder.

    In the mode semantic the verifier judges, if it is among the models and not `verified` False.
    Raises WeightsError where the embedder cannot be loaded, DataError for what is no set.
    """
    sets = tuple(name for name in ("scifact", "wice", "citint") if (data / name).is_dir())
    flipped = _flips(data)
    if not sets and flipped is None:
        raise DataError(f"{data}: neither scifact, wice, citint nor flips.jsonl is there")
    with _embedder(mode, models, cache) as (folder, similarity):
        started = time.process_time()
        report = Report(mode, out)
        judge = _verifier(folder) if verified else None
        report.fact("judge", "verifier" if judge else "rules")
        if "scifact" in sets:
            scifact(data / "scifact", report, similarity)
        if "wice" in sets:
            wice(data / "wice", report, similarity)
        relations(data, report, similarity, judge)
        if flipped:
            flips(flipped, report, similarity, judge)
        report.fact("cost.benchmark_cpu_s", round(time.process_time() - started, 1))
        if with_cost and "scifact" in sets:
            costs(data / "scifact", report, folder, verified=judge is not None)
    return report


def _flips(data: Path) -> Path | None:
    """The first file of the set: `flips.jsonl`, `flips_more.jsonl.gz`, never one to train on."""
    for path in sorted(data.glob("*.jsonl*")):
        stem, _, ending = path.name.partition(".")
        name = stem.removeprefix("ud_").partition("_")[0]
        if name == "flips" and "train" not in stem and ending in {"jsonl", "jsonl.gz"}:
            return path
    return None


@contextmanager
def _embedder(
    mode: str, models: Path | None, cache: Path | None
) -> Iterator[tuple[Path | None, Similarity | None]]:
    """Folder and embedder of the mode semantic, None for core; vectors are kept in the end."""
    if mode == "core":
        yield None, None
        return
    folder = models or _installed()
    with tempfile.TemporaryDirectory() as place:
        embedder = Embedder(folder, cache=cache or Path(place))
        if embedder.vectors.problem:
            print(f"warning: {embedder.vectors.problem}", file=sys.stderr)
        try:
            yield folder, embedder
        finally:
            if cache:
                embedder.save()


def _verifier(folder: Path | None) -> Judge | None:
    """The judge that asks the verifier among the models of the mode semantic, if there is one."""
    if folder is None or absent(folder):
        return None
    verifier = Verifier(folder)
    return Verifying(verifier, verifier.calibration)


def _installed() -> Path:
    """The folder of the package exocite-models, else that of this checkout."""
    try:
        return Path(str(weights.models()))
    except ExociteError:
        if _CHECKOUT.is_dir():
            return _CHECKOUT
        raise


if __name__ == "__main__":
    sys.exit(main())
