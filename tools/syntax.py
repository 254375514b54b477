"""Questions the rules ask of a syntax tree."""

import ast
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from tools.tree import Source

Def: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
Scope: TypeAlias = Def | ast.ClassDef | ast.Module


class Function(NamedTuple):
    """A function with its dotted name inside the file and the class that holds it, if one does."""

    name: str
    node: Def
    owner: ast.ClassDef | None


class Literal(NamedTuple):
    """A string in the code that is no docstring; the holes of an f-string read `{}`."""

    line: int
    text: str


def functions(source: Source) -> Iterator[Function]:
    """Every function and method, nested ones too."""
    yield from _functions(source.tree, "", None)


def _functions(scope: ast.AST, prefix: str, owner: ast.ClassDef | None) -> Iterator[Function]:
    for node in ast.iter_child_nodes(scope):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Function(prefix + node.name, node, owner)
            yield from _functions(node, f"{prefix}{node.name}.", None)
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node, f"{prefix}{node.name}.", node)
        elif isinstance(node, ast.stmt | ast.excepthandler | ast.match_case):
            yield from _functions(node, prefix, owner)


def docstring_of(scope: Scope) -> ast.Expr | None:
    """Statement that holds the docstring."""
    first = scope.body[0] if scope.body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        return first
    return None


def length(node: Def) -> int:
    """Lines from `def` to the end of the function, without its docstring."""
    docstring = docstring_of(node)
    return _span(node) - (_span(docstring) if docstring else 0)


def _span(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def literals(source: Source) -> Iterator[Literal]:
    """Every string of the code that is no docstring."""
    inside = {id(docstring.value) for scope in _scopes(source) if (docstring := docstring_of(scope))}
    for joined in source.all(ast.JoinedStr):
        inside.update(id(part) for part in joined.values)
        yield Literal(joined.lineno, "".join(_part(part) for part in joined.values))
    for constant in source.all(ast.Constant):
        if isinstance(constant.value, str) and id(constant) not in inside:
            yield Literal(constant.lineno, constant.value)


def _scopes(source: Source) -> Iterator[Scope]:
    yield source.tree
    yield from source.all(ast.FunctionDef)
    yield from source.all(ast.AsyncFunctionDef)
    yield from source.all(ast.ClassDef)


def _part(node: ast.expr) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else "{}"


def dotted(node: ast.expr | None) -> str:
    """`a.b.c` of a chain of names; empty for anything else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([node.id, *reversed(parts)])


def called(call: ast.Call) -> str:
    """Last name of what is called: `execute` of `work.connection().execute(...)`."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else dotted(call.func)


def decorators(node: Def) -> Iterator[str]:
    """Dotted names of the decorators, called or not."""
    for decorator in node.decorator_list:
        yield dotted(decorator.func if isinstance(decorator, ast.Call) else decorator)


def own_nodes(node: Def) -> Iterator[ast.AST]:
    """Every node of a function's body, without the bodies of functions and classes inside it."""
    waiting: list[ast.AST] = list(node.body)
    while waiting:
        current = waiting.pop()
        yield current
        if not isinstance(current, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            waiting.extend(ast.iter_child_nodes(current))


def imports(source: Source) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of everything imported, `a.b.c` for `from a.b import c`."""
    for node in source.all(ast.Import):
        yield from ((node.lineno, alias.name) for alias in node.names)
    for node_from in source.all(ast.ImportFrom):
        module = node_from.module or ""
        yield from ((node_from.lineno, f"{module}.{alias.name}") for alias in node_from.names)
