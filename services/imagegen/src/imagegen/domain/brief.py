"""What a provider is asked to draw."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """The style capsule as it was when the picture was asked for; references are object keys or URLs."""

    name: str
    prompt: str
    negative_prompt: str = ""
    palette: tuple[str, ...] = ()
    reference_images: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """One picture to draw.

    `asset_type` is character, location or prop; `candidate` tells apart the pictures of one request, counted from 1;
    `reference_image` is an object key or URL of a picture to stay true to.
    """

    name: str
    asset_type: str
    look: str
    description: str
    style: Style
    width: int  # pixels
    height: int  # pixels
    candidate: int = 1
    reference_image: str | None = None
