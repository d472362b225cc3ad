"""Makes the numbers of exocite.linking: the background table and the coefficients.

    python -m training.linking background --data DIR
    python -m training.linking coefficients --data DIR

DIR holds claims/plos_train.jsonl.gz and linking/{scifact,wice}. The first command counts in how
many sentences of PLOS articles (CC BY, CC0) each stem stands and writes background.py. The second
fits, on folds 1 to 4 only, the weights of a work's features and of a sentence's (softmax over the
candidates of a claim), the confidence (logistic regression) and its operating points, and writes
coefficients.py. Standard library only, no random numbers: the same data give the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "exocite" / "linking"
TRAIN_FOLDS = frozenset((1, 2, 3, 4))
LEAST_SENTENCES, LEAST_ARTICLES = 8, 3
MOST_CANDIDATES = 12
LONGEST_WORK = 400

Row = tuple[float, ...]
List = tuple[list[Row], list[bool]]


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


class Sets:
    """SciFact and WiCE as documents, and the claims of the training folds.

    Works that a claim of fold 0 cites are left out, even as distractors.
    """

    def __init__(self, data: Path) -> None:
        from exocite.linking.terms import Analyser

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
        from exocite.linking.documents import document
        from exocite.model import Reference, SourceText

        field = {"scifact": "abstract", "wice": "file"}[name]
        made = {}
        for source in rows(data / "linking" / name / "sources.jsonl.gz"):
            spans, at = [], 0
            for sentence in source["sentences"]:
                spans.append((at, at + len(sentence)))
                at += len(sentence) + 1
            key = source["id"]
            text = SourceText(key, field, " ".join(source["sentences"]))
            reference = Reference(key, "article", {"title": source["title"]})
            made[key] = document(reference, [text], self.analyser, lambda _, s=spans: s)
        return made


def cited(claim: dict) -> set[str]:
    """The sources of a claim, with evidence or without."""
    return {gold["source"] for gold in claim["gold"]} | set(claim["decoys"])


def matches(sets: Sets, collection, claim: str, limit: int) -> list:
    """The nearest works of the collection compared with the claim."""
    from exocite.linking.compare import match, query

    asked = query(collection, sets.analyser.stems(claim))
    near = collection.nearest(asked.concepts.values(), limit)
    return [match(asked, document, collection.damping(document)) for document in near]


def gather(sets: Sets) -> list[tuple[str, set[str], list]]:
    """Setting, gold keys and matches, for each training claim in each setting."""
    from exocite.linking.collection import Collection

    gathered = []

    def add(setting: str, collection: Collection, claims: Iterable[dict]) -> None:
        for claim in claims:
            gold = {g["source"] for g in claim["gold"]}
            found = matches(sets, collection, claim["claim"], MOST_CANDIDATES)
            gathered.append((setting, gold, found))

    scifact = sets.documents["scifact"]
    pool = {key for claim in sets.claims["scifact"] for key in cited(claim)}
    add("pool", Collection(scifact[key] for key in sorted(pool)), sets.claims["scifact"])
    add("full", Collection(scifact.values()), sets.claims["scifact"])
    add("wice", Collection(sets.documents["wice"].values()), sets.claims["wice"])
    by_id = {claim["id"]: claim for claim in sets.claims["scifact"]}
    for row in sets.small:
        if row["claim_id"] in by_id:
            works = [scifact[key] for key in row["candidates"] if key in scifact]
            claim = by_id[row["claim_id"]]
            add(f"{row['kind']}{row['size']}", Collection(works), [claim])
            gold = {g["source"] for g in claim["gold"]}
            rest = [work for work in works if work.key not in gold]
            add(f"{row['kind']}{row['size']}-none", Collection(rest), [claim])
    for setting, gold, found in list(gathered):
        if setting == "pool":
            right = [one for one in found if one.document.key in gold][:1]
            wrong = [one for one in found if one.document.key not in gold][:1]
            gathered += [("alone", gold, right), ("alone", gold, wrong)]
    return gathered


def dot(weights: Sequence[float], row: Sequence[float]) -> float:
    """The sum of the products."""
    return sum(weight * value for weight, value in zip(weights, row, strict=True))


def softmax_fit(lists: Sequence[List], width: int, steps: int, ridge: float = 1e-3) -> list[float]:
    """Weights that give the right candidates of each list the largest share (Adam, full batch)."""
    weights, first, second = ([0.0] * width for _ in range(3))
    for step in range(1, steps + 1):
        gradient = [ridge * weight for weight in weights]
        for features, right in lists:
            scores = [dot(weights, row) for row in features]
            top = max(scores)
            shares = [math.exp(score - top) for score in scores]
            total = sum(shares)
            wanted = sum(share for share, good in zip(shares, right, strict=True) if good)
            for row, share, good in zip(features, shares, right, strict=True):
                pull = (share / total - (share / wanted if good else 0.0)) / len(lists)
                for index, value in enumerate(row):
                    gradient[index] += pull * value
        for index, slope in enumerate(gradient):
            first[index] = 0.9 * first[index] + 0.1 * slope
            second[index] = 0.99 * second[index] + 0.01 * slope * slope
            speed = math.sqrt(second[index] / (1 - 0.99**step)) + 1e-8
            weights[index] -= 0.4 * first[index] / (1 - 0.9**step) / speed
    return weights


def logistic_fit(examples: Sequence[tuple[Row, bool, float]], ridge: float = 1e-6) -> list[float]:
    """Logistic regression by Newton's method; examples are features, answer and weight."""
    width = len(examples[0][0])
    weights = [0.0] * width
    mass = sum(weight for _, _, weight in examples)
    for _ in range(25):
        gradient = [0.0] + [ridge * mass * w for w in weights[1:]]
        hessian = [[ridge * mass * (i == j and i > 0) for j in range(width)] for i in range(width)]
        for row, answer, weight in examples:
            value = max(-30.0, min(30.0, dot(weights, row)))
            chance = 1 / (1 + math.exp(-value))
            error, spread = weight * (chance - answer), weight * chance * (1 - chance)
            for i, x in enumerate(row):
                gradient[i] += error * x
                for j, z in enumerate(row):
                    hessian[i][j] += spread * x * z
        weights = [w - d for w, d in zip(weights, solved(hessian, gradient), strict=True)]
    return weights


def solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """The solution of a small system of equations by elimination with pivots."""
    size = len(right)
    table = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for column in range(size):
        pivot = max(range(column, size), key=lambda index: abs(table[index][column]))
        table[column], table[pivot] = table[pivot], table[column]
        for index in range(size):
            if index != column:
                factor = table[index][column] / table[column][column]
                table[index] = [
                    a - factor * b for a, b in zip(table[index], table[column], strict=True)
                ]
    return [table[index][size] / table[index][index] for index in range(size)]


def work_lists(gathered: Sequence, settings: Sequence[str]) -> list[List]:
    """Features of the candidates and which are right, where a right one is among them."""
    lists = []
    for setting, gold, found in gathered:
        right = [one.document.key in gold for one in found]
        if setting in settings and any(right):
            lists.append(([one.features for one in found], right))
    return lists


def sentence_lists(sets: Sets) -> list[tuple[str, list[Row], list[bool], set[int]]]:
    """For each claim and gold work: the sentences' features and which are rationale."""
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
                lists.append((name, features, right, wanted))
    return lists


def best_share(lists: Sequence, weights: Sequence[float]) -> tuple[float, float]:
    """The odds against the best sentence that give the best F1 over SciFact, and that F1."""
    found = []
    for share in (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0):
        hits = chosen = wanted = 0
        for name, features, _, gold in lists:
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


def confidence_examples(
    gathered: Sequence, score: Callable[[Row], float]
) -> list[tuple[str, int, Row, bool]]:
    """Setting, place, features and answer of the first three works of each claim."""
    from exocite.linking.scoring import confidence_features

    examples = []
    for setting, gold, found in gathered:
        order = sorted(
            ((score(one.features), one) for one in found), key=lambda p: (-p[0], p[1].document.key)
        )
        values = [value for value, _ in order]
        for place, (_, one) in enumerate(order[:3]):
            row = confidence_features(one, place, values)
            examples.append((setting, place, row, one.document.key in gold))
    return examples


