"""The benchmark runs and names its figures."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
def test_the_benchmark_prints_its_figures() -> None:
    command = [sys.executable, "-m", "benchmarks.registry", "--json"]
    command += ["--seconds", "4", "--works", "60", "--bomb", "32"]
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    figures = json.loads(done.stdout.splitlines()[-1])
    named = "rate_use lost share_429 queue_p95_ratio cpu_ms warm_per_s bomb_mb"
    assert set(named.split()) <= set(figures)
    assert figures["lost"] == 0
