"""What Dramatis costs: every figure a ratio to a limit measured in the same run."""

import sys
from pathlib import Path

# The made-up service of the chassis' tests is what most parts measure with.
sys.path.append(str(Path(__file__).parent.parent / "chassis" / "tests"))
