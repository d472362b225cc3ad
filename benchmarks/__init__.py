"""Measures the figures that docs/benchmarks.md states, each as `python -m benchmarks.NAME`."""
