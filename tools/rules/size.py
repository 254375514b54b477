"""How long a file, a function, a handler may be."""

from collections.abc import Iterator

from tools.syntax import Function, decorators, functions, length
from tools.tree import Finding, Source, Tree

FILE_LINES = 300
TEST_FILE_LINES = 500
MAIN_LINES = 25
FUNCTION_LINES = 40
HANDLER_LINES = 12

RULES = frozenset({"file-lines", "function-lines", "handler-lines"})
ROUTE_METHODS = frozenset({"get", "post", "put", "patch", "delete"})


def check(tree: Tree) -> Iterator[Finding]:
    """Whatever is longer than good neighbours are."""
    for source in tree.python:
        yield from _file(source)
        for function in functions(source):
            yield from _function(source, function)


def is_handler(source: Source, function: Function) -> bool:
    """Whether the function consumes an event or answers a route."""
    return source.room.startswith("entrypoints/") and any(
        name == "consumes" or ("." in name and name.rpartition(".")[2] in ROUTE_METHODS)
        for name in decorators(function.node)
    )


def _file(source: Source) -> Iterator[Finding]:
    most = TEST_FILE_LINES if source.is_test else FILE_LINES
    if source.name == "__main__.py" and source.service:
        most = MAIN_LINES
    lines = len(source.lines)
    if lines > most:
        yield Finding(source.path, 1, "file-lines", f"{lines} lines, at most {most}", amount=lines)


def _function(source: Source, function: Function) -> Iterator[Finding]:
    rule, most = "function-lines", FUNCTION_LINES
    if is_handler(source, function):
        rule, most = "handler-lines", HANDLER_LINES
    lines = length(function.node)
    if lines > most:
        message = f"{function.name} has {lines} lines, at most {most}"
        yield Finding(source.path, function.node.lineno, rule, message, subject=function.name, amount=lines)
