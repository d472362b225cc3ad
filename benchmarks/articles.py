"""How well real articles are read: their citations' keys and the exact place of each.

`python -m benchmarks.articles --data DIR [--json]`

DIR holds one folder a document: `article.*` and `meta.json` with its gold citations. Keys are
compared as a multiset in each document; `position_exact` is the share of the keys found that stand
at the gold line and column, in notebooks those of the gold cell; a gold without places counts by
its keys alone. `failures` are documents that raise; those in a format without a reader are listed
as `unread` and count nowhere. CPU time is the median of three runs of reading and finding. Where
pandoc is installed, its own keys are compared beside ours.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import subprocess
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from exocite import readers
from exocite.claims import citations as markers
from exocite.model import Article, CitationKind
from exocite.text import Lines

_RUNS = 3
_KEYED = frozenset({CitationKind.PANDOC, CitationKind.LATEX, CitationKind.MARKUP})
_NOTE_LINK = re.compile(r"href=\"#([^\"]+)\"")

_REF = re.compile(
    r"<ref(?:\s(?:[^<>]{0,300}?\s)?name\s*=\s*"
    r"(?:\"(?P<double>[^\"<>]*)\"|'(?P<single>[^'<>]*)'|(?P<bare>[^\s\"'<>/]+)))?(?=[\s>/])",
    re.IGNORECASE,
)

Place = tuple[str, int, int, str]


@dataclass
class Document:
    """A document, what was found in it and how long that took."""

    name: str
    path: Path
    gold: list[dict[str, Any]]
    words: int = 0
    seconds: float = 0.0
    found: list[Place] = field(default_factory=list)
    failure: str = ""


def documents(folder: Path) -> Iterator[Document]:
    """The documents of the folder."""
    for meta in sorted(folder.glob("*/meta.json")):
        article = next(iter(sorted(meta.parent.glob("article.*"))), None)
        if article is not None:
            gold = json.loads(meta.read_text("utf-8")).get("gold_citations", [])
            yield Document(meta.parent.name, article, gold)


def read(document: Document) -> None:
    """Read the document and keep what was found."""
    data = document.path.read_bytes()
    times = []
    for _ in range(_RUNS):
        begun = time.process_time()
        try:
            article = readers.read(document.path.name, data)
            citations = markers.find(article)
        except Exception as error:  # noqa: BLE001 - whatever fails is what is measured here
            document.failure = repr(error)
            return
        times.append(time.process_time() - begun)
    document.seconds = statistics.median(times)
    document.words = len(article.source.split())
    lines = Lines(article.source, article.places)
    document.found = sorted(_places(article, citations, lines))


def _places(article: Article, citations: Sequence[Any], lines: Lines) -> Iterator[Place]:
    if article.format == "mediawiki":
        yield from _wiki_places(article, citations, lines)
        return
    for citation in citations:
        if article.format == "html":
            notes = _NOTE_LINK.findall(article.source[citation.span.start : citation.span.end])
            if citation.kind is CitationKind.SUPERSCRIPT and notes:
                yield _place(lines, citation.span.start, notes[0])
        elif article.format == "jupyter" and citation.kind is CitationKind.LINK:
            for item in citation.items:
                written = article.source[item.span.start : item.span.end]
                yield _place(lines, item.span.start, written)
        elif citation.kind in _KEYED:
            for item in citation.items:
                yield _place(lines, item.span.start, item.label)


def _place(lines: Lines, offset: int, key: str) -> Place:
    return (lines.place(offset), *lines.position(offset), key)


def _wiki_places(article: Article, citations: Sequence[Any], lines: Lines) -> Iterator[Place]:
    """The `ref` elements that were read, as markers or as definitions, under the gold's keys."""
    source = article.source
    tags = {match.start(): n for n, match in enumerate(_REF.finditer(source), 1)}
    read_as_marker = {citation.span.start for citation in citations}
    read_as_definition = {source.rfind("<ref", 0, one.span.start) for one in article.references}
    for start in sorted((read_as_marker | read_as_definition) & set(tags)):
        match = _REF.match(source, start)
        name = (match["double"] or match["single"] or match["bare"] or "") if match else ""
        yield _place(lines, start, name.strip() or f"ref#{tags[start]}")


def score(found: Sequence[Document]) -> dict[str, Any]:
    """The figures over all documents that were read."""
    matched = wanted = given = exact = placed = 0
    for document in found:
        if document.failure or not document.gold:
            continue
        gold = Counter(str(c["key"]) for c in document.gold)
        mine = Counter(key for *_, key in document.found)
        common = sum((gold & mine).values())
        matched += common
        wanted += sum(gold.values())
        given += sum(mine.values())
        places = Counter(_gold(c) for c in document.gold if c.get("line"))
        exact += sum((places & Counter(document.found)).values())
        placed += common if places else 0
    words = sum(document.words for document in found)
    seconds = sum(document.seconds for document in found)
    return {
        "key_precision": round(matched / given, 4) if given else 0.0,
        "key_recall": round(matched / wanted, 4) if wanted else 0.0,
        "position_exact": round(exact / placed, 4) if placed else 0.0,
        "failures": sum(bool(document.failure) for document in found),
        "cpu_s_per_10k_words": round(10_000 * seconds / words, 4) if words else 0.0,
        "documents": len(found),
        "citations": wanted,
    }


def _gold(citation: dict[str, Any]) -> Place:
    """Where the gold has the citation: cells of notebooks count from 0; 0:0 for no position."""
    place = f"cell {citation['cell']}" if "cell" in citation else ""
    return place, citation.get("line") or 0, citation.get("column") or 0, str(citation["key"])


def pandoc_keys(document: Document) -> Counter[str] | None:
    """The keys that pandoc finds, where it is installed and reads the format as Markdown."""
    program = shutil.which("pandoc")
    if program is None or document.path.suffix not in (".md", ".qmd"):
        return None
    command = [program, "-f", "markdown", "-t", "json", str(document.path)]
    run = subprocess.run(command, capture_output=True, check=False, timeout=120)
    if run.returncode:
        return None
    return Counter(re.findall(r'"citationId":"([^"]+)"', run.stdout.decode("utf-8")))


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.articles")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    suffixes = {suffix for reader in readers.READERS for suffix in reader.suffixes}
    every = list(documents(options.data))
    readable = [d for d in every if d.path.suffix.lower() in suffixes]
    unread = [d.name for d in every if d.path.suffix.lower() not in suffixes]
    for document in readable:
        read(document)
        _print(document)
    figures = score(readable)
    for name, value in figures.items():
        print(f"{name:<22}{value}")
    print("not read (no reader for the format): " + (", ".join(unread) or "none"))
    if options.json:
        print(json.dumps({**figures, "unread": unread}))


def _print(document: Document) -> None:
    gold = Counter(_gold(c) for c in document.gold)
    if not any(c.get("line") for c in document.gold):
        mine = Counter(("", 0, 0, key) for *_, key in document.found)
    else:
        mine = Counter(document.found)
    line = f"{document.name:<44}{len(document.gold):>5} gold {len(document.found):>5} found"
    missed, extra = gold - mine, mine - gold
    if missed or extra:
        line += f"  missed {[*missed][:4]}  extra {[*extra][:4]}"
    oracle = pandoc_keys(document)
    if oracle is not None:
        ours = Counter(key for *_, key in document.found)
        line += f"  pandoc {sum(oracle.values())}, alike {sum((oracle & ours).values())}"
    print(line + (f"  FAILED {document.failure}" if document.failure else ""))


if __name__ == "__main__":
    main()
