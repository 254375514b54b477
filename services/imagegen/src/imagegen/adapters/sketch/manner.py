"""How a style is painted, apart from its colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Finish: TypeAlias = Literal["plain", "wash", "woodcut", "halftone", "glow", "pencil", "pixel", "brush"]
Edge: TypeAlias = Literal["clean", "round", "brushed"]
Lettering: TypeAlias = Literal["serif", "italic", "sans", "caps"]


@dataclass(frozen=True, slots=True)
class Manner:
    """The hand of a style."""

    finish: Finish = "plain"  # what is done to the whole picture in the end
    edge: Edge = "clean"  # how the picture ends on the card
    lettering: Lettering = "serif"
    outline: float = 0.0  # thickness of contours in pixels of a 512 pixel card
    grit: float = 0.55  # 0: shadows are smooth, 1: shadows are sprayed
    grain: float = 0.5  # strength of the print grain
    depth: float = 1.0  # strength of shadows
    vignette: float = 0.25
    grade: float = 0.12  # how far all colours are drawn to those of the style
