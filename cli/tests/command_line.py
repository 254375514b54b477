"""Command lines, run in this process where that will do, and as a process of their own where it will not."""

import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import pytest

from dramatis.app import main
from dramatis.stack import StackState, read_state

DRAMATIS = Path(sys.executable).with_name("dramatis")
PATIENCE_S = 120.0


class Said(NamedTuple):
    """What a command line came to."""

    code: int
    out: str
    err: str

    @property
    def line(self) -> str:
        """The one line that it failed with."""
        assert self.err.startswith("dramatis: "), self.err
        assert self.err.count("\n") == 1, self.err
        return self.err.removeprefix("dramatis: ").rstrip()

    @property
    def json(self) -> Any:
        """All of standard output as one document."""
        assert self.code == 0, self.err
        return json.loads(self.out)

    @property
    def jsons(self) -> list[Any]:
        """Each line of standard output as a document."""
        assert self.code == 0, self.err
        return [json.loads(line) for line in self.out.splitlines()]


class Terminal:
    """Runs command lines on the stack of one folder, or on none."""

    def __init__(self, folder: Path | None = None, **environment: str) -> None:
        self._folder = folder
        place = {} if folder is None else {"DRAMATIS_DATA_DIR": str(folder)}
        others = {name: value for name, value in os.environ.items() if not name.startswith("DRAMATIS_")}
        path = f"{DRAMATIS.parent}{os.pathsep}{os.environ['PATH']}"
        self.environment = {**others, "PATH": path, **place, **environment}

    def __call__(self, *arguments: object) -> Said:
        """In this process, whose imports are paid for; not for `run` and `demo`, whose tracing is the process'."""
        out, err = StringIO(), StringIO()
        with (
            patch.object(sys, "argv", ["dramatis", *map(str, arguments)]),
            patch.dict(os.environ, self.environment, clear=True),
            redirect_stdout(out),
            redirect_stderr(err),
            pytest.raises(SystemExit) as ended,
        ):
            main()
        assert isinstance(ended.value.code, int)
        return Said(ended.value.code, out.getvalue(), err.getvalue())

    def run(self, *arguments: object) -> Said:
        """As a process of its own."""
        with self.start(*arguments) as running:
            out, err = running.communicate(timeout=PATIENCE_S)
        return Said(running.returncode, out, err)

    def start(self, *arguments: object) -> "subprocess.Popen[str]":
        """As a process of its own, while it runs."""
        command = [str(DRAMATIS), *map(str, arguments)]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=self.environment)

    @property
    def folder(self) -> Path:
        """Of the stack."""
        assert self._folder is not None
        return self._folder

    @property
    def state(self) -> StackState:
        """Of the stack."""
        state = read_state(self.folder)
        assert state is not None
        return state
