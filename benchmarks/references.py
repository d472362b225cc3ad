"""How well printed references are read: fields of anystyle-gold, grobid and nine citation styles.

    python -m benchmarks.references --data DIR [--json]

Reads parsing.jsonl and styles.jsonl in DIR or in DIR/references. A value counts when it equals the
gold value as the set's README normalises: lower case, no accents or punctuation, page ranges in
full. `parse` gives names in parts, so authors are compared as the words of the whole list in any
order. In the styles set a field counts where its style prints it; a journal may be abbreviated.

SET.micro_f1, SET.whole and SET.fields of anystyle-gold and grobid are figures by stretches: our
spans are brought to the stretches between blanks that the set marks, each with one field, before
they are compared (`benchmarks.reference_marks`). That goes beyond the README. The reason: gold
values were made of such stretches. Of "1993;24:88-92" they have the pages "24-88" and no volume,
which no reader that tells the two apart can say. Under the README's normalising alone GROBID's own
mark-up reaches micro F1 .884 and .585 of its rows, so floors of .925 and .76 can only be meant of
what the gold has, stretches. Both figures are printed, and docs/benchmarks.md shows both:
SET.values: the README's normalising alone, of the values that `parse` gives.
SET.markup: the set's own mark-up read as it stands and compared like our values, which is what a
reader without a fault would reach in SET.values.
`rules` has the figures of the rules without the model, the plain baseline.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.reference_marks import BETWEEN_NAMES, marked, marked_up
from exocite import weights
from exocite.matching.containers import same_container
from exocite.model import Name, ParsedReference
from exocite.references.locations import full_pages
from exocite.references.parse import parse

FIELDS = ("author", "title", "container", "year", "volume", "issue", "pages", "publisher")
STYLE_FIELDS = FIELDS[:-1]
STYLE_OMITS: Mapping[str, frozenset[str]] = {"nature": frozenset({"issue"})}

Score = Mapping[str, Counter[str]]


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the table, and with --json the figures as one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--errors", default="", help="print the wrong values of SET.FIELD")
    options = parser.parse_args(argv)
    result = measure(options.data, options.errors)
    for name, figures in {**result, **_baselines(result)}.items():
        if isinstance(figures, dict) and "micro_f1" in figures:
            fields = "  ".join(f"{k} {v:.3f}" for k, v in figures["fields"].items())
            print(
                f"{name:24} n {figures['n']:5}  micro F1 {figures['micro_f1']:.3f}"
                f"  whole {figures['whole']:.3f}"
            )
            print(f"{'':24} {fields}")
    print(f"references a CPU second: {result['refs_per_cpu_second']:.0f}")
    if options.json:
        print(json.dumps(result))
    return 0


def measure(data: Path, errors: str = "") -> dict[str, Any]:
    """All figures of the reference sets in `data`, or in its folder `references`."""
    sets: dict[str, list[dict[str, Any]]] = defaultdict(list)
    folder = data / "references" if (data / "references").is_dir() else data
    for row in _rows(folder, "parsing"):
        sets[row["set"]].append(row)
    sets["styles"] = list(_rows(folder, "styles"))
    result: dict[str, Any] = {"rules": {}}
    spent, count = 0.0, 0
    model = weights.reference_model()
    for name, rows in sets.items():
        if not rows:
            continue
        started = time.process_time()
        parsed = [parse(row["raw"], model) for row in rows]
        spent += time.process_time() - started
        count += len(rows)
        fields = STYLE_FIELDS if name == "styles" else FIELDS
        by_rules = [_compared(row, parse(row["raw"])) for row in rows]
        result["rules"][name] = _figures(by_rules, fields)
        pairs = [_compared(row, read) for row, read in zip(rows, parsed, strict=True)]
        values = _figures(pairs, fields)
        if name == "styles":
            result[name] = values
        else:
            pairs = [_marked(row, read) for row, read in zip(rows, parsed, strict=True)]
            result[name] = {**_figures(pairs, fields), "values": values}
            result[name]["markup"] = _figures([_marked_up(row) for row in rows], fields)
        if errors.startswith(name + "."):
            _print_errors(rows, pairs, errors.partition(".")[2])
    result["refs_per_cpu_second"] = count / spent if spent else 0.0
    return result


def _rows(folder: Path, stem: str) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob(f"{stem}*.jsonl*")):
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


Pair = dict[str, tuple[str, str]]


def _compared(row: Mapping[str, Any], read: ParsedReference) -> Pair:
    """For each field the gold value and ours, both normalised, "" where there is none."""
    ours = {
        "author": " ".join(w for w in _authors(read.authors).split() if w not in BETWEEN_NAMES),
        "title": plain(read.title),
        "container": plain(read.container),
        "year": read.year,
        "volume": plain(read.volume),
        "issue": plain(read.issue),
        "pages": pages(read.pages),
        "publisher": plain(read.publisher),
    }
    if "style" in row:
        return _style_pair(row, read, ours)
    gold = _gold(row)
    return {name: (gold[name], ours[name]) for name in FIELDS}


def _marked(row: Mapping[str, Any], read: ParsedReference) -> Pair:
    """As `_compared`, of the stretches that the set marks; the values where rules alone read it."""
    if not read.spans:
        return _compared(row, read)
    gold, ours = _gold(row), marked(read, row["set"], plain)
    return {name: (gold[name], ours[name]) for name in FIELDS}


def _marked_up(row: Mapping[str, Any]) -> Pair:
    """The set's own mark-up against its gold values, "" where it marks nothing."""
    gold, theirs = _gold(row), marked_up(row.get("segments") or [], row["set"], plain)
    return {name: (gold[name], theirs[name]) for name in FIELDS}


