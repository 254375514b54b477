"""Truth files: what people found in scripts."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dramatis.evaluation.names import TYPES


class TruthInvalid(Exception):
    """There is no truth in the file; the message begins with its name."""


class ScriptMissing(Exception):
    """The truth tells of a script that is not in the folder."""


@dataclass(frozen=True, slots=True)
class Truth:
    """One script: its file, what kind it is, and the entries of each type that is told; others are not scored."""

    name: str
    path: Path
    kind: str
    lists: Mapping[str, Sequence[Any]]


def load_truth(path: Path, folder: Path) -> list[Truth]:
    """The truth about the scripts of a folder.

    The file holds `{"scripts": {"<name>": {"path"?, "kind"?, "characters", "locations", "props"}}}`, or the inner object
    alone; an entry is a name, or an object with `name`, `aliases?` and `optional?`. A script without a `path` is the file
    whose stem is its name. Raises `TruthInvalid`, `ScriptMissing` and `OSError`.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise TruthInvalid(f"{path}: no JSON: {error}") from error
    scripts = document.get("scripts", document) if isinstance(document, dict) else None
    if not isinstance(scripts, dict) or not scripts:
        raise TruthInvalid(f"{path}: no scripts in it")
    if not folder.is_dir():
        raise ScriptMissing(f"{folder}: no such folder")
    return [_truth(name, one, path, folder) for name, one in scripts.items()]


def _truth(name: str, one: Any, path: Path, folder: Path) -> Truth:  # a JSON document
    if not isinstance(one, dict):
        raise TruthInvalid(f"{path}: {name}: not an object with characters, locations and props")
    lists = {kind: one[kind] for kind in TYPES if one.get(kind) is not None}
    if not lists or not all(isinstance(each, list) for each in lists.values()):
        raise TruthInvalid(f"{path}: {name}: no list of characters, locations or props")
    return Truth(name, _file(name, one.get("path"), folder), str(one.get("kind") or one.get("format") or ""), lists)


def _file(name: str, path: str | None, folder: Path) -> Path:
    named = [folder / path, folder / Path(path).name] if path else []
    stems = sorted(each for each in folder.iterdir() if each.stem == name and each.suffix != ".json")
    found = next((each for each in [*named, *stems] if each.is_file()), None)
    if found is None:
        raise ScriptMissing(f"{folder}: no file of the script {path or name} that the truth tells of")
    return found
