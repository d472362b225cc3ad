"""What the judge says of a claim and a passage: SciFact's rationales, Citation-Integrity, flips.

relation.macro_f1 takes the judge's two-way reading on SciFact's gold rationale, as its peers were
measured; citint.macro_f1 its leaning, the largest of three shares. What a user is told is more
careful: contradicted_as_supported and supported_recall, both sets together, and the figures under
"named" and "flips" take the relation that is named. With a verifier it reads every pair, and of a
given source the three best sentences: it reads no more than a few at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.linking.citing import how_cited, unmarked
from benchmarks.linking.data import Corpus, DataError, Row, group_of, rows, scored, union_of
from benchmarks.linking.measures import Sample, macro_f1, mean
from benchmarks.linking.report import Report, followed
from exocite.linking.collection import Collection
from exocite.linking.likeness import Similarity
from exocite.linking.relation import Judge, Pair, Reading, judge
from exocite.linking.suggest import read
from exocite.model import Relation

BEST = 3
"""Sentences of a source that a verifier reads together."""

TWO = ("supports", "refutes")
THREE = ("supports", "refutes", "mentions")


class Case(NamedTuple):
    """A claim with a passage, the label that people gave it, and its document."""

    label: str
    claim: str
    passage: str
    group: str


class Judged(NamedTuple):
    """What the shipped judge reads, beside the label and the document."""

    label: str
    reading: Reading
    group: str


def relations(
    data: Path, report: Report, similarity: Similarity | None, verifier: Judge | None = None
) -> None:
    """All measures of the judge, of the sets that are there."""
    gold = judged(list(gold_rationales(data / "scifact")), "relation", similarity, verifier)
    given = judged(list(given_sources(data / "citint")), "citint", similarity, verifier)
    shown = judged(list(quotations(data, similarity)), "quotations", similarity, verifier)
    if gold:
        report.fact("relation.n", len(gold))
        two = [one for one in gold if one.label in TWO]
        macro(report, "relation.macro_f1", [(one, two_way(one.reading)) for one in two], TWO)
    if given:
        report.fact("citint.n_scored", len(given))
        every = rows(data / "citint" / "claims.jsonl")
        report.fact("citint.folds", any("fold" in claim for claim in every))
        leaning = [(one, one.reading.leaning) for one in given]
        macro(report, "citint.macro_f1", leaning, THREE)
        named = [(one, one.reading.relation) for one in given]
        macro(report, "named.citint_macro_f1", named, THREE)
    both = [*gold, *given]
    share(report, "contradicted_as_supported", both, "refutes", Relation.SUPPORTS)
    share(report, "supported_recall", both, "supports", Relation.SUPPORTS)
    share(report, "quote.contradicted_as_supported", shown, "refutes", Relation.SUPPORTS)
    share(report, "quote.supported_recall", shown, "supports", Relation.SUPPORTS)
    share(report, "named.supported_as_refuted", both, "supports", Relation.REFUTES)
    share(report, "named.refuted_recall", both, "refutes", Relation.REFUTES)


def flips(
    path: Path, report: Report, similarity: Similarity | None, verifier: Judge | None = None
) -> None:
    """Sentences with one thing changed: how often that is named, and how often falsely."""
    cases = [
        Case(row["label"], row["hypothesis"], row["premise"], str(number))
        for number, row in enumerate(rows(path))
    ]
    said = judged(cases, "flips", similarity, verifier)
    report.fact("flips.n_scored", len(said))
    share(report, "flips.refuted_called_supports", said, "refutes", Relation.SUPPORTS)
    share(report, "flips.supports_kept", said, "supports", Relation.SUPPORTS)
    for label, key in (("refutes", "conflicts_named"), ("supports", "false_conflicts")):
        sample = Sample[bool]()
        for one in said:
            if one.label == label:
                sample.add(bool(one.reading.conflicts), one.group)
        report.measure(f"flips.{key}", sample, mean)


def judged(
    cases: Sequence[Case],
    what: str,
    similarity: Similarity | None,
    verifier: Judge | None = None,
) -> list[Judged]:
    """The cases as the verifier reads them; else as the shipped judge does, told the cosine."""
    made = []
    for case in followed(cases, what):
        pair = Pair(unmarked(case.claim), case.passage, attribution=how_cited(case.claim))
        reading = read(pair, similarity=similarity, judge=judge, verifier=verifier)
        made.append(Judged(case.label, reading, case.group))
    return made


def two_way(reading: Reading) -> Relation:
    """Supports or refutes, whichever share is larger: how relation.macro_f1 is defined."""
    supports, refutes, _ = reading.weighed
    return Relation.SUPPORTS if supports >= refutes else Relation.REFUTES


def gold_rationales(folder: Path) -> Iterator[Case]:
    """Each scored claim with all rationale sentences of each gold source."""
    if not folder.is_dir():
        return
    sources = {source["id"]: source["sentences"] for source in rows(folder / "sources.jsonl")}
    for claim in scored(rows(folder / "claims.jsonl")):
        for gold in claim["gold"]:
            told = sources[gold["source"]]
            passage = " ".join(told[number] for number in sorted(union_of(gold)))
            yield Case(gold["label"], claim["claim"], passage, group_of(claim))


def given_sources(folder: Path) -> Iterator[Case]:
    """Each scored claim with the source that it is given with."""
    if not folder.is_dir():
        return
    corpus = Corpus(folder, "file")
    for claim in corpus.scored:
        label = claim["gold"][0]["label"] if claim["gold"] else "mentions"
        key = claim["candidates"][0]
        source = corpus.sources.get(key)
        if source is None:
            raise DataError(f"{folder}: claim {claim['id']}: its source is not there")
        passage = " ".join(source["sentences"])
        yield Case(label, claim["claim"], passage, str(source.get("article", key)))


def best_sentences(corpus: Corpus, collection: Collection, claim: Row, key: str) -> str:
    """The BEST sentences of a source that answer the claim best, in the text's order."""
    scores = corpus.sentences(collection, claim, key)
    order = sorted(range(len(scores)), key=lambda number: (-scores[number], number))[:BEST]
    sentences = corpus.sources[key]["sentences"]
    return " ".join(sentences[number] for number in sorted(order))


