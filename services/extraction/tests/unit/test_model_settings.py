"""Which model is configured, and what its calls cost."""

from typing import Any

import pytest
from pydantic import ValidationError

from extraction.adapters.language_model import connect
from extraction.adapters.model_settings import LanguageModelSettings
from extraction.domain.price_cap import PriceUnknown

GPT: dict[str, Any] = {"llm_provider": "openai", "llm_model": "gpt-4o-mini", "llm_api_key": "k"}
LOCAL: dict[str, Any] = {"llm_provider": "openai", "llm_model": "qwen3:8b", "llm_base_url": "http://127.0.0.1:11434/v1"}


def test_without_a_provider_there_is_no_model() -> None:
    assert connect(LanguageModelSettings()) is None


def test_a_run_records_provider_and_model() -> None:
    model = connect(LanguageModelSettings(**LOCAL))

    assert model is not None
    assert (model.provider, model.model) == ("openai", "qwen3:8b")


@pytest.mark.parametrize(
    ("settings", "missing"),
    [
        ({"llm_provider": "openai", "llm_api_key": "swordfish"}, "DRAMATIS_LLM_MODEL"),
        ({"llm_provider": "google", "llm_model": "m"}, "DRAMATIS_LLM_API_KEY"),
        ({**LOCAL, "llm_price_input": 1.0}, "DRAMATIS_LLM_PRICE_OUTPUT"),
    ],
)
def test_half_a_configuration_is_refused_at_the_start(settings: dict[str, Any], missing: str) -> None:
    with pytest.raises(ValidationError, match=missing) as complaint:
        LanguageModelSettings(**settings)
    assert "swordfish" not in str(complaint.value)


def test_an_unknown_provider_is_refused_at_the_start() -> None:
    with pytest.raises(ValidationError, match="llm_provider"):
        LanguageModelSettings.model_validate({"llm_provider": "acme"})


def test_the_key_is_never_shown() -> None:
    assert "topsecret" not in repr(LanguageModelSettings(**{**GPT, "llm_api_key": "topsecret"}))


@pytest.mark.parametrize(
    "address",
    ["foo", "ollama:11434", "/v1", "http://", "ftp://host/v1", "http://host:port/v1", "http://[::1/v1", "   "],
)
def test_a_base_url_that_cannot_be_called_is_refused_at_the_start(address: str) -> None:
    with pytest.raises(ValidationError, match="http://host:port/path"):
        LanguageModelSettings(**{**LOCAL, "llm_base_url": address})


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("", ""),
        ("http://127.0.0.1:11434/v1/", "http://127.0.0.1:11434/v1"),
        ("HTTPS://me:topsecret@LLM.Example:443/v1", "https://llm.example/v1"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_an_address_is_always_written_alike_and_without_a_password(address: str, server: str) -> None:
    settings = {**LOCAL, "llm_base_url": address, "llm_api_key": "k"}
    model = connect(LanguageModelSettings(**settings))

    assert model is not None
    assert model.server == server


@pytest.mark.parametrize(
    ("provider", "model"),
    [("openai", "gpt-4o-mini"), ("google", "gemini-2.5-flash"), ("anthropic", "claude-haiku-4-5")],
)
def test_public_prices_are_known(provider: str, model: str) -> None:
    settings = LanguageModelSettings.model_validate({**GPT, "llm_provider": provider, "llm_model": model})
    priced = connect(settings)

    assert priced is not None
    assert 0 < priced.price_of(1000, 0) < priced.price_of(1000, 1000) < 100_000


def test_a_model_without_a_public_price_costs_nothing_until_it_is_given_one() -> None:
    free, priced = (
        LanguageModelSettings(**LOCAL),
        LanguageModelSettings(**LOCAL, llm_price_input=0.5, llm_price_output=2),
    )

    models = connect(free), connect(priced)

    assert [model.price_of(1_000_000, 500_000) for model in models if model] == [0, 1_500_000]


def test_own_prices_go_before_public_ones() -> None:
    model = connect(LanguageModelSettings(**GPT, llm_price_input=100, llm_price_output=0))

    assert model is not None
    assert model.price_of(10, 10) == 1000


def test_a_part_of_a_micro_dollar_counts_as_one() -> None:
    model = connect(LanguageModelSettings(**LOCAL, llm_price_input=0.1, llm_price_output=0.1))

    assert model is not None
    assert model.price_of(1, 0) == 1


def test_a_cap_on_the_price_of_a_model_without_a_price_is_refused() -> None:
    with pytest.raises(PriceUnknown, match="DRAMATIS_RUN_PRICE_CAP_USD cannot hold: set DRAMATIS_LLM_PRICE_INPUT"):
        connect(LanguageModelSettings(**LOCAL, run_price_cap_usd=5))


@pytest.mark.parametrize("amount", [-1, float("nan"), float("inf"), 1e300])
@pytest.mark.parametrize("name", ["run_price_cap_usd", "llm_price_input", "llm_price_output"])
def test_an_amount_that_no_account_can_hold_is_refused(name: str, amount: float) -> None:
    settings = {**LOCAL, "llm_price_input": 1.0, "llm_price_output": 1.0, name: amount}
    with pytest.raises(ValidationError, match=f"{name}.*\n.*(greater|less) than or equal to (0|1000000)"):
        LanguageModelSettings.model_validate(settings)


def test_a_cap_on_a_model_that_is_said_to_cost_nothing_is_fine() -> None:
    assert connect(LanguageModelSettings(**LOCAL, run_price_cap_usd=5, llm_price_input=0, llm_price_output=0))
