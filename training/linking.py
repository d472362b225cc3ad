"""Makes the numbers of exocite.linking: the background table and the coefficients.

    python -m training.linking background --data DIR
    python -m training.linking coefficients --data DIR [--models FOLDER --cache FOLDER]
    python -m training.linking crossed --data DIR [--models FOLDER --cache FOLDER]

DIR holds claims/plos_train.jsonl.gz and linking/{scifact,wice}. The first command counts in how
many sentences of PLOS articles (CC BY, CC0) each stem stands and writes background.py. The second
fits, on folds 1 to 4 only, the weights of a work's features and of a sentence's (softmax over the
candidates of a claim), the confidence (logistic regression on scores out of fold) and its operating
points, and writes coefficients.py. The third prints what the same fits reach out of fold: each is
made on three folds and scored on the fourth, with plain BM25 beside. No random numbers. With the
folder of the embedder the mode semantic is fitted; the other mode keeps its weights.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from hashlib import sha256
from pathlib import Path

from benchmarks.linking.data import document_of
from exocite.embedding import Embedder
from exocite.linking.coefficients import CORE, SEMANTIC, Weights
from exocite.linking.likeness import Similarity
from training.fitting import List, Row, logistic_fit, softmax_fit

PACKAGE = Path(__file__).resolve().parents[1] / "exocite" / "linking"
TRAIN_FOLDS = frozenset((1, 2, 3, 4))
LEAST_SENTENCES, LEAST_ARTICLES = 8, 3
MOST_CANDIDATES = 12
LONGEST_WORK = 400


def rows(path: Path) -> Iterator[dict]:
    """The JSON objects of a file of lines, gzipped or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


# --------------------------------------------------------------------------- the background


def background(data: Path) -> str:
    """The text of background.py: stems by how many sentences hold them, in bands."""
    from exocite.linking.terms import Analyser

    path = data / "claims" / "plos_train.jsonl.gz"
    analyser, counts, articles, total = Analyser(), Counter(), defaultdict(set), 0
    for row in rows(path):
        total += 1
        for stem in set(analyser.stems(row["text"])):
            counts[stem] += 1
            articles[stem].add(row["doc"])
    bands: dict[int, list[str]] = defaultdict(list)
    for stem, count in counts.items():
        if count >= LEAST_SENTENCES and len(articles[stem]) >= LEAST_ARTICLES and stem.isascii():
            bands[round(2 * math.log2(count))].append(stem)
    lines = [
        '"""In how many sentences of scientific prose a stem stands; made by training/linking.py.',
        "",
        f"Counted over {total} sentences of PLOS articles (CC BY, CC0); stems of at least",
        f"{LEAST_SENTENCES} sentences in {LEAST_ARTICLES} articles, in bands of half an octave.",
        "SHA-256 of the sentences' file:",
        f"{sha256(path.read_bytes()).hexdigest()}",
        '"""',
        "",
        "from __future__ import annotations",
        "",
        f"SENTENCES = {total}",
        "",
        "",
        "def frequencies() -> dict[str, int]:",
        '    """Each known stem with the number of sentences that hold it, to half an octave."""',
        "    return {stem: count for count, stems in _BANDS for stem in stems.split()}",
        "",
        "",
        "_BANDS = (",
    ]
    for band in sorted(bands, reverse=True):
        lines += [f'    ({round(2 ** (band / 2))}, """', *wrapped(sorted(bands[band])), '    """),']
    return "\n".join([*lines, ")  # fmt: skip", ""])


def wrapped(words: Sequence[str], width: int = 98) -> list[str]:
    """The words in lines of at most `width`."""
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) + 1 > width:
            lines.append(line)
            line = ""
        line += (" " if line else "") + word
    return [*lines, line]


# --------------------------------------------------------------------------- the coefficients


@dataclass(frozen=True)
class Gathered:
    """One claim in one setting: its fold, gold keys, matches; whether plain BM25 is right."""

    setting: str
    fold: int
    gold: set[str]
    found: list
    plain: bool


