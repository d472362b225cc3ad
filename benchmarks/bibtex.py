"""How the .bib document compares with bibtexparser: losses, diffs, time and memory.

    python -m benchmarks.bibtex --data DIR [--json]

DIR holds torture/ and corpus/; without it only generated libraries are measured. Both sides are
timed in the same run by turns, in CPU seconds, the least of several rounds; `noise` is how much
more the worst round of any took.
"""

from __future__ import annotations

import argparse
import difflib
import gc
import json
import logging
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import bibtexparser

from exocite.bibliography import Document
from exocite.bibliography.kept import Kept
from exocite.store import Store

SEED = 20240117
ROUNDS = 5

# --------------------------------------------------------------------------- the library

_FAMILIES = (
    "M{\\\"u}ller", "Garc{\\'\\i}a", "S{\\o}rensen", "Dvo{\\v r}{\\'a}k", "van der Berg", "Okafor",
    "{\\L}ukasiewicz", "Erd{\\H o}s", "O'Brien", "de la Cruz", "Ку́рочкин", "Петрова", "王", "佐藤",
    "Núñez", "Smith", "Chen", "Haug{\\aa}rd",
)  # fmt: skip
_GIVEN = ("Ana", "Bo", "C. D.", "Émile", "Fatima", "Г. И.", "华", "Jean-Luc", "K.", "Lars", "太郎")
_BODIES = ("{World Health Organization}", "{Barnes and Noble, Inc.}", "{{CERN} Collaboration}")
_WORDS = (
    "the", "effect", "of", "vesicle", "{DNA}", "cargo", "in", "human", "skin", "{E. coli}",
    "growth", "under", "heat", "and", "$\\alpha$", "beams", "a", "{T}ransfer", "model", "for",
    "repair", "on", "long", "na{\\\"\\i}ve", "scales", "with", "robust", "signal",
)  # fmt: skip
_TYPES = ("article",) * 3 + ("inproceedings", "book", "misc", "phdthesis", "techreport")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class _Layout:
    """One way to write an entry down."""

    def __init__(
        self, first: str, between: str, equals: str, tail: str, *, quotes: bool, case: str
    ) -> None:
        self.first, self.between, self.equals, self.tail = first, between, equals, tail
        self.quotes, self.case = quotes, case

    def entry(self, kind: str, key: str, fields: Sequence[tuple[str, str, bool]]) -> str:
        """The entry; a field is a name, a value, and whether it stands without delimiters."""
        named = [
            f"{getattr(name, self.case)()}{self.equals}{value if bare else self._delimited(value)}"
            for name, value, bare in fields
        ]
        kind = kind.upper() if self.case == "upper" else kind
        return f"@{kind}{{{key}{self.first}{self.between.join(named)}{self.tail}}}"

    def _delimited(self, value: str) -> str:
        return f'"{value}"' if self.quotes and '"' not in value else f"{{{value}}}"


_LAYOUTS = (
    _Layout(",\n  ", ",\n  ", " = ", "\n", quotes=False, case="lower"),
    _Layout(",\n\t", ",\n\t", " = ", ",\n", quotes=True, case="title"),
    _Layout(",\n    ", ",\n    ", "       = ", "\n", quotes=False, case="upper"),
    _Layout("\n  , ", "\n  , ", " = ", "\n  ", quotes=False, case="lower"),
)


def library(count: int, *, seed: int = SEED) -> str:
    """A library of `count` entries, about 690 bytes each, in four layouts mixed."""
    rng = random.Random(seed)
    parts = ["% Encoding: UTF-8\n", '@preamble{ "\\newcommand{\\noop}[1]{}" }\n\n']
    for index in range(40):
        word = "@string" if index % 2 else "@STRING"
        parts.append(f'{word}{{j{index} = "Journal of Subject {index}"}}\n')
    for index in range(count):
        if index % 50 == 0:
            parts.append(f"\n% ---- section {index // 50}\n")
        if index % 200 == 0:
            parts.append(f"\n@Comment{{jabref-meta: group {index};}}\n")
        if index % 9 == 0:
            parts.append("% read this one again\n")
        parts.append(_entry(rng, index) + "\n\n")
    return "".join(parts)


