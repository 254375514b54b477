import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dramatis.servers.ports import free_port
from dramatis.stack import LocalStack, ServiceSpec, StackOptions

PROGRAMS = Path(__file__).parents[1] / "programs"
MIGRATION = """-- migrate:up
CREATE TABLE thing (id int PRIMARY KEY);
GRANT SELECT, INSERT ON thing TO {service}_app;

-- migrate:down
"""

StubOptions = Callable[..., StackOptions]


@pytest.fixture(scope="session")
def stub_options(tmp_path_factory: pytest.TempPathFactory) -> StubOptions:
    """Options of a stack whose services are stubs with a database of one table."""

    def options(*services: str, port: int | None = None, split: bool = False, fails: str = "") -> StackOptions:
        specs = []
        for service in services:
            folder = tmp_path_factory.mktemp(f"{service}-migrations")
            (folder / "20260101000000_thing.sql").write_text(MIGRATION.format(service=service))
            specs.append(ServiceSpec(service, "stub_service", [folder]))
        environment = {"PYTHONPATH": str(PROGRAMS), "STUB_FAILS": fails}
        return StackOptions(port=port or free_port(), split=split, services=specs, environment=environment)

    return options


@pytest.fixture(scope="module")
def module_folder() -> Iterator[Path]:
    """A data folder that Postgres' user can reach; pytest's own are closed to others."""
    yield from _folder()


@pytest.fixture
def folder() -> Iterator[Path]:
    """The same for one test."""
    yield from _folder()


def _folder() -> Iterator[Path]:
    parent = Path(tempfile.mkdtemp(prefix="dramatis-stack-"))
    parent.chmod(0o711)
    yield parent / ".dramatis"
    shutil.rmtree(parent)


@pytest.fixture(scope="module")
def stack(module_folder: Path, stub_options: StubOptions) -> Iterator[LocalStack]:
    """A running stack that the tests of a module share."""
    with LocalStack(module_folder, stub_options("assets", "imagegen")) as running:
        yield running
