"""Replies that say of themselves that something is missing, wherever they say it; and whole ones that only sound like it."""

import json
from typing import Any

import pytest

from extraction.domain.salvage import salvage
from extraction.domain.salvage.outcome import NOT_WHOLE

LISTS: dict[str, Any] = {"characters": [{"name": "Ada"}], "locations": [{"name": "Pier"}], "props": [{"name": "lamp"}]}
WHOLE = json.dumps(LISTS)
WORDS = (
    "I left out minor characters.",
    "This covers scenes 1-3. Let me know if you want the rest.",
    "These are the first 20 characters.",
    "Here are the main characters only:",
    "I could only read the first page.",
    "Due to length limits I list only the most important ones.",
    "Only the first 3 scenes were processed due to length.",
    "I have only gone through the first half of the script.",
    "Part 1 of 3",
    "(Part 2/2)",
    "Scenes 1-4 of 12",
    "... and 5 others",
    "There are two more characters in scene 9.",
    "Some background characters were omitted.",
    "Scene 4 was skipped.",
    "The remaining props are not included here.",
    "To be continued.",
    "...",
    "Shall I continue with the next scenes?",
    "Would you like the remaining locations as well?",
    "Output cut off at the token limit.",
    "Continuará en el siguiente mensaje.",
    "Nota: la lista está incompleta.",
    "Suite dans le prochain message.",
    "La liste est incomplète.",
    "Fortsetzung folgt.",
    "Die Liste ist unvollständig.",
    "其余角色因篇幅省略。",
    "以上仅为前三场的内容。",
    "只列出了主要角色。",
    "还有5个角色未列出。",
    "内容过长\uff0c已被截断。",
    "未完待续",
    "第1部分\uff0c共3部分",
    "由于字数限制\uff0c后面的道具没有列出。",
)
QUIET_WORDS = (
    "Nothing is missing.",
    "No characters were left out.",
    "I left out people who are only talked about, as you asked.",
    "Duplicates were omitted.",
    "The list is complete: all 3 scenes are covered.",
    "Scenes 1-3 of 3",
    "Part 1 of 1",
    "There are no more characters.",
    'The prop "Part 1 of 3" is a book.',
    "Bo appears only in the first scene.",
    "The first scene is short.",
    "Ada and 2 men are at the pier.",
    "Let me know if you need anything else!",
    "Let me know if you want more detail.",
    "Two more things: Ada limps, and the lamp is brass.",
    "Ada skipped breakfast.",
    "I can also draw them if you like.",
    "没有遗漏任何角色。",
    "共3场\uff0c已全部列出。",
    "列表完整\uff0c未省略任何内容。",
    "其他角色没有台词。",
)
COMMENTS = (
    "// ... and the remaining characters\n",
    "/* 12 more omitted for brevity */",
    "# rest of the cast omitted\n",
    "// more characters here\n",
    "// etc.\n",
    "/* ... */",
    "// and so on\n",
    "// other minor characters\n",
    "// 其余角色略\n",
    "<!-- list truncated -->",
)
QUIET_COMMENTS = (
    "// the first\n",
    "/* the last */",
    "// the lead, more important than Bo\n",
    "# no other characters\n",
    "// 主角\n",
    "// one of the others on the pier\n",
)
ITEMS = (
    "and 5 others",
    "...",
    "…",
    "(12 more)",
    "+3 more",
    "... and more",
    "etc.",
    "3 more characters",
    "and so on",
    "还有5人",
    "其余角色省略",
    "等等",
)
QUIET_ITEMS = (
    "The Others",
    "Part 1 of 3",
    "Five Others",
    "Rest Area",
    "More",
    "12 Angry Men",
    "Number 5",
    "其他门",
    "Etta C.",
)
MEMBERS: tuple[dict[str, Any], ...] = (
    {"note": "Only the first 3 scenes were processed due to length."},
    {"warnings": ["scene 4 skipped"]},
    {"_comment": "list truncated"},
    {"message": "Continued in the next message."},
    {"remaining": 12},
    {"remaining_items": 2},
    {"status": "in_progress"},
    {"complete": False},
    {"is_complete": "no"},
    {"next_page_token": "abc"},
    {"nextCursor": "abc"},
    {"page": 1, "total_pages": 3},
    {"part": "1 of 3"},
    {"chunk": 2, "totalChunks": 2},
    {"total_characters": 14},
    {"characterCount": 2},
    {"total": 9},
    {"角色总数": 5},
    {"counts": {"characters": 14}},
    {"...": "..."},
    {"备注": "其余道具省略"},
)
QUIET_MEMBERS: tuple[dict[str, Any], ...] = (
    {"note": "Nothing is missing."},
    {"notes": ["All scenes were read.", "No props were left out."]},
    {"summary": "Ada waits at the pier and 5 others watch."},
    {"title": "Part 1 of 3"},
    {"remaining": 0},
    {"status": "completed"},
    {"complete": True},
    {"next_page_token": None},
    {"nextCursor": ""},
    {"page": 1, "total_pages": 1},
    {"part": "1 of 1"},
    {"total_characters": 1, "location_count": 1, "totalProps": 1, "total": 3},
    {"total_scenes": 14, "scene_count": 14},
    {"counts": {"characters": 1, "locations": 1, "props": 1}},
    {"角色总数": 1},
    {"scenes_read": [1, 2, 3], "language": "en"},
)


