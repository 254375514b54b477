"""Concept cards drawn without any image model: composed, seeded, the same bytes for the same brief."""

from imagegen.adapters.sketch.card import AssetType, CardBrief, draw_card

__all__ = ["AssetType", "CardBrief", "draw_card"]
