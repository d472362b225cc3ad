"""Which record does a reference mean, if any? Precision, recall and what is accepted in error.

    python -m benchmarks.matching --data DIR [--json]

Reads works.jsonl and cases.jsonl in DIR or in DIR/matching. The resolver gets `raw` alone;
candidates are the 20 best of a BM25 search over the pool, whose records lose every key that
begins with "_" first. A DOI counts as accepted when the outcome is matched or retracted.
`precision` is over all accepted, `recall_title` and `recall_no_title` over cases whose record
is in the pool, `false_accept_absent` the share of absent ones for which any DOI was accepted. The
baseline is Crossref's search-based matching with validation (D. Tkaczyk, 2018-2019, threshold 0.34
for unstructured references), re-implemented on the same candidates; its two terms for Solr's
relevance use the BM25 score.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

from exocite import weights
from exocite.matching import decide, query
from exocite.matching.words import words
from exocite.model import Outcome, Work
from exocite.references.parse import parse
from exocite.references.tagging import ReferenceModel
from exocite.registries.crossref_record import work_from_record

ROWS = 20
ACCEPTED = frozenset({Outcome.MATCHED, Outcome.RETRACTED})
_NO_TITLE = "elsevier-without-titles"
_SBMV_THRESHOLD = 0.34


@cache
def _reader() -> ReferenceModel:
    """The shipped model, as `exocite add` reads references with it."""
    return weights.reference_model()


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the table, and with --json the figures as one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--errors", action="store_true", help="print what was missed or wrong")
    options = parser.parse_args(argv)
    result = measure(options.data, errors=options.errors)
    for name, row in (("exocite", result), ("SBMV (baseline)", result["sbmv"])):
        print(
            f"{name:16} precision {row['precision']:.4f}"
            f"  recall with title {row['recall_title']:.3f}"
            f"  without {row['recall_no_title']:.3f}"
            f"  false accepts when absent {row['false_accept_absent']:.4f}"
            f"  ms a case {row['ms_per_case']:.2f}"
        )
    print(f"{'':16} cases {result['n']}  outcomes {result['outcomes']}")
    print(f"{'':16} the search found the record for {result['search_recall']:.3f} of those present")
    if options.json:
        print(json.dumps(result))
    return 0


def measure(data: Path, *, errors: bool = False) -> dict[str, Any]:
    """All figures of the matching set in `data`, or in its folder `matching`."""
    cases = list(_rows(folder(data), "cases"))
    works = pool(data)
    index = Index([indexed(work) for work in works])
    found = [index.search(case["raw"], ROWS) for case in cases]
    answers: list[str] = []
    outcomes: Counter[str] = Counter()
    reasons: list[str] = []
    times: list[float] = []
    for case, hits in zip(cases, found, strict=True):
        started = time.process_time()
        parsed = parse(case["raw"], _reader())
        resolution = decide(parsed, [works[hit] for hit, _ in hits])
        times.append(time.process_time() - started)
        taken = resolution.outcome in ACCEPTED and resolution.work is not None
        answers.append(resolution.work.doi.lower() if taken and resolution.work else "")
        outcomes[str(resolution.outcome)] += 1
        reasons.append(f"{resolution.outcome}: {resolution.reason}")
    result = figures(cases, answers, times)
    result["outcomes"] = dict(sorted(outcomes.items()))
    result["search_recall"] = _search_recall(cases, found, works)
    started = time.process_time()
    baseline = [
        sbmv(case["raw"], [(works[hit], score) for hit, score in hits])
        for case, hits in zip(cases, found, strict=True)
    ]
    spent = (time.process_time() - started) / max(1, len(cases))
    result["sbmv"] = figures(cases, baseline, [spent])
    if errors:
        _print_errors(cases, answers, reasons)
    return result


def folder(data: Path) -> Path:
    """The folder that holds the set: the one given, or `matching` in it."""
    return data / "matching" if (data / "matching").is_dir() else data


def pool(data: Path) -> list[Work]:
    """The works that references are looked for in, without what a registry would not say."""
    return [
        work_from_record({key: value for key, value in record.items() if not key.startswith("_")})
        for record in _rows(folder(data), "works")
    ]


def _rows(folder: Path, stem: str) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob(f"{stem}*.jsonl*")):
        opener: Callable[..., Any] = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def figures(
    cases: Sequence[Mapping[str, Any]], answers: Sequence[str], times: Sequence[float]
) -> dict[str, Any]:
    """The keys of this benchmark from the DOI given for each case ("" for none)."""
    gold = [(case.get("doi") or "").lower() for case in cases]
    given = [(answer, right) for answer, right in zip(answers, gold, strict=True) if answer]
    absent = [answer for answer, right in zip(answers, gold, strict=True) if not right]
    with_title: list[bool] = []
    without: list[bool] = []
    by_noise: dict[str, list[bool]] = defaultdict(list)
    for case, answer, right in zip(cases, answers, gold, strict=True):
        if right:
            (without if case["style"] == _NO_TITLE else with_title).append(answer == right)
            by_noise[case["noise"]].append(answer == right)
    return {
        "n": len(cases),
        "precision": _share([answer == right for answer, right in given], empty=1.0),
        "recall_title": _share(with_title),
        "recall_no_title": _share(without),
        "false_accept_absent": _share([bool(answer) for answer in absent]),
        "ms_per_case": 1000 * sum(times) / len(times) if times else 0.0,
        "ms_median": 1000 * median(times) if times else 0.0,
        "recall_by_noise": {
            noise: round(_share(rights), 3) for noise, rights in sorted(by_noise.items())
        },
    }


def _share(values: Sequence[bool], empty: float = 0.0) -> float:
    return sum(values) / len(values) if values else empty


def _search_recall(
    cases: Sequence[Mapping[str, Any]],
    found: Sequence[Sequence[tuple[int, float]]],
    works: Sequence[Work],
) -> float:
    there = [
        any(works[hit].doi.lower() == case["doi"].lower() for hit, _ in hits)
        for case, hits in zip(cases, found, strict=True)
        if case.get("doi")
    ]
    return _share(there)


# --------------------------------------------------------------------------- search


def indexed(work: Work) -> list[str]:
    """The words under which a work is found."""
    names = " ".join(f"{name.family} {name.literal}" for name in work.authors)
    texts = (work.title, work.subtitle, work.original_title, names)
    places = (work.container, work.container_short, work.publisher)
    numbers = (work.year, work.volume, work.issue, work.pages, work.article_number)
    return words(" ".join((*texts, *places, *numbers)))


class Index:
    """BM25 (k1 1.2, b 0.75) over lists of words."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        mean = sum(map(len, documents)) / max(1, len(documents))
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, document in enumerate(documents):
            for word, count in Counter(document).items():
                weight = count * 2.2 / (count + 1.2 * (0.25 + 0.75 * len(document) / mean))
                postings[word].append((number, weight))
        size = len(documents)
        self._postings = {
            word: (math.log(1 + (size - len(rows) + 0.5) / (len(rows) + 0.5)), rows)
            for word, rows in postings.items()
        }

    def search(self, raw: str, rows: int) -> list[tuple[int, float]]:
        """The best documents for a reference, best first, ties by number."""
        scores: dict[int, float] = defaultdict(float)
        for word in dict.fromkeys(words(query(parse(raw, _reader())))):
            idf, posting = self._postings.get(word, (0.0, []))
            for number, weight in posting:
                scores[number] += idf * weight
        return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:rows]


