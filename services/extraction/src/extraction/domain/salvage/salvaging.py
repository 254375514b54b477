"""From the text of a reply to its items."""

import json

from extraction.domain.finds import AssetType
from extraction.domain.salvage.outcome import LISTS, Item, Salvaged, Tier


def salvage(raw: str, *, prompt: str | None = None) -> Salvaged:
    """Everything that the reply `raw` answers; `prompt` is what was asked, whose echo is no answer. Never raises."""
    text = raw.strip("\ufeff \t\r\n")
    if not text:
        return Salvaged(Tier.NOTHING, reason="the reply is empty", complete=False)
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        return Salvaged(Tier.NOTHING, reason="the reply holds no answer", complete=False)
    if not isinstance(answer, dict) or (prompt and text in prompt):
        return Salvaged(Tier.NOTHING, reason="the reply holds no answer", complete=False)
    items = [item for asset_type in AssetType for item in _items(asset_type, answer.get(LISTS[asset_type]))]
    return Salvaged(Tier.STRICT, tuple(items))


def _items(asset_type: AssetType, entries: object) -> list[Item]:
    names = [entry.get("name") for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    return [Item(asset_type, name) for name in names if isinstance(name, str) and name]
