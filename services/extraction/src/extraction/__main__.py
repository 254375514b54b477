"""`python -m extraction api|worker|relay|all`."""

from chassis.service import run
from extraction.bootstrap import build

if __name__ == "__main__":
    run(build)
