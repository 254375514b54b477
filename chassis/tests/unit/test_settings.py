import pytest
from pydantic import ValidationError

from chassis.settings import ServiceSettings


def test_a_complaint_about_a_setting_tells_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAMATIS_DATABASE_URL", "swordfish")
    monkeypatch.setenv("DRAMATIS_JWT_SECRET", "swordfish")
    monkeypatch.delenv("DRAMATIS_NATS_URL", raising=False)
    with pytest.raises(ValidationError) as complaint:
        ServiceSettings()
    assert "nats_url" in str(complaint.value)
    assert "swordfish" not in str(complaint.value)
