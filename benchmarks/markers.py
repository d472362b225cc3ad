"""How well citation markers are found and resolved: exact spans, and the works that they name.

`python -m benchmarks.markers --data DIR [--json]`

The paragraphs of one document in one style are read together, as an article with its printed list
of references where the style has one: `*_refs` for plos; for the numbered styles of rendered the
works of the document's bibliography; for notes a note with authors and title for each, every
paragraph by itself, since notes count anew there. The bibliographies of rendered documents are
looked for in `../../articles/DOC/references.bib` beside DIR. A marker is right when its span is
exact and, for plos, source and rendered author-year, when it names exactly the gold works;
`span_precision` and `span_recall` count spans alone. Sets in a format without a reader are named as
not read.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from benchmarks.datasets import rows, sets
from exocite import readers
from exocite.bibliography.document import Document
from exocite.claims import citations as markers
from exocite.model import Article, Citation, CitationKind, ListedReference, Reference, Span

Rows = list[dict[str, Any]]

_TARGETS = {("plos", None), ("source", None), ("rendered", "author-year")}
_PARAGRAPH_END = "\n\n"


@dataclass
class Tally:
    """Counts of one kind of marker in one set."""

    found: int = 0
    gold: int = 0
    spans_found: int = 0
    spans_gold: int = 0
    right_found: int = 0
    right_gold: int = 0
    misses: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Precision and recall, rounded."""
        return {
            "precision": _share(self.right_found, self.found),
            "recall": _share(self.right_gold, self.gold),
            "span_precision": _share(self.spans_found, self.found),
            "span_recall": _share(self.spans_gold, self.gold),
            "n": self.gold,
        }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


@dataclass(frozen=True)
class Case:
    """A document to read: its rows, and what is known of its references."""

    name: str
    rows: Sequence[Mapping[str, Any]]
    listed: Mapping[str, str]
    keys_of_listed: Mapping[str, tuple[str, ...]]
    references: tuple[Reference, ...]
    notes: str = ""


def cases(name: str, found: Rows, folder: Path) -> list[Case]:
    """The documents of a set."""
    by_document: dict[tuple[str, str], Rows] = defaultdict(list)
    for row in found:
        by_document[row["doc"], row.get("style", "")].append(row)
    references = _plos_references(folder) if name == "plos" else {}
    out = []
    for (document, style), of_document in by_document.items():
        if name == "plos":
            entries = references.get(document, [])
            listed = {str(entry["label"]).strip("."): entry["raw"] for entry in entries}
            keys: dict[str, list[str]] = defaultdict(list)
            for entry in entries:
                keys[str(entry["label"]).strip(".")].append(entry["id"])
            known = {label: tuple(ids) for label, ids in keys.items()}
            out.append(Case(document, of_document, listed, known, _as_references(entries)))
        elif name == "rendered":
            bibliography = _bibliography(folder, document)
            listed = _cited_works(of_document, bibliography) if _is_numbered(style) else {}
            if "note" in style:
                for row in of_document:
                    notes = _notes(row, bibliography)
                    out.append(Case(document, [row], {}, {}, bibliography, notes))
                continue
            out.append(Case(f"{document} {style}", of_document, listed, {}, bibliography))
        else:
            out.append(Case(document, of_document, {}, {}, ()))
    return out


def _plos_references(folder: Path) -> dict[str, Rows]:
    by_document: dict[str, Rows] = defaultdict(list)
    for path in sorted(folder.glob("plos*_refs.jsonl*")):
        if "train" not in path.name:
            for row in rows(path):
                by_document[row["doc"]].append(row)
    return by_document


def _as_references(entries: Rows) -> tuple[Reference, ...]:
    return tuple(
        Reference(
            entry["id"],
            "article",
            {
                "author": " and ".join(f"{{{name}}}" for name in entry["authors"]),
                "year": str(entry["year"]),
                "title": entry["title"],
            },
        )
        for entry in entries
    )


def _bibliography(folder: Path, document: str) -> tuple[Reference, ...]:
    path = folder.parent.parent / "articles" / document / "references.bib"
    return Document.parse(path.read_bytes()).references if path.is_file() else ()


def _is_numbered(style: str) -> bool:
    return any(word in style for word in ("nature", "ieee", "vancouver", "ama"))


def _cited_works(of_document: Rows, references: Sequence[Reference]) -> dict[str, str]:
    """The printed list of such a document: its bibliography, and what else the rows cite.

    Figures' captions are no rows, so what they alone cite is known from the bibliography.
    """
    cited = {key for row in of_document for c in row["citations"] for key in c["targets"]}
    titles = {reference.key: reference.get("title") for reference in references}
    works = sorted(cited | titles.keys())
    return {str(n): titles.get(key) or key for n, key in enumerate(works, start=1)}


def _notes(row: Mapping[str, Any], references: Sequence[Reference]) -> str:
    """The notes that a paragraph's signs lead to, as such an article prints them."""
    known = {reference.key: reference for reference in references}
    lines = []
    for citation in row["citations"]:
        sign = re.search(r"\[\^[^\]]+\]$", row["text"][citation["start"] : citation["end"]])
        cited = [known[key] for key in citation["targets"] if key in known]
        if sign and cited:
            lines.append(f"{sign[0]}: {'; '.join(map(_note, cited))}.")
    return "\n\n".join(lines)


