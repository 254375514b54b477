"""What a language model has cost, in words."""

MICRO = 1_000_000
_SHORT = 100


def usd(micro_usd: int) -> str:
    """An amount without its currency: four decimals, and six where it would be nothing with four."""
    return f"{micro_usd / MICRO:.{4 if micro_usd >= _SHORT else 6}f}"


def spent(input_tokens: int, output_tokens: int, micro_usd: int) -> str:
    """What replies of a model took; without a price where nobody knows it, which is then 0."""
    price = f", {usd(micro_usd)} USD" if micro_usd else ""
    return f"{input_tokens:,} tokens in, {output_tokens:,} out{price}"
