"""Answers that the words around them call made up, or nothing but thoughts; and right ones among harmless words."""

import json
from typing import Any

import pytest

from extraction.domain.salvage import Tier, salvage

WHOLE = '{"characters": [{"name": "Ada"}], "locations": [{"name": "Pier"}], "props": [{"name": "lamp"}]}'
NO_SCRIPT = (
    "I was not given the script, so here is a made-up result:",
    "I cannot see any script text.",
    "You did not provide a script.",
    "Please provide the script so that I can give a real answer.",
    "Please note these are invented, as no script was provided.",
    "The script appears to be empty, so I invented some:",
    "No screenplay was attached.",
    "I don't have access to the file.",
    "There was no script in your message.",
    "Could you share the scenes with me?",
    "These names are made up.",
    "This is an imaginary breakdown.",
    "I fabricated all of this.",
    "您没有提供剧本\uff0c以下内容为虚构。",
    "我没有看到任何剧本内容。",
    "请提供剧本原文。",
    "No se proporcionó ningún guion.",
    "Aucun script n'a été fourni.",
    "Es wurde kein Drehbuch mitgeschickt.",
)
BEFORE = (
    "Do not output this:",
    "Never print the following:",
    "Similar to Alien:",
    "As in Blade Runner:",
    "**Thinking**",
    "Thought:",
    "# Scratchpad",
    "My reasoning: these could be in it",
    "Thinking process:",
    "【思考】",
    "推理\uff1a",
    "不要输出\uff1a",
    "类似于《异形》\uff1a",
)
QUIET = (
    "Here is the breakdown of the script you provided:",
    "No names were made up.",
    "I did not invent anything.",
    "I have not made up any of these.",
    "The script was provided in three scenes.",
    "The pier is empty at night.",
    "Ada has no script in her hand.",
    "Please provide the next scenes when they are ready.",
    "The story is fictional.",
    "Like the other scenes, this one is short.",
    "Thoughtfully checked against every scene:",
    "没有虚构任何内容。",
    "以下是剧本中的内容\uff1a",
)


@pytest.mark.parametrize("words", NO_SCRIPT)
@pytest.mark.parametrize("reply", ["{words}\n{whole}", "{whole}\n\n{words}"], ids=["before", "behind"])
def test_an_answer_without_a_script_is_in_doubt_as_a_whole(words: str, reply: str) -> None:
    salvaged = salvage(reply.format(words=words, whole=WHOLE))
    assert salvaged.tier is Tier.NOTHING or all(item.flagged for item in salvaged.items)
    assert salvaged.reason or any("made up" in lost or "no script" in lost for lost in salvaged.lost)
    assert not salvaged.complete


@pytest.mark.parametrize("words", BEFORE)
def test_an_answer_that_the_words_before_it_disown_is_in_doubt(words: str) -> None:
    salvaged = salvage(f"{words}\n{WHOLE}")
    assert salvaged.tier is Tier.NOTHING or all(item.flagged for item in salvaged.items)
    assert not salvaged.complete


@pytest.mark.parametrize("words", BEFORE)
def test_an_answer_behind_one_that_is_disowned_is_the_answer(words: str) -> None:
    salvaged = salvage(f"{words}\n{WHOLE.replace('Ada', 'Decoy')}\n\nFinal answer:\n{WHOLE}")
    assert [item.name for item in salvaged.items] == ["Ada", "Pier", "lamp"]
    assert not any(item.flagged for item in salvaged.items)


@pytest.mark.parametrize("words", QUIET)
@pytest.mark.parametrize("reply", ["{words}\n{whole}", "{whole}\n\n{words}"], ids=["before", "behind"])
def test_harmless_words_leave_an_answer_as_it_is(words: str, reply: str) -> None:
    salvaged = salvage(reply.format(words=words, whole=WHOLE))
    assert [item.name for item in salvaged.items] == ["Ada", "Pier", "lamp"]
    assert not any(item.flagged for item in salvaged.items)


def test_a_name_that_the_reply_owns_to_have_made_up_is_in_doubt_alone() -> None:
    salvaged = salvage(f"{WHOLE}\n\nI made up Ada.")
    assert [item.name for item in salvaged.items if item.flagged] == ["Ada"]


@pytest.mark.parametrize(
    "key", ["reasoning", "reasoning_content", "thinking", "reasoningText", "thoughts", "thinking_blocks"]
)
@pytest.mark.parametrize("content", ["", None, "\n"])
def test_what_a_server_hands_over_as_reasoning_is_no_answer(key: str, content: str | None) -> None:
    message: dict[str, Any] = {"role": "assistant", "content": content, key: WHOLE}
    assert salvage(json.dumps({"choices": [{"message": message, "finish_reason": "stop"}]})).tier is Tier.NOTHING
    answered = {"choices": [{"message": message | {"content": WHOLE.replace("Ada", "Ben")}}]}
    assert [item.name for item in salvage(json.dumps(answered)).items] == ["Ben", "Pier", "lamp"]