def quotations(data: Path, similarity: Similarity | None) -> Iterator[Case]:
    """Each scored claim with the stretch that `link` quotes of the gold source."""
    for name in ("scifact", "citint"):
        if not (data / name).is_dir():
            continue
        corpus = Corpus(data / name, "abstract", similarity)
        collection = Collection(corpus.documents.values())
        for claim in corpus.scored:
            asked = {**claim, "claim": unmarked(claim["claim"])}
            for gold in claim["gold"]:
                told = corpus.sources[gold["source"]]
                if not corpus.documents[gold["source"]].units:
                    continue
                stretch = corpus.quotation(collection, asked, gold["source"])
                passage = " ".join(told["sentences"][number] for number in stretch)
                group = group_of(claim) if name == "scifact" else str(told.get("article", ""))
                yield Case(gold["label"], claim["claim"], passage, group or told["id"])


def macro(
    report: Report, key: str, said: Sequence[tuple[Judged, Relation]], labels: Sequence[str]
) -> None:
    """Macro F1 over the labels."""
    sample = Sample[tuple[str, str]]()
    for one, relation in said:
        sample.add((one.label, relation.value), one.group)
    report.measure(key, sample, macro_f1(labels))


def share(report: Report, key: str, read: Sequence[Judged], label: str, said: Relation) -> None:
    """How many of those with the label are told to be `said`."""
    sample = Sample[bool]()
    for one in read:
        if one.label == label:
            sample.add(one.reading.relation is said, one.group)
    report.measure(key, sample, mean)
