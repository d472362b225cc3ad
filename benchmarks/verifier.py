"""How well the verifier tells whether a passage says what a claim says, and what it costs.

    python -m benchmarks.verifier --data DIR [--models FOLDER] [--json]

DIR holds scifact, citint, wice and flips.jsonl; what is not there is left out. Weights and
thresholds have seen folds 1 to 4, so fold 0 alone is scored; in a DIR without folds, everything.
What is measured is the decision that `link` takes, model and rules together; figures under
model_alone leave the rules out. Intervals are 95 % bootstrap over claims that share a source.
"Plain" is one label for everything.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from benchmarks.linking import Corpus, group_of, present, rows
from benchmarks.linking.citing import how_cited, unmarked
from benchmarks.linking.relations import BEST, best_sentences, given_sources
from exocite.embedding import MODEL as EMBEDDER
from exocite.embedding import Embedder
from exocite.errors import WeightsError
from exocite.linking.attribution import Attribution
from exocite.linking.collection import Collection
from exocite.linking.relation import Pair
from exocite.linking.suggest import read
from exocite.linking.verifying import Chances, decided, ruled
from exocite.verifier import CARD, MODEL, TOKENIZER, Verifier
from exocite.weights import HASHES

MODELS = Path(__file__).resolve().parents[1] / "models" / "exocite_models"
SAMPLES = 1000
TIMED_TOKENS = 90
LABELS = ("supports", "refutes", "mentions")


@dataclass(frozen=True, slots=True)
class Case:
    """A claim, the passages to read beside it, the right label, and what it is resampled with."""

    claim: str
    passages: tuple[str, ...]
    label: str
    group: str
    attribution: Attribution | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """A case, its weighed shares in the order of LABELS, the model's own, and what is shown."""

    case: Case
    chances: Chances
    alone: Chances
    three_way: str
    shown: str

    @property
    def leaning(self) -> float:
        """How much more likely support is than refutation, as the share of the two."""
        supports, refutes, _ = self.chances
        return supports / max(supports + refutes, 1e-9)

    def without_rules(self) -> Read:
        """The same as the model alone has it."""
        return replace(self, chances=self.alone)


class Reader:
    """The verifier as the product uses it: model, rules and calibration in one decision."""

    def __init__(self, folder: Path) -> None:
        self.verifier = Verifier(folder)
        self.similarity = Embedder(folder if (folder / EMBEDDER).exists() else MODELS)

    def __call__(self, case: Case) -> Read:
        """What is said of the case. Several passages are read one by one and weighed together.

        Of a work that the claim cites the rules say it, told the cosine, as in the mode semantic.
        """
        if case.attribution is not None:
            pair = Pair(case.claim, case.passages[0], attribution=case.attribution)
            said = read(pair, similarity=self.similarity)
            shares = said.weighed
            return Read(case, shares, shares, said.leaning.value, said.relation.value)
        found = self.verifier([(case.claim, passage) for passage in case.passages])
        pairs = [Pair(case.claim, one, attribution=case.attribution) for one in case.passages]
        rules = [ruled(pair) for pair in pairs]
        calibration = self.verifier.calibration
        reading = decided(calibration, found, rules)
        alone = decided(replace(calibration, rules=0.0), found, rules)
        return Read(
            case,
            reading.weighed,
            alone.weighed,
            reading.leaning.value,
            reading.relation.value,
        )


@contextmanager
def checked(folder: Path) -> Iterator[Path]:
    """The folder, or a copy with hashes where a training run left it without.

    A model that comes straight from training has no hashes.json; its tokenizer is the embedder's.
    """
    if (folder / HASHES).exists():
        yield folder
        return
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place)
        for name, other in ((MODEL, folder), (CARD, folder), (TOKENIZER, MODELS)):
            source = folder / name if (folder / name).exists() else other / name
            shutil.copyfile(source, copy / name)
        names = (MODEL, CARD, TOKENIZER)
        hashes = {name: sha256((copy / name).read_bytes()).hexdigest() for name in names}
        (copy / HASHES).write_text(json.dumps(hashes), encoding="utf-8")
        yield copy


