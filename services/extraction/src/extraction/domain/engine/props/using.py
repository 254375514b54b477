"""Verbs that mean a hand by what stands beside them: `picked up the lamp`, `held the lamp high`, `went for the lamp`."""

from collections.abc import Sequence

from extraction.domain.engine.props.grammar import DETERMINERS, POSSESSIVES
from extraction.domain.engine.props.lexicon import every_form, regular_forms, verb_forms
from extraction.domain.engine.props.tokens import Token

TAKE, PUT, SET = "take takes took taken taking", "put puts putting", "set sets setting"
BRING, GET, GIVE = "bring brings brought bringing", "get gets got getting", "give gives gave given giving"
HOLD, THROW, DRAW = "hold holds held holding", "throw throws threw thrown throwing", "draw draws drew drawn drawing"
LAY, HANG, LEAVE = "lay lays laid laying", "hang hangs hung hanging", "leave leaves left leaving"
SLIDE, STICK, THRUST = "slide slides slid sliding", "stick sticks stuck sticking", "thrust thrusts thrusting"
GO, MAKE, RUN = "go goes went going gone", "make makes made making", "run runs ran running"
FEEL, DIG = "feel feels felt feeling", "dig digs dug digging"
TRY, KEEP = "try tries tried trying", "keep keeps kept keeping"
MOVING = every_form(TAKE, PUT, SET, BRING, GET, GIVE, HOLD, THROW, DRAW, LAY, HANG, LEAVE, SLIDE, STICK, THRUST) | (
    regular_forms("pick pull push drop lift place pass hand stuff shove lower turn move")
)
"""They may mean no hand; they do where it is told which way the thing goes."""
AWAY = frozenset({"up", "down", "out", "away", "aside", "back", "over", "forth", "round", "around", "aloft", "high"})
WHERE = frozenset(
    {"on", "onto", "upon", "in", "into", "under", "beneath", "beside", "from", "against", "inside", "behind", "at"}
)
OTHERWISE = {
    TAKE: "up over back",
    SET: "up out",
    BRING: "up about out",
    GET: "over back around",
    GIVE: "up out away",
    HOLD: "back over",
    "turn": "down out up",
    "pass": "over",
}
UNMOVED = frozenset(
    (form, particle)
    for verb, particles in OTHERWISE.items()
    for form in every_form(verb)
    for particle in particles.split()
)
"""Took up the case, set out the plan: with these nothing need move."""
DONNING = every_form(TAKE, PUT, GET, TRY, KEEP, THROW, "slip")
"""With `on` and `off` they tell what somebody wears."""
GOING = every_form(GO, MAKE, RUN)
REACHING = every_form(FEEL, DIG) | (
    regular_forms("reach grope fumble lunge grab dive scrabble rummage fish claw scramble")
)


def is_firm(line: Sequence[Token], at: int, last: int) -> bool:
    """Whether the verb at `at` means a hand, whatever it has: always, or by where the thing, which ends at `last`, goes."""
    verb = line[at].low
    if verb in verb_forms("manual"):
        return True
    if verb not in MOVING:
        return False
    for near in (at + 1, last + 1):
        if near < len(line) and line[near].joined and line[near].low in AWAY:
            return (verb, line[near].low) not in UNMOVED
    return _goes_somewhere(line, last + 1)


def _goes_somewhere(line: Sequence[Token], at: int) -> bool:
    """Whether it is told where the thing goes or comes from: `from the table`, `on a nail`, `in his pocket`."""
    if at + 1 >= len(line) or not line[at].joined or not line[at + 1].joined:
        return False
    return line[at].low in WHERE and line[at + 1].low in DETERMINERS


def goes_for(line: Sequence[Token], at: int) -> bool:
    """Whether somebody is about to have what comes next: `dives for`, `went for the`; `goes for a walk` is none."""
    if at + 2 >= len(line) or line[at + 1].low != "for":
        return False
    verb, which = line[at].low, line[at + 2].low
    return verb in REACHING or (verb in GOING and which in POSSESSIVES | {"the"})
