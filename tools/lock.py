"""requirements.lock holds what the members ask for, and nothing about where it came from: python -m tools.lock.

Offline: nothing is resolved here. `make lock` resolves.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tools.tree import Finding

LOCK = "requirements.lock"
OWN = "dramatis-"
FEWEST_REQUIREMENTS = 30
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;]+)(?P<rest>(?:[^\n]*\\\n)*[^\n]*)", re.MULTILINE)


def members(root: Path) -> list[Path]:
    """Every pyproject.toml of the workspace, the root's first."""
    workspace = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["uv"]["workspace"]
    found = (path for pattern in workspace["members"] for path in root.glob(f"{pattern}/pyproject.toml"))
    return [root / "pyproject.toml", *sorted(found)]


def requirements(pyproject: Path) -> list[Requirement]:
    """What one pyproject.toml asks for from outside the workspace, its dependency groups included."""
    content = tomllib.loads(pyproject.read_text())
    asked = list(content["project"].get("dependencies", ()))
    for group in (content["project"].get("optional-dependencies", {}), content.get("dependency-groups", {})):
        asked += [line for lines in group.values() for line in lines]
    found = map(Requirement, asked)
    return [requirement for requirement in found if not requirement.name.startswith(OWN)]


def pins(lock: str) -> dict[str, list[Version]]:
    """Versions per distribution; there may be several, each for another platform."""
    found: dict[str, list[Version]] = {}
    for match in PIN.finditer(lock):
        found.setdefault(canonicalize_name(match["name"]), []).append(Version(match["version"]))
    return found


def findings(root: Path) -> list[Finding]:
    """What the lock lacks or should not hold."""
    return sorted([*_missing(root), *_stray(root)])


def _missing(root: Path) -> Iterator[Finding]:
    locked = pins((root / LOCK).read_text())
    for pyproject in members(root):
        path = pyproject.relative_to(root).as_posix()
        for requirement in requirements(pyproject):
            versions = locked.get(canonicalize_name(requirement.name), [])
            if not versions:
                yield Finding(path, 1, "lock", f"{requirement.name} is not in {LOCK}: run make lock")
            elif not all(version in requirement.specifier for version in versions):
                yield Finding(path, 1, "lock", f"{LOCK} has {versions[0]} for {requirement}: run make lock")


def _stray(root: Path) -> Iterator[Finding]:
    text = (root / LOCK).read_text()
    for match in PIN.finditer(text):
        if "--hash=sha256:" not in match["rest"]:
            line = text.count("\n", 0, match.start()) + 1
            yield Finding(LOCK, line, "lock", f"{match['name']} has no hash: run make lock")
    for number, line_text in enumerate(text.splitlines(), 1):
        if "://" in line_text or line_text.lstrip().startswith(("--index", "--extra-index", "--find-links", "-e ")):
            yield Finding(LOCK, number, "lock", "the lock says what, never from where")
    if (root / "uv.lock").exists():
        yield Finding("uv.lock", 1, "lock", f"{LOCK} is the one lock; uv.lock names the registry it was made from")


def main() -> int:
    """Check the repository this file stands in."""
    root = Path(__file__).parent.parent
    found = findings(root)
    for finding in found:
        print(finding)
    asked = sum(len(requirements(path)) for path in members(root))
    if asked < FEWEST_REQUIREMENTS:
        print(f"lock: sees only {asked} requirements; something has moved away from it")
        return 1
    print(f"lock: {asked} requirements, {len(pins((root / LOCK).read_text()))} packages, {len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
