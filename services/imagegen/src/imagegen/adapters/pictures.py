"""Look into a picture file with Pillow: is it whole, of which type, how large."""

import hashlib
import io

from PIL import Image, UnidentifiedImageError

from imagegen.domain.errors import PictureUnreadable
from imagegen.domain.picture import EXTENSIONS, Facts

FORMATS = ("PNG", "JPEG", "WEBP")


def inspect(content: bytes) -> Facts:
    """The facts of a whole PNG, JPEG or WebP file; raises `PictureUnreadable`.

    A PNG is checked by its checksums, the others by decoding them; either takes milliseconds, so call it in a thread.
    """
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            content_type, (width, height) = Image.MIME[str(image.format)], image.size
            if image.format == "PNG":
                image.verify()
            else:
                image.draft("RGB", (1, 1))
                image.load()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise PictureUnreadable(f"the file is no whole PNG, JPEG or WebP picture: {error}") from error
    assert content_type in EXTENSIONS
    return Facts(content_type, width, height, len(content), hashlib.sha256(content).hexdigest())