def operating_points(pairs: Sequence[tuple[float, bool, float]]) -> dict[str, float]:
    """The least confidence from which the first suggestions are right as often as the name says."""
    points = {}
    ordered = sorted(pairs, reverse=True)
    for precision in (0.95, 0.9, 0.8, 0.7):
        right = shown = 0.0
        threshold = 1.0
        for confidence, good, weight in ordered:
            shown += weight
            right += weight * good
            if right >= precision * shown:
                threshold = confidence
        points[f"{precision:.2f}"] = round(threshold, 3)
    return points


USED = (
    "scifact/claims.jsonl",
    "scifact/small.jsonl",
    "scifact/sources.jsonl.gz",
    "wice/claims.jsonl",
    "wice/sources.jsonl.gz",
)
WEIGHT = {"pool": 3.0, "full": 0.5, "wice": 1.0}
RANKING = ("pool", "near60", "near20", "wice")


def coefficients(data: Path, log: Callable[[str], object]) -> str:
    """The text of coefficients.py."""
    from exocite.linking.compare import SENTENCE_FEATURES, WORK_FEATURES

    sets = Sets(data)
    gathered = gather(sets)
    lists = work_lists(gathered, RANKING)
    work = softmax_fit(lists, len(WORK_FEATURES), 120)
    work = [round(max(weight, 0.0), 3) for weight in work]
    log(f"work: {dict(zip(WORK_FEATURES, work, strict=True))} over {len(lists)} lists")
    sentences = sentence_lists(sets)
    sentence = softmax_fit([(f, r) for _, f, r, _ in sentences], len(SENTENCE_FEATURES), 80)
    sentence = [round(weight, 3) for weight in sentence]
    named = dict(zip(SENTENCE_FEATURES, sentence, strict=True))
    log(f"sentence: {named} over {len(sentences)} works")
    share, f1 = best_share(sentences, sentence)
    log(f"evidence share {share}, F1 {f1:.3f}")
    whole = sum(work)
    examples = confidence_examples(gathered, lambda row: dot(work, row) / whole)
    fitted = logistic_fit(
        [
            (row, good, WEIGHT.get(setting, 0.25) * (1.0 if place == 0 else 0.3))
            for setting, place, row, good in examples
        ]
    )
    fitted = [round(weight, 3) for weight in fitted]
    log(f"confidence: {fitted} over {len(examples)} examples")
    first = [
        (
            1 / (1 + math.exp(-dot(fitted, row))),
            good,
            WEIGHT.get(setting, 0.25),
        )
        for setting, place, row, good in examples
        if place == 0
    ]
    points = operating_points(first)
    log(f"operating points: {points}")
    lines = [
        '"""Weights fitted by training/linking.py on folds 1 to 4 of SciFact and WiCE.',
        "",
        "SHA-256 of what they were fitted on:",
        *(f"{sha256((data / 'linking' / name).read_bytes()).hexdigest()} {name}" for name in USED),
        '"""',
        "",
        "from __future__ import annotations",
        "",
        f"WORK = {tuple(work)}",
        '"""One for each of compare.WORK_FEATURES."""',
        "",
        f"SENTENCE = {tuple(sentence)}",
        '"""One for each of compare.SENTENCE_FEATURES."""',
        "",
        f"EVIDENCE_SHARE = {share}",
        '"""Odds against the best sentence from which a further one is shown."""',
        "",
        f"CONFIDENCE = {tuple(fitted)}",
        '"""One for each of scoring.confidence_features."""',
        "",
        "OPERATING_POINTS = {",
        *(f'    "{name}": {value},' for name, value in points.items()),
        "}",
        '"""Least confidence from which the first work was right as often as the name says."""',
        "",
    ]
    return "\n".join(lines)


def main() -> int:
    """Write the file that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("part", choices=("background", "coefficients"))
    parser.add_argument("--data", type=Path, required=True)
    asked = parser.parse_args()
    if asked.part == "background":
        text = background(asked.data)
    else:
        text = coefficients(asked.data, lambda line: print(line, flush=True))
    path = PACKAGE / f"{asked.part}.py"
    path.write_text(text, encoding="utf-8", newline="\n")
    print(f"wrote {path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
