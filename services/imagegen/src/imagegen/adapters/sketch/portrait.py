"""A character: half-length before a quiet background."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from imagegen.adapters.sketch import backdrop, costumes, creatures, garments, gear, hair, hats, head
from imagegen.adapters.sketch.body import draw_neck
from imagegen.adapters.sketch.pen import Pen
from imagegen.adapters.sketch.subject import Subject
from imagegen.adapters.sketch.traits import Traits, traits_of

_CLOTHES: dict[str, Callable[[Pen, Traits, str], None]] = {
    "coat": garments.coat, "suit": garments.suit, "uniform": garments.uniform, "labcoat": garments.labcoat,
    "robe": costumes.robe, "cloak": costumes.cloak, "armour": costumes.armour, "dress": costumes.dress,
    "hoodie": garments.hoodie, "sweater": garments.sweater, "apron": garments.apron, "shirt": garments.shirt,
}  # fmt: skip
_COVERED = frozenset({"helmet", "hood"})  # hats that hide the hair


def draw(pen: Pen, subject: Subject) -> None:
    """Draw the character that the words describe."""
    words = subject.words
    traits = traits_of(words, subject.nature, pen.style.palette)
    width, height = pen.plate.size
    backdrop.draw(pen, subject, avoid=traits.cloth)
    unit = min(height / 4.45, width / 3.55) * {"child": 0.9, "old": 0.99}.get(traits.age, 1.0)
    unit *= 1.05 if words.has("tall", "giant", "高个", "高大") else 0.94 if words.has("small", "tiny", "矮") else 1.0
    middle = width * (0.5 + subject.moment.between(-0.035, 0.035))
    top = height - unit * {"child": 2.55, "old": 2.88}.get(traits.age, 3.0)
    figure = pen.at(middle, top, unit, flip=subject.each_turn((False, True), "side"))
    if traits.kind == "human":
        _human(figure, traits, subject)
    else:
        creatures.draw(figure, traits, subject.moment.fork("pose"))


def _human(pen: Pen, traits: Traits, subject: Subject) -> None:
    gaze = subject.moment.pick((-0.9, -0.6, 0.6, 0.9))
    tilt = subject.moment.between(-3.5, 3.5)
    pose = subject.each_turn(("rest", "hip") if traits.garment == "dress" else ("rest", "hip", "heart", "fold"), "pose")
    stoop = 0.05 if traits.age == "old" else 0.0
    face = pen.at(gaze * stoop, stoop, 1.08 if traits.age == "child" else 1.0, turn=tilt)
    if traits.hat == "hood":
        hats.draw_hood_back(face, traits)
    elif traits.hat != "helmet":
        hair.draw_back(face, traits)
    gear.draw_behind(pen, traits)
    body = pen.at(0.0, 0.12, 0.84) if traits.age == "child" else pen
    draw_neck(body, traits)
    _CLOTHES[traits.garment](body, traits, pose)
    gear.draw_neckwear(body, traits)
    _head(face, traits, gaze)


def _head(pen: Pen, traits: Traits, gaze: float) -> None:
    head.draw_head(pen, traits, gaze)
    for worn, drawing in _ON_FACE.items():
        if worn in traits.extras:
            drawing(pen, traits, gaze)
    if traits.hat not in _COVERED:
        hair.draw_front(pen, traits, under_hat=traits.hat not in {"", "crown", "topknot", "bubble"})
    for worn, drawing in _OVER_HAIR.items():
        if worn in traits.extras:
            drawing(pen, traits, gaze)
    hats.draw_hat(pen, traits)
    if "pipe" in traits.extras:
        gear.draw_pipe(pen.at(gaze * 0.07, 0.0))


_Drawing: TypeAlias = Callable[[Pen, Traits, float], None]
_ON_FACE: dict[str, _Drawing] = {"beard": head.draw_beard, "moustache": head.draw_moustache, "mask": gear.draw_mask}
_OVER_HAIR: dict[str, _Drawing] = {
    "glasses": gear.draw_glasses,
    "eyepatch": gear.draw_eyepatch,
    "earrings": gear.draw_earrings,
}
