"""Documents name only what there is: links, targets, commands, options, settings, paths."""

import importlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import pytest
import typer
from pydantic import SecretStr
from tools.tree import Source, Tree

from chassis.settings import ServiceSettings
from contracts.consumers import SERVICES
from dramatis.app import EXPECTED, app

FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"(?<!`)\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
MAKE = re.compile(r"(?:^|[\s(;&])make((?: [a-z][a-z0-9-]*)+)(?= |$|[.,;:)])")
DRAMATIS = re.compile(r"(?:^|[\s(/])(dramatis [a-z][^|;&)]*)")
PATH = re.compile(r"(?:\.ci|bench|chassis|cli|contracts|docs|examples|services|tests|tools)/[\w./-]*\w/?")
MADE_UP = re.compile(r"look|v2|tidy\.ratchet|<|\*|my\.fountain")
"""What the guides invent to show how something is added, and a file that is there only when it is needed."""

HELP = frozenset({"--help", "-h"})
Plant = Callable[[Mapping[str, str]], Tree]


Option = frozenset[str]
"""The names of one option."""


def documents(tree: Tree) -> list[Source]:
    return [source for source in tree.sources if source.path.endswith(".md")]


def code_of(text: str) -> Iterator[str]:
    """Each line of a shell block, without its comment, and each code span."""
    for _, language, block in FENCE.findall(text):
        if language in {"sh", "bash"}:
            yield from (line.partition("  #")[0].strip() for line in block.replace("\\\n", " ").splitlines())
    yield from SPAN.findall(FENCE.sub("", text))


def broken_links(tree: Tree, source: Source) -> list[str]:
    """Relative links that lead nowhere."""
    broken = []
    for link in LINK.findall(FENCE.sub("", source.text)):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (tree.root / source.path).parent / path if path else tree.root / source.path
        if not target.exists() or (anchor and anchor not in anchors(target.read_text())):
            broken.append(link)
    return broken


def anchors(text: str) -> set[str]:
    """What GitHub makes of the headings."""
    headings = HEADING.findall(FENCE.sub("", text))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def unknown_targets(text: str, targets: set[str]) -> set[str]:
    """Words after `make` that the Makefile does not know."""
    named = {word for code in code_of(text) for words in MAKE.findall(code) for word in words.split()}
    return named - targets


def targets_of(makefile: str) -> set[str]:
    return set(re.findall(r"^([a-z][a-z0-9-]*):", makefile, re.MULTILINE))


def commands_of(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], list[Option]]]:
    """Every command with its options, a group with its own."""
    options = [
        frozenset([*each.opts, *each.secondary_opts]) for each in group.params if each.param_type_name == "option"
    ]
    yield path, [*options, HELP]
    for name, command in getattr(group, "commands", {}).items():
        yield from commands_of(command, (*path, name))


COMMANDS = dict(commands_of(typer.main.get_command(app)))


def wrong_calls(text: str) -> list[str]:
    """Command lines of `dramatis` that it would refuse: an unknown command, or an option that is not its own."""
    calls = [call.strip() for code in code_of(text) for call in DRAMATIS.findall(code)]
    return [call for call in calls if not _is_call(re.sub(r'"[^"]*"', "text", call).split()[1:])]


def _is_call(words: Sequence[str]) -> bool:
    path: tuple[str, ...] = ()
    for word in words:
        if (*path, word) not in COMMANDS:
            break
        path = (*path, word)
    is_group = any(len(other) > len(path) and other[: len(path)] == path for other in COMMANDS)
    known = {name for option in COMMANDS[path] for name in option}
    return (not is_group or len(words) == len(path) > 0) and known.issuperset(
        word for word in words[len(path) :] if word.startswith("-")
    )


def missing_paths(tree: Tree, source: Source) -> list[str]:
    """Paths of this repository in code spans that are not there."""
    spans = SPAN.findall(FENCE.sub("", source.text))
    paths = [span for span in spans if PATH.fullmatch(span) and not MADE_UP.search(span)]
    beside = source.path.removesuffix(source.name)
    return [path for path in paths if not any(any(tree.root.glob(place)) for place in (beside + path, *_places(path)))]


def _places(path: str) -> tuple[str, ...]:
    """Where it may be: as it stands, in a package as it is imported (`chassis/pull.py`), in every service."""
    return path, f"{path.partition('/')[0]}/src/{path}", f"services/*/{path}"


def table_rows(lines: Iterable[str]) -> Iterator[list[str]]:
    """Cells of a table's rows; without its heading."""
    for line in lines:
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("| `") else []
        if cells:
            yield cells


def sections(text: str, level: int) -> dict[str, list[str]]:
    """Lines below each heading of a level, by its text."""
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in text.splitlines():
        if re.match(rf"#{{1,{level}}} ", line):
            current = found.setdefault(line.lstrip("# "), [])
        current.append(line)
    return found


