"""The adapter against the scripted model server that demos and benches use."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from dramatis.simulator import Simulator, simulated_llm
from extraction.adapters.language_model import ConfiguredModel, connect
from extraction.adapters.model_settings import LanguageModelSettings
from extraction.domain import builtin_engine, errors
from extraction.domain.finds import AssetType
from extraction.domain.llm.chunks import plan_chunks
from extraction.domain.llm.grounding import ground
from extraction.domain.llm.merging import merge
from extraction.domain.llm.prompt import Prompt, prompt_for
from extraction.domain.reading import read_script
from extraction.domain.salvage import salvage

EXAMPLE = next((Path(__file__).parents[4] / "examples").glob("*.fountain"))
SCENE = Prompt("Read.", "<script>\n[Scene 1] INT. INN - DAY\n\nMAEVE\nWe are closed.\n\n</script>")


@asynccontextmanager
async def asked(llm: Simulator, **settings: object) -> AsyncIterator[ConfiguredModel]:
    chosen = {"llm_provider": "openai", "llm_model": llm.model, "llm_base_url": llm.base_url, **settings}
    model = connect(LanguageModelSettings.model_validate(chosen))
    assert model is not None
    async with model:
        yield model


async def test_every_chunk_of_a_script_is_asked_salvaged_checked_and_merged() -> None:
    script = read_script(EXAMPLE.read_text(), None, EXAMPLE.name)
    witness = builtin_engine.extract(script)
    chunks = plan_chunks(script, 500)

    with simulated_llm() as llm:
        async with asked(llm, llm_price_input=1.0, llm_price_output=2.0) as model:
            prompts = [prompt_for(chunk, [find.name for find in witness]) for chunk in chunks]
            replies = await asyncio.gather(*map(model.ask, prompts))

    answers = [salvage(reply.text, prompt=prompt.text).items for reply, prompt in zip(replies, prompts, strict=True)]
    found = [ground(items, chunk, script) for items, chunk in zip(answers, chunks, strict=True)]
    merged = merge([each.finds for each in found], witness, whole=True)
    assert len(llm.calls) == len(chunks) > 2
    assert {find.name for find in witness if find.asset_type is AssetType.CHARACTER} <= {find.name for find in merged}
    assert all(find.evidence and find.scene_numbers for find in merged)
    assert all(reply.cost_micro_usd == reply.input_tokens + 2 * reply.output_tokens > 0 for reply in replies)


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("429=2", errors.ModelBusy),
        ("500", errors.ModelUnavailable),
        ("503", errors.ModelUnavailable),
        ("dropped", errors.ModelUnavailable),
        ("hang", errors.ModelTimeout),
        ("slow=0.2", errors.ModelTimeout),
        ("401", errors.ModelRejected),
        ("empty", errors.ReplyUnusable),
        ("refusal", errors.ModelRefused),
    ],
)
async def test_each_fault_is_one_call_and_one_error(fault: str, expected: type[errors.ExtractionError]) -> None:
    with simulated_llm(faults=[fault]) as llm:
        async with asked(llm, llm_timeout_seconds=1.5) as model:
            with pytest.raises(errors.ExtractionError) as raised:
                await model.ask(SCENE)

    assert type(raised.value) is expected
    assert len(llm.calls) == 1
    assert getattr(raised.value, "retry_after", None) == (2 if fault == "429=2" else None)


@pytest.mark.parametrize("fault", ["truncated=0.5", "fenced", "wrong-keys", "broken", "slow=0.01"])
async def test_whatever_is_said_is_handed_on_as_it_is(fault: str) -> None:
    with simulated_llm(faults=[fault]) as llm:
        async with asked(llm) as model:
            reply = await model.ask(SCENE)

    (call,) = llm.calls
    assert reply.text == call.reply
    assert reply.finished is not fault.startswith("truncated")