# --------------------------------------------------------------------------- the cases


def scifact(folder: Path) -> tuple[list[Case], list[Case]]:
    """Gold rationales; and the three best sentences of gold and of fruitless abstracts."""
    corpus = Corpus(folder, "abstract")
    keys = {key for claim in corpus.claims for key in cited(claim)}
    pool = Collection([corpus.documents[key] for key in sorted(keys)])
    gold, found = [], []
    for claim in corpus.scored:
        group = group_of(claim)
        for one in claim["gold"]:
            union = sorted({number for way in one["sentences"] for number in way})
            sentences = corpus.sources[one["source"]]["sentences"]
            passage = " ".join(sentences[number] for number in union)
            gold.append(Case(claim["claim"], (passage,), one["label"], group))
            best = best_sentences(corpus, pool, claim, one["source"])
            found.append(Case(claim["claim"], (best,), one["label"], group))
        if not claim["gold"]:
            for key in claim["decoys"]:
                best = best_sentences(corpus, pool, claim, key)
                found.append(Case(claim["claim"], (best,), "mentions", group))
    return gold, found


def citint(folder: Path) -> list[Case]:
    """Each claim with its one source, as `link` has it: the rules read what a claim cites."""
    return [
        Case(unmarked(case.claim), (case.passage,), case.label, case.group, how_cited(case.claim))
        for case in given_sources(folder)
    ]


def wice(folder: Path) -> list[Case]:
    """Each claim with its gold sentences, or with the page's three best where none are given."""
    corpus = Corpus(folder, "file")
    pool = Collection([corpus.documents[key] for key in sorted(corpus.documents)])
    made = []
    for claim in corpus.scored:
        for one in claim["gold"]:
            ways = [way for way in one["sentences"] if way]
            sentences = corpus.sources[one["source"]]["sentences"]
            passages = tuple(" ".join(sentences[number] for number in way) for way in ways[:BEST])
            label = "supports" if one["label"] == "supports" else "mentions"
            made.append(Case(claim["claim"], passages, label, group_of(claim)))
        for key in claim["decoys"] if not claim["gold"] else ():
            best = best_sentences(corpus, pool, claim, key)
            made.append(Case(claim["claim"], (best,), "mentions", group_of(claim)))
    return [case for case in made if case.passages]


def flips(path: Path) -> list[Case]:
    """Sentences with one thing changed, or nothing."""
    return [
        Case(row["hypothesis"], (row["premise"],), row["label"], row["premise"])
        for row in rows(path)
    ]


def cited(claim: dict) -> set[str]:
    """The sources of a claim, with evidence or without."""
    return {one["source"] for one in claim["gold"]} | set(claim["decoys"])


# --------------------------------------------------------------------------- measures


def macro_f1(pairs: Sequence[tuple[str, str]], labels: Sequence[str]) -> float:
    """The mean over labels of F1; pairs are what is right and what was said."""
    scores = []
    for label in labels:
        right = sum(want == label == said for want, said in pairs)
        total = sum((want == label) + (said == label) for want, said in pairs)
        scores.append(2 * right / total if total else 0.0)
    return sum(scores) / len(scores)


def auroc(results: Sequence[tuple[float, bool]]) -> float:
    """The chance that a right one has the higher value; a tie is half."""
    have = [value for value, right in results if right]
    lack = [value for value, right in results if not right]
    if not have or not lack:
        return math.nan
    wins = sum((one > other) + 0.5 * (one == other) for one in have for other in lack)
    return wins / (len(have) * len(lack))


Measure = Callable[[Sequence[Read]], float]


def share(label: str, said: str) -> Measure:
    """Of the cases with a label, the share of which something is said."""

    def measured(read: Sequence[Read]) -> float:
        own = [one.shown == said for one in read if one.case.label == label]
        return sum(own) / len(own) if own else math.nan

    return measured


