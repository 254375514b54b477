"""Runs make targets side by side, one line each with its seconds: python -m tools.check lint types ...

What a failed step printed follows at the end. Exits with 1 when a step failed.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import NamedTuple

AT_ONCE = 2


class Step(NamedTuple):
    """How one target went."""

    target: str
    passed: bool
    seconds: float
    output: str


def run(target: str, folder: Path) -> Step:
    """Make one target in a folder."""
    started = time.monotonic()
    # A make of its own: what was said to the outer one (its jobs, its flags) is not meant for it.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    command = ["make", "--no-print-directory", target]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return Step(target, done.returncode == 0, time.monotonic() - started, done.stdout + done.stderr)


def check(targets: Sequence[str], folder: Path) -> int:
    """Make every target, two at once; 0 when all passed."""
    started = time.monotonic()
    failed: list[Step] = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for future in as_completed([pool.submit(run, target, folder) for target in targets]):
            step = future.result()
            print(f"{'ok    ' if step.passed else 'FAILED'} {step.target:18}{step.seconds:6.1f} s", flush=True)
            if not step.passed:
                failed.append(step)
    for step in failed:
        print(f"\n--- make {step.target}\n{step.output.rstrip()}")
    total = time.monotonic() - started
    verdict = f"failed: {', '.join(step.target for step in failed)}" if failed else "all passed"
    print(f"{len(targets)} checks in {total:.1f} s, {verdict}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(check(sys.argv[1:], Path(__file__).parent.parent))
