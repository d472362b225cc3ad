"""How long `exocite check` takes: whole processes, in CPU seconds, medians of several runs.

    python -m benchmarks.check [--runs N] [--no-peers] [--json]

startup_cpu_s is an article of one page; book_cold_s a book of 100,000 words in 40 chapters with 500
resolved references, read for the first time; book_warm_s the same unchanged; edit_s the same with
one word of one chapter changed; bib5000_s a bibliography of 5,000 entries and an article that cites
them all; rss_mb the largest resident memory of these runs. All input is made here from a fixed
seed. Peers are installed in environments of their own, and timed on the bibliography of 5,000
entries and its article; one that cannot be had, or that cannot run without a network, is left out.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from exocite.bibliography.document import Document
from exocite.model import Outcome, WorkRecord
from exocite.project.identity import identity
from exocite.records import to_line

SEED = 20260301
RUNS = 5
TARGETS = {
    "startup_cpu_s": 0.45,
    "book_cold_s": 4.0,
    "book_warm_s": 0.8,
    "bib5000_s": 3.0,
    "rss_mb": 200.0,
    "edit_s": 0.6,
}

# Name, and what it is called with on the article; each can be told to ask nobody.
PEERS: dict[str, tuple[str, ...]] = {
    "veracite": ("veracite", "--offline", "--bib", "bib/references.bib", "--tex", "article.tex"),
    "paper-preflight": ("paper-preflight", "check", "--offline", "article.tex"),
}
NEED_A_NETWORK = ("starbuck", "refaudit")
PEER_LIMIT_S = 300

_CHAPTERS, _CHAPTER_WORDS, _REFERENCES, _MANY = 40, 2500, 500, 5000
_CITED = 0.4
_EACH = 5

_NOUNS = (
    "vesicle", "skin", "trial", "collagen", "dose", "risk", "cohort", "protein", "membrane",
    "signal", "tissue", "wound", "repair", "sleep", "caffeine", "memory", "stress", "hormone",
    "gene", "diet", "exercise", "pressure", "glucose", "marker", "placebo", "infant", "nurse",
)  # fmt: skip
_VERBS = (
    "increases", "reduces", "changes", "predicts", "supports", "limits", "prevents", "delays",
    "carries", "contains", "lowers", "restores",
)  # fmt: skip
_FAMILIES = (
    "Okafor", "Smith", "Chen", "Dvorak", "Haugard", "Sato", "Moreau", "Rossi", "Novak", "Silva",
    "Kaya", "Lund", "Mensah", "Petrov", "Iyer", "Khan", "Weber", "Costa", "Nguyen", "Ortiz",
)  # fmt: skip


# --------------------------------------------------------------------------- the input


def library(count: int, seed: int = SEED) -> str:
    """A bibliography of so many articles."""
    chance = random.Random(seed)
    entries = []
    for number in range(count):
        authors = " and ".join(
            f"{chance.choice(_FAMILIES)}, {chance.choice('ABCDEFGHJKLM')}."
            for _ in range(chance.randint(1, 4))
        )
        title = " ".join(chance.choice(_NOUNS) for _ in range(6)).capitalize()
        first = chance.randint(1, 900)
        entries.append(
            f"@article{{k{number},\n  author = {{{authors}}},\n  title = {{{title} {number}}},\n"
            f"  journal = {{Journal of {chance.choice(_NOUNS).title()}}},\n"
            f"  year = {{{1980 + number % 45}}},\n  volume = {{{chance.randint(1, 90)}}},\n"
            f"  pages = {{{first}--{first + 9}}},\n  doi = {{10.5555/{number}}}\n}}\n"
        )
    return "\n".join(entries)


def sentence(chance: random.Random) -> str:
    """A claim without its full stop."""
    a, b, c, d, e = (chance.choice(_NOUNS) for _ in range(5))
    return (
        f"The {a} {chance.choice(_VERBS)} {b} in {c} and {d} of {chance.randint(2, 99)} % of "
        f"adults with {e} {chance.choice(_NOUNS)}"
    )


def chapter(number: int, seed: int = SEED) -> str:
    """A chapter in Markdown, four in ten sentences with a citation."""
    chance = random.Random(seed + number)
    paragraphs = [f"# Chapter {number + 1}\n"]
    words = 0
    while words < _CHAPTER_WORDS:
        text = []
        for _ in range(6):
            cited = chance.random() < _CITED
            mark = f" [@k{chance.randrange(_REFERENCES)}]" if cited else ""
            text.append(f"{sentence(chance)}{mark}.")
        paragraphs.append(" ".join(text) + "\n")
        words += len(paragraphs[-1].split())
    return "\n".join(paragraphs)


def resolved(source: str) -> str:
    """works.jsonl for a bibliography: every reference was found."""
    document = Document.parse(source.encode("utf-8"), "references.bib")
    return "".join(
        to_line(
            WorkRecord(
                reference.key,
                Outcome.MATCHED,
                "DOI, title, authors and year agree",
                "2026-01-05T10:00:00Z",
                "crossref",
                doi=reference.get("doi"),
                title=reference.get("title"),
                reference_hash=identity(reference),
            )
        )
        + "\n"
        for reference in document.references
    )


def project(folder: Path, articles: dict[str, str], source: str) -> None:
    """Write a project whose settings name these articles."""
    (folder / "bib").mkdir(parents=True)
    (folder / "bib" / "references.bib").write_text(source, encoding="utf-8")
    (folder / "bib" / "works.jsonl").write_text(resolved(source), encoding="utf-8")
    named = ", ".join(json.dumps(name) for name in sorted(articles))
    (folder / "exocite.toml").write_text(f"articles = [{named}]\n", encoding="utf-8")
    for name, text in articles.items():
        (folder / name).write_text(text, encoding="utf-8")


def citing_all(count: int, *, latex: bool) -> str:
    """An article that cites every entry, five a sentence."""
    chance = random.Random(SEED)
    sentences = []
    for number in range(0, count, _EACH):
        keys = [f"k{number + step}" for step in range(_EACH)]
        mark = (
            rf"\cite{{{','.join(keys)}}}" if latex else f"[{'; '.join(f'@{key}' for key in keys)}]"
        )
        sentences.append(f"{sentence(chance)} {mark}.")
    paragraphs = [" ".join(sentences[at : at + 6]) for at in range(0, len(sentences), 6)]
    if not latex:
        return "# Everything\n\n" + "\n\n".join(paragraphs) + "\n"
    body = "\n\n".join(paragraphs).replace("%", r"\%")
    return (
        "\\documentclass{article}\n\\begin{document}\n"
        f"{body}\n\\bibliography{{bib/references}}\n\\end{{document}}\n"
    )


# --------------------------------------------------------------------------- the clock


@dataclass(frozen=True, slots=True)
class Run:
    """One process: user and system time in seconds, resident memory in MB, how it ended."""

    cpu: float
    rss: float
    code: int


def run(command: Sequence[str], folder: Path) -> Run:
    """Run a command to its end. Modules are compiled once, as an installer leaves them."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(folder.parent / "compiled")
    done = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(done.pid, 0)
    done.returncode = os.waitstatus_to_exitcode(status)
    scale = 1e6 if sys.platform == "darwin" else 1e3
    return Run(used.ru_utime + used.ru_stime, used.ru_maxrss / scale, done.returncode)