def is_whole(reply: str) -> bool:
    """Whether a reply with all of Ada, the pier and the lamp in it is taken as it is."""
    salvaged = salvage(reply)
    assert {"Ada", "Pier", "lamp"} == {item.name for item in salvaged.items if not item.flagged} & {
        "Ada",
        "Pier",
        "lamp",
    }
    assert salvaged.complete == (not salvaged.lost)
    return salvaged.complete


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("reply", ["{words}\n{whole}", "{whole}\n\n{words}"], ids=["before", "behind"])
def test_words_that_say_that_something_is_missing_are_believed(words: str, reply: str) -> None:
    salvaged = salvage(reply.format(words=words, whole=WHOLE))
    assert NOT_WHOLE in salvaged.lost
    assert not salvaged.complete


@pytest.mark.parametrize("words", QUIET_WORDS)
@pytest.mark.parametrize("reply", ["{words}\n{whole}", "{whole}\n\n{words}"], ids=["before", "behind"])
def test_words_that_say_that_nothing_is_missing_are_believed(words: str, reply: str) -> None:
    assert is_whole(reply.format(words=words, whole=WHOLE))


@pytest.mark.parametrize("comment", COMMENTS)
def test_comments_that_say_that_something_is_missing_are_believed(comment: str) -> None:
    salvaged = salvage(WHOLE.replace('"Ada"}', f'"Ada"}} {comment}'))
    assert NOT_WHOLE in salvaged.lost
    assert [item.name for item in salvaged.items] == ["Ada", "Pier", "lamp"]


@pytest.mark.parametrize("comment", QUIET_COMMENTS)
def test_other_comments_are_only_comments(comment: str) -> None:
    assert is_whole(WHOLE.replace('"Ada"}', f'"Ada"}} {comment}'))


@pytest.mark.parametrize("name", ITEMS)
@pytest.mark.parametrize("named", [False, True], ids=["text", "object"])
def test_an_item_that_stands_for_others_is_none_and_says_that_they_are_missing(name: str, *, named: bool) -> None:
    item = {"name": name} if named else name
    salvaged = salvage(json.dumps(LISTS | {"characters": [{"name": "Ada"}, item]}))
    assert [each.name for each in salvaged.items] == ["Ada", "Pier", "lamp"]
    assert salvaged.lost == ("item 2 of characters: stands for others that are not listed",)
    assert not salvaged.complete


@pytest.mark.parametrize("name", QUIET_ITEMS)
def test_a_name_that_only_sounds_like_others_is_a_name(name: str) -> None:
    reply = json.dumps(LISTS | {"props": [{"name": "lamp", "description": "and 5 others watch"}, {"name": name}]})
    assert is_whole(reply)
    assert name in {item.name for item in salvage(reply).items}


@pytest.mark.parametrize("members", MEMBERS, ids=str)
@pytest.mark.parametrize("behind", [False, True], ids=["before", "behind"])
def test_members_that_say_that_something_is_missing_are_believed(members: dict[str, Any], *, behind: bool) -> None:
    salvaged = salvage(json.dumps(LISTS | members if behind else members | LISTS))
    assert salvaged.lost
    assert not salvaged.complete
    assert [item.name for item in salvaged.items] == ["Ada", "Pier", "lamp"]


@pytest.mark.parametrize("members", QUIET_MEMBERS, ids=str)
def test_members_that_say_that_nothing_is_missing_are_believed(members: dict[str, Any]) -> None:
    assert is_whole(json.dumps(members | LISTS))


def test_counts_above_the_length_of_a_list_are_told() -> None:
    reply = {
        "characters": {"count": 5, "items": [{"name": "Ada"}]},
        "locations": {"count": 0, "items": []},
        "props": {},
    }
    assert salvage(json.dumps(reply)).lost == ("count: 5, of which 1 is listed",)
    right = reply | {"characters": {"count": 1, "items": [{"name": "Ada"}]}}
    assert salvage(json.dumps(right)).complete
