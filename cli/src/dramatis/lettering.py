"""Lines of text in any script, set in typefaces from the wheels we depend on and never in fonts of the machine."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from PIL import Image, ImageDraw, ImageFont, features


@dataclass(frozen=True, slots=True)
class Face:
    """One font in one weight; `shaped` ones need Raqm for joined letters and right-to-left text."""

    package: str
    file: str
    index: int = 0
    weight: int | None = None
    shaped: bool = False
    rightward: bool = True


def _noto(script: str, *, shaped: bool = True, rightward: bool = True) -> Face:
    return Face("manimgx_fonts", f"NotoSans{script}[wght].ttf", weight=500, shaped=shaped, rightward=rightward)


REGULAR = Face("fontpkg_jost", "files/Jost[wght].ttf", weight=450)
STRONG = Face("fontpkg_jost", "files/Jost[wght].ttf", weight=600)
_JAPANESE, _KOREAN, _CHINESE = (Face("noto_cjk_sans_otc", "NotoSansCJK-Regular.ttc", index) for index in range(3))
_RIGHT_TO_LEFT = (_noto("Arabic", rightward=False), _noto("Hebrew", rightward=False))
_SHAPED = ("Devanagari", "Bengali", "Thai", "Tamil", "Telugu", "Kannada", "Malayalam", "Gujarati", "Gurmukhi", "Khmer")
_PLAIN = ("Armenian", "Georgian", "Ethiopic", "Symbols")
_EMOJI = Face("manimgx_fonts", "NotoEmoji[wght].ttf", weight=500)
_OTHERS = (
    *_RIGHT_TO_LEFT,
    *(_noto(script) for script in _SHAPED),
    *(_noto(script, shaped=False) for script in _PLAIN),
    _EMOJI,
)
_NOBODY = "\U0010fffe"  # a noncharacter: no font has it, so it shows what a font draws for what it lacks


@lru_cache(maxsize=256)
def _font(face: Face, size: int) -> ImageFont.FreeTypeFont:
    engine = ImageFont.Layout.RAQM if face.shaped and features.check("raqm") else ImageFont.Layout.BASIC
    path = str(files(face.package).joinpath(face.file))
    font = ImageFont.truetype(path, size, index=face.index, layout_engine=engine)
    if face.weight is not None:
        font.set_variation_by_axes([face.weight])
    return font


@lru_cache(maxsize=16384)
def _covers(face: Face, character: str) -> bool:
    drawn, lacking = (_font(face, 20).getmask(text, mode="L") for text in (character, _NOBODY))
    return (drawn.size, bytes(drawn)) != (lacking.size, bytes(lacking))


@lru_cache(maxsize=16384)
def _face_for(character: str, first: Face, asian: Face) -> Face | None:
    faces = (first, _noto("", shaped=False), asian, *_OTHERS)
    return next((face for face in faces if _covers(face, character)), None)


def _asian(text: str) -> Face:
    if any("\u3040" <= character <= "\u30ff" for character in text):
        return _JAPANESE
    return _KOREAN if any("\uac00" <= character <= "\ud7a3" for character in text) else _CHINESE


def _runs(text: str, first: Face) -> Iterator[tuple[Face, str]]:
    asian, face, held = _asian(text), first, ""
    for character in text:
        joins = unicodedata.category(character) in {"Mn", "Me", "Mc", "Cf", "Zs"} and face is not _EMOJI
        wanted = face if joins and _covers(face, character) else _face_for(character, first, asian)
        if wanted is None:
            continue
        if wanted != face and held:
            yield face, held
            held = ""
        face, held = wanted, held + character
    if held:
        yield face, held


def clean(text: str, limit: int = 300) -> str:
    """One line of what can be drawn; the rest is left out."""
    normal = unicodedata.normalize("NFC", text[: limit * 4])
    spaced = "".join(" " if one.isspace() else one for one in normal if one.isspace() or _is_drawn(one))
    line = " ".join(spaced.split())[:limit]
    return "".join(piece for _, piece in _runs(line, REGULAR)).strip()


def _is_drawn(character: str) -> bool:
    return unicodedata.category(character)[0] != "C" or character in "\u200c\u200d"


def width_of(text: str, face: Face, size: int) -> float:
    """Advance width in pixels."""
    return sum(_font(part, size).getlength(piece) for part, piece in _runs(text, face))


def cut(text: str, face: Face, size: int, width: float) -> str:
    """The text, or as much of its beginning as fits with an ellipsis; empty when not even that fits."""
    if width_of(text, face, size) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width_of(text[:middle].rstrip() + "…", face, size) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…" if low else ""


def write(
    page: Image.Image, at: tuple[float, float], text: str, face: Face, size: int, *, ink: tuple[int, int, int]
) -> None:
    """Draw one line with its baseline starting at a point; text that begins right-to-left keeps its order of words."""
    draw = ImageDraw.Draw(page)
    runs = list(_runs(text, face))
    if runs and not runs[0][0].rightward:
        runs.reverse()
    x, y = at
    for part, piece in runs:
        font = _font(part, size)
        line = piece if part.rightward or features.check("raqm") else piece[::-1]
        draw.text((x, y), line, fill=ink, font=font, anchor="ls")
        x += font.getlength(piece)
