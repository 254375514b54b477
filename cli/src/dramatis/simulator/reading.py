"""What a model that reads like the built-in engine answers to a prompt that holds scenes of a script."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from dramatis.breakdown import Breakdown, breakdown
from extraction.domain import builtin_engine
from extraction.domain.errors import ExtractionError
from extraction.domain.finds import Find
from extraction.domain.reading import read_script
from extraction.domain.script import Scene, Script

_SCENE_MARK = re.compile(r"\bscene\b[^\w\n]*(?:number|no|id|n)?[^\w\n]*(\d{1,6})\b", re.IGNORECASE)
_LINE_MARK = re.compile(r"^\W*\d+\W*\s")
_TELLING = 12


class ScriptUnreadable(Exception):
    """The script that prompts are to be compared with cannot be read."""


class Reader:
    """Reads prompts: those scenes of `script` that they hold, or, without one, whatever they hold."""

    def __init__(self, script: Script | None = None) -> None:
        self._script = script
        self._finds = builtin_engine.extract(script) if script else []
        self._owners = _owners(script.scenes if script else ())

    @classmethod
    def of_file(cls, path: Path) -> "Reader":
        """A reader of prompts about the script in a file; raises `ScriptUnreadable` and `OSError`."""
        try:
            return cls(read_script(path.read_bytes().decode(errors="replace"), file_name=path.name))
        except ExtractionError as error:
            raise ScriptUnreadable(f"{path}: {error}") from error

    def scenes(self, prompt: str) -> tuple[int, ...]:
        """Numbers of the scenes that the prompt holds; without a script, those that it names."""
        if self._script is None:
            return tuple(sorted({int(match[1]) for match in _SCENE_MARK.finditer(prompt)}))
        return tuple(sorted({scene for line in _lines(prompt) for scene in self._owners.get(line, ())}))

    def answer(self, prompt: str) -> Breakdown:
        """Characters, locations and props of the scenes that the prompt holds, in the shape of `dramatis.breakdown`."""
        if self._script is None:
            return breakdown(_read(prompt))
        held = set(self.scenes(prompt))
        lists = breakdown(find for find in self._finds if held & set(find.scene_numbers))
        for found in (found for each in lists.values() for found in each):
            found["scenes"] = [number for number in found["scenes"] if number in held]
            found["evidence"] = [one for one in found["evidence"] if one["scene"] in held]
        return lists


def _read(prompt: str) -> list[Find]:
    """A prompt without a script to compare it with: everything in it is read as one."""
    try:
        return builtin_engine.extract(read_script(prompt))
    except ExtractionError:
        return []


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
    return len(line.encode()) >= _TELLING and (" " in line or not line.isascii())
