"""What the replies about one chunk come to, and whether to ask once more."""

import pytest

from extraction.domain.errors import ModelRefused, ReplyUnusable
from extraction.domain.finds import AssetType, Evidence, Find
from extraction.domain.llm.chunks import Chunk
from extraction.domain.llm.rounds import CUT_OFF, Known, after_reply, question, stand_in, united
from extraction.domain.salvage import Item, Salvaged, Tier

CHUNK = Chunk(1, (4, 5), 0, "[Scene 1] INT. INN - DAY\n\nMaeve pours.\n", ("a", "b"), (12, 8), ((), ()))
LAMP, MAEVE = Item(AssetType.PROP, "Lamp"), Item(AssetType.CHARACTER, "Maeve")
REFUSED = ModelRefused("it will not")

WHOLE = Salvaged(Tier.STRICT, (LAMP, MAEVE), repairs=("stray text",))
ODD = Salvaged(Tier.STRICT, (LAMP,), lost=("a list of vehicles",))
BROKEN = Salvaged(Tier.TRUNCATED, (LAMP,), lost=("1 item cut off",), repairs=("bad escapes",), complete=False)
EMPTY = Salvaged(Tier.STRICT)
GARBAGE = Salvaged(Tier.NOTHING, reason="it chats", complete=False)

Said = tuple[Salvaged, bool, ModelRefused | ReplyUnusable | None]
STOPPED: Said = (GARBAGE, False, REFUSED)


def said(salvaged: Salvaged, *, finished: bool = True) -> Said:
    return salvaged, finished, None


@pytest.mark.parametrize(
    ("first", "second", "names", "tier", "lost"),
    [
        pytest.param(said(WHOLE), None, "Lamp Maeve", "strict", (), id="whole"),
        pytest.param(said(ODD), None, "Lamp", "strict", ("put aside: a list of vehicles",), id="whole, with something nobody asked for"),
        pytest.param(said(EMPTY), None, "", "strict", (), id="nothing is there"),
        pytest.param(said(BROKEN), said(WHOLE), "Lamp Maeve", "truncated", (), id="broken, the rest comes"),
        pytest.param(said(BROKEN), said(BROKEN), "Lamp", "truncated", BROKEN.lost, id="broken twice"),
        pytest.param(said(BROKEN), said(GARBAGE), "Lamp", "truncated", (*BROKEN.lost, "it chats"), id="then nothing"),
        pytest.param(said(BROKEN), STOPPED, "Lamp", "truncated", (*BROKEN.lost, "llm-refused: it will not"), id="no"),
        pytest.param(said(GARBAGE), said(WHOLE), "Lamp Maeve", "strict", (), id="nothing, then all"),
        pytest.param(STOPPED, said(WHOLE), "Lamp Maeve", "strict", (), id="refused, then all"),
        pytest.param(said(WHOLE, finished=False), said(EMPTY), "Lamp Maeve", "strict", (), id="cut off, all was there"),
        pytest.param(
            said(WHOLE, finished=False), said(EMPTY, finished=False), "Lamp Maeve", "strict", (CUT_OFF,), id="cut twice"
        ),
        pytest.param(
            said(BROKEN, finished=False), said(EMPTY, finished=False), "Lamp", "truncated", (*BROKEN.lost, CUT_OFF),
            id="cut off and broken",
        ),
    ],
)  # fmt: skip
def test_a_second_reply_is_asked_for_when_the_first_is_not_whole(
    first: Said, second: Said | None, names: str, tier: str, lost: tuple[str, ...]
) -> None:
    known, asks_again = after_reply(Known(), *first)
    assert asks_again is (second is not None)
    if second is not None:
        known, asks_again = after_reply(known, *second)
        assert not asks_again, "two replies are all there is"
    assert " ".join(item.name for item in known.items) == names
    assert (known.tier, known.losses) == (tier, lost)


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (
            said(GARBAGE),
            said(GARBAGE),
            "llm-reply-unusable: 2 replies held nothing that can be used; the last: it chats",
        ),
        (said(GARBAGE), STOPPED, "llm-refused: it will not"),
        (STOPPED, STOPPED, "llm-refused: it will not"),
    ],
)
def test_after_two_replies_that_hold_nothing_the_built_in_reading_stands_in(
    first: Said, second: Said, reason: str
) -> None:
    known, _ = after_reply(Known(), *first)
    assert not known.is_unread
    known, asks_again = after_reply(known, *second)
    assert (known.is_unread, known.items, known.tier, asks_again) == (True, (), "nothing", False)
    assert known.losses == (f"not read by the model ({reason}): the built-in reading stands in",)


def test_what_stands_in_is_of_these_scenes_and_believed_less() -> None:
    def seen(name: str, confidence: float, *scenes: int) -> Find:
        evidence = tuple(Evidence(scene, scene * 10, name) for scene in scenes)
        return Find(AssetType.CHARACTER, name, (), "", {}, scenes, evidence, confidence)

    witness = [seen("Maeve", 0.9, 3, 4, 5, 6), seen("Ines", 0.3, 5), seen("Otto", 0.9, 3, 6)]
    assert stand_in(witness, CHUNK) == (seen("Maeve", 0.5, 4, 5), seen("Ines", 0.3, 5))


def test_each_liberty_taken_is_told_once() -> None:
    known, _ = after_reply(Known(), *said(BROKEN))
    known, _ = after_reply(known, *said(WHOLE))
    assert known.repairs == ("bad escapes", "stray text")


def test_an_item_told_twice_counts_once_and_a_plain_one_replaces_a_guess() -> None:
    guess = Item(AssetType.PROP, "key", flagged=True)
    again, plain = Item(AssetType.PROP, "LAMP", ("light",)), Item(AssetType.PROP, "Key")
    person = Item(AssetType.CHARACTER, "Lamp")
    assert united([LAMP, guess], [again, plain, person]) == (LAMP, plain, person)


def test_only_what_is_missing_is_asked_for_when_something_is_known() -> None:
    assert "only what is missing" not in question(CHUNK, Known(rounds=1, losses=("it chats",)), ["Ines"]).user
    again = question(CHUNK, Known(rounds=1, items=(LAMP,), losses=("1 item cut off",)), ["Ines"]).user
    assert "- Ines\n" in again
    assert "- Lamp\nYour answer was incomplete: 1 item cut off. List only what is missing" in again
