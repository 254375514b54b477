import pytest
from pydantic import ValidationError

from localizer.settings import Settings

REQUIRED = {"database_url": "postgresql://localhost/localizer", "nats_url": "nats://localhost"}


def test_the_defaults_suffice() -> None:
    settings = Settings.model_validate(REQUIRED)
    assert (settings.copy_concurrency, settings.url_seconds) == (8, 900)
    assert settings.max_image_pixels < 89_478_485, "Pillow itself warns beyond this"


@pytest.mark.parametrize(("name", "value"), [("copy_concurrency", 0), ("url_seconds", 604_801), ("max_image_bytes", 0)])
def test_a_limit_that_makes_no_sense_is_refused(name: str, value: int) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate({**REQUIRED, name: value})
