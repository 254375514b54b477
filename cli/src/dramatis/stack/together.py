"""Blocking jobs side by side."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed


def together(jobs: Iterable[Callable[[], object]], on_failure: Callable[[], object] | None = None) -> None:
    """Run all jobs at once and wait for them; the first failure is raised.

    `on_failure` is called before the rest is awaited, also when a signal interrupts the wait: it makes them end.
    """
    waiting = list(jobs)
    if not waiting:
        return
    with ThreadPoolExecutor(max_workers=len(waiting)) as pool:
        futures = [pool.submit(job) for job in waiting]
        try:
            for future in as_completed(futures):
                future.result()
        except BaseException:
            if on_failure is not None:
                on_failure()
            raise
