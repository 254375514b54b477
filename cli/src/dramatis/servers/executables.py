"""The programs that come inside wheels, beside the Python interpreter."""

import shutil
import sysconfig


class ProgramMissing(Exception):
    """A program that a wheel should have installed is not there."""


def program(name: str) -> str:
    """The full path of a wheel's program."""
    found = shutil.which(name, path=sysconfig.get_path("scripts")) or shutil.which(name)
    if found is None:
        raise ProgramMissing(f"the program {name!r} is not installed beside {sysconfig.get_path('scripts')}")
    return found