class Sets:
    """SciFact and WiCE as documents, and the claims of the training folds.

    Works that a claim of fold 0 cites are left out, even as distractors.
    """

    def __init__(self, data: Path, similarity: Similarity | None = None) -> None:
        from exocite.linking.terms import Analyser

        self.similarity = similarity
        self.analyser = Analyser()
        self.claims: dict[str, list[dict]] = {}
        self.documents: dict[str, dict] = {}
        for name in ("scifact", "wice"):
            claims = list(rows(data / "linking" / name / "claims.jsonl"))
            held = {key for c in claims if c["fold"] not in TRAIN_FOLDS for key in cited(c)}
            self.claims[name] = [claim for claim in claims if claim["fold"] in TRAIN_FOLDS]
            made = self._documents(data, name)
            self.documents[name] = {key: made[key] for key in made if key not in held}
        self.small = list(rows(data / "linking" / "scifact" / "small.jsonl"))

    def _documents(self, data: Path, name: str) -> dict:
        field = {"scifact": "abstract", "wice": "file"}[name]
        sources = rows(data / "linking" / name / "sources.jsonl.gz")
        return {one["id"]: document_of(one, field, self.analyser) for one in sources}


def cited(claim: dict) -> set[str]:
    """The sources of a claim, with evidence or without."""
    return {gold["source"] for gold in claim["gold"]} | set(claim["decoys"])


def matches(sets: Sets, collection, claim: str, limit: int) -> list:
    """The nearest works of the collection compared with the claim."""
    from exocite.linking.compare import match, query
    from exocite.linking.likeness import liked

    asked = query(collection, sets.analyser.stems(claim))
    near = collection.nearest(asked.concepts.values(), limit)
    found = [match(asked, document, collection.damping(document)) for document in near]
    if sets.similarity is None:
        return found
    return [liked(asked, one, claim, sets.similarity) for one in found]


def gather(sets: Sets) -> list[Gathered]:
    """Each training claim in each setting."""
    from benchmarks.linking import Plain, first_is_gold
    from exocite.linking.collection import Collection

    gathered = []

    def add(setting: str, works: Iterable, claims: Iterable[dict]) -> None:
        works = list(works)
        collection, plain = Collection(works), Plain(works)
        for claim in claims:
            gold = {g["source"] for g in claim["gold"]}
            found = matches(sets, collection, claim["claim"], MOST_CANDIDATES)
            baseline = first_is_gold(plain.rank(sets.analyser.stems(claim["claim"])), gold)
            gathered.append(Gathered(setting, claim["fold"], gold, found, baseline))

    scifact = sets.documents["scifact"]
    pool = {key for claim in sets.claims["scifact"] for key in cited(claim)}
    add("pool", (scifact[key] for key in sorted(pool)), sets.claims["scifact"])
    add("full", scifact.values(), sets.claims["scifact"])
    add("wice", sets.documents["wice"].values(), sets.claims["wice"])
    by_id = {claim["id"]: claim for claim in sets.claims["scifact"]}
    for row in sets.small:
        if row["claim_id"] in by_id:
            works = [scifact[key] for key in row["candidates"] if key in scifact]
            claim = by_id[row["claim_id"]]
            add(f"{row['kind']}{row['size']}", works, [claim])
            gold = {g["source"] for g in claim["gold"]}
            rest = [work for work in works if work.key not in gold]
            if rest:
                add(f"{row['kind']}{row['size']}-none", rest, [claim])
    for one in list(gathered):
        if one.setting == "pool":
            right = [each for each in one.found if each.document.key in one.gold][:1]
            wrong = [each for each in one.found if each.document.key not in one.gold][:1]
            gathered += [replace(one, setting="alone", found=found) for found in (right, wrong)]
    return gathered


