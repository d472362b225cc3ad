"""What a report costs: CPU seconds of the whole command, and the size of its page.

`python -m benchmarks.report [--json]`

An article of 1,000 claims and a bibliography of 300 works with abstracts are made, the same every
time; six of ten claims have a verdict with its passage. `report_s` is the median of three runs of
`exocite report` after the first, `report_first_s` a run for which `.exocite/` holds nothing yet.
The code is compiled before, as pip leaves it. `suggestions_s` is one run with `--suggestions`, in
which the claims are compared with the works.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import review_page
from exocite import anchors, config
from exocite.model import Evidence, Judgement, Passage, Relation, Verdict
from exocite.project import Project
from exocite.project.reading import article, read
from exocite.states import claim_hash, passage_hash

CLAIMS, WORKS, RUNS = 1_000, 300, 3
_JUDGED = 0.6
_SENTENCES = 6
_WORDS = (
    "sleep caffeine tea trial iron bone skin heart lung virus protein cell dose placebo muscle "
    "glucose insulin blood pressure memory stress exercise diet salt sugar fibre vitamin zinc "
    "copper enzyme gene tumour vaccine antibody infection asthma migraine anxiety fatigue"
).split()
_FAMILIES = "Okafor Brandt Marsh Ruiz Ito Khan Novak Silva".split()


def sentence(chance: random.Random, cited: str = "") -> str:
    """A sentence with numbers, as claims have them."""
    subject, first, second = (chance.choice(_WORDS) for _ in range(3))
    verb = chance.choice(("raised", "lowered", "changed"))
    share, adults = chance.randint(2, 80), chance.randint(10, 9_999)
    told = f"{subject.capitalize()} {verb} {first} and {second} by {share} % in {adults} adults"
    return f"{told}{cited}."


def bibliography(chance: random.Random) -> str:
    """The works, each with an abstract."""
    entries = []
    for number in range(WORKS):
        abstract = " ".join(sentence(chance) for _ in range(_SENTENCES))
        title = " ".join(chance.sample(_WORDS, 6)).capitalize()
        entries.append(
            f"@article{{k{number}, author = {{{chance.choice(_FAMILIES)}, Ada and Doe, Bo}},\n"
            f"  title = {{{title}}}, journal = {{Journal of {chance.choice(_WORDS)}}},\n"
            f"  year = {{{chance.randint(1980, 2025)}}}, volume = {{{chance.randint(1, 90)}}},\n"
            f"  pages = {{{chance.randint(1, 90)}--{chance.randint(91, 200)}}},\n"
            f"  doi = {{10.5555/k{number}}}, abstract = {{{abstract}}}}}\n"
        )
    return "\n".join(entries)


def text(chance: random.Random) -> str:
    """The article: paragraphs of five claims, sections of five paragraphs, most claims cited."""
    lines = ["# A long article\n"]
    for number in range(CLAIMS):
        if number % 25 == 0:
            lines.append(f"\n## Section {number // 25 + 1}\n")
        cited = f" [@k{chance.randrange(WORKS)}]" if chance.random() < 0.8 else ""
        lines.append(sentence(chance, cited) + ("\n" if number % 5 == 4 else ""))
    return "\n".join(lines) + "\n"


def judged(folder: Path, chance: random.Random) -> int:
    """Write verdicts and their passages for the claims; how many claims there are."""
    project = Project(config.load(folder, {}), lambda: datetime(2026, 1, 31, tzinfo=UTC))
    reading = read(project, article(project, str(folder / "article.md")))
    name = project.named(str(folder / "article.md"))
    links = []
    for claim in reading.claims:
        if chance.random() >= _JUDGED:
            continue
        key = next((key for mark in claim.citations for key in mark.keys), "k0")
        (source,) = project.texts[key]
        end = source.text.index(".") + 1
        anchor = anchors.make(reading.article.source, claim.span)
        passage = Passage(key, source.field, source.text[:end], 0, end, "", source.hash)
        hashed = claim_hash(claim.statement)
        links.append(
            Evidence(
                name, claim.id, anchor, key, f"10.5555/{key}", passage, Relation.MENTIONS, 0.5,
                "accepted by Ada Example", hashed,
            )
        )  # fmt: skip
        judgement = chance.choice((Judgement.SUPPORTED, Judgement.PARTIAL, Judgement.CONTRADICTED))
        project.store.append_verdict(
            Verdict(
                name, claim.id, anchor, judgement, "Ada Example", project.now(), key,
                "Read in the abstract.", hashed, passage_hash(passage.text),
            )
        )  # fmt: skip
    project.store.write_evidence(links)
    return len(reading.claims)


def cpu_seconds(folder: Path, *more: str) -> float:
    """User and system time of one `exocite report`, in seconds."""
    command = [sys.executable, "-m", "exocite", "report", "article.md", "-o", "report.html", *more]
    path = os.pathsep.join(filter(None, (str(Path.cwd()), os.environ.get("PYTHONPATH"))))
    own = {"PYTHONPATH": path, "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    environment = {**os.environ, **own}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def measured() -> dict[str, float]:
    """The figures of one folder made for them."""
    chance = random.Random(9)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        (folder / "bib").mkdir()
        (folder / "bib" / "references.bib").write_text(bibliography(chance), encoding="utf-8")
        (folder / "article.md").write_text(text(chance), encoding="utf-8")
        claims = judged(folder, chance)
        cpu_seconds(folder)
        shutil.rmtree(folder / ".exocite")
        first = cpu_seconds(folder)
        times = [cpu_seconds(folder) for _ in range(RUNS)]
        size = (folder / "report.html").stat().st_size
        suggesting = cpu_seconds(folder, "--suggestions")
        full = (folder / "report.html").stat().st_size
    return {
        "claims": claims,
        "report_s": round(statistics.median(times), 3),
        "report_first_s": round(first, 3),
        "report_mb": round(size / 1e6, 3),
        "suggestions_s": round(suggesting, 3),
        "suggestions_mb": round(full / 1e6, 3),
    }


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", help="not used: the article is made")
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    found = measured()
    with tempfile.TemporaryDirectory() as name:
        found |= review_page.page(Path(name).resolve())
    print(f"{found['claims']} claims, {WORKS} works")
    for name, flags in (("report", ""), ("suggestions", " --suggestions")):
        cpu, size = found[f"{name}_s"], found[f"{name}_mb"]
        print(f"exocite report{flags}: {cpu:.2f} s CPU, {size:.2f} MB")
    print(f"with nothing kept from an earlier run: {found['report_first_s']:.2f} s CPU")
    print(
        f"exocite review: {found['page_action_p95_ms']:.0f} ms an action at the 95th percentile, "
        f"{found['page_rss_mb']:.0f} MB"
    )
    if given.json:
        print(json.dumps(found))


if __name__ == "__main__":
    main()
