"""`python -m assets api|worker|relay|all`."""

from assets.bootstrap import build
from chassis.service import run

if __name__ == "__main__":
    run(build)
