"""What a call may cost, and whether there is room for it under the price cap. All prices are in micro-USD."""

import json

from extraction.domain.errors import ExtractionError, PriceCapReached
from extraction.domain.llm.shape import REPLY_SCHEMA
from extraction.domain.llm.tokens import estimate_tokens

MICRO = 1_000_000
SHAPE_TOKENS = estimate_tokens(json.dumps(REPLY_SCHEMA))


class PriceUnknown(ExtractionError):
    """Nobody knows what the language model costs, so no cap on its price can hold."""

    code = "price-unknown"

    @classmethod
    def of(cls, model: str, cap: str) -> "PriceUnknown":
        """The error for a model that is to keep to `cap`, as the one who gave it calls it."""
        return cls(
            f"nobody knows what {model!r} costs, so {cap} cannot hold: set DRAMATIS_LLM_PRICE_INPUT and "
            "DRAMATIS_LLM_PRICE_OUTPUT, 0 for a model that costs nothing, or leave the cap out",
            model=model,
        )


def micro_of(usd: float | None) -> int | None:
    """A cap in micro-USD; None where there is none."""
    return None if usd is None else round(usd * MICRO)


def expected_tokens(prompt: str, reply_tokens: int) -> tuple[int, int]:
    """Tokens that asking `prompt` may cost, in and out, where a reply has at most `reply_tokens`.

    Most models are told the shape of the reply beside the prompt, and bill for that, too.
    """
    return estimate_tokens(prompt) + SHAPE_TOKENS, reply_tokens


def has_room(price: int, *, spent: int, set_aside: int, cap: int | None) -> bool:
    """Whether a call that may cost `price` may be made now; when not, it may be once the calls under way have ended.

    `set_aside` is what those may cost, and most cost less. Without a cap (None) there is always room. Raises
    `PriceCapReached` when what is spent already leaves none.
    """
    if cap is None:
        return True
    if spent + price > cap:
        raise PriceCapReached(
            f"the next call may cost {price} micro-USD, {spent} of {cap} are spent and {set_aside} are set aside for "
            "calls under way: try again with a higher cap or a lower DRAMATIS_LLM_REPLY_TOKENS"
        )
    return spent + set_aside + price <= cap
