"""The styles known by name: the words that call them, their colours and their hand."""

from __future__ import annotations

from dataclasses import dataclass

from imagegen.adapters.sketch.manner import Manner
from imagegen.adapters.sketch.palette import Palette, palette


@dataclass(frozen=True, slots=True)
class Mood:
    """One named style."""

    words: tuple[str, ...]
    palette: Palette
    manner: Manner


# paper, ink, sky, haze, far, near, light, accent, second
MOODS: tuple[Mood, ...] = (
    Mood(
        ("noir", "film noir", "hardboiled", "黑色电影", "悬疑"),
        palette("17181c", "efe8da", "24272d", "a9a59b", "575a60", "0c0d10", "f6ecd2", "c5352b", "7a8089"),
        Manner(lettering="caps", grit=0.8, grain=0.9, depth=1.5, vignette=0.5, grade=0.38),
    ),
    Mood(
        ("watercolor", "watercolour", "aquarelle", "水彩"),
        palette("fbf7ec", "2f3b4a", "8fbcd4", "f7dfc6", "a3b7c8", "476a70", "fff4d4", "d7694f", "e0ab45"),
        Manner(finish="wash", edge="brushed", lettering="italic", grit=0.15, grain=0.35, depth=0.7, vignette=0.0),
    ),
    Mood(
        ("ink wash", "sumi", "shuimo", "calligraphy", "水墨", "国画"),
        palette("f5f0e5", "20201f", "cfccc2", "f3eee2", "a9aca8", "363938", "fdf9ee", "b5322a", "76807b"),
        Manner(
            finish="wash", edge="brushed", lettering="serif", grit=0.25, grain=0.3, depth=0.9, vignette=0.0, grade=0.62
        ),
    ),
    Mood(
        ("cyberpunk", "neon", "synthwave", "vaporwave", "tron", "赛博朋克", "霓虹"),
        palette("0e0b1e", "eaf4ff", "1a1248", "c0328f", "43308c", "0b0919", "9df3ff", "18dfe6", "ff3f9b"),
        Manner(finish="glow", lettering="caps", grit=0.35, grain=0.5, depth=1.1, vignette=0.4, grade=0.34),
    ),
    Mood(
        ("woodcut", "linocut", "engraving", "etching", "block print", "木刻", "版画"),
        palette("f0e5cf", "1d1813", "d9c59d", "f3e6c8", "b39a72", "2c231b", "fbf2da", "b4341f", "86714d"),
        Manner(
            finish="woodcut", lettering="serif", outline=1.6, grit=0.2, grain=0.4, depth=1.4, vignette=0.0, grade=0.4
        ),
    ),
    Mood(
        ("ukiyo-e", "ukiyoe", "japanese print", "edo", "浮世绘"),
        palette("f3e9d3", "1f2a44", "2f5f8c", "f2cda6", "82a5b6", "243f5b", "fceecf", "c8452f", "d9a441"),
        Manner(lettering="serif", outline=1.5, grit=0.35, grain=0.7, depth=0.6, vignette=0.05, grade=0.22),
    ),
    Mood(
        ("anime", "manga", "cel shaded", "cel-shaded", "ghibli", "shonen", "动漫", "日漫", "二次元", "漫画"),
        palette("fdfdfa", "22284b", "3f97e0", "d9f1fb", "86b8e4", "3d7a78", "fffce6", "f4556a", "ffc04a"),
        Manner(edge="round", lettering="sans", outline=1.5, grit=0.0, grain=0.1, depth=0.9, vignette=0.0),
    ),
    Mood(
        ("comic", "pop art", "superhero", "graphic novel", "halftone", "连环画", "美漫"),
        palette("fff6e0", "16161d", "2f9bd6", "fde58c", "6a97d2", "2a376a", "fffbe6", "e2352b", "f6b708"),
        Manner(finish="halftone", lettering="caps", outline=2.4, grit=0.0, grain=0.25, depth=1.2, vignette=0.0),
    ),
    Mood(
        ("pastel", "kawaii", "dreamy", "cute", "粉彩", "梦幻", "治愈"),
        palette("fff9f6", "54486a", "c6d2f4", "fee4e0", "cabfe4", "9484b6", "fff7dc", "ee8f9a", "9fd4c3"),
        Manner(edge="round", lettering="sans", grit=0.25, grain=0.25, depth=0.55, vignette=0.0, grade=0.25),
    ),
    Mood(
        ("pencil", "sketch", "charcoal", "line art", "line drawing", "graphite", "hand-drawn", "素描", "手绘", "线稿"),
        palette("f8f5ee", "303037", "e4e6e6", "faf6ec", "c6c8ca", "6c6e75", "fffdf6", "c4533b", "7b95a8"),
        Manner(
            finish="pencil",
            edge="brushed",
            lettering="italic",
            outline=1.3,
            grit=0.7,
            grain=0.5,
            vignette=0.0,
            grade=0.35,
        ),
    ),
    Mood(
        (
            "storybook",
            "gouache",
            "children's book",
            "picture book",
            "fairy tale",
            "fairytale",
            "whimsical",
            "童话",
            "绘本",
        ),
        palette("fdf2da", "3c2b40", "74b0b0", "fce2b0", "8eaa8c", "3c5b56", "fff1c6", "df6039", "efb038"),
        Manner(edge="brushed", lettering="serif", grit=0.75, grain=0.7, depth=0.8, vignette=0.1),
    ),
    Mood(
        ("horror", "gothic", "dark fantasy", "macabre", "lovecraft", "vampire", "恐怖", "哥特", "惊悚"),
        palette("16131a", "e8e0d2", "2a2434", "8c787a", "4d4353", "0e0b11", "dcd3aa", "98202c", "5f7558"),
        Manner(lettering="serif", grit=0.9, grain=0.8, depth=1.4, vignette=0.55, grade=0.45),
    ),
    Mood(
        ("pixel", "8-bit", "16-bit", "8bit", "16bit", "retro game", "像素"),
        palette("1c1f33", "f4f1de", "3a4a8c", "f2a65a", "5d6bb0", "171a2e", "fff1a8", "e4505c", "3fc0a0"),
        Manner(finish="pixel", lettering="caps", grit=0.0, grain=0.0, depth=1.1, vignette=0.0),
    ),
    Mood(
        ("western", "frontier", "cowboy", "spaghetti", "西部"),
        palette("f8e8cc", "3a2418", "dfa765", "fce3b0", "c98656", "64371f", "fff1c8", "ae381d", "3d7076"),
        Manner(lettering="caps", grit=0.8, grain=0.8, vignette=0.25, grade=0.4),
    ),
    Mood(
        ("steampunk", "victorian", "sepia", "industrial", "daguerreotype", "蒸汽朋克", "民国"),
        palette("efe1c4", "33231a", "9f845d", "ecd5a4", "937856", "3b2a1e", "fce8ba", "a54d28", "4c6e66"),
        Manner(lettering="serif", grit=0.7, grain=0.8, vignette=0.35, grade=0.55),
    ),
    Mood(
        ("guofeng", "wuxia", "xianxia", "hanfu", "gongbi", "dunhuang", "国风", "古风", "武侠", "仙侠", "工笔"),
        palette("f6edda", "2a2622", "9dbbae", "f5e4c4", "82a493", "325a4e", "fff4d6", "b3332a", "c8983b"),
        Manner(
            edge="brushed", lettering="serif", outline=0.9, grit=0.35, grain=0.5, depth=0.7, vignette=0.05, grade=0.18
        ),
    ),
    Mood(
        ("sci-fi", "science fiction", "futuristic", "space opera", "space", "retrofuturism", "科幻", "未来"),
        palette("eef2f4", "16222f", "1e3c62", "a9d6e2", "587c9c", "17263a", "f4fcff", "f86834", "38aebf"),
        Manner(lettering="caps", grit=0.6, grain=0.5, vignette=0.15, grade=0.2),
    ),
    Mood(
        ("oil", "oil painting", "impressionist", "baroque", "renaissance", "油画"),
        palette("f3e9d5", "2d2326", "3b5878", "f3c892", "7286a2", "2d3a3c", "ffebb6", "b2452e", "d3a03e"),
        Manner(
            finish="brush", edge="clean", lettering="serif", grit=0.3, grain=0.4, depth=1.1, vignette=0.3, grade=0.2
        ),
    ),
    Mood(
        ("fantasy", "epic", "medieval", "magical", "mythic", "奇幻", "魔幻", "史诗"),
        palette("f4ead6", "2b2434", "3d4f86", "f6c79a", "7a80b0", "2c3550", "ffecb8", "b8432f", "d8a540"),
        Manner(lettering="serif", grit=0.65, grain=0.55, vignette=0.25),
    ),
    Mood(
        ("vintage", "retro", "art deco", "travel poster", "mid-century", "poster", "1950s", "1960s", "1970s", "复古"),
        palette("f6e8cb", "2a2b36", "2e7276", "f5bb6a", "dc7f50", "293b4b", "fce6ae", "c43f2e", "e8a437"),
        Manner(lettering="caps", grit=0.85, grain=0.7, vignette=0.1, grade=0.3),
    ),
    Mood(
        ("3d", "pixar", "cartoon", "disney", "claymation", "stop motion", "卡通", "三维", "皮克斯"),
        palette("fff9f0", "2d2a50", "5fb2ec", "ffe3c8", "92a8e6", "56489a", "fff5d2", "fb7353", "34c2a3"),
        Manner(edge="round", lettering="sans", grit=0.1, grain=0.15, depth=0.8, vignette=0.05),
    ),
    Mood(
        ("monochrome", "black and white", "documentary", "silent film", "黑白", "纪实"),
        palette("f2f1ee", "1b1c1e", "83868a", "d9d9d6", "a3a5a7", "2b2d30", "fbfaf6", "55585c", "8c8f92"),
        Manner(lettering="serif", grit=0.8, grain=0.9, depth=1.2, vignette=0.35, grade=0.95),
    ),
    Mood(
        ("minimal", "minimalist", "flat", "vector", "bauhaus", "scandinavian", "极简", "扁平"),
        palette("f8f5f0", "26313b", "b5d1d4", "f6e4d0", "90b2b4", "33545c", "fff7e6", "ec6a47", "f0b546"),
        Manner(lettering="sans", grit=0.0, grain=0.15, depth=0.6, vignette=0.0),
    ),
    Mood(
        (
            "cinematic",
            "realistic",
            "photorealistic",
            "photographic",
            "photo",
            "film still",
            "live action",
            "电影",
            "写实",
        ),
        palette("12181c", "f1e9db", "1f4450", "eab073", "4a6c70", "111b20", "ffdfaa", "dc6a30", "62a6a8"),
        Manner(lettering="sans", grit=0.45, grain=0.6, depth=1.2, vignette=0.45, grade=0.3),
    ),
)
