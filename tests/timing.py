"""One measure for "twice the input costs at most two and a half times": fair on a busy machine."""

from __future__ import annotations

import gc
import math
from collections.abc import Callable

_ATTEMPTS = 12
_TOO_SHORT = 0.03


def assert_linear(cost: Callable[[int], float], size: int, factor: int = 4) -> None:
    """Fail when `factor` times the size costs more than 2.5 times for each doubling.

    `cost` gives CPU seconds. Each side is the best of several attempts, since another process can
    only make one slower; less than 30 ms is not told from noise.
    """
    limit = 2.5 ** math.log2(factor)
    short = long = math.inf
    for _ in range(_ATTEMPTS):
        short = min(short, _alone(cost, size))
        long = min(long, _alone(cost, size * factor))
        if long <= limit * max(short, _TOO_SHORT):
            return
    raise AssertionError(f"{factor} times the size cost {long / short:.1f} times the time")


def _alone(cost: Callable[[int], float], size: int) -> float:
    """The cost without that of looking for garbage among what other tests left behind."""
    gc.collect()
    gc.disable()
    try:
        return cost(size)
    finally:
        gc.enable()
