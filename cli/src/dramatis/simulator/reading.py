"""What a model that reads like the built-in engine answers to a prompt that holds scenes of a script."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from dramatis.breakdown import Breakdown, breakdown
from dramatis.inputs import content_of
from dramatis.simulator.prompts import Passage, shown
from extraction.adapters.documents import script_of
from extraction.domain import builtin_engine
from extraction.domain.errors import ExtractionError
from extraction.domain.finds import Find
from extraction.domain.reading import read_script
from extraction.domain.script import Format, Scene, Script

_LINE_MARK = re.compile(r"^\W*\d+\W*\s")
_TELLING_BYTES = 12


class ScriptUnreadable(Exception):
    """The script that prompts are to be compared with cannot be read."""


class Reader:
    """Reads prompts: those scenes of `script` that they hold, or, without one and of another script, whatever they hold."""

    def __init__(self, script: Script | None = None) -> None:
        self._script = script
        self._finds = builtin_engine.extract(script) if script else []
        self._owners = _owners(script.scenes if script else ())

    @classmethod
    def of_file(cls, path: Path) -> "Reader":
        """A reader of prompts about the script in a file; raises `ScriptUnreadable` and `OSError`."""
        try:
            return cls(script_of(content_of(path), None, path.name))
        except ExtractionError as error:
            raise ScriptUnreadable(f"{path}: {error}") from error

    def scenes(self, prompt: str) -> tuple[int, ...]:
        """Numbers of the scenes that the prompt holds, as the script counts them, or, without one, the prompt."""
        passages = shown(prompt).passages
        if self._script is not None:
            return tuple(sorted({number for passage in passages for number in self._held(passage)}))
        return tuple(sorted({passage.number for passage in passages if passage.number is not None}))

    def answer(self, prompt: str) -> Breakdown:
        """Characters, locations and props of the prompt, in the shape of `dramatis.breakdown`, without those it lists.

        Scenes have the numbers of the prompt's own marks, where it has marks.
        """
        seen = shown(prompt)
        if self._script is None or (seen.is_script and not self.scenes(prompt)):
            lists = breakdown(_read(seen.passages))
        else:
            lists = self._compared(seen.passages)
        return {
            kind: [found for found in each if found["name"].casefold() not in seen.listed]
            for kind, each in lists.items()
        }

    def _compared(self, passages: Iterable[Passage]) -> Breakdown:
        held = {number: passage for passage in passages for number in self._held(passage)}
        lists = breakdown(find for find in self._finds if held.keys() & set(find.scene_numbers))
        for found in (found for each in lists.values() for found in each):
            found["evidence"] = list(_quotes(found, held))
            found["scenes"] = sorted({_marked(number, held) for number in found["scenes"] if number in held})
        return lists

    def _held(self, passage: Passage) -> set[int]:
        return {number for line in _lines(passage.text) for number in self._owners.get(line, ())}


def _quotes(found: Mapping[str, Any], held: Mapping[int, Passage]) -> Iterator[dict[str, object]]:
    """Evidence as the prompt shows it: the quotes that are in it, else the first line with the name."""
    quoted = [one for one in found["evidence"] if one["scene"] in held and one["quote"] in held[one["scene"]].text]
    for one in quoted:
        yield {"scene": _marked(one["scene"], held), "quote": one["quote"]}
    if quoted:
        return
    for number in (number for number in found["scenes"] if number in held):
        for line in held[number].text.splitlines():
            if found["name"].casefold() in line.casefold():
                yield {"scene": _marked(number, held), "quote": line.strip()}
                return


def _marked(number: int, held: Mapping[int, Passage]) -> int:
    mark = held[number].number
    return number if mark is None else mark


def _read(passages: Iterable[Passage]) -> list[Find]:
    """Passages without a script to compare them with: read as a script of their own, with the scenes they mark."""
    scenes: list[Scene] = []
    for passage in passages:
        try:
            read = read_script(passage.text).scenes
        except ExtractionError:
            continue
        scenes += read if passage.number is None else [_one(passage.number, read)]
    return builtin_engine.extract(Script("", Format.TEXT, tuple(scenes))) if scenes else []


def _one(number: int, scenes: tuple[Scene, ...]) -> Scene:
    """What was marked as one scene, as one scene."""
    first = scenes[0]
    elements = tuple(element for scene in scenes for element in scene.elements)
    return Scene(number, first.heading, first.setting, first.place, first.time_of_day, elements)


def _owners(scenes: tuple[Scene, ...]) -> dict[str, tuple[int, ...]]:
    """By line, the scenes that it gives away: lines of one scene only, or, where a scene has none, its longest."""
    by_line: defaultdict[str, set[int]] = defaultdict(set)
    for scene in scenes:
        for line in _lines_of(scene):
            by_line[line].add(scene.number)
    owners = {line: tuple(numbers) for line, numbers in by_line.items() if len(numbers) == 1 and _tells(line)}
    given_away = {number for numbers in owners.values() for number in numbers}
    for scene in scenes:
        if scene.number not in given_away and (lines := list(_lines_of(scene))):
            longest = max(lines, key=len)
            owners[longest] = (*owners.get(longest, ()), scene.number)
    return owners


def _lines_of(scene: Scene) -> Iterator[str]:
    for text in (scene.heading, *(element.text for element in scene.elements)):
        yield from _lines(text)


def _lines(text: str) -> Iterator[str]:
    """Lines with single spaces, each as it stands and without a number before it."""
    for raw in text.splitlines():
        line = " ".join(raw.split())
        if line:
            yield line
            if (bare := _LINE_MARK.sub("", line)) != line:
                yield bare


def _tells(line: str) -> bool:
    """Whether a line is long enough not to occur by chance; a Chinese sentence is shorter than an English one."""
    return len(line.encode(errors="replace")) >= _TELLING_BYTES and (" " in line or not line.isascii())