def settings_of(service: str) -> dict[str, str]:
    """Default of each setting by its variable, those of every service left out."""
    own = importlib.import_module(f"{service}.settings").Settings.model_fields
    return {name: value for name, value in defaults(own).items() if name not in defaults(ServiceSettings.model_fields)}


def defaults(fields: Mapping[str, Any]) -> dict[str, str]:
    found = {}
    for name, each in fields.items():
        value = each.default.get_secret_value() if isinstance(each.default, SecretStr) else each.default
        found[f"DRAMATIS_{name.upper()}"] = "required" if each.is_required() else "" if value is None else str(value)
    return found


def documented_settings(lines: Sequence[str]) -> dict[str, str]:
    return {cells[0].strip("`"): cells[1] for cells in table_rows(lines)}


def test_every_relative_link_leads_somewhere(repository: Tree) -> None:
    found = documents(repository)
    assert len(found) >= 20
    assert {source.path: broken for source in found if (broken := broken_links(repository, source))} == {}


def test_every_make_target_that_is_named_exists(repository: Tree) -> None:
    targets = targets_of((repository.root / "Makefile").read_text())
    unknown = {
        source.path: found for source in documents(repository) if (found := unknown_targets(source.text, targets))
    }
    assert unknown == {}


def test_every_command_line_that_is_named_would_be_taken(repository: Tree) -> None:
    assert {source.path: wrong for source in documents(repository) if (wrong := wrong_calls(source.text))} == {}


def test_every_path_that_is_named_exists(repository: Tree) -> None:
    assert {s.path: missing for s in documents(repository) if (missing := missing_paths(repository, s))} == {}


def test_the_command_line_is_documented_whole_and_nothing_else(repository: Tree) -> None:
    text = (repository.root / "cli/README.md").read_text()
    documented = {
        tuple(heading.strip("`").split()[1:]): {name for row in table_rows(lines) for name in SPAN.findall(row[0])}
        for heading, lines in sections(text, 3).items()
        if heading.startswith("`dramatis ")
    }
    groups = {path[:-1] for path in COMMANDS}
    leaves = {path: options for path, options in COMMANDS.items() if path not in groups}
    assert set(documented) == set(leaves)
    for path, options in leaves.items():
        real = {name for option in options for name in option} - HELP
        assert documented[path] == real, path


def test_every_exit_code_is_documented(repository: Tree) -> None:
    lines = (repository.root / "cli/README.md").read_text().splitlines()
    documented = {int(match[1]) for line in lines if (match := re.match(r"\| (\d+) \|", line))}
    assert documented >= {0, 1, 2, 130, *(expected.code for expected in EXPECTED.values())}


def test_the_settings_of_every_service_are_documented_with_their_defaults(repository: Tree) -> None:
    lines = sections((repository.root / "docs/operations/running.md").read_text(), 2)["Settings"]
    shared = defaults(ServiceSettings.model_fields)
    assert len(shared) >= 20
    assert documented_settings(lines) == shared | {k: v for each in SERVICES for k, v in settings_of(each).items()}


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_documents_its_own_settings(repository: Tree, service: str) -> None:
    text = (repository.root / f"services/{service}/README.md").read_text()
    for name, default in settings_of(service).items():
        assert re.search(rf"\b(?:{name}|{name.removeprefix('DRAMATIS_')})\b.*\b{re.escape(default)}\b", text), name


BAD = """# Bad

[gone](gone.md), [here](#nowhere), [fine](#bad), [elsewhere](https://example.org/x)

```sh
make demo bogus    # make nothing
dramatis fly
dramatis run x.txt --colour red
.venv/bin/dramatis run x.txt --style "red ink" --json
dramatis dlq bury 3
curl -H "Authorization: $(dramatis token --role editor)" x
```

`make lint` and `make polish`, `dramatis status --json`, `dramatis up --fast`, `services/none/README.md`
"""


def test_what_is_not_there_is_found(plant: Plant) -> None:
    tree = plant({"docs/bad.md": BAD})
    (source,) = documents(tree)

    assert broken_links(tree, source) == ["gone.md", "#nowhere"]
    assert unknown_targets(BAD, {"demo", "lint"}) == {"bogus", "polish"}
    assert missing_paths(tree, source) == ["services/none/README.md"]
    wrong = ["dramatis fly", "dramatis run x.txt --colour red", "dramatis dlq bury 3", "dramatis up --fast"]
    assert wrong_calls(BAD) == wrong


def test_a_setting_is_read_with_its_default() -> None:
    lines = [
        "| variable | default | what |",
        "| --- | --- | --- |",
        "| `DRAMATIS_X` | | x |",
        "| `DRAMATIS_Y` | 2 | y |",
    ]
    assert documented_settings(lines) == {"DRAMATIS_X": "", "DRAMATIS_Y": "2"}


def test_headings_become_anchors() -> None:
    assert anchors("# Read a trace\n## Postgres and migrations, `now`!") == {
        "read-a-trace",
        "postgres-and-migrations-now",
    }
