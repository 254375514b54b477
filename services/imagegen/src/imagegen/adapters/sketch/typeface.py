"""Typefaces from the wheels we depend on, and which of them can write a character.

Nothing of the machine is used: no installed font, and complex scripts are shaped only when Pillow brings Raqm.
"""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from PIL import ImageFont, features


@dataclass(frozen=True, slots=True)
class Face:
    """One font in one weight."""

    package: str
    file: str
    index: int = 0
    weight: int | None = None  # of a variable font
    shaped: bool = False  # needs Raqm to look right
    rightward: bool = True


def _noto(script: str, shaped: bool = True, rightward: bool = True) -> Face:
    return Face("manimgx_fonts", f"NotoSans{script}[wght].ttf", weight=500, shaped=shaped, rightward=rightward)


_CJK = "NotoSansCJK-Regular.ttc"
SERIF = Face("fontpkg_eb_garamond", "files/EBGaramond[wght].ttf", weight=560)
ITALIC = Face("fontpkg_eb_garamond", "files/EBGaramond-Italic[wght].ttf", weight=540)
SANS = Face("fontpkg_jost", "files/Jost[wght].ttf", weight=500)
BOLD = Face("fontpkg_jost", "files/Jost[wght].ttf", weight=650)
JAPANESE = Face("noto_cjk_sans_otc", _CJK, index=0)
KOREAN = Face("noto_cjk_sans_otc", _CJK, index=1)
CHINESE = Face("noto_cjk_sans_otc", _CJK, index=2)

_SCRIPTS = (
    _noto("Arabic", rightward=False), _noto("Hebrew", rightward=False), _noto("Devanagari"), _noto("Bengali"),
    _noto("Thai"), _noto("Tamil"), _noto("Telugu"), _noto("Kannada"), _noto("Malayalam"), _noto("Gujarati"),
    _noto("Gurmukhi"), _noto("Oriya"), _noto("Sinhala"), _noto("Khmer"), _noto("Lao"), _noto("Myanmar"),
    _noto("Armenian", shaped=False), _noto("Georgian", shaped=False), _noto("Ethiopic", shaped=False),
)  # fmt: skip
_LATIN = _noto("", shaped=False)
_LAST = (_noto("Symbols", shaped=False), Face("manimgx_fonts", "NotoEmoji[wght].ttf", weight=500))

_NOBODY = "\U0010fffe"  # a noncharacter: no font has it, so it shows what a font draws for what it lacks


class _Opened(threading.local):
    """Fonts of one thread: a FreeType face keeps its size and glyph while it draws."""

    def __init__(self) -> None:
        self.fonts: dict[tuple[Face, int, bool], ImageFont.FreeTypeFont] = {}


_opened = _Opened()


def font(face: Face, size: int) -> ImageFont.FreeTypeFont:
    """The face at a size in pixels."""
    shaped = face.shaped and has_shaping()
    key = (face, size, shaped)
    found = _opened.fonts.get(key)
    if found is None:
        if len(_opened.fonts) > 200:
            _opened.fonts.clear()
        engine = ImageFont.Layout.RAQM if shaped else ImageFont.Layout.BASIC
        path = str(files(face.package).joinpath(face.file))
        found = ImageFont.truetype(path, size, index=face.index, layout_engine=engine)
        if face.weight is not None:
            found.set_variation_by_axes([face.weight])
        _opened.fonts[key] = found
    return found


@lru_cache(maxsize=1)
def has_shaping() -> bool:
    """Whether Pillow can join Arabic letters and order the vowels of India."""
    return bool(features.check("raqm"))


@lru_cache(maxsize=8192)
def covers(face: Face, character: str) -> bool:
    """Whether the face has a drawing for the character."""
    probe = font(face, 24)
    return _drawn(probe, character) != _drawn(probe, _NOBODY)


def _drawn(probe: ImageFont.FreeTypeFont, character: str) -> tuple[tuple[int, int], bytes]:
    mask = probe.getmask(character, mode="L")
    return mask.size, bytes(mask)


@lru_cache(maxsize=8192)
def face_for(character: str, first: Face, asian: Face) -> Face | None:
    """The face to write a character with: the wanted one when it can, else the first that can; None when none can."""
    for face in (first, _LATIN, asian, *_SCRIPTS, *_LAST):
        if covers(face, character):
            return face
    return None


def asian_face(text: str) -> Face:
    """Han characters are drawn differently in Japan and Korea; kana and hangul tell which text it is."""
    if any("぀" <= character <= "ヿ" for character in text):
        return JAPANESE
    if any("가" <= character <= "힣" for character in text):
        return KOREAN
    return CHINESE


def runs(text: str, first: Face) -> Iterator[tuple[Face, str]]:
    """The text cut where the face changes; characters that no face can draw are left out."""
    asian = asian_face(text)
    face, held = first, ""
    for character in text:
        wanted = _joined(character, face) or face_for(character, first, asian)
        if wanted is None:
            continue
        if wanted != face and held:
            yield face, held
            held = ""
        face, held = wanted, held + character
    if held:
        yield face, held


def _joined(character: str, face: Face) -> Face | None:
    """The face of the run so far, when the character belongs to what stands before it."""
    if character == " ":
        return None if face in _LAST else face  # a space among emoji is as wide as an emoji
    if unicodedata.category(character) in {"Mn", "Me", "Mc", "Cf"} and covers(face, character):
        return face
    return None
