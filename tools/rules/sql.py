"""SQL stands in the store, is constant, and never ends a transaction."""

import ast
import re
from collections.abc import Iterator

from tools.syntax import Def, called, literals
from tools.tree import Finding, NodeT, Source, Tree

RULES = frozenset({"sql-place", "sql-dynamic", "transaction"})

STATEMENT = re.compile(
    r"\s*(?:--[^\n]*\n\s*)*(?:SELECT\s[\s\S]*\bFROM\b|SELECT\s+[a-z_]+\(|INSERT\s+INTO\s|UPDATE\s[\s\S]*\bSET\s"
    r"|DELETE\s+FROM\s|WITH\s[\s\S]*\bAS\b|(?:CREATE|ALTER|DROP)\s+[A-Z]+\s|TRUNCATE\s|COPY\s+[a-z_]+\s|SET\s+LOCAL\s"
    r"|LISTEN\s+[a-z_]|NOTIFY\s+[a-z_])"
)
QUERIES = frozenset({"fetch", "fetchrow", "fetchval", "execute", "executemany", "prepare", "cursor"})
ONLY_SQL = frozenset({"fetchrow", "fetchval", "executemany"})
HOLDERS = ("chassis/", "cli/src/dramatis/servers", "cli/src/dramatis/testing")
COMPOSERS = frozenset({"format", "format_map", "join", "replace", "substitute"})
ENDINGS = frozenset({"commit", "rollback", "transaction"})


def check(tree: Tree) -> Iterator[Finding]:
    """SQL out of place, SQL put together at run time, transactions outside the chassis."""
    for source in tree.python:
        if source.is_src:
            yield from _dynamic(source)
        if source.is_src and not _may_hold_sql(source):
            yield from _misplaced(source)
        if source.service:
            yield from _transactions(source)


def is_store(source: Source) -> bool:
    """Whether the file is where a service keeps its SQL."""
    return source.room.startswith("adapters/store")


def _may_hold_sql(source: Source) -> bool:
    """Stores do; so does the chassis, and what makes and fills the databases of the local stack."""
    is_cli_store = source.path.startswith("cli/") and source.name.startswith("store")
    return is_store(source) or is_cli_store or source.path.startswith(HOLDERS)


def _misplaced(source: Source) -> Iterator[Finding]:
    for literal in literals(source):
        if STATEMENT.match(literal.text):
            yield Finding(source.path, literal.line, "sql-place", "SQL belongs in adapters/store.py")
    for call in source.all(ast.Call):
        if isinstance(call.func, ast.Attribute) and called(call) in ONLY_SQL:
            yield Finding(source.path, call.lineno, "sql-place", f"only a store calls {called(call)}")


def _transactions(source: Source) -> Iterator[Finding]:
    if source.is_test:
        return
    for call in source.all(ast.Call):
        if isinstance(call.func, ast.Attribute) and called(call) in ENDINGS:
            yield Finding(source.path, call.lineno, "transaction", "the chassis opens and ends transactions")


def _dynamic(source: Source) -> Iterator[Finding]:
    """Queries whose text is put together: in a store anything but a constant, elsewhere what visibly is."""
    outer = _bindings(source.tree)
    scopes: list[Def | ast.Module] = [source.tree, *source.all(ast.FunctionDef), *source.all(ast.AsyncFunctionDef)]
    for scope in scopes:
        bound = outer | _bindings(scope)
        for call in _own(scope, ast.Call):
            if not isinstance(call.func, ast.Attribute) or called(call) not in QUERIES or not call.args:
                continue
            text = call.args[0]
            values = bound.get(text.id, [text]) if isinstance(text, ast.Name) else [text]
            if any(map(_is_composed, values)) or (is_store(source) and not all(map(_is_text, values))):
                yield Finding(source.path, call.lineno, "sql-dynamic", f"{called(call)} takes one constant statement")


def _own(scope: Def | ast.Module, kind: type[NodeT]) -> Iterator[NodeT]:
    """Nodes of one type in a scope, functions inside it left out."""
    waiting: list[ast.AST] = list(scope.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, kind):
            yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            waiting.extend(ast.iter_child_nodes(node))


def _bindings(scope: Def | ast.Module) -> dict[str, list[ast.expr]]:
    """Everything a name is bound to in a scope; what is added to a text counts as a piece of it."""
    bound: dict[str, list[ast.expr]] = {}
    for assign in _own(scope, ast.Assign):
        for target in assign.targets:
            if isinstance(target, ast.Name):
                bound.setdefault(target.id, []).append(assign.value)
    for annotated in _own(scope, ast.AnnAssign):
        if isinstance(annotated.target, ast.Name) and annotated.value:
            bound.setdefault(annotated.target.id, []).append(annotated.value)
    for added in _own(scope, ast.AugAssign):
        if isinstance(added.target, ast.Name):
            bound.setdefault(added.target.id, []).append(ast.BinOp(added.target, added.op, added.value))
    return bound


def _is_composed(text: ast.expr) -> bool:
    return isinstance(text, ast.JoinedStr | ast.BinOp) or (isinstance(text, ast.Call) and called(text) in COMPOSERS)


def _is_text(text: ast.expr) -> bool:
    return isinstance(text, ast.Constant) and isinstance(text.value, str)