def dot(weights: Sequence[float], row: Sequence[float]) -> float:
    """The sum of the products."""
    return sum(weight * value for weight, value in zip(weights, row, strict=True))


def work_lists(gathered: Sequence[Gathered], settings: Sequence[str]) -> list[List]:
    """Features of the candidates and which are right, where a right one is among them."""
    lists = []
    for one in gathered:
        right = [each.document.key in one.gold for each in one.found]
        if one.setting in settings and any(right) and not all(right):
            lists.append(([each.features for each in one.found], right))
    return lists


def work_weights(gathered: Sequence[Gathered]) -> list[float]:
    """The weights of a work's features; none is negative, so that more shared is never worse."""
    lists = work_lists(gathered, RANKING)
    return [round(weight, 3) for weight in softmax_fit(lists, STEPS, falling=False)]


def sentence_lists(sets: Sets) -> list[tuple[str, list[Row], list[bool], set[int], int]]:
    """For each claim and gold work: the sentences' features, which are rationale, the fold."""
    from exocite.linking.collection import Collection
    from exocite.linking.compare import match, query, sentence_features

    lists = []
    for name, documents in sets.documents.items():
        collection = Collection(documents.values())
        for claim in sets.claims[name]:
            asked = query(collection, sets.analyser.stems(claim["claim"]))
            for gold in claim["gold"]:
                document = documents[gold["source"]]
                wanted = {number for way in gold["sentences"] for number in way}
                if not wanted or len(document.units) > LONGEST_WORK:
                    continue
                found = match(asked, document, collection.damping(document))
                features = sentence_features(asked, found)
                right = [number in wanted for number in range(len(features))]
                lists.append((name, features, right, wanted, claim["fold"]))
    return lists


def best_share(lists: Sequence, weights: Sequence[float]) -> tuple[float, float]:
    """The odds against the best sentence that give the best F1 over SciFact, and that F1."""
    found = []
    for share in (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0):
        hits = chosen = wanted = 0
        for name, features, _, gold, _ in lists:
            if name != "scifact":
                continue
            scores = [dot(weights, row) for row in features]
            order = sorted(range(len(scores)), key=lambda n: (-scores[n], n))[:3]
            floor = scores[order[0]] + math.log(share)
            shown = {number for number in order if scores[number] >= floor}
            hits += len(shown & gold)
            chosen += len(shown)
            wanted += len(gold)
        found.append((2 * hits / (chosen + wanted), share))
    value, share = max(found)
    return share, value


@dataclass(frozen=True)
class Example:
    """One of the first works of a claim in a setting, with what its confidence is made from."""

    setting: str
    fold: int
    place: int
    row: Row
    good: bool
    weight: float


def examples(gathered: Sequence[Gathered], work: Sequence[float]) -> list[Example]:
    """The first three works of each claim by the given weights."""
    from exocite.linking.scoring import confidence_features

    made = []
    whole = sum(work)
    for one in gathered:
        order = sorted(
            ((dot(work, each.features) / whole, each) for each in one.found),
            key=lambda pair: (-pair[0], pair[1].document.key),
        )
        values = [value for value, _ in order]
        for place, (_, each) in enumerate(order[:3]):
            row = confidence_features(each, place, values)
            weight = WEIGHT.get(one.setting, 0.25)
            good = each.document.key in one.gold
            made.append(Example(one.setting, one.fold, place, row, good, weight))
    return made


def held_out(gathered: Sequence[Gathered]) -> list[Example]:
    """The first works of each claim, ranked by weights that were fitted without its fold."""
    made = []
    for fold in sorted(TRAIN_FOLDS):
        work = work_weights([one for one in gathered if one.fold != fold])
        made += examples([one for one in gathered if one.fold == fold], work)
    return made


def confidence_weights(made: Sequence[Example]) -> list[float]:
    """Logistic regression of "is the source"; first works count most."""
    fitted = logistic_fit(
        [(one.row, one.good, one.weight * (1.0 if one.place == 0 else 0.3)) for one in made]
    )
    return [round(fitted[0], 3), *(round(max(weight, 0.0), 3) for weight in fitted[1:])]


