"""Finding the source of a claim and its sentences, and that there is none: SciFact and WiCE."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.linking.data import (
    COMPARED,
    Corpus,
    Row,
    gold_of,
    group_of,
    present,
    rows,
    union_of,
)
from benchmarks.linking.measures import (
    Answer,
    Sample,
    aurc,
    auroc,
    calibration_error,
    first_is_gold,
    mean,
    overlap_f1,
)
from benchmarks.linking.plain import Plain
from benchmarks.linking.report import Report, followed
from exocite.linking.coefficients import MODES
from exocite.linking.collection import Collection
from exocite.linking.documents import Document
from exocite.linking.likeness import Similarity
from exocite.linking.scoring import evidence, sentence_scores, weights_for

SMALL = (("near", 20), ("near", 60), ("random", 60))


def scifact(folder: Path, report: Report, similarity: Similarity | None) -> None:
    """Ranking in the whole corpus and in small lists, sentences, and having a source at all."""
    corpus = Corpus(folder, "abstract", similarity)
    facts(corpus, "scifact", report)
    supported = [claim for claim in corpus.scored if claim["gold"]]
    ranking(corpus, supported, "scifact.full.r1", report)
    if present(folder / "small.jsonl"):
        small_lists(corpus, folder / "small.jsonl", report)
    keys = {key for claim in corpus.claims for key in (*gold_of(claim), *claim["decoys"])}
    pool = [corpus.documents[key] for key in sorted(keys)]
    keys_of_sentences = ("scifact.sentence.hit1", "scifact.rationale_f1", "quote")
    sentences(corpus, supported, pool, keys_of_sentences, report)
    has_source(corpus, pool, report)


def wice(folder: Path, report: Report, similarity: Similarity | None) -> None:
    """Ranking among all pages of the set, and sentences."""
    corpus = Corpus(folder, "file", similarity)
    facts(corpus, "wice", report)
    supported = [claim for claim in corpus.scored if claim["gold"]]
    ranking(corpus, supported, "wice.r1", report)
    pages = list(corpus.documents.values())
    sentences(corpus, supported, pages, ("wice.hit1", "wice.rationale_f1", "wice.quote"), report)


def facts(corpus: Corpus, name: str, report: Report) -> None:
    """How many claims are scored against how many works, and whether the others were folds."""
    report.fact(f"{name}.n_scored", len(corpus.scored))
    report.fact(f"{name}.works", len(corpus.documents))
    report.fact(f"{name}.folds", any("fold" in claim for claim in corpus.claims))


def ranking(corpus: Corpus, claims: Sequence[Row], key: str, report: Report) -> None:
    """R@1 among all works of the set."""
    works = corpus.documents.values()
    collection, plain = Collection(works), Plain(works)
    ours, theirs = Sample[bool](), Sample[bool]()
    for claim in followed(claims, key):
        one_ranking(corpus, collection, plain, claim, (ours, theirs))
    report.measure(key, ours, mean, theirs)


def one_ranking(
    corpus: Corpus,
    collection: Collection,
    plain: Plain,
    claim: Row,
    samples: tuple[Sample[bool], Sample[bool]],
) -> None:
    """Whether the first work is gold, ours and the baseline's."""
    gold, group = gold_of(claim), group_of(claim)
    found = [(one.score, one.match.document.key) for one in corpus.rank(collection, claim)]
    samples[0].add(first_is_gold(found, gold), group)
    samples[1].add(first_is_gold(plain.rank(corpus.stems(claim)), gold), group)


def small_lists(corpus: Corpus, path: Path, report: Report) -> None:
    """R@1 in lists of candidates, each a bibliography of its own."""
    scored = {claim["id"]: claim for claim in corpus.scored}
    samples = {kind: (Sample[bool](), Sample[bool]()) for kind in SMALL}
    lists = [
        row
        for row in rows(path)
        if (row["kind"], row["size"]) in samples and row["claim_id"] in scored
    ]
    for row in followed(lists, "small lists"):
        works = [corpus.documents[key] for key in row["candidates"]]
        kept, claim = samples[row["kind"], row["size"]], scored[row["claim_id"]]
        one_ranking(corpus, Collection(works), Plain(works), claim, kept)
    for (name, size), (ours, theirs) in samples.items():
        report.measure(f"scifact.{name}{size}.r1", ours, mean, theirs)


def sentences(
    corpus: Corpus,
    claims: Sequence[Row],
    works: Iterable[Document],
    keys: tuple[str, str, str],
    report: Report,
) -> None:
    """hit@1 of the best sentence, F1 of the chosen ones, and the stretch that is quoted."""
    works = list(works)
    collection, plain = Collection(works), Plain(works)
    best, plain_best = Sample[bool](), Sample[bool]()
    shown, plain_shown = Sample[tuple[int, int, int]](), Sample[tuple[int, int, int]]()
    held, long = Sample[bool](), Sample[int]()
    for claim in followed(claims, keys[0]):
        group = group_of(claim)
        for gold in claim["gold"]:
            one, union = corpus.documents[gold["source"]], union_of(gold)
            if not union or not one.units:
                continue
            asked, found = corpus.whole(collection, claim, gold["source"])
            scores = sentence_scores(asked, found)
            chosen = evidence(scores, weights_for(found).evidence_share)
            best.add(chosen[0] in union, group)
            shown.add((len(union.intersection(chosen)), len(chosen), len(union)), group)
            guess = plain.best_sentence(corpus.stems(claim), one)
            plain_best.add(guess in union, group)
            plain_shown.add((int(guess in union), 1, len(union)), group)
            stretch = corpus.quotation(collection, claim, gold["source"])
            held.add(not union.isdisjoint(stretch), group)
            long.add(len(stretch), group)
    report.measure(keys[0], best, mean, plain_best)
    report.measure(keys[1], shown, overlap_f1, plain_shown)
    report.measure(f"{keys[2]}.hit", held, mean, plain_best)
    report.measure(f"{keys[2]}.sentences", long, mean)


def has_source(corpus: Corpus, pool: Sequence[Document], report: Report) -> None:
    """How well the confidence of the first work tells claims with evidence from those without."""
    collection, plain = Collection(pool), Plain(pool)
    ours, theirs = Sample[Answer](), Sample[Answer]()
    for claim in followed(corpus.scored, "scifact.has_source"):
        gold, group = gold_of(claim), group_of(claim)
        found = [(r.confidence, r.match.document.key) for r in corpus.rank(collection, claim)]
        confidence, first = found[0] if found else (0.0, "")
        ours.add((confidence, bool(gold), first in gold), group)
        ranked_plain = plain.rank(corpus.stems(claim))[:COMPARED]
        score, key = ranked_plain[0] if ranked_plain else (0.0, "")
        theirs.add((score, bool(gold), key in gold), group)
    report.measure("scifact.has_source.auroc", ours, auroc, theirs)
    report.measure("scifact.has_source.aurc", ours, aurc, theirs)
    report.measure("ece", ours, calibration_error, centred=True)
    for name, least in MODES[report.mode].operating_points.items():
        right, covered = Sample[bool](), Sample[bool]()
        for (confidence, _, good), group in ours:
            covered.add(confidence >= least, group)
            if confidence >= least:
                right.add(good, group)
        report.fact(f"points.{name}.confidence", least)
        report.measure(f"points.{name}.precision", right, mean)
        report.measure(f"points.{name}.coverage", covered, mean)
