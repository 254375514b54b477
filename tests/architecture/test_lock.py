"""The lock check notices a lock that is not what the members ask for."""

from collections.abc import Callable, Mapping

import pytest
from tools import lock
from tools.tree import Tree

HASH = f"--hash=sha256:{'0' * 64}"
GOOD = {
    "pyproject.toml": """
[project]
name = "dramatis-workspace"
dependencies = ["dramatis-assets"]

[dependency-groups]
dev = ["pytest>=9.2"]

[tool.uv.workspace]
members = ["services/*"]
""",
    "services/assets/pyproject.toml": """
[project]
name = "dramatis-assets"
dependencies = ["Pillow>=13,<14"]
""",
    lock.LOCK: f"pillow==13.0.0 ; sys_platform != 'win32' \\\n    {HASH}\npytest==9.2.0 \\\n    {HASH}\n",
}
BROKEN = {
    "a requirement that was added": ("services/assets/pyproject.toml", '"Pillow>=13', '"asyncpg", "Pillow>=13'),
    "a requirement that was raised": ("services/assets/pyproject.toml", "Pillow>=13,<14", "Pillow>=14"),
    "a tool that was added": ("pyproject.toml", '"pytest>=9.2"', '"pytest>=9.2", "ruff"'),
    "a package without a hash": (lock.LOCK, f"pytest==9.2.0 \\\n    {HASH}", "pytest==9.2.0"),
    "a registry": (lock.LOCK, "pillow==", "--index-url https://registry.example/simple\npillow=="),
    "a package from a folder": (lock.LOCK, "pillow==", "-e ./services/assets\npillow=="),
}


def test_a_current_lock_passes(plant: Callable[[Mapping[str, str]], Tree]) -> None:
    assert lock.findings(plant(GOOD).root) == []


@pytest.mark.parametrize(("path", "old", "new"), BROKEN.values(), ids=BROKEN)
def test_a_stale_or_stray_lock_is_found(
    plant: Callable[[Mapping[str, str]], Tree], path: str, old: str, new: str
) -> None:
    assert old in GOOD[path]
    tree = plant({**GOOD, path: GOOD[path].replace(old, new)})

    assert len(lock.findings(tree.root)) == 1


def test_a_second_lock_is_found(plant: Callable[[Mapping[str, str]], Tree]) -> None:
    assert [finding.path for finding in lock.findings(plant({**GOOD, "uv.lock": ""}).root)] == ["uv.lock"]


def test_every_member_is_seen(repository: Tree) -> None:
    assert len(lock.members(repository.root)) == 8
