"""Short ways to ask for the props of a text."""

from extraction.domain.builtin_engine import extract
from extraction.domain.finds import AssetType, Find
from extraction.domain.reading import read_script


def props_of(text: str, format_name: str | None = "fountain") -> dict[str, Find]:
    """The props of a whole script, by name in small letters."""
    found = extract(read_script(text, format_name))
    return {find.name.lower(): find for find in found if find.asset_type is AssetType.PROP}


def in_action(action: str) -> list[str]:
    """Names of the props of one paragraph of action, in small letters."""
    return list(props_of(f"INT. HALL - DAY\n\n{action}\n"))


def in_prose(text: str) -> list[str]:
    """Names of the props of a piece of prose, in small letters."""
    return list(props_of(text, "txt"))


def in_short_drama(action: str) -> list[str]:
    """Names of the props of one paragraph of a Chinese short drama."""
    return list(props_of(f"1-1 夜 内 客厅\n\n△{action}\n", "txt"))
