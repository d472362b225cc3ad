"""How well exocite finds the source of a claim, its sentences, and that there is none.

    python -m benchmarks.linking --data DIR [--mode core|semantic] [--json]

DIR holds scifact, wice, citint and flips.jsonl, one folder or file a set; what is not there is
left out. The weights were fitted on folds 1 to 4 of scifact and wice, so of these only fold 0 is
scored; of citint, and in a DIR without folds, everything is. Plain BM25 (k1 1.2, b 0.75, same
terms) is measured beside in the same run. Intervals are 95 % bootstrap over claims that share a
source.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from exocite.linking.collection import Collection
from exocite.linking.compare import match, query
from exocite.linking.documents import Document, document
from exocite.linking.relation import conflicts, relation
from exocite.linking.scoring import evidence, ranked, sentence_scores
from exocite.linking.terms import Analyser
from exocite.model import Reference, Relation, SourceText

BINS = 15
COMPARED = 12
SMALL = (("near", 20), ("near", 60), ("random", 60))
SAMPLES = 1000


def rows(path: Path) -> Iterator[dict]:
    """The JSON objects of a file of lines, plain or gzipped."""
    packed = path.with_name(path.name + ".gz")
    data = path.read_bytes() if path.exists() else gzip.decompress(packed.read_bytes())
    for line in data.decode("utf-8").split("\n"):
        if line.strip():
            yield json.loads(line)


def present(path: Path) -> bool:
    """Whether the file is there, plain or gzipped."""
    return path.exists() or path.with_name(path.name + ".gz").exists()


@dataclass
class Tally:
    """The results of one measure claim by claim, with the group that each belongs to."""

    values: list[float] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)

    def add(self, value: float, group: str) -> None:
        """One more result."""
        self.values.append(float(value))
        self.groups.append(group)

    def summary(self) -> tuple[float, float, float]:
        """Mean and 95 % interval by bootstrap over groups, seeded."""
        by_group: dict[str, list[float]] = {}
        for value, group in zip(self.values, self.groups, strict=True):
            by_group.setdefault(group, []).append(value)
        sums = [(sum(values), len(values)) for values in by_group.values()]
        draw = random.Random(7)
        means = []
        for _ in range(SAMPLES):
            picked = draw.choices(sums, k=len(sums))
            means.append(sum(s for s, _ in picked) / sum(n for _, n in picked))
        means.sort()
        mean = sum(self.values) / len(self.values)
        return mean, means[int(0.025 * SAMPLES)], means[int(0.975 * SAMPLES) - 1]


class Corpus:
    """One set: its sources as documents, its claims, and those of them that are scored."""

    def __init__(self, folder: Path, text_field: str) -> None:
        self.analyser = Analyser()
        self.sources: dict[str, dict] = {s["id"]: s for s in rows(folder / "sources.jsonl")}
        self.documents = {
            key: self._document(source, text_field) for key, source in self.sources.items()
        }
        self.claims = list(rows(folder / "claims.jsonl"))
        self.scored = [claim for claim in self.claims if claim.get("fold", 0) == 0]

    def _document(self, source: dict, text_field: str) -> Document:
        spans, at = [], 0
        for sentence in source["sentences"]:
            spans.append((at, at + len(sentence)))
            at += len(sentence) + 1
        key = source["id"]
        text = SourceText(key, text_field, " ".join(source["sentences"]))
        reference = Reference(key, "article", {"title": source.get("title", "")})
        return document(reference, [text], self.analyser, lambda _: spans)

    def rank(self, collection: Collection, claim: dict) -> list:
        """The collection's nearest works for the claim, best first."""
        asked = query(collection, self.analyser.stems(claim["claim"]))
        near = collection.nearest(asked.concepts.values(), COMPARED)
        found = [match(asked, one, collection.damping(one)) for one in near]
        return ranked(found)

    def sentences(self, collection: Collection, claim: dict, key: str) -> list[float]:
        """The scores of one work's sentences for the claim."""
        asked = query(collection, self.analyser.stems(claim["claim"]))
        one = self.documents[key]
        return sentence_scores(asked, match(asked, one, collection.damping(one)))