def confidence(weights: Sequence[float], one: Example) -> float:
    """The confidence of an example."""
    return 1 / (1 + math.exp(-dot(weights, one.row)))


def crossed_confidences(made: Sequence[Example]) -> list[tuple[float, Example]]:
    """First works with a confidence fitted without their fold."""
    scored = []
    for fold in sorted(TRAIN_FOLDS):
        weights = confidence_weights([one for one in made if one.fold != fold])
        own = [one for one in made if one.fold == fold and one.place == 0]
        scored += [(confidence(weights, one), one) for one in own]
    return scored


def operating_points(scored: Sequence[tuple[float, Example]]) -> dict[str, float]:
    """The least confidence from which the first suggestions are right as often as the name says.

    The highest over the kinds of list in SIZES, each mixed with the same list without its source:
    what is promised holds for a small bibliography and for a large one.
    """
    points = {}
    for precision in (0.95, 0.9, 0.8, 0.7, 0.5):
        thresholds = [
            threshold([(c, one.good) for c, one in scored if one.setting in names], precision)
            for names in SIZES.values()
        ]
        points[f"{precision:.2f}"] = math.ceil(1000 * max(thresholds)) / 1000
    return points


def threshold(pairs: Iterable[tuple[float, bool]], precision: float) -> float:
    """The least confidence from which at least this share is right."""
    right, least = 0, 1.0
    for shown, (value, good) in enumerate(sorted(pairs, reverse=True), 1):
        right += good
        if right >= precision * shown:
            least = value
    return least


def crossed(sets: Sets, log: Callable[[str], object]) -> None:
    """Print what the fits reach on folds that they have not seen."""
    from benchmarks.linking import aurc, auroc, calibration_error

    gathered = gather(sets)
    made = held_out(gathered)
    log(f"{'first work right':20} {'ours':>6} {'BM25':>6} {'n':>5}")
    for setting in dict.fromkeys(one.setting for one in gathered):
        firsts = [one for one in made if one.setting == setting and one.place == 0]
        claims = [one for one in gathered if one.setting == setting and one.gold]
        if setting.endswith("-none") or setting == "alone" or not claims:
            continue
        ours = sum(one.good for one in firsts) / len(claims)
        plain = sum(one.plain for one in claims) / len(claims)
        log(f"{setting:20} {ours:6.3f} {plain:6.3f} {len(claims):5}")
    scored = crossed_confidences(made)
    pool = [(value, one.good, one.good) for value, one in scored if one.setting == "pool"]
    log(f"ece {calibration_error(pool):.3f} aurc {aurc(pool):.3f} auroc-right {auroc(pool):.3f}")
    points = operating_points(scored)
    log(f"{'operating point':20} " + " ".join(f"{name:>13}" for name in points))
    for size, names in SIZES.items():
        own = [(value, one.good) for value, one in scored if one.setting in names]
        cells = []
        for least in points.values():
            shown = [good for value, good in own if value >= least]
            precise = sum(shown) / len(shown) if shown else math.nan
            cells.append(f"{precise:.3f} of {len(shown) / len(own):.2f}")
        log(f"{size:20} " + " ".join(f"{cell:>13}" for cell in cells))
    lists = sentence_lists(sets)
    hits: dict[str, list[bool]] = defaultdict(list)
    for fold in sorted(TRAIN_FOLDS):
        train = [(features, right) for _, features, right, _, own in lists if own != fold]
        weights = softmax_fit(train, STEPS)
        for name, features, right, _, own in lists:
            if own == fold:
                scores = [dot(weights, row) for row in features]
                hits[name].append(right[max(range(len(scores)), key=lambda n: (scores[n], -n))])
    shares = {name: round(sum(found) / len(found), 3) for name, found in hits.items()}
    log(f"best sentence {shares}")


