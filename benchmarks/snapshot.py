"""Measures how quickly a snapshot is built and asked, and whether its search finds what is meant.

    python -m benchmarks.snapshot [--works N] [--data DIR] [--engine NAME]... [--keep DIR] [--json]

N records are invented (seeded; titles of a Zipf distribution over invented words) in the form and
size of Crossref's public data file, 5,000 to a gzipped file, and `exocite snapshot build` indexes
them in a process of its own: `build_cpu_s`, `build_mb` (the most memory), `disk_mb`. With DIR (or
DIR/matching) the pool of the matching set is indexed too, its words are among those of the titles,
and its references are searched for: `recall_20` is the share whose record is among the first 20,
`ms` and `searches_per_s` the CPU time of a search. Without DIR 500 of the invented records are
searched for. The reference is sent as the resolver sends it (`matching.query`).
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.matching import _rows, folder
from exocite.matching import query
from exocite.matching.words import words
from exocite.references.parse import parse
from exocite.registries.snapshot.registry import Snapshot
from exocite.registries.snapshot.tantivy_index import folder_of

ROWS = 20
_A_FILE = 5000
_VOCABULARY = 120_000
_SEED = 2024


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the table, and with --json the figures as one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--works", type=int, default=10_000)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--engine", action="append", choices=("fts5", "tantivy"))
    parser.add_argument("--keep", type=Path, help="folder for the records and snapshots")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(argv)
    engines = options.engine or ["fts5", *(["tantivy"] if find_spec("tantivy") else [])]
    with tempfile.TemporaryDirectory() as spare:
        place = options.keep or Path(spare)
        place.mkdir(parents=True, exist_ok=True)
        result = measure(place, options.works, options.data, engines)
    for name in engines:
        row = result[name]
        print(
            f"{name:8} works {row['works']:9,}  build {row['build_cpu_s']:7.1f} CPU s "
            f"({row['us_per_work']:.0f} µs a work), {row['build_mb']:4.0f} MB of memory, "
            f"{row['disk_mb']:6.0f} MB of disk"
        )
        print(
            f"{'':8} recall of {ROWS} {row['recall_20']:.4f} (n {row['n']})  "
            f"ms a search {row['ms']:.2f} (median {row['ms_median']:.2f}, "
            f"p95 {row['ms_p95']:.2f})  {row['searches_per_s']:.0f} searches a CPU second"
        )
    if options.json:
        print(json.dumps(result))
    return 0


def measure(place: Path, works: int, data: Path | None, engines: Sequence[str]) -> dict[str, Any]:
    """The figures of each engine over the same records."""
    inputs, cases = prepared(place, works, data)
    return {"works": works, **{name: _measured(place, name, inputs, cases) for name in engines}}


def _measured(
    place: Path, engine: str, inputs: Sequence[Path], cases: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    path = place / f"{engine}.snapshot"
    command = [sys.executable, "-m", "exocite", "snapshot", "build"]
    pid = os.spawnv(
        os.P_NOWAIT,
        sys.executable,
        [*command, "--engine", engine, "-o", str(path), *map(str, inputs)],
    )
    _, status, usage = os.wait4(pid, 0)
    if status:
        raise SystemExit(f"the build of {engine} failed")
    spent = usage.ru_utime + usage.ru_stime
    size = path.stat().st_size
    if engine == "tantivy":
        size += sum(file.stat().st_size for file in folder_of(path).iterdir())
    times = []
    found = 0
    with Snapshot(path) as snapshot:
        count = snapshot.facts.works
        for raw, doi in cases:
            started = time.process_time()
            hits = snapshot.search(query(parse(raw)), rows=ROWS)
            times.append(1000 * (time.process_time() - started))
            found += any(work.doi == doi for work in hits)
    return {
        "works": count,
        "build_cpu_s": spent,
        "us_per_work": 1e6 * spent / count,
        "build_mb": usage.ru_maxrss / (1024 if sys.platform != "darwin" else 2**20),
        "disk_mb": size / 2**20,
        "n": len(cases),
        "recall_20": found / len(cases),
        "ms": sum(times) / len(times),
        "ms_median": median(times),
        "ms_p95": sorted(times)[int(0.95 * len(times))],
        "searches_per_s": 1000 * len(times) / sum(times),
    }


# --------------------------------------------------------------------------- invented records


def prepared(
    place: Path, works: int, data: Path | None
) -> tuple[list[Path], list[tuple[str, str]]]:
    """The files to index, and the references to search for with the DOI of each."""
    pool = list(_pool(data)) if data else []
    source = place / f"records-{works}{'-data' if data else ''}"
    invented = Invented(pool)
    if not (source / "done").is_file():
        source.mkdir(parents=True, exist_ok=True)
        for start in range(0, works, _A_FILE):
            items = map(invented.record, range(start, min(start + _A_FILE, works)))
            name = source / f"{start // _A_FILE}.json.gz"
            text = f'{{"items": [{", ".join(items)}]}}'
            name.write_bytes(gzip.compress(text.encode("utf-8"), compresslevel=1))
        (source / "done").touch()
    if data is None:
        chosen = random.Random(_SEED).sample(range(works), min(500, works))
        return [source], [invented.reference(number) for number in chosen]
    pool_file = place / "pool.jsonl"
    pool_file.write_text("".join(json.dumps(record) + "\n" for record in pool), encoding="utf-8")
    cases = [
        (case["raw"], case["doi"].lower()) for case in _rows(folder(data), "cases") if case["doi"]
    ]
    return [source, pool_file], cases


def _pool(data: Path) -> Iterator[dict[str, Any]]:
    for record in _rows(folder(data), "works"):
        yield {name: value for name, value in record.items() if not name.startswith("_")}


class Invented:
    """Records that nobody wrote, as text; the same number gives the same record."""

    def __init__(self, pool: Sequence[dict[str, Any]] = ()) -> None:
        rng = random.Random(_SEED)
        self._words = ["of", "the", "and", "in", *(_word(rng) for _ in range(_VOCABULARY))]
        for word in sorted({word for record in pool for word in words(_title(record))}):
            self._words[4 + int(_VOCABULARY ** rng.random())] = word
        self._word_weights = list(accumulate(1 / (n + 2) for n in range(len(self._words))))
        self._names = [_word(rng).title() for _ in range(40_000)]
        for name in sorted({name for record in pool for name in _families(record)}):
            self._names[int(40_000 ** rng.random()) % 40_000] = name
        self._name_weights = list(accumulate(1 / (n + 30) for n in range(len(self._names))))
        self._journals = [self._text(rng, rng.randint(1, 4)).title() for _ in range(4000)]
        containers = {name for record in pool for name in record.get("container-title") or ()}
        self._journals[: len(containers)] = sorted(containers)
        self._abstracts = [self._text(rng, 170) for _ in range(200)]
        self._cited = [json.dumps([_cited(rng, n) for n in range(8)]) for _ in range(200)]

    def _text(self, rng: random.Random, count: int) -> str:
        return " ".join(rng.choices(self._words, cum_weights=self._word_weights, k=count))

    def record(self, number: int) -> str:
        """One record with all that Crossref's data file has beside what exocite keeps, as JSON."""
        rng = random.Random(number)
        doi = f"10.{5000 + number % 700}/inv.{number:x}"
        journal = json.dumps(rng.choice(self._journals), ensure_ascii=False)
        first, year = rng.randint(1, 2000), 2026 - int(rng.expovariate(0.08)) % 120
        names = rng.choices(
            self._names, cum_weights=self._name_weights, k=1 + int(rng.expovariate(0.3)) % 60
        )
        authors = ",".join(
            f'{{"given": "{rng.choice("ABCDEFGHIJKLM")}nna", "family": {json.dumps(name)}, '
            '"sequence": "first", "affiliation": [{"name": "University of Example"}]}'
            for name in names
        )
        title = self._text(rng, rng.randint(5, 16)).capitalize()
        abstract = f'"abstract": "<jats:p>{rng.choice(self._abstracts)}</jats:p>",'
        date = f'{{"date-parts": [[{year}, {rng.randint(1, 12)}]]}}'
        return (
            f'{{"indexed": {_STAMP}, "reference-count": 8, "publisher": "{names[0]} Press", '
            f'"issue": "{rng.randint(1, 12)}", {_FILLING} "DOI": "{doi}", '
            f'"type": "journal-article", "created": {_STAMP}, '
            f'"page": "{first}-{first + rng.randint(1, 20)}", "source": "Crossref", '
            f'"is-referenced-by-count": {rng.randint(0, 90)}, "title": ["{title}"], '
            f'"prefix": "10.5555", "volume": "{rng.randint(1, 120)}", "author": [{authors}], '
            f'"member": "297", {abstract if number % 6 == 0 else ""} '
            f'"reference": {rng.choice(self._cited)}, "container-title": [{journal}], '
            f'"deposited": {_STAMP}, "score": 0.0, "issued": {date}, "published-print": {date}, '
            f'"ISSN": ["1234-{number % 9973:04}"], "URL": "http://dx.doi.org/{doi}"}}'
        )

    def reference(self, number: int) -> tuple[str, str]:
        """How a record would be cited, and its DOI."""
        record = json.loads(self.record(number))
        names = ", ".join(f"{p['family']} {p['given'][0]}" for p in record["author"][:3])
        place = f"{record['volume']}({record['issue']}):{record['page']}"
        year = record["issued"]["date-parts"][0][0]
        title, journal = record["title"][0], record["container-title"][0]
        return f"{names}. {title}. {journal}. {year};{place}.", record["DOI"]


