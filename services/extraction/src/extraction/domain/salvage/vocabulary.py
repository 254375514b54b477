"""What keys, types and headings mean, in the words and languages models use."""

import re
import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache

from extraction.domain.finds import AssetType

CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
SHORTEST_MISSPELT, ALIKE = 7, 0.9
WORD = re.compile(r"[^\W_]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TYPE_WORDS: Mapping[AssetType, frozenset[str]] = {
    AssetType.CHARACTER: _words(
        "character characters char chars cast person persons people protagonist protagonists role roles personage personages figure figures "
        "actor actors personae humans human being beings creature creatures "
        "人物 角色 登场人物 出场人物 主要人物 登場人物 キャラクター 등장인물 캐릭터 인물 personaje personajes personnage personnages "
        "figuren charakter charaktere personen personaggio personaggi personagem personagens персонаж персонажи"
    ),
    AssetType.LOCATION: _words(
        "location locations loc locs place places setting settings set sets venue venues site sites environment environments locale locales "
        "地点 场景 場所 场所 场地 位置 取景地 拍摄地 地點 場景 ロケーション 장소 로케이션 lugar lugares localización localizaciones lieu lieux "
        "décor décors ort orte schauplatz schauplätze luogo luoghi ambientazioni local locais место места локация локации"
    ),
    AssetType.PROP: _words(
        "prop props item items object objects property properties article articles thing things artifact artifacts artefact artefacts "
        "道具 物品 物件 小道具 关键道具 小物 소품 소도구 물건 objeto objetos utilería atrezo accesorio accesorios accessoire accessoires objet objets "
        "requisit requisiten gegenstand gegenstände oggetto oggetti adereço adereços реквизит предмет предметы"
    ),
}
WEAK = _words(
    "item items object objects thing things set sets figure figures role roles property properties article articles human being beings local"
)
"""Words that name a type only where nothing says otherwise."""

PROP_KINDS = _words(
    "weapon weapons tool tools food foods drink drinks furniture equipment gadget gadgets 武器 工具 食物 家具"
)
"""Kinds of props that some replies list by themselves, beside the three lists."""

FILLERS = _words(
    "list lists array arrays all main key the of in and minor major lead leads supporting secondary primary important extracted found detected identified "
    "asset assets name names entry entries data speaking named other scene story script film hand dramatis full final featured unique "
    "列表 清单 名单 主要 次要 所有 全部"
)
GROUPS = FILLERS | _words(
    "group groups results result values background extras interior exterior interiors exteriors int ext day night items item elements element characters "
    "locations props first second leading protagonists antagonists recurring hero set dressing handled children member members record records node nodes edge edges hit hits source entity entities "
    "主角 配角 群演 其他 内景 外景"
)
PARTS = _words("role roles actor actors figure figures part 角色类型")
"""Keys of a character that hold its name in some replies and its weight or its player in others."""
WEIGHTS = _words(
    "lead main supporting minor major protagonist antagonist extra background primary secondary cameo featured hero villain narrator 主角 配角 反派 群演"
)
COUNTS = _words(
    "count counts total totals number num size length amount page pages offset limit perpage next nextpage cursor nextcursor hasnext 数量 总数"
)
DECOYS = _words(
    "example examples sample samples exampleoutput sampleoutput schema jsonschema outputschema responseschema format outputformat responseformat "
    "expectedformat template prompt instruction instructions request reasoning thinking thought thoughts analysis reflection chainofthought scratchpad draft drafts "
    "firstdraft initial attempt previous previousanswer fewshot rejected excluded ignored removed discarded notincluded knowncast known input definitions defs "
    "示例 例子 模板 格式 草稿 思考 推理"
)
DECOY_WORDS = _words(
    "reasoning thinking thought thoughts wrong bad incorrect rejected excluded discarded removed ignored omitted negative hallucinated invalid scratch example examples draft drafts 错误 排除"
)
FINALS = _words("final finalanswer finalresult finaloutput finaljson corrected revised 最终答案 最终结果")

WRAPPERS = _words("answer result output response json answers results outputs 答案 结果")
"""Words of keys that say of what is under them that it answers, and not which answer it is."""

