"""What is known of an image once it was decoded."""

from dataclasses import dataclass

LONGEST_SIDE = 65_535  # pixels; an event can tell of no more
THUMBNAIL_SIDE = 256
THUMBNAIL_TYPE = "image/webp"


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as shown, its EXIF orientation applied: size in pixels, media type, and its thumbnail as WebP."""

    width: int
    height: int
    content_type: str
    thumbnail: bytes
