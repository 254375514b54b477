"""`python -m imagegen api|worker|relay|all`."""

from chassis.service import run
from imagegen.bootstrap import build

if __name__ == "__main__":
    run(build)
