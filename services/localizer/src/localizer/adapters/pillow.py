"""Reads images and makes thumbnails with Pillow, in a thread, wary of what the bytes may do."""

import asyncio
from io import BytesIO

from PIL import ExifTags, Image

from localizer.domain.errors import CopyTooLarge, CopyUnreadable
from localizer.domain.picture import LONGEST_SIDE, THUMBNAIL_SIDE, Picture

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "AVIF")
WEBP_QUALITY = 80
FINE_RESIZE_GAP = 3.0
"""From this gap on, shrinking in two steps looks like shrinking in one (Pillow's documentation of `thumbnail`)."""

UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes an image of an EXIF orientation upright (EXIF 2.32, tag 274)."""
SIDEWAYS = frozenset({5, 6, 7, 8})


class Pillow:
    """Decodes images of up to `max_pixels` pixels; the size is looked at before anything is decoded."""

    def __init__(self, *, max_pixels: int) -> None:
        self._max_pixels = max_pixels

    async def read(self, data: bytes) -> Picture:
        """Size, type and thumbnail of an image; raises `CopyTooLarge` or `CopyUnreadable`."""
        return await asyncio.to_thread(self._read, data)

    def _read(self, data: bytes) -> Picture:
        try:
            with Image.open(BytesIO(data), formats=FORMATS) as image:
                self._check_size(image)
                return _picture(image)
        except CopyTooLarge:
            raise
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise CopyTooLarge(f"at most {self._max_pixels} pixels are decoded") from error
        except Exception as error:
            # Pillow's decoders raise anything on broken or hostile bytes, OSError included, which elsewhere means retry.
            reason = type(error).__name__
            raise CopyUnreadable(f"the bytes are no readable {', '.join(FORMATS)} ({reason})") from error

    def _check_size(self, image: Image.Image) -> None:
        size = f"{image.width} x {image.height} pixels"
        if max(image.size) > LONGEST_SIDE:
            raise CopyTooLarge(f"{size}; no side may be longer than {LONGEST_SIDE}")
        if image.width * image.height > self._max_pixels:
            raise CopyTooLarge(f"{size}; at most {self._max_pixels} are decoded")


def _picture(image: Image.Image) -> Picture:
    content_type = Image.MIME[str(image.format)]
    width, height = image.size
    small = _shrunk(image)
    # Only now: Pillow decodes some formats to find their EXIF data, and broken pixels must not pass for broken EXIF.
    orientation = _orientation(image)
    if orientation in UPRIGHT:
        small = small.transpose(UPRIGHT[orientation])
    if orientation in SIDEWAYS:
        width, height = height, width
    return Picture(width, height, content_type, _webp(small))


def _orientation(image: Image.Image) -> int:
    """EXIF orientation; 1, upright, when the EXIF data cannot be read: the pixels can."""
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # noqa: BLE001 - EXIF data of any shape must not keep an image out
        return 1


def _shrunk(image: Image.Image) -> Image.Image:
    small = _full_colour(image) if image.mode in {"1", "P", "PA"} or image.mode.startswith("I") else image
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS, reducing_gap=FINE_RESIZE_GAP)
    return _full_colour(small)


def _webp(image: Image.Image) -> bytes:
    encoded = BytesIO()
    image.save(encoded, "WEBP", quality=WEBP_QUALITY, method=4)
    return encoded.getvalue()


def _full_colour(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        # Pillow clips 16 bits to 8 instead of scaling them.
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L").convert("RGB")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")
