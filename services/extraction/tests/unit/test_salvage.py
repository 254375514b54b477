"""Broken replies, case by case, and the table of them in docs/reference/salvage.md.

`WRITE_DOCS=1 pytest services/extraction/tests/unit/test_salvage.py` writes the table anew.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from extraction.domain.finds import AssetType
from extraction.domain.salvage import Salvaged, Tier, as_lists, salvage
from extraction.domain.salvage.outcome import LISTS

REPLIES = Path(__file__).with_name("replies")
TABLE = Path(__file__).parents[4] / "docs" / "reference" / "salvage.md"
FAMILIES = ("open", "wrapping", "repairs", "truncation", "shapes", "decoys", "patterns", "fields")
Case = dict[str, Any]
CASES: dict[str, list[Case]] = {
    family: json.loads((REPLIES / f"{family}.json").read_text(encoding="utf-8"))["cases"] for family in FAMILIES
}
ALL = [case for cases in CASES.values() for case in cases]

HEAD = """# Salvage: what becomes of a broken reply

Each row is a test case (`services/extraction/tests/unit/replies/`); `test_salvage.py` beside it writes this table and
fails when it is not what salvage does. `flagged` items are of low confidence; `ask again` means that the result says of
itself that something may be missing.
"""


def names(salvaged: Salvaged) -> dict[str, list[str]]:
    return {LISTS[kind]: [item.name for item in salvaged.items if item.asset_type is kind] for kind in AssetType}


def of(case: Case) -> Salvaged:
    return salvage(case["reply"], prompt=case.get("prompt"))


@pytest.mark.parametrize("case", ALL, ids=lambda case: str(case["id"]))
def test_a_reply_comes_out_as_expected(case: Case) -> None:
    salvaged = of(case)
    assert salvaged.tier == case["tier"], salvaged
    if case["outcome"] == "none":
        assert as_lists(salvaged) is None
        assert salvaged.reason
        assert not salvaged.complete
        return
    for key, found in names(salvaged).items():
        folded = {name.casefold() for name in found}
        must = {name.casefold() for name in case["must"][key]}
        may = {name.casefold() for name in case.get("may", {}).get(key, ())}
        assert must <= folded <= must | may
        assert len(folded) == len(found)


@pytest.mark.parametrize("case", [case for case in ALL if case["outcome"] != "none"], ids=lambda case: str(case["id"]))
def test_only_what_is_in_doubt_is_flagged(case: Case) -> None:
    salvaged = of(case)
    flagged = {item.name for item in salvaged.items if item.flagged}
    everything = {item.name for item in salvaged.items}
    assert flagged == (everything if case["tier"] == Tier.PATTERNS else set(case.get("flagged", ())))
    doubtful = bool(flagged) or case["tier"] in {Tier.TRUNCATED, Tier.PATTERNS}
    assert salvaged.complete == case.get("complete", not doubtful)
    assert set(case.get("told", ())) <= set(salvaged.lost)
    assert salvaged.complete or salvaged.lost or "ellipsis" in salvaged.repairs or flagged


@pytest.mark.parametrize("case", [case for case in ALL if "items" in case], ids=lambda case: str(case["id"]))
def test_every_field_of_an_item_comes_out(case: Case) -> None:
    lists = as_lists(of(case)) or {}
    entries = {str(entry["name"]): entry for found in lists.values() for entry in found}
    for name, fields in case["items"].items():
        assert {field: entries[name][field] for field in fields} == fields


def test_there_are_more_than_a_hundred_cases_of_our_own() -> None:
    assert len(ALL) - len(CASES["open"]) > 100
    assert len({case["id"] for case in ALL}) == len(ALL)


def test_the_table_in_the_docs_is_what_salvage_does() -> None:
    text = table()
    if os.environ.get("WRITE_DOCS"):
        TABLE.write_text(text, encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8") == text, "write it anew: " + (__doc__ or "").splitlines()[2]


def table() -> str:
    parts = [HEAD, summary()]
    for family, cases in CASES.items():
        rows = "\n".join(row(case) for case in cases)
        parts.append(
            f"## {family.capitalize()}\n\n| case | what is wrong | tier | result |\n| --- | --- | --- | --- |\n{rows}\n"
        )
    return "\n".join(parts)


def summary() -> str:
    tiers = [of(case).tier for case in ALL]
    rows = "\n".join(f"| {tier} | {tiers.count(tier)} |" for tier in Tier)
    return f"| tier | cases |\n| --- | --- |\n{rows}\n"


def row(case: Case) -> str:
    salvaged = of(case)
    return f"| {case['id']} | {cell(case['defect'])} | {salvaged.tier} | {cell(result(salvaged))} |"


def result(salvaged: Salvaged) -> str:
    if salvaged.tier is Tier.NOTHING:
        return salvaged.reason
    counts = [f"{len(found)} {key if len(found) != 1 else key[:-1]}" for key, found in names(salvaged).items() if found]
    flagged = sum(item.flagged for item in salvaged.items)
    notes = [f"{flagged} flagged"] if flagged else []
    notes += [", ".join(salvaged.repairs)] if salvaged.repairs else []
    notes += ["ask again"] if not salvaged.complete else []
    return "; ".join([", ".join(counts) or "no assets", *notes])


def cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("`", "'")
