"""Trains the tagger of printed references and writes it with its lexicon and their hashes.

    python -m training.references --data DIR [--ship]

DIR holds the training files, or `references/train` with them. Without `--ship`
the script scores what it trains on rows that it has left out; with it, all rows train and
exocite/data is written. training/README.md names the data and their licences.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import pycrfsuite

from exocite.export import installed
from exocite.references.features import features
from exocite.references.parse import parse
from exocite.references.tokens import Token
from training.references_data import Row, anystyle, grobid, phrases, pieces
from training.references_kinds import printed
from training.references_styles import (
    FREQUENT,
    HELD_OUT,
    NAMED,
    OTHERS,
    Labelled,
    facts,
    mla7,
    render,
)
from training.references_variety import varied

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "exocite" / "data"
MODEL, LEXICON = "references.crfsuite.gz", "references.json.gz"
SEED = 11
SETTINGS: Mapping[str, float] = {
    "c1": 0.03, "c2": 0.05, "max_iterations": 120, "feature.minfreq": 1,
    "feature.possible_transitions": 1,
}  # fmt: skip
WORKS_A_STYLE = 44
WORKS_A_FORM = 8
_PREFIXES = ("", "", "", "", "[{}] ", "{}. ", "({}) ", "• ", "{} ")

Pieces = tuple[tuple[Token, ...], list[str]]


def rows(folder: Path) -> list[Row]:
    """All labelled rows, shuffled."""
    found = [
        *anystyle(folder / "anystyle_core.xml"),
        *anystyle(folder / "anystyle_good.xml"),
        *grobid(folder / "grobid_citation.jsonl"),
    ]
    random.Random(SEED).shuffle(found)
    return found


def rendered(
    source: Sequence[Row], styles: Iterable[str], seed: int, count: int, *, kinds: int = 0
) -> list[Row]:
    """Works of the rows printed in each of the styles, some of them numbered as in a list.

    `kinds` is how often each form of other kinds of works is printed as well.
    """
    rng = random.Random(seed)
    plain = [(row.raw, list(row.spans)) for row in source]
    works = varied(facts(plain, seed), seed)
    made: list[Labelled] = []
    for style in styles:
        many = 2 * count if style in FREQUENT else count
        sample = rng.sample(works, min(many, len(works)))
        made.extend(render(sample, style))
    for work in rng.sample(works, min(3 * count, len(works))):
        made.extend(filter(None, [mla7(work)]))
    if kinds:
        made.extend(printed(works, plain, seed, kinds))
    found = []
    for raw, spans in made:
        prefix = rng.choice(_PREFIXES).format(rng.randint(1, 150))
        moved = [(0, len(prefix.rstrip()), "label")] if prefix else []
        moved += [(a + len(prefix), b + len(prefix), label) for a, b, label in spans]
        found.append(Row(prefix + raw, tuple(moved), "rendered"))
    return found


def styles() -> tuple[str, ...]:
    """The styles that train: those named, and others drawn from all that are installed."""
    names = sorted(installed.INSTALLED.names() - {*NAMED, *HELD_OUT})
    return (*NAMED, *random.Random(SEED).sample(names, OTHERS))


def lexicon(counted: Counter[tuple[str, str]]) -> dict[str, str]:
    """Each phrase with what it names most often."""
    best: dict[str, tuple[int, str]] = {}
    for (phrase, name), count in sorted(counted.items()):
        if count > best.get(phrase, (0, ""))[0]:
            best[phrase] = (count, name)
    return {phrase: name for phrase, (_, name) in sorted(best.items())}


class _Others(dict[str, str]):
    """The lexicon as it would be without the row at hand, so that no row knows itself."""

    def __init__(self, whole: Mapping[str, str], own: frozenset[str]) -> None:
        super().__init__()
        self._whole, self._own = whole, own

    def get(self, key: str, default: str = "") -> str:  # type: ignore[override]
        return default if key in self._own else self._whole.get(key, default)


def fit(train: Sequence[Row], path: Path) -> dict[str, str]:
    """Train on the rows, write the model to `path`, and give its lexicon."""
    cut = [pieces(row) for row in train]
    counted: Counter[tuple[str, str]] = Counter()
    for (found, labels), row in zip(cut, train, strict=True):
        if row.origin != "rendered":
            counted.update(set(phrases(found, labels)))
    known = lexicon(counted)
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(dict(SETTINGS))
    for (found, labels), row in zip(cut, train, strict=True):
        own = frozenset(
            phrase
            for phrase, name in phrases(found, labels)
            if counted[phrase, name] <= 1 and known.get(phrase) == name
        )
        rows_of = features(found, parse(row.raw), _Others(known, own) if own else known)
        trainer.append(pycrfsuite.ItemSequence(rows_of), labels)
    started = time.process_time()
    trainer.train(str(path))
    print(f"{len(train)} rows, {time.process_time() - started:.0f} CPU seconds")
    return known


def piece_f1(test: Sequence[Row], path: Path, known: Mapping[str, str]) -> dict[str, float]:
    """Share of pieces labelled right, and of rows wholly right, by origin."""
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    right: Counter[str] = Counter()
    count: Counter[str] = Counter()
    for row in test:
        found, labels = pieces(row)
        said = tagger.tag(features(found, parse(row.raw), known)) if found else []
        right[row.origin] += sum(a == b for a, b in zip(labels, said, strict=True))
        count[row.origin] += len(labels)
        right[f"{row.origin} whole"] += labels == said
        count[f"{row.origin} whole"] += 1
    return {name: right[name] / count[name] for name in sorted(count)}


def ship(train: Sequence[Row], folder: Path) -> None:
    """Train on all and write the model, the lexicon and their hashes into exocite/data."""
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / "model"
        known = fit(train, path)
        files = {
            MODEL: gzip.compress(path.read_bytes(), 9, mtime=0),
            LEXICON: gzip.compress(_json(known), 9, mtime=0),
        }
    hashes = json.loads((DATA / "hashes.json").read_text(encoding="utf-8"))
    for name, data in files.items():
        (DATA / name).write_bytes(data)
        hashes[name] = sha256(data).hexdigest()
        print(f"{name}: {len(data) / 1e6:.2f} MB")
    text = json.dumps(hashes, indent=2, sort_keys=True) + "\n"
    (DATA / "hashes.json").write_text(text, encoding="utf-8", newline="\n")
    for path in sorted(folder.iterdir()):
        print(f"{path.name}: {sha256(path.read_bytes()).hexdigest()}")


def _json(known: Mapping[str, str]) -> bytes:
    return json.dumps(known, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def main(argv: Sequence[str] | None = None) -> int:
    """Scores by rows and styles left out, or writes what ships."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--left-out", type=float, default=0.1, help="share of rows that score")
    parser.add_argument("--ship", action="store_true", help="train on all, write exocite/data")
    options = parser.parse_args(argv)
    folder = options.data / "references" / "train"
    folder = folder if folder.is_dir() else options.data
    every = rows(folder)
    if options.ship:
        ship([*every, *rendered(every, styles(), SEED, WORKS_A_STYLE, kinds=WORKS_A_FORM)], folder)
        return 0
    cut = int(options.left_out * len(every))
    test, train = every[:cut], every[cut:]
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / "model"
        known = fit(
            [*train, *rendered(train, styles(), SEED, WORKS_A_STYLE, kinds=WORKS_A_FORM)], path
        )
        unseen = rendered(test, HELD_OUT, SEED, WORKS_A_STYLE)
        for name, value in piece_f1([*test, *unseen], path, known).items():
            print(f"{name:20} {value:.4f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
