"""The pairs that the verifier learns from: chosen sets, folds kept apart, tokens, batches.

Fold 0 of SciFact, Citation-Integrity and WiCE is for measuring and never here. Of the others one
half is learned from and the other held out, and then the other way round: what a half says of the
folds that it has not seen chooses the thresholds. Synthetic rows go with their documents.
"""

from __future__ import annotations

import gzip
import json
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tokenizers import Tokenizer

from benchmarks.linking.citing import how_cited
from exocite.linking.attribution import Attribution
from training import flips

LABELS = ("supports", "refutes", "neutral")
TEST = 0
FOLDS = (1, 2, 3, 4)
HALVES = {"a": (1, 2), "b": (3, 4)}
"""The folds that each half learns from."""
LONGEST_CLAIM, LONGEST_PAIR = 72, 160

# How many rows of a set are drawn, by label where it is uneven; absent sets are not used at all.
# creak and ex-fever: their explanations say "this is false"; wice-dev, scifact and citation-
# integrity: built from linking/ instead, where the folds are known.
GENERAL: dict[str, int] = {
    "cad-snli": 11287,
    "snli-devtest": 5825,
    "taxinli-mnli": 10071,
    "negation-nli": 2999,
    "conjnli": 8000,
    "breaking-nli": 2500,
    "med": 1200,
    "help": 1200,
    "semiauto-base-wiki": 2974,
    "semiauto-sim-wiki": 6403,
    "semiauto-translate-wiki": 6411,
    "fever-symmetric": 1416,
    "fever-dev": 7753,
    "fever-nli-nei": 3459,
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage, a claim, what the one says of the other, where both are from.

    `fold` is 9 where the set has none; `attribution` tells how the claim cites the work.
    """

    premise: str
    hypothesis: str
    label: str
    origin: str
    fold: int = 9
    attribution: Attribution | None = None


@dataclass(frozen=True, slots=True)
class Encoded:
    """A pair as token ids, the places where the claim begins, and the label's number."""

    ids: tuple[int, ...]
    second: int
    label: int


def rows(path: Path) -> Iterator[dict]:
    """The JSON objects of a file of lines, gzipped or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def hashes(data: Path) -> dict[str, str]:
    """SHA-256 of every file that is read, by its path below `data`."""
    used = [
        *sorted((data / "nli").glob("*.jsonl.gz")),
        *sorted((data / "linking").glob("*/claims.jsonl")),
        *sorted((data / "linking").glob("*/sources.jsonl.gz")),
    ]
    return {
        path.relative_to(data).as_posix(): sha256(path.read_bytes()).hexdigest() for path in used
    }


def nli(data: Path) -> tuple[dict[str, list[Pair]], dict[str, str]]:
    """The rows of nli/ that may be learned from, by set; and each set's licences."""
    found: dict[str, list[Pair]] = defaultdict(list)
    licences: dict[str, set[str]] = defaultdict(set)
    for path in sorted((data / "nli").glob("*.jsonl.gz")):
        for row in rows(path):
            if row["fold0"]:
                continue
            name = row["set"]
            found[name].append(
                Pair(tidy(row["premise"]), tidy(row["hypothesis"]), row["label"], name)
            )
            licences[name].add(str(row["licence"]))
    return dict(found), {name: "; ".join(sorted(held)) for name, held in licences.items()}


_MARK = re.compile(r"<\|[a-z_]+\|>")
_EMPTY = re.compile(r"\s*[\[(][\s,;–-]*[\])]|(?<=\w)\s+(?=[.,;:])")
_SPACE = re.compile(r"\s+")


def tidy(text: str) -> str:
    """The text without citation marks, the brackets that they leave empty, and runs of spaces."""
    text = _EMPTY.sub("", _MARK.sub("", text))
    return _SPACE.sub(" ", text).strip()


def drawn(pairs: Sequence[Pair], count: int, draw: random.Random) -> list[Pair]:
    """At most `count` pairs, the labels as even as the set allows, in random order."""
    by_label: dict[str, list[Pair]] = defaultdict(list)
    for pair in draw.sample(pairs, len(pairs)):
        by_label[pair.label].append(pair)
    chosen: list[Pair] = []
    left = min(count, len(pairs))
    for number, held in enumerate(sorted(by_label.values(), key=len)):
        share = min(len(held), left // (len(by_label) - number))
        chosen += held[:share]
        left -= share
    draw.shuffle(chosen)
    return chosen


PASSES = 2


def general(data: Path, draw: random.Random) -> list[Pair]:
    """The pairs of the first stage: PASSES times drawn anew, each time in another random order."""
    held, _ = nli(data)
    made: list[Pair] = []
    for _ in range(PASSES):
        once = [pair for name, count in GENERAL.items() for pair in drawn(held[name], count, draw)]
        draw.shuffle(once)
        made += once
    return made


# --------------------------------------------------------------------------- science

# Drawn from nli/ in the second stage; the flips of own make and the rows of linking/ come beside.
SCIENCE: dict[str, int] = {
    "check-covid": 1501,
    "pubmedqa-l": 1000,
    "evidence-inference-v2": 2000,
    "synthetic-flips": 1500,
    "factcheck-gpt": 400,
}
OWN_FLIPS = 3500
REPLAY = 0.35
OF_FLIPS = 300


class Linking:
    """SciFact, Citation-Integrity and WiCE with their folds, as passages and claims."""

    def __init__(self, data: Path) -> None:
        self.claims: dict[str, list[dict]] = {}
        self.sources: dict[str, dict[str, list[str]]] = {}
        for name in ("scifact", "citint", "wice"):
            folder = data / "linking" / name
            self.claims[name] = list(rows(folder / "claims.jsonl"))
            self.sources[name] = {
                source["id"]: [tidy(sentence) for sentence in source["sentences"]]
                for source in rows(folder / "sources.jsonl.gz")
            }
        self.rare = _rarity(self.sources["scifact"].values())

    def kept_apart(self, folds: Collection[int]) -> set[str]:
        """Sentences of every source that a claim of these folds names."""
        return {
            sentence
            for name, claims in self.claims.items()
            for claim in claims
            if claim["fold"] in folds
            for key in cited(claim)
            for sentence in self.sources[name][key]
        }

    def documents(self, folds: Collection[int], *, named: bool) -> list[list[str]]:
        """SciFact's abstracts that claims of these folds name, or those that none names."""
        held = {
            key
            for claim in self.claims["scifact"]
            if claim["fold"] in folds
            for key in cited(claim)
        }
        sources = self.sources["scifact"]
        return [text for key, text in sorted(sources.items()) if (key in held) is named]

    def best(self, claim: str, sentences: Sequence[str], count: int) -> list[int]:
        """The numbers of the sentences that share most with the claim, in the text's order."""
        asked = set(_stems(claim))
        scores = []
        for sentence in sentences:
            held = set(_stems(sentence))
            shared = sum(self.rare.get(stem, 9.0) for stem in asked & held)
            scores.append(shared / (8 + len(held)) ** 0.5)
        order = sorted(range(len(sentences)), key=lambda number: (-scores[number], number))
        return sorted(order[:count])

    def passage(self, name: str, key: str, numbers: Iterable[int]) -> str:
        """The sentences of a source with these numbers."""
        return " ".join(self.sources[name][key][number] for number in numbers)

    def pairs(self, folds: Iterable[int], draw: random.Random) -> list[Pair]:
        """Pairs of the claims in these folds: gold sentences, and what a search would find."""
        wanted, made = set(folds), []
        for name, claims in self.claims.items():
            build = {"scifact": self._scifact, "citint": self._citint, "wice": self._wice}[name]
            for claim in claims:
                if claim["fold"] in wanted:
                    text = tidy(claim["claim"])
                    how = how_cited(claim["claim"]) if name == "citint" else None
                    made += [
                        Pair(passage, text, label, name, claim["fold"], how)
                        for passage, label in build(claim, text, draw)
                    ]
        return list(dict.fromkeys(made))

    def _scifact(self, claim: dict, text: str, draw: random.Random) -> Iterator[tuple[str, str]]:
        for gold in claim["gold"]:
            key, label = gold["source"], gold["label"]
            sentences = self.sources["scifact"][key]
            union = {number for way in gold["sentences"] for number in way}
            yield self.passage("scifact", key, sorted(union)), label
            for way in gold["sentences"]:
                yield self.passage("scifact", key, way), label
            top = self.best(text, sentences, 3)
            if union & set(top):
                yield self.passage("scifact", key, top), label
            others = [number for number in range(len(sentences)) if number not in union]
            if others and draw.random() < 0.5:
                size = min(len(others), draw.choice((1, 2, 3)))
                yield self.passage("scifact", key, sorted(draw.sample(others, size))), "neutral"
        if not claim["gold"]:
            for key in claim["decoys"]:
                top = self.best(text, self.sources["scifact"][key], draw.choice((1, 2, 3, 3)))
                yield self.passage("scifact", key, top), "neutral"

    def _citint(self, claim: dict, text: str, draw: random.Random) -> Iterator[tuple[str, str]]:
        label = claim["gold"][0]["label"] if claim["gold"] else "neutral"
        key = claim["candidates"][0]
        top = self.best(text, self.sources["citint"][key], draw.choice((1, 2, 3, 3)))
        yield self.passage("citint", key, top), label

    def _wice(self, claim: dict, text: str, draw: random.Random) -> Iterator[tuple[str, str]]:
        label = claim["gold"][0]["label"] if claim["gold"] else "neutral"
        label = "neutral" if label == "partial" else label
        for gold in claim["gold"]:
            for way in gold["sentences"][: draw.choice((1, 2))]:
                yield self.passage("wice", gold["source"], way), label
        for key in sorted(cited(claim)):
            top = self.best(text, self.sources["wice"][key], 3)
            if not claim["gold"] or set(top) & {
                n for way in claim["gold"][0]["sentences"] for n in way
            }:
                yield self.passage("wice", key, top), label


def cited(claim: dict) -> set[str]:
    """The sources of a claim, with evidence or without."""
    return {gold["source"] for gold in claim["gold"]} | set(claim["decoys"])


_WORD = re.compile(r"[^\W_]+")


def _stems(text: str) -> list[str]:
    """A rough cut of the words, good enough to choose sentences for training."""
    return [word.lower()[:6] for word in _WORD.findall(text) if len(word) > 2 or word.isdigit()]


def _rarity(documents: Iterable[Sequence[str]]) -> dict[str, float]:
    held: Counter[str] = Counter()
    total = 0
    for sentences in documents:
        total += 1
        held.update({stem for sentence in sentences for stem in _stems(sentence)})
    return {stem: math.log(1 + total / count) for stem, count in held.items()}


def held_for_thresholds(pair: Pair) -> bool:
    """Whether a pair of Check-COVID is kept for the thresholds: a fifth, by the claim's hash."""
    return sha256(pair.hypothesis.encode()).digest()[0] % 5 == 0


def of_claims(pairs: Iterable[Pair], draw: random.Random) -> Iterator[Pair]:
    """Claims of people, changed by rule: a supported one becomes refuted, a negated one turns."""
    for pair in pairs:
        if pair.label == "neutral":
            continue
        for kind, false in flips.changed(pair.hypothesis, 1, draw):
            if pair.label == "supports":
                yield Pair(pair.premise, false, "refutes", f"{pair.origin}, changed")
            elif kind in ("negated", "affirmed"):
                yield Pair(pair.premise, false, "supports", f"{pair.origin}, changed")


def science(data: Path, folds: Collection[int], draw: random.Random) -> list[Pair]:
    """The pairs of the second stage without replay, of these folds and of sets without folds.

    The pairs of SciFact and WiCE stand in it twice: few, and the nearest to what is wanted.
    """
    held, _ = nli(data)
    linking = Linking(data)
    others = {TEST, *FOLDS} - set(folds)
    apart = linking.kept_apart(others)
    held["synthetic-flips"] = [
        pair for pair in held["synthetic-flips"] if not _sentences(pair.premise) & apart
    ]
    held["check-covid"] = [p for p in held["check-covid"] if not held_for_thresholds(p)]
    own = linking.pairs(folds, draw)
    chosen = [pair for name, count in SCIENCE.items() for pair in drawn(held[name], count, draw)]
    few = [pair for pair in own if pair.origin != "citint"]
    people = [*few, *(pair for pair in chosen if pair.origin in ("check-covid", "pubmedqa-l"))]
    changed = list(of_claims(people, draw))
    made = flips.pairs(linking.documents(others, named=False), OWN_FLIPS, draw)
    chosen += [Pair(tidy(f.premise), tidy(f.hypothesis), f.label, "flips") for f in made]
    chosen += [*own, *few, *changed]
    draw.shuffle(chosen)
    return chosen


def held_out(data: Path, half: str) -> list[Pair]:
    """What a half has not seen: the other's folds, a fifth of Check-COVID, flips of other works."""
    held, _ = nli(data)
    linking = Linking(data)
    folds = [fold for fold in FOLDS if fold not in HALVES[half]]
    covid = [pair for pair in held["check-covid"] if held_for_thresholds(pair)]
    made = flips.pairs(linking.documents(folds, named=True), OF_FLIPS, random.Random(3))
    return [
        *linking.pairs(folds, random.Random(0)),
        *covid,
        *(Pair(tidy(f.premise), tidy(f.hypothesis), f.label, "flips") for f in made),
    ]


def _sentences(text: str) -> set[str]:
    return set(re.split(r"(?<=[.?!]) (?=[A-Z\d(])", text)) | {text}


# --------------------------------------------------------------------------- tokens and batches


def encode(
    tokenizer: Tokenizer, pairs: Sequence[Pair], longest: int = LONGEST_PAIR
) -> list[Encoded]:
    """The pairs as [CLS] passage [SEP] claim [SEP], the passage cut where it is too long."""
    premises = tokenizer.encode_batch([pair.premise for pair in pairs], add_special_tokens=False)
    claims = tokenizer.encode_batch([pair.hypothesis for pair in pairs], add_special_tokens=False)
    start, end = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    made = []
    for pair, premise, claim in zip(pairs, premises, claims, strict=True):
        second = claim.ids[:LONGEST_CLAIM]
        first = premise.ids[: longest - len(second) - 3]
        ids = (start, *first, end, *second, end)
        made.append(Encoded(ids, len(first) + 2, LABELS.index(pair.label)))
    return made


def batches(
    encoded: Sequence[Encoded], tokens: int, draw: random.Random, pool: int = 1536
) -> list[list[Encoded]]:
    """Batches of pairs of like length, at most `tokens` with padding, in random order.

    Pairs are sorted within pools of `pool`, so that the order of the pools is kept.
    """
    made: list[list[Encoded]] = []
    for at in range(0, len(encoded), pool):
        ordered = sorted(encoded[at : at + pool], key=lambda one: len(one.ids))
        held: list[list[Encoded]] = [[]]
        for one in ordered:
            if held[-1] and len(one.ids) * (len(held[-1]) + 1) > tokens:
                held.append([])
            held[-1].append(one)
        draw.shuffle(held)
        made += held
    return made


def counts(pairs: Iterable[Pair]) -> dict[str, dict[str, int]]:
    """How many pairs of each label each origin gives."""
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for pair in pairs:
        table[pair.origin][pair.label] += 1
    return {origin: dict(sorted(table[origin].items())) for origin in sorted(table)}