def gold_of(claim: dict) -> set[str]:
    """The sources that hold evidence for the claim."""
    return {gold["source"] for gold in claim["gold"]}


def group_of(claim: dict) -> str:
    """What a claim is resampled with: its first source."""
    sources = sorted(gold_of(claim)) or sorted(claim["decoys"])
    return sources[0] if sources else claim["id"]


class Plain:
    """BM25 as it stands in the books, over the same terms: the baseline."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = list(documents)
        self.mean = sum(d.length for d in self.documents) / len(self.documents)
        self.frequency = Counter(stem for d in self.documents for stem in d.counts)
        self.postings: dict[str, list[tuple[int, float]]] = {}
        for number, one in enumerate(self.documents):
            damping = 1.2 * (0.25 + 0.75 * one.length / self.mean)
            for stem, count in one.counts.items():
                share = 2.2 * count / (count + damping)
                self.postings.setdefault(stem, []).append((number, share))

    def weight(self, stem: str) -> float:
        """The stem's inverse document frequency."""
        held = self.frequency.get(stem, 0)
        return math.log(1 + (len(self.documents) - held + 0.5) / (held + 0.5))

    def rank(self, stems: Iterable[str]) -> list[tuple[float, str]]:
        """Score and key of the works that share a term, best first; a tie counts against."""
        scores: dict[int, float] = {}
        for stem in set(stems):
            for number, share in self.postings.get(stem, ()):
                scores[number] = scores.get(number, 0.0) + self.weight(stem) * share
        return sorted(((score, self.documents[n].key) for n, score in scores.items()), reverse=True)

    def best_sentence(self, stems: Iterable[str], one: Document) -> int:
        """The number of the sentence with the highest BM25 score."""
        mean = sum(len(unit.stems) for unit in one.units) / len(one.units) or 1.0
        scores = [0.0] * len(one.units)
        for stem in sorted(set(stems)):
            for number in one.places.get(stem, ()):
                unit = one.units[number]
                count = unit.stems.count(stem)
                damping = 1.2 * (0.25 + 0.75 * len(unit.stems) / mean)
                scores[number] += self.weight(stem) * 2.2 * count / (count + damping)
        return max(range(len(scores)), key=lambda number: (scores[number], -number))


def first_is_gold(pairs: Sequence[tuple[float, str]], gold: set[str]) -> bool:
    """Whether the highest score belongs to a gold source alone."""
    if not pairs:
        return False
    top = max(score for score, _ in pairs)
    return all(key in gold for score, key in pairs if score == top)


# --------------------------------------------------------------------------- SciFact, WiCE


def scifact(folder: Path, report: Report) -> None:
    """Ranking in the whole corpus and in small lists, sentences, and having a source at all."""
    corpus = Corpus(folder, "abstract")
    with_evidence = [claim for claim in corpus.scored if claim["gold"]]
    ranking(corpus, with_evidence, corpus.documents.values(), "scifact.full.r1", report)
    if present(folder / "small.jsonl"):
        small_lists(corpus, folder, report)
    keys = {key for claim in corpus.claims for key in (*gold_of(claim), *claim["decoys"])}
    pool = [corpus.documents[key] for key in sorted(keys)]
    sentences(corpus, with_evidence, pool, "scifact.sentence.hit1", "scifact.rationale_f1", report)
    has_source(corpus, pool, report)
    report.put("scifact.n_scored", len(corpus.scored))


