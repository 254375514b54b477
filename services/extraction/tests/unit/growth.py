"""How much longer work takes when there is twice as much of it."""

import gc
import time
from collections.abc import Callable
from math import inf

REPEATS = 4
BEYOND_DOUBT = 2.4


def growth(make: Callable[[int], Callable[[], object]], size: int) -> float:
    """Best time for twice the size relative to the best time for the size, over interleaved repeats.

    Two repeats are enough when they are far from the square's four; a noisy machine is asked again.
    """
    small, large = make(size), make(size * 2)
    seconds(small)
    best, best_of_twice = inf, inf
    for repeat in range(REPEATS):
        best, best_of_twice = min(best, seconds(small)), min(best_of_twice, seconds(large))
        if repeat and best_of_twice <= BEYOND_DOUBT * best:
            break
    return best_of_twice / best


def seconds(work: Callable[[], object]) -> float:
    """CPU time, without the garbage collector's pauses."""
    gc.disable()
    try:
        started = time.process_time()
        work()
        return time.process_time() - started
    finally:
        gc.enable()
