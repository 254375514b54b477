"""Stage plays: `NAME: (direction) speech`, acts and scenes."""

import re
from collections.abc import Sequence

from extraction.domain.formats.assembly import Assembly
from extraction.domain.formats.cues import in_capitals
from extraction.domain.formats.emphasis import without_emphasis
from extraction.domain.formats.headings import Heading
from extraction.domain.formats.lines import Line
from extraction.domain.script import Kind

SPEECH = re.compile(
    r"(?P<name>[^\W\d_][\w .,'\u2019&#-]{0,39}?)(?P<aside>\s*\([^()]{0,80}\))?:(?:\s+(?P<speech>\S.*))?"
)
SCENE = re.compile(r"(?:ACT|SCENE)\b(?:\s+(?:\d+|[IVX]+|ONE|TWO|THREE|FOUR|FIVE))?[.:]?\s*(?P<rest>.*)")
MIN_SPEECHES = 3


def is_stage_play(lines: Sequence[Line]) -> bool:
    """Whether a text is told in speeches: at least three, by at least two people or one in four paragraphs."""
    names = [name for line in lines if (name := _speaker(line))]
    return len(names) >= MIN_SPEECHES and len(set(names)) < len(names)


def read_stage_play(lines: Sequence[Line]) -> Assembly:
    """Read a stage play; what comes before the first scene or speech is the preamble."""
    script = Assembly(_title(lines))
    speaking = False
    for line in lines:
        scene = SCENE.fullmatch(line.words) if in_capitals(line.words[:3]) else None
        if line.blank:
            speaking = False
        elif scene:
            script.open_scene(
                Heading(line.words if not scene["rest"] else line.words.split(":")[0], None, None, None), line
            )
            if scene["rest"]:
                script.add(Kind.ACTION, without_emphasis(scene["rest"]), line)
            speaking = False
        elif name := _speaker(line):
            _add_speech(script, line, name)
            speaking = True
        else:
            script.add(Kind.DIALOGUE if speaking else Kind.ACTION, without_emphasis(line.words), line)
    return script


def _speaker(line: Line) -> str | None:
    speech = SPEECH.fullmatch(line.words)
    if speech is None or not in_capitals(speech["name"]) or SCENE.match(speech["name"]):
        return None
    return speech["name"].strip()


def _add_speech(script: Assembly, line: Line, name: str) -> None:
    speech = SPEECH.fullmatch(line.words)
    script.add(Kind.CUE, name, line)
    if speech and speech["aside"]:
        script.add(Kind.PARENTHETICAL, speech["aside"].strip(), line)
    if speech and speech["speech"]:
        script.add(Kind.DIALOGUE, without_emphasis(speech["speech"]), line)


def _title(lines: Sequence[Line]) -> str:
    first = next((line for line in lines if not line.blank), None)
    return first.words if first and len(first.words) <= 80 and not _speaker(first) else ""