def wice(folder: Path, report: Report) -> None:
    """Ranking among all pages of the set, and sentences."""
    corpus = Corpus(folder, "file")
    with_evidence = [claim for claim in corpus.scored if claim["gold"]]
    ranking(corpus, with_evidence, corpus.documents.values(), "wice.r1", report)
    pages = list(corpus.documents.values())
    sentences(corpus, with_evidence, pages, "wice.hit1", "wice.rationale_f1", report)
    report.put("wice.n_scored", len(corpus.scored))


def ranking(
    corpus: Corpus, claims: Sequence[dict], works: Iterable[Document], key: str, report: Report
) -> None:
    """R@1 of ours and of plain BM25 over the works."""
    works = list(works)
    collection, plain = Collection(works), Plain(works)
    ours, theirs = Tally(), Tally()
    for claim in claims:
        gold, group = gold_of(claim), group_of(claim)
        found = [(one.score, one.match.document.key) for one in corpus.rank(collection, claim)]
        ours.add(first_is_gold(found, gold), group)
        stems = corpus.analyser.stems(claim["claim"])
        theirs.add(first_is_gold(plain.rank(stems), gold), group)
    report.measure(key, ours, theirs)


def small_lists(corpus: Corpus, folder: Path, report: Report) -> None:
    """R@1 in the lists of small.jsonl, each a bibliography of its own."""
    scored = {claim["id"]: claim for claim in corpus.scored}
    tallies = {kind: (Tally(), Tally()) for kind in SMALL}
    for row in rows(folder / "small.jsonl"):
        kind = (row["kind"], row["size"])
        claim = scored.get(row["claim_id"])
        if claim is None or kind not in tallies:
            continue
        works = [corpus.documents[key] for key in row["candidates"]]
        gold, group = gold_of(claim), group_of(claim)
        ours, theirs = tallies[kind]
        found = corpus.rank(Collection(works), claim)
        ours.add(first_is_gold([(f.score, f.match.document.key) for f in found], gold), group)
        stems = corpus.analyser.stems(claim["claim"])
        theirs.add(first_is_gold(Plain(works).rank(stems), gold), group)
    for (name, size), (ours, theirs) in tallies.items():
        if ours.values:
            report.measure(f"scifact.{name}{size}.r1", ours, theirs)


def sentences(
    corpus: Corpus,
    claims: Sequence[dict],
    works: Sequence[Document],
    hit_key: str,
    f1_key: str,
    report: Report,
) -> None:
    """hit@1 of the best sentence, and F1 of the shown ones, in the gold sources."""
    collection, plain = Collection(works), Plain(works)
    ours, theirs = Tally(), Tally()
    right = shown = wanted = plain_right = plain_shown = 0
    for claim in claims:
        stems = corpus.analyser.stems(claim["claim"])
        for gold in claim["gold"]:
            union = {number for way in gold["sentences"] for number in way}
            one = corpus.documents[gold["source"]]
            if not union or not one.units:
                continue
            chosen = evidence(corpus.sentences(collection, claim, gold["source"]))
            ours.add(chosen[0] in union, group_of(claim))
            guess = plain.best_sentence(stems, one)
            theirs.add(guess in union, group_of(claim))
            right += len(union.intersection(chosen))
            shown += len(chosen)
            wanted += len(union)
            plain_right += guess in union
            plain_shown += 1
    if ours.values:
        report.measure(hit_key, ours, theirs)
        base = 2 * plain_right / (plain_shown + wanted)
        report.figure(f1_key, 2 * right / (shown + wanted), base)


def has_source(corpus: Corpus, pool: Sequence[Document], report: Report) -> None:
    """How well the confidence of the first work tells claims with evidence from those without."""
    collection, plain = Collection(pool), Plain(pool)
    ours: list[tuple[float, bool, bool]] = []
    theirs: list[tuple[float, bool, bool]] = []
    for claim in corpus.scored:
        gold = gold_of(claim)
        found = corpus.rank(collection, claim)
        confidence = found[0].confidence if found else 0.0
        first = found[0].match.document.key if found else ""
        ours.append((confidence, bool(gold), first in gold))
        ranked_plain = plain.rank(corpus.analyser.stems(claim["claim"]))
        score, key = ranked_plain[0] if ranked_plain else (0.0, "")
        theirs.append((score, bool(gold), key in gold))
    report.figure("scifact.has_source.auroc", auroc(ours), auroc(theirs))
    report.figure("scifact.has_source.aurc", aurc(ours), aurc(theirs))
    report.figure("ece", calibration_error(ours))


