"""`python -m localizer api|worker|relay|all`."""

import gc

gc.disable()  # what imports make stays: looking for garbage in it is a fifth of the start; `run` goes on with it

from chassis.service import run  # noqa: E402 - as above
from localizer.bootstrap import build  # noqa: E402 - as above

if __name__ == "__main__":
    run(build)
