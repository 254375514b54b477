"""The option `--price-cap`: the most that a language model may cost."""

from typing import Annotated

import typer

NOTHING_SPENT = "the built-in engine reads: nothing is spent, and --price-cap has nothing to hold"
LEAST_USD, MOST_USD = 1e-6, 1e6


def _checked(usd: float | None) -> float | None:
    if usd is not None and not LEAST_USD <= usd <= MOST_USD:  # so written, nan is refused as well
        raise typer.BadParameter("give an amount in USD above 0, such as 2.50, or leave it out to have no cap")
    return usd


PriceCap = Annotated[
    float | None,
    typer.Option(
        "--price-cap",
        metavar="USD",
        callback=_checked,
        help="Most that a language model may cost for each script; DRAMATIS_RUN_PRICE_CAP_USD holds where it is lower.",
    ),
]