def auroc(results: Sequence[tuple[float, bool, bool]]) -> float:
    """The chance that a claim with evidence has the higher confidence; a tie is half."""
    have = [value for value, has, _ in results if has]
    lack = [value for value, has, _ in results if not has]
    if not have or not lack:
        return math.nan
    wins = sum((one > other) + 0.5 * (one == other) for one in have for other in lack)
    return wins / (len(have) * len(lack))


def aurc(results: Sequence[tuple[float, bool, bool]]) -> float:
    """Mean over all coverages of the share of accepted claims whose first work is wrong."""
    wrong, risks = 0, []
    ordered = sorted(results, key=lambda row: (-row[0], row[2]))
    for count, (_, _, right) in enumerate(ordered, 1):
        wrong += not right
        risks.append(wrong / count)
    return sum(risks) / len(risks)


def calibration_error(results: Sequence[tuple[float, bool, bool]]) -> float:
    """Expected calibration error over equal bins of confidence against "the first is right"."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for value, _, right in results:
        bins.setdefault(min(int(value * BINS), BINS - 1), []).append((value, right))
    total = 0.0
    for held in bins.values():
        total += abs(sum(value for value, _ in held) - sum(right for _, right in held))
    return total / len(results)


# --------------------------------------------------------------------------- relations


def judged(claim: str, passage: str, analyser: Analyser) -> Relation:
    """The relation that the rules give, the passage being the only work."""
    reference = Reference("k", "article", {})
    one = document(reference, [SourceText("k", "file", passage)], analyser, lambda t: [(0, len(t))])
    collection = Collection([one])
    asked = query(collection, analyser.stems(claim))
    found = match(asked, one, collection.damping(one))
    return relation(found.best, conflicts(claim, passage))


def relations(data: Path, report: Report) -> None:
    """What the rules say of gold passages, of one given source, and of flipped sentences."""
    supported = refuted = kept = missed = 0
    analyser = Analyser()
    pairs: list[tuple[str, Relation]] = []
    if (data / "scifact").is_dir():
        sources = {s["id"]: s["sentences"] for s in rows(data / "scifact" / "sources.jsonl")}
        for claim in rows(data / "scifact" / "claims.jsonl"):
            if claim.get("fold", 0) != 0:
                continue
            for gold in claim["gold"]:
                union = sorted({number for way in gold["sentences"] for number in way})
                passage = " ".join(sources[gold["source"]][number] for number in union)
                pairs.append((gold["label"], judged(claim["claim"], passage, analyser)))
        report.put("relation.n", len(pairs))
        report.figure("relation.macro_f1", macro_f1(pairs, ("supports", "refutes")))
    given: list[tuple[str, Relation]] = []
    if (data / "citint").is_dir():
        sources = {s["id"]: s["sentences"] for s in rows(data / "citint" / "sources.jsonl")}
        for claim in rows(data / "citint" / "claims.jsonl"):
            label = claim["gold"][0]["label"] if claim["gold"] else "mentions"
            passage = " ".join(sources[claim["candidates"][0]])
            given.append((label, judged(claim["claim"], passage, analyser)))
        report.put("citint.n_scored", len(given))
        report.figure("citint.macro_f1", macro_f1(given, ("supports", "refutes", "mentions")))
    for label, said in (*pairs, *given):
        supported += label == "supports"
        refuted += label == "refutes"
        kept += label == "supports" and said is Relation.SUPPORTS
        missed += label == "refutes" and said is Relation.SUPPORTS
    if supported and refuted:
        report.figure("contradicted_as_supported", missed / refuted)
        report.figure("supported_recall", kept / supported)
    if present(data / "flips.jsonl"):
        flips(data / "flips.jsonl", analyser, report)


def flips(path: Path, analyser: Analyser, report: Report) -> None:
    """Sentences with one thing changed: how often that is named, and how often falsely."""
    said = [
        (
            row["label"],
            judged(row["hypothesis"], row["premise"], analyser),
            bool(conflicts(row["hypothesis"], row["premise"])),
        )
        for row in rows(path)
    ]
    for label in ("refutes", "supports"):
        own = [(found, differs) for name, found, differs in said if name == label]
        if own:
            share = sum(found is Relation.SUPPORTS for found, _ in own) / len(own)
            name = "refuted_called_supports" if label == "refutes" else "supports_kept"
            report.figure(f"flips.{name}", share)
            conflict = "conflicts_named" if label == "refutes" else "false_conflicts"
            report.figure(f"flips.{conflict}", sum(differs for _, differs in own) / len(own))


def macro_f1(pairs: Sequence[tuple[str, Relation]], labels: Sequence[str]) -> float:
    """The mean over labels of F1."""
    scores = []
    for label in labels:
        right = sum(want == label == said.value for want, said in pairs)
        said_so = sum(said.value == label for _, said in pairs)
        wanted = sum(want == label for want, _ in pairs)
        scores.append(2 * right / (said_so + wanted) if said_so + wanted else 0.0)
    return sum(scores) / len(scores)


# --------------------------------------------------------------------------- the report


class Report:
    """The figures as they come: a table for a person, one object for a program."""

    def __init__(self) -> None:
        self.figures: dict[str, object] = {}
        print(f"{'measure':34} {'exocite':>8} {'95 % interval':>16} {'BM25':>8} {'n':>6}")

    def measure(self, key: str, ours: Tally, plain: Tally) -> None:
        """A mean over claims with its interval and the baseline's mean."""
        mean, low, high = ours.summary()
        base = sum(plain.values) / len(plain.values)
        count = len(ours.values)
        interval = f"{low:.3f} to {high:.3f}"
        print(f"{key:34} {mean:8.3f} {interval:>16} {base:8.3f} {count:6}", flush=True)
        self.put(key, round(mean, 4))
        self.put(f"intervals.{key}", [round(low, 4), round(high, 4)])
        self.put(f"bm25.{key}", round(base, 4))

    def figure(self, key: str, value: float, plain: float | None = None) -> None:
        """One number, with the baseline's where it has one."""
        base = f"{plain:8.3f}" if plain is not None else ""
        print(f"{key:34} {value:8.3f} {'':16} {base}", flush=True)
        self.put(key, None if math.isnan(value) else round(value, 4))
        if plain is not None:
            self.put(f"bm25.{key}", None if math.isnan(plain) else round(plain, 4))

    def put(self, key: str, value: object) -> None:
        """Keep a value under its dotted key."""
        place: dict = self.figures
        *path, last = key.split(".")
        for name in path:
            place = place.setdefault(name, {})
        place[last] = value


PARTS: tuple[tuple[str, Callable[[Path, Report], None]], ...] = (
    ("scifact", scifact),
    ("wice", wice),
)


def main() -> int:
    """Measure what is in the folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--mode", choices=("core", "semantic"), default="core")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    if asked.mode == "semantic":
        print("the semantic mode is not there yet", file=sys.stderr)
        return 2
    started = time.process_time()
    report = Report()
    for name, part in PARTS:
        if (asked.data / name).is_dir():
            part(asked.data / name, report)
    relations(asked.data, report)
    report.put("cost.benchmark_cpu_s", round(time.process_time() - started, 1))
    if asked.json:
        print(json.dumps(report.figures, sort_keys=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())
