"""Words that may mean a thing named otherwise before: the gun is the revolver, the receiver that of the telephone."""

from collections.abc import Mapping

GUNS = frozenset(
    {"gun", "pistol", "revolver", "rifle", "musket", "carbine", "derringer", "luger", "glock", "blunderbuss"}
)
BLADES = frozenset(
    {
        "knife",
        "dagger",
        "sword",
        "rapier",
        "cutlass",
        "sabre",
        "saber",
        "machete",
        "stiletto",
        "dirk",
        "scimitar",
        "katana",
    }
    | {"switchblade", "razor", "scythe", "axe", "bayonet"}
)
PHONES = frozenset({"telephone", "mobile", "phone", "smartphone", "payphone", "iphone"})
BAGS = frozenset({"satchel", "rucksack", "holdall", "valise", "knapsack", "haversack", "duffel", "tote", "reticule"})
WRAPPERS = frozenset({"packet", "bag", "pack", "carton", "parcel", "sack", "box"})
"""What holds a thing that is bought: a packet of biscuits is the bag of biscuits."""
KINDS: Mapping[str, frozenset[str]] = {
    "gun": GUNS,
    "firearm": GUNS,
    "weapon": GUNS | BLADES | {"club", "cudgel", "crossbow", "spear", "hatchet"},
    "knife": frozenset({"dagger", "stiletto", "switchblade", "machete", "dirk"}),
    "phone": PHONES,
    "bag": BAGS,
}
PARTS: Mapping[str, frozenset[str]] = {
    "receiver": PHONES,
    "handset": PHONES,
    "earpiece": PHONES,
    "barrel": GUNS,
    "muzzle": GUNS,
    "blade": BLADES,
}
"""Parts of a thing that may be all that is named of it, in the same scene."""


def _wider(words: Mapping[str, frozenset[str]]) -> Mapping[str, tuple[str, ...]]:
    every = {kind for kinds in words.values() for kind in kinds}
    return {kind: tuple(word for word, kinds in words.items() if kind in kinds) for kind in every}


KIND_OF = _wider(KINDS)
PARTS_OF = _wider(PARTS)
