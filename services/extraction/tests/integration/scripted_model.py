"""A language model that a test holds in its hand, and scripts that are read in one chunk a scene."""

import asyncio
import json
import re
from collections import defaultdict, deque
from dataclasses import dataclass, field

from extraction.app.language_model import Reply
from extraction.domain.llm.prompt import Prompt

CHUNK_TOKENS = 100
PADDING = "Rain runs down the windows, slowly, as it has for days, and nobody says a word about it. " * 3
"""Enough that no two scenes fit into one chunk of `CHUNK_TOKENS`."""

INPUT_TOKENS, OUTPUT_TOKENS, PRICE = 100, 20, 1_000
SCENE = re.compile(r"^\[Scene (\d+)\] (?:INT|EXT)\. (.+?) - \w+$", re.MULTILINE)
PROP = re.compile(r"takes the (\w+)\.")
PERSON = re.compile(r"^(\w+) takes", re.MULTILINE)


def room(number: int, prop: str = "lamp", person: str = "MIRA") -> str:
    """A scene in a room of that number."""
    return f"INT. ROOM {number} - DAY\n\n{person} takes the {prop}.\n\n{PADDING}\n\n"


def rooms(count: int) -> str:
    """A script of that many scenes, each with a room and a thing of its own and with Mira."""
    return "".join(room(number, f"lamp{number}") for number in range(1, count + 1))


def answer(text: str) -> str:
    """What a model would say of such scenes."""
    found: dict[str, list[dict[str, object]]] = {"characters": [], "locations": [], "props": []}
    for number, place in SCENE.findall(text):
        found["locations"].append(_entry(place, int(number), f"INT. {place} - DAY"))
    for person in dict.fromkeys(PERSON.findall(text)):
        found["characters"].append(_entry(person, 1, f"{person} takes"))
    for prop in dict.fromkeys(PROP.findall(text)):
        found["props"].append(_entry(prop, 1, f"takes the {prop}"))
    return json.dumps(found)


def _entry(name: str, scene: int, quote: str) -> dict[str, object]:
    evidence = [{"scene": scene, "quote": quote}]
    return {"name": name, "aliases": [], "description": "", "attributes": {}, "scenes": [scene], "evidence": evidence}


def reply(text: str, price: int = PRICE, *, finished: bool = True) -> Reply:
    """A reply of the model, which costs `price` micro-USD."""
    return Reply(text, "scripted-1-0807", INPUT_TOKENS, OUTPUT_TOKENS, price, finished=finished)


UNFINISHED = reply(answer("[Scene 1] INT. ROOM 1 - DAY\n\nMIRA takes the lamp1.\n"), finished=False)


@dataclass
class ScriptedModel:
    """Answers at once, at a fixed price, unless a test has said otherwise of prompts with certain words in them.

    `expected` is what a call is said to cost before it is made; 0: one micro-USD a token.
    """

    provider: str = "hand"
    model: str = "scripted-1"
    server: str = "http://hand.test/v1"
    has_price: bool = True
    expected: int = PRICE
    asked: list[str] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    _planned: defaultdict[str, deque[str | Reply | Exception]] = field(default_factory=lambda: defaultdict(deque))
    _held: dict[str, asyncio.Event] = field(default_factory=dict)

    def will(self, words: str, *outcomes: str | Reply | Exception) -> None:
        """What comes of the next calls that ask about these words: a reply, or its words alone, or an error."""
        self._planned[words].extend(outcomes)

    def hold(self, words: str) -> asyncio.Event:
        """Calls about these words wait until the event is set."""
        self._held[words] = asyncio.Event()
        return self._held[words]

    def times(self, words: str) -> int:
        """How often it was asked about these words."""
        return sum(words in prompt for prompt in self.asked)

    async def ask(self, prompt: Prompt) -> Reply:
        text = prompt.user
        self.asked.append(text)
        self.at.append(asyncio.get_running_loop().time())
        for words, event in self._held.items():
            if words in text:
                await event.wait()
        planned = next((queue for words, queue in self._planned.items() if words in text and queue), None)
        outcome = planned.popleft() if planned else answer(text)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome if isinstance(outcome, Reply) else reply(outcome)

    def price_of(self, input_tokens: int, output_tokens: int) -> int:
        return self.expected or input_tokens + output_tokens