# --------------------------------------------------------------------------- baseline


def sbmv(raw: str, candidates: Sequence[tuple[Work, float]]) -> str:
    """The DOI that Crossref's rule accepts, "" for none.

    The rule: generalised Jaccard similarity over relevance, numbers and first author, 0 with fewer
    than three of title, year, volume, first page and first author in support.
    """
    scored = [
        (_validated(raw, work, score), -place, work.doi)
        for place, (work, score) in enumerate(candidates)
    ]
    best = max(scored, default=(0.0, 0, ""))
    return best[2].lower() if best[0] >= _SBMV_THRESHOLD else ""


def _validated(raw: str, work: Work, score: float) -> float:
    pairs = {
        "score": (score / 100, max(1.0, score / 100)),
        "norm": (score / len(raw), max(1.0, score / len(raw))),
    }
    text = re.sub(r"\[[^\[\]]*\]", "", re.sub(r"(?<!\d)10\.\d{4,9}/\S+", "", raw), count=1).strip()
    text = re.sub(r"(\d+)[-‐–—](\d+)", lambda m: f"{m[1]}-{_full(m[1], m[2])}", text)
    numbers = re.findall(r"\d+", text[5:])
    if not numbers:
        return 0.0
    if work.volume and work.volume == work.year and numbers.count(work.volume) == 1:
        numbers.append(work.volume)
    values = {
        "volume": work.volume,
        "year": work.year,
        "issue": work.issue,
        "page": work.pages,
        "title": work.title,
        "container": work.container,
    }
    for name, value in values.items():
        for place, number in enumerate(re.findall(r"\d+", value)):
            hit = number in numbers
            if hit:
                numbers.remove(number)
            pairs[f"{name}_{place}"] = (1.0, float(hit))
    family = " ".join(words(work.authors[0].family)) if work.authors else ""
    if family:
        pairs["author"] = (1.0, _partial(family, " ".join(words(text))[: 3 * len(family)]))
    if "year_0" in pairs and pairs["year_0"][1] < 1 and work.year.isdecimal():
        near = [
            str(int(work.year) + step) for step in (-1, 1) if str(int(work.year) + step) in numbers
        ]
        if near:
            pairs["year_0"] = (1.0, 0.5)
            numbers.remove(near[0])
    support = [
        _partial(" ".join(words(work.title)), " ".join(words(text))) > 0.7,
        min(pairs.get("author", (0.0, 0.0))) > 0.7,
    ]
    support += [min(pairs.get(f"{name}_0", (0.0, 0.0))) > 0 for name in ("year", "volume", "page")]
    if sum(support) < 3:
        return 0.0
    pairs.update({f"rest_{place}": (0.0, 1.0) for place in range(len(numbers))})
    return sum(map(min, pairs.values())) / sum(map(max, pairs.values()))


def _full(first: str, last: str) -> str:
    return first[: len(first) - len(last)] + last if len(last) < len(first) else last


def _partial(part: str, whole: str) -> float:
    """Share of trigrams of a string that occur in another: a stand-in for a partial edit ratio."""
    if not part:
        return 0.0
    grams = [part[i : i + 3] for i in range(max(1, len(part) - 2))]
    return sum(gram in whole for gram in grams) / len(grams)


def _print_errors(
    cases: Sequence[Mapping[str, Any]], answers: Sequence[str], reasons: Sequence[str]
) -> None:
    for case, answer, reason in zip(cases, answers, reasons, strict=True):
        right = (case.get("doi") or "").lower()
        if answer != right:
            kind = "WRONG " if answer else "missed"
            print(f"{kind} {case['noise']}: {case['raw']}")
            print(f"    gold {right}  given {answer}\n    {reason}")


if __name__ == "__main__":
    raise SystemExit(main())
