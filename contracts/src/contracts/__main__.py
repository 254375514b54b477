"""`python -m contracts schemas [--check]`."""

import sys

from contracts.generate.command import main

if __name__ == "__main__":
    sys.exit(main())