USED = (
    "scifact/claims.jsonl",
    "scifact/small.jsonl",
    "scifact/sources.jsonl.gz",
    "wice/claims.jsonl",
    "wice/sources.jsonl.gz",
)
WEIGHT = {"pool": 3.0, "full": 0.5}
RANKING = ("pool", "near60", "near20", "random60", "full", "wice")
STEPS = 80
SIZES = {
    "4 works": ("near4", "near4-none", "random4", "random4-none"),
    "20 works": ("near20", "near20-none", "random20", "random20-none"),
    "60 works": ("near60", "near60-none", "random60", "random60-none"),
    "pool": ("pool",),
    "5,000 works": ("full",),
}
"""Settings by the size of the bibliography: with the source, and without, half and half."""


def fitted(sets: Sets, log: Callable[[str], object]) -> Weights:
    """The weights of one mode."""
    gathered = gather(sets)
    work = work_weights(gathered)
    log(f"work: {work}")
    lists = sentence_lists(sets)
    every = [(features, right) for _, features, right, _, _ in lists]
    sentence = [round(weight, 3) for weight in softmax_fit(every, STEPS)]
    log(f"sentence: {sentence} over {len(lists)} works")
    share, f1 = best_share(lists, sentence)
    log(f"evidence share {share}, F1 {f1:.3f}")
    made = held_out(gathered)
    sure = confidence_weights(made)
    log(f"confidence: {sure} over {len(made)} examples")
    points = operating_points(crossed_confidences(made))
    log(f"operating points: {points}")
    return Weights(tuple(work), tuple(sentence), share, tuple(sure), points)


def written(core: Weights, semantic: Weights, data: Path) -> str:
    """The text of coefficients.py: its own head, with other hashes and other numbers."""
    before = (PACKAGE / "coefficients.py").read_text(encoding="utf-8")
    head = before[before.index("from __future__") : before.index("CORE = ")]
    hashes = [
        f"{sha256((data / 'linking' / name).read_bytes()).hexdigest()} {name}" for name in USED
    ]
    lines = [
        '"""Weights fitted by training/linking.py on folds 1 to 4 of SciFact and WiCE.',
        "",
        "SHA-256 of what they were fitted on:",
        *hashes,
        '"""',
        "",
    ]
    modes = [f"{name} = {shown(one)}" for name, one in (("CORE", core), ("SEMANTIC", semantic))]
    modes.append('MODES = {"core": CORE, "semantic": SEMANTIC}')
    return "\n".join([*lines, head + "\n\n".join(modes), ""])


def shown(weights: Weights) -> str:
    """The weights as Python; ruff format lays them out."""
    parts = (f"    {one.name}={getattr(weights, one.name)!r}," for one in fields(weights))
    return "\n".join(["Weights(", *parts, ")"]).replace("'", '"')


def main() -> int:
    """Write the file that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("part", choices=("background", "coefficients", "crossed"))
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--models", type=Path, help="folder of the embedder: the mode semantic")
    parser.add_argument("--cache", type=Path, help="folder where vectors are kept between runs")
    asked = parser.parse_args()
    if asked.part == "background":
        text = background(asked.data)
        (PACKAGE / "background.py").write_text(text, encoding="utf-8", newline="\n")
        return 0
    embedder = Embedder(asked.models, cache=asked.cache) if asked.models else None
    sets = Sets(asked.data, embedder)
    try:
        if asked.part == "crossed":
            crossed(sets, log)
            return 0
        made = fitted(sets, log)
    finally:
        if embedder:
            embedder.save()
    core, semantic = (CORE, made) if embedder else (made, SEMANTIC)
    text = written(core, semantic, asked.data)
    (PACKAGE / "coefficients.py").write_text(text, encoding="utf-8", newline="\n")
    return 0


def log(line: str) -> None:
    """Print at once: a fit takes minutes."""
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
