"""An empty migration under a name that sorts last: python -m tools.new_migration <service> <snake_case_name>."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from tools.migrations import NAME

TEMPLATE = """-- migrate:up


-- migrate:down
"""


def create(root: Path, service: str, name: str, now: datetime) -> Path:
    """Write the file and return where; raises ValueError for a service or a name that cannot be."""
    folder = root / "services" / service / "migrations"
    if not service or not folder.is_dir():
        raise ValueError(f"no service {service!r}; say svc=assets, for example")
    path = folder / f"{now:%Y%m%d%H%M%S}_{name}.sql"
    if NAME.fullmatch(path.name) is None:
        raise ValueError(f"{name!r} is no snake_case name; say name=add_look, for example")
    path.write_text(TEMPLATE)
    return path


def main() -> int:
    """Create one in the repository this file stands in."""
    root = Path(__file__).parent.parent
    service, name = sys.argv[1:]
    try:
        path = create(root, service, name, datetime.now(UTC))
    except ValueError as problem:
        print(f"make migration: {problem}")
        return 2
    print(path.relative_to(root))
    return 0


if __name__ == "__main__":
    sys.exit(main())
