"""`python -m localizer api|worker|relay|all`."""

from chassis.service import run
from localizer.bootstrap import build

if __name__ == "__main__":
    run(build)
