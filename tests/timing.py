"""One measure for "twice the input costs at most two and a half times": fair on a busy machine."""

from __future__ import annotations

import gc
import math
from collections.abc import Callable

_ATTEMPTS = 12
_TOO_SHORT = 0.03


def assert_linear(
    cost: Callable[[int], float], size: int, factor: int = 4, *, floor: float = _TOO_SHORT
) -> None:
    """Fail when `factor` times the size costs more than 2.5 times for each doubling.

    `cost` gives CPU seconds. Each side is the best of several attempts, since another process can
    only make one slower; less than `floor` is not told from noise, so that what is done in a few
    times that is not measured twice.
    """
    limit = 2.5 ** math.log2(factor)
    short = long = math.inf
    for _ in range(_ATTEMPTS):
        long = min(long, _alone(cost, size * factor))
        if long <= limit * floor:
            return
        short = min(short, _alone(cost, size))
        if long <= limit * short:
            return
    raise AssertionError(f"{factor} times the size cost {long / short:.1f} times the time")


def _alone(cost: Callable[[int], float], size: int) -> float:
    """The cost without that of looking for garbage, also among what other tests left behind."""
    gc.disable()
    try:
        return cost(size)
    finally:
        gc.enable()
