"""Every error has a stable code of its own, a kind and a sentence: python -m tools.errors.

The classes are imported and looked at, so what holds at run time is what is checked.
"""

import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Iterable, Iterator
from types import ModuleType

from chassis.errors import KINDS
from contracts.consumers import SERVICES
from tools.tree import Finding

FEWEST_ERRORS = 40
CODE = re.compile(r"[a-z]+(?:-[a-z0-9]+)*")


def error_classes(modules: Iterable[ModuleType]) -> list[type[Exception]]:
    """Exception classes defined in these modules that are meant to be raised: private ones and bases are not."""
    found = [
        value
        for module in modules
        for value in vars(module).values()
        if inspect.isclass(value) and issubclass(value, Exception) and value.__module__ == module.__name__
    ]
    bases = {base for error in found for base in error.__mro__[1:]}
    return [error for error in found if error not in bases and not error.__name__.startswith("_")]


def chassis_and_domains() -> Iterator[ModuleType]:
    """Modules all of whose errors reach a client or a dead letter."""
    yield from _package("chassis")
    for service in SERVICES:
        yield importlib.import_module(f"{service}.domain.errors")


def repository_errors() -> list[type[Exception]]:
    """Every error that has to have a code, and those of contracts that have one."""
    ours = error_classes(chassis_and_domains())
    return ours + [error for error in error_classes(_package("contracts")) if hasattr(error, "code")]


def _package(name: str) -> Iterator[ModuleType]:
    root = importlib.import_module(name)
    yield root
    for info in pkgutil.walk_packages(root.__path__, f"{name}."):
        if not info.name.endswith(".__main__"):
            yield importlib.import_module(info.name)


def findings(errors: Iterable[type[Exception]]) -> list[Finding]:
    """Errors without a code, a kind or a docstring, and codes used twice."""
    owners: dict[str, type[Exception]] = {}
    found: list[Finding] = []
    for error in errors:
        found += _about(error)
        code = getattr(error, "code", None)
        if isinstance(code, str) and owners.setdefault(code, error) is not error:
            found.append(_finding(error, f"{code!r} is also the code of {_name(owners[code])}"))
    return sorted(found)


def _about(error: type[Exception]) -> Iterator[Finding]:
    code, kind = getattr(error, "code", None), getattr(error, "kind", None)
    if not isinstance(code, str) or CODE.fullmatch(code) is None:
        yield _finding(error, "needs a class attribute code, words-joined-by-hyphens")
    if kind not in KINDS:
        yield _finding(error, f"needs a class attribute kind, one of {', '.join(KINDS)}")
    if not (vars(error).get("__doc__") or "").strip():
        yield _finding(error, "needs a docstring; its first line is the title of the problem")


def _name(error: type[Exception]) -> str:
    return f"{error.__module__}.{error.__name__}"


def _finding(error: type[Exception], message: str) -> Finding:
    return Finding(error.__module__, 1, "error-class", f"{error.__name__} {message}")


def main() -> int:
    """Check the installed packages of this repository."""
    errors = repository_errors()
    found = findings(errors)
    for finding in found:
        print(finding)
    if len(errors) < FEWEST_ERRORS:
        print(f"errors: sees only {len(errors)} classes; something has moved away from it")
        return 1
    print(f"errors: {len(errors)} classes, {len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
