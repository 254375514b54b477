"""The rules file: TOML, read from top to bottom for every call.

model = "scripted-1"              # what /v1/models lists; any model may be asked for
script = "my.fountain"            # prompts are compared with it; without, they are read by themselves
latency_ms = 20                   # of every call
seed = 7                          # of rates

[[rule]]                          # the first rule whose conditions all hold answers; none: the built-in reading
scene = 3                         # the prompt holds scene 3; also a list, of which one is enough
contains = "LIGHTHOUSE"           # the prompt holds this text
matches = "(?i)cast so far"       # this regular expression is found in the prompt
model = "scripted-1"              # the call asks for this model
call = "1,3-5"                    # at these calls, or at a rate of them: "10%"
times = 2                         # at most so often
reply = '{"characters": []}'      # what is said, word for word; without, the built-in reading
reply_file = "cut-off.txt"        # the same from a file beside this one
json = { characters = [] }        # the same as a table
fault = "429=2"                   # what goes wrong
latency_ms = 500                  # of this call
"""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from dramatis.simulator.faults import Fault, When

LONGEST_MS = 3_600_000


class RulesInvalid(Exception):
    """A rules file is not one."""


class Rule(BaseModel):
    """Conditions, all of which must hold, and what is answered then."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    scene: tuple[int, ...] = ()
    contains: str = ""
    matches: re.Pattern[str] | None = None
    model: str = ""
    call: When = When()
    times: int | None = Field(default=None, ge=1)
    reply: str | None = None
    reply_file: Path | None = None
    json_: dict[str, Any] | list[Any] | None = Field(default=None, alias="json")
    fault: Fault | None = None
    latency_ms: float | None = Field(default=None, ge=0, le=LONGEST_MS)

    @field_validator("scene", mode="before")
    @classmethod
    def _one_or_many(cls, value: object) -> object:
        return (value,) if isinstance(value, int) else value

    @field_validator("call", mode="before")
    @classmethod
    def _calls(cls, value: object) -> object:
        return When.parse(str(value)) if isinstance(value, str | int) else value

    @field_validator("fault", mode="before")
    @classmethod
    def _fault(cls, value: object) -> object:
        return Fault.parse(str(value)) if isinstance(value, str | int) else value

    @model_validator(mode="after")
    def _one_reply(self) -> "Rule":
        if sum(each is not None for each in (self.reply, self.reply_file, self.json_)) > 1:
            raise ValueError("give one of reply, reply_file and json")
        return self

    def holds(self, number: int, model: str, prompt: str, scenes: tuple[int, ...], draw: str) -> bool:
        """Whether this call is meant; how often it was before is not asked here."""
        return (
            (not self.scene or bool(set(self.scene) & set(scenes)))
            and self.contains in prompt
            and (self.matches is None or self.matches.search(prompt) is not None)
            and self.model in ("", model)
            and self.call.holds(number, draw)
        )

    def text(self) -> str | None:
        """What is said; None where the built-in reading says it."""
        return json.dumps(self.json_, ensure_ascii=False) if self.json_ is not None else self.reply


class Rules(BaseModel):
    """A whole rules file; paths are absolute, and the files of replies have been read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    model: str = "simulated"
    script: Path | None = None
    latency_ms: float = Field(default=0, ge=0, le=LONGEST_MS)
    seed: int = 0
    rule: tuple[Rule, ...] = ()


def load_rules(path: Path) -> Rules:
    """The rules in a file; raises `RulesInvalid`, and `OSError` where there is no such file."""
    try:
        rules = Rules.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RulesInvalid(f"{path}: {error}") from error
    except ValidationError as error:
        raise RulesInvalid(f"{path}: {_first(error)}") from error
    script = rules.script and path.parent / rules.script
    if script is not None and not script.is_file():
        raise RulesInvalid(f"{path}: script: there is no file {script}")
    replies = (_with_reply(rule, number, path) for number, rule in enumerate(rules.rule, 1))
    return rules.model_copy(update={"script": script, "rule": tuple(replies)})


def _with_reply(rule: Rule, number: int, path: Path) -> Rule:
    if rule.reply_file is None:
        return rule
    file = path.parent / rule.reply_file
    try:
        reply = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = "it is not in UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise RulesInvalid(f"{path}: rule {number}: reply_file: {file}: {reason}") from error
    return rule.model_copy(update={"reply": reply, "reply_file": None})


def _first(error: ValidationError) -> str:
    """The first thing that is wrong, with the number of its rule and its key."""
    found = error.errors()[0]
    place = ": ".join(str(part + 1) if isinstance(part, int) else part for part in found["loc"])
    known = (Rule if len(found["loc"]) > 1 else Rules).model_fields
    keys = ", ".join(field.alias or name for name, field in known.items())
    hint = f"; the keys are {keys}" if found["type"] == "extra_forbidden" else ""
    return f"{re.sub('^rule: ', 'rule ', place)}: {found['msg'].removeprefix('Value error, ')}{hint}"