def check(folder: Path) -> Run:
    """Check the project in this folder. Raises RuntimeError where the check itself failed."""
    done = run([sys.executable, "-m", "exocite", "check"], folder)
    if done.code not in (0, 1, 3):
        raise RuntimeError(f"exocite check ended with {done.code} in {folder}")
    return done


def measure(folder: Path, runs: int) -> dict[str, float]:
    """All figures of ours, with the input written below this folder."""
    page = "\n\n".join(chapter(0).split("\n\n")[:5])
    project(folder / "page", {"article.md": page}, library(20))
    check(folder / "page")  # This one compiles.
    started = [check(folder / "page") for _ in range(2 * runs)]

    book = folder / "book"
    texts = {f"c{number:02}.md": chapter(number) for number in range(_CHAPTERS)}
    project(book, texts, library(_REFERENCES))
    cold = []
    for _ in range(max(3, runs // 2)):
        shutil.rmtree(book / ".exocite", ignore_errors=True)
        cold.append(check(book))
    warm = [check(book) for _ in range(runs)]
    edited = []
    for number in range(runs):
        text = texts["c07.md"].replace("collagen", f"collagen{chr(97 + number % 26)}", 1)
        (book / "c07.md").write_text(text, encoding="utf-8")
        edited.append(check(book))

    many = folder / "many"
    project(many, {"article.md": citing_all(_MANY, latex=False)}, library(_MANY))
    large = []
    for _ in range(3):
        shutil.rmtree(many / ".exocite", ignore_errors=True)
        large.append(check(many))
    return {
        "startup_cpu_s": _median(started),
        "book_cold_s": _median(cold),
        "book_warm_s": _median(warm),
        "bib5000_s": _median(large),
        "rss_mb": round(max(one.rss for one in (*started, *cold, *warm, *edited, *large)), 1),
        "edit_s": _median(edited),
        "words": float(sum(len(text.split()) for text in texts.values())),
    }


def _median(runs: Sequence[Run]) -> float:
    return round(statistics.median(one.cpu for one in runs), 3)


# --------------------------------------------------------------------------- peers


def measure_peer(name: str, folder: Path) -> dict[str, float]:
    """A peer's time and memory on the same bibliography; empty where it cannot be had."""
    home = folder / f"peer-{name}"
    try:
        venv.create(home, with_pip=True)
        scripts = home / ("Scripts" if sys.platform == "win32" else "bin")
        install = [str(scripts / "python"), "-m", "pip", "install", "-q", name]
        subprocess.run(install, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        print(f"{name} is left out: it cannot be installed here", file=sys.stderr)
        return {}
    many = folder / "many"
    (many / "article.tex").write_text(citing_all(_MANY, latex=True), encoding="utf-8")
    command, *arguments = PEERS[name]
    guarded = ["timeout", str(PEER_LIMIT_S)] if shutil.which("timeout") else []
    done = run([*guarded, str(scripts / command), *arguments], many)
    if done.code not in (0, 1, 2):
        print(f"{name} is left out: it ended with {done.code}", file=sys.stderr)
        return {}
    return {"bib5000_s": round(done.cpu, 3), "rss_mb": round(done.rss, 1), "code": done.code}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table, and with --json one JSON object as the last line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", help="not used: all input is made here")
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    with TemporaryDirectory() as name:
        folder = Path(name)
        figures: dict[str, object] = dict(measure(folder, given.runs))
        for key, target in TARGETS.items():
            print(f"{key:14} {figures[key]:>8}   target {target:g}")
        if not given.no_peers:
            peers = {name: measure_peer(name, folder) for name in PEERS}
            figures["peers"] = {name: found for name, found in peers.items() if found}
            for peer, found in peers.items():
                if found:
                    print(f"{peer:14} bib5000 {found['bib5000_s']} s, {found['rss_mb']} MB")
            for peer in NEED_A_NETWORK:
                print(f"{peer} is left out: it cannot be told to ask nobody", file=sys.stderr)
    if given.json:
        print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
