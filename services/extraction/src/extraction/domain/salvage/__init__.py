"""Reading what language models answer, however broken it is, and saying what was lost."""

from extraction.domain.salvage.outcome import Item, Salvaged, Tier, as_lists
from extraction.domain.salvage.salvaging import salvage

__all__ = ["Item", "Salvaged", "Tier", "as_lists", "salvage"]