NAMES = (
    "name", "names", "fullname", "displayname", "canonicalname", "propername", "assetname", "entityname", "itemname", "title", "label", "名称", "名稱", "姓名", "名字",
    "名", "角色名", "人物名", "地名", "物名", "品名", "nombre", "nom", "nome", "名前", "이름", "имя", "название", "bezeichnung", "heading", "slugline", "identifier", "entity", "term", "word", "value", "text", "who", "where", "what",
)  # fmt: skip
VAGUE_NAMES = frozenset({"term", "word", "value", "text", "who", "where", "what"})
"""Keys that hold a name only where no other does."""
NAME_ENDINGS = ("名稱", "名称", "姓名", "名字", "名")
DESCRIPTIONS = _words(
    "description desc descr summary details detail visual visualdescription visuals appearance look looks bio biography about physicaldescription "
    "shortdescription 描述 描寫 說明 外貌 外觀 外观 简介 说明 形象 描写 介绍 説明 설명 descripción descripcion beschreibung descrizione descrição описание"
)
ALIASES = _words(
    "aliases alias aka aliasnames aliasname alsoknownas othernames othername alternatenames alternatename alternativenames alternativename altnames "
    "nicknames nickname knownas variants namevariants 别名 又名 别称 昵称 外号 绰号 別名 별명 alias surnoms apodos"
)
SCENES = _words(
    "scenes scene scenenumbers scenenumber scenenos sceneno sceneids sceneid scenelist appearsin appearances appearsinscenes inscenes presentin "
    "occursin scenesappeared 场次 出场 场景 场号 出场场次 场景编号 出现场次 シーン 장면 escenas scène scènes szene szenen scene scena сцены сцена"
)
EVIDENCE = _words(
    "evidence evidences quotes quote lines citations citation proof proofs excerpts excerpt passages mentions references supportingquotes textevidence 证据 引文 引用 "
    "原文 台词 依据"
)
QUOTED = _words(
    "quote text line excerpt content passage sentence snippet quotation citation verbatim 原文 引文 台词 内容 文本 句子"
)
CONFIDENCE = _words("confidence confidencescore score certainty probability 置信度 可信度")
ATTRIBUTES = _words("attributes attrs traits properties props features characteristics metadata extra 属性 特征")
EXCLUDED_WHEN = {
    **dict.fromkeys(
        _words(
            "inscript inthescript inscenes present ispresent found isfound appears exists valid isvalid include included keep grounded verified 在剧本中 有效"
        ),
        False,
    ),
    **dict.fromkeys(
        _words(
            "exclude excluded notinscript rejected reject remove removed discard discarded ignore ignored hallucinated invented "
            "isexample example placeholder isplaceholder decoy deleted 排除 无效"
        ),
        True,
    ),
}
"""Marks of an item that take it out of the answer again, and the value with which they do."""
NOTES = _words("note notes comment comments remark remarks warning warnings disclaimer caveat 备注 说明")
REMARKS = NOTES | _words(
    "message info notice caveats limitations omissions omission status summarynote explanation hint 提示 注意 注"
)
VERDICTS = NOTES | _words("status state verdict decision reason 状态")
REJECTED = _words(
    "rejected excluded removed discarded ignored invalid deleted dropped notfound notinscript notpresent hallucinated falsepositive wrong 排除 无效 删除 误报"
)
"""What a note says of an item that it takes out of the answer again."""
TYPES = _words(
    "type label tag nertag assettype category kind class entitytype itemtype group classification objecttype 类型 类别 分类 种类 tipo typ тип"
)
CARRIERS = _words(
    "arguments args input content text output response result answer json data body message parts value final finalanswer completion generatedtext "
    "parameters payload 结果 答案"
)


@lru_cache(maxsize=4096)
def words_of(key: str) -> tuple[str, ...]:
    """The words of a key, small: `extractedAssets`, `extracted_assets` and `Extracted Assets` are one."""
    return tuple(WORD.findall(CAMEL.sub(" ", unicodedata.normalize("NFKC", key[:80]).replace("_", " ")).casefold()))


def squeezed(key: str) -> str:
    """A key without case, blanks and marks."""
    return "".join(words_of(key))


def type_of_word(word: str) -> AssetType | None:
    """The type that one word names, also with a letter missing or too many."""
    if len(word) >= SHORTEST_MISSPELT and word[0] in "cl":
        word = next(iter(get_close_matches(word, ("character", "characters", "location", "locations"), 1, ALIKE)), word)
    return next((asset_type for asset_type, words in TYPE_WORDS.items() if word in words), None)


@lru_cache(maxsize=4096)
def type_of_key(key: str) -> AssetType | None:
    """The type whose list stands under a key such as `characterList`, `main_cast`, `道具列表`."""
    words = words_of(key)
    whole = type_of_word("".join(words))
    if whole is not None or not words:
        return whole
    named = [word for word in words if word not in FILLERS and not word.isdigit()]
    types = {type_of_word(word) or _type_of_compound(word) for word in named}
    return types.pop() if len(types) == 1 else _strong_type(named)


def is_weak(key: str) -> bool:
    """Whether a key names a type only where nothing says otherwise: `items` may hold anything."""
    named = [word for word in words_of(key) if word not in FILLERS]
    return all(word in WEAK for word in named)


def _type_of_compound(word: str) -> AssetType | None:
    """`道具列表` and `主要人物` are written without blanks."""
    for filler in ("列表", "清单", "名单", "一览", "信息", "资料", "表"):
        word = word.removesuffix(filler)
    for filler in ("主要", "次要", "所有", "全部", "重要"):
        word = word.removeprefix(filler)
    return type_of_word(word)


def _strong_type(named: list[str]) -> AssetType | None:
    """`prop_items` are props, `set locations` are locations: the word that is not weak decides."""
    if any(type_of_word(word) is None for word in named):
        return None
    strong = {type_of_word(word) for word in named if word not in WEAK}
    return strong.pop() if len(strong) == 1 else None


def is_decoy_key(key: str) -> bool:
    """Whether what stands under a key is no part of the answer: `example`, `rejected_assets`."""
    return squeezed(key) in DECOYS or any(word in DECOY_WORDS for word in words_of(key))


def is_list_key(key: str) -> bool:
    """Whether a list of assets may stand under a key."""
    return type_of_key(key) is not None and words_of(key)[-1:] != ("name",)


def names_group(key: str) -> bool:
    """Whether a key only sorts what is below it, as `main` and `supporting` do."""
    return all(word in GROUPS or word.isdigit() for word in words_of(key))


def name_rank(key: str, asset_type: AssetType | None) -> int | None:
    """How surely a key of an item holds its name, the best first; None when it does not."""
    low = squeezed(key)
    if low in NAMES:
        return NAMES.index(low)
    words = words_of(key)
    named = type_of_word(words[0]) if words else None
    named_by = next((type_of_word(low.removesuffix(end)) for end in NAME_ENDINGS if low.endswith(end)), None)
    if named_by is not None and asset_type in {None, named_by}:
        return 1
    if named is None or (asset_type is not None and named is not asset_type):
        return None
    if words[1:] in {("name",), ("title",), ("label",)}:
        return 1
    return len(NAMES) if len(words) == 1 else None
