import pytest

from imagegen.domain.health import Experience, Health


@pytest.mark.parametrize(
    ("tries", "failed", "health"),
    [(0, 0, Health.UNKNOWN), (1, 0, Health.OK), (20, 19, Health.OK), (3, 3, Health.FAILING), (1, 1, Health.FAILING)],
)
def test_a_provider_fails_when_all_its_recent_tries_failed(tries: int, failed: int, health: Health) -> None:
    assert Experience("vendor", tries, failed).health == health
