"""A prop: one thing in good light, standing on a table or lying on cloth."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PIL import Image, ImageFilter

from imagegen.adapters.sketch import carried, colour, devices, papers, vessels
from imagegen.adapters.sketch.geometry import box, curve, ellipse
from imagegen.adapters.sketch.pen import Pen
from imagegen.adapters.sketch.plate import Grade, Plate
from imagegen.adapters.sketch.stuff import Stuff, stuff_of
from imagegen.adapters.sketch.subject import Subject
from imagegen.adapters.sketch.words import Words

Drawing = Callable[[Pen, Stuff], None]

THINGS: Mapping[Drawing, Sequence[str]] = {
    devices.smartphone: ("smartphone", "cellphone", "mobile", "iphone", "手机"),
    devices.telephone: ("telephone", "phone", "payphone", "电话"),
    vessels.lantern: ("lantern", "灯笼", "提灯", "马灯"),
    vessels.lamp: ("lamp", "台灯", "油灯"),
    vessels.candle: ("candle", "candlestick", "蜡烛", "烛"),
    devices.watch: ("watch", "pocketwatch", "怀表", "手表"),
    devices.clock: ("clock", "alarm", "timer", "闹钟", "时钟", "钟"),
    devices.compass: ("compass", "astrolabe", "罗盘", "指南针"),
    devices.camera: ("camera", "polaroid", "相机", "摄像机"),
    devices.radio: ("radio", "walkie", "transmitter", "收音机", "电台"),
    devices.computer: ("laptop", "computer", "terminal", "电脑", "笔记本电脑"),
    papers.photograph: ("photograph", "photo", "picture", "portrait", "照片", "相片"),
    papers.letter: ("letter", "envelope", "note", "telegram", "invitation", "信", "信封", "书信", "纸条"),
    papers.chart: ("map", "scroll", "chart", "blueprint", "parchment", "地图", "卷轴", "图纸", "圣旨"),
    papers.book: ("book", "diary", "journal", "notebook", "grimoire", "tome", "bible", "ledger", "书", "日记", "秘籍", "账本"),
    papers.key: ("key", "keys", "钥匙"),
    papers.coin: ("coin", "medal", "token", "medallion", "硬币", "铜钱", "金币", "令牌", "奖章"),
    papers.pendant: ("pendant", "necklace", "amulet", "locket", "jade", "talisman", "吊坠", "项链", "玉佩", "玉", "护身符"),
    papers.finger_ring: ("ring", "戒指", "指环"),
    papers.gem: ("gem", "crystal", "diamond", "jewel", "ruby", "stone", "宝石", "水晶", "钻石", "灵石"),
    carried.gun: ("gun", "pistol", "revolver", "rifle", "weapon", "枪"),
    carried.sword: ("sword", "katana", "sabre", "剑"),
    carried.knife: ("knife", "dagger", "blade", "razor", "刀", "匕首"),
    carried.mask: ("mask", "面具"),
    carried.crown: ("crown", "tiara", "皇冠", "王冠"),
    carried.umbrella: ("umbrella", "parasol", "伞"),
    carried.suitcase: ("suitcase", "briefcase", "trunk", "luggage", "手提箱", "行李", "皮箱", "公文包"),
    carried.bag: ("bag", "backpack", "satchel", "purse", "sack", "handbag", "包", "背包"),
    vessels.chest: ("chest", "box", "casket", "宝箱", "箱", "盒"),
    vessels.bottle: ("bottle", "potion", "vial", "flask", "perfume", "poison", "wine", "medicine", "瓶", "药", "酒", "毒"),
    vessels.cup: ("cup", "mug", "tea", "coffee", "goblet", "bowl", "teapot", "杯", "茶", "碗", "咖啡"),
    vessels.flower: ("flower", "rose", "bouquet", "lily", "花", "玫瑰"),
}  # fmt: skip
_FLAT = frozenset({
    papers.key, papers.letter, papers.coin, papers.chart, papers.photograph, papers.pendant, carried.gun, carried.knife,
    carried.sword, carried.mask, devices.watch, devices.compass, devices.smartphone, papers.finger_ring,
})  # fmt: skip


def draw(pen: Pen, subject: Subject) -> None:
    """Draw the thing that the words name."""
    thing = thing_of(subject.words)
    stuff = stuff_of(subject, pen.style.palette)
    if thing in _FLAT:
        _lying(pen, subject, thing, stuff)
    else:
        _standing(pen, subject, thing, stuff)


def thing_of(words: Words) -> Drawing:
    """The drawing of the thing named first; a bell jar with a stone when none is known."""
    return words.first(THINGS) or vessels.bell_jar


def _shadow_of(pen: Pen, thing: Drawing, stuff: Stuff) -> Image.Image:
    """Where the thing covers the plate, white on black."""
    plate = Plate(pen.plate.size, (0, 0, 0))
    thing(Pen(plate, pen.style, pen.pixel, pen.x, pen.y, pen.scale, pen.turn, pen.flip, silhouette=True), stuff)
    return plate.image.getchannel(0)


def _standing(pen: Pen, subject: Subject, thing: Drawing, stuff: Stuff) -> None:
    width, height = pen.plate.size
    dice, colours = subject.moment.fork("table"), pen.style.palette
    edge = height * 0.7
    base = subject.each_turn((colours.sky, colours.far, colour.muted(colours.second, 0.7)), "wall")
    wall = colour.mix(base, colours.haze, 0.35)
    if abs(colour.lightness(wall) - colour.lightness(stuff.body)) < 0.16:
        wall = colour.tone(wall, 0.16 if colour.lightness(wall) > 0.55 or colours.is_dark else -0.16)
    pen.fill(box(0, 0, width, height), paint=Grade(colour.tone(wall, -0.05), wall), contour=False)
    pen.glow(width * dice.between(0.36, 0.6), height * 0.42, width * 0.62, colours.light, 0.75)
    subject.each_turn(_BACKGROUNDS, "background")(pen, width, height)
    top = colour.mix(colours.near, colours.far, 0.35)
    pen.fill(
        box(-4, edge, width + 4, height + 4),
        paint=Grade(colour.tone(top, 0.06), colour.tone(top, -0.07)),
        contour=False,
    )
    pen.line([(0, edge), (width, edge)], 1.2 * pen.pixel, colour.tone(top, 0.16), 0.7)
    foot = height * 0.86
    scale = min(height * 0.68, width * 0.56)
    if subject.each_turn((False, True), "plinth"):
        foot = _plinth(pen, width, height)
        scale *= 0.86
    flip = dice.chance(0.4)
    place = pen.at(width / 2, foot, scale, flip=flip)
    _cast(pen, _shadow_of(place, thing, stuff), foot)
    pen.glow(width / 2, foot, scale * 0.62, pen.shadow, 0.75, tall=scale * 0.09)
    thing(place, stuff)


def _cast(pen: Pen, cover: Image.Image, base: float) -> None:
    """The thing's shadow, laid on the table away from the light."""
    width, height = cover.size
    half = cover.resize((max(1, width // 2), max(1, height // 2)), Image.Resampling.BOX)
    foot, squash, slant = base / 2, 3.4, 2.3
    laid = half.transform(
        half.size,
        Image.Transform.AFFINE,
        (1, slant, -slant * foot, 0, squash, foot - squash * foot),
        Image.Resampling.BILINEAR,
    ).filter(ImageFilter.GaussianBlur(2.2 * pen.pixel))
    dark = Image.blend(Image.new("L", half.size), laid, 0.5).resize(cover.size, Image.Resampling.BILINEAR)
    pen.plate.image.paste(pen.shadow, (0, 0), dark)


def _plinth(pen: Pen, width: int, height: int) -> float:
    """A round stand; returns the height of its top."""
    colours = pen.style.palette
    stone = colour.mix(colours.haze, colours.light, 0.4)
    x, top, low, half, tall = width / 2, height * 0.78, height * 0.9, width * 0.33, height * 0.045
    pen.glow(x, low + tall * 0.6, half * 1.4, pen.shadow, 0.7, tall=tall * 1.8)
    side = [(x - half, top), *reversed(ellipse(x, low, half, tall, start=0, end=180)), (x + half, top)]
    pen.fill(side, paint=colour.tone(stone, -0.08))
    pen.shade(side, start=(x - half * 0.2, top), end=(x + half, top), alpha=0.7)
    pen.fill(ellipse(x, top, half, tall), paint=stone)
    pen.shade(ellipse(x, top, half, tall), start=(x, top), end=(x + half, top), alpha=0.3)
    return top + tall * 0.25


def _niche(pen: Pen, width: int, height: int) -> None:
    tint = pen.style.palette.light
    x, half = width / 2, width * 0.3
    arch = [(x - half, height), *ellipse(x, height * 0.4, half, half, start=180, end=360), (x + half, height)]
    pen.fill(arch, paint=tint, alpha=0.28, contour=False)
    pen.line(arch, 1.4 * pen.pixel, tint, 0.5)


def _pane(pen: Pen, width: int, height: int) -> None:
    """The light of a window on the wall."""
    tint = pen.style.palette.light
    for column in range(2):
        for row in range(3):
            left, top = width * (0.14 + column * 0.17), height * (0.06 + row * 0.19)
            shape = [
                (left, top + 12),
                (left + width * 0.15, top),
                (left + width * 0.15, top + height * 0.17),
                (left, top + height * 0.17 + 12),
            ]
            pen.fill(shape, paint=tint, alpha=0.36, blur=1.6 * pen.pixel, contour=False)


def _circle(pen: Pen, width: int, height: int) -> None:
    colours = pen.style.palette
    disk = ellipse(width / 2, height * 0.42, width * 0.34)
    pen.fill(disk, paint=colour.mix(colours.second, colours.haze, 0.45), alpha=0.75, contour=False)
    pen.shade(disk, start=(0, height * 0.4), end=(0, height * 0.8), paint=colours.haze, alpha=0.7)


def _drape(pen: Pen, width: int, height: int) -> None:
    """Folds of a curtain."""
    colours = pen.style.palette
    tint = colour.mix(colours.far, colours.sky, 0.4)
    for step in range(8):
        left = width * (step / 8 - 0.02)
        fold = [
            *curve((left, 0), (left + 14, height * 0.4), (left - 4, height * 0.72)),
            *curve((left + width * 0.09, height * 0.72), (left + width * 0.1, height * 0.4), (left + width * 0.08, 0)),
        ]
        pen.shade(fold, start=(left, 0), end=(left + width * 0.12, 0), paint=tint, alpha=0.5)


_BACKGROUNDS: tuple[Callable[[Pen, int, int], None], ...] = (_circle, _niche, _pane, _drape)


def _lying(pen: Pen, subject: Subject, thing: Drawing, stuff: Stuff) -> None:
    width, height = pen.plate.size
    dice = subject.moment.fork("cloth")
    subject.each_turn(_SURFACES, "surface")(pen, width, height, stuff)
    pen.glow(width * 0.36, height * 0.3, width * 0.8, pen.style.palette.light, 0.45)
    scale = min(height * 0.72, width * 0.56)
    turn = subject.each_turn((-18.0, 24.0, 8.0, -34.0), "turn") + dice.between(-5, 5)
    middle = pen.at(width / 2, height / 2, scale, turn=turn)
    place = middle.at(0.0, 0.48)
    cover = _shadow_of(place, thing, stuff)
    small = cover.resize((max(1, width // 2), max(1, height // 2)), Image.Resampling.BOX).filter(
        ImageFilter.GaussianBlur(4 * pen.pixel)
    )
    dark = Image.blend(Image.new("L", small.size), small, 0.62).resize(cover.size, Image.Resampling.BILINEAR)
    offset = round(9 * pen.pixel)
    pen.plate.image.paste(pen.shadow, (offset, offset), dark.crop((0, 0, width - offset, height - offset)))
    thing(place, stuff)


def _cloth(pen: Pen, width: int, height: int, stuff: Stuff) -> None:
    colours = pen.style.palette
    tint = colour.mix(colours.sky, colours.near, 0.35)
    if abs(colour.lightness(tint) - colour.lightness(stuff.metal)) < 0.16:
        tint = colour.tone(tint, -0.16)
    pen.fill(box(0, 0, width, height), paint=Grade(tint, colour.tone(tint, -0.06)), contour=False)
    for step in range(6):
        y = height * (step * 0.2 - 0.06)
        fold = [
            *curve((0, y), (width * 0.45, y + height * 0.14), (width, y - height * 0.05)),
            *curve((width, y + height * 0.07), (width * 0.5, y + height * 0.22), (0, y + height * 0.1)),
        ]
        pen.shade(fold, start=(0, y), end=(width * 0.1, y + height * 0.2), alpha=0.3)


def _boards(pen: Pen, width: int, height: int, stuff: Stuff) -> None:
    colours = pen.style.palette
    wood = pen.natural(colour.mix(colours.near, colours.far, 0.2), (138, 92, 58), 0.68)
    if abs(colour.lightness(wood) - colour.lightness(stuff.metal)) < 0.16:
        wood = colour.tone(wood, -0.12)
    for step in range(5):
        top = height * step / 5
        plank = box(0, top, width, top + height / 5)
        pen.fill(plank, paint=colour.tone(wood, (0.0, 0.03, -0.02, 0.015, -0.03)[step]), contour=False)
        pen.line([(0, top), (width, top)], 2.0 * pen.pixel, colour.tone(wood, -0.13))
        for grain in (0.3, 0.55, 0.8):
            y = top + height / 5 * grain
            pen.line(
                list(curve((0, y), (width * (0.3 + grain * 0.4), y + 7 * (1 - 2 * (step % 2))), (width, y))),
                1.1 * pen.pixel,
                colour.tone(wood, -0.06),
                0.6,
            )


def _sheet(pen: Pen, width: int, height: int, _stuff: Stuff) -> None:
    """Drawing paper with the marks of a draughtsman."""
    colours = pen.style.palette
    ground = colour.mix(colours.haze, colours.far, 0.25)
    pen.fill(box(0, 0, width, height), paint=Grade(ground, colour.tone(ground, -0.04)), contour=False)
    tint = colour.tone(ground, -0.12)
    for step in range(1, 8):
        pen.line([(width * step / 8, 0), (width * step / 8, height)], 0.8 * pen.pixel, tint, 0.35)
        pen.line([(0, height * step / 8), (width, height * step / 8)], 0.8 * pen.pixel, tint, 0.35)
    pen.line(ellipse(width / 2, height / 2, width * 0.36), 1.2 * pen.pixel, tint, 0.8, closed=True)
    pen.line(ellipse(width / 2, height / 2, width * 0.4), 0.9 * pen.pixel, tint, 0.5, closed=True)


_SURFACES: tuple[Callable[[Pen, int, int, Stuff], None], ...] = (_cloth, _boards, _sheet)
