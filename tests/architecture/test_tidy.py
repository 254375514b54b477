"""Each of our rules catches what it forbids, lets pass what it allows, and the repository keeps it."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import pytest
from tools import ratchet, tidy
from tools.rules.size import is_handler
from tools.rules.sql import is_store
from tools.syntax import functions
from tools.tree import Tree

Plant: TypeAlias = Callable[[Mapping[str, str]], Tree]

APP = "services/assets/src/assets/app/add_look.py"
HTTP = "services/assets/src/assets/entrypoints/http.py"
EVENTS = "services/assets/src/assets/entrypoints/events.py"
STORE = "services/assets/src/assets/adapters/store.py"
DOMAIN = "services/assets/src/assets/domain/look.py"
MAIN = "services/assets/src/assets/__main__.py"
TEST = "services/assets/tests/unit/test_look.py"
CHASSIS = "chassis/src/chassis/clock.py"
DOC = "docs/guide.md"


def body(lines: int) -> str:
    return "".join(f"    step = {number}\n" for number in range(lines))


BROKEN = {
    "a long file": ("file-lines", APP, "x = 1\n" * 301),
    "a long test file": ("file-lines", TEST, "x = 1\n" * 501),
    "a long __main__": ("file-lines", MAIN, "x = 1\n" * 26),
    "a long function": ("function-lines", APP, "def add() -> None:\n" + body(40)),
    "a long method": (
        "function-lines",
        APP,
        "class A:\n    def add(self) -> None:\n" + body(40).replace("    ", " " * 8),
    ),
    "a long route": ("handler-lines", HTTP, '@router.post("/v1/looks")\nasync def post_look() -> None:\n' + body(12)),
    "a long event handler": ("handler-lines", EVENTS, "@consumes(Look)\nasync def on_look() -> None:\n" + body(12)),
    "an empty folder": ("empty-folder", "deploy/k8s/", ""),
    "a folder of helpers": ("vague-name", "cli/src/dramatis/helpers/clock.py", "x = 1\n"),
    "a module of helpers": ("vague-name", "cli/src/dramatis/utils.py", "x = 1\n"),
    "a room of its own": ("service-tree", "services/assets/src/assets/models/look.py", "x = 1\n"),
    "an entry point of its own": ("service-tree", "services/assets/src/assets/entrypoints/grpc.py", "x = 1\n"),
    "a tier of its own": ("service-tree", "services/assets/tests/slow/test_look.py", "x = 1\n"),
    "a module nobody imports": ("orphan-module", CHASSIS, "x = 1\n"),
    # lint: allow banned-word planted, to be found
    "a promise of work": ("banned-word", DOC, "TODO: explain\n"),
    # lint: allow banned-word planted, to be found
    "a promise of work in code": ("banned-word", APP, "x = 1  # FIXME\n"),
    # lint: allow machine-path planted, to be found
    "a path of one machine": ("machine-path", DOC, "see /home/ada/dramatis\n"),
    # lint: allow registry-host planted, to be found
    "a registry": ("registry-host", "deploy/docker/Dockerfile", "FROM docker.io/python:3.11\n"),
    "a bare noqa": ("bare-suppression", APP, "import os  # noqa\n"),
    "a noqa without a reason": ("bare-suppression", APP, "import os  # noqa: F401\n"),
    "a type ignore without a code": ("bare-suppression", APP, "x = f()  # type: ignore\n"),
    "a type ignore without a reason": ("bare-suppression", APP, "x = f()  # type: ignore[arg-type]\n"),
    "an event's subject": ("subject-literal", APP, 'x = "assets.project.created.v1"\n'),
    "a subject with a hole": ("subject-literal", APP, 'x = f"imagegen.job.failed.v1.{workspace}"\n'),
    "an owner's voice": ("subject-literal", CHASSIS, 'x = "extraction.>"\n'),
    "a subject of work": ("subject-literal", CHASSIS, 'x = f"work.{service}.>"\n'),
    "a subject in contracts": ("subject-literal", "contracts/src/contracts/registry.py", 'x = "assets.>"\n'),
    "an event's type": ("subject-literal", APP, 'x = "dramatis.assets.project.created.v1"\n'),
    "SQL in a use case": ("sql-place", APP, 'x = "SELECT id FROM look"\n'),
    "SQL in a route": ("sql-place", HTTP, 'x = """\n    INSERT INTO look (id) VALUES ($1)\n"""\n'),
    "a query in a use case": ("sql-place", APP, "async def f(c, q):\n    await c.fetchrow(q)\n"),
    "an f-string": ("sql-dynamic", STORE, 'async def f(c, n):\n    await c.fetch(f"SELECT {n} FROM a")\n'),
    "an f-string by a name": ("sql-dynamic", CHASSIS, 'async def f(c, n):\n    q = f"A {n}"\n    await c.fetch(q)\n'),
    "a text that grows": (
        "sql-dynamic",
        CHASSIS,
        'async def f(c, n):\n    q = "A"\n    q += n\n    await c.execute(q)\n',
    ),
    "a percent sign": ("sql-dynamic", CHASSIS, 'async def f(c, n):\n    await c.execute("DROP %s" % n)\n'),
    "a format": ("sql-dynamic", CHASSIS, 'async def f(c, n):\n    await c.execute("DROP {}".format(n))\n'),
    "a store's parameter": ("sql-dynamic", STORE, "async def f(c, q):\n    await c.fetchval(q)\n"),
    "a commit": ("transaction", APP, "async def f(work):\n    await work.commit()\n"),
    "a transaction": ("transaction", STORE, "async def f(c):\n    async with c.transaction():\n        pass\n"),
    "a clock": ("clock", APP, "x = datetime.now(UTC)\n"),
    "another clock": ("clock", DOMAIN, "x = time.time()\n"),
    "a clock by its module": ("clock", DOMAIN, "x = datetime.datetime.utcnow()\n"),
    "a clock handed over": ("clock", DOMAIN, "x = field(default_factory=datetime.now)\n"),
    "settings at import": ("settings-at-import", CHASSIS, "settings = ServiceSettings()\n"),
    "settings in a default": ("settings-at-import", CHASSIS, "def f(s=AssetsSettings()):\n    return s\n"),
    "the environment at import": ("settings-at-import", APP, 'x = os.environ["HOME"]\n'),
    "a sleeping test": ("sleeping-test", TEST, "async def test_a():\n    await asyncio.sleep(0.1)\n"),
    "a test asleep": ("sleeping-test", TEST, "def test_a():\n    time.sleep(0)\n"),
    "a polling test": ("sleeping-test", TEST, "async def test_a(pause):\n    await asyncio.sleep(pause)\n"),
    "an async that never waits": ("async-without-await", APP, "async def f(x):\n    return x\n"),
    "an async that a child waits for": (
        "async-without-await",
        APP,
        "async def f(x):\n    async def g():\n        await x\n    return g()\n",
    ),
    "an async method of nobody": ("async-without-await", APP, "class A:\n    async def f(self):\n        return 1\n"),
    "a driver in the domain": ("pure-imports", DOMAIN, "import asyncpg\n"),
    "a contract in the domain": ("pure-imports", DOMAIN, "from contracts.values import Look\n"),
    "another domain": ("pure-imports", DOMAIN, "from extraction.domain.scene import Scene\n"),
    "a framework in contracts": ("pure-imports", "contracts/src/contracts/event.py", "import fastapi\n"),
}

ALLOWED = {
    "a file just short enough": (APP, "x = 1\n" * 300),
    "a function just short enough": (APP, "def add() -> None:\n" + body(39)),
    "a long docstring": (APP, 'def add() -> None:\n    """Says.\n' + "    word\n" * 50 + '    """\n'),
    "a subject in a docstring": (APP, '"""assets.project.created.v1"""\n'),
    "an event's type beside its model": ("contracts/src/contracts/v1.py", 'x = "dramatis.assets.look.added.v1"\n'),
    "a module's name": (APP, 'x = "assets.domain.errors"\n'),
    "a subject in a test": (TEST, 'x = "assets.project.created.v1"\n'),
    "words that are no SQL": (APP, 'x = "Select a look from the list"\n'),
    "a constant statement": (STORE, 'async def f(c):\n    await c.fetch("SELECT id FROM look")\n'),
    "a named statement": (STORE, 'Q = "SELECT id FROM look"\n\n\nasync def f(c):\n    await c.fetch(Q)\n'),
    "a duration": (APP, "x = time.monotonic()\n"),
    "the chassis' clock": (CHASSIS, "x = datetime.now(UTC)\n"),
    "settings when asked": (APP, "def f():\n    return AssetsSettings()\n"),
    "a turn of the loop": (TEST, "async def test_a():\n    await asyncio.sleep(0)\n"),
    "a route that only answers": (HTTP, '@router.get("/v1/x")\nasync def get_x() -> int:\n    return 1\n'),
    "a dependency": (HTTP, "async def caller(r):\n    return r\n\n\nx = Depends(caller)\n"),
    "a promise": (
        APP,
        "class P(Protocol):\n    async def f(self): ...\n\n\nclass A:\n    async def f(self):\n        return 1\n",
    ),
    "an override": (APP, "class A(B):\n    async def f(self):\n        return 1\n"),
    "a callback": (APP, "async def f(message):\n    return message\n\n\nx = subscribe(f)\n"),
    "an asynchronous comprehension": (APP, "async def f(x):\n    return [y async for y in x]\n"),
    "a domain of the standard library": (DOMAIN, "import datetime\nfrom assets.domain.errors import Gone\n"),
    "a reasoned noqa": (APP, "import os  # noqa: F401 - imported for its effect\n"),
    "a reasoned type ignore": (APP, "x = f()  # type: ignore[arg-type] # the stubs are wrong here\n"),
    "a URL": (DOC, "http://localhost:8080/home/x\n"),
}


SERVICE = {
    "services/assets/README.md": "# assets\n",
    "services/assets/pyproject.toml": "",
    "services/assets/migrations/20260101000000_look.sql": "",
    "services/assets/src/assets/bootstrap.py": "from assets import adapters, app, domain, settings\n",
    "services/assets/src/assets/settings.py": "",
    "services/assets/src/assets/app/store.py": "",
    "services/assets/src/assets/domain/errors.py": "",
    MAIN: "import assets.bootstrap, assets.app.store, assets.domain.errors, assets.adapters.store\n",
    STORE: "",
    TEST: "",
    "services/assets/tests/integration/test_store.py": "",
    "services/assets/tests/contract/test_emits.py": "",
}


@pytest.mark.parametrize(("rule", "path", "text"), BROKEN.values(), ids=BROKEN)
def test_a_rule_bites(plant: Plant, rule: str, path: str, text: str) -> None:
    found = tidy.findings(plant({path: text}))

    assert any(finding.rule == rule and path.startswith(finding.path) for finding in found)


@pytest.mark.parametrize(("path", "text"), ALLOWED.values(), ids=ALLOWED)
def test_a_rule_lets_pass_what_it_should(plant: Plant, path: str, text: str) -> None:
    found = tidy.findings(plant({path: text}))

    assert {finding.rule for finding in found if finding.path == path} <= {"orphan-module"}


def test_every_rule_has_a_planted_violation() -> None:
    assert {rule for rule, _, _ in BROKEN.values()} == tidy.RULES


def test_a_whole_service_is_tidy(plant: Plant) -> None:
    assert tidy.findings(plant(SERVICE)) == []


@pytest.mark.parametrize("missing", SERVICE)
def test_every_part_of_a_service_is_missed(plant: Plant, missing: str) -> None:
    tree = plant({path: text for path, text in SERVICE.items() if path != missing})

    assert "service-tree" in {finding.rule for finding in tidy.findings(tree)}


def test_an_exception_with_a_reason_is_kept(plant: Plant) -> None:
    above = "# lint: allow clock the vendor signs with wall time\nx = time.time()\n"
    beside = "x = time.time()  # lint: allow clock the vendor signs with wall time\n"

    for text in (above, beside):
        assert {finding.rule for finding in tidy.findings(plant({APP: text})) if finding.path == APP} == {
            "orphan-module"
        }


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("x = time.time()  # lint: allow clock\n", "say why"),
        ("x = 1  # lint: allow clock the vendor signs with wall time\n", "nothing here breaks clock"),
        ("x = time.time()  # lint: allow clocks the vendor signs with wall time\n", "no rule named 'clocks'"),
    ],
)
def test_an_exception_that_is_none_is_a_finding(plant: Plant, text: str, complaint: str) -> None:
    found = [finding for finding in tidy.findings(plant({APP: text})) if finding.rule == "allow"]

    assert len(found) == 1
    assert complaint in found[0].message


def test_the_ratchet_holds_what_is_known(plant: Plant) -> None:
    tree = plant({TEST: "x = 1\n" * 510, ratchet.FILE: f"# known\n{TEST} file-lines 510\n"})

    assert not [finding for finding in tidy.findings(tree) if finding.rule in {"file-lines", "ratchet"}]


def test_the_ratchet_lets_nothing_grow(plant: Plant) -> None:
    tree = plant({TEST: "x = 1\n" * 511, ratchet.FILE: f"{TEST} file-lines 510\n"})

    assert [finding.rule for finding in tidy.findings(tree) if finding.path == TEST] == ["file-lines"]


@pytest.mark.parametrize(("lines", "advice"), [(505, "lower 510 to 505"), (400, "remove the entry")])
def test_the_ratchet_only_tightens(plant: Plant, lines: int, advice: str) -> None:
    tree = plant({TEST: "x = 1\n" * lines, ratchet.FILE: f"{TEST} file-lines 510\n"})

    assert [advice in finding.message for finding in tidy.findings(tree) if finding.rule == "ratchet"] == [True]


def test_the_ratchet_knows_functions_by_name(plant: Plant) -> None:
    text = "class A:\n    def add(self) -> None:\n" + body(41).replace("    ", " " * 8)
    tree = plant({TEST: text, ratchet.FILE: f"{TEST}::A.add function-lines 42\n"})

    assert not [finding for finding in tidy.findings(tree) if finding.path == TEST]


def test_the_repository_is_tidy(repository: Tree) -> None:
    assert [str(finding) for finding in tidy.findings(repository)] == []


def test_the_ratchet_is_empty(repository: Tree) -> None:
    assert ratchet.read(repository.root) == {}


def test_the_checkers_see_the_repository(repository: Tree) -> None:
    handlers = [
        f"{source.path}: {function.name}"
        for source in repository.python
        for function in functions(source)
        if is_handler(source, function)
    ]

    assert len(repository.services) == 4
    assert len(repository.python) >= tidy.FEWEST_SOURCES
    assert len([source for source in repository.python if is_store(source)]) >= 4
    assert len([handler for handler in handlers if "events" in handler]) >= 15
    assert len([handler for handler in handlers if "http" in handler]) >= 30
