"""Our own rules about the tree: python -m tools.tidy. Exits with 1 and one line per finding when one is broken."""

import sys
from pathlib import Path

from tools import ratchet
from tools.allow import excuse
from tools.rules import behaviour, layout, purity, size, sql, subjects, words
from tools.tree import Finding, Tree

CHECKERS = (size, layout, words, subjects, sql, behaviour, purity)
RULES = frozenset().union(*(checker.RULES for checker in CHECKERS))
FEWEST_SOURCES = 100


def findings(tree: Tree) -> list[Finding]:
    """Every broken rule that neither an exception nor the ratchet covers."""
    found = [finding for checker in CHECKERS for finding in checker.check(tree)]
    excusable = [source for source in tree.sources if not source.path.endswith(".sql")]
    return sorted(ratchet.hold(excuse(excusable, found, RULES), ratchet.read(tree.root)))


def main() -> int:
    """Check the repository this file stands in."""
    tree = Tree(Path(__file__).parent.parent)
    found = findings(tree)
    for finding in found:
        print(finding)
    if len(tree.python) < FEWEST_SOURCES:
        print(f"tidy: sees only {len(tree.python)} Python files; something has moved away from it")
        return 1
    print(f"tidy: {len(tree.python)} Python files, {len(RULES)} rules, {len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
