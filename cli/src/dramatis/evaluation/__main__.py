"""`python -m dramatis.evaluation FOLDER TRUTH`: how well `dramatis read` reads the scripts of a folder."""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dramatis.commands.output import fail, say
from dramatis.evaluation.report import Scored, report
from dramatis.evaluation.scoring import score
from dramatis.evaluation.truth import ScriptMissing, Truth, TruthInvalid, load_truth


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the report; 1 when something is missing or could not be read, which then counts as nothing found."""
    parser = argparse.ArgumentParser(prog="python -m dramatis.evaluation", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the scripts are")
    parser.add_argument("truth", type=Path, help="JSON file that tells what is in them")
    parser.add_argument("--engine", choices=("builtin", "llm"), default="builtin", help="who reads")
    parser.add_argument("--details", action="store_true", help="name what was missed, wrong and told twice")
    given = parser.parse_args(arguments)
    try:
        truths = load_truth(given.truth, given.folder)
    except (TruthInvalid, ScriptMissing) as reason:
        fail(str(reason))
        return 1
    except OSError as error:
        fail(f"{given.truth}: {error.strerror or error}")
        return 1
    readings = [read(truth.path, given.engine) for truth in truths]
    scripts = [_scored(truth, found) for truth, (found, _) in zip(truths, readings, strict=True)]
    for line in report(scripts, details=given.details):
        say(line)
    return max(code for _, code in readings)


def read(path: Path, engine: str) -> tuple[dict[str, Any], int]:
    """What `dramatis read --json` says of a script, and its exit code; its failures go to standard error.

    Each is read by itself: two files of a folder may have the same stem, by which a reading of both would name them.
    """
    command = [sys.executable, "-m", "dramatis", "read", "--json", "--engine", engine, str(path)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)  # noqa: S603 - our own program
    return (json.loads(done.stdout).get(path.stem, {}) if done.stdout else {}), done.returncode


def _scored(truth: Truth, found: dict[str, Any]) -> Scored:
    scores = {kind: score(found.get(kind) or (), entries, kind) for kind, entries in truth.lists.items()}
    return Scored(truth.name, truth.kind, scores)


if __name__ == "__main__":
    sys.exit(main())
