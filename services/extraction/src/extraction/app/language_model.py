"""The promise that a language model keeps, whoever runs it."""

from dataclasses import dataclass
from typing import Protocol

from extraction.domain.errors import ModelRefused, ReplyUnusable
from extraction.domain.llm.prompt import Prompt


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer, raw: `text` is all that the model said, without its reasoning where the vendor keeps that apart.

    `model` is the model that answered as the vendor names it, `cost_micro_usd` what the call cost (0 where nobody knows a
    price), `finished` is False when the length limit cut the answer off. `problem` is there when it is no answer: `text`
    is then what there was of one.
    """

    text: str
    model: str
    input_tokens: int
    output_tokens: int
    cost_micro_usd: int
    finished: bool
    problem: ModelRefused | ReplyUnusable | None = None


class LanguageModel(Protocol):
    """A model of a provider. It never tries again by itself: every call that costs is seen by who asks.

    `ask` raises `ModelBusy`, `ModelUnavailable`, `ModelTimeout`, `ModelRefused`, `ModelRejected` and `ReplyUnusable`.
    """

    @property
    def provider(self) -> str:
        """Who runs the model: `openai`, `google`, `anthropic`."""
        ...

    @property
    def model(self) -> str:
        """The name of the model as it is configured."""
        ...

    @property
    def server(self) -> str:
        """Address of the API, always written alike; empty for the provider's own."""
        ...

    @property
    def has_price(self) -> bool:
        """Whether anybody knows what it costs; without, no cap on the price can hold."""
        ...

    async def ask(self, prompt: Prompt) -> Reply:
        """One call, one reply."""
        ...

    def price_of(self, input_tokens: int, output_tokens: int) -> int:
        """What that many tokens cost, in micro-USD; 0 where nobody knows a price."""
        ...


async def ask_once(model: LanguageModel, prompt: Prompt) -> Reply:
    """One call that was answered, and may have to be paid for, if only with a problem; raises why none came."""
    try:
        return await model.ask(prompt)
    except (ModelRefused, ReplyUnusable) as problem:
        return Reply(
            text=problem.text,
            model=model.model,
            input_tokens=problem.input_tokens,
            output_tokens=problem.output_tokens,
            cost_micro_usd=problem.cost_micro_usd,
            finished=False,
            problem=problem,
        )
