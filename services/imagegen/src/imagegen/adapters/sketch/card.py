"""A concept card: one picture on paper, with its title beneath."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Literal, TypeAlias

from PIL import Image

from imagegen.adapters.sketch import caption, finish, portrait, still_life, vista
from imagegen.adapters.sketch.dice import Dice
from imagegen.adapters.sketch.pen import Pen
from imagegen.adapters.sketch.plate import Plate
from imagegen.adapters.sketch.style import Style, style_of
from imagegen.adapters.sketch.subject import Subject
from imagegen.adapters.sketch.words import Words

AssetType: TypeAlias = Literal["character", "location", "prop"]

LEAST_SIDE, MOST_SIDE = 16, 4096


@dataclass(frozen=True, slots=True)
class CardBrief:
    """What to draw. Equal briefs give equal bytes.

    `palette` holds hex colours and replaces the colours of the style; unreadable ones are ignored. `candidate` tells
    apart several drawings of one asset: the asset stays itself, its pose, light and surroundings change.
    """

    name: str
    asset_type: AssetType
    width: int  # pixels
    height: int  # pixels
    description: str = ""
    look: str = "base"
    style_name: str = ""
    style_prompt: str = ""
    negative_prompt: str = ""
    palette: tuple[str, ...] = ()
    candidate: int = 0


_SCENES = {"character": portrait.draw, "location": vista.draw, "prop": still_life.draw}


def draw_card(brief: CardBrief) -> bytes:
    """The card as a PNG of exactly the brief's size.

    Raises ValueError when a side is outside 16..4096 pixels.
    """
    if not (LEAST_SIDE <= brief.width <= MOST_SIDE and LEAST_SIDE <= brief.height <= MOST_SIDE):
        raise ValueError(f"a card's sides are {LEAST_SIDE} to {MOST_SIDE} pixels, not {brief.width} x {brief.height}")
    style = style_of(f"{brief.style_name} {brief.style_prompt}", brief.palette)
    layout = caption.layout((brief.width, brief.height))
    picture = finish.finished(_picture(brief, style, layout), style, layout.unit)
    card = finish.mounted(picture, layout, style)
    caption.letter(card, layout, style, _title(brief))
    return _png(finish.printed(card, style))


def _picture(brief: CardBrief, style: Style, layout: caption.Layout) -> Image.Image:
    left, top, right, bottom = layout.window
    plate = Plate((right - left, bottom - top), style.palette.haze)
    pen = Pen(plate, style, pixel=layout.unit)
    subject = Subject(
        words=Words(_told(brief), brief.negative_prompt),
        nature=Dice("nature", brief.asset_type, brief.name),
        moment=Dice("moment", brief.asset_type, brief.name, brief.description, brief.look, brief.candidate),
        turn=brief.candidate,
    )
    _SCENES[brief.asset_type](pen, subject)
    return plate.image


def _told(brief: CardBrief) -> str:
    """What is said of the asset, the telling first: a place is in its name, a person in the description."""
    if brief.asset_type == "location":
        return f"{brief.name} . {brief.look} . {brief.description}"
    return f"{brief.look} . {brief.description} . {brief.name}"


def _title(brief: CardBrief) -> caption.Title:
    return caption.Title(
        name=brief.name,
        kind=brief.asset_type,
        look="" if brief.look.strip().casefold() == "base" else brief.look,
        style=brief.style_name or brief.style_prompt,
        number=brief.candidate + 1,
    )


def _png(card: Image.Image) -> bytes:
    stream = io.BytesIO()
    card.save(stream, "PNG", compress_level=1)  # grain hardly compresses; a higher level costs five times the drawing
    return stream.getvalue()
