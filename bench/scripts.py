"""Made-up screenplays of any length. Cast, places and things grow with the length, as they do in series."""

from collections.abc import Iterator
from random import Random

WORDS_A_PAGE = 200

_BEGINNINGS = (
    "Mar",
    "Tol",
    "Ves",
    "Bran",
    "Ilo",
    "Cas",
    "Dun",
    "Ef",
    "Gar",
    "Hol",
    "Jas",
    "Kel",
    "Lor",
    "Nim",
    "Ost",
    "Per",
)
_MIDDLES = ("a", "e", "i", "o", "u", "an", "el", "in", "or", "ul")
_ENDINGS = ("bel", "dric", "fen", "gold", "lin", "mar", "na", "rick", "sa", "ton", "vane", "wick")
_ROOMS = ("KITCHEN", "CELLAR", "ATTIC", "GARDEN", "WORKSHOP", "CHAPEL", "OFFICE", "STAIRWELL", "BALCONY", "CORRIDOR")
_TIMES = ("DAY", "NIGHT", "DAWN", "LATER", "CONTINUOUS")
_THINGS = (
    "lantern",
    "ledger",
    "key",
    "compass",
    "bottle",
    "violin",
    "telescope",
    "knife",
    "map",
    "camera",
    "letter",
    "rope",
)
_LOOKS = (
    "brass",
    "red",
    "cracked",
    "silver",
    "heavy",
    "folded",
    "rusty",
    "velvet",
    "broken",
    "painted",
    "tiny",
    "borrowed",
)
_DOES = ("picks up", "puts down", "turns over", "hides", "holds out", "drops", "unwraps", "polishes")
_LINES = (
    "You should have told me before the boats came in.",
    "Nobody has asked for that in forty years.",
    "Then we wait here until the rain stops.",
    "I remember the house, but not the road to it.",
    "Put it back where you found it.",
)


def screenplay(scenes: int, seed: int = 1) -> str:
    """Fountain text: a new character every 8th scene, a new place every 4th, a new thing every 5th."""
    random = Random(seed)
    names = _names(random)
    cast, places, things = [next(names) for _ in range(4)], [_place(random, next(names))], [_thing(random)]
    new = set(cast)
    parts = []
    for number in range(scenes):
        if number % 8 == 0:
            cast.append(next(names))
            new.add(cast[-1])
        if number % 4 == 0:
            places.append(_place(random, next(names)))
        if number % 5 == 0:
            things.append(_thing(random))
        parts.append(_scene(random, cast[-12:] if number % 3 else cast, places, things, new))
    return "".join(parts)


def pages(text: str) -> float:
    """How many pages a text has, at `WORDS_A_PAGE` words each."""
    return len(text.split()) / WORDS_A_PAGE


def _scene(random: Random, cast: list[str], places: list[str], things: list[str], new: set[str]) -> str:
    one, other = random.sample(cast, 2)
    thing = random.choice(things)
    lines = [f"{random.choice(('INT.', 'EXT.'))} {random.choice(places)} - {random.choice(_TIMES)}", ""]
    lines += [f"Rain against the glass. {_shown(random, one, new)} {random.choice(_DOES)} a {thing}.", ""]
    for speaker in (one, other, one):
        lines += [speaker.split()[0].upper(), random.choice(_LINES), ""]
    last = f"{_shown(random, other, new)} looks at the {thing.split()[-1]}, then at the door, and says nothing for a long time."
    return "\n".join([*lines, last, "", ""])


def _shown(random: Random, name: str, new: set[str]) -> str:
    """Somebody's name in action: in full and in capitals, with an age, the first time."""
    if name not in new:
        return name.split(maxsplit=1)[0]
    new.discard(name)
    return f"{name.upper()} ({random.randrange(8, 90)}, a coat too large for the season)"


def _names(random: Random) -> Iterator[str]:
    known: set[str] = set()
    while True:
        first, last = (
            random.choice(_BEGINNINGS) + random.choice(_MIDDLES) + random.choice(_MIDDLES) + random.choice(_ENDINGS)
            for _ in range(2)
        )
        if first not in known:
            known.add(first)
            yield f"{first} {last.title()}"


def _place(random: Random, owner: str) -> str:
    return f"{owner.split()[1].upper()} HOUSE - {random.choice(_ROOMS)}"


def _thing(random: Random) -> str:
    return f"{random.choice(_LOOKS)} {random.choice(_THINGS)}"
