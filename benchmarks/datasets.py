"""The sets of a benchmark folder, found by the names of their files.

A set is a file stem without "ud_" up to the next underscore: `ud_gum_dev` is gum, `plos_dev` is
plos. Files whose stem holds "train" are never scored, nor are the side tables `*_refs` and
`*_articles`. Any file may be gzipped; several files of a set are scored together.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

_SIDE_TABLES = ("_refs", "_articles")


def sets(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The rows of each set in the folder, sets in the order of their names."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(folder.iterdir()):
        stem, _, ending = path.name.partition(".")
        if ending not in ("jsonl", "jsonl.gz") or "train" in stem or stem.endswith(_SIDE_TABLES):
            continue
        name = stem.removeprefix("ud_").partition("_")[0]
        found.setdefault(name, []).extend(rows(path))
    return dict(sorted(found.items()))


def rows(path: Path) -> list[dict[str, Any]]:
    """The rows of one JSON Lines file, plain or gzipped."""
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    return [json.loads(line) for line in data.decode("utf-8").splitlines() if line.strip()]
