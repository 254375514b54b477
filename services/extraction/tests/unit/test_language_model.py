"""The adapter against a server that speaks as each vendor does."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import pytest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from pydantic_ai.models import Model
from services.extraction.tests.unit.fake_vendor import CUT, REFUSED, SPEAK, Answer, FakeVendor, fake_vendor

from chassis import telemetry
from chassis.outcomes import blame, delay_of
from extraction.adapters import model_calls, model_vendors
from extraction.adapters.language_model import ConfiguredModel, connect
from extraction.adapters.model_settings import LanguageModelSettings
from extraction.app.language_model import LanguageModel
from extraction.domain import errors
from extraction.domain.llm.prompt import Prompt

PROMPT = Prompt("You break down scripts.", "<script>\n[Scene 1] INT. INN\n</script>")
ANSWER = '{"characters": [], "locations": [{"name": "INN"}], "props": []}'
VENDORS = list(SPEAK)
MODELS = {"openai": "gpt-4o-mini", "google": "gemini-2.5-flash", "anthropic": "claude-haiku-4-5"}
SYSTEM_ROLES = {"system", "developer"}


@pytest.fixture
async def vendor() -> AsyncIterator[FakeVendor]:
    async with fake_vendor() as running:
        yield running


@asynccontextmanager
async def model_of(vendor: FakeVendor, provider: str, **settings: Any) -> AsyncIterator[ConfiguredModel]:
    address = f"{vendor.url}/v1" if provider == "openai" else vendor.url
    chosen = {"llm_model": MODELS[provider], "llm_base_url": address, "llm_timeout_seconds": 20.0, **settings}
    model = connect(LanguageModelSettings(llm_provider=provider, llm_api_key="secret", **chosen))
    assert model is not None
    async with model:
        yield model


def fault(status: int, message: str = "it hurts", **headers: str) -> Answer:
    return status, {name.replace("_", "-"): value for name, value in headers.items()}, {"error": {"message": message}}


async def raised(
    model: LanguageModel, expected: type[errors.ExtractionError] = errors.ExtractionError
) -> errors.ExtractionError:
    with pytest.raises(expected) as caught:
        await model.ask(PROMPT)
    return caught.value


@pytest.mark.parametrize("provider", VENDORS)
async def test_a_reply_is_the_raw_text_with_its_tokens(vendor: FakeVendor, provider: str) -> None:
    vendor.say(SPEAK[provider](f"```json\n{ANSWER}\n```"))

    async with model_of(vendor, provider, llm_price_input=2.0, llm_price_output=10.0) as model:
        reply = await model.ask(PROMPT)

    assert reply.text == f"```json\n{ANSWER}\n```"
    assert (reply.input_tokens, reply.output_tokens, reply.finished) == (1000, 200, True)
    assert reply.cost_micro_usd == 4000
    assert reply.model in {"gpt-x-1", "gem-1", "claude-1"}


async def test_the_library_of_a_vendor_is_loaded_beside_the_loop(
    vendor: FakeVendor, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_in: list[threading.Thread] = []
    open_model = model_vendors.open_model

    def noted(settings: LanguageModelSettings, client: httpx2.AsyncClient) -> Model:
        opened_in.append(threading.current_thread())
        return open_model(settings, client)

    monkeypatch.setattr(model_calls, "open_model", noted)
    vendor.say(SPEAK["openai"](ANSWER))
    async with model_of(vendor, "openai") as model:
        await model.ask(PROMPT)
    assert opened_in
    assert threading.current_thread() not in opened_in


async def test_each_call_is_a_span_that_a_failure_marks(vendor: FakeVendor) -> None:
    provider, spans = telemetry.make_provider("tests", ""), InMemorySpanExporter()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    vendor.say(SPEAK["openai"](ANSWER), fault(500))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(telemetry, "_tracer", provider.get_tracer("tests"))
        async with model_of(vendor, "openai") as model:
            await model.ask(PROMPT)
            await raised(model, errors.ModelUnavailable)
    provider.shutdown()

    told = [(each.name, each.status.is_ok) for each in spans.get_finished_spans()]
    assert told == [("openai ask", True), ("openai ask", False)]
    assert (spans.get_finished_spans()[0].attributes or {})[telemetry.MODEL] == MODELS["openai"]


@pytest.mark.parametrize("provider", VENDORS)
async def test_the_whole_prompt_and_the_key_are_sent(vendor: FakeVendor, provider: str) -> None:
    vendor.say(SPEAK[provider](ANSWER))

    async with model_of(vendor, provider) as model:
        await model.ask(PROMPT)

    path, headers, body = vendor.calls[0]
    sent = str(body)
    assert PROMPT.system in sent
    assert "[Scene 1] INT. INN" in sent
    assert "secret" in " ".join([path, *headers.values()])
    assert MODELS[provider] in path + sent


@pytest.mark.parametrize("provider", VENDORS)
async def test_the_answer_is_asked_for_in_its_shape_and_bounded(vendor: FakeVendor, provider: str) -> None:
    vendor.say(SPEAK[provider](ANSWER))

    async with model_of(vendor, provider, llm_reply_tokens=777) as model:
        await model.ask(PROMPT)

    sent = str(vendor.calls[0][2])
    assert "characters" in sent.replace(PROMPT.text, "")
    assert "quote" in sent
    assert "777" in sent


@pytest.mark.parametrize("provider", VENDORS)
async def test_a_reply_cut_off_by_the_length_limit_is_not_finished(vendor: FakeVendor, provider: str) -> None:
    vendor.say(SPEAK[provider](ANSWER[:30], CUT[provider]))

    async with model_of(vendor, provider) as model:
        reply = await model.ask(PROMPT)

    assert (reply.text, reply.finished) == (ANSWER[:30], False)


@pytest.mark.parametrize("provider", VENDORS)
@pytest.mark.parametrize(("status", "expected"), [
    (429, errors.ModelBusy), (500, errors.ModelUnavailable), (502, errors.ModelUnavailable),
    (503, errors.ModelUnavailable), (504, errors.ModelUnavailable), (529, errors.ModelBusy),
    (408, errors.ModelUnavailable), (409, errors.ModelUnavailable),
    (400, errors.ModelRejected), (401, errors.ModelRejected), (402, errors.ModelRejected), (403, errors.ModelRejected),
    (404, errors.ModelRejected), (413, errors.ModelRejected), (422, errors.ModelRejected),
])  # fmt: skip
async def test_each_status_has_its_class_and_is_asked_for_once(
    vendor: FakeVendor, provider: str, status: int, expected: type[errors.ExtractionError]
) -> None:
    vendor.say(fault(status))

    async with model_of(vendor, provider) as model:
        error = await raised(model)

    assert type(error) is expected
    assert "it hurts" in str(error)
    assert len(vendor.calls) == (2 if status in {400, 422} else 1), "only a shape nobody knows is worth a second call"


async def test_an_empty_account_is_no_reason_to_wait(vendor: FakeVendor) -> None:
    vendor.say((429, {}, {"error": {"message": "top up", "code": "insufficient_quota", "type": "insufficient_quota"}}))

    async with model_of(vendor, "openai") as model:
        assert str(await raised(model, errors.ModelRejected)) == "429: top up"


async def test_scenes_that_are_too_long_for_the_model_say_which_setting_helps(vendor: FakeVendor) -> None:
    vendor.say((400, {}, {"error": {"message": "too long", "code": "context_length_exceeded"}}))

    async with model_of(vendor, "openai") as model:
        assert "DRAMATIS_LLM_CHUNK_TOKENS" in str(await raised(model, errors.ModelRejected))
    assert len(vendor.calls) == 1


@pytest.mark.parametrize("provider", VENDORS)
async def test_a_busy_vendor_says_how_long_to_wait(vendor: FakeVendor, provider: str) -> None:
    vendor.say(fault(429, retry_after="7"))

    async with model_of(vendor, provider) as model:
        error = await raised(model)

    assert isinstance(error, errors.ModelBusy)
    assert error.retry_after == 7
    assert (blame(error), delay_of(error, 1)) == ("outage", 7)


@pytest.mark.parametrize("provider", VENDORS)
async def test_a_busy_vendor_that_names_no_time_leaves_it_to_the_backoff(vendor: FakeVendor, provider: str) -> None:
    vendor.say(fault(429))

    async with model_of(vendor, provider) as model:
        error = await raised(model)

    assert isinstance(error, errors.ModelBusy)
    assert error.retry_after is None


@pytest.mark.parametrize("provider", VENDORS)
async def test_a_vendor_that_hangs_up_is_unavailable(vendor: FakeVendor, provider: str) -> None:
    vendor.say((0, {}, b""))

    async with model_of(vendor, provider) as model:
        assert type(await raised(model)) is errors.ModelUnavailable


@pytest.mark.parametrize("provider", VENDORS)
async def test_a_vendor_that_is_not_there_is_unavailable(unused_tcp_port: int, provider: str) -> None:
    async with model_of(FakeVendor(url=f"http://127.0.0.1:{unused_tcp_port}"), provider) as model:
        assert type(await raised(model)) is errors.ModelUnavailable


@pytest.mark.parametrize("provider", VENDORS)
async def test_a_vendor_that_hangs_is_given_up(vendor: FakeVendor, provider: str) -> None:
    vendor.hold = asyncio.Event()
    vendor.say(SPEAK[provider](ANSWER))

    async with model_of(vendor, provider, llm_timeout_seconds=0.3) as model:
        error = await raised(model)

    assert type(error) is errors.ModelTimeout
    assert len(vendor.calls) == 1


@pytest.mark.parametrize("provider", VENDORS)
async def test_an_address_where_nobody_answers_is_told_with_the_setting_that_names_it(provider: str) -> None:
    async with fake_vendor() as gone:
        pass

    async with model_of(gone, provider) as model:
        error = await raised(model)

    assert type(error) is errors.ModelUnavailable
    assert gone.url in str(error)
    assert "DRAMATIS_LLM_BASE_URL" in str(error)


@pytest.mark.parametrize("provider", VENDORS)
async def test_a_refusal_is_told_with_what_it_cost(vendor: FakeVendor, provider: str) -> None:
    vendor.say(SPEAK[provider]("I will not.", REFUSED[provider]))

    async with model_of(vendor, provider, llm_price_input=1.0, llm_price_output=1.0) as model:
        error = await raised(model)

    assert isinstance(error, errors.ModelRefused)
    assert (error.input_tokens, error.output_tokens, error.cost_micro_usd) == (1000, 200, 1200)


async def test_a_refusal_of_a_shaped_answer_is_told_in_the_models_words(vendor: FakeVendor) -> None:
    vendor.say(SPEAK["openai"](None, refusal="I can't help with that."))

    async with model_of(vendor, "openai") as model:
        error = await raised(model)

    assert isinstance(error, errors.ModelRefused)
    assert "I can't help with that." in str(error)


@pytest.mark.parametrize("provider", VENDORS)
@pytest.mark.parametrize("text", ["", " \n", None])
async def test_an_empty_reply_is_unusable_and_costs(vendor: FakeVendor, provider: str, text: str | None) -> None:
    vendor.say(SPEAK[provider](text))

    async with model_of(vendor, provider, llm_price_input=1.0, llm_price_output=1.0) as model:
        error = await raised(model)

    assert isinstance(error, errors.ReplyUnusable)
    assert error.cost_micro_usd == 1200


@pytest.mark.parametrize("provider", VENDORS)
@pytest.mark.parametrize("body", [b"<html>login</html>", b"{}", b"[]", b"null"])
async def test_an_answer_that_is_none_of_the_vendors_is_one_of_our_errors(
    vendor: FakeVendor, provider: str, body: bytes
) -> None:
    vendor.say((200, {}, body))

    async with model_of(vendor, provider) as model:
        assert type(await raised(model)) in {errors.ReplyUnusable, errors.ModelUnavailable}


async def test_a_server_that_cannot_keep_to_a_shape_is_asked_plainly_from_then_on(vendor: FakeVendor) -> None:
    vendor.say(fault(400, "response_format is not supported"), SPEAK["openai"](ANSWER))

    async with model_of(vendor, "openai") as model:
        assert (await model.ask(PROMPT)).text == ANSWER
        await model.ask(PROMPT)

    assert ["response_format" in body for _, _, body in vendor.calls] == [True, False, False]


async def test_no_more_calls_are_open_than_the_settings_allow(vendor: FakeVendor) -> None:
    vendor.hold = asyncio.Event()
    vendor.say(SPEAK["openai"](ANSWER))

    async with model_of(vendor, "openai", llm_concurrency=3) as model:
        asking = [asyncio.create_task(model.ask(PROMPT)) for _ in range(9)]
        while await asyncio.wait_for(vendor.arrivals.get(), 20) < 3:
            pass
        vendor.hold.set()
        await asyncio.gather(*asking)

    assert (vendor.most_open, len(vendor.calls)) == (3, 9)


async def test_a_cancelled_call_frees_its_place(vendor: FakeVendor) -> None:
    vendor.hold = asyncio.Event()
    vendor.say(SPEAK["openai"](ANSWER))

    async with model_of(vendor, "openai", llm_concurrency=1) as model:
        call = asyncio.create_task(model.ask(PROMPT))
        await asyncio.wait_for(vendor.arrivals.get(), 20)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        vendor.hold.set()
        assert (await model.ask(PROMPT)).text == ANSWER


def test_no_library_of_a_vendor_is_loaded_before_the_first_call() -> None:
    check = (
        "import sys; from extraction.adapters.language_model import connect; import extraction.settings;"
        "from extraction.adapters.model_settings import LanguageModelSettings as S;"
        "connect(S(llm_provider='openai', llm_model='m', llm_api_key='k'));"
        "print([m for m in ('pydantic_ai', 'openai', 'anthropic', 'google.genai', 'genai_prices') if m in sys.modules])"
    )

    loaded = subprocess.run([sys.executable, "-c", check], check=True, capture_output=True, text=True, timeout=50)

    assert loaded.stdout.strip() == "[]"
