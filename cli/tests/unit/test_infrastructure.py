import pytest

from dramatis.credentials import Credentials
from dramatis.testing.containers import Containers, ContainersUnavailable
from dramatis.testing.infrastructure import UnknownInfrastructure, chosen_infrastructure
from dramatis.testing.wheels import Wheels


def test_wheels_are_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DRAMATIS_INFRA", raising=False)
    assert isinstance(chosen_infrastructure(), Wheels)


def test_containers_can_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAMATIS_INFRA", "containers")
    assert isinstance(chosen_infrastructure(), Containers)


def test_another_choice_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAMATIS_INFRA", "cloud")
    with pytest.raises(UnknownInfrastructure, match="'wheels' or 'containers'"):
        chosen_infrastructure()


@pytest.mark.parametrize("server", ["postgres", "nats", "s3"])
def test_without_docker_the_error_says_what_to_do(monkeypatch: pytest.MonkeyPatch, server: str) -> None:
    monkeypatch.setenv("DOCKER_HOST", "tcp://127.0.0.1:1")
    with (
        pytest.raises(ContainersUnavailable, match="needs testcontainers and a running Docker engine; unset"),
        getattr(Containers(), server)(Credentials.random()),
    ):
        pytest.fail("there is no Docker at this address")