def _gold(row: Mapping[str, Any]) -> dict[str, str]:
    gold = {name: str(row["fields"].get(name, "")) for name in FIELDS}
    gold["author"] = " ".join(sorted(gold["author"].split()))
    gold["pages"] = pages(gold["pages"])
    return gold


def _baselines(result: Mapping[str, Any]) -> dict[str, Any]:
    """The figures beside the first: of the values, of the mark-up, and of the rules alone."""
    found = {
        f"{name}, {kind}": figures[kind]
        for kind in ("values", "markup")
        for name, figures in result.items()
        if isinstance(figures, dict) and kind in figures
    }
    found.update({f"{name}, rules": figures for name, figures in result["rules"].items()})
    return found


def _style_pair(row: Mapping[str, Any], read: ParsedReference, ours: Mapping[str, str]) -> Pair:
    fields = row["fields"]
    pair: Pair = {}
    printed = f" {plain(row['raw'])} "
    for name in STYLE_FIELDS:
        if name in STYLE_OMITS.get(row["style"], ()):
            continue
        gold = (
            pages(str(fields.get(name, "")))
            if name == "pages"
            else plain(str(fields.get(name, "")))
        )
        if name == "author":
            pair[name] = _family_pair(fields.get("author") or [], read)
        elif name == "container":
            names = [str(fields.get(key) or "") for key in ("container", "container_short")]
            same = bool(ours[name]) and any(
                same_container(read.container, other) for other in names if other
            )
            pair[name] = (gold, gold if same else ours[name])
        elif name in {"volume", "issue"} and f" {gold} " not in printed:
            pair[name] = ("", "" if ours[name] == gold else ours[name])
        else:
            pair[name] = (
                gold.replace(" ", "") if name == "title" else gold,
                ours[name].replace(" ", "") if name == "title" else ours[name],
            )
    return pair


def _family_pair(gold: Sequence[Mapping[str, str]], read: ParsedReference) -> tuple[str, str]:
    """Family names of those printed; with "et al." those printed must lead the record's list."""
    theirs = [plain(f"{a.get('family') or a.get('literal') or a.get('name') or ''}") for a in gold]
    ours = [
        plain(" ".join(filter(None, (n.particle, n.family or n.literal)))) for n in read.authors
    ]
    if ours and (read.et_al or len(theirs) > len(ours) >= 6):
        leading, last = theirs[: len(ours)], theirs[: len(ours) - 1] + theirs[-1:]
        # Styles cut long lists with an ellipsis, and the last name stands behind it.
        cut = [_last(name) for name in last] == [_last(name) for name in ours]
        theirs = last if cut or not read.et_al else leading
    words = [[_last(name) for name in names] for names in (theirs, ours)]
    return "|".join(words[0]), "|".join(words[1])


def _last(name: str) -> str:
    return name.rsplit(maxsplit=1)[-1] if name else ""


def _figures(pairs: Sequence[Pair], fields: Sequence[str]) -> dict[str, Any]:
    counts: dict[str, Counter[str]] = {name: Counter() for name in fields}
    whole = 0
    for pair in pairs:
        for name, (gold, ours) in pair.items():
            right = gold == ours
            counts[name]["tp"] += bool(gold and right)
            counts[name]["fp"] += bool(ours and not right)
            counts[name]["fn"] += bool(gold and not right)
        whole += all(gold == ours for gold, ours in pair.values())
    by_field = {name: f1(counts[name]) for name in fields}
    total: Counter[str] = sum(counts.values(), Counter())
    return {
        "n": len(pairs),
        "micro_f1": f1(total),
        "whole": whole / len(pairs),
        "fields": by_field,
        "min_field": min(by_field[name] for name in STYLE_FIELDS),
    }


def f1(counts: Counter[str]) -> float:
    """Harmonic mean of precision and recall, 1 when there was nothing to find."""
    wrong = counts["fp"] + counts["fn"]
    return 2 * counts["tp"] / (2 * counts["tp"] + wrong) if counts["tp"] or wrong else 1.0


def plain(text: str) -> str:
    """Lower case without accents or punctuation, words apart by one blank."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", letters))


def pages(text: str) -> str:
    """A page or a range in full with one hyphen."""
    return full_pages(text.lower()).replace(" ", "")


def _authors(names: Sequence[Name]) -> str:
    words = [
        w
        for n in names
        for w in plain(f"{n.given} {n.particle} {n.family} {n.suffix} {n.literal}").split()
    ]
    return " ".join(sorted(words))


def _print_errors(rows: Sequence[Mapping[str, Any]], pairs: Sequence[Pair], field: str) -> None:
    for row, pair in zip(rows, pairs, strict=True):
        gold, ours = pair.get(field, ("", ""))
        if gold != ours:
            print(f"{row['raw']}\n    gold: {gold}\n    ours: {ours}")


if __name__ == "__main__":
    raise SystemExit(main())
