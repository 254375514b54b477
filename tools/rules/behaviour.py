"""When things happen: no clock of one's own, no settings at import, no sleeping test, no async without a wait."""

import ast
from collections.abc import Iterator

from tools.syntax import Def, Function, docstring_of, dotted, functions, own_nodes
from tools.tree import Finding, Source, Tree

RULES = frozenset({"clock", "settings-at-import", "sleeping-test", "async-without-await"})

CLOCKS = frozenset({"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns"})
ENVIRONMENT = frozenset({"os.environ", "os.getenv", "environ", "getenv"})
SLEEPS = frozenset({"time.sleep", "asyncio.sleep", "anyio.sleep", "sleep"})
WAITS = (ast.Await, ast.AsyncFor, ast.AsyncWith, ast.Yield, ast.YieldFrom)


def check(tree: Tree) -> Iterator[Finding]:
    """Time and order taken from the wrong place."""
    promised = {name for source in tree.python for name in (*_promised(source), *_dependencies(source))}
    for source in tree.python:
        if source.service and source.is_src:
            yield from _clocks(source)
        if source.is_src:
            yield from _settings_at_import(source)
            yield from _never_waiting(source, promised)
        if source.is_test:
            yield from _sleeps(source)


def _clocks(source: Source) -> Iterator[Finding]:
    for attribute in source.all(ast.Attribute):
        name = dotted(attribute)
        if any(name == clock or name.endswith(f".{clock}") for clock in CLOCKS):
            yield Finding(source.path, attribute.lineno, "clock", f"{name}: the time comes from the work: work.now")


def _settings_at_import(source: Source) -> Iterator[Finding]:
    for node in _at_import(source.tree):
        name = dotted(node.func) if isinstance(node, ast.Call) else ""
        if name.endswith("Settings") or (isinstance(node, ast.Attribute | ast.Name) and dotted(node) in ENVIRONMENT):
            yield Finding(source.path, node.lineno, "settings-at-import", "read settings in bootstrap, when asked to")


def _at_import(module: ast.Module) -> Iterator[ast.expr]:
    """Expressions that run when the module is imported: defaults and decorators do, bodies and annotations do not."""
    waiting: list[ast.AST] = list(module.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.expr):
            yield node
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            waiting += [*node.decorator_list, *node.args.defaults, *(d for d in node.args.kw_defaults if d)]
        elif not isinstance(node, ast.Lambda | ast.Import | ast.ImportFrom):
            waiting.extend(ast.iter_child_nodes(node))


def _sleeps(source: Source) -> Iterator[Finding]:
    for call in source.all(ast.Call):
        name = dotted(call.func)
        yields_once = name != "time.sleep" and len(call.args) == 1 and _is_zero(call.args[0])
        if name in SLEEPS and not yields_once:
            yield Finding(source.path, call.lineno, "sleeping-test", f"{name}: wait for the condition instead")


def _is_zero(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value == 0


def _promised(source: Source) -> Iterator[str]:
    """Names of the async methods that a Protocol or an abstract class asks for."""
    for class_ in source.all(ast.ClassDef):
        bases = {dotted(base.value if isinstance(base, ast.Subscript) else base) for base in class_.bases}
        if bases & {"Protocol", "ABC", "typing.Protocol", "abc.ABC"}:
            yield from (node.name for node in class_.body if isinstance(node, ast.AsyncFunctionDef))


def _dependencies(source: Source) -> Iterator[str]:
    """Names of functions that FastAPI calls: plain ones it would send to a thread."""
    for call in source.all(ast.Call):
        if dotted(call.func) in {"Depends", "fastapi.Depends"}:
            yield from (dotted(argument).rpartition(".")[2] for argument in call.args)


def _never_waiting(source: Source, promised: set[str]) -> Iterator[Finding]:
    promised = promised | _handed_over(source)
    for function in functions(source):
        if isinstance(function.node, ast.AsyncFunctionDef) and not _has_reason(function, promised):
            message = f"{function.name} waits for nothing; make it a plain function"
            yield Finding(source.path, function.node.lineno, "async-without-await", message)


def _handed_over(source: Source) -> set[str]:
    """Names given to somebody else, who decides how to call them."""
    called_here = {id(call.func) for call in source.all(ast.Call)}
    names = {node.id for node in source.all(ast.Name) if id(node) not in called_here}
    return names | {node.attr for node in source.all(ast.Attribute) if id(node) not in called_here}


def _has_reason(function: Function, promised: set[str]) -> bool:
    """It waits, or something else decided that it is async: a promise, a base class, a framework."""
    owner = function.owner
    return (
        any(isinstance(node, WAITS) for node in own_nodes(function.node))
        or any(isinstance(node, ast.comprehension) and node.is_async for node in own_nodes(function.node))
        or bool(function.node.decorator_list)
        or _is_empty(function.node)
        or function.node.name in promised
        or (owner is not None and (bool(owner.bases) or function.node.name.startswith("__")))
    )


def _is_empty(node: Def) -> bool:
    body = [statement for statement in node.body if statement is not docstring_of(node)]
    return all(isinstance(statement, ast.Pass | ast.Raise) or _is_ellipsis(statement) for statement in body)


def _is_ellipsis(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant) and statement.value.value is ...
    )