def two_way(read: Sequence[Read]) -> float:
    """Macro-F1 where the verifier must choose between support and refutation."""
    pairs = [(one.case.label, LABELS[one.leaning < 0.5]) for one in read]
    return macro_f1(pairs, LABELS[:2])


def three_way(read: Sequence[Read]) -> float:
    """Macro-F1 over the three labels."""
    return macro_f1([(one.case.label, one.three_way) for one in read], LABELS)


def leaning(read: Sequence[Read]) -> float:
    """AUROC of support against refutation."""
    return auroc([(one.leaning, one.case.label == "supports") for one in read])


def supported(read: Sequence[Read]) -> float:
    """AUROC of support against everything else."""
    return auroc([(one.chances[0], one.case.label == "supports") for one in read])


def interval(read: Sequence[Read], measure: Measure) -> list[float | None]:
    """95 % bootstrap over groups, seeded."""
    groups: dict[str, list[Read]] = {}
    for one in read:
        groups.setdefault(one.case.group, []).append(one)
    held = list(groups.values())
    draw = random.Random(7)
    found = []
    for _ in range(SAMPLES if len(read) < 600 else SAMPLES // 4):
        value = measure([one for group in draw.choices(held, k=len(held)) for one in group])
        if not math.isnan(value):
            found.append(value)
    found.sort()
    if not found:
        return [None, None]
    low, high = int(0.025 * len(found)), max(int(0.975 * len(found)) - 1, 0)
    return [round(found[low], 4), round(found[high], 4)]


class Report:
    """The figures as they come: a table for a person, one object for a program."""

    def __init__(self) -> None:
        self.figures: dict[str, object] = {}
        print(f"{'measure':38} {'exocite':>8} {'95 % interval':>16} {'plain':>7} {'n':>5}")

    def measure(
        self, key: str, read: Sequence[Read], measure: Measure, base: float | None = None
    ) -> None:
        """A measure over the cases, its interval, and what a plain answer would reach."""
        value, limits = measure(read), interval(read, measure)
        beside = "" if base is None else f"{base:7.3f}"
        shown = " to ".join("" if one is None else f"{one:.3f}" for one in limits)
        print(f"{key:38} {value:8.3f} {shown:>16} {beside:>7} {len(read):5}", flush=True)
        self.put(key, None if math.isnan(value) else round(value, 4))
        self.put(f"intervals.{key}", limits)
        if base is not None:
            self.put(f"plain.{key}", round(base, 4))

    def put(self, key: str, value: object) -> None:
        """Keep a value under its dotted key."""
        place: dict = self.figures
        *path, last = key.split(".")
        for name in path:
            place = place.setdefault(name, {})
        place[last] = value

    def cost(self, key: str, value: float) -> None:
        """One number without an interval."""
        print(f"{key:38} {value:8.1f}", flush=True)
        self.put(key, round(value, 2))


def commonest(cases: Sequence[Case], labels: Sequence[str]) -> float:
    """Macro-F1 of one label for everything."""
    wanted = [case.label for case in cases]
    label = statistics.mode(wanted)
    return macro_f1([(want, label) for want in wanted], labels)


# --------------------------------------------------------------------------- the sets


def measure_all(data: Path, reader: Reader, report: Report) -> None:
    """Every set that is in the folder."""
    if (data / "scifact").is_dir():
        gold, found = scifact(data / "scifact")
        read = [reader(case) for case in gold]
        report.put("scifact.n", len(read))
        report.measure("scifact.sr_macro_f1", read, two_way, commonest(gold, LABELS[:2]))
        report.measure("scifact.sr_auroc", read, leaning, 0.5)
        alone = [one.without_rules() for one in read]
        report.measure("model_alone.scifact.sr_macro_f1", alone, two_way)
        report.measure("model_alone.scifact.sr_auroc", alone, leaning)
        report.measure("scifact.contradicted_as_supported", read, share("refutes", "supports"))
        report.measure("scifact.supported_recall", read, share("supports", "supports"))
        report.measure("scifact.refuted_recall", read, share("refutes", "refutes"))
        report.measure("scifact.supported_as_refuted", read, share("supports", "refutes"))
        read = [reader(case) for case in found]
        base = commonest(found, LABELS)
        report.measure("scifact.three_way_top3_macro_f1", read, three_way, base)
    if (data / "citint").is_dir():
        cases = citint(data / "citint")
        read = [reader(case) for case in cases]
        report.measure("citint.macro_f1", read, three_way, commonest(cases, LABELS))
        report.measure("citint.contradicted_as_supported", read, share("refutes", "supports"))
        report.measure("citint.supported_recall", read, share("supports", "supports"))
    if (data / "wice").is_dir():
        read = [reader(case) for case in wice(data / "wice")]
        report.measure("wice.auroc_supported", read, supported, 0.5)
    if present(data / "flips.jsonl"):
        measure_flips([reader(case) for case in flips(data / "flips.jsonl")], report)


def measure_flips(read: Sequence[Read], report: Report) -> None:
    """Flips with rules and model together, and with each alone."""
    report.measure("flips.refuted_called_supports", read, share("refutes", "supports"))
    report.measure("flips.supports_kept", read, share("supports", "supports"))
    report.measure("flips.sr_macro_f1", read, two_way)
    alone = [one.without_rules() for one in read]
    report.measure("model_alone.flips.sr_macro_f1", alone, two_way)
    named = [bool(ruled(Pair(one.case.claim, one.case.passages[0])).said) for one in read]
    for label, key in (("refutes", "conflicts_named"), ("supports", "false_conflicts")):
        own = [said for said, one in zip(named, read, strict=True) if one.case.label == label]
        if own:
            report.put(f"rules_alone.flips.{key}", round(sum(own) / len(own), 4))


def costs(folder: Path, reader: Reader, report: Report) -> None:
    """CPU milliseconds a pair of 90 tokens on one thread, megabytes on disk and in memory."""
    verifier = reader.verifier
    passage, claim = "the cells " * 35, "the cells were " * 6
    passage += "cells " * (TIMED_TOKENS - len(verifier.tokens(claim, passage)[0]))
    ids, types = verifier.tokens(claim, passage)
    times = []
    for _ in range(40):
        started = time.process_time()
        verifier.tokens(claim, passage)
        verifier.runner.row(ids=ids, mask=[1] * len(ids), types=types)
        times.append(1000 * (time.process_time() - started))
    report.cost("ms_per_pair", statistics.median(times))
    held = sum((folder / name).stat().st_size for name in (MODEL, CARD, TOKENIZER))
    report.cost("model_mb", held / 1e6)
    report.cost("rss_mb", _memory(folder))


_READING = """
import resource, sys
from pathlib import Path
from benchmarks.verifier import Case, Reader
reader = Reader(Path(sys.argv[1]))
for number in range(20):  # each another pair: what was read before is remembered
    reader(Case(f"The {number} cells were treated.", ("the cells " * 40,), "", ""))
status = Path("/proc/self/status")
if status.exists():  # the other number counts what the parent held when it forked
    print(int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024)
else:
    unit = 1024**2 if sys.platform == "darwin" else 1024
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit)
"""


def _memory(folder: Path) -> float:
    """The most megabytes that a process of its own holds while it reads pairs."""
    done = subprocess.run(
        [sys.executable, "-c", _READING, str(folder)], capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def main() -> int:
    """Measure what is in the folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--models", type=Path, default=MODELS)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    if not (asked.models / MODEL).exists():
        print(f"{asked.models}: there is no {MODEL}", file=sys.stderr)
        return 2
    with checked(asked.models) as folder:
        try:
            reader, report = Reader(folder), Report()
            measure_all(asked.data, reader, report)
            costs(folder, reader, report)
        except WeightsError as error:
            print(f"{error.message}\n{error.hint}", file=sys.stderr)
            return 2
    if asked.json:
        print(json.dumps(report.figures, sort_keys=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())
