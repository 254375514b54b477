"""The words that models use for the fields of an item, each of which has to be read."""

import json
from typing import Any

import pytest

from extraction.domain.salvage import Item, salvage

ALIASES = (
    "aliases", "alias", "aka", "a.k.a.", "aliasNames", "alias_name", "alsoKnownAs", "other_names", "otherName", "alternate names", "alternateName",
    "alternative_names", "alternativeName", "altNames", "nicknames", "nickname", "knownAs", "variants", "name_variants", "别名", "又名", "别称", "昵称",
    "外号", "绰号", "別名", "별명", "surnoms", "apodos",
)  # fmt: skip
DESCRIPTIONS = (
    "description", "desc", "descr", "summary", "details", "detail", "visual", "visualDescription", "visuals", "appearance", "look", "looks", "bio",
    "biography", "about", "physical_description", "shortDescription", "描述", "描寫", "說明", "外貌", "外觀", "外观", "简介", "说明", "形象", "描写", "介绍",
    "説明", "설명", "descripción", "descripcion", "Beschreibung", "descrizione", "descrição", "описание",
)  # fmt: skip
SCENES = (
    "scenes", "scene", "sceneNumbers", "scene_number", "sceneNos", "scene_no", "scene_ids", "sceneId", "scene_list", "appearsIn", "appearances",
    "appears_in_scenes", "inScenes", "present_in", "occurs in", "scenesAppeared", "场次", "出场", "场景", "场号", "出场场次", "场景编号", "出现场次", "シーン",
    "장면", "escenas", "scène", "scènes", "Szene", "Szenen", "scena", "сцены", "сцена",
)  # fmt: skip
EVIDENCE = (
    "evidence", "evidences", "quotes", "quote", "lines", "citations", "citation", "proof", "proofs", "excerpts", "excerpt", "passages", "mentions",
    "references", "supportingQuotes", "text_evidence", "证据", "引文", "引用", "原文", "台词", "依据",
)  # fmt: skip
QUOTED = (
    "quote", "text", "line", "excerpt", "content", "passage", "sentence", "snippet", "quotation", "citation", "verbatim", "原文", "引文", "台词", "内容",
    "文本", "句子",
)  # fmt: skip
CONFIDENCE = ("confidence", "confidenceScore", "score", "certainty", "probability", "置信度", "可信度")
ATTRIBUTES = (
    "attributes", "attrs", "traits", "properties", "props", "features", "characteristics", "metadata", "extra", "属性", "特征",
)  # fmt: skip
SCENE_OF_QUOTE = ("scene", "sceneNumber", "scene_no", "场次", "Szene")


def item_with(**fields: Any) -> Item:
    (item,) = salvage(json.dumps({"characters": [{"name": "Ada"} | fields], "locations": [], "props": []})).items
    return item


@pytest.mark.parametrize("key", ALIASES)
def test_other_names_are_read_under_any_word_for_them(key: str) -> None:
    assert item_with(**{key: ["Addie"]}).aliases == ("Addie",)


@pytest.mark.parametrize("key", DESCRIPTIONS)
def test_a_description_is_read_under_any_word_for_it(key: str) -> None:
    item = item_with(**{key: "34, in oilskin"})
    assert (item.description, item.attributes) == ("34, in oilskin", {})


@pytest.mark.parametrize("key", SCENES)
def test_scenes_are_read_under_any_word_for_them(key: str) -> None:
    assert item_with(**{key: [2, "3"]}).scene_numbers == (2, 3)


@pytest.mark.parametrize("key", EVIDENCE)
def test_evidence_is_read_under_any_word_for_it(key: str) -> None:
    assert item_with(**{key: [{"scene": 1, "quote": "Ada walks."}]}).quotes == ((1, "Ada walks."),)


@pytest.mark.parametrize("key", QUOTED)
def test_a_quote_is_read_under_any_word_for_it(key: str) -> None:
    assert item_with(evidence=[{"scene": 1, key: "Ada walks."}]).quotes == ((1, "Ada walks."),)


@pytest.mark.parametrize("key", SCENE_OF_QUOTE)
def test_the_scene_of_a_quote_is_read_under_any_word_for_it(key: str) -> None:
    assert item_with(evidence=[{key: 4, "quote": "Ada walks."}]).quotes == ((4, "Ada walks."),)


@pytest.mark.parametrize("key", CONFIDENCE)
def test_confidence_is_read_under_any_word_for_it(key: str) -> None:
    assert item_with(**{key: 0.25}).confidence == 0.25


@pytest.mark.parametrize("key", ATTRIBUTES)
def test_attributes_are_read_under_any_word_for_them(key: str) -> None:
    assert item_with(**{key: {"hat": "red"}}).attributes == {"hat": "red"}
