"""Runs a stack without services in the foreground: `run_stack.py FOLDER`."""

import io
import sys
from pathlib import Path

from dramatis.stack import LocalStack, StackOptions


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    assert isinstance(sys.stdout, io.TextIOWrapper)
    sys.stdout.reconfigure(line_buffering=True)
    LocalStack(Path(sys.argv[1]), StackOptions(services=()), report=say).run()