_STAMP = (
    '{"date-parts": [[2026, 3, 1]], "date-time": "2026-03-01T08:42:46Z", '
    '"timestamp": 1772354566000}'
)
_FILLING = (
    f'"license": [{{"start": {_STAMP}, "delay-in-days": 0, "URL": "https://example.org/l"}}], '
    '"content-domain": {"domain": ["example.org"], "crossmark-restriction": false}, '
    '"link": [{"URL": "https://example.org/fulltext/file.pdf", "content-type": "unspecified"}],'
)


def _cited(rng: random.Random, number: int) -> dict[str, str]:
    return {
        "key": f"ref{number}",
        "doi-asserted-by": "publisher",
        "DOI": f"10.5555/cited.{rng.randrange(10**6)}",
        "first-page": str(rng.randint(1, 900)),
        "volume": str(rng.randint(1, 90)),
        "author": _word(rng).title(),
        "year": str(rng.randint(1950, 2025)),
    }


def _word(rng: random.Random) -> str:
    syllables = (
        rng.choice("b c d f g h j k l m n p r s t v w z ch st tr gr ph".split())
        + rng.choice("a e i o u ai ea io".split())
        for _ in range(rng.randint(2, 5))
    )
    return "".join(syllables) + rng.choice(("", "n", "s", "r", "l", "tion", "ic"))


def _title(record: dict[str, Any]) -> str:
    return " ".join(record.get("title") or ())


def _families(record: dict[str, Any]) -> list[str]:
    return [person["family"] for person in record.get("author") or () if person.get("family")]


if __name__ == "__main__":
    raise SystemExit(main())
