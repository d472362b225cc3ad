"""CPU time of `exocite --help` against a bare `python -c "import click"`: medians of paired runs.

usage: python benchmarks/startup.py [--limit RATIO] [--json]
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
from pathlib import Path

RUNS = 15


def cpu_seconds(command: list[str]) -> float:
    """User and system time of one run of the command, in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main() -> int:
    """Print the medians and their ratio; 1 when the ratio is over the limit."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--limit", type=float, default=0.0)
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    script = str(Path(sys.executable).with_name("exocite"))
    ours, bare = [], []
    for _ in range(RUNS):
        ours.append(cpu_seconds([script, "--help"]))
        bare.append(cpu_seconds([sys.executable, "-c", "import click"]))
    figures = {"help_s": statistics.median(ours), "click_s": statistics.median(bare)}
    figures["ratio"] = figures["help_s"] / figures["click_s"]
    print(f"exocite --help {figures['help_s']:.3f} s, import click {figures['click_s']:.3f} s")
    print(f"ratio {figures['ratio']:.2f}")
    if given.json:
        print(json.dumps(figures))
    return 1 if given.limit and figures["ratio"] > given.limit else 0


if __name__ == "__main__":
    sys.exit(main())
