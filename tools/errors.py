"""Every error has a stable code, a kind and a sentence: python -m tools.errors.

The classes are imported and looked at, so what holds at run time is what is checked. A code means one thing: two services
may use it when kind and title agree; within one package it has one class.
"""

import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Iterable, Iterator
from types import ModuleType

from chassis.errors import KINDS, Problem, title_of
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


def repository_errors() -> list[type[Exception]]:
    """Every error that has to have a code: all of the services' domains, and elsewhere whatever is a problem.

    What has neither code nor kind is no problem by definition: a signal that its own package catches, or a bug.
    """
    domains = error_classes(importlib.import_module(f"{service}.domain.errors") for service in SERVICES)
    return domains + [error for package in ("chassis", "contracts") for error in problems(_package(package))]


def problems(modules: Iterable[ModuleType]) -> list[type[Exception]]:
    """Error classes of these modules that a client or a dead letter may be told of."""
    return [
        error
        for error in error_classes(modules)
        if issubclass(error, Problem) or hasattr(error, "code") or hasattr(error, "kind")
    ]


def _package(name: str) -> Iterator[ModuleType]:
    root = importlib.import_module(name)
    yield root
    for info in pkgutil.walk_packages(root.__path__, f"{name}."):
        if not info.name.endswith(".__main__"):
            yield importlib.import_module(info.name)


def findings(errors: Iterable[type[Exception]]) -> list[Finding]:
    """Errors without a code, a kind or a docstring, and codes that mean two things."""
    owners: dict[str, type[Exception]] = {}
    found: list[Finding] = []
    for error in errors:
        found += _about(error)
        code = getattr(error, "code", None)
        if isinstance(code, str):
            found += _against(owners.setdefault(code, error), error)
    return sorted(found)


def _against(owner: type[Exception], error: type[Exception]) -> Iterator[Finding]:
    """What is wrong with giving `error` the code that `owner` has."""
    if owner is error:
        return
    if _package_of(owner) == _package_of(error):
        yield _finding(error, f"has the code of {_name(owner)}")
    elif (_kind(owner), title_of(owner)) != (_kind(error), title_of(error)):
        yield _finding(error, f"has the code of {_name(owner)} and must have its kind and title, too")


def _about(error: type[Exception]) -> Iterator[Finding]:
    code = getattr(error, "code", None)
    if not isinstance(code, str) or CODE.fullmatch(code) is None:
        yield _finding(error, "needs a class attribute code, words-joined-by-hyphens")
    if _kind(error) not in KINDS:
        yield _finding(error, f"needs a class attribute kind, one of {', '.join(KINDS)}")
    if not (vars(error).get("__doc__") or "").strip():
        yield _finding(error, "needs a docstring; its first line is the title of the problem")


def _kind(error: type[Exception]) -> object:
    return getattr(error, "kind", None)


def _package_of(error: type[Exception]) -> str:
    return error.__module__.partition(".")[0]


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