def _note(reference: Reference) -> str:
    """A work as a note of the Chicago Manual of Style prints it, as far as its fields go."""
    written = reference.get("author").split(" and ")
    given_first = [" ".join(reversed(name.split(", ", 1))) for name in written]
    authors = f"{given_first[0]} et al." if len(written) > 3 else " and ".join(given_first)
    parts = f"{authors}, “{reference.get('title')},” "
    for template, names in (
        ("{}", ("journal", "journaltitle", "booktitle", "publisher")),
        (" {}", ("volume",)),
        (", no. {}", ("number",)),
        (" ({})", ("year", "date")),
        (": {}", ("pages",)),
        (", https://doi.org/{}", ("doi",)),
        (", {}", ("url",)),
    ):
        undated = "n.d." if "year" in names else ""
        value = next(filter(None, map(reference.get, names)), undated)
        parts += template.format(value) if value else ""
    return " ".join(parts.split())


def read(case: Case, name: str) -> tuple[Article, list[int]]:
    """The article of a document, and where each of its rows begins in it."""
    starts, at = [], 0
    for row in case.rows:
        starts.append(at)
        at += len(row["text"]) + len(_PARAGRAPH_END)
    text = _PARAGRAPH_END.join(row["text"] for row in case.rows)
    if case.notes:
        text += _PARAGRAPH_END + case.notes
    suffix = ".md" if name == "source" or case.notes else ".txt"
    if name == "source" and any(map(_is_latex, case.rows)):
        suffix = ".tex"
    article = readers.read("article" + suffix, text.encode())
    if case.notes:
        return article, starts
    end = len(text)
    listed = tuple(
        ListedReference(label, raw, Span(end, end)) for label, raw in case.listed.items()
    )
    return replace(article, references=listed), starts


def measure(name: str, found: Rows, folder: Path, *, keep: int = 0) -> dict[str, Tally]:
    """The tallies of a set by kind of marker."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for case in cases(name, found, folder):
        article, starts = read(case, name)
        citations = markers.resolve(
            markers.find(article), case.references, article.references, case.keys_of_listed
        )
        predicted = [c for c in citations if c.kind is not CitationKind.LINK]
        for row, start in zip(case.rows, starts, strict=True):
            end = start + len(row["text"])
            mine = [c for c in predicted if start <= c.span.start < end]
            _count(tallies, name, row, start, mine, keep)
    return tallies


def _count(
    tallies: dict[str, Tally],
    name: str,
    row: Mapping[str, Any],
    start: int,
    mine: Iterable[Citation],
    keep: int,
) -> None:
    gold = {(c["start"] + start, c["end"] + start): c for c in row["citations"]}
    found = {(c.span.start, c.span.end): c for c in mine}
    text = row["text"]
    for place, citation in found.items():
        tally = tallies[citation.kind.value]
        tally.found += 1
        match = gold.get(place)
        tally.spans_found += match is not None
        right = match is not None and _same_targets(name, match, citation)
        tally.right_found += right
        if not right and len(tally.misses) < keep:
            around = text[max(0, place[0] - start - 30) : place[1] - start + 20]
            written = text[place[0] - start : place[1] - start]
            tally.misses.append(f"+ {written!r} in {around!r} {_keys(name, citation)}")
    for place, wanted in gold.items():
        tally = tallies[wanted["kind"]]
        tally.gold += 1
        citation_found = found.get(place)
        tally.spans_gold += citation_found is not None
        right = citation_found is not None and _same_targets(name, wanted, citation_found)
        tally.right_gold += right
        if not right and len(tally.misses) < keep:
            around = text[max(0, place[0] - start - 30) : place[1] - start + 20]
            tally.misses.append(
                f"- {text[place[0] - start : place[1] - start]!r} in {around!r} {wanted['targets']}"
            )


def _same_targets(name: str, wanted: Mapping[str, Any], citation: Citation) -> bool:
    if (name, None) not in _TARGETS and (name, wanted["kind"]) not in _TARGETS:
        return True
    return set(_keys(name, citation)) == set(wanted["targets"])


def _keys(name: str, citation: Citation) -> list[str]:
    if name == "source":
        return [item.label for item in citation.items]
    return [key for item in citation.items for key in item.keys]


def _readable(name: str, found: Rows) -> tuple[Rows, list[str]]:
    """The rows in a format that has a reader, and the formats of the others."""
    if name != "source":
        return found, []
    known = {suffix for reader in readers.READERS for suffix in reader.suffixes}
    kept = [row for row in found if ".tex" in known or not _is_latex(row)]
    return kept, ["latex"] if len(kept) < len(found) else []


def _is_latex(row: Mapping[str, Any]) -> bool:
    return row["doc"].startswith("latex-") or any(c["kind"] == "latex" for c in row["citations"])


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.markers")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--misses", type=int, default=0, help="print so many misses of each kind")
    options = parser.parse_args(arguments)
    figures: dict[str, Any] = {}
    unread: list[str] = []
    for name, found in sets(options.data).items():
        kept, formats = _readable(name, found)
        unread.extend(f"{name}.{kind}" for kind in formats)
        tallies = measure(name, kept, options.data, keep=options.misses)
        figures[name] = {}
        for kind, tally in sorted(tallies.items()):
            if not tally.gold:
                print(f"{name:<10}{kind:<14}no gold; {tally.found} found")
            else:
                figures[name][kind] = tally.figures()
                cells = (f"{key} {value}" for key, value in tally.figures().items())
                print(f"{name:<10}{kind:<14}" + "  ".join(cells))
            for miss in tally.misses:
                print("   " + re.sub(r"\s+", " ", miss))
    if unread:
        print("not read (no reader for the format): " + ", ".join(unread))
    if options.json:
        print(json.dumps({**figures, "unread": unread}))


if __name__ == "__main__":
    main()