def _entry(rng: random.Random, index: int) -> str:
    kind = rng.choice(_TYPES)
    fields = [("author", _authors(rng), False), ("title", _title(rng), False)]
    if rng.random() < 0.6:
        fields.append(("journal", f"j{rng.randrange(40)}", True))
    else:
        fields.append(("journal", f"Annals of {rng.choice(_WORDS)}", False))
    fields.append(("volume", str(rng.randint(1, 90)), rng.random() < 0.5))
    first = rng.randint(1, 900)
    fields.append(("pages", f"{first}--{first + rng.randint(1, 30)}", False))
    fields.append(("year", str(rng.randint(1950, 2024)), rng.random() < 0.5))
    if rng.random() < 0.4:
        month = rng.choice(_MONTHS)
        fields.append(("month", f'"1~" # {month}' if rng.random() < 0.2 else month, True))
    if rng.random() < 0.7:
        fields.append(("doi", f"10.1000/x.{index}_{rng.randrange(999)}", False))
    if rng.random() < 0.4:
        fields.append(("url", f"https://example.org/a/{index}?b=c&d=%20e", False))
    if rng.random() < 0.5:
        lines = (" ".join(rng.choices(_WORDS, k=11)) for _ in range(rng.randint(3, 9)))
        fields.append(("abstract", "\n    ".join(lines), False))
    if rng.random() < 0.3:
        fields.append(("keywords", ", ".join(rng.choices(_WORDS, k=4)), False))
    if rng.random() < 0.2:
        fields.append(("file", f":papers/{index}.pdf:PDF", False))
    return rng.choice(_LAYOUTS).entry(kind, f"key{index}", fields)


def _authors(rng: random.Random) -> str:
    if rng.random() < 0.05:
        return rng.choice(_BODIES)
    names = (f"{rng.choice(_FAMILIES)}, {rng.choice(_GIVEN)}" for _ in range(rng.randint(1, 7)))
    return " and ".join(names)


def _title(rng: random.Random) -> str:
    return " ".join(rng.choices(_WORDS, k=rng.randint(6, 16)))


# --------------------------------------------------------------------------- losses

_OPENED = re.compile(
    r"@\w+[ \t]*[{(]|(?:\A|(?<=[\r\n]))[^\S\r\n]*@\s*[A-Za-z][^\s\"#%'(),={}@\\]*\s*[{(]"
)


def silent_losses(document: Document) -> list[int]:
    """Offsets of `@word{` and `@word(` outside comments that no block and no problem covers."""
    spans = [(item.start, item.end) for item in document.blocks]
    lost = []
    for match in _OPENED.finditer(document.text):
        at = document.text.index("@", match.start())
        line = max(document.text.rfind("\n", 0, at), document.text.rfind("\r", 0, at)) + 1
        covered = any(start <= at < end for start, end in spans)
        if not covered and "%" not in document.text[line:at]:
            lost.append(at)
    return lost


def diff_lines(before: bytes, after: bytes) -> int:
    """How many lines of the second differ from the first: the added lines of a diff."""
    old, new = before.split(b"\n"), after.split(b"\n")
    while old and new and old[-1] == new[-1]:
        old.pop()
        new.pop()
    same = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(old))
    pair = [[line.decode("latin-1") for line in lines[same:]] for lines in (old, new)]
    return sum(line.startswith("+ ") for line in difflib.ndiff(*pair))


# --------------------------------------------------------------------------- measuring


def cpu(actions: Mapping[str, Callable[[], object]]) -> dict[str, tuple[float, float]]:
    """The least CPU seconds of each action, and how much more the worst round took, 0.1 for 10 %.

    The actions take turns, so that what else runs on the machine falls on all of them. What is
    alive before one begins is kept from the garbage collector: it is not part of the action.
    """
    taken: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(ROUNDS):
        for name, action in actions.items():
            gc.collect()
            gc.freeze()
            start = time.process_time()
            result = action()
            taken[name].append(time.process_time() - start)
            del result
            gc.unfreeze()
    return {name: (min(times), max(times) / min(times) - 1) for name, times in taken.items()}


def files(data: Path | None) -> Iterator[tuple[str, bytes]]:
    """The files to save without a change: all of DIR, and generated ones."""
    for name in ("corpus", "torture"):
        for path in sorted((data / name).iterdir()) if data and (data / name).is_dir() else ():
            if path.is_file() and path.suffix != ".tsv":
                yield f"{name}/{path.name}", path.read_bytes()
    text = library(1000)
    yield "generated", text.encode()
    yield "generated, CRLF", text.replace("\n", "\r\n").encode()
    yield "generated, CR", text.replace("\n", "\r").encode()
    yield "generated, BOM", b"\xef\xbb\xbf" + text.encode()
    yield "generated, UTF-16", b"\xff\xfe" + text.encode("utf-16-le")
    yield "generated, Latin-1", text.encode("latin-1", "replace")


def losses(data: Path | None) -> dict[str, object]:
    """What a save without a change alters, and what is lost without a word."""
    unequal, silent, total = [], [], 0
    for name, content in files(data):
        document = Document.parse(content, name)
        total += 1
        if document.data != content:
            unequal.append(name)
        silent += [f"{name}:{at}" for at in silent_losses(document)]
    return {
        "noop_equal": total - len(unequal),
        "noop_total": total,
        "noop_unequal": unequal,
        "silent_loss": len(silent),
        "silent_loss_at": silent,
    }


def one_field_edit(content: bytes) -> int:
    """Lines changed when the title of one entry in the middle is set."""
    document = Document.parse(content)
    key = document.references[len(document.references) // 2].key
    return diff_lines(content, document.set_field(key, "title", "Another title").data)


def times(entries: int) -> dict[str, float]:
    """Reading and saving, ours and bibtexparser's, on a generated library."""
    content = library(entries).encode()
    text = content.decode()
    parsed = bibtexparser.parse_string(text)
    document = Document.parse(content)
    key = document.references[entries // 2].key
    packed = b"".join(document.kept())
    edited = document.set_field(key, "title", "Another title").data
    edited_text = edited.decode()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "references.bib"
        path.write_bytes(content)
        store = Store(Path(folder))
        state = {"data": content, "count": 0}

        def save() -> None:
            state["count"] += 1
            saved = document.set_field(key, "title", f"Title {state['count']}").data
            store.write(path, saved, expected=state["data"])
            state["data"] = saved

        taken = cpu(
            {
                "bibtexparser_cold": lambda: bibtexparser.parse_string(text, parse_stack=[]),
                "cold": lambda: Document.parse(content).references,
                "warm": lambda: Document.parse(content, known=Kept(packed)).references,
                "changed": lambda: Kept(packed).changed(edited_text),
                "reopened": lambda: Document.parse(edited, known=Kept(packed)).references,
                "bibtexparser_save": lambda: bibtexparser.write_string(parsed),
                "save": save,
            }
        )
    seconds = {name: least for name, (least, _) in taken.items()}
    figures = {
        f"{name}_ratio": seconds[name] / seconds["bibtexparser_cold"]
        for name in ("cold", "warm", "changed", "reopened")
    }
    figures["save_ratio"] = seconds["save"] / seconds["bibtexparser_save"]
    figures |= {f"{name}_s": least for name, least in seconds.items()}
    return figures | {"noise": max(noise for _, noise in taken.values())}


_PEAK = """
import sys
def held(name):
    with open("/proc/self/status", encoding="ascii") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith(name))
if sys.argv[1] == "ours":
    from exocite.bibliography import Document
else:
    import bibtexparser
with open(sys.argv[2], "rb") as file:
    content = file.read()
before = held("VmRSS")
if sys.argv[1] == "ours":
    kept = Document.parse(content)
else:
    kept = bibtexparser.parse_string(content.decode(), parse_stack=[])
print(held("VmHWM") - before)
"""


def memory_ratio(entries: int) -> float:
    """Peak memory of parsing beyond what the bytes take, ours over bibtexparser's."""
    peaks = []
    with TemporaryDirectory() as folder:
        path = Path(folder) / "library.bib"
        path.write_bytes(library(entries).encode())
        for side in ("ours", "theirs"):
            command = [sys.executable, "-c", _PEAK, side, str(path)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            peaks.append(int(done.stdout))
    return peaks[0] / peaks[1]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="folder that holds torture/ and corpus/")
    parser.add_argument("--entries", type=int, default=10_000, help="size of the timed library")
    parser.add_argument("--memory-entries", type=int, default=50_000, help="0 leaves memory out")
    parser.add_argument("--json", action="store_true", help="end with one JSON object")
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    figures: dict[str, object] = losses(options.data)
    figures["edit_diff_lines"] = one_field_edit(library(1000).encode())
    figures |= times(options.entries)
    if options.memory_entries and Path("/proc/self/status").exists():
        figures["memory_ratio"] = memory_ratio(options.memory_entries)
    for name, value in figures.items():
        print(f"{name:22} {value:.3f}" if isinstance(value, float) else f"{name:22} {value}")
    if options.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
